/* SPDX-License-Identifier: EUPL-1.2 */
#include "audit/audit_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

Test(audit_db, a_record_comes_back_as_it_was)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf first = BUF_INIT(4096), second = BUF_INIT(4096);
	struct audit_record r = {
		.seq = UINT64_MAX,
		.at = 1795000000,
		.actor = "anna",
		.via = "api",
		.act = "device.lost",
		.object = "DMPXK3ABJMXX",
		.detail = "{\"loan\":17}",
		.request = UINT64_C(0x8000000000000001),
	};
	struct audit_record back;

	memset(r.before, 0xa5, sizeof(r.before));
	cr_assert_eq(rec_encode_words(&audit_rec, NULL, &r, &first), 0);
	cr_assert_eq(rec_decode(&audit_rec, buf_bytes(&first), a, &back), 0);
	cr_assert_eq(back.seq, r.seq);
	cr_assert_eq(back.at, r.at);
	cr_assert_eq(back.request, r.request);
	cr_assert_str_eq(back.actor, r.actor);
	cr_assert_str_eq(back.via, r.via);
	cr_assert_str_eq(back.act, r.act);
	cr_assert_str_eq(back.object, r.object);
	cr_assert_str_eq(back.detail, r.detail);
	cr_assert_arr_eq(back.before, r.before, sizeof(r.before));
	cr_assert_eq(rec_encode_words(&audit_rec, NULL, &back, &second), 0);
	cr_assert(bytes_equal(buf_bytes(&first), buf_bytes(&second)));
}

/* The chain is made of stored bytes: these must never change for the same record. */
Test(audit_db, the_stored_form_stays)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf out = BUF_INIT(4096);
	struct audit_record r = {
		.seq = 1, .at = 60, .actor = "a", .via = "cli", .act = "x", .object = "o"};

	cr_assert_eq(rec_encode_words(&audit_rec, NULL, &r, &out), 0);
	cr_assert_str_eq(text_hex(a, buf_bytes(&out)), "01020204780701610903636c690b01780d016f");
}

Test(audit_db, damage_is_told)
{
	AUTO(arena) struct arena *a = arena_new();
	struct audit_record r;

	cr_assert_eq(rec_decode(&audit_rec, bytes_of("", 0), a, &r), ERR_CORRUPT);
	cr_assert_eq(rec_decode(&audit_rec, bytes_of("\x01\xff", 2), a, &r), ERR_CORRUPT);
}
