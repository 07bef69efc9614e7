/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
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

/* A text with a carriage return, written and read again. */
Test(plist_format, carriage_returns_survive)
{
	static const char *const texts[] = {
		"a\r\nb", "\r", "\r\r\r", "\rfirst", "last\r", "&\r<\r>\n\r"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT), *again = NULL;
		struct bytes xml;

		mdm_plist_set_str(d, texts[i], texts[i]);
		mdm_plist_set_str(d, "after", "x");
		cr_assert_eq(mdm_plist_format_in(d, 65536, a, &xml), 0);
		cr_assert_null(memchr(xml.p, '\r', xml.n));
		cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
		cr_expect_str_eq(mdm_plist_str(again, texts[i]), texts[i], "%zu", i);
		cr_expect_str_eq(mdm_plist_str(again, "after"), "x");
	}
}

/* What libplist 2.2 has no constructor for, and what stands at the ends of its ranges. */
Test(plist_format, numbers_are_exact)
{
	static const int64_t ints[] = {0, -1, -5, INT32_MIN, INT64_C(-4294967297), INT64_MIN + 1,
		INT32_MAX, INT64_C(4294967296), INT64_MAX};
	static const int64_t dates[] = {0, -1, 951782400, 978307200, 978307200 - 1,
		978307200 + INT64_C(2147483647), 978307200 - INT64_C(2147483648)};
	static const double reals[] = {0, 0.1, -0.1, 1.0 / 3, 59.332581, 1e-300, 5e-324, -1e18,
		9007199254740993.0, 0x1.fffffffffffffp62};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *list = mdm_plist_new(a, MDM_PLIST_ARRAY), *again = NULL;
	const struct mdm_plist *p;
	struct bytes xml;

	for (size_t i = 0; i < sizeof(ints) / sizeof(ints[0]); i++)
		mdm_plist_add_int(list, ints[i]);
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		mdm_plist_set_date(list, NULL, dates[i]);
	for (size_t i = 0; i < sizeof(reals) / sizeof(reals[0]); i++)
		mdm_plist_set_real(list, NULL, reals[i]);
	cr_assert_eq(mdm_plist_format_in(list, 65536, a, &xml), 0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
	p = mdm_plist_first(again);
	for (const struct mdm_plist *q = mdm_plist_first(list); q; q = q->next, p = p->next) {
		cr_assert(p);
		cr_assert_eq(p->kind, q->kind);
		if (q->kind == MDM_PLIST_REAL)
			cr_expect(p->v.real == q->v.real, "%a", q->v.real);
		else
			cr_expect_eq(p->v.i, q->v.i, "%lld", (long long)q->v.i);
	}
	cr_assert_null(p);
}

/* libplist breaks data into lines, by how deep it stands. The reader counts plist and data too. */
Test(plist_format, data_of_any_length_at_any_depth)
{
	uint8_t bytes[256];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 37);
	for (size_t depth = 0; depth < 30; depth++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_plist *root = mdm_plist_new(a, MDM_PLIST_ARRAY), *in = root;
		struct mdm_plist *again = NULL;
		const struct mdm_plist *p;
		struct bytes xml;

		for (size_t i = 0; i < depth; i++)
			in = mdm_plist_add_array(in);
		for (size_t n = 0; n < sizeof(bytes); n++)
			mdm_plist_add_data(in, bytes_of(bytes, n));
		cr_assert_eq(mdm_plist_format_in(root, 1 << 20, a, &xml), 0);
		cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
		p = again;
		for (size_t i = 0; i < depth; i++)
			p = mdm_plist_first(p);
		p = mdm_plist_first(p);
		for (size_t n = 0; n < sizeof(bytes); n++, p = p->next)
			cr_assert(bytes_equal(p->v.data, bytes_of(bytes, n)), "%zu %zu", depth, n);
		cr_assert_null(p);
	}
}

/* Past five hundred members libplist keeps a hash table beside the list. */
Test(plist_format, the_order_of_keys_is_kept)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT), *again = NULL;
	const struct mdm_plist *p;
	struct bytes xml;

	for (int64_t i = 0; i < 1500; i++)
		mdm_plist_set_int(d, arena_printf(a, "k%d", (int)(i * 7919 % 1500)), i);
	cr_assert_eq(mdm_plist_format_in(d, 1 << 20, a, &xml), 0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
	p = mdm_plist_first(again);
	for (int64_t i = 0; i < 1500; i++, p = p->next)
		cr_assert_eq(p->v.i, i);
}

/* In libplist's parser this one is something else than a dictionary. */
Test(plist_format, a_dictionary_stays_one)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT), *again = NULL;
	struct bytes xml;
	int64_t n;

	mdm_plist_set_int(d, "CF$UID", 3);
	cr_assert_eq(mdm_plist_format_in(d, 65536, a, &xml), 0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
	cr_assert_eq(mdm_plist_int(again, "CF$UID", &n), 0);
	cr_assert_eq(n, 3);
}

Test(plist_format, a_root_of_any_kind)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_plist *list;
	struct bytes xml;

	list = mdm_plist_array(sample(a), "list");
	for (const struct mdm_plist *p = mdm_plist_first(list); p; p = p->next) {
		struct mdm_plist *again = NULL;

		cr_assert_eq(mdm_plist_format_in(p, 65536, a, &xml), 0);
		cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
		cr_assert_eq(again->kind, p->kind);
	}
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

static int format_of(void (*fill)(struct mdm_plist *d))
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(65536);
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);
	int err;

	fill(d);
	err = mdm_plist_format(d, &out);
	cr_assert_eq(out.n, 0, "a refusal writes nothing");
	return err;
}

static void infinite(struct mdm_plist *d)
{
	mdm_plist_set_real(d, "k", 1e308 * 10);
}

static void not_a_number(struct mdm_plist *d)
{
	mdm_plist_set_real(d, "k", 0 * (1e308 * 10));
}

static void great(struct mdm_plist *d)
{
	mdm_plist_set_real(d, "k", -0x1p63);
}

static void least(struct mdm_plist *d)
{
	mdm_plist_set_int(d, "k", INT64_MIN);
}

static void late(struct mdm_plist *d)
{
	mdm_plist_set_date(d, "k", 978307200 + INT64_C(2147483648));
}

static void early(struct mdm_plist *d)
{
	mdm_plist_set_date(d, "k", 978307200 - INT64_C(2147483649));
}

static void never(struct mdm_plist *d)
{
	mdm_plist_set_date(d, "k", INT64_MAX);
}

static void doubled(struct mdm_plist *d)
{
	struct mdm_plist *in = mdm_plist_set_dict(d, "in");

	mdm_plist_set_str(in, "k", "one");
	mdm_plist_set_str(in, "k", "two");
}

static void key_of_controls(struct mdm_plist *d)
{
	mdm_plist_set_bool(d, "k\1", true);
}

Test(plist_format, refuses_what_libplist_cannot_write)
{
	static const struct {
		void (*fill)(struct mdm_plist *d);
		int err;
	} cases[] = {{infinite, ERR_BADINPUT}, {not_a_number, ERR_BADINPUT},
		{great, ERR_UNSUPPORTED}, {least, ERR_UNSUPPORTED}, {late, ERR_UNSUPPORTED},
		{early, ERR_UNSUPPORTED}, {never, ERR_UNSUPPORTED}, {doubled, ERR_BADINPUT},
		{key_of_controls, ERR_BADINPUT}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(format_of(cases[i].fill), cases[i].err, "%zu", i);
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

Test(plist_format, as_many_escapes_as_are_read)
{
	size_t most = mdm_plist_limits.entities;
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT), *again = NULL;
	char *text = arena_alloc(a, most + 1);
	struct bytes xml;

	memset(text, '&', most);
	mdm_plist_set_str(d, "k", text);
	cr_assert_eq(mdm_plist_format_in(d, 1 << 20, a, &xml), 0);
	cr_assert_eq(mdm_plist_parse(xml, NULL, a, &again), 0);
	cr_assert_str_eq(mdm_plist_str(again, "k"), text);
	mdm_plist_set_str(d, "one more", ">");
	cr_assert_eq(mdm_plist_format_in(d, 1 << 20, a, &xml), ERR_TOOBIG);
}
