/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists of things read in: looked through line by line first, then done as a whole, then undone
 * while nothing has happened since. The list that was looked at stands in the form that does it;
 * when the store has changed in between, it is looked through again.
 */
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

#define LIST_MOST (2u << 20) /* stands in a page */
#define SHOWN 200            /* of the things of one list */

static const char *verdict_name(unsigned v)
{
	static const char *const names[] = {
		[INV_ROW_MADE] = "made",
		[INV_ROW_CHANGED] = "changed",
		[INV_ROW_SAME] = "same",
		[INV_ROW_REFUSED] = "refused",
	};

	return v >= INV_ROW_MADE && v <= INV_ROW_REFUSED ? names[v] : "unknown";
}

/* "state lease" as people read it. */
static const char *change_words(const struct http_request *rq, const char *names)
{
	const char *all = NULL;

	for (; names && *names; names += strspn(names, " ")) {
		size_t n = strcspn(names, " ");
		const char *word = web_text(
			rq->lang, arena_printf(rq->arena, "name.import.%.*s", (int)n, names));

		all = arena_printf(rq->arena, "%s%s%s", all ? all : "", all ? ", " : "", word);
		names += n;
	}
	return all;
}

void web_import_verdicts(
	const struct http_request *rq, const struct inv_import_report *r, struct doc *d)
{
	struct doc *list = doc_set_list(d, "lines");

	for (size_t i = 0; i < r->verdict_count; i++) {
		const struct inv_import_verdict *v = &r->verdicts[i];
		struct doc *row = doc_add_object(list);

		doc_set_int(row, "line", (int64_t)v->line);
		doc_set_str(row, "serial", v->serial);
		doc_set_str(row, "verdict", verdict_name(v->what));
		doc_set_str(row, "text", v->text);
		if (!web_is_page(rq))
			continue;
		doc_set_bool(row, arena_printf(rq->arena, "is_%s", verdict_name(v->what)), true);
		if (v->what == INV_ROW_CHANGED)
			doc_set_str(row, "text", change_words(rq, v->text));
	}
	doc_set_bool(d, "more_lines", r->verdict_count < r->rows);
}

/* What a look says in short: when this is another when it is done, something has changed. */
static const char *plan_of(const struct http_request *rq, const struct inv_import_report *r)
{
	return arena_printf(
		rq->arena, "%zu-%zu-%zu-%zu", r->made, r->changed, r->same, r->refused);
}

static bool wants(struct http_request *rq, const char *name)
{
	return text_equal(web_form_str(rq, name), "yes");
}

static int run(struct http_request *rq, struct web *w, struct bytes csv, bool dry_run,
	struct inv_import_report *ret)
{
	*ret = (struct inv_import_report){0};
	return inv_import_csv(w->o.inv, &api_caller(rq)->who, csv, wants(rq, "take_good_rows"),
		dry_run, rq->lang, rq->now, rq->arena, ret);
}

int page_import_new(struct http_request *rq, void *ctx)
{
	(void)ctx;
	return web_reply(rq, 200, "import", doc_new(rq->arena));
}

/* What comes of it, line by line; `changed`: it is shown once more since the store is another. */
static int show_look(struct http_request *rq, struct web *w, struct bytes csv, bool changed)
{
	struct doc *d = doc_new(rq->arena);
	struct inv_import_report r;
	int err = run(rq, w, csv, true, &r);

	if (err && err != ERR_REFUSED && err != ERR_BADINPUT)
		return err;
	web_import_doc(&r, d);
	web_import_verdicts(rq, &r, d);
	doc_set_str(d, "list", arena_strndup(rq->arena, (const char *)csv.p, csv.n));
	doc_set_str(d, "plan", plan_of(rq, &r));
	doc_set_bool(d, "was_changed", changed);
	doc_set_bool(d, "unreadable", err == ERR_BADINPUT);
	doc_set_bool(d, "some_refused", r.refused > 0);
	doc_set_bool(d, "whole", err == 0 && r.refused == 0 && r.made + r.changed > 0);
	doc_set_bool(d, "part",
		err != ERR_BADINPUT && r.refused > 0 && r.rows > r.refused + r.same);
	return web_reply(rq, changed ? 409 : 200, "import-look", d);
}

/* The file, or what was pasted. ERR_BADINPUT, ERR_TOOBIG. */
static int list_of(struct http_request *rq, struct bytes *ret)
{
	const struct http_upload *up = web_form_file(rq, "file");
	const char *pasted = web_form_str(rq, "list");
	int err = 0;

	if (up && up->content.n)
		err = inv_import_read(rq->arena, up->content, ret);
	else if (pasted)
		*ret = bytes_of_str(pasted);
	else
		return ERR_BADINPUT;
	if (err == 0 && !text_is_utf8(*ret))
		err = ERR_BADINPUT;
	return err ? err : ret->n > LIST_MOST ? ERR_TOOBIG : 0;
}

int page_import_look(struct http_request *rq, void *ctx)
{
	struct bytes csv;
	int err = list_of(rq, &csv);

	if (err == ERR_TOOBIG)
		return web_page_again(rq, 413, web_text(rq->lang, "import.too_big"), "file");
	if (err)
		return web_page_again(rq, 400, web_text(rq->lang, "import.no_list"), "file");
	return show_look(rq, ctx, csv, false);
}

int page_import_do(struct http_request *rq, void *ctx)
{
	struct inv_import_report r;
	struct web *w = ctx;
	struct bytes csv;
	int err = list_of(rq, &csv);

	if (err)
		return web_page_again(rq, 400, web_text(rq->lang, "import.no_list"), "file");
	err = run(rq, w, csv, true, &r);
	if (err && err != ERR_REFUSED)
		return err;
	if (!text_equal(web_form_str(rq, "plan"), plan_of(rq, &r)))
		return show_look(rq, w, csv, true);
	err = run(rq, w, csv, false, &r);
	if (err == ERR_REFUSED)
		return show_look(rq, w, csv, true);
	if (err)
		return err;
	return http_reply_see_other(rq,
		r.id ? arena_printf(rq->arena, "/imports/%llu?done=imported",
			       (unsigned long long)r.id)
		     : "/imports");
}

/* --- what was read in --- */

static void put_imported(const struct inv_imported *i, struct doc *d)
{
	doc_set_int(d, "id", (int64_t)i->id);
	doc_set_time(d, "at", i->at);
	doc_set_str(d, "by", i->by);
	doc_set_int(d, "made", i->made);
	doc_set_int(d, "changed", i->changed);
	doc_set_time(d, "undone", i->undone_at);
	doc_set_str(d, "undone_by", i->undone_by);
}

static int walk(struct web_walk *k)
{
	struct inv_imported *x;
	size_t n = 0;
	int err = inv_imported_list(
		k->txn, STORE_PIECE(k->job->rq->arena, NULL, INV_IMPORTS_KEPT), &x, &n);

	for (size_t i = 0; err == 0 && i < n; i++)
		put_imported(&x[i], doc_add_object(k->rows));
	return err;
}

static const struct web_col columns[] = {
	{"at", "column.when", WEB_COL_OWN | WEB_COL_DOWN, "/imports/", "id"},
	{"by", "column.who", WEB_COL_SORT},
	{"made", "import.new_things", WEB_COL_SORT | WEB_COL_DOWN},
	{"changed", "import.changed_things", WEB_COL_SORT | WEB_COL_DOWN},
	{"undone", "import.undone", WEB_COL_SORT | WEB_COL_DOWN},
	{"undone_by", "column.undone_by", WEB_COL_SORT | WEB_COL_FILE},
	{"id", "column.number", WEB_COL_FILE},
	{0},
};
static const struct web_sift sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"undone", WEB_SIFT_SAID, "import.undone", .choices = web_yes_no},
	{"made", WEB_SIFT_SAID, "import.any_new", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "sift.older", "at", .choices = web_ages},
	{0},
};
static const struct web_listed imports = {
	.list = "imports",
	.path = "/imports",
	.title = "place.imports",
	.none = "import.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk,
	.live = "item.",
	.numbered = true,
	.whole = "id",
};

int api_import_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &imports);
}

static int one_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "things");
	struct inv_imported_thing *t;
	struct inv_imported i;
	bool touched = false;
	uint64_t id;
	size_t n;
	int err = text_parse_u64(http_param(job->rq, "id"), &id);

	if (err == 0)
		err = inv_imported_get(txn, job->rq->arena, id, &i);
	if (err == 0)
		err = inv_imported_things(txn, job->rq->arena, id, SHOWN, &t, &n);
	if (err)
		return err == ERR_BADINPUT ? ERR_NOTFOUND : err;
	put_imported(&i, job->d);
	for (size_t k = 0; k < n; k++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "serial", t[k].serial);
		doc_set_bool(row, "made", t[k].made);
		doc_set_bool(row, "touched", t[k].touched);
		touched = touched || t[k].touched;
	}
	doc_set_bool(job->d, "can_undo", !i.undone_at && !touched);
	doc_set_bool(job->d, "touched", !i.undone_at && touched);
	doc_set_bool(job->d, "more", n == SHOWN);
	return 0;
}

int api_import_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, one_in, "imported");
}

int api_import_undo(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	struct doc *d;
	uint64_t id;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (text_parse_u64(http_param(rq, "id"), &id) != 0)
		return ERR_NOTFOUND;
	return api_done(rq, inv_import_undo(w->o.inv, &act, id, &r), &r);
}
