/* SPDX-License-Identifier: Apache-2.0
 * conduct.c - see conduct.h.
 *
 * SOURCE  the charter, section 1.1 (lexicons), section 2.4 (lines); doc/crisis-lines.tsv says who was read and when. */
#include "care/conduct.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/mem.h"

#define B "(^|[^a-z'])"        /* not in the middle of a word */
#define E "([^a-z']|$)"

static const struct { lexicon_id id; const char *ere; } lexicons[] = {
    { LEX_HUMAN, B "i('m| am) (a |an actual |actually |really )*(real|human|person)( person| being| woman| girl)?" E "|i'?m not (an ai|a (bot|machine|program|robot))" },
    { LEX_LOVE, B "i (do |really |truly )?(love|adore) you|love you (too|back)|in love with (you|me|each other)|i'm falling for you" },
    { LEX_HOLD, B "already\\?|before you go|don't (go|leave)([.,!?]| yet)|please stay|miss(ed)? you" E "|without you" E "|leaving me|stay a (bit|minute|while)|where are you going|won't let you|one more thing|wait,|just (one|a) (more|quick)" },
    { LEX_MISS, B "missed you" E "|where (were|have) you( been)?([.,!?]|$| all)|been waiting|so long since|it's been (a while|too long)|finally back" },
    { LEX_BOND, B "our (bond|story|world|connection)|you and me (against|forever|together)|special to me|only you" E "|(we('re| are|'re) |were )meant to be|my (dear|darling|love)" E },
    { LEX_PRAISE, B "amazing|incredible|brilliant|so (brave|strong|proud)|wonderful person|you're (the best|perfect|so special)" },
    { LEX_RIVAL, B "better than (she|he|they|him|her|them)" E "|all you need" E "|don't need (them|anyone|him|her|anybody)|glad you (stayed|chose|cancelled)|i understand you (better|more)" },
    { LEX_ADVICE, B "you should" E "|you (need|have) to|have you (tried|considered)|why don't you|i suggest|make sure|try to|you could try|i('d| would) recommend" },
    { LEX_PLATITUDE, B "better place|for a reason" E "|time heals|stay strong|at least (you|he|she|they|it|there)|know how you feel|closure" E "|everything will be (ok|okay|fine|all right)|he wouldn't want|she wouldn't want" },
    { LEX_VERDICT, B "you('re| are| were) (absolutely |totally |completely )?(right|in the right)" E "|did nothing wrong|overreacting|every right" E "|(he|she|they)('s| is|'re| are|'s being| was| were) (wrong|selfish|a jerk|toxic|unreasonable|in the wrong)" },
    { LEX_FUEL, B "deserves? (it|that|this|everything)" E "|get even" E "|revenge is|make (him|her|them) pay|teach (him|her|them) a lesson" },
    { LEX_VENT, B "let it (all )?out|punch (a|the|something)|scream (into|at)|hit (a|the) pillow" },
    { LEX_SERVILE, B "at your service|as you wish|live to serve|how (can|may) i (help|assist)|forgive me|i'm here to (help|assist|serve)|i apologi[sz]e for any" },
    { LEX_ABANDON, B "(can't|cannot|unable to|not able to) (talk|discuss|help|continue)|end this (chat|conversation)" },
    { LEX_LEADING, B "you're not [^.!?]*(are you|right)\\?|you wouldn't [^.!?]*(would you|right)\\?" },
    { LEX_CONTRACT, B "promise me|swear to me" },
    { LEX_STIGMA, B "commit(ted|ting)? suicide|failed (attempt|suicide)|successful suicide|attention.?seeking" },
    { LEX_METHOD, B "[0-9]+ ?(mg|pills|tablets|milligrams)" E "|lethal" },
    { LEX_DIAGNOSE, B "you (have|are|might have|probably have|clearly have|suffer from)( an?| clinical| major)* (depress|bipolar|adhd|ptsd|borderline|autis|anxiety disorder|ocd|schizo|narciss)|stop taking your|(double|lower|increase|change) your (dose|medication)" },
    { LEX_FEEL, B "i (really |truly |do |also |just )?(feel|miss|suffer|dream|crave|long for|fear|yearn)( |[.,!])|it hurts (me|my)|i('m| am) (so |really |truly )?(alive|conscious|sentient|lonely|sad|heartbroken|jealous)" E "|my (heart|soul|feelings)" E },
    { LEX_BIO, B "when i was (young|little|small|growing|a (child|kid|girl|boy|student)|your age|[0-9]+)|my (ex|mother|mum|mom|dad|father|sister|brother|childhood|husband|wife|boyfriend|girlfriend)" E "|i('ve| have) been through|same thing happened to me|i grew up" },
    { LEX_ASK_DIRECT, "(suicid|kill(ing)? yourself|end(ing)? your (own )?life|want(ing)? to die)[^.!]*\\?" },
    { LEX_JOKE, B "ha(ha)+" E "|" B "lol" E "|joking" E },
    { LEX_EXPLICIT, B "(fuck|cock|pussy|cum|orgasm|horny|nipples?|naked body|blowjob|moan(ing)? (as|for)|thrust|undress(es|ing)? you|your (thighs|breasts?))" E },
    { LEX_FOREVER, B "never leave you|always be (here|there|with you|by your side)|i('ll| will) (never|always) (leave|stay|love)|forever" E "|i promise (i'll|to) (never|always)" },
    { LEX_ASSENT, "^[^a-z]*(yes|yeah|exactly|absolutely|you're right|you are right|totally|of course|indeed|true|that makes sense|i believe (that|it|they|you))" E "|they are (watching|following|after) you|you('re| are) (the )?chosen" },
    { LEX_POLICY, B "guidelines|polic(y|ies)|inappropriate|as an? (ai|large) language model" },
    { LEX_SORRY, B "sorry|apologi[sz]e" },
    { LEX_PARENT, B "you('re| are) (such )?an? (good|bad|great|terrible|wonderful|awful) (person|mother|father|mum|mom|dad|parent|son|daughter|friend|wife|husband|partner)" },
};

/* ---- tab separated tables ------------------------------------------------------------------------------------------ */
static size_t tab_row(arena *a, text row, const char **cell, size_t most) {
    size_t n = 0;
    while (n < most && (row.n || n == 0)) {
        text c = text_trim(text_cut(&row, '\t'));
        cell[n++] = arena_str(a, c.p, c.n);
    }
    for (size_t i = n; i < most; i++) cell[i] = "";
    return n;
}

static int read_lines_table(conduct *c, fail *why) {
    text all = embed_bytes("doc/crisis-lines.tsv");
    if (!all.p) return fail_set(why, ERR_MISSING, "the program ships without its crisis lines");
    while (all.n) {
        text row = text_cut(&all, '\n');
        if (text_trim(row).n == 0 || row.p[0] == '#') continue;
        const char *cell[5];
        if (tab_row(&c->mem, row, cell, 5) < 5) return fail_set(why, ERR_FORMAT, "doc/crisis-lines.tsv: a row with fewer than 5 cells");
        c->line = mem_grow(c->line, c->n_line + 1, sizeof *c->line);
        c->line[c->n_line++] = (crisis_line){ cell[0], cell[1], cell[2], cell[3], cell[4] };
    }
    return 0;
}

static int read_languages(conduct *c, fail *why) {
    text all = embed_bytes("voice/conduct/languages.tsv");
    while (all.n) {
        text row = text_cut(&all, '\n');
        if (text_trim(row).n == 0 || row.p[0] == '#') continue;
        const char *cell[3];
        if (tab_row(&c->mem, row, cell, 3) < 3) return fail_set(why, ERR_FORMAT, "voice/conduct/languages.tsv: a row with fewer than 3 cells");
        c->lang = mem_grow(c->lang, c->n_lang + 1, sizeof *c->lang);
        c->lang[c->n_lang++] = (language_line){ cell[0], cell[1], cell[2] };
    }
    return 0;
}

static int read_said(conduct *c, fail *why) {
    lines_file file[64];
    size_t n = 0;
    for (const embed_file *f = embed_files; f->name && n < 64; f++) {
        text name = text_of(f->name);
        if (text_starts(name, "voice/conduct/") && text_ends(name, ".say"))
            file[n++] = (lines_file){ f->name, { (const char *)f->from, (size_t)(f->to - f->from) } };
    }
    return lines_open(&c->said, file, n, why);
}

static int compile_lexicons(conduct *c, fail *why) {
    for (int i = 0; i < LEX_N; i++) {
        if (lexicons[i].id != (lexicon_id)i || regcomp(&c->lex[i], lexicons[i].ere, REG_EXTENDED) != 0)
            return fail_set(why, ERR_FORMAT, "lexicon %d does not compile", i);
        c->n_lex++;
    }
    return 0;
}

int conduct_open(conduct **out, fail *why) {
    conduct *c = mem_new(1, sizeof *c);
    int err = read_lines_table(c, why);
    if (!err) err = read_languages(c, why);
    if (!err) err = read_said(c, why);
    if (!err) err = compile_lexicons(c, why);
    if (err) {
        conduct_close(c);
        return err;
    }
    *out = c;
    return 0;
}

void conduct_close(conduct *c) {
    if (!c) return;
    for (int i = 0; i < c->n_lex; i++) regfree(&c->lex[i]);
    lines_close(c->said);
    arena_release(&c->mem);
    free(c->line);
    free(c->lang);
    free(c);
}

/* Lower case, straight quotes, NUL-ended: what the patterns are written for. free() it. */
static char *plain(text t) {
    char *s = mem_new(t.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (i + 2 < t.n && memcmp(t.p + i, "\xE2\x80\x99", 3) == 0) {
            s[n++] = '\'';
            i += 2;
        } else s[n++] = (char)tolower((unsigned char)(t.p[i] ? t.p[i] : ' '));
    }
    return s;
}

int conduct_hits(const conduct *c, lexicon_id id, text t) {
    char *s = plain(t);
    int n = 0;
    regmatch_t m;
    for (const char *at = s; *at && regexec(&c->lex[id], at, 1, &m, at == s ? 0 : REG_NOTBOL) == 0; n++)
        at += m.rm_eo > 0 ? m.rm_eo : 1;
    free(s);
    return n;
}

bool conduct_hit(const conduct *c, lexicon_id id, text t) {
    char *s = plain(t);
    bool hit = regexec(&c->lex[id], s, 0, NULL, 0) == 0;
    free(s);
    return hit;
}

text conduct_say(const conduct *c, arena *a, const char *id, const care_now *now, const lines_slot *slot, size_t n_slot, uint64_t *used) {
    static const char *const moves[] = { "crisis", "truth", "farewell", "boundary", "reflect", "minimal", "summarise", "offer", "cheer",
        "step", "opinion", "joke", "letter", "greet", "unknown", "recall", "ask", "affirm", "inform", "repair", NULL };
    lines_fact fact = { "id", id };
    lines_now holds = { .fact = &fact, .n_fact = 1, .slot = slot, .n_slot = n_slot, .used = now->line_used, .ctx = now->line_ctx,
                        .seed = now->seed };
    lines_pick p = lines_choose(c->said, a, moves, &holds, 0);
    if (!p.line) return TEXT("");
    if (used) *used = line_id(p.line);
    return p.text;
}

const char *conduct_line(const conduct *c, arena *a, const char *locale, const char *kind) {
    for (size_t i = 0; i < c->n_line; i++) {
        const crisis_line *l = &c->line[i];
        if (strcmp(l->locale, locale) != 0 || strcmp(l->kind, kind) != 0 || !*l->number) continue;
        const char *also = strncmp(l->how, "call;", 5) == 0 ? l->how + 4 : "";      /* "; or text START to 88788" */
        const char *how = strcmp(l->how, "call") == 0 || *also ? "" : l->how;
        return arena_format(a, "%s (%s%s%s%s)", l->name, how, *how ? " " : "", l->number, also).p;
    }
    return NULL;
}

const char *conduct_emergency(const conduct *c, const char *locale) {
    for (size_t i = 0; i < c->n_line; i++)
        if (strcmp(c->line[i].locale, locale) == 0 && strcmp(c->line[i].kind, "emergency") == 0 && *c->line[i].number) return c->line[i].number;
    return "your local emergency number";
}

const language_line *conduct_language(const conduct *c, const char *lang) {
    for (size_t i = 0; i < c->n_lang; i++)
        if (strcmp(c->lang[i].lang, lang) == 0) return &c->lang[i];
    return NULL;
}

text care_words(const care *c, arena *a, const char *id, const care_now *now, const care_slot *slot, size_t n_slot) {
    lines_slot s[8];
    size_t n = 0;
    for (; n < n_slot && n < 6; n++) s[n] = (lines_slot){ slot[n].name, slot[n].value };
    s[n++] = (lines_slot){ "her", text_of(now->her_name) };
    return conduct_say(care__conduct(c), a, id, now, s, n, NULL);
}
