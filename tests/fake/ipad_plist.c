/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/ipad_plist.h"
#include "base/xml.h"

#include <pthread.h>
#include <stdlib.h>

/* libplist takes a document that breaks off; an iPad does not. */
static bool xml_whole(struct bytes in)
{
	static const struct xml_limits limits = {64u << 20, 64, 1000000, 1000000};
	static const struct xml_handler nothing;
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, xml_init);
	return xml_parse(in, &limits, &nothing, NULL) == 0;
}

/* An arena's deferred call takes void *, as plist_t happens to be. */
static void tree_free(void *p)
{
	plist_free(p);
}

int ipad_plist_parse(struct arena *a, struct bytes in, plist_t *ret_dict)
{
	plist_t p = NULL;

	if (in.n == 0 || in.n > UINT32_MAX)
		return ERR_BADINPUT;
	if (plist_is_binary((const char *)in.p, (uint32_t)in.n))
		plist_from_bin((const char *)in.p, (uint32_t)in.n, &p);
	else if (xml_whole(in))
		plist_from_xml((const char *)in.p, (uint32_t)in.n, &p);
	if (!p)
		return ERR_BADINPUT;
	if (plist_get_node_type(p) != PLIST_DICT) {
		plist_free(p);
		return ERR_BADINPUT;
	}
	arena_defer(a, tree_free, p);
	*ret_dict = p;
	return 0;
}

plist_t ipad_plist_new(struct arena *a)
{
	plist_t p = plist_new_dict();

	arena_defer(a, tree_free, p);
	return p;
}

struct bytes ipad_plist_xml(struct arena *a, plist_t p)
{
	struct bytes copy;
	uint32_t n = 0;
	char *xml = NULL;

	plist_to_xml(p, &xml, &n);
	if (!xml)
		abort(); /* out of memory */
	copy = arena_bytes(a, bytes_of(xml, n));
	free(xml);
	return copy;
}

static int item_find(plist_t dict, const char *key, plist_type type, plist_t *ret)
{
	plist_t p;

	if (!dict || plist_get_node_type(dict) != PLIST_DICT)
		return ERR_BADINPUT;
	p = plist_dict_get_item(dict, key);
	if (!p)
		return ERR_NOTFOUND;
	if (plist_get_node_type(p) != type)
		return ERR_BADINPUT;
	*ret = p;
	return 0;
}

int ipad_plist_string(plist_t dict, const char *key, const char **ret)
{
	plist_t p = NULL;
	int err = item_find(dict, key, PLIST_STRING, &p);
	const char *s = err ? NULL : plist_get_string_ptr(p, NULL);

	if (!err)
		*ret = s ? s : "";
	return err;
}

int ipad_plist_data(plist_t dict, const char *key, struct bytes *ret)
{
	plist_t p = NULL;
	int err = item_find(dict, key, PLIST_DATA, &p);
	uint64_t n = 0;
	const char *bytes = err ? NULL : plist_get_data_ptr(p, &n);

	if (!err)
		*ret = bytes_of(bytes, bytes ? (size_t)n : 0);
	return err;
}

int ipad_plist_int(plist_t dict, const char *key, int64_t *ret)
{
	plist_t p = NULL;
	int err = item_find(dict, key, PLIST_UINT, &p);
	uint64_t n = 0;

	if (err)
		return err;
	plist_get_uint_val(p, &n);
	*ret = (int64_t)n;
	return 0;
}

int ipad_plist_bool(plist_t dict, const char *key, bool *ret)
{
	plist_t p = NULL;
	int err = item_find(dict, key, PLIST_BOOLEAN, &p);
	uint8_t b = 0;

	if (err)
		return err;
	plist_get_bool_val(p, &b);
	*ret = b != 0;
	return 0;
}

int ipad_plist_dict(plist_t dict, const char *key, plist_t *ret)
{
	return item_find(dict, key, PLIST_DICT, ret);
}

int ipad_plist_array(plist_t dict, const char *key, plist_t *ret)
{
	return item_find(dict, key, PLIST_ARRAY, ret);
}

const char *ipad_plist_string_or(plist_t dict, const char *key, const char *otherwise)
{
	const char *s;

	return ipad_plist_string(dict, key, &s) ? otherwise : s;
}

bool ipad_plist_is(plist_t dict, const char *key)
{
	bool b;

	return ipad_plist_bool(dict, key, &b) == 0 && b;
}

void ipad_plist_set_string(plist_t dict, const char *key, const char *s)
{
	if (s)
		plist_dict_set_item(dict, key, plist_new_string(s));
}

void ipad_plist_set_data(plist_t dict, const char *key, struct bytes b)
{
	plist_dict_set_item(dict, key, plist_new_data((const char *)b.p, b.n));
}

void ipad_plist_set_bool(plist_t dict, const char *key, bool b)
{
	plist_dict_set_item(dict, key, plist_new_bool(b));
}

void ipad_plist_set_int(plist_t dict, const char *key, uint64_t n)
{
	plist_dict_set_item(dict, key, plist_new_uint(n));
}

void ipad_plist_set_real(plist_t dict, const char *key, double x)
{
	plist_dict_set_item(dict, key, plist_new_real(x));
}
