/* SPDX-License-Identifier: EUPL-1.2 */
/* What an enrolment costs the server, and its SCEP part alone. */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "certs/certs_int.h"

#include <string.h>
#include <time.h>

#define ENROLMENTS 300
#define SIGNATURES 300

struct watching {
	struct bench_server *s;
	struct client *c;
	int64_t scep_us, all_us;
	unsigned scep, all;
};

/* An iPad's network, with the server's CPU time read around each request. */
static int send_watched(
	void *ctx, const struct ipad_request *rq, struct arena *a, struct ipad_reply *ret)
{
	struct watching *w = ctx;
	struct client_header headers[2];
	struct client_request cr = {.method = rq->method, .headers = headers, .body = rq->body};
	struct client_reply got;
	struct client_url url;
	int64_t before = bench_server_cpu_us(w->s), used;
	int err = client_url_parse(a, rq->url, &url);

	if (rq->content_type)
		headers[cr.header_count++] =
			(struct client_header){"Content-Type", rq->content_type};
	if (rq->signature)
		headers[cr.header_count++] = (struct client_header){"Mdm-Signature", rq->signature};
	cr.path = url.path;
	if (err == 0)
		err = client_exchange(w->c, &cr, &got);
	if (err)
		return err;
	ret->status = got.status;
	ret->content_type = got.content_type ? arena_strdup(a, got.content_type) : NULL;
	ret->body = arena_bytes(a, got.body);
	used = bench_server_cpu_us(w->s) - before;
	w->all_us += used;
	if (strstr(rq->url, "PKIOperation")) {
		w->scep_us += used;
		w->scep++;
	}
	return 0;
}

static void enrol_one(struct watching *w, struct ipad_keys *keys, const char *url, unsigned number)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct ipad_transport t = {send_watched, w};
	const struct ipad_options o = {
		.keys = keys, .transport = &t, .plain_ok = true, .signature = IPAD_SIGN_SHA256};
	AUTO(ipad) struct ipad *p = NULL;
	struct ipad_model m;

	ipad_model_make(a, number, &m);
	p = ipad_new(&m, &o);
	bench_must(ipad_enrol_url(p, url), ipad_why(p));
	w->all++;
}

/* What an RSA operation with a private key of the CA's size costs this machine just now: an
 * enrolment takes three, and neighbours make them half as dear again. */
static double rsa_us(void)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct cert_issuer by = {.key = EVP_RSA_gen(2048)};
	uint8_t out[CERT_SIGNATURE_MAX];
	clock_t t0 = clock();
	size_t n;

	for (int i = 0; i < SIGNATURES; i++)
		bench_must(cert_sign(&by, bytes_of_str("bench"), out, &n), "a signature");
	EVP_PKEY_free(by.key);
	return (double)(clock() - t0) * 1e6 / CLOCKS_PER_SEC / SIGNATURES;
}

void bench_scep(void)
{
	struct bench_server s;
	struct watching w = {.s = &s};
	struct ipad_keys *keys = ipad_keys_new(4);
	const char *url;
	int64_t t0;

	bench_found(&s);
	bench_server_start(&s);
	url = bench_invite(&s, ENROLMENTS + 10);
	w.c = client_new(&(struct client_options){.host = "localhost", .port = s.port});
	for (unsigned i = 0; i < 10; i++) /* warm */
		enrol_one(&w, keys, url, 100000 + i);
	w.scep_us = w.all_us = 0;
	w.scep = w.all = 0;
	t0 = clock_mono_us();
	for (unsigned i = 0; i < ENROLMENTS; i++)
		enrol_one(&w, keys, url, i + 1);
	bench_note(
		"%d enrolments one after the other: profile, GetCACaps, GetCACert, PKIOperation, "
		"Authenticate, TokenUpdate; %.1f ms each on the clock",
		ENROLMENTS, (double)(clock_mono_us() - t0) / 1000 / ENROLMENTS);
	bench_note("an RSA-2048 signature takes %.0f us of CPU here just now; a PKIOperation takes "
		   "three such operations",
		rsa_us());
	bench_say("scep_cpu", (double)w.scep_us / w.scep / 1000, "ms");
	bench_say("enrol_cpu", (double)w.all_us / w.all / 1000, "ms");
	client_free(w.c);
	ipad_keys_free(keys);
	bench_remove(&s);
}
