/* SPDX-License-Identifier: EUPL-1.2 */
/* Every date that can silence the fleet, gathered from where it stands. */
#include "web/web_int.h"

#include "base/day.h"
#include "base/file.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"

#include <stdlib.h>

#define MONTHS 13 /* this one and a year */
#define PAGE 256
#define IDENTITIES_MOST 20000 /* looked at; a fleet of more is told as "and more" */
#define SERIALS 20
#define LIST_MOST (MONTHS + 16)

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
	int err = mdm_ade_state_get(txn, g->a, &s);

	if (err || !s.has_token)
		return err == ERR_NOTFOUND ? 0 : err;
	add(g, WEB_END_ADE, "", s.token_expires_at);
	if (text_equal(s.trouble, "T_C_NOT_SIGNED"))
		add(g, WEB_END_TERMS, "", s.trouble_at ? s.trouble_at : g->now);
	return 0;
}

static const char *month_name(struct arena *a, int64_t t)
{
	struct day_date d;

	day_to_date(day_of_time(t), &d);
	return arena_printf(a, "%04d-%02d", d.year, d.month);
}

/* The serial number of an iPad that speaks with this identity now; NULL: nobody does. */
static int speaker(struct gathering *g, struct store_txn *txn, const struct cert_identity *id,
	const char **ret)
{
	struct mdm_enrollment e;
	int err;

	*ret = NULL;
	if (!id->udid)
		return 0;
	err = mdm_enrollment_get(txn, g->a, id->udid, &e);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (e.state == MDM_ENROLLED && memcmp(e.identity, id->fingerprint, CERT_FINGERPRINT) == 0)
		*ret = e.serial;
	return 0;
}

/* They come soonest first: the month is that of the last deadline, or a new one. */
static void count_identity(struct gathering *g, const struct cert_identity *id, const char *serial)
{
	const char *name = month_name(g->a, id->not_after);
	struct web_deadline *d = g->n ? &g->list[g->n - 1] : NULL;

	if (!d || d->what != WEB_END_IDENTITIES || !text_equal(d->name, name)) {
		d = add(g, WEB_END_IDENTITIES, name, id->not_after);
		d->serials = ARENA_ARRAY(g->a, const char *, SERIALS);
	}
	d->ipads++;
	if (d->serial_count < SERIALS)
		d->serials[d->serial_count++] = serial;
}

static int add_identities(struct gathering *g, struct store_txn *txn)
{
	int64_t before = g->now + (MONTHS - 1) * INT64_C(30) * DAY_S;
	struct cert_identity *ids, after;
	const struct cert_identity *from = NULL;
	size_t n = PAGE, seen = 0;
	int err = 0;

	while (err == 0 && n == PAGE && seen < IDENTITIES_MOST && g->n < LIST_MOST - 8) {
		err = cert_identity_expiring(txn, g->a, before, from, PAGE, &ids, &n);
		for (size_t i = 0; err == 0 && i < n && g->n < LIST_MOST - 8; i++) {
			const char *serial;

			err = speaker(g, txn, &ids[i], &serial);
			if (err == 0 && serial)
				count_identity(g, &ids[i], serial);
		}
		seen += n;
		if (err == 0 && n) {
			after = ids[n - 1];
			from = &after;
		}
	}
	if (err == 0 && n == PAGE && g->n)
		g->list[g->n - 1].more = true;
	return err;
}

static int gather_in(struct store_txn *txn, void *arg)
{
	struct gathering *g = arg;
	int err = mdm_enrolled_count(txn, &g->enrolled);

	g->n = 0;
	if (err == 0)
		err = add_identities(g, txn);
	if (err == 0)
		err = add_ade(g, txn);
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

int web_deadlines_get(
	struct web *w, struct arena *a, int64_t now, struct web_deadline **ret, size_t *ret_n)
{
	struct gathering g = {
		.w = w, .a = a, .now = now, .list = ARENA_ARRAY(a, struct web_deadline, LIST_MOST)};
	int err = store_read(w->o.st, gather_in, &g);

	if (err)
		return err;
	add_certs(&g);
	add_listeners(&g);
	add_push_stop(&g);
	for (size_t i = 0; i < g.n; i++) {
		if (g.list[i].what == WEB_END_TLS && text_equal(g.list[i].name, "device"))
			g.list[i].ipads = g.enrolled;
		if (g.list[i].what == WEB_END_PUSH_STOP)
			g.list[i].ipads = g.enrolled;
	}
	qsort(g.list, g.n, sizeof(*g.list), sooner);
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
	if (x->more)
		doc_set_bool(d, "and_more", true);
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
	uint64_t worries = 0;
	struct doc *docs;
	char day[DAY_TEXT];
	const char *arg[SAY_ARGS] = {NULL};

	for (size_t i = 0; i < n; i++) {
		enum web_light l = web_light_decide(&list[i], now);

		worst = l > worst ? l : worst;
		worries += l != WEB_GREEN;
	}
	if (n && worries) {
		arg[0] = arena_printf(a, "%llu", (unsigned long long)worries);
		arg[1] = web_deadline_sentence(a, &list[0], lang, now);
	} else {
		arg[0] = n ? day_format(day_of_time(list[0].at), day) : "-";
	}
	say_format(&out, lang, worries ? &needs_you : &all_well, arg);
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
			"kind, 0 when over",                                                 \
		.labels = "what=\"" what_ "\""                                               \
	}
static struct metric left[WEB_ENDS] = {
	[WEB_END_PUSH] = LEFT("push_certificate"),
	[WEB_END_PUSH_STOP] = LEFT("push_refused"),
	[WEB_END_ADE] = LEFT("ade_token"),
	[WEB_END_TERMS] = LEFT("terms"),
	[WEB_END_CA] = LEFT("ca"),
	[WEB_END_SIGNER] = LEFT("profile_signer"),
	[WEB_END_IDENTITIES] = LEFT("identities"),
	[WEB_END_TLS] = LEFT("tls"),
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
}
