/* SPDX-License-Identifier: EUPL-1.2 */
/* The demonstration: what its parts share. Nothing of it is part of the server. */
#ifndef SERVER_DEMO_H
#define SERVER_DEMO_H

#include "server/cli.h"
#include "server/town.h"

#include <pthread.h>
#include <sys/types.h>

struct fleet;
struct push_service;

/* --- Apple's push service, and the push certificate for it (demo_push.c) --- */
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
/* An iPad of ours, as Apple knows it. */
void demo_box_add(struct demo_box *b, const char *serial, const char *eid);
/* A person brings in the portal's token, and the server, which runs by now, hears of all that was
 * added and gives the one with this serial number its profile. Waits for that. ERR_TIMEOUT. */
int demo_box_deliver(struct cli *cli, struct demo_box *b, const char *serial) MUST_CHECK;

/* --- the whole (demo.c) --- */
struct demo {
	struct cli *cli;
	unsigned count;
	bool bare;            /* no municipality round the iPads */
	unsigned port;        /* the first of a new data directory; 0: the usual one */
	struct town town;     /* zeros: it was there already, or is not wanted */
	bool founded;         /* this run made the data directory */
	const char *password; /* then */
	struct demo_push push;
	struct demo_box box;
	struct fleet *fleet;
	struct client_trust *trust;
	const char *batch_url; /* who is not known at Apple enrols by this */
	bool *held; /* by place in the fleet: an Activation Lock was told of */
	struct demo_street *street;
	pid_t server;
	unsigned enrolled;
	pthread_mutex_t lock;
};
/* To stdout, at once. */
void demo_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A text of the catalogue, cli.demo.KEY, in the reader's language; from any thread. The first has
 * no end of the line. */
void demo_begin(const struct demo *d, const char *key, const char *a0);
void demo_tell(const struct demo *d, const char *key, const char *a0, const char *a1);
/* What the server says goes to a file, so that it does not break into what is told here. */
const char *demo_server_log(const struct demo *d);

/* --- where it is to listen (demo_ports.c) --- */
#define DEMO_PORT 8443 /* of the iPads; staff and the public have the next ones */
/* Are they free? Says which are not and how to take others; ERR_EXISTS. Nothing is made. */
int demo_ports_check(struct demo *d) MUST_CHECK;

/* --- the words (demo_words.c) --- */
/* Where a browser on this machine finds a side, by the settings; NULL: it is off. */
const char *demo_address(const struct demo *d, const char *side);
/* The server answers, and where. */
void demo_say_answers(const struct demo *d);
/* The accounts' first words that this run made, if any. */
void demo_say_words(const struct demo *d);
/* What can be tried now, in words that exist. */
void demo_say_next(struct demo *d);

/* --- the iPads (demo_ipads.c) --- */
/* Which of them lies locked on a table, as most do, and puts many commands off. */
#define DEMO_LOCKED 4
/* The serial number of the number-th, from 1. */
const char *demo_serial(struct arena *a, unsigned number);
/* Is there a municipality round the iPads? */
bool demo_has_town(const struct demo *d);
/* They are invited and enrol; waits for it, a minute at most. */
int demo_start_ipads(struct demo *d) MUST_CHECK;
/* A new iPad comes from the supplier: the server knows of it before anybody touches it, and it
 * enrols by itself. */
int demo_open_box(struct demo *d) MUST_CHECK;
/* Does Apple know it as ours? All but the last on the table, which is nobody's. */
bool demo_is_assigned(const struct demo *d, unsigned index);

/* --- what happens out there, typed where the demonstration runs (demo_street.c) --- */
void demo_street_open(struct demo *d);
void demo_street_close(struct demo *d);

#endif
