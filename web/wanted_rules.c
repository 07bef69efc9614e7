/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The forms behind what iPads should have: which fields each kind has, and the spec that their answers
 * make. Pure. What mdm takes and refuses is decided there (mdm/payload_table.c); here is only what is
 * asked of people, and how. The labels stand in po/ as want.TYPE.f.NAME.
 */
#include "web/wanted_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"

#define REMOVE_AT "remove_at"

#define ON "yes"

static const struct web_want_field web_clip[] = {NEED("label", WEB_WANT_TEXT),
	NEED("url", WEB_WANT_URL), F("icon", WEB_WANT_PICTURE), F("precomposed", WEB_WANT_TICK),
	F("full_screen", WEB_WANT_TICK), F("ignore_scope", WEB_WANT_TICK), F("app", WEB_WANT_TEXT), END};
static const struct web_want_field lock_screen[] = {
	USUAL("footnote", WEB_WANT_TEXT, "{organisation} {item}, {phone}"), END};
static const struct web_want_field passcode[] = {F("required", WEB_WANT_TICK),
	RULE("simple", false, NULL), F("length", WEB_WANT_NUMBER), F("attempts", WEB_WANT_NUMBER),
	F("lock_after_min", WEB_WANT_NUMBER), END};
static const struct web_want_field content_filter[] = {F("automatic", WEB_WANT_TICK),
	F("denied", WEB_WANT_LINES), F("permitted", WEB_WANT_LINES), END};
static const struct web_want_field restrictions[] = {RULE("allowMarketplaceAppInstallation", false, ON),
	RULE("allowWebDistributionAppInstallation", false, ON),
	RULE("allowUIConfigurationProfileInstallation", false, ON),
	RULE("safariForceFraudWarning", true, ON), RULE("forceLimitAdTracking", true, ON),
	RULE("allowApplePersonalizedAdvertising", false, ON),
	RULE("forceAutomaticDateAndTime", true, ON), RULE("allowESIMModification", false, ON),
	RULE("allowESIMOutgoingTransfers", false, ON),
	RULE("allowCellularPlanModification", false, NULL), RULE("forceWiFiPowerOn", true, NULL),
	RULE("allowEraseContentAndSettings", false, NULL),
	RULE("allowAccountModification", false, NULL), RULE("allowInAppPurchases", false, NULL),
	RULE("allowUIAppInstallation", false, NULL), RULE("allowAppRemoval", false, NULL),
	RULE("allowPasscodeModification", false, NULL), RULE("allowHostPairing", false, NULL),
	RULE("allowAirDrop", false, NULL), RULE("allowDiagnosticSubmission", false, NULL),
	RULE("allowFindMyDevice", false, NULL),
	RULE("allowFindMyFriends", false, NULL),
	RULE("allowUnpairedExternalBootToRecovery", false, NULL),
	RULE("allowProximitySetupToNewDevice", false, NULL),
	RULE("allowDiagnosticSubmissionModification", false, NULL),
	RULE("allowAppsToBeHidden", false, NULL),
	RULE("allowAppsToBeLocked", false, NULL),
	RULE("allowExternalIntelligenceIntegrations", false, NULL),
	RULE("allowDefaultBrowserModification", false, NULL),
	RULE("allowDeviceNameModification", false, NULL),
	RULE("allowWallpaperModification", false, NULL),
	RULE("allowBookstore", false, NULL),
	RULE("allowEnterpriseBookBackup", false, NULL),
	F("blockedAppBundleIDs", WEB_WANT_LINES), F("allowListedAppBundleIDs", WEB_WANT_LINES), END};
static const struct web_want_field raw[] = {NEED("file", WEB_WANT_FILE), END};
static const struct web_want_field device_name[] = {USUAL("name", WEB_WANT_TEXT, "{item}"), END};
static const struct web_want_field organisation[] = {
	USUAL("name", WEB_WANT_TEXT, "{organisation}"), USUAL("phone", WEB_WANT_TEXT, "{phone}"),
	F("email", WEB_WANT_TEXT), F("address", WEB_WANT_TEXT), END};
static const struct web_want_field accessibility[] = {
	WORDS("text_size", "3 5 7 10 11", NULL), F("bold", WEB_WANT_TICK),
	F("contrast", WEB_WANT_TICK), F("reduce_motion", WEB_WANT_TICK),
	F("reduce_transparency", WEB_WANT_TICK), F("touch", WEB_WANT_TICK),
	F("zoom", WEB_WANT_TICK), F("voice_over", WEB_WANT_TICK), END};
static const struct web_want_field time_zone[] = {
	USUAL("zone", WEB_WANT_TEXT, "Europe/Stockholm"), END};
static const struct web_want_field wallpaper[] = {
	NEED("file", WEB_WANT_FILE), WORDS("where", "1 2 3", "3"), END};
static const struct web_want_field switched[] = {WORDS("on", "no yes", "no"), END};
static const struct web_want_field os_update[] = {
	NEED("version", WEB_WANT_TEXT), NEED("day", WEB_WANT_DAY), END};

static const struct web_want_field notifications[] = {NEED("apps", WEB_WANT_LINES),
	WORDS("enabled", "yes no", "yes"), WORDS("alert", "0 1 2", "1"), F("sounds", WEB_WANT_TICK),
	F("badges", WEB_WANT_TICK), F("on_lock_screen", WEB_WANT_TICK),
	F("in_centre", WEB_WANT_TICK), END};
static const struct web_want_field home_screen[] = {F("dock", WEB_WANT_LINES),
	NEED("pages", WEB_WANT_LINES), END};
static const struct web_want_field app_lock[] = {NEED("app", WEB_WANT_TEXT),
	F("no_auto_lock", WEB_WANT_TICK), F("no_sleep_button", WEB_WANT_TICK),
	F("no_volume", WEB_WANT_TICK), F("no_ringer", WEB_WANT_TICK),
	F("no_rotation", WEB_WANT_TICK), F("no_touch", WEB_WANT_TICK),
	F("voice_over", WEB_WANT_TICK), F("zoom", WEB_WANT_TICK),
	F("invert_colours", WEB_WANT_TICK), F("assistive_touch", WEB_WANT_TICK),
	F("speak_selection", WEB_WANT_TICK), F("mono_audio", WEB_WANT_TICK),
	F("voice_control", WEB_WANT_TICK), NEED("sure", WEB_WANT_TICK), END};
static const struct web_want_field declaration[] = {NEED("type", WEB_WANT_TEXT),
	USUAL("payload", WEB_WANT_JSON, "{}"), END};

static int make_notifications(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad);
static const char *notifications_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);
static int make_os_update(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad);
static const char *os_update_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);
static int make_declaration(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad);
static const char *declaration_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);

#define PROFILE(name_, group_, fields_)                                                    \
	{                                                                                  \
		.type = (name_), .id = (name_), .group = (group_), .fields = (fields_),   \
		.kind = MDM_ITEM_PROFILE                                                   \
	}
#define SETTING(name_, group_, fields_)                                                    \
	{                                                                                  \
		.type = (name_), .id = (name_), .group = (group_), .fields = (fields_),   \
		.kind = MDM_ITEM_SETTING                                                   \
	}
const struct web_want_type web_want_types[] = {
	{.type = "web-clip", .id_of = "label", .group = "home", .fields = web_clip,
		.kind = MDM_ITEM_WEB_CLIP},
	{.type = "home-screen", .id = "home-screen", .group = "home", .fields = home_screen,
		.kind = MDM_ITEM_PROFILE, .make = web_make_home, .answer = web_home_answer},
	SETTING("wallpaper", "home", wallpaper),
	PROFILE("lock-screen", "home", lock_screen),
	SETTING("device-name", "home", device_name),
	SETTING("organisation", "home", organisation),
	{.type = "wifi", .id_of = "ssid", .group = "net", .fields = web_wifi_fields,
		.kind = MDM_ITEM_PROFILE, .make = web_make_wifi, .answer = web_wifi_answer},
	{.type = "cellular", .id = "cellular", .group = "net", .fields = web_cellular_fields,
		.kind = MDM_ITEM_PROFILE, .make = web_make_cellular, .answer = web_cellular_answer},
	SETTING("data-roaming", "net", switched),
	SETTING("personal-hotspot", "net", switched),
	SETTING("bluetooth", "net", switched),
	PROFILE("restrictions", "safe", restrictions),
	PROFILE("content-filter", "safe", content_filter),
	{.type = "app-lock", .id = "app-lock", .group = "safe", .fields = app_lock,
		.kind = MDM_ITEM_PROFILE, .make = web_make_app_lock, .answer = web_app_lock_answer},
	PROFILE("passcode", "safe", passcode),
	{.type = "os-update", .id = "os-update", .group = "safe", .fields = os_update,
		.kind = MDM_ITEM_DECLARATION, .make = make_os_update, .answer = os_update_answer},
	{.type = "notifications", .id = "notifications", .group = "safe", .fields = notifications,
		.kind = MDM_ITEM_PROFILE, .make = make_notifications,
		.answer = notifications_answer},
	SETTING("accessibility", "other", accessibility),
	SETTING("time-zone", "other", time_zone),
	{.type = "declaration", .id_of = "type", .group = "other", .fields = declaration,
		.kind = MDM_ITEM_DECLARATION, .make = make_declaration,
		.answer = declaration_answer},
	{.type = "raw", .id_of = "file", .group = "other", .fields = raw, .kind = MDM_ITEM_PROFILE},
	{NULL},
};

const struct web_want_type *web_want_type(const char *type)
{
	for (const struct web_want_type *t = web_want_types; t->type; t++) {
		if (text_equal(t->type, type))
			return t;
	}
	return NULL;
}

const struct web_want_type *web_want_type_of(const char *kind, const char *id, const struct doc *spec)
{
	if (text_equal(kind, "declaration"))
		return web_want_type(text_equal(id, "os-update") ? id : "declaration");
	if (text_equal(kind, "setting"))
		return web_want_type(id);
	return web_want_type(text_equal(kind, "web-clip") ? kind : doc_str(spec, "type"));
}

/* --- names --- */

static char plain_letter(const char *s, size_t *ret_n)
{
	static const struct {
		const char *from;
		char to;
	} rows[] = {{"å", 'a'}, {"ä", 'a'}, {"ö", 'o'}, {"Å", 'a'}, {"Ä", 'a'}, {"Ö", 'o'},
		{"é", 'e'}, {"É", 'e'}, {"ü", 'u'}};
	char c = *s;

	*ret_n = 1;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (text_starts(s, rows[i].from)) {
			*ret_n = strlen(rows[i].from);
			return rows[i].to;
		}
	}
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
}

const char *web_slug(struct arena *a, const char *s)
{
	AUTO(buf) struct buf b = BUF_INIT(WEB_SLUG + 1);
	size_t n;

	while (*s && b.n < WEB_SLUG) {
		char c = plain_letter(s, &n);

		if (c != '-' || (b.n && buf_str(&b)[b.n - 1] != '-'))
			buf_add_char(&b, c);
		s += n;
	}
	while (b.n && buf_str(&b)[b.n - 1] == '-')
		b.n--;
	return b.n ? arena_strndup(a, buf_str(&b), b.n) : NULL;
}

/* --- answers into a spec --- */

static void set_lines(struct arena *a, struct doc *spec, const char *name, const char *value)
{
	struct doc *list = doc_set_list(spec, name);
	char *save = NULL, *line = strtok_r(arena_strdup(a, value), " \n\t", &save);

	for (; line; line = strtok_r(NULL, " \n\t", &save))
		doc_add_str(list, line);
}

static int set_number(struct doc *spec, const char *name, const char *value)
{
	int64_t v;
	int err = text_parse_i64(value, &v);

	if (err == 0)
		doc_set_int(spec, name, v);
	return err;
}

static bool is_word(const char *words, const char *value)
{
	size_t n = strlen(value);
	const char *at = words;

	while ((at = strstr(at, value))) {
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
		at += n;
	}
	return false;
}

/* A word that looks like a number or a yes is one in the spec. */
static int set_choice(const struct web_want_field *f, struct doc *spec, const char *value)
{
	if (!is_word(f->words, value))
		return ERR_BADINPUT;
	if (text_equal(value, "yes") || text_equal(value, "no"))
		doc_set_bool(spec, f->name, text_equal(value, "yes"));
	else if (*value >= '0' && *value <= '9')
		return set_number(spec, f->name, value);
	else
		doc_set_str(spec, f->name, value);
	return 0;
}

int web_want_set(
	struct arena *a, const struct web_want_field *f, const char *value, struct doc *spec)
{
	switch (f->kind) {
	case WEB_WANT_PART:
		return 0;
	case WEB_WANT_TICK:
		doc_set_bool(spec, f->name, true);
		return 0;
	case WEB_WANT_RULE:
		doc_set_bool(spec, f->name, f->value);
		return 0;
	case WEB_WANT_NUMBER:
		return set_number(spec, f->name, value);
	case WEB_WANT_CHOICE:
		return set_choice(f, spec, value);
	case WEB_WANT_LINES:
		set_lines(a, spec, f->name, value);
		return 0;
	default:
		doc_set_str(spec, f->name, value);
		return 0;
	}
}

/* Three at night, when iPads lie charging. */
static int make_os_update(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	struct doc *payload = doc_set_object(spec, "payload");

	doc_set_str(spec, "type", "softwareupdate.enforcement.specific");
	doc_set_str(payload, "TargetOSVersion", doc_str(answers, "version"));
	doc_set_str(payload, "TargetLocalDateTime",
		arena_printf(a, "%sT03:00:00", doc_str(answers, "day")));
	(void)ret_bad;
	return 0;
}

/* What is chosen goes for each of the apps. */
static int make_notifications(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	struct doc *list = doc_set_list(spec, "apps"), *lines = doc_new(a), *apps;

	set_lines(a, lines, "apps", doc_str(answers, "apps"));
	apps = doc_list(lines, "apps");
	for (size_t i = 0; i < doc_list_size(apps); i++) {
		struct doc *app = doc_add_object(list);

		doc_set_str(app, "app", doc_list_str(apps, i));
		for (const struct web_want_field *f = notifications + 1; f->name; f++) {
			const char *value = doc_str(answers, f->name);

			*ret_bad = f->name;
			if (f->kind == WEB_WANT_TICK)
				doc_set_bool(app, f->name, !text_empty(value));
			else if (!text_empty(value) && set_choice(f, app, value) != 0)
				return ERR_BADINPUT;
		}
	}
	doc_set_str(spec, "type", "notifications");
	return 0;
}

/* Any that mdm knows; what it takes is decided there. */
static int make_declaration(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	struct doc *payload;

	*ret_bad = "payload";
	if (doc_parse(a, bytes_of_str(doc_str(answers, "payload")), &payload) != 0 ||
		doc_kind(payload) != DOC_OBJECT)
		return ERR_BADINPUT;
	doc_set_str(spec, "type", doc_str(answers, "type"));
	doc_set_doc(spec, "payload", payload);
	return 0;
}

/* --- what every profile has --- */

const struct web_want_field web_ending_fields[] = {
	{"ending", WEB_WANT_PART}, {REMOVE_AT, WEB_WANT_DAY}, END};

/* A file of somebody else's making says it itself. */
bool web_want_ends(const struct web_want_type *t)
{
	return t->kind == MDM_ITEM_WEB_CLIP ||
	       (t->kind == MDM_ITEM_PROFILE && !text_equal(t->type, "raw"));
}

/* The last day is one of the days on which it is there. */
static int ending_set(
	struct arena *a, const struct doc *answers, struct doc *spec, const char **ret_bad)
{
	const char *value = doc_str(answers, REMOVE_AT);
	char text[CLOCK_TEXT];
	int32_t day;

	(void)a;
	*ret_bad = REMOVE_AT;
	if (text_empty(value))
		return 0;
	if (day_parse(value, &day) != 0)
		return ERR_BADINPUT;
	doc_set_str(spec, REMOVE_AT, clock_format_utc(day_end(day), text));
	return 0;
}

static const char *ending_answer(struct arena *a, const struct doc *spec)
{
	const char *at = doc_str(spec, REMOVE_AT);
	char text[DAY_TEXT];
	int64_t t;

	if (!at || clock_parse(at, &t) != 0)
		return NULL;
	return arena_strdup(a, day_format(day_of_time(t), text));
}

int web_want_spec(struct arena *a, const struct web_want_type *t, const struct doc *answers,
	struct doc *spec, const char **ret_bad)
{
	for (const struct web_want_field *f = t->fields; f->name; f++) {
		const char *value = doc_str(answers, f->name);

		*ret_bad = f->name;
		if (text_empty(value) && f->required && f->kind != WEB_WANT_FILE)
			return ERR_NOTFOUND;
		if (text_empty(value) || t->make)
			continue;
		if (web_want_set(a, f, value, spec) != 0)
			return ERR_BADINPUT;
	}
	if (web_want_ends(t) && ending_set(a, answers, spec, ret_bad) != 0)
		return ERR_BADINPUT;
	if (t->make)
		return t->make(a, answers, spec, ret_bad);
	doc_set_str(spec, "type", t->type);
	return 0;
}

/* --- and back, for the form --- */

static const char *line_of(struct arena *a, const struct doc *list)
{
	const char *all = "";

	for (size_t i = 0; i < doc_list_size(list); i++)
		all = arena_printf(a, "%s%s%s", all, i ? "\n" : "", doc_list_str(list, i));
	return all;
}

static const char *os_update_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	const struct doc *payload = doc_object(spec, "payload");
	const char *at = doc_str(payload, "TargetLocalDateTime");

	if (text_equal(f->name, "version"))
		return doc_str(payload, "TargetOSVersion");
	return at ? arena_strndup(a, at, strcspn(at, "T")) : NULL;
}

static const char *notifications_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	const struct doc *apps = doc_list(spec, "apps");
	const char *all = "";

	if (!text_equal(f->name, "apps"))
		return web_want_plain(a, f, doc_list_object(apps, 0));
	for (size_t i = 0; i < doc_list_size(apps); i++)
		all = arena_printf(a, "%s%s%s", all, i ? "\n" : "",
			doc_str(doc_list_object(apps, i), "app"));
	return all;
}

static const char *declaration_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);

	if (text_equal(f->name, "type"))
		return doc_str(spec, "type");
	doc_format_pretty(doc_object(spec, "payload"), &b);
	return arena_strdup(a, buf_str(&b));
}

const char *web_want_answer(struct arena *a, const struct web_want_type *t,
	const struct web_want_field *f, const struct doc *spec)
{
	if (f->kind == WEB_WANT_PART)
		return NULL;
	if (text_equal(f->name, REMOVE_AT))
		return ending_answer(a, spec);
	return t->answer ? t->answer(a, f, spec) : web_want_plain(a, f, spec);
}

const char *web_want_plain(
	struct arena *a, const struct web_want_field *f, const struct doc *spec)
{
	int64_t number;

	if (!doc_has(spec, f->name) || f->kind == WEB_WANT_SECRET)
		return NULL;
	if (doc_list(spec, f->name))
		return line_of(a, doc_list(spec, f->name));
	if (doc_str(spec, f->name))
		return doc_str(spec, f->name);
	if (doc_int(spec, f->name, &number) == 0)
		return arena_printf(a, "%lld", (long long)number);
	if (f->kind == WEB_WANT_RULE)
		return doc_bool(spec, f->name, !f->value) == f->value ? "yes" : NULL;
	return doc_bool(spec, f->name, false) ? "yes" : f->kind == WEB_WANT_CHOICE ? "no" : NULL;
}
