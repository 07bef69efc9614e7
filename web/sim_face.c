/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of SIMs. PIN and PUK are shown once, after the reason was asked. */
#include "web/product_int.h"

#include "base/text.h"

int web_sim_face(struct api_read *job, struct store_txn *txn, const struct inv_sim *sim)
{
	const char *host = doc_str(job->d, "in_unit");
	struct inv_unit u;

	doc_set_str(job->d, "state_text",
		say_plain(inv_sim_state_say(sim->state), job->rq->lang));
	doc_set_bool(job->d, "any_codes", sim->pin.n > 0 || sim->puk.n > 0);
	doc_set_bool(job->d, "says_gb", sim->data_gb > 0);
	web_doc_kronor(job->rq->arena, job->d, "monthly");
	if (host && inv_unit_get(txn, job->rq->arena, host, &u) == 0)
		doc_set_str(job->d, "host_title", web_unit_title(job, txn, &u));
	return 0;
}

/* --- forms --- */

static int options_sim_product(struct web_form_ask *ask)
{
	return web_options_product_of(
		ask, &(struct inv_product_ask){.kind = INV_KIND_SIM, .most = 200});
}

#define SIM_INPUTS                                                                               \
	{.name = "iccid", .needed = true, .hint = "sim.iccid_hint"}, {.name = "msisdn"},         \
		{.name = "operator"}, {.name = "plan"}, {.name = "data_gb", .kind = WEB_INPUT_COUNT}, \
		{.name = "monthly_ore", .kind = WEB_INPUT_KRONOR}, {.name = "agreement"},        \
		{.name = "state",                                                                \
			.kind = WEB_INPUT_CHOICE,                                                \
			.word = inv_sim_state_name,                                              \
			.say = inv_sim_state_say},                                               \
		{.name = "from", .kind = WEB_INPUT_DAY}, {.name = "to", .kind = WEB_INPUT_DAY,   \
			.label = "hold.until"}

static int fill_new(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);

	doc_set_str(d, "state", "active");
	ask->values = d;
	ask->next = "/sims/*?done=saved";
	ask->back = "/sims";
	return 0;
}

int page_sim_new(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {SIM_INPUTS,
		{.name = "product",
			.kind = WEB_INPUT_CHOICE,
			.label = "column.product",
			.options = options_sim_product},
		{.name = "place", .kind = WEB_INPUT_CHOICE, .options = web_options_place},
		{.name = "item_number", .more = true, .hint = "unit.item_number_hint"},
		{.name = "pin", .more = true, .hint = "sim.code_hint"}, {.name = "puk", .more = true},
		{0}};
	static const struct web_form f = {
		.title = "sim.new", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

static int fill_change(struct web_form_ask *ask)
{
	const struct http_request *rq = ask->job->rq;
	struct doc *d = doc_new(rq->arena);
	struct inv_sim sim;
	struct inv_unit u;
	int err = inv_unit_find(ask->txn, rq->arena, http_param(rq, "code"), &u);

	if (err == 0)
		err = inv_sim_get(ask->txn, rq->arena, u.serial, &sim);
	if (err)
		return err;
	web_fields_doc(web_sim_fields, &sim, d);
	ask->values = d;
	ask->subject = sim.iccid;
	ask->back = arena_printf(rq->arena, "/sims/%s", web_escape(rq->arena, u.serial));
	ask->next = arena_printf(rq->arena, "%s?done=saved", ask->back);
	return 0;
}

int page_sim_change(struct http_request *rq, void *ctx)
{
	static const struct web_input inputs[] = {SIM_INPUTS,
		{.name = "pin", .more = true, .hint = "sim.keep_hint"}, {.name = "puk", .more = true},
		{0}};
	static const struct web_form f = {
		.title = "sim.change", .button = "form.save", .inputs = inputs};

	return web_form_reply(rq, ctx, &f, fill_change);
}
