/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/xml.h"
#include "base/text.h"
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
	return 0;
}
