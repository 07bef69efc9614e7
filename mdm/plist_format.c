/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/plist_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>

#define NESTED_MOST 32
#define DATE_FIRST INT64_C(-62135596800) /* year 1 */
#define DATE_LAST INT64_C(253402300799)  /* year 9999 */

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
			   "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
			   "<plist version=\"1.0\">\n";

static const char *escape_of(uint8_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '\r': /* bare, it would come back as a line feed */
		return "&#13;";
	default:
		return NULL;
	}
}

/* XML 1.0 section 2.2: no control characters but tab and line ends, no U+FFFE or U+FFFF. */
static bool text_is_xml(struct bytes s)
{
	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = s.p[i];

		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			return false;
		if (c == 0xef && i + 2 < s.n && s.p[i + 1] == 0xbf && s.p[i + 2] >= 0xbe)
			return false;
	}
	return text_is_utf8(s);
}

static int format_text(const char *element, struct bytes s, struct buf *out)
{
	size_t from = 0;

	if (!text_is_xml(s))
		return ERR_BADINPUT;
	buf_printf(out, "<%s>", element);
	for (size_t i = 0; i < s.n; i++) {
		const char *escape = escape_of(s.p[i]);

		if (!escape)
			continue;
		buf_add(out, s.p + from, i - from);
		buf_add_str(out, escape);
		from = i + 1;
	}
	if (s.n > from)
		buf_add(out, s.p + from, s.n - from);
	buf_printf(out, "</%s>\n", element);
	return 0;
}

/* Seventeen digits read back the same; with a point in any locale. */
static int format_real(double v, struct buf *out)
{
	char text[40];
	char *comma;

	if (!isfinite(v))
		return ERR_BADINPUT;
	snprintf(text, sizeof(text), "%.17g", v);
	comma = strchr(text, ',');
	if (comma)
		*comma = '.';
	buf_printf(out, "<real>%s</real>\n", text);
	return 0;
}

static int format_date(int64_t t, struct buf *out)
{
	char text[CLOCK_TEXT];

	if (t < DATE_FIRST || t > DATE_LAST)
		return ERR_BADINPUT;
	buf_printf(out, "<date>%s</date>\n", clock_format_utc(t, text));
	return 0;
}

static int format_leaf(const struct mdm_plist *node, struct buf *out)
{
	switch (node->kind) {
	case MDM_PLIST_STRING:
		return format_text("string", node->v.data, out);
	case MDM_PLIST_DATA:
		buf_add_str(out, "<data>");
		buf_add_base64(out, node->v.data);
		buf_add_str(out, "</data>\n");
		return 0;
	case MDM_PLIST_INTEGER:
		buf_printf(out, "<integer>%lld</integer>\n", (long long)node->v.i);
		return 0;
	case MDM_PLIST_REAL:
		return format_real(node->v.real, out);
	case MDM_PLIST_DATE:
		return format_date(node->v.i, out);
	case MDM_PLIST_BOOL:
		buf_add_str(out, node->v.b ? "<true/>\n" : "<false/>\n");
		return 0;
	default:
		return ERR_INTERNAL;
	}
}

static int format_node(const struct mdm_plist *node, unsigned depth, struct buf *out)
{
	bool dict = node->kind == MDM_PLIST_DICT;
	int err = 0;

	if (!dict && node->kind != MDM_PLIST_ARRAY)
		return format_leaf(node, out);
	if (depth == NESTED_MOST)
		return ERR_BADINPUT;
	buf_add_str(out, dict ? "<dict>\n" : "<array>\n");
	for (const struct mdm_plist *p = node->v.in.first; err == 0 && p; p = p->next) {
		if (dict)
			err = format_text("key", bytes_of_str(p->key), out);
		if (err == 0)
			err = format_node(p, depth + 1, out);
	}
	buf_add_str(out, dict ? "</dict>\n" : "</array>\n");
	return err;
}

int mdm_plist_format(const struct mdm_plist *root, struct buf *out)
{
	int err;

	buf_add_str(out, head);
	err = format_node(root, 0, out);
	buf_add_str(out, "</plist>\n");
	if (err == 0 && !buf_ok(out))
		err = ERR_TOOBIG;
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
