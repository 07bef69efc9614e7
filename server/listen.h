/* SPDX-License-Identifier: EUPL-1.2 */
/* Which doors to open, from the configuration and from what systemd hands over. */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include "server/house.h"

#define LISTEN_MOST 3

struct listen_plan {
	struct http_listener listeners[LISTEN_MOST];
	size_t count;
};

/* Sections device, staff and public; two with the same address become one listener with both
 * sides. ERR_BADINPUT, told on stderr, when none is left. */
int listen_plan(struct house *h, struct listen_plan *ret) MUST_CHECK;
/* Another number, never 0, whenever one of the certificates' files is another or was written: also
 * when an older one was put back, or key and certificate came within the same second. */
uint64_t listen_tls_mark(const struct listen_plan *p);

#endif
