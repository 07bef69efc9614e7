/* SPDX-License-Identifier: EUPL-1.2 */
/* The demonstration's stand-in for Apple's push service, and the push certificate for it. */
#ifndef SERVER_DEMO_H
#define SERVER_DEMO_H

#include "server/cli.h"

struct fleet;
struct push_service;

struct demo_push {
	struct push_service *service;
	unsigned port;
	const char *root_path;       /* PEM that the server is to trust */
	struct fleet *_Atomic fleet; /* who is woken */
};

/* Certificates are made once and kept in DATA/demo; the push certificate is imported when the
 * store has none. `p` must stay where it is. */
int demo_push_start(struct cli *cli, struct demo_push *p) MUST_CHECK;
/* From now on accepted pushes wake these iPads; NULL: nobody. */
void demo_push_deliver(struct demo_push *p, struct fleet *fleet);
void demo_push_stop(struct demo_push *p);

/* --- Apple's device assignment: one box that is opened (demo_box.c) --- */
struct device_assignment;
struct demo_box {
	struct device_assignment *da;
	const char *url, *ca_path;
	const char *serial;
};
/* The stand-in listens; before the server starts. */
int demo_box_start(struct cli *cli, struct demo_box *b) MUST_CHECK;
void demo_box_stop(struct demo_box *b);
/* A supplier announces the iPad, and the server, which runs by now, hears of it and gives it its
 * profile. Waits for that. ERR_TIMEOUT. */
int demo_box_deliver(struct cli *cli, struct demo_box *b, const char *serial) MUST_CHECK;

#endif
