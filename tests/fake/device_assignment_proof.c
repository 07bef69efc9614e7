/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys, signatures and codes of the stand-in for device assignment. */
#include "tests/fake/device_assignment_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <openssl/cms.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>

/* --- OAuth 1.0a --- */

/* The value of a parameter of the Authorization header, unescaped, in the arena; NULL: absent. */
static const char *parameter(struct arena *a, const char *header, const char *name)
{
	const char *at = strstr(header, arena_printf(a, "%s=\"", name));
	char *out, *to;

	if (!at)
		return NULL;
	at += strlen(name) + 2;
	out = to = arena_alloc(a, strlen(at) + 1);
	for (; *at && *at != '"'; at++) {
		unsigned byte;

		if (*at == '%' && sscanf(at + 1, "%2x", &byte) == 1) {
			*to++ = (char)byte;
			at += 2;
		} else {
			*to++ = *at;
		}
	}
	return out;
}

static void escape(struct buf *b, const char *s)
{
	for (; *s; s++) {
		bool plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
			     (*s >= '0' && *s <= '9') || strchr("-._~", *s);

		if (plain)
			buf_add_char(b, *s);
		else
			buf_printf(b, "%%%02X", (uint8_t)*s);
	}
}

static const char *signed_as(struct da_call *c, const char *header)
{
	static const char *const names[] = {"oauth_consumer_key", "oauth_nonce",
		"oauth_signature_method", "oauth_timestamp", "oauth_token", "oauth_version"};
	AUTO(buf)
	struct buf parameters = BUF_INIT(65536),
		   base = BUF_INIT(65536), key = BUF_INIT(1024);
	struct arena *a = c->rq->arena;
	uint8_t mac[20];
	unsigned n = sizeof(mac);

	for (size_t i = 0; i < 6; i++) {
		const char *v = parameter(a, header, names[i]);

		buf_printf(&parameters, "%s%s=", i ? "&" : "", names[i]);
		escape(&parameters, v ? v : "");
	}
	buf_add_str(&base, "GET&");
	escape(&base, arena_printf(a, "%s/session", c->da->url));
	buf_add_char(&base, '&');
	escape(&base, buf_str(&parameters));
	escape(&key, c->da->consumer_secret);
	buf_add_char(&key, '&');
	escape(&key, c->da->access_secret);
	if (!HMAC(EVP_sha1(), key.p, (int)key.n, base.p, base.n, mac, &n))
		abort();
	return text_base64(a, bytes_of(mac, n));
}

static bool nonce_is_new(struct device_assignment *da, const char *nonce)
{
	if (text_empty(nonce))
		return false;
	for (unsigned i = 0; i < 64; i++) {
		if (text_equal(da->nonces[i], nonce))
			return false;
	}
	text_copy(da->nonces[da->nonces_n++ % 64], 64, nonce);
	return true;
}

const char *da_oauth_judge(struct da_call *c)
{
	const char *header = http_service_header(c->rq, "Authorization");
	struct arena *a = c->rq->arena;
	const char *at;
	int64_t then;

	if (!header || !text_starts(header, "OAuth ") || !strstr(header, "realm=\"ADM\""))
		return "oauth_problem_adviser=parameter_absent";
	if (!text_equal(parameter(a, header, "oauth_consumer_key"), c->da->consumer_key))
		return "oauth_problem=consumer_key_unknown";
	if (!text_equal(parameter(a, header, "oauth_token"), c->da->access_token))
		return "oauth_problem=token_rejected";
	at = parameter(a, header, "oauth_timestamp");
	if (!at || text_parse_i64(at, &then) != 0 || then > da_now(c->da) + 300 ||
		then < da_now(c->da) - 300)
		return "oauth_problem=timestamp_refused";
	if (!text_equal(parameter(a, header, "oauth_signature"), signed_as(c, header)))
		return "oauth_problem=signature_invalid";
	if (!nonce_is_new(c->da, parameter(a, header, "oauth_nonce")))
		return "oauth_problem=nonce_used";
	return c->da->token_ends < da_now(c->da) ? "oauth_problem=token_expired" : NULL;
}

/* --- the server token --- */

static void draw(char out[64], const char *prefix)
{
	char uuid[UUID_TEXT];

	snprintf(out, 64, "%s_%s", prefix, random_uuid(uuid));
}

static const char *token_text(struct device_assignment *da, struct arena *a)
{
	char ends[CLOCK_TEXT];

	return arena_printf(a,
		"Content-Type: text/plain;charset=UTF-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
		"-----BEGIN MESSAGE-----\r\n"
		"{\"consumer_key\":\"%s\",\"consumer_secret\":\"%s\",\"access_token\":\"%s\","
		"\"access_secret\":\"%s\",\"access_token_expiry\":\"%s\"}\r\n"
		"-----END MESSAGE-----\r\n",
		da->consumer_key, da->consumer_secret, da->access_token, da->access_secret,
		clock_format_utc(da->token_ends, ends));
}

static const char *smime(struct arena *a, X509 *to, const char *text)
{
	STACK_OF(X509) *recipients = sk_X509_new_null();
	BIO *in = BIO_new_mem_buf(text, -1), *out = BIO_new(BIO_s_mem());
	CMS_ContentInfo *cms = NULL;
	const char *result = NULL;
	char *p;
	long n;

	if (recipients && sk_X509_push(recipients, to))
		cms = CMS_encrypt(recipients, in, EVP_aes_256_cbc(), CMS_BINARY);
	if (cms && SMIME_write_CMS(out, cms, NULL, CMS_BINARY) == 1) {
		n = BIO_get_mem_data(out, &p);
		result = arena_strndup(a, p, (size_t)n);
	}
	CMS_ContentInfo_free(cms);
	sk_X509_free(recipients);
	BIO_free(in);
	BIO_free(out);
	return result;
}

const char *device_assignment_token(
	struct device_assignment *da, struct arena *a, const char *cert_pem, int days)
{
	BIO *b = BIO_new_mem_buf(cert_pem, -1);
	X509 *to = PEM_read_bio_X509(b, NULL, NULL, NULL);
	const char *text;

	BIO_free(b);
	if (!to)
		return NULL;
	pthread_mutex_lock(&da->lock);
	draw(da->consumer_key, "CK");
	draw(da->consumer_secret, "CS");
	draw(da->access_token, "AT");
	draw(da->access_secret, "AS");
	da->token_ends = clock_now() + days * INT64_C(86400);
	da->session[0] = '\0';
	text = token_text(da, a);
	pthread_mutex_unlock(&da->lock);
	text = smime(a, to, text);
	X509_free(to);
	return text;
}

/* --- unlocking --- */

static int letter_value(char c)
{
	static const char letters[] = "0123456789ACDEFGHJKLMNPQRTUVWXYZ";
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? (int)(at - letters) : -1;
}

/* 26 letters of five bits, the last of three: sixteen bytes. */
static bool code_read(const char *s, uint8_t out[16])
{
	unsigned held = 0, bits = 0, n = 0, letters = 0;

	for (; *s; s++) {
		int v = *s == '-' ? -2 : letter_value(*s);
		unsigned take = ++letters == 26 ? 3 : 5;

		if (v == -2) {
			letters--;
			continue;
		}
		if (v < 0 || letters > 26 || v >= 1 << take)
			return false;
		held = (held << take | (unsigned)v) & 0xffff;
		bits += take;
		if (bits >= 8) {
			bits -= 8;
			out[n++] = (uint8_t)(held >> bits);
		}
	}
	return n == 16 && bits == 0;
}

static bool code_fits(struct arena *a, const char *code, const char *escrow)
{
	static const uint8_t salt[4];
	uint8_t raw[16], hash[32];

	if (!code_read(code, raw) || PKCS5_PBKDF2_HMAC((const char *)raw, 16, salt, 4, 50000,
					     EVP_sha256(), 32, hash) != 1)
		return false;
	return text_equal(text_hex(a, bytes_of(hash, 32)), escrow);
}

void da_unlock(struct da_call *c)
{
	struct arena *a = c->rq->arena;
	const char *form = arena_strndup(a, c->rq->body.p, c->rq->body.n);
	const char *key = strstr(form, "escrowKey="), *serial = strstr(c->rq->target, "serial=");

	c->da->counts.unlocks++;
	c->reply->status = 400;
	if (!key || !serial || !strstr(form, "orgName=") || !strstr(form, "guid="))
		return;
	key = arena_strndup(a, key + 10, strcspn(key + 10, "&"));
	serial = arena_strndup(a, serial + 7, strcspn(serial + 7, "&"));
	for (size_t i = 0; i < c->da->count; i++) {
		struct da_device *v = &c->da->devices[i];

		if (!text_equal(v->serial, serial))
			continue;
		if (v->escrow[0] && code_fits(a, key, v->escrow)) {
			v->escrow[0] = '\0';
			c->reply->status = 200;
		} else if (v->account[0] && text_equal(key, v->account)) {
			v->account[0] = '\0';
			c->reply->status = 200;
		}
	}
}

/* --- what iPads sign --- */

static X509 *cert_make(EVP_PKEY *key, const char *name, X509 *issuer, EVP_PKEY *issuer_key)
{
	X509 *x = X509_new();
	X509_NAME *n = X509_get_subject_name(x);
	X509_EXTENSION *e;

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), issuer ? 2 : 1);
	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(issuer ? issuer : x));
	/* over for years, as Apple's own */
	X509_gmtime_adj(X509_getm_notBefore(x), -3650 * 86400L);
	X509_gmtime_adj(X509_getm_notAfter(x), -365 * 86400L);
	X509_set_pubkey(x, key);
	e = X509V3_EXT_conf_nid(NULL, NULL, NID_basic_constraints,
		issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
	X509_add_ext(x, e, -1);
	X509_EXTENSION_free(e);
	X509_sign(x, issuer ? issuer_key : key, EVP_sha256());
	return x;
}

bool da_ca_make(struct device_assignment *da)
{
	BIO *b = BIO_new(BIO_s_mem());
	char *p;
	long n;

	da->ca_key = EVP_EC_gen("P-256");
	da->device_key = EVP_EC_gen("P-256");
	da->stranger_key = EVP_EC_gen("P-256");
	if (!b || !da->ca_key || !da->device_key || !da->stranger_key)
		return false;
	da->ca = cert_make(da->ca_key, "Stand-in Device CA", NULL, NULL);
	da->device = cert_make(da->device_key, "device", da->ca, da->ca_key);
	da->stranger = cert_make(da->stranger_key, "device", NULL, NULL);
	PEM_write_bio_X509(b, da->ca);
	n = BIO_get_mem_data(b, &p);
	da->ca_pem = mem_alloc((size_t)n + 1);
	memcpy(da->ca_pem, p, (size_t)n);
	da->ca_pem[n] = '\0';
	BIO_free(b);
	return true;
}

void da_ca_release(struct device_assignment *da)
{
	X509_free(da->ca);
	X509_free(da->device);
	X509_free(da->stranger);
	EVP_PKEY_free(da->ca_key);
	EVP_PKEY_free(da->device_key);
	EVP_PKEY_free(da->stranger_key);
	free(da->ca_pem);
}

const char *device_assignment_ca(const struct device_assignment *da)
{
	return da->ca_pem;
}

struct bytes device_assignment_sign(
	struct device_assignment *da, struct arena *a, struct bytes content, bool stranger)
{
	BIO *in = BIO_new_mem_buf(content.p, (int)content.n);
	CMS_ContentInfo *cms = CMS_sign(stranger ? da->stranger : da->device,
		stranger ? da->stranger_key : da->device_key, NULL, in, CMS_BINARY);
	unsigned char *der = NULL;
	int n = cms ? i2d_CMS_ContentInfo(cms, &der) : -1;
	struct bytes out = {NULL, 0};

	if (n > 0)
		out = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	BIO_free(in);
	return out;
}
