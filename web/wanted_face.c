/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of groups, and of what an iPad should have, show beside the API's document: words,
 * and where each line leads. */
#include "web/api_int.h"
#include "web/wanted_int.h"

#include "base/text.h"

const char *web_group_title(const struct mdm_group *g, enum say_lang lang)
{
	if (text_equal(g->name, MDM_GROUP_ALL))
		return web_text(lang, "group.all");
	return g->title ? g->title : g->name;
}

static const char *words(const struct http_request *rq, const char *group, const char *key)
{
	const char *text = web_text(rq->lang, arena_printf(rq->arena, "%s.%s", group, key));

	return text ? text : key;
}

static const char *lower(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);

	for (char *p = out; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
	return out;
}

/* --- the items of a set --- */

/* "Nätverkets namn: Bibblan. Dolt nätverk." */
static void summary_add(const struct http_request *rq, const struct web_want_type *t,
	const struct web_want_field *f, const struct doc *spec, struct buf *b)
{
	const char *value = web_want_answer(rq->arena, t, f, spec);
	const char *key = arena_printf(rq->arena, "want.%s.f", t->type);
	const char *name = lower(rq->arena, f->name);
	bool bare = f->kind == WEB_WANT_TICK || f->kind == WEB_WANT_RULE;
	const char *label;

	if (!value || f->kind == WEB_WANT_PICTURE)
		return;
	label = web_text(rq->lang, arena_printf(rq->arena, "%s.%s", key, name));
	buf_printf(b, "%s%s", b->n ? ". " : "", label ? label : words(rq, "want.any.f", name));
	if (f->kind == WEB_WANT_CHOICE)
		value = words(rq, arena_printf(rq->arena, "%s.%s", key, name),
			lower(rq->arena, value));
	if (!bare)
		buf_printf(b, ": %s", value);
}

static const char *summary(
	const struct http_request *rq, const struct web_want_type *t, const struct doc *spec)
{
	AUTO(buf) struct buf b = BUF_INIT(8192);

	for (const struct web_want_field *f = t->fields; f->name; f++)
		summary_add(rq, t, f, spec, &b);
	for (const struct web_want_field *f = web_ending_fields; web_want_ends(t) && f->name; f++)
		summary_add(rq, t, f, spec, &b);
	if (b.n)
		buf_add_char(&b, '.');
	return arena_strdup(rq->arena, buf_str(&b));
}

/* What mdm has no word for is called as its form is. */
static void put_title(const struct http_request *rq, const struct web_want_type *t, struct doc *row)
{
	if (t && text_equal(doc_str(row, "title"), doc_str(row, "id")))
		doc_set_str(row, "title",
			words(rq, arena_printf(rq->arena, "want.%s", t->type), "title"));
}

static void put_item(const struct http_request *rq, const char *at, struct doc *row)
{
	const char *kind = doc_str(row, "kind"), *id = doc_str(row, "id");
	const struct web_want_type *t = web_want_type_of(kind, id, doc_object(row, "spec"));

	put_title(rq, t, row);
	doc_set_str(row, "sort", words(rq, "name.want", kind));
	doc_set_str(row, "summary", t ? summary(rq, t, doc_object(row, "spec")) : id);
	doc_set_str(row, "remove", arena_printf(rq->arena, "%s/unwant/%s/%s", at, kind, id));
	doc_set_str(row, "change",
		t ? arena_printf(rq->arena, "%s/want/%s?id=%s", at, t->type, id) : NULL);
}

static void put_items(
	const struct http_request *rq, struct doc *d, const char *at, const char *back)
{
	struct doc *list = doc_list(d, "items");

	doc_set_str(d, "back", back);
	for (size_t i = 0; i < doc_list_size(list); i++)
		put_item(rq, at, doc_list_object(list, i));
}

/* --- one group --- */

static int put_member(
	struct api_read *job, struct store_txn *txn, const char *serial, struct doc *row)
{
	struct inv_unit u;
	int err = inv_unit_get(txn, job->rq->arena, serial, &u);

	doc_set_str(row, "serial", serial);
	doc_set_str(row, "item_number", err ? NULL : u.item_number);
	doc_set_str(row, "state", err ? NULL : inv_state_name((enum inv_state)u.state));
	doc_set_str(row, "state_text",
		err ? NULL : say_plain(inv_state_say((enum inv_state)u.state), job->rq->lang));
	return err == ERR_NOTFOUND ? 0 : err;
}

/* Which of the two lists is shown, and which there are to go to. */
static void put_stands(const struct http_request *rq, struct doc *d, const char *only)
{
	static const struct {
		const char *stands, *said, *only;
	} lists[] = {{"waiting", "group.stands.waiting", "group.only.waiting"},
		{"failed", "group.stands.failed", "group.only.failed"}};
	struct doc *stands = doc_object(d, "stands"), *list = doc_set_list(d, "stands_rows");

	doc_set_str(d, "only", only);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		bool here = text_equal(only, lists[i].stands);
		struct doc *row;
		int64_t n = 0;

		if (here)
			doc_set_str(d, "only_text", web_text(rq->lang, lists[i].only));
		if (doc_int(stands, lists[i].stands, &n) != 0 || n == 0)
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "stands", lists[i].stands);
		doc_set_int(row, "count", n);
		doc_set_str(row, "said", web_text(rq->lang, lists[i].said));
		doc_set_bool(row, "here", here);
	}
}

int web_group_face(struct api_read *job, struct store_txn *txn)
{
	struct http_request *rq = job->rq;
	const char *name = doc_str(job->d, "name"), *only = NULL, **serials, *at;
	struct doc *list = doc_set_list(job->d, "member_rows");
	bool all = text_equal(name, MDM_GROUP_ALL);
	enum mdm_stands how;
	int64_t members = 0;
	size_t n = 0;
	int err = web_members_ask(rq, &how, &only);

	if (err == 0 && (!all || only))
		err = web_members_read(rq, txn, &(const struct web_members_page){name, API_ROWS},
			&serials, &n);

	(void)!doc_int(job->d, "members", &members);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_member(job, txn, serials[i], doc_add_object(list));
	if (err)
		return err;
	if (all)
		doc_set_str(job->d, "title", words(rq, "group", "all"));
	doc_set_bool(job->d, "is_all", all);
	doc_set_bool(job->d, "shows_members", !all || only);
	put_stands(rq, job->d, only);
	doc_set_bool(job->d, "one_member", members == 1);
	doc_set_str(job->d, "next", n == API_ROWS ? serials[n - 1] : NULL);
	doc_set_bool(job->d, "later", http_query(rq, "after") != NULL);
	at = arena_printf(rq->arena, "/groups/%s", name);
	put_items(rq, job->d, at, at);
	return 0;
}

/* --- one iPad --- */

/* Four shapes say how it stands: it is there, it waits, it needs somebody, it is over. */
static const char *shape_of(const struct doc *row)
{
	const char *state = doc_str(row, "state");

	if (text_equal(state, "failed") || text_equal(state, "unable") ||
		doc_bool(row, "drift", false))
		return "stop";
	if (text_equal(state, "on"))
		return "done";
	return text_equal(state, "leaving") ? "over" : "waits";
}

/* "group/rond-3" in words, and where it leads. */
static int put_from(struct api_read *job, struct store_txn *txn, struct doc *row)
{
	const char *from = doc_str(row, "from"), *slash = from ? strchr(from, '/') : NULL;
	struct http_request *rq = job->rq;
	struct mdm_mailing x;
	struct mdm_group g;
	int err = 0;

	doc_set_str(row, "from_href", NULL);
	doc_set_str(row, "from_text", slash ? web_text(rq->lang, "desired.own") : NULL);
	if (slash && text_starts(from, "group/")) {
		err = mdm_group_get(txn, rq->arena, slash + 1, &g);
		doc_set_str(row, "from_href", arena_printf(rq->arena, "/groups/%s", slash + 1));
		doc_set_str(row, "from_text", err ? slash + 1 : web_group_title(&g, rq->lang));
	} else if (slash && text_starts(from, "mailing/")) {
		err = mdm_mailing_get(txn, rq->arena, slash + 1, &x);
		doc_set_str(row, "from_href", arena_printf(rq->arena, "/mailings/%s", slash + 1));
		doc_set_str(row, "from_text", err ? slash + 1 : x.title);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int put_slots(struct api_read *job, struct store_txn *txn)
{
	const struct doc *list = doc_list(job->d, "desired");
	int64_t on = 0, waits = 0, faults = 0;
	int err = 0;

	for (size_t i = 0; err == 0 && i < doc_list_size(list); i++) {
		struct doc *row = doc_list_object(list, i);
		const char *shape = shape_of(row);
		const char *state = doc_bool(row, "drift", false) ? "drift" : doc_str(row, "state");

		put_title(job->rq,
			web_want_type_of(doc_str(row, "kind"), doc_str(row, "id"), NULL), row);
		doc_set_str(row, "shape", shape);
		doc_set_str(row, "state_text", words(job->rq, "name.desired", state));
		doc_set_str(row, "sort", words(job->rq, "name.want", doc_str(row, "kind")));
		on += text_equal(shape, "done");
		faults += text_equal(shape, "stop");
		waits += text_equal(shape, "waits") || text_equal(shape, "over");
		err = put_from(job, txn, row);
	}
	doc_set_int(job->d, "on", on);
	doc_set_int(job->d, "waits", waits);
	doc_set_int(job->d, "faults", faults);
	doc_set_bool(job->d, "any", on + waits + faults > 0);
	doc_set_bool(job->d, "any_faults", faults > 0);
	doc_set_bool(job->d, "any_waits", waits > 0);
	return err;
}

static int put_groups(struct api_read *job, struct store_txn *txn)
{
	const struct doc *names = doc_list(job->d, "groups");
	struct doc *in = doc_set_list(job->d, "group_rows"), *others = doc_set_list(job->d, "others");
	struct mdm_group *g;
	size_t n;
	int err = mdm_group_list(txn, STORE_PIECE(job->rq->arena, NULL, API_PAGE_MOST), &g, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		bool is_in = false;
		struct doc *row;

		for (size_t k = 0; k < doc_list_size(names); k++)
			is_in = is_in || text_equal(doc_list_str(names, k), g[i].name);
		if (text_equal(g[i].name, MDM_GROUP_ALL))
			continue;
		row = doc_add_object(is_in ? in : others);
		doc_set_str(row, "name", g[i].name);
		doc_set_str(row, "title", web_group_title(&g[i], job->rq->lang));
	}
	return err;
}

int web_desired_face(struct api_read *job, struct store_txn *txn)
{
	const char *serial = doc_str(job->d, "serial");
	const char *at = arena_printf(
		job->rq->arena, "/devices/%s", web_escape(job->rq->arena, serial));
	struct inv_unit u;
	int err = inv_unit_get(txn, job->rq->arena, serial, &u);

	doc_set_str(job->d, "item_number", err ? NULL : u.item_number);
	put_items(job->rq, job->d, at, arena_printf(job->rq->arena, "%s/desired", at));
	if (err == 0 || err == ERR_NOTFOUND)
		err = put_slots(job, txn);
	return err ? err : put_groups(job, txn);
}
