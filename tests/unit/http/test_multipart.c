/* SPDX-License-Identifier: EUPL-1.2 */
/* Forms with files, as browsers send them. */
#include "base/text.h"
#include "http/http_int.h"

#include <criterion/criterion.h>

#define TYPE "multipart/form-data; boundary=----Web1"
#define PART(head) "------Web1\r\nContent-Disposition: form-data; " head "\r\n\r\n"
#define END "\r\n------Web1--\r\n"

static int parse(struct arena *a, const char *body, struct http_form *ret)
{
	return http_multipart_parse(a, TYPE, bytes_of_str(body), ret);
}

Test(multipart, texts_and_files_are_told_apart)
{
	AUTO(arena) struct arena *a = arena_new();
	struct http_form f;

	cr_assert_eq(parse(a,
			     PART("name=\"title\"") "H\xc3\xb6st\r\n"
			     PART("name=\"who\"") "a\r\nb\r\n"
			     PART("name=\"who\"") "\r\n"
			     "------Web1\r\nContent-Disposition: form-data; name=\"file\"; "
			     "filename=\"a;b.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--"
			     "-\r\n"
			     PART("name=\"none\"; filename=\"\"") END,
			     &f),
		0);
	cr_expect_str_eq(doc_str(f.fields, "title"), "H\xc3\xb6st");
	cr_expect_str_eq(doc_list_str(doc_list(f.fields, "who"), 0), "a\nb");
	cr_expect_eq(doc_list_size(doc_list(f.fields, "who")), 2);
	cr_assert_eq(f.file_n, 1, "a field without a file is none");
	cr_expect_str_eq(f.files[0].field, "file");
	cr_expect_str_eq(f.files[0].name, "a;b.pdf");
	cr_expect_str_eq(f.files[0].type, "application/pdf");
	cr_expect(bytes_equal(f.files[0].content, bytes_of_str("%PDF\r\n---")));
}

Test(multipart, what_no_browser_sends_is_refused)
{
	static const char *const bad[] = {"", "------Web1--", "------Web1\r\n", "x\r\n" PART("name=a") END,
		PART("name=\"a\"") "no end", PART("name=\"\"") "x" END, PART("filename=\"a\"") "x" END,
		PART("name=\"a\"") "x\r\n------Web1", PART("name=\"a\"") "x" END "more",
		PART("name=\"a\"") "\xff" END, "------Web1\r\nContent-Type: text/plain\r\n\r\nx" END};
	AUTO(arena) struct arena *a = arena_new();
	struct http_form f;

	for (size_t i = 1; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(parse(a, bad[i], &f), i == 1 ? 0 : ERR_BADINPUT, "%zu", i);
	cr_expect_eq(parse(a, bad[0], &f), ERR_BADINPUT);
	cr_expect_eq(http_multipart_parse(a, "multipart/form-data; boundary=", bytes_of_str("--"), &f),
		ERR_BADINPUT);
	cr_expect_not(http_is_multipart("application/x-www-form-urlencoded"));
}

Test(multipart, there_is_an_end_to_it)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	struct http_form f;

	for (int i = 0; i <= HTTP_UPLOADS; i++)
		buf_add_str(&b, i ? "\r\n" PART("name=\"f\"; filename=\"x\"") "y"
				  : PART("name=\"f\"; filename=\"x\"") "y");
	buf_add_str(&b, END);
	cr_expect_eq(parse(a, buf_str(&b), &f), ERR_TOOBIG);
	buf_reset(&b);
	for (int i = 0; i <= HTTP_FORM_FIELDS + HTTP_UPLOADS; i++)
		buf_add_str(&b, i ? "\r\n" PART("name=\"f\"; filename=\"\"")
				  : PART("name=\"f\"; filename=\"\""));
	buf_add_str(&b, END);
	cr_expect_eq(parse(a, buf_str(&b), &f), ERR_TOOBIG, "nor are empty ones without end");
}
