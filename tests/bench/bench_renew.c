/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Ten thousand iPads and the day their identities near their end: the server is started again with
 * its clock moved on to sixty days before it, renews as fast as its rate allows, and in the end
 * every iPad must speak with a new identity. One that does not is lost.
 */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "mdm/mdm_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define IPADS 10000
#define LIFE_DAYS 1826 /* of an identity, as the settings have it */
#define BEFORE_DAYS 60
#define SHIFT_S ((LIFE_DAYS - BEFORE_DAYS) * DAY_S)
#define PER_HOUR 90000
#define MOST_S 3600

struct renewing {
	struct bench_server *s;
	struct fleet *f;
	unsigned count;
	const char **udid;
	uint8_t (*before)[CERT_FINGERPRINT];
	bool *woken;
	unsigned started, waiting, renewed, lost;
};

static void ipad_udid(struct ipad *p, void *arg)
{
	*(const char **)arg = ipad_model(p)->udid;
	ipad_clock_set(p, SHIFT_S);
}

static int before_in(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < r->count; i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_enrollment e;

		err = mdm_enrollment_get(txn, a, r->udid[i], &e);
		if (err == 0)
			memcpy(r->before[i], e.identity, CERT_FINGERPRINT);
	}
	return err;
}

/* Those whose renewal has begun are woken, as their push would; the others sleep. */
static int look_in(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;

	r->waiting = 0;
	for (unsigned i = 0; i < r->count; i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_renewal x;
		int err = mdm_renewal_get(txn, a, r->udid[i], &x);

		if (err && err != ERR_NOTFOUND)
			return err;
		if (err)
			continue;
		r->waiting++;
		r->started += !r->woken[i];
		if (!r->woken[i])
			fleet_wake(r->f, i);
		r->woken[i] = true;
	}
	return 0;
}

/* Enrolled as before, with another identity that has years to go. */
static int judge_in(struct store_txn *txn, void *arg)
{
	struct renewing *r = arg;

	r->renewed = r->lost = 0;
	for (unsigned i = 0; i < r->count; i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_enrollment e;
		int err = mdm_enrollment_get(txn, a, r->udid[i], &e);
		bool good = err == 0 && e.state == MDM_ENROLLED &&
			    e.identity_ends_at > clock_now() + SHIFT_S + 4 * 365 * DAY_S &&
			    memcmp(e.identity, r->before[i], CERT_FINGERPRINT) != 0;

		r->renewed += good;
		r->lost += !good;
	}
	return 0;
}

static void start_shifted(struct bench_server *s)
{
	const char *hylla = getenv("HYLLA") ? getenv("HYLLA") : "./hylla";
	const char *slash = strrchr(hylla, '/');
	const char *dir = arena_strndup(s->a, hylla, slash ? (size_t)(slash - hylla) : 0);
	AUTO(buf) struct buf conf = BUF_INIT(65536);
	const char *path = arena_printf(s->a, "%s/hylla.conf", s->dir);

	bench_must(file_read(path, &conf), "hylla.conf");
	buf_printf(&conf, "renew_per_hour = %d\n", PER_HOUR);
	bench_must(file_write(path, buf_bytes(&conf), 0600), "hylla.conf");
	setenv("LD_PRELOAD", arena_printf(s->a, "%s/tests/flow/shift_clock.so", dir), 1);
	setenv("FLOW_CLOCK_SHIFT", arena_printf(s->a, "%lld", (long long)SHIFT_S), 1);
	bench_server_start(s);
	unsetenv("LD_PRELOAD");
	unsetenv("FLOW_CLOCK_SHIFT");
}

static double renew_all(struct renewing *r)
{
	const struct timespec pause = {.tv_nsec = 200000000};
	int64_t t0 = clock_mono_us(), most = t0 + MOST_S * INT64_C(1000000);

	do {
		nanosleep(&pause, NULL);
		bench_must(store_read(r->s->house.st, look_in, r), "renewals");
	} while ((r->started < r->count || r->waiting) && clock_mono_us() < most);
	return (double)(clock_mono_us() - t0) / 1e6;
}

/* What an iPad and its owner would notice. */
static void speak_all(struct renewing *r)
{
	struct ipad_counters before, now;

	fleet_totals(r->f, &before);
	for (unsigned i = 0; i < r->count; i++)
		fleet_wake(r->f, i);
	if (!fleet_wait(r->f, MOST_S * 1000))
		bench_must(ERR_TIMEOUT, "speaking to the fleet");
	fleet_totals(r->f, &now);
	if (fleet_enrolled(r->f) != r->count || now.sessions - before.sessions < r->count ||
		now.violations || now.bad_statuses || now.unenrolled_401)
		bench_note("%u enrolled, %llu sessions, %llu violations, %llu bad statuses",
			fleet_enrolled(r->f), (unsigned long long)(now.sessions - before.sessions),
			(unsigned long long)now.violations, (unsigned long long)now.bad_statuses);
	r->lost += r->count - fleet_enrolled(r->f);
}

static unsigned count_wanted(void)
{
	const char *s = getenv("HYLLA_BENCH_RENEW");
	int64_t n;

	return s && text_parse_i64(s, &n) == 0 && n > 0 && n <= 100000 ? (unsigned)n : IPADS;
}

void bench_renew(void)
{
	struct bench_server s;
	struct renewing r = {.s = &s, .count = count_wanted()};
	double took, enrolled;
	int64_t t0 = clock_mono_us();

	bench_found(&s);
	bench_server_start(&s);
	r.f = bench_fleet(&s, r.count);
	enrolled = (double)(clock_mono_us() - t0) / 1e6;
	r.udid = ARENA_ARRAY(s.a, const char *, r.count);
	r.before = arena_alloc(s.a, (size_t)r.count * CERT_FINGERPRINT);
	r.woken = ARENA_ARRAY(s.a, bool, r.count);
	memset(r.woken, 0, r.count * sizeof(*r.woken));
	for (unsigned i = 0; i < r.count; i++)
		fleet_with(r.f, i, ipad_udid, &r.udid[i]);
	bench_must(store_read(s.house.st, before_in, &r), "identities");
	bench_server_stop(&s);
	start_shifted(&s);
	took = renew_all(&r);
	bench_must(store_read(s.house.st, judge_in, &r), "identities");
	speak_all(&r);
	bench_note("%u iPads enrolled in %.0f s; the clock moved on by %d days, %d before their "
		   "identities end; at most %d renewals an hour; each is a signed profile, SCEP "
		   "and a check-in",
		r.count, enrolled, LIFE_DAYS - BEFORE_DAYS, BEFORE_DAYS, PER_HOUR);
	bench_say("renew_10k", took, "s");
	bench_say("renew_10k_done", r.renewed, "iPads");
	bench_say("renew_10k_lost", r.lost, "iPads");
	fleet_free(r.f);
	bench_remove(&s);
}
