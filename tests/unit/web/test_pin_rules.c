/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/pin_int.h"

#include "base/text.h"

#include <criterion/criterion.h>

#define NOW 1800000000
#define HOUR 3600

Test(pin_rules, when_a_session_is_locked_or_over)
{
	static const struct {
		int64_t used, full, locked, expires, closed;
		bool pin, browser, station;
		uint32_t stage;
		enum web_session_state want;
	} rows[] = {
		{NOW, NOW, 0, NOW + HOUR, 0, true, true, true, 0, WEB_SESSION_OPEN},
		{NOW - 599, NOW - HOUR, 0, NOW + HOUR, 0, true, true, true, 0, WEB_SESSION_OPEN},
		{NOW - 600, NOW - HOUR, 0, NOW + HOUR, 0, true, true, true, 0, WEB_SESSION_LOCKED},
		/* without a PIN it locks as soon, and ends after two hours */
		{NOW - 599, NOW - HOUR, 0, NOW + HOUR, 0, false, true, true, 0, WEB_SESSION_OPEN},
		{NOW - 600, NOW - HOUR, 0, NOW + HOUR, 0, false, true, true, 0, WEB_SESSION_LOCKED},
		{NOW - 600, NOW - 11 * HOUR, 0, NOW + HOUR, 0, false, true, true, 0,
			WEB_SESSION_LOCKED},
		{NOW - 600, NOW - HOUR, 0, NOW + HOUR, 0, false, true, false, 0, WEB_SESSION_OPEN},
		{NOW - 2 * HOUR, NOW - 3 * HOUR, 0, NOW + HOUR, 0, false, true, true, 0,
			WEB_SESSION_OVER},
		/* with one it waits for the whole shift */
		{NOW - 5 * HOUR, NOW - 6 * HOUR, 0, NOW + HOUR, 0, true, true, true, 0,
			WEB_SESSION_LOCKED},
		{NOW - 5 * HOUR, NOW - 10 * HOUR, 0, NOW + HOUR, 0, true, true, true, 0,
			WEB_SESSION_OVER},
		/* a shift that is over ends nothing that is in use */
		{NOW, NOW - 11 * HOUR, 0, NOW + HOUR, 0, true, true, true, 0, WEB_SESSION_OPEN},
		/* locked by hand */
		{NOW, NOW, NOW, NOW + HOUR, 0, true, true, true, 0, WEB_SESSION_LOCKED},
		{NOW, NOW, NOW, NOW + HOUR, 0, false, true, true, 0, WEB_SESSION_OVER},
		{NOW, NOW - 10 * HOUR, NOW, NOW + HOUR, 0, true, true, true, 0, WEB_SESSION_OVER},
		/* a PIN opens nothing without its station, nor what is half open */
		{NOW - 600, NOW, NOW, NOW + HOUR, 0, true, true, false, 0, WEB_SESSION_OVER},
		{NOW, NOW, NOW, NOW + HOUR, 0, true, true, true, WEB_STAGE_CODE, WEB_SESSION_OVER},
		/* the end comes first */
		{NOW, NOW, 0, NOW, 0, true, true, true, 0, WEB_SESSION_OVER},
		{NOW, NOW, 0, NOW + HOUR, NOW - 1, true, true, true, 0, WEB_SESSION_OVER},
		/* programs neither lock nor idle */
		{0, 0, 0, 0, 0, false, false, false, 0, WEB_SESSION_OPEN},
	};
	const struct web_sign_in_rules rules = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct web_token t = {.used_at = rows[i].used,
			.full_at = rows[i].full,
			.locked_at = rows[i].locked,
			.expires_at = rows[i].expires,
			.closed_at = rows[i].closed,
			.browser = rows[i].browser,
			.station = rows[i].station ? "s" : NULL,
			.stage = rows[i].stage};

		cr_expect_eq(web_session_state(&t, rows[i].pin, &rules, NOW), rows[i].want,
			"row %zu", i);
	}
}

Test(pin_rules, an_administrator_sets_the_times)
{
	const struct web_sign_in_rules rules = {.lock_s = 120, .shift_s = HOUR};
	struct web_token t = {.used_at = NOW - 120,
		.full_at = NOW - 300,
		.expires_at = NOW + HOUR,
		.browser = true,
		.station = "s"};

	cr_expect_eq(web_session_state(&t, true, &rules, NOW), WEB_SESSION_LOCKED);
	t.full_at = NOW - HOUR;
	cr_expect_eq(web_session_state(&t, true, &rules, NOW), WEB_SESSION_OVER);
}

Test(pin_rules, what_makes_a_pin)
{
	static const struct {
		const char *pin, *code;
	} rows[] = {{"4711", NULL}, {"29571046", NULL}, {"1357", NULL}, {"1223", NULL},
		{"471", "pin.form"}, {"471100000", "pin.form"}, {"47a1", "pin.form"},
		{"", "pin.form"}, {NULL, "pin.form"}, {"4 711", "pin.form"}, {"1111", "pin.simple"},
		{"1234", "pin.simple"}, {"9876", "pin.simple"}, {"00000000", "pin.simple"}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct refusal r = {0};
		int err = web_pin_decide(rows[i].pin, &r);

		cr_expect_eq(err, rows[i].code ? ERR_REFUSED : 0, "%s", rows[i].pin);
		cr_expect(text_equal(r.say ? r.say->code : NULL, rows[i].code), "%s", rows[i].pin);
	}
}

Test(pin_rules, a_station_is_called_by_no_secret)
{
	char one[WEB_STATION], same[WEB_STATION], other[WEB_STATION];

	web_station_of("word", one);
	web_station_of("word", same);
	web_station_of("other", other);
	cr_expect_str_eq(one, same);
	cr_expect_str_neq(one, other);
	cr_expect_eq(strlen(one), 12);
}
