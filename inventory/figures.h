/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of circulation.h: figures, kept by month in the transactions of the acts, without persons. */
#ifndef INV_FIGURES_H
#define INV_FIGURES_H

#include "inventory/circulation.h"

enum inv_stat {
	INV_STAT_LOANS = 1, /* things lent */
	INV_STAT_RETURNS,
	INV_STAT_LATE, /* of the returns: after their day */
	INV_STAT_DAYS, /* of the returns: how long they were out, added up */
	INV_STAT_LOST, /* and not come back */
	INV_STAT_WAITS, /* holds served */
	INV_STAT_WAIT_DAYS,
	INV_STAT_EARLY, /* of the returns: long before their day (inv_reason_is_early) */
	INV_STATS
};
enum inv_stat_by { INV_STAT_ALL = 1, INV_STAT_PRODUCT, INV_STAT_PLACE, INV_STAT_KIND, INV_STAT_REASON };
struct inv_stat_ask {
	enum inv_stat what;
	enum inv_stat_by by; /* of loans all but REASON; of EARLY ALL, REASON; else ALL, PRODUCT, of LATE also REASON */
	uint32_t zone;       /* 0: both */
	uint32_t from, to;   /* months, 202611 */
};
enum { INV_STAT_OF_CARE, INV_STAT_OF_LIBRARY, INV_STAT_OF_BOTH, INV_STAT_OFS };
struct inv_stat_sum {
	const char *id; /* product, place, kind of borrower; inv_reason_figure() */
	uint32_t month; /* INV_STAT_ALL: a row a month */
	uint64_t n;     /* of the zone that was asked for */
	uint64_t of[INV_STAT_OFS]; /* the same of each zone, and of both */
	bool few; /* not to be told: it could point at a person */
};
struct inv_stat_total {
	uint64_t n;
	bool few;
};
struct inv_stat_told { /* in the arena */
	struct inv_stat_sum *list;
	size_t n;
	struct inv_stat_total total;
};
#define INV_STAT_SUMS 2000
#define INV_STAT_FEW 5
/* The greatest first; by month in order of time, rows without anything left out. By product, place, kind and reason
 * the zones are held against each other (inv_stat_hide), months are not. Days are not told where the
 * returns, or the holds, that they are of are not. */
int inv_stat_list(struct store_txn *txn, struct arena *a, const struct inv_stat_ask *ask,
	struct inv_stat_told *ret) MUST_CHECK;
/*
 * Pure: marks what is fewer than INV_STAT_FEW in either zone or in both, and the least of the others until no
 * marked figure can be worked out: neither from the sum less what is told, nor from one zone's figures less the
 * other's. Both rest on that a marked row is told in none of the three.
 */
void inv_stat_hide(struct inv_stat_sum *list, size_t n);
/* Pure: the sum of a zone, or of both; few also where both less one zone's would be. */
struct inv_stat_total inv_stat_total_of(const struct inv_stat_sum *list, size_t n, unsigned of);
uint32_t inv_stat_month(int64_t t); /* 202611 */
struct inv_overdue {
	uint64_t all, week, month, quarter, longer; /* up to 7, 30, 90 days late, more */
	bool cut;
};
#define INV_OVERDUE_MOST 20000
int inv_stat_overdue(
	struct store_txn *txn, int32_t today, struct inv_overdue *ret) MUST_CHECK;
#define INV_LEASED_MOST 20000
int inv_stat_lease_ends(struct store_txn *txn, struct arena *a, struct inv_stat_sum **ret,
	size_t *ret_n) MUST_CHECK;

/* --- idle.c: what nobody borrows --- */
/* Pure: a thing that could be lent now, by itself. */
bool inv_idle_counts(const struct inv_unit *u, const struct inv_product *p);
/* Since when it stands: since it came back, or came here at all. */
int inv_idle_unit(struct store_txn *txn, struct arena *a, const struct inv_unit *u,
	int64_t *ret) MUST_CHECK;
/* The last month one of the product was lent (202611); 0: not in the last INV_IDLE_MONTHS. */
#define INV_IDLE_MONTHS 60
int inv_idle_product(
	struct store_txn *txn, const char *product, int64_t now, uint32_t *ret) MUST_CHECK;

#endif
