/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/request_int.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const struct mdm_request_row *row_at(size_t i, size_t *ret_all)
{
	size_t n, never;
	const struct mdm_request_row *rows = mdm_request_rows(&n);
	const struct mdm_request_row *refused = mdm_request_never(&never);

	*ret_all = n + never;
	return i < n ? &rows[i] : i < n + never ? &refused[i - n] : NULL;
}

Test(request_table, typed_rows_stand_in_the_order_of_the_enum)
{
	for (int r = MDM_DEVICE_INFORMATION; r < MDM_RAW; r++) {
		const struct mdm_request_row *row = mdm_request_row(r);

		cr_assert(row);
		cr_assert_eq(row->request, (enum mdm_request)r, "%s", row->type);
	}
	cr_assert_null(mdm_request_row(MDM_RAW));
	cr_assert_null(mdm_request_row(0));
	cr_assert_str_eq(mdm_request_row(MDM_DEVICE_CONFIGURED)->type, "DeviceConfigured");
}

Test(request_table, every_row_is_whole)
{
	const struct mdm_request_row *row;
	size_t all;

	for (size_t i = 0; (row = row_at(i, &all)); i++) {
		cr_assert_eq(mdm_request_by_type(row->type), row, "%s stands twice", row->type);
		if (row->never)
			continue;
		cr_assert_eq(row->rights & MDM_RIGHTS, row->rights, "%s", row->type);
		cr_assert(row->keys && row->since && row->life_s > 0, "%s", row->type);
		for (int l = 0; l < SAY_LANGS; l++)
			cr_assert(!text_empty(row->about.text[l]), "%s", row->type);
		cr_assert(text_starts(row->about.code, "request."));
		cr_assert(!row->one_alive || row->life_s >= 3600);
	}
	cr_assert_null(mdm_request_by_type("Nonsense"));
	cr_assert_null(mdm_request_by_type(NULL));
}

/* The promise: no command that lists apps or shows the screen. */
Test(request_table, watching_is_never_sent)
{
	static const char *const types[] = {"InstalledApplicationList", "RequestMirroring",
		"ManagedApplicationFeedback", "TriggerEnhancedLogCollection"};

	for (size_t i = 0; i < 4; i++)
		cr_assert_eq(mdm_request_by_type(types[i])->never, &mdm_never_watching);
	for (const char *const *query = mdm_device_queries; *query; query++) {
		const struct mdm_query *x = mdm_query_by_key(*query);

		cr_assert(x && !x->watching && !x->shared, "%s", *query);
		cr_assert_eq(x->rights & MDM_RIGHTS, x->rights, "%s", *query);
	}
	cr_assert(mdm_query_is_watching("CurrentMCC"));
	cr_assert_not(mdm_query_is_watching("BatteryLevel"));
}

Test(request_table, lost_mode_lets_only_its_own_through)
{
	static const char *const let[] = {"DeviceInformation", "SecurityInfo", "EnableLostMode",
		"DisableLostMode", "DeviceLocation", "PlayLostModeSound", "EraseDevice",
		"DeviceConfigured"};
	size_t n, seen = 0;
	const struct mdm_request_row *rows = mdm_request_rows(&n);

	for (size_t i = 0; i < n; i++) {
		bool mine = false;

		for (size_t k = 0; k < 8; k++)
			mine = mine || text_equal(rows[i].type, let[k]);
		cr_assert_eq(rows[i].while_lost, mine, "%s", rows[i].type);
		seen += mine;
	}
	cr_assert_eq(seen, 8);
}

/* --- against Apple's schema, where it lies beside the source --- */

static char *apple_read(const char *name)
{
	const char *top = getenv("top_srcdir");
	char path[512];
	char *all = mem_zalloc(1 << 20);
	FILE *f;

	snprintf(path, sizeof(path), "%s/../shared/data/apple/%s", top ? top : ".", name);
	f = fopen(path, "r");
	if (!f) {
		free(all);
		fprintf(stderr, "SKIPPED: %s is not there\n", path);
		return NULL;
	}
	cr_assert_gt(fread(all, 1, (1 << 20) - 1, f), 0);
	fclose(f);
	return all;
}

static uint32_t rights_of(const char *s)
{
	const char *eq = strstr(s, "= ");

	return eq ? (uint32_t)strtoul(eq + 2, NULL, 10) : 0;
}

/* "Queries! DeviceAttestationNonce(>=16.0)" */
static bool apple_has_key(const char *keys, const struct mdm_key *k)
{
	size_t n = strlen(k->name);

	for (const char *p = keys; (p = strstr(p, k->name)); p += n) {
		const char *end = p + n;
		char since[32] = "";

		if ((p != keys && p[-1] != ' ') || (*end && !strchr(" !(\t", *end)))
			continue;
		cr_assert_eq(*end == '!', k->required, "%s", k->name);
		if (sscanf(end + (*end == '!'), "(>=%31[0-9.])", since) == 1)
			cr_assert_str_eq(k->since ? k->since : "?", since, "%s", k->name);
		return true;
	}
	return false;
}

static void keys_compare(const char *type, const char *apple, const struct mdm_key *keys)
{
	size_t ours = 0, theirs = 0;

	for (const struct mdm_key *k = keys; k->name; k++) {
		/* later than the schema at hand */
		if (k->since && mdm_version_at_least(k->since, "26.0"))
			continue;
		cr_assert(apple_has_key(apple, k), "%s has no key %s", type, k->name);
		ours++;
	}
	for (const char *p = apple; *p && *p != '-'; p += strcspn(p, " "), p += *p == ' ')
		theirs += strncmp(p, "Item!", 5) != 0;
	cr_assert_eq(ours, theirs, "%s: %zu keys of %zu (%s)", type, ours, theirs, apple);
}

static void command_compare(char *const f[])
{
	const struct mdm_request_row *row = mdm_request_by_type(f[0]);

	cr_assert(row, "%s is missing", f[0]);
	cr_assert_eq(row->rights, rights_of(f[2]), "%s", f[0]);
	if (row->never)
		return;
	cr_assert_eq(row->supervised, text_equal(f[3], "yes"), "%s", f[0]);
	cr_assert_eq(row->ade_only, text_equal(f[4], "yes"), "%s", f[0]);
	cr_assert_str_eq(row->since, f[5], "%s", f[0]);
	keys_compare(f[0], f[10], row->keys);
}

static void setting_compare(char *const f[])
{
	const struct mdm_setting *s = mdm_setting_by_item(f[1]);

	cr_assert(s, "%s is missing", f[1]);
	cr_assert_eq(s->rights, rights_of(f[2]), "%s", f[1]);
	if (s->never)
		return;
	cr_assert_eq(s->supervised, text_equal(f[3], "yes"), "%s", f[1]);
	cr_assert_str_eq(s->since, f[5], "%s", f[1]);
	/* the table at hand tells of the last two only in words */
	if (!text_equal(f[1], "DefaultApplications"))
		keys_compare(f[1], f[10], s->keys);
}

static size_t fields_split(char *line, char *out[16])
{
	size_t n = 0;

	while (n < 16 && (out[n] = strsep(&line, "\t")))
		n++;
	return n;
}

Test(request_table, agrees_with_apples_schema)
{
	char *all = apple_read("commands.tsv"), *at = all, *line;
	size_t n = 0;

	if (!all)
		return;
	strsep(&at, "\n");
	while ((line = strsep(&at, "\n"))) {
		char *f[16];

		if (fields_split(line, f) < 11)
			continue;
		if (text_equal(f[1], "-"))
			command_compare(f);
		else
			setting_compare(f);
		n++;
	}
	cr_assert_gt(n, 60);
	free(all);
}

Test(request_table, its_queries_are_apples)
{
	char *all = apple_read("schema/mdm/commands/information.device.yaml");
	size_t n = 0;

	if (!all)
		return;
	for (const struct mdm_query *x = mdm_queries; x->key; x++, n++) {
		char want[128];

		snprintf(want, sizeof(want), "    - key: %s\n", x->key);
		cr_assert(strstr(all, want), "%s", x->key);
	}
	cr_assert_gt(n, 60);
	free(all);
}

/* Apple's key of a member is one that the table of keys has, of the same kind. */
static const struct mdm_key *key_of(const struct mdm_request_row *row, const struct mdm_member *m)
{
	const struct mdm_key *keys = row->keys;

	if (row->request == MDM_SETTINGS)
		keys = mdm_setting_by_item(m->under)->keys;
	for (const struct mdm_key *k = keys; k->name; k++) {
		if (text_equal(k->name, m->key))
			return k;
		for (const struct mdm_key *i = k->inner; i && i->name; i++) {
			if (text_equal(k->name, m->under) && text_equal(i->name, m->key))
				return i;
		}
	}
	return NULL;
}

Test(request_table, a_member_has_apples_key_and_a_place_of_its_own)
{
	static const enum mdm_plist_kind kinds[] = {[MDM_MEMBER_TEXT] = MDM_PLIST_STRING,
		[MDM_MEMBER_PROFILE] = MDM_PLIST_DATA, [MDM_MEMBER_PICTURE] = MDM_PLIST_DATA,
		[MDM_MEMBER_CHOICE] = MDM_PLIST_BOOL, [MDM_MEMBER_NUMBER] = MDM_PLIST_INTEGER};
	size_t seen = 0;

	for (enum mdm_request r = MDM_DEVICE_INFORMATION; r < MDM_RAW; r++) {
		const struct mdm_request_row *row = mdm_request_row(r);

		for (const struct mdm_member *m = row->members; m && m->name; m++, seen++) {
			const struct mdm_key *k = m->key ? key_of(row, m) : NULL;

			if (!m->key)
				continue; /* said to us alone */
			cr_assert_not_null(k, "%s has no key %s", row->type, m->key);
			cr_expect_eq(k->kind, kinds[m->kind], "%s %s", row->type, m->key);
			for (const struct mdm_member *n = m + 1; n->name; n++) {
				cr_expect_neq(m->offset, n->offset, "%s %s", row->type, n->name);
				cr_expect_str_neq(m->name, n->name);
			}
		}
	}
	cr_expect_gt(seen, 20);
}

Test(request_table, only_what_may_be_asked_has_members_to_ask_by)
{
	enum mdm_request r = MDM_RAW;

	cr_expect_not_null(mdm_request_members("EraseDevice", &r));
	cr_expect_eq(r, MDM_ERASE_DEVICE);
	cr_expect_null(mdm_request_members("EnableLostMode", &r), "it has a way of its own");
	cr_expect_null(mdm_request_members("DeviceConfigured", &r));
	cr_expect_null(mdm_request_members("InstalledApplicationList", &r));
	cr_expect_eq(r, MDM_ERASE_DEVICE, "untouched");
}
