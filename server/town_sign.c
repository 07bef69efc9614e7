/* SPDX-License-Identifier: EUPL-1.2 */
/* The demonstration's agreements. Nobody's signature is imitated: what is drawn says "Demo". */
#include "base/text.h"
#include "inventory/agreement.h"
#include "server/town_int.h"

#define INK \
	"1000 400;100 100,100 300;100 100,170 120,205 200,170 280,100 300;" \
	"270 230,350 230,335 185,295 180,265 220,280 280,320 300,355 280;" \
	"400 300,400 190,430 180,455 205,455 300;455 205,485 180,510 205,510 300;" \
	"605 180,565 200,555 245,575 290,610 300,645 280,655 235,640 195,605 180"

static struct people_caller signs(const struct story *s, bool care)
{
	return (struct people_caller){.who = care ? &town_konsulent : &town_librarian,
		.zones = care ? PEOPLE_CARE : PEOPLE_LIBRARY,
		.now = s->now};
}

static void tell_signed(struct story *s, uint64_t loan)
{
	for (size_t i = 0; i < s->thing_count; i++)
		s->things[i].is_signed |= s->things[i].loan == loan;
}

static int draw(struct story *s, const struct people_caller *who, const char *id)
{
	static const char *const looked_at[] = {"id_card", "driving_licence", "known", "id_card"};
	const struct inv_signing drawn = {.way = "screen",
		.ink = INK,
		.signer = "self",
		.identity = looked_at[town_dice(s, 4)]};
	struct refusal r = {0};

	return town_or_refused(
		inv_agreement_sign(s->inv, s->cli->house.people, who, id, &drawn, &r));
}

int town_sign(struct story *s, struct thing *t)
{
	const struct people_caller who = signs(s, t->ipad);
	const struct inv_loan_ask_paper ask = {.loan = t->loan,
		.organisation = conf_str(s->cli->house.conf, "server", "organisation"),
		.phone = "031-390 06 00"};
	char id[INV_AGREEMENT_ID];
	struct refusal r = {0};
	int err;

	if (!t->loan || t->is_signed)
		return 0;
	err = inv_loan_agreement_make(s->inv, s->cli->house.people, &who, &ask, &r, id);
	if (err)
		return town_or_refused(err);
	tell_signed(s, t->loan);
	return draw(s, &who, id);
}

struct finding {
	struct arena *a;
	uint64_t loan;
	unsigned zones;
	const char *id;
};

static int agreement_in(struct store_txn *txn, void *arg)
{
	struct finding *x = arg;
	char number[INV_LOAN_NUMBER];
	struct inv_agreement *all;
	size_t n;
	int err = inv_agreement_list(
		txn, x->a, x->zones, inv_loan_number(x->loan, number), &all, &n);

	x->id = err == 0 && n ? all[n - 1].id : NULL;
	return err;
}

int town_void(struct story *s, const struct thing *t)
{
	const struct people_caller who = signs(s, t->ipad);
	struct finding x = {.a = s->cli->arena, .loan = t->loan, .zones = who.zones};
	struct refusal r = {0};
	int err = store_read(s->cli->house.st, agreement_in, &x);

	if (err || !x.id)
		return err;
	return town_or_refused(inv_agreement_void(
		s->inv, &who, x.id, "Fel sak stod på överenskommelsen", &r));
}
