/* SPDX-License-Identifier: EUPL-1.2 */
/* Things over HTTP: search, new things and changes, codes, kits, where they are, what is wrong. */
#include "web/find_int.h"
#include "web/product_int.h"

#include "base/text.h"

#define ADDRESS_MOST 1500

int web_take_body(struct http_request *rq, const struct web_field *f, const char *const *besides,
	void *record, struct doc **ret_body, bool *ret_done)
{
	const struct refusal r = {.say = &web_say_bad_body};
	struct refusal number = {0};
	const char *bad;
	int err = api_body_any(rq, ret_body);

	*ret_done = true;
	if (err)
		return http_reply_error(rq, ERR_BADINPUT, refusal_text(rq->arena, rq->lang, &r));
	if (api_words_decide(rq, *ret_body, &number))
		return api_done(rq, ERR_REFUSED, &number);
	if (web_fields_take(f, *ret_body, besides, record, &bad) != 0)
		return api_bad_field(rq, bad, web_field_form(rq->arena, f, bad));
	*ret_done = false;
	return 0;
}

int web_made(
	struct http_request *rq, int err, const struct refusal *r, const char *key, const char *id)
{
	struct doc *d = doc_new(rq->arena);

	if (err == 0 && web_is_page(rq))
		return web_page_made(rq, id);
	if (err)
		return api_done(rq, err, r);
	doc_set_bool(d, "done", true);
	doc_set_str(d, key, id);
	return http_reply_doc(rq, 200, d);
}

int web_after_number(const struct http_request *rq, uint64_t *ret)
{
	const char *after = http_query(rq, "after");

	*ret = 0;
	return after ? text_parse_u64(after, ret) : 0;
}

const char *web_next_text(const struct http_request *rq, const char *last)
{
	return web_is_page(rq) ? web_escape(rq->arena, last) : last;
}

void web_next_number(struct api_read *job, size_t n, uint64_t id)
{
	if (n && n == api_most(job->rq))
		doc_set_int(job->d, "next", (int64_t)id);
}

/* --- search --- */

static const char *const hit_names[] = {"", "item", "product", "place"};

int web_found_row(struct store_txn *txn, const struct http_request *rq,
	const struct inv_found *f, struct doc *d)
{
	struct inv_product p;
	struct inv_place place;
	struct inv_unit u;
	int err = 0;

	doc_set_str(d, "kind", hit_names[f->kind]);
	doc_set_str(d, "id", f->id);
	doc_set_bool(d, "slip", f->slip);
	if (f->kind == INV_HIT_PRODUCT) {
		err = inv_product_get(txn, rq->arena, f->id, &p);
		if (err == 0)
			doc_set_str(d, "name", inv_product_name(&p, rq->lang));
	} else if (f->kind == INV_HIT_PLACE) {
		err = inv_place_get(txn, rq->arena, f->id, &place);
		if (err == 0)
			doc_set_str(d, "name", inv_place_name(&place, rq->lang));
	} else {
		err = inv_unit_get(txn, rq->arena, f->id, &u);
		if (err == 0)
			err = inv_unit_product(txn, rq->arena, &u, &p);
		if (err == 0) {
			doc_set_str(d, "name", inv_product_name(&p, rq->lang));
			web_unit_doc(&u, doc_set_object(d, "item"), rq->lang);
		}
	}
	return err;
}

static int search_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *words = http_query(job->rq, "q");
	struct doc *list = doc_set_list(job->d, "found");
	struct inv_found *f;
	size_t n;
	int err = words ? inv_search(txn, job->rq->arena, words, 50, &f, &n) : ERR_BADINPUT;

	for (size_t i = 0; err == 0 && i < n; i++)
		err = web_found_row(txn, job->rq, &f[i], doc_add_object(list));
	if (err == 0)
		err = web_find_lists(job->w, txn, job->rq, words, job->d);
	return err ? err : web_find_states(job->w, txn, job->rq, words, job->d);
}

int api_search(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, search_in);
}

/* --- new things, changed things --- */

/* As many as an address may hold. */
static const char *joined(struct arena *a, const char **serials, unsigned n)
{
	AUTO(buf) struct buf all = BUF_INIT(ADDRESS_MOST);

	for (unsigned i = 0; i < n && all.n < ADDRESS_MOST - 100; i++)
		buf_printf(&all, "%s%s", i ? " " : "", serials[i]);
	return arena_strdup(a, buf_str(&all));
}

int api_item_add(struct http_request *rq, void *ctx)
{
	static const char *const besides[] = {"serial", "state", "count", NULL};
	struct web *w = ctx;
	struct inv_new n = {.f = INV_FIELDS_NONE};
	struct doc *body, *d = doc_new(rq->arena), *list;
	const char **serials;
	struct refusal r = {0};
	int64_t count = 1;
	bool done;
	int err = web_take_body(rq, web_item_fields, besides, &n.f, &body, &done);

	if (err || done)
		return err;
	n.serial = doc_str(body, "serial");
	if (doc_has(body, "state") &&
		(!doc_str(body, "state") || inv_state_parse(doc_str(body, "state"), &n.state) != 0))
		return api_bad_field(rq, "state", "ordered, delivered, in_stock");
	if (doc_has(body, "count") && (web_number_of(body, "count", &count) != 0 || count < 1 ||
					      count > 500))
		return api_bad_field(rq, "count", "1-500");
	if (!n.f.product_id) /* a page's form of a product's new units */
		n.f.product_id = http_param(rq, "product");
	n.count = (unsigned)count;
	err = inv_unit_make(w->o.inv, &api_caller(rq)->who, &n, rq->now, rq->arena, &r, &serials);
	if (err)
		return api_done(rq, err, &r);
	if (web_is_page(rq))
		return web_page_made(rq, joined(rq->arena, serials, n.count));
	list = doc_set_list(d, "serials");
	for (unsigned i = 0; i < n.count; i++)
		doc_add_str(list, serials[i]);
	return http_reply_doc(rq, 200, d);
}

int api_item_change(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_fields f = INV_FIELDS_NONE;
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = web_take_body(rq, web_item_fields, NULL, &f, &body, &done);

	return err || done ? err : api_done(rq, inv_unit_change(w->o.inv, &act, &f, &r), &r);
}

/* One text that a thing is given. */
static int item_text(struct http_request *rq, struct web *w, const char *key,
	int (*give)(struct inv *inv, const struct inv_act *act, const char *text, struct refusal *r))
{
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	const char *text;
	bool done;
	int err = api_body_text(rq, key, &text, &done);

	return err || done ? err : api_done(rq, give(w->o.inv, &act, text, &r), &r);
}

int api_item_note(struct http_request *rq, void *ctx)
{
	return item_text(rq, ctx, "text", inv_unit_note);
}

int api_item_police(struct http_request *rq, void *ctx)
{
	return item_text(rq, ctx, "police", inv_unit_police);
}

/* --- codes --- */

static int codes_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "codes");
	struct inv_code *codes;
	struct inv_unit u;
	size_t n;
	int err = inv_unit_find(txn, job->rq->arena, http_param(job->rq, "code"), &u);

	if (err == 0)
		err = inv_unit_codes(job->rq->arena, &u, &codes, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "kind", inv_code_kind_name(codes[i].kind));
		doc_set_str(d, "code", codes[i].code);
	}
	return err;
}

int api_code_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, codes_in);
}

int api_code_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"kind", "code", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_code code = {.kind = INV_CODE_OTHER};
	struct refusal r = {0};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (doc_str(d, "kind") && inv_code_kind_parse(doc_str(d, "kind"), &code.kind) != 0)
		return api_bad_field(rq, "kind", "maker_serial, imei, gtin, gs1, iccid, other");
	code.code = doc_str(d, "code");
	if (text_empty(code.code))
		return api_missing_field(rq, "code");
	return api_done(rq, inv_code_add(w->o.inv, &act, &code, &r), &r);
}

int api_code_drop(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	const char *code = http_param(rq, "value");
	struct refusal r = {0};

	if (!code) /* a page sends it in its form: codes hold any sign */
		code = web_form_str(rq, "code");
	if (!code)
		return api_missing_field(rq, "code");
	return api_done(rq, inv_code_drop(w->o.inv, &act, code, &r), &r);
}

/* --- kits --- */

static int parts_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_part *p;
	struct inv_unit u;
	size_t n;
	int err = inv_unit_find(txn, job->rq->arena, http_param(job->rq, "code"), &u);

	if (err == 0)
		err = inv_kit_parts(txn, job->rq->arena, u.serial, &p, &n);
	if (err == 0)
		web_rows_doc(web_part_fields, p, sizeof(*p), n, doc_set_list(job->d, "parts"));
	if (err == 0)
		doc_set_int(job->d, "missing", u.parts_missing);
	return err;
}

int api_part_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, parts_in);
}

/* A line more; an empty body takes the product's list of parts. */
int api_part_add(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_part p = {0};
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = web_take_body(rq, web_part_fields, NULL, &p, &body, &done);

	if (err || done)
		return err;
	if (!doc_key(body, 0))
		return api_done(rq, inv_kit_begin(w->o.inv, &act, &r), &r);
	return api_done(rq, inv_kit_add(w->o.inv, &act, &p, &r), &r);
}

int api_part_drop(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	uint32_t pos;
	int err = api_number(rq, &pos);

	return err ? err : api_done(rq, inv_kit_drop(w->o.inv, &act, pos, &r), &r);
}

static int seen_of(const struct doc *d, struct inv_part_seen *ret)
{
	int64_t pos, present;

	if (!d || doc_int(d, "position", &pos) != 0 || doc_int(d, "present", &present) != 0 ||
		pos < 1 || pos > UINT32_MAX || present < 0 || present > 1000)
		return ERR_BADINPUT;
	*ret = (struct inv_part_seen){(uint32_t)pos, (uint32_t)present, doc_str(d, "note")};
	return api_note_ok(ret->note) ? 0 : ERR_BADINPUT;
}

int api_part_count(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"parts", NULL};
	struct inv_part_seen seen[INV_PARTS];
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	struct doc *d, *list;
	size_t n;
	int err = 0;

	if (web_form(rq)) {
		err = web_seen_of_form(rq, seen, &n);
		return err ? api_bad_field(rq, "present", "0, 1, 2 …")
			   : api_done(rq, inv_kit_count(w->o.inv, &act, seen, n, &r), &r);
	}
	err = api_body(rq, known, &d);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	list = doc_list(d, "parts");
	n = list ? doc_list_size(list) : 0;
	if (n == 0 || n > INV_PARTS)
		return api_bad_field(rq, "parts", "1-50");
	for (size_t i = 0; i < n; i++) {
		if (seen_of(doc_list_object(list, i), &seen[i]) != 0)
			return api_bad_field(rq, "parts", "position, present, note");
	}
	return api_done(rq, inv_kit_count(w->o.inv, &act, seen, n, &r), &r);
}

/* --- where it is --- */

int api_item_send(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"to", "note", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	struct doc *d;
	uint64_t id = 0;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (text_empty(doc_str(d, "to")))
		return api_missing_field(rq, "to");
	err = inv_transfer_send(w->o.inv, &act, doc_str(d, "to"), doc_str(d, "note"), &r, &id);
	return web_made(
		rq, err, &r, "transfer", arena_printf(rq->arena, "%llu", (unsigned long long)id));
}

int api_item_arrive(struct http_request *rq, void *ctx)
{
	return item_text(rq, ctx, "place", inv_transfer_arrive);
}

int api_item_shelve(struct http_request *rq, void *ctx)
{
	return item_text(rq, ctx, "place", inv_unit_shelve);
}

/* What is scanned where it arrives: the code stands in the form and not in the address. */
int page_transfer_arrive(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct inv_act act = api_act(rq);
	struct refusal r = {0};

	act.code = web_form_str(rq, "code");
	if (!act.code)
		return api_missing_field(rq, "code");
	if (!web_form_str(rq, "place"))
		return api_missing_field(rq, "place");
	return api_done(
		rq, inv_transfer_arrive(w->o.inv, &act, web_form_str(rq, "place"), &r), &r);
}
