/* SPDX-License-Identifier: EUPL-1.2 */
/* What a borrower was told and agreed to: given, taken back, and the history of it. What is
 * personal of it is opened for the reason that was given a few minutes ago, else it is asked. */
#include "web/borrower_int.h"

#include "base/text.h"

struct consents {
	struct http_request *rq;
	struct web *w;
	struct people_look look;
	struct refusal r;
	struct doc *d;
};

static void put_choices(const struct http_request *rq, struct doc *d)
{
	static const char *const kinds[] = {"informed", "consent", "form_in_file", NULL};
	static const char *const abouts[] = {"loan", "digital_technology", "pictures", NULL};
	static const char *const givers[] = {"self", "guardian", "household", NULL};
	static const char *const whys[] = {"desk", "call", "letter", "correct", NULL};
	const struct web_note *note = rq->note;
	const struct doc *form = note && note->problem ? note->form : NULL;

	web_codes_put(rq, d, "consent", kinds, form ? doc_str(form, "kind") : NULL);
	web_codes_put(rq, d, "about", abouts, form ? doc_str(form, "about") : NULL);
	web_codes_put(rq, d, "giver", givers, form ? doc_str(form, "giver") : NULL);
	web_codes_put(rq, d, "why", whys, "desk");
}

static void put_row(struct consents *j, const struct people_consent *x)
{
	bool over = x->withdrawn_at != 0;
	struct doc *row = doc_add_object(doc_list(j->d, over ? "past" : "now"));

	people_consent_doc(x, row);
	doc_set_str(row, "kind_text", web_code_text(j->rq, "consent", x->kind));
	doc_set_str(row, "about_text", web_code_text(j->rq, "about", x->about));
	doc_set_str(row, "giver_text", web_code_text(j->rq, "giver", x->giver));
}

static int consents_in(struct store_txn *txn, void *arg)
{
	struct consents *j = arg;
	const struct people_caller who = api_people_caller(j->rq);
	struct people_borrower b;
	struct people_consent *x;
	size_t n;
	int err = web_borrower_head(j->rq, j->w, txn, j->d, &b);

	if (err == 0 && b.state == PEOPLE_ERASED)
		err = ERR_NOTFOUND;
	if (err)
		return err;
	doc_set_list(j->d, "now");
	doc_set_list(j->d, "past");
	err = people_consents_read(j->w->o.people, txn, j->rq->arena, &who, &j->look, b.id, &x, &n,
		&j->r);
	if (err)
		return err == ERR_REFUSED && j->look.again ? 0 : err;
	for (size_t i = n; i-- > 0;)
		put_row(j, &x[i]);
	doc_set_bool(j->d, "opened", true);
	doc_set_bool(j->d, "any_now", doc_list_size(doc_list(j->d, "now")));
	doc_set_bool(j->d, "any_past", doc_list_size(doc_list(j->d, "past")));
	return 0;
}

static int reply(struct consents *j)
{
	int err = store_write(j->w->o.st, consents_in, j);

	if (err == ERR_REFUSED)
		return api_done(j->rq, err, &j->r);
	if (err)
		return err;
	put_choices(j->rq, j->d);
	return web_reply(j->rq, 200, "borrower-consents", j->d);
}

int page_borrower_consents(struct http_request *rq, void *ctx)
{
	struct consents j = {rq, ctx, {.again = true}, {0}, doc_new(rq->arena)};

	return reply(&j);
}

int page_borrower_consents_look(struct http_request *rq, void *ctx)
{
	struct consents j = {rq, ctx, {.words = web_form_str(rq, "words")}, {0}, doc_new(rq->arena)};

	/* a word that is none is no reason */
	if (people_why_parse(web_form_str(rq, "why"), &j.look.why) != 0)
		j.look.why = 0;
	return reply(&j);
}
