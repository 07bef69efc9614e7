/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * hylla-bench: named figures with their conditions, never part of pass or fail. Each figure also
 * stands alone as `bench NAME VALUE UNIT`, so that a script can compare two versions; names stay.
 *
 * The server is `hylla serve` as a process of its own; the load comes from this process, over
 * loopback, on the same cores. Messages are signed before the clock starts: an iPad does not sign
 * faster because the server waits.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "server/house.h"
#include "tests/fake/fleet.h"

#include <sys/types.h>

void bench_say(const char *name, double value, const char *unit);
/* Is any figure that begins so asked for? */
bool bench_wants(const char *beginning);
void bench_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Says what failed and ends the program with 1. */
void bench_must(int err, const char *what);

/* --- a server under load --- */
struct bench_server {
	struct arena *a;
	char dir[64];
	unsigned port;       /* device side, plain HTTP */
	unsigned staff_port; /* the same */
	pid_t pid;
	struct house house; /* the same store, opened here as the command line does */
	double start_ms;    /* from exec to the first answer */
};
/* A fresh data directory, with a push certificate of nobody's. */
void bench_found(struct bench_server *s);
void bench_server_start(struct bench_server *s);
void bench_server_stop(struct bench_server *s);
void bench_remove(struct bench_server *s);
/* CPU time of the server process so far, us. */
int64_t bench_server_cpu_us(const struct bench_server *s);
/* Resident anonymous memory of it, kB. */
long bench_server_rss_kb(const struct bench_server *s);
/* An invitation's address for `most` iPads. */
const char *bench_invite(struct bench_server *s, unsigned most);
/* `count` iPads enrolled over real SCEP, sharing keys. */
struct fleet *bench_fleet(struct bench_server *s, unsigned count);

/* `count` enrolments from the number on, written into the store as they are after TokenUpdate. */
void bench_enrolled(struct house *h, unsigned from, unsigned count);

/* --- load: clients that send prepared requests, each on a connection of its own --- */
struct bench_load {
	unsigned port, clients;
	double seconds; /* 0: each request once */
	struct bytes *requests;
	size_t request_count; /* client c sends c, c + clients, c + 2 clients … */
	/* With pairs, requests come two by two: each first one is answered by a command, each
	 * second one (its result) by an empty reply. */
	bool pairs;
	bool answered; /* each is answered with a body */
	/* out */
	uint64_t done, failed;
	double rate, p50_ms, p99_ms;
};
void bench_load_run(struct bench_load *l);

/* --- the benches --- */
typedef void bench_fn(void);
bench_fn bench_ade, bench_desired, bench_fleet_page, bench_renew;
bench_fn bench_desk, bench_device, bench_scep, bench_push, bench_size;

#endif
