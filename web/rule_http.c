/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/loan-rules: the terms of loans as data, with their history, looked at before changed. */
#include "web/circulation_int.h"
#include "web/thing_int.h"

#include "base/text.h"

/* Everything a rule's body may hold: its words, and each term by name. */
static const char *const *rule_keys(struct arena *a)
{
	static const char *const words[] = {"zone", "kind", "product", "category", "borrower_kind",
		"place", "replacement_ore", "why", "version", "rule", "ends"};
	const size_t n = sizeof(words) / sizeof(words[0]);
	const char **keys = ARENA_ARRAY(a, const char *, n + INV_TERMS + 1);

	memcpy(keys, words, sizeof(words));
	for (unsigned t = 0; t < INV_TERMS; t++)
		keys[n + t] = inv_term_name((enum inv_term)t);
	return keys;
}

static int wrong(struct http_request *rq, const char *field, const char *what)
{
	return api_bad_field(rq, field, what) == 0 ? ERR_BADINPUT : ERR_INTERNAL;
}

/* A choice is true, false, yes or no; a number is one. */
static int read_term(struct http_request *rq, const struct doc *in, enum inv_term t, uint32_t *ret)
{
	const char *name = inv_term_name(t);
	enum mdm_choice choice;
	uint32_t n = 0;
	int err;

	if (!doc_has(in, name))
		return 0;
	if (inv_term_is_choice(t)) {
		if (api_choice(in, name, &choice) != 0)
			return wrong(rq, name, "yes, no");
		*ret = choice == MDM_YES ? 2 : 1;
		return 0;
	}
	err = api_count(rq, in, name, inv_term_most(t), &n);
	if (err == 0)
		*ret = n + 1;
	return err;
}

static int read_rule(struct http_request *rq, const struct doc *in, struct inv_rule *ret)
{
	enum people_zone zone;
	enum inv_kind kind;
	int64_t ore = 0;
	int err = 0;

	for (unsigned t = 0; err == 0 && t < INV_TERMS; t++)
		err = read_term(rq, in, (enum inv_term)t, &ret->set[t]);
	if (err)
		return err;
	if (doc_has(in, "zone")) {
		if (people_zone_parse(doc_str(in, "zone"), &zone) != 0)
			return wrong(rq, "zone", "care, library");
		ret->zone = zone;
	}
	if (doc_has(in, "kind")) {
		if (inv_kind_parse(doc_str(in, "kind"), &kind) != 0)
			return wrong(rq, "kind", "ipad, thing, sim, kit, consumable");
		ret->kind = kind;
	}
	if (doc_has(in, "replacement_ore")) {
		if (web_number_of(in, "replacement_ore", &ore) != 0 || ore < 0 || ore > 100000000)
			return wrong(rq, "replacement_ore",
				web_is_page(rq) ? "349, 349,50" : "0 … 100000000");
		ret->replacement_ore = ore + 1;
	}
	ret->product = doc_str(in, "product");
	ret->category = doc_str(in, "category");
	ret->borrower_kind = doc_str(in, "borrower_kind");
	ret->place = doc_str(in, "place");
	ret->why = doc_str(in, "why");
	return api_count(rq, in, "version", UINT32_MAX, &ret->version);
}

int web_rule_read(struct http_request *rq, struct inv_rule *ret)
{
	struct doc *in;
	int err = api_body(rq, rule_keys(rq->arena), &in);

	return err ? err : read_rule(rq, in, ret);
}

static int history_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "rules");
	struct inv_rule *rules;
	uint64_t id;
	size_t n = 0;
	int err = api_id(job->rq, &id);

	if (err == 0)
		err = inv_rule_history(txn, job->rq->arena, id, &rules, &n);
	if (err == 0 && n == 0)
		return ERR_NOTFOUND;
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *row = doc_add_object(list);

		web_rule_doc(&rules[i], row);
		if (web_is_page(job->rq))
			web_rule_row(job, txn, &rules[i], row);
	}
	if (err == 0 && web_is_page(job->rq)) {
		doc_set_int(job->d, "rule", (int64_t)id);
		doc_set_bool(job->d, "in_force", rules[0].ended_at == 0);
	}
	return err;
}

int api_rule_history(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, history_in, "loan-rule");
}

static int put(struct http_request *rq, struct web *w, uint64_t id)
{
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct inv_rule rule = {0};
	struct doc *d = doc_new(rq->arena);
	struct refusal r = {0};
	uint64_t made;
	int err = web_rule_read(rq, &rule);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	rule.id = id;
	err = inv_rule_put(w->o.inv, &by, &rule, &r, &made);
	if (err == 0)
		doc_set_int(d, "rule", (int64_t)made);
	return api_circulated(rq, err, &r, d);
}

int api_rule_add(struct http_request *rq, void *ctx)
{
	return put(rq, ctx, 0);
}

int api_rule_change(struct http_request *rq, void *ctx)
{
	uint64_t id;
	int err = api_id(rq, &id);

	return err || id == 0 ? ERR_NOTFOUND : put(rq, ctx, id);
}

int api_rule_end(struct http_request *rq, void *ctx)
{
	struct web *w = ctx;
	const struct inv_desk_who by = api_desk_who(rq, NULL);
	struct refusal r = {0};
	uint64_t id;
	int err = api_id(rq, &id);

	return err ? err : api_done(rq, inv_rule_end(w->o.inv, &by, id, &r), &r);
}

/* --- what would it change? --- */

struct preview {
	struct http_request *rq;
	struct inv_rule rule;
	bool ends;
	struct inv_rule_preview p;
};

static int preview_in(struct store_txn *txn, void *arg)
{
	struct preview *j = arg;

	return inv_rule_preview(txn, j->rq->arena, &j->rule, j->ends, j->rq->lang, &j->p);
}

static void preview_doc(const struct inv_rule_preview *p, struct doc *d)
{
	struct doc *list = doc_set_list(d, "changes");

	for (size_t i = 0; i < p->change_count; i++) {
		const struct inv_rule_change *x = &p->changes[i];
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "product", x->product);
		doc_set_str(row, "name", x->product_name);
		doc_set_str(row, "zone", people_zone_name((enum people_zone)x->zone));
		web_doc_opt(row, "borrower_kind", x->borrower_kind);
		web_doc_opt(row, "place", x->place);
		web_terms_doc(&x->before, doc_set_object(row, "before"));
		web_terms_doc(&x->after, doc_set_object(row, "after"));
	}
	doc_set_int(d, "products", (int64_t)p->products);
	doc_set_int(d, "open_lines", (int64_t)p->open_lines);
	doc_set_bool(d, "more", p->cut);
}

int api_rule_preview(struct http_request *rq, void *ctx)
{
	struct preview j = {.rq = rq};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	uint32_t id = 0;
	int err = api_body(rq, rule_keys(rq->arena), &in);

	if (err == 0)
		err = read_rule(rq, in, &j.rule);
	if (err == 0)
		err = api_count(rq, in, "rule", UINT32_MAX, &id);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	j.rule.id = id;
	j.ends = doc_bool(in, "ends", text_equal(doc_str(in, "ends"), "yes"));
	err = store_read(w->o.st, preview_in, &j);
	if (err)
		return err;
	preview_doc(&j.p, d);
	return http_reply_doc(rq, 200, d);
}

/* --- what would happen? --- */

struct trying {
	struct api_read job;
	struct inv_rule_ask ask;
	struct inv_rule_tried x;
	struct refusal r;
};

static int try_read(struct http_request *rq, struct inv_rule_ask *ret)
{
	const char *zone = http_query(rq, "zone"), *day = http_query(rq, "day");
	enum people_zone z;

	*ret = (struct inv_rule_ask){.product = http_query(rq, "product"),
		.borrower_kind = http_query(rq, "borrower_kind"),
		.place = http_query(rq, "place"),
		.start = day_of_time(rq->now),
		.lang = rq->lang};
	if (!text_empty(zone) && people_zone_parse(zone, &z) != 0)
		return wrong(rq, "zone", "care, library");
	if (!text_empty(zone))
		ret->zone = z;
	return text_empty(day) || day_parse(day, &ret->start) == 0
		       ? 0
		       : wrong(rq, "day", "2026-12-01");
}

static void tried_doc(struct trying *t)
{
	const struct inv_rule_tried *x = &t->x;
	struct doc *d = t->job.d, *by = doc_set_object(d, "by"), *no;

	doc_set_str(d, "name", inv_product_name(&x->product, t->ask.lang));
	doc_set_bool(d, "lent", x->lent);
	web_doc_opt_day(d, "start", t->ask.start);
	web_doc_opt_day(d, "counted", x->counted);
	web_doc_opt_day(d, "due", x->due);
	web_terms_doc(&x->terms, doc_set_object(d, "terms"));
	for (unsigned i = 0; i < INV_TERMS; i++) {
		if (x->by[i])
			doc_set_int(by, inv_term_name((enum inv_term)i), (int64_t)x->by[i]);
	}
	if (x->lent)
		return;
	no = doc_set_object(d, "no");
	doc_set_str(no, "code", x->no.say->code);
	doc_set_str(no, "text", refusal_text(t->job.rq->arena, t->ask.lang, &x->no));
}

static int try_in(struct store_txn *txn, void *arg)
{
	struct trying *t = arg;
	struct http_request *rq = t->job.rq;
	bool page = web_is_page(rq), asked = !text_empty(t->ask.product);
	int err = asked || !page ? inv_rule_try(txn, rq->arena, &t->ask, &t->x, &t->r) : 0;

	t->job.d = doc_new(rq->arena);
	if (err)
		return refusal_keep(&t->r, err);
	if (asked)
		tried_doc(t);
	if (!page)
		return 0;
	doc_set_bool(t->job.d, "tried", asked);
	if (asked)
		web_rule_tried_face(&t->job, &t->x);
	return web_rule_try_form(&t->job, txn);
}

int api_rule_try(struct http_request *rq, void *ctx)
{
	struct trying t = {.job = {.w = ctx, .rq = rq}};
	int err = try_read(rq, &t.ask);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = store_read(t.job.w->o.st, try_in, &t);
	if (err == ERR_REFUSED)
		return api_done(rq, err, &t.r);
	return err ? err : web_reply(rq, 200, "rule-try", t.job.d);
}
