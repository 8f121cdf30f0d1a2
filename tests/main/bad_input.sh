#!/bin/sh
# bad_input.sh - what no person types on purpose: a clear sentence, nothing lost, no crash.
set -u
bad=0
fails() { echo "FAILED: $*"; bad=1; }
d=$TMP/d
say() { "$SAMANTHA" talk --data "$d" 2>"$TMP/err"; }
history_has() { "$SAMANTHA" history --data "${2:-$d}" --json | jq -re 'select(.speaker == "person") | .text' | grep -qF "$1"; }
sound() { [ "$1" -lt 126 ] || fails "$2: it crashed ($1)"; }

# ---- bytes ---------------------------------------------------------------------------------------------------------
printf 'caf\351 is latin one\nh\303\251llo\n' | say >"$TMP/out"; sound $? "invalid UTF-8"
[ "$(wc -l <"$TMP/out")" = 2 ] || fails "invalid UTF-8: $(wc -l <"$TMP/out") replies"
iconv -f UTF-8 -t UTF-8 "$TMP/out" >/dev/null 2>&1 || fails "invalid UTF-8 came back out"
history_has 'is latin one' || fails "invalid UTF-8: the message was lost"
printf 'nul\000 in the middle\n\000\n' | say >"$TMP/out"; sound $? "NUL"
[ "$(wc -l <"$TMP/out")" = 1 ] || fails "NUL: $(wc -l <"$TMP/out") replies"
history_has 'nul in the middle' || fails "NUL: the message was lost"
printf 'look \033]0;owned\007\033[2J\033[31mred\033[0m \033P1$r\033\\ end\n' | say >"$TMP/out"; sound $? "escapes"
LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$TMP/out" && fails "control characters came back out"
"$SAMANTHA" history --data "$d" | LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" && fails "control characters in the history"
history_has 'red' || fails "escapes: the message was lost"

# ---- sizes ---------------------------------------------------------------------------------------------------------
head -c 1048576 /dev/zero | tr '\0' 'a' >"$TMP/mb"
{ cat "$TMP/mb"; printf '\nafter it\n'; } | say >"$TMP/out"; sound $? "a line of 1 MB"
[ "$(wc -l <"$TMP/out")" = 2 ] || fails "a line of 1 MB: $(wc -l <"$TMP/out") replies, $(cat "$TMP/err")"
kept=$("$SAMANTHA" history --data "$d" --json | jq -r 'select(.speaker == "person") | .text | length' | sort -n | tail -1)
[ "$kept" = 1048576 ] || fails "a line of 1 MB: $kept characters kept"
head -c 700000 /dev/urandom | tr '\n' ' ' >"$TMP/noise"
{ cat "$TMP/noise"; printf '\nafter noise\n'; } | say >"$TMP/out"; sound $? "noise"
tail -1 "$TMP/out" | grep -q . || fails "noise: no answer after it"
{ for i in 1 2 3 4 5 6 7 8 9; do cat "$TMP/mb"; done; printf '\nafter the flood\n'; } | say >"$TMP/out"; status=$?
sound $status "a line of 9 MB"
[ $status = 1 ] || fails "a line of 9 MB: exit $status, not 1"
grep -q 'too long' "$TMP/err" || fails "a line of 9 MB: $(cat "$TMP/err")"
[ "$(wc -l <"$TMP/out")" = 2 ] || fails "a line of 9 MB: replies out of step"
history_has 'after the flood' || fails "a line of 9 MB: what followed was lost"
i=0; while [ $i -lt 400 ]; do printf '(('; i=$((i + 1)); done >"$TMP/deep"
{ cat "$TMP/deep"; echo; } | say >"$TMP/out"; sound $? "brackets"

# ---- places ----------------------------------------------------------------------------------------------------------
: >"$TMP/file"
echo hi | "$SAMANTHA" talk --data "$TMP/file" >"$TMP/out" 2>"$TMP/err"; status=$?
[ $status = 1 ] && [ "$(wc -l <"$TMP/err")" = 1 ] || fails "data is a file: exit $status, $(cat "$TMP/err")"
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$TMP/theirs" && chown 65534 "$TMP/theirs"
    echo hi | "$SAMANTHA" talk --data "$TMP/theirs" >"$TMP/out" 2>"$TMP/err"; status=$?
    [ $status = 1 ] && grep -q 'another user' "$TMP/err" || fails "foreign-owned: exit $status, $(cat "$TMP/err")"
    if mkdir -p "$TMP/ro" && mount -t tmpfs -o size=4m tmpfs "$TMP/ro" 2>/dev/null; then
        echo 'my boat is called nautilus' | "$SAMANTHA" talk --data "$TMP/ro/d" >/dev/null 2>&1 || fails "tmpfs: exit $?"
        mount -o remount,ro "$TMP/ro"
        echo hi | "$SAMANTHA" talk --data "$TMP/ro/d" >"$TMP/out" 2>"$TMP/err"; status=$?
        [ $status = 1 ] && grep -qi 'read-only' "$TMP/err" || fails "read-only: exit $status, $(cat "$TMP/err")"
        mount -o remount,rw "$TMP/ro"
        history_has nautilus "$TMP/ro/d" || fails "read-only: something was lost"
        # and full: every message is either answered and kept, or refused with a sentence
        i=0; while [ $i -lt 300 ]; do printf 'message number %d. %s\n' $i "$(head -c 24000 "$TMP/mb")"; i=$((i + 1)); done >"$TMP/many"
        "$SAMANTHA" talk --data "$TMP/ro/d" <"$TMP/many" >"$TMP/out" 2>"$TMP/err"; status=$?
        sound $status "a full disk"
        [ $status = 1 ] && grep -qi 'full\|space' "$TMP/err" || fails "a full disk: exit $status, $(tail -2 "$TMP/err")"
        answered=$(grep -c . "$TMP/out")
        rm -f "$TMP/ro/filler"
        mount -o remount,size=64m "$TMP/ro"
        kept=$("$SAMANTHA" history number --data "$TMP/ro/d" --json | jq -r 'select(.speaker == "person") | .text' | grep -c '^message number')
        [ "$kept" -ge "$answered" ] || [ "$kept" -ge 200 ] || fails "a full disk: $answered answered, $kept kept"
        echo hi again | "$SAMANTHA" talk --data "$TMP/ro/d" 2>&1 >"$TMP/out" || fails "after a full disk: exit $?"
        echo "# a full disk: $answered messages answered before it, all kept"
        umount "$TMP/ro"
    fi
else
    mkdir -p "$TMP/ro" && chmod 500 "$TMP/ro"
    echo hi | "$SAMANTHA" talk --data "$TMP/ro" >"$TMP/out" 2>"$TMP/err"; status=$?
    [ $status = 1 ] && grep -qi 'permission\|read-only' "$TMP/err" || fails "read-only: exit $status, $(cat "$TMP/err")"
fi
(
    ulimit -f 40                       # blocks of 512 bytes (sh): no file may pass 20 KB
    echo 'my cat is called ulysses' | "$SAMANTHA" talk --data "$TMP/small" >"$TMP/out" 2>"$TMP/err"
    echo $? >"$TMP/status"
)
sound "$(cat "$TMP/status")" "a limit on file sizes"
[ "$(cat "$TMP/status")" = 1 ] && [ -s "$TMP/err" ] || fails "a limit on file sizes: exit $(cat "$TMP/status"), $(cat "$TMP/err")"
echo hi | "$SAMANTHA" talk --data "$TMP/small" >"$TMP/out" 2>"$TMP/err" || fails "after that limit: exit $?, $(cat "$TMP/err")"

# ---- a life that is not one ------------------------------------------------------------------------------------------
life=$(find "$d/lives" -name life.db | head -1)
cp -r "$d" "$TMP/corrupt"
hurt=$TMP/corrupt/${life#"$d"/}
rm -f "$hurt-wal" "$hurt-shm"
printf 'this is no database at all, whatever its name says' >"$hurt"
cp "$hurt" "$TMP/before"
echo hi | "$SAMANTHA" talk --data "$TMP/corrupt" >"$TMP/out" 2>"$TMP/err"; status=$?
[ $status = 1 ] && [ "$(grep -c . "$TMP/err")" = 1 ] || fails "corrupt life.db: exit $status, $(cat "$TMP/err")"
cmp -s "$hurt" "$TMP/before" || fails "corrupt life.db: the file was touched"
printf '[talk]\npace_ms = soon\n' >"$TMP/config.ini"
echo hi | "$SAMANTHA" talk --data "$d" --config "$TMP/config.ini" >"$TMP/out" 2>"$TMP/err"; status=$?
[ $status = 1 ] && grep -q 'pace_ms' "$TMP/err" || fails "a broken config: exit $status, $(cat "$TMP/err")"

# ---- two programs on one life ----------------------------------------------------------------------------------------
mkfifo "$TMP/hold"
"$SAMANTHA" talk --data "$d" <"$TMP/hold" >"$TMP/first" 2>/dev/null &
first=$!
exec 3>"$TMP/hold"
echo 'the first one says ardvark' >&3
i=0; while [ ! -s "$TMP/first" ] && [ $i -lt 100 ]; do sleep 0.05; i=$((i + 1)); done
echo 'the second one says baboon' | say >"$TMP/out" || fails "two programs: exit $?"
[ "$(wc -l <"$TMP/out")" = 1 ] || fails "two programs: the second got no reply"
echo 'the first again says coyote' >&3
exec 3>&-
wait $first || fails "two programs: the first ended with $?"
[ "$(wc -l <"$TMP/first")" = 2 ] || fails "two programs: the first got $(wc -l <"$TMP/first") replies"
for word in ardvark baboon coyote; do history_has $word || fails "two programs: $word was lost"; done
exit $bad
