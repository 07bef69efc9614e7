/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/web_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

Test(session_rules, a_session_ends_when_idle_or_old)
{
	static const struct {
		struct web_token t;
		int64_t now;
		bool over;
	} rows[] = {
		{{.expires_at = 10000, .used_at = 1000, .browser = true}, 1000, false},
		{{.expires_at = 10000, .used_at = 1000, .browser = true}, 8199, false},
		{{.expires_at = 10000, .used_at = 1000, .browser = true}, 8200, true},
		{{.expires_at = 10000, .used_at = 9999, .browser = true}, 10000, true},
		{{.expires_at = 10000, .used_at = 1000}, 9999, false}, /* a program may rest */
		{{.expires_at = 10000, .used_at = 1000}, 10000, true},
		{{.used_at = 1000}, 1 << 30, false},
		{{.closed_at = 5}, 6, true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(web_session_is_over(&rows[i].t, rows[i].now), rows[i].over, "%zu", i);
}

Test(session_rules, only_pages_of_ours_send_forms)
{
	static const struct {
		struct web_origin o;
		bool ours;
	} rows[] = {
		{{.site = "same-origin"}, true},
		{{.site = "none"}, true},
		{{.site = "same-site"}, false},
		{{.site = "cross-site"}, false},
		{{.site = ""}, false},
		{{.site = "cross-site", .origin = "https://h:1", .host = "h:1", .tls = true},
			false},
		{{.origin = "https://h:1", .host = "h:1", .tls = true}, true},
		{{.origin = "https://H:1", .host = "h:1", .tls = true}, true},
		{{.origin = "http://h:1", .host = "h:1", .tls = true}, false},
		{{.origin = "http://h:1", .host = "h:1"}, true},
		{{.origin = "https://h:1.evil.example", .host = "h:1", .tls = true}, false},
		{{.origin = "null", .host = "h:1", .tls = true}, false},
		{{.host = "h:1", .tls = true}, false},
		{{.origin = "https://h:1", .tls = true}, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(web_origin_is_ours(&rows[i].o), rows[i].ours, "%zu", i);
}

Test(session_rules, one_goes_back_only_to_pages_of_ours)
{
	cr_expect(web_return_ok("/devices/A1?state=lost"));
	cr_expect(web_return_ok("/"));
	cr_expect_not(web_return_ok("//evil.example/"));
	cr_expect_not(web_return_ok("https://evil.example/"));
	cr_expect_not(web_return_ok("/sign-in?return=/"));
	cr_expect_not(web_return_ok("/sign-out"));
	cr_expect_not(web_return_ok("/api/v1/status"));
	cr_expect_not(web_return_ok(NULL));
}

Test(session_rules, a_browser_is_called_roughly)
{
	static const struct {
		const char *agent, *said;
	} rows[] = {
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
		 "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
			"Edge, Windows"},
		{"Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
			"Firefox, Linux"},
		{"Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
		 "Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
			"Safari, iPad"},
		{"curl/7.88", ""},
		{"Firefox/1", "Firefox"},
		{"", ""},
		{NULL, ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char out[WEB_AGENT];

		web_agent_format(rows[i].agent, out);
		cr_expect_str_eq(out, rows[i].said);
	}
}

static bool same_network(const char *a, const char *b)
{
	uint8_t x[WEB_NETWORK], y[WEB_NETWORK];

	web_network_of("it", a, x);
	web_network_of("it", b, y);
	return memcmp(x, y, WEB_NETWORK) == 0;
}

Test(session_rules, a_network_is_an_address_or_a_network)
{
	uint8_t it[WEB_NETWORK], bo[WEB_NETWORK];

	cr_expect(same_network("192.0.2.7", "192.0.2.7"));
	cr_expect_not(same_network("192.0.2.7", "192.0.2.8"));
	cr_expect(same_network("2001:db8:1:2::1", "2001:db8:1:2:aaaa:bbbb:cccc:dddd"));
	cr_expect_not(same_network("2001:db8:1:2::1", "2001:db8:1:3::1"));
	cr_expect_not(same_network(NULL, "192.0.2.7"));
	cr_expect(same_network(NULL, NULL));
	web_network_of("it", "192.0.2.7", it);
	web_network_of("bo", "192.0.2.7", bo);
	cr_expect_neq(memcmp(it, bo, WEB_NETWORK), 0, "nor does one account tell of another");
}

Test(session_rules, a_form_token_is_of_its_session)
{
	char one[WEB_FORM_TOKEN], again[WEB_FORM_TOKEN], other[WEB_FORM_TOKEN];

	web_form_token("a word", one);
	web_form_token("a word", again);
	web_form_token("another", other);
	cr_expect_str_eq(one, again);
	cr_expect_str_neq(one, other);
	cr_expect_eq(strlen(one), 43, "256 bits");
	/* whose it is: neither the station nor the account alone tells, nor is it a session's */
	web_form_owner("a word", "anna", one);
	web_form_owner("a word", "bo", other);
	cr_expect_str_neq(one, other);
	web_form_owner("another", "anna", other);
	cr_expect_str_neq(one, other);
	web_form_owner("a word", "anna", other);
	cr_expect_str_eq(one, other);
	cr_expect_str_neq(one, again);
}
