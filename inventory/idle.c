/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What stands unlent, and since when. Of a thing it is read where its own story begins (the newest row of its lines), of
 * a product in the figures by month; nothing walks through loans.
 */
#include "inventory/circulation_int.h"

#include "base/text.h"

bool inv_idle_counts(const struct inv_unit *u, const struct inv_product *p)
{
	return u->state == INV_IN_STOCK && !u->display && text_empty(u->kit) && p->lendable &&
	       !p->display_only && p->kind != INV_KIND_SIM && p->kind != INV_KIND_CONSUMABLE;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* When it came back from its newest loan; 0: it was never lent, or before its loans were kept. */
static int last_back(struct store_txn *txn, struct arena *a, const char *serial, int64_t *ret)
{
	struct store_key prefix = store_key("s", serial);
	AUTO(store_iter) struct store_iter it = {0};
	struct inv_loan_line line;
	struct bytes k, v;
	const char *of;
	uint64_t loan;
	uint32_t no;
	int err = store_iter_init(&it, txn, INV_LOAN_PAST, &prefix);

	*ret = 0;
	if (err == 0)
		err = store_iter_next(&it, &k, &v);
	if (err == 0)
		err = store_key_parse(k, "squ", &of, &loan, &no);
	if (err == 0)
		err = inv_line_get(txn, a, ~loan, no, &line);
	if (err == 0)
		*ret = later(line.in_at, line.inspected_at);
	return err == ERR_NOTFOUND ? 0 : err;
}

int inv_idle_unit(struct store_txn *txn, struct arena *a, const struct inv_unit *u, int64_t *ret)
{
	int64_t back = 0, came = later(u->made_at, u->received_at);
	int err = u->loans ? last_back(txn, a, u->serial, &back) : 0;

	if (err == 0)
		*ret = later(came, later(back, u->lent_at));
	return err;
}

static uint32_t month_before(uint32_t month)
{
	return month % 100 == 1 ? month - 100 + 11 : month - 1;
}

static int lent_in(struct store_txn *txn, const char *product, uint32_t month, uint64_t *ret)
{
	static const uint32_t zones[] = {PEOPLE_CARE, PEOPLE_LIBRARY};
	uint64_t n, all = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(zones) / sizeof(zones[0]); i++) {
		const struct inv_stat_row row = {.what = INV_STAT_LOANS,
			.by = INV_STAT_PRODUCT,
			.id = product,
			.zone = zones[i],
			.month = month};
		struct store_key k = inv_stat_key(&row);

		err = inv_number_get(txn, INV_STAT, &k, &n);
		if (err == 0)
			all += n;
	}
	if (err == 0)
		*ret = all;
	return err;
}

int inv_idle_product(struct store_txn *txn, const char *product, int64_t now, uint32_t *ret)
{
	uint32_t month = inv_stat_month(now);
	uint64_t n;
	int err = 0;

	*ret = 0;
	for (unsigned i = 0; err == 0 && i < INV_IDLE_MONTHS; i++) {
		err = lent_in(txn, product, month, &n);
		if (err == 0 && n) {
			*ret = month;
			return 0;
		}
		month = month_before(month);
	}
	return err;
}
