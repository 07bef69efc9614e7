/* SPDX-License-Identifier: EUPL-1.2 */
/* The manifest of one iPad: made from its sets, and put in place of the one before. */
#include "mdm/ddm_int.h"

#include "base/text.h"

#include <stdlib.h>

#define BEFORE_MOST 8
#define BEFORE_LIFE_S 86400

const char *mdm_declaration_identifier(struct arena *a, const char *profile_id, const char *id)
{
	return arena_printf(a, "%s.declaration.%s", profile_id, id);
}

/* --- the list --- */

struct listing {
	struct mdm *m;
	struct arena *a;
	const struct mdm_enrollment *e;
	struct mdm_declaration *list;
	size_t n;
};

static void listing_add(struct listing *l, enum mdm_declaration_class class, const char *type,
	const char *id, const char *payload)
{
	struct mdm_declaration *d = &l->list[l->n++];

	*d = (struct mdm_declaration){.class = class,
		.type = type,
		.identifier = mdm_declaration_identifier(l->a, l->m->o.profile_id, id),
		.payload = payload};
	mdm_declaration_seal(d);
}

static const char *payload_text(struct arena *a, const struct doc *spec)
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_SPEC_MAX);
	const struct doc *payload = doc_object(spec, "payload");

	if (!payload)
		return "{}";
	doc_format(payload, &b);
	return arena_strdup(a, buf_str(&b));
}

static bool type_fits(const struct mdm_declaration_type *t, const struct mdm_enrollment *e)
{
	return t && mdm_version_at_least(e->os_version, t->since) &&
	       !(t->supervised && e->supervised == 1);
}

/* Of the items that this iPad can have; with them, what it is to report and what makes them
 * count. No declarations at all: nothing to report either. */
static void listing_fill(struct listing *l, struct mdm_live_item *const *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct mdm_declaration_type *t =
			mdm_declaration_type(doc_str(items[i]->spec, "type"));

		if (items[i]->item.kind == MDM_ITEM_DECLARATION && type_fits(t, l->e))
			listing_add(l, t->class, t->type, items[i]->item.id,
				payload_text(l->a, items[i]->spec));
	}
	if (l->n == 0)
		return;
	listing_add(l, MDM_CLASS_CONFIGURATION,
		"com.apple.configuration.management.status-subscriptions", "_status",
		mdm_subscriptions_json(l->a, l->e->os_version));
	listing_add(l, MDM_CLASS_ACTIVATION, "com.apple.activation.simple", "_all",
		mdm_activation_json(l->a, l->list, l->n));
}

/* --- in place of the one before --- */

/* The newest first; the old and the many are let go. */
static int before_push(struct store_txn *txn, struct arena *a, struct mdm_ddm *x, int64_t now)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);
	const char *at = x->before ? x->before : "";
	size_t kept = 1;
	int err = 0;

	buf_printf(&b, "%s %lld", x->token, (long long)now);
	while (err == 0 && *at) {
		size_t n = strcspn(at, " ");
		const char *token = arena_strndup(a, at, n);
		int64_t replaced_at = 0;

		at += n + strspn(at + n, " ");
		n = strcspn(at, " ");
		if (text_parse_i64(arena_strndup(a, at, n), &replaced_at) != 0)
			return ERR_CORRUPT;
		at += n;
		at += strspn(at, " ");
		if (kept < BEFORE_MOST && replaced_at > now - BEFORE_LIFE_S) {
			buf_printf(&b, " %s %lld", token, (long long)replaced_at);
			kept++;
		} else {
			err = mdm_manifest_drop(txn, token);
		}
	}
	x->before = arena_strdup(a, buf_str(&b));
	return err;
}

/* One that waits is enough; one that is out may have been answered with the old list. */
static int command_put(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_request_row *row = mdm_request_by_type("DeclarativeManagement");
	const struct mdm_new_command n = {.e = e,
		.row = row,
		.command = mdm_plist_new(a, MDM_PLIST_DICT),
		.made_by = MDM_DESIRED_BY,
		.own = MDM_OWN_CALM};
	struct mdm_command c;
	enum mdm_lane lane;
	char uuid[MDM_UUID];
	int64_t at;
	int err = mdm_line_find_type(txn, a, e->udid, row->type, &c, &lane);

	if (err && err != ERR_NOTFOUND)
		return err;
	if (err == 0 && !c.handed_at && !c.put_off_count &&
		!(mdm_handed_get(m->line, e->udid, uuid, &at) && text_equal(uuid, c.uuid)))
		return 0;
	mdm_plist_set_str(n.command, "RequestType", row->type);
	return mdm_queue_put(m, txn, &n, now, uuid);
}

static int manifest_set(struct store_txn *txn, struct arena *a, const struct listing *l,
	struct mdm_ddm *x, const char *token, int64_t now)
{
	int err = x->token ? before_push(txn, a, x, now) : 0;

	if (err == 0)
		err = mdm_manifest_hold(txn, token, l->list, l->n);
	if (err)
		return err;
	x->token = token;
	x->made_at = now;
	return mdm_ddm_put(txn, l->e->serial, x);
}

int mdm_ddm_visit(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	struct mdm_live_item *const *items, size_t n, int64_t now, size_t *ret_queued)
{
	AUTO(arena) struct arena *a = arena_new();
	struct listing l = {.m = m, .a = a, .e = e};
	struct mdm_ddm x = {0};
	char token[MDM_TOKEN_TEXT];
	int err;

	l.list = ARENA_ARRAY(a, struct mdm_declaration, n + 2);
	listing_fill(&l, items, n);
	err = mdm_ddm_get(txn, a, e->serial, &x);
	if (err == ERR_NOTFOUND && l.n == 0)
		return 0;
	if (err && err != ERR_NOTFOUND)
		return err;
	mdm_manifest_token(l.list, l.n, token);
	if (text_equal(x.token, token))
		return 0;
	err = manifest_set(txn, a, &l, &x, token, now);
	if (err == 0)
		err = command_put(m, txn, e, now);
	*ret_queued += err == 0;
	return err;
}

/* --- how it stands --- */

static void slot_judge(
	const struct mdm_declaration_state *s, const char *ours, struct mdm_applied *ret)
{
	if (!text_equal(s->server_token, ours))
		return; /* it speaks of an older one */
	if (text_equal(s->valid, "invalid")) {
		ret->state = MDM_APPLIED_FAILED;
		ret->error = s->reason ? s->reason : "invalid";
	} else if (text_equal(s->valid, "valid")) {
		ret->state = MDM_APPLIED_ON;
		ret->had = true;
	}
}

static const struct mdm_manifest_row *row_find(
	const struct mdm_manifest_row *rows, size_t n, const char *identifier)
{
	for (size_t i = 0; i < n; i++) {
		if (text_equal(rows[i].identifier, identifier))
			return &rows[i];
	}
	return NULL;
}

int mdm_ddm_slot(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	const struct mdm_item *item, struct mdm_applied *ret)
{
	const char *identifier = mdm_declaration_identifier(a, m->o.profile_id, item->id);
	struct mdm_applied x = {.kind = item->kind, .id = item->id, .state = MDM_APPLIED_SENT};
	const struct mdm_manifest_row *row;
	struct mdm_manifest_row *rows;
	struct mdm_declaration_state told;
	struct mdm_report status;
	struct mdm_ddm ddm;
	struct doc *d;
	size_t n;
	int err = mdm_ddm_get(txn, a, serial, &ddm);

	if (err == 0)
		err = mdm_manifest_get(txn, a, ddm.token, &rows, &n);
	if (err)
		return err;
	x.at = ddm.made_at;
	row = row_find(rows, n, identifier);
	if (!row) {
		x.state = MDM_APPLIED_UNABLE;
		x.error = mdm_say_version.code;
	}
	err = row ? mdm_report_get(txn, a, serial, &status) : ERR_NOTFOUND;
	if (err == 0 && doc_parse(a, bytes_of_str(status.json), &d) == 0 &&
		mdm_status_of(d, row->class, identifier, &told)) {
		slot_judge(&told, row->server_token, &x);
		x.at = status.at;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = x;
	return 0;
}
