/* SPDX-License-Identifier: EUPL-1.2 */
/* Every page of the program's own table, and the fleet's rarer days (tests/browser/pages.mjs); a stand-in for
 * Apple's device assignment tells of three iPads. */
#include "tests/fake/device_assignment.h"
#include "tests/flow/suite.h"

#define RELEASED "C02RELEASE01"
#define REPLACED "C02REPLACED1"
#define SWAPPED "C02SWAPPED01"

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

/* What Apple tells: one to be released, and one that was sent for another whose loan could not go
 * along, since the new one was away for repair. */
static void assigned(struct flow *f)
{
	const char *pem = doc_str(FLOW_JSON(f, "ade", "key"), "certificate");
	const char *token = device_assignment_token(da, f->a, pem, 365);

	cr_assert_not_null(token);
	FLOW_EXPECT(f, 0, "ade", "token", flow_file(f, "token.p7m", token));
	assign(RELEASED, NULL);
	assign(REPLACED, NULL);
	FLOW_JSON(f, "ade", "sync");
	flow_api(f, 200, "POST", "/api/v1/loans",
		arena_printf(f->a, "{\"borrower\":\"%s\",\"things\":[\"" REPLACED "\"]}",
			borrower(f)));
	FLOW_EXPECT(f, 0, "item", "import",
		flow_file(f, "swapped.csv", "serial;state\n" SWAPPED ";in_stock\n"));
	FLOW_EXPECT(f, 0, "item", "mark", SWAPPED, "repair");
	assign(SWAPPED, REPLACED);
	FLOW_JSON(f, "ade", "sync");
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
