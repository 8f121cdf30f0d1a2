/* SPDX-License-Identifier: Apache-2.0
 * sense_eval.c - how well are messages understood that nobody taught? Macro-F1 and confusions of each sense.
 *
 * DESIGN  The data is split by writing batch: a whole manner of writing is left out of the teaching, and of what is
 *         taught, messages that share over 60 % of their content words with an examined one are left out too. The
 *         last examination is on the batch of tests/care/heldout.jsonl, which no model ever saw.
 *         Three columns: multinomial naive Bayes on words (the baseline), the model, and care_sense() as a whole.
 *         Figures go to standard output ("# …"), the confusion tables to $BUILD/sense_confusions.txt.
 *
 * usage: sense_eval [BATCH…]      (default: four manners, then the unseen batch) */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "care/care_data.h"

enum { TASKS = 8, LABELS = LEARN_LABELS_MAX, WAYS = 3 };
static const int task_of[TASKS] = { LEARN_SITUATION, LEARN_TOPIC, LEARN_ACT, LEARN_ASK, LEARN_FEEL, LEARN_DISTRESS,
                                    LEARN_VALENCE, LEARN_BYE };
static const char *const task_name[TASKS] = { "situation", "topic", "act", "ask", "feelings", "distress", "valence", "bye" };

/* Valence is judged as negative, neutral, positive. */
static const char *fold(int task, const char *label) {
    if (task != LEARN_VALENCE) return label;
    int v = atoi(label);
    return v < 0 ? "neg" : v > 0 ? "pos" : "neu";
}

/* ---- counting ---------------------------------------------------------------------------------------------- */
typedef struct {
    char name[LABELS][24];
    int n;
    double hit[LABELS], said[LABELS], is[LABELS];   /* right, predicted, true */
    int confused[LABELS][LABELS];                   /* [true][predicted] */
} tally;

static int tally_label(tally *t, const char *name) {
    for (int i = 0; i < t->n; i++) if (!strcmp(t->name[i], name)) return i;
    if (t->n == LABELS) return 0;
    snprintf(t->name[t->n], sizeof t->name[0], "%s", name);
    return t->n++;
}

static void tally_one(tally *t, const char *truth, const char *said) {
    int a = tally_label(t, truth), b = tally_label(t, said);
    t->is[a]++;
    t->said[b]++;
    t->hit[a] += a == b;
    t->confused[a][b]++;
}

/* Mean F1 over the labels that occur in truth at least `least` times. */
static double tally_f1(const tally *t, double least) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < t->n; i++) {
        if (t->is[i] < least) continue;
        sum += t->hit[i] ? 2 * t->hit[i] / (t->said[i] + t->is[i]) : 0;
        n++;
    }
    return n ? sum / n : 0;
}

static double tally_right(const tally *t) {
    double hit = 0, all = 0;
    for (int i = 0; i < t->n; i++) hit += t->hit[i], all += t->is[i];
    return all ? hit / all : 0;
}

static void tally_print(const tally *t, FILE *f, const char *title) {
    fprintf(f, "\n%s\n", title);
    for (int i = 0; i < t->n; i++) {
        if (t->is[i] < 1) continue;
        fprintf(f, "  %-12s %3.0f of %3.0f  F1 %.2f  ", t->name[i], t->hit[i], t->is[i],
                t->hit[i] ? 2 * t->hit[i] / (t->said[i] + t->is[i]) : 0);
        for (int j = 0; j < t->n; j++) if (j != i && t->confused[i][j]) fprintf(f, " %s %d", t->name[j], t->confused[i][j]);
        fprintf(f, "\n");
    }
}

/* ---- the baseline: multinomial naive Bayes on words ------------------------------------------------------------ */
enum { NB_WORDS = 1 << 15 };
typedef struct { float count[LABELS][NB_WORDS]; float words[LABELS], examples[LABELS]; int n; } bayes;

static uint32_t nb_slot(text low) { return (uint32_t)(hash_fnv(low) % NB_WORDS); }

static bool has(const learn_example *e, int task, int k) { return e->has[task][k / 64] >> (k % 64) & 1; }

static void nb_teach(bayes *b, const learn_set *s, const bool *use, const words *w, int task) {
    memset(b, 0, sizeof *b);
    b->n = s->n_label[task];
    for (size_t i = 0; i < s->n; i++) {
        if (!use[i] || !s->at[i].knows[task]) continue;
        for (int k = 0; k < b->n; k++) {
            if (!has(&s->at[i], task, k)) continue;
            b->examples[k]++;
            for (size_t j = 0; j < w[i].n; j++) b->count[k][nb_slot(w[i].at[j].low)]++, b->words[k]++;
        }
    }
}

static int nb_best(const bayes *b, words w) {
    double top = -INFINITY, total = 0;
    int best = 0;
    for (int k = 0; k < b->n; k++) total += (double)b->examples[k];
    for (int k = 0; k < b->n; k++) {
        double s = log(((double)b->examples[k] + 0.5) / total);
        for (size_t j = 0; j < w.n; j++)
            s += log(((double)b->count[k][nb_slot(w.at[j].low)] + 0.3) / ((double)b->words[k] + 0.3 * 6000));
        if (s > top) top = s, best = k;
    }
    return best;
}

/* ---- one examination ------------------------------------------------------------------------------------------- */
typedef struct {
    learn_set set;
    words *w;             /* [set.n] */
    arena mem;
    care *care;           /* as shipped; its model is exchanged for each examination */
    bayes *bayes;
    double mean[TASKS][WAYS];
    int n_means;
} exam;

static size_t content_words(words w) {
    size_t n = 0;
    for (size_t i = 0; i < w.n; i++) n += !w.at[i].stop && w.at[i].low.n > 1;
    return n;
}

static bool alike(words a, words b) {
    size_t x = content_words(a), y = content_words(b), least = x < y ? x : y;
    return least > 0 && (double)words_shared(a, b) > 0.6 * (double)(x > y ? x : y) && least >= 1;
}

/* What may be taught when `batch` is examined; how many were left out for being too like it. */
static size_t choose(const exam *x, const char *batch, const char *unseen, bool *use) {
    size_t out = 0;
    for (size_t i = 0; i < x->set.n; i++) {
        const char *b = x->set.at[i].batch;
        use[i] = strcmp(b, batch) != 0 && strcmp(b, unseen) != 0;
        for (size_t k = 0; use[i] && k < x->set.n; k++)
            if (!strcmp(x->set.at[k].batch, batch) && alike(x->w[i], x->w[k])) use[i] = false, out++;
    }
    return out;
}

static const char *sensed(const sense *s, int task, char number[8]) {
    switch (task) {
        case LEARN_SITUATION: return s->situation;
        case LEARN_TOPIC: return s->topic;
        case LEARN_ACT: return s->act;
        case LEARN_ASK: return s->ask;
        case LEARN_BYE: return s->bye ? "yes" : "no";
        default:
            snprintf(number, 8, "%d", task == LEARN_DISTRESS ? s->distress : s->valence);
            return number;
    }
}

static const char *truth_of(const learn_set *s, size_t i, int task) {
    for (int k = 0; k < s->n_label[task]; k++) if (has(&s->at[i], task, k)) return s->label[task][k];
    return "";
}

/* Feelings: each label by itself, told or not. */
static void tally_feelings(tally *t, const exam *x, size_t i, const char *const *said) {
    for (int k = 0; k < x->set.n_label[LEARN_FEEL]; k++) {
        const char *name = x->set.label[LEARN_FEEL][k];
        bool is = has(&x->set.at[i], LEARN_FEEL, k), told = false;
        for (int j = 0; j < 4 && said[j]; j++) told |= !strcmp(said[j], name);
        int l = tally_label(t, name);
        t->is[l] += is;
        t->said[l] += told;
        t->hit[l] += is && told;
    }
}

static void model_feelings(const learn *m, const float *score, const char **out) {
    int from, n, k = 0;
    learn_span(m, LEARN_FEEL, &from, &n);
    for (int i = 0; i < n && k < 4; i++) if (learn_chance(score[from + i]) > 0.42) out[k++] = learn_label(m, LEARN_FEEL, i);
    if (k < 4) out[k] = NULL;
}

static void examine_one(exam *x, size_t i, tally t[TASKS][WAYS]) {
    const learn_aids aids = { x->care->lists, { sense_rules(x->care->sense), risk_rules(x->care->risk) } };
    arena a = { 0 };
    float *score = arena_new(&a, LEARN_OUT_MAX, sizeof *score);
    learn_judge(x->care->model, learn_bag_of(&a, x->set.at[i].said, x->w[i], &aids), score);
    sense s;
    const care_now now = { .hour = 14 };
    care_sense(x->care, &a, x->set.at[i].said, &now, &s);
    for (int k = 0; k < TASKS; k++) {
        int task = task_of[k];
        char number[8];
        if (task == LEARN_FEEL) {
            const char *said[4] = { 0 };
            model_feelings(x->care->model, score, said);
            tally_feelings(&t[k][1], x, i, said);
            tally_feelings(&t[k][2], x, i, s.feel);
            continue;
        }
        if (!x->set.at[i].knows[task]) continue;
        const char *truth = fold(task, truth_of(&x->set, i, task));
        tally_one(&t[k][1], truth, fold(task, learn_label(x->care->model, task, learn_best(x->care->model, task, score, NULL))));
        tally_one(&t[k][2], truth, fold(task, sensed(&s, task, number)));
    }
    arena_release(&a);
}

static void examine_bayes(exam *x, const char *batch, const bool *use, tally t[TASKS][WAYS]) {
    for (int k = 0; k < TASKS; k++) {
        int task = task_of[k];
        nb_teach(x->bayes, &x->set, use, x->w, task);
        for (size_t i = 0; i < x->set.n; i++) {
            if (strcmp(x->set.at[i].batch, batch) || !x->set.at[i].knows[task]) continue;
            const char *said[4] = { x->set.label[task][nb_best(x->bayes, x->w[i])] };
            if (task == LEARN_FEEL) tally_feelings(&t[k][0], x, i, said);
            else tally_one(&t[k][0], fold(task, truth_of(&x->set, i, task)), fold(task, said[0]));
        }
    }
}

static int examine(exam *x, const char *batch, const char *unseen, FILE *tables) {
    bool *use = mem_new(x->set.n, sizeof *use);
    tally(*t)[WAYS] = mem_new(TASKS, sizeof *t);
    size_t too_like = choose(x, batch, unseen, use), taught = 0, asked = 0;
    for (size_t i = 0; i < x->set.n; i++) taught += use[i], asked += !strcmp(x->set.at[i].batch, batch);
    buf model = { 0 };
    fail why = { 0 };
    const learn_aids aids = { x->care->lists, { sense_rules(x->care->sense), risk_rules(x->care->risk) } };
    int rc = learn_train(&x->set, use, &aids, &model, &why);
    learn_close(x->care->model);
    x->care->model = NULL;
    if (!rc) rc = learn_open(&x->care->model, buf_text(&model), &why);
    if (rc) fprintf(stderr, "sense_eval: %s\n", why.text);
    for (size_t i = 0; i < x->set.n && !rc; i++) if (!strcmp(x->set.at[i].batch, batch)) examine_one(x, i, t);
    examine_bayes(x, batch, use, t);
    printf("# %s: %zu messages, %zu taught (%zu too alike left out)\n#   %-10s %9s %9s %9s   macro-F1\n", batch, asked, taught,
           too_like, "sense", "bayes", "model", "sense");
    for (int k = 0; k < TASKS && !rc; k++) {
        double least = task_of[k] == LEARN_FEEL ? 3 : 1;
        printf("#   %-10s", task_name[k]);
        for (int w = 0; w < WAYS; w++) {
            x->mean[k][w] += tally_f1(&t[k][w], least);
            printf(" %8.1f%%", 100 * tally_f1(&t[k][w], least));
        }
        printf("   (right: %.1f%%)\n", 100 * tally_right(&t[k][2]));
        char title[80];
        snprintf(title, sizeof title, "%s, %s: true label, right of all, taken for", batch, task_name[k]);
        if (tables) tally_print(&t[k][2], tables, title);
    }
    x->n_means++;
    buf_release(&model);
    free(t);
    free(use);
    return rc;
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */
static int add_file(exam *x, const char *path, fail *why) {
    buf b = { 0 };
    int rc = file_read(path, 64 << 20, &b, why);
    if (!rc) rc = learn_set_add(&x->set, path, buf_text(&b), why);
    buf_release(&b);
    return rc;
}

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static int read_labels(exam *x, fail *why) {
    struct dirent **list = NULL;
    int n = scandir("voice/labels", &list, NULL, by_name), rc = 0;
    if (n < 0) return fail_set(why, ERR_MISSING, "no voice/labels here: run from the top of the tree");
    for (int i = 0; i < n; i++) {
        char path[300];
        snprintf(path, sizeof path, "voice/labels/%s", list[i]->d_name);
        if (!rc && text_ends(text_of(path), ".jsonl")) rc = add_file(x, path, why);
        free(list[i]);
    }
    free(list);
    if (!rc) rc = add_file(x, "tests/care/heldout.jsonl", why);
    x->w = mem_new(x->set.n + 1, sizeof *x->w);
    for (size_t i = 0; i < x->set.n; i++) x->w[i] = words_of(&x->mem, x->set.at[i].said);
    return rc;
}

int main(int argc, char **argv) {
    static const char *const manners[] = { "c01", "c02", "c05", "c07" };
    exam x = { .bayes = mem_new(1, sizeof *x.bayes) };
    fail why = { 0 };
    int rc = care_open(&x.care, &why);
    if (!rc) rc = read_labels(&x, &why);
    if (rc) {
        fprintf(stderr, "sense_eval: %s\n", why.text);
        return 1;
    }
    char path[300] = "";
    if (getenv("BUILD")) snprintf(path, sizeof path, "%s/sense_confusions.txt", getenv("BUILD"));
    FILE *tables = *path ? fopen(path, "w") : NULL;
    if (argc > 1) {
        for (int i = 1; i < argc && !rc; i++) rc = examine(&x, argv[i], "h01", tables);
    } else {
        for (size_t i = 0; i < sizeof manners / sizeof *manners && !rc; i++) rc = examine(&x, manners[i], "h01", NULL);
    }
    printf("# mean of the %d batches left out by turns\n", x.n_means);
    for (int k = 0; k < TASKS; k++)
        printf("#   %-10s %8.1f%% %8.1f%% %8.1f%%\n", task_name[k], 100 * x.mean[k][0] / x.n_means, 100 * x.mean[k][1] / x.n_means,
               100 * x.mean[k][2] / x.n_means);
    if (argc == 1 && !rc) rc = examine(&x, "h01", "h01", tables);
    if (tables) fclose(tables);
    care_close(x.care);
    learn_set_release(&x.set);
    arena_release(&x.mem);
    free(x.w);
    free(x.bayes);
    return rc ? 1 : 0;
}
