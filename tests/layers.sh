#!/bin/sh
# layers.sh - the rooms of the house and who may look into whom, proved from the source itself.
#
# (1) A file in src/M includes headers of M, or of a module of lower rank; modules of one rank never meet.
# (2) From outside, the only header of a module of rank 2 and up is M/M.h. base/ and tensor/ are toolboxes.
# (3) Below main/ nothing prints, and nothing ends the program (errors are values); base/mem.c and base/arena.c alone may abort.
# Prints every offence; exit status 1 if there is any.
cd "$(dirname "$0")/../src" || exit 2
find . -name '*.[ch]' | sed 's|^\./||' | LC_ALL=C sort | xargs awk '
BEGIN {
    n = split("base 0 tensor 1 hear 2 remember 2 care 2 think 2 act 2 speak 2 turn 3 serve 4 peer 4 main 5", r, " ")
    for (i = 1; i < n; i += 2) rank[r[i]] = r[i + 1]
}
function offend(what) { printf "src/%s:%d: %s\n", FILENAME, FNR, what; bad = 1 }
FNR == 1 { room = FILENAME; sub(/\/.*/, "", room); comment = 0
           if (!(room in rank)) offend("no room is called " room) }
/^[ \t]*#[ \t]*include[ \t]*"/ {
    header = $0; sub(/^[^"]*"/, "", header); sub(/".*/, "", header)
    of = header; sub(/\/.*/, "", of)
    if (header !~ /\//) offend("name the room in #include \"" header "\"")
    else if (of != room) {
        if (!(of in rank)) offend("no room is called " of)
        else if (rank[of] >= rank[room]) offend(room " (rank " rank[room] ") must not include " header)
        else if (rank[of] >= 2 && header != of "/" of ".h") offend("from outside only " of "/" of ".h, not " header)
    }
    next
}
{   # strip strings and comments, then look for what may not stand below main/
    line = $0
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    if (comment) { if (match(line, /\*\//)) { line = substr(line, RSTART + 2); comment = 0 } else next }
    while (match(line, /\/\*/)) {
        head = substr(line, 1, RSTART - 1); tail = substr(line, RSTART + 2)
        if (match(tail, /\*\//)) line = head " " substr(tail, RSTART + 2)
        else { line = head; comment = 1; break }
    }
    sub(/\/\/.*/, "", line)
    if (room == "main") next
    if (line ~ /(^|[^A-Za-z0-9_>.])(printf|puts|putchar|fputs|vprintf|perror|exit|_exit|_Exit|quick_exit)[ ]*\(/ ||
        line ~ /(^|[^A-Za-z0-9_])(stdout|stderr)([^A-Za-z0-9_]|$)/ ||
        (line ~ /(^|[^A-Za-z0-9_>.])abort[ ]*\(/ && FILENAME !~ /^base\/(mem|arena)\.c$/))
        offend("below main/ nothing prints or exits: " $0)
}
END { exit bad }'
