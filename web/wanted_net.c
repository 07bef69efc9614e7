/* SPDX-License-Identifier: EUPL-1.2 */
/* The forms of wireless networks and of mobile data, and the specs their answers make. Pure. */
#include "web/wanted_int.h"

#include "base/text.h"

/* --- Wi-Fi: one password for all, an account, or a certificate --- */

const struct web_want_field web_wifi_fields[] = {NEED("ssid", WEB_WANT_TEXT),
	WORDS("security", "WPA2 WPA3 None", "WPA2"), F("password", WEB_WANT_SECRET),
	F("hidden", WEB_WANT_TICK), F("account", WEB_WANT_PART), F("user", WEB_WANT_TEXT),
	F("account_password", WEB_WANT_SECRET), F("servers", WEB_WANT_LINES),
	F("outer_identity", WEB_WANT_TEXT), F("certificate", WEB_WANT_PART),
	F("identity", WEB_WANT_PICTURE), F("identity_password", WEB_WANT_SECRET),
	F("identity_servers", WEB_WANT_LINES), F("trust", WEB_WANT_PART),
	F("anchors", WEB_WANT_PICTURE), F("proxies", WEB_WANT_PART), F("proxy", WEB_WANT_TEXT),
	F("proxy_port", WEB_WANT_NUMBER), F("proxy_pac", WEB_WANT_URL), END};

/* Fields that the spec has in an object of its own. */
struct place {
	const char *field, *in, *name;
	bool required; /* as soon as anything of its object is said */
};
static const struct place places[] = {
	{"user", "account", "user", true},
	{"account_password", "account", "password", true},
	{"servers", "account", "servers", true},
	{"outer_identity", "account", "outer_identity", false},
	{"identity", "certificate", "identity", true},
	{"identity_password", "certificate", "password", true},
	{"identity_servers", "certificate", "servers", true},
};
#define PLACES (sizeof(places) / sizeof(places[0]))

static const struct place *place_of(const char *field)
{
	for (size_t i = 0; i < PLACES; i++) {
		if (text_equal(places[i].field, field))
			return &places[i];
	}
	return NULL;
}

static bool any_said(const struct doc *answers, const char *in)
{
	for (size_t i = 0; i < PLACES; i++) {
		if (text_equal(places[i].in, in) && !text_empty(doc_str(answers, places[i].field)))
			return true;
	}
	return false;
}

/* The same field under the name that the spec has for it. */
static int place_set(struct arena *a, const struct place *p, const struct web_want_field *f,
	const char *value, struct doc *spec)
{
	struct web_want_field inner = *f;
	struct doc *object = doc_object(spec, p->in);

	inner.name = p->name;
	return web_want_set(a, &inner, value, object ? object : doc_set_object(spec, p->in));
}

int web_make_wifi(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	for (const struct web_want_field *f = web_wifi_fields; f->name; f++) {
		const char *value = doc_str(answers, f->name);
		const struct place *p = place_of(f->name);

		*ret_bad = f->name;
		if (text_empty(value)) {
			if (p && p->required && any_said(answers, p->in))
				return ERR_NOTFOUND;
			continue;
		}
		if (p ? place_set(a, p, f, value, spec) : web_want_set(a, f, value, spec))
			return ERR_BADINPUT;
	}
	doc_set_str(spec, "type", "wifi");
	return 0;
}

const char *web_wifi_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	const struct place *p = place_of(f->name);
	struct web_want_field inner = *f;

	if (!p)
		return web_want_plain(a, f, spec);
	inner.name = p->name;
	return web_want_plain(a, &inner, doc_object(spec, p->in));
}

/* --- mobile data --- */

const struct web_want_field web_cellular_fields[] = {NEED("name", WEB_WANT_TEXT),
	WORDS("authentication", "CHAP PAP", NULL), F("user", WEB_WANT_TEXT),
	F("password", WEB_WANT_SECRET), F("attach", WEB_WANT_TICK), F("proxies", WEB_WANT_PART),
	F("proxy", WEB_WANT_TEXT), F("proxy_port", WEB_WANT_NUMBER), END};

/* A proxy belongs to data alone: joining the network has none. */
static struct doc *joining(struct arena *a, const struct doc *apn)
{
	struct doc *d = doc_new(a);

	for (size_t i = 0; doc_key(apn, i); i++) {
		if (!text_starts(doc_key(apn, i), "proxy"))
			doc_set_doc(d, doc_key(apn, i),
				(struct doc *)(uintptr_t)doc_value(apn, doc_key(apn, i)));
	}
	return d;
}

/* One access point; `attach`: also the one it joins the network with. */
int web_make_cellular(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	struct doc *apn = doc_add_object(doc_set_list(spec, "apns"));

	for (const struct web_want_field *f = web_cellular_fields; f->name; f++) {
		const char *value = doc_str(answers, f->name);

		*ret_bad = f->name;
		if (text_empty(value) || text_equal(f->name, "attach"))
			continue;
		if (web_want_set(a, f, value, apn) != 0)
			return ERR_BADINPUT;
	}
	if (!text_empty(doc_str(answers, "attach")))
		doc_set_doc(spec, "attach", joining(a, apn));
	doc_set_str(spec, "type", "cellular");
	return 0;
}

const char *web_cellular_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	if (text_equal(f->name, "attach"))
		return doc_object(spec, "attach") ? "yes" : NULL;
	return web_want_plain(a, f, doc_list_object(doc_list(spec, "apns"), 0));
}
