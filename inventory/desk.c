/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands on a desk: lines put there, taken off, lent. */
#include "inventory/scan_int.h"

#include "base/text.h"

int inv_desk_see(
	struct store_txn *txn, struct arena *a, const struct inv_desk_who *by, struct inv_desk *ret)
{
	struct inv_desk d;
	int err = inv_desk_load(txn, a, by->who->actor, by->desk, &d);

	if (err == 0)
		err = inv_desk_stand(txn, a, by->zones, &d);
	if (err)
		return err;
	inv_desk_how_end(&d, day_of_time(by->now));
	*ret = d;
	return 0;
}

int inv_desk_load_in(struct inv_work *w, struct arena *a, struct inv_desk *ret)
{
	return inv_desk_see(w->txn, a, w->by, ret);
}

int inv_desk_keep(struct inv_work *w, struct inv_desk *d)
{
	d->changed_at = w->now;
	d->version++;
	return inv_desk_put(w->txn, d);
}

int inv_desk_line_add(struct inv_work *w, const struct inv_desk *d, const struct inv_desk_line *l)
{
	struct inv_desk_line line = *l;

	line.no = d->line_count ? d->lines[d->line_count - 1].no + 1 : 1;
	return inv_desk_line_put(w->txn, d->account, d->desk, &line);
}

int inv_desk_drop(struct inv_work *w, const struct inv_desk *d, uint32_t no)
{
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < d->line_count; i++) {
		if (no == 0 || d->lines[i].no == no)
			err = inv_desk_line_del(w->txn, d->account, d->desk, d->lines[i].no);
	}
	return err;
}

int inv_desk_turn(struct inv_work *w, struct inv_desk *d, enum inv_desk_mode mode)
{
	int err = 0;

	if (d->mode != (uint32_t)mode && d->line_count) {
		err = inv_desk_drop(w, d, 0);
		d->line_count = 0;
	}
	if (mode == INV_DESK_RETURN || mode == INV_DESK_RENEW)
		d->borrower = NULL;
	if (d->mode != (uint32_t)mode)
		d->yes = 0;
	d->mode = mode;
	return err;
}

int inv_desk_clear_in(struct inv_work *w, struct inv_desk *d)
{
	int err = inv_desk_drop(w, d, 0);

	d->line_count = 0;
	d->borrower = NULL;
	d->zone = 0;
	d->loan = 0;
	d->yes = 0;
	d->mode = INV_DESK_IDLE;
	d->how = (struct inv_desk_how){0};
	return err;
}

int inv_desk_lend_in(struct inv_work *w, struct inv_desk *d, const struct inv_out *more,
	struct inv_out_result *res)
{
	struct inv_out_item items[INV_DESK_LINES] = {0};
	struct inv_out out = more ? *more : (struct inv_out){0};
	int err;

	if (d->mode != INV_DESK_LEND || d->line_count == 0)
		return refuse(w->r, &inv_say_scan_nothing, NULL, NULL, NULL);
	if (text_empty(d->borrower))
		return refuse(w->r, &inv_say_scan_nobody, NULL, NULL, NULL);
	for (uint32_t i = 0; i < d->line_count; i++)
		items[i] = (struct inv_out_item){.code = d->lines[i].serial,
			.condition = d->lines[i].condition,
			.note = d->lines[i].note};
	out.items = items;
	out.item_count = d->line_count;
	out.borrower = d->borrower;
	if (text_empty(out.place))
		out.place = d->place;
	out.yes |= d->yes;
	inv_desk_how_fill(d, &out);
	err = inv_out_in(w, &out, res);
	if (err == 0)
		err = inv_desk_drop(w, d, 0);
	if (err)
		return err;
	d->line_count = 0;
	d->borrower = NULL;
	d->mode = INV_DESK_IDLE;
	d->yes = 0;
	d->how = (struct inv_desk_how){0};
	d->loan = res->loan;
	return 0;
}

/* --- by itself --- */

struct desk_job {
	uint32_t no;
	const struct inv_out *more;
	struct inv_out_result *ret;
};

static int clear_in(struct inv_work *w, void *arg)
{
	struct desk_job *j = arg;
	struct inv_desk d;
	int err = inv_desk_load_in(w, w->a, &d);

	if (err == 0)
		err = j->no ? inv_desk_drop(w, &d, j->no) : inv_desk_clear_in(w, &d);
	return err ? err : inv_desk_keep(w, &d);
}

int inv_desk_clear(struct inv *inv, const struct inv_desk_who *by, uint32_t no)
{
	struct desk_job j = {.no = no};
	struct refusal r;

	return inv_work_run(inv, by, &r, clear_in, &j);
}

static int lend_in(struct inv_work *w, void *arg)
{
	struct desk_job *j = arg;
	struct inv_desk d;
	int err = inv_desk_load_in(w, w->a, &d);

	*j->ret = (struct inv_out_result){.bad_item = err ? 0 : d.line_count};
	if (err == 0)
		err = inv_desk_lend_in(w, &d, j->more, j->ret);
	return err ? err : inv_desk_keep(w, &d);
}

int inv_desk_lend(struct inv *inv, const struct inv_desk_who *by, const struct inv_out *more,
	struct refusal *r, struct inv_out_result *ret)
{
	struct desk_job j = {.more = more, .ret = ret};

	return inv_work_run(inv, by, r, lend_in, &j);
}
