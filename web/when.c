/* SPDX-License-Identifier: EUPL-1.2 */
/* Times as people say them: "i dag 09.12", "på tisdag 10.00", "12 mars 2025". Pure, but for the
 * configured zone. */
#include "web/web_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"

#include <stdio.h>

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
static const char *const near[SAY_LANGS][3] = {/* yesterday, today, tomorrow */
	[SAY_SV] = {"i går", "i dag", "i morgon"},
	[SAY_FI] = {"eilen", "tänään", "huomenna"},
	[SAY_EN] = {"yesterday", "today", "tomorrow"}};
static const char *const before_day[SAY_LANGS][2] = {/* last, next */
	[SAY_SV] = {"i %ss", "på %s"},
	[SAY_FI] = {"viime %s", "%s"},
	[SAY_EN] = {"last %s", "on %s"}};
static const char clock_sign[SAY_LANGS] = {[SAY_SV] = '.', [SAY_FI] = '.', [SAY_EN] = ':'};

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

void web_day_text(struct buf *out, enum say_lang lang, int32_t day, int32_t today)
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

void web_date_text(struct buf *out, enum say_lang lang, int32_t day)
{
	buf_printf(out, "%s ", weekdays[lang][day_weekday(day) - 1]);
	put_date(out, lang, day, day);
}

void web_when_text(struct buf *out, enum say_lang lang, int64_t t, int64_t now)
{
	char exact[CLOCK_TEXT];
	int32_t day = day_of_time(t), today = day_of_time(now);

	web_day_text(out, lang, day, today);
	/* Further off than a week nobody asks for the minute; the exact time stands beside it. */
	if (day - today < -6 || day - today > 6)
		return;
	clock_format_local(t, exact);
	buf_printf(out, " %s%.2s%c%.2s", lang == SAY_FI ? "klo " : "", exact + 11, clock_sign[lang],
		exact + 14);
}

/* Exactly what doc_set_time() writes. */
static bool is_moment(const char *s, int64_t *ret)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	size_t i = 0;

	for (; s[i] && form[i]; i++) {
		if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	}
	return !s[i] && !form[i] && clock_parse(s, ret) == 0;
}

static struct doc *when_object(struct doc *d, const char *key)
{
	AUTO(buf) struct buf name = BUF_INIT(256);

	buf_printf(&name, "%s_when", key);
	return doc_set_object(d, buf_str(&name));
}

static void put_moment(struct doc *d, const char *key, int64_t t, const struct web_when *w)
{
	AUTO(buf) struct buf text = BUF_INIT(256);
	char exact[CLOCK_TEXT], iso[CLOCK_TEXT];
	struct doc *o = when_object(d, key);

	web_when_text(&text, w->lang, t, w->now);
	doc_set_str(o, "text", buf_str(&text));
	doc_set_str(o, "exact", clock_format_local(t, exact));
	doc_set_str(o, "iso", clock_format_utc(t, iso));
	doc_set_bool(o, "past", t < w->now);
}

/* What is due today is not past. */
static void put_day(struct doc *d, const char *key, int32_t day, const struct web_when *w)
{
	AUTO(buf) struct buf text = BUF_INIT(256);
	int32_t today = day_of_time(w->now);
	struct doc *o = when_object(d, key);
	char exact[DAY_TEXT];

	web_day_text(&text, w->lang, day, today);
	doc_set_str(o, "text", buf_str(&text));
	doc_set_str(o, "exact", day_format(day, exact));
	doc_set_str(o, "iso", day_format(day, exact));
	doc_set_bool(o, "past", day < today);
}

static void put_when(struct doc *d, const char *key, const struct web_when *w)
{
	const char *s = doc_str(d, key);
	int32_t day;
	int64_t t;

	if (s && is_moment(s, &t))
		put_moment(d, key, t, w);
	else if (s && strlen(s) == 10 && day_parse(s, &day) == 0)
		put_day(d, key, day, w);
}

static void walk(struct doc *d, const struct web_when *w, unsigned depth)
{
	const char *keys[WEB_WHEN_KEYS];
	size_t n = 0;

	if (depth == 0)
		return;
	for (size_t i = 0; i < doc_list_size(d); i++) {
		if (doc_list_object(d, i))
			walk(doc_list_object(d, i), w, depth - 1);
	}
	if (doc_kind(d) != DOC_OBJECT)
		return;
	while (n < WEB_WHEN_KEYS && (keys[n] = doc_key(d, n)))
		n++;
	for (size_t i = 0; i < n; i++) {
		if (doc_object(d, keys[i]))
			walk(doc_object(d, keys[i]), w, depth - 1);
		else if (doc_list(d, keys[i]))
			walk(doc_list(d, keys[i]), w, depth - 1);
		else
			put_when(d, keys[i], w);
	}
}

void web_doc_when(struct doc *d, enum say_lang lang, int64_t now)
{
	const struct web_when w = {lang, now};

	walk(d, &w, 16);
}
