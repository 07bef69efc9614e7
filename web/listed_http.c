/* SPDX-License-Identifier: EUPL-1.2 */
/* A list as its row says: read, sifted, put in order, told as a document, a page or a file. */
#include "web/listed_int.h"
#include "web/scope_int.h"

#include "base/text.h"

#include <string.h>

#define PIECE 500 /* rows read at a time where all are looked at */
#define OPENED 200 /* persons opened in one transaction */

bool web_listed_names(const struct http_request *rq)
{
	return text_equal(http_query(rq, "names"), "yes") && !http_header(rq, "X-By-Itself");
}

int web_names_admit(const struct http_request *rq, struct refusal *r)
{
	uint32_t needed = web_listed_names(rq) ? WEB_AREA_PEOPLE : 0;

	*r = (struct refusal){0};
	return web_scope_reaches(api_caller(rq)->areas, needed, r);
}

int web_walk_after(const struct web_walk *k, uint64_t *ret)
{
	*ret = 0;
	return k->after ? text_parse_u64(k->after, ret) : 0;
}

void web_walk_next(struct web_walk *k, size_t n, uint64_t last)
{
	k->next = n && n == k->most ? arena_printf(k->job->rq->arena, "%llu",
					      (unsigned long long)last)
				    : NULL;
}

void web_walk_next_text(struct web_walk *k, size_t n, const char *last)
{
	k->next = n && n == k->most ? last : NULL;
}

/* --- what is asked --- */

static const char *asked(const struct http_request *rq, const char *key)
{
	const char *s = http_query(rq, key);

	return text_empty(s) ? NULL : s;
}

static int read_sifts(struct web_listing *g)
{
	const struct http_request *rq = g->job.rq;

	g->ask = (struct web_sift_ask){
		.a = rq->arena, .now = rq->now, .columns = g->l->columns};
	for (const struct web_sift *s = g->l->sifts; s->key; s++) {
		const char *value = asked(rq, s->key);

		if (!value)
			continue;
		if (!web_sift_knows(s, value) || g->ask.n == WEB_LISTED_SIFTS)
			return ERR_BADINPUT;
		g->ask.by[g->ask.n++] = (struct web_sifting){s, value};
	}
	return 0;
}

/* The keys of the question that stay as one walks on. */
static const char *const *keys_of(const struct web_listing *g)
{
	const char **keys = ARENA_ARRAY(g->job.rq->arena, const char *, WEB_LISTED_SIFTS + 2);
	size_t n = 0;

	for (const struct web_sift *s = g->l->sifts; s->key && n < WEB_LISTED_SIFTS; s++)
		keys[n++] = s->key;
	if (g->l->open)
		keys[n++] = "names";
	keys[n] = NULL;
	return keys;
}

/* The list's own order first; where no column tells it, it is called "own". */
static const struct web_sort *sorts_of(const struct web_listing *g)
{
	struct web_sort *sorts =
		ARENA_ARRAY(g->job.rq->arena, struct web_sort, WEB_LISTED_COLUMNS + 2);
	size_t n = 1;

	sorts[0] = (struct web_sort){.key = "own", .up_only = true};
	for (const struct web_col *c = g->l->columns; c->key && n <= WEB_LISTED_COLUMNS; c++) {
		const struct web_sort s = {c->key, .down_first = c->is & WEB_COL_DOWN};

		if (c->is & WEB_COL_OWN)
			sorts[0] = s;
		else if (c->is & WEB_COL_SORT)
			sorts[n++] = s;
	}
	sorts[n] = (struct web_sort){0};
	return sorts;
}

static const char *path_of(const struct web_listing *g)
{
	const struct http_request *rq = g->job.rq;
	const char *hole = strstr(g->l->path, "{id}");

	if (!hole)
		return g->l->path;
	return arena_printf(rq->arena, "%.*s%s%s", (int)(hole - g->l->path), g->l->path,
		web_escape(rq->arena, http_param(rq, "id")), hole + 4);
}

static int read_ask(struct web_listing *g)
{
	int err = read_sifts(g);

	g->face = (struct web_list){path_of(g), keys_of(g), sorts_of(g)};
	if (err == 0)
		err = web_list_order(g->job.rq, &g->face, &g->order);
	g->turned = g->order.index == 0 && g->order.down != g->face.sorts[0].down_first;
	g->own = g->order.index == 0 && (!g->turned || g->l->turns);
	return err;
}

/* --- the rows --- */

/* One piece more of the index, and of it what fits. */
static int read_piece(struct web_listing *g, struct web_walk *k, struct doc *keep)
{
	struct doc *scratch = doc_new(g->job.rq->arena);
	int err;

	k->rows = doc_set_list(scratch, "rows");
	k->next = NULL;
	err = g->l->walk(k);
	for (size_t i = 0; err == 0 && i < doc_list_size(k->rows); i++) {
		if (web_sift_fits(&g->ask, doc_list_object(k->rows, i)))
			doc_add_doc(keep, doc_list_object(k->rows, i));
	}
	k->after = k->next;
	return err;
}

static size_t look_most(const struct http_request *rq)
{
	return web_is_file(rq) ? API_FILE_MOST : WEB_LISTED_LOOK;
}

/* Till `most` rows are kept or enough were looked at. */
static int read_rows(struct web_listing *g, struct web_walk *k, size_t most, struct doc *keep)
{
	size_t looked = 0;
	int err;

	do {
		size_t left = most - doc_list_size(keep);

		k->most = left < PIECE ? left : PIECE;
		looked += k->most;
		err = read_piece(g, k, keep);
	} while (err == 0 && k->next && doc_list_size(keep) < most &&
		 looked < look_most(g->job.rq));
	return err;
}

/* What the order in force compares. */
static const char *order_key(const struct web_listing *g)
{
	const char *key = g->face.sorts[g->order.index].key;

	for (const struct web_col *c = g->l->columns; c->key; c++) {
		if (c->by && text_equal(c->key, key))
			return c->by;
	}
	return key;
}

static const struct doc **rows_of(struct arena *a, const struct doc *list)
{
	const size_t n = doc_list_size(list);
	const struct doc **rows = ARENA_ARRAY(a, const struct doc *, n + 1);

	for (size_t i = 0; i < n; i++)
		rows[i] = doc_list_object(list, i);
	return rows;
}

static void keep_row(struct doc *list, const struct doc *row)
{
	doc_add_doc(list, (struct doc *)(uintptr_t)row);
}

/* A part of all that fits: "after" counts those before it. */
/* Rows of this answer. */
static size_t most_of(const struct web_listing *g)
{
	const struct http_request *rq = g->job.rq;
	size_t most = api_most(rq);

	if (g->l->rows && g->l->rows < most && web_is_page(rq) && !web_is_file(rq))
		return g->l->rows;
	return most;
}

static int take_sorted(struct web_listing *g, struct web_walk *k, struct doc *list)
{
	struct http_request *rq = g->job.rq;
	struct doc *all = doc_set_list(doc_new(rq->arena), "rows");
	const char *after = asked(rq, "after");
	uint64_t from = 0;
	size_t n, most = most_of(g);
	const struct doc **rows;
	int err = after ? text_parse_u64(after, &from) : 0;

	if (err == 0)
		err = read_rows(g, k, look_most(rq), all);
	if (err)
		return err;
	g->bounded = k->next != NULL;
	n = doc_list_size(all);
	rows = rows_of(rq->arena, all);
	web_rows_sort(rq->arena, rows, n, order_key(g), g->order.down);
	for (size_t i = from; i < n && i - from < most; i++)
		keep_row(list, rows[i]);
	if (from < n && n - from > most)
		g->next = arena_printf(rq->arena, "%llu", (unsigned long long)(from + most));
	return 0;
}

/* --- few rows, all of them read --- */

static const struct say say_gone = {"list.after_gone",
	{"Raden som sidan skulle fortsätta efter finns inte längre. Börja om från första sidan, utan \"after\".",
		"Riviä, jonka jälkeen sivun piti jatkua, ei enää ole. Aloita alusta ilman kohtaa \"after\".",
		"The row that the page was to go on after is gone. Begin again from the first page, without \"after\"."}};

/* Behind the row the cursor names; 0: there is none, or none of that name any more. */
static size_t whole_from(struct web_listing *g, const struct doc **rows, size_t n)
{
	const char *after = asked(g->job.rq, "after");

	for (size_t i = 0; after && i < n; i++) {
		if (text_equal(web_row_text(g->job.rq->arena, rows[i], g->l->whole), after))
			return i + 1;
	}
	/* Whoever reads a page sees where it begins; a program would take rows twice. */
	g->gone = after && !web_is_page(g->job.rq);
	return 0;
}

static void give_whole(struct web_listing *g, const struct doc **rows, size_t n, struct doc *list)
{
	const size_t most = most_of(g);
	const struct doc *last = NULL;
	bool more = false;

	for (size_t i = whole_from(g, rows, n); i < n; i++) {
		if (!web_sift_fits(&g->ask, rows[i]))
			continue;
		more = doc_list_size(list) == most;
		if (more)
			break;
		last = rows[i];
		keep_row(list, last);
	}
	g->next = more ? web_row_text(g->job.rq->arena, last, g->l->whole) : NULL;
}

static int take_whole(struct web_listing *g, struct web_walk *k, struct doc *list)
{
	struct arena *a = g->job.rq->arena;
	const bool as_they_came =
		g->order.index == 0 && text_equal(g->face.sorts[0].key, "own");
	const struct doc **rows;
	size_t n;
	int err;

	k->most = look_most(g->job.rq);
	k->rows = doc_set_list(doc_new(a), "rows");
	err = g->l->walk(k);
	if (err)
		return err;
	g->bounded = k->next != NULL;
	n = doc_list_size(k->rows);
	rows = rows_of(a, k->rows);
	if (!as_they_came)
		web_rows_sort(a, rows, n, order_key(g), g->order.down);
	give_whole(g, rows, n, list);
	return 0;
}

static int take_rows(struct web_listing *g, struct store_txn *txn)
{
	struct web_walk k = {.job = &g->job, .txn = txn};
	struct doc *list = doc_set_list(g->job.d, g->l->list);
	int err;

	if (g->l->whole)
		return take_whole(g, &k, list);
	if (!g->own)
		return take_sorted(g, &k, list);
	k.after = asked(g->job.rq, "after");
	k.turned = g->turned;
	err = read_rows(g, &k, most_of(g), list);
	g->next = k.next;
	return err;
}

/* A program goes on by it; to a page it is an address. */
static void put_next(struct web_listing *g)
{
	uint64_t n;

	if (!g->l->numbered || web_is_page(g->job.rq))
		doc_set_str(g->job.d, "next", g->next);
	else if (g->next && text_parse_u64(g->next, &n) == 0)
		doc_set_int(g->job.d, "next", (int64_t)n);
	if (g->bounded)
		doc_set_bool(g->job.d, "bounded", true);
}

static int dress_rows(struct web_listing *g, struct store_txn *txn)
{
	struct doc *list = doc_list(g->job.d, g->l->list);
	int err = 0;

	for (size_t i = 0; g->l->dress && err == 0 && i < doc_list_size(list); i++)
		err = g->l->dress(&g->job, txn, doc_list_object(list, i), i);
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct web_listing *g = arg;
	int err = read_ask(g);

	if (err == 0 && g->l->beside)
		err = g->l->beside(&g->job, txn);
	if (err == 0)
		err = take_rows(g, txn);
	if (err)
		return err;
	put_next(g);
	if (!web_is_page(g->job.rq) || web_is_file(g->job.rq))
		return 0;
	err = dress_rows(g, txn);
	return err ? err : web_listed_face(g, txn);
}

/* --- persons --- */

struct opening {
	struct web_listing *g;
	struct doc *list;
	size_t from;
};

static int open_in(struct store_txn *txn, void *arg)
{
	const struct opening *o = arg;
	int err = 0;

	for (size_t i = o->from; err == 0 && i < doc_list_size(o->list) && i < o->from + OPENED; i++)
		err = o->g->l->open(&o->g->job, txn, doc_list_object(o->list, i));
	return err;
}

static int open_rows(struct web_listing *g, const char *key)
{
	struct opening o = {.g = g, .list = doc_list(g->job.d, key)};
	int err = 0;

	for (; err == 0 && o.from < doc_list_size(o.list); o.from += OPENED)
		err = store_write(g->job.w->o.st, open_in, &o);
	return err;
}

static int open_all(struct web_listing *g)
{
	int err = 0;

	if (!g->l->open || !web_listed_names(g->job.rq))
		return 0;
	err = open_rows(g, g->l->list);
	if (err == 0 && g->l->open_too && !web_is_file(g->job.rq))
		err = open_rows(g, g->l->open_too);
	return err;
}

int web_listed(struct http_request *rq, struct web *w, const struct web_listed *l)
{
	struct web_column columns[WEB_LISTED_COLUMNS + 1] = {0};
	const struct web_table table = {.list = l->list, .page = l->page, .columns = columns};
	struct web_listing g = {.job = {.w = w, .rq = rq, .d = doc_new(rq->arena)}, .l = l};
	struct refusal r = {0};
	size_t n = 0;
	int err = l->open ? web_names_admit(rq, &r) : 0;

	if (err)
		return api_done(rq, err, &r);
	err = store_read(w->o.st, list_in, &g);
	if (err == 0 && g.gone)
		return http_reply_error(rq, ERR_BADINPUT, say_plain(&say_gone, rq->lang));
	if (err == 0)
		err = open_all(&g);
	if (err)
		return err;
	if (web_is_page(rq) && !web_is_file(rq))
		web_listed_cells(&g);
	for (const struct web_col *c = l->columns; c->key && n < WEB_LISTED_COLUMNS; c++) {
		if (web_col_shows(&g, c))
			columns[n++] = (struct web_column){c->key, c->text};
	}
	return web_reply_table(rq, &table, g.job.d);
}
