/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/oidc_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

#define NOW 1800000000
#define EXPECT                                                                        \
	{                                                                             \
		.issuer = "https://id", .client = "hylla", .nonce = "n-1", .now = NOW \
	}

static const struct doc *json(struct arena *a, const char *text)
{
	struct doc *d;

	cr_assert_eq(doc_parse(a, bytes_of_str(text), &d), 0, "%s", text);
	return d;
}

#define TOKEN(iss, aud, exp, iat, nonce, more)                                                  \
	"{\"iss\":\"" iss "\",\"aud\":" aud ",\"exp\":" exp ",\"iat\":" iat ",\"nonce\":" nonce \
	",\"sub\":\"s-1\"" more "}"

Test(oidc_rules, names_of_other_domains_are_not_bound)
{
	static const char *const ours[] = {"kommun.se", "edu.kommun.se", NULL};

	cr_expect(web_oidc_domain_ok("elsa@somewhere.else", NULL));
	cr_expect(web_oidc_domain_ok("elsa@kommun.se", ours));
	cr_expect(web_oidc_domain_ok("Elsa@EDU.Kommun.SE", ours));
	cr_expect(!web_oidc_domain_ok("elsa@kommun.se.example", ours));
	cr_expect(!web_oidc_domain_ok("elsa@min.kommun.se", ours));
	cr_expect(!web_oidc_domain_ok("elsa@kommun.se@example.com", ours));
	cr_expect(!web_oidc_domain_ok("elsa", ours));
	cr_expect(!web_oidc_domain_ok("elsa@", ours));
	cr_expect(!web_oidc_domain_ok(NULL, ours));
}

Test(oidc_rules, what_a_token_must_say)
{
	static const struct {
		const char *claims, *why;
	} rows[] = {
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1800000000", "\"n-1\"", ""), NULL},
		{TOKEN("https://id", "[\"hylla\"]", "1800000300", "1799999990", "\"n-1\"",
			 ",\"azp\":\"hylla\""),
			NULL},
		{TOKEN("https://id", "[\"hylla\",\"x\"]", "1800000300", "1800000000", "\"n-1\"",
			 ",\"azp\":\"hylla\""),
			NULL},
		{TOKEN("https://id", "\"hylla\"", "1799999900", "1800000100", "\"n-1\"", ""), NULL},
		{TOKEN("https://id/", "\"hylla\"", "1800000300", "1800000000", "\"n-1\"", ""),
			"issuer"},
		{TOKEN("https://id", "\"other\"", "1800000300", "1800000000", "\"n-1\"", ""),
			"audience"},
		{TOKEN("https://id", "[]", "1800000300", "1800000000", "\"n-1\"", ""), "audience"},
		{TOKEN("https://id", "{}", "1800000300", "1800000000", "\"n-1\"", ""), "audience"},
		{TOKEN("https://id", "[\"hylla\",\"x\"]", "1800000300", "1800000000", "\"n-1\"",
			 ""),
			"party"},
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1800000000", "\"n-1\"",
			 ",\"azp\":\"x\""),
			"party"},
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1800000000", "\"n-1\"",
			 ",\"azp\":null"),
			"party"},
		{TOKEN("https://id", "\"hylla\"", "1799999880", "1800000000", "\"n-1\"", ""),
			"expired"},
		{TOKEN("https://id", "\"hylla\"", "\"x\"", "1800000000", "\"n-1\"", ""), "expired"},
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1800000121", "\"n-1\"", ""),
			"issued"},
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1799999000", "\"n-1\"", ""),
			"issued"},
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1800000000", "\"n-1\"",
			 ",\"nbf\":1800000121"),
			"not-yet"},
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1800000000", "\"n-2\"", ""),
			"nonce"},
		{TOKEN("https://id", "\"hylla\"", "1800000300", "1800000000", "null", ""), "nonce"},
		{"{\"iss\":\"https://id\",\"aud\":\"hylla\",\"exp\":1800000300,\"iat\":1800000000,"
		 "\"nonce\":\"n-1\",\"sub\":\"\"}",
			"subject"},
		{"{}", "issuer"},
	};
	const struct web_oidc_expect x = EXPECT;
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *why = web_id_token_why(json(a, rows[i].claims), &x);

		cr_expect(
			text_equal(why, rows[i].why), "%s: %s", rows[i].claims, why ? why : "good");
	}
}

#define OUT(more)                                                                                 \
	"{\"iss\":\"https://id\",\"aud\":\"hylla\",\"iat\":1800000000,\"jti\":\"1\",\"events\":{" \
	"\"http://schemas.openid.net/event/backchannel-logout\":{}}" more "}"

Test(oidc_rules, what_a_logout_token_must_say)
{
	const struct web_oidc_expect x = EXPECT;
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_null(web_logout_token_why(json(a, OUT(",\"sub\":\"s-1\"")), &x));
	cr_expect_null(web_logout_token_why(json(a, OUT(",\"sid\":\"q\"")), &x));
	cr_expect_str_eq(web_logout_token_why(json(a, OUT("")), &x), "subject");
	cr_expect_str_eq(
		web_logout_token_why(json(a, OUT(",\"sub\":\"s-1\",\"nonce\":\"n-1\"")), &x),
		"nonce");
	cr_expect_str_eq(
		web_logout_token_why(json(a, OUT(",\"sub\":\"s-1\",\"exp\":1799999000")), &x),
		"expired");
	cr_expect_str_eq(web_logout_token_why(json(a, TOKEN("https://id", "\"hylla\"", "1800000300",
							      "1800000000", "\"n-1\"", "")),
				 &x),
		"event", "an ID token is none");
}

Test(oidc_rules, groups_become_roles)
{
	static const char *const rows[] = {"it=Hylla-IT", "admin=Hylla-IT",
		"bibliotek=Folk%20i%20biblioteket", "reader=alla", NULL};
	static const struct {
		const char *claims, *path;
		uint32_t roles;
	} cases[] = {
		{"{\"groups\":[\"Hylla-IT\",\"x\"]}", "groups", WEB_IT | WEB_ADMIN},
		{"{\"groups\":[\"hylla-it\"]}", "groups", 0},
		{"{\"groups\":[\"Hylla-IT2\",\"Hylla-I\"]}", "groups", 0},
		{"{\"groups\":[\"Folk i biblioteket\",\"alla\"]}", "groups",
			WEB_BIBLIOTEK | WEB_READER},
		{"{\"groups\":\"Folk i biblioteket\"}", "groups", WEB_BIBLIOTEK},
		{"{\"groups\":\"alla,Hylla-IT\"}", "groups", WEB_IT | WEB_ADMIN | WEB_READER},
		{"{\"groups\":[1,null,{}]}", "groups", 0},
		{"{\"realm_access\":{\"roles\":[\"alla\"]}}", "realm_access.roles", WEB_READER},
		{"{\"realm_access.roles\":[\"alla\"]}", "realm_access.roles", WEB_READER},
		{"{\"realm_access\":[\"alla\"]}", "realm_access.roles", 0},
		{"{}", "groups", 0},
	};
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(web_oidc_roles(json(a, cases[i].claims), cases[i].path, rows),
			cases[i].roles, "%s", cases[i].claims);
	cr_expect(web_oidc_rows_ok(rows));
	cr_expect(web_oidc_rows_ok(NULL));
	cr_expect_not(web_oidc_rows_ok((const char *const[]){"chef=Hylla", NULL}));
	cr_expect_not(web_oidc_rows_ok((const char *const[]){"it=", NULL}));
	cr_expect_not(web_oidc_rows_ok((const char *const[]){"it", NULL}));
}

Test(oidc_rules, names_and_addresses)
{
	AUTO(arena) struct arena *a = arena_new();

	cr_expect_str_eq(web_oidc_name(a, "Elsa.Test@kommun.se"), "elsa.test");
	cr_expect_null(web_oidc_name(a, "Åsa"));
	cr_expect_null(web_oidc_name(a, "@kommun.se"));
	cr_expect_null(web_oidc_name(a, NULL));
	cr_expect(web_issuer_ok("https://id.kommun.se/realm"));
	cr_expect(web_issuer_ok("http://localhost:4593/api/oidc"));
	cr_expect_not(web_issuer_ok("http://id.kommun.se"));
	cr_expect_not(web_issuer_ok("http://localhost.evil.example"));
	cr_expect_not(web_issuer_ok("ftp://localhost"));
	cr_expect_not(web_issuer_ok(""));
}
