/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buf.h"
#include "base/text.h"
#include "base/xml_int.h"
#include "tests/fuzz/fuzz.h"

struct seen {
	size_t depth, elements, text_bytes;
};

static int see_start(void *ctx, const char *name, const char *const *attributes)
{
	struct seen *s = ctx;

	s->depth++;
	s->elements++;
	FUZZ_CHECK(text_is_utf8(bytes_of_str(name)));
	for (; attributes[0]; attributes += 2)
		FUZZ_CHECK(attributes[1]);
	return 0;
}

static int see_end(void *ctx, const char *name)
{
	struct seen *s = ctx;

	FUZZ_CHECK(s->depth > 0);
	s->depth--;
	return 0;
}

static int see_text(void *ctx, const char *text, size_t n)
{
	struct seen *s = ctx;

	FUZZ_CHECK(s->depth > 0);
	FUZZ_CHECK(!memchr(text, '\0', n));
	s->text_bytes += n;
	return 0;
}

/* --- the two paths tell the same --- */

static int note_start(void *ctx, const char *name, const char *const *attributes)
{
	buf_printf(ctx, "<%s", name);
	for (; attributes[0]; attributes += 2)
		buf_printf(ctx, " %s='%s'", attributes[0], attributes[1]);
	buf_add_char(ctx, '>');
	return text_equal(name, "stop") ? ERR_REFUSED : 0;
}

static int note_end(void *ctx, const char *name)
{
	buf_printf(ctx, "</%s>", name);
	return 0;
}

static int note_text(void *ctx, const char *text, size_t n)
{
	buf_add(ctx, text, n);
	return 0;
}

static void compare(struct bytes in, const struct xml_limits *limits)
{
	static const struct xml_handler notes = {note_start, note_end, note_text};
	AUTO(buf) struct buf plain = BUF_INIT(8u << 20), general = BUF_INIT(8u << 20);
	int err;

	if (in.n > limits->bytes || !xml_is_plain(in))
		return;
	err = xml_parse_plain(in, limits, &notes, &plain);
	FUZZ_CHECK(err == xml_parse_general(in, limits, &notes, &general));
	FUZZ_CHECK(bytes_equal(buf_bytes(&plain), buf_bytes(&general)));
}

/* Whatever comes: no more is told than was sent, and what was opened is closed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct xml_limits limits = {
		.bytes = 1 << 20, .depth = 16, .elements = 1000, .entities = 100};
	static const struct xml_handler handler = {see_start, see_end, see_text};
	struct seen s = {0, 0, 0};

	xml_init();
	if (xml_parse(bytes_of(data, n), &limits, &handler, &s) == 0)
		FUZZ_CHECK(s.depth == 0 && s.elements > 0);
	FUZZ_CHECK(s.elements <= 1000 && s.text_bytes <= n);
	compare(bytes_of(data, n), &limits);
	return 0;
}
