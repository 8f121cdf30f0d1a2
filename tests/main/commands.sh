#!/bin/sh
# commands.sh - the command line as scripts meet it: settings and their sources, exit statuses, help, completion, install.
set -u
bad=0
fails() { echo "FAILED: $*"; bad=1; }
d=$TMP/d
s() { "$SAMANTHA" "$@" --data "$d" >"$TMP/out" 2>"$TMP/err"; }
status() { want=$1; shift; s "$@"; got=$?; [ $got = "$want" ] || fails "samantha $*: exit $got, not $want ($(cat "$TMP/err"))"; }

# ---- exit statuses and help ------------------------------------------------------------------------------------------
"$SAMANTHA" --version | grep -qE '^samantha [0-9]+\.' || fails "--version"
for c in $("$SAMANTHA" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
    "$SAMANTHA" "$c" --help --data "$d" | grep -q "^usage: samantha $c" || fails "$c --help"
done
[ -e "$d" ] && fails "asking for help made a folder"
status 2 dance;            grep -q 'help' "$TMP/err" || fails "dance: $(cat "$TMP/err")"
status 2 talk --sing
status 2 memory;           status 2 memory why x;   status 1 memory why 999
status 2 mind use;         status 2 config set;     status 2 config set talk.pace_ms soon
for c in $("$SAMANTHA" --help | sed -n 's/^to come: *//p'); do
    status 2 "$c" --export x --anything
    grep -q "$c is not built yet" "$TMP/err" || fails "$c: $(cat "$TMP/err")"
    [ "$(wc -l <"$TMP/err")" = 1 ] || fails "$c: more than one line"
done

# ---- settings --------------------------------------------------------------------------------------------------------
status 0 config show;      grep -q 'talk.pace_ms *1200 *default' "$TMP/out" || fails "config show: $(cat "$TMP/out")"
status 0 config set talk.pace_ms 300
s config show --json;      jq -se 'any(.[]; .key == "talk.pace_ms" and .value == "300" and (.source | endswith("config.ini")))' "$TMP/out" >/dev/null || fails "config set: $(cat "$TMP/out")"
SAMANTHA_TALK_PACE_MS=7 s config show --json
jq -se 'any(.[]; .key == "talk.pace_ms" and .value == "7" and (.source | test("SAMANTHA_TALK_PACE_MS")))' "$TMP/out" >/dev/null || fails "environment: $(cat "$TMP/out")"
SAMANTHA_TALK_PACE_MS=x s config show; [ $? = 1 ] || fails "a bad variable: not 1"
status 2 config set talk.pase_ms 3; grep -q 'talk.pace_ms' "$TMP/err" || fails "a typing error: $(cat "$TMP/err")"
status 0 config set talk.pace_ms ''
[ "$(stat -c %a "$d")" = 700 ] && [ "$(stat -c %a "$d/config.ini")" = 600 ] || fails "others can read: $(stat -c '%a %n' "$d" "$d/config.ini")"

# ---- lists, for people and for scripts -------------------------------------------------------------------------------
echo 'my friend amy lives in oslo and my cat is called ulysses' | "$SAMANTHA" talk --data "$d" >/dev/null 2>&1 || fails "talk: exit $?"
for c in 'memory list' 'memory search oslo' history people who ps 'mind list'; do
    status 0 $c;           [ -s "$TMP/out" ] || fails "$c: nothing"
    s $c --json;           jq -se 'length > 0 and all(.[]; type == "object")' "$TMP/out" >/dev/null || fails "$c --json: $(cat "$TMP/out")"
done
s who --json;              jq -se 'all(.[]; (.model | length > 8) and (.persona | length > 8) and (.voice | length > 8) and (.prompt | length > 8) and has("schema"))' "$TMP/out" >/dev/null || fails "who: $(cat "$TMP/out")"
s ps --json;               jq -se 'any(.[]; (.state | test("speaking|listening|asleep")) and .bytes > 0)' "$TMP/out" >/dev/null || fails "ps: $(cat "$TMP/out")"
id=$("$SAMANTHA" memory list --data "$d" --json | jq -r 'select(.words | test("Oslo")) | .id' | head -1)
status 0 memory pin "$id"; status 0 memory fix "$id" 'Your friend Amy lives in Bergen.'
s memory list;             grep -q Bergen "$TMP/out" || fails "memory fix: $(cat "$TMP/out")"
status 0 memory forget ulysses
s memory list;             grep -qi ulysses "$TMP/out" && fails "forgotten, and still listed"
s history;                 grep -qi ulysses "$TMP/out" && fails "forgotten, and still in the history"
status 1 memory forget 'no such thing at all'
status 0 remind call mum tomorrow at 9am
s remind list --json;      jq -se 'any(.[]; .text | test("mum"))' "$TMP/out" >/dev/null || fails "remind: $(cat "$TMP/out")"
status 0 doctor;           s doctor --json; jq -se 'length > 4' "$TMP/out" >/dev/null || fails "doctor --json"

# ---- a house that is kept open: the same answers through it -----------------------------------------------------------
"$SAMANTHA" serve --data "$d" >"$TMP/ready" 2>"$TMP/log" &
house=$!
i=0; while [ ! -s "$TMP/ready" ] && [ $i -lt 200 ]; do sleep 0.05; i=$((i + 1)); done
status 0 memory list;      grep -q Bergen "$TMP/out" || fails "through a house: $(cat "$TMP/out" "$TMP/err")"
status 1 serve;            grep -q 'another program' "$TMP/err" || fails "a second house: $(cat "$TMP/err")"
status 1 who --mind http://127.0.0.1:9/v1
[ "$(stat -c %a "$d/house.sock")" = 600 ] || fails "the socket is open to others"
kill -TERM $house; wait $house || fails "serve ended with $?"
[ -e "$d/house.sock" ] && fails "the socket is still there"

# ---- installed ---------------------------------------------------------------------------------------------------------
packaging/install.sh "$BUILD" "$TMP/root" /usr >/dev/null || fails "install"
"$TMP/root/usr/bin/samantha" --version >/dev/null || fails "the installed program does not run"
if command -v bash >/dev/null; then
    complete() { PATH="$TMP/root/usr/bin:$PATH" bash -c '. "$0"; COMP_WORDS=(samantha "$@"); COMP_CWORD=$#; _samantha samantha; echo "${COMPREPLY[*]}"' \
        "$TMP/root/usr/share/bash-completion/completions/samantha" "$@"; }
    complete me | grep -q memory || fails "completion of me: $(complete me)"
    complete memory f | grep -q 'fix forget' || fails "completion of memory f: $(complete memory f)"
    complete --data "$d" config s | grep -q 'show set\|set show' || fails "completion of config s: $(complete --data "$d" config s)"
fi
packaging/install.sh --remove "$TMP/root" /usr >/dev/null
[ -e "$TMP/root/usr/bin/samantha" ] && fails "uninstall"
if command -v dpkg-deb >/dev/null && command -v objdump >/dev/null; then
    cp "$BUILD/samantha" "$TMP/samantha"
    deb=$(packaging/deb.sh "$TMP") || fails "deb"
    dpkg-deb -f "$deb" Depends | grep -q libsqlite3 || fails "deb: depends on $(dpkg-deb -f "$deb" Depends)"
    dpkg-deb -x "$deb" "$TMP/unpacked" && "$TMP/unpacked/usr/bin/samantha" --version >/dev/null || fails "deb: what is in it does not run"
fi
exit $bad
