#!/bin/sh
# check.sh FUZZ - everything that looks for faults rather than for features; prints one line a stage.
#
#   layers, limits   the shape of the source
#   asan             gcc, -Werror, ASan + UBSan: every unit test (allocation failure at the n-th call among them)
#   tsan             clang, -Werror, TSan: the unit tests that start threads
#   fuzz             clang, -Werror, libFuzzer with ASan + UBSan: each tests/fuzz/*_fuzz.c for FUZZ seconds
cd "$(dirname "$0")/.." || exit 2
fuzz=${1:-30}
bad=0
stage() { # NAME COMMAND...
    name=$1
    shift
    echo "== $name"
    "$@" || { bad=$((bad + 1)); echo "== $name FAILED"; }
}
# The sense model is made once, by the plain build: training under a sanitizer teaches nothing new.
MODEL=$PWD/build/sense.model
export MODEL

unit_under() { # BUILD CC SANITIZER TEST.c...
    build=$1 cc=$2 sanitizer=$3
    shift 3
    bins=
    for t; do bins="$bins $build/${t%.c}"; done
    [ -n "$bins" ] || { echo "no tests"; return 0; }
    make --no-print-directory -s -j2 BUILD="$build" CC="$cc" SANITIZER="$sanitizer" OPT='-O1 -g' WERROR=1 \
        MODEL="$MODEL" $bins >&2 &&
        LIMIT=120 $plain tests/run.sh unit "$build" $bins
}
threaded() { grep -lE 'pthread|base/thread\.h|base/queue\.h|serve/' tests/*/*_test.c; }

ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:allocator_may_return_null=1
UBSAN_OPTIONS=print_stacktrace=1
TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
export ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS
make --no-print-directory -s -j2 BUILD=build build/sense.model || bad=1
stage layers tests/layers.sh
stage limits tests/limits.sh
# gcc's UBSan makes -Wformat-truncation see null formats where there are none; the plain build keeps the warning.
CFLAGS=-Wno-format-truncation
export CFLAGS
stage asan unit_under build-asan "${CC:-gcc}" address,undefined tests/*/*_test.c
unset CFLAGS
# TSan needs a plain address space; where the kernel allows it, switch its randomisation off.
plain=
setarch "$(uname -m)" -R true 2>/dev/null && plain="setarch $(uname -m) -R"
stage tsan unit_under build-tsan "${CLANG:-clang}" thread $(threaded)
stage fuzz tests/fuzz.sh run "$fuzz" tests/fuzz/*_fuzz.c
[ "$bad" = 0 ] && echo "check: clean" || echo "check: $bad stages failed"
[ "$bad" = 0 ]
