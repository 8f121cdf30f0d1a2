/* SPDX-License-Identifier: Apache-2.0
 * clock_test.c - the calendar, the fingerprints and the files. */
#include "base/clock.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "test.h"

static void days_count_from_1970(void) {
    CHECK(civil_days(1970, 1, 1) == 0 && civil_days(2000, 3, 1) == 11017 && civil_days(1969, 12, 31) == -1);
    civil c;
    CHECK(civil_parse_date(TEXT("2024-02-29"), &c) && c.weekday == 4);
    CHECK(!civil_parse_date(TEXT("2023-02-29"), &c) && !civil_parse_date(TEXT("2023-2-9"), &c));
}

static void a_day_is_said_as_people_say_it(void) {
    civil c = { 2026, 5, 14, 12, 0, 0, 0 };
    int64_t now = civil_to_ms(c), day = 86400000;
    char s[32];
    civil_said(now, now, s); CHECK(strcmp(s, "today") == 0);
    civil_said(now - day, now, s); CHECK(strcmp(s, "yesterday") == 0);
    civil_said(now - 3 * day, now, s); CHECK(strcmp(s, "on Monday") == 0);
    civil_said(now - 30 * day, now, s); CHECK(strcmp(s, "on 14 April") == 0);
    civil_said(now - 365 * day, now, s); CHECK(strcmp(s, "on 14 May 2025") == 0);
}

static void a_simulated_clock_stands_still(void) {
    clk *c = clk_simulated(5000);
    CHECK(clk_now_ms(c) == 5000);
    clk_set(c, 9000);
    CHECK(clk_now_ms(c) == 9000);
    clk_free(c);
}

static void sha256_is_sha256(void) {
    char hex[65];
    hash_sha *s = hash_sha_new();
    hash_sha_add(s, TEXT("abc"));
    hash_sha_end(s, hex);
    CHECK(strcmp(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
    char a[27], b[27];
    rand_ulid(1, a);
    rand_ulid(1LL << 40, b);
    CHECK(strlen(a) == 26 && strcmp(a, b) < 0);
}

static void json_has_limits(void) {
    json_t *v = NULL;
    fail why = { 0 };
    CHECK(json_read(&v, TEXT("{\"a\":1,\"a\":2}"), &why) == ERR_FORMAT);
    char deep[400];
    memset(deep, '[', sizeof deep);
    CHECK(json_read(&v, (text){ deep, sizeof deep }, &why) == ERR_FORMAT && strstr(why.text, "deeper"));
    CHECK(json_read(&v, TEXT("{\"a\":9007199254740993}"), &why) == 0 && json_int(v, "a", 0) == 9007199254740993);
    json_decref(v);
}

static void a_file_is_replaced_whole(void) {
    char dir[] = "/tmp/samantha-test-XXXXXX";
    CHECK(mkdtemp(dir));
    buf path = { 0 }, back = { 0 };
    buf_format(&path, "%s/x/y", dir);
    CHECK(file_folder(path.p, NULL) == 0);
    buf_str(&path, "/f");
    CHECK(file_write(path.p, TEXT("one"), NULL) == 0 && file_write(path.p, TEXT("two"), NULL) == 0);
    CHECK(file_read(path.p, 100, &back, NULL) == 0 && text_is(buf_text(&back), "two"));
    CHECK(file_read(path.p, 2, &back, NULL) == ERR_FULL);
    int a, b;
    CHECK(file_lock(path.p, &a, NULL) == 0 && file_lock(path.p, &b, NULL) == ERR_BUSY);
    close(a);
    buf_release(&back);
    unlink(path.p);
    buf_release(&path);
    buf_format(&path, "%s/x/y", dir); rmdir(path.p); path.n -= 2; path.p[path.n] = 0; rmdir(path.p); rmdir(dir);
    buf_release(&path);
}

int main(void) {
    setenv("TZ", "UTC", 1);
    tzset();
    days_count_from_1970();
    a_day_is_said_as_people_say_it();
    a_simulated_clock_stands_still();
    sha256_is_sha256();
    json_has_limits();
    a_file_is_replaced_whole();
    return 0;
}
