/* SPDX-License-Identifier: EUPL-1.2 */
/* What an item is as a command, and the hash of its content. */
#include "mdm/ddm_int.h"
#include "mdm/media_int.h"

#include "base/text.h"

int mdm_item_open(struct arena *a, const struct mdm_item *item, struct mdm_live_item *ret)
{
	struct mdm_live_item x = {.item = *item};
	int err = doc_parse(a, bytes_of_str(item->spec), &x.spec);

	if (err)
		return err;
	if (item->kind == MDM_ITEM_SETTING)
		x.type = mdm_setting_type(item->id);
	else if (item->kind == MDM_ITEM_WEB_CLIP)
		x.type = mdm_payload_type("web-clip");
	else if (item->kind == MDM_ITEM_PROFILE)
		x.type = mdm_payload_type(doc_str(x.spec, "type"));
	x.fixed = !mdm_vars_in(item->spec);
	*ret = x;
	return 0;
}

const struct mdm_request_row *mdm_item_row(uint32_t kind)
{
	switch (kind) {
	case MDM_ITEM_PROFILE:
	case MDM_ITEM_WEB_CLIP:
		return mdm_request_row(MDM_INSTALL_PROFILE);
	case MDM_ITEM_SETTING:
		return mdm_request_row(MDM_SETTINGS);
	case MDM_ITEM_MEDIA:
		return mdm_request_by_type("InstallMedia");
	default:
		return NULL;
	}
}

const char *mdm_persistent_id(struct arena *a, const char *profile_id, const char *id)
{
	return arena_printf(a, "%s.book.%s", profile_id, id);
}

/* Kinds of profiles stand side by side on the iPad. */
static const char *profile_slot(struct arena *a, uint32_t kind, const char *id)
{
	return arena_printf(a, "%s.%s", mdm_item_kind_name(kind), id);
}

static int profile_make(const struct mdm_build *b, const struct mdm_live_item *x, struct bytes *ret)
{
	struct mdm_build with = *b;

	with.blob = x->item.blob;
	return mdm_profile_build(&with, profile_slot(b->a, x->item.kind, x->item.id), x->spec, ret);
}

static int setting_make(
	const struct mdm_build *b, const struct mdm_live_item *x, struct mdm_plist **ret)
{
	struct mdm_build with = *b;

	with.blob = x->item.blob;
	return mdm_setting_build(&with, x->item.id, x->spec, ret);
}

static int content_hash(const struct mdm_build *b, struct arena *keep, struct mdm_live_item *x,
	uint8_t ret[DIGEST_BYTES])
{
	struct mdm_plist *command;
	struct bytes content;
	int err;

	if (x->item.kind ==
		MDM_ITEM_MEDIA) { /* a file has an id of its own: the spec says it all */
		digest_of(bytes_of_str(x->item.spec), ret);
		return 0;
	}
	if (x->item.kind == MDM_ITEM_PROFILE || x->item.kind == MDM_ITEM_WEB_CLIP) {
		err = profile_make(b, x, &content);
		if (err == 0)
			x->profile = x->fixed ? arena_bytes(keep, content) : content;
	} else {
		err = x->item.kind == MDM_ITEM_SETTING ? setting_make(b, x, &command)
						       : ERR_UNSUPPORTED;
		if (err == 0)
			err = mdm_plist_format_in(command, MDM_MESSAGE_MAX, b->a, &content);
	}
	if (err == 0)
		digest_of(content, ret);
	return err;
}

int mdm_item_hash(const struct mdm_build *b, struct arena *keep, struct mdm_live_item *x,
	uint8_t ret[DIGEST_BYTES])
{
	int err;

	if (!x->hashed || !x->fixed) {
		err = content_hash(b, keep, x, x->hash);
		if (err)
			return err;
		x->hashed = true;
	}
	memcpy(ret, x->hash, DIGEST_BYTES);
	return 0;
}

int mdm_item_command(const struct mdm_build *b, struct mdm_live_item *x, struct mdm_plist **ret)
{
	struct mdm_plist *d;
	struct bytes profile = x->profile;
	int err = 0;

	if (x->item.kind == MDM_ITEM_MEDIA) {
		*ret = mdm_media_command(b->a, b->device_url,
			mdm_persistent_id(b->a, b->profile_id, x->item.id), b->media,
			doc_str(x->spec, "title"));
		if (b->edition)
			mdm_plist_set_str(*ret, "Version", arena_printf(b->a, "%u", b->edition));
		return 0;
	}
	if (x->item.kind == MDM_ITEM_SETTING)
		return setting_make(b, x, ret);
	if (b->vars->link)
		err = profile_make(b, x, &profile);
	if (err)
		return err;
	d = mdm_plist_new(b->a, MDM_PLIST_DICT);
	mdm_plist_set_str(d, "RequestType", "InstallProfile");
	mdm_plist_set_data(d, "Payload", profile);
	*ret = d;
	return 0;
}

struct mdm_plist *mdm_item_removal(struct arena *a, const char *profile_id, uint32_t kind,
	const char *id, const struct mdm_request_row **ret_row)
{
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	if (kind == MDM_ITEM_MEDIA) {
		*ret_row = mdm_request_by_type("RemoveMedia");
		mdm_plist_set_str(d, "RequestType", "RemoveMedia");
		mdm_plist_set_str(d, "MediaType", "Book");
		mdm_plist_set_str(d, "PersistentID", mdm_persistent_id(a, profile_id, id));
		return d;
	}
	if (kind != MDM_ITEM_PROFILE && kind != MDM_ITEM_WEB_CLIP)
		return NULL;
	*ret_row = mdm_request_row(MDM_REMOVE_PROFILE);
	mdm_plist_set_str(d, "RequestType", "RemoveProfile");
	mdm_plist_set_str(
		d, "Identifier", mdm_profile_identifier(a, profile_id, profile_slot(a, kind, id)));
	return d;
}

bool mdm_item_ended(const struct mdm_live_item *x, int64_t now)
{
	return (x->item.kind == MDM_ITEM_PROFILE || x->item.kind == MDM_ITEM_WEB_CLIP) &&
	       mdm_profile_ended(x->spec, now);
}

/* --- before it is taken in --- */

static int names_check(const struct mdm_item *item, struct refusal *r)
{
	if (!mdm_item_id_ok(item->id))
		return refuse(r, &mdm_say_item_id, NULL, NULL, NULL);
	/* books come with mailings */
	if (item->kind < MDM_ITEM_PROFILE || item->kind >= MDM_ITEM_KINDS ||
		item->kind == MDM_ITEM_MEDIA)
		return refuse(r, &mdm_say_item_kind, NULL, NULL, NULL);
	if (item->priority > 1000)
		return refuse(r, &mdm_say_item_priority, NULL, NULL, NULL);
	return 0;
}

/* One an iPad: its id is the type's name, so that two of them are one slot. */
static int slot_check(const struct mdm_live_item *x, struct refusal *r)
{
	const char *slot = x->type ? x->type->slot : NULL;

	if (slot && x->item.kind == MDM_ITEM_PROFILE && !text_equal(slot, x->item.id))
		return refuse(r, &mdm_say_item_slot, slot, NULL, NULL);
	return 0;
}

/* A web clip's spec says its type too, since its profile is made like any other. */
static int type_check(const struct mdm_live_item *x, struct refusal *r)
{
	const char *type = doc_str(x->spec, "type");
	bool ok = x->item.kind == MDM_ITEM_SETTING    ? !type || text_equal(type, x->item.id)
		  : x->item.kind == MDM_ITEM_WEB_CLIP ? text_equal(type, "web-clip")
						      : !text_equal(type, "web-clip");

	return ok ? 0
		  : refuse(r, &mdm_say_field_form, "type", mdm_item_kind_name(x->item.kind), NULL);
}

int mdm_item_check(
	struct mdm *m, struct store_txn *txn, const struct mdm_item *item, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_vars vars = {.serial = "SERIAL",
		.item = "0",
		.phone = m->o->contact,
		.organisation = m->o->organisation};
	const struct mdm_build b = {.a = a,
		.vars = &vars,
		.profile_id = m->o->profile_id,
		.organisation = m->o->organisation,
		.r = r};
	struct mdm_live_item x;
	const struct mdm_declaration_type *declaration;
	uint8_t hash[DIGEST_BYTES];
	struct bytes carried;
	int err = names_check(item, r);

	(void)txn;
	if (err == 0 && (!item->spec || strlen(item->spec) > MDM_SPEC_MAX ||
				mdm_item_open(a, item, &x) != 0))
		err = refuse(r, &mdm_say_spec_form, NULL, NULL, NULL);
	if (err == 0)
		err = type_check(&x, r);
	if (err == 0)
		err = slot_check(&x, r);
	if (err == 0 && mdm_item_ended(&x, item->made_at))
		err = refuse(r, &mdm_say_profile_ended, NULL, NULL, NULL);
	if (err == 0 && item->kind == MDM_ITEM_DECLARATION) {
		err = mdm_declaration_check(a, x.spec, m->o->allow_apps, &declaration, r);
		if (err == 0)
			err = mdm_declaration_time_check(x.spec, item->made_at, r);
		if (err == 0 && mdm_declaration_carries(declaration, x.spec))
			err = mdm_declared_build(&b, &x, &carried);
		return refusal_keep(r, err);
	}
	if (err == 0)
		err = mdm_item_hash(&b, a, &x, hash);
	if (err == ERR_UNSUPPORTED)
		err = refuse(r, &mdm_say_item_kind, NULL, NULL, NULL);
	return refusal_keep(r, err);
}

/* --- for people --- */

const char *mdm_item_title(struct arena *a, const struct mdm_item *item, enum say_lang lang)
{
	struct mdm_live_item x;
	const char *title;

	if (mdm_item_open(a, item, &x) != 0)
		return item->id;
	title = doc_str(x.spec, "title");
	if (!title)
		title = doc_str(x.spec, "label");
	if (title)
		return arena_strdup(a, title);
	return x.type ? say_plain(&x.type->about, lang) : item->id;
}

struct doc *mdm_item_show(struct arena *a, const struct mdm_item *item)
{
	const struct mdm_payload_type *type;
	const struct doc *profile;
	struct mdm_live_item x;

	if (mdm_item_open(a, item, &x) != 0)
		return doc_new(a);
	profile = doc_object(x.spec, "profile");
	type = profile ? mdm_payload_type(doc_str(profile, "type")) : NULL;
	if (type)
		doc_set_doc(x.spec, "profile", mdm_spec_show(a, type, profile));
	return x.type ? mdm_spec_show(a, x.type, x.spec) : x.spec;
}
