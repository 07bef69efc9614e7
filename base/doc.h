/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A JSON document (RFC 8259): what a handler fills and a page or an API client gets, and what
 * an API client sends. Belongs to the arena it was made in. The only door to the JSON library.
 * Text that is not UTF-8 is replaced by U+FFFD on the way in.
 */
#ifndef BASE_DOC_H
#define BASE_DOC_H

#include "base/buf.h"
#include "base/err.h"

struct doc; /* an object, a list or a value */

struct doc *doc_new(struct arena *a);                            /* {} */
void doc_set_str(struct doc *d, const char *key, const char *s); /* NULL sets null */
void doc_set_int(struct doc *d, const char *key, int64_t v);
void doc_set_real(struct doc *d, const char *key, double v);
void doc_set_bool(struct doc *d, const char *key, bool v);
void doc_set_time(struct doc *d, const char *key, int64_t t); /* RFC 3339 UTC; 0 sets null */
struct doc *doc_set_object(struct doc *d, const char *key);   /* the new inner {} */
struct doc *doc_set_list(struct doc *d, const char *key);     /* the new inner [] */
struct doc *doc_add_object(struct doc *list);
struct doc *doc_add_list(struct doc *list); /* the new inner [] */
/* Another document under a key; both stay valid for as long as their arenas. */
void doc_set_doc(struct doc *d, const char *key, struct doc *inner);
void doc_add_doc(struct doc *list, struct doc *inner); /* the same at the end of a list */
void doc_add_str(struct doc *list, const char *s);
void doc_add_int(struct doc *list, int64_t v);

/* One line, keys in the order they were set. */
void doc_format(const struct doc *d, struct buf *out);
void doc_format_pretty(const struct doc *d, struct buf *out); /* indented by two */

/* Parses an object or list; refuses doubled keys, trailing bytes, NUL in text, depth over 32. */
int doc_parse(struct arena *a, struct bytes in, struct doc **ret) MUST_CHECK;
/* NULL when the key is absent or of another type. Strings are borrowed from the document. */
const char *doc_str(const struct doc *d, const char *key);
int doc_int(const struct doc *d, const char *key, int64_t *ret) MUST_CHECK;
bool doc_bool(const struct doc *d, const char *key, bool otherwise);
struct doc *doc_object(const struct doc *d, const char *key);
struct doc *doc_list(const struct doc *d, const char *key);
bool doc_has(const struct doc *d, const char *key);
size_t doc_list_size(const struct doc *list);
struct doc *doc_list_object(const struct doc *list, size_t i); /* NULL when no object there */
const char *doc_list_str(const struct doc *list, size_t i);

/* --- values of any kind, for whoever does not know the form (templates) --- */
enum doc_kind {
	DOC_NULL, /* also what is absent */
	DOC_FALSE,
	DOC_TRUE,
	DOC_NUMBER,
	DOC_STRING,
	DOC_LIST,
	DOC_OBJECT
};
enum doc_kind doc_kind(const struct doc *value); /* of NULL: DOC_NULL */
/* NULL when there is none; `object` may be of any kind, or NULL. doc_format() writes any value. */
const struct doc *doc_value(const struct doc *object, const char *key);
const struct doc *doc_list_value(const struct doc *list, size_t i);
struct bytes doc_bytes(const struct doc *value); /* of a string, borrowed; else empty */
/* The i-th key of an object, NULL past the end: for refusing unknown keys. */
const char *doc_key(const struct doc *d, size_t i);

#endif
