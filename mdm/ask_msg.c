/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"

static void information_build(struct mdm_plist *d)
{
	struct mdm_plist *queries = mdm_plist_set_array(d, "Queries");

	for (const char *const *q = mdm_device_queries; *q; q++)
		mdm_plist_add_str(queries, *q);
}

static void member_build(const struct mdm_ask *ask, const struct mdm_member *m, struct mdm_plist *d)
{
	const void *at = (const uint8_t *)ask + m->offset;
	const char *text = m->kind == MDM_MEMBER_TEXT ? *(const char *const *)at : NULL;
	const struct bytes *bytes = at;
	const enum mdm_choice *choice = at;
	const int *number = at;

	if (!m->key)
		return;
	if (m->kind == MDM_MEMBER_TEXT && !text_empty(text))
		mdm_plist_set_str(d, m->key, text);
	if ((m->kind == MDM_MEMBER_PROFILE || m->kind == MDM_MEMBER_PICTURE) && bytes->n)
		mdm_plist_set_data(d, m->key, *bytes);
	if (m->kind == MDM_MEMBER_CHOICE && *choice != MDM_NOT_CHOSEN)
		mdm_plist_set_bool(d, m->key, *choice == MDM_YES);
	if (m->kind == MDM_MEMBER_NUMBER && *number >= m->least)
		mdm_plist_set_int(d, m->key, *number);
}

/* The members of one item stand together; each item is a dictionary of the array. */
static void settings_build(
	const struct mdm_ask *ask, const struct mdm_member *members, struct mdm_plist *d)
{
	struct mdm_plist *items = mdm_plist_set_array(d, "Settings"), *item = NULL;
	const char *last = NULL;

	for (const struct mdm_member *m = members; m->name; m++) {
		if (!mdm_setting_is_set(ask, members, m->under))
			continue;
		if (!text_equal(last, m->under)) {
			item = mdm_plist_add_dict(items);
			mdm_plist_set_str(item, "Item", m->under);
			if (m->nested)
				item = mdm_plist_set_dict(item, m->under);
		}
		last = m->under;
		member_build(ask, m, item);
	}
}

/* What an erase does not come back with, it is not told. */
static void members_build(
	const struct mdm_ask *ask, const struct mdm_member *members, struct mdm_plist *d)
{
	struct mdm_plist *inner = NULL;

	for (const struct mdm_member *m = members; m->name; m++) {
		if (m->under && ask->return_to_service != MDM_YES)
			continue;
		if (m->under && !inner)
			inner = mdm_plist_set_dict(d, m->under);
		member_build(ask, m, m->under ? inner : d);
	}
}

struct mdm_plist *mdm_ask_build(const struct mdm_ask *ask, struct arena *a)
{
	const struct mdm_request_row *row = mdm_request_row(ask->request);
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set_str(d, "RequestType", row ? row->type : NULL);
	if (ask->request == MDM_DEVICE_INFORMATION)
		information_build(d);
	else if (ask->request == MDM_PROFILE_LIST)
		mdm_plist_set_bool(d, "ManagedOnly", false);
	else if (ask->request == MDM_SETTINGS)
		settings_build(ask, row->members, d);
	else if (row && row->members)
		members_build(ask, row->members, d);
	return d;
}

int mdm_ask_format(struct mdm_plist *command, const char *uuid, struct arena *a, struct bytes *ret)
{
	struct mdm_plist *message = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set(message, "Command", command);
	mdm_plist_set_str(message, "CommandUUID", uuid);
	return mdm_plist_format_in(message, MDM_MESSAGE_MAX, a, ret);
}

int mdm_ask_merge_token(
	const char *uuid, struct bytes unlock_token, struct arena *a, struct bytes *ret)
{
	struct mdm_plist *d = mdm_plist_new(a, MDM_PLIST_DICT);

	mdm_plist_set_str(d, "RequestType", "ClearPasscode");
	mdm_plist_set_data(d, "UnlockToken", unlock_token);
	return mdm_ask_format(d, uuid, a, ret);
}
