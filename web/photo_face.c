/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of the pictures of a unit or a product, with the form of one more. */
#include "web/product_int.h"

#include "base/text.h"

#define PHOTOS_SHOWN 50

static const struct web_input inputs[] = {
	{.name = "photo", .kind = WEB_INPUT_FILE, .hint = "photos.hint"},
	{.name = "note", .hint = "form.no_names"},
	{0},
};

/* What the path names: a product, or a unit by any of its codes. */
static int object_of(struct api_read *job, struct store_txn *txn, const char **ret_object)
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
	ask.next = arena_printf(
		job->rq->arena, "%s/photos?done=photo-added", doc_str(job->d, "above"));
	ask.back = doc_str(job->d, "above");
	return web_form_put(&ask, "asked");
}

int page_photos(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, photos_in, "photos");
}
