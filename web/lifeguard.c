/* SPDX-License-Identifier: EUPL-1.2 */
/* Every date that can silence the fleet, gathered from where it stands. */
#include "web/web_int.h"

#include "base/day.h"
#include "base/file.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"
#include "base/when.h"

#include <stdlib.h>

#define AHEAD_S (5 * INT64_C(366) * DAY_S) /* longer than any lease */
#define SERIALS 20
#define MONTHS 63         /* what five years touch, and the one for all that is past */
#define PAST_MONTHS 11    /* identities that are over have months too; older ones are told as one */
#define OTHERS_MOST 32 /* twelve licences among them */
#define LIST_MOST (2 * (MONTHS + PAST_MONTHS) + OTHERS_MOST)

struct gathering {
	struct web *w;
	struct arena *a;
	int64_t now;
	struct web_deadline *list;
	size_t n;
	uint64_t enrolled;
};

static struct web_deadline *add(
	struct gathering *g, enum web_end what, const char *name, int64_t at)
{
	struct web_deadline *d = &g->list[g->n++];

	*d = (struct web_deadline){.what = what, .name = name, .at = at};
	return d;
}

/* --- the listeners: files --- */

static void add_listeners(struct gathering *g)
{
	const struct web_listener_cert *c = g->w->o.certs_of;

	for (; c->path; c++) {
		AUTO(buf) struct buf pem = BUF_INIT(1 << 20);
		int64_t end;

		if (file_read(c->path, &pem) == 0 && cert_pem_expiry(buf_bytes(&pem), &end) == 0)
			add(g, WEB_END_TLS, c->name, end);
	}
}

/* --- the push connection: memory --- */

static void add_push_stop(struct gathering *g)
{
	struct apns_state s = {0};

	if (g->w->o.apns)
		apns_state_get(g->w->o.apns, &s);
	if (s.stopped_by_cert)
		add(g, WEB_END_PUSH_STOP, "", s.alarm_at ? s.alarm_at : g->now);
}

/* --- the store --- */

static int add_push(struct gathering *g, struct store_txn *txn)
{
	struct cert_push push;
	int err = cert_push_get(g->w->o.certs, txn, g->a, false, &push);

	if (err == 0)
		add(g, WEB_END_PUSH, "", push.not_after)->ipads = g->enrolled;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Without a token nothing of this is in use. */
static int add_ade(struct gathering *g, struct store_txn *txn)
{
	struct mdm_ade_state s;
	int64_t still;
	int err = mdm_ade_state_get(txn, g->a, &s);

	if (err || !s.has_token)
		return err == ERR_NOTFOUND ? 0 : err;
	still = mdm_ade_still_since(&s, g->now);
	if (still)
		add(g, WEB_END_ADE_STILL, s.trouble, still);
	add(g, WEB_END_ADE, "", s.token_expires_at);
	if (mdm_ade_trouble_is_token(s.trouble))
		add(g, WEB_END_ADE_STOP, "", s.trouble_at ? s.trouble_at : g->now);
	if (text_equal(s.trouble, "T_C_NOT_SIGNED"))
		add(g, WEB_END_TERMS, "", s.trouble_at ? s.trouble_at : g->now);
	return 0;
}

/* --- what comes by month: identities and leases of enrolled iPads --- */

typedef int look_fn(struct store_txn *txn, struct arena *a, const struct store_span *span,
	struct store_look *ret);
struct by_month {
	enum web_end what;
	look_fn *look;
	int64_t from; /* what ends before is told as one, without a month */
};

static int span_add(struct gathering *g, struct store_txn *txn, const struct by_month *k,
	const struct store_span *span, const char *name)
{
	struct store_look look;
	struct web_deadline *d;
	int err = k->look(txn, g->a, span, &look);

	if (err || !look.any)
		return err;
	d = add(g, k->what, name, look.first);
	d->ipads = look.n;
	d->serials = look.names;
	d->serial_count = look.named;
	return 0;
}

/* The month of a moment, from that moment on. */
static void month_of(int64_t at, int64_t end, struct arena *a, struct store_span *ret,
	const char **ret_name)
{
	struct day_date d;

	day_to_date(day_of_time(at), &d);
	*ret = (struct store_span){at, day_start(day_add_months(day_from_date(d.year, d.month, 1), 1)),
		SERIALS};
	if (ret->to > end)
		ret->to = end;
	*ret_name = arena_printf(a, "%04d-%02d", d.year, d.month);
}

static int add_months(struct gathering *g, struct store_txn *txn, const struct by_month *k)
{
	struct store_span span = {STORE_TIME_BEGIN, k->from, SERIALS};
	struct store_look next = {.any = true};
	const char *name;
	int err = span_add(g, txn, k, &span, "");

	while (err == 0 && next.any) {
		span = (struct store_span){.from = span.to, .to = g->now + AHEAD_S};
		err = k->look(txn, g->a, &span, &next);
		if (err || !next.any)
			break;
		month_of(next.first, span.to, g->a, &span, &name);
		err = span_add(g, txn, k, &span, name);
	}
	return err;
}

static int add_identities(struct gathering *g, struct store_txn *txn)
{
	struct day_date d;
	struct by_month k = {WEB_END_IDENTITIES, mdm_ending_look, 0};

	day_to_date(day_of_time(g->now), &d);
	k.from = day_start(day_add_months(day_from_date(d.year, d.month, 1), -PAST_MONTHS));
	return add_months(g, txn, &k);
}

/* A lease is over with the day that it ends on. */
static int add_leases(struct gathering *g, struct store_txn *txn)
{
	const struct by_month k = {
		WEB_END_LEASES, inv_ending_look, day_start(day_of_time(g->now) + 1)};

	return add_months(g, txn, &k);
}

/* Told so that another than who said it sees it in time. */
static int add_keeping(struct gathering *g, struct store_txn *txn)
{
	struct setting_change c;
	struct people_policy *x;
	size_t n;
	int64_t first = 0;
	int err = setting_waiting(txn, g->a, SETTING_AGREEMENT_DAYS, &c);

	if (err == 0)
		first = c.counts_at;
	else if (err != ERR_NOTFOUND)
		return err;
	err = people_policy_waiting(txn, g->a, &x, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!first || x[i].counts_at < first)
			first = x[i].counts_at;
	}
	if (err == 0 && first > g->now)
		add(g, WEB_END_KEEPING, "", first);
	return err;
}

/* Its round comes within the hour. */
static int add_clock(struct gathering *g, struct store_txn *txn)
{
	char from[DAY_TEXT], to[DAY_TEXT];
	struct audit_clock c;
	int64_t at;
	int err = audit_clock_get(txn, g->a, &c);

	if (err || !c.leapt_at)
		return err;
	at = c.leapt_at + AUDIT_CLOCK_WAIT_S;
	add(g, WEB_END_CLOCK,
		arena_printf(g->a, "%s/%s", day_format(day_of_time(c.from), from),
			day_format(day_of_time(c.leapt_at), to)),
		at > g->now ? at : g->now + 1);
	return 0;
}

static int gather_in(struct store_txn *txn, void *arg)
{
	struct gathering *g = arg;
	int err = mdm_enrolled_count(txn, &g->enrolled);

	g->n = 0;
	if (err == 0)
		err = add_identities(g, txn);
	if (err == 0)
		err = add_leases(g, txn);
	if (err == 0)
		err = add_ade(g, txn);
	if (err == 0)
		err = add_keeping(g, txn);
	if (err == 0)
		err = add_clock(g, txn);
	return err ? err : add_push(g, txn);
}

static int sooner(const void *a, const void *b)
{
	const struct web_deadline *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static void add_certs(struct gathering *g)
{
	int64_t signer = cert_signer_not_after(g->w->o.certs);

	add(g, WEB_END_CA, "", cert_ca_not_after(g->w->o.certs))->ipads = g->enrolled;
	if (signer)
		add(g, WEB_END_SIGNER, "", signer);
}

/* --- what nobody but people knows of --- */

static void add_licences(struct gathering *g)
{
	const char *at = g->w->o.settings ? settings_str(g->w->o.settings, SETTING_LICENCES) : "";
	const char *name;
	int32_t day;

	/* good until its day is over */
	while (setting_date_next(g->a, &at, &day, &name) == 0)
		add(g, WEB_END_LICENCE, name, day_start(day + 1) - 1);
}

static void count_all(struct gathering *g)
{
	for (size_t i = 0; i < g->n; i++) {
		struct web_deadline *d = &g->list[i];

		if (d->what == WEB_END_PUSH_STOP ||
			(d->what == WEB_END_TLS && text_equal(d->name, "device")))
			d->ipads = g->enrolled;
	}
}

static int gather(struct gathering *g)
{
	int err;

	g->list = ARENA_ARRAY(g->a, struct web_deadline, LIST_MOST);
	err = store_read(g->w->o.st, gather_in, g);
	if (err)
		return err;
	add_certs(g);
	add_licences(g);
	add_listeners(g);
	add_push_stop(g);
	count_all(g);
	qsort(g->list, g->n, sizeof(*g->list), sooner);
	return 0;
}

int web_deadlines_get(
	struct web *w, struct arena *a, int64_t now, struct web_deadline **ret, size_t *ret_n)
{
	struct gathering g = {.w = w, .a = a, .now = now};
	int err = gather(&g);

	if (err)
		return err;
	*ret = g.list;
	*ret_n = g.n;
	return 0;
}

/* --- the document --- */

static const struct say all_well = {"lifeguard.well",
	{"Inget datum hotar. Det närmaste är {0}.", "Mikään päivämäärä ei uhkaa. Lähin on {0}.",
		"No date threatens. The nearest is {0}."}};
static const struct say needs_you = {"lifeguard.needs-you",
	{"{0} datum behöver dig. Närmast: {1}", "{0} päivämäärää tarvitsee sinua. Lähin: {1}",
		"{0} dates need you. The nearest: {1}"}};
static const struct say needs_you_one = {"lifeguard.needs-you-one",
	{"Ett datum behöver dig: {1}", "Yksi päivämäärä tarvitsee sinua: {1}", "One date needs you: {1}"}};

static void deadline_doc(struct arena *a, const struct web_deadline *x, enum say_lang lang,
	int64_t now, struct doc *d)
{
	struct doc *list;

	doc_set_str(d, "what", web_end_name(x->what));
	web_doc_opt(d, "name", x->name);
	doc_set_time(d, "at", x->at);
	doc_set_int(d, "days", (x->at - now) / DAY_S);
	doc_set_str(d, "light", web_light_name(web_light_decide(x, now)));
	doc_set_str(d, "title", say_plain(web_end_title(x->what), lang));
	doc_set_str(d, "sentence", web_deadline_sentence(a, x, lang, now));
	doc_set_str(d, "do", say_plain(web_end_remedy(x->what), lang));
	doc_set_int(d, "ipads", (int64_t)x->ipads);
	if (!x->serial_count)
		return;
	list = doc_set_list(d, "serials");
	for (size_t i = 0; i < x->serial_count; i++)
		doc_add_str(list, x->serials[i]);
}

void web_lifeguard_doc(struct arena *a, const struct web_deadline *list, size_t n,
	enum say_lang lang, int64_t now, struct doc *d)
{
	AUTO(buf) struct buf out = BUF_INIT(8192);
	enum web_light worst = WEB_GREEN;
	const struct web_deadline *nearest = NULL; /* of those that need somebody */
	uint64_t worries = 0;
	struct doc *docs;
	const char *arg[SAY_ARGS] = {NULL};

	for (size_t i = 0; i < n; i++) {
		enum web_light l = web_light_decide(&list[i], now);

		worst = l > worst ? l : worst;
		worries += l != WEB_GREEN;
		if (l != WEB_GREEN && !nearest)
			nearest = &list[i];
	}
	if (nearest) {
		arg[0] = arena_printf(a, "%llu", (unsigned long long)worries);
		arg[1] = web_deadline_sentence(a, nearest, lang, now);
	} else {
		arg[0] = n ? when_date_text(a, lang, day_of_time(list[0].at)) : "-";
	}
	say_format(&out, lang, worries == 0 ? &all_well : worries == 1 ? &needs_you_one : &needs_you, arg);
	doc_set_str(d, "text", arena_strdup(a, buf_str(&out)));
	doc_set_str(d, "light", web_light_name(worst));
	docs = doc_set_list(d, "deadlines");
	for (size_t i = 0; i < n; i++)
		deadline_doc(a, &list[i], lang, now, doc_add_object(docs));
}

/* --- figures --- */

#define LEFT(what_)                                                                          \
	{                                                                                    \
		.name = "hylla_deadline_seconds", .kind = METRIC_IS_GAUGE,                   \
		.help = "Seconds until a date that can silence the fleet; the first of its " \
			"kind, 0 when over, five years when it has gone",                                                 \
		.labels = "what=\"" what_ "\""                                               \
	}
static struct metric left[WEB_ENDS] = {
	[WEB_END_PUSH] = LEFT("push_certificate"),
	[WEB_END_PUSH_STOP] = LEFT("push_refused"),
	[WEB_END_ADE] = LEFT("ade_token"),
	[WEB_END_ADE_STOP] = LEFT("ade_refused"),
	[WEB_END_ADE_STILL] = LEFT("ade_still"),
	[WEB_END_TERMS] = LEFT("terms"),
	[WEB_END_CA] = LEFT("ca"),
	[WEB_END_SIGNER] = LEFT("profile_signer"),
	[WEB_END_IDENTITIES] = LEFT("identities"),
	[WEB_END_TLS] = LEFT("tls"),
	[WEB_END_LEASES] = LEFT("leases"),
	[WEB_END_KEEPING] = LEFT("keeping"),
	[WEB_END_LICENCE] = LEFT("licence"),
	[WEB_END_CLOCK] = LEFT("clock"),
};

void web_lifeguard_measure(struct web *w, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct web_deadline *list;
	size_t n;
	bool told[WEB_ENDS] = {false};

	if (web_deadlines_get(w, a, now, &list, &n) != 0) {
		log_event(LOG_WARN, "lifeguard.measure", "err=store");
		return;
	}
	/* soonest first: the first of a kind is what counts */
	for (size_t i = 0; i < n; i++) {
		enum web_end what = list[i].what;

		if (!told[what])
			metric_set(&left[what], list[i].at > now ? list[i].at - now : 0);
		told[what] = true;
	}
	/* one that has gone (terms are signed, pushes are taken) is as far off as is looked ahead */
	for (size_t what = 0; what < WEB_ENDS; what++) {
		if (!told[what] && atomic_load(&left[what].listed))
			metric_set(&left[what], AHEAD_S);
	}
}
