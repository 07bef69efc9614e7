/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Alarms by mail. A mail is sent and then remembered: what was not taken is tried again at the next
 * round, and a mail that went out twice has the same name.
 */
#include "web/web_int.h"

#include "base/file.h"
#include "base/log.h"
#include "base/metric.h"
#include "base/text.h"

static struct metric alarms_sent = METRIC_COUNTER("hylla_alarm_mails_total", "Alarms mailed");
static struct metric alarms_failed =
	METRIC_COUNTER("hylla_alarm_mail_failures_total", "Alarms the mail server did not take");

/* --- mail --- */

static int password_read(const struct web_mail *o, struct arena *a, const char **ret)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);
	int err;

	if (text_empty(o->password_path))
		return 0;
	err = file_read(o->password_path, &b);
	if (err) {
		log_event(LOG_ERROR, "mail.password", "path=%s err=%s", o->password_path,
			err_name(err));
		return err;
	}
	*ret = arena_strndup(a, buf_str(&b), strcspn(buf_str(&b), "\r\n"));
	mem_wipe(b.p, b.n);
	return 0;
}

int web_mail_send(struct web *w, const struct net_mail *m, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct web_mail *o = &w->o.mail;
	struct net_mail_server s = {.host = o->host,
		.port = o->port,
		.tls = (enum net_mail_tls)o->security,
		.user = text_empty(o->user) ? NULL : o->user};
	int err;

	if (!w->o.net || text_empty(o->host) || text_empty(o->from))
		return ERR_UNSUPPORTED;
	err = password_read(o, a, &s.password);
	if (err == 0)
		err = net_mail_send(w->o.net, &s, m, now);
	if (s.password)
		mem_wipe((char *)(uintptr_t)s.password, strlen(s.password));
	return err;
}

/* --- one alarm --- */

struct telling {
	const struct web_deadline *d;
	struct web_alarm said;
	struct arena *a;
	bool due;
	int64_t now;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;
	int err = web_alarm_get(txn, t->a, t->d, &t->said);

	t->due = web_alarm_due(t->d, err == 0 ? &t->said : NULL, t->now);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int remember_in(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;
	const struct web_alarm x = {
		.at = t->d->at, .step = web_alarm_step(t->d, t->now), .told_at = t->now};

	return web_alarm_put(txn, t->d, &x);
}

const char *web_mail_domain(const char *address)
{
	const char *at = strchr(address, '@');

	return at ? at + 1 : "hylla";
}

/* To everybody; it counts as told when one of them has it. */
static int tell_all(struct web *w, const struct telling *t)
{
	const struct web_mail *o = &w->o.mail;
	struct net_mail m = {.from = o->from, .from_name = web_organisation(w)};
	const char *const *to = web_alarm_to(w);
	int err = ERR_UNSUPPORTED;
	bool told = false;

	web_alarm_text(t->a, t->d, web_lang(w), t->now, &m.subject, &m.text);
	for (size_t i = 0; to && to[i]; i++) {
		m.to = to[i];
		m.message_id = arena_printf(t->a, "%s-%s-%u-%lld-%zu@%s", web_end_name(t->d->what),
			t->d->name, web_alarm_step(t->d, t->now), (long long)t->d->at, i,
			web_mail_domain(o->from));
		err = web_mail_send(w, &m, t->now);
		metric_add(err ? &alarms_failed : &alarms_sent, 1);
		told = told || err == 0;
	}
	return told ? 0 : err;
}

static int alarm_one(struct web *w, struct arena *a, const struct web_deadline *d, int64_t now)
{
	struct telling t = {.d = d, .a = a, .now = now};
	int err = store_read(w->o.st, ask_in, &t);

	if (err || !t.due)
		return err;
	err = tell_all(w, &t);
	log_event(err ? LOG_ERROR : LOG_WARN, "lifeguard.alarm", "what=%s name=%s step=%u err=%s",
		web_end_name(d->what), text_empty(d->name) ? "-" : d->name, web_alarm_step(d, now),
		err ? err_name(err) : "none");
	return err ? err : store_write(w->o.st, remember_in, &t);
}

int web_alarm_round(struct web *w, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct web_mail *o = &w->o.mail;
	const char *const *to = web_alarm_to(w);
	struct web_deadline *list;
	size_t n;
	int err, first = 0;

	metric_list(&alarms_sent);
	metric_list(&alarms_failed);
	if (!w->o.net || text_empty(o->host) || !to || !to[0])
		return ERR_UNSUPPORTED;
	err = web_deadlines_get(w, a, now, &list, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		int one = alarm_one(w, a, &list[i], now);

		first = first ? first : one;
	}
	return err ? err : first;
}

/* --- what others have to tell --- */

bool web_mail_leaves(struct web *w)
{
	const struct web_mail *o = &w->o.mail;
	const char *const *to = web_alarm_to(w);

	return w->o.net && !text_empty(o->host) && !text_empty(o->from) && to && to[0];
}

int web_mail_tell(struct web *w, const char *subject, const char *text, int64_t now)
{
	struct net_mail m = {.from = w->o.mail.from,
		.from_name = web_organisation(w),
		.subject = subject,
		.text = text};
	const char *const *to = web_alarm_to(w);
	int err = ERR_UNSUPPORTED;
	bool told = false;

	for (size_t i = 0; to && to[i]; i++) {
		m.to = to[i];
		err = web_mail_send(w, &m, now);
		told = told || err == 0;
	}
	if (err)
		log_event(LOG_ERROR, "mail.tell", "err=%s", err_name(err));
	return told ? 0 : err;
}

/* --- hylla mail test --- */

static const struct say test_subject = {
	"mail.test", {"Hylla: ett prov", "Hylla: koe", "Hylla: a trial"}};
static const struct say test_text = {
	"mail.test-text", {"Det här är ett prov. Hit kommer Hyllas larm.",
				  "Tämä on koe. Hyllan hälytykset tulevat "
				  "tänne.",
				  "This is a trial. Hylla's alarms come here."}};

int web_mail_test(struct web *w, const char *one, int64_t now)
{
	const struct web_mail *o = &w->o.mail;
	struct net_mail m = {.from = o->from,
		.from_name = web_organisation(w),
		.to = one,
		.subject = say_plain(&test_subject, web_lang(w)),
		.text = say_plain(&test_text, web_lang(w))};
	const char *const *to = web_alarm_to(w);
	int err = ERR_UNSUPPORTED;

	if (one)
		return web_mail_send(w, &m, now);
	for (size_t i = 0; to && to[i]; i++) {
		m.to = to[i];
		err = web_mail_send(w, &m, now);
		if (err)
			return err;
	}
	return err;
}
