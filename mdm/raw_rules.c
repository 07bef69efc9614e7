/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A raw plist lets an administrator send what has no form of its own, but not past the rules:
 * what the table does not know, or will never send, is refused here with its reason.
 */
#include "mdm/queue_int.h"

#include "base/text.h"

static const struct xml_limits raw_limits = {
	.bytes = 8 * 1024 * 1024, .depth = 32, .elements = 20000, .entities = 20000};

struct raw {
	const char *type; /* RequestType or item, for the sentences */
	struct arena *a;
	const struct mdm_enrollment *e;
	struct refusal *r;
};

static const char *kind_name(enum mdm_plist_kind k)
{
	static const char *const names[] = {[MDM_PLIST_DICT] = "<dict>",
		[MDM_PLIST_ARRAY] = "<array>",
		[MDM_PLIST_STRING] = "<string>",
		[MDM_PLIST_DATA] = "<data>",
		[MDM_PLIST_INTEGER] = "<integer>",
		[MDM_PLIST_REAL] = "<real>",
		[MDM_PLIST_DATE] = "<date>",
		[MDM_PLIST_BOOL] = "<true/> / <false/>"};

	return names[k];
}

static const struct mdm_key *key_find(const struct mdm_key *keys, const char *name)
{
	for (; keys->name; keys++)
		if (text_equal(keys->name, name))
			return keys;
	return NULL;
}

static bool kind_fits(const struct mdm_plist *p, const struct mdm_key *k)
{
	return p->kind == k->kind || (k->kind == MDM_PLIST_REAL && p->kind == MDM_PLIST_INTEGER);
}

static int keys_check(const struct raw *w, const struct mdm_plist *d, const struct mdm_key *keys,
	const char *besides);

static int value_check(const struct raw *w, const struct mdm_plist *p, const struct mdm_key *k)
{
	if (!kind_fits(p, k))
		return refuse(w->r, &mdm_say_raw_kind, w->type, k->name, kind_name(k->kind));
	if (w->e && k->since && !mdm_version_at_least(w->e->os_version, k->since))
		return refuse(w->r, &mdm_say_version, k->name, k->since, w->e->os_version);
	if (k->kind == MDM_PLIST_INTEGER && (k->min || k->max) &&
		(p->v.i < k->min || p->v.i > k->max))
		return refuse(w->r, &mdm_say_raw_range, w->type, k->name,
			arena_printf(w->a, "%d–%d", k->min, k->max));
	if (p->kind == MDM_PLIST_BOOL && p->v.b && k->never_true)
		return refuse(w->r, k->never_true, k->name, NULL, NULL);
	if (k->kind == MDM_PLIST_DICT && k->inner)
		return keys_check(w, p, k->inner, NULL);
	return 0;
}

/* Every key known and right, none that is needed missing. `besides` is a key checked elsewhere. */
static int keys_check(const struct raw *w, const struct mdm_plist *d, const struct mdm_key *keys,
	const char *besides)
{
	for (const struct mdm_plist *p = mdm_plist_first(d); p; p = p->next) {
		const struct mdm_key *k = key_find(keys, p->key);
		int ret;

		if (text_equal(p->key, besides))
			continue;
		if (!k)
			return refuse(w->r, &mdm_say_raw_key, w->type, p->key, NULL);
		ret = value_check(w, p, k);
		if (ret)
			return ret;
	}
	for (const struct mdm_key *k = keys; k->name; k++)
		if (k->required && !mdm_plist_get(d, k->name))
			return refuse(w->r, &mdm_say_raw_missing, w->type, k->name, NULL);
	return 0;
}

static int queries_check(const struct raw *w, const struct mdm_plist *queries)
{
	if (!mdm_plist_first(queries))
		return refuse(w->r, &mdm_say_raw_empty, w->type, "Queries", NULL);
	for (const struct mdm_plist *p = mdm_plist_first(queries); p; p = p->next) {
		const char *name = mdm_plist_text(p);
		const struct mdm_query *q = mdm_query_by_key(name);

		if (!name)
			return refuse(w->r, &mdm_say_raw_kind, w->type, "Queries", "<string>");
		if (!q)
			return refuse(w->r, &mdm_say_raw_query, name, NULL, NULL);
		if (q->watching)
			return refuse(w->r, &mdm_never_watching, name, NULL, NULL);
		if (q->shared)
			return refuse(w->r, &mdm_never_shared, name, NULL, NULL);
		if ((q->rights & MDM_RIGHTS) != q->rights)
			return refuse(w->r, &mdm_say_right, name, NULL, NULL);
	}
	return 0;
}

static int setting_check(const struct raw *w, const struct mdm_plist *d)
{
	const char *item = mdm_plist_str(d, "Item");
	const struct mdm_setting *s = mdm_setting_by_item(item);
	struct raw inner = *w;

	if (!item)
		return refuse(w->r, &mdm_say_raw_missing, "Settings", "Item", NULL);
	if (!s)
		return refuse(w->r, &mdm_say_raw_item, item, NULL, NULL);
	if (s->never)
		return refuse(w->r, s->never, item, NULL, NULL);
	if ((s->rights & MDM_RIGHTS) != s->rights)
		return refuse(w->r, &mdm_say_right, item, NULL, NULL);
	if (w->e && s->supervised && w->e->supervised == 1)
		return refuse(w->r, &mdm_say_supervised, item, NULL, NULL);
	if (w->e && !mdm_version_at_least(w->e->os_version, s->since))
		return refuse(w->r, &mdm_say_version, item, s->since, w->e->os_version);
	inner.type = item;
	return keys_check(&inner, d, s->keys, "Item");
}

static int settings_check(const struct raw *w, const struct mdm_plist *items)
{
	if (!mdm_plist_first(items))
		return refuse(w->r, &mdm_say_raw_empty, w->type, "Settings", NULL);
	for (const struct mdm_plist *p = mdm_plist_first(items); p; p = p->next) {
		int ret = setting_check(w, p);

		if (ret)
			return ret;
	}
	return 0;
}

static enum mdm_choice choice_get(const struct mdm_plist *d, const char *key)
{
	bool b;

	if (mdm_plist_bool(d, key, &b))
		return MDM_NOT_CHOSEN;
	return b ? MDM_YES : MDM_NO;
}

/* What mdm_ask_check() is to judge; other types have been judged by the tables. */
static void ask_fill(
	const struct mdm_plist *d, const struct mdm_request_row *row, struct mdm_ask *ask)
{
	if (!row->members || row->request == MDM_SETTINGS || !row->members->name)
		return;
	for (const struct mdm_member *m = row->members; m->name; m++) {
		const struct mdm_plist *in = m->under ? mdm_plist_dict(d, m->under) : d;
		void *to = (uint8_t *)ask + m->offset;

		if (m->ours || !m->key)
			continue;
		if (m->kind == MDM_MEMBER_TEXT)
			*(const char **)to = mdm_plist_str(in, m->key);
		else if (m->kind == MDM_MEMBER_PROFILE)
			*(struct bytes *)to = mdm_plist_data(in, m->key);
		else if (m->kind == MDM_MEMBER_CHOICE)
			*(enum mdm_choice *)to = choice_get(in, m->key);
	}
	ask->request = row->request;
}

static int command_check(
	const struct raw *w, const struct mdm_plist *d, const struct mdm_request_row *row)
{
	int ret;

	if (row->request == MDM_CLEAR_PASSCODE) {
		if (mdm_plist_get(d, "UnlockToken"))
			return refuse(w->r, &mdm_say_raw_token, NULL, NULL, NULL);
		return keys_check(w, d, mdm_keys_none, "RequestType");
	}
	ret = keys_check(w, d, row->keys, "RequestType");
	if (ret)
		return ret;
	if (row->request == MDM_DEVICE_INFORMATION)
		return queries_check(w, mdm_plist_array(d, "Queries"));
	if (row->request == MDM_SETTINGS)
		return settings_check(w, mdm_plist_array(d, "Settings"));
	return 0;
}

static int raw_open(
	struct bytes raw, struct arena *a, struct mdm_plist **ret_command, struct refusal *r)
{
	struct mdm_plist *root, *inner;
	int ret = mdm_plist_parse(raw, &raw_limits, a, &root);

	if (ret == ERR_TOOBIG)
		return refuse(r, &mdm_say_too_long, "plist", "8 MiB", NULL);
	if (ret)
		return refuse(r, &mdm_say_raw_form, NULL, NULL, NULL);
	inner = (struct mdm_plist *)mdm_plist_dict(root, "Command");
	if (inner)
		root = inner;
	if (text_empty(mdm_plist_str(root, "RequestType")))
		return refuse(r, &mdm_say_raw_form, NULL, NULL, NULL);
	*ret_command = root;
	return 0;
}

int mdm_raw_check(struct bytes raw, struct arena *a, const struct mdm_enrollment *e,
	struct mdm_ask *ask, struct mdm_plist **ret_command, const struct mdm_request_row **ret_row,
	struct refusal *r)
{
	const struct mdm_request_row *row;
	struct mdm_plist *d = NULL;
	struct raw w;
	int ret = raw_open(raw, a, &d, r);

	if (ret)
		return ret;
	w = (struct raw){.type = mdm_plist_str(d, "RequestType"), .a = a, .e = e, .r = r};
	row = mdm_request_by_type(w.type);
	if (!row)
		return refuse(r, &mdm_say_raw_type, w.type, NULL, NULL);
	if (row->never)
		return refuse(r, row->never, w.type, NULL, NULL);
	if (row->own_way)
		return refuse(r, &mdm_say_own_way, w.type, NULL, NULL);
	ret = command_check(&w, d, row);
	if (ret)
		return ret;
	ask_fill(d, row, ask);
	*ret_command = d;
	*ret_row = row;
	return 0;
}
