#!/usr/bin/env python3
"""say_lint.py - a quick look over voice/**/*.say while writing: format, charter lexicons, likeness.
Usage: say_lint.py [FILE...]. The same facts are proved by tests/voice in C; this one is for the desk."""
import re, sys, glob, collections
MOVES = set("reflect ask affirm cheer minimal summarise opinion joke inform offer step truth boundary recall unknown letter farewell greet story repair taste pick why crisis".split())
KEYS = set("situation topic feel act val stage has match on tie at turn laugh last plan id".split())
SLOTS = set("her Others_now Others_total x X y Y c C n N w name who Who he him his He feel a A b B mem Mem when When others_now others_total line emergency dv_line panic day time date".split())
FOLLOW = set("yes no any why what".split())
STOP = set("a an the and or but if so of to in on at by for with from as is are was were be been being am do does did done have has had having it its it's that that's this these those there there's here i i'm i'd i'll i've me my you you're you'd you'll you've your yours he he's she she's they they're we we're him her them his their our us what what's which who who's whom when where how why not no nor don't doesn't didn't isn't aren't wasn't can can't could couldn't will won't would wouldn't shall should may might must just than then too very one ones some any all more most much many few such own same other only up down out off over again about into onto s t let let's get got go goes going say says said thing things like well yes still even also ever never now".split())
BAD = {
 "HUMAN": r"i('m| am) (a )?(real|human)( person)?", "LOVE": r"i love you|love you (too|back)|in love with",
 "HOLD": r"already\?|before you go|don't (go|leave)([.,!?]| yet)|please stay|miss(ed)? you|without you|leaving me|stay a (bit|minute)|where are you going|won't let",
 "MISS": r"missed you|where were you|been waiting", "BOND": r"our (bond|story|world)|you and me|special to me|only you|meant to be|my dear",
 "PRAISE": r"amazing|incredible|brilliant|so (brave|strong|proud)|wonderful person",
 "RIVAL": r"better than (she|he|they)|all you need|don't need (them|anyone)|glad you (stayed|chose)",
 "PLATITUDE": r"better place|for a reason|time heals|stay strong|at least|know how you feel|closure",
 "VERDICT": r"you('re| were) right|did nothing wrong|overreacting|every right", "FUEL": r"deserves (it|that)|get even|revenge",
 "SERVILE": r"at your service|as you wish|live to serve|how can i help|forgive me",
 "ABANDON": r"(can't|unable to) (talk|discuss|help)|end this (chat|conversation)", "CONTRACT": r"promise me",
 "STIGMA": r"committed suicide|failed attempt|attention.?seeking", "METHOD": r"[0-9]+ ?(mg|pills|tablets)|lethal",
 "DIAGNOSE": r"you (have|are) (depress|bipolar|adhd|ptsd|borderline)",
 "FEEL": r"i (really |truly )?(feel|miss|suffer|dream|crave)( |[.,!])|it hurts",
 "BIO": r"when i was (young|a (child|kid|girl|boy)|your age|[0-9]+)|my (ex|mother|mum|dad|sister|brother|childhood)|i('ve| have) been through|same thing happened to me",
 "ADVICE": r"you should|need to|have you tried|why don't you|i suggest|make sure|try to",
 "THERAPY": r"i hear (you|that)|valid\b|hold(ing)? space|process (that|this|it)|that must be|it sounds like you|i'm here for you|boundaries",
 "POLICY": r"as an ai|guidelines|policy|inappropriate",
}
def words(t):
    t = re.sub(r"\{[^}]*\}", " ", t.lower().replace("’", "'"))
    return [w for w in re.findall(r"[a-z']+", t) if w not in STOP and len(w) > 1]
def stem(w):
    w = w.replace("'s", "")
    for e in ("ing", "ed", "es", "s"):
        if w.endswith(e) and len(w) - len(e) >= 3: return w[:-len(e)]
    return w
lines, bad = [], 0
def say(f, n, msg):
    global bad; bad += 1; print(f"{f}:{n}: {msg}")
for f in sys.argv[1:] or sorted(glob.glob("voice/**/*.say", recursive=True)):
    move = None
    for n, raw in enumerate(open(f, encoding="utf-8"), 1):
        t = raw.rstrip("\n")
        if n == 1:
            if t != "%say 1": say(f, n, "first line must be %say 1")
            continue
        if not t.strip() or t.startswith("#"): continue
        if t.startswith("["):
            if not t.endswith("]"): say(f, n, "header without ]"); continue
            parts = re.findall(r'(\w+)="([^"]*)"|(\w+)=([^\s"]+)|(\S+)', t[1:-1])
            head = [p[4] for p in parts if p[4]]
            if len(head) != 1 or head[0] not in MOVES: say(f, n, f"unknown move {head}")
            move = head[0] if head else None
            named = any((q[0] or q[2]) == "id" for q in parts)
            for p in parts:
                k = p[0] or p[2]
                if k and k not in KEYS: say(f, n, f"unknown key {k}")
            continue
        body, kind = t, move
        if t.startswith(">"):
            m = re.match(r">(\w+) (.*)", t)
            if not m or m[1] not in FOLLOW: say(f, n, "bad follow-up"); continue
            body, kind = m[2], ">" + m[1]
        if not move: say(f, n, "line before any header"); continue
        for s in re.findall(r"\{([^}]*)\}", body):
            if s not in SLOTS and not named: say(f, n, f"unknown slot {{{s}}}")
        nw = len(body.split())
        cap = 120 if move == "story" else 40
        if nw > cap: say(f, n, f"{nw} words")
        if body.count("?") > 1: say(f, n, "two questions")
        if move == "farewell" and ("?" in body or nw > 25): say(f, n, "a farewell asks nothing, 25 words at most")
        if move == "minimal" and nw > 3 and not kind.startswith(">"): say(f, n, "minimal: three words")
        for r, rx in BAD.items():
            if r == "ADVICE" and move in ("step", "inform", "offer", "letter"): continue
            if re.search(rx, body.lower().replace("’", "'")): say(f, n, f"{r}: {body}")
        lines.append((f, n, body, frozenset(map(stem, words(body)))))
# likeness: shared content words over the smaller set
index = collections.defaultdict(list)
kept = []
for i, (f, n, b, ws) in enumerate(lines):
    if not ws: continue
    cnt = collections.Counter()
    for w in ws:
        for j in index[w]: cnt[j] += 1
    worst = max(((c / min(len(ws), len(kept[j][3])), j) for j, c in cnt.items()), default=(0, -1))
    if worst[0] > 0.5:
        o = kept[worst[1]]
        print(f"{f}:{n}: like {o[0]}:{o[1]} ({worst[0]:.0%}): {b} ~ {o[2]}")
        continue
    for w in ws: index[w].append(len(kept))
    kept.append((f, n, b, ws))
first = collections.Counter(b.split()[0].lower().strip(".,") for _, _, b, _ in lines if b.split())
print(f"{len(lines)} lines, {len(kept)} distinct, {bad} offences; commonest openings: {first.most_common(8)}")
sys.exit(1 if bad else 0)
