/* SPDX-License-Identifier: EUPL-1.2 */
/* The demonstration's days to come: hand-outs that are planned, and the agreement's text, which
 * somebody has gone through. */
#include "base/text.h"
#include "inventory/agreement.h"
#include "inventory/handout.h"
#include "server/town_int.h"

#define QUARTER_S (15 * 60)
#define HOUR_S 3600

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

/* From the next quarter of an hour on, so that a visitor always finds some to come. */
int town_plan_handouts(struct story *s, size_t next_care)
{
	const int64_t soon = (s->cli->now / QUARTER_S + 1) * QUARTER_S;
	const struct {
		bool care;
		int64_t in_s;
		const char *thing, *product, *place, *note;
	} rows[] = {
		{true, 3 * QUARTER_S, s->things[0].serial, NULL, "centrum", NULL},
		{true, 2 * HOUR_S, s->things[1].serial, NULL, NULL,
			"Porten har kod 2475. Dottern är hemma och är med."},
		{true, 4 * HOUR_S, NULL, "ipad-10", "centrum", NULL},
		{false, 3 * HOUR_S, NULL, "tradlos-ringklocka", "biblioteket", NULL},
		{true, 26 * HOUR_S, NULL, "ipad-10", NULL, NULL},
	};
	int err = go_through_text(s);

	s->now = s->cli->now;
	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct inv_desk_who by = town_desk(s, rows[i].care);
		const struct inv_handout_want want = {
			.borrower = s->borrowers[rows[i].care ? next_care + i : s->care + 7],
			.thing = rows[i].thing,
			.product = rows[i].product,
			.at = soon + rows[i].in_s,
			.place = rows[i].place,
			.note = rows[i].note};
		struct refusal r = {0};
		uint64_t id;

		if (want.borrower)
			err = town_or_refused(inv_handout_add(s->inv, &by, &want, &r, &id));
	}
	return err;
}
