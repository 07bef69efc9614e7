/* SPDX-License-Identifier: EUPL-1.2 */
/* OAuth 1.0a as Apple's session wants it: RFC 5849, HMAC-SHA1, nothing but oauth_ parameters. */
#include "mdm/ade_int.h"

#include "base/text.h"

struct parameter {
	const char *name, *value;
};

static void add_pair(struct buf *b, const struct parameter *p, const char *between)
{
	if (b->n)
		buf_add_str(b, between);
	buf_printf(b, "%s=", p->name);
	net_add_escaped(b, p->value);
}

/* RFC 5849 3.4.1: the parameters stand in the order of their names. */
static const char *signature(const struct ade_token *t, const char *method, const char *url,
	const struct parameter *parameters, size_t n, struct arena *a)
{
	AUTO(buf) struct buf sorted = BUF_INIT_SECRET(65536);
	AUTO(buf) struct buf base = BUF_INIT_SECRET(262144);
	AUTO(buf) struct buf key = BUF_INIT_SECRET(65536);
	uint8_t mac[20];

	for (size_t i = 0; i < n; i++)
		add_pair(&sorted, &parameters[i], "&");
	buf_printf(&base, "%s&", method);
	net_add_escaped(&base, url);
	buf_add_char(&base, '&');
	net_add_escaped(&base, buf_str(&sorted));
	net_add_escaped(&key, t->consumer_secret);
	buf_add_char(&key, '&');
	net_add_escaped(&key, t->access_secret);
	cert_hmac_sha1(buf_bytes(&key), buf_bytes(&base), mac);
	return text_base64(a, bytes_of(mac, sizeof(mac)));
}

const char *ade_oauth_header(const struct ade_token *t, const char *method, const char *url,
	int64_t now, const char *nonce, struct arena *a)
{
	const struct parameter parameters[] = {
		{"oauth_consumer_key", t->consumer_key},
		{"oauth_nonce", nonce},
		{"oauth_signature_method", "HMAC-SHA1"},
		{"oauth_timestamp", arena_printf(a, "%lld", (long long)now)},
		{"oauth_token", t->access_token},
		{"oauth_version", "1.0"},
	};
	const size_t n = sizeof(parameters) / sizeof(parameters[0]);
	AUTO(buf) struct buf out = BUF_INIT_SECRET(65536);

	buf_add_str(&out, "OAuth realm=\"ADM\"");
	for (size_t i = 0; i < n; i++) {
		buf_printf(&out, ", %s=\"", parameters[i].name);
		net_add_escaped(&out, parameters[i].value);
		buf_add_char(&out, '"');
	}
	buf_add_str(&out, ", oauth_signature=\"");
	net_add_escaped(&out, signature(t, method, url, parameters, n, a));
	buf_add_char(&out, '"');
	return arena_strdup(a, buf_str(&out));
}
