/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/day.h"

#include "base/text.h"

#include <stdio.h>
#include <time.h>

/* Days are counted from 1 March of year 0, so that the leap day is a year's last: four hundred
 * years are always as long, and months before the leap day never move. */
#define DAYS_TO_1970 719468
#define DAYS_OF_400 146097
#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */

static bool leap_year(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int days_of_month(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && leap_year(y) ? 29 : days[m - 1];
}

bool day_date_exists(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_of_month(year, month);
}

int32_t day_from_date(int year, int month, int day)
{
	int y = month > 2 ? year : year - 1;
	int era = y / 400, of_era = y % 400;
	int from_march = (month + 9) % 12;
	int of_year = (153 * from_march + 2) / 5 + day - 1;
	int days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

	return (int32_t)(era * DAYS_OF_400 + days - DAYS_TO_1970);
}

void day_to_date(int32_t day, struct day_date *ret)
{
	int32_t d = day < FIRST_DAY ? FIRST_DAY : day > LAST_DAY ? LAST_DAY : day;
	int n = d + DAYS_TO_1970;
	int era = n / DAYS_OF_400, of_era = n % DAYS_OF_400;
	int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * y + y / 4 - y / 100);
	int from_march = (5 * of_year + 2) / 153;

	ret->day = of_year - (153 * from_march + 2) / 5 + 1;
	ret->month = from_march < 10 ? from_march + 3 : from_march - 9;
	ret->year = era * 400 + y + (ret->month <= 2 ? 1 : 0);
}

int32_t day_add_months(int32_t day, int months)
{
	struct day_date d;
	int all, most;

	day_to_date(day, &d);
	all = d.year * 12 + d.month - 1 + months;
	if (all < 12)
		return FIRST_DAY;
	if (all >= 10000 * 12)
		return LAST_DAY;
	most = days_of_month(all / 12, all % 12 + 1);
	return day_from_date(all / 12, all % 12 + 1, d.day < most ? d.day : most);
}

unsigned day_weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday. */
	int n = (int)(((int64_t)day + 3) % 7);

	return (unsigned)(n < 0 ? n + 7 : n) + 1;
}

/* --- moments --- */

int32_t day_of_time(int64_t t)
{
	time_t s = (time_t)t;
	struct tm tm;

	if (!localtime_r(&s, &tm) || tm.tm_year > 9999 - 1900)
		return t < 0 ? FIRST_DAY : LAST_DAY;
	if (tm.tm_year < 1 - 1900)
		return FIRST_DAY;
	return day_from_date(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int64_t day_start(int32_t day)
{
	struct day_date d;
	struct tm tm = {.tm_isdst = -1};

	day_to_date(day, &d);
	tm.tm_year = d.year - 1900;
	tm.tm_mon = d.month - 1;
	tm.tm_mday = d.day;
	return (int64_t)mktime(&tm);
}

int64_t day_end(int32_t day)
{
	return day_start(day + 1) - 1;
}

/* --- text --- */

const char *day_format(int32_t day, char out[DAY_TEXT])
{
	struct day_date d;

	day_to_date(day, &d);
	snprintf(out, DAY_TEXT, "%04u-%02u-%02u", (unsigned)d.year % 10000, (unsigned)d.month % 100,
		(unsigned)d.day % 100);
	return out;
}

static int take_number(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

int day_parse(const char *s, int32_t *ret)
{
	int y, m, d;

	if (!s || strlen(s) != 10 || s[4] != '-' || s[7] != '-')
		return ERR_BADINPUT;
	y = take_number(s, 4);
	m = take_number(s + 5, 2);
	d = take_number(s + 8, 2);
	if (!day_date_exists(y, m, d))
		return ERR_BADINPUT;
	*ret = day_from_date(y, m, d);
	return 0;
}
