/* SPDX-License-Identifier: EUPL-1.2 */
#include "certs/certs.h"

#include <criterion/criterion.h>

#define BEGIN "-----BEGIN%20CERTIFICATE-----"
#define END "-----END%20CERTIFICATE-----"

/* The DER of each good case is 30 03 02 01 05. */
Test(proxy_header, both_forms)
{
	static const struct {
		const char *value;
		int err;
	} cases[] = {
		{":MAMCAQU=:", 0},
		{" :MAMCAQU=: ", 0},
		{BEGIN "%0AMAMCAQU%3D%0A" END "%0A", 0},
		{BEGIN "%0aMAMC%0aAQU=%0a" END, 0},
		{BEGIN "%0D%0AMAMCAQU%3D%0D%0A" END "%0D%0A", 0},
		{"", ERR_BADINPUT},
		{":", ERR_BADINPUT},
		{"::", ERR_BADINPUT},
		{":MAMCAQU=", ERR_BADINPUT},
		{"MAMCAQU=", ERR_BADINPUT},
		{":MAMCAQU=:;x=1", ERR_BADINPUT},
		{":MAMCAQUA:", ERR_BADINPUT}, /* an octet behind the certificate */
		{":MAQCAQU=:", ERR_BADINPUT}, /* cut */
		{":MAMC!QU=:", ERR_BADINPUT},
		{":MAMCAQU=:, :MAMCAQU=:", ERR_BADINPUT},
		{BEGIN "%0AMAMCAQU%3D%0A", ERR_BADINPUT},
		{BEGIN "%0AMAMCAQU%3D%0A" END "%0A" BEGIN "%0AMAMCAQU%3D%0A" END, ERR_BADINPUT},
		{BEGIN "%0AMAMCAQU%3D%00%0A" END, ERR_BADINPUT},
		{BEGIN "%0AMAMCAQU%3%0A" END, ERR_BADINPUT},
		{BEGIN "%0AMAMCAQU%3D%0A" END "%", ERR_BADINPUT},
		{BEGIN "%0AMAMCAQU%zz%0A" END, ERR_BADINPUT},
		{BEGIN END, ERR_BADINPUT},
	};
	static const uint8_t der[] = {0x30, 0x03, 0x02, 0x01, 0x05};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct bytes got = {0};

		cr_assert_eq(cert_proxy_header_parse(a, cases[i].value, &got), cases[i].err, "%s",
			cases[i].value);
		cr_assert(cases[i].err || bytes_equal(got, bytes_of(der, sizeof(der))), "%s",
			cases[i].value);
	}
}

Test(proxy_header, has_a_limit)
{
	AUTO(arena) struct arena *a = arena_new();
	char *value = arena_alloc(a, 20000);
	struct bytes got;

	memset(value, 'A', 19999);
	cr_assert_eq(cert_proxy_header_parse(a, value, &got), ERR_TOOBIG);
}
