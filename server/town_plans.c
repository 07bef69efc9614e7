/* SPDX-License-Identifier: EUPL-1.2 */
/* The demonstration's days to come: hand-outs that are planned, and the agreement's text, which
 * somebody has gone through. */
#include "base/day.h"
#include "base/text.h"
#include "inventory/agreement.h"
#include "inventory/handout.h"
#include "server/town_int.h"

#define AT(hour, minute) ((hour) * 3600 + (minute) * 60)
#define NOTICE_S (15 * 60) /* nobody comes sooner than that */

struct own_text {
	struct arena *a;
	struct inv_wording t;
};

static int text_in(struct store_txn *txn, void *arg)
{
	struct own_text *x = arg;

	return inv_wording_get(txn, x->a, INV_TEXT_LOAN, SAY_SV, 0, &x->t);
}

static int go_through_text(struct story *s)
{
	struct own_text x = {.a = s->cli->arena};
	struct refusal r = {0};
	uint32_t version;
	int err = store_read(s->cli->house.st, text_in, &x);

	x.t.why = "Genomläst och godkänd av enheten";
	return err ? err
		   : town_or_refused(inv_wording_put(
			     s->inv, &town_konsulent, &x.t, s->cli->now, &r, &version));
}

/* At an hour when the place is open, the first day that it is and the hour is yet to come; `later`:
 * that many such days after it. */
struct slot {
	int64_t now, of_day_s;
	const char *place; /* NULL: at home, on an ordinary day */
	unsigned later;
	int64_t ret;
};

static int slot_in(struct store_txn *txn, void *arg)
{
	struct slot *x = arg;
	int32_t day = day_of_time(x->now + NOTICE_S);
	unsigned later = x->later;
	int err;

	for (;; day++) {
		err = inv_open_day(txn, x->place, day, &day);
		x->ret = day_start(day) + x->of_day_s;
		if (err || (x->ret >= x->now + NOTICE_S && later-- == 0))
			return err;
	}
}

/* At hours when people work, so that a visitor finds some to come whenever it is. */
int town_plan_handouts(struct story *s, size_t next_care)
{
	const struct {
		bool care;
		int64_t of_day_s;
		unsigned later;
		const char *thing, *product, *place, *note;
	} rows[] = {
		{true, AT(9, 30), 0, s->things[0].serial, NULL, "centrum", NULL},
		{true, AT(10, 45), 0, s->things[1].serial, NULL, NULL,
			"Porten har kod 2475. Dottern är hemma och är med."},
		{true, AT(13, 0), 0, NULL, "ipad-10", "centrum", NULL},
		{false, AT(14, 30), 0, NULL, "tradlos-ringklocka", "biblioteket", NULL},
		{true, AT(10, 0), 1, NULL, "ipad-10", NULL, NULL},
	};
	int err = go_through_text(s);

	s->now = s->cli->now;
	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct inv_desk_who by = town_desk(s, rows[i].care);
		struct slot slot = {.now = s->now,
			.of_day_s = rows[i].of_day_s,
			.place = rows[i].place,
			.later = rows[i].later};
		int no_day = store_read(s->cli->house.st, slot_in, &slot);
		const struct inv_handout_want want = {
			.borrower = s->borrowers[rows[i].care ? next_care + i : s->care + 7],
			.thing = rows[i].thing,
			.product = rows[i].product,
			.at = slot.ret,
			.place = rows[i].place,
			.note = rows[i].note};
		struct refusal r = {0};
		uint64_t id;

		err = no_day;
		if (err == 0 && want.borrower)
			err = town_or_refused(inv_handout_add(s->inv, &by, &want, &r, &id));
	}
	return err;
}
