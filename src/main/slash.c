/* SPDX-License-Identifier: Apache-2.0
 * slash.c - the commands inside a conversation: one table gives their names, help, completion and what they do. */
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "main/talk_parts.h"

typedef struct {
    const char *name;                 /* with its slash                                      */
    const char *args, *help;
    const char *asks;                 /* the house's command it stands for, or NULL          */
    void (*run)(talk *t, text rest);  /* otherwise                                           */
    const char *words;                /* what may come second, for completion; or NULL       */
    bool needs;                       /* words must follow                                   */
} slash;

static void run_help(talk *t, text rest);
static void run_memory(talk *t, text rest);
static void run_mind(talk *t, text rest);
static void run_private(talk *t, text rest);
static void run_quiet(talk *t, text rest);
static void run_panic(talk *t, text rest);
static void run_quit(talk *t, text rest);
static void run_clear(talk *t, text rest);

static const slash SLASHES[] = {
    { "/help", "", "this list", NULL, run_help, NULL, false },
    { "/memory", "[about|search …|pause|why N|fix N …|pin N]", "what she remembers of you", NULL, run_memory,
      "list why fix pin forget search pause", false },
    { "/why", "N", "why she keeps a memory: your words, and the day", "memory why", NULL, NULL, true },
    { "/forget", "N or words", "forget a memory, and the words it rests on", "memory forget", NULL, NULL, true },
    { "/history", "[words]", "what was said", "history", NULL, NULL, false },
    { "/people", "", "who matters to you", "people", NULL, NULL, false },
    { "/remind", "what when | list | done N", "a reminder", "remind", NULL, "list done", true },
    { "/name", "name", "what she calls you", "name", NULL, NULL, true },
    { "/who", "", "who she is, and what changed when", "who", NULL, NULL, false },
    { "/mind", "[list | use small|URL]", "the minds she can think with", NULL, run_mind, "list use", false },
    { "/private", "", "a talk that leaves nothing; again to go back", NULL, run_private, NULL, false },
    { "/quiet", "", "hide or show the line above the prompt", NULL, run_quiet, NULL, false },
    { "/clear", "", "clear what can be seen", NULL, run_clear, NULL, false },
    { "/panic", "", "clear everything on the screen and leave at once (also: Esc three times)", NULL, run_panic, NULL, false },
    { "/quit", "", "leave (also: Ctrl+D, or Ctrl+C twice)", NULL, run_quit, NULL, false },
};
enum { N_SLASH = sizeof SLASHES / sizeof *SLASHES };

static bool is_gap(char c) { return c == ' ' || c == '\n' || c == '\t'; }

static text first_word(text *rest) {
    *rest = text_trim(*rest);
    size_t n = 0;
    while (n < rest->n && !is_gap(rest->p[n])) n++;
    text word = { rest->p, n };
    *rest = text_trim((text){ rest->p + n, rest->n - n });
    return word;
}

/* Ask the house: the words of `first`, then those of `rest`. */
static void ask(talk *t, const char *first, text rest) {
    json_t *argv = json_array();
    text words = text_of(first);
    for (int pass = 0; pass < 2; pass++, words = rest)
        while (text_trim(words).n) {
            text word = first_word(&words);
            if (json_array_size(argv) < 60) json_array_append_new(argv, json_stringn(word.p, word.n));
        }
    t->n_row = 0;
    client_send(t->house, json_pack("{s:s,s:s,s:o}", "t", "command", "id", "slash", "argv", argv));
}

static void run_help(talk *t, text rest) {
    (void)rest;
    buf line = { 0 };
    for (int i = 0; i < N_SLASH; i++) {
        buf_clear(&line);
        buf_format(&line, "%s%s%s  %s", SLASHES[i].name, *SLASHES[i].args ? " " : "", SLASHES[i].args, SLASHES[i].help);
        talk_note(t, line.p);
    }
    talk_note(t, "Enter says it; Ctrl+J begins a new line; Tab completes; Up brings back what you said. Ctrl+C stops her.");
    buf_release(&line);
}

static void run_memory(talk *t, text rest) {
    text look = rest, verb = first_word(&look);
    bool known = false;
    for (text list = text_of("list why fix pin forget search pause"); list.n && !known;)
        known = text_eq(text_cut(&list, ' '), verb);
    ask(t, verb.n && known ? "memory" : "memory list", rest);
}

static void run_mind(talk *t, text rest) { ask(t, rest.n ? "mind" : "mind list", rest); }

static void run_private(talk *t, text rest) {
    (void)rest;
    fail why = { 0 };
    if (talk_join(t, !t->private, &why) == 0)
        talk_note(t, t->private ? "This is a private talk: nothing of it is kept. /private again goes back."
                                : "Back again. Of the private talk nothing is kept.");
    else {
        talk_note(t, why.text);
        t->leaving = true;
        t->status = EXIT_FAILED;
    }
}

static void run_quiet(talk *t, text rest) {
    (void)rest;
    t->quiet = !t->quiet;
}

static void run_clear(talk *t, text rest) {
    (void)rest;
    screen_clear(&t->screen, false);
}

static void run_panic(talk *t, text rest) {
    (void)rest;
    edit_wipe(&t->edit);
    pace_reset(&t->pace);
    screen_clear(&t->screen, true);
    t->quiet = t->leaving = true;
}

static void run_quit(talk *t, text rest) {
    (void)rest;
    t->leaving = true;
}

static const slash *find(text name) {
    static const struct { const char *also, *name; } OTHERS[] = {
        { "/exit", "/quit" }, { "/bye", "/quit" }, { "/q", "/quit" }, { "/search", "/history" }, { "/?", "/help" },
        { "/settings", "/help" }, { "/model", "/mind" },
    };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (text_is_fold(name, OTHERS[i].also)) name = text_of(OTHERS[i].name);
    for (int i = 0; i < N_SLASH; i++)
        if (text_is_fold(name, SLASHES[i].name)) return &SLASHES[i];
    return NULL;
}

bool slash_run(talk *t, text line) {
    line = text_trim(line);
    if (!line.n || line.p[0] != '/' || text_starts(line, "//")) return false;
    text rest = line, name = first_word(&rest);
    if (memchr(name.p + 1, '/', name.n - 1)) return false;         /* "/home/me" is not a command */
    const slash *s = find(name);
    if (!s) talk_note(t, "There is no such command; /help lists them. To say it to her, begin with two slashes.");
    else if (s->needs && !rest.n) {
        buf usage = { 0 };
        buf_format(&usage, "%s %s: %s", s->name, s->args, s->help);
        talk_note(t, usage.p);
        buf_release(&usage);
    } else if (s->run) s->run(t, rest);
    else ask(t, s->asks, rest);
    return true;
}

/* ---- completion ------------------------------------------------------------------------------------------------------- */
typedef struct { const char *most; size_t common; int n; buf all; } ways;

static void way(ways *w, text one, text typed) {
    if (one.n < typed.n || memcmp(one.p, typed.p, typed.n) != 0) return;
    if (w->n++ == 0) {
        w->most = one.p;
        w->common = one.n;
    }
    size_t same = 0;
    while (same < w->common && same < one.n && w->most[same] == one.p[same]) same++;
    w->common = same;
    buf_format(&w->all, "%s%.*s", w->all.n ? "  " : "", (int)one.n, one.p);
}

static void complete_with(talk *t, ways *w, text typed) {
    if (w->n > 1 && w->common == typed.n) talk_note(t, w->all.p);
    else if (w->n) {
        edit_insert(&t->edit, (text){ w->most + typed.n, w->common - typed.n });
        if (w->n == 1) edit_insert(&t->edit, TEXT(" "));
    }
    buf_release(&w->all);
}

void slash_complete(talk *t) {
    text typed = { t->edit.text.p ? t->edit.text.p : "", t->edit.at };
    if (!typed.n || typed.p[0] != '/') return;
    const char *space = memchr(typed.p, ' ', typed.n);
    ways w = { 0 };
    if (!space) {
        for (int i = 0; i < N_SLASH; i++) way(&w, text_of(SLASHES[i].name), typed);
        complete_with(t, &w, typed);
        return;
    }
    const slash *s = find((text){ typed.p, (size_t)(space - typed.p) });
    text second = { space + 1, typed.n - (size_t)(space + 1 - typed.p) };
    if (!s || !s->words || memchr(second.p, ' ', second.n)) return;
    for (text list = text_of(s->words); list.n;) way(&w, text_cut(&list, ' '), second);
    complete_with(t, &w, second);
}
