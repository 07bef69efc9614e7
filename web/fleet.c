/* SPDX-License-Identifier: EUPL-1.2 */
/* How the fleet is: counted over all enrolments, at most once a minute. */
#include "web/web_int.h"

#define PIECE 500
#define HEARD_S 86400
#define FRESH_S 60

struct counting {
	struct web *w;
	struct web_fleet fleet;
	const char *after;
	char last[128];
	int64_t now;
	bool more;
};

/* Those that have been silent the longest, the most silent first. */
static void silent_add(struct web_fleet *f, const struct mdm_enrollment *e, int64_t seen)
{
	size_t at = f->silent_count < WEB_SILENT ? f->silent_count++ : WEB_SILENT - 1;

	if (at == WEB_SILENT - 1 && f->silent[at].seen_at && seen >= f->silent[at].seen_at)
		return;
	for (; at > 0 && f->silent[at - 1].seen_at > seen; at--)
		f->silent[at] = f->silent[at - 1];
	snprintf(f->silent[at].serial, sizeof(f->silent[at].serial), "%s", e->serial);
	f->silent[at].seen_at = seen;
}

static int count_one(struct counting *c, struct store_txn *txn, const struct mdm_enrollment *e)
{
	int64_t seen = 0;
	int err = mdm_enrollment_seen(c->w->o.mdm, txn, e, &seen);

	if (err || e->state != MDM_ENROLLED)
		return err;
	c->fleet.enrolled++;
	c->fleet.heard += c->now - seen < HEARD_S;
	if (c->now - seen >= WEB_SILENT_S)
		c->fleet.silent_long++;
	if (c->now - seen >= WEB_SILENT_S && e->serial)
		silent_add(&c->fleet, e, seen);
	return 0;
}

/* A piece a transaction, so that no snapshot is held for long. */
static int count_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct counting *c = arg;
	struct mdm_enrollment *e;
	size_t n;
	int err = mdm_enrollment_list(txn, STORE_PIECE(a, c->after, PIECE), &e, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = count_one(c, txn, &e[i]);
	c->more = err == 0 && n == PIECE;
	if (c->more) {
		snprintf(c->last, sizeof(c->last), "%s", e[n - 1].udid);
		c->after = c->last;
	}
	return err;
}

int web_fleet_get(struct web *w, int64_t now, struct web_fleet *ret)
{
	struct counting c = {.w = w, .now = now};
	int err = 0;

	pthread_mutex_lock(&w->fleet_lock);
	c.fleet = w->fleet;
	pthread_mutex_unlock(&w->fleet_lock);
	if (c.fleet.at && now >= c.fleet.at && now - c.fleet.at < FRESH_S) {
		*ret = c.fleet;
		return 0;
	}
	c.fleet = (struct web_fleet){.at = now};
	do {
		err = store_read(w->o.st, count_in, &c);
	} while (err == 0 && c.more);
	if (err)
		return err;
	pthread_mutex_lock(&w->fleet_lock);
	w->fleet = c.fleet;
	pthread_mutex_unlock(&w->fleet_lock);
	*ret = c.fleet;
	return 0;
}
