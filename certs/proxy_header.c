/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The client certificate that a trusted proxy saw, as it writes it into a header: RFC 9440 (DER
 * as a byte sequence of structured fields, ":Base64:") or nginx's $ssl_client_escaped_cert (PEM
 * with percent-encoding). Only the form is judged here; cert_peer_verify() judges the rest.
 */
#include "certs/certs.h"
#include "certs/der_int.h"

#include "base/text.h"

#define VALUE_MAX 16384
#define PEM_BEGIN "-----BEGIN CERTIFICATE-----"
#define PEM_END "-----END CERTIFICATE-----"

static struct bytes trim(struct bytes b)
{
	while (b.n && (b.p[0] == ' ' || b.p[0] == '\t'))
		b = bytes_of(b.p + 1, b.n - 1);
	while (b.n && (b.p[b.n - 1] == ' ' || b.p[b.n - 1] == '\t'))
		b.n--;
	return b;
}

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 3986 2.1. A plus sign stays one: this is no form. */
static int unescape(struct arena *a, struct bytes in, struct bytes *ret)
{
	uint8_t *out = arena_alloc(a, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		int high, low;

		if (in.p[i] != '%') {
			out[n++] = in.p[i];
			continue;
		}
		if (in.n - i < 3)
			return ERR_BADINPUT;
		high = hex_digit(in.p[i + 1]);
		low = hex_digit(in.p[i + 2]);
		if (high < 0 || low < 0 || high + low == 0)
			return ERR_BADINPUT;
		out[n++] = (uint8_t)(high << 4 | low);
		i += 2;
	}
	*ret = bytes_of(out, n);
	return 0;
}

/* The Base64 between the lines of a PEM text that holds one certificate and nothing else. */
static int pem_body(struct bytes pem, struct bytes *ret)
{
	const size_t begin = sizeof(PEM_BEGIN) - 1, end = sizeof(PEM_END) - 1;

	while (pem.n && (pem.p[pem.n - 1] == '\n' || pem.p[pem.n - 1] == '\r'))
		pem.n--;
	if (pem.n < begin + end || memcmp(pem.p, PEM_BEGIN, begin) != 0 ||
		memcmp(pem.p + pem.n - end, PEM_END, end) != 0)
		return ERR_BADINPUT;
	*ret = bytes_of(pem.p + begin, pem.n - begin - end);
	return 0;
}

/* One DER element and nothing behind it. */
static bool is_one_sequence(struct bytes der)
{
	struct cert_der d = cert_der_of_bytes(der);
	struct bytes content;

	return !cert_der_take(&d, DER_SEQUENCE, &content) && !cert_der_more(&d);
}

int cert_proxy_header_parse(struct arena *a, const char *value, struct bytes *ret_der)
{
	struct bytes in = bytes_of_str(value), body, der;

	if (in.n > VALUE_MAX)
		return ERR_TOOBIG;
	in = trim(in);
	if (in.n >= 2 && in.p[0] == ':' && in.p[in.n - 1] == ':')
		body = bytes_of(in.p + 1, in.n - 2);
	else if (unescape(a, in, &in) || pem_body(in, &body))
		return ERR_BADINPUT;
	if (text_parse_base64(a, body, &der) || !is_one_sequence(der))
		return ERR_BADINPUT;
	*ret_der = der;
	return 0;
}
