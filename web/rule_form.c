/* SPDX-License-Identifier: EUPL-1.2 */
/* Making, changing and ending a rule of loans: the form, then what it would change, then the act. */
#include "web/circulation_int.h"
#include "web/form_int.h"

#include "base/money.h"
#include "base/text.h"

static bool has_option(const struct web_form_ask *ask, const char *code)
{
	for (size_t i = 0; i < doc_list_size(ask->list); i++) {
		if (text_equal(doc_str(doc_list_object(ask->list, i), "code"), code))
			return true;
	}
	return false;
}

/* Those that there are, and any that a rule names already. */
int web_options_borrower_kind(struct web_form_ask *ask)
{
	static const char *const known[] = {"senior", "relative", "staff"};
	const struct http_request *rq = ask->job->rq;
	struct inv_rule *rules;
	size_t n;
	int err = inv_rule_list(ask->txn, rq->arena, &rules, &n);

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		web_option_add(ask, known[i], web_borrower_kind_text(rq, known[i]));
	for (size_t i = 0; err == 0 && i < n; i++) {
		const char *kind = rules[i].borrower_kind;

		if (!text_empty(kind) && !has_option(ask, kind))
			web_option_add(ask, kind, kind);
	}
	return err;
}

static int options_yes_no(struct web_form_ask *ask)
{
	enum say_lang lang = ask->job->rq->lang;

	web_option_add(ask, "yes", web_text(lang, "form.yes"));
	web_option_add(ask, "no", web_text(lang, "form.no"));
	return 0;
}

#define NUMBER(name_, hint_) {.name = name_, .kind = WEB_INPUT_COUNT, .hint = hint_}
#define YES_NO(name_) {.name = name_, .kind = WEB_INPUT_CHOICE, .options = options_yes_no}
static const struct web_input inputs[] = {
	{.name = "product", .kind = WEB_INPUT_CHOICE, .options = web_options_product},
	{.name = "borrower_kind",
		.kind = WEB_INPUT_CHOICE,
		.options = web_options_borrower_kind},
	{.name = "place", .label = "column.place_lent", .kind = WEB_INPUT_CHOICE, .options = web_options_place},
	{.name = "category",
		.kind = WEB_INPUT_CHOICE,
		.more = true,
		.options = web_options_category},
	{.name = "kind",
		.label = "product.kind",
		.kind = WEB_INPUT_CHOICE,
		.more = true,
		.word = inv_kind_name,
		.say = inv_kind_say},
	{.name = "zone", .kind = WEB_INPUT_CHOICE, .more = true, .options = web_options_zone},
	{.name = "lendable",
		.kind = WEB_INPUT_CHOICE,
		.label = "field.may_lend",
		.options = options_yes_no},
	NUMBER("loan_days", NULL),
	NUMBER("loan_months", "rule.months_hint"),
	NUMBER("renewals", NULL),
	NUMBER("renew_days", "rule.renew_hint"),
	NUMBER("limit", "rule.limit_hint"),
	YES_NO("sign_out"),
	YES_NO("sign_in"),
	{.name = "wipe", .kind = WEB_INPUT_CHOICE, .options = options_yes_no, .hint = "return.clean"},
	YES_NO("inspect"),
	{.name = "stop_late_days", .kind = WEB_INPUT_COUNT, .more = true, .hint = "rule.late_hint"},
	{.name = "hold_days", .kind = WEB_INPUT_COUNT, .more = true},
	{.name = "keep_days", .kind = WEB_INPUT_COUNT, .more = true, .hint = "rule.keep_hint"},
	{.name = "replacement_ore", .kind = WEB_INPUT_KRONOR, .more = true},
	{.name = "why", .label = "field.decision", .kind = WEB_INPUT_AREA, .needed = true, .hint = "rule.why_hint"},
	{.name = "version", .kind = WEB_INPUT_HIDDEN},
	{0},
};

static int fill_new(struct web_form_ask *ask)
{
	ask->next = ask->back = "/loan-rules";
	return 0;
}

int page_rule_new(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "rule.new",
		.lead = "rule.form_lead",
		.button = "rule.look",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

/* A 0 says something, so every value stands as a text. */
static struct doc *values_of(struct arena *a, const struct inv_rule *rule)
{
	struct doc *d = doc_new(a);

	web_rule_doc(rule, d);
	for (unsigned t = 0; t < INV_TERMS; t++) {
		const char *name = inv_term_name((enum inv_term)t);
		uint32_t n = rule->set[t];

		if (n && inv_term_is_choice((enum inv_term)t))
			doc_set_str(d, name, n > 1 ? "yes" : "no");
		else if (n)
			doc_set_str(d, name, arena_printf(a, "%u", n - 1));
	}
	if (rule->replacement_ore)
		doc_set_str(d, "replacement_ore",
			money_typed(a, rule->replacement_ore - 1));
	return d;
}

/* The rule of the path as it is in force. */
static int rule_of(struct http_request *rq, struct store_txn *txn, struct inv_rule *ret)
{
	struct inv_rule *rules;
	uint64_t id;
	size_t n;
	int err = api_id(rq, &id);

	if (err == 0)
		err = inv_rule_history(txn, rq->arena, id, &rules, &n);
	if (err == 0 && (n == 0 || rules[0].ended_at))
		err = ERR_NOTFOUND;
	if (err == 0)
		*ret = rules[0];
	return err;
}

static int fill_change(struct web_form_ask *ask)
{
	struct http_request *rq = ask->job->rq;
	struct inv_rule rule;
	int err = rule_of(rq, ask->txn, &rule);

	if (err)
		return err;
	ask->values = values_of(rq->arena, &rule);
	ask->subject = arena_printf(rq->arena, "%llu", (unsigned long long)rule.id);
	ask->next = ask->back =
		arena_printf(rq->arena, "/loan-rules/%llu", (unsigned long long)rule.id);
	return 0;
}

int page_rule_change(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "rule.change",
		.lead = "rule.form_lead",
		.button = "rule.look",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_change);
}

/* --- looked over before it is in force --- */

struct looking {
	struct api_read job;
	struct inv_rule rule;
	bool ends;
};

static int look_in(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;
	int err = l->ends ? rule_of(l->job.rq, txn, &l->rule) : 0;

	l->job.d = doc_new(l->job.rq->arena);
	return err ? err : web_rule_preview_face(&l->job, txn, &l->rule, l->ends);
}

/* What was typed goes on to the act as it was typed. */
static void put_fields(struct http_request *rq, struct doc *d)
{
	static const char *const ours[] = {"form_token", "next", "again", NULL};
	const struct doc *form = web_form(rq);
	struct doc *list = doc_set_list(d, "fields");

	for (size_t i = 0; doc_key(form, i); i++) {
		const char *key = doc_key(form, i);
		struct doc *row;

		if (api_key_known(key, ours) || text_empty(doc_str(form, key)))
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "name", key);
		doc_set_str(row, "value", doc_str(form, key));
	}
}

static int look(struct http_request *rq, struct looking *l, const char *to)
{
	int err = store_read(l->job.w->o.st, look_in, l);

	if (err)
		return err;
	put_fields(rq, l->job.d);
	doc_set_str(l->job.d, "to", to);
	doc_set_str(l->job.d, "again", rq->path);
	doc_set_bool(l->job.d, "ends", l->ends);
	if (l->rule.id)
		doc_set_int(l->job.d, "rule", (int64_t)l->rule.id);
	return web_reply(rq, 200, "rule-preview", l->job.d);
}

int page_rule_look(struct http_request *rq, void *ctx)
{
	struct looking l = {.job = {.w = ctx, .rq = rq}};
	struct refusal r = {0};
	bool is_new = !http_param(rq, "id");
	int err = is_new ? 0 : api_id(rq, &l.rule.id);

	if (err)
		return err;
	if (web_form_str(rq, "again"))
		return is_new ? page_rule_new(rq, ctx) : page_rule_change(rq, ctx);
	err = web_rule_read(rq, &l.rule);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	err = inv_rule_decide(&l.rule, &r);
	if (err)
		return api_done(rq, err, &r);
	return look(rq, &l,
		is_new ? "/loan-rules"
		       : arena_printf(rq->arena, "/loan-rules/%llu",
				 (unsigned long long)l.rule.id));
}

int page_rule_end(struct http_request *rq, void *ctx)
{
	struct looking l = {.job = {.w = ctx, .rq = rq}, .ends = true};

	return look(rq, &l, rq->path);
}

/* --- what would happen? --- */

static const struct web_input try_inputs[] = {
	{.name = "product", .kind = WEB_INPUT_CHOICE, .needed = true, .options = web_options_product},
	{.name = "borrower_kind",
		.kind = WEB_INPUT_CHOICE,
		.options = web_options_borrower_kind},
	{.name = "place", .label = "column.place_lent", .kind = WEB_INPUT_CHOICE, .options = web_options_place},
	{.name = "zone", .kind = WEB_INPUT_CHOICE, .options = web_options_zone},
	{.name = "day", .label = "rule.day", .kind = WEB_INPUT_DAY},
	{0},
};

/* What was asked stands there again. */
int web_rule_try_form(struct api_read *job, struct store_txn *txn)
{
	static const struct web_form f = {
		.title = "rule.try", .button = "rule.try_button", .inputs = try_inputs};
	struct doc *values = doc_new(job->rq->arena);
	struct web_form_ask ask = {.job = job, .txn = txn, .form = &f, .values = values};

	for (const struct web_input *in = try_inputs; in->name; in++)
		doc_set_str(values, in->name, http_query(job->rq, in->name));
	if (text_empty(doc_str(values, "day"))) {
		char day[DAY_TEXT];

		doc_set_str(values, "day",
			arena_strdup(job->rq->arena,
				day_format(day_of_time(job->rq->now), day)));
	}
	return web_form_put(&ask, "asked");
}
