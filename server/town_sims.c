/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The demonstration's subscriptions: a SIM in each iPad and in each GPS watch. Operators are
 * invented. The mobile numbers that the post and telecom authority keeps for books and films are
 * few (070-174 06 05 to 06 99): the first SIMs have one each, the rest are for data alone.
 */
#include "base/day.h"
#include "base/text.h"
#include "server/town_int.h"

#include <stdio.h>

#define NUMBER_FIRST 605
#define NUMBERS 95
#define NUMBERS_OF_IPADS 60

const char *town_iccid(struct arena *a, size_t number)
{
	char digits[32];
	unsigned sum = 0;

	snprintf(digits, sizeof(digits), "894607%012zu", number);
	/* ISO/IEC 7812-1 annex B: the last digit makes the sum one of tens */
	for (size_t i = 0; i < 18; i++) {
		unsigned d = (unsigned)(digits[17 - i] - '0') << (i % 2 == 0);

		sum += d > 9 ? d - 9 : d;
	}
	return arena_printf(a, "%s%u", digits, (10 - sum % 10) % 10);
}

static const char *number_of(struct story *s, bool ipad)
{
	if (s->number_count >= (ipad ? NUMBERS_OF_IPADS : NUMBERS))
		return NULL;
	return arena_printf(
		s->cli->arena, "070-174%04u", (unsigned)(NUMBER_FIRST + s->number_count++));
}

static struct inv_sim_ask sim_of(struct story *s, const struct thing *t)
{
	struct arena *a = s->cli->arena;

	return (struct inv_sim_ask){.product_id = t->ipad ? "mobilabonnemang" : "klockabonnemang",
		.pin = arena_printf(a, "%04zu", s->sim_count * 37 % 10000),
		.puk = arena_printf(a, "%08zu", s->sim_count * 7919 % 100000000),
		.sim = {.iccid = town_iccid(a, s->sim_count),
			.msisdn = number_of(s, t->ipad),
			.operator_name = t->ipad ? "Sjumilanätet" : "Åskknallen Mobil",
			.plan = t->ipad ? "Surf 10 GB" : "Klocka: 500 MB och sms",
			.agreement = t->ipad ? "RA-TELE-7" : "RA-TELE-9",
			.data_gb = t->ipad ? 10 : 0,
			.monthly_ore = t->ipad ? 8900 : 3900,
			.from_day = t->from}};
}

int town_fit_sim(struct story *s, const struct thing *t)
{
	const int64_t at = day_start(t->from) + TOWN_OPENS_S;
	const struct inv_act nobody = {.who = &town_konsulent, .now = at};
	const struct inv_act host = {.who = &town_konsulent, .code = t->serial, .now = at};
	struct inv_fields f = INV_FIELDS_NONE;
	struct inv_part part = {.name = "SIM", .expected = 1, .present = 1};
	struct inv_sim_ask ask;
	struct refusal r = {0};
	int err;

	s->sim_count++;
	ask = sim_of(s, t);
	err = inv_sim_put(s->inv, &nobody, &ask, s->cli->arena, &r, &part.unit);
	if (err == 0)
		err = inv_kit_add(s->inv, &host, &part, &r);
	f.sim = ask.sim.iccid;
	if (err == 0)
		err = inv_unit_change(s->inv, &host, &f, &r);
	return err;
}

int town_make_plans(struct story *s)
{
	static const struct inv_product watch = {.id = "klockabonnemang",
		.kind = INV_KIND_SIM,
		.name = {[SAY_SV] = "Klockabonnemang",
			[SAY_FI] = "Kelloliittymä",
			[SAY_EN] = "Watch plan"},
		.category = "sim",
		.zone = PEOPLE_LIBRARY,
		.life = INV_LIFE_USE,
		.prefix = "SIM"};
	struct refusal r = {0};

	return inv_product_put(s->inv, &(struct inv_act){.who = &town_konsulent, .now = s->now},
		&watch, true, &r);
}

/* The n-th of a kind that is with a borrower, is not one of the simulated, and is not late. */
static struct thing *lent(struct story *s, bool ipad, size_t n)
{
	for (size_t i = s->ask->alive; i < s->thing_count; i++) {
		struct thing *t = &s->things[i];

		if (t->ipad == ipad && t->has_sim && !t->gone && t->back > s->today && n-- == 0)
			return t;
	}
	return NULL;
}

/* --- of those that went long ago, the consultant has seen to it --- */

struct stopping {
	struct arena *a;
	struct inv_task *tasks;
	size_t n;
	struct inv_sim sim;
	const char *iccid;
};

static int tasks_in(struct store_txn *txn, void *arg)
{
	struct stopping *x = arg;

	return inv_task_list(txn, x->a, true, 100, &x->tasks, &x->n);
}

static int sim_in(struct store_txn *txn, void *arg)
{
	struct stopping *x = arg;
	struct inv_unit u;
	int err = inv_unit_find(txn, x->a, x->iccid, &u);

	return err ? err : inv_sim_get(txn, x->a, u.serial, &x->sim);
}

static int stop_sim(struct story *s, struct stopping *x, const struct inv_task *t)
{
	const int64_t at = t->made_at + 3600;
	struct inv_act act = {.who = &town_konsulent, .now = at};
	struct inv_sim_ask ask = {0};
	struct refusal r = {0};
	const char *same;
	int err = inv_task_done(s->inv, &act, t->id, &r);

	x->iccid = t->detail;
	if (err == 0)
		err = store_read(s->cli->house.st, sim_in, x);
	if (err)
		return err;
	act.code = x->sim.serial;
	ask.sim = x->sim;
	ask.sim.state = INV_SIM_PAUSED;
	return inv_sim_put(s->inv, &act, &ask, x->a, &r, &same);
}

static int stop_old(struct story *s)
{
	struct stopping x = {.a = s->cli->arena};
	int err = store_read(s->cli->house.st, tasks_in, &x);

	for (size_t i = 0; err == 0 && i < x.n; i++) {
		if (text_equal(x.tasks[i].kind, "sim.stop"))
			err = stop_sim(s, &x, &x.tasks[i]);
	}
	return err;
}

int town_stop_sims(struct story *s)
{
	static const struct {
		bool ipad, stolen;
		int64_t ago_s;
	} rows[] = {{true, true, 26 * 3600}, {true, false, 5 * 3600}, {false, false, 3 * 3600}};
	int err = stop_old(s);

	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct thing *t = lent(s, rows[i].ipad, 3);

		s->now = s->cli->now - rows[i].ago_s;
		if (t)
			err = town_lose(s, t, rows[i].stolen);
	}
	return err;
}
