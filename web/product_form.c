/* SPDX-License-Identifier: EUPL-1.2 */
/* Forms of products and of new units. */
#include "web/product_int.h"

#include "base/text.h"

int web_options_category(struct web_form_ask *ask)
{
	for (unsigned i = 1; !text_equal(inv_category_name(i), "unknown"); i++) {
		const char *name = inv_category_name(i);

		web_option_add(ask, name, say_plain(inv_category_say(name), ask->job->rq->lang));
	}
	/* one of their own stays a choice */
	if (!text_empty(ask->now) && !inv_category_say(ask->now))
		web_option_add(ask, ask->now, ask->now);
	return 0;
}

static const struct web_input product_inputs[] = {
	{.name = "name", .needed = true},
	{.name = "kind",
		.label = "product.kind",
		.kind = WEB_INPUT_CHOICE,
		.needed = true,
		.hint = "product.kind_hint",
		.word = inv_kind_name,
		.say = inv_kind_say},
	{.name = "category", .kind = WEB_INPUT_CHOICE, .options = web_options_category},
	{.name = "about", .kind = WEB_INPUT_AREA, .hint = "product.about_hint"},
	{.name = "help", .kind = WEB_INPUT_AREA, .hint = "product.help_hint"},
	{.name = "price_ore", .kind = WEB_INPUT_KRONOR, .hint = "product.price_hint"},
	{.name = "loan_days", .kind = WEB_INPUT_COUNT, .hint = "product.days_hint"},
	{.name = "lendable", .kind = WEB_INPUT_TICK},
	{.name = "display_only", .kind = WEB_INPUT_TICK},
	{.name = "shown", .kind = WEB_INPUT_TICK, .hint = "product.shown_hint"},
	{.name = "zone",
		.kind = WEB_INPUT_CHOICE,
		.more = true,
		.hint = "product.zone_hint",
		.options = web_options_zone},
	{.name = "prefix", .more = true, .hint = "product.prefix_hint"},
	{.name = "maker", .more = true},
	{.name = "model", .more = true},
	{.name = "gtin", .more = true, .hint = "product.gtin_hint"},
	{.name = "iso9999", .more = true},
	{.name = "privacy",
		.kind = WEB_INPUT_CHOICE,
		.more = true,
		.word = inv_privacy_name,
		.say = inv_privacy_say},
	{.name = "life",
		.label = "field.life_cycle",
		.kind = WEB_INPUT_CHOICE,
		.more = true,
		.word = inv_life_name,
		.say = inv_life_say},
	{.name = "prescribed", .kind = WEB_INPUT_TICK, .more = true},
	{.name = "sold", .kind = WEB_INPUT_TICK, .more = true},
	{.name = "sold_ore", .kind = WEB_INPUT_KRONOR, .more = true},
	{.name = "sold_where", .more = true},
	{.name = "name_fi", .more = true},
	{.name = "about_fi", .kind = WEB_INPUT_AREA, .more = true},
	{.name = "help_fi", .kind = WEB_INPUT_AREA, .more = true},
	{.name = "name_en", .more = true},
	{.name = "about_en", .kind = WEB_INPUT_AREA, .more = true},
	{.name = "help_en", .kind = WEB_INPUT_AREA, .more = true},
	{.name = "version", .kind = WEB_INPUT_HIDDEN},
	{0},
};

/* Of a product that is there the price is changed in the price table, from a day and with a reason. */
static const struct web_input *inputs_of_change(struct arena *a)
{
	const size_t all = sizeof(product_inputs) / sizeof(product_inputs[0]);
	struct web_input *some = ARENA_ARRAY(a, struct web_input, all);
	size_t n = 0;

	for (size_t i = 0; i < all; i++) {
		if (!text_equal(product_inputs[i].name, "price_ore"))
			some[n++] = product_inputs[i];
	}
	return some;
}

static int fill_new(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);

	doc_set_bool(d, "lendable", true);
	doc_set_str(d, "kind", "thing");
	ask->values = d;
	ask->next = "/products/*?done=product-made";
	ask->back = "/products";
	return 0;
}

int page_product_new(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {
		.title = "product.new", .button = "form.save", .inputs = product_inputs};

	return web_form_reply(rq, ctx, &f, fill_new);
}

/* The product of the path. */
static int product_of(struct web_form_ask *ask, struct inv_product *ret)
{
	const struct http_request *rq = ask->job->rq;
	int err = inv_product_get(ask->txn, rq->arena, http_param(rq, "product"), ret);

	if (err)
		return err;
	ask->subject = inv_product_name(ret, rq->lang);
	ask->back = arena_printf(rq->arena, "/products/%s", ret->id);
	return 0;
}

static int fill_change(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);
	struct inv_product p;
	int err = product_of(ask, &p);

	if (err)
		return err;
	web_fields_doc(web_product_fields, &p, d);
	ask->values = d;
	ask->next = arena_printf(ask->job->rq->arena, "%s?done=saved", ask->back);
	return 0;
}

int page_product_change(struct http_request *rq, void *ctx)
{
	const struct web_form f = {.title = "product.change",
		.button = "form.save",
		.inputs = inputs_of_change(rq->arena),
		.whole = true};

	return web_form_reply(rq, ctx, &f, fill_change);
}

static int fill_remove(struct web_form_ask *ask)
{
	struct inv_product p;

	ask->next = "/products?done=product-removed";
	return product_of(ask, &p);
}

int page_product_remove(struct http_request *rq, void *ctx)
{
	static const struct web_input none[] = {{0}};
	static const struct web_form f = {.title = "product.remove",
		.lead = "product.remove_lead",
		.button = "product.remove_button",
		.inputs = none,
		.stop = true};

	return web_form_reply(rq, ctx, &f, fill_remove);
}

/* --- units --- */

static const struct web_input unit_inputs[] = {
	{.name = "count", .kind = WEB_INPUT_COUNT, .needed = true, .hint = "unit.count_hint"},
	{.name = "place", .kind = WEB_INPUT_CHOICE, .options = web_options_place},
	{.name = "condition",
		.kind = WEB_INPUT_CHOICE,
		.word = inv_condition_name,
		.say = inv_condition_say},
	{.name = "display", .kind = WEB_INPUT_TICK, .hint = "unit.display_hint"},
	{.name = "serial", .more = true, .hint = "unit.serial_hint"},
	{.name = "item_number", .more = true, .hint = "unit.item_number_hint"},
	{.name = "maker_serial", .more = true},
	{.name = "imei", .more = true},
	{.name = "lot", .more = true},
	{.name = "ownership",
		.kind = WEB_INPUT_CHOICE,
		.more = true,
		.word = inv_ownership_name,
		.say = inv_ownership_say},
	{.name = "supplier", .more = true},
	{.name = "price_ore", .kind = WEB_INPUT_KRONOR, .more = true},
	{.name = "bought_day", .kind = WEB_INPUT_DAY, .more = true},
	{.name = "made_day", .kind = WEB_INPUT_DAY, .more = true},
	{.name = "expires_day", .kind = WEB_INPUT_DAY, .more = true},
	{.name = "note", .more = true, .hint = "form.no_names"},
	{0},
};

static int fill_units(struct web_form_ask *ask)
{
	struct doc *d = doc_new(ask->job->rq->arena);
	struct inv_product p;

	doc_set_int(d, "count", 1);
	doc_set_str(d, "condition", "new");
	ask->values = d;
	ask->next = "/labels?done=units-made&code=*";
	return product_of(ask, &p);
}

int page_units_new(struct http_request *rq, void *ctx)
{
	static const struct web_form f = {.title = "unit.new",
		.lead = "unit.new_lead",
		.button = "unit.new_button",
		.inputs = unit_inputs};

	return web_form_reply(rq, ctx, &f, fill_units);
}
