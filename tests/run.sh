#!/bin/sh
# run.sh unit|all BUILD BINARY...   run tests, each in its own process, HOME and time limit; one line each.
#
# `all` also runs every executable tests/*/*.sh and tests/clients/*: they find the program in $SAMANTHA, an empty
# folder of their own in $TMP (also HOME), and say "yes" or "no" by their exit status alone. What a test prints is
# shown only when it failed, unless a line begins with "# ": those are figures and are always shown. The last line
# is `N passed, N failed`.
#   LIMIT=seconds a test (default 60 unit, 300 script)     ONLY=substring of the tests to run
cd "$(dirname "$0")/.." || exit 2
[ $# -ge 2 ] || { echo "usage: tests/run.sh unit|all BUILD BINARY..." >&2; exit 2; }
what=$1 build=$2
shift 2
if [ "$what" != one ]; then
    work=$(mktemp -d "${TMPDIR:-/tmp}/samantha-test.XXXXXX") || exit 2
    trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
fi

# No setting of whoever runs the tests may leak into them.
for v in $(env | sed -n 's/^\(SAMANTHA_[A-Z_]*\|OPENAI_[A-Z_]*\|OLLAMA_[A-Z_]*\|XDG_[A-Z_]*\|NO_COLOR\)=.*/\1/p'); do
    unset "$v"
done
BUILD=$(cd "$build" && pwd) || exit 2
SAMANTHA=$BUILD/samantha
export BUILD SAMANTHA

result() { # NAME STATUS MS OUTPUT-FILE: prints it, and says so by its own status
    if [ "$2" = 0 ]; then
        printf 'ok    %6d ms  %s\n' "$3" "$1"
        sed -n 's/^# /                    /p' "$4"
        return 0
    fi
    why="exit $2"
    [ "$2" = 124 ] && why="over its time"
    [ "$2" -gt 128 ] && why="signal $(($2 - 128))"
    printf 'FAIL  %6d ms  %s (%s)\n' "$3" "$1" "$why"
    tail -n 60 "$4" | sed 's/^/      | /'
    return 1
}
run_one() { # NAME LIMIT COMMAND
    TMP=$work/$(echo "$1" | tr / -)
    mkdir -p "$TMP"
    start=$(date +%s%N)
    TMP=$TMP HOME=$TMP TMPDIR=$TMP timeout -k 5 "$2" "$3" >"$TMP.out" 2>&1 </dev/null
    status=$?
    result "$1" $status $((($(date +%s%N) - start) / 1000000)) "$TMP.out"
    echo $? >"$TMP.status"
    chmod -R u+rwx "$TMP" 2>/dev/null
    rm -rf "$TMP"
}
if [ "$what" = one ]; then      # of `xargs` below: one binary, its line kept together
    run_one "$1" "$2" "$3" >"$work/$(echo "$1" | tr / -).line"
    cat "$work/$(echo "$1" | tr / -).line"
    exit 0
fi
wanted() { case $1 in *"$ONLY"*) return 0 ;; *) return 1 ;; esac; }

# Unit tests one more at a time than there are cores (they mostly wait), each in its own process; scripts one after the
# other, for they may measure.
for bin; do
    case $bin in /*) ;; *) bin=./$bin ;; esac
    wanted "${bin#*/tests/}" && printf '%s\n%s\n%s\n' "${bin#*/tests/}" "${LIMIT:-60}" "$bin"
done | work=$work xargs -r -d '\n' -n 3 -P $(($(nproc) + 1)) "$0" one "$build"
if [ "$what" = all ]; then
    ran=
    for script in tests/*/*.sh tests/clients/*; do
        [ -f "$script" ] && [ -x "$script" ] || continue
        case " $ran " in *" $script "*) continue ;; esac
        ran="$ran $script"
        wanted "${script#tests/}" && run_one "${script#tests/}" "${LIMIT:-300}" "./$script"
    done
fi
passed=$(cat "$work"/*.status 2>/dev/null | grep -c '^0$')
failed=$(cat "$work"/*.status 2>/dev/null | grep -cv '^0$')
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
