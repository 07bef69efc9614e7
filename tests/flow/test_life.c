/* SPDX-License-Identifier: EUPL-1.2 */
/* A server's life: stop and start, backup, certificates, proxies, sockets handed over, two at it.
 */
#include "base/file.h"
#include "base/text.h"
#include "config.h"
#include "store/store_int.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/flow/one_ipad.h"

static const char *mdm_state(void)
{
	return doc_str(doc_object(FLOW_JSON(&f, "device", "show", serial), "mdm"), "state");
}

static void nap_ms(unsigned ms)
{
	const struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};

	nanosleep(&t, NULL);
}

/* --- backup and restore --- */

static void copy(const char *from, const char *to, const char *name)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);

	cr_assert_eq(file_read(arena_printf(f.a, "%s/%s", from, name), &b), 0, "%s", name);
	cr_assert_eq(file_write(arena_printf(f.a, "%s/%s", to, name), buf_bytes(&b), 0600), 0);
}

/* Both look at what is there; only what is sealed stays unseen. */
static void without_key(void)
{
	const char *key = arena_printf(f.a, "%s/seal.key", f.dir),
		   *away = arena_printf(f.a, "%s/seal.away", f.dir);

	cr_expect(doc_bool(FLOW_JSON(&f, "check"), "sealed_fields_checked", false));
	cr_assert_eq(rename(key, away), 0);
	cr_expect_not(doc_bool(FLOW_JSON(&f, "check"), "sealed_fields_checked", true));
	FLOW_EXPECT(&f, 0, "backup", arena_printf(f.a, "%s/keyless", f.dir));
	FLOW_EXPECT(&f, 1, "item", "list");
	cr_assert_eq(rename(away, key), 0);
}

Test(life, a_backup_holds_what_was_there, .timeout = 300, .init = begin, .fini = end)
{
	const char *backup = arena_printf(f.a, "%s/kopia.hylla", f.dir);
	const char *beside = arena_printf(f.a, "%s/beside", f.dir);
	char home[64];

	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--phone", "033");
	FLOW_EXPECT(&f, 0, "backup", backup);
	FLOW_EXPECT(&f, 1, "backup", backup);
	without_key();
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	FLOW_EXPECT(&f, 1, "restore", backup);
	cr_assert_eq(mkdir(beside, 0700), 0);
	copy(f.dir, beside, "hylla.conf");
	copy(f.dir, beside, "seal.key");
	text_copy(home, sizeof(home), f.dir);
	text_copy(f.dir, sizeof(f.dir), beside);
	FLOW_EXPECT(&f, 0, "restore", backup);
	cr_expect_eq(strlen(doc_str(FLOW_JSON(&f, "check"), "audit_hash")), 64);
	cr_expect_str_eq(
		doc_str(doc_object(FLOW_JSON(&f, "device", "show", serial), "lost"), "phase"),
		"wanted", "as it was then");
	text_copy(f.dir, sizeof(f.dir), home);
	cr_assert_eq(truncate(backup, 20000), 0);
	text_copy(f.dir, sizeof(f.dir), beside);
	FLOW_EXPECT(&f, 1, "restore", backup, "--replace");
	FLOW_EXPECT(&f, 0, "check");
	text_copy(f.dir, sizeof(f.dir), home);
}

/* Yesterday's store does not know who enrolled today: the log names them, none is thrown out. */
Test(life, who_enrolled_since_the_backup_is_told, .timeout = 300, .init = begin, .fini = end)
{
	const char *backup = arena_printf(f.a, "%s/kopia.hylla", f.dir);
	struct ipad *later;

	FLOW_EXPECT(&f, 0, "backup", backup);
	later = flow_ours(&f, 8, NULL);
	flow_server_stop(&f);
	FLOW_EXPECT(&f, 0, "restore", backup, "--replace");
	flow_server_start(&f);
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_eq(ipad_wake(later), ERR_DENIED);
	cr_expect(ipad_state(later)->enrolled, "%s", ipad_why(later));
	cr_expect_not_null(strstr(flow_log(&f), arena_printf(f.a, "type=result udid=%s",
							ipad_model(later)->udid)),
		"%s", flow_log(&f));
	/* Somebody removes the profile on it; we are told, and do not know it. */
	cr_expect_eq(ipad_remove_enrolment(later), 0, "%s", ipad_why(later));
	flow_own(&f, later);
	flow_enrol(&f, later);
	cr_expect_eq(ipad_wake(later), 0, "%s", ipad_why(later));
	ipad_free(later);
}

/* --- the clock --- */

static void restart_with_clock(int64_t shift_s)
{
	flow_server_stop(&f);
	f.clock_shift_s = shift_s;
	flow_server_start(&f);
	ipad_clock_set(p, shift_s);
}

static bool was_renewed(void *arg)
{
	return strstr(flow_log(arg), "serve.tls_renewed") != NULL;
}

static bool wakes(void *arg)
{
	return ipad_wake(arg) == 0;
}

Test(life, our_listeners_certificate_follows_the_clock, .timeout = 300, .init = begin, .fini = end)
{
	restart_with_clock(800 * 86400L);
	cr_expect(flow_until(was_renewed, &f), "%s", flow_log(&f));
	cr_expect(flow_until(wakes, p), "ended soon, and renewed: %s", ipad_why(p));
	restart_with_clock(0);
	cr_expect(flow_until(wakes, p), "the clock was wrong, and set right: %s", ipad_why(p));
}

/* --- settings --- */

Test(life, a_slip_in_the_settings_is_named, .timeout = 300, .init = begin, .fini = end)
{
	static const struct {
		const char *text, *says, *line;
	} rows[] = {
		{"[server]\norganistion = X\n", "organisation", ":2"},
		{"\n\n[serve]\nlog = debug\n", "server", ":3"},
		{"[http]\nheader_time = soon\n", "header_time", ":2"},
		{"[server]\nlog = info\nlog = warn\n", "line 2", ":3"},
		{"[device]\nconnections = 99999999\n", "connections", ":2"},
	};

	flow_server_stop(&f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(buf) struct buf kept = BUF_INIT(1 << 20);
		const char *path = arena_printf(f.a, "%s/hylla.conf", f.dir);
		struct flow_said said;

		cr_assert_eq(file_read(path, &kept), 0);
		flow_file(&f, "hylla.conf", rows[i].text);
		said = FLOW_RUN(&f, "serve");
		cr_expect_neq(said.status, 0);
		cr_expect_not_null(strstr(said.err, rows[i].says), "%zu: %s", i, said.err);
		cr_expect_not_null(strstr(said.err, rows[i].line), "%zu: %s", i, said.err);
		cr_assert_eq(file_write(path, buf_bytes(&kept), 0600), 0);
	}
	flow_server_start(&f);
}

/* --- a store from another time --- */

static int make_newer(struct store_txn *txn, void *arg)
{
	const struct store_meta m = {.schema = STORE_SCHEMA + 1, .created_at = 5, .instance = "i"};
	AUTO(buf) struct buf out = BUF_INIT(1000);
	struct store_key k = store_meta_key();

	(void)arg;
	store_meta_encode(&m, &out);
	return store_put(txn, STORE_META, &k, buf_bytes(&out));
}

Test(life, a_newer_store_is_left_alone, .timeout = 300)
{
	const struct store_options o = {.create = false};
	struct flow_said said;
	struct store *st;

	f = (struct flow){0};
	flow_start(&f);
	FLOW_EXPECT(&f, 0, "backup", arena_printf(f.a, "%s/before", f.dir));
	flow_server_stop(&f);
	cr_assert_eq(store_open(f.dir, &o, &st), 0);
	cr_assert_eq(store_write(st, make_newer, NULL), 0);
	store_close(st);
	said = FLOW_RUN(&f, "serve");
	cr_expect_eq(said.status, 1);
	cr_expect_not_null(strstr(said.err, "written by a newer Hylla"), "%s", said.err);
	FLOW_EXPECT(&f, 1, "device", "list");
	FLOW_EXPECT(&f, 0, "restore", arena_printf(f.a, "%s/before", f.dir), "--replace");
	flow_server_start(&f);
	flow_stop(&f);
}

/* --- stop and start --- */

static void *wake_slowly(void *arg)
{
	ipad_fault(p, IPAD_FAULT_SLOW, 1);
	*(int *)arg = ipad_wake(p);
	return NULL;
}

/* Somebody besides who asks is connected. */
static bool is_connected(void *arg)
{
	struct flow_reply r = flow_call(&f, "GET", "/metrics", f.token, NULL);

	(void)arg;
	return r.status == 200 && !strstr(r.body, "\nhylla_http_connections 1\n");
}

Test(life, a_stop_lets_requests_finish, .timeout = 300, .init = begin, .fini = end)
{
	uint64_t commands = ipad_counters(p)->commands;
	pthread_t thread;
	int err = -1;

	FLOW_EXPECT(&f, 0, "device", "lock", serial);
	cr_assert_eq(pthread_create(&thread, NULL, wake_slowly, &err), 0);
	cr_assert(flow_until(is_connected, NULL));
	nap_ms(300); /* and has begun to speak */
	flow_server_stop(&f);
	pthread_join(thread, NULL);
	cr_expect_eq(ipad_counters(p)->commands, commands + 1, "its poll was answered");
	flow_server_start(&f);
	cr_expect_str_eq(mdm_state(), "enrolled");
	while (ipad_has_work(p))
		cr_assert_eq(ipad_work(p), 0, "%s", ipad_why(p));
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_eq(doc_list_size(doc_list(FLOW_JSON(&f, "device", "why", serial), "queue")), 0);
}

/* --- the server's own certificate --- */

static int healthz_trusting(struct client_trust *trust)
{
	const struct client_options o = {
		.tls = true, .host = "localhost", .port = f.device_port, .trust = trust};
	const struct client_request rq = {.method = "GET", .path = "/healthz"};
	AUTO(client) struct client *c = client_new(&o);
	struct client_reply r;
	int err = client_exchange(c, &rq, &r);

	return err ? err : r.status;
}

static bool new_is_served(void *arg)
{
	return healthz_trusting(arg) == 200;
}

static bool was_looked_at(void *arg)
{
	(void)arg;
	return strstr(flow_log(&f), "event=http.reload") != NULL;
}

Test(life, a_new_certificate_is_taken_up, .timeout = 300, .init = begin, .fini = end)
{
	struct client_trust *trust = client_trust_new(false), *old = f.trust;

	cr_assert_eq(client_trust_file(trust, flow_file(&f, "other.pem", f.certs.ca_pem)), 0);
	cr_expect_eq(healthz_trusting(trust), ERR_CRYPTO);
	flow_file(&f, "tls.key", "nonsense");
	kill(f.server, SIGHUP);
	cr_assert(flow_until(was_looked_at, NULL), "%s", flow_log(&f));
	cr_expect_eq(healthz_trusting(old), 200, "a bad file changes nothing");
	flow_file(&f, "tls.crt", f.certs.server_cert_pem);
	flow_file(&f, "tls.key", f.certs.server_key_pem);
	kill(f.server, SIGHUP);
	cr_expect(flow_until(new_is_served, trust), "%s", flow_log(&f));
	cr_expect_eq(healthz_trusting(old), ERR_CRYPTO);
	client_trust_free(trust);
}

/* --- behind a proxy --- */

static int put_through_proxy(const char *cert_header)
{
	const struct client_options o = {.host = "localhost", .port = f.device_port};
	const struct client_header headers[] = {{"Content-Type", "application/x-apple-aspen-mdm"},
		{"X-Forwarded-For", "192.0.2.7"}, {"X-Forwarded-Proto", "https"},
		{"Client-Cert", cert_header}};
	const struct client_request rq = {.method = "PUT",
		.path = "/mdm",
		.headers = headers,
		.header_count = cert_header ? 4 : 3,
		.body = ipad_body_idle(p, f.a)};
	AUTO(client) struct client *c = client_new(&o);
	struct client_reply r;

	cr_assert_eq(client_exchange(c, &rq, &r), 0);
	return r.status;
}

Test(life, behind_a_proxy_that_is_trusted_or_not, .timeout = 300)
{
	struct ipad_options o = {0};
	const char *header;
	struct bytes der;

	f = (struct flow){
		.set = {"device.tls_cert=", "device.tls_key=", "device.trusted_proxies=127.0.0.1",
			"device.client_cert_header=Client-Cert"}};
	flow_start(&f);
	o.via = arena_printf(f.a, "127.0.0.1:%u", f.device_port);
	p = flow_ours(&f, 7, &o);
	serial = flow_serial(p);
	cr_assert_eq(ipad_identity(p, f.a, &der), 0);
	header = arena_printf(f.a, ":%s:", text_base64(f.a, der));
	cr_expect_eq(put_through_proxy(header), 200, "%s", flow_log(&f));
	cr_expect_eq(put_through_proxy(NULL), 400);
	cr_expect_eq(put_through_proxy(":AAAA:"), 400);
	cr_expect_not_null(strstr(flow_log(&f), "peer=192.0.2.7"), "the client the proxy names");
	flow_server_stop(&f);
	f.set[2] = "device.trusted_proxies=192.0.2.1";
	flow_server_start(&f);
	cr_expect_eq(put_through_proxy(header), 400, "from anybody else it is no proof");
	f.device_port = f.staff_port; /* the one that speaks TLS, for the end */
	end();
}

/* --- a socket handed over --- */

#ifdef HAVE_SYSTEMD
static int handed;

static void hand_over(struct flow *flow)
{
	setenv("LISTEN_PID", arena_printf(flow->a, "%d", (int)getpid()), 1);
	setenv("LISTEN_FDS", "1", 1);
	setenv("LISTEN_FDNAMES", "device", 1);
	dup2(handed, 3);
}

Test(life, a_socket_is_handed_over, .timeout = 300)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);

	f = (struct flow){.in_child = hand_over};
	handed = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cr_assert_eq(bind(handed, (struct sockaddr *)&at, n), 0);
	cr_assert_eq(listen(handed, 16), 0);
	cr_assert_eq(getsockname(handed, (struct sockaddr *)&at, &n), 0);
	flow_start(&f);
	f.device_port = ntohs(at.sin_port);
	cr_expect_eq(healthz_trusting(f.trust), 200);
	flow_stop(&f);
	close(handed);
}
#endif

/* --- leaving and coming back --- */

Test(life, an_ipad_leaves_and_comes_back, .timeout = 300, .init = begin, .fini = end)
{
	struct ipad_reply r;

	cr_assert_eq(ipad_bootstrap_get(p, f.a, &r), 0);
	cr_expect_eq(r.body.n, 0, "no token yet");
	cr_assert_eq(ipad_bootstrap_set(p, bytes_of_str("a token")), 0);
	cr_assert_eq(ipad_bootstrap_get(p, f.a, &r), 0);
	cr_expect_not_null(memmem(r.body.p, r.body.n, "YSB0b2tlbg==", 12));
	cr_expect_eq(ipad_token_get(p, "com.apple.maid", f.a, &r), ERR_DENIED, "never 401");
	cr_expect(ipad_state(p)->enrolled);
	cr_assert_eq(ipad_remove_enrolment(p), 0, "%s", ipad_why(p));
	cr_expect_str_eq(mdm_state(), "checked_out");
	FLOW_EXPECT(&f, 3, "device", "lock", serial);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_str_eq(mdm_state(), "enrolled");
	cr_assert_eq(ipad_bootstrap_get(p, f.a, &r), 0);
	cr_expect_eq(r.body.n, 0, "nothing of the old enrolment is left");
}

/* --- who may, while it changes --- */

static int status_with(const char *token, const char *path)
{
	return flow_call(&f, "GET", path, token, NULL).status;
}

Test(life, accounts_and_tokens_end_at_once, .timeout = 300, .init = begin, .fini = end)
{
	const char *body, *once, *session, *word, *id;
	struct doc *d;

	d = flow_api(&f, 201, "POST", "/api/v1/accounts", "{\"name\":\"eva\",\"roles\":\"it\"}");
	once = doc_str(d, "one_time_password");
	body = arena_printf(f.a, "{\"name\":\"eva\",\"password\":\"%s\"}", once);
	cr_expect_neq(flow_call(&f, "POST", "/api/v1/sign-in", NULL, body).status, 200,
		"a one-time password alone");
	body = arena_printf(f.a,
		"{\"name\":\"eva\",\"password\":\"%s\",\"new_password\":"
		"\"evas eget ord 1\"}",
		once);
	session = doc_str(flow_call(&f, "POST", "/api/v1/sign-in", NULL, body).doc, "token");
	cr_assert_not_null(session);
	cr_expect_eq(status_with(session, "/api/v1/devices"), 200);
	cr_expect_eq(status_with(session, "/api/v1/accounts"), 403);
	flow_api(&f, 200, "POST", "/api/v1/accounts/eva/roles", "{\"roles\":\"reader\"}");
	flow_api(&f, 404, "POST", "/api/v1/accounts/nobody/roles", "{\"roles\":\"reader\"}");
	flow_api(&f, 404, "POST", "/api/v1/accounts/nobody/reset", NULL);
	flow_api(&f, 404, "POST", "/api/v1/accounts/nobody/two-step/reset", NULL);
	flow_api(&f, 404, "POST", "/api/v1/accounts/nobody/provider", "{\"allow\":\"no\"}");
	flow_api(&f, 404, "DELETE", "/api/v1/accounts/nobody", NULL);
	cr_expect_eq(status_with(session, "/api/v1/devices"), 401, "its sessions ended");
	session = doc_str(flow_call(&f, "POST", "/api/v1/sign-in", NULL,
				  "{\"name\":\"eva\",\"password\":\"evas eget ord 1\"}")
				  .doc,
		"token");
	cr_expect_eq(status_with(session, "/api/v1/devices"), 200);
	flow_api(&f, 200, "DELETE", "/api/v1/accounts/eva", NULL);
	cr_expect_eq(status_with(session, "/api/v1/devices"), 401, "closed");
	d = flow_api(&f, 201, "POST", "/api/v1/tokens", "{\"roles\":\"reader\",\"note\":\"x\"}");
	word = doc_str(d, "token");
	id = doc_str(d, "id");
	cr_expect_eq(status_with(word, "/api/v1/devices"), 200);
	flow_api(&f, 200, "DELETE", arena_printf(f.a, "/api/v1/tokens/%s", id), NULL);
	cr_expect_eq(status_with(word, "/api/v1/devices"), 401);
}

struct operator
{
	const char *path, *token, *body;
	int status;
};

/* The arena is the test's: each thread has its own harness. */
static void *operate(void *arg)
{
	struct operator* o = arg;
	struct flow mine = f;

	mine.a = arena_new();
	o->status = flow_call(&mine, "POST", o->path, o->token, o->body).status;
	arena_free(mine.a);
	return NULL;
}

Test(life, of_two_operators_one_is_told, .timeout = 300, .init = begin, .fini = end)
{
	struct operator two[2];
	pthread_t threads[2];
	const char *const acts[][2] = {
		{"commands", "{\"request\":\"DeviceLock\"}"}, {"lost", "{\"phone\":\"033\"}"}};

	for (size_t act = 0; act < 2; act++) {
		for (size_t i = 0; i < 2; i++) {
			two[i] = (struct operator){.token = f.token, .body = acts[act][1]};
			two[i].path =
				arena_printf(f.a, "/api/v1/devices/%s/%s", serial, acts[act][0]);
			cr_assert_eq(pthread_create(&threads[i], NULL, operate, &two[i]), 0);
		}
		for (size_t i = 0; i < 2; i++)
			pthread_join(threads[i], NULL);
		cr_expect((two[0].status == 409) != (two[1].status == 409), "%s: %d and %d",
			acts[act][0], two[0].status, two[1].status);
	}
	flow_expect_well(&f);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->lost);
}

Test(life, one_server_a_data_directory, .timeout = 300, .init = begin, .fini = end)
{
	static const char *const second[] = {"serve", "--set", "device.listen=127.0.0.1:0", "--set",
		"staff.listen=", "--set", "public.listen=", NULL};
	struct flow_said said = flow_run(&f, NULL, second);

	cr_expect_eq(said.status, 1);
	cr_expect(strstr(said.err, "another server is running on"), "%s", said.err);
	/* The lock goes with the process, also when it is killed. */
	flow_server_kill(&f);
	flow_server_start(&f);
}
