/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Property lists. Reading: hostile XML goes through base/xml.h's gate straight into a typed tree
 * in the arena; a binary plist, a foreign element, an attribute, a doubled key, a number, date or
 * Base64 that is not exactly right are refused, and so is anything past the limits. Writing: a
 * tree built here is judged, handed to libplist, and becomes XML text. libplist 2.2 never reads:
 * its parsers accept too much and can be made to eat time and memory. In the tests they are a
 * second opinion.
 *
 * A tree belongs to its arena. Strings never hold a NUL.
 */
#ifndef MDM_PLIST_INT_H
#define MDM_PLIST_INT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/xml.h"

enum mdm_plist_kind {
	MDM_PLIST_DICT = 1,
	MDM_PLIST_ARRAY,
	MDM_PLIST_STRING,
	MDM_PLIST_DATA,
	MDM_PLIST_INTEGER,
	MDM_PLIST_REAL,
	MDM_PLIST_DATE,
	MDM_PLIST_BOOL
};

struct mdm_plist {
	enum mdm_plist_kind kind;
	const char *key;        /* inside a dictionary, else NULL */
	struct mdm_plist *next; /* the next in its dictionary or array, in the order written */
	struct arena *arena;
	union {
		struct {
			struct mdm_plist *first, *last;
			size_t n;
		} in;              /* DICT, ARRAY */
		struct bytes data; /* DATA; STRING as well, with a NUL behind it */
		int64_t i;         /* INTEGER; DATE in seconds */
		double real;
		bool b;
	} v;
};

/* --- reading --- */
/* 1 MiB, 32 deep, 20 000 elements, 20 000 entities. */
extern const struct xml_limits mdm_plist_limits;
/* The root may be of any kind. ERR_BADINPUT, ERR_TOOBIG. `limits` NULL: those above. */
int mdm_plist_parse(struct bytes in, const struct xml_limits *limits, struct arena *a,
	struct mdm_plist **ret) MUST_CHECK;

/* Members of a dictionary; absent, of another kind, or `d` NULL or no dictionary: NULL (no bytes,
 * ERR_NOTFOUND). Order is kept; lookup walks. */
const struct mdm_plist *mdm_plist_get(const struct mdm_plist *d, const char *key);
const char *mdm_plist_str(const struct mdm_plist *d, const char *key);
struct bytes mdm_plist_data(const struct mdm_plist *d, const char *key);
int mdm_plist_int(const struct mdm_plist *d, const char *key, int64_t *ret) MUST_CHECK;
/* INTEGER or REAL: Apple writes a whole number either way. */
int mdm_plist_real(const struct mdm_plist *d, const char *key, double *ret) MUST_CHECK;
int mdm_plist_bool(const struct mdm_plist *d, const char *key, bool *ret) MUST_CHECK;
int mdm_plist_date(const struct mdm_plist *d, const char *key, int64_t *ret) MUST_CHECK;
const struct mdm_plist *mdm_plist_dict(const struct mdm_plist *d, const char *key);
const struct mdm_plist *mdm_plist_array(const struct mdm_plist *d, const char *key);
/* The text of a STRING node, NULL for any other. */
const char *mdm_plist_text(const struct mdm_plist *node);
/* A DICT's or ARRAY's first child (then ->next); NULL for any other. */
const struct mdm_plist *mdm_plist_first(const struct mdm_plist *node);

/*
 * A message described by a table: key, kind, whether it must be there, its greatest size, and
 * where in the struct it goes. STRING: const char *, DATA: struct bytes, INTEGER and DATE:
 * int64_t, REAL: double, BOOL: bool, DICT and ARRAY: const struct mdm_plist *.
 */
struct mdm_plist_field {
	const char *key; /* NULL ends the table */
	enum mdm_plist_kind kind;
	bool required; /* a required STRING may not be empty */
	size_t most;   /* bytes of a STRING or DATA, members of an ARRAY; 0: any */
	size_t offset;
};
#define MDM_PLIST_FIELD(key_, kind_, required_, most_, type_, member_)              \
	{                                                                           \
		key_, MDM_PLIST_##kind_, required_, most_, offsetof(type_, member_) \
	}
#define MDM_PLIST_FIELDS_END \
	{                    \
		.key = NULL  \
	}
/* Members of the struct whose key is absent are left as they were. ERR_BADINPUT with the key
 * that is missing, of the wrong kind or too long. `to` is undefined on failure. */
int mdm_plist_fill(const struct mdm_plist *d, const struct mdm_plist_field *fields, void *to,
	const char **ret_bad_key) MUST_CHECK;

/* --- building; keys are borrowed, values copied --- */
struct mdm_plist *mdm_plist_new(struct arena *a, enum mdm_plist_kind kind);  /* DICT or ARRAY */
void mdm_plist_set_str(struct mdm_plist *d, const char *key, const char *s); /* NULL: left out */
void mdm_plist_set_int(struct mdm_plist *d, const char *key, int64_t v);
void mdm_plist_set_real(struct mdm_plist *d, const char *key, double v);
void mdm_plist_set_bool(struct mdm_plist *d, const char *key, bool v);
void mdm_plist_set_date(struct mdm_plist *d, const char *key, int64_t t);
void mdm_plist_set_data(struct mdm_plist *d, const char *key, struct bytes b);
struct mdm_plist *mdm_plist_set_dict(struct mdm_plist *d, const char *key); /* the inner one */
struct mdm_plist *mdm_plist_set_array(struct mdm_plist *d, const char *key);
/* Hangs a tree in (it is moved: its key and next change). */
void mdm_plist_set(struct mdm_plist *d, const char *key, struct mdm_plist *node);
struct mdm_plist *mdm_plist_add_dict(struct mdm_plist *array);
struct mdm_plist *mdm_plist_add_array(struct mdm_plist *array);
void mdm_plist_add_str(struct mdm_plist *array, const char *s);
void mdm_plist_add_int(struct mdm_plist *array, int64_t v);
void mdm_plist_add_data(struct mdm_plist *array, struct bytes b);

/*
 * The whole document as XML, added to `out`, which is untouched unless it is libplist's text that
 * is too long. What is written reads back as it was (-0.0 as 0.0). When the buffer is secret, what
 * was made on the way is overwritten.
 * ERR_BADINPUT: a text that XML cannot carry (a control character, not UTF-8), a real that is not
 *   finite, a key twice in a dictionary, or deeper than 32.
 * ERR_UNSUPPORTED: what libplist 2.2 cannot write for certain: a date before 1932-12-13T20:45:52Z
 *   or after 2069-01-19T03:14:07Z, a real of 2^63 or more, the integer -2^63.
 * ERR_TOOBIG: the buffer's limit, or more than mdm_plist_limits.entities characters to escape.
 */
int mdm_plist_format(const struct mdm_plist *root, struct buf *out) MUST_CHECK;
/* The same into the arena; at most `limit` bytes. */
int mdm_plist_format_in(
	const struct mdm_plist *root, size_t limit, struct arena *a, struct bytes *ret) MUST_CHECK;

#endif
