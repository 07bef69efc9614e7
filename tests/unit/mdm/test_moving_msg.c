/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/moving_int.h"

#include "base/text.h"
#include "base/xml.h"

#include <criterion/criterion.h>

TestSuite(moving_msg, .init = xml_init);

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict>"
#define TAIL "</dict></plist>"
#define TOPIC "<key>Topic</key><string>com.apple.mgmt.External.1</string>"
#define AUTH(udid)                                                                             \
	HEAD "<key>MessageType</key><string>Authenticate</string><key>UDID</key><string>" udid \
	     "</string>" TOPIC "<key>SerialNumber</key><string>S1</string>"                    \
	     "<key>OSVersion</key><string>18.1</string>" TAIL
#define TOKEN                                                                     \
	HEAD "<key>MessageType</key><string>TokenUpdate</string><key>UDID</key>"  \
	     "<string>U1</string>" TOPIC "<key>PushMagic</key><string>M</string>" \
	     "<key>Token</key><data>AAECAw==</data><key>UnlockToken</key><data>BBBB</data>" TAIL
#define HASH "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"

static int parse(const char *auth, const char *token, const char *hash, const char *unlock,
	struct mdm_move *ret)
{
	static struct arena *a;
	const struct mdm_move_files f = {.authenticate = bytes_of_str(auth),
		.token_update = bytes_of_str(token),
		.hash = bytes_of_str(hash),
		.unlock_token = bytes_of_str(unlock)};
	const char *bad;

	if (!a)
		a = arena_new();
	return mdm_move_parse(&f, a, ret, &bad);
}

Test(moving_msg, what_was_kept_is_read)
{
	struct mdm_move x;

	cr_assert_eq(parse(AUTH("U1"), TOKEN, HASH "\n", "", &x), 0);
	cr_expect_str_eq(x.udid, "U1");
	cr_expect_str_eq(x.serial, "S1");
	cr_expect_str_eq(x.push_magic, "M");
	cr_expect_eq(x.push_token.n, 4);
	cr_expect_eq(x.unlock_token.n, 3);
	cr_expect_eq(x.identity[1], 0x11);
	cr_expect_eq(x.identity[31], 0xff);
	cr_assert_eq(parse(AUTH("U1"), TOKEN, HASH, "kept apart", &x), 0);
	cr_expect_eq(x.unlock_token.n, 10);
}

Test(moving_msg, what_does_not_fit_is_not)
{
	struct mdm_move x;

	cr_expect_eq(parse(AUTH("U2"), TOKEN, HASH, "", &x), ERR_BADINPUT, "another iPad's");
	cr_expect_eq(parse(TOKEN, TOKEN, HASH, "", &x), ERR_BADINPUT);
	cr_expect_eq(parse(AUTH("U1"), AUTH("U1"), HASH, "", &x), ERR_BADINPUT);
	cr_expect_eq(parse(AUTH("U1"), TOKEN, "0011", "", &x), ERR_BADINPUT);
	cr_expect_eq(parse(AUTH("U1"), TOKEN, HASH "00", "", &x), ERR_BADINPUT);
	cr_expect_eq(parse("", "", "", "", &x), ERR_BADINPUT);
}

#define PROFILE(more)                                                       \
	HEAD "<key>PayloadIdentifier</key><string>com.example.mdm</string>" \
	     "<key>PayloadContent</key><array><dict><key>PayloadType</key>" \
	     "<string>com.apple.mdm</string>" more "</dict></array>" TAIL
#define URL "<key>ServerURL</key><string>https://m.example.se/mdm</string>"
#define RIGHTS "<key>AccessRights</key><integer>8191</integer>"

static const struct {
	const char *in;
	int err;
} profiles[] = {
	{PROFILE(URL RIGHTS), 0},
	{PROFILE(URL), ERR_BADINPUT},
	{PROFILE(RIGHTS), ERR_BADINPUT},
	{HEAD TAIL, ERR_BADINPUT},
	{"0\x82\x01\x02", ERR_UNSUPPORTED},
	{"", ERR_BADINPUT},
};

Test(moving_msg, profiles)
{
	AUTO(arena) struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
		struct mdm_move_profile p = {0};
		const char *bad;

		cr_expect_eq(mdm_move_profile_parse(bytes_of_str(profiles[i].in), a, &p, &bad),
			profiles[i].err, "%zu", i);
		cr_expect(profiles[i].err || (p.rights == 8191 && !p.checkin_url &&
						     text_equal(p.id, "com.example.mdm")));
	}
}
