#!/bin/sh
# meeting.sh - a person at a real terminal (tmux): the first meeting with a passphrase, a talk, the sealed life after it,
# and a screen cleared in a hurry. How long it takes from start to talking is measured.
set -u
bad=0
fails() { echo "FAILED: $*"; bad=1; }
d=$TMP/d
export TERM=xterm-256color LC_ALL=C.UTF-8
tm() { tmux -S "$TMP/tmux" -f /dev/null "$@"; }
trap 'tm kill-server 2>/dev/null' EXIT
screen() { tm capture-pane -p -t talk; }
waits() { # TEXT: until the screen shows it
    n=0
    while ! screen | grep -qF -- "$1"; do
        n=$((n + 1))
        [ $n -gt 300 ] && { fails "waited for <$1>, the screen is:"; screen | grep .; exit 1; }
        sleep 0.05
    done
}
types() { tm send-keys -t talk -l -- "$1"; tm send-keys -t talk Enter; }
begin() { # OPTIONS
    tm new-session -d -s talk -x 100 -y 40 "'$SAMANTHA' talk --data '$d' $*; echo \"left with \$?\"; cat" 
}

tm new-session -d -s keep cat && tm set -g history-limit 5000               # the server stays when a talk ends
start=$(date +%s%N)
begin
waits 'eighteen' && ms=$((($(date +%s%N) - start) / 1000000))
echo "# from start to her first question: $ms ms"
[ "$ms" -lt 3000 ] || fails "it took $ms ms to begin"
screen | grep -q 'an AI' || fails "she does not say what she is"
types 'yes i am';        waits 'What shall I call you'
screen | tr '\n' ' ' | grep -q 'one folder' || fails "where words are kept is not said"
screen | tr '\n' ' ' | grep -q 'counted' || fails "that people are counted is not said"
screen | tr '\n' ' ' | grep -q 'ends' || fails "that it ends is not said"
types 'theodore';        waits 'call me'
types '';                waits 'plain, dry or gentle'
types 'gentle';          waits 'remember the people'
tm send-keys -t talk Escape
waits 'passphrase'
types 'open-sesame-42';  waits 'Once more'
types 'open-sesame-42';  waits 'mind: small'
screen | grep -q 'open-sesame' && fails "the passphrase is on the screen"
waits '?'
types 'my friend amy lives in oslo'
waits '› my friend amy lives in oslo'
"$SAMANTHA" memory list --data "$d" >"$TMP/out" 2>"$TMP/err" </dev/null && fails "a sealed life opened without its passphrase while the talk runs"
printf 'open-sesame-42\n' >"$TMP/pass"; printf 'guess\n' >"$TMP/wrong"
"$SAMANTHA" memory list --data "$d" --passphrase-file "$TMP/pass" >"$TMP/out" 2>"$TMP/err" || fails "with it: $(cat "$TMP/err")"
grep -q Oslo "$TMP/out" || fails "nothing of Oslo: $(cat "$TMP/out")"
tm send-keys -t talk C-d
waits 'left with 0'
"$SAMANTHA" memory list --data "$d" >"$TMP/out" 2>"$TMP/err" </dev/null; [ $? = 1 ] && grep -q passphrase "$TMP/err" || fails "sealed: $(cat "$TMP/out" "$TMP/err")"
"$SAMANTHA" memory list --data "$d" --passphrase-file "$TMP/wrong" >"$TMP/out" 2>"$TMP/err"; [ $? = 1 ] || fails "a wrong passphrase opened it"
echo hi | "$SAMANTHA" talk --data "$d" --as amy >/dev/null 2>&1 || fails "another person is locked out too"
grep -rqF 'open-sesame' "$d" && fails "the passphrase lies in a file"

# The sealed life at the terminal: asked for, not shown; then a long talk, and panic.
tm kill-session -t talk
begin
waits 'passphrase:'
types 'guess';           waits 'not the passphrase'
types 'open-sesame-42';  waits 'mind: small'
screen | grep -q 'eighteen' && fails "the first meeting was held twice"
types '/history';        waits 'amy lives in oslo'
for i in 1 2 3 4 5 6 7 8; do types "/help"; done
waits '/panic'
types 'something nobody should read'
waits '› something nobody should read'
tm send-keys -t talk Escape Escape Escape
waits 'left with 0'
tm capture-pane -p -S - -t talk | grep -q 'nobody should read\|amy lives' && fails "words are left in the scrollback"
[ "$(tm capture-pane -p -S - -t talk | grep -c .)" -le 1 ] || fails "left on the screen: $(tm capture-pane -p -S - -t talk | grep .)"

# A private talk leaves nothing.
printf 'open-sesame-42\n' >"$TMP/pass"
tm kill-session -t talk
begin --passphrase-file "$TMP/pass"
waits 'mind: small'
types '/private';        waits 'nothing of it is kept'
types 'my unicorn is called zanzibar'
waits '› my unicorn is called zanzibar'
tm send-keys -t talk C-d
waits 'left with 0'
grep -rqF zanzibar "$d" && fails "a private talk left words in a file"
"$SAMANTHA" history --data "$d" --passphrase-file "$TMP/pass" | grep -q zanzibar && fails "a private talk is in the history"
find "$TMP" -newer "$TMP/wrong" -type f ! -path "$d/*" ! -name out ! -name err ! -name pass | grep . && fails "a file outside her folder"
exit $bad
