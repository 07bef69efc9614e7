/* SPDX-License-Identifier: EUPL-1.2 */
/* The documents of groups, sets and what an iPad should have. */
#include "web/web_int.h"

#include "base/text.h"

void web_group_doc(const struct mdm_group *g, struct doc *d)
{
	doc_set_str(d, "name", g->name);
	doc_set_str(d, "title", g->title ? g->title : g->name);
	doc_set_int(d, "members", (int64_t)g->members);
	web_doc_opt_time(d, "made", g->made_at);
	web_doc_opt(d, "made_by", g->made_by);
}

static void item_doc(const struct mdm_item *x, struct doc *d, struct arena *a, enum say_lang lang)
{
	struct doc *spec = mdm_item_show(a, x);

	doc_set_str(d, "kind", mdm_item_kind_name(x->kind));
	doc_set_str(d, "id", x->id);
	doc_set_str(d, "title", mdm_item_title(a, x, lang));
	doc_set_int(d, "priority", x->priority);
	doc_set_doc(d, "spec", spec);
	if (x->blob.n)
		doc_set_int(d, "file_bytes", (int64_t)x->blob.n);
	doc_set_time(d, "made", x->made_at);
	doc_set_str(d, "made_by", x->made_by);
}

static int add_items(struct web *w, struct store_txn *txn, struct arena *a,
	enum mdm_owner_kind owner_kind, const char *owner, enum say_lang lang, struct doc *d)
{
	struct doc *list = doc_set_list(d, "items");
	struct mdm_item *items;
	size_t n;
	int err = mdm_item_list(w->o.mdm, txn, a, owner_kind, owner, &items, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		item_doc(&items[i], doc_add_object(list), a, lang);
	return err;
}

/* How its members stand, from counters. */
static int put_stands(struct store_txn *txn, const struct mdm_group *g, struct doc *d)
{
	uint64_t n[MDM_STANDS];
	struct doc *s = doc_set_object(d, "stands");
	int err = mdm_stands_count(txn, g, n);

	for (int how = 0; err == 0 && how < MDM_STANDS; how++)
		doc_set_int(s, mdm_stands_name((enum mdm_stands)how), (int64_t)n[how]);
	return err;
}

int web_group_whole_doc(struct web *w, struct store_txn *txn, struct arena *a, const char *name,
	enum say_lang lang, struct doc *d)
{
	struct mdm_group g;
	struct mdm_walk walk;
	struct doc *wd;
	int err = mdm_group_get(txn, a, name, &g);

	if (err)
		return err;
	web_group_doc(&g, d);
	err = put_stands(txn, &g, d);
	if (err == 0)
		err = add_items(w, txn, a, MDM_OF_GROUP, name, lang, d);
	if (err == 0)
		err = mdm_walk_of_group(txn, a, name, &walk);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	wd = doc_set_object(d, "under_way");
	doc_set_time(wd, "since", walk.since);
	doc_set_int(wd, "seen", walk.seen);
	doc_set_int(wd, "queued", walk.queued);
	return 0;
}

static const char *state_name(uint32_t state)
{
	static const char *const names[] = {
		"not_sent", "sent", "on", "fetching", "failed", "unable", "leaving"};

	return state < sizeof(names) / sizeof(names[0]) ? names[state] : "unknown";
}

static void slot_doc(const struct mdm_desired *x, struct doc *d)
{
	doc_set_str(d, "kind", mdm_item_kind_name(x->kind));
	doc_set_str(d, "id", x->id);
	doc_set_str(d, "title", x->title);
	doc_set_str(d, "from", x->from);
	doc_set_str(d, "state", state_name(x->state));
	doc_set_str(d, "why", x->why);
	doc_set_bool(d, "drift", x->drift);
	web_doc_opt_time(d, "at", x->at);
	web_doc_opt(d, "command", x->command);
}

int web_desired_doc(struct web *w, struct store_txn *txn, struct arena *a, const char *code,
	enum say_lang lang, int64_t now, struct doc *d)
{
	struct doc *list, *groups;
	const char *serial, *hindrance, **names;
	struct mdm_desired *slots;
	size_t n;
	int err = inv_serial_find(txn, a, code, &serial);

	if (err == 0)
		err = mdm_desired_list(w->o.mdm, txn, a, serial, lang, now, &slots, &n, &hindrance);
	if (err)
		return err;
	doc_set_str(d, "serial", serial);
	doc_set_str(d, "hindrance", hindrance);
	list = doc_set_list(d, "desired");
	for (size_t i = 0; i < n; i++)
		slot_doc(&slots[i], doc_add_object(list));
	groups = doc_set_list(d, "groups");
	err = mdm_groups_of(txn, a, serial, &names, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		doc_add_str(groups, names[i]);
	return err ? err : add_items(w, txn, a, MDM_OF_IPAD, serial, lang, d);
}

/* --- presets --- */

static const char *const answer_words[] = {NULL, "yes", "some", "no"};

void web_preset_questions_doc(struct doc *d, enum say_lang lang)
{
	struct doc *list = doc_set_list(d, "questions");

	for (const struct mdm_preset_question *q = mdm_preset_questions; q->id; q++) {
		struct doc *one = doc_add_object(list), *answers;

		doc_set_str(one, "id", q->id);
		doc_set_str(one, "text", say_plain(&q->say, lang));
		answers = doc_set_list(one, "answers");
		for (int i = MDM_ANSWER_YES; i <= MDM_ANSWER_NO; i++) {
			if (i != MDM_ANSWER_SOME || q->some)
				doc_add_str(answers, answer_words[i]);
		}
	}
}

int web_preset_answer_parse(
	const struct mdm_preset_question *q, const char *word, enum mdm_answer_word *ret)
{
	for (int i = MDM_ANSWER_YES; i <= MDM_ANSWER_NO; i++) {
		if (text_equal(word, answer_words[i]) && (i != MDM_ANSWER_SOME || q->some)) {
			*ret = (enum mdm_answer_word)i;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

void web_preset_doc(struct arena *a, const struct mdm_preset *p, enum say_lang lang, struct doc *d)
{
	const char *spec = mdm_preset_spec(a, p);
	struct doc *by_hand = doc_set_list(d, "by_hand"), *parsed;

	if (spec && doc_parse(a, bytes_of_str(spec), &parsed) == 0)
		doc_set_doc(d, "spec", parsed);
	for (size_t i = 0; p->by_hand[i]; i++)
		doc_add_str(by_hand, say_plain(p->by_hand[i], lang));
}
