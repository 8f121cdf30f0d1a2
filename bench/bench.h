/* SPDX-License-Identifier: Apache-2.0
 * bench.h - what a benchmark program shares: percentiles, and one row for the table and build/bench.json. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H
#include <stdio.h>
#include <stdlib.h>

static inline int bench_by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The q-th quantile of v[n]; sorts v. */
static inline double bench_quantile(double *v, size_t n, double q) {
    qsort(v, n, sizeof *v, bench_by_value);
    size_t i = (size_t)(q * (double)(n - 1) + 0.5);
    return n ? v[i] : 0;
}

/* One row: for people on standard error, for bench.json on standard output. `peer` is what stands beside it. */
static inline void bench_row(const char *name, double ours, double peer, const char *unit, const char *what) {
    fprintf(stderr, "  %-26s %10.3f %-4s  beside %10.3f %-4s  %s\n", name, ours, unit, peer, unit, what);
    printf("\"%s\":{\"ours\":%.4f,\"peer\":%.4f,\"ratio\":%.4f,\"unit\":\"%s\"}\n", name, ours, peer, peer > 0 ? ours / peer : 0, unit);
}

#endif
