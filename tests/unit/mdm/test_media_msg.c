/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/media_int.h"
#include "tests/unit/mdm/books.h"
#include "tests/unit/mdm/house.h"

static struct refusal r;
static struct mdm_media_content c;

static int judge(struct arena *a, struct bytes in)
{
	xml_init();
	r = (struct refusal){0};
	c = (struct mdm_media_content){0};
	return mdm_media_judge(in, a, &c, &r);
}

Test(media_msg, a_book_by_its_content)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(65536);

	cr_assert_eq(judge(a, bytes_of_str(BOOK_PDF)), 0);
	cr_expect_eq(c.kind, MDM_MEDIA_PDF);
	book_epub(&b);
	cr_assert_eq(judge(a, buf_bytes(&b)), 0, "%s", r.say ? r.say->code : "?");
	cr_expect_eq(c.kind, MDM_MEDIA_EPUB);
	cr_expect_str_eq(c.title, "Handbok för iPad");
	cr_expect_str_eq(c.author, "Anna");
}

Test(media_msg, what_is_no_book)
{
	static const struct {
		const char *what;
		struct book_part parts[4];
	} zips[] = {
		{"no mimetype first", {{"META-INF/container.xml", BOOK_CONTAINER},
					      {"mimetype", "application/epub+zip"}}},
		{"another type", {{"mimetype", "application/zip+epub"}}},
		{"no container", {{"mimetype", "application/epub+zip"}, {"x", "y"}}},
		{"no package", {{"mimetype", "application/epub+zip"},
				       {"META-INF/container.xml", BOOK_CONTAINER}}},
		{"a container that is none",
			{{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", "<a>"}}},
	};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf whole = BUF_INIT(65536);

	for (size_t i = 0; i < sizeof(zips) / sizeof(zips[0]); i++) {
		AUTO(buf) struct buf b = BUF_INIT(65536);

		book_zip(&b, zips[i].parts);
		cr_expect_eq(judge(a, buf_bytes(&b)), ERR_REFUSED, "%s", zips[i].what);
		cr_expect_str_eq(r.say->code, "media.epub", "%s", zips[i].what);
	}
	book_epub(&whole);
	for (size_t n = 5; n < whole.n; n += 7)
		cr_expect_eq(judge(a, bytes_of(whole.p, n)), ERR_REFUSED, "cut at %zu", n);
	cr_expect_eq(judge(a, bytes_of(BOOK_PDF, 40)), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "media.pdf");
	cr_expect_eq(judge(a, bytes_of_str("MZ this is no book")), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "media.kind");
	cr_expect_eq(judge(a, bytes_of("", 0)), ERR_REFUSED);
}
