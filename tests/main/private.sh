#!/bin/sh
# private.sh - where a person's words may be, and where not: files, modes, core dumps, other processes.
set -u
bad=0
fails() { echo "FAILED: $*"; bad=1; }
d=$TMP/data mark=xylophonequartz
cd "$TMP" || exit 1
mkfifo hold
"$SAMANTHA" talk --data "$d" <hold >out 2>err &
pid=$!
exec 3>hold
echo "my secret word is $mark" >&3
i=0; while [ ! -s out ] && [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done

grep -q '^Max core file size *0 *0 ' /proc/$pid/limits || fails "core dumps are possible: $(grep core /proc/$pid/limits)"
exec 3>&-
wait $pid || fails "exit $?"

# Another process of the same user cannot look into it. (Root can look into anything, so become nobody first.)
if [ "$(id -u)" != 0 ] || command -v setpriv >/dev/null; then
    as= other=$(mktemp -d /tmp/samantha-other.XXXXXX)
    trap 'rm -rf "$other"' EXIT
    [ "$(id -u)" = 0 ] && as='setpriv --reuid 65534 --regid 65534 --clear-groups' && chown 65534:65534 "$other"
    cp "$SAMANTHA" "$other/samantha"; chmod 755 "$other/samantha"
    mkfifo other.in
    (cd "$other" && HOME=$other exec $as ./samantha talk --data "$other/d") <other.in >"$other/out" 2>"$other/err" &
    pid=$!
    $as sleep 60 &
    plain=$!
    exec 3>other.in
    echo hello >&3
    i=0; while [ ! -s "$other/out" ] && [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done
    [ -s "$other/out" ] || fails "as another user: $(cat "$other/err")"
    $as cat "/proc/$plain/environ" >/dev/null 2>&1 || fails "this test cannot tell: any process is hidden here"
    kill "$plain"
    $as cat "/proc/$pid/environ" >/dev/null 2>&1 && fails "its memory can be read by its own user"
    exec 3>&-
    wait
    rm -f other.in
fi

find "$TMP" -type f ! -path "$d/*" ! -name out ! -name err | grep . && fails "a file outside its folder"
grep -rlF "$mark" "$TMP" --include='*' 2>/dev/null | grep -v "^$d/lives/" | grep -v "^$TMP/out" | grep . && fails "words outside the life"
find "$d" -type f ! -perm 600 | grep . && fails "a file others may read"
find "$d" -type d ! -perm 700 | grep . && fails "a folder others may enter"
exit $bad
