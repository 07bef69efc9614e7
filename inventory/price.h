/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The price table: what a lost thing costs whoever borrowed it. A part of inventory.h.
 *
 * Words. Version: some prices, said at once, that count from a day; a product that it does not name
 * keeps its price. Table: every product's price once a version counts. Planned: a version whose day
 * has not come. In force: the newest whose day has.
 *
 * Versions count in the order of their days, and of one day in that of their numbers. What counts
 * now stands in each product too (inv_product.price_ore), written when a version comes into force,
 * so that a loan needs no look here; `hylla check` holds the two together. A version is never
 * changed: a slip is taken back by a new one. A loan keeps the price, and the version, that it was
 * lent under.
 */
#ifndef INVENTORY_PRICE_H
#define INVENTORY_PRICE_H

#define INV_PRICE_MOST 100000000 /* öre */
#define INV_PRICE_AS_IS (-1)     /* of a product that is put: its price is not spoken of */
#define INV_PRICES 2000          /* said at once */

struct inv_price_list {
	uint32_t version; /* 1 … */
	int32_t from;     /* the day it counts from */
	uint32_t prices;  /* how many it says */
	const char *way;  /* "table", "product", "catalogue", "start", "undo" */
	const char *why;
	int64_t made_at;
	const char *made_by;
	int64_t in_force_at; /* when the products got it; 0: planned, or withdrawn */
	int64_t withdrawn_at;
	const char *withdrawn_by;
	uint32_t undoes; /* the version that it takes back */
	struct bytes unknown;
};
/* ERR_NOTFOUND. */
int inv_price_list_get(struct store_txn *txn, struct arena *a, uint32_t version,
	struct inv_price_list *ret) MUST_CHECK;
struct inv_price_lists {
	struct inv_price_list *list;
	size_t n;
};
/* Newest first; `before` 0: from the newest. */
int inv_price_list_all(struct store_txn *txn, struct arena *a, uint32_t before, size_t most,
	struct inv_price_lists *ret) MUST_CHECK;
/* The version in force; 0: none yet. And the newest number that was given. */
int inv_price_in_force(struct store_txn *txn, uint32_t *ret) MUST_CHECK;
int inv_price_newest(struct store_txn *txn, uint32_t *ret) MUST_CHECK;

/* --- reading a table --- */
struct inv_price_row {
	const char *product, *name; /* the id where the product is gone */
	int64_t ore, before;        /* in this table, and in the one before it */
	uint32_t said_by;           /* the version that said it; 0: none */
};
struct inv_price_ask {
	uint32_t version; /* 0: the one in force */
	bool said_only;   /* only what the version itself says, by id; else every product, by name */
	const char *category;
	const char *after; /* a next */
	size_t most;
	enum say_lang lang;
};
struct inv_price_rows {
	struct inv_price_row *row;
	size_t n;
	const char *next; /* NULL: that was all */
};
/* ERR_NOTFOUND: no such version. */
int inv_price_table(struct store_txn *txn, struct arena *a, const struct inv_price_ask *ask,
	struct inv_price_rows *ret) MUST_CHECK;

/* --- saying prices --- */
struct inv_price {
	const char *product;
	int64_t ore;
};
struct inv_price_want {
	uint32_t seen; /* the newest number when it was typed; 0: whichever. ERR_CONFLICT */
	int32_t from;  /* day; 0: today */
	const char *why;
	const struct inv_price *price;
	size_t n;
};
struct inv_price_look {
	int32_t today;
	enum say_lang lang;
	struct refusal *r;
};
/* What it would change: rows whose price becomes another. Refused as by inv_price_put(), but that no
 * reason is asked for. */
int inv_price_try(struct store_txn *txn, struct arena *a, const struct inv_price_want *want,
	const struct inv_price_look *look, struct inv_price_rows *ret) MUST_CHECK;
struct inv_price_by {
	const struct audit_who *who;
	int64_t now;
};
int inv_price_put(struct inv *inv, const struct inv_price_by *by,
	const struct inv_price_want *want, struct refusal *r, uint32_t *ret_version) MUST_CHECK;
struct inv_price_back {
	uint32_t version;
	const char *why;
};
/* A planned one is withdrawn (ret_version is its own number); of one in force the prices that still
 * count become what they were, by a new version from today. Refused: withdrawn already, nothing of
 * it counts any more. */
int inv_price_undo(struct inv *inv, const struct inv_price_by *by,
	const struct inv_price_back *back, struct refusal *r, uint32_t *ret_version) MUST_CHECK;
/* Planned versions whose day has come; and, once, the prices of products from before the table. */
int inv_price_tend(struct inv *inv, int64_t now) MUST_CHECK;
int inv_price_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

#endif
