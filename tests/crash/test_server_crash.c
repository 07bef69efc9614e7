/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * kill -9 of the real server while iPads enrol and answer and people mark things, again and again
 * over one store. After each restart nothing that was acknowledged is missing, `hylla check` finds
 * nothing, and the iPads go on by themselves. HYLLA_CRASH_ROUNDS=200 for a longer look.
 */
#include "tests/flow/flow.h"

#include "base/text.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { IPADS = 6, COMMANDS = 400 };

struct crash {
	struct flow f;
	struct ipad *ipads[IPADS];
	struct ipad_keys *keys;
	atomic_bool stop; /* of a round */
	/* what was acknowledged */
	bool lost[IPADS];
	const char *done[COMMANDS]; /* commands whose results were taken */
	size_t done_n;
	const char *queued[COMMANDS];
	size_t queued_n;
};

static unsigned rounds(void)
{
	const char *s = getenv("HYLLA_CRASH_ROUNDS");

	return s ? (unsigned)strtoul(s, NULL, 10) : 8;
}

static void nap_ms(unsigned ms)
{
	const struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};

	nanosleep(&t, NULL);
}

/* --- the iPads' side: a thread that does what iPads do, whatever happens to the server --- */

static void *ipads_act(void *arg)
{
	struct crash *c = arg;

	while (!atomic_load(&c->stop)) {
		for (size_t i = 0; i < IPADS && !atomic_load(&c->stop); i++) {
			struct ipad *p = c->ipads[i];
			int err = ipad_state(p)->enrolled ? ipad_wake(p) : ipad_work(p);

			/* now and then a new enrolment from the start, or a new token */
			if (err == 0 && i == IPADS - 1)
				err = ipad_token_update(p, true);
			(void)err;
		}
	}
	return NULL;
}

/* --- the staff's side: the command line, which needs no server, and the API, which does --- */

static void act_by_cli(struct crash *c, unsigned i)
{
	const char *serial = flow_serial(c->ipads[i]);
	struct flow_said said =
		c->lost[i] ? FLOW_RUN(&c->f, "device", "found", serial)
			   : FLOW_RUN(&c->f, "device", "lost", serial, "--phone", "033");

	if (said.status == 0)
		c->lost[i] = !c->lost[i];
	else
		cr_expect_eq(said.status, 3, "%s%s", said.out, said.err);
}

/* The same by the API; no answer means nothing is known, so the store is asked afterwards. */
static int api_try(struct crash *c, const char *path, const char *body, struct client_reply *ret,
	struct client **ret_client)
{
	const struct client_options o = {.tls = true,
		.host = "localhost",
		.port = c->f.staff_port,
		.trust = c->f.trust,
		.timeout_ms = 60000};
	const struct client_header headers[] = {{"Content-Type", "application/json"},
		{"Authorization", arena_printf(c->f.a, "Bearer %s", c->f.token)}};
	const struct client_request rq = {.method = "POST",
		.path = path,
		.headers = headers,
		.header_count = 2,
		.body = bytes_of_str(body)};

	*ret_client = client_new(&o);
	return client_exchange(*ret_client, &rq, ret);
}

static void queue_by_api(struct crash *c, unsigned i)
{
	const char *path =
		arena_printf(c->f.a, "/api/v1/devices/%s/commands", flow_serial(c->ipads[i]));
	struct client *client;
	struct client_reply r;
	struct doc *d;
	int err = api_try(c, path, "{\"request\":\"DeviceInformation\"}", &r, &client);

	if (err == 0 && r.status < 300 && c->queued_n < COMMANDS &&
		doc_parse(c->f.a, r.body, &d) == 0)
		c->queued[c->queued_n++] = doc_str(d, "uuid");
	client_free(client);
}

struct killing {
	pid_t server;
	unsigned after_ms;
};

static void *kill_later(void *arg)
{
	struct killing *k = arg;

	nap_ms(k->after_ms);
	kill(k->server, SIGKILL);
	return NULL;
}

/* --- afterwards --- */

static void expect_kept(struct crash *c, unsigned round)
{
	for (size_t i = 0; i < IPADS; i++) {
		struct doc *d = FLOW_JSON(&c->f, "device", "show", flow_serial(c->ipads[i]));
		const char *phase = doc_str(doc_object(d, "lost"), "phase");

		if (ipad_state(c->ipads[i])->enrolled)
			cr_expect_str_eq(doc_str(doc_object(d, "mdm"), "state"), "enrolled",
				"round %u: a TokenUpdate was acknowledged", round);
		cr_expect_eq(phase && strcmp(phase, "leaving") != 0, c->lost[i],
			"round %u: %s is %s", round, flow_serial(c->ipads[i]),
			phase ? phase : "not lost");
	}
}

static bool all_done(void *arg)
{
	struct crash *c = arg;

	for (; c->done_n < c->queued_n; c->done_n++) {
		const char *path =
			arena_printf(c->f.a, "/api/v1/commands/%s", c->queued[c->done_n]);
		struct flow_reply r = flow_call(&c->f, "GET", path, c->f.token, NULL);

		cr_assert_eq(r.status, 200, "a command that was acknowledged is gone: %s", r.body);
		if (text_equal(doc_str(r.doc, "state"), "queued"))
			return false;
	}
	return true;
}

static void one_round(struct crash *c, unsigned round)
{
	struct killing k = {c->f.server, 60 + round * 97 % 250};
	pthread_t ipads, killer;
	int status;

	atomic_store(&c->stop, false);
	cr_assert_eq(pthread_create(&ipads, NULL, ipads_act, c), 0);
	cr_assert_eq(pthread_create(&killer, NULL, kill_later, &k), 0);
	for (unsigned i = 0; i < 3; i++) {
		queue_by_api(c, (round + i) % IPADS);
		act_by_cli(c, (round + i) % (IPADS - 1));
	}
	pthread_join(killer, NULL);
	cr_assert_eq(waitpid(c->f.server, &status, 0), c->f.server);
	c->f.server = 0;
	atomic_store(&c->stop, true);
	pthread_join(ipads, NULL);
	FLOW_EXPECT(&c->f, 0, "check");
	expect_kept(c, round);
	flow_server_start(&c->f);
}

static void crash_start(struct crash *c)
{
	c->keys = ipad_keys_new(3);
	flow_start(&c->f);
	for (unsigned i = 0; i < IPADS; i++) {
		const struct ipad_options o = {.keys = c->keys, .timeout_ms = 60000};

		c->ipads[i] = flow_ours(&c->f, i + 1, &o);
	}
}

static void crash_stop(struct crash *c)
{
	for (unsigned i = 0; i < IPADS; i++)
		ipad_free(c->ipads[i]);
	flow_stop(&c->f);
	ipad_keys_free(c->keys);
}

struct settling {
	struct ipad *p;
	bool lost;
};

static bool settled(void *arg)
{
	struct settling *s = arg;

	return ipad_wake(s->p) == 0 && ipad_state(s->p)->lost == s->lost;
}

Test(server_crash, loses_nothing_that_was_acknowledged, .timeout = 3600)
{
	static struct crash c;

	crash_start(&c);
	for (unsigned round = 0; round < rounds(); round++)
		one_round(&c, round);
	/* Nobody does anything but the iPads. */
	for (unsigned i = 0; i < IPADS; i++) {
		const struct ipad_counters *n = ipad_counters(c.ipads[i]);

		struct settling s = {c.ipads[i], c.lost[i]};

		cr_expect(flow_until(settled, &s), "iPad %u: %s\n%s", i, ipad_why(c.ipads[i]),
			FLOW_EXPECT(&c.f, 0, "device", "show", flow_serial(c.ipads[i])));
		cr_expect_eq(n->refusals, 0, "%s", ipad_why(c.ipads[i]));
		cr_expect_eq(n->unenrolled_401 + n->unenrolled_403, 0);
	}
	cr_expect(flow_until(all_done, &c));
	cr_expect_gt(c.queued_n, 0);
	flow_expect_well(&c.f);
	crash_stop(&c);
}

/* --- killed while they enrol --- */

static bool enrols(void *arg)
{
	struct ipad *p = arg;

	return ipad_state(p)->enrolled || ipad_work(p) == 0;
}

Test(server_crash, in_the_middle_of_enrolling, .timeout = 600)
{
	struct flow f = {0};
	struct ipad_keys *keys = ipad_keys_new(2);
	const struct ipad_options o = {.keys = keys, .timeout_ms = 60000};

	flow_start(&f);
	for (unsigned i = 0; i < rounds(); i++) {
		struct ipad *p = flow_ipad(&f, 50 + i, &o, NULL);
		struct doc *d = FLOW_JSON(&f, "enrol", "profile", flow_serial(p));
		struct killing k = {f.server, 2 + i * 3};
		pthread_t killer;
		int status, err;

		cr_assert_eq(pthread_create(&killer, NULL, kill_later, &k), 0);
		err = ipad_enrol_url(p, doc_str(d, "url"));
		pthread_join(killer, NULL);
		cr_assert_eq(waitpid(f.server, &status, 0), f.server);
		FLOW_EXPECT(&f, 0, "check");
		flow_server_start(&f);
		/* Authenticated: the rest is the iPad's to repeat. Before that, a person tries
		 * again, by a new invitation when the first one's was spent. */
		if (err && !ipad_state(p)->token_owed && ipad_enrol_url(p, doc_str(d, "url")) != 0)
			flow_enrol(&f, p);
		cr_expect(flow_until(enrols, p), "round %u: %s", i, ipad_why(p));
		cr_expect_eq(ipad_wake(p), 0, "round %u: %s", i, ipad_why(p));
		d = FLOW_JSON(&f, "device", "show", flow_serial(p));
		cr_expect_str_eq(doc_str(doc_object(d, "mdm"), "state"), "enrolled");
		ipad_free(p);
	}
	flow_stop(&f);
	ipad_keys_free(keys);
}

/* --- the command line killed in the middle --- */

Test(server_crash, the_command_line_leaves_all_or_nothing, .timeout = 600)
{
	struct flow f = {0};
	struct ipad *p;
	const char *top = getenv("top_builddir");

	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
	for (unsigned i = 0; i < rounds(); i++) {
		bool item_lost, mdm_lost;
		struct doc *d;
		pid_t pid = fork();

		if (pid == 0) {
			execl(arena_printf(f.a, "%s/hylla", top ? top : "."), "hylla", "device",
				i % 2 ? "found" : "lost", flow_serial(p), "--data", f.dir, NULL);
			_exit(127);
		}
		nap_ms(1 + i * 2);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		d = FLOW_JSON(&f, "device", "show", flow_serial(p));
		item_lost = text_equal(doc_str(doc_object(d, "item"), "state"), "lost");
		mdm_lost = text_equal(doc_str(doc_object(d, "lost"), "phase"), "wanted");
		cr_expect_eq(item_lost, mdm_lost, "half an act: item %d, lost mode %d", item_lost,
			mdm_lost);
		FLOW_EXPECT(&f, 0, "check");
	}
	/* The server and others still write: no lock was left behind. */
	FLOW_EXPECT(&f, 0, "device", "command", flow_serial(p), "--ask",
		"{\"request\":\"SecurityInfo\"}");
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
}

/* --- the disk is full --- */

static rlim_t now_limited_to;

static void limit_files(struct flow *f)
{
	struct rlimit lim = {now_limited_to, RLIM_INFINITY};

	(void)f;
	setrlimit(RLIMIT_FSIZE, &lim);
}

static void limit_set(struct flow *f, rlim_t bytes)
{
	const struct rlimit lim = {bytes, RLIM_INFINITY};

	cr_assert_eq(prlimit(f->server, RLIMIT_FSIZE, &lim, NULL), 0);
}

Test(server_crash, a_full_disk_is_told_and_reads_go_on, .timeout = 300)
{
	struct flow f = {.in_child = limit_files};
	struct flow_reply r;
	struct ipad *p;
	const char *path;

	now_limited_to = RLIM_INFINITY;
	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
	path = arena_printf(f.a, "/api/v1/devices/%s/lost", flow_serial(p));
	limit_set(&f, 4096);
	r = flow_call(&f, "POST", path, f.token, "{\"phone\":\"033\"}");
	cr_expect_eq(r.status, 503, "%d %s", r.status, r.body);
	cr_expect_not_null(strstr(r.body, "disk"), "%s", r.body);
	cr_expect_eq(ipad_token_update(p, true), ERR_DENIED, "not acknowledged");
	cr_expect(ipad_state(p)->enrolled, "%s", ipad_why(p));
	flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/devices/%s", flow_serial(p)), NULL);
	cr_expect_eq(ipad_wake(p), 0, "an idle poll only reads: %s", ipad_why(p));
	limit_set(&f, RLIM_INFINITY);
	cr_expect_eq(ipad_token_update(p, true), 0, "%s", ipad_why(p));
	flow_api(&f, 200, "POST", path, "{\"phone\":\"033\"}");
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->lost);
	flow_expect_well(&f);
	ipad_free(p);
	flow_stop(&f);
}
