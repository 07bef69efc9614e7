/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of circulation.h: holds: somebody waits for a product, or has it reserved for days. */
#ifndef INV_HOLD_H
#define INV_HOLD_H

#include "inventory/circulation.h"

enum inv_hold_state {
	INV_HOLD_WAITING = 1,
	INV_HOLD_READY, /* something stands on the shelf for it */
	INV_HOLD_FILLED,
	INV_HOLD_CANCELLED,
	INV_HOLD_LAPSED, /* was not fetched, or the dates went by */
	INV_HOLD_STATES
};
const char *inv_hold_state_name(unsigned s);
const struct say *inv_hold_state_say(unsigned s);
struct inv_hold {
	uint64_t id;
	uint32_t zone, state;
	const char *borrower;
	const char *product;
	const char *place; /* where it will be fetched */
	int32_t from, to;  /* reserved for these days; 0: as soon as possible */
	int32_t start;     /* where it stands in time: `from`, or the day it was made */
	uint64_t order;    /* within a day */
	bool paused;       /* "later": keeps its place, takes nothing */
	int32_t paused_until;
	const char *serial; /* ready: what stands on the shelf */
	int32_t ready_until;
	uint32_t hold_days;
	uint64_t loan; /* filled by */
	int64_t made_at, changed_at;
	const char *made_by, *note;
	uint32_t version;
	int64_t served_at; /* something first stood ready for it, or was handed out; 0: not yet */
	struct bytes unknown;
};
int inv_hold_get(
	struct store_txn *txn, struct arena *a, uint64_t id, struct inv_hold *ret) MUST_CHECK;
struct inv_hold_want {
	const char *borrower, *product, *place, *note;
	int32_t from, to; /* both or neither */
	unsigned yes;     /* INV_YES_HOLD: also when all are taken on those days, or they are more than a loan has */
};
/* Pure: may something be reserved for these days, or looked for on them? */
int inv_hold_days_decide(int32_t from, int32_t to, int32_t today, struct refusal *r);
int inv_hold_add(struct inv *inv, const struct inv_desk_who *by, const struct inv_hold_want *want,
	struct refusal *r, uint64_t *ret_id) MUST_CHECK;
int inv_hold_cancel(
	struct inv *inv, const struct inv_desk_who *by, uint64_t id, struct refusal *r) MUST_CHECK;
/* `until` 0: until somebody says so. */
int inv_hold_pause(struct inv *inv, const struct inv_desk_who *by, uint64_t id, bool paused,
	int32_t until, struct refusal *r) MUST_CHECK;
/* To the place in its queue, 1 the first. */
int inv_hold_move(struct inv *inv, const struct inv_desk_who *by, uint64_t id, size_t to,
	struct refusal *r) MUST_CHECK;
/* Active ones of a product in the order they will be served; or of a borrower, with a product those
 * for it; or (both NULL) those that are ready, the soonest to lapse first. */
struct inv_hold_ask {
	const char *product, *borrower;
	bool all; /* both NULL: every active one, by product and there as they will be served */
	unsigned zones; /* of others the borrower is left out */
	const char *after;
	size_t most;
};
int inv_hold_list(struct store_txn *txn, struct arena *a, const struct inv_hold_ask *ask,
	struct inv_hold **ret, size_t *ret_n, const char **ret_next) MUST_CHECK;
/* 1 is served next; 0: not waiting. */
int inv_hold_place(
	struct store_txn *txn, struct arena *a, const struct inv_hold *h, size_t *ret) MUST_CHECK;
/* What stands on the shelves and somebody waits for: to be fetched today, in order of products and
 * of their queues. Those whose thing may be set aside in these zones, and the holds of these zones: of
 * another's the caller leaves out who. (hold_pick.c) */
struct inv_pick {
	struct inv_hold hold;
	struct inv_product product;
	const struct inv_unit *things; /* any of them will do, those in order first; none: the other */
	size_t thing_count;            /* service sets it aside */
};
struct inv_pick_ask {
	int32_t today;
	unsigned zones;
	size_t most;
};
int inv_pick_list(struct store_txn *txn, struct arena *a, const struct inv_pick_ask *ask,
	struct inv_pick **ret, size_t *ret_n) MUST_CHECK;
/* This one is set aside for whoever is next in its product's queue. Refused: nobody waits, it is
 * not in stock or of a zone that is not theirs. *ret_hold 0: for one of such a zone. */
int inv_hold_pick(struct inv *inv, const struct inv_desk_who *by, const char *code,
	struct refusal *r, uint64_t *ret_hold) MUST_CHECK;
/* How many of a product are free on every day from `from` to `to`; negative: promised more often
 * than there are. */
struct inv_free {
	uint64_t units; /* that can be lent at all */
	int64_t free;   /* on the fullest day */
	int32_t fullest;
};
int inv_free_between(struct store_txn *txn, struct arena *a, const char *product, int32_t from,
	int32_t to, int32_t today, struct inv_free *ret) MUST_CHECK;

/* What anybody may be told of a product: sums, and no thing, loan or person. (home.c) */
struct inv_home {
	uint64_t all;   /* that can be lent, wherever they are */
	uint64_t home;  /* on the shelf, for whoever comes first */
	bool many;      /* `home` is INV_HOME_MOST, and there may be more */
	bool waited;    /* somebody has asked for one, and none is left for others */
	int32_t back;   /* the next day on which one should come back; 0: not known, or some are at home */
};
#define INV_HOME_MOST 50
/* Costs the same for any number of things, loans and holds. */
int inv_home_now(struct store_txn *txn, const char *product, int32_t today,
	struct inv_home *ret) MUST_CHECK;

#endif
