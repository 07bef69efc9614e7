/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

#include <criterion/criterion.h>

static const char *parsed(struct arena *a, const char *s)
{
	struct bytes b = bytes_of_str("untouched");

	if (text_parse_base64(a, bytes_of_str(s), &b) != 0) {
		cr_assert(bytes_equal(b, bytes_of_str("untouched")), "%s changed its output", s);
		return NULL;
	}
	return arena_strndup(a, b.p, b.n);
}

Test(base64, parses_what_senders_write)
{
	static const struct {
		const char *in, *out; /* NULL: refused */
	} cases[] = {
		{"", ""},
		{"aGVq", "hej"},
		{"aGVqIQ==", "hej!"},
		{"aGVqIQ", "hej!"},
		{"aGVqISE=", "hej!!"},
		{"aGVqISE", "hej!!"},
		{" aG\r\n\tVqI\nSE = \n", "hej!!"},
		{"aGVq\r\naGVq\r\naGVq\r\n", "hejhejhej"},
		{"aGVqaGVqaGVq", "hejhejhej"},
		{"/////w==", "\xff\xff\xff\xff"},
		{"_____w", "\xff\xff\xff\xff"},
		{"++++", "\xfb\xef\xbe"},
		{"----", "\xfb\xef\xbe"},
		{"a", NULL},
		{"aGVqI", NULL},
		{"aGVqIQ=", NULL},
		{"aGVqIQ===", NULL},
		{"aGVq=", NULL},
		{"aGVq====", NULL},
		{"=", NULL},
		{"aGVqIQ==aGVq", NULL},
		{"aGVqIR==", NULL}, /* bits that belong to no byte */
		{"aGVqISF=", NULL},
		{"aGVq,", NULL},
		{"aG.q", NULL},
		{"aG\x80q", NULL},
		{"aGVq\v", NULL},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = parsed(a, cases[i].in);

		cr_expect(text_equal(got, cases[i].out), "\"%s\" gave %s", cases[i].in, got);
	}
}

Test(base64, refuses_nul)
{
	AUTO(arena) struct arena *a = arena_new();
	struct bytes b;

	cr_expect_eq(text_parse_base64(a, bytes_of("aGVq\0", 5), &b), ERR_BADINPUT);
	cr_expect_eq(text_parse_base64(a, bytes_of("a\0Vq", 4), &b), ERR_BADINPUT);
}

Test(base64, comes_back_at_every_length)
{
	AUTO(arena) struct arena *a = arena_new();
	uint8_t raw[100];

	for (size_t n = 0; n <= sizeof(raw); n++) {
		struct bytes b = {NULL, 0};
		const char *plain, *url;

		for (size_t i = 0; i < n; i++)
			raw[i] = (uint8_t)(i * 37 + n * 11);
		plain = text_base64(a, bytes_of(raw, n));
		url = text_base64url(a, bytes_of(raw, n));
		cr_expect_eq(strlen(plain), (n + 2) / 3 * 4);
		cr_expect_eq(strcspn(url, "+/="), strlen(url));
		cr_expect_eq(text_parse_base64(a, bytes_of_str(plain), &b), 0);
		cr_expect(bytes_equal(b, bytes_of(raw, n)));
		cr_expect_eq(text_parse_base64(a, bytes_of_str(url), &b), 0);
		cr_expect(bytes_equal(b, bytes_of(raw, n)));
	}
}

/* RFC 4648 section 10. */
Test(base64, writes_the_standards_examples)
{
	static const char *const cases[][2] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="},
		{"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="},
		{"foobar", "Zm9vYmFy"}};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_str_eq(text_base64(a, bytes_of_str(cases[i][0])), cases[i][1]);
}
