/* SPDX-License-Identifier: EUPL-1.2 */
/* The lending desk's days (tests/browser/day.mjs). */
#include "tests/flow/suite.h"

Test(browser_desk, the_desk_has_its_days, .timeout = SUITE_TIMEOUT_S)
{
	suite_run("day", flow_start, flow_server_stop);
}
