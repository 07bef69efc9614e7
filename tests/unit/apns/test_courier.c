/* SPDX-License-Identifier: EUPL-1.2 */
/* What Apple and the network may do to us, over real TLS. */
#include "tests/unit/apns/apns_test.h"

#include "base/text.h"

static struct place pl;

static void setup(void)
{
	place_init(&pl);
	place_found(&pl);
	place_import(&pl, pl.pem.client_cert_pem, pl.pem.client_key_pem);
	place_serve(&pl, (struct push_service_options){.port = 0});
}

static void teardown(void)
{
	cr_assert_eq(place_faults(&pl), 0);
	place_release(&pl);
}

TestSuite(courier, .init = setup, .fini = teardown);

static struct push_service_counts counts(void)
{
	struct push_service_counts n;

	push_service_get_counts(pl.service, &n);
	return n;
}

static struct apns_state state(void)
{
	struct apns_state s;

	apns_state_get(pl.ap, &s);
	return s;
}

static void faults(struct push_service_faults f)
{
	push_service_set_faults(pl.service, &f);
}

#define WAIT_FOR(what)                                        \
	do {                                                  \
		for (int i_ = 0; i_ < 12000 && !(what); i_++) \
			usleep(5000);                         \
		cr_assert(what);                              \
	} while (0)

static void wish_many(size_t n)
{
	struct wishing wi = {.n = n, .now = clock_now()};

	cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
}

/* How many of the first `n` rows have this verdict; each row must be whole. */
static size_t verdicts(size_t n, enum apns_verdict v)
{
	AUTO(arena) struct arena *a = arena_new();
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		struct apns_wish w;
		char id[32];

		snprintf(id, sizeof(id), "00008030-%016zX", i);
		cr_assert_eq(wish_read(&pl, a, id, &w), 0);
		count += w.verdict == (uint32_t)v;
	}
	return count;
}

/* --- answers --- */

static const struct {
	struct push_service_answer answer;
	enum apns_verdict v;
	int64_t gap, most; /* from now; -1: never by itself */
	bool alarm;
} answers[] = {
	{{410, "Unregistered", 1700000000001, 0}, APNS_GONE, -1, -1, false},
	{{410, "ExpiredToken", 0, 0}, APNS_GONE, -1, -1, false},
	{{410, "Unregistered", 1600000000000, 0}, APNS_AGAIN, 60, 90, false},
	{{400, "BadDeviceToken", 0, 0}, APNS_BAD_TOKEN, -1, -1, false},
	{{400, "DeviceTokenNotForTopic", 0, 0}, APNS_BAD_TOPIC, -1, -1, true},
	{{400, "TopicDisallowed", 0, 0}, APNS_BAD_TOPIC, -1, -1, true},
	{{400, "PayloadEmpty", 0, 0}, APNS_OUR_FAULT, 86400, 95040, true},
	{{400, "NotKnownToUs", 0, 0}, APNS_OUR_FAULT, 86400, 95040, true},
	{{403, "Forbidden", 0, 0}, APNS_OUR_FAULT, 86400, 95040, true},
	{{403, "NotKnownToUs", 0, 0}, APNS_AGAIN, 900, 1350, false},
	{{429, "TooManyRequests", 0, 0}, APNS_AGAIN, 900, 1350, false},
	{{429, "TooManyRequests", 0, 120}, APNS_AGAIN, 120, 180, false},
	{{500, "InternalServerError", 0, 0}, APNS_AGAIN, 900, 1350, false},
	{{503, "ServiceUnavailable", 0, 0}, APNS_AGAIN, 900, 1350, false},
	{{503, NULL, 0, 30}, APNS_AGAIN, 30, 45, false},
	{{503, "Shutdown", 0, 0}, APNS_AGAIN, 15, 23, false},
	{{400, "IdleTimeout", 0, 0}, APNS_AGAIN, 15, 23, false},
};

Test(courier, answers_over_the_wire)
{
	AUTO(arena) struct arena *a = arena_new();

	place_work(&pl, NULL, &quick);
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		const char *id = arena_printf(a, "IPAD-%zu", i);
		int64_t now = clock_now();
		struct apns_wish w;

		faults((struct push_service_faults){.every = 1, .answer = answers[i].answer});
		wish_one(&pl, id);
		cr_expect(wish_becomes(&pl, a, id, answers[i].v, &w), "row %zu: %s %s", i,
			apns_verdict_name((enum apns_verdict)w.verdict), w.reason);
		if (answers[i].answer.reason)
			cr_expect_str_eq(
				w.reason ? w.reason : "-", answers[i].answer.reason, "row %zu", i);
		if (answers[i].gap < 0) {
			cr_expect_eq(w.due_at, 0, "row %zu", i);
		} else {
			cr_expect_geq(w.due_at - now, answers[i].gap, "row %zu", i);
			cr_expect_leq(w.due_at - now, answers[i].most + 60, "row %zu", i);
		}
		cr_expect_eq(w.sent_count, 0);
		cr_expect_not(state().stopped_by_cert);
		if (answers[i].alarm)
			WAIT_FOR(state().alarm);
	}
	faults((struct push_service_faults){.every = 0});
	wish_one(&pl, "GOOD");
	cr_expect(wish_becomes(&pl, a, "GOOD", APNS_SENT, &(struct apns_wish){.id = NULL}));
}

Test(courier, shutdown_means_another_connection)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;

	faults((struct push_service_faults){.every = 1, .answer = {503, "Shutdown", 0, 0}});
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "IPAD");
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_AGAIN, &w));
	WAIT_FOR(counts().connections == 2 && counts().open == 1);
}

/* --- our certificate --- */

struct stands {
	struct arena *a;
	const char *refused;
};

static int stands_in(struct store_txn *txn, void *arg)
{
	struct stands *s = arg;
	struct cert_push p;
	int err = cert_push_get(pl.certs, txn, s->a, false, &p);

	s->refused = p.refused;
	return err;
}

/* Why Apple refuses the certificate, as the store tells it. */
static const char *refused_for(struct arena *a)
{
	struct stands s = {.a = a};

	cr_assert_eq(store_read(pl.st, stands_in, &s), 0);
	return s.refused;
}

Test(courier, a_refused_certificate_stops_all_until_another_comes)
{
	AUTO(arena) struct arena *a = arena_new();
	struct push_service_counts n;
	struct apns_wish w;

	faults((struct push_service_faults){.every = 1, .answer = {403, "BadCertificate", 0, 0}});
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "FIRST");
	cr_assert(wish_becomes(&pl, a, "FIRST", APNS_BAD_CERT, &w));
	cr_expect_leq(w.due_at, clock_now(), "still due");
	cr_expect_neq(w.due_at, 0);
	WAIT_FOR(state().stopped_by_cert && !state().connected);
	cr_expect_str_eq(state().alarm, "BadCertificate");
	WAIT_FOR(text_equal(refused_for(a), "BadCertificate"));
	n = counts();
	wish_one(&pl, "SECOND");
	faults((struct push_service_faults){.every = 0});
	usleep(300000);
	cr_expect_eq(counts().requests, n.requests, "not one more push");
	cr_expect_eq(counts().connections, n.connections);
	cr_assert_eq(wish_read(&pl, a, "SECOND", &w), 0);
	cr_expect_eq(w.verdict, APNS_NOT_TRIED);
	place_import_new(&pl, TOPIC, 365);
	cr_expect(wish_becomes(&pl, a, "FIRST", APNS_SENT, &w));
	cr_expect(wish_becomes(&pl, a, "SECOND", APNS_SENT, &w));
	cr_expect_not(state().stopped_by_cert);
	WAIT_FOR(!refused_for(a));
}

Test(courier, a_goaway_may_refuse_the_certificate_too)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;

	faults((struct push_service_faults){
		.goaway_after = 1, .goaway_reason = "BadCertificate", .goaway_lost = 1});
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "IPAD");
	WAIT_FOR(state().stopped_by_cert);
	cr_expect_str_eq(state().alarm, "BadCertificate");
	WAIT_FOR(text_equal(refused_for(a), "BadCertificate"));
	cr_assert_eq(wish_read(&pl, a, "IPAD", &w), 0);
	cr_expect_eq(w.verdict, APNS_NOT_TRIED, "that push was not taken");
	place_import_new(&pl, TOPIC, 365);
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
}

Test(courier, a_new_certificate_is_used_at_once)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;

	faults((struct push_service_faults){.delay_ms = 150});
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "OLD");
	WAIT_FOR(counts().requests == 1);
	place_import_new(&pl, TOPIC, 365);
	WAIT_FOR(counts().connections == 2);
	wish_one(&pl, "NEW");
	cr_expect(wish_becomes(&pl, a, "OLD", APNS_SENT, &w), "answered on the old connection");
	cr_expect(wish_becomes(&pl, a, "NEW", APNS_SENT, &w));
	cr_expect_eq(counts().requests, 2);
	WAIT_FOR(counts().open == 1);
}

Test(courier, an_expired_certificate_is_told_by_the_handshake)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;

	place_import_new(&pl, TOPIC, -5);
	wish_one(&pl, "IPAD");
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().stopped_by_cert);
	cr_expect_eq(counts().requests, 0);
	cr_expect_leq(counts().handshakes_failed, 2, "no hammering");
	cr_assert_eq(wish_read(&pl, a, "IPAD", &w), 0);
	cr_expect_eq(w.verdict, APNS_NOT_TRIED);
	place_import_new(&pl, TOPIC, 365);
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
}

Test(courier, a_refused_handshake_leaves_all_due)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;

	faults((struct push_service_faults){.refuse_tls = true});
	wish_one(&pl, "IPAD");
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().stopped_by_cert);
	cr_expect_not(state().connected);
	faults((struct push_service_faults){.refuse_tls = false});
	place_import_new(&pl, TOPIC, 365);
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
}

/* --- their certificate --- */

Test(courier, a_stranger_at_the_other_end_gets_nothing)
{
	struct push_service_certificates other;

	wish_one(&pl, "IPAD");
	cr_assert_eq(push_service_make_certificates(TOPIC, &other), 0);
	place_write_root(&pl, other.ca_pem);
	push_service_free_certificates(&other);
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().alarm);
	cr_expect_not(state().connected);
	cr_expect_not(state().stopped_by_cert, "it is not our certificate");
	cr_expect_eq(counts().requests, 0);
	cr_expect_eq(counts().connections, 0);
}

/* The resolver takes it for 127.0.0.1, but it is neither that text nor a name of theirs. */
Test(courier, the_name_must_be_theirs)
{
	struct apns_options o = {.host = "127.1", .port = pl.port, .root_path = pl.root};

	wish_one(&pl, "IPAD");
	cr_assert_eq(apns_start_timed(pl.st, pl.certs, &o, NULL, &quick, &pl.ap), 0);
	WAIT_FOR(state().alarm);
	cr_expect_eq(counts().requests, 0);
}

Test(courier, an_address_is_a_name_too)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_options o = {.host = "127.0.0.1", .port = pl.port, .root_path = pl.root};
	struct apns_wish w;

	wish_one(&pl, "IPAD");
	cr_assert_eq(apns_start_timed(pl.st, pl.certs, &o, NULL, &quick, &pl.ap), 0);
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
}

Test(courier, nobody_there_yet)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_wish w;

	push_service_stop(pl.service);
	pl.service = NULL;
	wish_one(&pl, "IPAD");
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().alarm);
	cr_assert_eq(wish_read(&pl, a, "IPAD", &w), 0);
	cr_expect_eq(w.verdict, APNS_NOT_TRIED);
	place_serve(&pl, (struct push_service_options){.port = 0});
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
}

/* --- the connection --- */

Test(courier, goaway_loses_nothing_and_blames_nobody)
{
	faults((struct push_service_faults){.goaway_after = 300, .goaway_lost = 20});
	wish_many(1000);
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().sent >= 1000);
	cr_expect_eq(verdicts(1000, APNS_SENT), 1000);
	cr_expect_eq(state().failed, 0);
	cr_expect_eq(counts().accepted, 1000, "none twice");
	cr_expect_eq(counts().connections, 2);
}

Test(courier, a_reset_connection_leaves_some_in_doubt)
{
	size_t sent, again;

	faults((struct push_service_faults){.reset_after = 300, .delay_ms = 20});
	wish_many(1000);
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().sent + state().failed >= 1000);
	usleep(50000);
	sent = verdicts(1000, APNS_SENT);
	again = verdicts(1000, APNS_AGAIN);
	cr_expect_eq(sent + again, 1000);
	cr_expect_geq(again, 1);
	cr_expect_leq(again, 500, "no more than were in flight");
	cr_expect_geq(counts().connections, 2);
}

Test(courier, refused_streams_are_sent_again)
{
	faults((struct push_service_faults){.refuse = 40});
	wish_many(200);
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().sent >= 200);
	cr_expect_eq(verdicts(200, APNS_SENT), 200);
	cr_expect_eq(state().failed, 0);
	cr_expect_eq(counts().accepted, 200);
}

Test(courier, their_limit_of_streams_is_kept)
{
	faults((struct push_service_faults){.max_streams = 7, .delay_ms = 1});
	usleep(20000);
	wish_many(300);
	place_work(&pl, NULL, &quick);
	WAIT_FOR(state().sent >= 300);
	cr_expect_leq(counts().most_streams, 7);
	cr_expect_geq(counts().most_streams, 6);
	cr_expect_eq(counts().connections, 1);
}

Test(courier, our_limit_of_streams_is_kept)
{
	struct apns_options o = {
		.host = "localhost", .port = pl.port, .root_path = pl.root, .streams = 5};

	faults((struct push_service_faults){.delay_ms = 1});
	wish_many(100);
	cr_assert_eq(apns_start_timed(pl.st, pl.certs, &o, NULL, &quick, &pl.ap), 0);
	WAIT_FOR(state().sent >= 100);
	cr_expect_leq(counts().most_streams, 5);
}

Test(courier, an_answer_that_never_comes_is_given_up)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_timing impatient = quick;
	struct apns_wish w;

	impatient.answer_wait = 1500;
	faults((struct push_service_faults){.swallow = 2});
	place_work(&pl, NULL, &impatient);
	wish_one(&pl, "ONE");
	cr_assert(wish_becomes(&pl, a, "ONE", APNS_SENT, &w));
	wish_one(&pl, "TWO");
	cr_assert(wish_becomes(&pl, a, "TWO", APNS_AGAIN, &w));
	cr_expect_eq(w.fail_count, 1);
	cr_expect_null(w.reason);
	wish_one(&pl, "THREE");
	cr_expect(wish_becomes(&pl, a, "THREE", APNS_SENT, &w));
	cr_expect_eq(counts().connections, 1, "one stream is no reason to leave");
}

Test(courier, an_idle_connection_is_pinged_and_kept)
{
	place_work(&pl, NULL, &quick);
	WAIT_FOR(counts().pings >= 3);
	cr_expect_eq(counts().connections, 1);
	cr_expect_eq(counts().open, 1);
}
