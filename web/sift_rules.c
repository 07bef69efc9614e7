/* SPDX-License-Identifier: EUPL-1.2 */
/* Which rows of a list fit what is asked for, and in which order they stand. Pure: rows are
 * documents, and whatever they are of is read elsewhere. */
#include "web/listed_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/fold.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MOST 8
#define VALUES_MOST 200 /* of an enumeration */

const struct web_choice web_ages[] = {{"7", "sift.age_7"}, {"30", "sift.age_30"},
	{"90", "sift.age_90"}, {"365", "sift.age_365"}, {0}};
const struct web_choice web_also_over[] = {{"yes", "sift.also_over"}, {0}};
const struct web_choice web_yes[] = {{"yes", "sift.yes"}, {0}};
const struct web_choice web_yes_no[] = {{"yes", "sift.yes"}, {"no", "sift.no"}, {0}};

bool web_sift_knows(const struct web_sift *s, const char *value)
{
	if (s->choices) {
		for (const struct web_choice *c = s->choices; c->code; c++) {
			if (text_equal(c->code, value))
				return true;
		}
		return false;
	}
	if (!s->word)
		return true;
	for (unsigned i = 1; i < VALUES_MOST && !text_equal(s->word(i), "unknown"); i++) {
		if (text_equal(s->word(i), value))
			return true;
	}
	return false;
}

/* --- does it fit? --- */

static const char *row_key(const struct web_sift *s)
{
	return s->row ? s->row : s->key;
}

const char *web_row_text(struct arena *a, const struct doc *row, const char *key)
{
	int64_t n;

	if (doc_kind(doc_value(row, key)) == DOC_NUMBER && doc_int(row, key, &n) == 0)
		return arena_printf(a, "%lld", (long long)n);
	return doc_str(row, key);
}

static bool has_text(const struct web_sift_ask *ask, const struct doc *row, const char *typed)
{
	AUTO(buf) struct buf all = BUF_INIT(1 << 16);
	const char *words[WORDS_MOST], *folded;
	size_t n = fold_words(ask->a, typed, WORDS_MOST, words);

	for (const struct web_col *c = ask->columns; c->key; c++) {
		const char *s = web_row_text(ask->a, row, c->key);

		if (s)
			buf_printf(&all, "%s ", s);
	}
	folded = fold_text(ask->a, buf_str(&all));
	for (size_t i = 0; i < n; i++) {
		if (!strstr(folded, words[i]))
			return false;
	}
	return true;
}

/* A day, or the day of a moment. */
static bool day_in(const struct doc *row, const char *key, int32_t *ret)
{
	const char *s = doc_str(row, key);
	int64_t t;

	if (!s)
		return false;
	if (clock_parse(s, &t) == 0) {
		*ret = day_of_time(t);
		return true;
	}
	return day_parse(s, ret) == 0;
}

static bool is_past(const struct web_sift_ask *ask, const struct doc *row, const char *key)
{
	int32_t day;

	return day_in(row, key, &day) && day < day_of_time(ask->now);
}

static bool is_old(const struct web_sift_ask *ask, const struct doc *row, const char *key,
	const char *value)
{
	uint64_t days;
	int32_t day;

	return text_parse_u64(value, &days) == 0 && day_in(row, key, &day) &&
	       (int64_t)day + (int64_t)days <= day_of_time(ask->now);
}

/* A number that is nothing says nothing. */
static bool is_said(const struct doc *row, const char *key)
{
	const struct doc *v = doc_value(row, key);
	int64_t n;

	if (doc_kind(v) == DOC_NUMBER)
		return doc_int(row, key, &n) != 0 || n != 0;
	return doc_bool(row, key, false) || !text_empty(doc_str(row, key));
}

/* "it konsulent" has the word "it". */
static bool has_word(const char *words, const char *word)
{
	const size_t n = strlen(word);

	for (const char *s = words; s && *s; s += strcspn(s, " "), s += strspn(s, " ")) {
		if (strcspn(s, " ") == n && memcmp(s, word, n) == 0)
			return true;
	}
	return false;
}

static bool fits_one(
	const struct web_sift_ask *ask, const struct web_sifting *by, const struct doc *row)
{
	const char *key = row_key(by->sift);

	switch (by->sift->kind) {
	case WEB_SIFT_SAME:
		return text_equal(web_row_text(ask->a, row, key), by->value);
	case WEB_SIFT_TEXT:
		return has_text(ask, row, by->value);
	case WEB_SIFT_AGE:
		return is_old(ask, row, key, by->value);
	case WEB_SIFT_PAST:
		return is_past(ask, row, key);
	case WEB_SIFT_SAID:
		return is_said(row, key) == text_equal(by->value, "yes");
	case WEB_SIFT_AMONG:
		return has_word(doc_str(row, key), by->value);
	case WEB_SIFT_SOURCE:
		return true;
	}
	return false;
}

bool web_sift_fits(const struct web_sift_ask *ask, const struct doc *row)
{
	for (size_t i = 0; i < ask->n; i++) {
		if (!fits_one(ask, &ask->by[i], row))
			return false;
	}
	return true;
}

/* --- the order --- */

struct sorted {
	const struct doc *row;
	const char *text; /* NULL: a number, or nothing at all */
	int64_t number;
	bool none, down;
	size_t at; /* as it came */
};

static int compare_values(const struct sorted *a, const struct sorted *b)
{
	if (a->text && b->text)
		return strcmp(a->text, b->text);
	return a->number < b->number ? -1 : a->number > b->number;
}

static int compare(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	int c = a->none != b->none ? (a->none ? 1 : -1) : 0;

	if (c == 0 && !a->none)
		c = a->down ? -compare_values(a, b) : compare_values(a, b);
	return c ? c : a->at < b->at ? -1 : 1;
}

static struct sorted sorted_of(struct arena *a, const struct doc *row, const char *key)
{
	const struct doc *v = doc_value(row, key);
	const char *s = doc_str(row, key);
	struct sorted x = {.row = row};

	if (s && *s)
		x.text = fold_sort_key(a, s);
	else if (doc_kind(v) == DOC_FALSE || doc_kind(v) == DOC_TRUE)
		x.number = doc_bool(row, key, false);
	else
		x.none = doc_int(row, key, &x.number) != 0;
	return x;
}

void web_rows_sort(struct arena *a, const struct doc **rows, size_t n, const char *key, bool down)
{
	struct sorted *all = ARENA_ARRAY(a, struct sorted, n + 1);

	for (size_t i = 0; i < n; i++) {
		all[i] = sorted_of(a, rows[i], key);
		all[i].at = i;
		all[i].down = down;
	}
	qsort(all, n, sizeof(*all), compare);
	for (size_t i = 0; i < n; i++)
		rows[i] = all[i].row;
}
