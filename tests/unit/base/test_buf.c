/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buf.h"

#include <criterion/criterion.h>

Test(buf, keeps_its_limit)
{
	AUTO(buf) struct buf b = BUF_INIT(5);

	buf_add_str(&b, "hello");
	cr_assert(buf_ok(&b));
	buf_add_char(&b, '!');
	cr_assert(!buf_ok(&b));
	cr_assert_str_eq(buf_str(&b), "hello");
	buf_add_str(&b, "");
	cr_assert(!buf_ok(&b), "an overflow is remembered");
}

Test(buf, drops_what_follows_an_overflow)
{
	AUTO(buf) struct buf b = BUF_INIT(5);

	buf_add_str(&b, "abc");
	buf_add_str(&b, "defg");
	buf_add_str(&b, "h");
	cr_assert(!buf_ok(&b));
	cr_assert_str_eq(buf_str(&b), "abc");
	buf_reset(&b);
	cr_assert(buf_ok(&b));
	cr_assert_str_eq(buf_str(&b), "");
	buf_add_str(&b, "hello");
	cr_assert_str_eq(buf_str(&b), "hello");
}

Test(buf, is_empty_text_at_first)
{
	struct buf b = BUF_INIT(10);

	cr_assert_str_eq(buf_str(&b), "");
	cr_assert_eq(buf_bytes(&b).n, 0);
	buf_reset(&b);
	buf_release(&b);
	buf_wipe(&b);
	cr_assert_str_eq(buf_str(&b), "");
}

Test(buf, with_limit_nought_takes_nothing)
{
	AUTO(buf) struct buf b = BUF_INIT(0);

	buf_add(&b, NULL, 0);
	cr_assert(buf_ok(&b));
	buf_add_char(&b, 'x');
	cr_assert(!buf_ok(&b));
}

Test(buf, grows_and_keeps_content)
{
	AUTO(buf) struct buf b = BUF_INIT(SIZE_MAX);

	for (unsigned i = 0; i < 100000; i++)
		buf_add_char(&b, (char)('a' + i % 26));
	cr_assert_eq(b.n, 100000);
	cr_assert_eq(b.p[100000], 0);
	for (unsigned i = 0; i < 100000; i++)
		cr_assert_eq(b.p[i], 'a' + i % 26);
}

Test(buf, refuses_impossible_sizes)
{
	static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2, SIZE_MAX / 4};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		AUTO(buf) struct buf b = BUF_INIT(SIZE_MAX);

		buf_add_str(&b, "x");
		cr_expect_null(buf_extend(&b, sizes[i]));
		cr_expect(!buf_ok(&b));
		cr_expect_str_eq(buf_str(&b), "x");
		buf_reset(&b);
		buf_add_hex(&b, bytes_of("x", sizes[i]));
		cr_expect(!buf_ok(&b));
		buf_reset(&b);
		buf_add_base64(&b, bytes_of("x", sizes[i]));
		cr_expect(!buf_ok(&b));
	}
}

Test(buf, extend_gives_room_up_to_the_limit)
{
	AUTO(buf) struct buf b = BUF_INIT(300);
	uint8_t *p = buf_extend(&b, 300);

	cr_assert_not_null(p);
	memset(p, 'x', 300);
	cr_assert_eq(strlen(buf_str(&b)), 300);
	cr_assert_null(buf_extend(&b, 1));
	cr_assert(!buf_ok(&b));
}

Test(buf, cut_shortens_only)
{
	AUTO(buf) struct buf b = BUF_INIT(10);

	buf_cut(&b, 0);
	buf_add_str(&b, "abcdef");
	buf_cut(&b, 9);
	cr_assert_str_eq(buf_str(&b), "abcdef");
	buf_cut(&b, 2);
	cr_assert_str_eq(buf_str(&b), "ab");
	buf_add_str(&b, "z");
	cr_assert_str_eq(buf_str(&b), "abz");
}

Test(buf, printf_fits_exactly_or_not_at_all)
{
	for (size_t limit = 0; limit < 600; limit++) {
		AUTO(buf) struct buf b = BUF_INIT(limit);

		buf_printf(&b, "%300d", 7);
		if (limit >= 300) {
			cr_assert(buf_ok(&b), "limit %zu", limit);
			cr_assert_eq(b.n, 300);
			cr_assert_eq(b.p[299], '7');
		} else {
			cr_assert(!buf_ok(&b), "limit %zu", limit);
			cr_assert_eq(b.n, 0);
			cr_assert_str_eq(buf_str(&b), "");
		}
	}
}

Test(buf, printf_adds)
{
	AUTO(buf) struct buf b = BUF_INIT(1000);

	buf_printf(&b, "%s-%d", "a", 1);
	buf_printf(&b, "%s", "");
	buf_printf(&b, "+%s", "b");
	cr_assert_str_eq(buf_str(&b), "a-1+b");
}

Test(buf, hex)
{
	AUTO(buf) struct buf b = BUF_INIT(8);

	buf_add_hex(&b, bytes_of("\x00\xff\x1a", 3));
	cr_assert_str_eq(buf_str(&b), "00ff1a");
	buf_add_hex(&b, bytes_of("ab", 2));
	cr_assert(!buf_ok(&b));
	cr_assert_str_eq(buf_str(&b), "00ff1a");
}

Test(buf, base64_is_added_whole)
{
	AUTO(buf) struct buf b = BUF_INIT(8);

	buf_add_base64(&b, bytes_of_str("hej!"));
	cr_assert_str_eq(buf_str(&b), "aGVqIQ==");
	buf_add_base64(&b, bytes_of_str("h"));
	cr_assert(!buf_ok(&b));
}

Test(buf, secret_keeps_content_while_it_moves)
{
	AUTO(buf) struct buf b = BUF_INIT_SECRET(100000);

	for (int i = 0; i < 5000; i++)
		buf_add_bytes(&b, bytes_of("12345", 5));
	cr_assert(buf_ok(&b));
	cr_assert_eq(b.n, 25000);
	cr_assert_eq(memcmp(b.p + 24990, "1234512345", 10), 0);
	buf_wipe(&b);
	cr_assert_null(b.p);
}
