/* SPDX-License-Identifier: EUPL-1.2 */
/* The server under load: founded, started, watched, stopped. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "tests/fake/free_port.h"
#include "tests/fake/push_service.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct audit_who bench_who = {.actor = "bench", .via = "cli"};

static void write_conf(struct bench_server *s)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);

	/* Pushes go to a port where nobody listens: they are not measured here. */
	buf_printf(&b,
		"[server]\nlog = error\n[device]\nurl = http://localhost:%u\nlisten = "
		"127.0.0.1:%u\n"
		"tls_cert =\ntls_key =\n[staff]\nlisten = 127.0.0.1:%u\ntls_cert =\ntls_key =\n"
		"[public]\nlisten =\n"
		"[apns]\nhost = localhost\nport = 9\nroot = %s/ca.crt\n[mdm]\nsign_profiles = true\n"
		"trust_ca_in_profile = false\nreports = false\n",
		s->port, s->port, s->staff_port, s->dir);
	bench_must(file_write(arena_printf(s->a, "%s/hylla.conf", s->dir), buf_bytes(&b), 0600),
		"hylla.conf");
}

static void import_push_certificate(struct bench_server *s)
{
	struct push_service_certificates c;
	struct cert_push p;
	struct refusal r;

	if (push_service_make_certificates("com.apple.mgmt.External.bench", &c) != 0)
		bench_must(ERR_CRYPTO, "push certificate");
	bench_must(mdm_push_import(s->house.mdm,
			   &(struct mdm_push_ask){&bench_who, c.client_cert_pem, c.client_key_pem,
				   NULL, clock_now()},
			   s->a, &p, &r),
		"push certificate");
	push_service_free_certificates(&c);
}

void bench_found(struct bench_server *s)
{
	static const char *const hosts[] = {"localhost", NULL};
	const char *password;
	struct house_plan plan;

	*s = (struct bench_server){.a = arena_new(), .dir = "/tmp/hylla-bench-XXXXXX"};
	if (!mkdtemp(s->dir))
		bench_must(ERR_IO, "a directory");
	s->port = free_port();
	s->staff_port = free_port();
	if (!s->port || !s->staff_port)
		bench_must(ERR_NET, "a free port");
	plan = (struct house_plan){.dir = s->dir,
		.organisation = "Bench",
		.device_url = arena_printf(s->a, "http://localhost:%u", s->port),
		.hosts = hosts,
		.account = "it"};
	bench_must(house_establish(&plan, clock_now(), s->a, &password), "init");
	write_conf(s);
	bench_must(house_open(s->dir, NULL, false, &s->house), "house");
	import_push_certificate(s);
}

void bench_server_start(struct bench_server *s)
{
	const char *top = getenv("HYLLA");
	const char *argv[] = {
		top ? top : "./hylla", "serve", "--data", s->dir, "--ready-fd", NULL, NULL};
	int64_t t0 = clock_mono_us();
	int ready[2];
	char line[64];

	if (pipe2(ready, O_CLOEXEC) != 0)
		bench_must(ERR_IO, "pipe");
	argv[5] = arena_printf(s->a, "%d", ready[1]);
	s->pid = fork();
	if (s->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* a bench that fails leaves none behind */
		fcntl(ready[1], F_SETFD, 0);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ready[1]);
	if (read(ready[0], line, sizeof(line)) <= 0)
		bench_must(ERR_IO, "the server did not start");
	close(ready[0]);
	s->start_ms = (double)(clock_mono_us() - t0) / 1000;
}

void bench_server_stop(struct bench_server *s)
{
	kill(s->pid, SIGTERM);
	waitpid(s->pid, NULL, 0);
	s->pid = 0;
}

void bench_remove(struct bench_server *s)
{
	if (s->pid)
		bench_server_stop(s);
	house_close(&s->house);
	if (system(arena_printf(s->a, "rm -rf '%s'", s->dir)) != 0)
		bench_note("%s could not be removed", s->dir);
	arena_free(s->a);
}

int64_t bench_server_cpu_us(const struct bench_server *s)
{
	struct timespec t;
	clockid_t clock;

	if (clock_getcpuclockid(s->pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
		bench_must(ERR_IO, "the server's CPU time");
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

long bench_server_rss_kb(const struct bench_server *s)
{
	char path[64], line[256];
	long kb = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)s->pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (text_starts(line, "RssAnon:"))
			kb = strtol(line + 8, NULL, 10);
	}
	if (f)
		fclose(f);
	return kb;
}

const char *bench_invite(struct bench_server *s, unsigned most)
{
	const struct mdm_invitation_ask ask = {.who = &bench_who,
		.now = clock_now(),
		.note = "bench",
		.most = most,
		.life_s = 86400};
	struct mdm_invitation made;
	const char *url;

	bench_must(mdm_invite(s->house.mdm, &ask, s->a, &made, &url), "invitation");
	return url;
}

/* They are on a delivery list, so that commands may be sent to them. */
static void import_items(struct bench_server *s, unsigned count)
{
	AUTO(buf) struct buf csv = BUF_INIT(64u << 20);
	AUTO(arena) struct arena *a = arena_new();
	struct inv_import_report r = {0};

	buf_add_str(&csv, "serial\n");
	for (unsigned i = 1; i <= count; i++) {
		struct ipad_model m;

		ipad_model_make(a, i, &m);
		buf_printf(&csv, "%s\n", m.serial);
	}
	bench_must(inv_import_csv(s->house.inv, &bench_who, buf_bytes(&csv), true, false, SAY_EN,
			   clock_now(), a, &r),
		"delivery list");
}

struct fleet *bench_fleet(struct bench_server *s, unsigned count)
{
	struct fleet_options o = {.count = count, .first_number = 1, .workers = 4, .keys = 8};
	const char *url = bench_invite(s, count);
	struct fleet *f;

	import_items(s, count);
	o.ipad.plain_ok = true;
	o.ipad.signature = IPAD_SIGN_SHA256;
	f = fleet_new(&o);
	fleet_enrol_all(f, url);
	if (!fleet_wait(f, 600000) || fleet_enrolled(f) != count)
		bench_must(ERR_TIMEOUT, "enrolling the fleet");
	/* What enrolment queued is answered, so that lines are empty when measuring begins. */
	for (unsigned i = 0; i < count; i++)
		fleet_wake(f, i);
	if (!fleet_wait(f, 600000))
		bench_must(ERR_TIMEOUT, "waking the fleet");
	return f;
}
