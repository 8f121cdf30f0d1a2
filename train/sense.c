/* SPDX-License-Identifier: Apache-2.0
 * sense.c - train-sense -o MODEL FILE...: teach the sense model from labelled messages (*.jsonl) with the word
 *           lists and rules (*.txt). Run by `make`; the same files give the same model, byte for byte. */
#include <stdio.h>
#include <string.h>
#include "base/file.h"
#include "base/text.h"
#include "care/learn.h"

enum { FILE_MAX = 64 << 20 };

typedef struct { learn_set set; buf lists; rules *rules[2]; int n_rules; } lessons;

/* Labels are *.jsonl; a text that begins with %rules is rules, any other is word lists. */
static int read_one(lessons *l, const char *name, text bytes, fail *why) {
    if (text_ends(text_of(name), ".jsonl")) return learn_set_add(&l->set, name, bytes, why);
    if (text_starts(bytes, "%rules")) {
        if (l->n_rules == 2) return fail_set(why, ERR_USAGE, "more than two files of rules");
        return rules_open(&l->rules[l->n_rules++], name, bytes, why);
    }
    buf_add(&l->lists, bytes);
    buf_char(&l->lists, '\n');
    return 0;
}

static int read_all(int argc, char **argv, lessons *l, fail *why) {
    for (int i = 3; i < argc; i++) {
        buf b = { 0 };
        int rc = file_read(argv[i], FILE_MAX, &b, why);
        if (!rc) rc = read_one(l, argv[i], buf_text(&b), why);
        buf_release(&b);
        if (rc) return rc;
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 4 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: train-sense -o MODEL LABELS.jsonl... LISTS.txt... RULES.txt...\n");
        return 2;
    }
    fail why = { 0 };
    lessons l = { 0 };
    buf model = { 0 };
    lexicon *lists = NULL;
    int rc = read_all(argc, argv, &l, &why);
    if (!rc) rc = lexicon_open(&lists, buf_text(&l.lists), &why);
    const learn_aids aids = { lists, { l.rules[0], l.rules[1] } };
    if (!rc) rc = learn_train(&l.set, NULL, &aids, &model, &why);
    if (!rc) rc = file_write(argv[2], buf_text(&model), &why);
    if (!rc) fprintf(stderr, "sense model: %zu messages, %zu bytes\n", l.set.n, model.n);
    else fprintf(stderr, "train-sense: %s\n", why.text);
    lexicon_close(lists);
    for (int i = 0; i < l.n_rules; i++) rules_close(l.rules[i]);
    learn_set_release(&l.set);
    buf_release(&l.lists);
    buf_release(&model);
    return rc ? 1 : 0;
}
