/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/mdm_int.h"
#include "tests/unit/mdm/oracle.h"

#define HEAD "<plist version=\"1.0\"><dict>"
#define TAIL "</dict></plist>"
#define K(key, value) "<key>" key "</key><string>" value "</string>"
#define TYPE(t) K("MessageType", t)
#define UDID K("UDID", "00008027-001C2D")
#define TOPIC K("Topic", "com.apple.mgmt.External.a")
#define SERIAL K("SerialNumber", "DMPXK1ABCD")
#define TOKEN "<key>Token</key><data>AAECAw==</data>"
#define MAGIC K("PushMagic", "M-1")

static int parse(struct arena *a, const char *xml, struct mdm_checkin *ret, const char **bad)
{
	return mdm_checkin_parse(bytes_of_str(xml), a, ret, bad);
}

Test(checkin_msg, authenticate)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checkin c;
	const char *bad = "";

	cr_assert_eq(parse(a,
			     HEAD TYPE("Authenticate") UDID TOPIC SERIAL K("OSVersion", "18.2") K(
				     "BuildVersion", "22C150") K("ProductName", "iPad13,18")
				     K("IMEI", "35 123456 789012 3") K("MEID", "35123456789012")
					     K("Model", "x") TAIL,
			     &c, &bad),
		0);
	cr_assert_null(bad);
	cr_assert_eq(c.kind, MDM_CHECKIN_AUTHENTICATE);
	cr_assert_str_eq(c.message_type, "Authenticate");
	cr_assert_str_eq(c.udid, "00008027-001C2D");
	cr_assert_str_eq(c.topic, "com.apple.mgmt.External.a");
	cr_assert_str_eq(c.serial, "DMPXK1ABCD");
	cr_assert_str_eq(c.os_version, "18.2");
	cr_assert_str_eq(c.build, "22C150");
	cr_assert_str_eq(c.product, "iPad13,18");
	cr_assert_str_eq(c.imei, "35 123456 789012 3");
	cr_assert_str_eq(c.meid, "35123456789012");
}

Test(checkin_msg, token_update)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checkin c;
	const char *bad;

	cr_assert_eq(parse(a,
			     HEAD TYPE("TokenUpdate") UDID TOPIC TOKEN MAGIC
			     "<key>AwaitingConfiguration</key><true/>"
			     "<key>UnlockToken</key><data>\n\tdW5sb2Nr\n\t</data>" TAIL,
			     &c, &bad),
		0);
	cr_assert_eq(c.kind, MDM_CHECKIN_TOKEN_UPDATE);
	cr_assert(bytes_equal(c.token, bytes_of("\0\1\2\3", 4)));
	cr_assert(bytes_equal(c.unlock_token, bytes_of_str("unlock")));
	cr_assert_str_eq(c.push_magic, "M-1");
	cr_assert(c.awaiting_configuration);
	cr_assert_eq(parse(a, HEAD TYPE("TokenUpdate") UDID TOPIC TOKEN MAGIC TAIL, &c, &bad), 0);
	cr_assert_eq(c.unlock_token.n, 0);
	cr_assert_not(c.awaiting_configuration);
}

Test(checkin_msg, every_type_has_its_kind)
{
	static const struct {
		const char *xml;
		enum mdm_checkin_kind kind;
	} cases[] = {
		{HEAD TYPE("CheckOut") UDID TOPIC TAIL, MDM_CHECKIN_CHECK_OUT},
		{HEAD TYPE("GetToken") UDID K("TokenServiceType", "com.apple.maid") TAIL,
			MDM_CHECKIN_GET_TOKEN},
		{HEAD TYPE("GetBootstrapToken") UDID TAIL, MDM_CHECKIN_GET_BOOTSTRAP_TOKEN},
		{HEAD TYPE("SetBootstrapToken") UDID TAIL, MDM_CHECKIN_SET_BOOTSTRAP_TOKEN},
		{HEAD TYPE("UserAuthenticate") UDID K("UserID", "u") TAIL,
			MDM_CHECKIN_USER_AUTHENTICATE},
		{HEAD TYPE("DeclarativeManagement") UDID K("Endpoint", "tokens") TAIL,
			MDM_CHECKIN_DECLARATIVE_MANAGEMENT},
		{HEAD TYPE("ReturnToService") UDID TAIL, MDM_CHECKIN_RETURN_TO_SERVICE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_checkin c = {.kind = 0};
		const char *bad = "";

		cr_expect_eq(parse(a, cases[i].xml, &c, &bad), 0, "%s: %s", cases[i].xml, bad);
		cr_expect_eq(c.kind, cases[i].kind, "%s", cases[i].xml);
	}
}

#define X64 "1234567890123456789012345678901234567890123456789012345678901234"

Test(checkin_msg, refuses)
{
	static const struct {
		const char *what, *xml, *bad;
		int err;
	} cases[] = {
		{"no plist", "hello", "plist", ERR_BADINPUT},
		{"an array", "<plist><array/></plist>", "MessageType", ERR_BADINPUT},
		{"no type", HEAD UDID TAIL, "MessageType", ERR_BADINPUT},
		{"type of another kind", HEAD "<key>MessageType</key><integer>1</integer>" TAIL,
			"MessageType", ERR_BADINPUT},
		{"unknown type", HEAD TYPE("SetAutoAdminPassword") UDID TAIL, "MessageType",
			ERR_UNSUPPORTED},
		{"type in lower case", HEAD TYPE("authenticate") UDID TOPIC SERIAL TAIL,
			"MessageType", ERR_UNSUPPORTED},
		{"user enrolment", HEAD TYPE("Authenticate") TOPIC K("EnrollmentID", "e") TAIL,
			"EnrollmentID", ERR_UNSUPPORTED},
		{"user's token",
			HEAD TYPE("TokenUpdate") UDID TOPIC TOKEN MAGIC K("UserID", "u") TAIL,
			"UserID", ERR_UNSUPPORTED},
		{"no UDID", HEAD TYPE("Authenticate") TOPIC SERIAL TAIL, "UDID", ERR_BADINPUT},
		{"empty UDID", HEAD TYPE("Authenticate") K("UDID", "") TOPIC SERIAL TAIL, "UDID",
			ERR_BADINPUT},
		{"UDID is data",
			HEAD TYPE("Authenticate") "<key>UDID</key><data>AAAA</data>" TOPIC SERIAL
				TAIL,
			"UDID", ERR_BADINPUT},
		{"long UDID", HEAD TYPE("Authenticate") K("UDID", X64 "5") TOPIC SERIAL TAIL,
			"UDID", ERR_BADINPUT},
		{"blank in UDID", HEAD TYPE("Authenticate") K("UDID", "a b") TOPIC SERIAL TAIL,
			"UDID", ERR_BADINPUT},
		{"letters in UDID",
			HEAD TYPE("Authenticate") K("UDID", "\xc3\xa5") TOPIC SERIAL TAIL, "UDID",
			ERR_BADINPUT},
		{"no serial number", HEAD TYPE("Authenticate") UDID TOPIC TAIL, "SerialNumber",
			ERR_BADINPUT},
		{"no topic", HEAD TYPE("Authenticate") UDID SERIAL TAIL, "Topic", ERR_BADINPUT},
		{"line feed in topic",
			HEAD TYPE("Authenticate") UDID K("Topic", "a\nb") SERIAL TAIL, "Topic",
			ERR_BADINPUT},
		{"no token", HEAD TYPE("TokenUpdate") UDID TOPIC MAGIC TAIL, "Token", ERR_BADINPUT},
		{"empty token",
			HEAD TYPE("TokenUpdate") UDID TOPIC "<key>Token</key><data/>" MAGIC TAIL,
			"Token", ERR_BADINPUT},
		{"token is text", HEAD TYPE("TokenUpdate") UDID TOPIC K("Token", "ab") MAGIC TAIL,
			"Token", ERR_BADINPUT},
		{"no magic", HEAD TYPE("TokenUpdate") UDID TOPIC TOKEN TAIL, "PushMagic",
			ERR_BADINPUT},
		{"awaiting as text",
			HEAD TYPE("TokenUpdate")
				UDID TOPIC TOKEN MAGIC K("AwaitingConfiguration", "true") TAIL,
			"AwaitingConfiguration", ERR_BADINPUT},
		{"check-out without topic", HEAD TYPE("CheckOut") UDID TAIL, "Topic", ERR_BADINPUT},
		{"bootstrap token as text",
			HEAD TYPE("SetBootstrapToken") UDID K("BootstrapToken", "x") TAIL,
			"BootstrapToken", ERR_BADINPUT},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		struct mdm_checkin c = {.kind = 0};
		const char *bad = "";

		cr_expect_eq(parse(a, cases[i].xml, &c, &bad), cases[i].err, "%s", cases[i].what);
		cr_expect_str_eq(bad, cases[i].bad, "%s", cases[i].what);
		cr_expect_eq(c.kind, 0, "%s", cases[i].what);
	}
}

static int parse_with_data(const char *type, const char *key, size_t bytes)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	uint8_t *data = arena_alloc(a, bytes);
	struct mdm_checkin c;
	const char *bad;

	buf_printf(&b, HEAD "<key>MessageType</key><string>%s</string>" UDID TOPIC MAGIC, type);
	if (strcmp(key, "Token") != 0)
		buf_add_str(&b, TOKEN);
	buf_printf(&b, "<key>%s</key><data>", key);
	buf_add_base64(&b, bytes_of(data, bytes));
	buf_add_str(&b, "</data>" TAIL);
	return mdm_checkin_parse(buf_bytes(&b), a, &c, &bad);
}

Test(checkin_msg, sizes)
{
	cr_assert_eq(parse_with_data("TokenUpdate", "Token", 128), 0);
	cr_assert_eq(parse_with_data("TokenUpdate", "Token", 129), ERR_BADINPUT);
	cr_assert_eq(parse_with_data("TokenUpdate", "UnlockToken", 16384), 0);
	cr_assert_eq(parse_with_data("TokenUpdate", "UnlockToken", 16385), ERR_BADINPUT);
	cr_assert_eq(parse_with_data("SetBootstrapToken", "BootstrapToken", 16385), ERR_BADINPUT);
	cr_assert_eq(parse_with_data("TokenUpdate", "UnlockToken", 65536), ERR_TOOBIG);
}

static void message_is_taken(const char *path, struct bytes in)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checkin c;
	const char *bad = "";
	int err;

	if (!strstr(path, "Authenticate") && !strstr(path, "TokenUpdate") &&
		!strstr(path, "CheckOut"))
		return;
	err = mdm_checkin_parse(in, a, &c, &bad);
	if (err == ERR_BADINPUT && strstr((const char *)in.p, "ase64"))
		return; /* redacted into something that is no Base64 */
	cr_expect_eq(err, 0, "%s: %s", path, bad);
	cr_expect(c.udid && c.topic, "%s", path);
}

Test(checkin_msg, messages_of_real_devices)
{
	int n = oracle_messages(message_is_taken);

	cr_assert(n == 0 || n > 12);
}
