/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/moving_int.h"

#include "base/file.h"
#include "base/text.h"
#include "tests/fake/bolt_file.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Written by bbolt itself: twenty devices, six of them dropped again, one not enrolled. */
Test(moving_micromdm, a_real_file_is_read)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf file = BUF_INIT(1 << 20);
	const char *top = getenv("top_srcdir"), *bad;
	struct mdm_move_set s = {0};
	const struct mdm_move *x;
	size_t whole = 0;

	cr_assert_eq(file_read(arena_printf(a, "%s/tests/data/fuzz/bolt/micromdm.db",
				       top ? top : "."),
			     &file),
		0);
	cr_assert_eq(mdm_move_micromdm_parse(buf_bytes(&file), a, &s, &bad), 0, "%s", bad);
	cr_assert_eq(s.n, 13, "those that are enrolled");
	x = &s.rows[0].x;
	cr_expect_null(s.rows[0].bad);
	cr_expect_str_eq(x->udid, "00008020-0000000000000000");
	cr_expect_str_eq(x->serial, "DMPX000000");
	cr_expect_str_eq(x->os_version, "17.5");
	cr_expect_str_eq(x->product, "iPad13,18");
	cr_expect_str_eq(x->topic, "com.apple.mgmt.External.1");
	cr_expect_str_eq(x->push_magic, "magic-DMPX000000");
	cr_expect_eq(x->push_token.n, 32);
	cr_expect_eq(x->unlock_token.n, 900);
	cr_expect_eq(x->identity[31], 1);
	for (size_t i = 0; i < s.n; i++) {
		whole += !s.rows[i].bad;
		if (s.rows[i].bad)
			cr_expect_str_eq(s.rows[i].bad, "mdm.UDIDCertAuth", "never bound");
		else if (text_equal(s.rows[i].x.serial, "DMPX000002"))
			cr_expect_eq(s.rows[i].x.bootstrap_token.n, 9);
	}
	cr_expect_eq(whole, 3);
	cr_expect_null(s.push_cert_pem);
}

static struct bytes record(struct arena *a, const char *const *fields, bool enrolled)
{
	AUTO(buf) struct buf b = BUF_INIT(65536);

	for (unsigned i = 0; fields[i]; i++) {
		if (*fields[i])
			proto_add_text(&b, i + 1, bytes_of_str(fields[i]));
	}
	if (enrolled)
		proto_add_number(&b, 13, 1);
	return arena_bytes(a, buf_bytes(&b));
}

struct one {
	const char *serial, *token, *magic;
	struct bytes hash, conf, device;
};

static int parse_one(struct arena *a, const struct one *o, struct mdm_move_set *s)
{
	AUTO(buf) struct buf file = BUF_INIT(1 << 20);
	const struct bolt_pair conf = {bytes_of_str("config"), o->conf},
			       device = {bytes_of_str("id"),
				       o->device.p ? o->device
						   : record(a,
							     (const char *const[]){"id", "U1",
								     o->serial, "18", NULL},
							     true)},
			       push = {bytes_of_str("U1"),
				       record(a,
					       (const char *const[]){
						       "U1", o->token, o->magic, "topic", NULL},
					       false)},
			       cert = {bytes_of_str("U1"), o->hash};
	const struct bolt_bucket buckets[] = {{"mdm.Devices", &device, 1},
		{"mdm.PushInfo", &push, 1}, {"mdm.ServerConfig", &conf, 1},
		{"mdm.UDIDCertAuth", &cert, 1}};
	const char *bad;

	*s = (struct mdm_move_set){0};
	bolt_file_write(&file, buckets, 4);
	return mdm_move_micromdm_parse(arena_bytes(a, buf_bytes(&file)), a, s, &bad);
}

Test(moving_micromdm, what_does_not_fit_is_told_by_name)
{
	AUTO(arena) struct arena *a = arena_new();
	static const uint8_t hash[32] = {1};
	const struct bytes h = bytes_of(hash, 32);
	const struct {
		struct one o;
		const char *bad;
	} cases[] = {
		{{"S1", "0a0b", "m", h, .conf = {0}}, NULL},
		{{"S1", "0a0", "m", h, .conf = {0}}, "mdm.PushInfo"},
		{{"S1", "", "m", h, .conf = {0}}, "mdm.PushInfo"},
		{{"S1", "0a0b", "", h, .conf = {0}}, "mdm.PushInfo"},
		{{"S1", "0a0b", "m", bytes_of(hash, 31), .conf = {0}}, "mdm.UDIDCertAuth"},
		{{"S\xff", "0a0b", "m", h, .conf = {0}}, "mdm.Devices"},
		{{"S1", "0a0b", "m", h, .device = bytes_of("\x12\x7f", 2)}, "mdm.Devices"},
		{{"S1", "0a0b", "m", h, .device = bytes_of("\x0b", 1)}, "mdm.Devices"},
	};
	struct mdm_move_set s;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(parse_one(a, &cases[i].o, &s), 0, "case %zu", i);
		cr_assert_eq(s.n, 1, "case %zu", i);
		cr_expect(text_equal(s.rows[0].bad, cases[i].bad), "case %zu: %s", i,
			s.rows[0].bad ? s.rows[0].bad : "-");
	}
}

Test(moving_micromdm, the_push_certificate_comes_along)
{
	AUTO(arena) struct arena *a = arena_new();
	struct one o = {"S1", "0a0b", "m",
		.conf = record(a, (const char *const[]){"a certificate", "a key", NULL}, false)};
	struct mdm_move_set s;

	cr_assert_eq(parse_one(a, &o, &s), 0);
	cr_expect_str_eq(s.push_cert_pem, "a certificate");
	cr_expect_str_eq(s.push_key_pem, "a key");
	o.conf = bytes_of("\xff", 1);
	cr_expect_eq(parse_one(a, &o, &s), ERR_BADINPUT);
}
