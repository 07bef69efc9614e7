/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"

#include "base/text.h"
#include "tests/unit/mdm/msg.h"

MESSAGES(ade_oauth_msg);

Test(ade_oauth_msg, oauth_signs_as_the_standard_says)
{
	const struct ade_token t = {.consumer_key = "CK",
		.consumer_secret = "C&S",
		.access_token = "A T",
		.access_secret = "AS"};
	const char *h = ade_oauth_header(&t, "GET", "https://a.se/session", 1700000000, "n/1", a);
	const char *again =
		ade_oauth_header(&t, "GET", "https://a.se/session", 1700000000, "n/1", a);

	cr_expect(text_starts(h, "OAuth realm=\"ADM\", oauth_consumer_key=\"CK\", "
				 "oauth_nonce=\"n%2F1\", oauth_signature_method=\"HMAC-SHA1\", "
				 "oauth_timestamp=\"1700000000\", oauth_token=\"A%20T\", "
				 "oauth_version=\"1.0\", oauth_signature=\""));
	cr_expect_str_eq(h, again);
	cr_expect(strstr(h, "oauth_signature=\"7XrJ%2Fs%2FM3lBmvwUR3R6BgzDCnY8%3D\""), "%s", h);
}
