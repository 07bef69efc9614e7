/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"

/*
 * The headers in which a proxy in front tells whom it serves. nginx has no RFC 9440; there one
 * writes: proxy_set_header X-SSL-Client-Cert $ssl_client_escaped_cert;
 */
#define FORWARDED_FOR "X-Forwarded-For"
#define FORWARDED_PROTO "X-Forwarded-Proto"
#define CERT_RFC9440 "Client-Cert"
#define CERT_NGINX "X-SSL-Client-Cert"

static const char *const proxys_fields[] = {FORWARDED_FOR, FORWARDED_PROTO, CERT_RFC9440,
	CERT_NGINX, "Client-Cert-Chain", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Port",
	"X-Real-IP"};

bool http_field_is_cert(const char *name)
{
	return text_equal_case(name, CERT_RFC9440) || text_equal_case(name, CERT_NGINX);
}

bool http_field_is_proxys(const char *name)
{
	for (size_t i = 0; i < sizeof(proxys_fields) / sizeof(proxys_fields[0]); i++) {
		if (text_equal_case(name, proxys_fields[i]))
			return true;
	}
	return false;
}

static struct bytes trimmed(struct bytes b)
{
	while (b.n > 0 && (b.p[0] == ' ' || b.p[0] == '\t'))
		b = bytes_of(b.p + 1, b.n - 1);
	while (b.n > 0 && (b.p[b.n - 1] == ' ' || b.p[b.n - 1] == '\t'))
		b.n--;
	return b;
}

/* Takes the last element off a comma-separated list. */
static struct bytes last_taken(struct bytes *list)
{
	size_t n = list->n;
	struct bytes last;

	while (n > 0 && list->p[n - 1] != ',')
		n--;
	last = trimmed(bytes_of(list->p + n, list->n - n));
	list->n = n > 0 ? n - 1 : 0;
	return last;
}

/*
 * Each proxy adds whom it saw at the right end, so reading from the right the first that is not
 * one of ours is the client; what stands left of it is only the client's word. Several lines are
 * one list in their order.
 */
static int client_read(const struct http_field *fields, size_t n, const struct http_trust *trust,
	struct http_forwarded *f)
{
	for (size_t i = n; i-- > 0;) {
		struct bytes list;

		if (!text_equal_case(fields[i].name, FORWARDED_FOR))
			continue;
		list = bytes_of_str(fields[i].value);
		while (list.n > 0) {
			if (http_address_parse(last_taken(&list), &f->client) != 0)
				return ERR_BADINPUT;
			f->named = true;
			if (!http_net_has(trust->nets, trust->n, &f->client))
				return 0;
		}
	}
	return 0;
}

/* The value of a header that may stand only once; an empty one is as good as none. */
static int single(const struct http_field *fields, size_t n, const char *name, const char **ret)
{
	const char *value = http_field_find(fields, n, name);

	if (http_field_count(fields, n, name) > 1)
		return ERR_BADINPUT;
	*ret = text_empty(value) ? NULL : value;
	return 0;
}

int http_forwarded_read(const struct http_field *fields, size_t n, const struct http_trust *trust,
	struct http_forwarded *ret)
{
	struct http_forwarded f = {0};
	const char *proto;

	if (client_read(fields, n, trust, &f) != 0 ||
		single(fields, n, FORWARDED_PROTO, &proto) != 0)
		return ERR_BADINPUT;
	/* nginx leaves a header out whose value is empty: another one is then the client's own */
	if (trust->cert_header && single(fields, n, trust->cert_header, &f.cert) != 0)
		return ERR_BADINPUT;
	if (proto) {
		f.tls_named = true;
		f.tls = text_equal_case(proto, "https");
		if (!f.tls && !text_equal_case(proto, "http"))
			return ERR_BADINPUT;
	}
	*ret = f;
	return 0;
}
