/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Time. int64_t seconds since 1970 UTC travels; pure code takes `now` as a parameter and only
 * edges call clock_now(). Dates for people are computed in the configured zone here alone.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/buf.h"
#include "base/err.h"

int64_t clock_now(void);           /* s, wall clock */
int64_t clock_mono_us(void);       /* us, monotonic: for measuring only */
int64_t clock_thread_cpu_us(void); /* CPU time of this thread, for benches */

/* The zone for people's dates, e.g. "Europe/Stockholm". Once, at start, before threads.
 * ERR_NOTFOUND when the system does not know it: nothing is changed then. */
int clock_set_zone(const char *zone) MUST_CHECK;

#define CLOCK_TEXT 32
/* RFC 3339 in UTC: "2026-11-21T09:12:00Z". */
const char *clock_format_utc(int64_t t, char out[CLOCK_TEXT]);
/* In the zone: "2026-11-21 10:12". */
const char *clock_format_local(int64_t t, char out[CLOCK_TEXT]);
/* RFC 3339 with any offset, and the plain date "2026-11-21" (midnight in the zone). */
int clock_parse(const char *s, int64_t *ret) MUST_CHECK;
/* A span like "90d", "12h", "30m", "45s" in seconds; a hundred years at most. */
int clock_parse_span(const char *s, int64_t *ret_s) MUST_CHECK;

#endif
