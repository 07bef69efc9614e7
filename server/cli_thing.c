/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla catalogue, product, item add and the like, kit, sim, photo, transfer: things as they are.
 */
#include "server/cli_call.h"

#include "base/text.h"

#define CALL(name_) static const struct cli_call name_

/* --- products --- */

#define PRODUCT_FIELDS                                                                       \
	{"kind", "KIND"}, {"category", "WORD"}, {"maker", "TEXT"}, {"model", "TEXT"},        \
		{"gtin", "CODE"}, {"price", "KRONOR"}, {"loan-days", "N"}, {"zone", "ZONE"}, \
		{"prefix", "LETTERS"}, {"about", "TEXT"},                                    \
	{                                                                                    \
		0                                                                            \
	}
static const struct cli_option product_add_options[] = {PRODUCT_FIELDS};
static const struct cli_option product_change_options[] = {
	{"name", "TEXT"}, {"lendable", "yes|no"}, {"display-only", "yes|no"}, {"shown", "yes|no"}, PRODUCT_FIELDS};
static const struct cli_option product_list_options[] = {
	{"q", "TEXT"}, {"category", "WORD"}, {"kind", "KIND"}, {"life", "WORD"},
	{"lendable", NULL}, {"in-stock", "yes|no"}, {"sort", "COLUMN"}, {"csv", NULL},
	{"o", "FILE"}, {0}};
static const struct cli_column product_rows[] = {{"id", .head = "column.product"}, {"name"},
	{"category"}, {"price_ore", "column.price"}, {0}};
static const struct cli_column product_columns[] = {{"id"}, {"name"}, {"about"},
	{"kind", .words = "item.kind"}, {"category"}, {"maker"}, {"model"}, {"gtin"},
	{"price_ore", "column.price"}, {"loan_days"}, {"zone", .words = "name.zone"}, {"lendable"},
	{"display_only"}, {"shown"}, {"prefix"}, {"help"}, {0}};
static const struct cli_column part_rows[] = {{"position"}, {"name"}, {"product"}, {"unit"},
	{"expected"}, {"present"}, {"consumable"}, {"optional"}, {"note"}, {0}};
static const struct cli_column catalogue_columns[] = {
	{"made", "cli.col.added"}, {"there", "cli.col.there"}, {0}};
static const struct cli_option catalogue_list_options[] = {{"q", "TEXT"}, {0}};
static const struct cli_column shown_rows[] = {{"id", .head = "column.product"}, {"title"},
	{"home", "cli.col.home"}, {"all", "cli.col.all"}, {"back", "cli.col.back"}, {0}};
static const struct cli_column shown_columns[] = {{"id"}, {"title"}, {"about"},
	{"home", "cli.col.home"}, {"all", "cli.col.all"}, {"back", "cli.col.back"}, {"loan_days"},
	{"price_ore", "column.price"}, {0}};
static const struct cli_column shown_places[] = {
	{"name"}, {"address"}, {"hours"}, {"phone"}, {0}};
static const struct cli_option idle_list_options[] = {{"q", "TEXT"}, {"older", "N"},
	{"lent", "yes|no"}, {"product", "ID"}, {"place", "ID"}, {"sort", "COLUMN"}, {"csv", NULL},
	{"o", "FILE"}, {0}};
static const struct cli_option idle_products_options[] = {{"q", "TEXT"}, {"category", "WORD"},
	{"older", "N"}, {"lent", "yes|no"}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"},
	{0}};
static const struct cli_column idle_rows[] = {{"number", "column.item_number"},
	{"title", "column.product"}, {"since", "idle.since"}, {"lent", "idle.lent"},
	{"loans", "idle.loans"}, {"place_name", "column.place"}, {0}};
static const struct cli_column idle_product_rows[] = {{"id", .head = "column.product"},
	{"title"}, {"lent", "idle.lent"}, {"in_stock", "column.in_stock"},
	{"count", "column.count"}, {0}};
static const struct cli_column free_columns[] = {
	{"product"}, {"from"}, {"to"}, {"units"}, {"free"}, {"fullest"}, {0}};
static const struct cli_column id_columns[] = {{"id"}, {0}};
static const struct cli_option days_options[] = {{"from", "DAY"}, {"to", "DAY"}, {0}};

CALL(catalogue_load) = {"POST", "/catalogue/load", .columns = catalogue_columns};
CALL(catalogue_list) = {"GET", "/catalogue", .list = "catalogue", .rows = shown_rows};
CALL(catalogue_show) = {"GET", "/catalogue/products/{product}", "product", .columns = shown_columns,
	.list = "places", .rows = shown_places};
CALL(idle_list) = {"GET", "/idle", .list = "idle", .rows = idle_rows};
CALL(idle_products) = {"GET", "/idle/products", .list = "products", .rows = idle_product_rows};
CALL(product_list) = {"GET", "/products", .list = "products", .rows = product_rows};
CALL(product_show) = {"GET", "/products/{product}", "product", .columns = product_columns,
	.list = "parts", .rows = part_rows};
CALL(product_add) = {"POST", "/products", "id name", "{\"kind\":\"thing\"}", id_columns,
	.done = "cli.done.added"};
CALL(product_change) = {"POST", "/products/{product}", "product", .done = "cli.done.changed"};
CALL(product_remove) = {"DELETE", "/products/{product}", "product", .done = "cli.done.removed"};
CALL(product_parts) = {
	"POST", "/products/{product}/parts", "product parts", .done = "cli.done.changed"};
CALL(product_rate) = {
	"POST", "/products/{product}/rate", "product stars", .done = "cli.done.rated"};
CALL(product_free) = {"GET", "/products/{product}/free", "product", .columns = free_columns};

/* --- things --- */

#define ITEM_FIELDS                                                                                \
	{"product", "ID"}, {"place", "ID"}, {"home", "ID"}, {"item-number", "CODE"},               \
		{"maker-serial", "CODE"}, {"imei", "CODE"}, {"sim", "CODE"}, {"lease", "ID"},      \
		{"lot", "TEXT"}, {"model", "TEXT"}, {"supplier", "TEXT"}, {"delivery", "ID"},      \
		{"condition", "WORD"}, {"condition-note", "TEXT"}, {"ownership", "WORD"},          \
		{"zone", "ZONE"}, {"display", "yes|no"}, {"price", "KRONOR"}, {"made-day", "DAY"}, \
		{"expires-day", "DAY"}, {"bought-day", "DAY"},                                     \
	{                                                                                          \
		0                                                                                  \
	}
static const struct cli_option item_add_options[] = {
	{"serial", "SERIAL"}, {"count", "N"}, {"state", "STATE"}, ITEM_FIELDS};
static const struct cli_option item_change_options[] = {{"note", "TEXT"}, ITEM_FIELDS};
static const struct cli_option note_options[] = {{"note", "TEXT"}, {0}};
static const struct cli_option kind_options[] = {{"kind", "KIND"}, {0}};
static const struct cli_column serials_columns[] = {{"serials", "column.serial"}, {0}};
static const struct cli_column found_rows[] = {{"kind", .words = "name.found"},
	{"id", "column.number"}, {"name"}, {"slip", "cli.col.slip"}, {0}};
static const struct cli_column code_rows[] = {
	{"kind", .words = "name.code"}, {"code", "field.code"}, {0}};

CALL(item_add) = {"POST", "/items", .columns = serials_columns};
CALL(item_change) = {"POST", "/items/{code}", "code", .done = "cli.done.changed"};
CALL(item_note) = {"POST", "/items/{code}/note", "code text", .done = "cli.done.noted"};
CALL(item_police) = {"POST", "/items/{code}/police", "code police", .done = "cli.done.noted"};
CALL(item_find) = {"GET", "/search", "q", .list = "found", .rows = found_rows};
CALL(item_send) = {"POST", "/items/{code}/send", "code to", .done = "cli.done.sent"};
CALL(item_arrive) = {"POST", "/items/{code}/arrive", "code place", .done = "cli.done.come"};
CALL(item_shelve) = {"POST", "/items/{code}/shelve", "code place", .done = "cli.done.stands"};
CALL(item_codes) = {"GET", "/items/{code}/codes", "code", .list = "codes", .rows = code_rows};
CALL(code_add) = {"POST", "/items/{thing}/codes", "thing code", .done = "cli.done.added"};
CALL(code_drop) = {
	"DELETE", "/items/{code}/codes/{value}", "code value", .done = "cli.done.removed"};

static int run_reindex(struct cli *cli)
{
	struct doc *d = doc_new(cli->arena);
	int err;

	if (cli_house(cli) != 0)
		return CLI_FAILED;
	err = inv_reindex(cli->house.inv);
	if (err)
		return cli_fail(cli, err, NULL, cli->command->words);
	doc_set_bool(d, "done", true);
	cli_tell(cli, d, "cli.done.indexed", NULL, NULL);
	return CLI_DONE;
}

/* --- kits --- */

static const struct cli_option part_options[] = {{"unit", "CODE"}, {"product", "ID"},
	{"expected", "N"}, {"present", "N"}, {"consumable", NULL}, {"optional", NULL},
	{"note", "TEXT"}, {0}};

CALL(kit_show) = {"GET", "/items/{code}/parts", "code", .list = "parts", .rows = part_rows};
CALL(kit_begin) = {"POST", "/items/{code}/parts", "code", .done = "cli.done.parts"};
CALL(kit_add) = {
	"POST", "/items/{code}/parts", "code name", "{\"expected\":1}", .done = "cli.done.added"};
CALL(kit_drop) = {
	"DELETE", "/items/{code}/parts/{number}", "code number", .done = "cli.done.removed"};

static int run_kit_count(struct cli *cli)
{
	struct inv_part_seen seen;
	struct refusal r = {0};
	struct inv_act act;
	uint64_t pos, present;

	if (text_parse_u64(cli->arguments[1], &pos) != 0 || pos < 1 || pos > 1000 ||
		text_parse_u64(cli->arguments[2], &present) != 0 || present > 1000)
		return cli_wrong(cli, ERR_USAGE, "cli.wrong.count");
	seen = (struct inv_part_seen){(uint32_t)pos, (uint32_t)present, NULL};
	if (cli_house(cli) != 0)
		return CLI_FAILED;
	act = cli_act(cli);
	return cli_done(
		cli, inv_kit_count(cli->house.inv, &act, &seen, 1, &r), &r, "cli.done.counted");
}

/* --- SIMs --- */

static const struct cli_option sim_options[] = {{"iccid", "CODE"}, {"msisdn", "NUMBER"},
	{"operator", "TEXT"}, {"plan", "TEXT"}, {"agreement", "TEXT"}, {"data-gb", "N"},
	{"monthly", "KRONOR"}, {"state", "WORD"}, {"from", "DAY"}, {"to", "DAY"}, {"pin", "CODE"},
	{"puk", "CODE"}, {"item-number", "CODE"}, {"product", "ID"}, {"place", "ID"}, {0}};
static const struct cli_column sim_columns[] = {{"serial"}, {"iccid"}, {"msisdn"}, {"operator"},
	{"plan"}, {"agreement"}, {"data_gb"}, {"monthly_ore", "field.monthly_kr"},
	{"state", .words = "sim.state"}, {"from"}, {"to"}, {"in_unit"}, {"has_pin"}, {"has_puk"},
	{0}};
static const struct cli_column sim_codes_columns[] = {{"pin"}, {"puk"}, {0}};
static const struct cli_column serial_columns[] = {{"serial"}, {0}};

static const struct cli_option sim_list_options[] = {{"q", "TEXT"}, {"state", "WORD"},
	{"place", "ID"}, {"late", NULL}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_column sim_rows[] = {{"serial"}, {"iccid"}, {"msisdn"}, {"operator"},
	{"sim_text", "sim.plan_state"}, {"now_text", "column.state"}, {0}};
CALL(sim_list) = {"GET", "/sims", .list = "sims", .rows = sim_rows};
CALL(sim_show) = {"GET", "/sims/{code}", "code", .columns = sim_columns};
CALL(sim_add) = {"POST", "/sims", "iccid", .columns = serial_columns};
CALL(sim_set) = {"POST", "/sims/{code}", "code", .done = "cli.done.changed"};
CALL(sim_codes) = {"POST", "/sims/{code}/codes", "code reason", .columns = sim_codes_columns};

/* --- photos, and what is on its way --- */

static const struct cli_option file_options[] = {{"o", "FILE"}, {0}};
static const struct cli_column photo_rows[] = {{"id", "column.number"}, {"type"}, {"width"},
	{"height"}, {"made"}, {"made_by"}, {"note"}, {0}};
static const struct cli_column photo_columns[] = {{"photo", "cli.col.photo"}, {0}};
static const struct cli_column transfer_rows[] = {{"serial"}, {"from", "cli.col.from_place"},
	{"to", "cli.col.to_place"}, {"sent"}, {"sent_by"}, {"note"}, {0}};

CALL(photo_list) = {"GET", "/items/{code}/photos", "code", .list = "photos", .rows = photo_rows};
CALL(photo_add) = {"POST", "/items/{code}/photos", "code @", .columns = photo_columns};
CALL(photo_show) = {"GET", "/photos/{id}", "id"};
CALL(photo_remove) = {"DELETE", "/photos/{id}", "id", .done = "cli.done.removed"};
CALL(photo_restore) = {"POST", "/photos/{id}/restore", "id", .done = "cli.done.changed"};
CALL(loan_photos) = {
	"GET", "/loans/{number}/photos", "number", .list = "photos", .rows = photo_rows};
CALL(loan_photo) = {"POST", "/loans/{number}/photos", "number @", .columns = photo_columns};
CALL(fault_photos) = {"GET", "/faults/{id}/photos", "id", .list = "photos", .rows = photo_rows};
CALL(fault_photo) = {"POST", "/faults/{id}/photos", "id @", .columns = photo_columns};
CALL(product_photos) = {
	"GET", "/products/{product}/photos", "product", .list = "photos", .rows = photo_rows};
CALL(product_photo) = {"POST", "/products/{product}/photos", "product @", .columns = photo_columns};
static const struct cli_option transfer_options[] = {{"q", "TEXT"}, {"to", "ID"},
	{"from", "ID"}, {"product", "ID"}, {"older", "N"}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
CALL(transfer_list) = {"GET", "/transfers", .list = "transfers", .rows = transfer_rows};

const struct cli_command cli_thing_commands[] = {
	{"catalogue load", "", 0, 0, NULL, cli_call_run, &catalogue_load},
	{"catalogue list", "", 0, 0, catalogue_list_options, cli_call_run, &catalogue_list},
	{"catalogue show", "ID", 1, 1, NULL, cli_call_run, &catalogue_show},
	{"idle list", "", 0, 0, idle_list_options, cli_call_run, &idle_list},
	{"idle products", "", 0, 0, idle_products_options, cli_call_run, &idle_products},
	{"product list", "", 0, 0, product_list_options, cli_call_run, &product_list},
	{"product show", "ID", 1, 1, NULL, cli_call_run, &product_show},
	{"product add", "ID NAME", 2, 2, product_add_options, cli_call_run, &product_add},
	{"product change", "ID", 1, 1, product_change_options, cli_call_run, &product_change},
	{"product remove", "ID", 1, 1, NULL, cli_call_run, &product_remove},
	{"product parts", "ID JSON", 2, 2, NULL, cli_call_run, &product_parts},
	{"product free", "ID", 1, 1, days_options, cli_call_run, &product_free},
	{"product rate", "ID N", 2, 2, NULL, cli_call_run, &product_rate},
	{"product photos", "ID", 1, 1, NULL, cli_call_run, &product_photos},
	{"product photo-add", "ID FILE", 2, 2, note_options, cli_call_run, &product_photo},
	{"item add", "", 0, 0, item_add_options, cli_call_run, &item_add},
	{"item change", "CODE", 1, 1, item_change_options, cli_call_run, &item_change},
	{"item police", "CODE NUMBER", 2, 2, NULL, cli_call_run, &item_police},
	{"item note", "CODE TEXT", 2, 2, NULL, cli_call_run, &item_note},
	{"item find", "WORDS", 1, 1, NULL, cli_call_run, &item_find},
	{"item send", "CODE PLACE", 2, 2, note_options, cli_call_run, &item_send},
	{"item arrive", "CODE PLACE", 2, 2, NULL, cli_call_run, &item_arrive},
	{"item shelve", "CODE PLACE", 2, 2, NULL, cli_call_run, &item_shelve},
	{"item codes", "CODE", 1, 1, NULL, cli_call_run, &item_codes},
	{"item code-add", "CODE VALUE", 2, 2, kind_options, cli_call_run, &code_add},
	{"item code-drop", "CODE VALUE", 2, 2, NULL, cli_call_run, &code_drop},
	{"item reindex", "", 0, 0, NULL, run_reindex},
	{"transfer list", "", 0, 0, transfer_options, cli_call_run, &transfer_list},
	{"kit show", "CODE", 1, 1, NULL, cli_call_run, &kit_show},
	{"kit begin", "CODE", 1, 1, NULL, cli_call_run, &kit_begin},
	{"kit add", "CODE NAME", 2, 2, part_options, cli_call_run, &kit_add},
	{"kit drop", "CODE POSITION", 2, 2, NULL, cli_call_run, &kit_drop},
	{"kit count", "CODE POSITION PRESENT", 3, 3, NULL, run_kit_count},
	{"sim list", "", 0, 0, sim_list_options, cli_call_run, &sim_list},
	{"sim show", "CODE", 1, 1, NULL, cli_call_run, &sim_show},
	{"sim add", "ICCID", 1, 1, sim_options + 1, cli_call_run, &sim_add},
	{"sim set", "CODE", 1, 1, sim_options, cli_call_run, &sim_set},
	{"sim codes", "CODE REASON", 2, 2, NULL, cli_call_run, &sim_codes},
	{"photo list", "CODE", 1, 1, NULL, cli_call_run, &photo_list},
	{"photo add", "CODE FILE", 2, 2, note_options, cli_call_run, &photo_add},
	{"photo show", "ID", 1, 1, file_options, cli_call_run, &photo_show},
	{"photo remove", "ID", 1, 1, NULL, cli_call_run, &photo_remove},
	{"photo restore", "ID", 1, 1, NULL, cli_call_run, &photo_restore},
	{"loan photos", "NUMBER", 1, 1, NULL, cli_call_run, &loan_photos},
	{"loan photo-add", "NUMBER FILE", 2, 2, note_options, cli_call_run, &loan_photo},
	{"fault photos", "ID", 1, 1, NULL, cli_call_run, &fault_photos},
	{"fault photo-add", "ID FILE", 2, 2, note_options, cli_call_run, &fault_photo},
	{0},
};
