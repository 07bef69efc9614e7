/* SPDX-License-Identifier: EUPL-1.2 */
/* Status reports: what is ours is kept under its dotted name, all else is dropped. */
#include "mdm/ddm_int.h"

#include "base/text.h"

#define ERRORS_MOST 20
#define DEPTH_MOST 6

struct merging {
	struct arena *a;
	struct doc *to;
	bool full;
	size_t ignored;
};

/* --- lists, by identifier --- */

static const struct doc *member_find(const struct doc *list, const char *identifier)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		if (d && text_equal(doc_str(d, "identifier"), identifier))
			return d;
	}
	return NULL;
}

static void member_add(struct doc *list, const struct doc *d)
{
	struct doc *copy = doc_add_object(list);

	for (size_t i = 0; doc_key(d, i); i++)
		doc_set_doc(
			copy, doc_key(d, i), (struct doc *)(uintptr_t)doc_value(d, doc_key(d, i)));
}

/* Those of before that are not told of now stay; what is _removed goes. */
static void list_merge(const struct merging *m, struct doc *to, const char *key,
	const struct doc *before, const struct doc *now)
{
	struct doc *list = doc_set_list(to, key);

	for (size_t i = 0; !m->full && i < doc_list_size(before); i++) {
		const struct doc *d = doc_list_object(before, i);

		if (d && !member_find(now, doc_str(d, "identifier")))
			member_add(list, d);
	}
	for (size_t i = 0; i < doc_list_size(now); i++) {
		const struct doc *d = doc_list_object(now, i);

		if (d && !doc_bool(d, "_removed", false))
			member_add(list, d);
	}
}

/* management.declarations is an object of such lists. */
static struct doc *lists_merge(
	const struct merging *m, const struct doc *before, const struct doc *now)
{
	struct doc *to = doc_new(m->a);

	for (size_t i = 0; doc_key(now, i); i++) {
		const char *key = doc_key(now, i);

		if (doc_list(now, key))
			list_merge(m, to, key, doc_list(before, key), doc_list(now, key));
	}
	for (size_t i = 0; !m->full && doc_key(before, i); i++) {
		const char *key = doc_key(before, i);

		if (!doc_has(to, key))
			doc_set_doc(to, key, (struct doc *)(uintptr_t)doc_value(before, key));
	}
	return to;
}

/* --- items, by dotted name --- */

enum place { PLACE_NONE, PLACE_ABOVE, PLACE_HERE };

static enum place place_of(const char *path)
{
	size_t n = strlen(path);

	for (const struct mdm_status_item *i = mdm_status_items; i->name; i++) {
		if (text_equal(i->name, path))
			return PLACE_HERE;
		if (strncmp(i->name, path, n) == 0 && i->name[n] == '.')
			return PLACE_ABOVE;
	}
	return PLACE_NONE;
}

static void item_take(struct merging *m, const char *path, const struct doc *v)
{
	if (text_equal(path, "management.declarations") && doc_kind(v) == DOC_OBJECT) {
		const struct doc *before = doc_value(m->to, path);

		doc_set_doc(m->to, path,
			lists_merge(m, doc_kind(before) == DOC_OBJECT ? before : NULL, v));
		return;
	}
	doc_set_doc(m->to, path, (struct doc *)(uintptr_t)v);
}

static void items_take(struct merging *m, const char *above, const struct doc *d, int depth)
{
	for (size_t i = 0; doc_key(d, i); i++) {
		const char *key = doc_key(d, i);
		const struct doc *v = doc_value(d, key);
		const char *path;
		enum place place;

		if (strlen(key) > 100 || depth > DEPTH_MOST) {
			m->ignored++;
			continue;
		}
		path = above ? arena_printf(m->a, "%s.%s", above, key) : arena_strdup(m->a, key);
		place = place_of(path);
		if (place == PLACE_HERE)
			item_take(m, path, v);
		else if (place == PLACE_ABOVE && doc_kind(v) == DOC_OBJECT)
			items_take(m, path, v, depth + 1);
		else
			m->ignored++;
	}
}

/* Is this item told, by its dotted name? */
static bool is_told(const struct doc *items, const char *name)
{
	const char *dot = strchr(name, '.');

	for (; dot; dot = strchr(name, '.')) {
		char key[64] = "";

		if ((size_t)(dot - name) >= sizeof(key))
			return false;
		memcpy(key, name, (size_t)(dot - name));
		items = doc_object(items, key);
		if (!items)
			return false;
		name = dot + 1;
	}
	return doc_has(items, name);
}

static bool is_listed(const struct doc *list, const char *key, const char *item)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), key), item))
			return true;
	}
	return false;
}

static void error_add(const struct merging *m, struct doc *list, const char *item, const char *code)
{
	struct doc *d = doc_add_object(list);

	doc_set_str(d, "item", arena_strdup(m->a, item));
	doc_set_str(d, "code", code);
}

/* What it could not tell before stays, until it is told or fails anew. */
static void errors_stay(
	const struct merging *m, const struct doc *report, struct doc *list)
{
	const struct doc *before = doc_list(m->to, "errors");

	for (size_t i = 0; !m->full && i < doc_list_size(before); i++) {
		const struct doc *e = doc_list_object(before, i);
		const char *item = doc_str(e, "item"), *code = doc_str(e, "code");

		if (item && !is_told(doc_object(report, "StatusItems"), item) &&
			!is_listed(doc_list(report, "Errors"), "StatusItem", item))
			error_add(m, list, item, code ? arena_strdup(m->a, code) : NULL);
	}
}

/* Which items it could not tell, and why. */
static void errors_take(struct merging *m, const struct doc *report)
{
	const struct doc *errors = doc_list(report, "Errors");
	struct doc *kept = doc_new(m->a), *list = doc_set_list(kept, "errors");

	errors_stay(m, report, list);
	for (size_t i = 0; i < doc_list_size(errors) && doc_list_size(list) < ERRORS_MOST; i++) {
		const struct doc *e = doc_list_object(errors, i);
		const struct doc *reason = doc_list_object(doc_list(e, "Reasons"), 0);
		const char *item = doc_str(e, "StatusItem");

		if (item && place_of(item) == PLACE_HERE)
			error_add(m, list, item, reason ? mdm_reason_of(m->a, reason) : NULL);
	}
	doc_set_doc(m->to, "errors", list);
}

int mdm_status_merge(struct arena *a, const char *before, struct bytes report, const char **ret,
	size_t *ret_ignored)
{
	AUTO(buf) struct buf b = BUF_INIT(MDM_STATUS_KEPT_MOST);
	struct merging m = {.a = a};
	struct doc *d;

	if (report.n > MDM_STATUS_BODY_MOST)
		return ERR_TOOBIG;
	if (doc_parse(a, report, &d) != 0 || !doc_object(d, "StatusItems"))
		return ERR_BADINPUT;
	m.full = doc_bool(d, "FullReport", false);
	if (m.full || !before || doc_parse(a, bytes_of_str(before), &m.to) != 0)
		m.to = doc_new(a);
	items_take(&m, NULL, doc_object(d, "StatusItems"), 0);
	errors_take(&m, d);
	doc_format(m.to, &b);
	if (!buf_ok(&b))
		return ERR_TOOBIG;
	*ret = arena_strdup(a, buf_str(&b));
	*ret_ignored = m.ignored;
	return 0;
}

/* --- one declaration --- */

bool mdm_status_of(const struct doc *status, enum mdm_declaration_class class,
	const char *identifier, struct mdm_declaration_state *ret)
{
	static const char *const lists[MDM_CLASSES] = {
		"activations", "assets", "configurations", "management"};
	const struct doc *all = doc_object(status, "management.declarations");
	const struct doc *d = all ? member_find(doc_list(all, lists[class]), identifier) : NULL;

	if (!d)
		return false;
	*ret = (struct mdm_declaration_state){.server_token = doc_str(d, "server-token"),
		.valid = doc_str(d, "valid"),
		.active = doc_bool(d, "active", false),
		.reason = doc_list_object(doc_list(d, "reasons"), 0)};
	return true;
}

/* --- health --- */

static uint32_t battery_parse(const char *s)
{
	static const struct {
		const char *word;
		uint32_t battery;
	} words[] = {{"normal", MDM_BATTERY_NORMAL}, {"service-recommended", MDM_BATTERY_SERVICE},
		{"non-genuine", MDM_BATTERY_FOREIGN}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (text_equal(s, words[i].word))
			return words[i].battery;
	}
	return MDM_BATTERY_UNKNOWN;
}

#define PARTS_MOST 20
#define PART_NAME 40

static const char *parts_faulty(struct arena *a, const struct doc *parts)
{
	AUTO(buf) struct buf b = BUF_INIT(PARTS_MOST * (PART_NAME + 1));

	for (size_t i = 0; i < PARTS_MOST && doc_key(parts, i); i++) {
		const char *name = doc_key(parts, i), *how = doc_str(parts, name);

		if (strlen(name) < PART_NAME && !strchr(name, ' ') &&
			(text_equal(how, "error") || text_equal(how, "non-genuine")))
			buf_printf(&b, "%s%s", b.n ? " " : "", name);
	}
	return b.n ? arena_strdup(a, buf_str(&b)) : NULL;
}

void mdm_status_health(struct arena *a, const struct doc *status, struct mdm_health *ret)
{
	const struct doc *parts = doc_object(status, "device.system.health");
	const char *battery = doc_str(status, "device.power.battery-health");

	*ret = (struct mdm_health){.told = parts || battery};
	ret->battery = battery_parse(battery);
	if (parts)
		ret->faulty_parts = parts_faulty(a, parts);
}
