/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a house has beside things, borrowers and past loans: something of each kind that a page
 * stands for, and of each list more rows than a page of it shows. By the API, as programs ask; and
 * by the rooms' own functions what takes weeks to come (what is late, whose time is up) or what
 * Apple alone tells.
 */
#include "tests/bench/desk.h"

#include "base/clock.h"
#include "inventory/circulation.h"
#include "mdm/ade_int.h"
#include "tests/fake/http_client.h"

#include <string.h>

#define ROWS 60 /* of each list */
#define HOOKS 32   /* no more are taken */
#define NOTICES 50 /* the same */
#define LATE (60 * DAY_S) /* ago: what is lent for six weeks is late */

static const struct audit_who bench_who = {.actor = "bench", .via = "cli"};

/* Four by four. */
static const uint8_t picture[] = {0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0,
	0, 0, 4, 0, 0, 0, 4, 8, 2, 0, 0, 0, 0x26, 0x93, 0x09, 0x29, 0, 0, 0, 0x10, 'I', 'D', 'A', 'T',
	0x78, 0x9c, 0x63, 0x60, 0x68, 0x70, 0x00, 0x47, 0x0c, 0xc4, 0x71, 0x00, 0x68, 0x14, 0x86,
	0x01, 0x6e, 0x2d, 0x35, 0x3d, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};
static const char book[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \n"
			   "trailer<</Size 2/Root 1 0 R>>\nstartxref\n44\n%%EOF\n%";

struct rest {
	struct desk *d;
	struct client *c;
	struct arena *a;
	const char *who; /* a borrower who has much */
	struct refusal r;
};

static struct doc *sent(struct rest *x, const char *path, const char *type, struct bytes body)
{
	const struct client_header headers[] = {
		{"Authorization", arena_printf(x->a, "Bearer %s", x->d->token)},
		{"Accept", "application/json"},
		{"Content-Type", type},
	};
	const struct client_request rq = {.method = "POST",
		.path = arena_printf(x->a, "/api/v1%s", path),
		.headers = headers,
		.header_count = sizeof(headers) / sizeof(headers[0]),
		.body = body};
	struct client_reply r;
	struct doc *d;

	bench_must(client_exchange(x->c, &rq, &r), path);
	if (r.status / 100 != 2) {
		bench_note("%s answers %d: %.*s", path, r.status, (int)r.body.n,
			(const char *)r.body.p);
		bench_must(ERR_INTERNAL, path);
	}
	bench_must(doc_parse(x->a, r.body, &d), path);
	return d;
}

static struct doc *post(struct rest *x, const char *path, const char *body)
{
	return sent(x, path, "application/json", bytes_of_str(body));
}

static const char *number_of(struct rest *x, struct doc *d, const char *key)
{
	const char *s = doc_str(d, key);
	int64_t n;

	if (s)
		return s;
	bench_must(doc_int(d, key, &n), key);
	return arena_printf(x->a, "%lld", (long long)n);
}

static const char *nth(struct rest *x, const char *word, unsigned i)
{
	return arena_printf(x->a, "%s%07u", word, i);
}

/* Addresses that begin as this row of the table begin so in this house. Of two that fit, the first. */
static void opens(struct rest *x, const char *row, const char *here)
{
	struct desk *d = x->d;

	if (d->name_count == DESK_NAMES)
		bench_must(ERR_TOOBIG, "DESK_NAMES");
	d->names[d->name_count++] = (struct desk_name){row, here};
}

#define TEXT(...) arena_printf(x->a, __VA_ARGS__)

/* The same for what a rule may refuse: which one stands before it. */
static void allowed(int err, const struct refusal *r, const char *what)
{
	if (err == ERR_REFUSED)
		bench_note("%s: %s", what, say_plain(r->say, SAY_EN));
	bench_must(err, what);
}

/* --- things --- */

static void stock(struct rest *x)
{
	struct doc *made;

	post(x, "/catalogue/load", "{}");
	post(x, "/settings/catalogue.open", "{\"value\":\"yes\",\"why\":\"the texts are read\"}");
	post(x, "/products", "{\"id\":\"lupplampa\",\"kind\":\"thing\",\"name\":\"Lupplampa\","
			     "\"category\":\"sight\",\"zone\":\"library\",\"lendable\":true,"
			     "\"prefix\":\"LL\",\"help\":\"Ställ den vid fönstret\",\"shown\":true}");
	post(x, "/products/lupplampa/parts", "{\"parts\":[{\"name\":\"Lampa\"},{\"name\":\"Batteri\"}]}");
	for (unsigned i = 0; i < ROWS; i++)
		post(x, "/places",
			TEXT("{\"id\":\"plats-%u\",\"kind\":\"desk\",\"name\":\"Bibliotek %u\","
			     "\"lends\":true}",
				i, i));
	post(x, "/places/plats-0/closed",
		"{\"from\":\"2099-01-02\",\"to\":\"2099-01-03\",\"why\":\"Inventering\"}");
	for (unsigned i = 0; i < 2; i++)
		made = post(x, "/items",
			"{\"product\":\"lupplampa\",\"place\":\"plats-0\",\"count\":200}");
	if (doc_list_size(doc_list(made, "serials")) != 200)
		bench_must(ERR_INTERNAL, "units");
	sent(x, "/products/lupplampa/photos", "image/png", (struct bytes){picture, sizeof(picture)});
	opens(x, "/places/{place}", "/places/plats-0");
	opens(x, "/catalogue/products/{product}", "/catalogue/products/lupplampa");
	opens(x, "/products/{product}", "/products/lupplampa");
}

static const char *lamp(struct rest *x, unsigned i)
{
	return TEXT("LL-%06u", i + 1);
}

static void around_things(struct rest *x)
{
	struct doc *fault = NULL, *notice = NULL, *rule = NULL, *price = NULL;

	post(x, TEXT("/items/%s/parts", lamp(x, 0)), "{}");
	for (unsigned i = 0; i < ROWS; i++) {
		fault = post(x, TEXT("/items/%s/faults", lamp(x, i)),
			"{\"symptom\":\"Den blinkar, och slocknar efter en stund\"}");
		post(x, TEXT("/items/%s/send", lamp(x, ROWS + i)), "{\"to\":\"plats-1\"}");
		if (i < NOTICES)
			notice = post(x, "/safety-notices",
				TEXT("{\"title\":\"Blir varm %u\",\"product\":\"lupplampa\",\"text\":"
				     "\"Ta in dem\"}",
					i));
		rule = post(x, "/loan-rules",
			TEXT("{\"product\":\"product-%u\",\"loan_days\":%u,\"why\":\"många "
			     "väntar\"}",
				i, 10 + i));
		price = post(x, "/prices",
			TEXT("{\"prices\":[{\"product\":\"product-%u\",\"price_ore\":%u00}],"
			     "\"why\":\"nämndens beslut\"}",
				i, 150 + i));
	}
	opens(x, "/items/{code}/parts/{number}", TEXT("/items/%s/parts/1", lamp(x, 0)));
	opens(x, "/items/{code}", TEXT("/items/%s", lamp(x, 0)));
	opens(x, "/faults/{id}", TEXT("/faults/%s", number_of(x, fault, "fault")));
	opens(x, "/safety-notices/{id}/items/{code}",
		TEXT("/safety-notices/%s/items/%s", number_of(x, notice, "notice"), lamp(x, 0)));
	opens(x, "/safety-notices/{id}", TEXT("/safety-notices/%s", number_of(x, notice, "notice")));
	opens(x, "/loan-rules/{id}", TEXT("/loan-rules/%s", number_of(x, rule, "rule")));
	opens(x, "/prices/versions/{version}",
		TEXT("/prices/versions/%s", number_of(x, price, "version")));
	opens(x, "/wordings/{kind}/{lang}", "/wordings/loan/sv");
	opens(x, "/settings/{name}", "/settings/server.contact");
}

/* The number of a SIM with its check digit (Luhn). */
static const char *iccid(struct rest *x, unsigned i)
{
	const char *s = TEXT("894607%012u", i);
	unsigned sum = 0;

	for (size_t at = 0; s[at]; at++) {
		unsigned digit = (unsigned)(s[at] - '0') * (at % 2 ? 2 : 1);

		sum += digit / 10 + digit % 10;
	}
	return TEXT("%s%u", s, (10 - sum % 10) % 10);
}

/* Like what a supplier sends: on a lease, with SIMs. */
static void supply(struct rest *x)
{
	struct doc *sim = NULL;

	for (unsigned i = 0; i < ROWS; i++) {
		const char *id = TEXT("S-%u", i);

		post(x, "/leases",
			TEXT("{\"id\":\"%s\",\"supplier\":\"Leverantören AB\",\"start\":"
			     "\"2026-01-31\",\"months\":36}",
				id));
		post(x, "/deliveries",
			TEXT("{\"id\":\"%s\",\"product\":\"lupplampa\",\"expected\":%u}", id, 2 + i));
		sim = post(x, "/sims",
			TEXT("{\"iccid\":\"%s\",\"operator\":\"Sjumilanätet\"}", iccid(x, i)));
	}
	for (unsigned i = 0; i < ROWS; i++)
		post(x, "/deliveries/S-1/announce", TEXT("{\"codes\":\"%s\"}", nth(x, "NY", i)));
	opens(x, "/leases/{lease}", "/leases/S-1");
	opens(x, "/deliveries/{delivery}", "/deliveries/S-1");
	opens(x, "/sims/{code}", TEXT("/sims/%s", doc_str(sim, "serial")));
}

/* --- borrowers --- */

static void lend(struct rest *x, const char *to, unsigned thing)
{
	struct doc *d = post(x, "/loans",
		TEXT("{\"borrower\":\"%s\",\"things\":[\"%s\"],\"yes\":\"hold limit parts late\"}", to,
			lamp(x, thing)));
	const char *loan = doc_str(d, "loan");

	if (thing != 2 * ROWS)
		return;
	d = post(x, TEXT("/loans/%s/agreements", loan), "{}");
	opens(x, "/loans/{loan}/agreements/{id}",
		TEXT("/loans/%s/agreements/%s", loan, doc_str(d, "id")));
	opens(x, "/agreements/{id}", TEXT("/agreements/%s", doc_str(d, "id")));
	opens(x, "/loans/{number}/things/{code}", TEXT("/loans/%s/things/%s", loan, lamp(x, thing)));
	opens(x, "/loans/{loan}", TEXT("/loans/%s", loan));
	opens(x, "/loans/{number}", TEXT("/loans/%s", loan));
}

static void wait_for(struct rest *x, unsigned i)
{
	char at[CLOCK_TEXT];
	const char *who = x->d->borrower[100 + i];
	struct doc *d;

	clock_format_utc(clock_now() + (1 + i % 20) * DAY_S, at);
	post(x, "/holds", TEXT("{\"borrower\":\"%s\",\"product\":\"product-%u\"}", who, i % 50));
	post(x, "/handouts/seats",
		TEXT("{\"at\":\"%s\",\"place\":\"plats-%u\",\"seats\":80}", at, i));
	d = post(x, "/handouts",
		TEXT("{\"borrower\":\"%s\",\"product\":\"product-%u\",\"at\":\"%s\",\"place\":"
		     "\"plats-%u\",\"yes\":\"hold limit\"}",
			who, 50 + i % 50, at, i));
	if (i == 0)
		opens(x, "/handouts/{id}", TEXT("/handouts/%s", number_of(x, d, "handout")));
}

static void borrowers(struct rest *x)
{
	const char *id = x->who;

	for (unsigned i = 0; i < ROWS; i++) {
		lend(x, id, 2 * ROWS + i);
		wait_for(x, i);
		post(x, TEXT("/borrowers/%s/relatives", x->d->borrower[200 + i % 10]),
			"{\"relation\":\"child\",\"name\":\"Bo Provare\",\"phone\":\"033-12 34 57\"}");
	}
	post(x, TEXT("/borrowers/%s/relatives", id),
		"{\"relation\":\"child\",\"name\":\"Bo Provare\",\"phone\":\"033-12 34 57\"}");
	post(x, TEXT("/borrowers/%s/consents", id),
		"{\"kind\":\"told\",\"about\":\"privacy\",\"giver\":\"self\"}");
	opens(x, "/holds/{id}", "/holds/1");
	opens(x, "/borrowers/{id}/relatives/{number}", TEXT("/borrowers/%s/relatives/1", id));
	opens(x, "/borrowers/{id}/consents/{number}", TEXT("/borrowers/%s/consents/1", id));
	opens(x, "/borrowers/{id}", TEXT("/borrowers/%s", id));
	opens(x, "/protected-looks/{zone}/{number}", "/protected-looks/library/1");
}

/* Lent so long ago that it is late: one thing each. */
static void late(struct rest *x)
{
	const struct inv_desk_who by = {.who = &bench_who,
		.zones = PEOPLE_ZONES,
		.desk = "",
		.now = clock_now() - LATE};
	char loan[INV_LOAN_NUMBER];

	for (unsigned i = 0; i < ROWS; i++) {
		const struct inv_out_item item = {.code = nth(x, "VB-", i)};
		const struct inv_out out = {.borrower = x->d->borrower[300 + i],
			.items = &item,
			.item_count = 1,
			.yes = INV_YES_HOLD | INV_YES_LIMIT | INV_YES_LATE};
		struct inv_out_result made;
		struct refusal r = {0};

		allowed(inv_check_out(x->d->s.house.inv, &by, &out, &r, &made), &r, "a late loan");
		inv_loan_number(made.loan, loan);
	}
	opens(x, "/loans/calls/{number}", TEXT("/loans/calls/%s", loan));
}

static int gone_in(struct store_txn *txn, void *arg)
{
	struct rest *x = arg;
	const struct people_caller by = {&bench_who, PEOPLE_ZONES, clock_now() - 300 * DAY_S};
	char id[PEOPLE_ID], card[PEOPLE_CARD];
	const struct people_edit want = {.zone = PEOPLE_LIBRARY,
		.kind = "relative",
		.given = "Bench",
		.family = "Gallras",
		.card = card};
	int err = 0;

	for (unsigned i = 0; err == 0 && i < ROWS; i++) {
		people_id_make(id);
		people_card_make(card);
		err = people_add_in(x->d->s.house.people, txn, &by, &want, id, &x->r);
	}
	return err;
}

/* A rule of long ago, and whose time is up by it. */
static void erasure_list(struct rest *x)
{
	struct people *p = x->d->s.house.people;
	struct people_caller by = {&bench_who, PEOPLE_ZONES, clock_now() - 400 * DAY_S};
	const struct people_policy rule = {.zone = PEOPLE_LIBRARY,
		.kind = "relative",
		.keep_days = 10,
		.by_protocol = true,
		.decision = "Nämnden § 5"};
	struct refusal r = {0};
	uint64_t number;

	allowed(people_policy_set(p, &by, &rule, &r), &r, "a rule of erasing");
	by.now = clock_now();
	bench_must(people_policy_tend(p, by.now), "a rule of erasing that has waited");
	allowed(store_write(x->d->s.house.st, gone_in, x), &x->r, "whose time is up");
	allowed(people_protocol_propose(p, &by, PEOPLE_LIBRARY, &number, &r), &r, "an erasure list");
	opens(x, "/retention/lists/{zone}/{number}",
		TEXT("/retention/lists/library/%llu", (unsigned long long)number));
}

/* --- iPads --- */

static int assigned_in(struct store_txn *txn, void *arg)
{
	struct rest *x = arg;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < ROWS; i++) {
		const struct mdm_ade_device d = {.serial = nth(x, "BENCH", i),
			.model = "iPad 10.9",
			.description = "IPAD 10.9 64GB SILVER",
			.color = "SILVER",
			.profile_status = "empty",
			.assigned_at = clock_now() - LATE,
			.op_at = clock_now() - LATE,
			.first_at = clock_now() - LATE,
			.changed_at = clock_now() - LATE};

		err = ade_device_put(txn, NULL, &d);
	}
	return err;
}

static void ipads(struct rest *x)
{
	struct doc *list = NULL;

	for (unsigned i = 0; i < ROWS; i++)
		list = sent(x, "/items/import", "text/csv",
			bytes_of_str(TEXT("serial,item_number,state,lease\n%s,INV-%04u,in_stock,S-2\n",
				nth(x, "BENCH", i), i)));
	bench_enrolled(&x->d->s.house, 0, ROWS);
	bench_must(store_write(x->d->s.house.st, assigned_in, x), "assigned iPads");
	for (unsigned i = 20; i < 40; i++) {
		post(x, "/loans",
			TEXT("{\"borrower\":\"%s\",\"things\":[\"%s\"],\"yes\":\"hold limit\"}",
				x->d->borrower[400 + i], nth(x, "BENCH", i)));
		post(x, TEXT("/devices/%s/returned", nth(x, "BENCH", i)),
			"{\"erase\":\"yes\",\"preserve_data_plan\":\"yes\"}");
	}
	post(x, "/devices/BENCH0000001/lost", "{\"message\":\"Ring biblioteket\",\"stolen\":\"yes\"}");
	post(x, "/devices/BENCH0000002/desired",
		"{\"kind\":\"web-clip\",\"id\":\"help\",\"spec\":{\"type\":\"web-clip\",\"label\":"
		"\"Hjälp\",\"url\":\"https://example.se/\"}}");
	opens(x, "/devices/{code}/returned", "/devices/BENCH0000003/returned");
	opens(x, "/devices/{code}/return", "/devices/BENCH0000020/return");
	opens(x, "/devices/{code}/locat", "/devices/BENCH0000001/locat"); /* locate, location */
	opens(x, "/devices/{code}/want/{type}", "/devices/BENCH0000002/want/wifi");
	opens(x, "/devices/{code}/unwant/{kind}/{id}", "/devices/BENCH0000002/unwant/web-clip/help");
	opens(x, "/devices/{code}", "/devices/BENCH0000002");
	opens(x, "/apple/devices/{serial}", "/apple/devices/BENCH0000000");
	opens(x, "/imports/{id}", TEXT("/imports/%s", number_of(x, list, "id")));
}

static void mailed(struct rest *x)
{
	struct doc *mailing = NULL, *media = NULL;
	AUTO(buf) struct buf in = BUF_INIT(4096);

	for (unsigned i = 0; i < ROWS; i++)
		buf_printf(&in, "%s\"BENCH%07u\"", i ? "," : "", i);
	for (unsigned i = 0; i < ROWS; i++)
		post(x, "/groups",
			TEXT("{\"name\":\"rond-%u\",\"title\":\"Rond nummer %u\"}", i, i));
	post(x, "/groups/rond-1/members", TEXT("{\"in\":[%s]}", buf_str(&in)));
	post(x, "/groups/rond-1/items",
		"{\"kind\":\"profile\",\"id\":\"lock-screen\",\"spec\":{\"type\":\"lock-screen\","
		"\"footnote\":\"Ring 033-12 34 56\"}}");
	for (unsigned i = 0; i < ROWS; i++) {
		media = sent(x, TEXT("/media?name=handbok-%u.pdf", i), "application/pdf",
			bytes_of_str(TEXT("%s%u\n", book, i)));
		mailing = post(x, "/mailings",
			TEXT("{\"kind\":\"link\",\"url\":\"https://example.se/\",\"title\":\"Höstens "
			     "länk %u\",\"group\":\"rond-%u\"}",
				i, i == ROWS - 1 ? 1 : 2));
	}
	opens(x, "/groups/{name}/want/{type}", "/groups/rond-1/want/wifi");
	opens(x, "/groups/{name}/unwant/{kind}/{id}", "/groups/rond-1/unwant/profile/lock-screen");
	opens(x, "/groups/{name}", "/groups/rond-1");
	opens(x, "/mailings/{id}", TEXT("/mailings/%s", number_of(x, mailing, "id")));
	opens(x, "/media/{id}", TEXT("/media/%s", number_of(x, media, "id")));
}

/* --- who may come in, and who is told --- */

static void doors(struct rest *x)
{
	struct doc *hook = NULL, *invitation = NULL;

	for (unsigned i = 0; i < HOOKS; i++)
		hook = post(x, "/webhooks",
			TEXT("{\"url\":\"https://example.invalid/%u\",\"topics\":\"clock.confirm\"}", i));
	for (unsigned i = 0; i < ROWS; i++) {
		invitation = post(x, "/invitations", TEXT("{\"most\":40,\"note\":\"Leverans %u\"}", i));
		post(x, "/tokens",
			TEXT("{\"roles\":\"reader\",\"note\":\"tavlan i hall %u\",\"life\":\"365d\"}", i));
		post(x, "/accounts",
			TEXT("{\"name\":\"anna.andersson%u\",\"roles\":\"konsulent bibliotek\"}", i));
	}
	opens(x, "/webhooks/{id}", TEXT("/webhooks/%s", number_of(x, hook, "id")));
	opens(x, "/invitations/{id}", TEXT("/invitations/%s", number_of(x, invitation, "id")));
	opens(x, "/tasks/{id}", "/tasks/1");
}

/* The cookies that were just given, as they are sent back. */
static const char *cookies(struct rest *x, const struct client_reply *r)
{
	const char *at = arena_strndup(x->a, (const char *)r->head.p, r->head.n), *all = NULL;

	while ((at = strstr(at, "\r\nSet-Cookie: ")) != NULL) {
		at += strlen("\r\nSet-Cookie: ");
		all = TEXT("%s%s%.*s", all ? all : "", all ? "; " : "", (int)strcspn(at, ";\r"), at);
	}
	if (!all)
		bench_must(ERR_DENIED, "/sign-in");
	return all;
}

/* Somebody with every role: what is of oneself (PIN, sessions, second step) is shown to no program. */
static void person(struct rest *x)
{
	const struct client_header headers[] = {
		{"Accept", "text/html"},
		{"Content-Type", "application/x-www-form-urlencoded"},
		{"Sec-Fetch-Site", "same-origin"},
	};
	const struct client_request rq = {.method = "POST",
		.path = "/sign-in",
		.headers = headers,
		.header_count = sizeof(headers) / sizeof(headers[0]),
		.body = bytes_of_str("name=bench.s&password=fyra+helt+olika+ord")};
	struct doc *d = post(x, "/accounts",
		"{\"name\":\"bench.s\",\"roles\":\"it admin konsulent bibliotek\"}");
	struct client_reply r;

	post(x, "/sign-in",
		TEXT("{\"name\":\"bench.s\",\"password\":\"%s\",\"new_password\":\"fyra helt olika "
		     "ord\"}",
			doc_str(d, "one_time_password")));
	bench_must(client_exchange(x->c, &rq, &r), "/sign-in");
	x->d->person = cookies(x, &r);
}

void desk_rest(struct desk *d, struct client *c)
{
	struct rest x = {.d = d, .c = c, .a = d->a, .who = d->borrower[8]};

	bench_note("beside them %d of each other kind, so that every list has more than a page", ROWS);
	erasure_list(&x);
	late(&x);
	stock(&x);
	around_things(&x);
	supply(&x);
	borrowers(&x);
	ipads(&x);
	mailed(&x);
	doors(&x);
	person(&x);
}
