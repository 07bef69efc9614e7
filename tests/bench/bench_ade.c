/* SPDX-License-Identifier: EUPL-1.2 */
/* A first sync of a hundred thousand devices from the stand-in for device assignment, into the
 * inventory, and their profile assigned. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "tests/fake/device_assignment.h"

#include <time.h>

#define DEVICES 100000

struct seen {
	struct arena *a;
	struct mdm_ade_state s;
};

static int state_in(struct store_txn *txn, void *arg)
{
	struct seen *k = arg;

	return mdm_ade_state_get(txn, k->a, &k->s);
}

/* Until a round has ended well (assigning comes last in it). */
static double wait_synced(struct store *st, int64_t t0)
{
	const struct timespec pause = {.tv_nsec = 5000000};

	for (;;) {
		AUTO(arena) struct arena *a = arena_new();
		struct seen k = {.a = a};

		bench_must(store_read(st, state_in, &k), "state");
		if (k.s.synced_at && k.s.devices == DEVICES)
			return (double)(clock_mono_us() - t0) / 1e6;
		if (clock_mono_us() - t0 > 600 * INT64_C(1000000))
			bench_must(ERR_TIMEOUT, "sync");
		nanosleep(&pause, NULL);
	}
}

static void token_in(struct mdm *m, struct device_assignment *da, struct arena *a)
{
	const struct audit_who who = {.actor = "bench", .via = "cli"};
	struct refusal r;
	const char *pem, *token;

	bench_must(mdm_ade_key(m, &who, false, clock_now(), a, &pem), "key");
	token = device_assignment_token(da, a, pem, 365);
	bench_must(mdm_ade_token_import(m, &who, bytes_of_str(token), clock_now(), &r), "token");
}

void bench_ade(void)
{
	struct mdm_options o = {.device_url = "https://localhost:8443",
		.organisation = "Bench",
		.profile_id = "se.hylla.bench"};
	struct bench_server s;
	struct device_assignment *da;
	struct mdm_events ev;
	struct mdm *m;
	struct net *net;
	double took;
	int64_t t0;

	bench_found(&s);
	if (device_assignment_start(0, &da) != 0)
		bench_must(ERR_NET, "stand-in");
	device_assignment_fill(da, DEVICES);
	o.ade.url = o.ade.unlock_url = device_assignment_url(da);
	ev = inv_mdm_events(s.house.inv);
	bench_must(mdm_open(s.house.st, s.house.certs, NULL, &o, &ev, &m), "mdm");
	bench_must(net_open(&(struct net_options){0}, &net), "net");
	token_in(m, da, s.a);
	bench_note(
		"100 000 devices from an empty store: pages of 1000 over loopback HTTP, each a "
		"durable commit with its things in the inventory, then the profile assigned; the "
		"stand-in shares this process");
	t0 = clock_mono_us();
	bench_must(mdm_ade_start(m, net), "worker");
	took = wait_synced(s.house.st, t0);
	bench_say("ade_sync_100k", took, "s");
	bench_say("ade_sync_rate", DEVICES / took, "devices/s");
	net_stop(net);
	mdm_ade_stop(m);
	mdm_close(m);
	net_close(net);
	device_assignment_stop(da);
	bench_remove(&s);
}
