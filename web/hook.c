/* SPDX-License-Identifier: EUPL-1.2 */
/* Webhooks: made by people, filled from news and audit log, delivered with patience. */
#include "web/event_int.h"

#include "base/log.h"
#include "base/metric.h"
#include "base/random.h"
#include "base/text.h"

#define PIECE 64            /* events a hook takes in one transaction */
#define AT_ONCE 16          /* posts a round */
#define WAITING_MOST 20000  /* of one hook; it follows no further until some are gone */
#define DEAD_S (30 * 86400) /* how long a dead letter is kept */
#define DEAD_MOST 20000     /* and how many of one hook, the newest */
#define REPLY_S 10

static struct metric delivered =
	METRIC_COUNTER("hylla_webhook_posts_total", "Events delivered to webhooks");
static struct metric failed =
	METRIC_COUNTER("hylla_webhook_failures_total", "Tries a webhook did not take");
static struct metric dead =
	METRIC_COUNTER("hylla_webhook_dead_total", "Events given up and kept as dead letters");

/* --- people --- */

static const struct say bad_url = {"hook.url",
	{"Adressen ska börja med https:// (http:// bara till den här datorn).",
		"Osoitteen on alettava https:// (http:// vain tälle koneelle).",
		"The address must begin with https:// (http:// only to this machine)."}};
static const struct say bad_topics = {"hook.topics",
	{"Ämnen skrivs som \"mdm.* item.mark\", med mellanrum emellan.",
		"Aiheet kirjoitetaan muodossa \"mdm.* item.mark\", välilyönnein erotettuina.",
		"Topics are written \"mdm.* item.mark\", with blanks between."}};
static const struct say too_many = {
	"hook.too-many", {"Det finns redan {0} webbkrokar. Ta bort någon först.",
				 "Verkkokoukkuja on jo {0}. Poista ensin jokin.",
				 "There are {0} webhooks already. Remove one first."}};

struct adding {
	const struct audit_who *who;
	struct web_hook h;
	struct refusal *r;
	int64_t now;
};

/* Where to, without the rest of the address, which may hold a secret: it outlives the webhook. And
 * what more is told there. */
static const char *place_detail(struct arena *a, const struct web_hook *h)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);
	const char *host = strstr(h->url, "://") + strlen("://");

	doc_set_str(d, "to", arena_strndup(a, host, strcspn(host, "/?#")));
	if (h->results)
		doc_set_bool(d, "results", true);
	if (h->calls)
		doc_set_bool(d, "calls", true);
	doc_format(d, &b);
	return arena_strdup(a, buf_str(&b));
}

static int add_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct adding *x = arg;
	uint8_t hash[AUDIT_HASH];
	uint64_t n;
	int err = store_count(txn, WEB_HOOK, &n);

	if (err == 0 && n >= WEB_HOOKS_MOST)
		return refusal_keep(x->r,
			refuse(x->r, &too_many, arena_printf(a, "%d", WEB_HOOKS_MOST), NULL, NULL));
	if (err == 0)
		err = audit_add(
			txn, x->who, x->now, "hook.add", x->h.id, place_detail(a, &x->h));
	if (err == 0)
		err = audit_head(txn, &x->h.audit_seq, hash);
	if (err == 0)
		err = web_news_head(txn, &x->h.news_seq);
	return err ? err : web_hook_put(txn, &x->h);
}

int web_hook_add(struct web *w, const struct audit_who *who, const struct web_hook_ask *ask,
	int64_t now, struct arena *a, const char **ret_id, const char **ret_secret,
	struct refusal *r)
{
	struct adding x = {.who = who, .r = r, .now = now};
	const char *secret = random_token(a, 32);
	int err;

	*r = (struct refusal){0};
	if (!web_hook_url_ok(ask->url))
		return refuse(r, &bad_url, NULL, NULL, NULL);
	if (!web_topics_ok(ask->topics))
		return refuse(r, &bad_topics, NULL, NULL, NULL);
	x.h = (struct web_hook){.id = random_token(a, 6),
		.url = ask->url,
		.topics = ask->topics,
		.note = ask->note,
		.results = ask->results,
		.calls = ask->calls,
		.made_at = now,
		.made_by = who->actor,
		.counted = true};
	err = cert_seal(w->o.certs, WEB_HOOK_SECRET_CONTEXT, bytes_of_str(secret), a, &x.h.secret);
	if (err == 0)
		err = store_write(w->o.st, add_in, &x);
	if (err)
		return err;
	*ret_id = x.h.id;
	*ret_secret = secret;
	return 0;
}

struct acting {
	const struct audit_who *who;
	const char *id;
	enum web_hook_act act;
	int64_t now;
};

/* All of its dead letters are due now. */
static int revive(struct store_txn *txn, const struct acting *x, struct web_hook *h)
{
	uint64_t after = 0;
	size_t n = PIECE;
	int err = 0;

	while (err == 0 && n == PIECE) {
		AUTO(arena) struct arena *a = arena_new();
		struct web_post *posts;

		err = web_post_list(txn, a, x->id, after, PIECE, &posts, &n);
		for (size_t i = 0; err == 0 && i < n; i++) {
			struct web_post p = posts[i];

			after = p.number;
			if (p.due_at)
				continue;
			p.due_at = x->now;
			p.tries = 0;
			h->waiting++;
			err = web_post_put(txn, &posts[i], &p);
		}
	}
	h->dead = 0;
	return err;
}

static int post_make(struct store_txn *txn, struct web_hook *h, const char *topic,
	const char *event_id, struct doc *d, int64_t now)
{
	AUTO(buf) struct buf body = BUF_INIT(200 * 1024);
	struct web_post p = {.topic = topic, .event_id = event_id, .made_at = now, .due_at = now};

	doc_format(d, &body);
	if (!buf_ok(&body))
		return 0;
	p.body = buf_str(&body);
	return web_post_add(txn, h, &p);
}

/* One event that nothing happened for: does the receiver hear, and believe the signature? */
static int test_post(
	struct store_txn *txn, struct arena *a, const struct acting *x, struct web_hook *h)
{
	const struct audit_record r = {
		.at = x->now, .actor = x->who->actor, .via = x->who->via, .act = "hook.test", .object = h->id};
	const char *id = arena_printf(a, "%s-t%llu", h->id, (unsigned long long)h->posts + 1);
	struct doc *d = doc_new(a);

	web_audit_event(&r, id, d);
	return post_make(txn, h, "hook.test", id, d, x->now);
}

static int act_in(struct store_txn *txn, void *arg)
{
	static const char *const names[] = {[WEB_HOOK_PAUSE] = "hook.pause",
		[WEB_HOOK_RESUME] = "hook.resume",
		[WEB_HOOK_REMOVE] = "hook.remove",
		[WEB_HOOK_AGAIN] = "hook.again",
		[WEB_HOOK_TEST] = "hook.test"};
	AUTO(arena) struct arena *a = arena_new();
	struct acting *x = arg;
	struct web_hook h;
	int err = web_hook_get(txn, a, x->id, &h);

	if (err)
		return err;
	if (x->act == WEB_HOOK_REMOVE) {
		err = web_hook_del(txn, x->id);
	} else if (x->act == WEB_HOOK_AGAIN) {
		err = revive(txn, x, &h);
		h.failure = NULL;
	} else if (x->act == WEB_HOOK_TEST) {
		err = test_post(txn, a, x, &h);
	} else {
		h.paused_at = x->act == WEB_HOOK_PAUSE ? x->now : 0;
	}
	if (err == 0 && x->act != WEB_HOOK_REMOVE)
		err = web_hook_put(txn, &h);
	return err ? err : audit_add(txn, x->who, x->now, names[x->act], x->id, NULL);
}

int web_hook_act(struct web *w, const struct audit_who *who, const char *id, enum web_hook_act act,
	int64_t now)
{
	struct acting x = {.who = who, .id = id, .act = act, .now = now};

	return store_write(w->o.st, act_in, &x);
}

/* --- making posts of what is new --- */

struct following {
	int64_t now;
	bool any; /* there are hooks */
	bool new; /* and something new for one of them */
	bool more;
};

static int look_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct following *f = arg;
	uint8_t hash[AUDIT_HASH];
	struct web_hook *hooks;
	uint64_t audit, news;
	size_t n;
	int err = web_hook_list(txn, a, &hooks, &n);

	if (err == 0)
		err = audit_head(txn, &audit, hash);
	if (err == 0)
		err = web_news_head(txn, &news);
	f->any = n > 0;
	f->new = false;
	for (size_t i = 0; err == 0 && i < n; i++)
		f->new = f->new || (!hooks[i].paused_at && (hooks[i].audit_seq < audit ||
								   hooks[i].news_seq < news));
	return err;
}

static int take_audit(
	struct store_txn *txn, struct arena *a, struct web_hook *h, struct following *f)
{
	struct audit_record *x;
	size_t n;
	int err = audit_follow(txn, STORE_PIECE_N(a, h->audit_seq, PIECE), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		const char *id = arena_printf(a, "%s-a%llu", h->id, (unsigned long long)x[i].seq);
		struct doc *d = doc_new(a);

		h->audit_seq = x[i].seq;
		if (!web_topic_wanted(h->topics, x[i].act))
			continue;
		web_audit_event(&x[i], id, d);
		err = post_make(txn, h, x[i].act, id, d, f->now);
	}
	f->more = f->more || n == PIECE;
	return err;
}

static int take_news(
	struct store_txn *txn, struct arena *a, struct web_hook *h, struct following *f)
{
	struct web_news *x;
	size_t n;
	int err = web_news_follow(txn, STORE_PIECE_N(a, h->news_seq, PIECE), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		const char *id = arena_printf(a, "%s-n%llu", h->id, (unsigned long long)x[i].seq);
		struct doc *d = doc_new(a);

		h->news_seq = x[i].seq;
		if (!web_topic_wanted(h->topics, x[i].topic) || (x[i].call && !h->calls))
			continue;
		if (!h->results)
			x[i].answer = bytes_of(NULL, 0);
		web_news_event(a, &x[i], id, d);
		err = post_make(txn, h, x[i].topic, id, d, f->now);
	}
	f->more = f->more || n == PIECE;
	return err;
}

/* Dead letters that are too old, or more than are kept: the oldest go. */
static int dead_drop(struct store_txn *txn, struct arena *a, struct web_hook *h, int64_t now)
{
	uint64_t were = h->dead;
	struct web_post *oldest;
	size_t n = 0;
	int err = h->dead ? web_post_list(txn, a, h->id, 0, PIECE, &oldest, &n) : 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (oldest[i].due_at ||
			(h->dead <= DEAD_MOST && now - oldest[i].made_at <= DEAD_S))
			continue;
		err = web_post_del(txn, &oldest[i]);
		h->dead -= h->dead > 0;
	}
	return err || h->dead == were ? err : web_hook_put(txn, h);
}

static int follow_one(struct store_txn *txn, struct web_hook *h, struct following *f)
{
	AUTO(arena) struct arena *a = arena_new();
	int err = h->paused_at ? 0 : dead_drop(txn, a, h, f->now);

	if (err || h->paused_at)
		return err;
	/* too far behind: what waits must go first, and what is dead is in nobody's way */
	if (h->waiting >= WAITING_MOST)
		return web_hook_put(txn, h);
	err = take_audit(txn, a, h, f);
	if (err == 0)
		err = take_news(txn, a, h, f);
	return err ? err : web_hook_put(txn, h);
}

static int follow_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct following *f = arg;
	struct web_hook *hooks;
	size_t n;
	int err = web_hook_list(txn, a, &hooks, &n);

	f->more = false;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = follow_one(txn, &hooks[i], f);
	return err;
}

/* --- delivering --- */

struct outcome {
	struct web_post p;
	bool tried, ok;
	int status;
	const char *error;
};

struct delivery {
	struct web *w;
	struct arena *a;
	int64_t now;
	struct web_post *posts;
	struct web_hook *hooks; /* one for each post; no id: gone */
	struct outcome *out;
	size_t n;
};

static int due_in(struct store_txn *txn, void *arg)
{
	struct delivery *x = arg;
	struct web_due due = {.now = x->now, .most = AT_ONCE};
	struct web_hook *all;
	int err = web_hook_list(txn, x->a, &all, &due.hook_n);

	due.hooks = all;
	if (err == 0)
		err = web_post_due(txn, x->a, &due);
	x->posts = due.posts;
	x->n = err ? 0 : due.n;
	x->hooks = ARENA_ARRAY(x->a, struct web_hook, x->n + 1);
	for (size_t i = 0; err == 0 && i < x->n; i++) {
		err = web_hook_get(txn, x->a, x->posts[i].hook, &x->hooks[i]);
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	return err;
}

static int send_one(
	struct delivery *x, const struct web_hook *h, const struct web_post *p, int *ret_status)
{
	struct bytes body = bytes_of_str(p->body), secret;
	struct net_header headers[3] = {{"X-Hylla-Event", p->event_id}};
	struct net_ask ask = {.method = "POST",
		.url = h->url,
		.headers = headers,
		.header_count = 3,
		.body = body,
		.content_type = "application/json; charset=utf-8",
		.reply_cap = 64 * 1024,
		.connect_s = REPLY_S,
		.total_s = REPLY_S,
		.guarded = true};
	struct net_reply reply;
	int err = cert_unseal(x->w->o.certs, WEB_HOOK_SECRET_CONTEXT, h->secret, x->a, &secret);

	if (err)
		return err;
	headers[1] =
		(struct net_header){"X-Hylla-Signature", web_signature(x->a, secret, x->now, body)};
	headers[2] = (struct net_header){
		"X-Hmac-Signature", web_signature_nanomdm(x->a, secret, body)};
	err = net_fetch(x->w->o.net, &ask, x->a, &reply);
	if (err == 0)
		*ret_status = reply.status;
	return err;
}

/* A hook that has just failed is left alone for the rest of the round. */
static bool failed_before(const struct delivery *x, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (x->out[j].tried && !x->out[j].ok &&
			text_equal(x->posts[j].hook, x->posts[i].hook))
			return true;
	}
	return false;
}

static void deliver(struct delivery *x, size_t i)
{
	struct outcome *o = &x->out[i];
	const struct web_hook *h = &x->hooks[i];
	int err;

	o->p = x->posts[i];
	if (!h->id || h->paused_at || failed_before(x, i))
		return;
	err = send_one(x, h, &x->posts[i], &o->status);
	if (err == ERR_BUSY)
		return;
	o->tried = true;
	o->ok = err == 0 && o->status >= 200 && o->status < 300;
	o->error = err ? err_name(err) : arena_printf(x->a, "status %d", o->status);
	metric_add(o->ok ? &delivered : &failed, 1);
	log_event(o->ok ? LOG_DEBUG : LOG_WARN, "hook.post", "hook=%s topic=%s status=%d err=%s",
		h->id, x->posts[i].topic, o->status, o->ok ? "none" : o->error);
}

static int settle_post(struct store_txn *txn, const struct outcome *o, int64_t now)
{
	struct web_post p = o->p;
	int64_t gap;

	if (o->ok)
		return web_post_del(txn, &o->p);
	p.tries++;
	p.status = (uint32_t)o->status;
	p.error = o->error;
	gap = web_post_gap(p.tries);
	p.due_at = gap ? now + gap : 0;
	return web_post_put(txn, &o->p, &p);
}

static int settle_one(struct store_txn *txn, const struct outcome *o, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_hook h;
	struct web_post still;
	int err = web_post_get(txn, a, o->p.hook, o->p.number, &still);

	if (err == 0)
		err = settle_post(txn, o, now);
	if (err == 0)
		err = web_hook_get(txn, a, o->p.hook, &h);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err; /* removed in between */
	if (o->ok || web_post_gap(still.tries + 1) == 0) {
		h.waiting -= h.waiting > 0;
		h.dead += !o->ok;
	}
	if (o->ok)
		h.delivered_at = now;
	else
		h.failed_at = now;
	h.failure = o->ok ? NULL : o->error;
	return web_hook_put(txn, &h);
}

static int settle_in(struct store_txn *txn, void *arg)
{
	struct delivery *x = arg;
	int err = 0;

	for (size_t i = 0; err == 0 && i < x->n; i++) {
		if (x->out[i].tried)
			err = settle_one(txn, &x->out[i], x->now);
	}
	return err;
}

static int deliver_due(struct web *w, int64_t now, size_t *ret_taken)
{
	AUTO(arena) struct arena *a = arena_new();
	struct delivery x = {.w = w, .a = a, .now = now};
	size_t tried = 0, taken = 0;
	int err = store_read(w->o.st, due_in, &x);

	*ret_taken = 0;
	if (err || x.n == 0)
		return err;
	x.out = ARENA_ARRAY(a, struct outcome, x.n);
	for (size_t i = 0; i < x.n; i++) {
		deliver(&x, i);
		tried += x.out[i].tried;
		taken += x.out[i].ok;
		if (x.out[i].tried && !x.out[i].ok && web_post_gap(x.out[i].p.tries + 1) == 0)
			metric_add(&dead, 1);
	}
	if (tried)
		err = store_write(w->o.st, settle_in, &x);
	*ret_taken = taken;
	return err;
}

int web_hook_round(struct web *w, int64_t now)
{
	struct following f = {.now = now};
	size_t taken = 0;
	int err = store_read(w->o.st, look_in, &f);

	metric_list(&delivered);
	metric_list(&failed);
	metric_list(&dead);
	while (err == 0 && f.new) {
		err = store_write(w->o.st, follow_in, &f);
		f.new = f.more;
	}
	if (err || !f.any || !w->o.net)
		return err;
	do
		err = deliver_due(w, now, &taken);
	while (err == 0 && taken);
	return err;
}
