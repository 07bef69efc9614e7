/* SPDX-License-Identifier: EUPL-1.2 */
/* The manifest of one iPad: made from its sets, and put in place of the one before. */
#include "mdm/ddm_int.h"

#include "base/text.h"

#include <stdlib.h>

#define REPORTS_SINCE "17.0" /* tells of its battery */
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
	const struct mdm_build *build;
};

static void listing_add(struct listing *l, enum mdm_declaration_class class, const char *type,
	const char *id, const char *payload)
{
	struct mdm_declaration *d = &l->list[l->n++];

	*d = (struct mdm_declaration){.class = class,
		.type = type,
		.identifier = mdm_declaration_identifier(l->a, l->m->o->profile_id, id),
		.payload = payload};
	mdm_declaration_seal(d);
}

static const char *payload_text(struct arena *a, const struct doc *payload)
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_SPEC_MAX);

	if (!payload)
		return "{}";
	doc_format(payload, &b);
	return arena_strdup(a, buf_str(&b));
}

int mdm_declared_build(const struct mdm_build *b, const struct mdm_live_item *x, struct bytes *ret)
{
	struct mdm_build with = *b;

	with.blob = x->item.blob;
	return mdm_profile_build(&with, arena_printf(b->a, "declared.%s", x->item.id),
		doc_object(x->spec, "profile"), ret);
}

static const char *hash_of(struct arena *a, struct bytes v)
{
	uint8_t h[DIGEST_BYTES];

	digest_of(v, h);
	return text_hex(a, bytes_of(h, sizeof(h)));
}

static bool profile_fits(const struct doc *profile, const struct mdm_enrollment *e)
{
	const struct mdm_payload_type *t = mdm_payload_type(doc_str(profile, "type"));

	return !t || (mdm_version_at_least(e->os_version, t->since) &&
			     !(t->supervised && e->supervised == 1));
}

/* With the address of the profile it carries; the bytes are kept beside it. */
static int payload_of(struct listing *l, const struct mdm_live_item *x,
	const struct mdm_declaration_type *t, const char **ret, struct bytes *ret_profile)
{
	const struct doc *said = doc_object(x->spec, "payload");
	struct doc *d;
	int err;

	*ret_profile = bytes_of(NULL, 0);
	*ret = payload_text(l->a, said);
	if (!mdm_declaration_carries(t, x->spec))
		return 0;
	if (!profile_fits(doc_object(x->spec, "profile"), l->e))
		return ERR_REFUSED;
	err = mdm_declared_build(l->build, x, ret_profile);
	if (err == 0)
		err = doc_parse(l->a, bytes_of_str(*ret), &d);
	if (err)
		return err;
	doc_set_str(d, "ProfileURL",
		mdm_declared_url(
			l->a, l->m->o->device_url, x->item.id, hash_of(l->a, *ret_profile)));
	*ret = payload_text(l->a, d);
	return 0;
}

static int listing_add_item(
	struct listing *l, const struct mdm_live_item *x, const struct mdm_declaration_type *t)
{
	const char *payload;
	struct bytes profile;
	int err = payload_of(l, x, t, &payload, &profile);

	if (err == ERR_REFUSED) /* what fits this iPad no longer is left out, as others are */
		return 0;
	if (err)
		return err;
	listing_add(l, t->class, t->type, x->item.id, payload);
	l->list[l->n - 1].profile = profile;
	return 0;
}

static bool type_fits(const struct mdm_declaration_type *t, const struct mdm_enrollment *e)
{
	return t && mdm_version_at_least(e->os_version, t->since) &&
	       !(t->supervised && e->supervised == 1);
}

/* Of the items that this iPad can have; with them, what it is to report and what makes them
 * count. No declarations at all: nothing to report either, but where the settings want it. */
static int listing_fill(struct listing *l, struct mdm_live_item *const *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct mdm_declaration_type *t =
			mdm_declaration_type(doc_str(items[i]->spec, "type"));
		int err = items[i]->item.kind == MDM_ITEM_DECLARATION && type_fits(t, l->e)
				  ? listing_add_item(l, items[i], t)
				  : 0;

		if (err)
			return err;
	}
	if (l->n == 0 &&
		!(l->m->o->reports && mdm_version_at_least(l->e->os_version, REPORTS_SINCE)))
		return 0;
	listing_add(l, MDM_CLASS_CONFIGURATION,
		"com.apple.configuration.management.status-subscriptions", "_status",
		mdm_subscriptions_json(l->a, l->e->os_version));
	listing_add(l, MDM_CLASS_ACTIVATION, "com.apple.activation.simple", "_all",
		mdm_activation_json(l->a, l->list, l->n));
	return 0;
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
	char uuid[MDM_UUID];
	int64_t at;
	int err = mdm_line_find_type(txn, a, e->udid, row->type, &c);

	if (err && err != ERR_NOTFOUND)
		return err;
	if (err == 0 && !c.handed_at && !c.put_off_count &&
		!(mdm_handed_get(m->line, e->udid, uuid, &at) && text_equal(uuid, c.uuid)))
		return 0;
	mdm_plist_set_str(n.command, "RequestType", row->type);
	return mdm_queue_put(m, txn, &n, now, uuid);
}

/* Sealed as they are kept: profiles hold passwords. */
static int profiles_seal(const struct listing *l)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < l->n; i++) {
		struct mdm_declaration *d = &l->list[i];

		if (d->profile.n)
			err = cert_seal(l->m->certs,
				mdm_seal_context(l->a, MDM_DECLARED_CONTEXT, d->server_token),
				d->profile, l->a, &d->profile);
	}
	return err;
}

static int manifest_set(struct store_txn *txn, struct arena *a, const struct listing *l,
	struct mdm_ddm *x, const char *token, int64_t now)
{
	int err = x->token ? before_push(txn, a, x, now) : 0;

	if (err == 0)
		err = profiles_seal(l);
	if (err == 0)
		err = mdm_manifest_hold(txn, token, l->list, l->n);
	if (err)
		return err;
	x->token = token;
	x->made_at = now;
	return mdm_ddm_put(txn, l->e->serial, x);
}

int mdm_ddm_visit(const struct mdm_ddm_ask *k, size_t *ret_queued)
{
	AUTO(arena) struct arena *a = arena_new();
	struct listing l = {.m = k->m, .a = a, .e = k->e, .build = k->build};
	struct mdm_ddm x = {0};
	char token[MDM_TOKEN_TEXT];
	int err;

	l.list = ARENA_ARRAY(a, struct mdm_declaration, k->n + 2);
	err = listing_fill(&l, k->items, k->n);
	if (err)
		return err;
	err = mdm_ddm_get(k->txn, a, k->e->serial, &x);
	if (err == ERR_NOTFOUND && l.n == 0)
		return 0;
	if (err && err != ERR_NOTFOUND)
		return err;
	mdm_manifest_token(l.list, l.n, token);
	if (text_equal(x.token, token))
		return 0;
	err = manifest_set(k->txn, a, &l, &x, token, k->now);
	if (err == 0)
		err = command_put(k->m, k->txn, k->e, k->now);
	*ret_queued += err == 0;
	return err;
}

/* --- how it stands --- */

/* Without an arena: how it stands alone, not in which words. */
static void slot_judge(struct arena *a, const struct mdm_declaration_state *s, const char *ours,
	struct mdm_applied *ret)
{
	if (!text_equal(s->server_token, ours))
		return; /* it speaks of an older one */
	if (text_equal(s->valid, "invalid")) {
		ret->state = MDM_APPLIED_FAILED;
		ret->error = s->reason && a ? mdm_reason_of(a, s->reason) : "invalid";
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
	const char *identifier = mdm_declaration_identifier(a, m->o->profile_id, item->id);
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
		slot_judge(a, &told, row->server_token, &x);
		x.at = status.at;
	}
	if (err && err != ERR_NOTFOUND)
		return err;
	*ret = x;
	return 0;
}

static bool is_of_item(const struct mdm_manifest_row *row)
{
	return row->class != MDM_CLASS_ACTIVATION && !strstr(row->identifier, ".declaration._");
}

static enum mdm_stands row_stands(const struct doc *status, const struct mdm_manifest_row *row)
{
	struct mdm_applied x = {.state = MDM_APPLIED_SENT};
	struct mdm_declaration_state told;

	if (status && mdm_status_of(status, row->class, row->identifier, &told))
		slot_judge(NULL, &told, row->server_token, &x);
	return x.state == MDM_APPLIED_ON     ? MDM_STANDS_DONE
	       : x.state == MDM_APPLIED_SENT ? MDM_STANDS_WAITING
					     : MDM_STANDS_FAILED;
}

static int status_read(
	struct store_txn *txn, struct arena *a, const char *serial, struct doc **ret)
{
	struct mdm_report x;
	int err = mdm_report_get(txn, a, serial, &x);

	*ret = NULL;
	if (err == 0 && doc_parse(a, bytes_of_str(x.json), ret) != 0)
		*ret = NULL;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int manifest_read(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_manifest_row **ret, size_t *ret_n)
{
	struct mdm_ddm ddm;
	int err = mdm_ddm_get(txn, a, serial, &ddm);

	*ret_n = 0;
	if (err == 0)
		err = mdm_manifest_get(txn, a, ddm.token, ret, ret_n);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int rows_stand(
	struct store_txn *txn, struct arena *a, const char *serial, bool ret_any[MDM_STANDS])
{
	struct mdm_manifest_row *rows;
	struct doc *status = NULL;
	bool looked = false;
	size_t n;
	int err = manifest_read(txn, a, serial, &rows, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!is_of_item(&rows[i]))
			continue;
		if (!looked)
			err = status_read(txn, a, serial, &status);
		looked = true;
		ret_any[row_stands(status, &rows[i])] = true;
	}
	return err;
}

int mdm_ddm_stands(
	struct store_txn *txn, struct arena *a, const char *serial, enum mdm_stands *ret)
{
	bool any[MDM_STANDS] = {false};
	int err = rows_stand(txn, a, serial, any);

	if (err == 0)
		*ret = any[MDM_STANDS_FAILED]    ? MDM_STANDS_FAILED
		       : any[MDM_STANDS_WAITING] ? MDM_STANDS_WAITING
						 : MDM_STANDS_DONE;
	return err;
}

int mdm_ddm_waits(struct store_txn *txn, struct arena *a, const char *serial, bool *ret)
{
	bool any[MDM_STANDS] = {false};
	int err = rows_stand(txn, a, serial, any);

	if (err == 0)
		*ret = any[MDM_STANDS_WAITING];
	return err;
}

int mdm_ddm_holds(const struct mdm_round *rd, struct arena *a, const char *serial, const char *id,
	bool *ret)
{
	struct mdm_manifest_row *rows;
	size_t n;
	int err = manifest_read(rd->txn, a, serial, &rows, &n);

	if (err == 0)
		*ret = row_find(rows, n,
			       mdm_declaration_identifier(a, rd->m->o->profile_id, id)) != NULL;
	return err;
}
