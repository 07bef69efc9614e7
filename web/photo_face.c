/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of the pictures of a unit or a product, with the form of one more. */
#include "web/circulation_int.h"
#include "web/product_int.h"

#include "base/text.h"

#define PHOTOS_SHOWN 50

static const struct web_input inputs[] = {
	{.name = "photo", .kind = WEB_INPUT_FILE, .hint = "photos.hint"},
	{.name = "note", .hint = "form.no_names"},
	{0},
};

/* --- what the path names --- */

/* {number}: a loan of one's own zone. */
static int of_loan(struct api_read *job, struct store_txn *txn, const char **ret_object)
{
	struct arena *a = job->rq->arena;
	char number[INV_LOAN_NUMBER];
	uint64_t id;
	int err = inv_loan_number_parse(http_param(job->rq, "number"), &id) == 0 ? 0 : ERR_NOTFOUND;

	if (err == 0)
		err = inv_photo_admit(txn, INV_ZONED | api_people_caller(job->rq).zones,
			inv_loan_photos(a, id));
	if (err)
		return err;
	*ret_object = inv_loan_photos(a, id);
	inv_loan_number(id, number);
	doc_set_str(job->d, "title",
		arena_printf(a, "%s %s", web_text(job->rq->lang, "loan.title"), number));
	doc_set_str(job->d, "above", arena_printf(a, "/loans/%s", number));
	return 0;
}

/* {id}: a fault. */
static int of_fault(struct api_read *job, struct store_txn *txn, const char **ret_object)
{
	struct arena *a = job->rq->arena;
	struct inv_fault f;
	struct inv_unit u;
	uint64_t id;
	int err = api_id(job->rq, &id);

	if (err == 0)
		err = inv_fault_get(txn, a, id, &f);
	if (err == 0)
		err = inv_unit_get(txn, a, f.serial, &u);
	if (err)
		return err;
	*ret_object = arena_printf(a, "fault:%llu", (unsigned long long)id);
	doc_set_str(job->d, "title",
		arena_printf(a, "%s: %s", web_text(job->rq->lang, "fault.title"),
			web_unit_title(job, txn, &u)));
	doc_set_str(job->d, "above", arena_printf(a, "/faults/%llu", (unsigned long long)id));
	return 0;
}

/* A product, or a unit by any of its codes. */
static int of_thing(struct api_read *job, struct store_txn *txn, const char **ret_object)
{
	struct arena *a = job->rq->arena;
	const char *product = http_param(job->rq, "product"), *id;
	struct inv_product p;
	struct inv_unit u;
	int err = product ? inv_product_get(txn, a, product, &p)
			  : inv_unit_find(txn, a, http_param(job->rq, "code"), &u);

	if (err)
		return err;
	id = product ? p.id : u.serial;
	doc_set_str(job->d, "title",
		product ? inv_product_name(&p, job->rq->lang) : web_unit_title(job, txn, &u));
	doc_set_str(job->d, "above",
		arena_printf(a, "/%s/%s", product ? "products" : "items", web_escape(a, id)));
	*ret_object = arena_printf(a, "%s:%s", product ? "product" : "unit", id);
	return 0;
}

static int object_of(struct api_read *job, struct store_txn *txn, const char **ret_object)
{
	if (http_param(job->rq, "number"))
		return of_loan(job, txn, ret_object);
	return http_param(job->rq, "id") ? of_fault(job, txn, ret_object)
					 : of_thing(job, txn, ret_object);
}

int web_photos_of(struct api_read *job, struct store_txn *txn, const char **ret_object)
{
	struct api_read unsaid = {job->w, job->rq, doc_new(job->rq->arena)};

	return object_of(&unsaid, txn, ret_object);
}

/* The one that was just removed can be put back from here. */
static int put_removed(struct api_read *job, struct store_txn *txn, const char *object)
{
	const char *s = http_query(job->rq, "photo");
	struct inv_photo p;
	uint64_t id;
	int err = s && text_parse_u64(s, &id) == 0 ? inv_photo_get(txn, job->rq->arena, id, &p)
						   : ERR_NOTFOUND;

	if (err == 0 && p.removed_at && text_equal(p.object, object))
		doc_set_int(job->d, "removed", (int64_t)id);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int photos_in(struct store_txn *txn, void *arg)
{
	static const struct web_form f = {
		.title = "photos.add", .button = "photos.add_button", .inputs = inputs};
	struct api_read *job = arg;
	struct web_form_ask ask = {.job = job, .txn = txn, .form = &f};
	struct inv_photo *p;
	const char *object;
	size_t n;
	int err = object_of(job, txn, &object);

	if (err == 0)
		err = inv_photo_list(txn, object,
			STORE_PIECE(job->rq->arena, NULL, PHOTOS_SHOWN), &p, &n);
	if (err)
		return err;
	web_rows_doc(web_photo_fields, p, sizeof(*p), n, doc_set_list(job->d, "photos"));
	doc_set_bool(job->d, "any", n > 0);
	err = put_removed(job, txn, object);
	if (err)
		return err;
	ask.next = arena_printf(
		job->rq->arena, "%s/photos?done=photo-added", doc_str(job->d, "above"));
	ask.back = doc_str(job->d, "above");
	return web_form_put(&ask, "asked");
}

int web_photos_put(struct api_read *job, struct store_txn *txn, const char *object)
{
	struct inv_photo *p;
	size_t n;
	int err = inv_photo_list(
		txn, object, STORE_PIECE(job->rq->arena, NULL, PHOTOS_SHOWN), &p, &n);

	if (err == 0)
		web_rows_doc(web_photo_fields, p, sizeof(*p), n, doc_set_list(job->d, "photos"));
	if (err == 0)
		doc_set_bool(job->d, "any_photos", n > 0);
	return err;
}

int page_photos(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, photos_in, "photos");
}
