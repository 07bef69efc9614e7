/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The flows with their secrets, at the most talkative log; then the secrets are looked for where
 * they must not be: the log, the figures, the store's file.
 */
#include "tests/flow/flow.h"

#include "base/file.h"
#include "base/text.h"
#include "tests/fake/ipad_int.h"

#include <openssl/pem.h>

enum { IN_LOG = 1, IN_STORE = 2, IN_METRICS = 4, ANYWHERE = 7 };

struct secret {
	const char *name;
	struct bytes what;
	unsigned not_in;
};

struct secrets {
	struct flow f;
	struct secret list[64];
	size_t n;
};

static void keep(struct secrets *s, const char *name, struct bytes what, unsigned not_in)
{
	cr_assert_lt(s->n, 60);
	cr_assert_geq(what.n, 6, "%s is too short to be looked for", name);
	s->list[s->n++] = (struct secret){name, arena_bytes(s->f.a, what), not_in};
}

static void keep_text(struct secrets *s, const char *name, const char *what, unsigned not_in)
{
	cr_assert_not_null(what, "%s", name);
	keep(s, name, bytes_of_str(what), not_in);
}

/* As bytes, and as it would be written down. */
static void keep_bytes(struct secrets *s, const char *name, struct bytes what)
{
	keep(s, name, what, ANYWHERE);
	keep_text(s, name, text_base64(s->f.a, what), ANYWHERE);
	keep_text(s, name, text_hex(s->f.a, what), ANYWHERE);
}

static const char *account(struct secrets *s, const char *name, const char *own)
{
	struct flow *f = &s->f;
	struct doc *d = FLOW_JSON(f, "user", "add", name, "--roles", "it konsulent");
	const char *once = doc_str(d, "one_time_password");
	const char *body = arena_printf(f->a,
		"{\"name\":\"%s\",\"password\":\"%s\",\"new_password\":\"%s\"}", name, once, own);
	struct flow_reply r = flow_call(f, "POST", "/api/v1/sign-in", NULL, body);

	cr_assert_eq(r.status, 200, "%d %s", r.status, r.body);
	keep_text(s, "a one-time password", once, ANYWHERE);
	keep_text(s, "a password", own, ANYWHERE);
	keep_text(s, "a session's token", doc_str(r.doc, "token"), ANYWHERE);
	body = arena_printf(f->a, "{\"name\":\"%s\",\"password\":\"%s-wrong\"}", name, own);
	flow_call(f, "POST", "/api/v1/sign-in", NULL, body);
	return doc_str(r.doc, "token");
}

/* The word of an address, and the challenge in a profile. */
static void enrol(struct secrets *s, struct ipad *p)
{
	struct flow *f = &s->f;
	struct doc *d = FLOW_JSON(f, "enrol", "profile", flow_serial(p));
	const char *url = doc_str(d, "url"), *path;
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	const char *challenge;

	keep_text(s, "an invitation's word", strrchr(url, '/') + 1, ANYWHERE);
	path = arena_printf(f->a, "%s/enrol.mobileconfig", f->dir);
	FLOW_EXPECT(f, 0, "enrol", "profile", flow_serial(p), "-o", path);
	cr_assert_eq(file_read(path, &b), 0);
	buf_add_char(&b, '\0');
	challenge = memmem(b.p, b.n, "<key>Challenge</key>", 20);
	cr_assert_not_null(challenge);
	challenge = strstr(challenge, "<string>") + 8;
	keep(s, "a challenge", bytes_of(challenge, strcspn(challenge, "<")), ANYWHERE);
	cr_assert_eq(ipad_enrol_profile(p, bytes_of(b.p, b.n - 1)), 0, "%s", ipad_why(p));
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	keep_text(s, "push magic", ipad_state(p)->magic, IN_LOG | IN_METRICS);
	keep_text(s, "push token", text_hex(f->a, bytes_of(ipad_state(p)->token, IPAD_TOKEN)),
		IN_LOG | IN_METRICS);
	keep_text(s, "push token", text_base64(f->a, bytes_of(ipad_state(p)->token, IPAD_TOKEN)),
		IN_LOG | IN_METRICS);
	keep_bytes(s, "unlock token", bytes_of(p->unlock_token, sizeof(p->unlock_token)));
	keep_text(s, "bypass code", p->bypass_code, ANYWHERE);
}

static void command(struct flow *f, const struct ipad *p, const char *token, const char *body)
{
	const char *path = arena_printf(f->a, "/api/v1/devices/%s/commands", flow_serial(p));
	struct flow_reply r = flow_call(f, "POST", path, token, body);

	cr_assert(r.status == 201 || r.status == 202, "%s: %d %s", body, r.status, r.body);
}

static void locate(struct secrets *s, struct ipad *p, const char *anna, const char *bo)
{
	struct flow *f = &s->f;
	const char *at = arena_printf(f->a, "/api/v1/devices/%s", flow_serial(p));
	struct flow_reply r;

	keep_text(s, "a position", "57.7213579", ANYWHERE);
	keep_text(s, "a position", "12.9402468", ANYWHERE);
	keep_text(s, "a purpose", "grannen sett den i parken",
		IN_LOG | IN_METRICS); /* the audit log holds why, for those who judge it */
	FLOW_EXPECT(f, 0, "device", "lost", flow_serial(p), "--phone", "033");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	r = flow_call(f, "POST", arena_printf(f->a, "%s/locate", at), anna,
		"{\"purpose\":\"grannen sett den i parken\"}");
	cr_assert_lt(r.status, 300, "%d %s", r.status, r.body);
	r = flow_call(f, "POST", arena_printf(f->a, "%s/locate/confirm", at), bo, "{}");
	cr_assert_lt(r.status, 300, "%d %s", r.status, r.body);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	r = flow_call(f, "GET", arena_printf(f->a, "%s/location", at), anna, NULL);
	cr_assert_eq(r.status, 200, "%s", r.body);
	cr_expect(doc_has(r.doc, "latitude"), "%s", r.body);
}

/* The bare key, however it would be written: its private part is looked for. */
static void keep_key(struct secrets *s, const char *name, const char *pem)
{
	BIO *in = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(in, NULL, NULL, NULL);
	unsigned char *der = NULL;
	int n = i2d_PrivateKey(key, &der);

	cr_assert_gt(n, 64);
	/* The end of the DER is private in every kind of key. */
	keep(s, name, bytes_of(der + n - 48, 40), ANYWHERE);
	keep(s, name, bytes_of(strchr(pem, '\n') + 100, 48), ANYWHERE);
	OPENSSL_free(der);
	EVP_PKEY_free(key);
	BIO_free(in);
}

static void settle_keys(struct secrets *s)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);

	keep_key(s, "the push key", s->f.certs.client_key_pem);
	cr_assert_eq(file_read(arena_printf(s->f.a, "%s/seal.key", s->f.dir), &b), 0);
	keep(s, "the sealing key", bytes_of(b.p, b.n < 32 ? b.n : 32), ANYWHERE);
	keep_text(s, "the program's token", s->f.token, ANYWHERE);
	keep_text(s, "the first password", s->f.password, ANYWHERE);
}

static void look(struct secrets *s, unsigned where, const char *name, struct bytes in)
{
	cr_assert_gt(in.n, 1000, "%s is empty: nothing was looked at", name);
	for (size_t i = 0; i < s->n; i++) {
		const struct secret *one = &s->list[i];

		if (one->not_in & where)
			cr_expect_null(memmem(in.p, in.n, one->what.p, one->what.n), "%s is in %s",
				one->name, name);
	}
}

static void look_everywhere(struct secrets *s)
{
	AUTO(buf) struct buf store = BUF_INIT(512u << 20);
	struct flow_reply r = flow_call(&s->f, "GET", "/metrics", s->f.token, NULL);
	const char *log;

	flow_server_stop(&s->f);
	log = flow_log(&s->f);
	cr_expect_not_null(strstr(log, "level=debug"), "the log is not at its most talkative");
	look(s, IN_LOG, "the log", bytes_of_str(log));
	look(s, IN_METRICS, "/metrics", bytes_of_str(r.body));
	cr_assert_eq(file_read(arena_printf(s->f.a, "%s/hylla.mdb", s->f.dir), &store), 0);
	look(s, IN_STORE, "the store", buf_bytes(&store));
}

Test(secrets, are_nowhere_they_must_not_be, .timeout = 300)
{
	struct secrets s = {{0}};
	const char *anna, *bo;
	struct ipad *p;

	flow_start(&s.f);
	settle_keys(&s);
	anna = account(&s, "anna", "annas-alldeles-egna-ord");
	bo = account(&s, "bo", "bos-helt-egna-hemliga-ord");
	p = flow_ipad(&s.f, 7, NULL, NULL);
	ipad_move(p, true, 57.7213579, 12.9402468);
	flow_own(&s.f, p);
	enrol(&s, p);
	cr_assert_eq(ipad_bootstrap_set(p, bytes_of_str("bootstrap-token-of-one-ipad")), 0);
	keep_bytes(&s, "bootstrap token", bytes_of_str("bootstrap-token-of-one-ipad"));
	command(&s.f, p, anna, "{\"request\":\"ClearPasscode\"}");
	command(&s.f, p, anna, "{\"request\":\"ActivationLockBypassCode\"}");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_not(ipad_state(p)->passcode, "the unlock token came back right");
	locate(&s, p, anna, bo);
	FLOW_EXPECT(&s.f, 0, "device", "found", flow_serial(p));
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	look_everywhere(&s);
	ipad_free(p);
	flow_stop(&s.f);
}
