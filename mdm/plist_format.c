/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The door to libplist, which writes. The whole tree is judged before libplist hears of it, so
 * that nothing reaches it that libplist 2.2 writes wrongly, slowly or not at all.
 */
#include "config.h"

#include "mdm/plist_int.h"

#include "base/text.h"

#include <math.h>
#include <plist/plist.h>
#include <stdlib.h>

#define NESTED_MOST 32
/* libplist counts seconds from 2001 in 32 bits: from 1932-12-13 to 2069-01-19. */
#define DATE_EPOCH INT64_C(978307200)
#define DATE_FIRST (DATE_EPOCH + INT32_MIN)
#define DATE_LAST (DATE_EPOCH + INT32_MAX)
#define REAL_MOST 0x1p63 /* libplist measures the whole part as an int64_t */

/* --- what may be written --- */

struct room {
	size_t bytes;   /* of texts and data */
	size_t escapes; /* each costs libplist as much as an element; the reader caps them too */
};

static int room_take(size_t *left, size_t n)
{
	if (n > *left)
		return ERR_TOOBIG;
	*left -= n;
	return 0;
}

static bool is_escaped(uint8_t c)
{
	return c == '&' || c == '<' || c == '>' || c == '\r';
}

/* XML 1.0 section 2.2: no control characters but tab and line ends, no U+FFFE or U+FFFF. */
static bool text_is_xml(struct bytes s, size_t *ret_escapes)
{
	size_t escapes = 0;

	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = s.p[i];

		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			return false;
		if (c == 0xef && i + 2 < s.n && s.p[i + 1] == 0xbf && s.p[i + 2] >= 0xbe)
			return false;
		escapes += is_escaped(c);
	}
	*ret_escapes = escapes;
	return text_is_utf8(s);
}

static int check_text(struct bytes s, struct room *left)
{
	size_t escapes;
	int err = room_take(&left->bytes, s.n);

	if (err)
		return err;
	if (!text_is_xml(s, &escapes))
		return ERR_BADINPUT;
	return room_take(&left->escapes, escapes);
}

static int check_leaf(const struct mdm_plist *node, struct room *left)
{
	switch (node->kind) {
	case MDM_PLIST_STRING:
		return check_text(node->v.data, left);
	case MDM_PLIST_DATA:
		return room_take(&left->bytes, node->v.data.n);
	case MDM_PLIST_INTEGER: /* libplist negates it to measure it */
		return node->v.i == INT64_MIN ? ERR_UNSUPPORTED : 0;
	case MDM_PLIST_REAL:
		if (!isfinite(node->v.real))
			return ERR_BADINPUT;
		return fabs(node->v.real) < REAL_MOST ? 0 : ERR_UNSUPPORTED;
	case MDM_PLIST_DATE:
		return node->v.i < DATE_FIRST || node->v.i > DATE_LAST ? ERR_UNSUPPORTED : 0;
	case MDM_PLIST_BOOL:
		return 0;
	default:
		return ERR_INTERNAL;
	}
}

static int check_node(const struct mdm_plist *node, unsigned depth, struct room *left)
{
	bool dict = node->kind == MDM_PLIST_DICT;
	int err = 0;

	if (!dict && node->kind != MDM_PLIST_ARRAY)
		return check_leaf(node, left);
	if (depth == NESTED_MOST)
		return ERR_BADINPUT;
	for (const struct mdm_plist *p = node->v.in.first; err == 0 && p; p = p->next) {
		if (dict)
			err = check_text(bytes_of_str(p->key), left);
		if (err == 0)
			err = check_node(p, depth + 1, left);
	}
	return err;
}

/* --- libplist's tree --- */

static plist_t integer_build(int64_t v)
{
#ifdef HAVE_PLIST_NEW_INT
	return plist_new_int(v);
#else
	/* 2.2 has no constructor for signed numbers, but holds what this one gets as eight bytes
	 * and writes eight bytes as signed. */
	return plist_new_uint((uint64_t)v);
#endif
}

static plist_t leaf_build(const struct mdm_plist *node)
{
	struct bytes data;

	switch (node->kind) {
	case MDM_PLIST_STRING:
		return plist_new_string((const char *)node->v.data.p);
	case MDM_PLIST_INTEGER:
		return integer_build(node->v.i);
	case MDM_PLIST_REAL: /* seventeen digits, which read back the same, in any locale */
		return plist_new_real(node->v.real);
	case MDM_PLIST_DATE:
		return plist_new_date((int32_t)(node->v.i - DATE_EPOCH), 0);
	case MDM_PLIST_BOOL:
		return plist_new_bool(node->v.b);
	default: /* it copies from NULL as well, were it given that */
		data = node->v.data.n ? node->v.data : bytes_of("", 0);
		return plist_new_data((const char *)data.p, data.n);
	}
}

/* Of two members with one key libplist keeps the later alone; then *ret_doubled is set. */
static plist_t node_build(const struct mdm_plist *node, bool *ret_doubled)
{
	bool dict = node->kind == MDM_PLIST_DICT;
	plist_t in;

	if (!dict && node->kind != MDM_PLIST_ARRAY)
		return leaf_build(node);
	in = dict ? plist_new_dict() : plist_new_array();
	for (const struct mdm_plist *p = node->v.in.first; p; p = p->next) {
		plist_t child = node_build(p, ret_doubled);

		if (dict)
			plist_dict_set_item(in, p->key, child);
		else
			plist_array_append_item(in, child);
	}
	if (dict && plist_dict_get_size(in) != node->v.in.n)
		*ret_doubled = true;
	return in;
}

static void leaf_wipe(plist_t node)
{
	uint64_t n = 0;
	const char *p = plist_get_node_type(node) == PLIST_STRING ? plist_get_string_ptr(node, &n)
								  : plist_get_data_ptr(node, &n);

	if (p)
		mem_wipe((char *)p, n);
}

static void node_wipe(plist_t node);

static void dict_wipe(plist_t dict)
{
	plist_dict_iter iter = NULL;
	plist_t child = NULL;

	plist_dict_new_iter(dict, &iter);
	plist_dict_next_item(dict, iter, NULL, &child);
	while (child) {
		node_wipe(child);
		plist_dict_next_item(dict, iter, NULL, &child);
	}
	free(iter);
}

static void array_wipe(plist_t array)
{
	plist_array_iter iter = NULL;
	plist_t child = NULL;

	plist_array_new_iter(array, &iter);
	plist_array_next_item(array, iter, &child);
	while (child) {
		node_wipe(child);
		plist_array_next_item(array, iter, &child);
	}
	free(iter);
}

static void node_wipe(plist_t node)
{
	switch (plist_get_node_type(node)) {
	case PLIST_STRING:
	case PLIST_DATA:
		leaf_wipe(node);
		break;
	case PLIST_DICT:
		dict_wipe(node);
		break;
	case PLIST_ARRAY:
		array_wipe(node);
		break;
	default:
		break;
	}
}

/* --- its text --- */

/* libplist leaves a carriage return bare, which would be read as a line feed. It writes none of
 * its own, so each one is a text's. */
static void xml_add(struct buf *out, struct bytes xml)
{
	const uint8_t *cr;

	while (xml.n > 0 && (cr = memchr(xml.p, '\r', xml.n))) {
		size_t n = (size_t)(cr - xml.p);

		buf_add(out, xml.p, n);
		buf_add_str(out, "&#13;");
		xml = bytes_of(cr + 1, xml.n - n - 1);
	}
	buf_add(out, xml.p, xml.n);
}

static int tree_write(plist_t tree, struct buf *out)
{
	char *xml = NULL;
	uint32_t n = 0;

	plist_to_xml(tree, &xml, &n);
	if (!xml)
		return ERR_INTERNAL;
	xml_add(out, bytes_of(xml, n));
	if (out->secret)
		mem_wipe(xml, n);
	plist_to_xml_free(xml);
	return buf_ok(out) ? 0 : ERR_TOOBIG;
}

/* Out of reach when a secret is wiped: what libplist gave back itself while its text grew. */
int mdm_plist_format(const struct mdm_plist *root, struct buf *out)
{
	struct room left = {.bytes = out->limit - out->n, .escapes = mdm_plist_limits.entities};
	bool doubled = false;
	plist_t tree;
	int err = check_node(root, 0, &left);

	if (err)
		return err;
	tree = node_build(root, &doubled);
	err = doubled ? ERR_BADINPUT : tree_write(tree, out);
	if (out->secret)
		node_wipe(tree);
	plist_free(tree);
	return err;
}

int mdm_plist_format_in(
	const struct mdm_plist *root, size_t limit, struct arena *a, struct bytes *ret)
{
	AUTO(buf) struct buf out = BUF_INIT_SECRET(limit);
	int err = mdm_plist_format(root, &out);

	if (err == 0)
		*ret = arena_bytes(a, buf_bytes(&out));
	return err;
}
