/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

#include <criterion/criterion.h>

/* All rows as one text: fields between bars, "line number:" before, "!" where it broke. */
static const char *rows(struct arena *a, struct bytes in)
{
	AUTO(buf) struct buf out = BUF_INIT(100000);
	struct text_csv c;
	const char **fields;
	size_t n;
	int err;

	if (text_csv_init(&c, in) != 0)
		return "refused";
	while ((err = text_csv_row(&c, a, &fields, &n)) == 0) {
		buf_printf(&out, "%zu:", c.line);
		for (size_t i = 0; i < n; i++)
			buf_printf(&out, "%s|", fields[i]);
	}
	if (err == ERR_BADINPUT)
		buf_printf(&out, "%zu!", c.line);
	return arena_strdup(a, buf_str(&out));
}

Test(csv, rows)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"\n\n", ""},
		{"a,b", "1:a|b|"},
		{"a,b\n", "1:a|b|"},
		{"a,b\r\nc,d\r\n", "1:a|b|2:c|d|"},
		{"a,b\rc,d\r", "1:a|b|2:c|d|"},
		{"a;b\n1,5;2\n", "1:a|b|2:1,5|2|"},
		{"\xef\xbb\xbf"
		 "a,b\n",
			"1:a|b|"},
		{"a,,\n,\n", "1:a|||2:||"},
		{"a, b ,c\n", "1:a| b |c|"},
		{"\n\na,b\n\n\nc,d\n\n", "3:a|b|6:c|d|"},
		{"\"a\",\"b;c\"\n", "1:a|b;c|"},
		{"\"a\"\"b\",\"\"\"\",\"\"\n", "1:a\"b|\"||"},
		{"\"a\nb\",c\nd,e\n", "1:a\nb|c|3:d|e|"},
		{"\"a\r\nb\r\nc\",d\r\ne,f\n", "1:a\r\nb\r\nc|d|4:e|f|"},
		{"\"a;;;;\",b\n", "1:a;;;;|b|"},
		{"ett,två\n", "1:ett|två|"},
		{"\"a", "1!"},
		{"a,b\n\"c", "1:a|b|2!"},
		{"\"a\"b,c\n", "1!"},
		{"a\"b,c\n", "1!"},
		{"x,y\na, \"b\"\n", "1:x|y|2!"},
		{"\xe5,b\n", "refused"},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = rows(a, bytes_of_str(cases[i][0]));

		cr_expect_str_eq(got, cases[i][1], "\"%s\" gave %s", cases[i][0], got);
	}
	cr_expect_str_eq(rows(a, bytes_of("a\0b", 3)), "refused");
}

Test(csv, takes_many_fields)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf in = BUF_INIT(1000000);
	struct text_csv c;
	const char **fields;
	size_t n;

	for (int i = 0; i < 5000; i++)
		buf_printf(&in, "%s%d", i ? ";" : "", i);
	cr_assert_eq(text_csv_init(&c, buf_bytes(&in)), 0);
	cr_assert_eq(text_csv_row(&c, a, &fields, &n), 0);
	cr_assert_eq(n, 5000);
	cr_assert_str_eq(fields[0], "0");
	cr_assert_str_eq(fields[17], "17");
	cr_assert_str_eq(fields[4999], "4999");
	cr_assert_eq(text_csv_row(&c, a, &fields, &n), ERR_NOTFOUND);
}
