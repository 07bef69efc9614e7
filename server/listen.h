/* SPDX-License-Identifier: EUPL-1.2 */
/* Which doors to open, from the configuration and from what systemd hands over. */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include "server/house.h"

#include <time.h>

#define LISTEN_MOST 3

struct listen_plan {
	struct http_listener listeners[LISTEN_MOST];
	size_t count;
};

/* Sections device, staff and public; two with the same address become one listener with both
 * sides. ERR_BADINPUT, told on stderr, when none is left. */
int listen_plan(struct house *h, struct listen_plan *ret) MUST_CHECK;
/* The newest change of any certificate file. */
time_t listen_tls_changed(const struct listen_plan *p);

#endif
