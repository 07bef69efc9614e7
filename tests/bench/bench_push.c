/* SPDX-License-Identifier: EUPL-1.2 */
/* Pushes from the outbox to a sink over real HTTP/2, settled durably. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "base/file.h"
#include "tests/fake/push_service.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct wishing {
	unsigned from, to;
	const char *topic;
};

static int wish_in(struct store_txn *txn, void *arg)
{
	struct wishing *w = arg;
	int err = 0;

	for (unsigned i = w->from; err == 0 && i < w->to; i++) {
		uint8_t token[32] = {0};
		char id[40];
		struct apns_wish wish = {.id = id,
			.token = bytes_of(token, sizeof(token)),
			.magic = "9F1B2C3D-0000-4000-8000-000000000000",
			.topic = w->topic,
			.token_at_ms = 1000};

		memcpy(token, &i, sizeof(i));
		snprintf(id, sizeof(id), "00008027-%016X", i);
		err = apns_wish(txn, &wish, true, clock_now());
	}
	return err;
}

static void wish(struct bench_server *s, unsigned count, const char *topic)
{
	for (unsigned from = 0; from < count; from += 1000) {
		struct wishing w = {from, from + 1000, topic};

		bench_must(store_write(s->house.st, wish_in, &w), "wishes");
	}
}

/* Until so many are settled; the time from the first wish on. */
static double drain(struct bench_server *s, struct apns *ap, unsigned count, const char *topic)
{
	const struct timespec pause = {.tv_nsec = 500000};
	struct apns_state st;
	uint64_t before;
	int64_t t0;

	(void)s;
	(void)topic;
	apns_state_get(ap, &st);
	before = st.sent;
	t0 = clock_mono_us();
	apns_wake(ap);
	do {
		nanosleep(&pause, NULL);
		apns_state_get(ap, &st);
	} while (st.sent - before < count && clock_mono_us() - t0 < 120000000);
	return count * 1e6 / (double)(clock_mono_us() - t0);
}

struct sink {
	struct push_service_certificates certs;
	struct push_service *ps;
};

static void measure(
	struct bench_server *s, struct sink *k, const char *name, unsigned delay_ms, unsigned count)
{
	const struct push_service_faults faults = {.delay_ms = delay_ms};
	struct apns_options o = {.host = "localhost",
		.port = push_service_port(k->ps),
		.root_path = arena_printf(s->a, "%s/root.pem", s->dir)};
	struct apns *ap;

	push_service_set_faults(k->ps, &faults);
	bench_must(apns_start(s->house.st, s->house.certs, &o, NULL, &ap), "apns");
	wish(s, 1000, "com.apple.mgmt.External.bench");
	drain(s, ap, 1000, NULL); /* connected and warm */
	apns_stop(ap, 5);
	wish(s, count, "com.apple.mgmt.External.bench");
	bench_must(apns_start(s->house.st, s->house.certs, &o, NULL, &ap), "apns");
	bench_say(name, drain(s, ap, count, NULL), "1/s");
	apns_stop(ap, 5);
}

void bench_push(void)
{
	struct bench_server s;
	struct sink k = {0};
	struct push_service_options o = {0};
	struct cert_push p;
	struct refusal r;
	const struct audit_who who = {.actor = "bench", .via = "cli"};

	bench_found(&s);
	if (push_service_make_certificates("com.apple.mgmt.External.bench", &k.certs) != 0)
		bench_must(ERR_CRYPTO, "certificates");
	bench_must(file_write(arena_printf(s.a, "%s/root.pem", s.dir),
			   bytes_of(k.certs.ca_pem, strlen(k.certs.ca_pem)), 0600),
		"root");
	bench_must(mdm_push_import(s.house.mdm,
			   &(struct mdm_push_ask){&who, k.certs.client_cert_pem,
				   k.certs.client_key_pem, NULL, clock_now()},
			   s.a, &p, &r),
		"push certificate");
	o.ca_pem = k.certs.ca_pem;
	o.cert_pem = k.certs.server_cert_pem;
	o.key_pem = k.certs.server_key_pem;
	if (push_service_start(&o, &k.ps) != 0)
		bench_must(ERR_NET, "sink");
	bench_note("wishes in the store to settled on disk; worker and HTTP/2 sink share this "
		   "process");
	measure(&s, &k, "push_rate", 0, 100000);
	measure(&s, &k, "push_rate_30ms", 30, 50000);
	push_service_stop(k.ps);
	push_service_free_certificates(&k.certs);
	bench_remove(&s);
}
