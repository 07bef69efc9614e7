/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `hylla demo`: a whole municipality's worth of protocol on one machine. The real server runs as
 * a child; beside it, in this process, stand a stand-in for Apple's push service and simulated
 * iPads that enrol over TLS by themselves. Nothing here is part of the server.
 */
#include "server/demo.h"

#include "base/text.h"
#include "tests/fake/fleet.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void demo_say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	fflush(stdout);
}

void demo_begin(const struct demo *d, const char *key, const char *a0)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct cli reader = {.arena = a, .lang = d->cli->lang};

	demo_say("%s", cli_fill(&reader, key, a0, NULL, NULL));
}

void demo_tell(const struct demo *d, const char *key, const char *a0, const char *a1)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct cli reader = {.arena = a, .lang = d->cli->lang};

	demo_say("%s\n", cli_fill(&reader, key, a0, a1, NULL));
}

/* --- the data directory --- */

static const char *url_of(const struct demo *d, unsigned side)
{
	return arena_printf(d->cli->arena, "https://localhost:%u",
		(d->port ? d->port : DEMO_PORT) + side);
}

static int found(struct demo *d)
{
	static const char *const hosts[] = {"localhost", "127.0.0.1", "::1", NULL};
	struct house_plan plan = {
		.dir = d->cli->dir,
		.organisation = "Demokommunen",
		.contact = "031-390 06 00",
		.device_url = url_of(d, 0),
		.public_url = url_of(d, 2),
		.port = d->port,
		.hosts = hosts,
		.account = "it",
	};
	int err;

	demo_begin(d, "cli.demo.data", d->cli->dir);
	err = house_establish(&plan, d->cli->now, d->cli->arena, &d->password);
	d->founded = err == 0;
	if (err && err != ERR_EXISTS) {
		demo_tell(d, "cli.demo.failed", NULL, NULL);
		return err;
	}
	demo_tell(d, d->founded ? "cli.demo.made" : "cli.demo.there", NULL, NULL);
	return 0;
}

struct unused {
	struct arena *a;
	const char *name;
	bool ret;
};

static int unused_in(struct store_txn *txn, void *arg)
{
	struct unused *u = arg;
	struct web_account x;
	int err = web_account_get(txn, u->a, u->name, &x);

	u->ret = err == 0 && x.one_time && !x.signed_in_at && !x.closed_at;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* A first word that nobody has used may never have been seen: the start that made it failed, or its
 * window is closed. Then there is a new one. */
static int renew_words(struct demo *d)
{
	static const char *const names[] = {"it", "konsulent", "bibliotek", "admin", "lasare"};
	const struct cli *cli = d->cli;
	size_t n = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct unused u = {.a = cli->arena, .name = names[i]};
		struct town_account *x = &d->town.accounts[n];
		struct refusal r = {0};
		int err = store_read(cli->house.st, unused_in, &u);

		if (err == 0 && u.ret)
			err = web_account_reset(cli->house.st, &cli->who, names[i], cli->now,
				cli->arena, &x->password, &r);
		if (err)
			return err;
		if (u.ret) {
			x->name = names[i];
			n++;
		}
	}
	return 0;
}

/* --- the server --- */

struct server_call {
	const char *argv[32];
};

/* Made before the fork: between fork and exec nothing may be allocated. */
static void make_call(const struct demo *d, int ready, struct server_call *ret)
{
	struct arena *a = d->cli->arena;
	const struct conf *conf = d->cli->house.conf;
	const char *page = demo_address(d, "public");
	size_t n = 0;

	*ret = (struct server_call){{
		"hylla",
		"serve",
		"--data",
		d->cli->dir,
		"--set",
		"apns.host=localhost",
		"--set",
		arena_printf(a, "apns.port=%u", d->push.port),
		"--set",
		arena_printf(a, "apns.root=%s", d->push.root_path),
		"--set",
		arena_printf(a, "ade.url=%s", d->box.url),
		"--set",
		arena_printf(a, "ade.unlock_url=%s", d->box.url),
		"--set",
		"ade.device_ca=demo/device-ca.pem",
		"--set",
		"ade.answer_time=10s",
		"--set",
		"server.log=info",
		/* who tries it in the evening sees it arrive */
		"--set",
		"mailing.quiet=",
		"--ready-fd",
		arena_printf(a, "%d", ready),
		NULL,
	}};
	while (ret->argv[n])
		n++;
	/* an older data directory's hylla.conf says nothing of it */
	if (page && text_empty(conf_str(conf, "public", "url"))) {
		ret->argv[n++] = "--set";
		ret->argv[n++] = arena_printf(a, "public.url=%s", page);
	}
}

const char *demo_server_log(const struct demo *d)
{
	return arena_printf(d->cli->arena, "%s/demo/server.log", d->cli->dir);
}

static void say_log(const struct demo *d)
{
	FILE *f = fopen(demo_server_log(d), "r");
	char line[512];

	while (f && fgets(line, sizeof(line), f))
		demo_say("  %s", line);
	if (f)
		fclose(f);
}

static pid_t fork_server(const struct server_call *call, int other_end, int log)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	close(other_end);
	dup2(log, STDERR_FILENO);
	/* A signal to the terminal's group is for the demo, which stops the server after. */
	setpgid(0, 0);
	execv("/proc/self/exe", (char *const *)(uintptr_t)call->argv);
	_exit(127);
}

/* Returns when the server answers requests, or has given up. */
static int start_server(struct demo *d)
{
	struct server_call call;
	char line[16];
	int ends[2], log;
	ssize_t n;

	demo_begin(d, "cli.demo.server", NULL);
	log = open(demo_server_log(d), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (log < 0 || pipe(ends) != 0)
		return ERR_IO;
	make_call(d, ends[1], &call);
	d->server = fork_server(&call, ends[0], log);
	close(ends[1]);
	close(log);
	n = d->server > 0 ? read(ends[0], line, sizeof(line)) : -1;
	close(ends[0]);
	if (n <= 0) {
		demo_tell(d, "cli.demo.no_start", demo_server_log(d), NULL);
		say_log(d);
		return ERR_IO;
	}
	demo_say_answers(d);
	return 0;
}

static void stop_server(struct demo *d)
{
	if (d->server <= 0)
		return;
	kill(d->server, SIGTERM);
	while (waitpid(d->server, NULL, 0) < 0 && errno == EINTR)
		;
	d->server = 0;
}

/* --- the municipality --- */

/* Its thousands of acts are a transaction each; the disk need know of them only when all is told. */
static int fill_town(struct demo *d, const struct town_ask *ask)
{
	struct store *st = d->cli->house.st;
	int synced, err = store_be_lazy(st, true);

	if (err)
		return err;
	err = town_make(d->cli, ask, &d->town);
	synced = store_be_lazy(st, false);
	return err ? err : synced;
}

/* The municipality, before the server runs: alone in the store it is made in seconds. */
static int make_town(struct demo *d)
{
	const struct town_ask ask = {.alive = d->count, .serial = demo_serial};
	int err;

	if (!demo_has_town(d))
		return 0;
	demo_tell(d, "cli.demo.town", NULL, NULL);
	err = fill_town(d, &ask);
	if (err)
		demo_tell(d, "cli.demo.no_town", err_name(err), NULL);
	return err;
}

/* --- the whole --- */

static int open_house(struct demo *d)
{
	int err = cli_house(d->cli);

	if (err == 0)
		err = demo_push_start(d->cli, &d->push);
	if (err == 0)
		err = demo_box_start(d->cli, &d->box);
	return err;
}

static int start(struct demo *d)
{
	int err;

	demo_tell(d, "cli.demo.title", NULL, NULL);
	demo_say("\n");
	err = demo_ports_check(d);
	if (err == 0)
		err = found(d);
	if (err == 0)
		err = open_house(d);
	if (err == 0)
		err = make_town(d);
	if (err == 0 && !d->founded)
		err = renew_words(d);
	if (err == 0) {
		demo_tell(
			d, "cli.demo.push", arena_printf(d->cli->arena, "%u", d->push.port), NULL);
		err = start_server(d);
	}
	if (err == 0 && d->count)
		err = demo_start_ipads(d);
	if (err == 0 && d->count)
		err = demo_open_box(d);
	return err;
}

/* Until a signal, or until the server has gone. */
static int wait_for_end(struct demo *d, const sigset_t *signals)
{
	int sig;

	do {
		sig = sigwaitinfo(signals, NULL);
	} while (sig < 0 && errno == EINTR);
	if (sig == SIGCHLD) {
		demo_say("\n");
		demo_tell(d, "cli.demo.ended", demo_server_log(d), NULL);
		return CLI_FAILED;
	}
	demo_say("\n");
	demo_tell(d, "cli.demo.stopping", NULL, NULL);
	return CLI_DONE;
}

static void stop(struct demo *d)
{
	demo_street_close(d);
	demo_push_deliver(&d->push, NULL);
	fleet_free(d->fleet);
	client_trust_free(d->trust);
	stop_server(d);
	demo_push_stop(&d->push);
	demo_box_stop(&d->box);
}

static const struct cli_option demo_options[] = {
	{"empty", NULL},
	{"bare", NULL},
	{"count", "N"},
	{"port", "N"},
	{0},
};

static int run_demo(struct cli *cli)
{
	struct demo d = {.cli = cli, .count = 12, .lock = PTHREAD_MUTEX_INITIALIZER};
	const char *count = cli_option(cli, "count"), *port = cli_option(cli, "port");
	uint64_t n = 12;
	sigset_t signals;
	int err;

	if (count && (text_parse_u64(count, &n) != 0 || n < 1 || n > 10000))
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.demo_count");
	d.count = cli_option(cli, "empty") ? 0 : (unsigned)n;
	d.bare = cli_option(cli, "bare") != NULL;
	if (port && (text_parse_u64(port, &n) != 0 || n < 1 || n > 65533))
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.demo_port");
	d.port = port ? (unsigned)n : 0;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	err = start(&d);
	if (err == 0) {
		demo_say_next(&d);
		demo_street_open(&d);
		err = wait_for_end(&d, &signals);
	} else {
		demo_say_words(&d); /* what this start made is there still */
		err = cli_fail(cli, err, NULL, cli_text(cli, "cli.demo.could_not"));
	}
	stop(&d);
	return err;
}

const struct cli_command cli_demo_commands[] = {
	{"demo", "", 0, 0, demo_options, run_demo},
	{0},
};
