/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom to call about what is late: one row a borrower, with all that is late, what was said last and
 * when to call again; and a call that is noted. */
#include "web/circulation_int.h"
#include "web/listed_int.h"
#include "web/product_int.h"
#include "web/start_int.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define THINGS_MOST 4096
#define LETTER_MOST (32u << 20)
#define COUNTED 50   /* on the start page: "more than" behind that */
#define LOOKED 200   /* late lines it reads for that */

/* --- one borrower --- */

struct calling {
	struct api_read *job;
	struct store_txn *txn;
	int32_t today;
	const char *product, *place; /* NULL: of any */
	struct arena *scratch; /* what was read of one row: those of a list are many, and few stand */
	struct doc *known;     /* by borrower: the loan and line that stands for them */
};

static struct calling calling_of(struct api_read *job, struct store_txn *txn)
{
	const char *product = http_query(job->rq, "product"), *place = http_query(job->rq, "place");

	return (struct calling){.job = job,
		.txn = txn,
		.today = day_of_time(job->rq->now),
		.product = text_empty(product) ? NULL : product,
		.place = text_empty(place) ? NULL : place};
}

static bool is_asked(const struct calling *c, const struct inv_loan_row *r)
{
	return (!c->product || text_equal(c->product, r->line.product)) &&
	       (!c->place || text_equal(c->place, r->loan.place));
}

/* The first of their late things that is asked for stands for the borrower. NULL: none is. */
static const struct inv_loan_line *first_asked(const struct calling *c, const struct inv_late *late)
{
	for (size_t i = 0; i < late->n; i++) {
		if (is_asked(c, &late->rows[i]))
			return &late->rows[i].line;
	}
	return NULL;
}

#define LINE_TEXT 40

static const char *line_text(const struct inv_loan_line *l, char ret[LINE_TEXT])
{
	snprintf(ret, LINE_TEXT, "%llu %u", (unsigned long long)l->loan, (unsigned)l->no);
	return ret;
}

/* Does this row stand for its borrower? ERR_NOTFOUND: no. All that is late with one is read once,
 * when their first row is met, however many more of theirs follow. */
static int stands_for(const struct calling *c, const struct inv_loan_row *r, struct inv_late *ret)
{
	const struct inv_late_ask ask = {
		api_people_caller(c->job->rq).zones, r->loan.borrower, c->today};
	const struct inv_loan_line *first;
	char own[LINE_TEXT], text[LINE_TEXT];
	const char *known;
	int err;

	if (text_empty(r->loan.borrower) || !inv_line_is_late(&r->line, c->today) ||
		!is_asked(c, r))
		return ERR_NOTFOUND;
	known = doc_str(c->known, r->loan.borrower);
	line_text(&r->line, own);
	if (known && !text_equal(known, own))
		return ERR_NOTFOUND;
	err = inv_late_of(c->txn, c->scratch, &ask, ret);
	if (err)
		return err;
	first = first_asked(c, ret);
	doc_set_str(c->known, r->loan.borrower, first ? line_text(first, text) : "");
	return first && text_equal(own, text) ? 0 : ERR_NOTFOUND;
}

static const char *things_of(struct arena *a, const struct inv_late *late)
{
	AUTO(buf) struct buf b = BUF_INIT(THINGS_MOST);

	for (size_t i = 0; i < late->n; i++) {
		const struct inv_loan_line *l = &late->rows[i].line;

		buf_printf(&b, "%s%s", i ? ", " : "", l->name ? l->name : l->serial);
	}
	return arena_strdup(a, buf_str(&b));
}

static int put_lang(const struct calling *c, const char *borrower, struct doc *row)
{
	const struct http_request *rq = c->job->rq;
	struct people_borrower b;
	int err = people_get(c->job->w->o.people, c->txn, c->scratch, api_people_caller(rq).zones,
		borrower, &b);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(row, "lang", say_lang_name((enum say_lang)b.lang));
	doc_set_str(row, "lang_text",
		web_text(rq->lang, arena_printf(rq->arena, "name.lang.%s",
					   say_lang_name((enum say_lang)b.lang))));
	return 0;
}

static int put_row(const struct calling *c, const struct inv_loan *loan, const struct inv_late *late,
	struct doc *row)
{
	const struct http_request *rq = c->job->rq;
	char number[INV_LOAN_NUMBER];
	int err;

	doc_set_str(row, "loan", inv_loan_number(loan->id, number));
	doc_set_str(row, "borrower", loan->borrower);
	doc_set_str(row, "things", things_of(c->scratch, late));
	doc_set_int(row, "count", (int64_t)late->n);
	web_doc_opt_day(row, "due", late->rows[0].line.due);
	web_doc_opt(row, "place", loan->place);
	if (late->said)
		web_contact_doc(late->said, row, rq->lang);
	doc_set_bool(row, "call_now", !late->said || inv_contact_again(late->said) <= c->today);
	doc_set_bool(row, "broken", late->said && inv_contact_broken(late->said, c->today));
	err = web_doc_place(c->job, c->txn, row, "place_name", loan->place);
	return err ? err : put_lang(c, loan->borrower, row);
}

/* --- the list --- */

static int put_if_stands(const struct calling *c, const struct inv_loan_row *r, struct doc *rows)
{
	struct inv_late late;
	int err = stands_for(c, r, &late);

	if (err == 0)
		err = put_row(c, &r->loan, &late, doc_add_object(rows));
	arena_reset(c->scratch);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int walk_late(struct web_walk *k)
{
	AUTO(arena) struct arena *piece = arena_new(), *scratch = arena_new();
	struct calling c = calling_of(k->job, k->txn);
	const struct inv_loan_ask ask = {
		.order = c.product ? INV_LOANS_OF_PRODUCT : INV_LOANS_DUE,
		.key = c.product,
		.zones = api_people_caller(k->job->rq).zones,
		.to = c.today - 1,
		.after = k->after,
		.most = k->most};
	struct inv_loan_row *rows;
	const char *next = NULL;
	size_t n = 0;
	int err = inv_loan_list(k->txn, piece, &ask, &rows, &n, &next);

	if (!k->known)
		k->known = doc_new(k->job->rq->arena);
	c.known = k->known;
	c.scratch = scratch;
	for (size_t i = 0; err == 0 && i < n; i++)
		err = put_if_stands(&c, &rows[i], k->rows);
	k->next = err == 0 && next ? arena_strdup(k->job->rq->arena, next) : NULL;
	return err;
}

static int dress(struct api_read *job, struct store_txn *txn, struct doc *row, size_t i)
{
	(void)txn;
	(void)i;
	doc_set_str(row, "call_text", web_text(job->rq->lang, "late.note"));
	if (doc_bool(row, "broken", false)) {
		doc_set_str(row, "said_look", "waits");
		doc_set_str(row, "contact_text",
			arena_printf(job->rq->arena, "%s (%s)", doc_str(row, "contact_text"),
				web_text(job->rq->lang, "late.broken")));
	}
	return 0;
}

static const struct web_col columns[] = {
	{"things", "column.late_things", WEB_COL_SORT, "/loans/", "loan"},
	{"due", "column.last_day", WEB_COL_OWN},
	{"name", "column.borrower", WEB_COL_NAMES, "/borrowers/", "borrower"},
	{"phone", "field.phone", WEB_COL_NAMES},
	{"email", "field.email", WEB_COL_NAMES | WEB_COL_FILE},
	{"lang_text", "column.speaks", WEB_COL_SORT},
	{"place_name", "column.place_lent", WEB_COL_SORT | WEB_COL_FILE},
	{"contact_text", "column.last_call", WEB_COL_SORT, .look = "said_look"},
	{"contacted", "column.called", WEB_COL_SORT | WEB_COL_DOWN},
	{"promised", "column.promised", WEB_COL_SORT},
	{"contacts", "column.calls", WEB_COL_FILE},
	{"loan", "column.loan", WEB_COL_FILE},
	{"call_text", "column.call_note", WEB_COL_PAGE, "/loans/calls/", "loan"},
	{0},
};
/* No words: what is typed stands in the address, and it would be names. */
static const struct web_sift sifts[] = {
	{"call_now", WEB_SIFT_SAID, "sift.call_now", .choices = web_yes_no},
	{"broken", WEB_SIFT_SAID, "sift.broken", .choices = web_yes_no},
	{"older", WEB_SIFT_AGE, "sift.late_for", "due", .choices = web_ages},
	{"product", WEB_SIFT_SOURCE, "column.product", .options = web_options_product},
	{"place", WEB_SIFT_SOURCE, "column.place_lent", .options = web_options_place},
	{0},
};
static const struct web_listed calls = {
	.list = "calls",
	.page = "late-calls",
	.path = "/loans/calls",
	.title = "late.calls",
	.none = "late.none",
	.columns = columns,
	.sifts = sifts,
	.walk = walk_late,
	.dress = dress,
	.open = web_listed_contact,
	.live = "loan.",
};

int api_loan_calls(struct http_request *rq, void *ctx)
{
	return web_listed(rq, ctx, &calls);
}

/* --- how many today --- */

static int count_if_stands(const struct calling *c, const struct inv_loan_row *r, size_t *count)
{
	struct inv_late late;
	int err = stands_for(c, r, &late);

	if (err == 0)
		*count += !late.said || inv_contact_again(late.said) <= c->today;
	arena_reset(c->scratch);
	return err == ERR_NOTFOUND ? 0 : err;
}

int web_start_calls(struct store_txn *txn, struct api_read *job)
{
	AUTO(arena) struct arena *list = arena_new(), *scratch = arena_new();
	const struct calling c = {.job = job,
		.txn = txn,
		.today = day_of_time(job->rq->now),
		.scratch = scratch,
		.known = doc_new(list)};
	const struct inv_loan_ask ask = {.order = INV_LOANS_DUE,
		.zones = api_people_caller(job->rq).zones,
		.to = c.today - 1,
		.most = LOOKED,
		.look = web_loan_look(job->rq)};
	struct inv_loan_row *rows;
	const char *next = NULL;
	size_t n = 0, count = 0;
	int err = inv_loan_list(txn, list, &ask, &rows, &n, &next);

	for (size_t i = 0; err == 0 && i < n && count < COUNTED; i++)
		err = count_if_stands(&c, &rows[i], &count);
	doc_set_int(job->d, "calls", (int64_t)count);
	doc_set_bool(job->d, "any_calls", count > 0);
	doc_set_bool(job->d, "more_calls", count == COUNTED || (next && count > 0));
	return err;
}

/* --- a call --- */

/* "A B", or ["A", "B"]; NULL: of all. */
static const char *const *things_meant(
	struct http_request *rq, const char *typed, const struct doc *list)
{
	size_t n = typed ? strlen(typed) : doc_list_size(list);
	const char **ret = ARENA_ARRAY(rq->arena, const char *, n + 1);
	char *word, *save = NULL;
	size_t at = 0;

	if (!typed && !list)
		return NULL;
	for (size_t i = 0; !typed && i < n; i++)
		ret[at++] = doc_list_str(list, i) ? doc_list_str(list, i) : "";
	for (word = typed ? strtok_r(arena_strdup(rq->arena, typed), " ", &save) : NULL; word;
		word = strtok_r(NULL, " ", &save))
		ret[at++] = word;
	ret[at] = NULL;
	return ret;
}

static int read_contacted(struct http_request *rq, const struct doc *in, struct inv_contacted *ret)
{
	int err = api_day(rq, in, "promised", &ret->promised);

	if (err)
		return err;
	ret->serials = things_meant(rq, doc_str(in, "things"), doc_list(in, "things"));
	if (!doc_has(in, "contact"))
		return api_missing_field(rq, "contact") == 0 ? ERR_BADINPUT : ERR_INTERNAL;
	if (inv_contact_parse(doc_str(in, "contact"), &ret->how) != 0)
		return api_bad_field(rq, "contact",
			       "reached, no_answer, message, wrong_number, promised, letter") == 0
			       ? ERR_BADINPUT
			       : ERR_INTERNAL;
	return 0;
}

/* The page's button notes that it is sent, and leads to the letter. */
static bool ends_in_letter(const struct http_request *rq)
{
	return web_is_page(rq) && strstr(rq->path, "/reminder");
}

static const char *letter_of(struct http_request *rq, const struct doc *in)
{
	const char *things = doc_str(in, "things");

	return arena_printf(rq->arena, "/loans/%s/reminder?things=%s",
		web_escape(rq->arena, http_param(rq, "number")),
		things ? web_escape(rq->arena, things) : "");
}

int api_loan_called(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"contact", "promised", "things", NULL};
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_contacted x = {0};
	struct refusal r = {0};
	struct doc *in;
	int err = api_loan_number(rq, &x.loan);

	if (err)
		return err;
	err = api_body(rq, known, &in);
	if (err == 0)
		err = read_contacted(rq, in, &x);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_contacted(w->o.inv, &by, &x, &r);
	if (err == 0 && ends_in_letter(rq))
		return http_reply_see_other(rq, letter_of(rq, in));
	return api_done(rq, err, &r);
}

/* --- a reminder to print --- */

int api_loan_reminder(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_caller(rq);
	const char *things = http_query(rq, "things");
	AUTO(buf) struct buf pdf = BUF_INIT(LETTER_MOST);
	struct web *w = ctx;
	struct inv_reminder_ask ask = {.organisation = web_organisation(w),
		.phone = web_contact(w),
		.serials = things_meant(rq, text_empty(things) ? NULL : things, NULL)};
	struct refusal r = {0};
	int err = api_loan_number(rq, &ask.loan);

	if (err == 0)
		err = api_percent(rq, &ask.percent);
	if (err == 0)
		err = inv_reminder_pdf(w->o.inv, &who, &ask, &pdf, &r);
	if (err == ERR_REFUSED)
		return http_reply_refusal(rq, &r);
	return err ? err : api_reply_pdf(rq, &pdf, http_param(rq, "number"));
}

/* --- its page --- */

static const struct web_input inputs[] = {{.name = "contact",
						  .kind = WEB_INPUT_CHOICE,
						  .needed = true,
						  .word = inv_contact_name,
						  .say = inv_contact_say},
	{.name = "promised", .kind = WEB_INPUT_DAY, .hint = "late.promised_hint"}, {0}};
static const struct web_form note_form = {
	.title = "late.form", .button = "form.save", .inputs = inputs};

static int put_things(const struct inv_late *late, struct doc *d, enum say_lang lang)
{
	struct doc *list = doc_set_list(d, "lines");

	for (size_t i = 0; i < late->n; i++) {
		struct doc *row = doc_add_object(list);
		char number[INV_LOAN_NUMBER];

		const struct inv_loan_line *l = &late->rows[i].line;

		web_loan_line_doc(l, row, lang);
		doc_set_str(row, "thing", l->name ? l->name : l->serial);
		doc_set_str(row, "loan", inv_loan_number(late->rows[i].line.loan, number));
	}
	return 0;
}

static int call_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const struct calling c = {.job = job,
		.txn = txn,
		.today = day_of_time(job->rq->now),
		.scratch = job->rq->arena};
	struct inv_late_ask of = {.zones = api_people_caller(job->rq).zones, .today = c.today};
	struct web_form_ask ask = {.job = job, .txn = txn, .form = &note_form};
	struct inv_late late = {0};
	struct inv_loan loan;
	uint64_t id;
	int err = api_loan_number(job->rq, &id);

	job->d = doc_new(job->rq->arena);
	if (err == 0)
		err = inv_loan_get(txn, job->rq->arena, id, &loan);
	if (err == 0 && (!(loan.zone & of.zones) || text_empty(loan.borrower)))
		err = ERR_NOTFOUND;
	of.borrower = err ? NULL : loan.borrower;
	if (err == 0)
		err = inv_late_of(txn, job->rq->arena, &of, &late);
	doc_set_bool(job->d, "any_late", late.n > 0);
	if (err || late.n == 0)
		return err;
	err = put_row(&c, &loan, &late, job->d);
	if (err == 0)
		err = put_things(&late, job->d, job->rq->lang);
	if (err == 0 && web_listed_names(job->rq))
		err = web_listed_contact(job, txn, job->d);
	ask.next = "/loans/calls?done=called";
	ask.back = "/loans/calls";
	return err ? err : web_form_put(&ask, "asked");
}

int page_loan_call(struct http_request *rq, void *ctx)
{
	struct api_read job = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	bool names = web_listed_names(rq); /* a look, and so written */
	struct refusal r;
	int err = web_names_admit(rq, &r);

	if (err)
		return api_done(rq, err, &r);
	err = names ? store_write(job.w->o.st, call_in, &job)
		    : store_read(job.w->o.st, call_in, &job);
	doc_set_str(job.d, "number", http_param(rq, "number"));
	doc_set_bool(job.d, "opened", names);
	return err ? err : web_reply(rq, 200, "late-call", job.d);
}
