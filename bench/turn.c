/* SPDX-License-Identifier: Apache-2.0
 * turn.c - what a turn of the small mind costs in a life of 10,000 remembered messages, beside the disk's own sync.
 *
 * METHOD  A life in a fresh folder is filled through the public way in; then N turns are timed from turn_take()'s call to
 *         its return, on the same file system where, in the same run, appending 4 KiB and fdatasync() is timed. The
 *         store syncs as often as it must; processor time is given too, which a busy machine does not stretch. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "bench.h"
#include "remember/remember.h"
#include "turn/turn.h"

static const char *const say[] = { "my sister rang about the boiler again", "had soup for lunch, it was fine", "can't sleep, the neighbours are loud",
    "what do you think of jazz?", "my boss moved the meeting to friday", "i walked to the river and back", "the cat is asleep on the laundry",
    "do you remember my sister?", "i'm tired and a bit fed up", "tell me a joke", "amy is coming over on sunday", "what day is it",
    "i burnt the rice", "my back hurts when i sit", "thinking of painting the kitchen green", "why?", "yes", "not really" };
enum { N_SAY = sizeof say / sizeof *say };

static void none_words(void *ctx, text t) { (void)ctx, (void)t; }

static double cpu_ms(void) {
    struct timespec ts;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}
static double now_ms(void) { return (double)clk_steady_us() / 1000.0; }

static double sync_times(const char *dir, double *v, size_t n) {
    char path[512], block[4096];
    snprintf(path, sizeof path, "%s/sync-probe", dir);
    memset(block, 'x', sizeof block);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (size_t i = 0; i < n; i++) {
        double t0 = now_ms();
        if (write(fd, block, sizeof block) < 0 || fdatasync(fd) < 0) perror("sync");
        v[i] = now_ms() - t0;
    }
    close(fd);
    unlink(path);
    return bench_quantile(v, n, 0.5);
}

static int fill(const char *dir, size_t n) {
    remember *r;
    fail why = { 0 };
    clk *c = clk_real();
    char life[600];
    snprintf(life, sizeof life, "%s/lives/bench", dir);
    if (file_folder(life, &why) || remember_open(&r, life, &(remember_options){ .clock = c }, &why)) return fprintf(stderr, "%s\n", why.text), 1;
    for (size_t i = 0; i < n; i += 2) {
        char words[200];
        int64_t id, said;
        bool is_new;
        snprintf(words, sizeof words, "%s (%zu, the %zuth of the year)", say[i % N_SAY], i, i % 365);
        if (i % 100 == 0 && (remember_end(r, &why), remember_begin(r, &why))) return fprintf(stderr, "%s\n", why.text), 1;
        if (remember_note(r, text_of(words), "", &id, &is_new, &why) || remember_said(r, id, TEXT("Mm. Go on."), false, &said, &why)) return fprintf(stderr, "%s\n", why.text), 1;
        arena a = { 0 };
        learned l;
        remember_learn(r, &a, id, &l, &why);
        arena_release(&a);
    }
    remember_end(r, &why);
    remember_close(r);
    clk_free(c);
    return 0;
}

int main(int argc, char **argv) {
    bool quick = getenv("QUICK") != NULL;
    const char *base = argc > 1 ? argv[1] : "/tmp";
    char dir[400];
    snprintf(dir, sizeof dir, "%s/samantha-bench-XXXXXX", base);
    if (!mkdtemp(dir)) return perror("mkdtemp"), 1;
    size_t n_fill = 10000, n = quick ? 400 : 2000;
    fprintf(stderr, "turn: filling a life with %zu messages\n", n_fill);
    if (fill(dir, n_fill)) return 1;
    home *h;
    turn *t;
    fail why = { 0 };
    clk *c = clk_real();
    if (home_open(&h, &(home_options){ .data = dir, .mind = "small", .clock = c, .seed = 1 }, &why) || turn_open(&t, h, "bench", NULL, false, &why))
        return fprintf(stderr, "%s\n", why.text), 1;
    double *sync = malloc(n * sizeof *sync), *took = malloc(n * sizeof *took), *cpu = malloc(n * sizeof *cpu);
    turn_sink out = { .words = none_words };
    double sync_p50 = sync_times(dir, sync, n), sync_p99 = bench_quantile(sync, n, 0.99);
    for (size_t i = 0; i < n; i++) {
        double t0 = now_ms(), c0 = cpu_ms();
        if (turn_take(t, text_of(say[(i * 7) % N_SAY]), NULL, &out, &why)) return fprintf(stderr, "%s\n", why.text), 1;
        took[i] = now_ms() - t0;
        cpu[i] = cpu_ms() - c0;
    }
    double p50 = bench_quantile(took, n, 0.5), p99 = bench_quantile(took, n, 0.99);
    bench_row("turn-p50", p50, sync_p50, "ms", "whole turn at 10,000 messages; one 4 KiB append + fdatasync");
    bench_row("turn-p99", p99, sync_p99, "ms", "the same, 99th percentile");
    double cpu_p50 = bench_quantile(cpu, n, 0.5), cpu_p99 = bench_quantile(cpu, n, 0.99);
    bench_row("turn-cpu-p50", cpu_p50, sync_p50, "ms", "of it, this thread's processor time");
    bench_row("turn-cpu-p99", cpu_p99, sync_p99, "ms", "the same, 99th percentile");
    turn_close(t);
    home_close(h);
    clk_free(c);
    free(sync);
    free(took);
    free(cpu);
    char rm[500];
    snprintf(rm, sizeof rm, "rm -rf '%s'", dir);
    return system(rm) != 0;
}
