/* SPDX-License-Identifier: EUPL-1.2 */
/* What iPads do all day: poll, renew their token, take a command and answer it. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "base/text.h"
#include "tests/bench/raw_lmdb.h"

#include <stdlib.h>

#define IPADS 1000
#define SECONDS 3.0
#define ROUNDS 3

static const struct audit_who bench_who = {.actor = "bench", .via = "cli"};

struct prepared {
	struct arena *a;
	struct bytes idle[IPADS], token[IPADS];
	struct bytes pairs[2 * IPADS];
	const char *serial[IPADS], *udid; /* udid: of the last */
	const char *uuid[IPADS];
	size_t at;
};

static void prepare_one(struct ipad *p, void *arg)
{
	struct prepared *pr = arg;
	AUTO(buf) struct buf b = BUF_INIT(65536);

	ipad_request_format(p, false, ipad_body_idle(p, pr->a), &b);
	pr->idle[pr->at] = arena_bytes(pr->a, buf_bytes(&b));
	buf_reset(&b);
	ipad_request_format(p, true, ipad_body_token_update(p, pr->a, false), &b);
	pr->token[pr->at] = arena_bytes(pr->a, buf_bytes(&b));
	pr->serial[pr->at] = arena_strdup(pr->a, ipad_model(p)->serial);
	pr->udid = arena_strdup(pr->a, ipad_model(p)->udid);
}

static void answer_one(struct ipad *p, void *arg)
{
	struct prepared *pr = arg;
	AUTO(buf) struct buf body = BUF_INIT(65536), rq = BUF_INIT(65536);

	buf_printf(&body,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC "
		"\"-//Apple//DTD PLIST "
		"1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist "
		"version=\"1.0\">\n"
		"<dict>\n\t<key>CommandUUID</key>\n\t<string>%s</string>\n\t<key>ProfileList</"
		"key>\n"
		"\t<array/>\n\t<key>Status</key>\n\t<string>Acknowledged</string>\n\t<key>UDID</"
		"key>\n"
		"\t<string>%s</string>\n</dict>\n</plist>\n",
		pr->uuid[pr->at], ipad_model(p)->udid);
	ipad_request_format(p, false, buf_bytes(&body), &rq);
	pr->pairs[2 * pr->at] = pr->idle[pr->at];
	pr->pairs[2 * pr->at + 1] = arena_bytes(pr->a, buf_bytes(&rq));
}

static void for_all(struct fleet *f, struct prepared *pr, void (*fn)(struct ipad *p, void *arg))
{
	for (pr->at = 0; pr->at < IPADS; pr->at++)
		fleet_with(f, (unsigned)pr->at, fn, pr);
}

static const char *named(struct prepared *pr, const char *what, unsigned clients)
{
	return arena_printf(pr->a, "%s_c%u", what, clients);
}

/* --- polls --- */

static void polls(struct bench_server *s, struct prepared *pr)
{
	static const unsigned clients[] = {1, 8, 64};

	for (size_t i = 0; i < 3; i++) {
		struct bench_load l = {.port = s->port,
			.clients = clients[i],
			.seconds = SECONDS,
			.requests = pr->idle,
			.request_count = IPADS};
		int64_t cpu = bench_server_cpu_us(s);
		double per_poll;

		bench_load_run(&l);
		per_poll = (double)(bench_server_cpu_us(s) - cpu) / (double)(l.done + 1);
		bench_say(named(pr, "poll_rate", clients[i]), l.rate, "1/s");
		bench_say(named(pr, "poll_p99", clients[i]), l.p99_ms, "ms");
		bench_say(named(pr, "poll_cpu", clients[i]), per_poll, "us");
		if (clients[i] == 8)
			bench_say("poll_cpu", per_poll, "us");
	}
}

/* --- TokenUpdate beside raw LMDB --- */

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[n / 2];
}

struct measuring {
	const char *udid;
	size_t bytes;
};

static int record_measure(struct store_txn *txn, void *arg)
{
	struct measuring *m = arg;
	struct store_key k = store_key("s", m->udid);
	struct bytes value;
	int err = store_get(txn, MDM_ENROLLMENT, &k, &value);

	m->bytes = err ? 0 : value.n;
	return err;
}

static void tell_yardstick(struct bench_server *s, const struct prepared *pr)
{
	struct measuring m = {.udid = pr->udid};

	bench_must(store_read(s->house.st, record_measure, &m), "an enrolment's record");
	bench_note("TokenUpdate and raw LMDB group commit by turns, %d rounds, medians", ROUNDS);
	bench_note("raw: " BENCH_RAW_DOES);
	bench_note("a TokenUpdate reads two records and rewrites one of %zu bytes, of %u", m.bytes,
		IPADS);
}

static void token_updates(struct bench_server *s, struct prepared *pr)
{
	static const unsigned clients[] = {1, 8, 64, 256};

	for (size_t i = 0; i < 4; i++) {
		double ours[ROUNDS], raw[ROUNDS], p99 = 0;
		uint64_t done = 0;
		int64_t cpu = 0;

		for (size_t r = 0; r < ROUNDS; r++) {
			struct bench_load l = {.port = s->port,
				.clients = clients[i],
				.seconds = SECONDS / 2,
				.requests = pr->token,
				.request_count = IPADS};

			raw[r] = bench_raw_lmdb(s->dir, clients[i], SECONDS / 2);
			cpu -= bench_server_cpu_us(s);
			bench_load_run(&l);
			cpu += bench_server_cpu_us(s);
			done += l.done;
			ours[r] = l.rate;
			p99 = l.p99_ms;
		}
		bench_say(named(pr, "tokenupdate_rate", clients[i]), median(ours, ROUNDS), "1/s");
		bench_say(named(pr, "tokenupdate_p99", clients[i]), p99, "ms");
		bench_say(named(pr, "tokenupdate_cpu", clients[i]),
			(double)cpu / (double)(done + 1), "us");
		bench_say(named(pr, "raw_rate", clients[i]), median(raw, ROUNDS), "1/s");
		bench_say(named(pr, "tokenupdate_vs_raw", clients[i]),
			100 * median(ours, ROUNDS) / median(raw, ROUNDS), "%");
	}
}

/* --- command cycles --- */

struct queueing {
	struct bench_server *s;
	struct prepared *pr;
	size_t from, to;
};

static int queue_in(struct store_txn *txn, void *arg)
{
	const struct mdm_ask ask = {.request = MDM_PROFILE_LIST};
	struct queueing *q = arg;
	int err = 0;

	for (size_t i = q->from; err == 0 && i < q->to; i++) {
		char uuid[MDM_UUID];
		struct refusal r;

		err = mdm_command_add(q->s->house.mdm,
			&(struct mdm_act){txn, &bench_who, clock_now(), &r}, q->pr->serial[i], &ask,
			uuid);
		q->pr->uuid[i] = arena_strdup(q->pr->a, uuid);
	}
	return err;
}

static void queue_one_each(struct bench_server *s, struct prepared *pr)
{
	for (size_t from = 0; from < IPADS; from += 250) {
		struct queueing q = {s, pr, from, from + 250};

		bench_must(store_write(s->house.st, queue_in, &q), "queueing");
	}
}

static void cycles(struct bench_server *s, struct fleet *f, struct prepared *pr)
{
	static const unsigned clients[] = {1, 8, 64};

	for (size_t i = 0; i < 3; i++) {
		double rates[ROUNDS], p99 = 0;
		int64_t cpu = 0;

		for (size_t r = 0; r < ROUNDS; r++) {
			struct bench_load l = {.port = s->port,
				.clients = clients[i],
				.requests = pr->pairs,
				.request_count = 2 * IPADS,
				.pairs = true};

			queue_one_each(s, pr);
			for_all(f, pr, answer_one);
			cpu -= bench_server_cpu_us(s);
			bench_load_run(&l);
			cpu += bench_server_cpu_us(s);
			rates[r] = l.rate;
			p99 = l.p99_ms;
		}
		bench_say(named(pr, "cycle_rate", clients[i]), median(rates, ROUNDS), "1/s");
		bench_say(named(pr, "cycle_p99", clients[i]), p99, "ms");
		bench_say(named(pr, "cycle_cpu", clients[i]), (double)cpu / (ROUNDS * IPADS), "us");
	}
}

void bench_device(void)
{
	struct prepared *pr = mem_zalloc(sizeof(*pr));
	struct bench_server s;
	struct fleet *f;

	bench_found(&s);
	bench_server_start(&s);
	bench_note("enrolling %u iPads by SCEP …", IPADS);
	f = bench_fleet(&s, IPADS);
	pr->a = arena_new();
	for_all(f, pr, prepare_one);
	bench_note("each client walks over its share of %u iPads", IPADS);
	if (bench_wants("poll_"))
		polls(&s, pr);
	if (bench_wants("tokenupdate_") || bench_wants("raw_")) {
		tell_yardstick(&s, pr);
		token_updates(&s, pr);
	}
	bench_note("a cycle: poll, command, result durable, empty; %u iPads, %d rounds, medians",
		IPADS, ROUNDS);
	if (bench_wants("cycle_"))
		cycles(&s, f, pr);
	fleet_free(f);
	arena_free(pr->a);
	free(pr);
	bench_remove(&s);
}
