/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/moving_int.h"
#include "tests/unit/mdm/house.h"

#include "base/text.h"

TestSuite(moving, .init = house_open, .fini = house_close);

static const struct audit_who who = {.actor = "it", .via = "cli"};
static const struct mdm_move_profile profile = {
	.id = "com.example.mdm", .server_url = HOUSE_URL "/mdm", .rights = 8191};

static struct mdm_move_row row(const char *udid, const char *serial, uint8_t identity)
{
	struct mdm_move_row r = {.name = udid,
		.x = {.udid = udid,
			.serial = serial,
			.topic = HOUSE_TOPIC,
			.push_magic = "M",
			.push_token = bytes_of("\1\2\3\4", 4),
			.unlock_token = bytes_of("unlock", 6),
			.bootstrap_token = bytes_of("boot", 4)}};

	r.x.identity[0] = identity;
	return r;
}

static int move(struct mdm_mover mover, const struct mdm_move_row *rows, size_t n,
	struct mdm_move_told *told)
{
	const struct mdm_move_set set = {.rows = (struct mdm_move_row *)(uintptr_t)rows, .n = n};
	struct refusal r;

	mover.who = &who;
	mover.profile = mover.profile ? mover.profile : &profile;
	mover.source = "nanomdm";
	return mdm_move_in(house.m, &mover, &set, HOUSE_NOW, house.a, told, &r);
}

struct count {
	size_t enrolled;
	struct mdm_enrollment last;
};

static int count_in(struct store_txn *txn, void *arg)
{
	struct count *c = arg;
	struct mdm_enrollment *e;
	int err = mdm_enrollment_list(txn, STORE_PIECE(house.a, NULL, 10), &e, &c->enrolled);

	if (err == 0 && c->enrolled)
		c->last = e[c->enrolled - 1];
	return err;
}

static struct count count(void)
{
	struct count c = {0};

	cr_assert_eq(store_read(house.st, count_in, &c), 0);
	return c;
}

Test(moving, all_or_none_unless_the_good_ones_are_asked_for)
{
	const struct mdm_move_row rows[] = {row("U1", "S1", 1), row("U2", "", 2), row("U3", "S3", 1),
		{.name = "U4", .bad = "Token"}, row("U1", "S5", 5), row("U6", "S6", 6)};
	static const char *const codes[] = {
		NULL, "move.serial", "move.identity", "move.unreadable", "move.here", NULL};
	struct mdm_move_told told;
	struct bytes plain;
	struct count c;

	cr_expect_eq(move((struct mdm_mover){0}, rows, 6, &told), ERR_REFUSED);
	cr_expect_eq(told.refused, 4);
	for (size_t i = 0; i < 6; i++)
		cr_expect(text_equal(told.rows[i].say ? told.rows[i].say->code : NULL, codes[i]),
			"row %zu", i);
	cr_expect_eq(count().enrolled, 0, "nothing is half-done");
	cr_expect_eq(move((struct mdm_mover){.preview = true, .take_good_rows = true}, rows, 6,
			     &told),
		0);
	cr_expect_eq(told.moved, 2);
	cr_expect_eq(count().enrolled, 0, "a preview changes nothing");
	cr_expect_eq(move((struct mdm_mover){.take_good_rows = true}, rows, 6, &told), 0);
	cr_expect_eq(told.moved, 2);
	c = count();
	cr_assert_eq(c.enrolled, 2);
	cr_expect_str_eq(c.last.udid, "U6");
	cr_assert_eq(cert_unseal(house.certs,
			     mdm_seal_context(house.a, MDM_BOOTSTRAP_TOKEN_CONTEXT, "U6"),
			     c.last.bootstrap_token, house.a, &plain),
		0);
	cr_expect(bytes_equal(plain, bytes_of_str("boot")));
	cr_assert_eq(cert_unseal(house.certs,
			     mdm_seal_context(house.a, MDM_UNLOCK_TOKEN_CONTEXT, "U6"),
			     c.last.unlock_token, house.a, &plain),
		0);
	cr_expect(bytes_equal(plain, bytes_of_str("unlock")));
}

Test(moving, another_address_or_topic_is_refused)
{
	const struct mdm_move_profile far = {
		.id = "x", .server_url = "https://other.example.se/mdm", .rights = 1};
	struct mdm_move_row rows[] = {row("U1", "S1", 1)};
	struct mdm_move_told told;

	cr_expect_eq(
		move((struct mdm_mover){.profile = &far}, rows, 1, &told), ERR_REFUSED);
	cr_expect_eq(told.refused, 0, "that is said of all");
	rows[0].x.topic = "com.apple.mgmt.External.other";
	cr_expect_eq(move((struct mdm_mover){0}, rows, 1, &told), ERR_REFUSED);
	cr_expect_str_eq(told.rows[0].say->code, "move.topic");
	cr_expect_eq(count().enrolled, 0);
}

Test(moving, a_push_certificate_that_is_none_refuses_all)
{
	struct mdm_move_row rows[] = {row("U1", "S1", 1)};
	const struct mdm_move_set set = {
		.rows = rows, .n = 1, .push_cert_pem = "no PEM", .push_key_pem = "none either"};
	const struct mdm_mover mover = {.who = &who, .profile = &profile, .source = "json"};
	struct mdm_move_told told;
	struct refusal r;

	cr_expect_eq(mdm_move_in(house.m, &mover, &set, HOUSE_NOW, house.a, &told, &r), ERR_REFUSED);
	cr_expect_str_eq(r.say->code, "move.push");
	cr_expect_eq(count().enrolled, 0);
}
