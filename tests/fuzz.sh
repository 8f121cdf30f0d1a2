#!/bin/sh
# fuzz.sh run SECONDS FUZZER.c...    build each tests/fuzz/NAME_fuzz.c with clang's libFuzzer and run it for SECONDS
# fuzz.sh build BUILD NAME_fuzz      build one, as BUILD/fuzz/NAME_fuzz
#
# The whole program is built with coverage, ASan and UBSan in build-fuzz. Seeds: the folder tests/fuzz/corpus/NAME,
# if there is one; what a run finds stays in build-fuzz/corpus/NAME and is not kept in the tree. Two run at a time.
cd "$(dirname "$0")/.." || exit 2
lib=build-fuzz
make_lib() {
    make --no-print-directory -s -j2 BUILD=$lib CC="${CLANG:-clang}" SANITIZER=fuzzer-no-link,address,undefined \
        OPT='-O1 -g' WERROR=1 ${MODEL:+MODEL=$MODEL} $lib/libsamantha.a $lib/embed.o >&2
}
build_one() { # NAME OUT
    mkdir -p "$(dirname "$2")"
    "${CLANG:-clang}" -std=c17 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Wshadow -Wconversion -Werror -Isrc -Itests \
        $(pkg-config --cflags sqlite3 jansson libcurl libsodium) \
        -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o "$2" "tests/fuzz/$1.c" \
        $lib/embed.o $lib/libsamantha.a $(pkg-config --libs sqlite3 jansson libcurl libsodium) \
        -linih -lev -lpthread -lm >&2
}
run_one() { # NAME SECONDS
    short=${1%_fuzz}
    mkdir -p $lib/corpus/$short $lib/found
    seeds=tests/fuzz/corpus/$short
    [ -d "$seeds" ] || seeds=
    dict=tests/fuzz/$short.dict
    [ -f "$dict" ] && dict=-dict=$dict || dict=
    $lib/fuzz/$1 -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -artifact_prefix=$lib/found/$short- \
        -print_final_stats=1 $dict $lib/corpus/$short $seeds >$lib/found/$short.log 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' $lib/found/$short.log)
    if [ $status = 0 ]; then
        echo "ok    fuzz $short: ${runs:-?} inputs in $2 s"
    else
        echo "FAIL  fuzz $short (exit $status, see $lib/found/$short.log)"
        tail -n 40 $lib/found/$short.log | sed 's/^/      | /'
    fi
    return $status
}
case $1 in
    build) lib=$2; make_lib && build_one "$3" "$2/fuzz/$3" ;;
    one) run_one "$2" "$3" ;;
    run)
        seconds=$2
        shift 2
        [ $# -gt 0 ] || { echo "fuzz: no fuzzers"; exit 0; }
        make_lib || exit 1
        names=
        for f; do
            name=$(basename "$f" .c)
            build_one "$name" "$lib/fuzz/$name" || exit 1
            names="$names $name"
        done
        printf '%s\n' $names | xargs -P 2 -I NAME "$0" one NAME "$seconds" ;;
    *) echo "usage: tests/fuzz.sh run SECONDS FUZZER.c... | build BUILD NAME_fuzz" >&2; exit 2 ;;
esac
