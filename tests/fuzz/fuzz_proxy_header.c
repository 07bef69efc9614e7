/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "certs/certs.h"
#include "certs/der_int.h"
#include "tests/fuzz/fuzz.h"

/* What is accepted is one whole element, and comes back from RFC 9440's form. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *value = arena_strndup(a, data, n);
	struct bytes der, again;
	struct cert_der d;

	if (cert_proxy_header_parse(a, value, &der) != 0)
		return 0;
	FUZZ_CHECK(der.n <= n);
	d = cert_der_of_bytes(der);
	FUZZ_CHECK(cert_der_skip(&d) == 0 && !cert_der_more(&d));
	FUZZ_CHECK(cert_proxy_header_parse(
			   a, arena_printf(a, ":%s:", text_base64(a, der)), &again) == 0);
	FUZZ_CHECK(bytes_equal(der, again));
	return 0;
}
