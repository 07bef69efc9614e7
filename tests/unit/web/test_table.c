/* SPDX-License-Identifier: EUPL-1.2 */
/* A list as a file for spreadsheets. */
#include "web/page_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <criterion/criterion.h>

static const struct web_column columns[] = {
	{"serial", "column.serial"}, {"count", "no.such.key"}, {"seen", "column.seen"}, {0}};

Test(table, is_a_file_that_spreadsheets_take_for_no_formula)
{
	static const char json[] =
		"{\"rows\":[{\"serial\":\"=cmd|' /C calc'!A0\",\"count\":7,\"seen\":null},"
		"{\"serial\":\"say \\\"hej\\\"; nu\",\"seen\":\"2026-12-08T08:00:00Z\"},"
		"{\"serial\":\"+46\",\"count\":true},{\"serial\":\"-1\"},{\"serial\":\"@x\"},"
		"{\"serial\":\"0017\"}]}";
	static const char want[] = "\xef\xbb\xbf\"Serienummer\";\"count\";\"Hördes senast\"\r\n"
				   "\"'=cmd|' /C calc'!A0\";\"7\";\"\"\r\n"
				   "\"say \"\"hej\"\"; nu\";\"\";\"2026-12-08 09:00\"\r\n"
				   "\"'+46\";\"true\";\"\"\r\n"
				   "\"'-1\";\"\";\"\"\r\n"
				   "\"'@x\";\"\";\"\"\r\n"
				   "\"0017\";\"\";\"\"\r\n";
	const struct web_table t = {.list = "rows", .columns = columns};
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(4096);
	struct doc *d;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	cr_assert_eq(doc_parse(a, bytes_of_str(json), &d), 0);
	web_table_csv(&out, &t, doc_list(d, "rows"), SAY_SV);
	cr_expect_str_eq(buf_str(&out), want);
}
