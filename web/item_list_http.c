/* SPDX-License-Identifier: EUPL-1.2 */
/* GET /api/v1/items and its page: things by state, product, place, lease, kind, and whether
 * they are for display; in several orders. */
#include "web/list_int.h"

#include "base/text.h"

#define OPTIONS_MOST 500
#define GROUPS_MOST 200

static const char *const filters[] = {
	"state", "product", "place", "lease", "category", "kind", "display", NULL};
static const struct web_sort sorts[] = {
	{"serial", false}, {"item_number", false}, {"product", true}, {"state", false},
	{"lease_ends", false}, {0}};
static const enum inv_order orders[] = {
	INV_BY_KEY, INV_BY_NUMBER, INV_BY_PRODUCT_NAME, INV_BY_LIFE, INV_BY_END};
static const struct web_list items = {"/items", filters, sorts};

int web_item_row(struct store_txn *txn, const struct http_request *rq, const struct inv_unit *u,
	struct doc *d)
{
	struct inv_product p;
	int err;

	web_unit_doc(u, d, rq->lang);
	if (!text_empty(u->product) || text_empty(u->product_id))
		return 0;
	err = inv_product_get(txn, rq->arena, u->product_id, &p);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(d, "product", inv_product_name(&p, rq->lang));
	return 0;
}

static const char *asked(const struct http_request *rq, const char *key)
{
	const char *s = http_query(rq, key);

	return text_empty(s) ? NULL : s;
}

static int read_filter(const struct http_request *rq, struct inv_filter *f)
{
	const char *state = asked(rq, "state"), *kind = asked(rq, "kind"),
		   *display = asked(rq, "display");
	struct web_sorted sorted;
	enum inv_kind k = 0;
	int err = web_list_order(rq, &items, &sorted);

	*f = (struct inv_filter){.product = asked(rq, "product"),
		.place = asked(rq, "place"),
		.lease = asked(rq, "lease"),
		.category = asked(rq, "category"),
		.after = asked(rq, "after"),
		.most = api_most(rq)};
	if (err == 0 && state)
		err = inv_state_parse(state, &f->state);
	if (err == 0 && kind)
		err = inv_kind_parse(kind, &k);
	if (err)
		return err;
	if (display && !text_equal(display, "yes") && !text_equal(display, "no"))
		return ERR_BADINPUT;
	f->kind = k;
	f->display = !display ? 0 : text_equal(display, "yes") ? 1 : -1;
	f->order = orders[sorted.index];
	f->down = sorted.down;
	return 0;
}

/* --- what only the page has --- */

/* How many are in each state, where a count is kept for what is asked. */
static int read_counts(
	struct store_txn *txn, const struct inv_filter *f, uint64_t n[INV_STATES], bool *ret_counted)
{
	*ret_counted = !f->lease && !f->category && !f->kind && !f->display && !(f->product && f->place);
	if (!*ret_counted)
		return 0;
	if (f->product)
		return inv_count_product(txn, f->product, n);
	return f->place ? inv_count_place(txn, f->place, n) : inv_count_by_state(txn, n);
}

/* Each state that something is in, with how many: a list's filters are addresses. */
static int put_states(struct api_read *job, struct store_txn *txn, const struct inv_filter *f)
{
	struct doc *list = doc_set_list(job->d, "states");
	uint64_t n[INV_STATES] = {0}, all = 0;
	bool counted;
	int err = read_counts(txn, f, n, &counted);

	for (unsigned s = 1; err == 0 && s < INV_STATES; s++) {
		const char *name = inv_state_name((enum inv_state)s);
		struct doc *row;

		all += n[s];
		if (!n[s] && counted && s != (unsigned)f->state)
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "state", name);
		doc_set_str(row, "text",
			say_plain(inv_state_say((enum inv_state)s), job->rq->lang));
		doc_set_str(row, "href",
			web_list_address(job->rq, &items, "state",
				arena_printf(job->rq->arena, "state=%s", name)));
		if (counted)
			doc_set_int(row, "count", (int64_t)n[s]);
		doc_set_bool(row, "current", s == (unsigned)f->state);
	}
	if (counted)
		doc_set_int(job->d, "all", (int64_t)all);
	doc_set_str(job->d, "all_href", web_list_address(job->rq, &items, "state", ""));
	if (f->state)
		doc_set_str(job->d, "state", inv_state_name(f->state));
	return err;
}

static int put_products(struct api_read *job, struct store_txn *txn, const char *current)
{
	struct doc *list = doc_set_list(job->d, "products");
	struct inv_product_ask ask = {.most = OPTIONS_MOST};
	struct inv_product *p;
	const char *next;
	size_t n;
	int err = inv_product_list(txn, job->rq->arena, &ask, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_list_option(list, p[i].id, inv_product_name(&p[i], job->rq->lang), current);
	return err;
}

static int put_places(struct api_read *job, struct store_txn *txn, const char *current)
{
	struct doc *list = doc_set_list(job->d, "places");
	struct inv_place *p;
	const char *next;
	size_t n;
	int err = inv_place_list(txn, job->rq->arena, NULL, OPTIONS_MOST, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		web_list_option(list, p[i].id, inv_place_name(&p[i], job->rq->lang), current);
	doc_set_bool(job->d, "any_places", err == 0 && n > 0);
	return err;
}

static int put_groups(struct api_read *job, struct store_txn *txn)
{
	struct doc *list = doc_set_list(job->d, "groups");
	struct mdm_group *g;
	size_t n;
	int err = mdm_group_list(txn, STORE_PIECE(job->rq->arena, NULL, GROUPS_MOST), &g, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (!text_equal(g[i].name, "all"))
			web_list_option(list, g[i].name,
				text_empty(g[i].title) ? g[i].name : g[i].title, NULL);
	}
	doc_set_bool(job->d, "any_groups", err == 0 && doc_list_size(list) > 0);
	return err;
}

static void put_kinds(struct api_read *job, unsigned current)
{
	struct doc *list = doc_set_list(job->d, "kinds");

	for (unsigned k = 1; k < INV_KINDS; k++)
		web_list_option(list, inv_kind_name(k), say_plain(inv_kind_say(k), job->rq->lang),
			current ? inv_kind_name(current) : NULL);
}

static void put_displays(struct api_read *job, int current)
{
	struct doc *list = doc_set_list(job->d, "displays");

	web_list_option(list, "yes", web_text(job->rq->lang, "sift.yes"), current > 0 ? "yes" : NULL);
	web_list_option(list, "no", web_text(job->rq->lang, "sift.no"), current < 0 ? "no" : NULL);
}

/* Filters that came by a link and have no field of their own: what they are, and the way out. */
static void put_chips(struct api_read *job)
{
	static const struct {
		const char *key, *text;
	} chips[] = {{"lease", "column.lease"}, {"category", "column.category"}};
	struct doc *list = doc_set_list(job->d, "chips");

	for (size_t i = 0; i < sizeof(chips) / sizeof(chips[0]); i++) {
		const char *value = asked(job->rq, chips[i].key);
		struct doc *row;

		if (!value)
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "key", chips[i].key);
		doc_set_str(row, "text", web_text(job->rq->lang, chips[i].text));
		doc_set_str(row, "value", value);
		doc_set_str(row, "href", web_list_address(job->rq, &items, chips[i].key, ""));
	}
}

/* The codes of this page in one text: all of it can be chosen without ticking each. */
static void put_shown(struct doc *d)
{
	AUTO(buf) struct buf shown = BUF_INIT(1 << 16);
	const struct doc *list = doc_list(d, "items");

	for (size_t i = 0; i < doc_list_size(list); i++)
		buf_printf(&shown, "%s%s", i ? " " : "", doc_str(doc_list_object(list, i), "serial"));
	doc_set_str(d, "shown", buf_str(&shown));
	doc_set_int(d, "shown_count", (int64_t)doc_list_size(list));
	doc_set_bool(d, "any", doc_list_size(list) > 0);
}

static int put_face(struct api_read *job, struct store_txn *txn, const struct inv_filter *f)
{
	int err = put_states(job, txn, f);

	if (err == 0)
		err = put_products(job, txn, f->product);
	if (err == 0)
		err = put_places(job, txn, f->place);
	if (err == 0)
		err = put_groups(job, txn);
	if (err)
		return err;
	put_kinds(job, f->kind);
	put_displays(job, f->display);
	put_chips(job);
	put_shown(job->d);
	web_list_face(job->rq, &items, job->d);
	return 0;
}

/* --- the list --- */

/* A page; for a file as many as it holds, since a page may be short. */
static int put_rows(
	struct api_read *job, struct store_txn *txn, struct inv_filter f, const char **ret_next)
{
	struct doc *list = doc_set_list(job->d, "items");
	size_t left = f.most;
	int err;

	do {
		struct inv_unit *u;
		size_t n;

		f.most = left;
		err = inv_unit_filter(txn, job->rq->arena, &f, &u, &n, ret_next);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = web_item_row(txn, job->rq, &u[i], doc_add_object(list));
		left -= err ? 0 : n;
		f.after = err ? NULL : *ret_next;
	} while (err == 0 && web_is_file(job->rq) && *ret_next && left);
	return err;
}

static int list_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_filter f;
	const char *next = NULL;
	int err = read_filter(job->rq, &f);

	if (err == 0)
		err = put_rows(job, txn, f, &next);
	if (err)
		return err;
	doc_set_str(job->d, "next", next);
	return web_is_page(job->rq) && !web_is_file(job->rq) ? put_face(job, txn, &f) : 0;
}

static const struct web_column columns[] = {
	{"serial", "column.serial"},
	{"item_number", "column.item_number"},
	{"state_text", "column.state"},
	{"product", "column.product"},
	{"place", "column.place"},
	{"lease", "column.lease"},
	{"lease_ends", "column.lease_ends"},
	{"imei", "column.imei"},
	{"sim", "column.sim"},
	{"loans", "column.loans"},
	{"note", "column.note"},
	{0},
};

int api_item_list(struct http_request *rq, void *ctx)
{
	const struct web_table table = {.list = "items", .columns = columns};

	return web_read_table(rq, ctx, list_in, &table);
}
