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
work=$(mktemp -d "${TMPDIR:-/tmp}/samantha-test.XXXXXX") || exit 2
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0

# No setting of whoever runs the tests may leak into them.
for v in $(env | sed -n 's/^\(SAMANTHA_[A-Z_]*\|OPENAI_[A-Z_]*\|OLLAMA_[A-Z_]*\|XDG_[A-Z_]*\|NO_COLOR\)=.*/\1/p'); do
    unset "$v"
done
BUILD=$(cd "$build" && pwd) || exit 2
SAMANTHA=$BUILD/samantha
export BUILD SAMANTHA

run_one() { # NAME LIMIT COMMAND
    case $1 in *"$ONLY"*) ;; *) return ;; esac
    TMP=$work/$(echo "$1" | tr / -) HOME=$TMP TMPDIR=$TMP
    mkdir -p "$TMP"
    start=$(date +%s%N)
    TMP=$TMP HOME=$HOME TMPDIR=$TMPDIR timeout -k 5 "$2" "$3" >"$work/out" 2>&1 </dev/null
    status=$?
    ms=$(( ($(date +%s%N) - start) / 1000000 ))
    if [ $status = 0 ]; then
        passed=$((passed + 1))
        printf 'ok    %6d ms  %s\n' $ms "$1"
        sed -n 's/^# /                    /p' "$work/out"
    else
        failed=$((failed + 1))
        why="exit $status"
        [ $status = 124 ] && why="over $2 s"
        [ $status -gt 128 ] && why="signal $((status - 128))"
        printf 'FAIL  %6d ms  %s (%s)\n' $ms "$1" "$why"
        tail -n 60 "$work/out" | sed 's/^/      | /'
    fi
    chmod -R u+rwx "$TMP" 2>/dev/null
    rm -rf "$TMP"
}

for bin; do
    case $bin in /*) ;; *) bin=./$bin ;; esac
    run_one "${bin#*/tests/}" "${LIMIT:-60}" "$bin"
done
if [ "$what" = all ]; then
    for script in tests/*/*.sh tests/clients/*; do
        [ -f "$script" ] && [ -x "$script" ] || continue
        case " $ran " in *" $script "*) continue ;; esac
        ran="$ran $script"
        run_one "${script#tests/}" "${LIMIT:-300}" "./$script"
    done
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
