/* SPDX-License-Identifier: EUPL-1.2 */
/* GET /find: the box that stands on every page. A code leads straight to what has it; words lead to
 * a list of what is meant, slips forgiven. Nothing personal is searched by an address. */
#include "web/circulation_int.h"
#include "web/thing_int.h"

#include "base/text.h"

#define FOUND_MOST 50

struct finding {
	struct http_request *rq;
	const char *q;
	struct doc *d;
	const char *go; /* the one thing it can be; or NULL */
};

static const char *item_address(struct arena *a, const char *serial, bool enrolled)
{
	return arena_printf(a, "/%s/%s", enrolled ? "devices" : "items", web_escape(a, serial));
}

static int find_code(struct store_txn *txn, struct finding *f)
{
	struct inv_unit u;
	int err = inv_unit_find(txn, f->rq->arena, f->q, &u);

	if (err == 0)
		f->go = item_address(f->rq->arena, u.serial, u.enrolled);
	return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
}

/* "L-10009"; without its letter it could be anything. */
static int find_loan(struct store_txn *txn, struct finding *f)
{
	unsigned zones = api_people_caller(f->rq).zones;
	char number[INV_LOAN_NUMBER];
	struct inv_loan loan;
	uint64_t id;
	int err;

	if ((f->q[0] != 'L' && f->q[0] != 'l') || inv_loan_number_parse(f->q, &id) != 0)
		return 0;
	err = inv_loan_get(txn, f->rq->arena, id, &loan);
	if (err == 0 && loan.zone & zones)
		f->go = arena_printf(
			f->rq->arena, "/loans/%s", inv_loan_number(loan.id, number));
	return err == ERR_NOTFOUND ? 0 : err;
}

static void put_address(struct arena *a, struct doc *row)
{
	const struct doc *item = doc_object(row, "item");
	const char *kind = doc_str(row, "kind"), *id = doc_str(row, "id");

	if (item)
		doc_set_str(row, "href",
			item_address(a, doc_str(item, "serial"), doc_bool(item, "enrolled", false)));
	else
		doc_set_str(row, "href",
			arena_printf(a, "/items?%s=%s", kind, web_escape(a, id)));
	doc_set_bool(doc_set_object(row, "is"), kind, true);
}

static int find_words(struct store_txn *txn, struct finding *f)
{
	struct doc *list = doc_set_list(f->d, "found");
	struct inv_found *found;
	bool slip = false;
	size_t n;
	int err = inv_search(txn, f->rq->arena, f->q, FOUND_MOST, &found, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		err = web_found_row(txn, f->rq, &found[i], row);
		put_address(f->rq->arena, row);
		slip = slip || found[i].slip;
	}
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	doc_set_bool(f->d, "any", n > 0);
	doc_set_bool(f->d, "slip", n > 0 && found[0].slip);
	doc_set_bool(f->d, "cut", n == FOUND_MOST);
	return 0;
}

static int find_in(struct store_txn *txn, void *arg)
{
	struct finding *f = arg;
	int err = find_code(txn, f);

	if (err == 0 && !f->go)
		err = find_loan(txn, f);
	return err || f->go ? err : find_words(txn, f);
}

int page_find(struct http_request *rq, void *ctx)
{
	struct finding f = {.rq = rq, .q = http_query(rq, "q"), .d = doc_new(rq->arena)};
	struct web *w = ctx;
	int err;

	if (text_empty(f.q))
		return http_reply_see_other(rq, "/");
	doc_set_str(f.d, "q", f.q);
	err = store_read(w->o.st, find_in, &f);
	if (err)
		return err;
	if (f.go)
		return http_reply_see_other(rq, f.go);
	return web_reply(rq, doc_bool(f.d, "any", false) ? 200 : 404, "find", f.d);
}
