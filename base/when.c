/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/when.h"

#include "base/clock.h"
#include "base/day.h"

#include <string.h>

static const char *const weekdays[SAY_LANGS][7] = {
	[SAY_SV] = {"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"},
	[SAY_FI] = {"maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina",
		"lauantaina", "sunnuntaina"},
	[SAY_EN] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
};
static const char *const months[SAY_LANGS][12] = {
	[SAY_SV] = {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
		"september", "oktober", "november", "december"},
	[SAY_FI] = {"tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta",
		"kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta",
		"joulukuuta"},
	[SAY_EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"},
};
/* As part of a date, Finnish months have this behind them. */
static const char *const month_end[SAY_LANGS] = {[SAY_SV] = "", [SAY_FI] = "ta", [SAY_EN] = ""};
static const char *const near[SAY_LANGS][3] = {/* yesterday, today, tomorrow */
	[SAY_SV] = {"i går", "i dag", "i morgon"},
	[SAY_FI] = {"eilen", "tänään", "huomenna"},
	[SAY_EN] = {"yesterday", "today", "tomorrow"}};
static const char *const before_day[SAY_LANGS][2] = {/* last, next */
	[SAY_SV] = {"i %ss", "på %s"},
	[SAY_FI] = {"viime %s", "%s"},
	[SAY_EN] = {"last %s", "on %s"}};
static const char clock_sign[SAY_LANGS] = {[SAY_SV] = '.', [SAY_FI] = '.', [SAY_EN] = ':'};
static const char *const at_clock[SAY_LANGS] = {
	[SAY_SV] = " kl. ", [SAY_FI] = " klo ", [SAY_EN] = " at "};

static void put_weekday(struct buf *out, enum say_lang lang, int32_t day, bool past)
{
	const char *name = weekdays[lang][day_weekday(day) - 1], *form = before_day[lang][!past];
	const char *mark = strstr(form, "%s");

	buf_add(out, form, (size_t)(mark - form));
	buf_add_str(out, name);
	buf_add_str(out, mark + 2);
}

static void put_date(struct buf *out, enum say_lang lang, int32_t day, int32_t today)
{
	struct day_date d, now;

	day_to_date(day, &d);
	day_to_date(today, &now);
	buf_printf(out, "%d%s %s", d.day, lang == SAY_FI ? "." : "", months[lang][d.month - 1]);
	if (d.year != now.year)
		buf_printf(out, " %d", d.year);
}

void when_near_day(struct buf *out, enum say_lang lang, int32_t day, int32_t today)
{
	int32_t off = day - today;

	if (off >= -1 && off <= 1)
		buf_add_str(out, near[lang][off + 1]);
	else if (off >= -6 && off < 0)
		put_weekday(out, lang, day, true);
	else if (off > 0 && off <= 6)
		put_weekday(out, lang, day, false);
	else
		put_date(out, lang, day, today);
}

void when_weekday(struct buf *out, enum say_lang lang, int32_t day)
{
	buf_printf(out, "%s ", weekdays[lang][day_weekday(day) - 1]);
	put_date(out, lang, day, day);
}

/* Of the time of day, as clock_format_local() writes it. */
static void put_clock(struct buf *out, enum say_lang lang, const char *hhmm)
{
	buf_printf(out, "%.2s%c%.2s", hhmm, clock_sign[lang], hhmm + 3);
}

void when_near(struct buf *out, enum say_lang lang, int64_t t, int64_t now)
{
	char exact[CLOCK_TEXT];
	int32_t day = day_of_time(t), today = day_of_time(now);

	when_near_day(out, lang, day, today);
	/* Further off than a week nobody asks for the minute; the exact time stands beside it. */
	if (day - today < -6 || day - today > 6)
		return;
	buf_add_str(out, lang == SAY_FI ? " klo " : " ");
	put_clock(out, lang, clock_format_local(t, exact) + 11);
}

void when_date(struct buf *out, enum say_lang lang, int32_t day)
{
	put_date(out, lang, day, DAY_NONE);
}

const char *when_date_text(struct arena *a, enum say_lang lang, int32_t day)
{
	AUTO(buf) struct buf out = BUF_INIT(256);

	when_date(&out, lang, day);
	return arena_strdup(a, buf_str(&out));
}

void when_moment(struct buf *out, enum say_lang lang, int64_t t)
{
	char exact[CLOCK_TEXT];

	when_date(out, lang, day_of_time(t));
	buf_add_str(out, at_clock[lang]);
	put_clock(out, lang, clock_format_local(t, exact) + 11);
}

/* "dddd-dd-dd dd:dd": a day, and the time of it as it stands. */
static bool is_local(const char *s, char ret_day[DAY_TEXT])
{
	static const char form[] = " dd:dd";

	for (size_t i = 0; i < sizeof(form); i++) {
		if (form[i] == 'd' ? s[10 + i] < '0' || s[10 + i] > '9' : s[10 + i] != form[i])
			return false;
	}
	memcpy(ret_day, s, 10);
	ret_day[10] = '\0';
	return true;
}

void when_month(struct buf *out, enum say_lang lang, int32_t day)
{
	struct day_date d;
	const char *name;

	day_to_date(day, &d);
	name = months[lang][d.month - 1];
	buf_add(out, name, strlen(name) - strlen(month_end[lang]));
	buf_printf(out, " %d", d.year);
}

void when_said(struct buf *out, enum say_lang lang, const char *s)
{
	char date[DAY_TEXT];
	int32_t day;

	if (strlen(s) == 10 && day_parse(s, &day) == 0) {
		when_date(out, lang, day);
	} else if (strlen(s) == 16 && is_local(s, date) && day_parse(date, &day) == 0) {
		when_date(out, lang, day);
		buf_add_str(out, at_clock[lang]);
		put_clock(out, lang, s + 11);
	} else {
		buf_add_str(out, s);
	}
}

const char *when_text(struct arena *a, enum say_lang lang, int64_t t, int64_t now)
{
	AUTO(buf) struct buf out = BUF_INIT(256);

	when_near(&out, lang, t, now);
	return arena_strdup(a, buf_str(&out));
}
