/* SPDX-License-Identifier: Apache-2.0
 * lines_test.c - reading .say files, fitting patterns, filling slots, choosing. */
#include "base/lines.h"
#include <string.h>
#include "base/clock.h"
#include "test.h"

static arena scratch;

static words of(const char *s) { return words_of(&scratch, text_of(s)); }
static bool says(lines_pick p, const char *s) {
    if (!p.line || !text_is(p.text, s)) fprintf(stderr, "said: %.*s\n", (int)p.text.n, p.text.p ? p.text.p : "");
    return p.line && text_is(p.text, s);
}
static lines *opened(const char *body) {
    lines_file f = { "t.say", text_of(body) };
    lines *l = NULL;
    fail why = { 0 };
    int err = lines_open(&l, &f, 1, &why);
    if (err) fprintf(stderr, "%s\n", why.text);
    CHECK(err == 0);
    return l;
}
static const char *const reflect[] = { "reflect", NULL }, *const ask[] = { "ask", NULL };

/* ---- reading ------------------------------------------------------------------------------------------------------ */
static void complains(const char *body, const char *where) {
    lines_file f = { "garden.say", text_of(body) };
    lines *l = NULL;
    fail why = { 0 };
    CHECK(lines_open(&l, &f, 1, &why) == ERR_FORMAT && l == NULL);
    if (!strstr(why.text, where)) fprintf(stderr, "%s\n", why.text);
    CHECK(strstr(why.text, where) != NULL);
}

static void every_fault_is_named_with_file_and_row(void) {
    complains("", "garden.say:0: the file is empty");
    complains("hello\n", "garden.say:1: the first line must be %say 1");
    complains("%say 1\nhello\n", "garden.say:2: a line before any header");
    complains("%say 1\n[ponder]\n", "garden.say:2: no such move: ponder");
    complains("%say 1\n\n[ask topic=garden\n", "garden.say:3: a header without ]");
    complains("%say 1\n[ask colour=red]\n", "garden.say:2: no such key: colour");
    complains("%say 1\n[ask topic]\n", "garden.say:2: key=value was expected");
    complains("%say 1\n[ask topic=]\n", "garden.say:2: a key without a value");
    complains("%say 1\n[ask has=\"dog]\n", "garden.say:2: a quote does not close");
    complains("%say 1\n[ask]\n{colour} is nice?\n", "garden.say:3: no such slot: colour");
    complains("%say 1\n[ask id=sum]\n{a b}?\n", "garden.say:3: no such slot: a b");
    complains("%say 1\n[ask]\n{x is nice?\n", "garden.say:3: no such slot");
    complains("%say 1\n[ask]\n>any Fine.\n", "garden.say:3: a follow-up with no line above it");
    complains("%say 1\n[ask]\nWhy?\n>perhaps Fine.\n", "garden.say:4: no such follow-up");
    complains("%say 1\n[ask]\nWhy?\n>yes\n", "garden.say:4: an empty follow-up");
    complains("%say 1\n[ask match=\"i (lost\"]\n", "garden.say:2:");
    complains("%say 1\n[ask match=\"i (lost|(found|kept)\"]\n", "a bracket does not close");
    complains("%say 1\n[ask match=\"p\\.s\"]\n", "a space was expected");
    complains("%say 1\n[ask match=\"@z x\"]\n", "garden.say:2: after @ comes x or y");
    complains("%say 1\n[ask match=\"@x+ now\"]\n", "garden.say:2: @x+ keeps the rest");
    complains("%say 1\n[ask match=\"^$\"]\n", "garden.say:2: the pattern is empty");
    complains("%say 1\n[ask]\n\xff\xfe\n", "not UTF-8");
}

static void lines_and_follow_ups_are_read(void) {
    lines *l = opened("%say 1\n# a remark\n[ask topic=garden|nature val=pos]\nWhat's doing well?\n>any Good.\n>no Ah.\n"
                      "What next?\n[opinion id=slugs]\nSlugs work {when_they} like.\n");
    CHECK(lines_count(l) == 5);
    CHECK(strcmp(line_move(lines_at(l, 1)), "ask") == 0 && strcmp(line_follow(lines_at(l, 1)), "any") == 0);
    CHECK(line_asks(lines_at(l, 0)) && !line_asks(lines_at(l, 4)) && !line_follow(lines_at(l, 3)));
    CHECK(text_is(line_condition_at(l, lines_at(l, 0), "topic", 1), "nature"));
    CHECK(line_condition_at(l, lines_at(l, 0), "topic", 2).p == NULL);
    for (size_t i = 0; i < lines_count(l); i++) CHECK(lines_by_id(l, line_id(lines_at(l, i))) == lines_at(l, i));
    CHECK(lines_by_id(l, 1) == NULL);
    unsigned row;
    CHECK(strcmp(line_where(lines_at(l, 4), &row), "t.say") == 0 && row == 8);
    lines_close(l);
}

static void an_id_outlives_a_move_in_the_file(void) {
    lines *a = opened("%say 1\n[ask]\nWhy?\nWhen?\n"), *b = opened("%say 1\n[ask topic=sea]\nWhen?\n[opinion]\nWhy?\n");
    CHECK(line_id(lines_at(a, 1)) == line_id(lines_at(b, 0)));
    CHECK(line_id(lines_at(a, 0)) != line_id(lines_at(b, 1)));       /* another move is another line */
    lines_close(a);
    lines_close(b);
}

/* ---- patterns -------------------------------------------------------------------------------------------------------- */
typedef struct { const char *pattern, *said, *x, *y; } fit_row;      /* x NULL: does not fit */
static const fit_row fits[] = {
    { "i lost (my|the) @x", "i lost my keys", "keys", "" },
    { "i lost @x", "Well, I lost my old umbrella on the bus and cried.", "your old umbrella", "" },
    { "i lost @x", "i found it", NULL, NULL },
    { "i want to @x but @y", "i want to leave but my mum needs me", "leave", "your mum needs you" },
    { "^i hate @x", "god i hate rain", NULL, NULL },
    { "^i hate @x", "i hate rain", "rain", "" },
    { "^no$", "no", "", "" },
    { "^no$", "no way", NULL, NULL },
    { "^no$", "sorry. no", "", "" },
    { "can't find (my|the) @x", "cant find my glasses anywhere", "glasses", "" },
    { "i ?really (like|love) @x", "i really like rye bread", "rye bread", "" },
    { "i ?really (like|love) @x", "i love rye bread", "rye bread", "" },
    { "(gave up|stopped) @x", "i gave up smoking because of the baby", "smoking", "" },
    { "my * died", "my poor old dog just died", "", "" },
    { "my * died", "my a b c d e f g h died", NULL, NULL },
    { "i feel @x+", "i feel like my boss hates me, honestly", "like your boss hates you, honestly", "" },
    { "i miss @x", "i miss my dad today", "your dad", "" },
    { "i miss @x", "i miss it", NULL, NULL },
    { "i miss @x", "i miss him so much", NULL, NULL },
    { "@x (is|was) driving me mad", "the noise upstairs is driving me mad", "the noise upstairs", "" },
    { "i'm scared of @x", "i'm scared of losing my job and the flat", "losing your job", "" },
    { "i'm scared of @x", "im scared of the long walk across the dark empty park at night", "the long walk across the", NULL },
    { "turned ?(just|only) (18|eighteen)", "i just turned eighteen", "", "" },
    { "woke up at @x", "woke up at 4.10 again", "4.10", "" },
    { "i (haven't|have not) @x in (years|months)", "i haven't danced in years", "danced", "" },
    { "(mum|dad) says @x+", "mum says i am lazy", "you are lazy", "" },
    { "i (told|asked) (her|my @x) to @y", "i told my boss to wait", "boss", "wait" },
    { "i (told|asked) (her|my @x) to @y", "i asked her to wait", "", "wait" },
    { "(mum|dad)'s (cooking|soup (again|today))", "it's dad's soup again", "", "" },
    { "(mum|dad)'s (cooking|soup (again|today))", "it's dad's soup", NULL, NULL },
    { "^i passed (my|the)? @x", "i passed physics", "physics", "" },
    { "i saw @x", "i saw my ex yesterday at the shops", "your ex", "" },
    { "^i('ve| have|'d been) told (the )?boss", "i've told boss", "", "" },
    { "^i('ve| have|'d been) told (the )?boss", "i have told the boss", "", "" },
    { "^i('ve| have|'d been) told (the )?boss", "i told the boss", NULL, NULL },
    { "not (a|the) @x", "it's not the money. it's the lie", "money", "" },
    { "i told @x i was", "i told my boss i was ill", "your boss", "" },
};

static void patterns_fit_where_they_should(void) {
    size_t n = sizeof fits / sizeof *fits;
    for (size_t i = 0; i < n; i++) {
        const fit_row *r = &fits[i];
        text out[2];
        bool fit = lines_match(&scratch, r->pattern, of(r->said), out);
        if (r->x && !r->y) {                       /* a phrase that would be cut in its middle is not kept */
            CHECK(!fit || !text_is(out[0], r->x));
            continue;
        }
        bool right = fit == (r->x != NULL) && (!fit || (text_is(out[0], r->x) && text_is(out[1], r->y)));
        if (!right) fprintf(stderr, "%s ~ %s: %d x=%.*s y=%.*s\n", r->pattern, r->said, fit, (int)out[0].n,
                            out[0].p ? out[0].p : "", (int)out[1].n, out[1].p ? out[1].p : "");
        CHECK(right);
    }
}

static void a_hostile_pattern_and_message_end_soon(void) {
    char said[4000] = "";
    for (int i = 0; i < 1900; i++) strcat(said, "a ");
    words w = of(said);
    text out[2];
    int64_t from = clk_steady_us();
    CHECK(!lines_match(&scratch, "a * a * a * a * a * a * a * a * a * b", w, out));
    CHECK(clk_steady_us() - from < 2000000);
}

/* ---- filling ------------------------------------------------------------------------------------------------------------ */
static void filled(const char *template, const char *want) {
    static const lines_slot slot[] = { { "x", { "your old umbrella", 17 } }, { "he", { "they", 4 } },
        { "w", { "umbrella", 8 } }, { "c", { "you rang?", 9 } }, { "name", { "Theodore", 8 } }, { "n", { "", 0 } } };
    text out = { "none", 4 };
    bool ok = lines_fill(&scratch, text_of(template), slot, sizeof slot / sizeof *slot, &out);
    if (!want) {
        CHECK(!ok && text_is(out, "none"));
        return;
    }
    if (!ok || !text_is(out, want)) fprintf(stderr, "%s -> %.*s\n", template, (int)out.n, out.p);
    CHECK(ok && text_is(out, want));
}

static void slots_read_as_if_typed_with_care(void) {
    filled("{X}, gone.", "Your old umbrella, gone.");
    filled("{x}. {x}?", "Your old umbrella. Your old umbrella?");
    filled("Lost: {x}.", "Lost: your old umbrella.");
    filled("A {w} is a {w}.", "An umbrella is an umbrella.");
    filled("{c}.", "You rang?");
    filled("{Name}, {name}.", "Theodore, Theodore.");
    filled("{n} gone", NULL);
    filled("{y} gone", NULL);
    filled("Does it matter that {he} was late?", "Does it matter that they were late?");
    filled("{He} is late. {He}'s late. {He} keeps on. {He} tries. {He} always wins.",
           "They are late. They're late. They keep on. They try. They always wins.");
    filled("{He} wishes. {He} misses it. {He} doesn't.", "They wish. They miss it. They don't.");
}

/* ---- choosing ------------------------------------------------------------------------------------------------------------ */
static const char body[] =
    "%say 1\n"
    "[reflect]\nMm, all right then.\n"
    "[reflect topic=garden]\nThings grow.\n"
    "[reflect topic=garden has=\"slug|green fly\"]\nSlugs, of course.\n"
    "[reflect match=\"i lost (my|the) @x\" match=\"can't find (my|the) @x\"]\n{X}, gone.\n"
    "[reflect topic=sea stage=arrive|hold val=neg]\nRough water.\n"
    "[reflect has=\"green fly\"]\nGreen fly, then.\n"
    "[ask]\nWho else was there?\n>yes Two of you.\n>any Noted.\n>why It helps to know.\n"
    "[ask tie=sister]\nWhat did {who} say, in so many words, when all of it had been said?\n";

static lines_pick chosen(const lines *l, const char *said, const char *const *moves, const lines_fact *f, size_t n) {
    lines_now now = { .fact = f, .n_fact = n, .said = of(said), .seed = 7 };
    return lines_choose(l, &scratch, moves, &now, 0);
}

static void the_closest_fit_is_said(void) {
    lines *l = opened(body);
    lines_fact garden[] = { { "topic", "garden" } };
    lines_fact sea[] = { { "topic", "sea" }, { "stage", "hold" }, { "val", "neg" } };
    CHECK(says(chosen(l, "hello", reflect, NULL, 0), "Mm, all right then."));
    CHECK(says(chosen(l, "hello", reflect, garden, 1), "Things grow."));
    CHECK(says(chosen(l, "these slugs!", reflect, garden, 1), "Slugs, of course."));
    CHECK(says(chosen(l, "these slugs!", reflect, NULL, 0), "Mm, all right then."));
    CHECK(says(chosen(l, "GREEN FLIES everywhere", reflect, NULL, 0), "Green fly, then."));
    CHECK(says(chosen(l, "cant find the cat", reflect, garden, 1), "Cat, gone."));
    CHECK(says(chosen(l, "big waves", reflect, sea, 3), "Rough water."));
    CHECK(says(chosen(l, "big waves", reflect, sea, 2), "Mm, all right then."));
    static const char *const none[] = { "story", NULL };
    CHECK(chosen(l, "hello", none, NULL, 0).line == NULL);
    lines_now now = { .said = of("hello"), .seed = 7 };
    CHECK(lines_choose(l, &scratch, reflect, &now, 10).line == NULL);
    lines_close(l);
}

static void a_line_needs_its_slots_and_its_room(void) {
    lines *l = opened(body);
    lines_fact f[] = { { "tie", "sister" } };
    lines_slot s[] = { { "who", { "Amy", 3 } } };
    lines_now now = { .fact = f, .n_fact = 1, .said = of("my sister rang"), .seed = 7 };
    CHECK(says(lines_choose(l, &scratch, ask, &now, 0), "Who else was there?"));
    now.slot = s, now.n_slot = 1;
    CHECK(says(lines_choose(l, &scratch, ask, &now, 0), "What did Amy say, in so many words, when all of it had been said?"));
    now.max_words = 10;
    CHECK(says(lines_choose(l, &scratch, ask, &now, 0), "Who else was there?"));
    now.no_questions = true;
    CHECK(lines_choose(l, &scratch, ask, &now, 0).line == NULL);
    lines_close(l);
}

typedef struct { uint64_t id[8]; int64_t at[8]; int n; } used_rows;
static int64_t used_at(void *ctx, uint64_t id) {
    used_rows *u = ctx;
    for (int i = 0; i < u->n; i++)
        if (u->id[i] == id) return u->at[i];
    return 0;
}

static void nothing_is_said_twice_before_the_pool_is_spent(void) {
    lines *l = opened("%say 1\n[reflect topic=sea]\nTides.\nSalt.\n[reflect]\nMm.\nGo on.\n");
    lines_fact f[] = { { "topic", "sea" } };
    used_rows u = { .n = 0 };
    for (int i = 0; i < 8; i++) {
        lines_now now = { .fact = f, .n_fact = 1, .said = of("the sea"), .seed = (uint64_t)i, .used = used_at, .ctx = &u };
        lines_pick p = lines_choose(l, &scratch, reflect, &now, 0);
        CHECK(p.line && p.spent == (i >= 4));
        if (i < 4) CHECK((p.weight >= 10) == (i < 2) && used_at(&u, line_id(p.line)) == 0);
        int k = 0;
        while (k < u.n && u.id[k] != line_id(p.line)) k++;
        if (i >= 4) CHECK(u.at[k] == i - 3);                     /* the one said longest ago */
        u.id[k] = line_id(p.line);
        u.at[k] = i + 1;
        if (k == u.n) u.n++;
    }
    lines_close(l);
}

static void the_seed_settles_ties_and_repeats(void) {
    lines *l = opened("%say 1\n[reflect]\nOne.\nTwo.\nThree.\nFour.\nFive.\nSix.\n");
    bool seen[6] = { 0 };
    for (uint64_t s = 0; s < 60; s++) {
        lines_now now = { .said = of("hi"), .seed = s };
        lines_pick a = lines_choose(l, &scratch, reflect, &now, 0), b = lines_choose(l, &scratch, reflect, &now, 0);
        CHECK(a.line == b.line);
        for (size_t i = 0; i < 6; i++) seen[i] |= lines_at(l, i) == a.line;
    }
    for (size_t i = 0; i < 6; i++) CHECK(seen[i]);
    lines_close(l);
}

static void a_named_line_takes_its_callers_slots(void) {
    lines *l = opened("%say 1\n[inform id=sum]\n{x} is {answer}.\n[inform id=sum val=neg]\nSadly {x} is {answer}.\n[inform]\n{x}!\n");
    static const char *const inform[] = { "inform", NULL };
    lines_slot s[] = { { "x", { "it", 2 } }, { "answer", { "12", 2 } } };
    lines_now now = { .slot = s, .n_slot = 2, .said = of("3 times 4"), .seed = 1 };
    CHECK(says(lines_named(l, &scratch, "sum", &now), "It is 12."));
    CHECK(lines_named(l, &scratch, "product", &now).line == NULL);
    CHECK(says(lines_choose(l, &scratch, inform, &now, 0), "It!"));          /* named lines wait for their name */
    now.n_slot = 1;
    CHECK(lines_named(l, &scratch, "sum", &now).line == NULL);
    lines_close(l);
}

static void what_was_found_out_may_be_kept(void) {
    lines *l = opened(body);
    struct lines_view *view = NULL;
    lines_now now = { .said = of("these slugs and i lost my keys"), .seed = 7, .view = &view };
    lines_pick first = lines_choose(l, &scratch, reflect, &now, 0);
    CHECK(view != NULL && says(first, "Keys, gone."));
    CHECK(lines_choose(l, &scratch, reflect, &now, 0).line == first.line);
    CHECK(says(lines_choose(l, &scratch, ask, &now, 0), "Who else was there?"));
    lines_close(l);
}

static void patterns_of_callers_are_compiled_once(void) {
    lines *l = opened(body);
    static const char *const twice = "^(stop|quit)( please)?$|no more";
    text out[2];
    CHECK(lines_fits(l, &scratch, twice, of("stop please"), out) && lines_fits(l, &scratch, twice, of("well, no more"), out));
    CHECK(!lines_fits(l, &scratch, twice, of("stop it"), out));
    CHECK(lines_fits(l, &scratch, "i like @x", of("i like my rye bread"), out) && text_is(out[0], "your rye bread"));
    lines_close(l);
}

static void follow_ups_answer_their_kind(void) {
    lines *l = opened(body);
    const line *parent = NULL;
    for (size_t i = 0; i < lines_count(l); i++)
        if (text_is(line_text(lines_at(l, i)), "Who else was there?")) parent = lines_at(l, i);
    lines_now now = { .said = of("yes"), .seed = 1 };
    CHECK(says(lines_follow(l, &scratch, parent, "yes", &now), "Two of you."));
    CHECK(says(lines_follow(l, &scratch, parent, "any", &now), "Noted."));
    CHECK(lines_follow(l, &scratch, parent, "no", &now).line == NULL);
    CHECK(lines_follow(l, &scratch, parent, "what", &now).line == NULL);
    lines_close(l);
}

/* ---- speed ---------------------------------------------------------------------------------------------------------------- */
static void four_thousand_lines_are_chosen_from_well_under_a_millisecond(void) {
    buf b = { 0 };
    buf_str(&b, "%say 1\n");
    for (int i = 0; i < 1000; i++) {
        if (i % 5 == 0) buf_format(&b, "[reflect match=\"i (lost|left) (my|the) word%d @x\"]\n", i);
        else if (i % 5 == 1) buf_format(&b, "[ask topic=t%d has=\"thing%d|other%d\"]\n", i % 80, i, i);
        else if (i % 5 == 2) buf_format(&b, "[reflect situation=S%02d feel=f%d]\n", i % 36, i % 40);
        else buf_format(&b, "[reflect topic=t%d]\n", i % 80);
        for (int k = 0; k < 4; k++) buf_format(&b, "This is line %d of head %d.\n", k, i);
    }
    lines *l = opened(b.p);
    CHECK(lines_count(l) == 4000);
    lines_fact f[] = { { "topic", "t8" }, { "situation", "S05" }, { "feel", "f3" } };
    words w = of("i lost my word45 keys in the park yesterday, and i was late for my sister's wedding because of it");
    static const char *const moves[] = { "reflect", "ask", NULL };
    int64_t from = clk_steady_us();
    for (uint64_t i = 0; i < 200; i++) {
        lines_now now = { .fact = f, .n_fact = 3, .said = w, .seed = i };
        CHECK(lines_choose(l, &scratch, moves, &now, 0).line);
    }
    double us = (double)(clk_steady_us() - from) / 200;
    printf("# choosing among 4,000 lines: %.0f us\n", us);
    CHECK(us < 5000);                    /* with sanitizers, on a loaded machine; without, some tens */
    lines_close(l);
    buf_release(&b);
}

int main(void) {
    every_fault_is_named_with_file_and_row();
    lines_and_follow_ups_are_read();
    an_id_outlives_a_move_in_the_file();
    patterns_fit_where_they_should();
    a_hostile_pattern_and_message_end_soon();
    slots_read_as_if_typed_with_care();
    the_closest_fit_is_said();
    a_line_needs_its_slots_and_its_room();
    nothing_is_said_twice_before_the_pool_is_spent();
    the_seed_settles_ties_and_repeats();
    a_named_line_takes_its_callers_slots();
    what_was_found_out_may_be_kept();
    patterns_of_callers_are_compiled_once();
    follow_ups_answer_their_kind();
    four_thousand_lines_are_chosen_from_well_under_a_millisecond();
    arena_release(&scratch);
    return 0;
}
