/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stddef.h>

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

static const struct bytes *bytes_at(const struct mdm_ask *ask, const struct mdm_member *m)
{
	return (const void *)((const uint8_t *)ask + m->offset);
}

static const char *text_at(const struct mdm_ask *ask, const struct mdm_member *m)
{
	return *(const char *const *)(const void *)((const uint8_t *)ask + m->offset);
}

static int number_at(const struct mdm_ask *ask, const struct mdm_member *m)
{
	return *(const int *)(const void *)((const uint8_t *)ask + m->offset);
}

static bool is_given(const struct mdm_ask *ask, const struct mdm_member *m)
{
	if (m->kind == MDM_MEMBER_TEXT)
		return text_at(ask, m) != NULL;
	if (m->kind == MDM_MEMBER_PROFILE || m->kind == MDM_MEMBER_PICTURE)
		return bytes_at(ask, m)->n != 0;
	return false;
}

bool mdm_setting_is_set(
	const struct mdm_ask *ask, const struct mdm_member *members, const char *item)
{
	for (const struct mdm_member *m = members; m->name; m++) {
		if (!text_equal(m->under, item))
			continue;
		if (m->in ? ask->accessibility.set : is_given(ask, m))
			return true;
	}
	return false;
}

/* --- the form of each member --- */

static int profile_check(const struct mdm_ask *ask, const struct mdm_member *m,
	const struct mdm_ask_facts *f, struct refusal *r)
{
	struct bytes b = *bytes_at(ask, m);

	if (b.n && !blob_is_profile(b))
		return refuse(r, &mdm_say_profile_form, NULL, NULL, NULL);
	return blob_check(m->name, b, f, r);
}

static int picture_check(const struct mdm_ask *ask, const struct mdm_member *m,
	const struct mdm_ask_facts *f, struct refusal *r)
{
	struct bytes b = *bytes_at(ask, m);

	if (b.n && !blob_is_picture(b))
		return refuse(r, &mdm_say_picture, NULL, NULL, NULL);
	return blob_check(m->name, b, f, r);
}

static int number_check(const struct mdm_ask *ask, const struct mdm_member *m,
	const struct mdm_ask_facts *f, struct refusal *r)
{
	int v = number_at(ask, m);

	if ((v < m->least && v != m->otherwise) || v > m->most)
		return refuse(r, &mdm_say_range, m->name, arena_printf(f->a, "%d", m->least),
			arena_printf(f->a, "%d", m->most));
	return 0;
}

static int member_check(const struct mdm_ask *ask, const struct mdm_member *m,
	const struct mdm_ask_facts *f, struct refusal *r)
{
	switch (m->kind) {
	case MDM_MEMBER_TEXT:
		return text_check(m->name, text_at(ask, m), m->most_bytes, f, r);
	case MDM_MEMBER_PROFILE:
		return m->ours ? 0 : profile_check(ask, m, f, r);
	case MDM_MEMBER_PICTURE:
		return picture_check(ask, m, f, r);
	case MDM_MEMBER_NUMBER:
		return number_check(ask, m, f, r);
	case MDM_MEMBER_CHOICE:
		return 0;
	}
	return 0;
}

static bool is_missing(const struct mdm_ask *ask, const struct mdm_member *m)
{
	return !is_given(ask, m) || (m->kind == MDM_MEMBER_TEXT && !*text_at(ask, m));
}

static int members_check(const struct mdm_request_row *row, const struct mdm_ask *ask,
	const struct mdm_ask_facts *f, struct refusal *r)
{
	int ret = 0;

	for (const struct mdm_member *m = row->members; ret == 0 && m->name; m++) {
		if (m->needed && is_missing(ask, m))
			return refuse(r, &mdm_say_missing, row->type, m->name, NULL);
		ret = member_check(ask, m, f, r);
	}
	return ret;
}

/* --- what only one command needs --- */

static const char *name_of(const struct mdm_request_row *row, size_t offset)
{
	const struct mdm_member *m = row->members;

	while (m->name && m->offset != offset)
		m++;
	return m->name;
}
#define NAME(row_, member_) name_of((row_), offsetof(struct mdm_ask, member_))

static int erase_check(const struct mdm_request_row *row, const struct mdm_ask *ask,
	const struct mdm_ask_facts *f, struct refusal *r)
{
	const char *back = NAME(row, return_to_service);

	if (ask->preserve_data_plan == MDM_NOT_CHOSEN || ask->return_to_service == MDM_NOT_CHOSEN)
		return refuse(r, &mdm_say_erase_choice, NAME(row, preserve_data_plan), back, NULL);
	if (ask->return_to_service == MDM_YES && f->e &&
		!mdm_version_at_least(f->e->os_version, "17.0"))
		return refuse(r, &mdm_say_version, back, "17.0", f->e->os_version);
	if (ask->although_locked == MDM_YES && text_empty(ask->reason))
		return refuse(r, &mdm_say_erase_reason, NULL, NULL, NULL);
	return 0;
}

/* --- Settings: each thing set has its own rule --- */

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

/* One member of an item that is set; a text that is there is not empty. */
static int setting_check(const struct mdm_request_row *row, const struct mdm_member *m,
	const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	int ret = member_check(ask, m, f, r);

	if (ret)
		return ret;
	if (m->kind == MDM_MEMBER_TEXT && is_given(ask, m) && !*text_at(ask, m))
		return refuse(r, &mdm_say_missing, row->type, m->name, NULL);
	if (m->needed && is_missing(ask, m))
		return refuse(r, &mdm_say_missing, m->under, m->name, NULL);
	return 0;
}

static int settings_check(const struct mdm_request_row *row, const struct mdm_ask *ask,
	const struct mdm_ask_facts *f, struct refusal *r)
{
	bool any = false;
	int ret = 0;

	for (const struct mdm_member *m = row->members; ret == 0 && m->name; m++) {
		if (!mdm_setting_is_set(ask, row->members, m->under))
			continue;
		any = true;
		ret = setting_check(row, m, ask, f, r);
		if (ret == 0)
			ret = setting_able(m->under, f->e, r);
	}
	return ret || any ? ret : refuse(r, &mdm_say_nothing_set, NULL, NULL, NULL);
}

int mdm_ask_check(const struct mdm_ask *ask, const struct mdm_ask_facts *f, struct refusal *r)
{
	const struct mdm_request_row *row = mdm_request_row(ask->request);
	int ret = 0;

	if (!row || !row->members)
		return 0;
	if (ask->request == MDM_SETTINGS)
		return settings_check(row, ask, f, r);
	if (ask->request == MDM_ENABLE_LOST_MODE && text_empty(ask->message) &&
		text_empty(ask->phone))
		return refuse(r, &mdm_say_lost_words, NULL, NULL, NULL);
	if (ask->request == MDM_ERASE_DEVICE)
		ret = erase_check(row, ask, f, r);
	if (ret == 0 && ask->request == MDM_REMOVE_PROFILE && ask->identifier &&
		text_equal(ask->identifier, f->profile_id))
		ret = refuse(r, &mdm_say_own_profile, ask->identifier, NULL, NULL);
	return ret ? ret : members_check(row, ask, f, r);
}
