/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "tests/unit/web/small_store.h"

#include <criterion/criterion.h>

static int many_in(struct store_txn *txn, void *arg)
{
	struct arena *a = arg;
	struct web_network p = {.wrong_count = 2, .wrong_at = 7}, got;
	uint8_t network[WEB_NETWORK], first[WEB_NETWORK];

	for (int i = 0; i < 20; i++) {
		web_network_of("it", "192.0.2.1", network);
		network[0] = (uint8_t)i;
		if (i == 0)
			memcpy(first, network, sizeof(first));
		p.signed_in_at = 100 + i;
		cr_assert_eq(web_network_add(txn, "it", network, &p), 0);
		cr_assert_eq(web_network_add(txn, "it", network, &p), 0, "again");
	}
	/* another's are not touched, though their names begin alike */
	cr_assert_eq(web_network_add(txn, "it2", first, &p), 0);
	cr_expect_eq(web_network_get(txn, a, "it", first, &got), ERR_NOTFOUND, "the oldest went");
	cr_assert_eq(web_network_get(txn, a, "it", network, &got), 0);
	cr_expect_eq(got.signed_in_at, 119);
	cr_expect_eq(got.wrong_count, 2);
	cr_expect_eq(got.wrong_at, 7);
	cr_expect_eq(web_network_get(txn, a, "it2", first, &got), 0);
	network[0] = 4;
	cr_expect_eq(web_network_get(txn, a, "it", network, &got), 0, "sixteen are kept");
	network[0] = 3;
	cr_expect_eq(web_network_get(txn, a, "it", network, &got), ERR_NOTFOUND);
	return 0;
}

Test(network_db, the_oldest_goes_when_there_are_too_many)
{
	struct small_store s;

	small_store_open(&s);
	cr_assert_eq(store_write(s.st, many_in, s.a), 0);
	small_store_close(&s);
}
