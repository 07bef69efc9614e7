/* SPDX-License-Identifier: EUPL-1.2 */
/* Declarations as values: their form, and the tokens that follow from their content. */
#include "mdm/ddm_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

/* --- form --- */

/* Is it among the words? *ret_needed: with an exclamation mark. */
static bool key_known(const char *keys, const char *key)
{
	size_t n = strlen(key);

	for (const char *at = keys; n && (at = strstr(at, key)); at++) {
		char end = at[n];

		if ((at == keys || at[-1] == ' ') && (end == '\0' || end == ' ' || end == '!'))
			return true;
	}
	return strchr(keys, '*') != NULL;
}

bool mdm_declaration_carries(const struct mdm_declaration_type *t, const struct doc *spec)
{
	return doc_object(spec, "profile") && key_known(t->keys, "ProfileURL") &&
	       !strchr(t->keys, '*');
}

const char *mdm_declared_url(
	struct arena *a, const char *device_url, const char *id, const char *hash)
{
	return arena_printf(a, "%s/declared/%s/%s", device_url, id, hash);
}

static int needed_check(struct arena *a, const struct mdm_declaration_type *t,
	const struct doc *payload, bool carries, struct refusal *r)
{
	for (const char *at = t->keys; (at = strchr(at, '!')); at++) {
		const char *from = at;
		const char *key;

		while (from > t->keys && from[-1] != ' ')
			from--;
		key = arena_strndup(a, from, (size_t)(at - from));
		if (!doc_has(payload, key) && !(carries && text_equal(key, "ProfileURL")))
			return refuse(r, &mdm_say_declaration_missing, key, t->type, NULL);
	}
	return 0;
}

static bool digits_then(const char **s, const char *ends)
{
	const char *from = *s;

	while (**s >= '0' && **s <= '9')
		(*s)++;
	return *s > from && *s - from <= 4 && strchr(ends, **s) != NULL;
}

static bool version_ok(const char *s)
{
	for (int parts = 0; s && parts < 4; parts++) {
		if (!digits_then(&s, "."))
			return false;
		if (!*s)
			return parts >= 0;
		s++;
	}
	return false;
}

static bool local_time_ok(const char *s)
{
	static const char form[] = "0000-00-00T00:00:00";
	char utc[sizeof(form) + 1];
	int64_t at;

	if (!s || strlen(s) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i]; i++) {
		if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	}
	/* a moment that there is, in whatever zone */
	snprintf(utc, sizeof(utc), "%sZ", s);
	return clock_parse(utc, &at) == 0;
}

/* The iPad's own zone is not known: the house's stands for it. */
int mdm_declaration_time_check(const struct doc *spec, int64_t now, struct refusal *r)
{
	const struct mdm_declaration_type *t = mdm_declaration_type(doc_str(spec, "type"));
	const char *s = doc_str(doc_object(spec, "payload"), "TargetLocalDateTime");
	char day[sizeof("0000-00-00")];
	int64_t at;

	if (!t || !strstr(t->keys, "TargetLocalDateTime") || !local_time_ok(s))
		return 0;
	memcpy(day, s, sizeof(day) - 1);
	day[sizeof(day) - 1] = '\0';
	if (clock_parse(day, &at) != 0)
		return 0;
	at += strtol(s + 11, NULL, 10) * 3600 + strtol(s + 14, NULL, 10) * 60;
	return at < now ? refuse(r, &mdm_say_declaration_past, NULL, NULL, NULL) : 0;
}

static int update_check(const struct doc *payload, struct refusal *r)
{
	if (!version_ok(doc_str(payload, "TargetOSVersion")))
		return refuse(r, &mdm_say_declaration_version, NULL, NULL, NULL);
	if (!local_time_ok(doc_str(payload, "TargetLocalDateTime")))
		return refuse(r, &mdm_say_declaration_time, NULL, NULL, NULL);
	return 0;
}

int mdm_declaration_check(struct arena *a, const struct doc *spec, bool apps_ok,
	const struct mdm_declaration_type **ret, struct refusal *r)
{
	const char *name = doc_str(spec, "type");
	const struct mdm_declaration_type *t = mdm_declaration_type(name);
	const struct doc *payload = doc_object(spec, "payload");
	bool carries = t && mdm_declaration_carries(t, spec);
	int err;

	if (!t)
		return refuse(r, &mdm_say_declaration_type, name ? arena_strdup(a, name) : "", NULL,
			NULL);
	if (t->apps && !carries && !apps_ok)
		return refuse(r, &mdm_say_no_apps, t->type, NULL, NULL);
	if (carries && !payload)
		payload = doc_new(a);
	if (carries && doc_has(payload, "ProfileURL"))
		return refuse(r, &mdm_say_declaration_url, NULL, NULL, NULL);
	if (!payload)
		return refuse(r, &mdm_say_declaration_payload, NULL, NULL, NULL);
	for (size_t i = 0; doc_key(payload, i); i++) {
		if (!key_known(t->keys, doc_key(payload, i)))
			return refuse(r, &mdm_say_declaration_key,
				arena_strdup(a, doc_key(payload, i)), t->type, NULL);
	}
	err = needed_check(a, t, payload, carries, r);
	if (err == 0 && strstr(t->type, "softwareupdate.enforcement.specific"))
		err = update_check(payload, r);
	if (err == 0)
		*ret = t;
	return err;
}

/* --- tokens --- */

static void hex_of(struct digest *d, char ret[MDM_TOKEN_TEXT])
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_TOKEN_TEXT);
	uint8_t h[DIGEST_BYTES];

	digest_finish(d, h);
	buf_add_hex(&b, bytes_of(h, sizeof(h)));
	text_copy(ret, MDM_TOKEN_TEXT, buf_str(&b));
}

static void add_text(struct digest *d, const char *s)
{
	digest_add(d, s, strlen(s) + 1);
}

void mdm_declaration_seal(struct mdm_declaration *x)
{
	struct digest d;

	digest_init(&d);
	add_text(&d, x->type);
	add_text(&d, x->identifier);
	add_text(&d, x->payload);
	hex_of(&d, x->server_token);
}

static int by_name(const void *a, const void *b)
{
	const struct mdm_declaration *x = a, *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return strcmp(x->identifier, y->identifier);
}

void mdm_manifest_token(struct mdm_declaration *list, size_t n, char ret[MDM_TOKEN_TEXT])
{
	struct digest d;

	if (n)
		qsort(list, n, sizeof(*list), by_name);
	digest_init(&d);
	for (size_t i = 0; i < n; i++) {
		add_text(&d, mdm_class_name(list[i].class));
		add_text(&d, list[i].identifier);
		add_text(&d, list[i].server_token);
	}
	hex_of(&d, ret);
}

/* --- JSON --- */

static const char *doc_text(struct arena *a, const struct doc *d)
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_SPEC_MAX + 4096);

	doc_format(d, &b);
	return arena_strdup(a, buf_str(&b));
}

const char *mdm_declaration_json(struct arena *a, const struct mdm_declaration *x)
{
	struct doc *d = doc_new(a), *payload;

	doc_set_str(d, "Type", x->type);
	doc_set_str(d, "Identifier", x->identifier);
	doc_set_str(d, "ServerToken", x->server_token);
	if (doc_parse(a, bytes_of_str(x->payload), &payload) != 0)
		payload = doc_new(a);
	doc_set_doc(d, "Payload", payload);
	return doc_text(a, d);
}

const char *mdm_subscriptions_json(struct arena *a, const char *os_version)
{
	struct doc *d = doc_new(a), *list = doc_set_list(d, "StatusItems");

	for (const struct mdm_status_item *i = mdm_status_items; i->name; i++) {
		if (mdm_version_at_least(os_version, i->since))
			doc_set_str(doc_add_object(list), "Name", i->name);
	}
	return doc_text(a, d);
}

const char *mdm_activation_json(struct arena *a, const struct mdm_declaration *list, size_t n)
{
	struct doc *d = doc_new(a), *names = doc_set_list(d, "StandardConfigurations");

	for (size_t i = 0; i < n; i++) {
		if (list[i].class == MDM_CLASS_CONFIGURATION)
			doc_add_str(names, list[i].identifier);
	}
	return doc_text(a, d);
}
