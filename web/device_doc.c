/* SPDX-License-Identifier: EUPL-1.2 */
/* The document of one iPad: the thing, its enrolment, what is lost and what waits, in one read. */
#include "web/web_int.h"

static const char *enrollment_state_name(uint32_t s)
{
	return s == MDM_ENROLLED        ? "enrolled"
	       : s == MDM_AUTHENTICATED ? "authenticated"
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
	web_doc_opt_time(m, "seen", seen);
	web_doc_opt_time(m, "enrolled", e->enrolled_at);
	web_doc_opt_time(m, "checked_out", e->checked_out_at);
	web_doc_opt(m, "os_version", e->os_version);
	web_doc_opt(m, "build", e->build);
	web_doc_opt(m, "product", e->product);
	web_doc_opt(m, "imei", e->imei);
	if (e->supervised)
		doc_set_bool(m, "supervised", e->supervised == 2);
	doc_set_bool(m, "awaiting_configuration", e->awaiting_configuration);
	web_doc_opt_time(m, "identity_ends", e->identity_ends_at);
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

static int add_report(struct describing *ds, struct doc *d)
{
	struct mdm_report x;
	int err = mdm_report_get(ds->txn, ds->a, ds->serial, &x);

	if (err == 0)
		web_report_doc(&x, d, ds->a, ds->lang);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int add_lost(struct describing *ds, struct doc *d)
{
	struct mdm_lost lost;
	const char *hindrance, *waits = NULL;
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
	web_doc_opt(l, "reason", lost.reason);
	web_doc_opt(l, "message", lost.message);
	web_doc_opt(l, "phone", lost.phone);
	web_doc_opt(l, "footnote", lost.footnote);
	web_doc_opt_time(l, "since", lost.since);
	web_doc_opt_time(l, "on_since", lost.on_since);
	web_doc_opt(l, "by", lost.by);
	err = mdm_lost_hindrance(ds->txn, ds->a, &lost, ds->lang, &hindrance);
	if (err == 0)
		web_doc_opt(l, "hindrance", hindrance);
	if (err == 0)
		err = mdm_lost_waits(
			&(struct mdm_lost_view){ds->w->o.mdm, ds->txn, ds->a, ds->lang, ds->now},
			&lost, &waits);
	if (err == 0)
		web_doc_opt(l, "waits", waits);
	return err;
}

static int add_commands(struct describing *ds, struct doc *d, bool done)
{
	struct doc *list = doc_set_list(d, done ? "done" : "queue");
	struct mdm_command *c;
	size_t n;
	int err =
		done ? mdm_command_history(ds->txn, ds->e.udid, STORE_PIECE_N(ds->a, 0, 20), &c, &n)
		     : mdm_queue_list(ds->txn, ds->a, ds->e.udid, 100, &c, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		err = web_command_add_doc(
			ds->w, ds->txn, &c[i], doc_add_object(list), ds->a, ds->lang, ds->now);
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

/* One that is not enrolled may be lost all the same, and locked at Apple. */
static int add_absent(struct describing *ds, struct doc *d)
{
	int err = doc_object(d, "item") ? add_lost(ds, d) : ERR_NOTFOUND;

	return err ? err : web_activation_doc(ds->txn, ds->serial, ds->lang, ds->a, d);
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
		return add_absent(&ds, d);
	if (err == 0)
		err = add_enrollment(&ds, d);
	if (err == 0)
		err = add_lost(&ds, d);
	if (err == 0)
		err = add_facts(&ds, d);
	if (err == 0)
		err = add_report(&ds, d);
	if (err == 0)
		err = add_commands(&ds, d, false);
	if (err == 0)
		err = web_activation_doc(txn, ds.serial, lang, a, d);
	return err ? err : add_commands(&ds, d, true);
}
