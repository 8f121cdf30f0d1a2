/* SPDX-License-Identifier: Apache-2.0
 * recall.c - talk about memory itself: what do you know, why, forget that, remember this, keep it?
 *
 * DESIGN  A table of the shapes people use; the first that fits decides. The answers are the planner's: whatever
 *         mind is in use, what she says about her memory is what the store holds. */
#include <stdlib.h>
#include <string.h>
#include "base/lines.h"
#include "turn/turn_parts.h"

typedef enum { ASK_ALL, ASK_ABOUT, ASK_NAME, ASK_LAST, ASK_WHO, ASK_SELF, ASK_SAID, ASK_WHY, ASK_FORGET_THAT, ASK_FORGET, ASK_KEEP, ASK_PAUSE, ASK_RESUME } asking;

static const struct { const char *pattern; asking what; } shapes[] = {
    { "^?ok ?please (forget|scrap|delete|erase|drop) (that|it|this|the last one|what i just said) ?please$", ASK_FORGET_THAT },
    { "^?please (don't|do not) (remember|keep) (that|this|it)", ASK_FORGET_THAT },
    { "^?ok ?please ?(can you|could you) ?please (forget|scrap|delete|erase) ?(the (bit|thing|part) about|everything about|all about|what i (said|told you) about|about|that) @x+", ASK_FORGET },
    { "(stop remembering|pause (your|the) memory|pause memory|stop keeping)", ASK_PAUSE },
    { "(start remembering|resume (your|the) memory|resume memory|remember again)", ASK_RESUME },
    { "(why|how) (do|did|would) you (know|remember|have) (that|this|it)", ASK_WHY },
    { "(how|where) (do|did) you (know|get|hear) (that|this)", ASK_WHY },
    { "(when|where) did i (tell|say|mention) (you that|you this|that|this|it)$", ASK_WHY },
    { "^?please ?can you remember (that|this) @x+", ASK_KEEP },
    { "what do you (know|remember|have|have on|keep) ?(of|about|on) me", ASK_ALL },
    { "what (have|did) (you|i) (remember|remembered|learned|learnt|kept|told you|tell you) ?about me", ASK_ALL },
    { "what do you remember$", ASK_ALL },
    { "what (do|did) you (know|remember|have|keep) (about|of|on) @x+", ASK_ABOUT },
    { "what (did|have) i (tell|told|say|said|mention) ?(to you|you) about @x+", ASK_ABOUT },
    { "(do|can) you remember (who|what|when|where) @x+", ASK_ABOUT },
    { "(do|can) you remember @x+", ASK_ABOUT },
    { "(tell|remind) me (what you know|what i said|what i told you) about @x+", ASK_ABOUT },
    { "(what's|whats|what is|what was|know|remember|tell me|remind me) my @x name", ASK_NAME },
    { "(what did i (say|tell you)|what's|whats|what is|what was|how is|how was) my @x (called|is called|was called|named)", ASK_NAME },
    { "(who|what) (is|was) my @x called", ASK_NAME },
    { "(what's|whats|what is|what was|know|remember|forgotten) (his|her|their) name", ASK_LAST },
    { "(what|where|when) (was|is|does|did|were|do) (she|he|they) * (again|once more)", ASK_LAST },
    { "(who|what|when|where) (is|was|are|does|did|do) my @x", ASK_ABOUT },
    { "(who's|what's|when's|where's|whats) my @x", ASK_ABOUT },
    { "what did i (say|tell you) (my|the) @x", ASK_ABOUT },
    { "^(so|and|ok)? ?(who|who's|whos) ?(is|was) @x$", ASK_WHO },
    { "did i (ever|already)? ?(say|tell you|mention|tell) *", ASK_SAID },
    { "(how|what|where|when|who|which|why) * did i (say|tell you|mention) *", ASK_SAID },
    { "you (promised|said you'd|were going|were supposed) to remember *", ASK_SAID },
    { "^(so|and|ok)? ?(what|where|when|who|which|how old|how long) (do|did|am|was|is|are|have|have been) (i|my) *", ASK_SELF },
};

void exchange_answer(exchange *x, const char *step, text reply) {
    x->plan.step = step;
    x->plan.fixed = reply;
    x->plan.may_add = false;
    x->plan.n_line = 0;
}

text exchange_words(exchange *x, const char *id, const care_slot *slot, size_t n_slot) {
    return care_words(x->t->home->care, x->a, id, &x->now, slot, n_slot);
}

/* A capture comes turned round ("your sister"): what the store should look for is as it was said. */
static text as_said(exchange *x, text turned) {
    static const char *const from[] = { "your ", "yourself", "you ", "that ", "about ", "the time ", "when " };
    static const char *const to[] = { "my ", "me", "me ", "", "", "", "" };
    text s = text_trim(turned);
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        if (text_starts(s, from[i])) {
            size_t n = strlen(from[i]);
            s = arena_format(x->a, "%s%.*s", to[i], (int)(s.n - n), s.p + n);
        }
    while (s.n && strchr("?.!, ", s.p[s.n - 1])) s.n--;
    return s;
}

static text day_of(exchange *x, int64_t ms) {
    char day[32];
    civil_said(ms, x->now.now_ms, day);
    return arena_format(x->a, "%s", day);
}

static void hold_about(turn *t, const memory *m, size_t n) {
    t->n_about = 0;
    for (size_t i = 0; i < n && t->n_about < 4; i++) t->about[t->n_about++] = m[i].id;
}

/* "Amy is your friend. She moved to Oslo in May." - at most `most` memories, each its own sentence. */
static text tell_memories(exchange *x, const memory *m, size_t n, size_t most) {
    buf b = { 0 };
    size_t told = 0;
    for (size_t i = 0; i < n && told < most; i++) {
        if (m[i].until && *m[i].until && m[i].faded) continue;
        if (b.n) buf_char(&b, ' ');
        buf_str(&b, m[i].words);
        if (b.n && !strchr(".!?", b.p[b.n - 1])) buf_char(&b, '.');
        told++;
    }
    text out = arena_text(x->a, buf_text(&b));
    buf_release(&b);
    return out;
}

static void answer_all(exchange *x) {
    size_t n;
    memory *m = remember_list(x->t->store, x->a, "", &n);
    if (n == 0) {
        exchange_answer(x, "memory", exchange_words(x, "mem.nothing", NULL, 0));
        return;
    }
    text told = tell_memories(x, m, n, 8);
    care_slot count = { "x", arena_format(x->a, "%zu", n) };
    text rest = n > 8 ? exchange_words(x, "mem.more", &count, 1) : exchange_words(x, "mem.choose", &count, 1);
    exchange_answer(x, "memory", arena_format(x->a, "%.*s %.*s", (int)told.n, told.p, (int)rest.n, rest.p));
    hold_about(x->t, m, n);
}

static void answer_unknown(exchange *x) {
    x->t->n_about = 0;
    exchange_answer(x, "memory", exchange_words(x, "mem.unknown", NULL, 0));
}

/* A single memory often keeps less than was said: their own words stand beside it. */
static text with_quote(exchange *x, text told, const memory *m) {
    if (!m->quote || !*m->quote) return told;
    care_slot s[] = { { "x", text_of(m->quote) }, { "when", day_of(x, m->said_ms) } };
    text quote = exchange_words(x, "mem.said", s, 2);
    return arena_format(x->a, "%.*s %.*s", (int)told.n, told.p, (int)quote.n, quote.p);
}

static bool answer_about(exchange *x, text subject) {
    turn *t = x->t;
    subject = as_said(x, subject);
    if (subject.n == 0) return false;
    if (text_is_fold(subject, "me")) return answer_all(x), true;
    ally who;
    size_t n = 0;
    memory *m = NULL;
    const char *name = arena_str(x->a, subject.p, subject.n);
    if (remember_ally(t->store, x->a, subject, &who)) name = *who.name ? who.name : who.tie;
    m = remember_list(t->store, x->a, name, &n);
    if (n == 0) m = remember_search(t->store, x->a, subject, 4, &n);
    if (n > 0) {
        text told = tell_memories(x, m, n, 6);
        if (n == 1) told = with_quote(x, told, &m[0]);
        exchange_answer(x, "memory", told);
        hold_about(t, m, n);
        return true;
    }
    size_t n_said;
    recalled *r = remember_recall(t->store, x->a, subject, 3, &n_said);
    for (size_t i = 0; i < n_said; i++) {
        if (r[i].message == x->message || r[i].score < REMEMBER_SURE || !r[i].quote || !*r[i].quote) continue;
        care_slot s[] = { { "x", text_of(r[i].quote) }, { "when", day_of(x, r[i].said_ms) } };
        exchange_answer(x, "memory", exchange_words(x, "mem.quote", s, 2));
        return true;
    }
    answer_unknown(x);
    return true;
}

/* "What's my girlfriend's name?": the name, and no more than that. */
static bool answer_name(exchange *x, text tie) {
    ally who;
    tie = as_said(x, tie);
    if (tie.n > 2 && text_ends(tie, "'s")) tie.n -= 2;
    bool known = remember_ally(x->t->store, x->a, tie, &who);
    if (!known && tie.n > 1 && tie.p[tie.n - 1] == 's')                          /* "girlfriends name" */
        known = remember_ally(x->t->store, x->a, (text){ tie.p, tie.n - 1 }, &who);
    if (!known || !*who.name) return answer_unknown(x), true;
    care_slot s[] = { { "x", text_of(who.name) }, { "when", day_of(x, who.said_ms) } };
    exchange_answer(x, "memory", exchange_words(x, "mem.name", s, 2));
    return true;
}

/* A question about themselves or something they said: what is remembered of its words, or a plain "I don't have that". */
static bool answer_from_words(exchange *x, bool must) {
    size_t n;
    memory *m = remember_search(x->t->store, x->a, x->heard, 2, &n);
    if (n > 0 && words_shared(words_of(x->a, text_of(m[0].words)), x->sense.said) > 0) {
        exchange_answer(x, "memory", tell_memories(x, m, 1, 1));
        hold_about(x->t, m, 1);
        return true;
    }
    size_t n_said;
    recalled *r = remember_recall(x->t->store, x->a, x->heard, 3, &n_said);
    for (size_t i = 0; i < n_said; i++) {
        if (r[i].message == x->message || r[i].score < REMEMBER_SURE || !r[i].quote || !*r[i].quote) continue;
        if (words_shared(words_of(x->a, text_of(r[i].quote)), x->sense.said) == 0) continue;
        care_slot s[] = { { "x", text_of(r[i].quote) }, { "when", day_of(x, r[i].said_ms) } };
        exchange_answer(x, "memory", exchange_words(x, "mem.quote", s, 2));
        return true;
    }
    if (!must) return false;
    answer_unknown(x);
    return true;
}

/* "Who is Tunde?": only when it is one of theirs. */
static bool answer_who(exchange *x, text subject) {
    ally who;
    return remember_ally(x->t->store, x->a, as_said(x, subject), &who) && answer_about(x, subject);
}

/* "What was she studying again?": about the one of theirs they last spoke of. */
static bool answer_last(exchange *x) {
    size_t n;
    ally *al = remember_people(x->t->store, x->a, &n);
    if (n == 0) return false;
    for (size_t i = 1; i < n; i++)
        if (al[i].said_ms > al[0].said_ms) al[0] = al[i];
    return answer_about(x, text_of(*al[0].name ? al[0].name : al[0].tie));
}

static bool answer_why(exchange *x) {
    memory m;
    if (x->t->n_about == 0 || !remember_memory(x->t->store, x->a, x->t->about[0], &m)) return false;
    care_slot s[] = { { "x", text_of(m.quote) }, { "when", day_of(x, m.said_ms) } };
    exchange_answer(x, "memory", exchange_words(x, "mem.why", s, 2));
    return true;
}

static void emit_forgotten(exchange *x, const receipt *r) {
    json_t *more = json_object();
    json_object_set_new(more, "memories", json_integer(r->memories));
    json_object_set_new(more, "messages", json_integer(r->messages));
    turn_emit(x->out, "mem.del", more);
}

static void answer_forgotten(exchange *x, const receipt *r) {
    int found = r->memories + r->messages + r->people;
    if (found) emit_forgotten(x, r);
    care_slot s[] = { { "x", arena_format(x->a, "%d", r->memories) }, { "y", arena_format(x->a, "%d", r->messages) } };
    exchange_answer(x, "memory", exchange_words(x, found ? "mem.forgotten" : "mem.not-there", s, 2));
    x->t->n_about = x->t->n_fresh = 0;
}

static bool last_of_theirs(exchange *x, text *out) {
    for (size_t i = x->n_before; i-- > 0;)
        if (x->before[i].by == SAID_BY_PERSON && !x->before[i].redacted) return *out = x->before[i].words, true;
    return false;
}

static bool answer_forget_that(exchange *x) {
    turn *t = x->t;
    receipt all = { 0 }, one;
    const int64_t *id = t->n_about ? t->about : t->fresh;
    int n = t->n_about ? t->n_about : t->n_fresh;
    for (int i = 0; i < n; i++)
        if (remember_forget(t->store, id[i], (text){ 0 }, &one, NULL) == 0) {
            all.memories += one.memories;
            all.messages += one.messages;
            all.people += one.people;
        }
    text last;
    if (n == 0 && last_of_theirs(x, &last) && remember_forget(t->store, 0, last, &one, NULL) == 0) all = one;
    answer_forgotten(x, &all);
    return true;
}

static bool answer_forget(exchange *x, text subject) {
    receipt r = { 0 };
    subject = as_said(x, subject);
    if (subject.n == 0) return false;
    remember_forget(x->t->store, 0, subject, &r, NULL);
    answer_forgotten(x, &r);
    return true;
}

static bool answer_keep(exchange *x, text statement) {
    size_t n_was, n_is;
    turn *t = x->t;
    remember_list(t->store, x->a, "", &n_was);
    if (remember_learn(t->store, x->a, x->message, &x->learned, NULL) == 0 && x->learned.n_added == 0 && x->learned.n_ask == 0)
        remember_told(t->store, x->a, statement, x->now.now_ms, NULL);
    remember_list(t->store, x->a, "", &n_is);
    if (n_is <= n_was && x->learned.n_added == 0) return false;
    exchange_answer(x, "memory", exchange_words(x, "mem.kept", NULL, 0));
    return true;
}

static bool answer_pause(exchange *x, bool paused) {
    if (remember_pause(x->t->store, paused, NULL) != 0) return false;
    exchange_answer(x, "memory", exchange_words(x, paused ? "mem.paused" : "mem.resumed", NULL, 0));
    return true;
}

/* "Keep it, or let it go?" was asked: is this the answer? Silence on the matter means let go (CONDUCT 3.3). */
static bool answer_consent(exchange *x) {
    turn *t = x->t;
    text k[2];
    if (!t->n_asked || !t->asked_aloud) return false;
    bool yes = lines_match(x->a, "^(yes|yeah|yep|sure|keep|ok keep|please keep|you can keep|do keep)", x->sense.said, k);
    bool no = lines_match(x->a, "^(no|nope|nah|let (it|that) go|don't|do not|rather not|forget it)", x->sense.said, k);
    size_t n = (size_t)t->n_asked;
    t->n_asked = 0;
    t->asked_aloud = false;
    if (!yes && !no) {
        remember_consent(t->store, t->asked, n, false, NULL);
        return false;
    }
    if (remember_consent(t->store, t->asked, n, yes, NULL) != 0) return false;
    if (yes) turn_emit(x->out, "mem.add", NULL);
    exchange_answer(x, "memory", exchange_words(x, yes ? "mem.kept" : "mem.let-go", NULL, 0));
    return true;
}

static bool answer_remote(exchange *x) {
    turn *t = x->t;
    text k[2];
    if (!t->asked_remote || !t->mind || !think_leaves_machine(t->mind)) return false;
    bool yes = lines_match(x->a, "^(yes|yeah|yep|sure|ok|okay|go ahead|i agree|fine)", x->sense.said, k);
    bool no = lines_match(x->a, "^(no|nope|nah|rather not|don't|stay here)", x->sense.said, k);
    if (!yes && !no) return false;
    json_t *hosts = json_object_get(t->settings, "remote");
    json_t *now = json_is_object(hosts) ? json_copy(hosts) : json_object();
    json_object_set_new(now, think_host(t->mind), json_boolean(yes));
    turn_set(t, "remote", now, NULL);
    care_slot host = { "x", text_of(think_host(t->mind)) };
    exchange_answer(x, "remote", exchange_words(x, yes ? "remote.yes" : "remote.no", &host, 1));
    t->asked_remote = false;
    if (no) {
        t->mind = home_mind(t->home, "small", NULL);
        turn_set(t, "mind", json_string("small"), NULL);
    }
    return true;
}

bool exchange_about_memory(exchange *x) {
    if (answer_consent(x) || answer_remote(x)) return true;
    text k[2] = { { 0 } };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        k[0] = k[1] = (text){ 0 };
        if (!lines_match(x->a, shapes[i].pattern, x->sense.said, k)) continue;
        switch (shapes[i].what) {
            case ASK_ALL: answer_all(x); return true;
            case ASK_ABOUT: return answer_about(x, k[0]);
            case ASK_NAME: return answer_name(x, k[0]);
            case ASK_LAST: return answer_last(x);
            case ASK_WHO: return answer_who(x, k[0]);
            case ASK_SAID: return answer_from_words(x, true);
            case ASK_SELF: return answer_from_words(x, false);
            case ASK_WHY: return answer_why(x);
            case ASK_FORGET_THAT: return answer_forget_that(x);
            case ASK_FORGET: return answer_forget(x, k[0]);
            case ASK_KEEP: return answer_keep(x, as_said(x, k[0]));
            case ASK_PAUSE: return answer_pause(x, true);
            case ASK_RESUME: return answer_pause(x, false);
        }
    }
    return false;
}

/* ---- afterwards ---------------------------------------------------------------------------------------------------- */
static json_t *memory_event(const memory *m) {
    json_t *more = json_object();
    json_object_set_new(more, "id", json_integer(m->id));
    json_object_set_new(more, "kind", json_string(m->kind));
    json_object_set_new(more, "about", json_string(m->about));
    return more;
}

void exchange_learn(exchange *x) {
    turn *t = x->t;
    bool command = strcmp(x->plan.step, "memory") == 0;
    if (command || remember_paused(t->store)) return;
    if (remember_learn(t->store, x->a, x->message, &x->learned, NULL) != 0) return;
    t->n_fresh = 0;
    for (size_t i = 0; i < x->learned.n_added; i++) {
        turn_emit(x->out, "mem.add", memory_event(&x->learned.added[i]));
        if (t->n_fresh < 8) t->fresh[t->n_fresh++] = x->learned.added[i].id;
    }
    for (size_t i = 0; i < x->learned.n_ask && t->n_asked < 8; i++) {
        turn_emit(x->out, "mem.ask", memory_event(&x->learned.ask[i]));
        t->asked[t->n_asked++] = x->learned.ask[i].id;
    }
    if (!x->reply.n_memory && x->learned.n_added) t->n_about = 0;
    exchange_ask_consent(x);
}

/* Something sensitive waits for a yes: ask, once, where a question fits and nobody is in distress. */
void exchange_ask_consent(exchange *x) {
    turn *t = x->t;
    if (!t->n_asked || t->asked_aloud || x->sense.risk || x->sense.distress >= 3 || x->sense.bye) return;
    if (x->said.n && memchr(x->said.p, '?', x->said.n)) return;
    text ask = exchange_words(x, "mem.ask", NULL, 0);
    if (x->out->system) x->out->system(x->out->ctx, ask);
    remember_system(t->store, ask, NULL);
    t->asked_aloud = true;
}
