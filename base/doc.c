/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A struct doc is a json_t under another name: the root belongs to the arena, by a deferred
 * json_decref; what hangs below belongs to the root.
 */
#include "base/doc.h"
#include "base/clock.h"
#include "base/text.h"

#include <jansson.h>

#define DEPTH_MOST 32
/* A list of empty lists takes some fifty times its text in memory. */
#define VALUES_MOST 100000

static json_t *json_of(const struct doc *d)
{
	return (json_t *)(uintptr_t)d;
}

static struct doc *doc_of(json_t *j)
{
	return (struct doc *)(void *)j;
}

static void defer_decref(void *p)
{
	json_decref(p);
}

static struct doc *doc_root(struct arena *a, json_t *j)
{
	arena_defer(a, defer_decref, j);
	return doc_of(j);
}

/* The library gives NULL only when out of memory or, in a number, for what JSON has no text for. */
static json_t *or_null(json_t *j)
{
	return j ? j : json_null();
}

struct doc *doc_new(struct arena *a)
{
	return doc_root(a, json_object());
}

struct doc *doc_new_list(struct arena *a)
{
	return doc_root(a, json_array());
}

static json_t *json_text(const char *s)
{
	AUTO(buf) struct buf mended = BUF_INIT(SIZE_MAX);
	struct bytes b;

	if (!s)
		return json_null();
	b = bytes_of_str(s);
	if (text_is_utf8(b))
		return json_stringn_nocheck(s, b.n);
	text_add_utf8(&mended, b);
	return json_stringn_nocheck(buf_str(&mended), mended.n);
}

static json_t *set(struct doc *d, const char *key, json_t *value)
{
	json_object_set_new(json_of(d), key, or_null(value));
	return value;
}

void doc_set_str(struct doc *d, const char *key, const char *s)
{
	set(d, key, json_text(s));
}

void doc_set_int(struct doc *d, const char *key, int64_t v)
{
	set(d, key, json_integer(v));
}

void doc_set_real(struct doc *d, const char *key, double v)
{
	set(d, key, json_real(v));
}

void doc_set_bool(struct doc *d, const char *key, bool v)
{
	set(d, key, json_boolean(v));
}

void doc_set_time(struct doc *d, const char *key, int64_t t)
{
	char text[CLOCK_TEXT];

	doc_set_str(d, key, t ? clock_format_utc(t, text) : NULL);
}

struct doc *doc_set_object(struct doc *d, const char *key)
{
	return doc_of(set(d, key, json_object()));
}

struct doc *doc_set_list(struct doc *d, const char *key)
{
	return doc_of(set(d, key, json_array()));
}

struct doc *doc_add_object(struct doc *list)
{
	json_t *inner = json_object();

	json_array_append_new(json_of(list), inner);
	return doc_of(inner);
}

void doc_add_str(struct doc *list, const char *s)
{
	json_array_append_new(json_of(list), json_text(s));
}

void doc_add_int(struct doc *list, int64_t v)
{
	json_array_append_new(json_of(list), json_integer(v));
}

/* --- writing --- */

static int add_to_buf(const char *p, size_t n, void *out)
{
	buf_add(out, p, n);
	return buf_ok(out) ? 0 : -1;
}

void doc_format(const struct doc *d, struct buf *out)
{
	json_dump_callback(json_of(d), add_to_buf, out, JSON_COMPACT);
}

void doc_format_pretty(const struct doc *d, struct buf *out)
{
	json_dump_callback(json_of(d), add_to_buf, out, JSON_INDENT(2));
}

/* --- reading --- */

/* Depth and number of values, found before any of them costs memory. */
static int admit(struct bytes in)
{
	size_t depth = 0, values = 1;
	bool text = false;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = in.p[i];

		if (text && c == '\\')
			i++;
		else if (c == '"')
			text = !text;
		else if (text)
			continue;
		else if (c == '[' || c == '{')
			depth++, values++;
		else if ((c == ']' || c == '}') && depth > 0)
			depth--;
		else if (c == ',')
			values++;
		if (depth > DEPTH_MOST)
			return ERR_BADINPUT;
		if (values > VALUES_MOST)
			return ERR_TOOBIG;
	}
	return 0;
}

int doc_parse(struct arena *a, struct bytes in, struct doc **ret)
{
	json_error_t error;
	json_t *j;
	int err = admit(in);

	if (err != 0)
		return err;
	j = json_loadb((const char *)in.p, in.n, JSON_REJECT_DUPLICATES, &error);
	if (!j)
		return ERR_BADINPUT;
	*ret = doc_root(a, j);
	return 0;
}

const char *doc_str(const struct doc *d, const char *key)
{
	return json_string_value(json_object_get(json_of(d), key));
}

int doc_int(const struct doc *d, const char *key, int64_t *ret)
{
	const json_t *v = json_object_get(json_of(d), key);

	if (!v)
		return ERR_NOTFOUND;
	if (!json_is_integer(v))
		return ERR_BADINPUT;
	*ret = json_integer_value(v);
	return 0;
}

bool doc_bool(const struct doc *d, const char *key, bool otherwise)
{
	const json_t *v = json_object_get(json_of(d), key);

	return json_is_boolean(v) ? json_is_true(v) : otherwise;
}

static struct doc *only_object(json_t *j)
{
	return json_is_object(j) ? doc_of(j) : NULL;
}

struct doc *doc_object(const struct doc *d, const char *key)
{
	return only_object(json_object_get(json_of(d), key));
}

struct doc *doc_list(const struct doc *d, const char *key)
{
	json_t *v = json_object_get(json_of(d), key);

	return json_is_array(v) ? doc_of(v) : NULL;
}

bool doc_has(const struct doc *d, const char *key)
{
	return json_object_get(json_of(d), key) != NULL;
}

size_t doc_list_size(const struct doc *list)
{
	return json_array_size(json_of(list));
}

struct doc *doc_list_object(const struct doc *list, size_t i)
{
	return only_object(json_array_get(json_of(list), i));
}

const char *doc_list_str(const struct doc *list, size_t i)
{
	return json_string_value(json_array_get(json_of(list), i));
}

const char *doc_key(const struct doc *d, size_t i)
{
	json_t *j = json_of(d);
	void *at = json_object_iter(j);

	while (at && i-- > 0)
		at = json_object_iter_next(j, at);
	return at ? json_object_iter_key(at) : NULL;
}
