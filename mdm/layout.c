/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a newer program keeps besides what an older one did: made from the records once, a piece a
 * transaction. Steps may be done again; whoever writes meanwhile keeps the new rows already.
 * An older program would not: a new step raises STORE_SCHEMA.
 */
#include "mdm/desired_int.h"

struct layout_step {
	enum mdm_layout is;
	int (*fill)(struct mdm *m);
};
static const struct layout_step steps[] = {
	{MDM_LAYOUT_STANDING, mdm_standing_fill},
	{MDM_LAYOUT_ENDING, mdm_ending_fill},
	{MDM_LAYOUT_FLEET, mdm_fleet_fill},
};

/* --- every enrolment --- */

#define FILL_AT_ONCE 200

struct filling {
	mdm_layout_one *one;
	const char *after;
	struct arena *keep;
	const char *last; /* what this run gives back, with more */
	bool more;
};

static int fill_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct filling *f = arg;
	struct mdm_enrollment *list;
	size_t n;
	int err = mdm_enrollment_list(txn, STORE_PIECE(a, f->after, FILL_AT_ONCE), &list, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = f->one(txn, &list[i]);
	f->more = err == 0 && n == FILL_AT_ONCE;
	f->last = f->more ? arena_strdup(f->keep, list[n - 1].udid) : NULL;
	return err;
}

int mdm_layout_each(struct mdm *m, mdm_layout_one *one)
{
	AUTO(arena) struct arena *keep = arena_new();
	struct filling f = {.one = one, .keep = keep, .more = true};
	int err = 0;

	while (err == 0 && f.more) {
		err = store_write(m->st, fill_in, &f);
		f.after = f.last;
	}
	return err;
}

/* --- steps --- */

struct looking {
	enum mdm_layout is;
	bool done;
};

static int done_in(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;

	return mdm_layout_done(txn, l->is, &l->done);
}

static int set_in(struct store_txn *txn, void *arg)
{
	const struct layout_step *s = arg;
	bool done;
	int err = mdm_layout_done(txn, s->is, &done);

	return err || done ? err : mdm_layout_set(txn, s->is);
}

static int step(struct mdm *m, const struct layout_step *s)
{
	struct looking l = {.is = s->is};
	int err = store_read(m->st, done_in, &l);

	if (err || l.done)
		return err;
	err = s->fill(m);
	return err ? err : store_write(m->st, set_in, (void *)(uintptr_t)s);
}

/* What an older program kept in clear of what somebody typed. */
static int seal_words(struct mdm *m)
{
	static const struct store_words of[] = {{.table = MDM_LOST, .type = &mdm_lost_rec},
		{.table = MDM_LOCATION, .type = &mdm_location_rec},
		{.table = MDM_ACTIVATION, .type = &mdm_activation_rec},
		{.table = MDM_INVITATION, .type = &mdm_invitation_rec}};

	return store_words_seal_once(m->st, "mdm", of, sizeof(of) / sizeof(of[0]));
}

int mdm_layout_renew(struct mdm *m)
{
	int err = seal_words(m);

	for (size_t i = 0; err == 0 && i < sizeof(steps) / sizeof(steps[0]); i++)
		err = step(m, &steps[i]);
	return err;
}
