/* SPDX-License-Identifier: EUPL-1.2 */
/* Start-up, memory and the size of the store with none, 10 000 and 100 000 enrolled iPads. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "mdm/mdm_int.h"

#include <stdio.h>
#include <string.h>

struct filling {
	struct bench_server *s;
	unsigned from, to;
};

static void make_enrollment(unsigned i, struct arena *a, struct mdm_enrollment *e)
{
	uint8_t token[32] = {0}, unlock[1600];

	memcpy(token, &i, sizeof(i));
	memset(unlock, (int)(i & 0xff), sizeof(unlock));
	*e = (struct mdm_enrollment){
		.udid = arena_printf(a, "00008027-%016X", i),
		.serial = arena_printf(a, "BENCH%08u", i),
		.state = MDM_ENROLLED,
		.trusted = true,
		.topic = "com.apple.mgmt.External.bench",
		.push_token = arena_bytes(a, bytes_of(token, sizeof(token))),
		.push_magic = arena_printf(a, "9F1B2C3D-0000-4000-8000-%012X", i),
		.token_at_ms = 1700000000000,
		.unlock_token = arena_bytes(a, bytes_of(unlock, sizeof(unlock))),
		.identity_ends_at = 1900000000,
		.os_version = "18.1",
		.build = "22B83",
		.product = "iPad13,18",
		.supervised = 2,
		.authenticated_at = 1700000000,
		.enrolled_at = 1700000001,
		.invitation = "bench",
	};
	memcpy(e->identity, &i, sizeof(i));
}

static int fill_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct filling *f = arg;
	int err = 0;

	for (unsigned i = f->from; err == 0 && i < f->to; i++) {
		struct mdm_events ev = inv_mdm_events(f->s->house.inv);
		struct cert_identity id = {.purpose = CERT_FOR_ENROLMENT,
			.issued_at = 1700000000,
			.not_before = 1700000000,
			.not_after = 1900000000,
			.invitation = "bench"};
		struct mdm_enrollment e;
		bool trusted;

		make_enrollment(i, a, &e);
		memcpy(id.fingerprint, e.identity, sizeof(id.fingerprint));
		memcpy(id.serial, e.identity, sizeof(id.serial));
		id.udid = e.udid;
		err = cert_identity_adopt(txn, &id);
		if (err == 0)
			err = mdm_enrollment_put(txn, &e);
		if (err == 0)
			err = mdm_serial_put(txn, e.serial, e.udid);
		if (err == 0)
			err = ev.enrolling(ev.ctx, txn, &e, &trusted, 1700000000);
		if (err == 0)
			err = ev.enrolled(ev.ctx, txn, &e, 1700000001);
		arena_reset(a);
	}
	return err;
}

static void fill(struct bench_server *s, unsigned from, unsigned to)
{
	for (; from < to; from += 1000) {
		struct filling f = {s, from, from + 1000};

		bench_must(store_write(s->house.st, fill_in, &f), "filling the store");
	}
}

static void measure(struct bench_server *s, const char *suffix)
{
	struct store_stat st;
	double best = 0;

	for (int i = 0; i < 3; i++) {
		bench_server_start(s);
		if (i == 0 || s->start_ms < best)
			best = s->start_ms;
		if (i < 2)
			bench_server_stop(s);
	}
	bench_must(store_stat(s->house.st, &st), "store");
	bench_say(arena_printf(s->a, "start_%s", suffix), best, "ms");
	bench_say(
		arena_printf(s->a, "rss_%s", suffix), (double)bench_server_rss_kb(s) / 1024, "MB");
	bench_say(arena_printf(s->a, "store_%s", suffix), (double)st.used_bytes / 1048576, "MB");
	bench_server_stop(s);
}

void bench_size(void)
{
	struct bench_server s;

	bench_found(&s);
	bench_note(
		"start: exec to the first answer, best of 3; rss: anonymous memory (the mapped "
		"store "
		"is page cache); store: bytes in use, with identity, unlock token, item, history");
	measure(&s, "0");
	fill(&s, 0, 10000);
	measure(&s, "10k");
	fill(&s, 10000, 100000);
	measure(&s, "100k");
	bench_remove(&s);
}
