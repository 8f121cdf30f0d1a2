#!/bin/sh
# run.sh BUILD [NAME] - builds and runs the benchmarks: a table on standard error, BUILD/bench.json for scripts.
build=$1; only=$2
where=${BENCH_DIR:-$build}            # which disk to measure
fail=0; sep=; json="$build/bench.json.new"
printf '{' > "$json"
for src in bench/*.c; do
    name=$(basename "$src" .c)
    [ -n "$only" ] && [ "$only" != "$name" ] && continue
    bin="$build/bench-$name"
    ${CC:-cc} -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -Isrc -Ibench -o "$bin" "$src" "$build/embed.o" "$build/libsamantha.a" \
        $(pkg-config --libs sqlite3 jansson libcurl libsodium) -linih -lev -lpthread -lm || { fail=1; continue; }
    echo "$name:" >&2
    rows=$("$bin" "$where" "$build/samantha") || { echo "  $name failed" >&2; fail=1; continue; }
    printf '%s"%s":{%s}' "$sep" "$name" "$(printf '%s' "$rows" | tr '\n' ',' | sed 's/,$//')" >> "$json"
    sep=,
done
printf '}\n' >> "$json"
mv "$json" "$build/bench.json"
exit $fail
