/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/ipads.h"

TestSuite(invitation, .init = house_open, .fini = ipads_close);

static const struct audit_who anna = {.actor = "anna", .via = "api"};

static int invite(const char *serial, uint32_t most, struct mdm_invitation *ret, const char **url)
{
	struct mdm_invitation_ask ask = {.who = &anna,
		.now = ipads_now,
		.serial = serial,
		.most = most,
		.note = "Leverans 4711"};

	return mdm_invite(house.m, &ask, house.a, ret, url);
}

Test(invitation, word_leads_back_and_is_kept_nowhere)
{
	struct mdm_invitation i, got;
	const char *url, *word;

	cr_assert_eq(invite("S-1", 0, &i, &url), 0);
	cr_assert_eq(i.most, 1);
	cr_assert_eq(i.expires_at, HOUSE_NOW + 30 * 86400);
	cr_assert_eq(strncmp(url, HOUSE_URL "/enroll/", strlen(HOUSE_URL "/enroll/")), 0);
	word = url + strlen(HOUSE_URL "/enroll/");
	cr_assert_geq(strlen(word), 30);
	cr_assert_eq(mdm_invitation_by_word(house.m, house.a, word, &got), 0);
	cr_assert_str_eq(got.id, i.id);
	cr_assert_str_eq(got.serial, "S-1");
	cr_assert_eq(got.word_hash.n, 32);
	cr_assert_str_eq(got.made_by, "anna");
}

Test(invitation, other_words_lead_nowhere)
{
	struct mdm_invitation i;
	const char *url, *word;
	char *wrong;

	cr_assert_eq(invite("S-1", 0, &i, &url), 0);
	word = url + strlen(HOUSE_URL "/enroll/");
	wrong = arena_strdup(house.a, word);
	wrong[strlen(wrong) - 1] ^= 1;
	cr_expect_eq(mdm_invitation_by_word(house.m, house.a, wrong, &i), ERR_NOTFOUND);
	cr_expect_eq(mdm_invitation_by_word(house.m, house.a, i.id, &i), ERR_NOTFOUND);
	cr_expect_eq(mdm_invitation_by_word(house.m, house.a, "", &i), ERR_NOTFOUND);
	cr_expect_eq(mdm_invitation_by_word(
			     house.m, house.a, arena_printf(house.a, "%s%0300d", i.id, 0), &i),
		ERR_NOTFOUND);
}

Test(invitation, asks_that_are_refused)
{
	static const struct {
		struct mdm_invitation_ask ask;
		int err;
	} cases[] = {
		{{.serial = ""}, ERR_BADINPUT},
		{{.serial = "A B"}, ERR_BADINPUT},
		{{.serial = "\xc3\x85"}, ERR_BADINPUT},
		{{.most = 0}, ERR_BADINPUT},
		{{.most = 100001}, ERR_BADINPUT},
		{{.most = 5, .life_s = -1}, ERR_BADINPUT},
	};
	struct mdm_invitation i;
	const char *url;

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++) {
		struct mdm_invitation_ask ask = cases[k].ask;

		ask.who = &anna;
		ask.now = ipads_now;
		cr_expect_eq(mdm_invite(house.m, &ask, house.a, &i, &url), cases[k].err, "%zu", k);
	}
}

Test(invitation, is_good_until_it_is_over_closed_or_used_up)
{
	struct mdm_invitation i = {.most = 2, .expires_at = 100};

	cr_assert_eq(mdm_invitation_usable(&i, 99), 0);
	cr_assert_eq(mdm_invitation_usable(&i, 100), ERR_EXPIRED);
	i.used = 1;
	cr_assert_eq(mdm_invitation_usable(&i, 99), 0);
	i.used = 2;
	cr_assert_eq(mdm_invitation_usable(&i, 99), ERR_EXPIRED);
	i.used = 0;
	i.closed_at = 50;
	cr_assert_eq(mdm_invitation_usable(&i, 99), ERR_EXPIRED);
}

Test(invitation, is_spent_by_enrolling_not_by_asking)
{
	struct mdm_invitation i, got;
	const char *url;

	cr_assert_eq(invite(NULL, 1, &i, &url), 0);
	IPADS_IDENTITY(1, .invitation = i.id);
	IPADS_IDENTITY(2, .invitation = i.id);
	cr_assert_eq(ipads_say(1, ipads_authenticate("U-1", "S-1")), 0);
	cr_assert_eq(
		mdm_invitation_by_word(house.m, house.a, url + strlen(HOUSE_URL "/enroll/"), &got),
		0);
	cr_assert_eq(got.used, 0);
	cr_assert_eq(ipads_say(1, ipads_token("U-1", "t")), 0);
	cr_assert_eq(ipads_say(1, ipads_token("U-1", "t")), 0);
	cr_assert_eq(
		mdm_invitation_by_word(house.m, house.a, url + strlen(HOUSE_URL "/enroll/"), &got),
		0);
	cr_assert_eq(got.used, 1, "once an iPad");
	cr_assert_eq(ipads_say(2, ipads_authenticate("U-2", "S-2")), ERR_EXPIRED, "used up");
}

Test(invitation, lets_in_no_more_than_it_says_however_many_begin)
{
	struct mdm_invitation i;
	const char *url;

	cr_assert_eq(invite(NULL, 1, &i, &url), 0);
	IPADS_IDENTITY(1, .invitation = i.id);
	IPADS_IDENTITY(2, .invitation = i.id);
	cr_assert_eq(ipads_say(1, ipads_authenticate("U-1", "S-1")), 0);
	cr_assert_eq(ipads_say(2, ipads_authenticate("U-2", "S-2")), 0);
	cr_assert_eq(ipads_say(1, ipads_token("U-1", "t")), 0);
	cr_assert_eq(ipads_say(2, ipads_token("U-2", "t")), ERR_EXPIRED);
	cr_assert_eq(ipads_get("U-2").e.state, MDM_AUTHENTICATED);
}

/* Whoever knows the word could else fill the store without ever enrolling. */
Test(invitation, no_end_of_beginning_is_not_offered)
{
	struct mdm_invitation i;
	const char *url;

	cr_assert_eq(invite(NULL, 1, &i, &url), 0);
	for (uint8_t k = 1; k <= 13; k++) {
		const char *n = arena_printf(house.a, "%u", k);

		IPADS_IDENTITY(k, .invitation = i.id);
		cr_expect_eq(ipads_say(k, ipads_authenticate(n, n)), k <= 12 ? 0 : ERR_EXPIRED);
		cr_expect_eq(ipads_say(k, ipads_authenticate(n, n)), k <= 12 ? 0 : ERR_EXPIRED,
			"again costs nothing");
	}
	cr_assert_str_eq(ipads_answer.why, "invitation-begun-too-often");
	cr_assert_eq(ipads_say(3, ipads_token("3", "t")), 0, "who began may end");
}

Test(invitation, closing)
{
	struct mdm_invitation i, got;
	struct bytes profile;
	const char *url;

	cr_assert_eq(invite(NULL, 9, &i, &url), 0);
	cr_assert_eq(mdm_invitation_close(house.m, &anna, i.id, ipads_now + 5), 0);
	cr_assert_eq(mdm_invitation_close(house.m, &anna, i.id, ipads_now + 6), 0);
	cr_assert_eq(mdm_invitation_close(house.m, &anna, "none", ipads_now), ERR_NOTFOUND);
	cr_assert_eq(
		mdm_invitation_by_word(house.m, house.a, url + strlen(HOUSE_URL "/enroll/"), &got),
		0);
	cr_assert_eq(got.closed_at, ipads_now + 5);
	cr_assert_eq(mdm_profile_make(house.m,
			     &(struct mdm_profile_ask){.invitation = i.id, .now = ipads_now},
			     house.a, &profile),
		ERR_EXPIRED);
	IPADS_IDENTITY(1, .invitation = i.id);
	cr_assert_eq(ipads_say(1, ipads_authenticate("U-1", "S-1")), ERR_EXPIRED);
}
