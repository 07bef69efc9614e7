/* SPDX-License-Identifier: EUPL-1.2 */
/* Beside each time of a document, how people say it (base/when.h). */
#include "web/web_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"
#include "base/when.h"

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

	when_near(&text, w->lang, t, w->now);
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

	when_near_day(&text, w->lang, day, today);
	doc_set_str(o, "text", buf_str(&text));
	doc_set_str(o, "exact", day_format(day, exact));
	doc_set_str(o, "iso", day_format(day, exact));
	doc_set_bool(o, "past", day < today);
}

/* "2026-11" */
static bool is_month(const char *s, int32_t *ret)
{
	AUTO(buf) struct buf first = BUF_INIT(16);

	buf_printf(&first, "%s-01", s);
	return strlen(s) == 7 && day_parse(buf_str(&first), ret) == 0;
}

static void put_month(struct doc *d, const char *key, int32_t day, enum say_lang lang)
{
	AUTO(buf) struct buf text = BUF_INIT(64);
	struct doc *o = when_object(d, key);

	when_month(&text, lang, day);
	doc_set_str(o, "text", buf_str(&text));
	doc_set_str(o, "exact", doc_str(d, key));
	doc_set_str(o, "iso", doc_str(d, key));
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
	else if (s && is_month(s, &day))
		put_month(d, key, day, w->lang);
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
