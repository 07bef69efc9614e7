/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of faults, of safety notices, and of whom to call about one. */
#include "web/circulation_int.h"
#include "web/listed_int.h"
#include "web/product_int.h"

#include "base/text.h"

int web_listed_thing(struct web_walk *k, const char *serial, struct doc *row)
{
	struct api_read *job = k->job;
	struct inv_unit u;
	int err = text_empty(serial) ? ERR_NOTFOUND
				     : inv_unit_get(k->txn, job->rq->arena, serial, &u);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(row, "unit_title", web_unit_title(job, k->txn, &u));
	doc_set_str(row, "item_number", u.item_number);
	doc_set_str(row, "now_state", inv_state_name((enum inv_state)u.state));
	doc_set_str(row, "now_text",
		say_plain(inv_state_say((enum inv_state)u.state), job->rq->lang));
	doc_set_str(row, "product", text_empty(u.product_id) ? NULL : u.product_id);
	doc_set_str(row, "place", text_empty(u.place) ? NULL : u.place);
	return web_unit_place(job, k->txn, &u, row);
}

/* --- faults --- */

/* All there ever were stand by their time, the newest first; so do those of one thing. What is open
 * begins with what has waited longest. */
static bool is_all(const struct http_request *rq)
{
	return text_equal(http_query(rq, "all"), "yes") ||
	       text_equal(http_query(rq, "state"), "closed");
}

/* Of one thing, of all that are open, or of all there ever were. */
static int read_faults(struct web_walk *k, struct inv_fault **ret, size_t *ret_n)
{
	const struct http_request *rq = k->job->rq;
	const char *code = http_param(rq, "code");
	struct inv_unit u = {0};
	uint64_t after;
	int err = web_walk_after(k, &after);

	if (err == 0 && code)
		err = inv_unit_find(k->txn, rq->arena, code, &u);
	if (err)
		return err;
	if (!code && is_all(rq))
		return inv_fault_all(
			k->txn, STORE_PIECE_N(rq->arena, after, k->most), ret, ret_n);
	return inv_fault_list(
		k->txn, u.serial, STORE_PIECE_N(rq->arena, after, k->most), ret, ret_n);
}

static int walk_faults(struct web_walk *k)
{
	struct inv_fault *f = NULL;
	size_t n = 0;
	int err = read_faults(k, &f, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_fields_doc(web_fault_fields, &f[i], row);
		doc_set_str(row, "state_text",
			say_plain(inv_fault_state_say(f[i].state), k->job->rq->lang));
		if (web_is_page(k->job->rq))
			doc_set_str(row, "made_by", web_actor_text(k->txn, k->job->rq, f[i].made_by));
		err = web_listed_thing(k, f[i].serial, row);
	}
	if (err == 0)
		web_walk_next(k, n, n ? f[n - 1].id : 0);
	return err;
}

#define OF_FAULTS                                                                                  \
	{"symptom", "column.symptom", WEB_COL_SORT, "/faults/", "id"},                             \
	{"state_text", "column.state", WEB_COL_SORT, .shape = "repair"},                           \
	{"unit_title", "column.thing", WEB_COL_SORT, "/items/", "serial"},                         \
	{"serial", "column.serial", WEB_COL_FILE},                                                 \
	{"place_name", "column.place", WEB_COL_SORT},                                              \
	{"now_text", "column.now", WEB_COL_SORT, .look = "now_state"}
#define FAULTS_TOLD                                                                                \
	{"made_by", "column.made_by", WEB_COL_SORT | WEB_COL_FILE},                                \
	{"tried", "field.tried", WEB_COL_FILE}, {"outcome", "field.outcome", WEB_COL_FILE},        \
	{"closed", "column.done", WEB_COL_FILE}

static const struct web_col open_fault_columns[] = {
	OF_FAULTS,
	{"made", "column.reported", WEB_COL_OWN},
	FAULTS_TOLD,
	{0},
};
static const struct web_col all_fault_columns[] = {
	OF_FAULTS,
	{"made", "column.reported", WEB_COL_OWN | WEB_COL_DOWN},
	FAULTS_TOLD,
	{0},
};
static const struct web_sift fault_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"state", WEB_SIFT_SAME, "column.state", .word = inv_fault_state_name,
		.say = inv_fault_state_say},
	{"product", WEB_SIFT_SAME, "column.product", .options = web_options_product},
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{"all", WEB_SIFT_SOURCE, "sift.over", .choices = web_also_over,
		.every = "sift.not_over"},
	{0},
};
static const struct web_listed open_faults = {
	.list = "faults",
	.path = "/faults",
	.title = "place.faults",
	.none = "fault.none",
	.columns = open_fault_columns,
	.sifts = fault_sifts,
	.walk = walk_faults,
	.live = "item. fault.",
	.numbered = true,
};
static const struct web_listed all_faults = {
	.list = "faults",
	.path = "/faults",
	.title = "place.faults",
	.none = "fault.none",
	.columns = all_fault_columns,
	.sifts = fault_sifts,
	.walk = walk_faults,
	.live = "item. fault.",
	.numbered = true,
};

int api_fault_list(struct http_request *rq, void *ctx)
{
	bool newest_first = http_param(rq, "code") || is_all(rq);

	return web_listed(rq, ctx, newest_first ? &all_faults : &open_faults);
}

/* --- safety notices --- */

static int walk_notices(struct web_walk *k)
{
	const struct http_request *rq = k->job->rq;
	bool all = text_equal(http_query(rq, "all"), "yes");
	struct inv_notice *l = NULL;
	uint64_t before;
	size_t n = 0;
	int err = web_walk_after(k, &before);

	if (err == 0)
		err = inv_notice_list(
			k->txn, !all, STORE_PIECE_N(rq->arena, before, k->most), &l, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_fields_doc(web_notice_fields, &l[i], row);
		doc_set_int(row, "left", (int64_t)l[i].hits - l[i].handled);
	}
	if (err == 0)
		web_walk_next(k, n, n ? l[n - 1].id : 0);
	return err;
}

static const struct web_col notice_columns[] = {
	{"title", "column.notice", WEB_COL_SORT, "/safety-notices/", "id"},
	{"hits", "column.hits", WEB_COL_SORT | WEB_COL_DOWN},
	{"left", "column.left", WEB_COL_SORT | WEB_COL_DOWN},
	{"made", "column.made", WEB_COL_OWN | WEB_COL_DOWN},
	{"made_by", "column.made_by", WEB_COL_SORT},
	{"closed", "column.done", WEB_COL_SORT | WEB_COL_DOWN},
	{"source", "field.source", WEB_COL_FILE},
	{"text", "notice.text", WEB_COL_FILE},
	{0},
};
static const struct web_sift notice_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	{"product", WEB_SIFT_SAME, "column.product", .options = web_options_product},
	{"left", WEB_SIFT_SAID, "sift.left", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "sift.older", "made", .choices = web_ages},
	{"all", WEB_SIFT_SOURCE, "sift.over", .choices = web_also_over,
		.every = "sift.not_over"},
	{0},
};
static const struct web_listed notices = {
	.list = "notices",
	.path = "/safety-notices",
	.title = "notice.title",
	.none = "notice.none",
	.columns = notice_columns,
	.sifts = notice_sifts,
	.walk = walk_notices,
	.live = "notice.",
	.numbered = true,
};

int api_item_notice_list(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &notices);
}

/* --- the things of a notice, and who has them --- */

static int notice_id(const struct http_request *rq, uint64_t *ret)
{
	return text_parse_u64(http_param(rq, "id"), ret) == 0 ? 0 : ERR_NOTFOUND;
}

static int put_notice(struct api_read *job, struct store_txn *txn)
{
	struct inv_notice n;
	uint64_t id;
	int err = notice_id(job->rq, &id);

	if (err == 0)
		err = inv_notice_get(txn, job->rq->arena, id, &n);
	if (err)
		return err;
	web_fields_doc(web_notice_fields, &n, job->d);
	return web_is_page(job->rq) ? web_notice_face(job, txn) : 0;
}

typedef int put_fn(struct web_walk *k, const char *serial, struct doc *row);

/* Where it is now; whose, a list of things does not say. */
static int put_lent(struct web_walk *k, const char *serial, struct doc *row)
{
	struct inv_loan_line line;
	struct inv_loan loan;
	int err = inv_loan_of_unit(k->txn, k->job->rq->arena, serial, &loan, &line);

	doc_set_bool(row, "lent", err == 0);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* The loan that has it, when it is one of the caller's service. Of another service's is told that
 * it is lent, so that nobody takes it for one on the shelf. */
static int put_loan(struct web_walk *k, const char *serial, struct doc *row)
{
	const unsigned zones = api_people_caller(k->job->rq).zones;
	struct arena *a = k->job->rq->arena;
	struct inv_loan_line line;
	struct inv_loan loan;
	char number[INV_LOAN_NUMBER];
	int err = inv_loan_of_unit(k->txn, a, serial, &loan, &line);

	doc_set_bool(row, "lent", err == 0);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (!(loan.zone & zones)) {
		doc_set_str(row, "whose", web_text(k->job->rq->lang, "hold.other_zone"));
		return 0;
	}
	doc_set_str(row, "lent_loan", inv_loan_number(loan.id, number));
	doc_set_str(row, "borrower", loan.borrower);
	web_doc_opt_day(row, "due", line.due);
	return 0;
}

static int walk_each(struct web_walk *k, put_fn *put)
{
	struct arena *a = k->job->rq->arena;
	struct inv_notice_hit *hits = NULL;
	size_t n = 0;
	uint64_t id;
	int err = notice_id(k->job->rq, &id);

	if (err == 0)
		err = inv_notice_hits(k->txn, id, STORE_PIECE(a, k->after, k->most), &hits, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(k->rows);

		web_fields_doc(web_hit_fields, &hits[i], row);
		doc_set_bool(row, "open", !hits[i].handled_at);
		if (hits[i].unsure)
			doc_set_str(row, "check", web_text(k->job->rq->lang, "notice.check"));
		err = web_listed_thing(k, hits[i].serial, row);
		if (err == 0)
			err = put(k, hits[i].serial, row);
	}
	if (err == 0)
		web_walk_next_text(k, n, n ? hits[n - 1].serial : NULL);
	return err;
}

static int walk_hits(struct web_walk *k)
{
	return walk_each(k, put_lent);
}

static int walk_calls(struct web_walk *k)
{
	return walk_each(k, put_loan);
}

static const char *state_name(unsigned state)
{
	return state < INV_STATES ? inv_state_name((enum inv_state)state) : "unknown";
}

static const struct say *state_say(unsigned state)
{
	return inv_state_say((enum inv_state)state);
}

static const struct web_col hit_columns[] = {
	{"unit_title", "column.thing", WEB_COL_SORT, "/items/", "serial"},
	{"serial", "column.serial", WEB_COL_OWN | WEB_COL_FILE},
	{"now_text", "column.state", WEB_COL_SORT, .look = "now_state"},
	{"place_name", "column.place", WEB_COL_SORT},
	{"check", "column.check", WEB_COL_SORT | WEB_COL_DOWN},
	{"handled", "column.handled", WEB_COL_SORT | WEB_COL_DOWN},
	{"handled_by", "column.done_by", WEB_COL_FILE},
	{"note", "column.note"},
	{0},
};
#define OF_HITS                                                                                    \
	{"handled", WEB_SIFT_SAID, "sift.handled", .choices = web_yes_no},                         \
	{"lent", WEB_SIFT_SAID, "sift.lent", .choices = web_yes_no},                               \
	{"check", WEB_SIFT_SAID, "sift.check", .choices = web_yes_no},                             \
	{"state", WEB_SIFT_SAME, "column.state", "now_state", .word = state_name,                  \
		.say = state_say},                                                                 \
	{"place", WEB_SIFT_SAME, "column.place", .options = web_options_place}

static const struct web_sift hit_sifts[] = {
	{"q", WEB_SIFT_TEXT, "sift.text"},
	OF_HITS,
	{0},
};
/* No words: names are opened for the rows that are shown, so none could be found by them, and what
 * is typed stands in the address. */
static const struct web_sift call_sifts[] = {
	OF_HITS,
	{0},
};
static const struct web_listed hits = {
	.list = "items",
	.page = "notice",
	.path = "/safety-notices/{id}",
	.title = "notice.who",
	.none = "notice.no_hits",
	.columns = hit_columns,
	.sifts = hit_sifts,
	.walk = walk_hits,
	.beside = put_notice,
	.live = "notice. item. loan.",
	.rows = 30,
};

int api_item_notice_get(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &hits);
}

/* --- whom to call --- */

/* A look as before a call, one a person. Of a protected identity a list opens nothing: its page
 * does, with a reason, and the officer in charge is told. */
int web_listed_contact(struct api_read *job, struct store_txn *txn, struct doc *row)
{
	const struct people_caller who = api_people_caller(job->rq);
	const struct people_look look = {.why = PEOPLE_WHY_CALL};
	const char *id = doc_str(row, "borrower"), *word;
	struct people *p = job->w->o.people;
	struct people_borrower b;
	struct people_person x;
	struct refusal r = {0};
	int err = text_empty(id) ? ERR_NOTFOUND
				 : people_get(p, txn, job->rq->arena, who.zones, id, &b);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (b.is_protected || b.no_identity || b.person.n == 0) {
		err = people_short_name(p, txn, job->rq->arena, &who, id, job->rq->lang, &word);
		doc_set_str(row, "name", err ? NULL : word);
		return err;
	}
	err = people_read(p, txn, job->rq->arena, &who, &look, id, &x, &r);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(row, "name",
		arena_printf(job->rq->arena, "%s %s", x.given ? x.given : "",
			x.family ? x.family : ""));
	doc_set_str(row, "phone", x.phone);
	doc_set_str(row, "email", x.email);
	doc_set_str(row, "channel", x.channel);
	return 0;
}

static const struct web_col call_columns[] = {
	{"unit_title", "column.thing", WEB_COL_SORT, "/items/", "serial"},
	{"serial", "column.serial", WEB_COL_OWN | WEB_COL_FILE},
	{"now_text", "column.state", WEB_COL_SORT, .look = "now_state"},
	{"place_name", "column.place", WEB_COL_SORT | WEB_COL_FILE},
	{"lent_loan", "column.loan", WEB_COL_SORT, "/loans/", "lent_loan"},
	{"whose", "column.whose"},
	{"name", "column.borrower", WEB_COL_NAMES, "/borrowers/", "borrower"},
	{"phone", "field.phone", WEB_COL_NAMES},
	{"email", "field.email", WEB_COL_NAMES | WEB_COL_FILE},
	{"due", "column.last_day", WEB_COL_SORT | WEB_COL_FILE},
	{"check", "column.check", WEB_COL_SORT | WEB_COL_DOWN},
	{"handled", "column.handled", WEB_COL_SORT | WEB_COL_DOWN},
	{"note", "column.note", WEB_COL_FILE},
	{0},
};
static const struct web_listed calls = {
	.list = "calls",
	.path = "/safety-notices/{id}/calls",
	.title = "notice.calls",
	.none = "notice.no_hits",
	.columns = call_columns,
	.sifts = call_sifts,
	.walk = walk_calls,
	.beside = put_notice,
	.open = web_listed_contact,
	.live = "notice. item. loan.",
};

int api_item_notice_calls(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &calls);
}
