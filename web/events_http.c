/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * GET /api/v1/events, and /events for open pages: server-sent events, with ids only: what happened
 * to which thing, from the audit log as it grows, and which iPads have spoken. A page that comes back says what it saw last
 * (Last-Event-ID). It ends with whatever it was admitted by: a sign-out, a lock, a closed account.
 */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/metric.h"
#include "base/text.h"

#define LISTENERS_MOST 100
#define LISTENERS_OF_ONE 8 /* pages that one account, or token, has open at once */
#define PIECE 50
#define BEHIND_MOST 1000 /* one who missed more looks anew */
#define BEAT_S 15
#define LIFE_S 3600 /* then it connects again, and is admitted again */

static struct metric listening = METRIC_GAUGE("hylla_event_listeners", "Open streams of events");

struct web_listener {
	struct web_listener *next;
	struct web *w;
	const char *whose;
	uint64_t seen;    /* number in the audit log */
	uint64_t spoken;  /* of the iPads that spoke */
	uint64_t version; /* of the store, when it was looked at last */
	int64_t begun, beaten, asked;
	const struct web_stay *stay;
	unsigned zones; /* whose loans and holds it is told by number */
	bool greeted, page; /* page: a script of ours, which wants all as messages */
	struct buf *out;
};

static void listener_end(void *ctx)
{
	struct web_listener *l = ctx, **at;

	pthread_mutex_lock(&l->w->listen_lock);
	for (at = &l->w->listeners; *at != l; at = &(*at)->next)
		;
	*at = l->next;
	pthread_mutex_unlock(&l->w->listen_lock);
	metric_add(&listening, -1);
}

/* Nobody's open pages may take the place of everybody else's. ERR_BUSY. */
static int listener_begin(struct web_listener *l)
{
	size_t all = 0, own = 0;
	int err;

	pthread_mutex_lock(&l->w->listen_lock);
	for (const struct web_listener *x = l->w->listeners; x; x = x->next) {
		all++;
		own += text_equal(x->whose, l->whose);
	}
	err = all < LISTENERS_MOST && own < LISTENERS_OF_ONE ? 0 : ERR_BUSY;
	if (err == 0) {
		l->next = l->w->listeners;
		l->w->listeners = l;
		metric_add(&listening, 1);
	}
	pthread_mutex_unlock(&l->w->listen_lock);
	return err;
}

/* Acts on things and iPads are everybody's who works here; accounts and borrowers are not. */
static bool is_told(const char *act)
{
	static const char *const told[] = {
		"item.", "device.", "task.", "return.", "loan.", "command.", "group.", "mailing.",
		"media.", "hold.", "fault."};

	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		if (text_starts(act, told[i]))
			return true;
	}
	return false;
}

/* Those of the zones whose lists it may read: others hear that something happened, which moves a page. */
static int is_seen(struct store_txn *txn, struct arena *a, unsigned zones, const char *object, bool *ret)
{
	struct inv_hold h = {0};
	struct inv_loan l = {0};
	uint64_t id;
	int err = 0;

	*ret = true;
	if (text_starts(object, "hold:") && text_parse_u64(object + strlen("hold:"), &id) == 0)
		err = inv_hold_get(txn, a, id, &h);
	else if (text_starts(object, "L-") && inv_loan_number_parse(object, &id) == 0)
		err = inv_loan_get(txn, a, id, &l);
	else
		return 0;
	*ret = err == 0 && (h.zone | l.zone) & zones;
	return err == ERR_NOTFOUND ? 0 : err;
}

static bool has_zone(const char *act)
{
	return text_starts(act, "loan.") || text_starts(act, "hold.");
}

/* `seq` 0: it has no number, and is not told again to one who comes back. */
static void event_add(
	struct web_listener *l, struct arena *a, uint64_t seq, const char *act, const char *object)
{
	struct doc *d = doc_new(a);

	if (seq)
		buf_printf(l->out, "id: %llu\n", (unsigned long long)seq);
	if (l->page)
		doc_set_str(d, "act", act);
	else
		buf_printf(l->out, "event: %s\n", act);
	if (object)
		doc_set_str(d, "object", object);
	buf_add_str(l->out, "data: ");
	doc_format(d, l->out);
	buf_add_str(l->out, "\n\n");
}

/* iPads that answered or called in. */
static void spoken_add(struct web_listener *l, uint64_t version)
{
	AUTO(arena) struct arena *a = arena_new();
	char serial[WEB_LIVE_SERIAL];

	for (int i = 0; i < PIECE && web_live_next(l->w, version, &l->spoken, serial); i++)
		event_add(l, a, 0, "device.heard", serial);
}

static int more_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_listener *l = arg;
	uint8_t hash[AUDIT_HASH];
	struct audit_record *x;
	uint64_t head;
	size_t n;
	int err = audit_head(txn, &head, hash);

	if (err)
		return err;
	if (l->seen > head || head - l->seen > BEHIND_MOST) {
		l->seen = head;
		event_add(l, a, head, "reset", NULL);
		return 0;
	}
	err = audit_follow(txn, STORE_PIECE_N(a, l->seen, PIECE), &x, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		bool seen = true;

		l->seen = x[i].seq;
		if (!is_told(x[i].act))
			continue;
		if (has_zone(x[i].act))
			err = is_seen(txn, a, l->zones, x[i].object, &seen);
		if (err == 0)
			event_add(l, a, x[i].seq, x[i].act, seen ? x[i].object : NULL);
	}
	/* the rest comes with the next call */
	if (n == PIECE)
		l->version = 0;
	return err;
}

struct look {
	struct web_listener *l;
	bool changed;
};

/* What admits changes with the store, or with the time alone. */
static int look_in(struct store_txn *txn, void *arg)
{
	struct look *k = arg;
	int err = web_stays(txn, k->l->stay, clock_now());

	return err || !k->changed ? err : more_in(txn, k->l);
}

static int look(struct web_listener *l, int64_t now)
{
	uint64_t version = store_version(l->w->o.st);
	struct look k = {l, version != l->version};
	int err = 0;

	if (k.changed || now - l->asked >= BEAT_S) {
		l->version = version;
		l->asked = now;
		err = store_read(l->w->o.st, look_in, &k);
	}
	if (err == 0)
		spoken_add(l, version);
	return err;
}

static int listener_next(struct http_request *rq, void *ctx, struct buf *out)
{
	struct web_listener *l = ctx;
	int64_t now = clock_mono_us() / 1000000;
	int err;

	(void)rq;
	l->out = out;
	if (!l->greeted) {
		AUTO(arena) struct arena *a = arena_new();

		buf_add_str(out, "retry: 3000\n");
		event_add(l, a, l->seen, "hello", NULL);
		l->greeted = true;
		l->beaten = now;
		return 0;
	}
	if (now - l->begun > LIFE_S)
		return ERR_EXPIRED;
	err = look(l, now);
	if (err == 0 && out->n == 0 && now - l->beaten >= BEAT_S)
		buf_add_str(out, ":\n\n");
	if (out->n)
		l->beaten = now;
	return err;
}

static int head_in(struct store_txn *txn, void *arg)
{
	uint8_t hash[AUDIT_HASH];

	return audit_head(txn, arg, hash);
}

int api_events(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const char *last = http_header(rq, "Last-Event-ID");
	const struct web_caller *who = api_caller(rq);
	struct web_listener *l;
	uint64_t seen = 0;
	int err =
		last && text_parse_u64(last, &seen) == 0 ? 0 : store_read(w->o.st, head_in, &seen);

	metric_list(&listening);
	if (err)
		return err;
	if (web_format_none(rq))
		return http_reply_error(rq, ERR_BADINPUT, web_format_none(rq));
	l = ARENA_NEW(rq->arena, struct web_listener);
	*l = (struct web_listener){.w = w,
		.whose = who->account ? who->account : who->token_id,
		.seen = seen,
		.spoken = web_live_count(w),
		.begun = clock_mono_us() / 1000000,
		.stay = web_stay(rq),
		.zones = api_people_caller(rq).zones,
		.page = !text_starts(rq->path, "/api/")};
	err = listener_begin(l);
	if (err)
		return err;
	return http_reply_stream(
		rq, "text/event-stream; charset=utf-8", listener_next, listener_end, l);
}
