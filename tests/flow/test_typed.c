/* SPDX-License-Identifier: EUPL-1.2 */
/* Commands that somebody gives by their names, all the way: asked for, handed out, obeyed by the
 * iPad, and told as done. Once from the command line, once by the API, on an iPad each. */

#include "base/text.h"

#include <stdlib.h>

#include "tests/flow/one_ipad.h"

/* A picture is known by its first bytes. */
#define PNG "iVBORw0KGgoAAAANSUhEUg=="
#define JPEG "/9j/4AAQSkZJRg=="

static bool is_png(struct bytes b)
{
	return text_equal(text_base64(f.a, b), PNG);
}

static bool is_jpeg(struct bytes b)
{
	return text_equal(text_base64(f.a, b), JPEG);
}

static struct ipad_settings held(void)
{
	struct ipad_settings s;

	ipad_settings_get(p, &s);
	return s;
}

/* --- what each leaves behind --- */

static bool has_restarted(void)
{
	bool was = ipad_state(p)->before_unlock && ipad_state(p)->on;

	ipad_unlock(p);
	return was;
}

static bool has_its_zone(void)
{
	return text_equal(held().time_zone, "Europe/Helsinki");
}

static bool tells_whose(void)
{
	const char *plist = held().organisation;

	return strstr(plist, "<string>Ödeshögs skola</string>") && strstr(plist, "0144-350 00") &&
	       strstr(plist, "skola@example.org");
}

static bool is_told_anew(void)
{
	const char *plist = held().organisation;

	return strstr(plist, "<string>Biblioteket</string>") && !strstr(plist, "0144-350 00");
}

static bool has_png_when_locked(void)
{
	return is_png(held().lock_wallpaper) && held().home_wallpaper.n == 0;
}

static bool has_jpeg_at_home(void)
{
	return is_png(held().lock_wallpaper) && is_jpeg(held().home_wallpaper);
}

static bool has_jpeg_everywhere(void)
{
	return is_jpeg(held().lock_wallpaper) && is_jpeg(held().home_wallpaper);
}

static bool has_all_at_once(void)
{
	return text_equal(ipad_state(p)->name, "Läsplatta 12") &&
	       text_equal(held().time_zone, "Europe/Stockholm") && held().text_size == 9 &&
	       is_png(held().home_wallpaper) && strstr(held().organisation, "Medborgarkontoret");
}

static bool sounds(void)
{
	return ipad_state(p)->lost && ipad_state(p)->sounding;
}

static bool is_off(void)
{
	return !ipad_state(p)->on && ipad_wake(p) == ERR_BUSY;
}

/* In their order: the last ones change what the next may do. */
static const struct {
	const char *request;
	const char *members;    /* JSON, after the request */
	const char *spoken;     /* `hylla device WORD SERIAL` says the same */
	const char *act_before; /* another `device` act, first carried out */
	bool (*obeyed)(void);
} rows[] = {
	{"RestartDevice", "", NULL, NULL, has_restarted},
	{"Settings", ",\"time_zone\":\"Europe/Helsinki\"", NULL, NULL, has_its_zone},
	{"Settings",
		",\"organisation_name\":\"Ödeshögs skola\",\"organisation_phone\":\"0144-350 00\","
		"\"organisation_email\":\"skola@example.org\"",
		NULL, NULL, tells_whose},
	{"Settings", ",\"organisation_name\":\"Biblioteket\"", NULL, NULL, is_told_anew},
	{"Settings", ",\"wallpaper\":\"" PNG "\",\"wallpaper_where\":1", NULL, NULL,
		has_png_when_locked},
	{"Settings", ",\"wallpaper\":\"" JPEG "\",\"wallpaper_where\":2", NULL, NULL,
		has_jpeg_at_home},
	{"Settings", ",\"wallpaper\":\"" JPEG "\"", NULL, NULL, has_jpeg_everywhere},
	{"Settings",
		",\"device_name\":\"Läsplatta 12\",\"time_zone\":\"Europe/Stockholm\","
		"\"wallpaper\":\"" PNG "\",\"organisation_name\":\"Medborgarkontoret\","
		"\"accessibility\":{\"text_size\":9}",
		NULL, NULL, has_all_at_once},
	{"PlayLostModeSound", "", "sound", "lost", sounds},
	{"ShutDownDevice", "", NULL, "found", is_off},
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const char *asked(size_t i, bool by_api)
{
	const char *json =
		arena_printf(f.a, "{\"request\":\"%s\"%s}", rows[i].request, rows[i].members);
	const char *path = arena_printf(f.a, "/api/v1/devices/%s/commands", serial);
	struct doc *d;

	if (by_api)
		d = flow_api(&f, 202, "POST", path, json);
	else if (rows[i].spoken)
		d = FLOW_JSON(&f, "device", rows[i].spoken, serial);
	else
		d = FLOW_JSON(&f, "device", "command", serial, "--ask", json);
	cr_assert_not_null(doc_str(d, "uuid"), "row %zu", i);
	return doc_str(d, "uuid");
}

static void expect_done(size_t i, const char *uuid)
{
	struct doc *d = FLOW_JSON(&f, "device", "command-show", uuid);

	cr_expect_str_eq(doc_str(d, "request_type"), rows[i].request);
	cr_expect_str_eq(doc_str(d, "state"), "acknowledged", "row %zu, %s: %s", i, rows[i].request,
		doc_str(d, "why"));
}

static void all_are_obeyed(bool by_api)
{
	for (size_t i = 0; i < ROWS; i++) {
		const char *uuid;

		if (rows[i].act_before) {
			FLOW_EXPECT(&f, 0, "device", rows[i].act_before, serial);
			cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
			ipad_unlock(p);
		}
		uuid = asked(i, by_api);
		cr_expect_not(rows[i].obeyed(), "row %zu: not before it is handed out", i);
		cr_assert_eq(ipad_wake(p), 0, "row %zu: %s", i, ipad_why(p));
		expect_done(i, uuid);
		cr_expect(rows[i].obeyed(), "row %zu: %s", i, rows[i].request);
	}
	ipad_power(p, true);
	cr_expect_eq(ipad_wake(p), 0, "switched on by hand, it is ours as before: %s", ipad_why(p));
}

Test(typed, from_the_command_line, .timeout = 300, .init = begin, .fini = end)
{
	all_are_obeyed(false);
	flow_expect_well(&f);
}

Test(typed, by_the_api, .timeout = 300, .init = begin, .fini = end)
{
	all_are_obeyed(true);
	flow_expect_well(&f);
}
