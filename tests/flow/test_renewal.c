/* SPDX-License-Identifier: EUPL-1.2 */
/* Two hundred iPads whose identities all near their end: each gets a new one, none is lost. The
 * figure for ten thousand is `./dev bench renew_`. */
#include "tests/flow/flow.h"

#define IPADS 200

static struct flow f;

static uint64_t identities(void)
{
	struct ipad_counters t;

	fleet_totals(f.fleet, &t);
	return t.identities;
}

static bool all_renewed(void *arg)
{
	(void)arg;
	return identities() >= 2 * IPADS;
}

static void own_all(void)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	AUTO(arena) struct arena *a = arena_new();

	buf_add_str(&csv, "serial\n");
	for (unsigned i = 1; i <= IPADS; i++) {
		struct ipad_model m;

		ipad_model_make(a, i, &m);
		buf_printf(&csv, "%s\n", m.serial);
	}
	FLOW_EXPECT(&f, 0, "item", "import", flow_file(&f, "own.csv", buf_str(&csv)));
}

/* "{"url": …}" of an invitation for all of them. */
static const char *invitation(void)
{
	struct doc *d = flow_api(&f, 201, "POST", "/api/v1/invitations",
		"{\"note\":\"flottan\",\"most\":200,\"life\":\"1d\"}");

	return doc_str(d, "url");
}

Test(renewal, two_hundred_without_a_lost_one, .timeout = 300)
{
	struct fleet_options o = {.count = IPADS, .first_number = 1, .workers = 2, .keys = 4};
	struct ipad_counters t;
	struct doc *d;

	f = (struct flow){.set = {"mdm.identity_life=30d", "mdm.renew_before=1h"}};
	flow_start(&f);
	own_all();
	o.ipad.trust = f.trust;
	f.fleet = fleet_new(&o);
	fleet_enrol_all(f.fleet, invitation());
	cr_assert(fleet_wait(f.fleet, 120000));
	cr_assert_eq(fleet_enrolled(f.fleet), IPADS);
	/* The rest of their lives is shorter now than the time before which they are renewed. */
	flow_server_stop(&f);
	f.set[0] = "mdm.renew_before=90d";
	f.set[1] = "mdm.renew_per_hour=72000";
	flow_server_start(&f);
	cr_assert(flow_until(all_renewed, NULL), "%llu", (unsigned long long)identities());
	cr_assert(fleet_wait(f.fleet, 60000));
	for (unsigned i = 0; i < IPADS; i++)
		fleet_wake(f.fleet, i);
	cr_assert(fleet_wait(f.fleet, 60000));
	fleet_totals(f.fleet, &t);
	cr_expect_eq(t.identities, 2 * IPADS, "each once");
	cr_expect_eq(t.violations, 0);
	cr_expect_eq(t.unenrolled_401 + t.unenrolled_403, 0);
	cr_expect_eq(fleet_enrolled(f.fleet), IPADS, "none is lost");
	d = flow_api(&f, 200, "GET", "/api/v1/devices?most=1", NULL);
	cr_expect_not_null(d);
	fleet_free(f.fleet);
	f.fleet = NULL;
	flow_expect_well(&f);
	flow_stop(&f);
}
