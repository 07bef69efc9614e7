/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Calendar days, as people mean a date: "back by 4 January" is a day and not a moment. A day is
 * the number of days since 1970-01-01 in the zone of clock_set_zone(), so that days are compared
 * and added like numbers; 0 says "no day". Between moments and days is converted here alone.
 * Years are 1 to 9999; a day outside them is formatted as the nearest end.
 *
 * Swedish holidays are computed (lag 1989:253), and the three eves on which everything is closed
 * in practice are told with them.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/say.h"

#define DAY_NONE 0
#define DAY_S 86400

struct day_date {
	int year, month, day; /* 1 to 12, 1 to 31 */
};

/* The day a moment belongs to, and the moment a day begins: 23 or 25 hours apart where summer
 * time begins or ends. */
int32_t day_of_time(int64_t t);
int64_t day_start(int32_t day);
/* The last second of the day. */
int64_t day_end(int32_t day);

/* The date must exist. */
int32_t day_from_date(int year, int month, int day);
void day_to_date(int32_t day, struct day_date *ret);
bool day_date_exists(int year, int month, int day);
/* 31 January and one month is the last day of February. */
int32_t day_add_months(int32_t day, int months);
/* 1 Monday … 7 Sunday. */
unsigned day_weekday(int32_t day);

#define DAY_TEXT 16
/* "2026-11-21" and back; only that form. */
const char *day_format(int32_t day, char out[DAY_TEXT]);
int day_parse(const char *s, int32_t *ret) MUST_CHECK;

/* --- holidays --- */
int32_t day_easter(int year);
/* The name of the Swedish holiday, or closed eve, on this day; NULL on any other. Sundays are told
 * by day_weekday(). */
const struct say *day_holiday(int32_t day);

#endif
