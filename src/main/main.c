/* SPDX-License-Identifier: Apache-2.0
 * main.c - the `samantha` command. */
#include <stdio.h>

int main(void) {
    fputs("samantha: nothing to run yet\n", stderr);
    return 2;
}
