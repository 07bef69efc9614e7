/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules of loans in words: whom each is for, what it says, what it would change. */
#include "web/circulation_int.h"
#include "web/form_int.h"

#include "base/money.h"
#include "base/text.h"

static const char *word(const struct http_request *rq, const char *group, const char *name)
{
	return web_text(rq->lang, arena_printf(rq->arena, "%s.%s", group, name));
}

/* "senior" in words; a word of the municipality's own stays as it is. */
const char *web_borrower_kind_text(const struct http_request *rq, const char *kind)
{
	static const char *const known[] = {"senior", "relative", "staff"};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (text_equal(kind, known[i]))
			return word(rq, "name.kind", kind);
	}
	return kind;
}

/* --- what a rule says --- */

/* Some numbers mean something of their own where they are 0. */
static const char *term_text(const struct http_request *rq, enum inv_term t, uint32_t value)
{
	if (inv_term_is_choice(t))
		return word(rq, "form", value ? "yes" : "no");
	if (value == 0 && t == INV_TERM_LIMIT)
		return web_text(rq->lang, "rule.any_number");
	if (value == 0 && t == INV_TERM_STOP_LATE_DAYS)
		return web_text(rq->lang, "rule.never");
	if (value == 0 && t == INV_TERM_RENEW_DAYS)
		return web_text(rq->lang, "rule.as_loan");
	if (value == 0 && t == INV_TERM_LOAN_MONTHS)
		return web_text(rq->lang, "rule.in_days");
	return arena_printf(rq->arena, "%u", value);
}

static struct doc *add_term(
	const struct http_request *rq, struct doc *list, enum inv_term t, uint32_t value)
{
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "text", say_plain(inv_term_say(t), rq->lang));
	doc_set_str(row, "value", term_text(rq, t, value));
	return row;
}

static const char *kronor(const struct http_request *rq, int64_t ore)
{
	return money_text(rq->arena, ore);
}

static struct doc *add_price(const struct http_request *rq, struct doc *list, int64_t ore)
{
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "text", web_text(rq->lang, "rule.price"));
	doc_set_str(row, "value", kronor(rq, ore));
	return row;
}

static void put_says(const struct http_request *rq, const struct inv_rule *rule, struct doc *row)
{
	struct doc *list = doc_set_list(row, "says");

	for (unsigned t = 0; t < INV_TERMS; t++) {
		if (rule->set[t])
			add_term(rq, list, (enum inv_term)t, rule->set[t] - 1);
	}
	if (rule->replacement_ore)
		add_price(rq, list, rule->replacement_ore - 1);
}

/* --- whom it is for --- */

static void add_part(struct api_read *job, const char **all, const char *part)
{
	if (part)
		*all = arena_printf(
			job->rq->arena, "%s%s%s", *all ? *all : "", *all ? ", " : "", part);
}

static const char *product_text(struct api_read *job, struct store_txn *txn, const char *id)
{
	struct inv_product p;

	if (text_empty(id))
		return NULL;
	return inv_product_get(txn, job->rq->arena, id, &p) == 0
		       ? inv_product_name(&p, job->rq->lang)
		       : id;
}

static const char *place_text(struct api_read *job, struct store_txn *txn, const char *id)
{
	struct inv_place p;

	if (text_empty(id))
		return NULL;
	return inv_place_get(txn, job->rq->arena, id, &p) == 0 ? inv_place_name(&p, job->rq->lang)
							       : id;
}

static const char *scope_text(struct api_read *job, struct store_txn *txn, const struct inv_rule *r)
{
	enum say_lang lang = job->rq->lang;
	const struct say *category = inv_category_say(r->category);
	const char *all = NULL;

	add_part(job, &all, product_text(job, txn, r->product));
	if (!text_empty(r->category))
		add_part(job, &all, category ? say_plain(category, lang) : r->category);
	add_part(job, &all, r->kind ? say_plain(inv_kind_say(r->kind), lang) : NULL);
	if (!text_empty(r->borrower_kind))
		add_part(job, &all, web_borrower_kind_text(job->rq, r->borrower_kind));
	add_part(job, &all, place_text(job, txn, r->place));
	if (r->zone)
		add_part(job, &all,
			word(job->rq, "name.zone", people_zone_name((enum people_zone)r->zone)));
	return all ? all : web_text(job->rq->lang, "rule.all");
}

void web_rule_row(
	struct api_read *job, struct store_txn *txn, const struct inv_rule *rule, struct doc *row)
{
	doc_set_str(row, "scope", scope_text(job, txn, rule));
	put_says(job->rq, rule, row);
}

/* What stands where no rule says anything, of things and of iPads. */
void web_rule_usual(const struct http_request *rq, struct doc *d)
{
	const struct inv_product thing = {.kind = INV_KIND_THING}, ipad = {.kind = INV_KIND_IPAD};
	struct inv_rule_case c = {.product = &thing};
	struct doc *list = doc_set_list(d, "usual");
	struct inv_terms of_thing, of_ipad;

	inv_terms_decide(NULL, 0, &c, &of_thing);
	c.product = &ipad;
	inv_terms_decide(NULL, 0, &c, &of_ipad);
	for (unsigned t = 0; t < INV_TERMS; t++) {
		struct doc *row = add_term(rq, list, (enum inv_term)t, of_thing.value[t]);

		doc_set_str(row, "ipad", term_text(rq, (enum inv_term)t, of_ipad.value[t]));
	}
}

/* --- what it would change --- */

static void put_change(struct api_read *job, struct store_txn *txn, const struct inv_rule_change *x,
	struct doc *row)
{
	const struct inv_rule of = {
		.zone = x->zone, .borrower_kind = x->borrower_kind, .place = x->place};
	struct doc *list = doc_set_list(row, "says");

	doc_set_str(row, "product", x->product);
	doc_set_str(row, "name", x->product_name);
	doc_set_str(row, "scope", scope_text(job, txn, &of));
	for (unsigned t = 0; t < INV_TERMS; t++) {
		if (x->before.value[t] == x->after.value[t])
			continue;
		doc_set_str(add_term(job->rq, list, (enum inv_term)t, x->after.value[t]), "before",
			term_text(job->rq, (enum inv_term)t, x->before.value[t]));
	}
	if (x->before.replacement_ore != x->after.replacement_ore)
		doc_set_str(add_price(job->rq, list, x->after.replacement_ore), "before",
			kronor(job->rq, x->before.replacement_ore));
}

int web_rule_preview_face(
	struct api_read *job, struct store_txn *txn, const struct inv_rule *rule, bool ends)
{
	struct doc *list = doc_set_list(job->d, "changes");
	struct inv_rule_preview p;
	int err = inv_rule_preview(txn, job->rq->arena, rule, ends, job->rq->lang, &p);

	if (err)
		return err;
	for (size_t i = 0; i < p.change_count; i++)
		put_change(job, txn, &p.changes[i], doc_add_object(list));
	doc_set_bool(job->d, "any", p.change_count > 0);
	doc_set_bool(job->d, "more", p.cut);
	doc_set_int(job->d, "open_lines", (int64_t)p.open_lines);
	web_rule_row(job, txn, rule, job->d);
	return 0;
}

/* --- what would happen --- */

void web_rule_tried_face(struct api_read *job, const struct inv_rule_tried *x)
{
	struct doc *list = doc_set_list(job->d, "says");

	for (unsigned t = 0; t < INV_TERMS; t++) {
		struct doc *row = add_term(job->rq, list, (enum inv_term)t, x->terms.value[t]);

		if (x->by[t])
			doc_set_int(row, "rule", (int64_t)x->by[t]);
	}
	if (x->terms.replacement_ore)
		add_price(job->rq, list, x->terms.replacement_ore);
	doc_set_bool(job->d, "moved", x->due != x->counted);
}
