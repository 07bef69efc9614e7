/* SPDX-License-Identifier: EUPL-1.2 */
/* `hylla serve`: listeners up, one loop for signals and time, an orderly end. */
#include "inventory/agreement.h"
#include "server/house.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"
#include "inventory/circulation.h"
#include "server/listen.h"
#include "server/systemd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define TEND_EVERY_S 2
#define RETURNS_EVERY_S 10
#define READERS_EVERY_S 60
#define FILES_EVERY_S 10
#define HEAD_EVERY_S 86400
#define RENEW_EVERY_S 3600
#define ERASE_AT_ONCE 50
#define ERASE_ROUNDS 40
#define SWEEP_AT_ONCE 200 /* borrowers whose dates follow a new rule, in one transaction */
#define SWEEP_STEPS 10
#define TLS_RENEW_BEFORE_S (60 * 86400)

static struct metric store_bytes = METRIC_GAUGE("hylla_store_bytes", "Bytes in use in the store");
static struct metric store_file =
	METRIC_GAUGE("hylla_store_file_bytes", "Size of the store's file");
static struct metric disk_free =
	METRIC_GAUGE("hylla_store_disk_free_bytes", "Room on the disk that the store lies on");
static struct metric store_readers = METRIC_GAUGE("hylla_store_readers", "Open read transactions");
static struct metric store_commits =
	METRIC_GAUGE("hylla_store_commits", "Durable commits since the start");
static struct metric store_writes =
	METRIC_GAUGE("hylla_store_writes", "Acknowledged writes since the start");
static struct metric push_expiry = METRIC_GAUGE(
	"hylla_push_certificate_expires", "End of the push certificate, seconds since 1970");
static struct metric tls_expiry = METRIC_GAUGE("hylla_tls_certificate_expires",
	"First end of the listeners' certificates, seconds since 1970");
static struct metric identity_expiry = METRIC_GAUGE("hylla_identity_first_expires",
	"First end of a device identity in use, seconds since 1970");
static struct metric ca_expiry =
	METRIC_GAUGE("hylla_ca_expires", "End of the CA, seconds since 1970");

struct running {
	struct house house;
	struct http_server *http;
	struct listen_plan listen;
	/* monotonic: a clock that is set back must not stop them */
	int64_t tended, returns, readers, files, renewed, head;
	uint64_t tls_mark; /* of the files in use; 0: look again */
	bool steady, leapt; /* the clock; leapt: that was logged */
};

/* Dates that can silence the fleet and that stand in the store. */
static int read_ends(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct house *h = arg;
	struct cert_identity *first;
	struct cert_push push;
	size_t n;
	int err = cert_push_get(h->certs, txn, a, false, &push);

	metric_set(&push_expiry, err ? 0 : push.not_after);
	err = cert_identity_expiring(txn, a, INT64_MAX, NULL, 1, &first, &n);
	if (err == 0)
		metric_set(&identity_expiry, n ? first[0].not_after : 0);
	return err;
}

/* The listeners' certificates as they lie on disk: what the next start would use. */
static int64_t tls_ends(const struct listen_plan *p)
{
	int64_t first = 0;

	for (size_t i = 0; i < p->count; i++) {
		AUTO(buf) struct buf pem = BUF_INIT(1 << 20);
		int64_t end;

		if (!p->listeners[i].tls_cert_path ||
			file_read(p->listeners[i].tls_cert_path, &pem) != 0 ||
			cert_pem_expiry(buf_bytes(&pem), &end) != 0)
			continue;
		first = first == 0 || end < first ? end : first;
	}
	return first;
}

/* Brings the gauges up to date when somebody reads /metrics. */
static void measure(void *arg)
{
	struct running *r = arg;
	struct house *h = &r->house;
	struct store_stat stat;
	struct statvfs disk;

	if (statvfs(h->dir, &disk) == 0)
		metric_set(&disk_free, (int64_t)((uint64_t)disk.f_bavail * disk.f_frsize));
	if (store_stat(h->st, &stat) == 0) {
		metric_set(&store_bytes, (int64_t)stat.used_bytes);
		metric_set(&store_file, (int64_t)stat.file_bytes);
		metric_set(&store_readers, stat.readers);
		metric_set(&store_commits, (int64_t)stat.commits);
		metric_set(&store_writes, (int64_t)stat.writes);
	}
	metric_set(&tls_expiry, tls_ends(&r->listen));
	metric_set(&ca_expiry, cert_ca_not_after(h->certs));
	web_lifeguard_measure(h->web, clock_now());
	if (store_read(h->st, read_ends, h) != 0)
		log_event(LOG_WARN, "serve.measure", "err=store");
}

static enum say_lang usual_lang(const struct house *h)
{
	return say_lang_parse(settings_str(h->settings, SETTING_LANGUAGE), SAY_SV);
}

/* Somebody changed a setting, here or by a command beside us. */
static void settings_changed(void *arg)
{
	struct running *r = arg;

	house_apply(&r->house);
	http_lang_set(r->http, usual_lang(&r->house));
	log_event(LOG_INFO, "settings.changed", "mark=%u", settings_mark(r->house.settings));
}

static int start_http(struct running *r)
{
	struct house *h = &r->house;
	const struct http_routes tables[] = {
		mdm_routes(h->mdm), web_routes(h->web), web_page_routes(h->web)};
	struct http_options o = {
		.listeners = r->listen.listeners,
		.listener_count = r->listen.count,
		.tables = tables,
		.table_count = 3,
		.proxy_cert_parse = cert_proxy_header_parse,
		.header_s = (unsigned)conf_int(h->conf, "http", "header_time"),
		.body_s = (unsigned)conf_int(h->conf, "http", "body_time"),
		.idle_s = (unsigned)conf_int(h->conf, "http", "idle_time"),
		.lang = usual_lang(h),
	};
	int err;

	o.admit[HTTP_DEVICE].fn = mdm_admit_device;
	o.admit[HTTP_DEVICE].ctx = h->mdm;
	o.admit[HTTP_STAFF].fn = web_admit_staff;
	o.admit[HTTP_STAFF].whole = web_admit_form;
	o.admit[HTTP_STAFF].ctx = h->web;
	err = web_pages_set(h->web, &o);
	return err ? err : http_start(&o, &r->http);
}

/* Soon over; or made while the clock was ahead, and so perhaps not valid yet. */
static bool is_renewal_due(int64_t end, int64_t now)
{
	return end - now <= TLS_RENEW_BEFORE_S || end - now > (HOUSE_TLS_DAYS + 1) * INT64_C(86400);
}

/* Our own CA's certificates end after 825 days at the most, as Apple wants it, and nobody is to
 * have to think of that: they are renewed by themselves. Another CA's are left alone. */
static void renew_tls(const struct house *h, const char *path, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf pem = BUF_INIT(1 << 20);
	const char *renewed;
	int64_t end;
	int err;

	if (!path || file_read(path, &pem) != 0 || cert_pem_expiry(buf_bytes(&pem), &end) != 0 ||
		!is_renewal_due(end, now))
		return;
	err = cert_server_renew(h->certs, buf_bytes(&pem), HOUSE_TLS_DAYS, a, &renewed);
	if (err == ERR_DENIED)
		return;
	if (err == 0)
		err = file_write(path, bytes_of_str(renewed), 0644);
	log_event(err ? LOG_ERROR : LOG_INFO, "serve.tls_renewed", "path=%s err=%s", path,
		err ? err_name(err) : "none");
}

/* A renewed server certificate is taken up by itself, without a signal. */
static void watch_files(struct running *r)
{
	uint64_t mark = listen_tls_mark(&r->listen);

	if (mark == r->tls_mark)
		return;
	r->tls_mark = mark;
	if (http_reload(r->http) != 0)
		log_event(LOG_ERROR, "serve.tls", "result=kept-old do=%s",
			"check tls_cert and tls_key");
	else
		log_event(LOG_INFO, "serve.tls", "result=reloaded");
}

static int head_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	uint8_t hash[AUDIT_HASH];
	uint64_t seq;
	int err = audit_head(txn, &seq, hash);

	(void)arg;
	if (err == 0)
		log_event(LOG_INFO, "audit.head", "seq=%llu hash=%s", (unsigned long long)seq,
			text_hex(a, bytes_of(hash, sizeof(hash))));
	return err;
}

/* The chain has no key: a log that is kept elsewhere tells whether it was made anew. */
static void tell_head(struct running *r)
{
	int err = store_read(r->house.st, head_in, NULL);

	if (err)
		log_event(LOG_ERROR, "audit.head", "err=%s", err_name(err));
}

/* Some at a time: each is a transaction that others wait behind. */
static void tend_people(struct running *r, int64_t now)
{
	size_t n = 0, all = 0;
	int err = settings_tend(r->house.settings, now), rounds = 0;

	do {
		if (err == 0)
			err = people_tend(r->house.people, now, ERASE_AT_ONCE, &n);
		all += err ? 0 : n;
	} while (err == 0 && n == ERASE_AT_ONCE && ++rounds < ERASE_ROUNDS);
	if (err == 0)
		err = inv_agreement_tend(r->house.inv, now, ERASE_AT_ONCE, &n);
	if (err)
		log_event(LOG_ERROR, "people.erased", "err=%s", err_name(err));
	else if (all)
		log_event(LOG_INFO, "people.erased", "count=%zu", all);
}

/* Past loans forget, holds lapse, long loans near their end are told; safety notices that were
 * broken off are gone on with. */
static void tend_loans(struct running *r, int64_t now)
{
	size_t n = 0;
	int err = inv_circulation_tend(r->house.inv, now, ERASE_AT_ONCE, &n);

	if (err == 0)
		err = inv_notice_tend(r->house.inv, now);
	if (err)
		log_event(LOG_ERROR, "loans.tended", "err=%s", err_name(err));
	else if (n)
		log_event(LOG_INFO, "loans.tended", "count=%zu", n);
}

static void tend_failed(const char *event, int err)
{
	log_event(LOG_ERROR, event, "err=%s do=%s", err_name(err),
		err == ERR_NOSPACE ? "make room on the store's disk (or raise store.map_gib): "
				     "nothing is lost, it goes on by itself"
				   : "it is tried again; if it goes on, run 'hylla check'");
}

/* What time asks for is asked of a clock that is believed; once it is, the round comes at once. */
static void watch_clock(struct running *r, int64_t now)
{
	bool was = r->steady;
	int err = audit_clock_watch(r->house.st, now, &r->steady);

	if (err) {
		r->steady = false;
		tend_failed("clock.watch", err);
		return;
	}
	if (r->steady && !was)
		r->renewed = 0;
	if (!r->steady && !r->leapt)
		log_event(LOG_ERROR, "clock.leapt", "do=%s",
			"set it right, or say that it is right: hylla clock confirm; nothing is erased or "
			"ended meanwhile, for a day");
	if (r->steady && r->leapt)
		log_event(LOG_INFO, "clock.steady", "result=goes-on");
	r->leapt = !r->steady;
}

/* A new rule of how long reaches all, some at a time. */
static void sweep_people(struct running *r)
{
	bool more = true;
	int err = 0;

	for (int i = 0; err == 0 && more && i < SWEEP_STEPS; i++)
		err = people_sweep_step(r->house.people, clock_now(), SWEEP_AT_ONCE, &more);
	if (err)
		tend_failed("people.sweep", err);
}

/* What cannot be taken back, by one reading of the clock. */
static void tend_hour(struct running *r)
{
	int64_t now = clock_now();

	for (size_t i = 0; i < r->listen.count; i++)
		renew_tls(&r->house, r->listen.listeners[i].tls_cert_path, now);
	if (!r->steady)
		return;
	tend_people(r, now);
	tend_loans(r, now);
}

static void tend_returns(struct running *r)
{
	int64_t now = clock_now();
	int err = inv_tend(r->house.inv, now);

	if (err == 0 && r->steady)
		err = inv_price_tend(r->house.inv, now);
	if (err == 0 && r->steady) /* on its day, and not at the next full hour */
		err = people_policy_tend(r->house.people, now);
	if (err)
		tend_failed("serve.returns", err);
}

static void tend(struct running *r, int64_t now)
{
	if (now - r->tended >= TEND_EVERY_S) {
		int err;

		watch_clock(r, clock_now()); /* before all that follows */
		err = mdm_tend(r->house.mdm, clock_now());
		if (err)
			tend_failed("serve.tend", err);
		sweep_people(r);
		r->tended = now;
		systemd_notify("WATCHDOG=1");
	}
	if (now - r->returns >= RETURNS_EVERY_S) {
		tend_returns(r);
		r->returns = now;
	}
	if (now - r->readers >= READERS_EVERY_S) {
		store_clear_readers(r->house.st);
		r->readers = now;
	}
	if (r->renewed == 0 || now - r->renewed >= RENEW_EVERY_S) {
		tend_hour(r);
		r->renewed = now;
	}
	if (r->head == 0 || now - r->head >= HEAD_EVERY_S) {
		tell_head(r);
		r->head = now;
	}
	if (now - r->files >= FILES_EVERY_S) {
		watch_files(r);
		r->files = now;
	}
}

/* LMDB gives such a store up for good; whoever started us starts us anew, and all is well. */
static bool store_died(struct running *r)
{
	if (!store_is_dead(r->house.st))
		return false;
	log_event(LOG_ERROR, "serve.store", "result=ended do=%s",
		"the disk failed in the middle of a write: see the kernel's log, start again, run "
		"'hylla check'");
	return true;
}

/* ERR_IO when the store has ended us. */
static int loop(struct running *r, const sigset_t *signals)
{
	const struct timespec second = {.tv_sec = 1};

	for (;;) {
		int sig = sigtimedwait(signals, NULL, &second);

		if (sig == SIGTERM || sig == SIGINT) {
			log_event(LOG_INFO, "serve.stop", "signal=%d", sig);
			return 0;
		}
		if (sig == SIGHUP) {
			r->tls_mark = 0;
			r->files = 0;
		}
		if (store_died(r))
			return ERR_IO;
		if (settings_refresh(r->house.settings) != 0)
			log_event(LOG_ERROR, "settings.changed", "err=store");
		tend(r, clock_mono_us() / 1000000);
	}
}

static void say_ready(const struct serve_options *o, struct running *r)
{
	for (size_t i = 0; i < r->listen.count; i++) {
		const struct http_listener *l = &r->listen.listeners[i];

		log_event(LOG_INFO, "serve.listen", "name=%s address=%s port=%u tls=%d", l->name,
			l->address, http_port(r->http, l->name), l->tls_cert_path != NULL);
	}
	systemd_notify("READY=1");
	if (o->ready_fd >= 0 && write(o->ready_fd, "ready\n", 6) != 6)
		log_event(LOG_WARN, "serve.ready", "err=write");
}

/* One server a data directory: two would push twice and each remember half of what the iPads said.
 * The lock goes with the process, however it ends. */
static int lock_dir(const char *dir)
{
	AUTO(arena) struct arena *a = arena_new();
	int fd = open(arena_printf(a, "%s/serve.lock", dir), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	/* What is wrong with the directory is told better by those who open it next. */
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	close(fd);
	fprintf(stderr, "hylla: another server is running on %s; stop that one first\n", dir);
	return ERR_BUSY;
}

static const char *why_not_listening(int err)
{
	if (err == ERR_EXISTS)
		return "another program (or another Hylla) has the port that the line above names; "
		       "stop it, or change `listen` in hylla.conf";
	if (err == ERR_NOTFOUND)
		return "a file that the line above names is not there: put its copy back, or, was "
		       "it made by `hylla init`, have that make it anew with the same --host";
	if (err == ERR_CRYPTO)
		return "the certificate and key that the line above names cannot be used, or do "
		       "not belong together: put the right files there, the leaf first";
	return err_name(err);
}

static int run(const struct serve_options *o, struct running *r)
{
	sigset_t signals;
	int err;

	/* Blocked before any thread starts, so that only the loop below ever sees them. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);

	err = lock_dir(o->dir);
	if (err == 0)
		err = house_open(o->dir, o->overrides, true, &r->house);
	if (err == 0)
		err = listen_plan(&r->house, &r->listen);
	if (err)
		return err;
	r->tls_mark = listen_tls_mark(&r->listen);
	metric_on_format(measure, r);
	watch_clock(r, clock_now()); /* what house_open() saw */
	err = start_http(r);
	if (err) {
		fprintf(stderr, "hylla: the server could not start listening: %s\n",
			why_not_listening(err));
		return err;
	}
	settings_listen(r->house.settings, settings_changed, r);
	say_ready(o, r);
	err = loop(r, &signals);
	systemd_notify("STOPPING=1");
	http_stop(r->http, err ? 0 : (unsigned)conf_int(r->house.conf, "server", "stop_wait"));
	return err ? err : mdm_flush(r->house.mdm);
}

int serve(const struct serve_options *o)
{
	struct running r = {0};
	int err = run(o, &r);

	if (r.house.arena)
		house_close(&r.house);
	log_event(LOG_INFO, "serve.end", "err=%s", err ? err_name(err) : "none");
	return err ? 1 : 0;
}
