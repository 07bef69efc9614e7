/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A small reader of ASN.1's encodings (X.690), for bytes that must be looked at faster than
 * OpenSSL does it, and a small writer. Strict: tag numbers below 31, lengths in their shortest
 * form, nothing past the end. An element that is entered may have an indefinite length, as real
 * devices send it; one that is taken as a whole may not.
 *
 * All functions are pure. They return 0 or ERR_BADINPUT.
 */
#ifndef CERTS_DER_INT_H
#define CERTS_DER_INT_H

#include "base/buf.h"
#include "base/err.h"

#define DER_BOOLEAN 0x01
#define DER_INTEGER 0x02
#define DER_BIT_STRING 0x03
#define DER_OCTET_STRING 0x04
#define DER_NULL 0x05
#define DER_OID 0x06
#define DER_UTF8_STRING 0x0c
#define DER_PRINTABLE_STRING 0x13
#define DER_T61_STRING 0x14
#define DER_IA5_STRING 0x16
#define DER_UTC_TIME 0x17
#define DER_GENERALIZED_TIME 0x18
#define DER_SEQUENCE 0x30
#define DER_SET 0x31
#define DER_CONTEXT(n) (0xa0 | (n)) /* constructed */
#define DER_CONTEXT_PRIMITIVE(n) (0x80 | (n))

struct cert_der {
	const uint8_t *p, *end;
	bool open; /* of indefinite length: ends at two zero bytes */
};

struct cert_der cert_der_of_bytes(struct bytes b);
/* Is there another element before the end of this one? */
bool cert_der_more(const struct cert_der *d);
/* The tag of the next element, 0 when there is none. */
uint8_t cert_der_peek(const struct cert_der *d);
/* Goes into the next element, which must have this tag; leave comes back behind it, and fails
 * when it was not read to its end. */
int cert_der_enter(const struct cert_der *d, uint8_t tag, struct cert_der *ret) MUST_CHECK;
int cert_der_leave(struct cert_der *d, const struct cert_der *inner) MUST_CHECK;
/* Takes the next element, of definite length: its content, or the whole with its header. */
int cert_der_take(struct cert_der *d, uint8_t tag, struct bytes *ret_content) MUST_CHECK;
int cert_der_take_whole(struct cert_der *d, uint8_t tag, struct bytes *ret_whole) MUST_CHECK;
/* A BIT STRING of whole octets; an INTEGER in its shortest form, not negative, without the zero in
 * front. */
int cert_der_take_bits(struct cert_der *d, struct bytes *ret) MUST_CHECK;
int cert_der_take_unsigned(struct cert_der *d, struct bytes *ret) MUST_CHECK;
/* Steps over the next element, whatever it is and however its length is given; nested elements
 * of indefinite length to a depth of 16. */
int cert_der_skip(struct cert_der *d) MUST_CHECK;
/* UTCTime (years 1950 to 2049) or GeneralizedTime, with seconds and Z, as RFC 5280 4.1.2.5. */
int cert_der_take_time(struct cert_der *d, int64_t *ret) MUST_CHECK;

/* Writes one element. */
void cert_der_put(struct buf *out, uint8_t tag, struct bytes content);
/* What is added to `out` between the two becomes the content of an element. */
size_t cert_der_begin(struct buf *out, uint8_t tag) MUST_CHECK;
void cert_der_end(struct buf *out, size_t begun);
/* UTCTime until 2049, then GeneralizedTime; ERR_BADINPUT past the year 9999. */
int cert_der_put_time(struct buf *out, int64_t t) MUST_CHECK;

#endif
