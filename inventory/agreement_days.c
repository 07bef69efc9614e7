/* SPDX-License-Identifier: EUPL-1.2 */
/* The last day of a paper. Things of one bundle may each have their own: then each day says whose it
 * is, and where the days are many the first says that there are others. Pure. */
#include "inventory/agreement_int.h"

#include "base/text.h"

#define DAYS_LARGE 3 /* more of them would be a list, and there is one */

static bool is_before(const struct inv_paper *p, size_t i, int32_t day)
{
	for (size_t k = 0; k < i; k++) {
		if (p->line[k].due == day)
			return true;
	}
	return false;
}

/* Each day once, the first first; only the count where they are more than DAYS_LARGE. */
static size_t days_of(const struct inv_paper *p, int32_t day[DAYS_LARGE])
{
	size_t n = 0;

	for (size_t i = 0; i < p->line_count; i++) {
		int32_t due = p->line[i].due;
		size_t at = n;

		if (due == DAY_NONE || is_before(p, i, due) || n++ >= DAYS_LARGE)
			continue;
		for (; at > 0 && day[at - 1] > due; at--)
			day[at] = day[at - 1];
		day[at] = due;
	}
	return n;
}

static const char *filled(struct arena *a, enum say_lang lang, const struct say *s, const char *arg0)
{
	AUTO(buf) struct buf b = BUF_INIT(16u << 10);
	const char *const arg[SAY_ARGS] = {arg0};

	say_format(&b, lang, s, arg);
	return arena_strdup(a, buf_str(&b));
}

/* What is to be back by then, by name and number. */
static const char *things_of(struct arena *a, const struct inv_paper *p, int32_t day)
{
	AUTO(buf) struct buf b = BUF_INIT(8192);

	for (size_t i = 0; i < p->line_count; i++) {
		const struct inv_paper_line *l = &p->line[i];

		if (l->due == day)
			buf_printf(&b, "%s%s%s%s", b.n ? ", " : "", l->name ? l->name : "",
				text_empty(l->name) || text_empty(l->number) ? "" : " ",
				l->number ? l->number : "");
	}
	return arena_strdup(a, buf_str(&b));
}

const char *inv_due_words(struct arena *a, const struct inv_paper *p)
{
	const char *first = inv_day_words(a, p->lang, p->due);
	int32_t day[DAYS_LARGE];

	return *first && !p->one_day && days_of(p, day) > 1
		       ? filled(a, p->lang, &inv_word_first_day, first)
		       : first;
}

static void add_many(struct inv_sheet *s)
{
	enum say_lang lang = s->paper->lang;

	inv_sheet_add(s, PRINT_BIG, say_plain(&inv_word_last_day_first, lang),
		inv_day_words(s->a, lang, s->paper->due));
	inv_sheet_add(s, PRINT_TEXT, NULL, say_plain(&inv_word_last_day_more, lang));
}

void inv_sheet_due(struct inv_sheet *s)
{
	const struct inv_paper *p = s->paper;
	int32_t day[DAYS_LARGE];
	size_t n = p->one_day ? 0 : days_of(p, day);

	if (p->due == DAY_NONE)
		return;
	if (n > DAYS_LARGE) {
		add_many(s);
		return;
	}
	if (n < 2)
		inv_sheet_add(s, PRINT_BIG, say_plain(&inv_word_last_day, p->lang),
			inv_day_words(s->a, p->lang, p->due));
	for (size_t i = 0; n > 1 && i < n; i++)
		inv_sheet_add(s, PRINT_BIG,
			filled(s->a, p->lang, &inv_word_last_day_of, things_of(s->a, p, day[i])),
			inv_day_words(s->a, p->lang, day[i]));
}
