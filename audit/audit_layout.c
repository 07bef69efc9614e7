/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a newer program keeps besides what an older one did. Every record has one row in AUDIT_BY_ACT
 * and one in AUDIT_BY_ACTOR; where there are fewer, the rows are made anew from the log, a page a transaction. That may be
 * broken off and done again; whoever writes meanwhile makes its own row. A new step raises STORE_SCHEMA.
 */
#include "audit/audit.h"

#define STEP_RECORDS 300

struct renewing {
	uint64_t after;
	bool more;
};

static int is_short(struct store_txn *txn, void *arg)
{
	uint64_t records = 0, acts = 0, actors = 0;
	bool *ret = arg;
	int err = store_count(txn, AUDIT_LOG, &records);

	if (err == 0)
		err = store_count(txn, AUDIT_BY_ACT, &acts);
	if (err == 0)
		err = store_count(txn, AUDIT_BY_ACTOR, &actors);
	if (err == 0)
		*ret = acts < records || actors < records;
	return err;
}

static int row_put(struct store_txn *txn, enum store_table t, const char *of, uint64_t seq)
{
	struct store_key k = store_key("sq", of ? of : "", seq);

	return store_put(txn, t, &k, bytes_of("", 0));
}

static int step_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct renewing *r = arg;
	const struct renewing was = *r;
	struct audit_record *x;
	size_t n;
	int err = audit_follow(txn, STORE_PIECE_N(a, was.after, STEP_RECORDS), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		err = row_put(txn, AUDIT_BY_ACT, x[i].act, x[i].seq);
		if (err == 0)
			err = row_put(txn, AUDIT_BY_ACTOR, x[i].actor, x[i].seq);
	}
	if (err)
		return err;
	r->more = n == STEP_RECORDS;
	return 0;
}

int audit_layout_renew(struct store *st)
{
	struct renewing r = {.more = false};
	int err = store_read(st, is_short, &r.more);

	while (err == 0 && r.more) {
		err = store_write(st, step_in, &r);
		r.after += STEP_RECORDS; /* their numbers have no gaps */
	}
	return err;
}
