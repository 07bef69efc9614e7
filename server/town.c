/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/town_int.h"

#include "base/day.h"
#include "base/text.h"

#include <stdio.h>

#define YEARS_DAYS 730
#define TOWN_ANNOUNCED 12

static const struct audit_who it = {.actor = "it", .via = "demo"};

static void tell(const struct story *s, const char *what, size_t n)
{
	const char *number = arena_printf(s->cli->arena, "%zu", n);

	cli_say("%s\n", cli_fill(s->cli, what, number, NULL, NULL));
	fflush(stdout);
}

/* --- places, accounts, products --- */

static int make_places(struct story *s)
{
	static const struct inv_place places[] = {
		{.id = "centrum",
			.kind = INV_PLACE_DESK,
			.name = {[SAY_SV] = "Mötesplats Centrum",
				[SAY_FI] = "Kohtaamispaikka Centrum",
				[SAY_EN] = "Centrum meeting place"},
			.address = "Torggatan 1",
			.phone = "031-390 06 00",
			.hours = "måndag–fredag 9–16",
			.lends = true},
		{.id = "biblioteket",
			.kind = INV_PLACE_DESK,
			.name = {[SAY_SV] = "Stadsbiblioteket, välfärdshyllan",
				[SAY_FI] = "Kaupunginkirjasto, hyvinvointihylly",
				[SAY_EN] = "City library, welfare shelf"},
			.address = "Skolgatan 10",
			.phone = "031-390 06 10",
			.hours = "måndag–lördag 10–18",
			.open_days = 0x3f,
			.lends = true},
		{.id = "bussen",
			.kind = INV_PLACE_BUS,
			.name = {[SAY_SV] = "Mötesplatsbussen",
				[SAY_FI] = "Kohtaamispaikkabussi",
				[SAY_EN] = "Meeting-place bus"},
			.phone = "031-390 06 20",
			.hours = "tisdag och torsdag 10–15",
			.open_days = 0x0a,
			.lends = true,
			.offline = true},
		{.id = "visning",
			.kind = INV_PLACE_SHOWROOM,
			.name = {[SAY_SV] = "Visningsrummet",
				[SAY_FI] = "Näyttelyhuone",
				[SAY_EN] = "Showroom"},
			.parent = "centrum"},
		{.id = "it-lager",
			.kind = INV_PLACE_STORE,
			.name = {[SAY_SV] = "IT:s förråd",
				[SAY_FI] = "IT:n varasto",
				[SAY_EN] = "IT's store room"}},
	};
	struct refusal r = {0};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(places) / sizeof(places[0]); i++)
		err = inv_place_put(s->inv, &(struct inv_act){.who = &it, .now = s->now},
			&places[i], true, &r);
	return err;
}

static int make_accounts(struct story *s)
{
	static const struct {
		const char *name;
		uint32_t roles;
	} rows[] = {{"konsulent", WEB_KONSULENT}, {"bibliotek", WEB_BIBLIOTEK},
		{"admin", WEB_ADMIN}, {"lasare", WEB_READER}};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct town_account *a = &s->t->accounts[n];
		struct refusal r = {0};
		int err = web_account_add(s->cli->house.st, &s->cli->who, rows[i].name,
			rows[i].roles, s->cli->now, s->cli->arena, &a->password, &r);

		if (town_or_refused(err))
			return err;
		if (err == 0) {
			a->name = rows[i].name;
			n++;
		}
	}
	return 0;
}

/* Its texts have been read, and everybody may see it. */
static int open_catalogue(struct story *s)
{
	const struct setting_ask ask = {.x = SETTING_CATALOGUE_OPEN,
		.value = "yes",
		.why = "Texterna är lästa; nämnden vill att alla ska kunna se vad vi lånar ut"};
	struct refusal r = {0};

	return settings_set(s->cli->house.settings, &it, &ask, s->now, &r);
}

static int make_products(struct story *s)
{
	static const struct inv_product ipad = {.id = "ipad-10",
		.kind = INV_KIND_IPAD,
		.name = {[SAY_SV] = "iPad 10:e generationen, 64 GB, mobilnät",
			[SAY_FI] = "iPad 10. sukupolvi, 64 Gt, mobiiliverkko",
			[SAY_EN] = "iPad 10th generation, 64 GB, cellular"},
		.category = "surfplatta",
		.maker = "Apple",
		.price_ore = 549000,
		.zone = PEOPLE_CARE,
		.life = INV_LIFE_USE,
		.lendable = true,
		.prefix = "INV"};
	static const struct inv_part parts[] = {
		{.pos = 1, .name = "Laddare 20 W", .expected = 1, .present = 1},
		{.pos = 2, .name = "USB-C-kabel", .expected = 1, .present = 1},
		{.pos = 3, .name = "Fodral", .expected = 1, .present = 1},
		{.pos = 4, .name = "Handbok", .expected = 1, .present = 1, .optional = true}};
	struct refusal r = {0};
	unsigned made, there;
	int err = inv_catalogue_load(s->inv, &it, s->now, &made, &there);

	if (err == 0)
		err = inv_product_put(s->inv, &(struct inv_act){.who = &it, .now = s->now}, &ipad,
			true, &r);
	if (err == 0)
		err = inv_template_put(s->inv, &(struct inv_act){.who = &it, .now = s->now},
			ipad.id, parts, 4, &r);
	if (err == 0)
		err = open_catalogue(s);
	return err ? err : town_make_plans(s);
}

/* --- iPads: two deliveries on two leases --- */

/* Three years with a borrower, and a year to come to one in. */
#define LEASE_MONTHS 48

static size_t second_delivery(void)
{
	return TOWN_IPADS * 3 / 5;
}

static int make_lease(struct story *s, const char *id, int32_t start)
{
	const struct inv_lease l = {.id = id,
		.supplier = "Leverantören AB",
		.agreement = arena_printf(s->cli->arena, "RA-%s", id),
		.funding = "Statsbidrag",
		.start_day = start,
		.months = LEASE_MONTHS,
		.notice_days = 90,
		.monthly_ore = 14500};
	struct refusal r = {0};

	return inv_lease_put(s->inv, &it, &l, s->now, &r);
}

/* The number after the simulated ones is that of the box which comes later. */
static const char *serial_at(struct story *s, size_t i)
{
	unsigned number = (unsigned)(i > s->ask->alive ? i + 1 : i);

	return s->ask->serial(s->cli->arena, number);
}

/* The last simulated one is on no list, so that somebody is in quarantine. */
static int deliver(struct story *s, size_t from, size_t to, const char *lease)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	struct inv_import_report r;
	char day[DAY_TEXT];
	int32_t ends = day_add_months(day_of_time(s->now), LEASE_MONTHS) - 1;

	buf_add_str(
		&csv, "serial,item_number,state,product,product_id,lease,lease_end,place\n");
	for (size_t i = from; i < to; i++)
		if (i != s->ask->alive)
			buf_printf(&csv,
				"%s,INV-%04zu,in_stock,iPad 10:e generationen,ipad-10,%s,%s,"
				"it-lager\n",
				serial_at(s, i), i, lease, day_format(ends, day));
	return inv_import_csv(
		s->inv, &it, buf_bytes(&csv), true, false, SAY_SV, s->now, s->cli->arena, &r);
}

/* To come: one that is only ordered, and one whose serial numbers the supplier has told. */
static int expect_deliveries(struct story *s)
{
	static const struct {
		const char *id;
		int days;
		uint32_t count;
		bool announced;
	} rows[] = {{"BEST-2041", 24, 30, false}, {"BEST-2038", 3, TOWN_ANNOUNCED, true}};
	const char *codes[TOWN_ANNOUNCED];
	struct refusal r = {0};
	int err = 0;

	/* one of them is the box that the visitor sees opened */
	codes[0] = s->ask->serial(s->cli->arena, s->ask->alive + 1);
	for (unsigned i = 1; i < TOWN_ANNOUNCED; i++)
		codes[i] = s->ask->serial(s->cli->arena, TOWN_IPADS + 1 + i);
	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct inv_delivery d = {.id = rows[i].id,
			.supplier = "Leverantören AB",
			.lease = "LEASE-2",
			.product_id = "ipad-10",
			.place = "it-lager",
			.expected = rows[i].count,
			.expected_day = s->today + rows[i].days};
		const struct inv_act act = {.who = &it, .code = d.id, .now = s->cli->now};

		err = inv_delivery_put(s->inv, &it, &d, s->cli->now, &r);
		if (err == 0 && rows[i].announced)
			err = inv_delivery_announce(s->inv, &act, codes, TOWN_ANNOUNCED, &r);
	}
	return err;
}

static int make_ipads(struct story *s)
{
	size_t later = second_delivery();
	int err = make_lease(s, "LEASE-1", s->first);

	if (err == 0)
		err = make_lease(s, "LEASE-2", s->first + 365);
	if (err == 0)
		err = deliver(s, s->ask->alive + 1, later, "LEASE-1");
	s->now = day_start(s->first + 365) + TOWN_OPENS_S;
	if (err == 0)
		err = deliver(s, later, TOWN_IPADS + 1, "LEASE-2");
	if (err == 0)
		err = deliver(s, 1, s->ask->alive, "LEASE-2");
	s->now = day_start(s->first) + TOWN_OPENS_S;
	for (size_t i = 1; err == 0 && i <= TOWN_IPADS; i++) {
		const char *serial = serial_at(s, i);
		int32_t from = i < later && i > s->ask->alive ? s->first : s->first + 365;
		const struct inv_act act = {
			.who = &it, .code = serial, .now = day_start(from) + TOWN_OPENS_S};
		struct refusal r = {0};

		if (i == s->ask->alive)
			continue;
		err = town_or_refused(inv_kit_begin(s->inv, &act, &r));
		s->things[s->thing_count] = (struct thing){
			.serial = serial, .ipad = true, .has_sim = true, .from = from};
		if (err == 0)
			err = town_fit_sim(s, &s->things[s->thing_count++]);
	}
	s->ipad_count = s->thing_count;
	s->t->ipads = s->thing_count;
	return err;
}

/* --- the welfare library's things --- */

struct titles {
	struct arena *a;
	struct inv_product *p;
	size_t n;
};
static int titles_in(struct store_txn *txn, void *arg)
{
	struct titles *t = arg;
	const struct inv_product_ask ask = {.lendable_only = true, .most = 200};
	const char *next;

	return inv_product_list(txn, t->a, &ask, &t->p, &t->n, &next);
}

static int make_some(struct story *s, const struct inv_product *p, unsigned count)
{
	static const char *const homes[] = {"centrum", "biblioteket", "bussen"};
	const char **serials;
	struct inv_new n = {.f = INV_FIELDS_NONE, .count = count};
	struct refusal r = {0};
	int err;

	n.f.product_id = p->id;
	n.f.place = n.f.home = homes[town_dice(s, 5) % 3];
	err = inv_unit_make(s->inv, &it, &n, s->now, s->cli->arena, &r, &serials);
	for (unsigned i = 0; err == 0 && i < count; i++) {
		const struct inv_act act = {.who = &it, .code = serials[i], .now = s->now};

		struct thing *t = &s->things[s->thing_count++];

		*t = (struct thing){.serial = serials[i],
			.from = s->first + 14,
			.product = p->id,
			.has_sim = text_equal(p->id, "gps-klocka")};
		/* a button and its receiver: what the desk asks for when it comes back */
		if (p->kind == INV_KIND_KIT || t->has_sim || text_equal(p->id, "tradlos-ringklocka"))
			err = town_or_refused(inv_kit_begin(s->inv, &act, &r));
		if (err == 0 && t->has_sim)
			err = town_fit_sim(s, t);
	}
	return err;
}

static int make_things(struct story *s)
{
	struct titles t = {.a = s->cli->arena};
	int err = store_read(s->cli->house.st, titles_in, &t);
	size_t left = TOWN_THINGS, kinds = 0;

	for (size_t i = 0; i < t.n; i++)
		kinds += t.p[i].kind == INV_KIND_THING || t.p[i].kind == INV_KIND_KIT;
	for (size_t i = 0; err == 0 && i < t.n; i++) {
		unsigned n = (unsigned)((left + kinds - 1) / (kinds ? kinds : 1));

		if (t.p[i].kind != INV_KIND_THING && t.p[i].kind != INV_KIND_KIT)
			continue;
		err = make_some(s, &t.p[i], n);
		left -= n;
		kinds--;
	}
	s->t->things = s->thing_count - s->ipad_count;
	return err;
}

/* --- borrowers --- */

static int make_borrower(struct story *s, size_t i)
{
	struct people_edit e = {.zone = i < s->care ? PEOPLE_CARE : PEOPLE_LIBRARY,
		.kind = "senior",
		.postcode = "123 45",
		.city = "Demostad",
		.channel = i % 4 ? "letter" : "phone"};
	/* Who has not borrowed in a long time is forgotten: those who are still to come are new. */
	const bool to_come = i == TOWN_READER || (i < s->care && i + 20 >= s->care);
	const struct people_caller who = {.who = i < s->care ? &town_konsulent : &town_librarian,
		.zones = PEOPLE_ZONES,
		.now = to_come ? s->cli->now - 20 * DAY_S : s->now};
	struct town_person p;
	char id[PEOPLE_ID];
	struct refusal r = {0};
	int err;

	town_person(i, &p);
	e.given = p.given;
	e.family = p.family;
	e.identity = p.number;
	e.lang = p.finnish ? "fi" : "sv";
	/* numbers that the post and telecom authority keeps for books and films */
	e.phone = arena_printf(s->day_arena, "031-390 06 %02zu", i % 100);
	e.street = arena_printf(s->day_arena, "%s %u", p.street, p.house);
	e.card = town_card(s->day_arena, i);
	e.protect = i % 300 == 77 ? PEOPLE_YES : PEOPLE_KEEP;
	err = people_add(s->cli->house.people, &who, &e, id, &r);
	if (err == 0)
		s->borrowers[i] = arena_strdup(s->cli->arena, id);
	return town_or_refused(err);
}

static int make_borrowers(struct story *s)
{
	int err = 0;

	s->care = TOWN_IPADS;
	for (size_t i = 0; err == 0 && i < TOWN_BORROWERS; i++) {
		err = make_borrower(s, i);
		s->t->borrowers += s->borrowers[i] != NULL;
	}
	return err;
}

/* --- what is open today --- */

static int make_faults(struct story *s)
{
	static const char *const symptoms[] = {"Laddar inte", "Ljudet har försvunnit",
		"Skärmen är sprucken i ett hörn", "Larmar på fel tid"};
	int err = 0;

	for (size_t i = 0; err == 0 && i < 4; i++) {
		const struct inv_act act = {.who = i == 2 ? &town_konsulent : &town_librarian,
			.code = s->things[i == 2 ? s->ask->alive + 20 : s->ipad_count + 40 * i]
					.serial,
			.now = s->cli->now - (int64_t)(i + 1) * 50000};
		const struct inv_fault f = {
			.symptom = symptoms[i], .tried = "Startat om", .channel = "phone"};
		struct refusal r = {0};
		uint64_t id;

		err = town_or_refused(inv_fault_add(s->inv, &act, &f, &r, &id));
	}
	return err;
}

static int make_holds(struct story *s)
{
	struct titles t = {.a = s->cli->arena};
	int err = store_read(s->cli->house.st, titles_in, &t);

	s->now = s->cli->now - 7200;
	for (size_t i = 0; err == 0 && i < 12 && i < t.n; i++) {
		const struct inv_desk_who by = town_desk(s, false);
		const struct inv_hold_want want = {.borrower = s->borrowers[s->care + i * 31],
			.product = t.p[i].id,
			.place = "biblioteket",
			.from = s->today + 7 + (int32_t)i,
			.to = s->today + 28 + (int32_t)i};
		struct refusal r = {0};
		uint64_t id;

		if (t.p[i].kind != INV_KIND_IPAD && want.borrower)
			err = town_or_refused(inv_hold_add(s->inv, &by, &want, &r, &id));
	}
	return err;
}

/* --- the whole --- */

static int is_there_in(struct store_txn *txn, void *arg)
{
	struct inv_place p;

	return inv_place_get(txn, arg, "centrum", &p);
}

static int tell_story(struct story *s)
{
	size_t next_care = 0;
	int err = inv_demo_mark(s->cli->house.st);

	if (err == 0)
		err = make_places(s);
	if (err == 0)
		err = make_accounts(s);
	if (err == 0)
		err = make_products(s);
	if (err == 0)
		err = town_make_rules(s);
	if (err == 0)
		err = make_ipads(s);
	tell(s, "cli.town.ipads", s->t->ipads);
	if (err == 0)
		err = make_things(s);
	tell(s, "cli.town.things", s->t->things);
	tell(s, "cli.town.sims", s->sim_count);
	if (err == 0)
		err = make_borrowers(s);
	tell(s, "cli.town.borrowers", s->t->borrowers);
	if (err == 0)
		err = town_two_years(s, &next_care);
	if (err == 0)
		err = town_lend_the_alive(s, &next_care);
	tell(s, "cli.town.loans", s->t->loans);
	if (err == 0)
		err = town_stop_sims(s);
	if (err == 0)
		err = make_faults(s);
	if (err == 0)
		err = make_holds(s);
	if (err == 0)
		err = town_rarities(s);
	if (err == 0)
		err = town_plan_handouts(s, next_care);
	if (err == 0)
		err = expect_deliveries(s);
	return err;
}

int town_make(struct cli *cli, const struct town_ask *ask, struct town *ret)
{
	AUTO(arena) struct arena *day_arena = arena_new();
	struct story s = {.cli = cli,
		.inv = cli->house.inv,
		.ask = ask,
		.t = ret,
		.seed = 20261,
		.day_arena = day_arena};
	int err = store_read(cli->house.st, is_there_in, cli->arena);

	*ret = (struct town){0};
	if (err != ERR_NOTFOUND)
		return err;
	s.today = day_of_time(cli->now);
	s.first = s.today - YEARS_DAYS;
	s.now = day_start(s.first) + TOWN_OPENS_S;
	s.things = ARENA_ARRAY(cli->arena, struct thing, TOWN_IPADS + TOWN_THINGS + 100);
	s.borrowers = ARENA_ARRAY(cli->arena, const char *, TOWN_BORROWERS);
	return tell_story(&s);
}
