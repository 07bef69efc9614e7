/* SPDX-License-Identifier: EUPL-1.2 */
/* Settings in words, and what else there is to set. */
#include "web/setting_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "inventory/agreement.h"

/* "server.contact" is "setting.server_contact" in the catalogues. */
static const char *key_of(struct arena *a, const char *name, const char *end)
{
	char *key = arena_printf(a, "setting.%s%s", name, end);
	char *dot = strchr(key + strlen("setting."), '.');

	if (dot)
		*dot = '_';
	return key;
}

static const char *span_text(const struct http_request *rq, const char *value)
{
	static const struct {
		int64_t s;
		const char *key;
	} units[] = {{86400, "setting.unit.d"}, {3600, "setting.unit.h"}, {60, "setting.unit.m"},
		{1, "setting.unit.s"}};
	int64_t s = 0;
	size_t i = 0;

	if (clock_parse_span(value, &s) != 0)
		return value;
	while (s % units[i].s)
		i++;
	return arena_printf(rq->arena, "%lld %s", (long long)(s / units[i].s),
		web_text(rq->lang, units[i].key));
}

static const char *word_text(
	const struct http_request *rq, const struct setting_row *row, const char *word)
{
	const char *group = row->form == SETTING_ONE_OF ? "name.lang" : "role";

	return web_text(rq->lang, arena_printf(rq->arena, "%s.%s", group, word));
}

static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; (at = strstr(at, word)) != NULL; at++) {
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	}
	return false;
}

static const char *words_text(
	const struct http_request *rq, const struct setting_row *row, const char *value)
{
	const char *all = NULL;

	for (size_t i = 0; row->words[i]; i++) {
		const char *one = word_text(rq, row, row->words[i]);

		if (has_word(value, row->words[i]))
			all = all ? arena_printf(rq->arena, "%s, %s", all, one) : one;
	}
	return all ? all : web_text(rq->lang, "setting.none");
}

const char *web_setting_text(const struct http_request *rq, enum setting x, const char *value)
{
	const struct setting_row *row = setting_row(x);

	if (row->words)
		return words_text(rq, row, value);
	if (text_empty(value))
		return web_text(rq->lang, "setting.empty");
	if (row->form == SETTING_SPAN)
		return span_text(rq, value);
	if (row->form == SETTING_CHOICE)
		return web_text(rq->lang, text_equal(value, "yes") || text_equal(value, "true")
						  ? "form.yes"
						  : "form.no");
	return value;
}

/* --- its input --- */

static void options_face(const struct http_request *rq, const struct setting_row *row,
	const char *value, struct doc *d)
{
	struct doc *list = doc_set_list(d, "options");

	for (size_t i = 0; row->words && row->words[i]; i++) {
		struct doc *o = doc_add_object(list);

		doc_set_str(o, "code", row->words[i]);
		doc_set_str(o, "text", word_text(rq, row, row->words[i]));
		doc_set_bool(o, "chosen", has_word(value, row->words[i]));
		doc_set_bool(o, "first", i == 0);
	}
}

static void choice_face(const struct http_request *rq, const char *value, struct doc *d)
{
	struct doc *list = doc_set_list(d, "options");

	for (int yes = 1; yes >= 0; yes--) {
		struct doc *o = doc_add_object(list);

		doc_set_str(o, "code", yes ? "yes" : "no");
		doc_set_str(o, "text", web_text(rq->lang, yes ? "form.yes" : "form.no"));
		doc_set_bool(o, "chosen",
			(text_equal(value, "yes") || text_equal(value, "true")) == (yes == 1));
		doc_set_bool(o, "first", yes == 1);
	}
}

/* A span in the unit that stands beside the box, where that leaves nothing over. */
static const char *typed_text(
	const struct http_request *rq, const struct setting_row *row, const char *value)
{
	const int64_t unit = row->unit == 'd' ? 86400 : row->unit == 'h' ? 3600 : 60;
	int64_t s;

	if (row->form != SETTING_SPAN || clock_parse_span(value, &s) != 0 || s % unit)
		return value;
	return arena_printf(rq->arena, "%lld", (long long)(s / unit));
}

void web_setting_words(const struct http_request *rq, enum setting x, const char **ret_title,
	const char **ret_hint)
{
	const char *name = setting_row(x)->name;

	*ret_title = web_text(rq->lang, key_of(rq->arena, name, ""));
	*ret_hint = web_text(rq->lang, key_of(rq->arena, name, "_hint"));
}

void web_setting_face(
	const struct http_request *rq, enum setting x, const char *value, struct doc *d)
{
	const struct setting_row *row = setting_row(x);
	const char unit[] = {row->unit, '\0'}, *title, *hint;

	web_setting_words(rq, x, &title, &hint);
	doc_set_str(d, "title", title);
	doc_set_str(d, "hint", hint);
	doc_set_str(d, "value_text", web_setting_text(rq, x, value));
	doc_set_str(d, "typed", typed_text(rq, row, value));
	doc_set_bool(d, "is_one_of", row->form == SETTING_ONE_OF || row->form == SETTING_CHOICE);
	doc_set_bool(d, "is_some_of", row->form == SETTING_SOME_OF);
	doc_set_bool(d, "is_long", row->form == SETTING_TEXT && row->max > 100);
	doc_set_bool(d, "is_number", row->form == SETTING_NUMBER);
	doc_set_bool(d, "is_line",
		!row->words && row->form != SETTING_CHOICE &&
			!(row->form == SETTING_TEXT && row->max > 100));
	if (row->form == SETTING_TEXT)
		doc_set_int(d, "characters", row->max);
	if (row->unit)
		doc_set_str(d, "unit_text",
			web_text(rq->lang, arena_printf(rq->arena, "setting.unit.%s", unit)));
	if (row->form == SETTING_CHOICE)
		choice_face(rq, value, d);
	else if (row->words)
		options_face(rq, row, value, d);
}

void web_setting_waits_face(const struct http_request *rq, enum setting x,
	const struct setting_change *c, struct doc *d)
{
	doc_set_str(d, "name", c->name);
	doc_set_int(d, "number", c->number);
	doc_set_str(d, "new", c->value);
	doc_set_str(d, "new_text", web_setting_text(rq, x, c->value));
	doc_set_str(d, "why", c->why);
	doc_set_str(d, "by", c->by);
	doc_set_time(d, "counts_at", c->counts_at);
}

/* --- what is set elsewhere --- */

struct latest {
	int64_t at;
	const char *by;
};

static void later(struct latest *l, int64_t at, const char *by)
{
	if (at > l->at)
		*l = (struct latest){at, by};
}

static int rules_latest(struct api_read *job, struct store_txn *txn, struct latest *l)
{
	struct inv_rule *x;
	size_t n;
	int err = inv_rule_list(txn, job->rq->arena, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		later(l, x[i].changed_at, x[i].changed_by);
	return err;
}

static int wordings_latest(struct api_read *job, struct store_txn *txn, struct latest *l)
{
	int err = 0;

	for (int i = 0; err == 0 && i < (INV_TEXTS - 1) * SAY_LANGS; i++) {
		struct inv_wording t;

		err = inv_wording_get(txn, job->rq->arena, (enum inv_text)(1 + i / SAY_LANGS),
			(enum say_lang)(i % SAY_LANGS), 0, &t);
		if (err == 0)
			later(l, t.made_at, t.made_by);
	}
	return err;
}

static int places_latest(struct api_read *job, struct store_txn *txn, struct latest *l)
{
	struct inv_place *x;
	const char *next;
	size_t n;
	int err = inv_place_list(txn, job->rq->arena, NULL, 500, &x, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		later(l, x[i].changed_at ? x[i].changed_at : x[i].made_at, NULL);
	return err;
}

static int policies_latest(struct api_read *job, struct store_txn *txn, struct latest *l)
{
	struct people_policy *x;
	size_t n;
	int err = people_policy_list(txn, job->rq->arena, &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		later(l, x[i].changed_at, x[i].changed_by);
	return err;
}

static int nothing_latest(struct api_read *job, struct store_txn *txn, struct latest *l)
{
	(void)job;
	(void)txn;
	(void)l;
	return 0;
}

int web_elsewhere_face(struct api_read *job, struct store_txn *txn)
{
	static const struct {
		const char *title, *href;
		int (*latest)(struct api_read *, struct store_txn *, struct latest *);
	} all[] = {{"place.rules", "/loan-rules", rules_latest},
		{"place.wordings", "/wordings", wordings_latest},
		{"setting.open_days", "/places", places_latest},
		{"setting.persons", "/retention", policies_latest},
		{"setting.wanted", "/groups", nothing_latest}};
	struct doc *list = doc_set_list(job->d, "elsewhere");
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(all) / sizeof(all[0]); i++) {
		struct doc *d = doc_add_object(list);
		struct latest l = {0};

		doc_set_str(d, "title", web_text(job->rq->lang, all[i].title));
		doc_set_str(d, "href", all[i].href);
		err = all[i].latest(job, txn, &l);
		if (l.at)
			doc_set_time(d, "changed", l.at);
		if (l.by)
			doc_set_str(d, "changed_by", l.by);
	}
	return err;
}

/* --- hylla.conf --- */

/* Files hold secrets, and a proxy's address may. */
static bool is_secret(const char *key, const char *value)
{
	return strstr(key, "key") || strstr(key, "password") || strstr(key, "secret") ||
	       (strstr(value, "://") && strchr(value, '@'));
}

void web_conf_face(const struct web *w, struct doc *d)
{
	struct doc *list = doc_set_list(d, "conf");
	const struct conf_key *k = w->o.conf ? conf_keys(w->o.conf) : NULL;

	for (; k && k->section; k++) {
		const char *value = conf_str(w->o.conf, k->section, k->key);
		char name[80];
		enum setting x;
		struct doc *row;

		snprintf(name, sizeof(name), "%s.%s", k->section, k->key);
		if (setting_find(name, &x) == 0)
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "name", name);
		doc_set_bool(row, "set", conf_is_set(w->o.conf, k->section, k->key));
		doc_set_bool(row, "hidden", *value && is_secret(k->key, value));
		doc_set_str(row, "value", *value && is_secret(k->key, value) ? NULL : value);
	}
}
