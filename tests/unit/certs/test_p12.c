/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/certs/fixture.h"
#include "tests/unit/certs/p12.h"

#include "base/text.h"

static struct fixture f;

static void begin(void)
{
	fixture_house(&f);
}

static void end(void)
{
	fixture_end(&f);
}

TestSuite(p12, .init = begin, .fini = end);

#define HOW(...) (&(const struct p12_how){.password = "hemligt", .days = 30, __VA_ARGS__})

Test(p12, a_key_with_its_certificate_is_opened)
{
	struct bytes file = p12_make(f.a, HOW(), NULL);
	int64_t ends = 0;

	cr_assert_eq(cert_p12_open(f.c, file, "hemligt", &ends), 0);
	cr_expect_gt(ends, (int64_t)time(NULL) + 29 * 86400);
	cr_expect_lt(ends, (int64_t)time(NULL) + 31 * 86400);
	cr_expect_eq(cert_p12_open(f.c, file, "annat", &ends), ERR_DENIED);
}

Test(p12, what_is_wrong_is_told_apart)
{
	struct bytes file = p12_make(f.a, HOW(), NULL), longer, alone;
	int64_t ends = 77;

	alone = p12_make(f.a, HOW(.no_key = true), NULL);
	cr_expect_eq(cert_p12_open(f.c, alone, "hemligt", &ends), ERR_NOTFOUND);
	cr_expect_eq(cert_p12_open(f.c, bytes_of(file.p, file.n - 1), "hemligt", &ends), ERR_BADINPUT);
	longer = bytes_of(arena_printf(f.a, "%s", "no file"), 7);
	cr_expect_eq(cert_p12_open(f.c, longer, "hemligt", &ends), ERR_BADINPUT);
	cr_expect_eq(cert_p12_open(f.c, bytes_of_str(""), "hemligt", &ends), ERR_BADINPUT);
	cr_expect_eq(cert_p12_open(f.c, p12_make(f.a, HOW(.rounds = 1000001), NULL), "hemligt", &ends),
		ERR_BADINPUT, "it only wants our time");
	cr_expect_eq(cert_p12_open(f.c, p12_make(f.a, HOW(.lock_rounds = 1000001), NULL), "hemligt", &ends),
		ERR_BADINPUT, "so does this, behind a quick check sum");
	cr_expect_eq(cert_p12_open(f.c, p12_make(f.a, HOW(.lock_rounds = 1000001, .lock = NID_pbe_WithSHA1And3_Key_TripleDES_CBC), NULL),
			     "hemligt", &ends),
		ERR_BADINPUT, "and an old lock");
	cr_expect_eq(ends, 77, "untouched on failure");
}

/* As Windows wrote them for twenty years. */
Test(p12, an_old_lock_is_opened_where_openssl_has_it)
{
	struct bytes file = p12_make(f.a, HOW(.lock = NID_pbe_WithSHA1And3_Key_TripleDES_CBC), NULL);
	int64_t ends = 0;

	cr_expect_eq(cert_p12_open(f.c, file, "hemligt", &ends), 0);
}

Test(p12, certificates_to_trust)
{
	struct cert_anchor *anchors;
	const char *one, *two;
	size_t n = 0;

	(void)p12_make(f.a, HOW(), &one);
	(void)p12_make(f.a, HOW(), &two);
	cr_assert_eq(cert_anchors_parse(bytes_of_str(arena_printf(f.a, "%s%s", one, two)), f.a, &anchors, &n), 0);
	cr_assert_eq(n, 2);
	cr_expect(anchors[0].self);
	cr_expect_not(bytes_equal(anchors[0].der, anchors[1].der));
	cr_assert_eq(cert_anchors_parse(anchors[1].der, f.a, &anchors, &n), 0, "the same in DER");
	cr_expect_eq(n, 1);
	cr_expect_eq(cert_anchors_parse(bytes_of_str("-----BEGIN"), f.a, &anchors, &n), ERR_BADINPUT);
	cr_expect_eq(cert_anchors_parse(bytes_of_str("0"), f.a, &anchors, &n), ERR_BADINPUT);
	two = one;
	for (int i = 0; i < CERT_ANCHORS_MAX; i++)
		two = arena_printf(f.a, "%s%s", two, one);
	cr_expect_eq(cert_anchors_parse(bytes_of_str(two), f.a, &anchors, &n), ERR_TOOBIG);
}
