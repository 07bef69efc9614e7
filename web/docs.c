/* SPDX-License-Identifier: EUPL-1.2 */
/* The documents: one shape of each thing, for the API and for --json alike. */
#include "web/web_int.h"

#include "base/text.h"

static void set_opt(struct doc *d, const char *key, const char *s)
{
	if (!text_empty(s))
		doc_set_str(d, key, s);
}

static void set_opt_time(struct doc *d, const char *key, int64_t t)
{
	if (t)
		doc_set_time(d, key, t);
}

void web_unit_doc(const struct inv_unit *u, struct doc *d, enum say_lang lang)
{
	const struct say *state = inv_state_say((enum inv_state)u->state);

	doc_set_str(d, "serial", u->serial);
	set_opt(d, "item_number", u->item_number);
	doc_set_str(d, "state", inv_state_name((enum inv_state)u->state));
	doc_set_str(d, "state_text", state->text[lang]);
	set_opt(d, "product", u->product);
	set_opt(d, "lease", u->lease);
	set_opt_time(d, "lease_ends", u->lease_ends_at);
	set_opt(d, "imei", u->imei);
	set_opt(d, "sim", u->sim);
	set_opt(d, "note", u->note);
	doc_set_bool(d, "enrolled", u->enrolled);
	doc_set_time(d, "made", u->made_at);
	doc_set_time(d, "changed", u->changed_at);
}

static const char *command_state_name(uint32_t s)
{
	static const char *const names[] = {
		[MDM_QUEUED] = "queued",
		[MDM_ACKNOWLEDGED] = "acknowledged",
		[MDM_ERROR] = "error",
		[MDM_FORMAT_ERROR] = "format_error",
		[MDM_EXPIRED] = "expired",
		[MDM_CANCELLED] = "cancelled",
	};

	return s > 0 && s < sizeof(names) / sizeof(names[0]) && names[s] ? names[s] : "unknown";
}

void web_command_doc(const struct mdm_command *c, const char *why, struct doc *d)
{
	doc_set_str(d, "uuid", c->uuid);
	set_opt(d, "serial", c->serial);
	doc_set_str(d, "request_type", c->request_type);
	doc_set_str(d, "state", command_state_name(c->state));
	doc_set_str(d, "why", why);
	doc_set_time(d, "made", c->made_at);
	doc_set_str(d, "made_by", c->made_by);
	set_opt_time(d, "expires", c->expires_at);
	set_opt_time(d, "done", c->done_at);
	if (c->put_off_count) {
		doc_set_int(d, "put_off_count", c->put_off_count);
		set_opt_time(d, "put_off", c->put_off_at);
	}
	set_opt(d, "error", c->error);
	if (c->answer_unreadable)
		doc_set_bool(d, "answer_unreadable", true);
}

int web_command_add_doc(struct web *w, struct store_txn *txn, const struct mdm_command *c,
	struct doc *d, struct arena *a, enum say_lang lang, int64_t now)
{
	const char *why;
	int err = mdm_command_why(w->o.mdm, txn, a, c, lang, now, &why);

	if (err == 0)
		web_command_doc(c, why, d);
	return err;
}

void web_location_doc(const struct mdm_location *l, struct doc *d)
{
	doc_set_str(d, "serial", l->serial);
	doc_set_str(d, "purpose", l->purpose);
	doc_set_str(d, "asked_by", l->asked_by);
	doc_set_time(d, "asked", l->asked_at);
	doc_set_str(d, "confirmed_by", l->confirmed_by);
	doc_set_time(d, "confirmed", l->confirmed_at);
	doc_set_time(d, "located", l->located_at);
	if (l->located_at && text_empty(l->error)) {
		doc_set_real(d, "latitude", l->latitude);
		doc_set_real(d, "longitude", l->longitude);
		doc_set_real(d, "accuracy_m", l->accuracy_m);
	}
	set_opt(d, "error", l->error);
}

static const char *enrollment_state_name(uint32_t s)
{
	return s == MDM_ENROLLED ? "enrolled" : s == MDM_AUTHENTICATED ? "authenticated"
								       : "checked_out";
}

static const char *phase_name(uint32_t phase)
{
	static const char *const names[] = {
		[MDM_NOT_LOST] = "not_lost",
		[MDM_LOST_WANTED] = "wanted",
		[MDM_LOST_ON] = "on",
		[MDM_LOST_LEAVING] = "leaving",
	};

	return phase <= MDM_LOST_LEAVING ? names[phase] : "unknown";
}

struct describing {
	struct web *w;
	struct store_txn *txn;
	struct arena *a;
	enum say_lang lang;
	int64_t now;
	const char *serial;
	struct mdm_enrollment e;
	bool enrolled;
};

static int add_enrollment(struct describing *ds, struct doc *d)
{
	const struct mdm_enrollment *e = &ds->e;
	struct doc *m = doc_set_object(d, "mdm");
	int64_t seen = 0;
	int err = mdm_enrollment_seen(ds->w->o.mdm, ds->txn, e, &seen);

	doc_set_str(m, "udid", e->udid);
	doc_set_str(m, "state", enrollment_state_name(e->state));
	doc_set_bool(m, "trusted", e->trusted);
	set_opt_time(m, "seen", seen);
	set_opt_time(m, "enrolled", e->enrolled_at);
	set_opt_time(m, "checked_out", e->checked_out_at);
	set_opt(m, "os_version", e->os_version);
	set_opt(m, "build", e->build);
	set_opt(m, "product", e->product);
	set_opt(m, "imei", e->imei);
	if (e->supervised)
		doc_set_bool(m, "supervised", e->supervised == 2);
	doc_set_bool(m, "awaiting_configuration", e->awaiting_configuration);
	set_opt_time(m, "identity_ends", e->identity_ends_at);
	return err;
}

static int add_facts(struct describing *ds, struct doc *d)
{
	struct doc *facts;
	const char *json;
	int err = mdm_facts_get(ds->txn, ds->a, ds->e.udid, &json);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	err = doc_parse(ds->a, bytes_of_str(json), &facts);
	if (err == 0)
		doc_set_doc(d, "facts", facts);
	return err;
}

static int add_lost(struct describing *ds, struct doc *d)
{
	struct mdm_lost lost;
	struct doc *l;
	int err = mdm_lost_get(ds->txn, ds->a, ds->serial, &lost);

	if (err == ERR_NOTFOUND) {
		doc_set_object(d, "lost");
		return 0;
	}
	if (err)
		return err;
	l = doc_set_object(d, "lost");
	doc_set_str(l, "phase", phase_name(lost.phase));
	set_opt(l, "reason", lost.reason);
	set_opt(l, "message", lost.message);
	set_opt(l, "phone", lost.phone);
	set_opt(l, "footnote", lost.footnote);
	set_opt_time(l, "since", lost.since);
	set_opt_time(l, "on_since", lost.on_since);
	set_opt(l, "by", lost.by);
	return 0;
}

static int add_commands(struct describing *ds, struct doc *d, bool done)
{
	struct doc *list = doc_set_list(d, done ? "done" : "queue");
	struct mdm_command *c;
	size_t n;
	int err = done ? mdm_command_history(ds->txn, ds->a, ds->e.udid, 0, 20, &c, &n)
		       : mdm_queue_list(ds->txn, ds->a, ds->e.udid, 100, &c, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = web_command_add_doc(ds->w, ds->txn, &c[i], doc_add_object(list), ds->a,
			ds->lang, ds->now);
	return err;
}

/* The thing itself, and the serial number that mdm knows it by. */
static int add_unit(struct describing *ds, const char *code, struct doc *d)
{
	struct inv_unit u;
	int err = inv_unit_find(ds->txn, ds->a, code, &u);

	ds->serial = err == 0 ? u.serial : code;
	if (err == 0)
		web_unit_doc(&u, doc_set_object(d, "item"), ds->lang);
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_device_doc(struct web *w, struct store_txn *txn, const char *code, struct doc *d,
	struct arena *a, enum say_lang lang, int64_t now)
{
	struct describing ds = {.w = w, .txn = txn, .a = a, .lang = lang, .now = now};
	int err = add_unit(&ds, code, d);

	if (err == 0) {
		err = mdm_enrollment_by_serial(txn, a, ds.serial, &ds.e);
		ds.enrolled = err == 0;
	}
	if (err == ERR_NOTFOUND)
		return doc_object(d, "item") ? add_lost(&ds, d) : ERR_NOTFOUND;
	if (err == 0)
		err = add_enrollment(&ds, d);
	if (err == 0)
		err = add_lost(&ds, d);
	if (err == 0)
		err = add_facts(&ds, d);
	if (err == 0)
		err = add_commands(&ds, d, false);
	return err ? err : add_commands(&ds, d, true);
}
