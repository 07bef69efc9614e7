/* SPDX-License-Identifier: EUPL-1.2 */
/* Forms about one unit. */
#include "web/circulation_int.h"
#include "web/product_int.h"

#include "base/text.h"

/* The unit of the path; back to its page afterwards. */
static int unit_of(struct web_form_ask *ask, const char *done, struct inv_unit *ret)
{
	const struct http_request *rq = ask->job->rq;
	int err = inv_unit_find(ask->txn, rq->arena, http_param(rq, "code"), ret);

	if (err)
		return err;
	ask->subject = web_unit_title(ask->job, ask->txn, ret);
	ask->back = arena_printf(rq->arena, "/items/%s", web_escape(rq->arena, ret->serial));
	ask->next = arena_printf(rq->arena, "%s?done=%s", ask->back, done);
	return 0;
}

/* --- what is said of it --- */

static const struct web_input change_inputs[] = {
	{.name = "item_number"},
	{.name = "product", .kind = WEB_INPUT_CHOICE, .options = web_options_product},
	{.name = "home", .kind = WEB_INPUT_CHOICE, .options = web_options_place,
		.hint = "unit.home_hint"},
	{.name = "condition",
		.kind = WEB_INPUT_CHOICE,
		.word = inv_condition_name,
		.say = inv_condition_say},
	{.name = "condition_note", .hint = "form.no_names"},
	{.name = "display", .kind = WEB_INPUT_TICK, .hint = "unit.display_hint"},
	{.name = "note", .kind = WEB_INPUT_AREA, .hint = "form.no_names"},
	{.name = "maker_serial", .more = true},
	{.name = "imei", .more = true},
	{.name = "sim", .more = true},
	{.name = "lot", .more = true},
	{.name = "model", .more = true},
	{.name = "lease", .more = true},
	{.name = "ownership",
		.kind = WEB_INPUT_CHOICE,
		.more = true,
		.word = inv_ownership_name,
		.say = inv_ownership_say},
	{.name = "zone", .kind = WEB_INPUT_CHOICE, .more = true, .options = web_options_zone},
	{.name = "supplier", .more = true},
	{.name = "price_ore", .kind = WEB_INPUT_KRONOR, .more = true},
	{.name = "bought_day", .kind = WEB_INPUT_DAY, .more = true},
	{.name = "made_day", .kind = WEB_INPUT_DAY, .more = true},
	{.name = "expires_day", .kind = WEB_INPUT_DAY, .more = true},
	{0},
};

static int fill_change(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);
	struct inv_unit u;
	int err = unit_of(ask, "saved", &u);

	if (err)
		return err;
	web_unit_doc(&u, d, ask->job->rq->lang);
	doc_set_str(d, "product", u.product_id);
	ask->values = d;
	return 0;
}

int page_item_change(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "unit.change",
		.button = "form.save",
		.inputs = change_inputs,
		.whole = true};

	return web_form_reply(rq, ctx, &f, fill_change);
}

static int fill_note(struct web_form_ask *ask)
{
	struct inv_unit u;

	return unit_of(ask, "noted", &u);
}

int page_item_note(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {
		{.name = "text", .kind = WEB_INPUT_AREA, .needed = true, .hint = "form.no_names"},
		{0}};
	static const struct web_form f = {
		.title = "unit.note", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_note);
}

static int fill_police(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);
	struct inv_unit u;
	int err = unit_of(ask, "police", &u);

	if (err == 0)
		doc_set_str(d, "police", u.police);
	ask->values = d;
	return err;
}

int page_item_police(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {
		{.name = "police", .needed = true, .hint = "police.hint"}, {0}};
	static const struct web_form f = {
		.title = "police.title", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_police);
}

/* --- where it is --- */

static int fill_sent(struct web_form_ask *ask)
{
	struct inv_unit u;

	return unit_of(ask, "sent", &u);
}

int page_item_send(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {{.name = "to",
							  .kind = WEB_INPUT_CHOICE,
							  .needed = true,
							  .options = web_options_place},
		{.name = "note", .hint = "form.no_names"}, {0}};
	static const struct web_form f = {.title = "unit.send",
		.lead = "unit.send_lead",
		.button = "unit.send_button",
		.inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_sent);
}

static const struct web_input place_inputs[] = {{.name = "place",
							.kind = WEB_INPUT_CHOICE,
							.needed = true,
							.options = web_options_place},
	{0}};

/* Where it was bound for is where it most likely is. */
static int fill_arrived(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);
	struct inv_unit u;
	int err = unit_of(ask, "arrived", &u);

	if (err == 0)
		doc_set_str(d, "place", u.bound_for);
	ask->values = d;
	return err;
}

int page_item_arrive(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "unit.arrive",
		.lead = "unit.arrive_lead",
		.button = "unit.arrive_button",
		.inputs = place_inputs};

	return web_form_reply(rq, ctx, &f, fill_arrived);
}

static int fill_shelved(struct web_form_ask *ask)
{
	struct inv_unit u;

	return unit_of(ask, "shelved", &u);
}

int page_item_shelve(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "unit.shelve",
		.lead = "unit.shelve_lead",
		.button = "unit.shelve_button",
		.inputs = place_inputs};

	return web_form_reply(rq, ctx, &f, fill_shelved);
}

/* --- what is wrong with it --- */

static int options_channel(struct web_form_ask *ask)
{
	static const char *const names[] = {"phone", "desk", "visit", NULL};
	const struct http_request *rq = ask->job->rq;

	for (size_t i = 0; names[i]; i++)
		web_option_add(ask, names[i],
			web_text(rq->lang, arena_printf(rq->arena, "name.told.%s", names[i])));
	return 0;
}

static int fill_fault(struct web_form_ask *ask)
{
	struct inv_unit u;
	int err = unit_of(ask, "fault-made", &u);

	ask->next = "/faults/*?done=fault-made";
	return err;
}

int page_item_fault(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {
		{.name = "symptom",
			.kind = WEB_INPUT_AREA,
			.needed = true,
			.hint = "fault.symptom_hint"},
		{.name = "tried", .kind = WEB_INPUT_AREA, .hint = "form.no_names"},
		{.name = "channel",
			.label = "field.heard_by",
			.kind = WEB_INPUT_CHOICE,
			.options = options_channel},
		{0}};
	static const struct web_form f = {
		.title = "fault.new", .button = "fault.new_button", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_fault);
}

/* --- codes --- */

static int options_code(struct web_form_ask *ask)
{
	static const enum inv_code_kind kinds[] = {INV_CODE_OTHER, INV_CODE_MAKER_SERIAL,
		INV_CODE_IMEI, INV_CODE_GTIN, INV_CODE_ICCID};
	const struct http_request *rq = ask->job->rq;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const char *name = inv_code_kind_name(kinds[i]);

		web_option_add(ask, name,
			web_text(rq->lang, arena_printf(rq->arena, "name.code.%s", name)));
	}
	return 0;
}

static int fill_code(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);
	struct inv_unit u;
	int err = unit_of(ask, "code-added", &u);

	doc_set_str(d, "kind", "other");
	ask->values = d;
	return err;
}

int page_item_code(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {
		{.name = "code",
			.label = "item.code",
			.needed = true,
			.hint = "unit.code_hint"},
		{.name = "kind", .kind = WEB_INPUT_CHOICE, .needed = true, .options = options_code},
		{0}};
	static const struct web_form f = {
		.title = "unit.code", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_code);
}

/* --- what will not come back --- */

static int fill_write_off(struct web_form_ask *ask)
{
	const struct http_request *rq = ask->job->rq;
	struct inv_loan_line line;
	struct inv_loan loan;
	struct inv_unit u;
	int err = web_loan_thing(ask->txn, rq, &u, &loan, &line);

	if (err == 0)
		err = unit_of(ask, "written-off", &u);
	ask->back = arena_printf(
		rq->arena, "/loans/%s", web_escape(rq->arena, http_param(rq, "number")));
	ask->next = arena_printf(rq->arena, "%s?done=written-off", ask->back);
	return err;
}

int page_write_off(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {
		{.name = "reason", .needed = true, .hint = "form.no_names"}, {0}};
	static const struct web_form f = {.title = "loan.write_off",
		.lead = "loan.write_off_lead",
		.button = "loan.write_off_button",
		.inputs = inputs,
		.stop = true};

	return web_form_reply(rq, ctx, &f, fill_write_off);
}
