/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"

#include <criterion/criterion.h>

Test(push, lists_keep_their_order)
{
	struct apns_push p[5] = {{.stream_id = 0}};
	struct apns_list a = {.n = 0}, b = {.n = 0};

	cr_expect_null(apns_list_take(&a));
	for (int i = 0; i < 5; i++) {
		p[i].stream_id = i;
		apns_list_add(i < 3 ? &a : &b, &p[i]);
	}
	apns_list_append(&a, &b);
	cr_expect_eq(a.n, 5);
	cr_expect_eq(b.n, 0);
	cr_expect_null(b.first);
	apns_list_append(&a, &b);
	apns_list_remove(&a, &p[0]);
	apns_list_remove(&a, &p[2]);
	apns_list_remove(&a, &p[4]);
	cr_expect_eq(a.n, 2);
	cr_expect_eq(a.last, &p[3]);
	cr_expect_eq(apns_list_take(&a), &p[1]);
	cr_expect_eq(apns_list_take(&a), &p[3]);
	cr_expect_null(apns_list_take(&a));
	cr_expect_null(a.last);
	apns_list_append(&b, &a);
	apns_list_add(&a, &p[4]);
	apns_list_append(&b, &a);
	cr_expect_eq(apns_list_take(&b), &p[4]);
}

/* Under AddressSanitizer this proves that the last one takes the batch along, and only it. */
Test(push, a_batch_ends_with_its_last_push)
{
	struct apns_batch *b = apns_batch_new();

	cr_assert_eq(b->n, 0);
	b->n = b->left = 2;
	b->push[0].batch = b->push[1].batch = b;
	apns_push_drop(&b->push[1]);
	cr_expect_eq(b->left, 1);
	apns_push_drop(&b->push[0]);
	apns_batch_free(NULL);
}
