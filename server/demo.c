/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `hylla demo`: a whole municipality's worth of protocol on one machine. The real server runs as
 * a child; beside it, in this process, stand a stand-in for Apple's push service and simulated
 * iPads that enrol over TLS by themselves. Nothing here is part of the server.
 */
#include "server/cli.h"
#include "server/demo.h"
#include "server/town.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
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

struct demo {
	struct cli *cli;
	unsigned count;
	bool bare;            /* no municipality round the iPads */
	struct town town;     /* zeros: it was there already, or is not wanted */
	bool founded;         /* this run made the data directory */
	const char *password; /* then */
	struct demo_push push;
	struct demo_box box;
	struct fleet *fleet;
	struct client_trust *trust;
	pid_t server;
	unsigned enrolled;
	pthread_mutex_t lock;
};

static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	fflush(stdout);
}

/* --- the data directory --- */

static int found(struct demo *d)
{
	static const char *const hosts[] = {"localhost", "127.0.0.1", "::1", NULL};
	struct house_plan plan = {
		.dir = d->cli->dir,
		.organisation = "Demokommunen",
		.device_url = "https://localhost:8443",
		.hosts = hosts,
		.account = "it",
	};
	int err;

	say("  data directory   %s … ", d->cli->dir);
	err = house_found(&plan, d->cli->now, d->cli->arena, &d->password);
	d->founded = err == 0;
	if (err && err != ERR_EXISTS) {
		say("failed\n");
		return err;
	}
	say(d->founded ? "made: own CA, server certificate, store, account\n" : "there already\n");
	return 0;
}

/* --- the server --- */

struct server_call {
	const char *argv[24];
};

/* Made before the fork: between fork and exec nothing may be allocated. */
static void make_call(const struct demo *d, int ready, struct server_call *ret)
{
	struct arena *a = d->cli->arena;

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
		"server.log=info",
		"--ready-fd",
		arena_printf(a, "%d", ready),
		NULL,
	}};
}

/* What the server says goes to a file, so that it does not break into what is told here. */
static const char *server_log(const struct demo *d)
{
	return arena_printf(d->cli->arena, "%s/demo/server.log", d->cli->dir);
}

static void say_log(const struct demo *d)
{
	FILE *f = fopen(server_log(d), "r");
	char line[512];

	while (f && fgets(line, sizeof(line), f))
		say("  %s", line);
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

	say("  server           starting … ");
	log = open(server_log(d), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (log < 0 || pipe(ends) != 0)
		return ERR_IO;
	make_call(d, ends[1], &call);
	d->server = fork_server(&call, ends[0], log);
	close(ends[1]);
	close(log);
	n = d->server > 0 ? read(ends[0], line, sizeof(line)) : -1;
	close(ends[0]);
	if (n <= 0) {
		say("did not start; what it said stands in %s:\n", server_log(d));
		say_log(d);
		return ERR_IO;
	}
	say("answers on 8443 (iPads), 8444 (staff), 8445 (public)\n");
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

/* --- the iPads --- */

static const char *serial_of(struct arena *a, unsigned number)
{
	struct ipad_model m;

	ipad_model_make(a, number, &m);
	return m.serial;
}

/* All but the last are on the delivery list: that one will be put in quarantine. */
static int import_items(struct demo *d)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	struct inv_import_report r;
	int err;

	buf_add_str(&csv, "serial,item_number,product,lease,sim\n");
	for (unsigned i = 1; i < d->count; i++)
		buf_printf(&csv, "%s,INV-%04u,iPad 10.9,LEASE-2026-1,894600000000000%04u\n",
			serial_of(d->cli->arena, i), i, i);
	err = inv_import_csv(d->cli->house.inv, &d->cli->who, buf_bytes(&csv), true, false, SAY_EN,
		d->cli->now, d->cli->arena, &r);
	if (err == 0 && r.made)
		say("  inventory        %zu iPads imported from a delivery list\n", r.made);
	return err;
}

static bool has_town(const struct demo *d)
{
	return !d->bare && d->count >= 12 && d->count <= 100;
}

/* The municipality, before the server runs: alone in the store it is made in seconds. */
static int make_town(struct demo *d)
{
	const struct town_ask ask = {.alive = d->count, .serial = serial_of};
	int err;

	if (!has_town(d))
		return 0;
	say("  a municipality   as it would be after two years (once; some seconds)\n");
	err = town_make(d->cli, &ask, &d->town);
	if (err)
		say("  a municipality   could not be made: %s\n", err_name(err));
	return err;
}

static int invite(struct demo *d, const char **ret_url)
{
	const struct mdm_invitation_ask ask = {/* more than there are: erased ones come back */
		.note = "demo",
		.most = d->count + 100,
		.life_s = 86400};
	struct mdm_invitation made;

	return mdm_invite(
		d->cli->house.mdm, &d->cli->who, &ask, d->cli->now, d->cli->arena, &made, ret_url);
}

struct knowing {
	struct demo *d;
	bool *known; /* by place in the fleet: enrolled since an earlier run */
};

static int knowing_in(struct store_txn *txn, void *arg)
{
	struct knowing *k = arg;

	for (unsigned i = 0; i < k->d->count; i++) {
		struct arena *a = k->d->cli->arena;
		struct mdm_enrollment e;
		int err = mdm_enrollment_by_serial(txn, a, serial_of(a, i + 1), &e);

		if (err && err != ERR_NOTFOUND)
			return err;
		k->known[i] = err == 0 && e.state == MDM_ENROLLED;
	}
	return 0;
}

/* New iPads come by the batch. Those of an earlier run have forgotten everything, which the server
 * cannot know: each needs an invitation of its own. */
static int enrol_fleet(struct demo *d, const char *batch_url)
{
	struct arena *a = d->cli->arena;
	struct knowing k = {.d = d, .known = ARENA_ARRAY(a, bool, d->count)};
	int err = store_read(d->cli->house.st, knowing_in, &k);

	for (unsigned i = 0; err == 0 && i < d->count; i++) {
		const struct mdm_invitation_ask ask = {
			.serial = serial_of(a, i + 1), .note = "demo", .life_s = 86400};
		struct mdm_invitation made;
		const char *url = batch_url;

		if (k.known[i])
			err = mdm_invite(
				d->cli->house.mdm, &d->cli->who, &ask, d->cli->now, a, &made, &url);
		if (err == 0)
			fleet_enrol(d->fleet, i, url);
	}
	return err;
}

static void shape(void *ctx, unsigned index, struct ipad_model *m)
{
	(void)ctx;
	if (index == 1)
		m->supervised = false;
	if (index == 2) {
		m->imei = "350000000000017";
		m->esim = true;
	}
	m->location_known = true;
	m->latitude = 57.721 + index * 0.002;
	m->longitude = 12.940 + index * 0.003;
}

/* What a person watching wants to see; queries that every enrolment brings are only noise. */
static bool is_told(enum ipad_event event, const char *detail)
{
	if (event == IPAD_EV_IDENTITY || event == IPAD_EV_TOKEN)
		return false;
	return event != IPAD_EV_COMMAND ||
	       (!text_starts(detail, "DeviceInformation") && !text_starts(detail, "SecurityInfo"));
}

static void tell(
	void *ctx, unsigned index, struct ipad *p, enum ipad_event event, const char *detail)
{
	struct demo *d = ctx;
	const char *serial = ipad_model(p)->serial;

	pthread_mutex_lock(&d->lock);
	if (event == IPAD_EV_ENROLLED && index == d->count)
		say("  %-16s enrolled by itself, and waits in Setup Assistant\n", serial);
	else if (event == IPAD_EV_ENROLLED && d->enrolled == d->count)
		say("  %-16s enrolled again\n", serial);
	else if (event == IPAD_EV_ENROLLED)
		say("  %-16s enrolled (%u of %u)\n", serial, ++d->enrolled, d->count);
	else if (is_told(event, detail))
		say("  %-16s %s%s%s\n", serial, ipad_event_name(event), detail[0] ? ": " : "",
			detail);
	pthread_mutex_unlock(&d->lock);
}

static void lock_it(struct ipad *p, void *arg)
{
	(void)arg;
	ipad_lock(p);
}

static int start_ipads(struct demo *d)
{
	const char *ca = arena_printf(d->cli->arena, "%s/ca.crt", d->cli->dir), *url;
	struct fleet_options o = {.count = d->count + 1,
		/* the last one is still in its box */ .first_number = 1,
		.model = shape,
		.tell = tell,
		.ctx = d};
	int err = has_town(d) ? 0 : import_items(d);

	if (err == 0)
		err = invite(d, &url);
	if (err)
		return err;
	d->trust = client_trust_new(false);
	err = client_trust_file(d->trust, ca);
	if (err)
		return err;
	o.ipad.trust = d->trust;
	/* An erased one is soon switched on again, by a thief as by a colleague. */
	o.setup_url = url;
	o.setup_after_s = 5;
	say("  iPads            making keys for %u …\n", d->count);
	d->fleet = fleet_new(&o);
	demo_push_deliver(&d->push, d->fleet);
	err = enrol_fleet(d, url);
	if (err)
		return err;
	if (!fleet_wait(d->fleet, 60000))
		say("  iPads            not all have enrolled within a minute; going on\n");
	/* One lies locked on a table, as most do: it puts many commands off. */
	if (d->count > 3)
		fleet_with(d->fleet, 3, lock_it, NULL);
	return 0;
}

/* --- the box --- */

struct opening {
	struct demo *d;
	int err;
};

static void open_it(struct ipad *p, void *arg)
{
	struct opening *o = arg;

	o->err = ipad_enrol_assigned(p, o->d->box.da);
}

/* A new iPad comes from the supplier: the server knows of it before anybody touches it, and it
 * enrols by itself. */
static int open_box(struct demo *d)
{
	const char *serial = serial_of(d->cli->arena, d->count + 1);
	struct opening o = {.d = d};
	int err;

	say("  a box            %s is announced by Apple … ", serial);
	err = demo_box_deliver(d->cli, &d->box, serial);
	if (err) {
		say("%s; going on\n", err_name(err));
		return 0;
	}
	say("delivered, with its profile\n");
	fleet_with(d->fleet, d->count, open_it, &o);
	if (o.err)
		say("  a box            it could not enrol: %s\n", err_name(o.err));
	else
		fleet_wake(d->fleet, d->count);
	return 0;
}

/* --- the words --- */

static void say_next(const struct demo *d)
{
	struct arena *a = d->cli->arena;
	bool own_dir = !text_equal(d->cli->dir, "data");
	const char *in = own_dir ? arena_printf(a, " --data %s", d->cli->dir) : "";
	const char *serial = serial_of(a, 5);

	if (d->password)
		say("\n  account \"it\", one-time password:  %s     (told only now)\n",
			d->password);
	for (size_t i = 0; d->town.accounts[i].name; i++)
		say("  account \"%s\", one-time password:  %s\n", d->town.accounts[i].name,
			d->town.accounts[i].password);
	say("\nIt runs. In another terminal, in this folder:\n\n");
	if (d->fleet) {
		say("  ./hylla device list%s\n", in);
		say("  ./hylla device lost %s --phone '033-35 70 00'%s\n", serial, in);
		say("  ./hylla device show %s%s        Lost Mode, and who asked for it\n", serial,
			in);
		say("  ./hylla item show %s%s          its whole story\n", serial, in);
		say("  ./hylla device found %s%s\n", serial, in);
		say("  ./hylla device command %s --ask '{\"request\":\"CertificateList\"}'%s\n",
			serial_of(a, 4), in);
		say("  ./hylla device why %s%s         that one is locked: what does it wait "
		    "for?\n",
			serial_of(a, 4), in);
		say("  ./hylla item list --state quarantined%s    the one nobody had told us of\n",
			in);
		say("  ./hylla ade show%s; ./hylla item show %s%s\n"
		    "                                       the one that came in a box and "
		    "enrolled by "
		    "itself\n",
			in, serial_of(a, d->count + 1), in);
	} else {
		say("  ./hylla enrol batch --most 5%s             lets five iPads in\n", in);
	}
	say("  ./hylla audit%s\n", in);
	say("  https://localhost:8444/ in a browser: the staff's pages, for each of the "
	    "accounts\n");
	say("  https://localhost:8445/ in a browser: what is never asked of the iPads (both "
	    "certificates\n  are from %s/ca.crt)\n",
		d->cli->dir);
	say("\nThe server's own log is %s.\n", server_log(d));
	say("Ctrl-C stops it; the next run goes on where this one ended.\n\n");
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

	say("Hylla, the demonstration\n\n");
	err = found(d);
	if (err == 0)
		err = open_house(d);
	if (err == 0)
		err = make_town(d);
	if (err == 0) {
		say("  push stand-in    listens on port %u\n", d->push.port);
		err = start_server(d);
	}
	if (err == 0 && d->count)
		err = start_ipads(d);
	if (err == 0 && d->count)
		err = open_box(d);
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
		say("\nThe server has ended; what it said stands in %s.\n", server_log(d));
		return CLI_FAILED;
	}
	say("\nStopping.\n");
	return CLI_DONE;
}

static void stop(struct demo *d)
{
	demo_push_deliver(&d->push, NULL);
	fleet_free(d->fleet);
	client_trust_free(d->trust);
	stop_server(d);
	demo_push_stop(&d->push);
	demo_box_stop(&d->box);
}

static const struct cli_option demo_options[] = {
	{"empty", NULL, "no simulated iPads, and nothing in the store"},
	{"bare", NULL, "the simulated iPads alone, without a municipality round them"},
	{"count", "N", "how many simulated iPads (default 12)"},
	{0},
};

static int run_demo(struct cli *cli)
{
	struct demo d = {.cli = cli, .count = 12, .lock = PTHREAD_MUTEX_INITIALIZER};
	const char *count = cli_option(cli, "count");
	uint64_t n = 12;
	sigset_t signals;
	int err;

	if (count && (text_parse_u64(count, &n) != 0 || n < 1 || n > 10000))
		return cli_wrong(cli, ERR_USAGE, "--count is a number from 1 to 10000");
	d.count = cli_option(cli, "empty") ? 0 : (unsigned)n;
	d.bare = cli_option(cli, "bare") != NULL;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	err = start(&d);
	if (err == 0) {
		say_next(&d);
		err = wait_for_end(&d, &signals);
	} else {
		err = cli_fail(cli, err, NULL, "the demonstration could not start");
	}
	stop(&d);
	return err;
}

const struct cli_command cli_demo_commands[] = {
	{"demo", "", 0, 0, demo_options, "run the server with simulated iPads and a push stand-in",
		"For trying things out: nothing of it needs Apple. The data directory is made when "
		"it\n"
		"is not there.",
		run_demo},
	{0},
};
