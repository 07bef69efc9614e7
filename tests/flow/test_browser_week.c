/* SPDX-License-Identifier: EUPL-1.2 */
/* The lending desk's week (tests/browser/week.mjs): side by side with its days. */
#include "tests/fake/free_port.h"
#include "tests/flow/provider.h"
#include "tests/flow/suite.h"

static struct provider p;

/* A provider of accounts beside the house's own, where there is one to try with. */
static void begin(struct flow *f)
{
	p = (struct provider){.f = f, .port = free_port()};
	flow_start(f);
	if (provider_start(&p) != 0)
		return;
	flow_server_stop(f);
	provider_settings(&p);
	flow_server_start(f);
	setenv("PROVIDER", arena_printf(f->a, "http://localhost:%u", p.port), 1);
	setenv("PROVIDER_DIR", p.dir, 1);
}

static void end(struct flow *f)
{
	provider_stop(&p);
	flow_server_stop(f);
}

Test(browser_week, the_desk_has_its_week, .timeout = SUITE_TIMEOUT_S)
{
	suite_run("week", begin, end);
}
