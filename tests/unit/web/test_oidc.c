/* SPDX-License-Identifier: EUPL-1.2 */
/* Rounds to a provider that can be told to misbehave. The good ones against a real provider are in
 * tests/flow/test_provider.c. */
#include "tests/unit/web/office.h"

#include "base/text.h"
#include "tests/fake/http_service.h"
#include "tests/fake/signed_token.h"
#include "web/oidc_int.h"

#define NOW 1800000000

static struct provider {
	struct http_service *s;
	struct arena *a;
	EVP_PKEY *key;
	const char *issuer, *kid, *header, *nonce, *claims; /* claims NULL: good ones */
	const char *groups, *name;
	bool down;
	unsigned discoveries, keys, tokens;
	const char *form; /* the token endpoint was sent */
	const char *auth;
} at;

static const char *claims(struct arena *a)
{
	return at.claims ? at.claims
			 : arena_printf(a,
				   "{\"iss\":\"%s\",\"aud\":\"hylla\",\"exp\":%d,\"iat\":%d,"
				   "\"nonce\":\"%s\",\"sub\":\"s-1\",\"sid\":\"q-1\","
				   "\"preferred_username\":\"%s\",\"groups\":[%s]}",
				   at.issuer, NOW + 300, NOW, at.nonce, at.name, at.groups);
}

static const char *answer(const struct http_service_request *rq)
{
	struct arena *a = rq->arena;

	if (strstr(rq->target, "/.well-known/")) {
		at.discoveries++;
		return arena_printf(a,
			"{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a\","
			"\"token_endpoint\":\"%s/t\",\"jwks_uri\":\"%s/k\","
			"\"end_session_endpoint\":\"%s/o\","
			"\"authorization_response_iss_parameter_supported\":true}",
			at.issuer, at.issuer, at.issuer, at.issuer, at.issuer);
	}
	if (strstr(rq->target, "/k")) {
		at.keys++;
		return arena_printf(a, "{\"keys\":[%s]}", signed_token_jwk(a, at.key, at.kid));
	}
	at.tokens++;
	at.form = arena_strndup(at.a, rq->body.p, rq->body.n);
	at.auth = arena_strdup(at.a, http_service_header(rq, "Authorization")
					     ? http_service_header(rq, "Authorization")
					     : "");
	return arena_printf(a, "{\"token_type\":\"Bearer\",\"id_token\":\"%s\"}",
		signed_token(a, at.key, "RS256",
			at.header ? at.header
				  : arena_printf(a, "{\"alg\":\"RS256\",\"kid\":\"%s\"}", at.kid),
			claims(a)));
}

static void serve(const struct http_service_request *rq, struct http_service_reply *ret, void *ctx)
{
	if (at.down) {
		ret->status = 500;
		return;
	}
	ret->type = "application/json";
	ret->body = bytes_of_str(answer(rq));
}

static void desk_open(struct web_oidc_options more)
{
	static const char *const rows[] = {"bibliotek=Bib", "it=IT", NULL};
	struct http_service_options o = {.handler = serve};

	at = (struct provider){.a = arena_new(),
		.key = signed_token_rsa(2048),
		.kid = "one",
		.groups = "\"Bib\"",
		.name = "Elsa"};
	cr_assert_eq(http_service_start(&o, &at.s), 0);
	at.issuer = arena_printf(at.a, "http://localhost:%u", http_service_port(at.s));
	more.issuer = at.issuer;
	more.client = "hylla";
	more.url = "https://hylla.example.se";
	more.name = "Kommunen";
	more.scopes = "openid profile";
	more.name_claim = "preferred_username";
	more.roles_claim = "groups";
	more.roles = rows;
	office_open(&(struct web_options){.oidc = more});
}

static void desk_close(void)
{
	office_close();
	http_service_stop(at.s);
	EVP_PKEY_free(at.key);
	arena_free(at.a);
}

static const char *query(const char *address, const char *name)
{
	const char *s = strstr(address, arena_printf(at.a, "%s=", name));

	cr_assert_not_null(s, "%s in %s", name, address);
	s += strlen(name) + 1;
	return arena_strndup(at.a, s, strcspn(s, "&"));
}

/* There: what the browser carries, and the address with its state. */
static struct web_back begin(const char **ret_address)
{
	const struct web_round round = {.back = "/items"};
	const char *address, *carried;

	cr_assert_eq(web_oidc_begin(office.w, &round, NOW, at.a, &address, &carried), 0);
	at.nonce = query(address, "nonce");
	if (ret_address)
		*ret_address = address;
	return (struct web_back){.carried = carried,
		.code = "c-1",
		.state = query(address, "state"),
		.iss = at.issuer,
		.now = NOW};
}

static struct web_identity who;

static int finish(const struct web_back *b)
{
	return web_oidc_finish(office.w, b, at.a, &who);
}

Test(oidc, there_and_back)
{
	const char *address, *verifier;
	struct web_back b;
	uint8_t hash[32];

	desk_open((struct web_oidc_options){0});
	b = begin(&address);
	cr_expect_not_null(
		strstr(address, "response_type=code&client_id=hylla&redirect_uri="
				"https%3A%2F%2Fhylla.example.se%2Fsign-in%2Fprovider%2Fback"));
	cr_expect_null(strstr(b.carried, b.state), "it is sealed");
	cr_assert_eq(finish(&b), 0);
	cr_expect_str_eq(who.subject, "s-1");
	cr_expect_str_eq(who.sid, "q-1");
	cr_expect_str_eq(who.round.back, "/items");
	/* PKCE: what was sent is what the challenge was made of */
	verifier = query(at.form, "code_verifier");
	cert_sha256(bytes_of_str(verifier), hash);
	cr_expect_str_eq(query(address, "code_challenge"),
		text_base64url(at.a, bytes_of(hash, sizeof(hash))));
	cr_expect_str_eq(query(address, "code_challenge_method"), "S256");
	cr_expect_str_eq(at.auth, "", "a client without a secret");
	cr_expect_str_eq(query(at.form, "client_id"), "hylla");
	/* described and keys fetched once */
	b = begin(NULL);
	cr_expect_eq(finish(&b), 0);
	cr_expect_eq(at.discoveries, 1);
	cr_expect_eq(at.keys, 1);
	cr_expect_not_null(strstr(web_oidc_end_address(office.w, "a.b.c", NOW, at.a),
		"/o?client_id=hylla&id_token_hint=a.b.c&post_logout_redirect_uri="));
	desk_close();
}

Test(oidc, what_was_not_begun_here)
{
	struct web_back b, bad, other;

	desk_open((struct web_oidc_options){0});
	b = begin(NULL);
	other = begin(NULL);
	bad = b;
	bad.carried = NULL;
	cr_expect_eq(finish(&bad), ERR_DENIED, "no cookie: somebody else's link");
	bad = b;
	bad.state = other.state;
	cr_expect_eq(finish(&bad), ERR_DENIED, "another round's");
	bad = b;
	bad.carried = other.carried;
	cr_expect_eq(finish(&bad), ERR_DENIED);
	bad = b;
	bad.state = NULL;
	cr_expect_eq(finish(&bad), ERR_DENIED);
	bad = b;
	bad.now = NOW + 601;
	cr_expect_eq(finish(&bad), ERR_DENIED, "ten minutes are over");
	bad = b;
	bad.iss = "https://evil.example";
	cr_expect_eq(finish(&bad), ERR_DENIED, "mixed up");
	bad = b;
	bad.iss = NULL;
	cr_expect_eq(finish(&bad), ERR_DENIED, "this provider says who it is");
	bad = b;
	bad.code = "";
	cr_expect_eq(finish(&bad), ERR_DENIED);
	cr_expect_eq(at.tokens, 0, "no code was given away");
	/* a token for the other round's nonce: the code was swapped */
	cr_expect_eq(finish(&b), ERR_DENIED);
	desk_close();
}

Test(oidc, tokens_that_do_not_hold)
{
	struct web_back b;
	EVP_PKEY *key;

	desk_open((struct web_oidc_options){0});
	b = begin(NULL);
	at.header = "{\"alg\":\"none\"}";
	cr_expect_eq(finish(&b), ERR_DENIED);
	at.header = "{\"alg\":\"HS256\",\"kid\":\"one\"}";
	cr_expect_eq(finish(&b), ERR_DENIED);
	at.header = NULL;
	at.claims = "{\"iss\":\"https://evil.example\"}";
	cr_expect_eq(finish(&b), ERR_DENIED);
	at.claims = NULL;
	cr_expect_eq(finish(&b), 0);
	/* a forger's key under a known name: asked for once more, and not again for a while */
	key = at.key;
	at.key = signed_token_rsa(2048);
	at.down = false;
	b = begin(NULL);
	cr_expect_eq(at.keys, 1);
	cr_expect_eq(finish(&b), ERR_DENIED);
	cr_expect_eq(at.keys, 1, "thirty seconds are not over");
	EVP_PKEY_free(key);
	desk_close();
}

Test(oidc, keys_rotate)
{
	struct web_back b;

	desk_open((struct web_oidc_options){0});
	b = begin(NULL);
	cr_assert_eq(finish(&b), 0);
	EVP_PKEY_free(at.key);
	at.key = signed_token_rsa(2048);
	at.kid = "two";
	b = begin(NULL);
	b.now = NOW + 31;
	cr_expect_eq(finish(&b), 0);
	cr_expect_eq(at.keys, 2);
	desk_close();
}

Test(oidc, a_provider_that_is_down_keeps_nobody_waiting)
{
	const struct web_round round = {.back = "/"};
	const char *address, *carried;

	desk_open((struct web_oidc_options){0});
	at.down = true;
	cr_expect_eq(web_oidc_begin(office.w, &round, NOW, at.a, &address, &carried), ERR_NET);
	at.down = false;
	cr_expect_eq(web_oidc_begin(office.w, &round, NOW + 5, at.a, &address, &carried), ERR_BUSY);
	cr_expect_eq(at.discoveries, 0);
	cr_expect_eq(web_oidc_begin(office.w, &round, NOW + 16, at.a, &address, &carried), 0);
	desk_close();
}

Test(oidc, logs_out_those_it_says)
{
	const char *header = "{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"logout+jwt\"}", *good;
	struct web_identity x;

	desk_open((struct web_oidc_options){0});
	good = arena_printf(at.a,
		"{\"iss\":\"%s\",\"aud\":\"hylla\",\"iat\":%d,\"jti\":\"1\",\"sub\":\"s-1\","
		"\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}",
		at.issuer, NOW);
	cr_expect_eq(web_oidc_logout(office.w,
			     bytes_of_str(signed_token(at.a, at.key, "RS256", header, good)), NOW,
			     at.a, &x),
		0);
	cr_expect_str_eq(x.subject, "s-1");
	at.nonce = "n";
	cr_expect_eq(
		web_oidc_logout(office.w,
			bytes_of_str(signed_token(at.a, at.key, "RS256", header, claims(at.a))),
			NOW, at.a, &x),
		ERR_DENIED, "an ID token is none");
	desk_close();
}

/* --- accounts --- */

static struct refusal r;
static struct web_account u;

static int arrive(const char *subject)
{
	struct doc *d = doc_new(at.a);
	struct doc *list;
	char *copy = arena_strdup(at.a, at.groups), *save = NULL;
	struct web_identity x = {.issuer = at.issuer, .subject = subject, .claims = d};

	doc_set_str(d, "preferred_username", at.name);
	list = doc_set_list(d, "groups");
	for (char *s = strtok_r(copy, "\",", &save); s; s = strtok_r(NULL, "\",", &save))
		doc_add_str(list, s);
	return web_oidc_account(office.w, &x, NOW, at.a, &u, &r);
}

static void refused(int err, const char *code)
{
	cr_assert_eq(err, ERR_REFUSED, "%d", err);
	cr_expect_str_eq(r.say->code, code);
}

static const struct audit_who root = {.actor = "it", .via = "page"};

static void local(const char *name, uint32_t roles)
{
	const char *password;

	cr_assert_eq(web_account_add(house.st, &root, name, roles, NOW, at.a, &password, &r), 0);
}

Test(oidc, an_account_must_be_there_and_allowed)
{
	desk_open((struct web_oidc_options){0});
	refused(arrive("s-1"), "provider.unknown");
	local("elsa", WEB_BIBLIOTEK);
	refused(arrive("s-1"), "provider.taken");
	cr_assert_eq(web_account_provider(house.st, &root, "elsa", true, NOW, &r), 0);
	cr_expect_eq(arrive("s-1"), 0);
	cr_expect_str_eq(u.name, "elsa");
	/* bound: another person of that name is not let in, and a new name changes nothing */
	refused(arrive("s-2"), "provider.taken");
	at.name = "Elsa.Nygift";
	cr_expect_eq(arrive("s-1"), 0);
	cr_expect_str_eq(u.name, "elsa");
	/* and no longer */
	cr_assert_eq(web_account_provider(house.st, &root, "elsa", false, NOW, &r), 0);
	at.name = "Elsa";
	refused(arrive("s-1"), "provider.taken");
	refused(web_account_provider(house.st, &root, "nobody", true, NOW, &r), "account.unknown");
	desk_close();
}

Test(oidc, an_account_is_made_and_follows_its_groups)
{
	desk_open((struct web_oidc_options){.create = true});
	local("it", WEB_IT | WEB_ADMIN);
	at.name = "it";
	refused(arrive("s-9"), "provider.taken");
	at.name = "Elsa@kommun.se";
	at.groups = "\"Other\"";
	refused(arrive("s-1"), "provider.roles");
	at.groups = "\"Bib\"";
	cr_assert_eq(arrive("s-1"), 0);
	cr_expect_eq(u.roles, WEB_BIBLIOTEK);
	at.groups = "\"Bib\",\"IT\"";
	cr_assert_eq(arrive("s-1"), 0);
	cr_expect_eq(u.roles, WEB_BIBLIOTEK | WEB_IT);
	at.groups = "\"Other\"";
	refused(arrive("s-1"), "provider.roles");
	at.name = "Åsa";
	refused(arrive("s-3"), "provider.name");
	cr_assert_eq(web_account_close(house.st, &root, "elsa", NOW, &r), 0);
	at.groups = "\"Bib\"";
	refused(arrive("s-1"), "account.closed");
	desk_close();
}
