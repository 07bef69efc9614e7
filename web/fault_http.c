/* SPDX-License-Identifier: EUPL-1.2 */
/* Faults, safety notices and photos over HTTP. */
#include "web/product_int.h"
#include "web/scope_int.h"

#include "base/text.h"

static int id_of(const struct http_request *rq, uint64_t *ret)
{
	return text_parse_u64(http_param(rq, "id"), ret) == 0 ? 0 : ERR_NOTFOUND;
}

static const char *id_text(const struct http_request *rq, uint64_t id)
{
	return arena_printf(rq->arena, "%llu", (unsigned long long)id);
}

/* --- faults --- */

static int fault_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_fault f;
	uint64_t id;
	int err = id_of(job->rq, &id);

	if (err == 0)
		err = inv_fault_get(txn, job->rq->arena, id, &f);
	if (err)
		return err;
	web_fields_doc(web_fault_fields, &f, job->d);
	return web_is_page(job->rq) ? web_fault_face(job, txn, &f) : 0;
}

int api_fault_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, fault_in, "fault");
}

int api_fault_add(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct inv_fault f = {0};
	struct refusal r = {0};
	struct doc *body;
	uint64_t id = 0;
	bool done;
	int err = web_take_body(rq, web_fault_fields, NULL, &f, &body, &done);

	if (err || done)
		return err;
	if (f.state == INV_FAULT_CLOSED)
		return api_bad_field(rq, "state", "open, at_service");
	err = inv_fault_add(w->o.inv, &act, &f, &r, &id);
	return web_made(rq, err, &r, "fault", id_text(rq, id));
}

int api_fault_step(struct http_request *rq, void *ctx)
{
	const struct inv_act act = api_act(rq);
	struct web *w = ctx;
	struct inv_fault f = {0};
	struct refusal r = {0};
	struct doc *body;
	bool done;
	int err = id_of(rq, &f.id);

	if (err == 0)
		err = web_take_body(rq, web_fault_fields, NULL, &f, &body, &done);
	if (err || done)
		return err;
	return api_done(rq, inv_fault_step(w->o.inv, &act, &f, &r), &r);
}

/* --- notices --- */

int api_item_notice_add(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct inv_notice n = {0};
	struct refusal r = {0};
	struct doc *body;
	uint64_t id = 0;
	bool done;
	int err = web_take_body(rq, web_notice_fields, NULL, &n, &body, &done);

	if (err || done)
		return err;
	err = inv_notice_add(w->o.inv, &api_caller(rq)->who, &n, rq->now, &r, &id);
	return web_made(rq, err, &r, "notice", id_text(rq, id));
}

int api_item_notice_handle(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"note", NULL};
	struct web *w = ctx;
	const struct inv_act act = api_act(rq);
	struct refusal r = {0};
	struct doc *d;
	uint64_t id;
	int err = id_of(rq, &id);

	if (err)
		return err;
	err = api_body(rq, known, &d);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return api_done(rq, inv_notice_handle(w->o.inv, &act, id, doc_str(d, "note"), &r), &r);
}

int api_item_notice_close(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct refusal r = {0};
	uint64_t id;
	int err = id_of(rq, &id);

	if (err)
		return err;
	return api_done(rq, inv_notice_close(w->o.inv, &api_caller(rq)->who, id, rq->now, &r), &r);
}

/* --- photos --- */

static unsigned zones_of(const struct http_request *rq)
{
	return INV_ZONED | api_people_caller(rq).zones;
}

/* What the path names: a unit by any of its codes, a product, a fault, or a loan of one's own zone. */
static int object_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *object;
	int err = web_photos_of(job, txn, &object);

	if (err == 0)
		doc_set_str(job->d, "object", object);
	return err;
}

static int photos_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct inv_photo *p;
	size_t n;
	int err = object_in(txn, job);

	if (err == 0)
		err = inv_photo_list(txn, doc_str(job->d, "object"),
			STORE_PIECE(job->rq->arena, NULL, 50), &p, &n);
	if (err == 0)
		web_rows_doc(web_photo_fields, p, sizeof(*p), n, doc_set_list(job->d, "photos"));
	return err;
}

int api_photo_list(struct http_request *rq, void *ctx)
{
	return api_read(rq, ctx, photos_in);
}

int api_photo_add(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct api_read job = {w, rq, doc_new(rq->arena)};
	const struct http_upload *up = web_form_file(rq, "photo");
	struct inv_act act = api_act(rq);
	struct refusal r = {0};
	uint64_t id = 0;
	int err = store_read(w->o.st, object_in, &job);

	if (err)
		return err;
	if (text_starts(doc_str(job.d, "object"), "loan:"))
		act.zones = zones_of(rq);
	if (web_form(rq) && (!up || up->content.n == 0))
		return api_missing_field(rq, "photo");
	err = inv_photo_add(w->o.inv, &act, doc_str(job.d, "object"),
		up ? web_form_str(rq, "note") : http_query(rq, "note"),
		up ? up->content : rq->body, &r, &id);
	return web_made(rq, err, &r, "photo", id_text(rq, id));
}

/* One address for the pictures of all: those of a loan are for who may the loan. */
static bool is_of_loan(const struct inv_photo *p)
{
	return text_starts(p->object, "loan:");
}

static int reaches(uint32_t areas, const struct inv_photo *p, struct refusal *r)
{
	return web_scope_reaches(areas, is_of_loan(p) ? WEB_AREA_LOANS : 0, r);
}

struct photo_read {
	struct arena *a;
	uint32_t areas;
	unsigned zones;
	uint64_t id;
	struct inv_photo p;
	struct bytes content;
	struct refusal r;
};

static int photo_in(struct store_txn *txn, void *arg)
{
	struct photo_read *p = arg;
	int err = inv_photo_get(txn, p->a, p->id, &p->p);

	if (err == 0)
		err = inv_photo_admit(txn, p->zones, p->p.object);
	if (err == 0)
		err = reaches(p->areas, &p->p, &p->r);
	return err ? err : inv_photo_read(txn, p->a, p->id, &p->p, &p->content);
}

int api_photo_get(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	struct photo_read p = {
		.a = rq->arena, .areas = api_caller(rq)->areas, .zones = zones_of(rq)};
	int err = id_of(rq, &p.id);

	if (err == 0)
		err = store_read(w->o.st, photo_in, &p);
	if (err)
		return api_done(rq, err, &p.r);
	http_reply_header(rq, "Cache-Control", "private, max-age=86400");
	return http_reply(rq, 200, p.p.type, p.content);
}

struct photo_of {
	struct arena *a;
	uint32_t areas;
	unsigned zones;
	uint64_t id;
	bool of_loan;
	struct refusal *r;
};

static int photo_of_in(struct store_txn *txn, void *arg)
{
	struct photo_of *x = arg;
	struct inv_photo p;
	int err = inv_photo_get(txn, x->a, x->id, &p);

	if (err == 0)
		err = inv_photo_admit(txn, x->zones, p.object);
	if (err == 0)
		err = reaches(x->areas, &p, x->r);
	x->of_loan = err == 0 && is_of_loan(&p);
	return err;
}

typedef int photo_fn(struct inv *inv, const struct inv_act *act, uint64_t id, struct refusal *r);

/* Who answers for the machines changes any thing's pictures, but no loan's. */
static int photo_work(struct http_request *rq, struct web *w, photo_fn *fn)
{
	struct refusal r = {0};
	struct photo_of x = {.a = rq->arena,
		.areas = api_caller(rq)->areas,
		.zones = zones_of(rq),
		.r = &r};
	struct inv_act act = api_act(rq);
	int err = id_of(rq, &x.id);

	if (err == 0)
		err = store_read(w->o.st, photo_of_in, &x);
	if (err)
		return api_done(rq, err, &r);
	if (x.of_loan)
		act.zones = zones_of(rq);
	return api_done(rq, fn(w->o.inv, &act, x.id, &r), &r);
}

int api_photo_remove(struct http_request *rq, void *ctx)
{
	return photo_work(rq, ctx, inv_photo_del);
}

int api_photo_restore(struct http_request *rq, void *ctx)
{
	return photo_work(rq, ctx, inv_photo_restore);
}
