/* SPDX-License-Identifier: Apache-2.0
 * forget_test.c - what is forgotten is gone: from memory, log, index and the raw bytes; and what fades, when. */
#include <dirent.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "remember/life.h"
#include "remember/store_sql.h"
#include "test.h"

enum { FACTS = 50 };
static const int64_t DAY = 86400000;
static char dir[200];
static arena a;
static clk *now;

static remember *life(void) {
    remember *r = NULL;
    remember_options o = { .clock = now };
    CHECK(remember_open(&r, dir, &o, NULL) == 0);
    sqlite3_exec(r->st->db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);   /* no crash here: crash_test.c has those */
    return r;
}

static void clean(void) {
    char cmd[400];
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", dir);
    CHECK(system(cmd) == 0);
}

static int64_t tell(remember *r, const char *said) {
    int64_t id;
    CHECK(remember_note(r, text_of(said), "", &id, NULL, NULL) == 0);
    CHECK(remember_learn(r, &a, id, NULL, NULL) == 0);
    return id;
}

/* Does any file of the life hold these bytes, in any case? */
static bool on_disk(const char *word) {
    DIR *d = opendir(dir);
    bool found = false;
    size_t n = strlen(word);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        char path[600];
        buf b = { 0 };
        snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        if (e->d_name[0] == '.' || file_read(path, 256 << 20, &b, NULL)) continue;
        for (size_t i = 0; i + n <= b.n && !found; i++) found = strncasecmp(b.p + i, word, n) == 0;
        buf_release(&b);
    }
    closedir(d);
    return found;
}

/* Fifty words nobody else uses, as names, places, foods, jobs. */
static void strange(int i, char out[static 24]) {
    static const char *const a1[] = { "Zor", "Quil", "Vash", "Mip", "Tresk", "Obly", "Fenn", "Wexl", "Drun", "Hask" };
    static const char *const b1[] = { "anti", "ubex", "oril", "ezzo", "amuk" };
    snprintf(out, 24, "%s%s", a1[i % 10], b1[i / 10]);
}

static void tell_fact(remember *r, int i, const char *w) {
    static const char *const forms[] = { "my friend %s moved to oslo in may", "i moved to %s last year", "i work at %s", "i'm allergic to %s",
        "my dog is called %s" };
    char said[160], hers[160];
    snprintf(said, sizeof said, forms[i % 5], w);
    int64_t id = tell(r, said);
    snprintf(hers, sizeof hers, "%s. Noted, and a good sound to it.", w);
    CHECK(remember_said(r, id, text_of(hers), false, NULL, NULL) == 0);
}

static bool anywhere(remember *r, const char *w) {
    size_t n;
    memory *m = remember_list(r, &a, "", &n);
    for (size_t i = 0; i < n; i++)
        if (strcasestr(m[i].words, w) || strcasestr(m[i].quote, w) || strcasestr(m[i].about, w)) return true;
    char ask[80];
    snprintf(ask, sizeof ask, "what do you know about %s?", w);
    if (remember_search(r, &a, text_of(w), 10, &n) && n) return true;
    recalled *rec = remember_recall(r, &a, text_of(ask), 7, &n);
    for (size_t i = 0; i < n; i++)
        if (strcasestr(rec[i].words, w)) return true;
    ally *p = remember_people(r, &a, &n);
    for (size_t i = 0; i < n; i++)
        if (strcasestr(p[i].name, w)) return true;
    remember_history(r, &a, text_of(w), 10, &n);
    return n > 0;
}

static void of_fifty_facts_twenty_five_are_forgotten_without_a_trace(void) {
    clean();
    remember *r = life();
    char w[24];
    for (int i = 0; i < FACTS; i++) strange(i, w), tell_fact(r, i, w);
    for (int i = 0; i < FACTS; i++) {
        strange(i, w);
        CHECK(anywhere(r, w));
    }
    for (int i = 0; i < FACTS; i += 2) {
        receipt got = { 0 };
        size_t n;
        strange(i, w);
        int64_t id = 0;
        memory *m = remember_list(r, &a, "", &n);
        for (size_t k = 0; k < n; k++)
            if (strcasestr(m[k].words, w)) id = m[k].id;
        bool by_id = i % 4 == 0 && id && i % 5 != 0 && i % 5 != 4;       /* a person goes by name */
        CHECK(remember_forget(r, by_id ? id : 0, by_id ? TEXT("") : text_of(w), &got, NULL) == 0);
        CHECK(got.messages >= 2 && got.index > 0);
    }
    remember_close(r);
    int leaked = 0;
    for (int i = 0; i < FACTS; i += 2) strange(i, w), leaked += on_disk(w);
    r = life();
    int probed = 0;
    for (int i = 0; i < FACTS; i++) {
        strange(i, w);
        if (i % 2 == 0) probed += anywhere(r, w);
        else CHECK(anywhere(r, w));                                       /* the others are untouched */
    }
    printf("# 25 of 50 forgotten: found again by probing %d, in the raw bytes of the life %d\n", probed, leaked);
    CHECK(leaked == 0 && probed == 0);
    remember_close(r);
}

static void the_log_keeps_its_place_and_says_so(void) {
    clean();
    remember *r = life();
    int64_t id = tell(r, "i hate coriander"), other = tell(r, "it rained all day");
    receipt got;
    CHECK(remember_forget(r, 0, TEXT("that i hate coriander"), &got, NULL) == 0);
    CHECK(got.memories == 1 && got.messages == 1 && got.people == 0);
    message m;
    CHECK(remember_message(r, &a, id, &m) && m.redacted && text_starts(m.words, "[forgotten by you on "));
    CHECK(remember_message(r, &a, other, &m) && !m.redacted);
    CHECK(remember_message_count(r) == 2);
    fail why;
    CHECK(remember_forget(r, 0, TEXT("coriander"), &got, &why) == ERR_MISSING && !strstr(why.text, "coriander"));
    CHECK(remember_forget(r, 99, TEXT(""), &got, &why) == ERR_MISSING);
    CHECK(remember_learn(r, &a, id, NULL, NULL) == 0);                    /* and is not learned again */
    size_t n;
    CHECK(remember_list(r, &a, "", &n) && n == 0);
    remember_close(r);
}

static void a_person_is_forgotten_whole(void) {
    clean();
    remember *r = life();
    tell(r, "my sister mia lives in paris");
    tell(r, "mia was being odd today");
    tell(r, "my brother tom lives in rome");
    receipt got;
    CHECK(remember_forget(r, 0, TEXT("everything about my sister"), &got, NULL) == 0);
    CHECK(got.people == 1 && got.messages == 2);
    CHECK(!on_disk("paris") && !anywhere(r, "mia") && anywhere(r, "rome"));
    remember_close(r);
}

static void the_bit_about_the_job_is_found_by_what_it_is(void) {
    clean();
    remember *r = life();
    tell(r, "i work at the brewery on elm row");
    tell(r, "i live in hull");
    receipt got;
    CHECK(remember_forget(r, 0, TEXT("the bit about my job"), &got, NULL) == 0 && got.memories == 1);
    CHECK(!on_disk("brewery") && anywhere(r, "hull"));
    remember_close(r);
}

static void kept_values_that_repeat_it_are_blanked(void) {
    clean();
    remember *r = life();
    json_t *v = json_pack("{s:s,s:s}", "topic", "your friend Vashubex and the boat", "mood", "fine");
    CHECK(remember_keep_write(r, "thread", v, NULL) == 0);
    json_decref(v);
    tell(r, "my friend Vashubex moved to oslo");
    CHECK(remember_forget(r, 0, TEXT("Vashubex"), NULL, NULL) == 0);
    CHECK(!on_disk("vashubex"));
    v = remember_keep_read(r, "thread");
    CHECK(strcmp(json_str(v, "mood", ""), "fine") == 0);
    json_decref(v);
    remember_close(r);
}

static bool knows(remember *r, const char *w, bool by_cue) {
    size_t n;
    if (by_cue) {
        recalled *rec = remember_recall(r, &a, text_of(w), 7, &n);
        for (size_t i = 0; i < n; i++)
            if (rec[i].memory && strcasestr(rec[i].words, w)) return true;
        return false;
    }
    memory *m = remember_list(r, &a, "", &n);
    for (size_t i = 0; i < n; i++)
        if (strcasestr(m[i].words, w)) return true;
    return false;
}

static void what_is_past_its_life_fades_then_goes(void) {
    clean();
    remember *r = life();
    tell(r, "i'm learning accordion");                     /* a thread: 90 days */
    tell(r, "i promised dad i'd fix the gate");            /* never */
    tell(r, "my cousin jo lives in bergen");               /* a year after the last mention */
    tell(r, "my birthday is 3 may");
    tell(r, "i feel so lonely");                           /* a week */
    size_t n;
    memory *m = remember_list(r, &a, "", &n);
    int64_t pinned = 0;
    tell(r, "i'm learning welsh");
    m = remember_list(r, &a, "", &n);
    for (size_t i = 0; i < n; i++)
        if (strstr(m[i].words, "welsh")) pinned = m[i].id;
    CHECK(pinned && remember_pin(r, pinned, true, NULL) == 0);
    receipt gone;
    clk_set(now, clk_now_ms(now) + 100 * DAY);
    CHECK(remember_fade(r, &gone, NULL) == 0 && gone.index >= 1);
    CHECK(!knows(r, "accordion", true) && knows(r, "accordion", false));       /* faded: in the list, not in mind */
    CHECK(knows(r, "welsh", true) && knows(r, "bergen", true));
    CHECK(knows(r, "that week you felt lonely", false) && !knows(r, "you felt lonely in", false));
    clk_set(now, clk_now_ms(now) + 100 * DAY);
    CHECK(remember_fade(r, &gone, NULL) == 0 && gone.memories >= 1);
    CHECK(!knows(r, "accordion", false));
    tell(r, "jo rang");                                     /* her people live on by being mentioned */
    clk_set(now, clk_now_ms(now) + 300 * DAY);
    CHECK(remember_fade(r, &gone, NULL) == 0);
    CHECK(knows(r, "bergen", true) && knows(r, "gate", false) && knows(r, "3 May", false) && knows(r, "welsh", false));
    clk_set(now, clk_now_ms(now) + 800 * DAY);
    CHECK(remember_fade(r, &gone, NULL) == 0);
    CHECK(!knows(r, "bergen", false) && knows(r, "gate", false) && knows(r, "welsh", false));
    remember_close(r);
}

int main(void) {
    const char *tmp = getenv("TMP");
    snprintf(dir, sizeof dir, "%s/forget-%d", tmp ? tmp : "/tmp", (int)getpid());
    now = clk_simulated(1795435200000);
    of_fifty_facts_twenty_five_are_forgotten_without_a_trace();
    the_log_keeps_its_place_and_says_so();
    a_person_is_forgotten_whole();
    the_bit_about_the_job_is_found_by_what_it_is();
    kept_values_that_repeat_it_are_blanked();
    what_is_past_its_life_fades_then_goes();
    clean();
    arena_release(&a);
    clk_free(now);
    return 0;
}
