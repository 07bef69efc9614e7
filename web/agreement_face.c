/* SPDX-License-Identifier: EUPL-1.2 */
/* The page on which a loan or its return is signed: the frozen text, as on paper, and a field. */
#include "web/circulation_int.h"
#include "web/form_int.h"

#include "base/text.h"
#include "inventory/agreement.h"

struct face {
	struct web *w;
	struct http_request *rq;
	struct doc *d;
	bool of_return;
	const char *draft;
	enum say_lang lang;
	const char *borrower;
	bool any_relatives, hides; /* no names: a protected identity, or a service that stores none */
	const struct people_relative *relative; /* as looked at */
	size_t relatives;
};

/* --- blocks of paper as a document --- */

static void put_table(const struct print_block *b, struct doc *row)
{
	struct doc *rows = doc_set_list(row, "rows"), *head = doc_set_list(row, "head");

	for (size_t i = 0; i < b->rows; i++) {
		struct doc *cells = i ? doc_set_list(doc_add_object(rows), "cells") : head;

		for (size_t c = 0; c < b->columns; c++) {
			const char *text = b->cells[i * b->columns + c];

			doc_set_str(doc_add_object(cells), "text", text ? text : "");
		}
	}
	doc_set_bool(row, "is_table", true);
}

static void put_block(const struct print_block *b, struct doc *row)
{
	static const char *const kinds[] = {[PRINT_TITLE] = "is_title",
		[PRINT_HEADING] = "is_heading",
		[PRINT_TEXT] = "is_text",
		[PRINT_SMALL] = "is_text",
		[PRINT_BIG] = "is_big"};

	if (b->kind == PRINT_TABLE) {
		put_table(b, row);
		return;
	}
	if (b->kind < sizeof(kinds) / sizeof(kinds[0]) && kinds[b->kind])
		doc_set_bool(row, kinds[b->kind], true);
	doc_set_str(row, "label", b->label);
	doc_set_str(row, "text", b->text);
}

static void put_blocks(const struct print_block *b, size_t n, struct doc *list)
{
	struct doc *items = NULL;

	for (size_t i = 0; i < n; i++) {
		if (b[i].kind != PRINT_ITEM) {
			items = NULL;
			put_block(&b[i], doc_add_object(list));
			continue;
		}
		if (!items) {
			struct doc *row = doc_add_object(list);

			doc_set_bool(row, "is_list", true);
			items = doc_set_list(row, "items");
		}
		doc_set_str(doc_add_object(items), "text", b[i].text);
	}
}

/* --- the draft --- */

/* More came back since it was made: a new one says all of it. */
static bool is_outrun(const struct inv_agreement *x, const struct inv_loan *loan)
{
	return x->of_return && x->made_at < loan->back_unsigned;
}

/* Where to go on once it is signed: who came from the desk goes on there. */
static void put_next(struct face *f)
{
	const char *desk = http_query(f->rq, "desk"), *next = web_form_str(f->rq, "next");

	if (next && !strstr(next, "done=signed"))
		next = NULL;
	if (!next && text_equal(http_query(f->rq, "from"), "desk"))
		next = arena_printf(f->rq->arena, "/desk?done=signed%s%s", text_empty(desk) ? "" : "&desk=",
			text_empty(desk) ? "" : web_escape(f->rq->arena, desk));
	doc_set_str(f->d, "next",
		next ? next : arena_printf(f->rq->arena, "/loans/%s?done=signed", doc_str(f->d, "loan")));
}

/* Who came from the desk may go back there unsigned, or undo what was just lent. */
static int put_desk(struct face *f, struct store_txn *txn, uint64_t loan)
{
	const char *desk = http_query(f->rq, "desk");
	struct inv_desk_who by;
	struct inv_last last;
	struct doc *d;
	int err;

	if (!text_equal(http_query(f->rq, "from"), "desk"))
		return 0;
	desk = text_empty(desk) ? NULL : desk;
	d = doc_set_object(f->d, "from_desk");
	doc_set_str(d, "desk", desk);
	doc_set_str(d, "word", desk ? web_escape(f->rq->arena, desk) : NULL);
	by = api_desk_who(f->rq, desk);
	err = inv_last_offered(f->w->o.inv, txn, f->rq->arena, &by, &last);
	if (err == 0 && last.loan == loan && text_equal(last.act, "loan.out"))
		web_last_doc(&last, doc_set_object(d, "undo"), f->rq->arena, f->rq->lang);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int find_in(struct store_txn *txn, void *arg)
{
	struct face *f = arg;
	const char *id = http_param(f->rq, "id");
	char number[INV_LOAN_NUMBER];
	struct inv_agreement *x;
	struct people_borrower b;
	struct inv_loan loan;
	uint64_t no;
	size_t n;
	int err = inv_loan_number_parse(http_param(f->rq, "loan"), &no) == 0 ? 0 : ERR_NOTFOUND;

	if (err == 0)
		err = inv_loan_get(txn, f->rq->arena, no, &loan);
	if (err == 0 && !(loan.zone & api_people_caller(f->rq).zones))
		return ERR_NOTFOUND;
	if (err == 0)
		err = inv_agreement_list(txn, f->rq->arena, api_people_caller(f->rq).zones,
			inv_loan_number(no, number), &x, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		bool this_one = id && text_equal(id, x[i].id);

		if (x[i].state != INV_AGREEMENT_DRAFT ||
			(id ? !this_one : x[i].of_return != f->of_return) ||
			is_outrun(&x[i], &loan))
			continue;
		f->draft = x[i].id;
		f->of_return = x[i].of_return;
		f->lang = (enum say_lang)x[i].lang;
	}
	if (err == 0)
		doc_set_str(f->d, "loan", arena_strdup(f->rq->arena, inv_loan_number(no, number)));
	if (err == 0 && !text_empty(loan.borrower)) {
		f->borrower = loan.borrower;
		err = people_get(f->w->o.people, txn, f->rq->arena,
			api_people_caller(f->rq).zones, loan.borrower, &b);
		f->any_relatives = err == 0 && b.relatives.n > 0;
		f->hides = err == 0 && (b.is_protected || b.no_identity);
		doc_set_bool(f->d, "no_identity", err == 0 && b.no_identity);
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	return err ? err : put_desk(f, txn, no);
}

/* --- who signs --- */

/* A look like the one at the text; at a protected identity nobody looks for this. */
static int relatives_in(struct store_txn *txn, void *arg)
{
	static const struct people_look look = {.why = PEOPLE_WHY_DESK};
	const struct people_caller who = api_people_caller(((struct face *)arg)->rq);
	struct people_relative *all;
	struct refusal r = {0};
	struct face *f = arg;
	int err = people_relatives_read(f->w->o.people, txn, f->rq->arena, &who, &look, f->borrower,
		&all, &f->relatives, &r);

	f->relative = err ? NULL : all;
	return err;
}

/* One of a field's choices, in the list of that name. */
static void put_choice(
	struct face *f, const char *list, const char *field, const char *code, const char *text)
{
	struct doc *row = doc_add_object(doc_list(f->d, list));

	doc_set_str(row, "code", code);
	doc_set_str(row, "text", text);
	doc_set_bool(row, "chosen", text_equal(web_form_str(f->rq, field), code));
}

static void put_signer(struct face *f, const char *code, const char *text)
{
	put_choice(f, "signers", "signer", code, text);
}

/* None is chosen beforehand: that somebody looked is what is signed. */
static void put_identities(struct face *f)
{
	static const struct {
		const char *code, *text;
	} kinds[] = {{"id_card", "sign.id_card"}, {"driving_licence", "sign.driving_licence"},
		{"passport", "sign.passport"}, {"known", "sign.known"}};

	doc_set_list(f->d, "identities");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		put_choice(f, "identities", "identity", kinds[i].code, web_text(f->rq->lang, kinds[i].text));
}

static const char *relation_text(const struct face *f, const char *code)
{
	return web_text(f->rq->lang, arena_printf(f->rq->arena, "name.relation.%s", code));
}

/* The borrower, and who may fetch and bring back for them: by name, where names may be seen. */
static int put_signers(struct face *f)
{
	static const char *const relations[] = {"relative", "representative", "guardian"};
	struct arena *a = f->rq->arena;
	int err = 0;

	doc_set_list(f->d, "signers");
	put_signer(f, "self", web_text(f->rq->lang, "sign.self"));
	doc_set_str(f->d, "borrower", f->borrower);
	for (size_t i = 0; f->any_relatives && f->hides && i < 3; i++)
		put_signer(f, relations[i], relation_text(f, relations[i]));
	if (f->any_relatives && !f->hides)
		err = store_write(f->w->o.st, relatives_in, f);
	for (size_t i = 0; err == 0 && f->relative && i < f->relatives; i++) {
		const struct people_relative *x = &f->relative[i];
		const char *relation = relation_text(f, x->relation);

		if (!(x->scope & PEOPLE_MAY_COLLECT) || !relation)
			continue;
		put_signer(f, arena_printf(a, "%s:%u", x->relation, x->number),
			arena_printf(a, "%s, %s", x->name, relation));
	}
	return err;
}

int page_loan_sign(struct http_request *rq, void *ctx)
{
	const struct people_caller who = api_people_caller(rq);
	const char *typed = web_form_str(rq, "of_return");
	struct face f = {.w = ctx, .rq = rq, .d = doc_new(rq->arena)};
	const struct print_block *b;
	struct refusal r = {0};
	struct web *w = ctx;
	size_t n;
	int err;

	f.of_return = text_equal(typed ? typed : http_query(rq, "return"), "yes");
	err = store_read(w->o.st, find_in, &f);
	if (err == 0 && f.draft) {
		err = inv_agreement_blocks(
			w->o.inv, w->o.people, &who, f.draft, rq->arena, &b, &n, &r);
		if (err == 0)
			put_blocks(b, n, doc_set_list(f.d, "blocks"));
		else if (err == ERR_REFUSED) /* protected: it is read on paper */
			doc_set_str(f.d, "unread", refusal_text(rq->arena, rq->lang, &r)), err = 0;
	}
	if (err == 0 && f.draft)
		err = put_signers(&f);
	if (err)
		return err;
	put_identities(&f);
	put_next(&f);
	doc_set_str(f.d, "draft", f.draft);
	doc_set_str(f.d, "lang", say_lang_name(f.lang));
	doc_set_bool(f.d, "of_return", f.of_return);
	doc_set_str(f.d, "script", web_file_find("sign.js")->tag);
	return web_reply(rq, 200, "sign", f.d);
}

/* --- declared void --- */

static const struct web_input void_inputs[] = {
	{.name = "reason", .needed = true, .hint = "form.no_names"}, {0}};
static const struct web_form void_signed = {.title = "agreement.void",
	.lead = "agreement.void_lead",
	.button = "agreement.void_button",
	.inputs = void_inputs,
	.stop = true};
static const struct web_form void_draft = {.title = "agreement.again",
	.lead = "agreement.again_lead",
	.button = "agreement.again_button",
	.inputs = void_inputs};

/* What was signed, and back to the loan; of a draft: back to where a new one is made. */
static int void_fill(struct web_form_ask *ask)
{
	struct http_request *rq = ask->job->rq;
	struct inv_agreement x;
	int err = inv_agreement_get(ask->txn, rq->arena, api_people_caller(rq).zones,
		http_param(rq, "id"), &x);
	bool draft = err == 0 && x.state == INV_AGREEMENT_DRAFT;

	if (err || !text_equal(x.loan, http_param(rq, "loan")))
		return err ? err : ERR_NOTFOUND;
	ask->form = draft ? &void_draft : &void_signed;
	ask->subject = arena_printf(rq->arena, "%s %s",
		web_text(rq->lang, x.of_return ? "loan.paper_return" : "loan.paper"), x.loan);
	ask->back = arena_printf(rq->arena, "/loans/%s%s%s", x.loan, draft ? "/sign" : "",
		draft && x.of_return ? "?return=yes" : "");
	ask->next = draft ? ask->back : arena_printf(rq->arena, "/loans/%s?done=voided", x.loan);
	return 0;
}

int page_agreement_void(struct http_request *rq, void *ctx)
{
	return web_form_reply(rq, ctx, &void_signed, void_fill);
}

/* --- a protected identity's: read with a reason --- */

static const struct web_input read_inputs[] = {
	{.name = "words", .label = "borrower.words", .needed = true, .hint = "form.no_names"}, {0}};
static const struct web_form read_paper = {
	.title = "agreement.read", .button = "agreement.read_button", .inputs = read_inputs};

static int read_fill(struct web_form_ask *ask)
{
	struct http_request *rq = ask->job->rq;
	struct inv_agreement x;
	int err = inv_agreement_get(ask->txn, rq->arena, api_people_caller(rq).zones,
		http_param(rq, "id"), &x);

	if (err)
		return err;
	ask->subject = arena_printf(rq->arena, "%s %s",
		web_text(rq->lang, x.of_return ? "loan.paper_return" : "loan.paper"), x.loan);
	ask->back = ask->next = arena_printf(rq->arena, "/loans/%s%s", x.loan,
		x.state == INV_AGREEMENT_DRAFT ? "/sign" : "");
	return 0;
}

int page_agreement_read(struct http_request *rq, void *ctx)
{
	return web_form_reply(rq, ctx, &read_paper, read_fill);
}
