#!/bin/sh
# takeover.sh - the program that holds the house goes, politely or killed: another takes it over, and nothing is lost.
set -u
bad=0
fails() { echo "FAILED: $*"; bad=1; }
d=$TMP/d
open_talk() { # NAME FD: a talk on a fifo
    mkfifo "$TMP/$1.in"
    "$SAMANTHA" talk --data "$d" <"$TMP/$1.in" >"$TMP/$1.out" 2>"$TMP/$1.err" 3>&- 4>&- 5>&- 6>&- &
    eval "$1=$!; exec $2>\"\$TMP/$1.in\""
}
replies() { # NAME COUNT: wait for that many
    n=0
    while [ "$(wc -l <"$TMP/$1.out")" -lt "$2" ]; do
        n=$((n + 1))
        [ $n -gt 400 ] && { fails "$1: $(wc -l <"$TMP/$1.out") replies, not $2: $(cat "$TMP/$1.err")"; exit 1; }
        sleep 0.05
    done
}
open_talk a 3; echo 'alpha is what the first says' >&3;   replies a 1
open_talk b 4; echo 'bravo is what the second says' >&4;  replies b 1
open_talk c 5; echo 'charlie is what the third says' >&5; replies c 1

kill -9 $a; wait $a 2>/dev/null                     # the house dies
echo 'delta comes after the kill' >&4;              replies b 2
echo 'echo comes after the kill' >&5;               replies c 2
exec 4>&-; wait $b || fails "the second ended with $?"   # the next house leaves
echo 'foxtrot comes after the leaving' >&5;         replies c 3

i=0                                                 # say something at the very moment the house goes
while [ $i -lt 4 ]; do
    open_talk "d$i" 6; echo "golf$i is said" >&6;   replies "d$i" 1
    echo "hotel$i is said at the moment" >&6
    [ $i -gt 1 ] || { eval "kill -9 \$c"; eval "wait \$c" 2>/dev/null; exec 5>&-; }
    [ $i -gt 1 ] && exec 5>&- && eval "wait \$c"
    replies "d$i" 2
    eval "c=\$d$i"; exec 5>"$TMP/d$i.in"; exec 6>&-
    i=$((i + 1))
done
exec 3>&- 5>&-; wait $c || fails "the last ended with $?"
"$SAMANTHA" history --data "$d" --json | jq -r 'select(.speaker == "person") | .text' >"$TMP/said"
for word in alpha bravo charlie delta echo foxtrot golf0 golf1 golf2 golf3 hotel0 hotel1 hotel2 hotel3; do
    [ "$(grep -c "^$word " "$TMP/said")" = 1 ] || fails "$word is there $(grep -c "^$word " "$TMP/said") times"
done
exit $bad
