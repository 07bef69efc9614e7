/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/packed.h"
#include "tests/unit/mdm/books.h"

#include <criterion/criterion.h>

Test(packed, files_of_an_archive)
{
	static const struct book_part parts[] = {
		{"first", "content of it"}, {"second", ""}, {NULL, NULL}};
	AUTO(buf) struct buf zip = BUF_INIT(4096);
	AUTO(buf) struct buf out = BUF_INIT(20);
	AUTO(packed) struct packed *p = NULL;

	book_zip(&zip, parts);
	cr_assert_eq(packed_open(buf_bytes(&zip), &p), 0);
	cr_expect_str_eq(packed_first(p), "first");
	cr_assert_eq(packed_read(p, "first", &out), 0);
	cr_expect_str_eq(buf_str(&out), "content of it");
	cr_expect_eq(packed_read(p, "first", &out), ERR_TOOBIG, "no room left");
	cr_expect_eq(packed_read(p, "third", &out), ERR_NOTFOUND);
	cr_expect_eq(out.n, 13);
}

Test(packed, what_is_no_archive)
{
	static const struct book_part parts[] = {{"first", "content"}, {NULL, NULL}};
	AUTO(buf) struct buf zip = BUF_INIT(4096);
	AUTO(buf) struct buf out = BUF_INIT(100);
	AUTO(packed) struct packed *p = NULL, *none = NULL;

	book_zip(&zip, parts);
	cr_expect_eq(packed_open(bytes_of(zip.p, zip.n - 8), &none), ERR_BADINPUT);
	cr_expect_eq(packed_open(bytes_of("", 0), &none), ERR_BADINPUT);
	zip.p[35] ^= 1; /* a bit of the content */
	cr_assert_eq(packed_open(buf_bytes(&zip), &p), 0);
	cr_expect_eq(packed_read(p, "first", &out), ERR_BADINPUT);
	cr_expect_eq(out.n, 0);
}
