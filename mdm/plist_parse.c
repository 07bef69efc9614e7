/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/plist_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#define NESTED_MOST 32
#define FEW_KEYS 8 /* up to here comparing each with each is cheaper than sorting */

const struct xml_limits mdm_plist_limits = {
	.bytes = 1 << 20, .depth = NESTED_MOST, .elements = 20000, .entities = 20000};

enum element {
	EL_PLIST,
	EL_KEY,
	EL_DICT,
	EL_ARRAY,
	EL_STRING,
	EL_DATA,
	EL_INTEGER,
	EL_REAL,
	EL_DATE,
	EL_TRUE,
	EL_FALSE,
	EL_COUNT
};

static const struct {
	const char *name;
	enum mdm_plist_kind kind; /* 0: not a value */
	bool leaf;                /* holds text, no elements */
} elements[EL_COUNT] = {
	[EL_PLIST] = {"plist", 0, false},
	[EL_KEY] = {"key", 0, true},
	[EL_DICT] = {"dict", MDM_PLIST_DICT, false},
	[EL_ARRAY] = {"array", MDM_PLIST_ARRAY, false},
	[EL_STRING] = {"string", MDM_PLIST_STRING, true},
	[EL_DATA] = {"data", MDM_PLIST_DATA, true},
	[EL_INTEGER] = {"integer", MDM_PLIST_INTEGER, true},
	[EL_REAL] = {"real", MDM_PLIST_REAL, true},
	[EL_DATE] = {"date", MDM_PLIST_DATE, true},
	[EL_TRUE] = {"true", MDM_PLIST_BOOL, true},
	[EL_FALSE] = {"false", MDM_PLIST_BOOL, true},
};

struct reader {
	struct arena *arena;
	struct mdm_plist *root;
	struct mdm_plist *open[NESTED_MOST]; /* dictionaries and arrays, outermost first */
	unsigned depth;
	const char *key; /* read, and waiting for its value */
	bool in_plist, in_leaf;
	enum element leaf;
	struct buf text;
};

static struct mdm_plist *reader_top(const struct reader *r)
{
	return r->depth ? r->open[r->depth - 1] : NULL;
}

/* --- leaves --- */

static locale_t plain_locale;

static void plain_locale_make(void)
{
	plain_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static bool skip_digits(const char **s)
{
	const char *from = *s;

	while (**s >= '0' && **s <= '9')
		(*s)++;
	return *s > from;
}

/* strtod would also take blanks, hexadecimal, "inf" and "nan". */
static bool real_is_plain(const char *s)
{
	if (*s == '-')
		s++;
	if (!skip_digits(&s))
		return false;
	if (*s == '.' && (s++, !skip_digits(&s)))
		return false;
	if (*s == 'e' || *s == 'E') {
		s++;
		if (*s == '-' || *s == '+')
			s++;
		if (!skip_digits(&s))
			return false;
	}
	return *s == '\0';
}

static int parse_real(const char *s, double *ret)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	double v;

	if (!real_is_plain(s))
		return ERR_BADINPUT;
	(void)pthread_once(&once, plain_locale_make);
	v = strtod_l(s, NULL, plain_locale);
	if (!isfinite(v))
		return ERR_BADINPUT;
	*ret = v;
	return 0;
}

/* "2014-01-01T12:00:00Z" and no other form. */
static int parse_date(const char *s, int64_t *ret)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";

	if (strlen(s) != sizeof(form) - 1)
		return ERR_BADINPUT;
	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		bool digit = s[i] >= '0' && s[i] <= '9';

		if (form[i] == 'd' ? !digit : s[i] != form[i])
			return ERR_BADINPUT;
	}
	return clock_parse(s, ret);
}

static int leaf_value(struct reader *r, struct mdm_plist *node)
{
	struct bytes text = buf_bytes(&r->text);
	const char *s = buf_str(&r->text);

	switch (r->leaf) {
	case EL_STRING:
		node->v.data = bytes_of(arena_strndup(r->arena, s, text.n), text.n);
		return 0;
	case EL_DATA:
		return text_parse_base64(r->arena, text, &node->v.data);
	case EL_INTEGER:
		return text_parse_i64(s, &node->v.i);
	case EL_REAL:
		return parse_real(s, &node->v.real);
	case EL_DATE:
		return parse_date(s, &node->v.i);
	case EL_TRUE:
	case EL_FALSE:
		node->v.b = r->leaf == EL_TRUE;
		return text.n ? ERR_BADINPUT : 0;
	default:
		return ERR_INTERNAL;
	}
}

/* --- the tree --- */

static struct mdm_plist *node_new(struct reader *r, enum mdm_plist_kind kind)
{
	struct mdm_plist *node = ARENA_NEW(r->arena, struct mdm_plist);

	node->kind = kind;
	node->arena = r->arena;
	return node;
}

/* A value may stand at the root, once; in an array; or in a dictionary behind a key. */
static int reader_may_hold(const struct reader *r)
{
	const struct mdm_plist *top = reader_top(r);

	if (!r->in_plist || (!top && r->root))
		return ERR_BADINPUT;
	if (top && top->kind == MDM_PLIST_DICT && !r->key)
		return ERR_BADINPUT;
	return 0;
}

static void reader_hang(struct reader *r, struct mdm_plist *node)
{
	struct mdm_plist *top = reader_top(r);

	if (!top) {
		r->root = node;
		return;
	}
	node->key = r->key;
	r->key = NULL;
	if (top->v.in.last)
		top->v.in.last->next = node;
	else
		top->v.in.first = node;
	top->v.in.last = node;
	top->v.in.n++;
}

static int by_key(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int few_keys_check(const struct mdm_plist *dict)
{
	for (const struct mdm_plist *a = dict->v.in.first; a; a = a->next) {
		for (const struct mdm_plist *b = a->next; b; b = b->next) {
			if (strcmp(a->key, b->key) == 0)
				return ERR_BADINPUT;
		}
	}
	return 0;
}

static int keys_check(struct arena *a, const struct mdm_plist *dict)
{
	const char **keys;
	size_t n = 0;

	if (dict->v.in.n <= FEW_KEYS)
		return few_keys_check(dict);
	keys = ARENA_ARRAY(a, const char *, dict->v.in.n);
	for (const struct mdm_plist *p = dict->v.in.first; p; p = p->next)
		keys[n++] = p->key;
	qsort(keys, n, sizeof(*keys), by_key);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(keys[i - 1], keys[i]) == 0)
			return ERR_BADINPUT;
	}
	return 0;
}

/* --- what the gate tells --- */

static int element_find(const char *name, enum element *ret)
{
	for (int i = 0; i < EL_COUNT; i++) {
		if (strcmp(name, elements[i].name) == 0) {
			*ret = (enum element)i;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

static int start_plist(struct reader *r, const char *const *attributes)
{
	if (r->in_plist || r->root)
		return ERR_BADINPUT;
	if (attributes[0] && (strcmp(attributes[0], "version") != 0 ||
				     strcmp(attributes[1], "1.0") != 0 || attributes[2]))
		return ERR_BADINPUT;
	r->in_plist = true;
	return 0;
}

static int start_key(struct reader *r)
{
	const struct mdm_plist *top = reader_top(r);

	return top && top->kind == MDM_PLIST_DICT && !r->key ? 0 : ERR_BADINPUT;
}

static int start_inner(struct reader *r, enum mdm_plist_kind kind)
{
	struct mdm_plist *node;

	if (r->depth == NESTED_MOST)
		return ERR_TOOBIG;
	node = node_new(r, kind);
	reader_hang(r, node);
	r->open[r->depth++] = node;
	return 0;
}

static int on_start(void *ctx, const char *name, const char *const *attributes)
{
	struct reader *r = ctx;
	enum element el;
	int err = element_find(name, &el);

	if (err != 0 || r->in_leaf)
		return ERR_BADINPUT;
	if (el == EL_PLIST)
		return start_plist(r, attributes);
	if (attributes[0])
		return ERR_BADINPUT;
	err = el == EL_KEY ? start_key(r) : reader_may_hold(r);
	if (err != 0)
		return err;
	if (!elements[el].leaf)
		return start_inner(r, elements[el].kind);
	r->in_leaf = true;
	r->leaf = el;
	buf_reset(&r->text);
	return 0;
}

static int end_leaf(struct reader *r)
{
	struct mdm_plist *node;
	int err;

	r->in_leaf = false;
	if (!buf_ok(&r->text))
		return ERR_TOOBIG;
	if (r->leaf == EL_KEY) {
		struct bytes key = buf_bytes(&r->text);

		r->key = arena_strndup(r->arena, buf_str(&r->text), key.n);
		return 0;
	}
	node = node_new(r, elements[r->leaf].kind);
	err = leaf_value(r, node);
	if (err == 0)
		reader_hang(r, node);
	return err;
}

static int on_end(void *ctx, const char *name)
{
	struct reader *r = ctx;
	struct mdm_plist *top = reader_top(r);

	if (r->in_leaf)
		return end_leaf(r);
	if (!top) { /* </plist> */
		r->in_plist = false;
		return r->root ? 0 : ERR_BADINPUT;
	}
	if (r->key)
		return ERR_BADINPUT;
	r->depth--;
	return top->kind == MDM_PLIST_DICT ? keys_check(r->arena, top) : 0;
}

static int on_text(void *ctx, const char *s, size_t n)
{
	struct reader *r = ctx;

	if (r->in_leaf) {
		buf_add(&r->text, s, n);
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n' && s[i] != '\r')
			return ERR_BADINPUT;
	}
	return 0;
}

int mdm_plist_parse(
	struct bytes in, const struct xml_limits *limits, struct arena *a, struct mdm_plist **ret)
{
	static const struct xml_handler handler = {on_start, on_end, on_text};
	const struct xml_limits *l = limits ? limits : &mdm_plist_limits;
	struct reader r = {.arena = a, .text = BUF_INIT_SECRET(l->bytes)};
	int err = xml_parse(in, l, &handler, &r);

	if (err == 0 && !r.root)
		err = ERR_BADINPUT;
	buf_release(&r.text);
	if (err == 0)
		*ret = r.root;
	return err;
}
