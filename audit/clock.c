/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The clock as it was seen last, so that a leap is noticed also over a stop. AUDIT_CLOCK: "u" 1 ->
 * struct audit_clock. Where an older program kept none, the newest act of the log tells the time.
 */
#include "audit/audit_int.h"

#include "base/clock.h"
#include "base/rec.h"

#define KEEP_EVERY_S 1800 /* a clock that goes on is not written down at each look */
#define OBJECT "clock"

static const struct audit_who server = {.actor = "server", .via = "server"};

/* Numbers are never used again for something else. */
static const struct rec_field fields[] = {REC_I64(1, struct audit_clock, seen_at),
	REC_I64(2, struct audit_clock, from), REC_I64(3, struct audit_clock, leapt_at), REC_END};
static const struct rec_type clock_rec = REC_TYPE(struct audit_clock, 1, fields);

static int clock_put(struct store_txn *txn, const struct audit_clock *c)
{
	AUTO(buf) struct buf out = BUF_INIT(4096);
	struct store_key key = store_key("u", (uint32_t)1);

	rec_encode(&clock_rec, c, &out);
	return buf_ok(&out) ? store_put(txn, AUDIT_CLOCK, &key, buf_bytes(&out)) : ERR_TOOBIG;
}

static int newest_get(struct store_txn *txn, struct arena *a, struct audit_clock *ret)
{
	struct audit_record *x;
	size_t n;
	int err = audit_list(txn, NULL, STORE_PIECE_N(a, 0, 1), &x, &n);

	if (err == 0)
		*ret = (struct audit_clock){.seen_at = n ? x->at : 0};
	return err;
}

int audit_clock_get(struct store_txn *txn, struct arena *a, struct audit_clock *ret)
{
	struct store_key key = store_key("u", (uint32_t)1);
	struct bytes value;
	int err = store_get(txn, AUDIT_CLOCK, &key, &value);

	if (err == ERR_NOTFOUND)
		return newest_get(txn, a, ret);
	if (err == 0)
		err = rec_decode(&clock_rec, value, a, ret);
	if (err == 0)
		ret->is_kept = true;
	return err;
}

int audit_clock_leapt(struct store_txn *txn, bool *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct audit_clock c;
	int err = audit_clock_get(txn, a, &c);

	if (err == 0)
		*ret = c.leapt_at != 0;
	return err;
}

/* --- the watch --- */

struct watching {
	int64_t now;
	struct audit_clock before, clock;
	bool steady;
};

static int look_in(struct store_txn *txn, struct arena *a, struct watching *w)
{
	int err = audit_clock_get(txn, a, &w->before);

	if (err)
		return err;
	w->clock = w->before;
	w->steady = audit_clock_step(&w->clock, w->now);
	return 0;
}

static int read_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();

	return look_in(txn, a, arg);
}

static int tell_leap(struct store_txn *txn, struct arena *a, const struct watching *w)
{
	char from[CLOCK_TEXT], to[CLOCK_TEXT];

	return audit_add(txn, &server, w->now, "clock.leapt", OBJECT,
		arena_printf(a, "{\"from\":\"%s\",\"to\":\"%s\"}",
			clock_format_utc(w->clock.from, from), clock_format_utc(w->now, to)));
}

static int write_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct watching *w = arg;
	int err = look_in(txn, a, w);

	if (err == 0 && w->clock.leapt_at && w->clock.leapt_at != w->before.leapt_at)
		err = tell_leap(txn, a, w);
	return err ? err : clock_put(txn, &w->clock);
}

static bool is_news(const struct watching *w)
{
	int64_t since = w->now - w->before.seen_at;

	return !w->before.is_kept || w->clock.leapt_at != w->before.leapt_at || since >= KEEP_EVERY_S ||
	       since <= -KEEP_EVERY_S;
}

int audit_clock_watch(struct store *st, int64_t now, bool *ret_steady)
{
	struct watching w = {.now = now};
	int err = store_read(st, read_in, &w);

	if (err == 0 && is_news(&w))
		err = store_write(st, write_in, &w);
	if (err == 0)
		*ret_steady = w.steady;
	return err;
}

/* --- it is right --- */

static const struct say not_leapt = {"clock.not-leapt",
	{"Klockan har inte hoppat: inget väntar på den.", "Kello ei ole hypännyt: mikään ei odota sitä.",
		"The clock has not leapt: nothing waits for it."}};

struct confirming {
	const struct audit_who *who;
	int64_t now;
	struct refusal *r;
};

static int confirm_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct confirming *c = arg;
	struct audit_clock clock;
	int err = audit_clock_get(txn, a, &clock);

	if (err)
		return err;
	if (!clock.leapt_at)
		return refuse(c->r, &not_leapt, NULL, NULL, NULL);
	clock.leapt_at = 0;
	clock.from = 0;
	clock.seen_at = c->now;
	err = clock_put(txn, &clock);
	return err ? err : audit_add(txn, c->who, c->now, "clock.confirm", OBJECT, NULL);
}

int audit_clock_confirm(
	struct store *st, const struct audit_who *who, int64_t now, struct refusal *r)
{
	struct confirming c = {who, now, r};

	return store_write(st, confirm_in, &c);
}
