/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/moving_int.h"

#include "base/text.h"
#include "base/xml.h"

#include <criterion/criterion.h>

TestSuite(moving_sql, .init = xml_init);

#define HEAD "<plist version=\"1.0\"><dict><key>UDID</key><string>U1</string>"
#define TOPIC "<key>Topic</key><string>top</string>"
#define AUTH                                                                                     \
	HEAD TOPIC "<key>MessageType</key><string>Authenticate</string><key>SerialNumber</key>" \
		   "<string>S1</string></dict></plist>"
#define TOKEN                                                                                    \
	HEAD TOPIC "<key>MessageType</key><string>TokenUpdate</string><key>PushMagic</key>"     \
		   "<string>M</string><key>Token</key><data>AAECAw==</data></dict></plist>"
#define OLD "00112233445566778899aabbccddeeff00112233445566778899aabbccddee01"
#define NEW "00112233445566778899aabbccddeeff00112233445566778899aabbccddee02"

#define DEVICES(prefix)                                                                          \
	"INSERT INTO `" prefix "devices` (`id`,`authenticate`,`token_update`,`unlock_token`,"   \
	"`bootstrap_token_b64`) VALUES ('U1','" AUTH "','" TOKEN "',_binary 'un\\0lock','Ym9vdA==');"
#define ENROLLED(prefix, enabled, type, magic)                                                   \
	"INSERT INTO `" prefix "enrollments` (`id`,`device_id`,`user_id`,`type`,`topic`,"       \
	"`push_magic`,`token_hex`,`enabled`) VALUES ('U1','U1',NULL,'" type "','top','" magic   \
	"','00010203'," enabled ");"
#define CERTS(prefix)                                                                            \
	"INSERT INTO `" prefix "cert_auth_associations` (`id`,`sha256`,`updated_at`) VALUES "   \
	"('U1','" NEW "','2026-02-01 10:00:00'),('U1','" OLD "','2025-01-01 10:00:00'),"         \
	"('U2','" OLD "','2026-03-01 10:00:00');"
#define PUSH                                                                                     \
	"INSERT INTO `push_certs` (`topic`,`cert_pem`,`key_pem`,`stale_token`) VALUES "          \
	"('other','c0','k0',1),('top','c1','k1',2);"

static int parse(struct arena *a, const char *dump, struct mdm_move_set *s, const char **bad)
{
	*s = (struct mdm_move_set){0};
	return mdm_move_sql_parse(bytes_of_str(dump), a, s, bad);
}

static void expect_whole(const struct mdm_move_set *s)
{
	const struct mdm_move *x = &s->rows[0].x;

	cr_assert_eq(s->n, 1);
	cr_assert_null(s->rows[0].bad, "%s", s->rows[0].bad);
	cr_expect_str_eq(s->rows[0].name, "U1");
	cr_expect_str_eq(x->serial, "S1");
	cr_expect_str_eq(x->push_magic, "M");
	cr_expect_eq(x->push_token.n, 4);
	cr_expect_eq(x->unlock_token.n, 7);
	cr_expect_eq(x->bootstrap_token.n, 4);
	cr_expect_eq(x->identity[31], 2, "the newest");
	cr_expect_str_eq(s->push_cert_pem, "c1");
	cr_expect_str_eq(s->push_key_pem, "k1");
}

Test(moving_sql, a_dump_of_mysql_is_read)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_move_set s;
	const char *bad;

	cr_assert_eq(parse(a, DEVICES("") ENROLLED("", "1", "Device", "M") CERTS("") PUSH, &s, &bad),
		0, "%s", bad);
	expect_whole(&s);
	cr_assert_eq(parse(a,
			     DEVICES("nano_") ENROLLED("nano_", "1", "Device", "M")
				     CERTS("nano_") PUSH,
			     &s, &bad),
		0, "the names of newer versions");
	expect_whole(&s);
}

#define PG_HEAD "--\n-- PostgreSQL database dump\n--\n\n"
Test(moving_sql, a_dump_of_postgresql_is_read)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_move_set s;
	const char *bad;

	cr_assert_eq(parse(a,
			     PG_HEAD
			     "COPY public.cert_auth_associations (id, sha256, created_at, "
			     "updated_at) FROM stdin;\nU1\t" NEW "\t2026\t2026-02-01\nU1\t" OLD
			     "\t2024\t2025-01-01\n\\.\n"
			     "COPY public.devices (id, authenticate, token_update, unlock_token, "
			     "bootstrap_token_b64) FROM stdin;\nU1\t" AUTH "\t" TOKEN
			     "\t\\\\x756e006c6f636b\tYm9vdA==\n\\.\n"
			     "COPY public.enrollments (id, device_id, type, topic, push_magic, "
			     "token_hex, enabled) FROM "
			     "stdin;\nU1\tU1\tDevice\ttop\tM\t00010203\tt\n"
			     "U3\tU1\tUser\ttop\tM\t00\tt\n\\.\n"
			     "COPY public.push_certs (topic, cert_pem, key_pem) FROM stdin;\n"
			     "top\tc1\tk1\n\\.\n",
			     &s, &bad),
		0, "%s", bad);
	expect_whole(&s);
}

Test(moving_sql, what_does_not_fit_is_told_by_name)
{
	static const struct {
		const char *dump, *bad;
		size_t n;
	} cases[] = {
		{DEVICES("") ENROLLED("", "0", "Device", "M") CERTS(""), NULL, 0},
		{DEVICES("") ENROLLED("", "1", "User", "M") CERTS(""), NULL, 0},
		{DEVICES("") ENROLLED("", "1", "User Enrollment (Device)", "M") CERTS(""),
			"User Enrollment", 1},
		{DEVICES("") ENROLLED("", "1", "Device", "N") CERTS(""), "enrollments", 1},
		{DEVICES("") ENROLLED("", "1", "Device", "M"), "cert_auth_associations", 1},
		{ENROLLED("", "1", "Device", "M") CERTS(""), "devices", 1},
		{DEVICES("") DEVICES("") ENROLLED("", "1", "Device", "M") CERTS(""), "devices", 1},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_move_set s;
	const char *bad;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(parse(a, cases[i].dump, &s, &bad), 0, "case %zu: %s", i, bad);
		cr_assert_eq(s.n, cases[i].n, "case %zu", i);
		if (s.n)
			cr_expect_str_eq(s.rows[0].bad, cases[i].bad, "case %zu", i);
	}
	cr_expect_eq(parse(a, "", &s, &bad), ERR_BADINPUT);
	cr_expect_str_eq(bad, "enrollments", "no such tables");
	cr_expect_eq(parse(a, "\n\nINSERT INTO devices (id) VALUES (", &s, &bad), ERR_BADINPUT);
	cr_expect_str_eq(bad, "SQL:3");
}
