/* SPDX-License-Identifier: EUPL-1.2 */
/* A whole configuration profile round one payload. */
#include "mdm/payload_int.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/text.h"

#define PROFILE_MOST (5 << 20)
#define REMOVAL_MOST_S (3650 * INT64_C(86400))

const char *mdm_profile_identifier(struct arena *a, const char *profile_id, const char *id)
{
	return arena_printf(a, "%s.item.%s", profile_id, id);
}

bool mdm_profile_ended(const struct doc *spec, int64_t now)
{
	const char *at = doc_str(spec, "remove_at");
	int64_t t;

	return at && clock_parse(at, &t) == 0 && t <= now;
}

/* A UUID that follows from what it names, so that the same content gives the same bytes. */
static const char *uuid_of(struct arena *a, const char *identifier, struct bytes content)
{
	uint8_t h[DIGEST_BYTES];
	struct digest d;

	digest_init(&d);
	digest_add(&d, identifier, strlen(identifier) + 1);
	digest_add(&d, content.p, content.n);
	digest_finish(&d, h);
	h[6] = (uint8_t)((h[6] & 0x0f) | 0x80); /* RFC 9562 version 8 */
	h[8] = (uint8_t)((h[8] & 0x3f) | 0x80);
	return arena_printf(a,
		"%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-%02X%02X%02X%02X%02X%02X", h[0], h[1],
		h[2], h[3], h[4], h[5], h[6], h[7], h[8], h[9], h[10], h[11], h[12], h[13], h[14],
		h[15]);
}

static void head_set(struct mdm_plist *d, const char *type, const char *identifier,
	const char *uuid, const char *organisation)
{
	mdm_plist_set_str(d, "PayloadType", type);
	mdm_plist_set_int(d, "PayloadVersion", 1);
	mdm_plist_set_str(d, "PayloadIdentifier", identifier);
	mdm_plist_set_str(d, "PayloadUUID", uuid);
	mdm_plist_set_str(d, "PayloadOrganization", organisation);
}

const char *mdm_payload_beside(const struct mdm_beside *side, const char *type, const char *name,
	struct mdm_plist *payload)
{
	struct arena *a = side->b->a;
	const char *identifier = arena_printf(a, "%s.%s", side->identifier, name), *uuid;
	struct bytes file = mdm_plist_data(payload, "PayloadContent");

	uuid = uuid_of(a, identifier, file);
	head_set(payload, type, identifier, uuid, side->b->organisation);
	mdm_plist_set(side->payloads, NULL, payload);
	return uuid;
}

/* What stands at the top beside the payload. */
static int top_build(const struct mdm_build *b, const struct mdm_payload_type *t,
	const struct doc *spec, struct mdm_plist *root)
{
	const char *title = doc_str(spec, "title"), *after = doc_str(spec, "remove_after"),
		   *at = doc_str(spec, "remove_at");
	int64_t span = 0, day = 0;

	if (title && (strlen(title) > 200 || !*title))
		return refuse(b->r, &mdm_say_field_form, "title", "text (1-200)", NULL);
	if (after && (clock_parse_span(after, &span) != 0 || span < 60 || span > REMOVAL_MOST_S))
		return refuse(b->r, &mdm_say_field_form, "remove_after", "30d, 12h", NULL);
	if (doc_has(spec, "remove_at") && (!at || after || clock_parse(at, &day) != 0))
		return refuse(b->r, &mdm_say_field_form, "remove_at",
			"2027-06-30T12:00:00Z (remove_after: -)", NULL);
	mdm_plist_set_str(root, "PayloadDisplayName",
		title ? mdm_vars_fill(b->a, b->vars, title) : say_plain(&t->about, SAY_SV));
	mdm_plist_set_bool(root, "PayloadRemovalDisallowed", !doc_bool(spec, "removable", false));
	if (span)
		mdm_plist_set_real(root, "DurationUntilRemoval", (double)span);
	if (at)
		mdm_plist_set_date(root, "RemovalDate", day);
	return 0;
}

static int typed_build(const struct mdm_build *b, const struct mdm_payload_type *t, const char *id,
	const struct doc *spec, struct bytes *ret)
{
	static const char *const also[] = {
		"type", "title", "remove_after", "remove_at", "removable", "sure", NULL};
	const char *identifier = mdm_profile_identifier(b->a, b->profile_id, id);
	struct mdm_plist *root = mdm_plist_new(b->a, MDM_PLIST_DICT), *payload;
	struct mdm_beside side = {.b = b, .identifier = identifier};
	struct bytes content;
	int err = top_build(b, t, spec, root);

	side.payloads = mdm_plist_set_array(root, "PayloadContent");
	payload = mdm_plist_add_dict(side.payloads);
	if (err == 0)
		err = mdm_fields_build(b, t, spec, also, payload);
	if (err == 0 && t->beside)
		err = t->beside(&side, payload);
	if (err == 0)
		err = mdm_plist_format_in(root, PROFILE_MOST, b->a, &content);
	if (err)
		return err;
	head_set(payload, t->apple, arena_printf(b->a, "%s.payload", identifier),
		uuid_of(b->a, "payload", content), b->organisation);
	head_set(root, "Configuration", identifier, uuid_of(b->a, identifier, content),
		b->organisation);
	return mdm_plist_format_in(root, PROFILE_MOST, b->a, ret);
}

/* --- of somebody else's making --- */

static bool is_signed(struct bytes b)
{
	return b.n > 2 && b.p[0] == 0x30;
}

/* What only the enrolment profile may hold, and what would let others in. */
static int payloads_check(const struct mdm_build *b, const struct mdm_plist *root)
{
	static const char *const ours[] = {"com.apple.mdm", "com.apple.security.scep"};

	for (const struct mdm_plist *p = mdm_plist_first(mdm_plist_array(root, "PayloadContent"));
		p; p = p->next) {
		const char *type = mdm_plist_str(p, "PayloadType");

		if (!type)
			return refuse(b->r, &mdm_say_profile_raw, NULL, NULL, NULL);
		for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
			if (text_equal(type, ours[i]))
				return refuse(b->r, &mdm_say_profile_own, ours[i], NULL, NULL);
		}
	}
	return 0;
}

static struct mdm_plist *member(struct mdm_plist *d, const char *key)
{
	return (struct mdm_plist *)(uintptr_t)mdm_plist_get(d, key);
}

static void text_replace(struct mdm_plist *d, const char *key, const char *s)
{
	struct mdm_plist *old = member(d, key);

	if (old && old->kind == MDM_PLIST_STRING)
		old->v.data = bytes_of_str(s);
	else if (!old)
		mdm_plist_set_str(d, key, s);
}

static int raw_build(const struct mdm_build *b, const char *id, struct bytes *ret)
{
	const char *identifier = mdm_profile_identifier(b->a, b->profile_id, id);
	struct mdm_plist *root;
	int err;

	if (is_signed(b->blob))
		return refuse(b->r, &mdm_say_profile_signed, NULL, NULL, NULL);
	err = mdm_plist_parse(b->blob, NULL, b->a, &root);
	if (err || !mdm_plist_array(root, "PayloadContent") ||
		!text_equal(mdm_plist_str(root, "PayloadType"), "Configuration"))
		return refuse(b->r, &mdm_say_profile_raw, NULL, NULL, NULL);
	err = payloads_check(b, root);
	if (err)
		return err;
	text_replace(root, "PayloadIdentifier", identifier);
	text_replace(root, "PayloadUUID", uuid_of(b->a, identifier, b->blob));
	return mdm_plist_format_in(root, PROFILE_MOST, b->a, ret);
}

static const char *type_names(struct arena *a)
{
	AUTO(buf) struct buf b = BUF_INIT(1024);

	for (const struct mdm_payload_type *t = mdm_payload_types; t->name; t++)
		buf_printf(&b, "%s%s", b.n ? ", " : "", t->name);
	return arena_strdup(a, buf_str(&b));
}

int mdm_profile_build(
	const struct mdm_build *b, const char *id, const struct doc *spec, struct bytes *ret)
{
	const char *name = doc_str(spec, "type");
	const struct mdm_payload_type *t = mdm_payload_type(name);
	int err;

	if (!t)
		return refuse(b->r, &mdm_say_spec_type, name ? arena_strdup(b->a, name) : "",
			type_names(b->a), NULL);
	err = t->apple ? typed_build(b, t, id, spec, ret) : raw_build(b, id, ret);
	/* what a text of a person's cannot say in XML */
	if (err == ERR_BADINPUT || err == ERR_UNSUPPORTED || err == ERR_TOOBIG)
		return refuse(b->r, &mdm_say_field_form, "*", "UTF-8", NULL);
	return err;
}
