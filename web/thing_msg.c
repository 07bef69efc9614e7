/* SPDX-License-Identifier: EUPL-1.2 */
/* Between JSON and the records of things, by tables of fields. */
#include "web/form_int.h"

#include "base/text.h"

#include <stdio.h>

static void *at(void *record, const struct web_field *f)
{
	return (uint8_t *)record + f->offset;
}

static const void *at_const(const void *record, const struct web_field *f)
{
	return (const uint8_t *)record + f->offset;
}

/* The number behind a word; the names of a list end where one is unknown. */
static int word_parse(const char *(*name)(unsigned), const char *s, uint32_t *ret)
{
	for (unsigned i = 1; s && !text_equal(name(i), "unknown"); i++) {
		if (text_equal(name(i), s)) {
			*ret = i;
			return 0;
		}
	}
	*ret = text_equal(s, "") ? 0 : *ret;
	return text_equal(s, "") ? 0 : ERR_BADINPUT;
}

int web_number_of(const struct doc *d, const char *key, int64_t *ret)
{
	const char *s = doc_str(d, key);

	if (doc_int(d, key, ret) == 0)
		return 0;
	if (text_equal(s, ""))
		*ret = 0;
	return text_equal(s, "") ? 0 : s ? text_parse_i64(s, ret) : ERR_BADINPUT;
}

static int bool_of(const struct doc *d, const char *key, bool *ret)
{
	enum mdm_choice c;

	if (api_choice(d, key, &c) != 0)
		return ERR_BADINPUT;
	*ret = c == MDM_YES;
	return 0;
}

static int take_day(const struct doc *d, const char *key, int32_t *ret)
{
	const char *s = doc_str(d, key);

	if (text_empty(s)) {
		*ret = DAY_NONE;
		return s || doc_kind(doc_value(d, key)) == DOC_NULL ? 0 : ERR_BADINPUT;
	}
	return day_parse(s, ret);
}

static int take_u32(const struct doc *d, const char *key, uint32_t *ret)
{
	int64_t n;

	if (web_number_of(d, key, &n) != 0 || n < 0 || n > INT32_MAX)
		return ERR_BADINPUT;
	*ret = (uint32_t)n;
	return 0;
}

/* A word, yes and no, or a number, where -1 means that nothing was said. */
static int take_signed(const struct web_field *f, const struct doc *d, int *ret)
{
	uint32_t n = 0;
	bool yes;
	int err;

	if (text_equal(doc_str(d, f->key), ""))
		return 0;
	if (f->name) {
		err = doc_str(d, f->key) ? word_parse(f->name, doc_str(d, f->key), &n)
					 : ERR_BADINPUT;
		if (err == 0)
			*ret = (int)n;
		return err;
	}
	if (web_number_of(d, f->key, &(int64_t){0}) == 0) {
		err = take_u32(d, f->key, &n);
		if (err == 0)
			*ret = (int)n;
		return err;
	}
	err = bool_of(d, f->key, &yes);
	if (err == 0)
		*ret = yes;
	return err;
}

static int take_one(const struct web_field *f, const struct doc *d, void *to)
{
	switch (f->kind) {
	case WEB_FIELD_STR:
		if (!doc_str(d, f->key) && doc_kind(doc_value(d, f->key)) != DOC_NULL)
			return ERR_BADINPUT;
		*(const char **)to = doc_str(d, f->key) ? doc_str(d, f->key) : "";
		return 0;
	case WEB_FIELD_INT:
		return web_number_of(d, f->key, to) == 0 && *(int64_t *)to >= 0 ? 0 : ERR_BADINPUT;
	case WEB_FIELD_SIGNED:
		return take_signed(f, d, to);
	case WEB_FIELD_U32:
		return take_u32(d, f->key, to);
	case WEB_FIELD_BOOL:
		return bool_of(d, f->key, to);
	case WEB_FIELD_DAY:
		return take_day(d, f->key, to);
	case WEB_FIELD_WORD:
		return doc_str(d, f->key) ? word_parse(f->name, doc_str(d, f->key), to)
					  : ERR_BADINPUT;
	default:
		return ERR_BADINPUT;
	}
}

static const struct web_field *field_of(const struct web_field *f, const char *key)
{
	for (; f->key; f++) {
		if (!f->told && text_equal(f->key, key))
			return f;
	}
	return NULL;
}

int web_fields_take(const struct web_field *f, const struct doc *d, const char *const *besides,
	void *record, const char **ret_bad)
{
	for (size_t i = 0; doc_key(d, i); i++) {
		const char *key = doc_key(d, i);
		const struct web_field *one = field_of(f, key);

		if (!one && besides && api_key_known(key, besides))
			continue;
		if (!one || take_one(one, d, at(record, one)) != 0) {
			*ret_bad = key;
			return ERR_BADINPUT;
		}
	}
	return 0;
}

/* "new, good, fair": every word of a kind, which end with one that is none. */
static const char *all_words(struct arena *a, const struct web_field *one)
{
	const char *all = NULL;

	for (unsigned i = 1; one->name && i < 32; i++) {
		const char *word = one->name(i);

		if (text_empty(word) || text_equal(word, "unknown"))
			break;
		all = arena_printf(a, "%s%s%s", all ? all : "", all ? ", " : "", word);
	}
	return all;
}

const char *web_field_form(struct arena *a, const struct web_field *f, const char *key)
{
	const struct web_field *one = field_of(f, key);
	size_t n = strlen(key);

	if (!one)
		return NULL;
	if (n > 4 && text_equal(key + n - 4, "_ore"))
		return "349, 349,50";
	switch (one->kind) {
	case WEB_FIELD_INT:
	case WEB_FIELD_U32:
		return "0, 1, 2 …";
	case WEB_FIELD_DAY:
		return "2026-11-21";
	case WEB_FIELD_BOOL:
		return "yes, no";
	case WEB_FIELD_STR:
		return "abc …";
	default:
		return all_words(a, one);
	}
}

static void tell_day(struct doc *d, const char *key, int32_t day)
{
	char text[DAY_TEXT];

	if (day)
		doc_set_str(d, key, day_format(day, text));
}

static void tell_one(const struct web_field *f, const void *from, struct doc *d)
{
	switch (f->kind) {
	case WEB_FIELD_STR:
		web_doc_opt(d, f->key, *(const char *const *)from);
		break;
	case WEB_FIELD_INT:
		if (*(const int64_t *)from)
			doc_set_int(d, f->key, *(const int64_t *)from);
		break;
	case WEB_FIELD_U32:
		doc_set_int(d, f->key, *(const uint32_t *)from);
		break;
	case WEB_FIELD_BOOL:
		doc_set_bool(d, f->key, *(const bool *)from);
		break;
	case WEB_FIELD_DAY:
		tell_day(d, f->key, *(const int32_t *)from);
		break;
	case WEB_FIELD_TIME:
		web_doc_opt_time(d, f->key, *(const int64_t *)from);
		break;
	case WEB_FIELD_WORD:
		if (*(const uint32_t *)from)
			doc_set_str(d, f->key, f->name(*(const uint32_t *)from));
		break;
	default:
		break;
	}
}

void web_fields_doc(const struct web_field *f, const void *record, struct doc *d)
{
	for (; f->key; f++)
		tell_one(f, at_const(record, f), d);
}

void web_rows_doc(
	const struct web_field *f, const void *rows, size_t size, size_t n, struct doc *list)
{
	for (size_t i = 0; i < n; i++)
		web_fields_doc(f, (const uint8_t *)rows + i * size, doc_add_object(list));
}
