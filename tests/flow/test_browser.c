/* SPDX-License-Identifier: EUPL-1.2 */
/* Who keeps the iPads and the library's things, and every page (tests/browser/suite.mjs). */
#include "tests/flow/suite.h"

Test(browser, staff_do_their_work, .timeout = SUITE_TIMEOUT_S)
{
	suite_run("suite", flow_start, flow_server_stop);
}
