/* SPDX-License-Identifier: EUPL-1.2 */
/* The documents: one shape of each thing, for the API and for --json alike. */
#include "web/web_int.h"

#include "base/text.h"

void web_doc_opt(struct doc *d, const char *key, const char *s)
{
	if (!text_empty(s))
		doc_set_str(d, key, s);
}

void web_doc_opt_time(struct doc *d, const char *key, int64_t t)
{
	if (t)
		doc_set_time(d, key, t);
}

static void opt_day(struct doc *d, const char *key, int32_t day)
{
	char text[DAY_TEXT];

	if (day)
		doc_set_str(d, key, day_format(day, text));
}

static void opt_int(struct doc *d, const char *key, int64_t n)
{
	if (n)
		doc_set_int(d, key, n);
}

/* What is said of a thing besides what every iPad has. */
static void unit_more(const struct inv_unit *u, struct doc *d)
{
	if (u->kind)
		doc_set_str(d, "kind", inv_kind_name(u->kind));
	web_doc_opt(d, "product_id", u->product_id);
	web_doc_opt(d, "place", u->place);
	web_doc_opt(d, "home", u->home);
	web_doc_opt(d, "bound_for", u->bound_for);
	if (u->condition)
		doc_set_str(d, "condition", inv_condition_name(u->condition));
	web_doc_opt(d, "condition_note", u->condition_note);
	if (u->ownership)
		doc_set_str(d, "ownership", inv_ownership_name(u->ownership));
	web_doc_opt(d, "maker_serial", u->maker_serial);
	web_doc_opt(d, "lot", u->lot);
	web_doc_opt(d, "model", u->model);
	web_doc_opt(d, "supplier", u->supplier);
	web_doc_opt(d, "delivery", u->delivery);
	opt_int(d, "price_ore", u->price_ore);
	opt_day(d, "made_day", u->made_day);
	opt_day(d, "expires_day", u->expires_day);
	opt_day(d, "bought_day", u->bought_day);
	if (u->display)
		doc_set_bool(d, "display", true);
	web_doc_opt(d, "kit", u->kit);
	opt_int(d, "parts", u->parts);
	opt_int(d, "parts_missing", u->parts_missing);
	opt_int(d, "faults_open", u->faults_open);
	web_doc_opt(d, "loan", u->loan);
	opt_int(d, "loans", u->loans);
	web_doc_opt_time(d, "lent", u->lent_at);
	opt_int(d, "photo", (int64_t)u->photo);
}

void web_unit_doc(const struct inv_unit *u, struct doc *d, enum say_lang lang)
{
	const struct say *state = inv_state_say((enum inv_state)u->state);

	doc_set_str(d, "serial", u->serial);
	web_doc_opt(d, "item_number", u->item_number);
	doc_set_str(d, "state", inv_state_name((enum inv_state)u->state));
	doc_set_str(d, "state_text", say_plain(state, lang));
	web_doc_opt(d, "product", u->product);
	web_doc_opt(d, "lease", u->lease);
	web_doc_opt_time(d, "lease_ends", u->lease_ends_at);
	web_doc_opt(d, "imei", u->imei);
	web_doc_opt(d, "eid", u->eid);
	web_color_doc(d, lang, u->color);
	web_doc_opt(d, "sim", u->sim);
	web_doc_opt(d, "police", u->police);
	web_doc_opt(d, "note", u->note);
	unit_more(u, d);
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

static void command_doc(const struct mdm_command *c, const char *why, struct doc *d)
{
	doc_set_str(d, "uuid", c->uuid);
	web_doc_opt(d, "serial", c->serial);
	doc_set_str(d, "request_type", c->request_type);
	doc_set_str(d, "state", command_state_name(c->state));
	doc_set_str(d, "why", why);
	doc_set_time(d, "made", c->made_at);
	doc_set_str(d, "made_by", c->made_by);
	web_doc_opt_time(d, "expires", c->expires_at);
	web_doc_opt_time(d, "done", c->done_at);
	if (c->put_off_count) {
		doc_set_int(d, "put_off_count", c->put_off_count);
		web_doc_opt_time(d, "put_off", c->put_off_at);
	}
	web_doc_opt(d, "error", c->error);
	if (c->answer_unreadable)
		doc_set_bool(d, "answer_unreadable", true);
}

int web_command_add_doc(struct web *w, struct store_txn *txn, const struct mdm_command *c,
	struct doc *d, struct arena *a, enum say_lang lang, int64_t now)
{
	const char *why;
	int err = mdm_command_why(w->o.mdm, txn, a, c, lang, now, &why);

	if (err == 0)
		command_doc(c, why, d);
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
	web_doc_opt(d, "error", l->error);
}

void web_bypass_doc(const struct mdm_bypass *b, struct doc *d)
{
	doc_set_str(d, "code", b->code);
	web_doc_opt(d, "code_before", b->code_before);
	web_doc_opt(d, "server_code", b->server_code);
	web_doc_opt(d, "server_code_before", b->server_code_before);
	doc_set_time(d, "told", b->told_at);
}

void web_event_doc(const struct inv_event *e, struct doc *d)
{
	doc_set_int(d, "seq", (int64_t)e->seq);
	doc_set_time(d, "at", e->at);
	doc_set_str(d, "actor", e->actor);
	doc_set_str(d, "kind", e->kind);
	if (e->from)
		doc_set_str(d, "from", inv_state_name((enum inv_state)e->from));
	if (e->to)
		doc_set_str(d, "to", inv_state_name((enum inv_state)e->to));
	if (!text_empty(e->text))
		doc_set_str(d, "text", e->text);
}

void web_task_doc(const struct inv_task *t, struct doc *d)
{
	doc_set_int(d, "id", (int64_t)t->id);
	doc_set_str(d, "serial", t->serial);
	doc_set_str(d, "kind", t->kind);
	doc_set_str(d, "detail", t->detail);
	doc_set_time(d, "made", t->made_at);
	doc_set_str(d, "made_by", t->made_by);
	doc_set_time(d, "done", t->done_at);
	doc_set_str(d, "done_by", t->done_by);
}

void web_import_doc(const struct inv_import_report *r, struct doc *d)
{
	struct doc *list;

	doc_set_int(d, "rows", (int64_t)r->rows);
	doc_set_int(d, "made", (int64_t)r->made);
	doc_set_int(d, "changed", (int64_t)r->changed);
	doc_set_int(d, "same", (int64_t)r->same);
	doc_set_int(d, "refused", (int64_t)r->refused);
	list = doc_set_list(d, "faults");
	for (size_t i = 0; i < r->fault_count; i++) {
		struct doc *f = doc_add_object(list);

		doc_set_int(f, "line", (int64_t)r->faults[i].line);
		doc_set_str(f, "column", r->faults[i].column);
		doc_set_str(f, "text", r->faults[i].text);
	}
}

void web_audit_doc(const struct audit_record *x, struct doc *d)
{
	AUTO(arena) struct arena *a = arena_new();

	doc_set_int(d, "seq", (int64_t)x->seq);
	doc_set_time(d, "at", x->at);
	doc_set_str(d, "actor", x->actor);
	doc_set_str(d, "via", x->via);
	doc_set_str(d, "act", x->act);
	doc_set_str(d, "object", x->object);
	if (!text_empty(x->detail))
		doc_set_str(d, "detail", x->detail);
	doc_set_str(d, "before", text_hex(a, bytes_of(x->before, sizeof(x->before))));
}

void web_account_doc(const struct web_account *u, struct doc *d)
{
	AUTO(buf) struct buf roles = BUF_INIT(128);

	web_roles_format(u->roles, &roles);
	doc_set_str(d, "name", u->name);
	doc_set_str(d, "roles", buf_str(&roles));
	doc_set_bool(d, "one_time_password", u->one_time);
	doc_set_bool(d, "provider", u->by_provider);
	doc_set_time(d, "made", u->made_at);
	doc_set_time(d, "signed_in", u->signed_in_at);
	doc_set_time(d, "closed", u->closed_at);
}

void web_token_doc(const struct web_token *t, struct doc *d)
{
	AUTO(buf) struct buf roles = BUF_INIT(128), areas = BUF_INIT(128);

	web_roles_format(t->roles, &roles);
	web_areas_format(t->areas, &areas);
	doc_set_str(d, "id", t->id);
	doc_set_str(d, "account", t->account);
	doc_set_str(d, "note", t->note);
	doc_set_str(d, "roles", buf_str(&roles));
	doc_set_str(d, "areas", buf_str(&areas));
	doc_set_bool(d, "read_only", t->read_only);
	doc_set_time(d, "made", t->made_at);
	doc_set_str(d, "made_by", t->made_by);
	web_doc_opt(d, "station", t->station);
	doc_set_time(d, "used", t->used_at);
	doc_set_time(d, "expires", t->expires_at);
}

void web_session_doc(const struct web_token *t, struct doc *d)
{
	doc_set_str(d, "id", t->id);
	doc_set_bool(d, "browser", t->browser);
	web_doc_opt(d, "agent", t->agent);
	web_doc_opt(d, "station", t->station);
	doc_set_bool(d, "locked", t->locked_at != 0);
	doc_set_time(d, "made", t->made_at);
	doc_set_time(d, "used", t->used_at);
	doc_set_time(d, "expires", t->expires_at);
}

void web_invitation_doc(const struct mdm_invitation *i, struct doc *d)
{
	doc_set_str(d, "id", i->id);
	doc_set_str(d, "serial", i->serial);
	doc_set_str(d, "note", i->note);
	doc_set_int(d, "most", i->most);
	doc_set_int(d, "used", i->used);
	doc_set_int(d, "begun", i->begun);
	doc_set_time(d, "made", i->made_at);
	doc_set_str(d, "made_by", i->made_by);
	doc_set_time(d, "expires", i->expires_at);
	doc_set_time(d, "closed", i->closed_at);
}
