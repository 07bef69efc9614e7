/* SPDX-License-Identifier: EUPL-1.2 */
/* Which addresses are public: the registries of special purpose addresses (RFC 6890, IANA). */
#include "base/text.h"
#include "net/net_int.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#define V4(a, b, c, d) 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, (a), (b), (c), (d)
#define V4_BITS(n) (96 + (n))

static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
static const uint8_t nat64[12] = {0, 0x64, 0xff, 0x9b};

static const struct net_span v4_special[] = {
	{{V4(0, 0, 0, 0)}, V4_BITS(8)},       /* this network */
	{{V4(10, 0, 0, 0)}, V4_BITS(8)},      /* private */
	{{V4(100, 64, 0, 0)}, V4_BITS(10)},   /* shared by carriers */
	{{V4(127, 0, 0, 0)}, V4_BITS(8)},     /* loopback */
	{{V4(169, 254, 0, 0)}, V4_BITS(16)},  /* link-local; clouds tell secrets there */
	{{V4(172, 16, 0, 0)}, V4_BITS(12)},   /* private */
	{{V4(192, 0, 0, 0)}, V4_BITS(24)},    /* protocol assignments */
	{{V4(192, 0, 2, 0)}, V4_BITS(24)},    /* documentation */
	{{V4(192, 88, 99, 0)}, V4_BITS(24)},  /* 6to4 relays */
	{{V4(192, 168, 0, 0)}, V4_BITS(16)},  /* private */
	{{V4(198, 18, 0, 0)}, V4_BITS(15)},   /* benchmarks */
	{{V4(198, 51, 100, 0)}, V4_BITS(24)}, /* documentation */
	{{V4(203, 0, 113, 0)}, V4_BITS(24)},  /* documentation */
	{{V4(224, 0, 0, 0)}, V4_BITS(4)},     /* multicast */
	{{V4(240, 0, 0, 0)}, V4_BITS(4)},     /* reserved, broadcast */
};

/* Of IPv6 only 2000::/3 is public, without these. */
static const struct net_span v6_public[] = {{{0x20}, 3}};
static const struct net_span v6_special[] = {
	{{0x20, 0x01, 0x00}, 23},       /* protocol assignments, Teredo */
	{{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
	{{0x20, 0x02}, 16},             /* 6to4: an IPv4 address in disguise */
	{{0x3f, 0xff, 0x00}, 20},       /* documentation */
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool span_has_one(const struct net_span *s, const uint8_t ip[16])
{
	size_t whole = s->bits / 8;
	unsigned rest = s->bits % 8;
	uint8_t mask = (uint8_t)(0xff00 >> rest);

	if (memcmp(s->ip, ip, whole) != 0)
		return false;
	return rest == 0 || ((s->ip[whole] ^ ip[whole]) & mask) == 0;
}

bool net_span_has(const struct net_span *spans, size_t n, const uint8_t ip[16])
{
	for (size_t i = 0; i < n; i++) {
		if (span_has_one(&spans[i], ip))
			return true;
	}
	return false;
}

bool net_ip_is_public(const uint8_t ip[16])
{
	uint8_t v4[16];

	if (memcmp(ip, mapped, sizeof(mapped)) == 0)
		return !net_span_has(v4_special, COUNT(v4_special), ip);
	if (memcmp(ip, nat64, sizeof(nat64)) == 0) {
		memcpy(v4, mapped, sizeof(mapped));
		memcpy(v4 + 12, ip + 12, 4);
		return !net_span_has(v4_special, COUNT(v4_special), v4);
	}
	return net_span_has(v6_public, COUNT(v6_public), ip) &&
	       !net_span_has(v6_special, COUNT(v6_special), ip);
}

int net_ip_of(const struct sockaddr *sa, uint8_t ret[16])
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		memcpy(ret, mapped, sizeof(mapped));
		memcpy(ret + 12, &in.sin_addr, 4);
		return 0;
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, sa, sizeof(in6));
		memcpy(ret, &in6.sin6_addr, 16);
		return 0;
	}
	return ERR_UNSUPPORTED;
}

int net_ip_parse(const char *s, uint8_t ret[16])
{
	char bare[INET6_ADDRSTRLEN + 1];
	size_t n = strlen(s);
	uint8_t four[4], sixteen[16];

	if (n >= 2 && s[0] == '[' && s[n - 1] == ']') {
		s++;
		n -= 2;
	}
	if (n == 0 || n >= sizeof(bare))
		return ERR_BADINPUT;
	memcpy(bare, s, n);
	bare[n] = '\0';
	if (inet_pton(AF_INET, bare, four) == 1) {
		memcpy(ret, mapped, sizeof(mapped));
		memcpy(ret + 12, four, 4);
		return 0;
	}
	if (inet_pton(AF_INET6, bare, sixteen) == 1) {
		memcpy(ret, sixteen, sizeof(sixteen));
		return 0;
	}
	return ERR_BADINPUT;
}

int net_span_parse(const char *s, struct net_span *ret)
{
	const char *slash = strchr(s, '/');
	size_t n = slash ? (size_t)(slash - s) : strlen(s);
	char bare[INET6_ADDRSTRLEN + 3];
	struct net_span span = {.bits = 128};
	uint64_t bits;
	bool v4;

	if (n == 0 || n >= sizeof(bare))
		return ERR_BADINPUT;
	memcpy(bare, s, n);
	bare[n] = '\0';
	if (net_ip_parse(bare, span.ip) != 0)
		return ERR_BADINPUT;
	v4 = memcmp(span.ip, mapped, sizeof(mapped)) == 0;
	if (slash) {
		if (text_parse_u64(slash + 1, &bits) != 0 || bits > (v4 ? 32u : 128u))
			return ERR_BADINPUT;
		span.bits = (unsigned)bits + (v4 ? 96 : 0);
	}
	*ret = span;
	return 0;
}
