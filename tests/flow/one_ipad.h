/* SPDX-License-Identifier: EUPL-1.2 */
/* A server and one iPad that is ours. */
#ifndef FLOW_ONE_IPAD_H
#define FLOW_ONE_IPAD_H

#include "tests/flow/flow.h"

#include <stdlib.h>

static struct flow f;
static struct ipad *p;
static const char *serial;

static inline void begin(void)
{
	f = (struct flow){0};
	setenv("LC_ALL", "C.UTF-8", 1);
	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
	serial = flow_serial(p);
}

static inline void end(void)
{
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
}

#endif
