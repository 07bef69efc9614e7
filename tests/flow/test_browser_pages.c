/* SPDX-License-Identifier: EUPL-1.2 */
/* Every page of the program's own table, and the fleet's rarer days (tests/browser/pages.mjs); a stand-in for
 * Apple's device assignment tells of iPads, and the store holds what else takes days to come: a letter to a webhook
 * that was given up. */
#include "tests/fake/device_assignment.h"
#include "tests/flow/suite.h"

#include "base/clock.h"
#include "web/event_int.h"

#define RELEASED "C02RELEASE01"
#define REPLACED "C02REPLACED1"
#define SWAPPED "C02SWAPPED01"
#define REPLACED_TOO "C02REPLACED2"
#define SWAPPED_TOO "C02SWAPPED02"

static struct device_assignment *da;

static void assign(const char *serial, const char *replaces)
{
	const struct assigned_device d = {
		.serial = serial, .description = "IPAD 10.9 64GB", .replaces = replaces};

	device_assignment_add(da, &d);
}

static const char *borrower(struct flow *f)
{
	struct doc *d = flow_api(f, 201, "POST", "/api/v1/borrowers",
		"{\"zone\":\"library\",\"kind\":\"senior\",\"given\":\"Byte\",\"family\":\"Provare\"}");

	return doc_str(d, "id");
}

static void lend(struct flow *f, const char *serial)
{
	flow_api(f, 200, "POST", "/api/v1/loans",
		arena_printf(f->a, "{\"borrower\":\"%s\",\"things\":[\"%s\"]}", borrower(f),
			serial));
}

/* What Apple tells: one to be released, and two that were sent for others whose loans could not go
 * along, since the new ones were away for repair. */
static void assigned(struct flow *f)
{
	const char *pem = doc_str(FLOW_JSON(f, "ade", "key"), "certificate");
	const char *token = device_assignment_token(da, f->a, pem, 365);

	cr_assert_not_null(token);
	FLOW_EXPECT(f, 0, "ade", "token", flow_file(f, "token.p7m", token));
	assign(RELEASED, NULL);
	assign(REPLACED, NULL);
	assign(REPLACED_TOO, NULL);
	FLOW_JSON(f, "ade", "sync");
	lend(f, REPLACED);
	lend(f, REPLACED_TOO);
	FLOW_EXPECT(f, 0, "item", "import",
		flow_file(f, "swapped.csv",
			"serial;state\n" SWAPPED ";in_stock\n" SWAPPED_TOO ";in_stock\n"));
	FLOW_EXPECT(f, 0, "item", "mark", SWAPPED, "repair");
	FLOW_EXPECT(f, 0, "item", "mark", SWAPPED_TOO, "repair");
	assign(SWAPPED, REPLACED);
	assign(SWAPPED_TOO, REPLACED_TOO);
	FLOW_JSON(f, "ade", "sync");
}

struct letter {
	struct arena *a;
	const char *hook;
};

static int give_up(struct store_txn *txn, void *arg)
{
	const struct letter *x = arg;
	struct web_post p = {.topic = "item.mark",
		.event_id = "given-up",
		.body = "{\"topic\":\"item.mark\"}",
		.made_at = clock_now(),
		.tries = 10,
		.status = 503,
		.error = "status 503"};
	struct web_hook h;
	int err = web_hook_get(txn, x->a, x->hook, &h);

	if (err == 0)
		err = web_post_add(txn, &h, &p);
	h.waiting--;
	h.dead++;
	return err ? err : web_hook_put(txn, &h);
}

/* As after three days of trying. */
static const char *given_up(struct flow *f)
{
	const struct store_options o = {.create = false};
	struct doc *d = flow_api(f, 201, "POST", "/api/v1/webhooks",
		"{\"url\":\"https://example.invalid/z\",\"topics\":\"item.mark\"}");
	struct letter x = {f->a, doc_str(d, "id")};
	struct store *st;

	flow_server_stop(f);
	cr_assert_eq(store_open(f->dir, &o, &st), 0);
	cr_assert_eq(store_write(st, give_up, &x), 0);
	store_close(st);
	return x.hook;
}

/* A provider of accounts that nobody is asked to go to: enough for the forms that there are then. */
static void provided(struct flow *f)
{
	f->set[5] = "oidc.issuer=http://localhost:9/api/oidc";
	f->set[6] = "oidc.client_id=hylla";
	f->set[7] = arena_printf(f->a, "oidc.client_secret_file=%s", flow_file(f, "secret", "prov"));
	f->set[8] = arena_printf(f->a, "oidc.url=https://localhost:%u", f->staff_port);
	f->set[9] = "oidc.name=Kommunkontot";
}

static void begin(struct flow *f)
{
	static char ade[160];

	cr_assert_eq(device_assignment_start(0, &da), 0);
	snprintf(ade, sizeof(ade), "ade.url=%s", device_assignment_url(da));
	f->set[0] = ade;
	/* nobody listens there: enough for the pages that ask whether mail leaves the house */
	f->set[1] = "mail.host=127.0.0.1";
	f->set[2] = "mail.port=9";
	f->set[3] = "mail.from=hylla@kommun.example";
	f->set[4] = "alarm.to=it@kommun.example";
	flow_start(f);
	assigned(f);
	setenv("GIVEN_UP", given_up(f), 1);
	provided(f);
	flow_server_start(f);
	setenv("PUBLIC", arena_printf(f->a, "https://localhost:%u", f->public_port), 1);
}

static void end(struct flow *f)
{
	flow_server_stop(f);
	device_assignment_stop(da);
}

Test(browser_pages, are_all_looked_at, .timeout = SUITE_TIMEOUT_S)
{
	suite_run("pages", begin, end);
}
