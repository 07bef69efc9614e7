/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/plist_int.h"

#include "base/text.h"

/* --- reading --- */

const struct mdm_plist *mdm_plist_first(const struct mdm_plist *node)
{
	if (!node || (node->kind != MDM_PLIST_DICT && node->kind != MDM_PLIST_ARRAY))
		return NULL;
	return node->v.in.first;
}

const struct mdm_plist *mdm_plist_get(const struct mdm_plist *d, const char *key)
{
	if (!d || d->kind != MDM_PLIST_DICT)
		return NULL;
	for (const struct mdm_plist *p = d->v.in.first; p; p = p->next) {
		if (strcmp(p->key, key) == 0)
			return p;
	}
	return NULL;
}

static const struct mdm_plist *get_kind(
	const struct mdm_plist *d, const char *key, enum mdm_plist_kind kind)
{
	const struct mdm_plist *p = mdm_plist_get(d, key);

	return p && p->kind == kind ? p : NULL;
}

const char *mdm_plist_text(const struct mdm_plist *node)
{
	return node && node->kind == MDM_PLIST_STRING ? (const char *)node->v.data.p : NULL;
}

const char *mdm_plist_str(const struct mdm_plist *d, const char *key)
{
	return mdm_plist_text(mdm_plist_get(d, key));
}

struct bytes mdm_plist_data(const struct mdm_plist *d, const char *key)
{
	const struct mdm_plist *p = get_kind(d, key, MDM_PLIST_DATA);

	return p ? p->v.data : (struct bytes){NULL, 0};
}

int mdm_plist_int(const struct mdm_plist *d, const char *key, int64_t *ret)
{
	const struct mdm_plist *p = get_kind(d, key, MDM_PLIST_INTEGER);

	if (!p)
		return ERR_NOTFOUND;
	*ret = p->v.i;
	return 0;
}

int mdm_plist_real(const struct mdm_plist *d, const char *key, double *ret)
{
	const struct mdm_plist *p = mdm_plist_get(d, key);

	if (p && p->kind == MDM_PLIST_REAL)
		*ret = p->v.real;
	else if (p && p->kind == MDM_PLIST_INTEGER)
		*ret = (double)p->v.i;
	else
		return ERR_NOTFOUND;
	return 0;
}

int mdm_plist_bool(const struct mdm_plist *d, const char *key, bool *ret)
{
	const struct mdm_plist *p = get_kind(d, key, MDM_PLIST_BOOL);

	if (!p)
		return ERR_NOTFOUND;
	*ret = p->v.b;
	return 0;
}

int mdm_plist_date(const struct mdm_plist *d, const char *key, int64_t *ret)
{
	const struct mdm_plist *p = get_kind(d, key, MDM_PLIST_DATE);

	if (!p)
		return ERR_NOTFOUND;
	*ret = p->v.i;
	return 0;
}

const struct mdm_plist *mdm_plist_dict(const struct mdm_plist *d, const char *key)
{
	return get_kind(d, key, MDM_PLIST_DICT);
}

const struct mdm_plist *mdm_plist_array(const struct mdm_plist *d, const char *key)
{
	return get_kind(d, key, MDM_PLIST_ARRAY);
}

/* --- a message by its table --- */

static size_t node_size(const struct mdm_plist *node)
{
	switch (node->kind) {
	case MDM_PLIST_STRING:
	case MDM_PLIST_DATA:
		return node->v.data.n;
	case MDM_PLIST_DICT:
	case MDM_PLIST_ARRAY:
		return node->v.in.n;
	default:
		return 0;
	}
}

static void field_store(const struct mdm_plist *node, void *to)
{
	switch (node->kind) {
	case MDM_PLIST_STRING:
		*(const char **)to = (const char *)node->v.data.p;
		break;
	case MDM_PLIST_DATA:
		*(struct bytes *)to = node->v.data;
		break;
	case MDM_PLIST_INTEGER:
	case MDM_PLIST_DATE:
		*(int64_t *)to = node->v.i;
		break;
	case MDM_PLIST_REAL:
		*(double *)to = node->v.real;
		break;
	case MDM_PLIST_BOOL:
		*(bool *)to = node->v.b;
		break;
	case MDM_PLIST_DICT:
	case MDM_PLIST_ARRAY:
		*(const struct mdm_plist **)to = node;
		break;
	}
}

static bool field_fits(const struct mdm_plist_field *f, const struct mdm_plist *node)
{
	if (node->kind != f->kind || (f->most && node_size(node) > f->most))
		return false;
	return !f->required || f->kind != MDM_PLIST_STRING || node->v.data.n > 0;
}

int mdm_plist_fill(const struct mdm_plist *d, const struct mdm_plist_field *fields, void *to,
	const char **ret_bad_key)
{
	for (const struct mdm_plist_field *f = fields; f->key; f++) {
		const struct mdm_plist *node = mdm_plist_get(d, f->key);

		if (node ? !field_fits(f, node) : f->required) {
			*ret_bad_key = f->key;
			return ERR_BADINPUT;
		}
		if (node)
			field_store(node, (char *)to + f->offset);
	}
	return 0;
}

/* --- building --- */

struct mdm_plist *mdm_plist_new(struct arena *a, enum mdm_plist_kind kind)
{
	struct mdm_plist *node = ARENA_NEW(a, struct mdm_plist);

	node->kind = kind;
	node->arena = a;
	return node;
}

void mdm_plist_set(struct mdm_plist *in, const char *key, struct mdm_plist *node)
{
	node->key = key;
	node->next = NULL;
	if (in->v.in.last)
		in->v.in.last->next = node;
	else
		in->v.in.first = node;
	in->v.in.last = node;
	in->v.in.n++;
}

static struct mdm_plist *child_new(struct mdm_plist *in, const char *key, enum mdm_plist_kind kind)
{
	struct mdm_plist *node = mdm_plist_new(in->arena, kind);

	mdm_plist_set(in, key, node);
	return node;
}

void mdm_plist_set_str(struct mdm_plist *d, const char *key, const char *s)
{
	if (!s)
		return;
	child_new(d, key, MDM_PLIST_STRING)->v.data = bytes_of_str(arena_strdup(d->arena, s));
}

void mdm_plist_set_int(struct mdm_plist *d, const char *key, int64_t v)
{
	child_new(d, key, MDM_PLIST_INTEGER)->v.i = v;
}

void mdm_plist_set_real(struct mdm_plist *d, const char *key, double v)
{
	child_new(d, key, MDM_PLIST_REAL)->v.real = v;
}

void mdm_plist_set_bool(struct mdm_plist *d, const char *key, bool v)
{
	child_new(d, key, MDM_PLIST_BOOL)->v.b = v;
}

void mdm_plist_set_date(struct mdm_plist *d, const char *key, int64_t t)
{
	child_new(d, key, MDM_PLIST_DATE)->v.i = t;
}

void mdm_plist_set_data(struct mdm_plist *d, const char *key, struct bytes b)
{
	child_new(d, key, MDM_PLIST_DATA)->v.data = arena_bytes(d->arena, b);
}

struct mdm_plist *mdm_plist_set_dict(struct mdm_plist *d, const char *key)
{
	return child_new(d, key, MDM_PLIST_DICT);
}

struct mdm_plist *mdm_plist_set_array(struct mdm_plist *d, const char *key)
{
	return child_new(d, key, MDM_PLIST_ARRAY);
}

struct mdm_plist *mdm_plist_add_dict(struct mdm_plist *array)
{
	return child_new(array, NULL, MDM_PLIST_DICT);
}

struct mdm_plist *mdm_plist_add_array(struct mdm_plist *array)
{
	return child_new(array, NULL, MDM_PLIST_ARRAY);
}

void mdm_plist_add_str(struct mdm_plist *array, const char *s)
{
	mdm_plist_set_str(array, NULL, s);
}

void mdm_plist_add_int(struct mdm_plist *array, int64_t v)
{
	mdm_plist_set_int(array, NULL, v);
}

void mdm_plist_add_data(struct mdm_plist *array, struct bytes b)
{
	mdm_plist_set_data(array, NULL, b);
}
