/* SPDX-License-Identifier: EUPL-1.2 */
/* The shelf over a real mdm with one made-up iPad. */
#ifndef TEST_SHELF_MDM_H
#define TEST_SHELF_MDM_H

#include "tests/unit/mdm/desired.h"

static struct inv *inv;

/* `csv`: what is on it. */
static inline void shelf_mdm_open(const char *csv)
{
	struct inv_import_report report = {0};

	cr_assert_eq(inv_open(NULL, NULL, &inv), 0);
	house.ev = inv_mdm_events(inv);
	q_open();
	inv->st = house.st;
	inv_set_mdm(inv, house.m);
	cr_assert_eq(inv_import_csv(inv, &q.who, bytes_of_str(csv), false, false, SAY_EN, q.now,
			     house.a, &report),
		0);
}

#endif
