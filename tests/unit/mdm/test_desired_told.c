/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/desired.h"

#include "base/clock.h"

TestSuite(desired_told, .init = q_open, .fini = d_close);

#define OWN(kind, id, spec) d_item(MDM_OF_IPAD, Q_SERIAL, kind, id, spec)

Test(desired_told, what_the_ipad_tells_against_what_we_want)
{
	d_put(OWN(MDM_ITEM_SETTING, "accessibility", "{\"text_size\":10,\"bold\":true}"));
	d_put(OWN(MDM_ITEM_SETTING, "device-name", "{\"name\":\"Platta\"}"));
	q_obey();
	q_add(MDM_DEVICE_INFORMATION);
	q_poll();
	q_answer(q_next_uuid(), "Acknowledged",
		"<key>QueryResponses</key><dict><key>DeviceName</key><string>Platta</string>"
		"<key>AccessibilitySettings</key><dict><key>TextSize</key><integer>4</integer>"
		"<key>BoldTextEnabled</key><true/></dict></dict>");
	cr_expect_not(d_slot(MDM_ITEM_SETTING, "device-name")->drift);
	cr_expect(d_slot(MDM_ITEM_SETTING, "accessibility")->drift);
	cr_expect(strstr(d_slot(MDM_ITEM_SETTING, "accessibility")->why, "TextSize: 4"));
	d_tend();
	cr_expect_eq(q_line().n, 0, "a senior may change their own text");
	/* set back by hand */
	q_add(MDM_DEVICE_INFORMATION);
	q_poll();
	q_answer(q_next_uuid(), "Acknowledged",
		"<key>QueryResponses</key><dict>"
		"<key>AccessibilitySettings</key><dict><key>TextSize</key><integer>10</integer>"
		"<key>BoldTextEnabled</key><true/></dict></dict>");
	cr_expect_not(d_slot(MDM_ITEM_SETTING, "accessibility")->drift);
}

Test(desired_told, a_profile_that_is_gone_comes_back)
{
	d_put(OWN(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	d_put(OWN(MDM_ITEM_WEB_CLIP, "boras", D_CLIP));
	q_obey();
	q_add(MDM_PROFILE_LIST);
	q_poll();
	q_answer(q_next_uuid(), "Acknowledged",
		"<key>ProfileList</key><array><dict><key>PayloadIdentifier</key>"
		"<string>se.example.mdm.item.profile.wifi</string></dict></array>");
	d_tend();
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_ON);
	cr_expect_eq(d_state(MDM_ITEM_WEB_CLIP, "boras"), MDM_APPLIED_SENT);
	q_obey();
}

Test(desired_told, a_removal_that_is_refused_is_let_go)
{
	d_put(OWN(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	q_obey();
	d_del(OWN(MDM_ITEM_PROFILE, "wifi", NULL));
	for (int i = 0; i < 3; i++) {
		d_tend();
		cr_assert_str_eq(q_poll(), "RemoveProfile", "%d", i);
		q_error(q_next_uuid(), 101);
		q.now += 3 * 86400;
	}
	q.now = HOUSE_NOW;
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), 99);
}

Test(desired_told, one_that_a_person_takes_out_stays_out)
{
	d_put(OWN(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	cr_assert_eq(q_cancel(q_line().c[0].uuid), 0);
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_FAILED);
	d_tend();
	cr_expect_eq(q_line().n, 0);
}

static const char *clip_until(int64_t day)
{
	char text[CLOCK_TEXT];

	return arena_printf(house.a,
		"{\"type\":\"web-clip\",\"url\":\"https://boras.se/\",\"label\":\"Valet\",\"remove_at\":\"%s\"}",
		clock_format_utc(day, text));
}

/* The iPad took it away by itself: it is not put there again, and nothing is said to be wrong. */
Test(desired_told, one_whose_day_has_come_stays_away)
{
	cr_assert_eq(d_put(OWN(MDM_ITEM_WEB_CLIP, "valet", clip_until(q.now - 1))), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "payload.ended");
	cr_assert_eq(d_put(OWN(MDM_ITEM_WEB_CLIP, "valet", clip_until(q.now + 86400))), 0);
	q_obey();
	cr_expect_eq(d_state(MDM_ITEM_WEB_CLIP, "valet"), MDM_APPLIED_ON);
	q.now += 86400;
	q_add(MDM_PROFILE_LIST);
	q_poll();
	q_answer(q_next_uuid(), "Acknowledged", "<key>ProfileList</key><array/>");
	d_tend();
	cr_expect_eq(d_state(MDM_ITEM_WEB_CLIP, "valet"), 99);
	cr_expect_eq(q_line().n, 0);
	q.now = HOUSE_NOW;
}
