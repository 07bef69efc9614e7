/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/random.h"

#include <criterion/criterion.h>

Test(random, fills_all_bytes)
{
	uint8_t seen[64] = {0}, r[64];

	/* A byte that stays 0 in 20 fillings was not filled: chance 2^-160. */
	for (int round = 0; round < 20; round++) {
		random_bytes(r, sizeof(r));
		for (size_t i = 0; i < sizeof(r); i++)
			seen[i] |= r[i];
	}
	for (size_t i = 0; i < sizeof(seen); i++)
		cr_expect_neq(seen[i], 0);
	random_bytes(NULL, 0);
}

Test(random, uuid_has_its_form)
{
	char one[UUID_TEXT], two[UUID_TEXT];

	random_uuid(two);
	for (int round = 0; round < 50; round++) {
		cr_assert_eq(random_uuid(one), one);
		cr_assert_eq(strlen(one), 36);
		cr_assert_str_neq(one, two);
		for (int i = 0; i < 36; i++) {
			bool dash = i == 8 || i == 13 || i == 18 || i == 23;

			cr_assert(
				dash ? one[i] == '-' : strchr("0123456789ABCDEF", one[i]) != NULL);
		}
		cr_assert_eq(one[14], '4');
		cr_assert_not_null(strchr("89AB", one[19]));
		memcpy(two, one, sizeof(two));
	}
}

Test(random, tokens_fit_in_a_path)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	AUTO(arena) struct arena *a = arena_new();
	const char *before = "";

	for (size_t n = 12; n < 40; n++) {
		const char *token = random_token(a, n);

		cr_assert_eq(strlen(token), (n * 4 + 2) / 3);
		cr_assert_eq(strspn(token, letters), strlen(token));
		cr_assert_str_neq(token, before);
		before = token;
	}
}
