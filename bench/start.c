/* SPDX-License-Identifier: Apache-2.0
 * start.c - from exec to the first byte of her first reply, and the memory it took, in an empty home.
 *
 * METHOD  `samantha talk` in a pipe, one message in, the time to the first byte out; beside it /bin/true through the same
 *         fork, exec and pipe. Resident size is the child's maximum, from wait4(). */
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/clock.h"
#include "bench.h"

typedef struct { double first_ms, rss_mb; } start;

static start run_once(const char *program, const char *data, const char *line) {
    int in[2], out[2];
    start s = { 0 };
    if (pipe(in) || pipe(out)) return s;
    int64_t t0 = clk_steady_us();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 2);
        close(in[1]);
        close(out[0]);
        execl(program, program, "talk", "--data", data, "--mind", "small", (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    if (write(in[1], line, strlen(line)) < 0) perror("write");
    close(in[1]);
    char c[4096];
    ssize_t n = read(out[0], c, sizeof c);
    s.first_ms = (double)(clk_steady_us() - t0) / 1000.0;
    while (n > 0) n = read(out[0], c, sizeof c);
    close(out[0]);
    struct rusage ru;
    int status;
    wait4(pid, &status, 0, &ru);
    s.rss_mb = (double)ru.ru_maxrss / 1024.0;
    return s;
}

int main(int argc, char **argv) {
    const char *program = argc > 2 ? argv[2] : "build/samantha";
    enum { RUNS = 21 };
    double first[RUNS], rss[RUNS], floor_ms[RUNS];
    char dir[400], rm[500];
    snprintf(dir, sizeof dir, "%s/samantha-start-XXXXXX", argc > 1 ? argv[1] : "/tmp");
    if (!mkdtemp(dir)) return perror("mkdtemp"), 1;
    for (int i = 0; i < RUNS; i++) {
        start s = run_once(program, dir, "hello, it's been a long day\n");
        first[i] = s.first_ms;
        rss[i] = s.rss_mb;
        floor_ms[i] = run_once("/bin/true", dir, "").first_ms;
    }
    bench_row("start-to-first-word", bench_quantile(first, RUNS, 0.5), bench_quantile(floor_ms, RUNS, 0.5), "ms", "exec to first byte; the same for /bin/true");
    bench_row("resident", bench_quantile(rss, RUNS, 0.5), 60, "MB", "maximum resident; the limit set for it");
    snprintf(rm, sizeof rm, "rm -rf '%s'", dir);
    return system(rm) != 0;
}
