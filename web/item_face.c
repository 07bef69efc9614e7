/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands about a unit on its page: where it is, its codes, parts, faults, notices, photos, its
 * loan, and beside that how its iPad is. */
#include "web/product_int.h"

#include "base/text.h"
#include "web/circulation_int.h"

#define FAULTS_SHOWN 20
#define PHOTOS_SHOWN 6

int web_doc_place(struct api_read *job, struct store_txn *txn, struct doc *d, const char *key,
	const char *id)
{
	struct inv_place place;
	int err = text_empty(id) ? ERR_NOTFOUND : inv_place_get(txn, job->rq->arena, id, &place);

	if (err == 0)
		doc_set_str(d, key, inv_place_name(&place, job->rq->lang));
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What is lent or lost stands nowhere: the place is where it stood last, or its home. */
static const struct say say_home = {"item.place-home",
	{"{0}, hör hemma på {1}", "{0}, kotipaikka: {1}", "{0}, belongs at {1}"}};
static const struct say say_last = {
	"item.place-last", {"{0}, stod senast på {1}", "{0}, viimeksi: {1}", "{0}, stood last at {1}"}};

static bool is_out(unsigned state)
{
	return state == INV_ON_LOAN || state == INV_LOST || state == INV_STOLEN ||
	       state == INV_MISSING || state == INV_IN_TRANSIT;
}

int web_unit_place(
	struct api_read *job, struct store_txn *txn, const struct inv_unit *u, struct doc *d)
{
	enum say_lang lang = job->rq->lang;
	struct refusal said = {.say = &say_last};
	struct inv_place place;
	int err;

	if (!is_out(u->state))
		return web_doc_place(job, txn, d, "place_name", u->place);
	if (text_equal(u->place, u->home))
		said.say = &say_home;
	said.arg_say[0] = inv_state_say((enum inv_state)u->state);
	err = text_empty(u->place) ? ERR_NOTFOUND : inv_place_get(txn, job->rq->arena, u->place, &place);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	said.arg[1] = inv_place_name(&place, lang);
	doc_set_str(d, "place_name", refusal_text(job->rq->arena, lang, &said));
	return 0;
}

const char *web_unit_title(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	const char *number = text_empty(u->item_number) ? u->serial : u->item_number;
	const char *name = u->product;
	struct inv_product p;

	if (!text_empty(u->product_id) &&
		inv_product_get(txn, job->rq->arena, u->product_id, &p) == 0)
		name = inv_product_name(&p, job->rq->lang);
	return text_empty(name) ? number
				: arena_printf(job->rq->arena, "%s %s", name, number);
}

static const char *enum_text(
	const struct api_read *job, unsigned value, const struct say *(*say)(unsigned))
{
	return value ? say_plain(say(value), job->rq->lang) : NULL;
}

static int put_places(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	int err = web_unit_place(job, txn, u, job->d);

	if (err == 0 && !(is_out(u->state) && text_equal(u->place, u->home)))
		err = web_doc_place(job, txn, job->d, "home_name", u->home);
	return err ? err : web_doc_place(job, txn, job->d, "bound_name", u->bound_for);
}

static int put_codes(struct api_read *job, const struct inv_unit *u)
{
	struct doc *list = doc_set_list(job->d, "codes");
	struct inv_code *codes;
	size_t n;
	int err = inv_unit_codes(job->rq->arena, u, &codes, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		const char *kind = inv_code_kind_name(codes[i].kind);
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "code", codes[i].code);
		doc_set_str(row, "text",
			web_text(job->rq->lang, arena_printf(job->rq->arena, "name.code.%s", kind)));
		/* the others are changed where they were said */
		doc_set_bool(row, "can_drop",
			codes[i].kind != INV_CODE_ITEM && codes[i].kind != INV_CODE_SERIAL);
	}
	return err;
}

static int put_parts(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct doc *list = doc_set_list(job->d, "kit_parts");
	struct inv_part *p;
	size_t n;
	int err = inv_kit_parts(txn, job->rq->arena, u->serial, &p, &n);

	if (err)
		return err;
	web_rows_doc(web_part_fields, p, sizeof(*p), n, list);
	for (size_t i = 0; i < n; i++)
		doc_set_bool(doc_list_object(list, i), "short",
			p[i].present < p[i].expected && !p[i].consumable && !p[i].optional);
	doc_set_bool(job->d, "any_parts", n > 0);
	doc_set_bool(job->d, "is_kit", n > 0 || u->kind == INV_KIND_KIT);
	return 0;
}

static int put_faults(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct doc *list = doc_set_list(job->d, "faults");
	struct inv_fault *f;
	size_t n, open = 0;
	int err = inv_fault_list(
		txn, u->serial, STORE_PIECE(job->rq->arena, NULL, FAULTS_SHOWN), &f, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row;

		if (f[i].state == INV_FAULT_CLOSED)
			continue;
		row = doc_add_object(list);
		web_fields_doc(web_fault_fields, &f[i], row);
		doc_set_str(row, "state_text",
			say_plain(inv_fault_state_say(f[i].state), job->rq->lang));
		open++;
	}
	doc_set_bool(job->d, "any_faults", open > 0);
	return err;
}

static int put_notices(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct inv_notice *list;
	size_t n;
	int err = inv_notice_of(txn, job->rq->arena, u, &list, &n);

	if (err == 0)
		web_rows_doc(web_notice_fields, list, sizeof(*list), n,
			doc_set_list(job->d, "notices"));
	return err;
}

int web_troubles_face(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	int err = put_faults(job, txn, u);

	return err ? err : put_notices(job, txn, u);
}

static int put_photos(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	const char *object = arena_printf(job->rq->arena, "unit:%s", u->serial);
	struct inv_photo *photo;
	size_t n;
	int err = inv_photo_list(
		txn, object, STORE_PIECE(job->rq->arena, NULL, PHOTOS_SHOWN), &photo, &n);

	if (err == 0)
		web_rows_doc(web_photo_fields, photo, sizeof(*photo), n,
			doc_set_list(job->d, "photos"));
	return err;
}

/* Whose it is stands on the loan's own page. */
int web_lent_face(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct inv_loan_line line;
	struct inv_loan loan;
	struct doc *d;
	int32_t last;
	int err = inv_loan_of_unit(txn, job->rq->arena, u->serial, &loan, &line);

	if (err == 0)
		err = inv_lease_last(txn, job->rq->arena, u, &last);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	d = doc_set_object(job->d, "lent");
	web_loan_line_doc(&line, d, job->rq->lang);
	web_loan_doc(&loan, d);
	web_doc_opt_day(d, "due", line.due);
	/* somebody said another day for the lease after it was lent */
	doc_set_bool(d, "past_lease",
		inv_line_is_open(line.state) && last && line.due > last);
	doc_set_bool(d, "ours", loan.zone & api_people_caller(job->rq).zones);
	return 0;
}

/* A delivery list tells a SIM's number before anybody has entered the SIM itself. */
static int put_sim(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct inv_unit sim;
	int err = text_empty(u->sim) ? ERR_NOTFOUND
				     : inv_unit_find(txn, job->rq->arena, u->sim, &sim);

	doc_set_bool(job->d, "sim_page",
		err == 0 && sim.kind == INV_KIND_SIM && (api_caller(job->rq)->roles & API_CARE));
	return err == ERR_NOTFOUND ? 0 : err;
}

/* How the iPad is, beside the loan. */
static int put_ipad(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	struct doc *d;

	if (!u->enrolled)
		return 0;
	d = doc_set_object(job->d, "ipad");
	return web_device_doc(
		job->w, txn, u->serial, d, job->rq->arena, job->rq->lang, job->rq->now);
}

/* What may be done to it now, besides its marks. */
static void put_can(struct api_read *job, const struct inv_unit *u)
{
	struct doc *can = doc_object(job->d, "can");
	bool items = api_caller(job->rq)->roles & API_ITEMS;

	doc_set_bool(can, "arrive", items && u->state == INV_IN_TRANSIT);
	doc_set_bool(can, "plan",
		(api_caller(job->rq)->roles & API_PEOPLE) &&
			(u->state == INV_IN_STOCK || u->state == INV_DELIVERED));
	doc_set_bool(can, "move", items && u->state == INV_IN_STOCK);
	doc_set_bool(can, "inspect", items && u->state == INV_HANDED_IN && !text_empty(u->loan));
	doc_set_bool(job->d, "own_serial", !text_equal(u->serial, u->item_number));
	doc_set_bool(job->d, "is_sim", u->kind == INV_KIND_SIM);
	doc_set_bool(job->d, "was_lent", u->loans > 0);
	doc_set_int(job->d, "times_lent", u->loans);
}

int web_unit_face(struct api_read *job, struct store_txn *txn, const struct inv_unit *u)
{
	static int (*const parts[])(
		struct api_read *, struct store_txn *, const struct inv_unit *) = {put_places,
		put_parts, put_photos, put_sim, put_ipad};
	int err = put_codes(job, u);

	doc_set_str(job->d, "condition_text", enum_text(job, u->condition, inv_condition_say));
	doc_set_str(job->d, "ownership_text", enum_text(job, u->ownership, inv_ownership_say));
	web_doc_kronor(job->rq->arena, job->d, "price");
	put_can(job, u);
	for (size_t i = 0; err == 0 && i < sizeof(parts) / sizeof(parts[0]); i++)
		err = parts[i](job, txn, u);
	return err;
}
