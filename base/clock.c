/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"
#include "base/text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define DAY_S 86400

static int64_t clock_read(clockid_t id, int64_t per_s)
{
	struct timespec ts;

	if (clock_gettime(id, &ts) != 0)
		abort();
	return (int64_t)ts.tv_sec * per_s + (int64_t)ts.tv_nsec / (1000000000 / per_s);
}

int64_t clock_now(void)
{
	return clock_read(CLOCK_REALTIME, 1);
}

int64_t clock_mono_us(void)
{
	return clock_read(CLOCK_MONOTONIC, 1000000);
}

int64_t clock_thread_cpu_us(void)
{
	return clock_read(CLOCK_THREAD_CPUTIME_ID, 1000000);
}

/* A wrong zone would quietly be UTC, and every date on paper an hour or two off. */
static bool zone_exists(const char *zone)
{
	char path[PATH_MAX];
	int n;

	if (text_equal(zone, "UTC"))
		return true;
	if (text_empty(zone) || zone[0] == '/' || strstr(zone, ".."))
		return false;
	n = snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	return n > 0 && (size_t)n < sizeof(path) && access(path, R_OK) == 0;
}

int clock_set_zone(const char *zone)
{
	if (!zone_exists(zone))
		return ERR_NOTFOUND;
	if (setenv("TZ", zone, 1) != 0)
		abort();
	tzset();
	return 0;
}

/* --- dates --- */

static bool leap_year(int64_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int days_of_month(int64_t y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && leap_year(y) ? 29 : days[m - 1];
}

/* Days from 1970-01-01 to a date of the years 0 to 9999. */
static int64_t days_since_1970(int y, int m, int d)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	const int64_t last = (int64_t)y - 1;
	/* Leap days in the years before y, counted from year 0, which is itself a leap year. */
	int64_t leaps = y == 0 ? 0 : last / 4 - last / 100 + last / 400 + 1;
	int64_t days = (int64_t)y * 365 + leaps + before[m - 1] + d - 1;

	if (m > 2 && leap_year(y))
		days++;
	return days - 719528;
}

/* Unsigned and cut to two digits, so that the compiler sees that it fits. */
static unsigned two(int v)
{
	return (unsigned)v % 100;
}

const char *clock_format_utc(int64_t t, char out[CLOCK_TEXT])
{
	time_t s = (time_t)t;
	struct tm tm;

	if (!gmtime_r(&s, &tm))
		memset(&tm, 0, sizeof(tm));
	snprintf(out, CLOCK_TEXT, "%04d-%02u-%02uT%02u:%02u:%02uZ", tm.tm_year + 1900,
		two(tm.tm_mon + 1), two(tm.tm_mday), two(tm.tm_hour), two(tm.tm_min),
		two(tm.tm_sec));
	return out;
}

const char *clock_format_local(int64_t t, char out[CLOCK_TEXT])
{
	time_t s = (time_t)t;
	struct tm tm;

	if (!localtime_r(&s, &tm))
		memset(&tm, 0, sizeof(tm));
	snprintf(out, CLOCK_TEXT, "%04d-%02u-%02u %02u:%02u", tm.tm_year + 1900, two(tm.tm_mon + 1),
		two(tm.tm_mday), two(tm.tm_hour), two(tm.tm_min));
	return out;
}

/* --- parsing --- */

/* Exactly n digits at *s; -1 when there are not. */
static int take_digits(const char **s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		char c = (*s)[i];

		if (c < '0' || c > '9')
			return -1;
		v = v * 10 + (c - '0');
	}
	*s += n;
	return v;
}

static bool take_char(const char **s, const char *any_of)
{
	if (!**s || !strchr(any_of, **s))
		return false;
	(*s)++;
	return true;
}

static int parse_date(const char **s, int ret_ymd[3])
{
	int y = take_digits(s, 4), m, d;

	if (y < 0 || !take_char(s, "-"))
		return ERR_BADINPUT;
	m = take_digits(s, 2);
	if (m < 1 || m > 12 || !take_char(s, "-"))
		return ERR_BADINPUT;
	d = take_digits(s, 2);
	if (d < 1 || d > days_of_month(y, m))
		return ERR_BADINPUT;
	ret_ymd[0] = y;
	ret_ymd[1] = m;
	ret_ymd[2] = d;
	return 0;
}

/* hh:mm:ss and a fraction, which is dropped; a leap second is the next minute's first. */
static int parse_time(const char **s, int *ret_s)
{
	int h = take_digits(s, 2), m, sec;

	if (h < 0 || h > 23 || !take_char(s, ":"))
		return ERR_BADINPUT;
	m = take_digits(s, 2);
	if (m < 0 || m > 59 || !take_char(s, ":"))
		return ERR_BADINPUT;
	sec = take_digits(s, 2);
	if (sec < 0 || sec > 60)
		return ERR_BADINPUT;
	if (take_char(s, ".")) {
		if (take_digits(s, 1) < 0)
			return ERR_BADINPUT;
		while (take_digits(s, 1) >= 0)
			;
	}
	*ret_s = h * 3600 + m * 60 + sec;
	return 0;
}

static int parse_offset(const char **s, int *ret_s)
{
	bool minus;
	int h, m;

	if (take_char(s, "Zz")) {
		*ret_s = 0;
		return 0;
	}
	minus = **s == '-';
	if (!take_char(s, "+-"))
		return ERR_BADINPUT;
	h = take_digits(s, 2);
	if (h < 0 || h > 23 || !take_char(s, ":"))
		return ERR_BADINPUT;
	m = take_digits(s, 2);
	if (m < 0 || m > 59)
		return ERR_BADINPUT;
	*ret_s = (h * 3600 + m * 60) * (minus ? -1 : 1);
	return 0;
}

static int64_t midnight_in_zone(const int ymd[3])
{
	struct tm tm = {
		.tm_year = ymd[0] - 1900, .tm_mon = ymd[1] - 1, .tm_mday = ymd[2], .tm_isdst = -1};

	return (int64_t)mktime(&tm);
}

int clock_parse(const char *s, int64_t *ret)
{
	int ymd[3], time_s, offset_s;

	if (parse_date(&s, ymd) != 0)
		return ERR_BADINPUT;
	if (!*s) {
		*ret = midnight_in_zone(ymd);
		return 0;
	}
	if (!take_char(&s, "Tt") || parse_time(&s, &time_s) != 0 ||
		parse_offset(&s, &offset_s) != 0 || *s)
		return ERR_BADINPUT;
	*ret = days_since_1970(ymd[0], ymd[1], ymd[2]) * DAY_S + time_s - offset_s;
	return 0;
}

/* A hundred years: a span is added to a time, and the sum must be one too. */
#define SPAN_MOST (36525LL * DAY_S)

int clock_parse_span(const char *s, int64_t *ret_s)
{
	int64_t v = 0, unit;

	if (*s < '0' || *s > '9')
		return ERR_BADINPUT;
	for (; *s >= '0' && *s <= '9'; s++) {
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, *s - '0', &v))
			return ERR_BADINPUT;
	}
	if (!*s || s[1])
		return ERR_BADINPUT;
	unit = *s == 'd' ? DAY_S : *s == 'h' ? 3600 : *s == 'm' ? 60 : *s == 's' ? 1 : 0;
	if (unit == 0 || __builtin_mul_overflow(v, unit, &v) || v > SPAN_MOST)
		return ERR_BADINPUT;
	*ret_s = v;
	return 0;
}
