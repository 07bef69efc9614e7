/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/plist_int.h"

#include <criterion/criterion.h>

static const struct mdm_plist *sample(struct arena *a)
{
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set_str(d, "str", "hello");
	mdm_plist_set_int(d, "int", 5);
	mdm_plist_set_real(d, "real", 0.5);
	mdm_plist_set_bool(d, "bool", true);
	mdm_plist_set_date(d, "date", 1000);
	mdm_plist_set_data(d, "data", bytes_of("abc", 3));
	mdm_plist_add_str(mdm_plist_set_array(d, "array"), "x");
	mdm_plist_set_int(mdm_plist_set_dict(d, "dict"), "deep", 1);
	return d;
}

Test(plist, absent_or_of_another_kind_is_not_found)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_plist *d = sample(a);
	static const char *const keys[] = {
		"str", "int", "real", "bool", "date", "data", "array", "dict", "absent"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *k = keys[i];
		int64_t n = 77;
		double r = 77;
		bool b;

		cr_expect_eq(mdm_plist_str(d, k) != NULL, i == 0, "%s", k);
		cr_expect_eq(mdm_plist_int(d, k, &n), i == 1 ? 0 : ERR_NOTFOUND, "%s", k);
		cr_expect_eq(
			mdm_plist_real(d, k, &r), i == 1 || i == 2 ? 0 : ERR_NOTFOUND, "%s", k);
		cr_expect_eq(mdm_plist_bool(d, k, &b), i == 3 ? 0 : ERR_NOTFOUND, "%s", k);
		cr_expect_eq(n, i == 1 ? 5 : 77);
		cr_expect_eq(mdm_plist_date(d, k, &n), i == 4 ? 0 : ERR_NOTFOUND, "%s", k);
		cr_expect_eq(mdm_plist_data(d, k).n, i == 5 ? 3 : 0, "%s", k);
		cr_expect_eq(mdm_plist_array(d, k) != NULL, i == 6, "%s", k);
		cr_expect_eq(mdm_plist_dict(d, k) != NULL, i == 7, "%s", k);
	}
}

Test(plist, nothing_is_found_in_what_is_no_dictionary)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_plist *d = sample(a);

	cr_assert_null(mdm_plist_get(NULL, "str"));
	cr_assert_null(mdm_plist_get(mdm_plist_array(d, "array"), "str"));
	cr_assert_null(mdm_plist_get(mdm_plist_get(d, "int"), "str"));
	cr_assert_null(mdm_plist_first(mdm_plist_get(d, "str")));
	cr_assert_null(mdm_plist_first(NULL));
	cr_assert_null(mdm_plist_text(NULL));
	cr_assert_str_eq(mdm_plist_text(mdm_plist_first(mdm_plist_array(d, "array"))), "x");
}

struct message {
	const char *str;
	int64_t n, date;
	double real;
	bool b;
	struct bytes data;
	const struct mdm_plist *array, *dict;
};

static const struct mdm_plist_field all_fields[] = {
	MDM_PLIST_FIELD("str", STRING, true, 5, struct message, str),
	MDM_PLIST_FIELD("int", INTEGER, true, 0, struct message, n),
	MDM_PLIST_FIELD("date", DATE, true, 0, struct message, date),
	MDM_PLIST_FIELD("real", REAL, true, 0, struct message, real),
	MDM_PLIST_FIELD("bool", BOOL, true, 0, struct message, b),
	MDM_PLIST_FIELD("data", DATA, true, 3, struct message, data),
	MDM_PLIST_FIELD("array", ARRAY, true, 1, struct message, array),
	MDM_PLIST_FIELD("dict", DICT, false, 0, struct message, dict),
	MDM_PLIST_FIELD("absent", STRING, false, 1, struct message, str),
	MDM_PLIST_FIELDS_END,
};

Test(plist, fill_takes_what_the_table_names)
{
	AUTO(arena) struct arena *a = arena_new();
	struct message m = {NULL};
	const char *bad = NULL;

	cr_assert_eq(mdm_plist_fill(sample(a), all_fields, &m, &bad), 0);
	cr_assert_null(bad);
	cr_assert_str_eq(m.str, "hello");
	cr_assert_eq(m.n, 5);
	cr_assert_eq(m.date, 1000);
	cr_assert_eq(m.real, 0.5);
	cr_assert(m.b);
	cr_assert(bytes_equal(m.data, bytes_of("abc", 3)));
	cr_assert_eq(m.array->v.in.n, 1);
	cr_assert(m.dict);
}

Test(plist, fill_names_the_bad_key)
{
	static const struct mdm_plist_field bad_fields[] = {
		MDM_PLIST_FIELD("str", STRING, true, 4, struct message, str),    /* too long */
		MDM_PLIST_FIELD("data", DATA, false, 2, struct message, data),   /* too long */
		MDM_PLIST_FIELD("int", STRING, false, 0, struct message, str),   /* wrong kind */
		MDM_PLIST_FIELD("absent", STRING, true, 0, struct message, str), /* missing */
		MDM_PLIST_FIELD("empty", STRING, true, 0, struct message, str),  /* empty */
	};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set_str(d, "str", "hello");
	mdm_plist_set_data(d, "data", bytes_of("abc", 3));
	mdm_plist_set_int(d, "int", 1);
	mdm_plist_set_str(d, "empty", "");
	for (size_t i = 0; i < sizeof(bad_fields) / sizeof(bad_fields[0]); i++) {
		struct mdm_plist_field one[] = {bad_fields[i], MDM_PLIST_FIELDS_END};
		struct message m = {NULL};
		const char *bad = NULL;

		cr_expect_eq(mdm_plist_fill(d, one, &m, &bad), ERR_BADINPUT);
		cr_expect_eq(bad, bad_fields[i].key);
	}
}
