/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The scan box. Each scan is one transaction: what stands on the desk is loaded, the code looked
 * up, its meaning decided, the act done, and the desk stored again; so nothing that was scanned is
 * lost when a session ends or a browser dies. What refuses leaves the desk as it was. A scan that
 * has a key is done once, however often it is told (scan_again.c).
 */
#include "inventory/scan_int.h"

#include "base/text.h"

static int scan_in(struct inv_work *w, void *arg)
{
	struct inv_scanning *s = arg;
	enum inv_scan_act act;
	int err;

	*s->ret = (struct inv_scanned){0};
	s->r = (struct refusal){0};
	s->hits = NULL;
	err = inv_again_find(w->inv, w->txn, w->by, s);
	if (err != ERR_NOTFOUND) {
		w->plain = true;
		return err;
	}
	err = inv_desk_load_in(w, s->a, &s->ret->desk);
	if (err == 0)
		err = inv_scanning_find(w, s);
	if (err)
		return err;
	act = inv_scan_decide(&s->f, &s->r);
	if (s->f.unit)
		s->ret->serial = arena_strdup(s->a, s->u.serial);
	if (s->f.out && (s->loan.zone & w->by->zones))
		s->ret->loan = s->loan.id;
	err = inv_scanning_act(w, s, act);
	return err ? err : inv_again_keep(w->inv, w->txn, w->by, s);
}

static int load_in(struct store_txn *txn, void *arg)
{
	struct inv_scanning *s = arg;

	return inv_desk_see(txn, s->a, s->by, &s->ret->desk);
}

/* What the doors lead to. */
static const char *meant(const struct inv_scanning *s)
{
	bool product = s->f.hit_count == 1 && s->hits[0].kind == INV_HIT_PRODUCT;

	return s->ret->serial ? s->ret->serial : product ? s->hits[0].id : s->scan->text;
}

/* A no, or a question: what was said, the ways out, and the desk as it was. */
static void tell_refusal(struct inv_scanning *s, const struct refusal *r)
{
	struct inv_scanned *ret = s->ret;

	ret->asks = inv_refusal_asks(r);
	/* What was answered goes with the next answer, or the two would be asked in turns. */
	if (ret->asks)
		ret->asks |= s->yes;
	ret->tone = ret->asks || ret->choice_count ? INV_TONE_ASK : INV_TONE_NO;
	ret->did = "refused";
	ret->said = *r;
	ret->door_count = inv_scan_doors(r, &ret->desk, meant(s), ret->doors);
	/* who may not borrow: what stands in the way is lifted on that person's page */
	if (s->f.card && text_starts(r->say->code, "borrower.")) {
		ret->doors[0] = (struct inv_door){
			"borrower", &inv_say_door_borrower, arena_strdup(s->a, s->b.id)};
		ret->door_count = 1;
	}
}

static void refused(struct inv *inv, const struct inv_desk_who *by, struct inv_scanning *s,
	const struct refusal *r)
{
	tell_refusal(s, r);
	inv_again_remember(inv, by, s);
}

static int leave_in(struct inv_work *w, void *arg)
{
	struct inv_scanning *s = arg;
	struct inv_desk d;
	int err = inv_desk_load_in(w, s->a, &d);

	w->plain = true;
	d.loan = 0;
	return err ? err : inv_desk_keep(w, &d);
}

/* Once a thing of another loan is asked about, the one that lies on the desk is not what the next card is
 * meant for: the card to renew would renew somebody else's. */
static int leave_loan(struct inv *inv, const struct inv_desk_who *by, struct inv_scanning *s)
{
	struct refusal r;

	if (!s->f.out || !s->ret->desk.loan || s->ret->desk.loan == s->loan.id)
		return 0;
	return inv_work_run(inv, by, &r, leave_in, s);
}

static int scan_one(struct inv *inv, const struct inv_desk_who *by, struct inv_scanning *s,
	struct inv_scanned *ret)
{
	struct refusal r;
	int err;

	s->ret = ret;
	err = inv_work_run(inv, by, &r, scan_in, s);
	if (err && err != ERR_REFUSED)
		return err;
	if (err == ERR_REFUSED) {
		refused(inv, by, s, &r);
		err = leave_loan(inv, by, s);
	} else if (s->key && !ret->again) {
		inv_no_forget(inv, by, s->key);
	}
	if (err)
		return err;
	ret->raw = s->scan->raw;
	ret->key = s->key;
	return store_read(inv->st, load_in, s);
}

/* Not even bytes to look at: nothing was scanned, or far too much. */
static int refuse_bytes(struct inv *inv, const struct inv_desk_who *by, int why,
	struct inv_scanning *s, struct inv_scanned *ret)
{
	static const struct inv_scan none = {.kind = INV_SCAN_BAD, .raw = ""};
	struct refusal r = {0};

	*ret = (struct inv_scanned){0};
	s->ret = ret;
	s->scan = &none;
	refuse(&r, why == ERR_TOOBIG ? &inv_say_scan_long : &inv_say_scan_empty, NULL, NULL, NULL);
	refused(inv, by, s, &r);
	ret->key = s->key;
	return store_read(inv->st, load_in, s);
}

/* Each scan of a burst has a key of its own, always the same. */
static const char *key_of(struct arena *a, const char *key, size_t i)
{
	return key && i ? arena_printf(a, "%s.%zu", key, i) : key;
}

int inv_scan(struct inv *inv, const struct inv_desk_who *by, const struct inv_scan_ask *ask,
	struct arena *a, struct inv_scanned *ret)
{
	struct inv_scanning s = {.a = a, .yes = ask->yes, .key = ask->key, .by = by};
	struct inv_scan *scans;
	size_t n;
	int err = inv_scan_parse(a, ask->raw, &scans, &n);

	if (err == ERR_TOOBIG || err == ERR_BADINPUT)
		return refuse_bytes(inv, by, err, &s, ret);
	for (size_t i = 0; err == 0 && i < n; i++) {
		s.scan = &scans[i];
		s.key = key_of(a, ask->key, i);
		err = scan_one(inv, by, &s, ret);
		if (err == 0 && ret->tone != INV_TONE_YES)
			break;
	}
	return err;
}
