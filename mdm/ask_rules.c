/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/clock.h"
#include "base/text.h"

/* --- the iPad's side --- */

static const char *when(const struct mdm_ask_facts *f, int64_t t)
{
	char text[CLOCK_TEXT];

	return arena_strdup(f->a, clock_format_local(t, text));
}

static int enrolled_decide(
	const struct mdm_request_row *row, const struct mdm_ask_facts *f, struct refusal *r)
{
	const struct mdm_enrollment *e = f->e;

	if (!e)
		return refuse(r, &mdm_say_not_enrolled, f->serial, NULL, NULL);
	if (e->state == MDM_AUTHENTICATED)
		return refuse(r, &mdm_say_not_yet, f->serial, NULL, NULL);
	if (e->state != MDM_ENROLLED)
		return refuse(r, &mdm_say_left, f->serial, NULL, NULL);
	if (e->erased_at)
		return refuse(r, &mdm_say_erased, f->serial, when(f, e->erased_at), NULL);
	if (!e->trusted && !row->untrusted)
		return refuse(r, &mdm_say_untrusted, f->serial, row->type, NULL);
	return 0;
}

static int able_decide(
	const struct mdm_request_row *row, const struct mdm_enrollment *e, struct refusal *r)
{
	if (row->never)
		return refuse(r, row->never, row->type, NULL, NULL);
	if ((row->rights & MDM_RIGHTS) != row->rights)
		return refuse(r, &mdm_say_right, row->type, NULL, NULL);
	if (row->supervised && e->supervised == 1)
		return refuse(r, &mdm_say_supervised, row->type, NULL, NULL);
	if (!mdm_version_at_least(e->os_version, row->since))
		return refuse(r, &mdm_say_version, row->type, row->since, e->os_version);
	return 0;
}

static int moment_decide(
	const struct mdm_request_row *row, const struct mdm_ask_facts *f, struct refusal *r)
{
	bool wanted = f->phase == MDM_LOST_WANTED || f->phase == MDM_LOST_ON;
	bool needs_lost =
		row->request == MDM_DEVICE_LOCATION || row->request == MDM_PLAY_LOST_MODE_SOUND;

	if (needs_lost && !wanted)
		return refuse(r, &mdm_say_not_lost, row->type, NULL, NULL);
	if (row->momentary && f->phase != MDM_NOT_LOST)
		return refuse(r, &mdm_say_lost_moment, f->serial, row->type, NULL);
	if (row->request == MDM_DEVICE_CONFIGURED && !f->e->awaiting_configuration)
		return refuse(r, &mdm_say_not_awaiting, f->serial, NULL, NULL);
	if (row->request == MDM_CLEAR_PASSCODE && !f->e->unlock_token.n)
		return refuse(r, &mdm_say_no_token, f->serial, NULL, NULL);
	return 0;
}

int mdm_ask_decide(
	const struct mdm_request_row *row, const struct mdm_ask_facts *f, struct refusal *r)
{
	int ret = enrolled_decide(row, f, r);

	if (ret == 0)
		ret = able_decide(row, f->e, r);
	if (ret == 0)
		ret = moment_decide(row, f, r);
	if (ret)
		return ret;
	if (row->one_alive && f->same_since)
		return refuse(r, &mdm_say_twice, row->type, when(f, f->same_since), NULL);
	if (f->waiting >= MDM_LINE_MAX)
		return refuse(r, &mdm_say_full, arena_printf(f->a, "%zu", f->waiting), NULL, NULL);
	return 0;
}

/* --- the asker's side --- */

/* XML 1.0 has no place for control characters, and our parser takes UTF-8 alone. */
static bool text_is_sendable(const char *s)
{
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < 0x20 && *p != '\n' && *p != '\t' && *p != '\r')
			return false;
	return text_is_utf8(bytes_of_str(s));
}

static int text_check(const char *name, const char *s, size_t most, const struct mdm_ask_facts *f,
	struct refusal *r)
{
	if (!s)
		return 0;
	if (strlen(s) > most)
		return refuse(r, &mdm_say_too_long, name, arena_printf(f->a, "%zu", most), NULL);
	if (!text_is_sendable(s))
		return refuse(r, &mdm_say_text, name, NULL, NULL);
	return 0;
}

static int blob_check(
	const char *name, struct bytes b, const struct mdm_ask_facts *f, struct refusal *r)
{
	if (b.n > MDM_BLOB_MAX)
		return refuse(r, &mdm_say_too_long, name,
			arena_printf(f->a, "%d MiB", MDM_BLOB_MAX >> 20), NULL);
	return 0;
}

/* A .mobileconfig is a plist, or one inside a CMS signature (DER or BER: SEQUENCE). */
static bool blob_is_profile(struct bytes b)
{
	size_t i = 0;

	if (b.n >= 3 && memcmp(b.p, "\xef\xbb\xbf", 3) == 0)
		i = 3;
	while (i < b.n && (b.p[i] == ' ' || b.p[i] == '\n' || b.p[i] == '\r' || b.p[i] == '\t'))
		i++;
	return i < b.n && (b.p[i] == '<' || (i == 0 && b.p[0] == 0x30));
}

static bool blob_is_picture(struct bytes b)
{
	return (b.n > 8 && memcmp(b.p, "\x89PNG\r\n\x1a\n", 8) == 0) ||
	       (b.n > 3 && memcmp(b.p, "\xff\xd8\xff", 3) == 0);
}

static int lock_check(const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	int ret = text_check("message", ask->message, 1000, f, r);

	if (ret == 0)
		ret = text_check("phone", ask->phone, 64, f, r);
	if (ret == 0)
		ret = text_check("footnote", ask->footnote, 256, f, r);
	return ret;
}

static int lost_check(const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	if (text_empty(ask->message) && text_empty(ask->phone))
		return refuse(r, &mdm_say_lost_words, NULL, NULL, NULL);
	return lock_check(ask, f, r);
}

static int install_check(
	const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	if (ask->profile.n == 0)
		return refuse(r, &mdm_say_missing, "InstallProfile", "profile", NULL);
	if (!blob_is_profile(ask->profile))
		return refuse(r, &mdm_say_profile_form, NULL, NULL, NULL);
	return blob_check("profile", ask->profile, f, r);
}

static int remove_check(const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	if (text_empty(ask->identifier))
		return refuse(r, &mdm_say_missing, "RemoveProfile", "identifier", NULL);
	if (text_equal(ask->identifier, f->profile_id))
		return refuse(r, &mdm_say_own_profile, ask->identifier, NULL, NULL);
	return text_check("identifier", ask->identifier, MDM_TEXT_MAX, f, r);
}

static int erase_check(const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	if (ask->preserve_data_plan == MDM_NOT_CHOSEN || ask->return_to_service == MDM_NOT_CHOSEN)
		return refuse(r, &mdm_say_erase_choice, "preserve_data_plan", "return_to_service",
			NULL);
	if (ask->return_to_service == MDM_YES && f->e &&
		!mdm_version_at_least(f->e->os_version, "17.0"))
		return refuse(r, &mdm_say_version, "return_to_service", "17.0", f->e->os_version);
	if (ask->return_wifi_profile.n && !blob_is_profile(ask->return_wifi_profile))
		return refuse(r, &mdm_say_profile_form, NULL, NULL, NULL);
	return blob_check("wifi_profile", ask->return_wifi_profile, f, r);
}

/* --- Settings: each thing set has its own rule --- */

struct setting_need {
	bool set;
	const char *item; /* Apple's name, for the table */
};

static size_t setting_needs(const struct mdm_ask *ask, struct setting_need out[5])
{
	size_t n = 0;

	out[n++] = (struct setting_need){ask->device_name != NULL, "DeviceName"};
	out[n++] = (struct setting_need){ask->wallpaper.n != 0, "Wallpaper"};
	out[n++] = (struct setting_need){ask->time_zone != NULL, "TimeZone"};
	out[n++] = (struct setting_need){ask->organisation_name != NULL, "OrganizationInfo"};
	out[n++] = (struct setting_need){ask->accessibility.set, "AccessibilitySettings"};
	return n;
}

static int setting_able(const char *item, const struct mdm_enrollment *e, struct refusal *r)
{
	const struct mdm_setting *s = mdm_setting_by_item(item);

	if (!s || !e)
		return 0;
	if (s->supervised && e->supervised == 1)
		return refuse(r, &mdm_say_supervised, item, NULL, NULL);
	if (!mdm_version_at_least(e->os_version, s->since))
		return refuse(r, &mdm_say_version, item, s->since, e->os_version);
	return 0;
}

static int setting_texts_check(
	const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	const struct {
		const char *name, *s;
	} texts[] = {{"device_name", ask->device_name}, {"time_zone", ask->time_zone},
		{"organisation_name", ask->organisation_name},
		{"organisation_phone", ask->organisation_phone},
		{"organisation_email", ask->organisation_email}};
	bool has_contact = ask->organisation_phone || ask->organisation_email;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int ret = text_check(texts[i].name, texts[i].s, MDM_TEXT_MAX, f, r);

		if (ret)
			return ret;
		if (texts[i].s && !*texts[i].s)
			return refuse(r, &mdm_say_missing, "Settings", texts[i].name, NULL);
	}
	if (has_contact && !ask->organisation_name)
		return refuse(r, &mdm_say_missing, "OrganizationInfo", "organisation_name", NULL);
	return 0;
}

static int settings_check(
	const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	struct setting_need needs[5];
	size_t n = setting_needs(ask, needs), set = 0;
	int ret = setting_texts_check(ask, f, r);

	for (size_t i = 0; i < n && ret == 0; i++) {
		if (needs[i].set) {
			set++;
			ret = setting_able(needs[i].item, f->e, r);
		}
	}
	if (ret)
		return ret;
	if (set == 0)
		return refuse(r, &mdm_say_nothing_set, NULL, NULL, NULL);
	if (ask->wallpaper.n && !blob_is_picture(ask->wallpaper))
		return refuse(r, &mdm_say_picture, NULL, NULL, NULL);
	if (ask->wallpaper.n && (ask->wallpaper_where < 1 || ask->wallpaper_where > 3))
		return refuse(r, &mdm_say_range, "wallpaper_where", "1", "3");
	if (ask->accessibility.set &&
		(ask->accessibility.text_size < -1 || ask->accessibility.text_size > 11))
		return refuse(r, &mdm_say_range, "text_size", "0", "11");
	return blob_check("wallpaper", ask->wallpaper, f, r);
}

int mdm_ask_check(const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	switch (ask->request) {
	case MDM_DEVICE_LOCK:
		return lock_check(ask, f, r);
	case MDM_ENABLE_LOST_MODE:
		return lost_check(ask, f, r);
	case MDM_INSTALL_PROFILE:
		return install_check(ask, f, r);
	case MDM_REMOVE_PROFILE:
		return remove_check(ask, f, r);
	case MDM_ERASE_DEVICE:
		return erase_check(ask, f, r);
	case MDM_SETTINGS:
		return settings_check(ask, f, r);
	default:
		return 0;
	}
}
