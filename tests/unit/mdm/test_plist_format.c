/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/plist_int.h"
#include "tests/unit/mdm/oracle.h"

static struct mdm_plist *sample(struct arena *a)
{
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT), *in;
	uint8_t bytes[256];

	for (int i = 0; i < 256; i++)
		bytes[i] = (uint8_t)i;
	mdm_plist_set_str(d, "text", "a < b & \"c\" > ]]> \xc3\xa5\ttab\nline");
	mdm_plist_set_str(d, "none", NULL);
	mdm_plist_set_str(d, "<key> & more", "");
	mdm_plist_set_int(d, "int", 7231);
	mdm_plist_set_int(d, "less", -1);
	mdm_plist_set_real(d, "real", 59.332581);
	mdm_plist_set_bool(d, "yes", true);
	mdm_plist_set_bool(d, "no", false);
	mdm_plist_set_date(d, "date", 1795252320);
	mdm_plist_set_data(d, "data", bytes_of(bytes, sizeof(bytes)));
	mdm_plist_set_data(d, "empty", bytes_of(NULL, 0));
	in = mdm_plist_set_array(d, "list");
	mdm_plist_add_str(in, "one");
	mdm_plist_add_int(in, 2);
	mdm_plist_add_data(in, bytes_of("three", 5));
	mdm_plist_set_str(mdm_plist_add_dict(in), "k", "v");
	mdm_plist_add_array(mdm_plist_add_array(in));
	mdm_plist_set_dict(d, "dict");
	return d;
}

Test(plist_format, libplist_reads_the_same)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = sample(a);
	struct bytes xml;
	plist_t theirs;

	cr_assert_eq(mdm_plist_format_in(d, 65536, a, &xml), 0);
	theirs = oracle_read(xml);
	oracle_same(theirs, d);
	plist_free(theirs);
}

Test(plist_format, reads_back_and_writes_the_same)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *again = NULL;
	struct bytes xml, xml2;

	cr_assert_eq(mdm_plist_format_in(sample(a), 65536, a, &xml), 0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
	cr_assert_null(mdm_plist_get(again, "none"));
	cr_assert_eq(mdm_plist_format_in(again, 65536, a, &xml2), 0);
	cr_assert(bytes_equal(xml, xml2));
}

Test(plist_format, carriage_return_survives)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT), *again = NULL;
	struct bytes xml;

	mdm_plist_set_str(d, "k", "a\r\nb");
	cr_assert_eq(mdm_plist_format_in(d, 65536, a, &xml), 0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
	cr_assert_str_eq(mdm_plist_str(again, "k"), "a\r\nb");
}

Test(plist_format, refuses_what_xml_cannot_carry)
{
	static const char *const texts[] = {
		"a\1b", "\x1b[0m", "\xff", "\xed\xa0\x80", "\xef\xbf\xbe", "\xef\xbf\xbf"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);
		struct bytes xml = {NULL, 0};

		mdm_plist_set_str(d, "k", texts[i]);
		cr_expect_eq(mdm_plist_format_in(d, 65536, a, &xml), ERR_BADINPUT, "%zu", i);
		cr_expect_null(xml.p);
	}
}

Test(plist_format, refuses_numbers_without_a_form)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);
	struct mdm_plist *e = mdm_plist_new(a, MDM_PLIST_DICT);
	struct bytes xml;

	mdm_plist_set_date(d, "k", INT64_MAX);
	cr_assert_eq(mdm_plist_format_in(d, 65536, a, &xml), ERR_BADINPUT);
	mdm_plist_set_real(e, "k", 1e308 * 10);
	cr_assert_eq(mdm_plist_format_in(e, 65536, a, &xml), ERR_BADINPUT);
}

Test(plist_format, limits)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_ARRAY), *in = d;
	struct bytes xml;

	cr_assert_eq(mdm_plist_format_in(sample(a), 300, a, &xml), ERR_TOOBIG);
	for (int i = 0; i < 31; i++)
		in = mdm_plist_add_array(in);
	cr_assert_eq(mdm_plist_format_in(d, 65536, a, &xml), 0);
	mdm_plist_add_array(in);
	cr_assert_eq(mdm_plist_format_in(d, 65536, a, &xml), ERR_BADINPUT);
}
