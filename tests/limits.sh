#!/bin/sh
# limits.sh - sizes a reader can live with: functions of 80 lines, files of 1,000, public headers of 200; and a file
# begins by saying what it is ("/* SPDX… \n * name - what"). Exceptions stand, with a reason, in tests/limits.allow:
#     function FILE NAME LINES reason…      file FILE LINES reason…      header FILE LINES reason…
# where LINES is the size allowed to it. An entry that is no longer needed is an offence too.
# Prints every offence and the figures; exit status 1 if there is any offence.
cd "$(dirname "$0")/.." || exit 2
ctags=$(command -v ctags-universal || command -v ctags) || { echo "limits: install universal-ctags" >&2; exit 2; }
files=$(find src tests bench train -name '*.[ch]' 2>/dev/null | LC_ALL=C sort)
{
    sed -n 's/^\(function\|file\|header\) /allow \1 /p' tests/limits.allow
    for f in $files; do
        printf 'file %s %s\n' "$f" "$(wc -l <"$f")"
        awk 'NR == 1 && !/^\/\* SPDX-License-Identifier: Apache-2.0/ { bad = 1 }
             NR == 2 { name = FILENAME; sub(/.*\//, "", name); if (index($0, " * " name " - ") != 1) bad = 1 }
             NR == 2 { exit } END { if (bad || NR < 2) print "headless", FILENAME }' "$f"
    done
    $ctags -x --c-kinds=f --fields=+ne --_xformat='function %F %N %{line} %{end}' $files
} | awk '
function over(kind, key, size, limit, where) {
    if (size > (kind SUBSEP key in allowed ? allowed[kind, key] : limit)) {
        printf "%s: %s of %d lines, limit %d\n", where, kind, size, (kind SUBSEP key in allowed ? allowed[kind, key] : limit)
        bad = 1
    }
    if (size > limit && kind SUBSEP key in allowed) needed[kind, key] = 1
}
$1 == "allow" && $2 == "function" { if (NF < 6) reasonless($0); allowed["function", $3 " " $4] = $5; next }
$1 == "allow" { if (NF < 5) reasonless($0); allowed[$2, $3] = $4; next }
function reasonless(l) { print "tests/limits.allow: no reason given: " l; bad = 1 }
$1 == "headless" { print $2 ":1: begin with the SPDX line, then \" * name - what it is\""; bad = 1; next }
$1 == "file" {
    over("file", $2, $3, 1000, $2)
    n = split($2, part, "/")
    if (part[1] == "src" && n == 3 && (part[3] == part[2] ".h" || part[2] == "base" || part[2] == "tensor") && $2 ~ /\.h$/)
        over("header", $2, $3, 200, $2)
    if ($2 ~ /^src\/.*\.c$/) { n_file++; lines += $3 }
    next
}
$1 == "function" {
    over("function", $2 " " $3, $5 - $4 + 1, 80, $2 ":" $4 ": " $3)
    if ($2 ~ /^src\//) { n_func++; if ($5 - $4 + 1 > 40) n_long++ }
}
END {
    for (k in allowed) if (!(k in needed)) {
        split(k, p, SUBSEP); print "tests/limits.allow: no longer needed: " p[1] " " p[2]; bad = 1
    }
    printf "limits: %d files, %d lines, %d functions, %d over 40 lines\n", n_file, lines, n_func, n_long
    exit bad
}'
