/* SPDX-License-Identifier: EUPL-1.2 */
/* What a token must say to be believed, and what its claims mean here. Pure. */
#include "web/oidc_int.h"

#include "base/text.h"

#define SKEW_S 120
#define FRESH_S 600 /* it was made for us just now */
#define LOGOUT "http://schemas.openid.net/event/backchannel-logout"

static bool is_audience(const struct doc *claims, const char *client)
{
	const struct doc *list = doc_list(claims, "aud");

	if (!list)
		return text_equal(doc_str(claims, "aud"), client);
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_list_str(list, i), client))
			return true;
	}
	return false;
}

/* For several it must say which of them asked; and whoever asked must be us. */
static bool is_party(const struct doc *claims, const char *client)
{
	bool several = doc_list_size(doc_list(claims, "aud")) > 1;

	if (!doc_has(claims, "azp"))
		return !several;
	return text_equal(doc_str(claims, "azp"), client);
}

static const char *for_us_why(const struct doc *claims, const struct web_oidc_expect *x)
{
	int64_t issued, from;

	if (!text_equal(doc_str(claims, "iss"), x->issuer))
		return "issuer";
	if (!is_audience(claims, x->client))
		return "audience";
	if (doc_int(claims, "iat", &issued) != 0 || issued > x->now + SKEW_S ||
		issued < x->now - FRESH_S - SKEW_S)
		return "issued";
	if (doc_has(claims, "nbf") &&
		(doc_int(claims, "nbf", &from) != 0 || from > x->now + SKEW_S))
		return "not-yet";
	return NULL;
}

static bool subject_ok(const char *s)
{
	return !text_empty(s) && strlen(s) <= WEB_SUBJECT;
}

const char *web_id_token_why(const struct doc *claims, const struct web_oidc_expect *x)
{
	const char *why = for_us_why(claims, x), *nonce = doc_str(claims, "nonce");
	int64_t ends;

	if (why)
		return why;
	if (!is_party(claims, x->client))
		return "party";
	if (doc_int(claims, "exp", &ends) != 0 || ends <= x->now - SKEW_S)
		return "expired";
	if (!nonce || !cert_secret_equal(bytes_of_str(nonce), bytes_of_str(x->nonce)))
		return "nonce";
	return subject_ok(doc_str(claims, "sub")) ? NULL : "subject";
}

const char *web_logout_token_why(const struct doc *claims, const struct web_oidc_expect *x)
{
	const char *why = for_us_why(claims, x);
	int64_t ends;

	if (why)
		return why;
	if (doc_has(claims, "exp") &&
		(doc_int(claims, "exp", &ends) != 0 || ends <= x->now - SKEW_S))
		return "expired";
	if (!doc_object(doc_object(claims, "events"), LOGOUT))
		return "event";
	if (doc_has(claims, "nonce"))
		return "nonce";
	if (!subject_ok(doc_str(claims, "sub")) && !subject_ok(doc_str(claims, "sid")))
		return "subject";
	return NULL;
}

bool web_oidc_domain_ok(const char *claim, const char *const *domains)
{
	const char *at = claim ? strrchr(claim, '@') : NULL;

	if (!domains || !*domains)
		return true;
	for (; at && *domains; domains++) {
		if (text_equal_case(at + 1, *domains))
			return true;
	}
	return false;
}

/* --- roles --- */

static const struct doc *value_at(const struct doc *claims, const char *path)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct doc *at = doc_value(claims, path);

	while (!at && claims) {
		size_t n = strcspn(path, ".");
		const char *key = arena_strndup(a, path, n);

		if (!path[n])
			return doc_value(claims, key);
		claims = doc_object(claims, key);
		path += n + 1;
	}
	return at;
}

/* A group's name in a row of settings writes its blanks as %20. */
static bool is_group(const char *row, const char *name, size_t n)
{
	for (; *row; row++, name++, n--) {
		char c = *row;

		if (strncmp(row, "%20", 3) == 0) {
			c = ' ';
			row += 2;
		}
		if (!n || *name != c)
			return false;
	}
	return n == 0;
}

static uint32_t roles_of_one(const char *name, size_t n, const char *const *rows)
{
	AUTO(arena) struct arena *a = arena_new();
	uint32_t all = 0, role;

	for (; rows && *rows; rows++) {
		const char *is = strchr(*rows, '=');

		if (is && is_group(is + 1, name, n) &&
			web_roles_parse(arena_strndup(a, *rows, (size_t)(is - *rows)), &role) == 0)
			all |= role;
	}
	return all;
}

/* One text may name several, with commas or blanks between, or be one name with blanks in it. */
static uint32_t roles_of_text(const char *s, const char *const *rows)
{
	uint32_t all = roles_of_one(s, strlen(s), rows);

	while (*(s += strspn(s, ", "))) {
		size_t n = strcspn(s, ", ");

		all |= roles_of_one(s, n, rows);
		s += n;
	}
	return all;
}

uint32_t web_oidc_roles(const struct doc *claims, const char *path, const char *const *rows)
{
	const struct doc *value = value_at(claims, path);
	uint32_t all = 0;

	if (doc_kind(value) == DOC_STRING)
		return roles_of_text((const char *)doc_bytes(value).p, rows);
	if (doc_kind(value) != DOC_LIST)
		return 0;
	for (size_t i = 0; i < doc_list_size(value); i++) {
		const char *s = doc_list_str(value, i);

		if (s)
			all |= roles_of_one(s, strlen(s), rows);
	}
	return all;
}

bool web_oidc_rows_ok(const char *const *rows)
{
	AUTO(arena) struct arena *a = arena_new();

	for (; rows && *rows; rows++) {
		const char *is = strchr(*rows, '=');
		uint32_t role;

		if (!is || !is[1] ||
			web_roles_parse(arena_strndup(a, *rows, (size_t)(is - *rows)), &role) != 0)
			return false;
	}
	return true;
}

/* --- names --- */

const char *web_oidc_name(struct arena *a, const char *claim)
{
	char *name = claim ? arena_strndup(a, claim, strcspn(claim, "@")) : NULL;

	for (char *s = name; s && *s; s++)
		*s = *s >= 'A' && *s <= 'Z' ? (char)(*s + 32) : *s;
	return name && web_account_name_ok(name) ? name : NULL;
}

bool web_issuer_ok(const char *issuer)
{
	static const char *const here[] = {"http://localhost", "http://127.0.0.1", "http://[::1]"};

	if (text_starts(issuer, "https://"))
		return net_url_check(issuer, true) == 0;
	for (size_t i = 0; i < sizeof(here) / sizeof(here[0]); i++) {
		const char *end = issuer + strlen(here[i]);

		if (text_starts(issuer, here[i]) && (!*end || *end == ':' || *end == '/'))
			return net_url_check(issuer, false) == 0;
	}
	return false;
}
