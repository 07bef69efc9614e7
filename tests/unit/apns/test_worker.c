/* SPDX-License-Identifier: EUPL-1.2 */
/* The whole way of a push, over real TLS to the stand-in: nothing lost, nothing twice. */
#include "base/text.h"
#include "tests/unit/apns/apns_test.h"

#include <signal.h>
#include <sys/wait.h>

static struct place pl;

static void setup(void)
{
	place_init(&pl);
	place_found(&pl);
}

static void teardown(void)
{
	cr_assert_eq(place_faults(&pl), 0);
	place_release(&pl);
}

TestSuite(worker, .init = setup, .fini = teardown);

static void import_usual(void)
{
	place_import(&pl, pl.pem.client_cert_pem, pl.pem.client_key_pem);
}

/* --- counting what arrives --- */

#define MANY 20000
static uint8_t arrived[MANY];
static uint8_t settled[MANY];

/* The number that wish_make wrote into the token, as text, behind four bytes of hash. */
static void on_push(void *ctx, const char *token_hex, const char *magic)
{
	char number[17] = "";

	for (size_t i = 0; i < 16; i++) {
		const char *two = token_hex + 2 * (4 + 9 + i);

		number[i] = (char)strtol((char[]){two[0], two[1], '\0'}, NULL, 16);
	}
	arrived[strtoul(number, NULL, 16) % MANY]++;
}

static int on_settled(void *ctx, struct store_txn *txn, const struct apns_wish *w, int64_t now)
{
	/* May run again; what is counted is what was settled last. */
	if (w->verdict == APNS_SENT && w->sent_count == 1)
		settled[strtoul(w->id + 9, NULL, 16) % MANY] = 1;
	return 0;
}

static size_t count_of(const uint8_t *p, uint8_t what)
{
	size_t n = 0;

	for (size_t i = 0; i < MANY; i++)
		n += p[i] == what;
	return n;
}

static void wait_sent(uint64_t n)
{
	struct apns_state s = {.sent = 0};

	for (int i = 0; i < 12000 && s.sent < n; i++) {
		usleep(10000);
		apns_state_get(pl.ap, &s);
	}
	cr_assert_eq(s.sent, n, "%llu of %llu", (unsigned long long)s.sent, (unsigned long long)n);
}

/* --- tests --- */

Test(worker, a_push_goes_out_as_apple_wants_it)
{
	AUTO(arena) struct arena *a = arena_new();
	int64_t before = clock_now();
	struct push_service_counts n;
	struct apns_state s;
	struct apns_wish w;

	import_usual();
	place_serve(&pl, (struct push_service_options){.port = 0});
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "IPAD");
	cr_assert(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
	cr_expect_eq(w.sent_count, 1);
	cr_expect_geq(w.sent_at, before);
	cr_expect_geq(w.due_at, w.sent_at + 3600);
	cr_expect_leq(w.due_at, w.sent_at + 3960);
	cr_expect_null(w.reason);
	push_service_get_counts(pl.service, &n);
	cr_expect_eq(n.connections, 1);
	cr_expect_eq(n.requests, 1);
	cr_expect_eq(n.accepted, 1);
	cr_expect_eq(n.priority, 10);
	cr_expect_str_eq(n.topic, TOPIC);
	cr_expect_geq(n.expiration, before + 7 * 86400 - 60);
	cr_expect_leq(n.expiration, clock_now() + 7 * 86400);
	wait_sent(1);
	apns_state_get(pl.ap, &s);
	cr_expect(s.connected);
	cr_expect_eq(s.sent, 1);
	cr_expect_eq(s.failed, 0);
	cr_expect_null(s.alarm);
}

static int bulk_fn(struct store_txn *txn, void *arg)
{
	uint8_t token[32];
	struct apns_wish w = wish_make("BULK", token);

	w.urgent = false;
	w.magic = "quo\"te\\ and å";
	return apns_wish(txn, &w, true, clock_now());
}

static char magic_seen[64];

static void on_bulk(void *ctx, const char *token_hex, const char *magic)
{
	snprintf(magic_seen, sizeof(magic_seen), "%s", magic);
}

Test(worker, bulk_is_less_urgent_and_a_strange_magic_is_escaped)
{
	AUTO(arena) struct arena *a = arena_new();
	struct push_service_counts n;
	struct apns_wish w;

	import_usual();
	place_serve(&pl, (struct push_service_options){.on_push = on_bulk});
	cr_assert_eq(store_write(pl.st, bulk_fn, NULL), 0);
	place_work(&pl, NULL, &quick);
	cr_assert(wish_becomes(&pl, a, "BULK", APNS_SENT, &w));
	push_service_get_counts(pl.service, &n);
	cr_expect_eq(n.priority, 5);
	cr_expect_str_eq(magic_seen, "quo\\\"te\\\\ and å");
}

Test(worker, waits_for_its_first_certificate)
{
	AUTO(arena) struct arena *a = arena_new();
	struct push_service_counts n;
	struct apns_state s;
	struct apns_wish w;

	place_serve(&pl, (struct push_service_options){.port = 0});
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "IPAD");
	usleep(100000);
	apns_state_get(pl.ap, &s);
	cr_expect_not(s.connected);
	push_service_get_counts(pl.service, &n);
	cr_expect_eq(n.connections, 0);
	import_usual();
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w), "noticed without being woken");
}

Test(worker, notices_a_wish_of_another_process)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *id = "IPAD";
	struct wishing wi = {.ids = &id, .n = 1, .now = clock_now()};
	struct apns_wish w;

	import_usual();
	place_serve(&pl, (struct push_service_options){.port = 0});
	place_work(&pl, NULL, &quick);
	cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
	cr_expect(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w), "nobody called apns_wake");
}

Test(worker, sends_when_the_time_comes)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *id = "IPAD";
	struct wishing wi = {.ids = &id, .n = 1, .now = clock_now() + 2};
	struct apns_wish w;

	import_usual();
	place_serve(&pl, (struct push_service_options){.port = 0});
	cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
	place_work(&pl, NULL, &quick);
	usleep(500000);
	cr_assert_eq(wish_read(&pl, a, "IPAD", &w), 0);
	cr_expect(w.verdict == APNS_NOT_TRIED || clock_now() >= wi.now);
	cr_assert(wish_becomes(&pl, a, "IPAD", APNS_SENT, &w));
	cr_expect_geq(w.sent_at, wi.now);
}

Test(worker, twenty_thousand_once_each)
{
	struct apns_events ev = {.settled = on_settled};
	struct push_service_counts n;

	import_usual();
	place_serve(&pl, (struct push_service_options){.on_push = on_push});
	place_work(&pl, &ev, &apns_timing_usual);
	for (size_t i = 0; i < MANY; i += 2500) {
		struct wishing wi = {.from = i, .n = 2500, .now = clock_now()};

		cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
		apns_wake(pl.ap);
	}
	wait_sent(MANY);
	usleep(50000);
	push_service_get_counts(pl.service, &n);
	cr_expect_eq(n.accepted, MANY);
	cr_expect_eq(n.connections, 1);
	cr_expect_eq(count_of(arrived, 1), MANY, "each token once");
	cr_expect_eq(count_of(settled, 1), MANY);
}

Test(worker, what_was_in_flight_when_it_stopped_is_sent_after_the_start)
{
	AUTO(arena) struct arena *a = arena_new();
	struct push_service_faults f = {.swallow = 1};
	struct push_service_counts n = {.requests = 0};
	struct wishing wi = {.n = 100, .now = clock_now()};
	struct apns_wish w;

	import_usual();
	place_serve(&pl, (struct push_service_options){.on_push = on_push});
	push_service_set_faults(pl.service, &f);
	cr_assert_eq(store_write(pl.st, wish_fn, &wi), 0);
	place_work(&pl, NULL, &apns_timing_usual);
	for (int i = 0; i < 12000 && n.requests < 100; i++) {
		usleep(5000);
		push_service_get_counts(pl.service, &n);
	}
	cr_expect_eq(n.requests, 100);
	apns_stop(pl.ap, 0);
	pl.ap = NULL;
	cr_assert_eq(wish_read(&pl, a, "00008030-0000000000000007", &w), 0);
	cr_expect_eq(w.verdict, APNS_NOT_TRIED);
	cr_expect_eq(w.due_at, wi.now);
	f.swallow = 0;
	push_service_set_faults(pl.service, &f);
	place_work(&pl, NULL, &apns_timing_usual);
	wait_sent(100);
	cr_expect_eq(count_of(arrived, 1), 100);
}

Test(worker, stopping_waits_for_answers)
{
	AUTO(arena) struct arena *a = arena_new();
	struct push_service_faults f = {.delay_ms = 150};
	struct push_service_counts n = {.requests = 0};
	struct apns_wish w;

	import_usual();
	place_serve(&pl, (struct push_service_options){.port = 0});
	push_service_set_faults(pl.service, &f);
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "IPAD");
	for (int i = 0; i < 12000 && n.requests < 1; i++) {
		usleep(2000);
		push_service_get_counts(pl.service, &n);
	}
	apns_stop(pl.ap, 5);
	pl.ap = NULL;
	cr_assert_eq(wish_read(&pl, a, "IPAD", &w), 0);
	cr_expect_eq(w.verdict, APNS_SENT);
}

/* In the child: a server that is killed when its pushes are in flight. */
static void child_run(int go, int tell)
{
	struct wishing wi = {.n = 500, .now = clock_now()};
	struct cert_options o = {.seal_key_path = pl.seal};
	char c;

	if (read(go, &c, 1) != 1)
		_exit(1);
	place_open_store(&pl);
	if (certs_open(pl.st, &o, &pl.certs) || store_write(pl.st, wish_fn, &wi))
		_exit(1);
	place_work(&pl, NULL, &apns_timing_usual);
	if (write(tell, "x", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

Test(worker, nothing_is_lost_when_it_is_killed)
{
	AUTO(arena) struct arena *a = arena_new();
	struct push_service_faults f = {.delay_ms = 100};
	struct push_service_counts n = {.requests = 0};
	struct cert_options o = {.seal_key_path = pl.seal};
	uint64_t sent = 0;
	int fds[2], go[2];
	char c;
	pid_t pid;

	import_usual();
	/* The store is closed before the fork: a process opens it for itself. */
	certs_close(pl.certs);
	store_close(pl.st);
	pl.certs = NULL;
	pl.st = NULL;
	cr_assert_eq(pipe(fds), 0);
	cr_assert_eq(pipe(go), 0);
	/* Before there are threads: a child may get a lock that one of them held just then. */
	pl.port = free_port();
	pid = fork();
	cr_assert_geq(pid, 0);
	if (pid == 0)
		child_run(go[0], fds[1]);
	place_serve(&pl, (struct push_service_options){.on_push = on_push});
	push_service_set_faults(pl.service, &f);
	cr_assert_eq(write(go[1], "x", 1), 1);
	cr_assert_eq(read(fds[0], &c, 1), 1);
	for (int i = 0; i < 12000 && n.requests < 200; i++) {
		usleep(2000);
		push_service_get_counts(pl.service, &n);
	}
	cr_expect_geq(n.requests, 200);
	kill(pid, SIGKILL);
	cr_assert_eq(waitpid(pid, NULL, 0), pid);
	place_open_store(&pl);
	cr_assert_eq(certs_open(pl.st, &o, &pl.certs), 0);
	for (size_t i = 0; i < 500; i++) {
		struct apns_wish w;
		char id[32];

		snprintf(id, sizeof(id), "00008030-%016zX", i);
		cr_assert_eq(wish_read(&pl, a, id, &w), 0);
		cr_expect_neq(w.due_at, 0);
		sent += w.verdict == APNS_SENT;
	}
	place_work(&pl, NULL, &apns_timing_usual);
	wait_sent(500 - sent);
	cr_expect_eq(count_of(arrived, 0), MANY - 500, "each arrived at least once");
}

/* --- secrets --- */

Test(worker, the_log_tells_no_secret)
{
	static char text[1 << 16];
	AUTO(arena) struct arena *a = arena_new();
	struct push_service_faults f = {.every = 2, .answer = {400, "BadDeviceToken", 0, 0}};
	char path[128];
	struct apns_wish w;
	uint8_t token[32];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/log", pl.dir);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	cr_assert_geq(fd, 0);
	log_set_fd(fd);
	log_set_level(LOG_DEBUG);
	import_usual();
	place_serve(&pl, (struct push_service_options){.port = 0});
	push_service_set_faults(pl.service, &f);
	place_work(&pl, NULL, &quick);
	wish_one(&pl, "ONE");
	cr_expect(wish_becomes(&pl, a, "ONE", APNS_SENT, &w));
	wish_one(&pl, "TWO");
	cr_expect(wish_becomes(&pl, a, "TWO", APNS_BAD_TOKEN, &w));
	apns_stop(pl.ap, 1);
	pl.ap = NULL;
	log_set_fd(-1);
	n = pread(fd, text, sizeof(text) - 1, 0);
	cr_assert_gt(n, 0);
	w = wish_make("TWO", token);
	cr_expect_not_null(strstr(text, "id=TWO"), "%s", text);
	cr_expect_null(strstr(text, w.magic));
	cr_expect_null(strstr(text, text_hex(a, w.token)));
	cr_expect_null(strstr(text, "PRIVATE KEY"));
	close(fd);
}
