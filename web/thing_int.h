/* SPDX-License-Identifier: EUPL-1.2 */
/* Records of things as JSON and back, by one table each. */
#ifndef WEB_THING_INT_H
#define WEB_THING_INT_H

#include "web/api_int.h"

enum web_field_kind {
	WEB_FIELD_STR,
	WEB_FIELD_INT,    /* int64_t */
	WEB_FIELD_SIGNED, /* int; -1 is "nothing said" */
	WEB_FIELD_U32,
	WEB_FIELD_BOOL,
	WEB_FIELD_DAY,  /* int32_t, "2026-11-21" */
	WEB_FIELD_TIME, /* int64_t, only told */
	WEB_FIELD_WORD  /* uint32_t with a name */
};
struct web_field {
	const char *key;
	enum web_field_kind kind;
	size_t offset;
	const char *(*name)(unsigned); /* WEB_FIELD_WORD; also with a _SIGNED */
	bool told;                     /* never taken from outside */
};
#define WEB_FIELDS_MOST 40

/* What the document says, into the record; what it does not say stays. A key that is no field is
 * refused by name, but for those in `besides` (NULL-ended, may be NULL). ERR_BADINPUT with the
 * field in *ret_bad. Texts are the document's. */
int web_fields_take(const struct web_field *f, const struct doc *d, const char *const *besides,
	void *record, const char **ret_bad) MUST_CHECK;
/* A number, or the digits of one from a form; what a form leaves empty is 0. ERR_BADINPUT. */
int web_number_of(const struct doc *d, const char *key, int64_t *ret) MUST_CHECK;
/* What a field takes, as an example; NULL: there is none to give. */
const char *web_field_form(struct arena *a, const struct web_field *f, const char *key);
/* Every field that says something. */
void web_fields_doc(const struct web_field *f, const void *record, struct doc *d);

extern const struct web_field web_product_fields[], web_place_fields[], web_part_fields[],
	web_sim_fields[], web_transfer_fields[], web_lease_fields[], web_delivery_fields[],
	web_fault_fields[], web_notice_fields[], web_hit_fields[], web_photo_fields[],
	web_item_fields[];

/* The body's fields into the record; 0 with *ret_done false, or the reply was made. */
int web_take_body(struct http_request *rq, const struct web_field *f, const char *const *besides,
	void *record, struct doc **ret_body, bool *ret_done) MUST_CHECK;
/* {"id": …} with 201, or the refusal. */
int web_made(
	struct http_request *rq, int err, const struct refusal *r, const char *key, const char *id);
/* A page of rows of any table: reads `n` records of `size` from a list function. */
void web_rows_doc(
	const struct web_field *f, const void *rows, size_t size, size_t n, struct doc *list);
/* One hit of a search: kind, id, name, and the thing it is. */
int web_found_row(struct store_txn *txn, const struct http_request *rq,
	const struct inv_found *f, struct doc *d) MUST_CHECK;
/* ?after= as a number. */
int web_after_number(const struct http_request *rq, uint64_t *ret) MUST_CHECK;
/* What the next piece is asked for by, behind `last`: ready for an address in a page. */
const char *web_next_text(const struct http_request *rq, const char *last);
/* "next" of a piece of `n` whose last one is `id`, when it is full. */
void web_next_number(struct api_read *job, size_t n, uint64_t id);

#endif
