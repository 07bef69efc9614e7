/* SPDX-License-Identifier: EUPL-1.2 */
/* An iPad that enrolled once and was last heard long ago: its messages as of those days, by the same
 * functions that take them from the network. Nothing of it answers a push. */
#ifndef FAKE_PAST_IPAD_H
#define FAKE_PAST_IPAD_H

#include "mdm/mdm.h"

struct past_ipad {
	const char *serial, *udid;
	const char *os_version, *build, *product;
	int64_t enrolled_at, seen_at;
};
/* There is a push certificate. */
int past_ipad_enrol(struct mdm *m, const struct past_ipad *x, struct arena *a) MUST_CHECK;

#endif
