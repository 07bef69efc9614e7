/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static const uint8_t v4_mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool address_is_v4(const struct http_address *a)
{
	return memcmp(a->ip, v4_mapped, sizeof(v4_mapped)) == 0;
}

static void address_set_v4(struct http_address *a, const void *four)
{
	memcpy(a->ip, v4_mapped, sizeof(v4_mapped));
	memcpy(a->ip + sizeof(v4_mapped), four, 4);
}

int http_address_of(const struct sockaddr *sa, struct http_address *ret)
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		address_set_v4(ret, &in.sin_addr);
		return 0;
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, sa, sizeof(in6));
		memcpy(ret->ip, &in6.sin6_addr, sizeof(ret->ip));
		return 0;
	}
	return ERR_UNSUPPORTED;
}

/* A bare address without port or brackets. */
static int address_parse_bare(struct bytes text, struct http_address *ret)
{
	char s[HTTP_ADDRESS_TEXT];
	uint8_t four[4], sixteen[16];

	if (text.n == 0 || text.n >= sizeof(s) || memchr(text.p, '\0', text.n))
		return ERR_BADINPUT;
	memcpy(s, text.p, text.n);
	s[text.n] = '\0';
	if (inet_pton(AF_INET, s, four) == 1) {
		address_set_v4(ret, four);
		return 0;
	}
	if (inet_pton(AF_INET6, s, sixteen) == 1) {
		memcpy(ret->ip, sixteen, sizeof(ret->ip));
		return 0;
	}
	return ERR_BADINPUT;
}

static bool port_is_well_formed(struct bytes b)
{
	for (size_t i = 0; i < b.n; i++) {
		if (b.p[i] < '0' || b.p[i] > '9')
			return false;
	}
	return b.n >= 1 && b.n <= 5;
}

int http_address_parse(struct bytes text, struct http_address *ret)
{
	const uint8_t *end = text.p + text.n, *p;

	if (text.n == 0)
		return ERR_BADINPUT;
	if (text.p[0] == '[') {
		p = memchr(text.p, ']', text.n);
		if (!p || (p + 1 < end && (p[1] != ':' || !port_is_well_formed(bytes_of(
								  p + 2, (size_t)(end - p - 2))))))
			return ERR_BADINPUT;
		return address_parse_bare(bytes_of(text.p + 1, (size_t)(p - text.p - 1)), ret);
	}
	p = memchr(text.p, ':', text.n);
	if (p && !memchr(p + 1, ':', (size_t)(end - p - 1))) { /* one colon: IPv4 with a port */
		if (!port_is_well_formed(bytes_of(p + 1, (size_t)(end - p - 1))))
			return ERR_BADINPUT;
		text.n = (size_t)(p - text.p);
	}
	return address_parse_bare(text, ret);
}

const char *http_address_format(const struct http_address *a, char out[HTTP_ADDRESS_TEXT])
{
	bool v4 = address_is_v4(a);

	if (!inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? a->ip + 12 : a->ip, out, HTTP_ADDRESS_TEXT))
		text_copy(out, HTTP_ADDRESS_TEXT, "?");
	return out;
}

int http_net_parse(const char *s, struct http_net *ret)
{
	const char *slash = strchr(s, '/');
	size_t n = slash ? (size_t)(slash - s) : strlen(s);
	struct http_net net;
	uint64_t bits = 0;
	bool v4;

	if (address_parse_bare(bytes_of(s, n), &net.base) != 0)
		return ERR_BADINPUT;
	v4 = address_is_v4(&net.base);
	if (slash && (text_parse_u64(slash + 1, &bits) != 0 || bits > (v4 ? 32u : 128u)))
		return ERR_BADINPUT;
	net.bits = slash ? (unsigned)bits + (v4 ? 96 : 0) : 128;
	*ret = net;
	return 0;
}

static bool net_has_one(const struct http_net *net, const struct http_address *a)
{
	size_t whole = net->bits / 8;
	unsigned rest = net->bits % 8;
	uint8_t mask = (uint8_t)(0xff00 >> rest);

	if (memcmp(net->base.ip, a->ip, whole) != 0)
		return false;
	return rest == 0 || ((net->base.ip[whole] ^ a->ip[whole]) & mask) == 0;
}

bool http_net_has(const struct http_net *nets, size_t n, const struct http_address *a)
{
	for (size_t i = 0; i < n; i++) {
		if (net_has_one(&nets[i], a))
			return true;
	}
	return false;
}

int http_endpoint_parse(const char *s, struct sockaddr_storage *ret, socklen_t *ret_len)
{
	const char *colon = strrchr(s, ':');
	struct http_address a;
	struct sockaddr_storage ss = {0};
	uint64_t port;
	size_t n;

	if (!colon || text_parse_u64(colon + 1, &port) != 0 || port > 65535)
		return ERR_BADINPUT;
	n = (size_t)(colon - s);
	if (n > 1 && s[0] == '[' && s[n - 1] == ']') {
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&ss;

		if (address_parse_bare(bytes_of(s + 1, n - 2), &a) != 0 || address_is_v4(&a))
			return ERR_BADINPUT;
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons((uint16_t)port);
		memcpy(&in6->sin6_addr, a.ip, sizeof(a.ip));
		*ret_len = sizeof(*in6);
	} else {
		struct sockaddr_in *in = (struct sockaddr_in *)&ss;

		if (address_parse_bare(bytes_of(s, n), &a) != 0 || !address_is_v4(&a))
			return ERR_BADINPUT;
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)port);
		memcpy(&in->sin_addr, a.ip + 12, 4);
		*ret_len = sizeof(*in);
	}
	*ret = ss;
	return 0;
}
