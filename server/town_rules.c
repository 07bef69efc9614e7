/* SPDX-License-Identifier: EUPL-1.2 */
/* What the demonstration's municipality has decided about its loans; the rest is the program's own. */
#include "inventory/circulation.h"
#include "people/people.h"
#include "server/town_int.h"

/* A rule keeps the value and one: 0 is "it does not say". */
#define SAYS(n) ((n) + 1)

/* What is in each of the bags that are lent to try things at home. */
static int fill_bags(struct story *s)
{
	static const struct inv_part bag[] = {
		{.pos = 1, .name = "Sensorlampa", .expected = 1, .present = 1},
		{.pos = 2, .name = "Trådlös ringklocka, knapp och mottagare", .expected = 2, .present = 2},
		{.pos = 3, .name = "Nyckelhittare", .expected = 1, .present = 1},
		{.pos = 4, .name = "Innehållsförteckning", .expected = 1, .present = 1, .optional = true}};
	const struct inv_act act = {.who = &town_librarian, .now = s->now};
	struct refusal r = {0};

	return inv_template_put(
		s->inv, &act, "demovaska", bag, sizeof(bag) / sizeof(bag[0]), &r);
}

int town_make_rules(struct story *s)
{
	static const struct inv_rule rules[] = {
		{.product = "gps-klocka",
			.set = {[INV_TERM_LOAN_DAYS] = SAYS(90), [INV_TERM_RENEWALS] = SAYS(1)},
			.why = "Klockan behöver vardag, helg och en resa för att provas ut. "
			       "Efter ett halvår prövas den som bistånd"},
		{.place = "bussen",
			.set = {[INV_TERM_LOAN_DAYS] = SAYS(28)},
			.why = "Bussen kommer var fjärde vecka, och tar då emot det den lämnade"},
		{.zone = PEOPLE_LIBRARY,
			.set = {[INV_TERM_STOP_LATE_DAYS] = SAYS(30)},
			.why = "Andra väntar: det som är mer än en månad sent lämnas först"},
		{.borrower_kind = "staff",
			.set = {[INV_TERM_LOAN_DAYS] = SAYS(14), [INV_TERM_LIMIT] = SAYS(3)},
			.why = "Personal lånar för att visa hemma hos någon, inte för egen del"},
	};
	const struct inv_desk_who by = {
		.who = &town_konsulent, .zones = PEOPLE_ZONES, .now = s->now};
	int err = fill_bags(s);

	for (size_t i = 0; err == 0 && i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct refusal r = {0};
		uint64_t id;

		err = inv_rule_put(s->inv, &by, &rules[i], &r, &id);
	}
	return err;
}
