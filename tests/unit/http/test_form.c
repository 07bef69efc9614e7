/* SPDX-License-Identifier: EUPL-1.2 */
/* What browsers send. */
#include "base/text.h"
#include "http/http_int.h"

#include <criterion/criterion.h>

static struct doc *form(struct arena *a, const char *body)
{
	struct doc *d;

	cr_assert_eq(http_form_parse(a, bytes_of_str(body), &d), 0, "%s", body);
	return d;
}

Test(form, fields_are_read)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d = form(a, "name=Bj%C3%B6rn+A&empty=&bare&role=it&role=admin&role=reader"
				"&lines=a%0D%0Ab%0Dc&plus=%2B");
	struct doc *roles = doc_list(d, "role");

	cr_expect_str_eq(doc_str(d, "name"), "Björn A");
	cr_expect_str_eq(doc_str(d, "empty"), "");
	cr_expect_str_eq(doc_str(d, "bare"), "");
	cr_expect_str_eq(doc_str(d, "lines"), "a\nb\nc");
	cr_expect_str_eq(doc_str(d, "plus"), "+");
	cr_assert_eq(doc_list_size(roles), 3);
	cr_expect_str_eq(doc_list_str(roles, 0), "it");
	cr_expect_str_eq(doc_list_str(roles, 2), "reader");
	cr_expect_null(doc_key(form(a, ""), 0));
}

Test(form, what_is_none_is_refused)
{
	static const char *const bad[] = {
		"a=%", "a=%zz", "a=%00", "a=%ff", "=b", "%c3=1", "a=\xff"};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf many = BUF_INIT(1 << 20);
	struct doc *d;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_eq(
			http_form_parse(a, bytes_of_str(bad[i]), &d), ERR_BADINPUT, "%s", bad[i]);
	for (int i = 0; i < HTTP_FORM_FIELDS; i++)
		buf_printf(&many, "f%d=1&", i);
	cr_expect_eq(http_form_parse(a, buf_bytes(&many), &d), 0);
	buf_add_str(&many, "one=more");
	cr_expect_eq(http_form_parse(a, buf_bytes(&many), &d), ERR_TOOBIG);
}

Test(form, cookies)
{
	static const struct {
		const char *header, *value;
	} rows[] = {
		{"hylla=abc", "abc"},
		{"a=1; hylla=abc; b=2", "abc"},
		{"xhylla=no; hylla=abc", "abc"},
		{"hylla2=no;hylla=abc", "abc"},
		{"hylla=abc; hylla=other", "abc"},
		{"hylla=", ""},
		{"hylla", NULL},
		{"", NULL},
		{";;; ;", NULL},
		{"__Host-hylla=abc", NULL},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *value = NULL;
		int err = http_cookie_find(a, rows[i].header, "hylla", &value);

		cr_expect_eq(err, rows[i].value ? 0 : ERR_NOTFOUND, "%s", rows[i].header);
		cr_expect(text_equal(value, rows[i].value), "%s", rows[i].header);
	}
}

Test(form, only_addresses_of_our_own_are_gone_on_to)
{
	static const char *const good[] = {"/", "/devices/A1?done=lost", "/a//b", "/%C3%A5"};
	static const char *const bad[] = {NULL, "", "devices", "//evil.example", "/\\evil.example",
		"https://evil.example/", "/a b", "/a\r\nSet-Cookie: x=y", "/\tevil", "/\"", "/å",
		"javascript:alert(1)", "/a\\b"};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		cr_expect(http_is_local(good[i]), "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_expect_not(http_is_local(bad[i]), "%s", bad[i] ? bad[i] : "NULL");
}
