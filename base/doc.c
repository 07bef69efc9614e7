/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A struct doc is a json_t under another name: the root belongs to the arena, by a deferred
 * json_decref; what hangs below belongs to the root.
 */
#include "base/doc.h"
#include "base/clock.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

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

/* The library gives NULL when out of memory, which stops us as everywhere (mem.h). */
static json_t *made(json_t *j)
{
	if (!j)
		abort();
	return j;
}

struct doc *doc_new(struct arena *a)
{
	return doc_root(a, made(json_object()));
}

/* Text as it may stand in JSON: itself, or mended into `mended`. */
static struct bytes utf8_of(const char *s, struct buf *mended)
{
	struct bytes b = bytes_of_str(s);

	if (text_is_utf8(b))
		return b;
	text_add_utf8(mended, b);
	return buf_bytes(mended);
}

static json_t *json_text(const char *s)
{
	AUTO(buf) struct buf mended = BUF_INIT(SIZE_MAX);
	struct bytes b;

	if (!s)
		return json_null();
	b = utf8_of(s, &mended);
	return json_stringn_nocheck((const char *)b.p, b.n);
}

static json_t *set(struct doc *d, const char *key, json_t *value)
{
	AUTO(buf) struct buf mended = BUF_INIT(SIZE_MAX);
	struct bytes b = utf8_of(key, &mended);

	if (json_object_setn_new_nocheck(json_of(d), (const char *)b.p, b.n, made(value)) != 0)
		abort(); /* not an object: a slip in our own code */
	return value;
}

static json_t *add(struct doc *list, json_t *value)
{
	if (json_array_append_new(json_of(list), made(value)) != 0)
		abort(); /* not a list: a slip in our own code */
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
	/* JSON has no text for the others. */
	set(d, key, isfinite(v) ? json_real(v) : json_null());
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

void doc_set_doc(struct doc *d, const char *key, struct doc *inner)
{
	json_object_set(json_of(d), key, json_of(inner));
}

void doc_add_doc(struct doc *list, struct doc *inner)
{
	json_array_append(json_of(list), json_of(inner));
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
	return doc_of(add(list, json_object()));
}

struct doc *doc_add_list(struct doc *list)
{
	return doc_of(add(list, json_array()));
}

void doc_add_str(struct doc *list, const char *s)
{
	add(list, json_text(s));
}

void doc_add_int(struct doc *list, int64_t v)
{
	add(list, json_integer(v));
}

/* --- writing ---
 * By hand: the library looks for circles in every list and object, which costs most of its time,
 * and a doc has none. */

#define COMPACT (-1)

static void put_text(struct buf *out, const char *s, size_t n)
{
	static const char *const short_forms[0x20] = {
		['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r"};
	size_t from = 0;

	buf_add_char(out, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, s + from, i - from);
		from = i + 1;
		if (c >= 0x20)
			buf_printf(out, "\\%c", c);
		else if (short_forms[c])
			buf_add_str(out, short_forms[c]);
		else
			buf_printf(out, "\\u%04x", c);
	}
	buf_add(out, s + from, n - from);
	buf_add_char(out, '"');
}

static void put_int(struct buf *out, int64_t v)
{
	uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (v < 0)
		buf_add_char(out, '-');
	buf_add(out, digits + at, sizeof(digits) - at);
}

static void put_real(struct buf *out, const json_t *j)
{
	char text[64];
	size_t n = json_dumpb(j, text, sizeof(text), JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	buf_add(out, text, n < sizeof(text) ? n : 0);
}

static void put_break(struct buf *out, int indent)
{
	if (indent == COMPACT)
		return;
	buf_add_char(out, '\n');
	for (int i = 0; i < indent; i++)
		buf_add_str(out, "  ");
}

static void put_value(struct buf *out, json_t *j, int indent);

static int deeper(int indent)
{
	return indent == COMPACT ? COMPACT : indent + 1;
}

static void put_list(struct buf *out, const json_t *list, int indent)
{
	const size_t n = json_array_size(list);

	buf_add_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add_char(out, ',');
		put_break(out, deeper(indent));
		put_value(out, json_array_get(list, i), deeper(indent));
	}
	if (n > 0)
		put_break(out, indent);
	buf_add_char(out, ']');
}

static void put_object(struct buf *out, json_t *object, int indent)
{
	void *first = json_object_iter(object);

	buf_add_char(out, '{');
	for (void *at = first; at; at = json_object_iter_next(object, at)) {
		if (at != first)
			buf_add_char(out, ',');
		put_break(out, deeper(indent));
		put_text(out, json_object_iter_key(at), json_object_iter_key_len(at));
		buf_add_str(out, indent == COMPACT ? ":" : ": ");
		put_value(out, json_object_iter_value(at), deeper(indent));
	}
	if (first)
		put_break(out, indent);
	buf_add_char(out, '}');
}

static void put_value(struct buf *out, json_t *j, int indent)
{
	switch (json_typeof(j)) {
	case JSON_OBJECT:
		put_object(out, j, indent);
		break;
	case JSON_ARRAY:
		put_list(out, j, indent);
		break;
	case JSON_STRING:
		put_text(out, json_string_value(j), json_string_length(j));
		break;
	case JSON_INTEGER:
		put_int(out, json_integer_value(j));
		break;
	case JSON_REAL:
		put_real(out, j);
		break;
	case JSON_TRUE:
		buf_add_str(out, "true");
		break;
	case JSON_FALSE:
		buf_add_str(out, "false");
		break;
	case JSON_NULL:
		buf_add_str(out, "null");
		break;
	}
}

void doc_format(const struct doc *d, struct buf *out)
{
	put_value(out, json_of(d), COMPACT);
}

void doc_format_pretty(const struct doc *d, struct buf *out)
{
	put_value(out, json_of(d), 0);
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

enum doc_kind doc_kind(const struct doc *value)
{
	static const enum doc_kind kinds[] = {
		[JSON_OBJECT] = DOC_OBJECT,
		[JSON_ARRAY] = DOC_LIST,
		[JSON_STRING] = DOC_STRING,
		[JSON_INTEGER] = DOC_NUMBER,
		[JSON_REAL] = DOC_NUMBER,
		[JSON_TRUE] = DOC_TRUE,
		[JSON_FALSE] = DOC_FALSE,
		[JSON_NULL] = DOC_NULL,
	};

	return value ? kinds[json_typeof(json_of(value))] : DOC_NULL;
}

const struct doc *doc_value(const struct doc *object, const char *key)
{
	return doc_of(json_object_get(json_of(object), key));
}

const struct doc *doc_list_value(const struct doc *list, size_t i)
{
	return doc_of(json_array_get(json_of(list), i));
}

struct bytes doc_bytes(const struct doc *value)
{
	json_t *j = json_of(value);

	return bytes_of(json_string_value(j), json_string_length(j));
}
