#!/bin/sh
# compdb.sh "COMPILER FLAGS" FILE... - compile_commands.json for editors and clang tools.
flags=$1; shift; sep='['
for f in "$@"; do
    printf '%s\n{"directory":"%s","file":"%s","command":"%s -c %s"}' "$sep" "$PWD" "$f" "$(printf %s "$flags" | sed 's/["\\]/\\&/g')" "$f"
    sep=,
done
printf '\n]\n'
