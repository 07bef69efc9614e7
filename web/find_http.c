/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * /find: the box that stands on every page. A code leads straight to what has it; words lead to a
 * list of what is meant, slips forgiven. What was typed may be a person's name, so it stands in no
 * address: the list's has it sealed, for this session and an hour, and tells nobody else anything.
 */
#include "web/circulation_int.h"
#include "web/find_int.h"
#include "web/thing_int.h"

#include "base/text.h"

#define FOUND_MOST 50
#define ASKED_S 3600
#define ASKED_MOST 400 /* octets of what is typed */

struct finding {
	struct web *w;
	struct http_request *rq;
	const char *q;
	struct doc *d;
	const char *go; /* the one thing it can be; or NULL */
	bool coded;     /* it has the shape of a loan's, an agreement's or a card's number: no words of things */
};

static const char *item_address(struct arena *a, const char *serial, bool enrolled)
{
	return arena_printf(a, "/%s/%s", enrolled ? "devices" : "items", web_escape(a, serial));
}

static int find_unit(struct store_txn *txn, struct finding *f)
{
	struct inv_unit u;
	int err = inv_unit_find(txn, f->rq->arena, f->q, &u);

	if (err == 0)
		f->go = item_address(f->rq->arena, u.serial, u.enrolled);
	return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
}

/* Whatever else has that code alone: a thing by GS1, a product by GTIN, a place by its card. */
static int find_hit(struct store_txn *txn, struct finding *f, const struct inv_scan *scan)
{
	struct inv_hit *hits;
	struct inv_unit u;
	size_t n;
	int err = inv_scan_find(txn, f->rq->arena, scan, &hits, &n);

	if (err || n != 1)
		return err;
	if (hits[0].kind != INV_HIT_UNIT) {
		f->go = arena_printf(f->rq->arena, "/%s/%s",
			hits[0].kind == INV_HIT_PRODUCT ? "products" : "places",
			web_escape(f->rq->arena, hits[0].id));
		return 0;
	}
	err = inv_unit_get(txn, f->rq->arena, hits[0].id, &u);
	if (err == 0)
		f->go = item_address(f->rq->arena, u.serial, u.enrolled);
	return err;
}

/* "L-10009", or the agreement that was signed for it. */
static int find_loan(
	struct finding *f, const struct inv_scan_asker *by, const struct inv_scan *scan)
{
	char number[INV_LOAN_NUMBER];
	struct inv_loan loan;
	uint64_t id;
	int err = inv_scan_loan(by, scan, &id);

	if (err == 0)
		err = inv_loan_get(by->txn, by->a, id, &loan);
	if (err == 0 && loan.zone & by->zones)
		f->go = arena_printf(by->a, "/loans/%s", inv_loan_number(loan.id, number));
	return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
}

static int find_borrower(
	struct finding *f, const struct inv_scan_asker *by, const struct inv_scan *scan)
{
	struct people_borrower b;
	int err = inv_scan_borrower(by, scan, &b);

	if (err == 0)
		f->go = arena_printf(by->a, "/borrowers/%s", b.id);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What the desk would take it for, but that nothing is done by it. */
static int find_scan(struct store_txn *txn, struct finding *f)
{
	const struct inv_scan_asker by = {f->w->o.inv, txn, f->rq->arena,
		api_people_caller(f->rq).zones, f->rq->now};
	struct inv_scan *scans;
	size_t n;
	int err = inv_scan_parse(f->rq->arena, bytes_of_str(f->q), &scans, &n);

	if (err || n != 1)
		return err == ERR_BADINPUT || err == ERR_TOOBIG ? 0 : err;
	f->coded = scans->kind == INV_SCAN_LOAN || scans->kind == INV_SCAN_AGREEMENT ||
		   scans->kind == INV_SCAN_CARD;
	if (scans->kind == INV_SCAN_COMMAND) {
		f->go = "/desk"; /* where it does something */
		return 0;
	}
	err = find_hit(txn, f, scans);
	if (err == 0 && !f->go)
		err = find_loan(f, &by, scans);
	return err || f->go ? err : find_borrower(f, &by, scans);
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

/* Slips stand in the lists only where nothing has the words themselves. */
static bool lists_whole(const struct doc *d)
{
	const struct doc *lists = doc_list(d, "lists");
	const struct doc *rows =
		doc_list_size(lists) ? doc_list(doc_list_object(lists, 0), "rows") : NULL;

	return rows && !doc_bool(doc_list_object(rows, 0), "slip", false);
}

static int find_words(struct store_txn *txn, struct finding *f)
{
	struct doc *list = doc_set_list(f->d, "found");
	struct inv_found *found;
	size_t n = 0, lists, states;
	int err = f->coded ? 0 : inv_search(txn, f->rq->arena, f->q, FOUND_MOST, &found, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		err = web_found_row(txn, f->rq, &found[i], row);
		put_address(f->rq->arena, row);
	}
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = web_find_lists(f->w, txn, f->rq, f->q, f->d);
	if (err == 0)
		err = web_find_states(f->w, txn, f->rq, f->q, f->d);
	lists = doc_list_size(doc_list(f->d, "lists"));
	states = doc_list_size(doc_list(f->d, "states"));
	doc_set_bool(f->d, "any", n + lists + states > 0);
	doc_set_bool(f->d, "any_states", states > 0);
	doc_set_bool(f->d, "things", n > 0);
	doc_set_bool(f->d, "things_head", n > 0 && lists > 0);
	doc_set_bool(f->d, "slip", !states && (!n || found[0].slip) && !lists_whole(f->d));
	doc_set_bool(f->d, "cut", n == FOUND_MOST);
	return err;
}

/* Is it the code of one thing? */
static int find_code_in(struct store_txn *txn, void *arg)
{
	struct finding *f = arg;
	int err = find_unit(txn, f);

	return err || f->go ? err : find_scan(txn, f);
}

static int find_in(struct store_txn *txn, void *arg)
{
	struct finding *f = arg;
	int err = find_code_in(txn, f);

	return err || f->go ? err : find_words(txn, f);
}

/* --- what was typed, on its way --- */

static const char *context_of(const struct http_request *rq)
{
	return arena_printf(rq->arena, "web.find/%s", api_caller(rq)->token_id);
}

static int reply_sealed(struct http_request *rq, struct web *w, const char *q)
{
	AUTO(buf) struct buf text = BUF_INIT_SECRET(1024);
	struct bytes sealed;
	int err;

	buf_printf(&text, "%lld %s", (long long)(rq->now + ASKED_S), q);
	err = cert_seal(w->o.certs, context_of(rq), buf_bytes(&text), rq->arena, &sealed);
	if (err)
		return err;
	return http_reply_see_other(rq,
		arena_printf(rq->arena, "/find?s=%s", text_base64url(rq->arena, sealed)));
}

/* NULL: nothing, another's, or too old. */
static const char *asked(struct http_request *rq, struct web *w)
{
	const char *s = http_query(rq, "s"), *text, *space;
	struct bytes sealed, plain;
	int64_t until;

	if (text_empty(s) || text_parse_base64(rq->arena, bytes_of_str(s), &sealed) != 0 ||
		cert_unseal(w->o.certs, context_of(rq), sealed, rq->arena, &plain) != 0)
		return NULL;
	text = arena_strndup(rq->arena, plain.p, plain.n);
	space = strchr(text, ' ');
	if (!space ||
		text_parse_i64(arena_strndup(rq->arena, text, (size_t)(space - text)), &until) ||
		until < rq->now)
		return NULL;
	return space + 1;
}

int page_find(struct http_request *rq, void *ctx)
{
	struct finding f = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	struct web *w = ctx;
	int err;

	f.q = asked(rq, w);
	if (!f.q) {
		doc_set_bool(f.d, "past", http_query(rq, "s") != NULL);
		return web_reply(rq, 200, "find", f.d);
	}
	doc_set_str(f.d, "q", f.q);
	err = store_read(w->o.st, find_in, &f);
	if (err)
		return err;
	if (f.go)
		return http_reply_see_other(rq, f.go);
	doc_set_bool(f.d, "asked", true);
	return web_reply(rq, doc_bool(f.d, "any", false) ? 200 : 404, "find", f.d);
}

int page_find_do(struct http_request *rq, void *ctx)
{
	struct finding f = {.w = ctx, .rq = rq, .q = web_form_str(rq, "q")};
	struct web *w = ctx;
	int err;

	if (!f.q)
		return http_reply_see_other(rq, "/");
	if (strlen(f.q) > ASKED_MOST)
		return api_bad_field(rq, "q", "1-400");
	err = store_read(w->o.st, find_code_in, &f);
	if (err)
		return err;
	return f.go ? http_reply_see_other(rq, f.go) : reply_sealed(rq, w, f.q);
}
