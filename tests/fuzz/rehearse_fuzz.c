/* SPDX-License-Identifier: Apache-2.0
 * rehearse_fuzz.c - any bytes as a span or a clock of a rehearsal: a time that moves on, or a plain no. */
#include <stdlib.h>
#include "base/clock.h"
#include "main/rehearse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    text t = { (const char *)data, size };
    const int64_t now = 1777888800000, century = 36525 * (int64_t)86400000;
    int64_t span = rehearse_span(t), at = rehearse_clock(t, now);
    if (span < -1 || span > century) abort();
    if (at != -1 && (at < now || at > now + century)) abort();
    return 0;
}
