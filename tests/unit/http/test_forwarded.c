/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

#include <criterion/criterion.h>

static struct http_net trusted[2];

static const struct http_trust trust = {trusted, 2, "Client-Cert"};

static void begin(void)
{
	cr_assert_eq(http_net_parse("10.0.0.0/8", &trusted[0]), 0);
	cr_assert_eq(http_net_parse("2001:db8::/32", &trusted[1]), 0);
}

TestSuite(forwarded, .init = begin);

struct given {
	struct http_field fields[4];
	const char *client; /* "": not named; NULL: refused */
	const char *cert;
	int tls; /* -1: not named */
};

static const struct given cases[] = {
	{{{"Host", "h"}}, "", NULL, -1},
	{{{"X-Forwarded-For", "192.0.2.1"}}, "192.0.2.1", NULL, -1},
	/* the client's own word stands to the left */
	{{{"X-Forwarded-For", "1.1.1.1, 192.0.2.1"}}, "192.0.2.1", NULL, -1},
	{{{"X-Forwarded-For", "1.1.1.1, 192.0.2.1 , 10.0.0.9,10.1.1.1"}}, "192.0.2.1", NULL, -1},
	{{{"X-Forwarded-For", "nonsense, 192.0.2.1"}}, "192.0.2.1", NULL, -1},
	{{{"x-forwarded-for", "1.1.1.1"}, {"X-Forwarded-For", "192.0.2.1, 10.0.0.1"}}, "192.0.2.1",
		NULL, -1},
	{{{"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-For", "10.0.0.1"}}, "192.0.2.1", NULL,
		-1},
	{{{"X-Forwarded-For", "10.0.0.1, 10.0.0.2"}}, "10.0.0.1", NULL, -1},
	{{{"X-Forwarded-For", "[2001:db9::7]:444"}}, "2001:db9::7", NULL, -1},
	{{{"X-Forwarded-For", "192.0.2.1, "}}, NULL, NULL, -1},
	{{{"X-Forwarded-For", "192.0.2.1, unknown"}}, NULL, NULL, -1},
	{{{"X-Forwarded-For", "192.0.2.1, 10.0.0.1:x"}}, NULL, NULL, -1},
	{{{"X-Forwarded-Proto", "https"}}, "", NULL, 1},
	{{{"X-Forwarded-Proto", "http"}}, "", NULL, 0},
	{{{"X-Forwarded-Proto", "https, http"}}, NULL, NULL, -1},
	{{{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Proto", "https"}}, NULL, NULL, -1},
	{{{"Client-Cert", ":AAAA:"}}, "", ":AAAA:", -1},
	{{{"Client-Cert", ""}}, "", NULL, -1},
	{{{"X-SSL-Client-Cert", "-----BEGIN%20"}}, "", NULL, -1},
	{{{"Client-Cert", ":AAAA:"}, {"Client-Cert", ":AAAA:"}}, NULL, NULL, -1},
	{{{"Client-Cert", ":AAAA:"}, {"X-SSL-Client-Cert", "x"}}, "", ":AAAA:", -1},
};

Test(forwarded, read)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct given *c = &cases[i];
		char text[HTTP_ADDRESS_TEXT];
		struct http_forwarded f = {0};
		size_t n = 0;
		int err;

		while (n < 4 && c->fields[n].name)
			n++;
		err = http_forwarded_read(c->fields, n, &trust, &f);
		cr_expect_eq(err, c->client ? 0 : ERR_BADINPUT, "case %zu", i);
		if (err || !c->client)
			continue;
		cr_expect_eq(f.named, c->client[0] != '\0', "case %zu", i);
		if (f.named)
			cr_expect_str_eq(http_address_format(&f.client, text), c->client);
		cr_expect_eq(f.tls_named, c->tls >= 0, "case %zu", i);
		cr_expect_eq(f.tls, c->tls == 1, "case %zu", i);
		cr_expect_eq(f.cert == NULL, c->cert == NULL, "case %zu", i);
		if (c->cert && f.cert)
			cr_expect_str_eq(f.cert, c->cert);
	}
}

Test(forwarded, headers_of_proxies)
{
	static const char *const theirs[] = {"X-Forwarded-For", "x-forwarded-proto", "CLIENT-CERT",
		"X-SSL-Client-Cert", "Client-Cert-Chain", "Forwarded", "X-Real-IP"};

	for (size_t i = 0; i < sizeof(theirs) / sizeof(theirs[0]); i++)
		cr_expect(http_field_is_proxys(theirs[i]), "%s", theirs[i]);
	cr_expect(!http_field_is_proxys("Mdm-Signature"));
	cr_expect(!http_field_is_proxys("X-Forwarded"));
}
