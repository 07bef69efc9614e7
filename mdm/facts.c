/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an iPad tells about itself, kept as JSON under Apple's names. Blobs are left out, and so
 * is whatever would tell how or where the iPad is used, also when it comes unasked inside an
 * answer (ServiceSubscriptions names the network an iPad is in).
 */
#include "mdm/queue_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>

#define DEPTH_MOST 6

static void dict_fill(struct doc *d, const struct mdm_plist *dict, int depth);

static void list_fill(struct doc *list, const struct mdm_plist *array, int depth)
{
	for (const struct mdm_plist *p = mdm_plist_first(array); p; p = p->next) {
		if (p->kind == MDM_PLIST_DICT)
			dict_fill(doc_add_object(list), p, depth + 1);
		else if (p->kind == MDM_PLIST_STRING)
			doc_add_str(list, mdm_plist_text(p));
		else if (p->kind == MDM_PLIST_INTEGER)
			doc_add_int(list, p->v.i);
	}
}

static void value_set(struct doc *d, const struct mdm_plist *p, int depth)
{
	switch (p->kind) {
	case MDM_PLIST_STRING:
		doc_set_str(d, p->key, mdm_plist_text(p));
		break;
	case MDM_PLIST_INTEGER:
		doc_set_int(d, p->key, p->v.i);
		break;
	case MDM_PLIST_REAL:
		doc_set_real(d, p->key, p->v.real);
		break;
	case MDM_PLIST_BOOL:
		doc_set_bool(d, p->key, p->v.b);
		break;
	case MDM_PLIST_DATE:
		doc_set_time(d, p->key, p->v.i);
		break;
	case MDM_PLIST_DICT:
		dict_fill(doc_set_object(d, p->key), p, depth + 1);
		break;
	case MDM_PLIST_ARRAY:
		list_fill(doc_set_list(d, p->key), p, depth + 1);
		break;
	case MDM_PLIST_DATA:
		break;
	}
}

static void dict_fill(struct doc *d, const struct mdm_plist *dict, int depth)
{
	if (depth > DEPTH_MOST)
		return;
	for (const struct mdm_plist *p = mdm_plist_first(dict); p; p = p->next)
		if (!mdm_query_is_watching(p->key))
			value_set(d, p, depth);
}

const char *mdm_facts_json(const struct mdm_plist *dict, struct arena *a)
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_ANSWER_MAX);
	struct doc *d = doc_new(a);

	dict_fill(d, dict, 0);
	doc_format(d, &b);
	return buf_ok(&b) ? arena_strdup(a, buf_str(&b)) : NULL;
}

/* --- what the enrolment itself remembers --- */

static void text_take(
	struct mdm_answer *an, const struct mdm_plist *d, const char *key, const char **member)
{
	const char *s = mdm_plist_str(d, key);

	if (!s || !*s || strlen(s) > MDM_TEXT_MAX || text_equal(s, *member))
		return;
	*member = s;
	an->changed = true;
}

static void enrollment_take(struct mdm_answer *an, const struct mdm_plist *d)
{
	struct mdm_enrollment *e = an->e;
	bool supervised;

	text_take(an, d, "OSVersion", &e->os_version);
	text_take(an, d, "BuildVersion", &e->build);
	text_take(an, d, "ProductName", &e->product);
	if (mdm_plist_bool(d, "IsSupervised", &supervised) == 0 &&
		e->supervised != (supervised ? 2 : 1)) {
		e->supervised = supervised ? 2 : 1;
		an->changed = true;
	}
	/* An answer a minute must not rewrite the enrolment each time. */
	if (an->now - e->told_at >= 3600)
		an->changed = true;
	if (an->changed)
		e->told_at = an->now;
}

static int latest_take(struct mdm_answer *an, enum mdm_latest what, const char *key)
{
	const struct mdm_plist *d = mdm_plist_dict(an->result->root, key);
	struct mdm_latest_value v = {.told_at = an->now};

	if (!d) {
		an->c->answer_unreadable = true;
		return 0;
	}
	v.json = mdm_facts_json(d, an->a);
	if (!v.json) {
		an->c->answer_unreadable = true;
		return 0;
	}
	if (what == MDM_LATEST_INFORMATION)
		enrollment_take(an, d);
	an->c->answer = bytes_of("", 0);
	return mdm_latest_put(an->txn, what, an->e->udid, &v);
}

int mdm_facts_take(struct mdm_answer *an)
{
	if (an->c->request == MDM_DEVICE_INFORMATION)
		return latest_take(an, MDM_LATEST_INFORMATION, "QueryResponses");
	return latest_take(an, MDM_LATEST_SECURITY, "SecurityInfo");
}

static int latest_add(struct store_txn *txn, struct arena *a, enum mdm_latest what,
	const char *udid, const char *name, struct buf *out)
{
	struct mdm_latest_value v;
	char at[CLOCK_TEXT];
	int err = mdm_latest_get(txn, a, what, udid, &v);

	if (err == ERR_NOTFOUND)
		return 0;
	if (err)
		return err;
	buf_printf(out, "%s\"%s\":%s,\"%s_at\":\"%s\"", out->n > 1 ? "," : "", name,
		v.json ? v.json : "{}", name, clock_format_utc(v.told_at, at));
	return 0;
}

int mdm_facts_battery(const struct doc *information)
{
	const struct doc *level = doc_value(information, "BatteryLevel");
	AUTO(buf) struct buf b = BUF_INIT(64);
	double n;

	if (doc_kind(level) != DOC_NUMBER)
		return -1;
	doc_format(level, &b);
	n = strtod(buf_str(&b), NULL);
	return n >= 0 && n <= 1 ? (int)(n * 100 + 0.5) : -1;
}

int mdm_facts_get(struct store_txn *txn, struct arena *a, const char *udid, const char **ret_json)
{
	AUTO(buf) struct buf b = BUF_INIT(4 * MDM_ANSWER_MAX);
	int err;

	buf_add_char(&b, '{');
	err = latest_add(txn, a, MDM_LATEST_INFORMATION, udid, "information", &b);
	if (err == 0)
		err = latest_add(txn, a, MDM_LATEST_SECURITY, udid, "security", &b);
	if (err)
		return err;
	if (b.n == 1)
		return ERR_NOTFOUND;
	buf_add_char(&b, '}');
	if (!buf_ok(&b))
		return ERR_TOOBIG;
	*ret_json = arena_strdup(a, buf_str(&b));
	return 0;
}

/* --- the Activation Lock's code --- */

static const char *bypass_context(struct arena *a, const char *serial)
{
	return mdm_seal_context(a, MDM_BYPASS_CONTEXT, serial);
}

static bool sealed_equals(struct mdm_answer *an, struct bytes sealed, const char *code)
{
	struct bytes plain;

	return sealed.n &&
	       cert_unseal(an->m->certs, bypass_context(an->a, an->e->serial), sealed, an->a,
		       &plain) == 0 &&
	       bytes_equal(plain, bytes_of_str(code));
}

/* The code changes with setups and erases, and the one in force cannot be known from here: a new
 * one moves the old one back, an empty answer changes nothing. */
int mdm_bypass_take(struct mdm_answer *an)
{
	const char *code = mdm_plist_str(an->result->root, "ActivationLockBypassCode");
	struct mdm_latest_value v = {0};
	int err = mdm_latest_get(an->txn, an->a, MDM_LATEST_BYPASS, an->e->serial, &v);

	if (err && err != ERR_NOTFOUND)
		return err;
	if (text_empty(code) || strlen(code) > MDM_TEXT_MAX) {
		an->c->answer_unreadable = true;
		return 0;
	}
	an->c->answer = bytes_of("", 0);
	if (!sealed_equals(an, v.sealed, code)) {
		v.sealed_before = v.sealed;
		err = cert_seal(an->m->certs, bypass_context(an->a, an->e->serial),
			bytes_of_str(code), an->a, &v.sealed);
		if (err)
			return err;
	}
	v.told_at = an->now;
	err = mdm_latest_put(an->txn, MDM_LATEST_BYPASS, an->e->serial, &v);
	return err || !an->m->ev.bypass
		       ? err
		       : an->m->ev.bypass(an->m->ev.ctx, an->txn, an->e->serial, MDM_BYPASS_TOLD,
				 an->now);
}
