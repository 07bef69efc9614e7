/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Inside the clerk: clerk.c reads what is due and hands it out, clerk_settle.c writes what came
 * of it. All of this belongs to the clerk's thread.
 */
#ifndef APNS_CLERK_INT_H
#define APNS_CLERK_INT_H

#include "apns/apns_int.h"

#define CLERK_BUCKETS 4096
/* On their way at most; below half of it more are read. */
#define CLERK_OUT_MAX 4096
/* Settled in one transaction at most. */
#define CLERK_SETTLE_MAX 1024

struct clerk {
	struct apns *ap;
	struct apns_push *bucket[CLERK_BUCKETS];
	size_t out;            /* pushes in the table */
	struct apns_list done; /* come back, to be settled */
	struct arena *arena;   /* of a round */
	uint32_t dice;
	/* reading */
	bool look; /* something may have changed */
	bool more; /* the last reading ended at its limit: go on from `after` */
	struct store_key after;
	int64_t next_at;     /* s; the first that is due later */
	uint64_t version;    /* of the store when last looked */
	uint64_t generation; /* of the push certificate in use, plus one; 0: none */
	char topic[APNS_TOPIC_MAX + 1];
	bool was_open;
	struct apns_standing standing; /* as the store has it, but for `standing_news` */
	bool standing_news;
	bool broken_told;
};

/* A push leaves the table of those on their way. */
void clerk_out_drop(struct clerk *k, struct apns_push *p);
/* Settles all that has come back. */
void clerk_settle(struct clerk *k);
void clerk_settle_init(struct clerk *k);
/* The monotonic time `ms` from now, for waiting on a condition. */
void clerk_later(struct timespec *t, int64_t ms);

#endif
