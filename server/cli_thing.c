/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla product, place, kit, fault, notice, catalogue, item add and the like. */
#include "server/cli.h"

#include "base/text.h"

#include <stdlib.h>

/* What cli_list_run's pages need besides the list. */
static const char *or_dash(const char *s)
{
	return text_empty(s) ? "-" : s;
}

/* An amount as people write it, "449" or "449.50" or "449,50" kronor, in öre. */
static int kronor(struct cli *cli, const char *option, int64_t *ret)
{
	const char *s = cli_option(cli, option);
	char *end = NULL;
	long whole, ore = 0;

	if (!s)
		return CLI_DONE;
	whole = strtol(s, &end, 10);
	if (end != s && (*end == '.' || *end == ',') && strlen(end) == 3)
		ore = strtol(end + 1, &end, 10);
	if (end == s || *end || whole < 0 || whole > 10000000 || ore < 0)
		return cli_wrong(
			cli, ERR_USAGE, "a price is written in kronor, like 449 or 449,50");
	*ret = (int64_t)whole * 100 + ore;
	return CLI_DONE;
}

/* --- products --- */

static int products_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	const struct inv_product_ask ask = {
		.category = cli_option(l->cli, "category"), .after = l->after, .most = CLI_PAGE};
	struct inv_product *p;
	const char *next;
	size_t n;
	int err = inv_product_list(txn, l->cli->arena, &ask, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		uint64_t c[INV_STATES], all = 0;

		err = inv_count_product(txn, p[i].id, c);
		for (unsigned s = 1; err == 0 && s < INV_STATES; s++)
			all += c[s];
		web_product_doc(&p[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%-28s %-10s %5llu  %s\n", p[i].id, or_dash(p[i].category),
			(unsigned long long)all, inv_product_name(&p[i], l->cli->lang));
	}
	if (err == 0)
		cli_list_page(l, next ? CLI_PAGE : n, next);
	return err;
}

static int run_product_list(struct cli *cli)
{
	return cli_list_run(cli, "products", "products", products_in, NULL);
}

struct showing {
	struct cli *cli;
	struct doc *d;
};

static int product_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct inv_part *parts;
	struct inv_product p;
	struct doc *list;
	size_t n;
	int err = inv_product_get(txn, s->cli->arena, s->cli->arguments[0], &p);

	if (err == 0)
		err = inv_template_parts(txn, s->cli->arena, p.id, &parts, &n);
	if (err)
		return err;
	web_product_doc(&p, s->d);
	list = doc_set_list(s->d, "parts");
	cli_print(s->cli, NULL, "%s   %s\n  %s\n", p.id, inv_product_name(&p, s->cli->lang),
		p.about[s->cli->lang] ? p.about[s->cli->lang] : "");
	for (size_t i = 0; i < n; i++) {
		web_part_doc(&parts[i], doc_add_object(list));
		cli_print(s->cli, NULL, "  %u. %u %s\n", parts[i].pos, parts[i].expected,
			parts[i].name ? parts[i].name : or_dash(parts[i].product));
	}
	return 0;
}

/* One record and what hangs on it. */
static int show(struct cli *cli, store_fn *fn)
{
	struct showing s = {.cli = cli, .d = doc_new(cli->arena)};
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = store_read(cli->house.st, fn, &s);
	if (err)
		return cli_fail(cli, err, NULL, cli->arguments[0]);
	cli_print(cli, s.d, NULL);
	return CLI_DONE;
}

static int run_product_show(struct cli *cli)
{
	return show(cli, product_in);
}

static const struct cli_option product_options[] = {
	{"kind", "KIND", "ipad, thing (else), sim, kit or consumable"},
	{"category", "WORD", "family in the catalogue: sight, light, memory …"},
	{"gtin", "CODE", "the barcode on its box"},
	{"price", "KRONOR", "what a lost one costs"},
	{"zone", "ZONE", "care or library: whose secrecy it is lent under"},
	{"prefix", "LETTERS", "of the item numbers made for it"},
	{0},
};

static int run_product_add(struct cli *cli)
{
	struct inv_product p = {.id = cli->arguments[0],
		.name[SAY_SV] = cli->arguments[1],
		.category = cli_option(cli, "category"),
		.gtin = cli_option(cli, "gtin"),
		.prefix = cli_option(cli, "prefix"),
		.lendable = true};
	const char *kind = cli_option(cli, "kind"), *zone = cli_option(cli, "zone");
	enum inv_kind k = INV_KIND_THING;
	struct refusal r = {0};
	int err;

	if (kind && inv_kind_parse(kind, &k) != 0)
		return cli_wrong(cli, ERR_USAGE, "KIND is ipad, thing, sim, kit or consumable");
	if (zone && !text_equal(zone, "care") && !text_equal(zone, "library"))
		return cli_wrong(cli, ERR_USAGE, "ZONE is care or library");
	if (kronor(cli, "price", &p.price_ore) != CLI_DONE)
		return CLI_USAGE;
	p.kind = k;
	p.zone = zone ? 1 + text_equal(zone, "library") : 0;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_product_put(cli->house.inv, &cli->who, &p, true, cli->now, &r);
	return cli_done(cli, err, &r, "added");
}

static int run_catalogue_load(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	unsigned made, there;
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_catalogue_load(cli->house.inv, &cli->who, cli->now, &made, &there);
	if (err)
		return cli_fail(cli, err, NULL, "catalogue");
	doc_set_int(d, "made", made);
	doc_set_int(d, "there", there);
	cli_print(cli, d, "%u products added, %u were there\n", made, there);
	return CLI_DONE;
}

/* --- things --- */

static const struct cli_option add_options[] = {
	{"product", "ID", "what it is one of"},
	{"place", "ID", "where it stands"},
	{"serial", "SERIAL", "Apple's, for an iPad; else its number is ours"},
	{"item-number", "CODE", "ours, when it is not to be made"},
	{"maker-serial", "CODE", "the maker's serial number"},
	{"count", "N", "several at once"},
	{0},
};

static int run_item_add(struct cli *cli)
{
	struct inv_new n = {.f = INV_FIELDS_NONE, .serial = cli_option(cli, "serial")};
	const char *count = cli_option(cli, "count"), **serials;
	struct doc *d = doc_new(cli->arena), *list = doc_set_list(d, "serials");
	struct refusal r = {0};
	uint64_t many = 1;
	int err;

	if (count && (text_parse_u64(count, &many) != 0 || many < 1 || many > 500))
		return cli_wrong(cli, ERR_USAGE, "N is 1 to 500");
	n.f.product_id = cli_option(cli, "product");
	n.f.place = cli_option(cli, "place");
	n.f.item_number = cli_option(cli, "item-number");
	n.f.maker_serial = cli_option(cli, "maker-serial");
	n.count = (unsigned)many;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_unit_make(cli->house.inv, &cli->who, &n, cli->now, cli->arena, &r, &serials);
	if (err)
		return cli_fail(cli, err, &r, "item add");
	for (unsigned i = 0; i < n.count; i++) {
		doc_add_str(list, serials[i]);
		cli_print(cli, NULL, "%s\n", serials[i]);
	}
	cli_print(cli, d, NULL);
	return CLI_DONE;
}

static int find_in(struct store_txn *txn, void *arg)
{
	static const char *const kinds[] = {"", "thing", "product", "place"};
	struct showing *s = arg;
	struct doc *list = doc_set_list(s->d, "found");
	struct inv_found *f;
	size_t n;
	int err = inv_search(txn, s->cli->arena, s->cli->arguments[0], 50, &f, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		struct doc *d = doc_add_object(list);

		doc_set_str(d, "kind", kinds[f[i].kind]);
		doc_set_str(d, "id", f[i].id);
		doc_set_bool(d, "slip", f[i].slip);
		cli_print(s->cli, NULL, "%-8s %s%s\n", kinds[f[i].kind], f[i].id,
			f[i].slip ? "  (nearly)" : "");
	}
	return err;
}

static int run_find(struct cli *cli)
{
	return show(cli, find_in);
}

static int run_send(struct cli *cli)
{
	struct refusal r = {0};
	struct inv_act act;
	uint64_t id;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	act = cli_act(cli);
	return cli_done(cli,
		inv_transfer_send(cli->house.inv, &act, cli->arguments[1], NULL, &r, &id), &r,
		"on its way");
}

static int run_arrive(struct cli *cli)
{
	struct refusal r = {0};
	struct inv_act act;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	act = cli_act(cli);
	return cli_done(cli, inv_transfer_arrive(cli->house.inv, &act, cli->arguments[1], &r), &r,
		"has come");
}

static int run_reindex(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_reindex(cli->house.inv);
	if (err)
		return cli_fail(cli, err, NULL, "item reindex");
	doc_set_bool(d, "done", true);
	cli_print(cli, d, "indexed\n");
	return CLI_DONE;
}

/* --- kits and SIMs --- */

static int kit_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct doc *list = doc_set_list(s->d, "parts");
	struct inv_part *p;
	struct inv_unit u;
	size_t n;
	int err = inv_unit_find(txn, s->cli->arena, s->cli->arguments[0], &u);

	if (err == 0)
		err = inv_kit_parts(txn, s->cli->arena, u.serial, &p, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		web_part_doc(&p[i], doc_add_object(list));
		cli_print(s->cli, NULL, "%3u. %u of %u  %s%s%s\n", p[i].pos, p[i].present,
			p[i].expected, p[i].name ? p[i].name : or_dash(p[i].product),
			p[i].unit ? "  " : "", p[i].unit ? p[i].unit : "");
	}
	return err;
}

static int run_kit_show(struct cli *cli)
{
	return show(cli, kit_in);
}

static int run_kit_begin(struct cli *cli)
{
	struct refusal r = {0};
	struct inv_act act;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	act = cli_act(cli);
	return cli_done(cli, inv_kit_begin(cli->house.inv, &act, &r), &r, "has its parts");
}

static int run_kit_count(struct cli *cli)
{
	struct inv_part_seen seen;
	struct refusal r = {0};
	struct inv_act act;
	uint64_t pos, present;

	if (text_parse_u64(cli->arguments[1], &pos) != 0 || pos < 1 || pos > 1000 ||
		text_parse_u64(cli->arguments[2], &present) != 0 || present > 1000)
		return cli_wrong(cli, ERR_USAGE, "POSITION and PRESENT are numbers");
	seen = (struct inv_part_seen){(uint32_t)pos, (uint32_t)present, NULL};
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	act = cli_act(cli);
	return cli_done(cli, inv_kit_count(cli->house.inv, &act, &seen, 1, &r), &r, "counted");
}

static int sim_in(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;
	struct inv_sim sim;
	struct inv_unit u;
	int err = inv_unit_find(txn, s->cli->arena, s->cli->arguments[0], &u);

	if (err == 0)
		err = inv_sim_get(txn, s->cli->arena, u.serial, &sim);
	if (err)
		return err;
	web_sim_doc(&sim, s->d);
	cli_print(s->cli, NULL, "%s   ICCID %s\n  number    %s\n  operator  %s\n  state     %s\n",
		sim.serial, or_dash(sim.iccid), or_dash(sim.msisdn), or_dash(sim.operator_name),
		inv_sim_state_name(sim.state));
	return 0;
}

static int run_sim_show(struct cli *cli)
{
	return show(cli, sim_in);
}

/* --- places --- */

static int places_in(struct store_txn *txn, void *arg)
{
	struct cli_list *l = arg;
	struct inv_place *p;
	const char *next;
	size_t n;
	int err = inv_place_list(txn, l->cli->arena, l->after, CLI_PAGE, &p, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		web_place_doc(&p[i], doc_add_object(l->list));
		cli_print(l->cli, NULL, "%-24s %-10s %s\n", p[i].id, inv_place_kind_name(p[i].kind),
			inv_place_name(&p[i], l->cli->lang));
	}
	if (err == 0)
		cli_list_page(l, next ? CLI_PAGE : n, next);
	return err;
}

static int run_place_list(struct cli *cli)
{
	return cli_list_run(cli, "places", "places", places_in, NULL);
}

static const struct cli_option place_options[] = {
	{"kind", "KIND", "desk (else), bus, showroom, shelf, store or workshop"},
	{"parent", "ID", "the place it is in"},
	{"lends", NULL, "things are lent and taken back here"},
	{0},
};

static int run_place_add(struct cli *cli)
{
	struct inv_place p = {.id = cli->arguments[0],
		.name[SAY_SV] = cli->arguments[1],
		.parent = cli_option(cli, "parent"),
		.lends = cli_option(cli, "lends") != NULL};
	enum inv_place_kind kind = INV_PLACE_DESK;
	struct refusal r = {0};
	int err;

	if (cli_option(cli, "kind") && inv_place_kind_parse(cli_option(cli, "kind"), &kind) != 0)
		return cli_wrong(
			cli, ERR_USAGE, "KIND is desk, bus, showroom, shelf, store or workshop");
	p.kind = kind;
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_place_put(cli->house.inv, &cli->who, &p, true, cli->now, &r);
	return cli_done(cli, err, &r, "added");
}

static int run_place_close(struct cli *cli)
{
	int32_t from, to;
	struct refusal r = {0};

	if (day_parse(cli->arguments[1], &from) != 0 || day_parse(cli->arguments[2], &to) != 0)
		return cli_wrong(cli, ERR_USAGE, "a day is written like 2026-12-24");
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	return cli_done(cli,
		inv_place_close_days(cli->house.inv, &cli->who, cli->arguments[0], from, to,
			cli->arguments[3], cli->now, &r),
		&r, "closed then");
}

const struct cli_command cli_thing_commands[] = {
	{"catalogue load", "", 0, 0, NULL, "add the starter catalogue's products",
		"Products that are there already are left as they are.", run_catalogue_load},
	{"product list", "", 0, 0,
		(const struct cli_option[]){{"category", "WORD", "only this family"}, {0}},
		"list products", NULL, run_product_list},
	{"product show", "ID", 1, 1, NULL, "tell about one product", NULL, run_product_show},
	{"product add", "ID NAME", 2, 2, product_options, "add a product",
		"ID has small letters, digits and hyphens; NAME is its name in Swedish.",
		run_product_add},
	{"item add", "", 0, 0, add_options, "add things", NULL, run_item_add},
	{"item find", "WORDS", 1, 1, NULL, "search things, products and places",
		"Any code, its beginning or its end, or words; a slip is forgiven.", run_find},
	{"item send", "CODE PLACE", 2, 2, NULL, "send a thing to another place", NULL, run_send},
	{"item arrive", "CODE PLACE", 2, 2, NULL, "a thing has come to a place", NULL, run_arrive},
	{"item reindex", "", 0, 0, NULL, "make missing indexes of things anew",
		"For a store of an earlier version. The server may run.", run_reindex},
	{"kit show", "CODE", 1, 1, NULL, "list the parts of a kit", NULL, run_kit_show},
	{"kit begin", "CODE", 1, 1, NULL, "give a thing its product's list of parts", NULL,
		run_kit_begin},
	{"kit count", "CODE POSITION PRESENT", 3, 3, NULL, "say how many of a part are there", NULL,
		run_kit_count},
	{"sim show", "CODE", 1, 1, NULL, "tell about one SIM", NULL, run_sim_show},
	{"place list", "", 0, 0, NULL, "list places", NULL, run_place_list},
	{"place add", "ID NAME", 2, 2, place_options, "add a place", NULL, run_place_add},
	{"place close", "ID FROM TO WHY", 4, 4, NULL, "close a place for some days",
		"Days are written like 2026-12-24; both are closed, and those between.",
		run_place_close},
	{0},
};
