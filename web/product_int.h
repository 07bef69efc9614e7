/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of products, units and places: what they show beside the API's document. */
#ifndef WEB_PRODUCT_INT_H
#define WEB_PRODUCT_INT_H

#include "print/print.h"
#include "web/form_int.h"

/* A row of their lists. (catalogue_http.c, place_face.c) */
int web_product_row(struct api_read *job, struct store_txn *txn, const struct inv_product *p,
	struct doc *row) MUST_CHECK;
int web_place_row(struct api_read *job, struct store_txn *txn, const struct inv_place *p,
	struct doc *row) MUST_CHECK;

/* --- product_face.c --- */
int web_product_face(
	struct api_read *job, struct store_txn *txn, const struct inv_product *p) MUST_CHECK;
/* "of_use_percent", when enough have said. (rating_http.c) */
void web_of_use_doc(const struct inv_product *p, struct doc *d);
/* "id" of the body; of a page's form one made of the name. */
const char *web_id_of(const struct http_request *rq, const struct doc *body);
/* "349 kr" as KEY_text beside KEY_ore, when that is something. */
void web_doc_kronor(struct arena *a, struct doc *d, const char *key);

/* --- item_face.c --- */
/* Its open faults and the safety notices that name it, as every page about it has them. */
int web_troubles_face(
	struct api_read *job, struct store_txn *txn, const struct inv_unit *u) MUST_CHECK;
/* What stands about a unit on its page, besides its story and acts (web_item_face()). */
int web_unit_face(struct api_read *job, struct store_txn *txn, const struct inv_unit *u) MUST_CHECK;
/* The name of a place under `key`; nothing when there is none. */
int web_doc_place(struct api_read *job, struct store_txn *txn, struct doc *d, const char *key,
	const char *id) MUST_CHECK;
/* "place_name" of a unit: of what is lent, lost or on its way that it is, and that the place is its home
 * or where it stood last. */
int web_unit_place(struct api_read *job, struct store_txn *txn, const struct inv_unit *u,
	struct doc *d) MUST_CHECK;
/* What the path names, as pictures are of: "unit:", "product:", "fault:", "loan:"; ERR_NOTFOUND, of a loan of
 * another zone as well. */
int web_photos_of(struct api_read *job, struct store_txn *txn, const char **ret_object) MUST_CHECK;
/* Its pictures, on the page of what they are of. */
int web_photos_put(struct api_read *job, struct store_txn *txn, const char *object) MUST_CHECK;
/* What a thing is called: its product's name, else what a list called it, else its number. */
const char *web_unit_title(
	struct api_read *job, struct store_txn *txn, const struct inv_unit *u);

/* --- agreement_http.c --- */
int api_reply_pdf(struct http_request *rq, struct buf *pdf, const char *name);
/* ?percent=: how large the type is to be; 100 unless told. ERR_BADINPUT. */
int api_percent(const struct http_request *rq, unsigned *ret) MUST_CHECK;

/* --- part_http.c: lines of a kit as a page's form has them: "name_1", "present_1" … --- */
int web_parts_of_form(struct http_request *rq, struct inv_part *parts, size_t *ret_n) MUST_CHECK;
int web_seen_of_form(
	struct http_request *rq, struct inv_part_seen *seen, size_t *ret_n) MUST_CHECK;

/* --- place_face.c, fault_face.c, sim_face.c --- */
int web_place_face(
	struct api_read *job, struct store_txn *txn, const struct inv_place *p) MUST_CHECK;
int web_transfer_list_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
int web_fault_face(
	struct api_read *job, struct store_txn *txn, const struct inv_fault *f) MUST_CHECK;
/* --- import_http.c --- */
/* Each line and what becomes of it. */
void web_import_verdicts(
	const struct http_request *rq, const struct inv_import_report *r, struct doc *d);

/* --- lease_face.c, delivery_face.c --- */
/* To the page of what was made; a program is told that it is done. */
int web_agreed_made(struct http_request *rq, int err, const struct refusal *r, const char *id);
/* Counts and costs, and in job->d how many things are in each state. */
int web_lease_counts(struct api_read *job, struct store_txn *txn, const struct inv_lease *l,
	struct doc *d) MUST_CHECK;
int web_lease_face(
	struct api_read *job, struct store_txn *txn, const struct inv_lease *l) MUST_CHECK;
void web_delivery_sums(struct api_read *job, const struct inv_delivery *l, struct doc *d);
int web_delivery_things(
	struct api_read *job, struct store_txn *txn, const struct inv_delivery *l) MUST_CHECK;
int web_delivery_face(
	struct api_read *job, struct store_txn *txn, const struct inv_delivery *l) MUST_CHECK;
int web_notice_face(struct api_read *job, struct store_txn *txn) MUST_CHECK;
int web_sim_face(
	struct api_read *job, struct store_txn *txn, const struct inv_sim *sim) MUST_CHECK;

/* --- agreement_http.c --- */
int web_labels_reply(
	struct http_request *rq, const struct print_label *label, size_t n, unsigned skip);

#endif
