/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/flow/flow.h"

#include "base/file.h"
#include "tests/fake/free_port.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *program(struct flow *f)
{
	const char *top = getenv("top_builddir");

	return arena_printf(f->a, "%s/hylla", top ? top : ".");
}

static unsigned take_port(void)
{
	unsigned port = free_port();

	cr_assert_neq(port, 0);
	return port;
}

/* --- child processes --- */

/* Between fork and exec: what this trial's program is to find. */
void flow_child_prepare(struct flow *f)
{
	const char *top = getenv("top_builddir");

	if (f->clock_shift_s) {
		setenv("FLOW_CLOCK_SHIFT", arena_printf(f->a, "%lld", (long long)f->clock_shift_s),
			1);
		setenv("LD_PRELOAD",
			arena_printf(f->a, "%s/tests/flow/shift_clock.so:%s", top ? top : ".",
				getenv("LD_PRELOAD") ? getenv("LD_PRELOAD") : ""),
			1);
		/* the library cannot come behind the sanitizer's */
		setenv("ASAN_OPTIONS",
			arena_printf(f->a, "%s:verify_asan_link_order=0",
				getenv("ASAN_OPTIONS") ? getenv("ASAN_OPTIONS") : ""),
			1);
	}
}

struct child {
	pid_t pid;
	int in, out, err;
};

static struct child spawn(struct flow *f, const char *const *argv)
{
	int in[2], out[2], err[2];
	struct child c;

	cr_assert_eq(pipe2(in, O_CLOEXEC), 0);
	cr_assert_eq(pipe2(out, O_CLOEXEC), 0);
	cr_assert_eq(pipe2(err, O_CLOEXEC), 0);
	c.pid = fork();
	if (c.pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(err[1], 2);
		flow_child_prepare(f);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	cr_assert_gt(c.pid, 0);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	c.in = in[1];
	c.out = out[0];
	c.err = err[0];
	return c;
}

static const char *read_all(struct flow *f, int fd)
{
	AUTO(buf) struct buf b = BUF_INIT(64u << 20);
	char piece[65536];
	ssize_t n;

	while ((n = read(fd, piece, sizeof(piece))) > 0)
		buf_add(&b, piece, (size_t)n);
	close(fd);
	return arena_strdup(f->a, buf_str(&b));
}

static int exit_status(pid_t pid)
{
	int status;

	cr_assert_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct flow_said flow_run(struct flow *f, const char *in, const char *const *arguments)
{
	const char *argv[64] = {program(f)};
	struct flow_said said;
	struct child c;
	size_t n = 1;

	for (size_t i = 0; arguments[i]; i++) {
		argv[n++] = arguments[i];
		if (text_starts(arguments[i], "--") && text_equal(arguments[0], "borrower"))
			flow_typed(f, "/borrowers", arguments[i] + 2, arguments[i + 1]);
	}
	argv[n++] = "--data";
	argv[n++] = f->dir;
	cr_assert_lt(n, 64);
	c = spawn(f, argv);
	if (in && write(c.in, in, strlen(in)) < 0)
		cr_log_error("the program did not read its input");
	close(c.in);
	said.out = read_all(f, c.out);
	said.err = read_all(f, c.err);
	said.status = exit_status(c.pid);
	return said;
}

static const char *joined(struct flow *f, const char *const *arguments)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);

	for (size_t i = 0; arguments[i]; i++)
		buf_printf(&b, "%s%s", i ? " " : "", arguments[i]);
	return arena_strdup(f->a, buf_str(&b));
}

const char *flow_expect(struct flow *f, int status, const char *const *arguments)
{
	struct flow_said said = flow_run(f, NULL, arguments);

	cr_assert_eq(said.status, status, "hylla %s: exit %d, not %d\n%s%s", joined(f, arguments),
		said.status, status, said.out, said.err);
	return said.out;
}

struct doc *flow_json(struct flow *f, const char *const *arguments)
{
	const char *out = flow_expect(f, 0, arguments);
	struct doc *d;

	cr_assert_eq(doc_parse(f->a, bytes_of_str(out), &d), 0, "hylla %s: no JSON: %s",
		joined(f, arguments), out);
	return d;
}

/* --- the server --- */

void flow_server_start(struct flow *f)
{
	int ready[2], log;
	const char *argv[64] = {program(f), "serve", "--data", f->dir};
	size_t n = 4;
	char line[64];

	cr_assert_eq(pipe2(ready, O_CLOEXEC), 0);
	/* Tests count what an iPad is sent: it reports by itself where a test wants that. */
	argv[n++] = "--set";
	argv[n++] = "mdm.reports=false";
	for (size_t i = 0; i < sizeof(f->set) / sizeof(f->set[0]) && f->set[i]; i++) {
		argv[n++] = "--set";
		argv[n++] = f->set[i];
	}
	argv[n++] = "--ready-fd";
	argv[n++] = arena_printf(f->a, "%d", ready[1]);
	f->server = fork();
	if (f->server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* not to outlive a test that failed */
		log = open(f->log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
		dup2(log, 1);
		dup2(log, 2);
		fcntl(ready[1], F_SETFD, 0);
		flow_child_prepare(f);
		if (f->in_child)
			f->in_child(f);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ready[1]);
	cr_assert_gt(read(ready[0], line, sizeof(line)), 0, "the server did not start:\n%s",
		flow_log(f));
	close(ready[0]);
}

void flow_server_stop(struct flow *f)
{
	int status;

	if (!f->server)
		return;
	cr_assert_eq(kill(f->server, SIGTERM), 0);
	status = exit_status(f->server);
	f->server = 0;
	cr_assert_eq(status, 0, "the server ended with %d:\n%s", status, flow_log(f));
}

void flow_server_kill(struct flow *f)
{
	cr_assert_eq(kill(f->server, SIGKILL), 0);
	cr_assert_eq(exit_status(f->server), 128 + SIGKILL);
	f->server = 0;
}

const char *flow_log(struct flow *f)
{
	AUTO(buf) struct buf b = BUF_INIT(64u << 20);

	if (file_read(f->log_path, &b) != 0)
		return "";
	return arena_strdup(f->a, buf_str(&b));
}

/* --- start and stop --- */

static void deliver(void *ctx, const char *token_hex, const char *magic)
{
	struct flow *f = ctx;
	AUTO(arena) struct arena *a = arena_new();
	struct bytes token;

	if (f->fleet && text_parse_hex(a, bytes_of_str(token_hex), &token) == 0 &&
		fleet_push(f->fleet, token, magic) != 0)
		cr_log_info("a push for a token nobody has");
}

static void start_push(struct flow *f)
{
	struct push_service_options o = {.port = take_port(), .on_push = deliver, .ctx = f};

	if (!f->topic)
		f->topic = "com.apple.mgmt.External.0a1b2c3d-0000-4000-8000-000000000001";
	cr_assert_eq(push_service_make_certificates(f->topic, &f->certs), 0);
	o.ca_pem = f->certs.ca_pem;
	o.cert_pem = f->certs.server_cert_pem;
	o.key_pem = f->certs.server_key_pem;
	cr_assert_eq(push_service_start(&o, &f->push), 0);
}

/* The file rather than --set: the command line must see the same. */
static void write_settings(struct flow *f)
{
	const char *path = arena_printf(f->a, "%s/hylla.conf", f->dir);
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);

	buf_printf(&b,
		"[server]\norganisation = Provkommunen\nlog = debug\n"
		"[device]\nurl = https://localhost:%u\nlisten = 127.0.0.1:%u\n"
		"[staff]\nlisten = 127.0.0.1:%u\n[public]\nlisten = 127.0.0.1:%u\n"
		"[apns]\nhost = localhost\nport = %u\nroot = push-root.pem\n",
		f->device_port, f->device_port, f->staff_port, f->public_port,
		push_service_port(f->push));
	cr_assert_eq(file_write(path, buf_bytes(&b), 0600), 0);
}

static void found(struct flow *f)
{
	struct doc *d = FLOW_JSON(f, "init", "--organisation", "Provkommunen", "--no-catalogue");

	f->password = doc_str(d, "one_time_password");
	cr_assert_not_null(f->password);
	write_settings(f);
	flow_file(f, "push-root.pem", f->certs.ca_pem);
	FLOW_EXPECT(f, 0, "push-cert", "import", flow_file(f, "push.pem", f->certs.client_cert_pem),
		"--key", flow_file(f, "push.key", f->certs.client_key_pem));
	d = FLOW_JSON(
		f, "token", "add", "--roles", "it konsulent bibliotek admin", "--note", "test");
	f->token = doc_str(d, "token");
	cr_assert_not_null(f->token);
}

void flow_start(struct flow *f)
{
	signal(SIGPIPE, SIG_IGN); /* a server that is killed takes its connections with it */
	f->a = arena_new();
	text_copy(f->dir, sizeof(f->dir), "/tmp/hylla-flow-XXXXXX");
	cr_assert_not_null(mkdtemp(f->dir));
	snprintf(f->log_path, sizeof(f->log_path), "%s/serve.log", f->dir);
	f->device_port = take_port();
	f->staff_port = take_port();
	f->public_port = take_port();
	start_push(f);
	found(f);
	f->trust = client_trust_new(false);
	cr_assert_eq(client_trust_file(f->trust, arena_printf(f->a, "%s/ca.crt", f->dir)), 0);
	flow_server_start(f);
}

void flow_stop(struct flow *f)
{
	struct flow_said said;

	flow_server_stop(f);
	/* Whatever a test did, the store must be whole at its end. */
	said = FLOW_RUN(f, "check");
	cr_expect_eq(said.status, 0, "%s%s", said.out, said.err);
	flow_expect_nobody(f);
	push_service_stop(f->push);
	push_service_free_certificates(&f->certs);
	client_trust_free(f->trust);
	cr_expect_eq(system(arena_printf(f->a, "rm -rf '%s'", f->dir)), 0);
	arena_free(f->a);
}

/* --- the API --- */

struct flow_reply flow_ask(struct flow *f, unsigned port, const struct client_request *rq)
{
	const struct client_options o = {
		.tls = true, .host = "localhost", .port = port, .trust = f->trust};
	AUTO(client) struct client *c = client_new(&o);
	struct client_reply got;
	struct flow_reply reply = {0};
	int err;

	flow_typed_body(f, rq->path, arena_strndup(f->a, rq->body.p, rq->body.n));
	err = client_exchange(c, rq, &got);
	cr_assert_eq(err, 0, "%s %s: %s", rq->method, rq->path, err_name(err));
	reply.status = got.status;
	reply.head = arena_strndup(f->a, got.head.p, got.head.n);
	reply.body = arena_strndup(f->a, got.body.p, got.body.n);
	if (doc_parse(f->a, bytes_of_str(reply.body), &reply.doc) != 0)
		reply.doc = NULL;
	return reply;
}

struct flow_reply flow_call(
	struct flow *f, const char *method, const char *path, const char *token, const char *body)
{
	struct client_header headers[] = {
		{"Accept-Language", "en"},
		{"Content-Type", "application/json"},
		{"Authorization", arena_printf(f->a, "Bearer %s", token ? token : "")},
	};
	const struct client_request rq = {.method = method,
		.path = path,
		.headers = headers,
		.header_count = token ? 3 : 2,
		.body = bytes_of_str(body ? body : "")};

	return flow_ask(f, f->staff_port, &rq);
}

struct doc *flow_api(
	struct flow *f, int status, const char *method, const char *path, const char *body)
{
	struct flow_reply r = flow_call(f, method, path, f->token, body);

	cr_assert_eq(
		r.status, status, "%s %s: %d, not %d: %s", method, path, r.status, status, r.body);
	return r.doc;
}

/* --- iPads --- */

struct ipad *flow_ipad(struct flow *f, unsigned number, const struct ipad_options *o,
	void (*shape)(struct ipad_model *m))
{
	struct ipad_options options = o ? *o : (struct ipad_options){0};
	struct ipad_model m;

	ipad_model_make(f->a, number, &m);
	if (shape)
		shape(&m);
	options.trust = f->trust;
	return ipad_new(&m, &options);
}

const char *flow_serial(const struct ipad *p)
{
	return ipad_model(p)->serial;
}

void flow_enrol(struct flow *f, struct ipad *p)
{
	struct doc *d = FLOW_JSON(f, "enrol", "profile", flow_serial(p));
	int err;

	cr_assert_not_null(doc_str(d, "url"));
	err = ipad_enrol_url(p, doc_str(d, "url"));
	cr_assert_eq(
		err, 0, "%s: %s: %s\n%s", flow_serial(p), err_name(err), ipad_why(p), flow_log(f));
}

bool flow_until(bool (*fn)(void *arg), void *arg)
{
	const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};

	for (int i = 0; i < 9000; i++) {
		if (fn(arg))
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

static bool is_clock_confirmed(void *arg)
{
	struct flow *f = arg;

	return flow_call(f, "POST", "/api/v1/clock/confirm", f->token, NULL).status == 200;
}

void flow_clock_confirm(struct flow *f)
{
	cr_assert(flow_until(is_clock_confirmed, f), "it has not noticed\n%s", flow_log(f));
}

void flow_expect_well(struct flow *f)
{
	const struct client_request rq = {.method = "GET", .path = "/healthz"};
	struct flow_said said;

	cr_expect_eq(waitpid(f->server, NULL, WNOHANG), 0, "the server is gone\n%s", flow_log(f));
	cr_expect_eq(flow_ask(f, f->device_port, &rq).status, 200);
	cr_expect_null(strstr(flow_log(f), "event=audit.act"), "an act has no row in audit/acts.c\n");
	said = FLOW_RUN(f, "check");
	cr_expect_eq(said.status, 0, "%s%s", said.out, said.err);
}

const char *flow_file(struct flow *f, const char *name, const char *text)
{
	const char *path = arena_printf(f->a, "%s/%s", f->dir, name);

	cr_assert_eq(file_write(path, bytes_of_str(text), 0600), 0);
	return path;
}

void flow_own(struct flow *f, const struct ipad *p)
{
	FLOW_EXPECT(f, 0, "item", "import",
		flow_file(f, "own.csv",
			arena_printf(f->a, "serienummer;status\n%s;i lager\n", flow_serial(p))));
}

struct ipad *flow_ours(struct flow *f, unsigned number, const struct ipad_options *o)
{
	struct ipad *p = flow_ipad(f, number, o, NULL);

	flow_own(f, p);
	flow_enrol(f, p);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	return p;
}
