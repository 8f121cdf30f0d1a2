/* SPDX-License-Identifier: Apache-2.0
 * meet.c - the first meeting: seven short questions, each skippable but the first.
 *
 * STATES  adult -> name -> her -> tone -> people -> pass -> first -> held. "adult" answered no ends it there. What was
 *         answered is kept at once, so a meeting broken off goes on where it stopped. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/lines.h"
#include "turn/turn_parts.h"

typedef enum { MEET_ADULT, MEET_NAME, MEET_HER, MEET_TONE, MEET_PEOPLE, MEET_PASS, MEET_FIRST, MEET_HELD } meet_step;
static const struct { const char *id, *kind; } steps[] = {
    { "meet.adult", "yesno" }, { "meet.name", "text" }, { "meet.her", "text" }, { "meet.tone", "text" },
    { "meet.people", "yesno" }, { "meet.pass", "secret" }, { "meet.first", "last" },
};

bool turn_met(turn *t) { return json_int(t->settings, "met", MEET_ADULT) >= MEET_HELD; }

/* The words of a short answer that name somebody: "i'm theodore" -> "theodore". At most 40 bytes. */
static text name_in(turn *t, text answer) {
    text k[2] = { { 0 } };
    words w = words_of(&t->scratch, answer);
    if (lines_match(&t->scratch, "^(i'm|i am|my name is|my name's|call me|it's|its|you can call me|just) @x+", w, k) && k[0].n) answer = k[0];
    answer = text_trim(answer);
    while (answer.n && strchr(".!,", answer.p[answer.n - 1])) answer.n--;
    if (answer.n > 40) answer.n = 0;
    char *s = arena_str(&t->scratch, answer.p, answer.n);
    if (s[0] >= 'a' && s[0] <= 'z') s[0] = (char)(s[0] - 'a' + 'A');
    return (text){ s, answer.n };
}

static int says_yes(turn *t, text answer) {
    text k[2];
    words w = words_of(&t->scratch, answer);
    if (lines_match(&t->scratch, "^(no|nope|nah|n|not yet|never|under)", w, k)) return 0;
    double age;
    size_t took;
    for (size_t i = 0; i < w.n; i++)
        if (words_number(w, i, &age, &took)) return age >= 18;
    return lines_match(&t->scratch, "(yes|yeah|yep|y|sure|ok|okay|of course|i am|please|course)", w, k) ? 1 : -1;
}

static int set_passphrase(turn *t, text secret, fail *why) {
    if (secret.n == 0 || t->private) return 0;
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(hash, secret.p, secret.n, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return fail_set(why, ERR_NOMEM, "not enough memory to seal the passphrase");
    char *dir = home_life_dir(t->home, t->person);
    buf path = { 0 };
    buf_format(&path, "%s/lock.pass", dir);
    int err = file_write(path.p, text_of(hash), why);
    buf_release(&path);
    free(dir);
    return err;
}

/* Keep one answer; *refused when the talk may not go on. An empty one keeps the default. */
static int keep_answer(turn *t, meet_step step, text answer, meeting *out, fail *why) {
    text name;
    int yes;
    switch (step) {
        case MEET_ADULT:
            yes = says_yes(t, answer);
            if (yes < 0) return ERR_USAGE;                    /* ask again */
            out->refused = !yes;
            return turn_set(t, "adult", json_boolean(yes), why);
        case MEET_NAME:
            name = name_in(t, answer);
            return name.n ? turn_set(t, "name", json_stringn(name.p, name.n), why) : 0;
        case MEET_HER:
            name = name_in(t, answer);
            bool stays = name.n == 0 || says_yes(t, answer) >= 0;
            return stays ? 0 : turn_set(t, "her_name", json_stringn(name.p, name.n), why);
        case MEET_TONE:
            for (size_t i = 0; i < 3; i++) {
                static const char *const tones[] = { "plain", "dry", "gentle" };
                if (text_find_word(answer, tones[i])) return turn_set(t, "tone", json_string(tones[i]), why);
            }
            return 0;
        case MEET_PEOPLE:
            yes = says_yes(t, answer);
            return yes == 0 ? turn_set(t, "people", json_false(), why) : 0;
        case MEET_PASS: return set_passphrase(t, answer, why);
        case MEET_FIRST: case MEET_HELD: return 0;
    }
    return 0;
}

static void ask_next(turn *t, meet_step step, meeting *out) {
    care_now now;
    turn_facts(t, &t->scratch, &now);
    buf_clear(&t->meet_text);
    if (step == MEET_NAME) {
        buf_add(&t->meet_text, care_words(t->home->care, &t->scratch, "meet.truth", &now, NULL, 0));
        buf_str(&t->meet_text, "\n");
    }
    buf_add(&t->meet_text, care_words(t->home->care, &t->scratch, steps[step].id, &now, NULL, 0));
    out->ask = buf_text(&t->meet_text);
    out->kind = steps[step].kind;
    out->done = step == MEET_FIRST;
}

int turn_meet(turn *t, const char *answer, meeting *out, fail *why) {
    arena_reset(&t->scratch);
    *out = (meeting){ 0 };
    meet_step step = (meet_step)json_int(t->settings, "met", MEET_ADULT);
    if (step >= MEET_FIRST) {
        out->done = true;
        return 0;
    }
    if (answer) {
        buf clean = { 0 };
        text_clean(text_of(answer), &clean);
        int err = keep_answer(t, step, text_trim(arena_text(&t->scratch, buf_text(&clean))), out, why);
        buf_release(&clean);
        if (err && err != ERR_USAGE) return err;
        if (out->refused) {
            care_now now;
            turn_facts(t, &t->scratch, &now);
            buf_clear(&t->meet_text);
            buf_add(&t->meet_text, care_words(t->home->care, &t->scratch, "meet.minor", &now, NULL, 0));
            out->ask = buf_text(&t->meet_text);
            out->done = true;
            return 0;
        }
        if (!err) step++;
        err = turn_set(t, "met", json_integer(step == MEET_FIRST ? MEET_HELD : step), why);
        if (err) return err;
    }
    ask_next(t, step, out);
    return 0;
}
