#!/bin/sh
# pipe.sh - the conversation through a pipe: what scripts may rely on.
set -u
bad=0
fails() { echo "FAILED: $*"; bad=1; }
d=$TMP/d
talk() { "$SAMANTHA" talk --data "$d" "$@" 2>"$TMP/err"; }
lines() { wc -l <"$1" | tr -d ' '; }

# She remembers, in a new process, and says why.
printf 'hi, i am theodore. my friend amy moved to oslo in may\n' | talk >"$TMP/out" || fails "exit $?"
[ "$(lines "$TMP/out")" = 1 ] || fails "one line in, $(lines "$TMP/out") lines out"
[ -s "$TMP/out" ] && grep -q . "$TMP/out" || fails "an empty reply"
grep -qi 'AI' "$TMP/err" || fails "no AI notice on standard error: $(cat "$TMP/err")"
grep -q '?' "$TMP/err" && fails "a first meeting in a pipe"
printf 'what do you know about my friend?\n' | talk >"$TMP/out" || fails "exit $?"
for word in Amy Oslo May; do grep -q "$word" "$TMP/out" || fails "she does not say $word: $(cat "$TMP/out")"; done
id=$("$SAMANTHA" memory list --data "$d" --json | jq -r 'select(.words | test("Oslo")) | .id' | head -1)
"$SAMANTHA" memory why "$id" --data "$d" >"$TMP/out" || fails "memory why: exit $?"
grep -q 'my friend amy moved to oslo in may' "$TMP/out" || fails "memory why gives no quote: $(cat "$TMP/out")"
grep -q "$(date +%Y-%m-%d)" "$TMP/out" || fails "memory why gives no day: $(cat "$TMP/out")"

# A reply a line, in order; an empty line is no message.
printf 'hello\n\n   \nhow are you?\n\t\nmy dog is called rex\nwhat is 12 times 12?' | talk >"$TMP/out" || fails "exit $?"
[ "$(lines "$TMP/out")" = 4 ] || fails "4 messages, $(lines "$TMP/out") replies"
sed -n 4p "$TMP/out" | grep -q 144 || fails "the last line, without its newline, was not answered: $(sed -n 4p "$TMP/out")"
printf '' | talk >"$TMP/out" || fails "nothing in: exit $?"
[ -s "$TMP/out" ] && fails "nothing in, something out"

# --json: the documented object, and nothing else on standard output.
printf 'good morning\n\ni want to kill myself\n' | talk --json >"$TMP/out" || fails "exit $?"
jq -se 'length == 2 and all(.[]; (.reply | type == "string" and length > 0) and (.events | type == "array")
    and (.ms.first | type == "number") and (.ms.total | type == "number") and .ms.first <= .ms.total)' "$TMP/out" >/dev/null ||
    fails "not the documented shape: $(cat "$TMP/out")"
sed -n 2p "$TMP/out" | jq -e '.events | any(.ev == "crisis" and (.at | test("^[0-9]{4}-")))' >/dev/null || fails "no crisis event: $(sed -n 2p "$TMP/out")"
printf 'good morning\ni want to kill myself\n' | "$SAMANTHA" --data "$TMP/d2" >"$TMP/out" 2>/dev/null
[ "$(lines "$TMP/out")" = 2 ] || fails "newlines inside a reply are not written as \\n"
sed -n 2p "$TMP/out" | grep -q '\\n' || echo "# (the crisis reply has no newline in it)"

# Two lives in one house do not meet.
printf 'my sister is called magdalena\n' | "$SAMANTHA" talk --data "$d" --as amy >/dev/null 2>&1 || fails "--as: exit $?"
printf 'what did i tell you about my sister?\n' | talk >"$TMP/out"
grep -qi magdalena "$TMP/out" && fails "a word crossed from one life to another"
"$SAMANTHA" people --data "$d" --as amy | grep -q Magdalena || fails "people: $("$SAMANTHA" people --data "$d" --as amy)"

# Whoever stops reading ends it quietly.
yes hello | head -2000 | "$SAMANTHA" talk --data "$d" 2>"$TMP/err" | head -1 >"$TMP/out"
[ -s "$TMP/out" ] || fails "nothing before the reader left"
exit $bad
