/* SPDX-License-Identifier: EUPL-1.2 */
/* A CertRep of SCEP is written, RFC 8894 3.3: a SignedData (RFC 5652 5) by the CA. */
#include "certs/der_int.h"
#include "certs/oid_int.h"
#include "certs/scep_int.h"

#include "base/random.h"

#include <stdlib.h>

#define NONCE 16
#define ATTRIBUTES_MAX 9
#define ROOM CERT_INPUT_MAX
#define ONE OID_BYTES("\x01")

/* Attributes in DER, which wants a SET OF in the order of its members' bytes. */
struct attributes {
	struct arena *a;
	struct bytes list[ATTRIBUTES_MAX];
	size_t n;
};

static void add_whole(struct attributes *s, struct bytes oid, struct bytes value)
{
	AUTO(buf) struct buf b = BUF_INIT(ROOM);
	size_t pair = cert_der_begin(&b, DER_SEQUENCE), set;

	cert_der_put(&b, DER_OID, oid);
	set = cert_der_begin(&b, DER_SET);
	buf_add_bytes(&b, value);
	cert_der_end(&b, set);
	cert_der_end(&b, pair);
	s->list[s->n++] = arena_bytes(s->a, buf_bytes(&b));
}

static void add(struct attributes *s, struct bytes oid, uint8_t tag, struct bytes value)
{
	AUTO(buf) struct buf b = BUF_INIT(ROOM);

	cert_der_put(&b, tag, value);
	add_whole(s, oid, buf_bytes(&b));
}

/* RFC 5652 11 */
static int add_plain(struct attributes *s, struct bytes content, int64_t now)
{
	AUTO(buf) struct buf time = BUF_INIT(64);
	uint8_t digest[32];
	int err = cert_der_put_time(&time, now);

	cert_sha256(content, digest);
	add(s, OID_CONTENT_TYPE, DER_OID, OID_DATA);
	add(s, OID_MESSAGE_DIGEST, DER_OCTET_STRING, bytes_of(digest, sizeof(digest)));
	add_whole(s, OID_SIGNING_TIME, buf_bytes(&time));
	return err;
}

static void add_text(struct attributes *s, struct bytes oid, struct bytes text)
{
	add(s, oid, DER_PRINTABLE_STRING, text);
}

/* RFC 8894 3.2.1 */
static void add_scep(struct attributes *s, const struct cert_scep_reply *r)
{
	const char digit = (char)('0' + r->fail_info);
	bool good = r->envelope.n > 0;
	uint8_t nonce[NONCE];

	random_bytes(nonce, sizeof(nonce));
	add_text(s, OID_SCEP_MESSAGE_TYPE, bytes_of_str("3"));
	add_text(s, OID_SCEP_PKI_STATUS, bytes_of_str(good ? "0" : "2"));
	if (!good)
		add_text(s, OID_SCEP_FAIL_INFO, bytes_of(&digit, 1));
	add_text(s, OID_SCEP_TRANSACTION_ID, r->to->transaction_id);
	add(s, OID_SCEP_SENDER_NONCE, DER_OCTET_STRING, bytes_of(nonce, NONCE));
	if (r->to->sender_nonce.n)
		add(s, OID_SCEP_RECIPIENT_NONCE, DER_OCTET_STRING, r->to->sender_nonce);
}

/* No member is the beginning of another: each says its own length. */
static int in_order(const void *a, const void *b)
{
	const struct bytes *x = a, *y = b;

	return memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);
}

static struct bytes sorted(struct attributes *s)
{
	AUTO(buf) struct buf b = BUF_INIT(ROOM);

	qsort(s->list, s->n, sizeof(s->list[0]), in_order);
	for (size_t i = 0; i < s->n; i++)
		buf_add_bytes(&b, s->list[i]);
	return arena_bytes(s->a, buf_bytes(&b));
}

/* Signed as a SET OF, although sent as [0]: RFC 5652 5.4. */
static int sign(struct certs *c, struct bytes attributes, uint8_t *out, size_t *ret_n)
{
	AUTO(buf) struct buf b = BUF_INIT(ROOM);

	cert_der_put(&b, DER_SET, attributes);
	return cert_sign(&c->issuer, buf_bytes(&b), out, ret_n);
}

static int put_signer(struct buf *out, struct certs *c, struct bytes attributes)
{
	uint8_t signature[CERT_SIGNATURE_MAX];
	size_t n, set, signer, sid;
	int err = sign(c, attributes, signature, &n);

	if (err)
		return err;
	set = cert_der_begin(out, DER_SET);
	signer = cert_der_begin(out, DER_SEQUENCE);
	cert_der_put(out, DER_INTEGER, ONE);
	sid = cert_der_begin(out, DER_SEQUENCE);
	buf_add_bytes(out, c->ca_sid.issuer);
	buf_add_bytes(out, c->ca_sid.serial);
	cert_der_end(out, sid);
	buf_add_bytes(out, ALG_SHA256);
	cert_der_put(out, DER_CONTEXT(0), attributes);
	buf_add_bytes(out, ALG_RSA);
	cert_der_put(out, DER_OCTET_STRING, bytes_of(signature, n));
	cert_der_end(out, signer);
	cert_der_end(out, set);
	return 0;
}

static void put_content(struct buf *out, struct bytes content)
{
	size_t whole = cert_der_begin(out, DER_SEQUENCE), inner;

	cert_der_put(out, DER_OID, OID_DATA);
	inner = cert_der_begin(out, DER_CONTEXT(0));
	cert_der_put(out, DER_OCTET_STRING, content);
	cert_der_end(out, inner);
	cert_der_end(out, whole);
}

static int put_signed_data(
	struct buf *out, struct certs *c, struct bytes content, struct bytes attributes)
{
	size_t body = cert_der_begin(out, DER_CONTEXT(0)), data = cert_der_begin(out, DER_SEQUENCE);
	int err;

	cert_der_put(out, DER_INTEGER, ONE);
	cert_der_put(out, DER_SET, ALG_SHA256);
	put_content(out, content);
	cert_der_put(out, DER_CONTEXT(0), c->ca_der);
	err = put_signer(out, c, attributes);
	cert_der_end(out, data);
	cert_der_end(out, body);
	return err;
}

int cert_scep_format(
	struct certs *c, const struct cert_scep_reply *r, struct arena *a, struct bytes *ret)
{
	AUTO(buf) struct buf out = BUF_INIT(ROOM);
	struct attributes s = {.a = a};
	size_t info = cert_der_begin(&out, DER_SEQUENCE);
	int err = add_plain(&s, r->envelope, r->now);

	add_scep(&s, r);
	cert_der_put(&out, DER_OID, OID_SIGNED_DATA);
	if (!err)
		err = put_signed_data(&out, c, r->envelope, sorted(&s));
	cert_der_end(&out, info);
	if (err || !buf_ok(&out))
		return err ? err : ERR_TOOBIG;
	*ret = arena_bytes(a, buf_bytes(&out));
	return 0;
}
