/* SPDX-License-Identifier: EUPL-1.2 */
/* Odd texts in every field of every form and of every body of the API (tests/browser/odd.mjs). */
#include "tests/flow/suite.h"

Test(browser_odd, texts_are_texts_everywhere, .timeout = SUITE_TIMEOUT_S)
{
	suite_run("odd", flow_start, flow_server_stop);
}
