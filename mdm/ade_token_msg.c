/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The server token. Apple's portal gives an S/MIME file: MIME headers and Base64 of an
 * EnvelopedData. What is in the envelope is MIME again, and in its text a JSON object between two
 * lines.
 */
#include "mdm/ade_int.h"

#include "base/clock.h"
#include "base/text.h"

#define FILE_MOST (64 * 1024)
#define DER_SEQUENCE 0x30
#define TEXT_MOST 1024

/* Behind the first empty line; the whole when there is none. */
static struct bytes mime_body(struct bytes in)
{
	for (size_t i = 0; i + 1 < in.n; i++) {
		if (in.p[i] != '\n')
			continue;
		if (in.p[i + 1] == '\n')
			return bytes_of(in.p + i + 2, in.n - i - 2);
		if (in.p[i + 1] == '\r' && i + 2 < in.n && in.p[i + 2] == '\n')
			return bytes_of(in.p + i + 3, in.n - i - 3);
	}
	return in;
}

/* Between a line that begins with `begin` and one that begins with `end`; false: neither. */
static bool between(struct bytes in, const char *begin, const char *end, struct bytes *ret)
{
	const uint8_t *from = memmem(in.p, in.n, begin, strlen(begin)), *to;
	size_t rest;

	if (!from)
		return false;
	rest = in.n - (size_t)(from - in.p);
	from = memchr(from, '\n', rest);
	if (!from)
		return false;
	from++;
	rest = in.n - (size_t)(from - in.p);
	to = memmem(from, rest, end, strlen(end));
	if (!to)
		return false;
	*ret = bytes_of(from, (size_t)(to - from));
	return true;
}

int ade_token_envelope(struct bytes file, struct arena *a, struct bytes *ret_der)
{
	struct bytes inner = file;

	if (file.n < 16)
		return ERR_BADINPUT;
	if (file.n > FILE_MOST)
		return ERR_TOOBIG;
	if (file.p[0] == DER_SEQUENCE && file.p[1] >= 0x80) {
		*ret_der = file;
		return 0;
	}
	if (!between(file, "-----BEGIN ", "-----END ", &inner))
		inner = mime_body(file);
	return text_parse_base64(a, inner, ret_der);
}

int ade_token_text(struct bytes plain, struct arena *a, struct bytes *ret_json)
{
	struct bytes text;

	if (plain.n > FILE_MOST)
		return ERR_TOOBIG;
	if (!between(plain, "-----BEGIN MESSAGE-----", "-----END MESSAGE-----", &text))
		text = mime_body(plain);
	if (text.n == 0)
		return ERR_BADINPUT;
	*ret_json = text;
	return 0;
}

static int take(const struct doc *d, const char *key, const char **ret)
{
	const char *s = doc_str(d, key);

	if (text_empty(s) || strlen(s) > TEXT_MOST)
		return ERR_BADINPUT;
	*ret = s;
	return 0;
}

int ade_token_parse(struct bytes json, struct arena *a, struct ade_token *ret)
{
	struct ade_token t = {NULL};
	const char *ends;
	struct doc *d;

	if (doc_parse(a, json, &d) != 0 || take(d, "consumer_key", &t.consumer_key) ||
		take(d, "consumer_secret", &t.consumer_secret) ||
		take(d, "access_token", &t.access_token) ||
		take(d, "access_secret", &t.access_secret) ||
		take(d, "access_token_expiry", &ends) || clock_parse(ends, &t.expires_at) != 0)
		return ERR_BADINPUT;
	*ret = t;
	return 0;
}
