/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fetch and sync. A page's devices and the cursor behind it are written in one transaction, so that
 * no event is lost and none is skipped. A full fetch has a number; what it did not see is marked as
 * gone when it has ended.
 */
#include "mdm/ade_int.h"

#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"

#define SWEEP 500
#define PAGES_MOST 2000 /* of a round */

static struct metric told =
	METRIC_COUNTER("hylla_ade_devices_total", "devices that device assignment told of");
static struct metric stuck = METRIC_COUNTER("hylla_ade_stuck_total",
	"times that device assignment gave the same cursor with more to follow");

struct page_job {
	struct ade_line *l;
	const struct ade_page *page;
	const char *from; /* the cursor it was asked with */
	bool fetching, more;
	int64_t now;
	bool skipped; /* another process was here */
};

/* --- one device --- */

static int device_tell(struct page_job *j, struct store_txn *txn, const struct mdm_ade_device *d,
	enum ade_change change)
{
	struct mdm *m = j->l->m;

	if (change == ADE_GONE)
		return m->ev.unassigned ? m->ev.unassigned(m->ev.ctx, txn, d, j->now) : 0;
	return m->ev.assigned ? m->ev.assigned(m->ev.ctx, txn, d, j->now) : 0;
}

static int device_take(struct page_job *j, struct store_txn *txn, struct arena *a,
	struct mdm_ade_state *s, size_t i)
{
	struct ade_row row = {.row = &j->page->devices[i],
		.deleted = j->page->deleted[i],
		.run = j->fetching ? s->run : 0,
		.profile_uuid = s->profile_uuid,
		.now = j->now};
	struct mdm_ade_device have, d;
	enum ade_change change;
	bool known;
	int err = mdm_ade_device_get(txn, a, row.row->serial, &have);

	if (err && err != ERR_NOTFOUND)
		return err;
	known = err == 0;
	change = ade_row_decide(&row, known ? &have : NULL, &d);
	if (change == ADE_OLD)
		return 0;
	if (change == ADE_NEW)
		s->devices++;
	if (change == ADE_GONE && s->devices)
		s->devices--;
	err = ade_device_put(txn, known ? &have : NULL, &d);
	if (err == 0 && d.is_replacement && !d.replaces && change != ADE_GONE &&
		(change == ADE_NEW || !have.is_replacement))
		err = mdm_errand_add(txn, MDM_ERRAND_REPLACE, j->now, d.serial);
	if (err || change == ADE_SAME)
		return err;
	return device_tell(j, txn, &d, change);
}

/* --- one page --- */

static int page_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(arena) struct arena *each = arena_new();
	struct page_job *j = arg;
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(txn, a, &s);

	j->skipped = err == 0 && !text_equal(s.cursor, j->from);
	if (err || j->skipped)
		return err;
	for (size_t i = 0; err == 0 && i < j->page->count; i++) {
		err = device_take(j, txn, each, &s, i);
		arena_reset(each);
	}
	s.cursor = j->page->cursor;
	if (j->fetching && !j->more) {
		s.fetched = true;
		s.sweeping = true;
		s.sweep = NULL;
	}
	return err ? err : ade_state_put(txn, &s);
}

static struct doc *page_ask(const struct mdm_ade_state *s, struct arena *a)
{
	struct doc *d = doc_new(a);

	doc_set_int(d, "limit", ADE_PAGE);
	if (s->cursor)
		doc_set_str(d, "cursor", s->cursor);
	return d;
}

struct page_state {
	struct arena *a;
	struct mdm_ade_state s;
	bool restart;
	int64_t now;
};

static int state_read(struct store_txn *txn, void *arg)
{
	struct page_state *p = arg;

	return mdm_ade_state_get(txn, p->a, &p->s);
}

/* From the beginning, as a run of its own. */
static int restart_in(struct store_txn *txn, void *arg)
{
	struct page_state *p = arg;
	int err = mdm_ade_state_get(txn, p->a, &p->s);

	if (err)
		return err;
	p->s.cursor = NULL;
	p->s.fetched = false;
	p->s.sweeping = false;
	p->s.run++;
	p->s.run_at = p->now;
	return ade_state_put(txn, &p->s);
}

/* EXHAUSTED_CURSOR: the fetch had told all, and nothing but that is new. */
static int exhausted_in(struct store_txn *txn, void *arg)
{
	struct page_state *p = arg;
	int err = mdm_ade_state_get(txn, p->a, &p->s);

	if (err)
		return err;
	p->s.fetched = true;
	p->s.sweeping = true;
	p->s.sweep = NULL;
	return ade_state_put(txn, &p->s);
}

/* The same cursor with more to follow would go round for ever: told, and left for later. */
static bool is_stuck(const struct ade_page *page, const char *from)
{
	if (!page->more || !text_equal(page->cursor, from))
		return false;
	metric_add(&stuck, 1);
	log_event(LOG_ERROR, "ade.stuck", "do=%s",
		"Apple repeats itself; tried again later. If it lasts: hylla ade sync --full");
	return true;
}

static int page_take(struct ade_line *l, const struct mdm_ade_state *s, struct bytes body,
	struct arena *a, enum ade_verdict *ret, bool *ret_more)
{
	struct ade_page page;
	struct page_job j = {
		.l = l, .page = &page, .from = s->cursor, .fetching = !s->fetched, .now = l->now};
	int err = ade_page_parse(body, a, &page);

	if (err) {
		text_copy(l->code, sizeof(l->code), "UNREADABLE");
		*ret = ADE_ODD;
		return 0;
	}
	j.more = page.more;
	err = store_write(l->m->st, page_in, &j);
	/* What it told of is taken all the same, under the cursor that stays. */
	if (err == 0 && is_stuck(&page, s->cursor)) {
		text_copy(l->code, sizeof(l->code), "SAME_CURSOR");
		*ret = ADE_ODD;
	}
	metric_add(&told, (int64_t)page.count);
	if (page.skipped)
		log_event(LOG_WARN, "ade.skipped", "rows=%zu", page.skipped);
	*ret_more = err == 0 && *ret == ADE_FINE && page.more && !j.skipped;
	return err;
}

/* One call. *ret_more: there is another page to ask for. */
static int page_round(struct ade_line *l, enum ade_verdict *ret, bool *ret_more)
{
	AUTO(arena) struct arena *a = arena_new();
	struct page_state p = {.a = a, .now = l->now};
	struct bytes body;
	struct ade_ask ask = {.method = "POST"};
	int err = store_read(l->m->st, state_read, &p);

	*ret_more = false;
	if (err == 0 && !p.s.cursor && (p.s.fetched || p.s.run == 0 || p.s.run_at == 0))
		err = store_write(l->m->st, restart_in, &p);
	if (err)
		return err;
	ask.path = p.s.fetched ? "/devices/sync" : "/server/devices";
	ask.body = page_ask(&p.s, a);
	err = ade_call(l, &ask, a, ret, &body);
	if (err)
		return err;
	if (*ret == ADE_FINE)
		return page_take(l, &p.s, body, a, ret, ret_more);
	if (*ret == ADE_EXHAUSTED && !p.s.fetched && p.s.cursor) {
		*ret = ADE_FINE;
		return store_write(l->m->st, exhausted_in, &p);
	}
	/* Of a sync: there is nothing new. Of a fetch that has told nothing: it is begun anew, and
	 * nobody takes it for a word that all are gone. */
	if (*ret == ADE_EXHAUSTED)
		*ret = p.s.fetched ? ADE_FINE : ADE_RESTART;
	return 0;
}

/* --- what a full fetch did not see --- */

struct sweep_job {
	struct ade_line *l;
	bool more;
};

static int sweep_one(struct sweep_job *j, struct store_txn *txn, struct mdm_ade_state *s,
	const struct mdm_ade_device *have)
{
	struct mdm_ade_device d = *have;
	struct mdm *m = j->l->m;
	int err;

	/* Told of after the fetch began: it is newer than that. */
	if (d.gone_at || d.run >= s->run || d.op_at >= s->run_at)
		return 0;
	d.gone_at = d.changed_at = j->l->now;
	d.due_at = 0;
	d.tries = 0;
	d.profile_uuid = d.profile_status = d.trouble = NULL;
	if (s->devices)
		s->devices--;
	err = ade_device_put(txn, have, &d);
	if (err == 0 && m->ev.unassigned)
		err = m->ev.unassigned(m->ev.ctx, txn, &d, j->l->now);
	return err;
}

static int sweep_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct sweep_job *j = arg;
	struct mdm_ade_device *list;
	struct mdm_ade_state s;
	size_t n;
	int err = mdm_ade_state_get(txn, a, &s);

	j->more = false;
	if (err || !s.sweeping)
		return err;
	err = mdm_ade_device_list(txn, STORE_PIECE(a, s.sweep, SWEEP), &list, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = sweep_one(j, txn, &s, &list[i]);
	if (err)
		return err;
	s.sweeping = j->more = n == SWEEP;
	s.sweep = j->more ? list[n - 1].serial : NULL;
	return ade_state_put(txn, &s);
}

static int sweep(struct ade_line *l)
{
	struct sweep_job j = {.l = l};
	int err;

	do {
		err = store_write(l->m->st, sweep_in, &j);
	} while (err == 0 && j.more);
	return err;
}

/* --- a round --- */

int ade_sync_round(struct ade_line *l, enum ade_verdict *ret)
{
	struct page_state p = {.a = arena_new(), .now = l->now};
	bool more = true, restarted = false;
	unsigned pages = 0;
	int err = 0;

	*ret = ADE_FINE;
	while (err == 0 && more && pages++ < PAGES_MOST) {
		err = page_round(l, ret, &more);
		/* A cursor that Apple no longer knows: all anew, but once in a round. */
		if (err == 0 && *ret == ADE_RESTART && !restarted) {
			restarted = true;
			log_event(LOG_WARN, "ade.restart", "code=%s", l->code);
			err = store_write(l->m->st, restart_in, &p);
			more = err == 0;
			*ret = ADE_FINE;
		}
		more = more && *ret == ADE_FINE;
	}
	arena_free(p.a);
	if (err == 0 && *ret == ADE_FINE)
		err = sweep(l);
	return err;
}
