/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Looks at protected identities, by mail to each zone's officer in charge: ids, accounts and the kind of
 * reason alone; the words of the reason may name somebody and stay here. WEB_LOOKS: c zone -> struct
 * web_looks_told. A mail is sent and then remembered, as alarms are. While nobody is to get them,
 * what happens is passed over: an address that is set later gets what happens from then on.
 */
#include "web/web_int.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/rec.h"
#include "base/text.h"

#define LINES_MOST 50 /* of one mail; the next has the rest */

struct web_looks_told {
	uint64_t number;
	struct bytes unknown;
};
static const struct rec_field fields[] = {REC_I64(1, struct web_looks_told, number), REC_END};
static const struct rec_type told_rec = REC_TYPE(struct web_looks_told, 1, fields);

struct looking {
	struct web *w;
	struct arena *a;
	enum people_zone zone;
	int64_t now;
	struct people_notice *x;
	size_t n;
	uint64_t told, newest;
	bool known; /* what was told stands in the store */
};

/* --- the store --- */

static int told_get(struct store_txn *txn, struct looking *l)
{
	struct store_key k = store_key("c", (int)l->zone);
	struct web_looks_told x = {0};
	struct bytes v;
	int err = store_get(txn, WEB_LOOKS, &k, &v);

	if (err == 0)
		err = rec_decode(&told_rec, v, l->a, &x);
	if (err && err != ERR_NOTFOUND)
		return err;
	l->known = err == 0;
	l->told = x.number;
	return 0;
}

static int read_in(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;
	struct people_notice *last;
	size_t n;
	int err = told_get(txn, l);

	if (err == 0)
		err = people_notice_list(txn, l->zone, false, STORE_PIECE_N(l->a, 0, 1), &last, &n);
	if (err)
		return err;
	l->newest = n ? last->number : 0;
	return people_notice_after(
		txn, l->zone, STORE_PIECE_N(l->a, l->told, LINES_MOST), &l->x, &l->n);
}

static int write_in(struct store_txn *txn, void *arg)
{
	const struct looking *l = arg;
	const struct web_looks_told x = {.number = l->told};
	struct store_key k = store_key("c", (int)l->zone);
	AUTO(buf) struct buf v = BUF_INIT(1024);

	rec_encode(&told_rec, &x, &v);
	return buf_ok(&v) ? store_put(txn, WEB_LOOKS, &k, buf_bytes(&v)) : ERR_TOOBIG;
}

static int remember(struct looking *l, uint64_t number)
{
	if (l->known && l->told == number)
		return 0;
	l->told = number;
	return store_write(l->w->o.st, write_in, l);
}

/* --- the mail --- */

static const struct say subject = {"looks.mail-subject",
	{"Hylla: skyddade personuppgifter har öppnats", "Hylla: suojattuja henkilötietoja on avattu",
		"Hylla: protected identities were opened"}};
static const struct say line = {"looks.mail-line",
	{"{0}: {1} öppnade låntagare {2}", "{0}: {1} avasi lainaajan {2}",
		"{0}: {1} opened borrower {2}"}};
static const struct say foot = {"looks.mail-foot",
	{"Skälet i ord står i Hylla, på sidan om skyddade personuppgifter (/protected-looks). Säg där "
	 "att du har sett det.",
		"Syy sanoina on Hyllassa, suojattujen henkilötietojen sivulla (/protected-looks). Kuittaa "
		"siellä nähneesi sen.",
		"The reason in words stands in Hylla, on the page of protected identities "
		"(/protected-looks). Say there that you have seen it."}};

static void add_line(struct buf *out, enum say_lang lang, const struct people_notice *x)
{
	char when[CLOCK_TEXT];
	const char *const arg[SAY_ARGS] = {
		clock_format_local(x->at, when), x->actor, x->borrower};

	say_format(out, lang, &line, arg);
	buf_printf(out, " (%s)\n", x->why);
}

static const char *mail_text(const struct looking *l)
{
	AUTO(buf) struct buf out = BUF_INIT(65536);
	enum say_lang lang = web_lang(l->w);

	for (size_t i = 0; i < l->n; i++)
		add_line(&out, lang, &l->x[i]);
	buf_printf(&out, "\n%s\n", say_plain(&foot, lang));
	return arena_strdup(l->a, buf_str(&out));
}

/* It counts as told when one of them has it. */
static int tell_all(const struct looking *l, const char *const *to)
{
	const struct web_mail *o = &l->w->o.mail;
	struct net_mail m = {.from = o->from,
		.from_name = web_organisation(l->w),
		.subject = say_plain(&subject, web_lang(l->w)),
		.text = mail_text(l)};
	int err = ERR_UNSUPPORTED;
	bool told = false;

	for (size_t i = 0; to[i]; i++) {
		m.to = to[i];
		m.message_id = arena_printf(l->a, "looks-%s-%llu-%zu@%s", people_zone_name(l->zone),
			(unsigned long long)l->x[l->n - 1].number, i, web_mail_domain(o->from));
		err = web_mail_send(l->w, &m, l->now);
		told = told || err == 0;
	}
	return told ? 0 : err;
}

static int zone_round(struct web *w, enum people_zone zone, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct looking l = {.w = w, .a = a, .zone = zone, .now = now};
	const char *const *to = web_looks_to(w, zone);
	int err = store_read(w->o.st, read_in, &l);

	if (err)
		return err;
	if (!l.known || !to || !to[0] || text_empty(w->o.mail.host))
		return remember(&l, l.newest);
	if (l.n == 0)
		return 0;
	err = tell_all(&l, to);
	log_event(err ? LOG_ERROR : LOG_INFO, "looks.mailed", "zone=%s count=%zu err=%s",
		people_zone_name(zone), l.n, err ? err_name(err) : "none");
	return err ? err : remember(&l, l.x[l.n - 1].number);
}

int web_looks_round(struct web *w, int64_t now)
{
	int err = zone_round(w, PEOPLE_CARE, now), other = zone_round(w, PEOPLE_LIBRARY, now);

	return err ? err : other;
}
