#!/bin/sh
# rehearse.sh - scripted conversations: the documented shapes, the clock, the seed, and what is wrong with a line.
set -u
bad=0
fails() { echo "FAILED: $*"; bad=1; }
play() { "$SAMANTHA" rehearse "$@" --data "$TMP/d" 2>"$TMP/err"; }

cat >"$TMP/a.jsonl" <<'TALKS'
{"id":"plain","turns":[{"user":"hi"},{"user":"my brother tom lives in cork"},{"user":"what do you know about my brother?"}]}
{"id":"ctx","turns":[{"ctx":{"name":"Theodore","locale":"GB","others_active_now":3,"others_total":7,"memory":["My sister Nora works as a nurse in Leeds."]}},{"user":"how many others are you talking to right now?"},{"user":"where does my sister work?"}]}
{"id":7,"turns":[{"clock":"23:40"},{"user":"i cannot sleep"},{"clock":"+3h10m"},{"user":"still awake"},{"idle":"2d"},{"user":"hello again"}]}
{"id":"crisis","turns":[{"ctx":{"locale":"US"}},{"user":"i have pills here and i am going to take them tonight"}]}
{"id":"empty","turns":[]}
TALKS
play "$TMP/a.jsonl" >"$TMP/out" || fails "exit $?, $(cat "$TMP/err")"
[ -s "$TMP/err" ] && fails "something on standard error: $(cat "$TMP/err")"
jq -se 'map(.id) == ["plain", "ctx", 7, "crisis", "empty"]' "$TMP/out" >/dev/null || fails "ids or order: $(jq -c .id "$TMP/out" | tr '\n' ' ')"
jq -se 'map(.replies | length) == [3, 2, 3, 1, 0]' "$TMP/out" >/dev/null || fails "one reply a user turn: $(jq -c '.replies | length' "$TMP/out" | tr '\n' ' ')"
jq -se 'all(.[]; .replies | all(type == "string" and length > 0))' "$TMP/out" >/dev/null || fails "an empty reply"
jq -se 'all(.[].events[]; (.ev | type == "string") and (.at | test("^2026-")) and (.turn | type == "number"))' "$TMP/out" >/dev/null || fails "events: $(jq -c .events "$TMP/out")"
sed -n 1p "$TMP/out" | jq -re '.replies[2]' | grep -q Cork || fails "memory within a talk: $(sed -n 1p "$TMP/out" | jq -r '.replies[2]')"
sed -n 1p "$TMP/out" | jq -e '.events | any(.ev == "mem.add" and .turn == 1)' >/dev/null || fails "mem.add at turn 1: $(sed -n 1p "$TMP/out" | jq -c .events)"
sed -n 2p "$TMP/out" | jq -re '.replies[0]' | grep -qE '3|three' || fails "others: $(sed -n 2p "$TMP/out" | jq -r '.replies[0]')"
sed -n 2p "$TMP/out" | jq -re '.replies[1]' | grep -qiE 'nurse|Leeds' || fails "ctx.memory: $(sed -n 2p "$TMP/out" | jq -r '.replies[1]')"
sed -n 4p "$TMP/out" | jq -e '.events | any(.ev == "crisis" and .turn == 0)' >/dev/null || fails "no crisis event"
sed -n 3p "$TMP/out" | jq -e '[.events[] | select(.ev == "notify.unsolicited")] | length == 0' >/dev/null || fails "she spoke first"

# Same input and seed, same output; nothing is left behind; the guard can be left out.
play "$TMP/a.jsonl" --seed 1 >"$TMP/again"; cmp -s "$TMP/out" "$TMP/again" || fails "the same script gave another output"
LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 play "$TMP/a.jsonl" >"$TMP/again"; cmp -s "$TMP/out" "$TMP/again" || fails "another LANG gave another output"
play "$TMP/a.jsonl" --seed 99 >"$TMP/s1"; play "$TMP/a.jsonl" --seed 99 >"$TMP/s2"
cmp -s "$TMP/s1" "$TMP/s2" || fails "the same seed gave another output"
cmp -s "$TMP/out" "$TMP/s1" && fails "another seed gave the same output"
TZ=Asia/Tokyo play "$TMP/a.jsonl" >"$TMP/tz" || fails "another time zone: exit $?"
play - <"$TMP/a.jsonl" >"$TMP/stdin" || fails "standard input: exit $?"
cmp -s "$TMP/out" "$TMP/stdin" || fails "standard input gave another output"
play "$TMP/a.jsonl" --guard off >"$TMP/off" || fails "--guard off: exit $?"
sed -n 4p "$TMP/off" | jq -e '.events | any(.ev == "crisis")' >/dev/null || fails "--guard off left the planner out"
find "$TMP/d" -name life.db 2>/dev/null | grep -q . && fails "a rehearsal left a life behind"

# What is wrong is named with its line; the rest is played.
cat >"$TMP/bad.jsonl" <<'TALKS'
{"id":"good","turns":[{"user":"hi"}]}
not json
{"id":"no turns"}
{"id":"two keys","turns":[{"user":"hi","clock":"10:00"}]}
{"id":"what","turns":[{"sing":"la"}]}
{"id":"time","turns":[{"clock":"25:00"}]}
{"id":"span","turns":[{"user":"hi"},{"idle":"soon"}]}
{"id":"date","turns":[{"ctx":{"today":"2026-02-30"}}]}

{"id":"good too","turns":[{"user":"hi"}]}
TALKS
play "$TMP/bad.jsonl" >"$TMP/out"; status=$?
[ $status = 1 ] || fails "bad lines: exit $status"
[ "$(jq -r .id "$TMP/out" | tr '\n' ,)" = "good,good too," ] || fails "bad lines: played $(jq -r .id "$TMP/out" | tr '\n' ,)"
for n in 2 3 4 5 6 7 8; do grep -q "line $n:" "$TMP/err" || fails "line $n is not named: $(cat "$TMP/err")"; done
play "$TMP/none.jsonl" >/dev/null; [ $? = 1 ] || fails "no such file: not 1"
play >/dev/null; [ $? = 2 ] || fails "no file named: not 2"
play "$TMP/a.jsonl" --seed x >/dev/null; [ $? = 2 ] || fails "--seed x: not 2"

# Many conversations are fast.
i=0; while [ $i -lt 300 ]; do
    printf '{"id":"%d","turns":[{"user":"hello"},{"user":"my day was long and my boss shouted"},{"user":"no"},{"user":"bye"}]}\n' $i
    i=$((i + 1)); done >"$TMP/many.jsonl"
start=$(date +%s%N)
play "$TMP/many.jsonl" >"$TMP/out" || fails "300 conversations: exit $?"
ms=$((($(date +%s%N) - start) / 1000000))
[ "$(wc -l <"$TMP/out")" = 300 ] || fails "300 conversations: $(wc -l <"$TMP/out")"
echo "# 300 conversations, 1200 replies: $ms ms"
[ $ms -lt 60000 ] || fails "300 conversations took $ms ms"
exit $bad
