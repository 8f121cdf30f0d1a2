/* SPDX-License-Identifier: Apache-2.0
 * test.h - all a unit test needs: CHECK. A test is a plain main() in its own process. */
#ifndef TEST_H
#define TEST_H
#include <stdio.h>
#include <stdlib.h>
#define CHECK(c) do { if (!(c)) { fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #c); exit(1); } } while (0)
#endif
