/* SPDX-License-Identifier: EUPL-1.2 */
/* The second step as people meet it: set up, asked for, required, forgotten, taken away. */
#include "tests/flow/browser.h"

#include <openssl/hmac.h>
#include <stdio.h>
#include <time.h>

/* What stands between two marks of the page, in the arena. */
static const char *between(struct browser *b, const char *body, const char *from, const char *to)
{
	const char *at = strstr(body, from), *end;

	cr_assert_not_null(at, "no %s in %s", from, body);
	at += strlen(from);
	end = strstr(at, to);
	cr_assert_not_null(end);
	return arena_strndup(b->f.a, at, (size_t)(end - at));
}

/* An authenticator app: Base 32 with blanks in, six digits out. */
static const char *app(struct browser *b, const char *secret, int64_t step)
{
	uint8_t key[64], counter[8], mac[20];
	uint32_t bits = 0, number;
	unsigned held = 0, n = 0, mac_n = sizeof(mac);

	for (; *secret; secret++) {
		if (*secret == ' ')
			continue;
		bits = bits << 5 | (uint32_t)(*secret >= 'A' ? *secret - 'A' : *secret - '2' + 26);
		held += 5;
		if (held >= 8) {
			held -= 8;
			key[n++] = (uint8_t)(bits >> held);
		}
	}
	for (int i = 0; i < 8; i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	cr_assert_not_null(HMAC(EVP_sha1(), key, (int)n, counter, 8, mac, &mac_n));
	number = (uint32_t)(mac[mac[19] & 15] & 0x7f) << 24 |
		 (uint32_t)mac[(mac[19] & 15) + 1] << 16 | (uint32_t)mac[(mac[19] & 15) + 2] << 8 |
		 mac[(mac[19] & 15) + 3];
	return arena_printf(b->f.a, "%06u", number % 1000000);
}

static int64_t step_now(void)
{
	return (int64_t)time(NULL) / 30;
}

/* Sets it up; returns the key as text, and the codes' page in `ret_codes`. Now's code is used up.
 */
static const char *set_up(struct browser *b, const char **ret_codes)
{
	const char *secret;
	struct flow_reply r;

	expect(b, 303, "POST", "/two-step/begin", form(b, ""));
	cr_expect_str_eq(b->place, "/two-step");
	r = visit(b, "GET", "/two-step", NULL);
	cr_expect_not_null(strstr(r.body, "class=\"qr\""));
	secret = between(b, r.body, "<p class=\"lead\"><code>", "</code>");
	expect(b, 409, "POST", "/two-step/confirm", form(b, "code=000000"));
	r = visit(b, "POST", "/two-step/confirm",
		form(b, arena_printf(b->f.a, "code=%s", app(b, secret, step_now()))));
	cr_assert_eq(r.status, 201, "%s", r.body);
	*ret_codes = r.body;
	return secret;
}

Test(two_step, is_set_up_and_asked_for, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *secret, *codes, *recovery, *half, *whole;
	struct flow_reply r;

	flow_start(&b.f);
	sign_in_first(&b);
	expect(&b, 200, "GET", "/", NULL);
	secret = set_up(&b, &codes);
	recovery = between(&b, codes, "<li><code>", "</code>");
	/* a password alone opens only the page of the code */
	b.cookie = NULL;
	expect(&b, 303, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD "&return=/items");
	cr_expect_str_eq(b.place, "/sign-in/code?return=/items");
	expect(&b, 303, "GET", "/items", NULL);
	cr_expect_str_eq(b.place, "/sign-in/code");
	expect(&b, 303, "GET", "/two-step", NULL);
	r = visit(&b, "GET", "/sign-in/code?return=/items", NULL);
	cr_expect_not_null(strstr(r.body, "value=\"/items\""));
	cr_expect_null(strstr(r.body, "id=\"scan\""), "no places for whoever is half in");
	expect(&b, 409, "POST", "/sign-in/code", form(&b, "code=000000&return=/items"));
	expect(&b, 400, "POST", "/sign-in/code", form(&b, "return=/items"));
	half = b.cookie;
	expect(&b, 303, "POST", "/sign-in/code",
		form(&b, arena_printf(b.f.a, "return=//evil.example/&code=%s",
				 app(&b, secret, step_now() + 1))));
	cr_expect_str_eq(b.place, "/");
	cr_expect_str_neq(b.cookie, half, "the word is a new one");
	expect(&b, 200, "GET", "/items", NULL);
	/* a code begins no second session beside the first */
	whole = b.cookie;
	expect(&b, 303, "POST", "/sign-in/code", form(&b, "code=000000&return=/items"));
	cr_expect_str_eq(b.place, "/");
	cr_expect_str_eq(b.cookie, whole);
	b.cookie = half;
	expect(&b, 303, "GET", "/items", NULL);
	cr_expect(text_starts(b.place, "/sign-in?"), "and the old one is worth nothing");
	/* a recovery code does as well, once */
	expect(&b, 303, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD);
	expect(&b, 200, "GET", "/sign-in/code", NULL);
	expect(&b, 303, "POST", "/sign-in/code",
		form(&b, arena_printf(b.f.a, "code=%s", recovery)));
	r = visit(&b, "GET", "/two-step", NULL);
	cr_expect_not_null(strstr(r.body, "9 reservkoder"));
	/* programs */
	r = flow_call(&b.f, "POST", "/api/v1/sign-in", NULL,
		"{\"name\":\"it\",\"password\":\"fyra helt olika ord\"}");
	cr_expect_eq(r.status, 409);
	cr_expect_str_eq(doc_str(r.doc, "code"), "sign-in.code-needed");
	/* the password alone does not change the password either */
	r = flow_call(&b.f, "POST", "/api/v1/sign-in", NULL,
		"{\"name\":\"it\",\"password\":\"fyra helt olika ord\","
		"\"new_password\":\"fem andra hemliga ord\"}");
	cr_expect_eq(r.status, 409);
	recovery = between(&b, strstr(codes, recovery), "<li><code>", "</code>");
	r = flow_call(&b.f, "POST", "/api/v1/sign-in", NULL,
		arena_printf(b.f.a,
			"{\"name\":\"it\",\"password\":\"fyra helt olika ord\",\"code\":\"%s\"}",
			recovery));
	cr_expect_eq(r.status, 200);
	/* nothing of it is written in clear */
	cr_expect_null(strstr(flow_log(&b.f), recovery));
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

Test(two_step, can_be_required_and_taken_away, .timeout = 300)
{
	struct browser b = {.f = {0}};
	const char *codes, *admin;
	struct flow_reply r;

	flow_start(&b.f);
	sign_in_first(&b);
	expect(&b, 200, "GET", "/settings/signin.two_step_roles", NULL);
	expect(&b, 303, "POST", "/settings/signin.two_step_roles",
		form(&b, "value=admin&value=it&why=prov"));
	/* at once, for who is signed in too */
	expect(&b, 303, "GET", "/items", NULL);
	cr_expect_str_eq(b.place, "/two-step");
	expect(&b, 200, "GET", "/two-step", NULL);
	set_up(&b, &codes);
	expect(&b, 200, "GET", "/items", NULL);
	/* required: it cannot be turned off, whatever the code */
	expect(&b, 409, "POST", "/two-step/end",
		form(&b, arena_printf(
				 b.f.a, "code=%s", between(&b, codes, "<li><code>", "</code>"))));
	r = flow_call(&b.f, "GET", "/api/v1/accounts", b.f.token, NULL);
	cr_expect_not_null(strstr(r.body, "\"two_step\":true"));
	/* the phone is gone */
	FLOW_EXPECT(&b.f, 0, "user", "two-step-reset", "it");
	expect(&b, 303, "GET", "/items", NULL);
	cr_expect(text_starts(b.place, "/sign-in?"));
	expect(&b, 303, "POST", "/sign-in", "name=it&password=" OWN_PASSWORD);
	cr_expect_str_eq(b.place, "/");
	expect(&b, 303, "GET", "/", NULL);
	cr_expect_str_eq(b.place, "/two-step");
	expect(&b, 200, "GET", "/two-step", NULL);
	set_up(&b, &codes);
	r = visit(&b, "GET", "/", NULL);
	cr_expect_not_null(strstr(r.body, "/two-step/seen"), "it is told who did it");
	cr_expect_not_null(strstr(r.body, "cli:"));
	expect(&b, 303, "POST", "/two-step/seen", form(&b, "next=/"));
	r = visit(&b, "GET", "/", NULL);
	cr_expect_null(strstr(r.body, "/two-step/seen"));
	/* all of it stands in the audit log */
	admin = flow_call(&b.f, "GET", "/api/v1/audit?object=it", b.f.token, NULL).body;
	cr_expect_not_null(strstr(admin, "account.two-step-reset"));
	cr_expect_not_null(strstr(admin, "two-step.on"));
	admin = flow_call(&b.f, "GET", "/api/v1/audit?object=setting:signin.two_step_roles", b.f.token, NULL).body;
	cr_expect_not_null(strstr(admin, "setting.change"));
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}
