/* SPDX-License-Identifier: EUPL-1.2 */
/* A CSV file of things, read into rows: columns by name, every check of form. */
#include "inventory/inventory_int.h"

#include "base/clock.h"
#include "base/text.h"

#include <stdlib.h>

#define FAULTS_KEPT 100
#define ROWS_MOST 200000

enum column {
	COLUMN_UNKNOWN = -1,
	COLUMN_SERIAL,
	COLUMN_ITEM,
	COLUMN_STATE,
	COLUMN_PRODUCT,
	COLUMN_LEASE,
	COLUMN_LEASE_END,
	COLUMN_IMEI,
	COLUMN_SIM,
	COLUMN_NOTE,
	COLUMN_PRODUCT_ID,
	COLUMN_PLACE,
	COLUMN_HOME,
	COLUMN_MAKER_SERIAL,
	COLUMN_LOT,
	COLUMN_MODEL,
	COLUMN_SUPPLIER,
	COLUMN_DELIVERY,
	COLUMN_CONDITION,
	COLUMN_MADE_DAY,
	COLUMN_EXPIRES_DAY,
	COLUMN_BOUGHT_DAY,
	COLUMN_PRICE,
	COLUMNS
};

static const struct {
	enum column column;
	const char *name;
} names[] = {
	{COLUMN_SERIAL, "serial"},
	{COLUMN_SERIAL, "serienummer"},
	{COLUMN_SERIAL, "serial_number"},
	{COLUMN_ITEM, "item_number"},
	{COLUMN_ITEM, "inventarienummer"},
	{COLUMN_ITEM, "item"},
	{COLUMN_STATE, "state"},
	{COLUMN_STATE, "status"},
	{COLUMN_STATE, "tillstånd"},
	{COLUMN_PRODUCT, "product"},
	{COLUMN_PRODUCT, "produkt"},
	{COLUMN_PRODUCT, "modell"},
	{COLUMN_LEASE, "lease"},
	{COLUMN_LEASE, "leasingavtal"},
	{COLUMN_LEASE, "leasing"},
	{COLUMN_LEASE_END, "lease_end"},
	{COLUMN_LEASE_END, "leasing_slut"},
	{COLUMN_LEASE_END, "leasing slut"},
	{COLUMN_IMEI, "imei"},
	{COLUMN_SIM, "sim"},
	{COLUMN_SIM, "iccid"},
	{COLUMN_NOTE, "note"},
	{COLUMN_NOTE, "anteckning"},
	{COLUMN_PRODUCT_ID, "product_id"},
	{COLUMN_PRODUCT_ID, "produkt_id"},
	{COLUMN_PLACE, "place"},
	{COLUMN_PLACE, "plats"},
	{COLUMN_HOME, "home"},
	{COLUMN_HOME, "hemplats"},
	{COLUMN_MAKER_SERIAL, "maker_serial"},
	{COLUMN_MAKER_SERIAL, "tillverkarnummer"},
	{COLUMN_LOT, "lot"},
	{COLUMN_LOT, "batch"},
	{COLUMN_LOT, "parti"},
	{COLUMN_MODEL, "model"},
	{COLUMN_MODEL, "modellbeteckning"},
	{COLUMN_SUPPLIER, "supplier"},
	{COLUMN_SUPPLIER, "leverantör"},
	{COLUMN_DELIVERY, "delivery"},
	{COLUMN_DELIVERY, "leverans"},
	{COLUMN_CONDITION, "condition"},
	{COLUMN_CONDITION, "skick"},
	{COLUMN_MADE_DAY, "made_day"},
	{COLUMN_MADE_DAY, "tillverkad"},
	{COLUMN_EXPIRES_DAY, "expires_day"},
	{COLUMN_EXPIRES_DAY, "utgår"},
	{COLUMN_BOUGHT_DAY, "bought_day"},
	{COLUMN_BOUGHT_DAY, "köpt"},
	{COLUMN_PRICE, "price"},
	{COLUMN_PRICE, "pris"},
};

struct reading {
	struct arena *a;
	enum say_lang lang;
	struct inv_import_report *report;
	enum column columns[64];
	size_t column_count;
	size_t line;
};

void inv_import_fault(struct arena *a, struct inv_import_report *report, size_t line,
	const char *column, const char *text)
{
	if (!report->faults)
		report->faults = ARENA_ARRAY(a, struct inv_import_fault, FAULTS_KEPT);
	if (report->fault_count < FAULTS_KEPT)
		report->faults[report->fault_count++] =
			(struct inv_import_fault){.line = line, .column = column, .text = text};
}

void inv_import_verdict(struct arena *a, struct inv_import_report *report,
	const struct inv_import_verdict *v)
{
	if (!report->verdicts)
		report->verdicts = ARENA_ARRAY(a, struct inv_import_verdict, INV_IMPORT_VERDICTS);
	if (report->verdict_count < INV_IMPORT_VERDICTS)
		report->verdicts[report->verdict_count++] = *v;
}

static void fault(struct reading *rd, const char *column, const struct say *say, const char *arg)
{
	const struct refusal r = {.say = say, .arg = {arg ? arena_strdup(rd->a, arg) : NULL}};

	inv_import_fault(rd->a, rd->report, rd->line, column, refusal_text(rd->a, rd->lang, &r));
}

static enum column column_of(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (text_equal_case(names[i].name, name))
			return names[i].column;
	}
	return COLUMN_UNKNOWN;
}

static const char *trim(struct arena *a, const char *s)
{
	size_t n;

	s += strspn(s, " \t\r\n");
	for (n = strlen(s); n > 0 && strchr(" \t\r\n", s[n - 1]); n--)
		;
	return arena_strndup(a, s, n);
}

static int read_heading(struct reading *rd, const char **fields, size_t n)
{
	bool has_serial = false; /* or our item number, which is then the key */

	rd->column_count = n < 64 ? n : 64;
	for (size_t i = 0; i < rd->column_count; i++) {
		const char *name = trim(rd->a, fields[i]);

		rd->columns[i] = column_of(name);
		has_serial = has_serial || rd->columns[i] == COLUMN_SERIAL ||
			     rd->columns[i] == COLUMN_ITEM;
		if (rd->columns[i] == COLUMN_UNKNOWN && !text_empty(name))
			fault(rd, NULL, &inv_say_unknown_column, name);
	}
	if (has_serial)
		return 0;
	fault(rd, NULL, &inv_say_no_serial_column, NULL);
	return ERR_BADINPUT;
}

/* A number of ours or a maker's; "" stays "" and clears. */
static bool read_code(struct reading *rd, const char *column, const char *value, const char **ret)
{
	if (text_empty(value)) {
		*ret = "";
		return true;
	}
	if (inv_code_parse(rd->a, value, ret) == 0)
		return true;
	fault(rd, column, text_equal(column, "serial") ? &inv_say_bad_serial : &inv_say_bad_code,
		value);
	return false;
}

static bool read_text(struct reading *rd, const char *column, const char *value, const char **ret)
{
	if (strlen(value) <= 500) {
		*ret = value;
		return true;
	}
	fault(rd, column, &inv_say_bad_code, arena_strndup(rd->a, value, 20));
	return false;
}

static bool read_state(struct reading *rd, const char *value, struct inv_import_row *row)
{
	if (text_empty(value))
		return true;
	row->has_state = inv_state_parse(value, &row->state) == 0;
	if (!row->has_state)
		fault(rd, "state", &inv_say_bad_state, value);
	return row->has_state;
}

static bool read_date(struct reading *rd, const char *value, struct inv_import_row *row)
{
	row->lease_ends_at = 0;
	if (text_empty(value) || clock_parse(value, &row->lease_ends_at) == 0)
		return true;
	fault(rd, "lease_end", &inv_say_bad_date, value);
	return false;
}

/* "" clears. */
static bool read_day(struct reading *rd, const char *column, const char *value, int32_t *ret)
{
	*ret = DAY_NONE;
	if (text_empty(value) || day_parse(value, ret) == 0)
		return true;
	fault(rd, column, &inv_say_bad_date, value);
	return false;
}

static bool read_condition(struct reading *rd, const char *value, int *ret)
{
	enum inv_condition c = 0;

	if (!text_empty(value) && inv_condition_parse(value, &c) != 0) {
		fault(rd, "condition", &inv_say_bad_code, value);
		return false;
	}
	*ret = (int)c;
	return true;
}

/* Kronor, with a comma or a point before the öre. */
static bool read_price(struct reading *rd, const char *value, int64_t *ret)
{
	size_t whole = strcspn(value, ",."), n = strlen(value);
	uint64_t kr = 0, ore = 0;

	if (text_empty(value)) {
		*ret = 0;
		return true;
	}
	if (text_parse_u64(arena_strndup(rd->a, value, whole), &kr) != 0 || kr > 10000000 ||
		(whole < n && (n - whole != 3 || text_parse_u64(value + whole + 1, &ore) != 0))) {
		fault(rd, "price", &inv_say_bad_code, value);
		return false;
	}
	*ret = (int64_t)(kr * 100 + ore);
	return true;
}

/* The columns of things that are no iPads. */
static bool read_more(
	struct reading *rd, enum column c, const char *value, struct inv_import_row *row)
{
	struct inv_fields *f = &row->f;

	switch (c) {
	case COLUMN_PRODUCT_ID:
		return read_text(rd, "product_id", value, &f->product_id);
	case COLUMN_PLACE:
		return read_text(rd, "place", value, &f->place);
	case COLUMN_HOME:
		return read_text(rd, "home", value, &f->home);
	case COLUMN_MAKER_SERIAL:
		return read_code(rd, "maker_serial", value, &f->maker_serial);
	case COLUMN_LOT:
		return read_text(rd, "lot", value, &f->lot);
	case COLUMN_MODEL:
		return read_text(rd, "model", value, &f->model);
	case COLUMN_SUPPLIER:
		return read_text(rd, "supplier", value, &f->supplier);
	case COLUMN_DELIVERY:
		return read_text(rd, "delivery", value, &f->delivery);
	case COLUMN_CONDITION:
		return read_condition(rd, value, &f->condition);
	case COLUMN_MADE_DAY:
		return read_day(rd, "made_day", value, &f->made_day);
	case COLUMN_EXPIRES_DAY:
		return read_day(rd, "expires_day", value, &f->expires_day);
	case COLUMN_BOUGHT_DAY:
		return read_day(rd, "bought_day", value, &f->bought_day);
	case COLUMN_PRICE:
		return read_price(rd, value, &f->price_ore);
	default:
		return true;
	}
}

static bool read_field(
	struct reading *rd, enum column c, const char *value, struct inv_import_row *row)
{
	switch (c) {
	case COLUMN_SERIAL:
		return text_empty(value) || read_code(rd, "serial", value, &row->serial);
	case COLUMN_ITEM:
		return read_code(rd, "item_number", value, &row->item_number);
	case COLUMN_IMEI:
		return read_code(rd, "imei", value, &row->imei);
	case COLUMN_SIM:
		return read_code(rd, "sim", value, &row->sim);
	case COLUMN_STATE:
		return read_state(rd, value, row);
	case COLUMN_LEASE_END:
		return read_date(rd, value, row);
	case COLUMN_PRODUCT:
		return read_text(rd, "product", value, &row->product);
	case COLUMN_LEASE:
		return read_text(rd, "lease", value, &row->lease);
	case COLUMN_NOTE:
		return read_text(rd, "note", value, &row->note);
	default:
		return read_more(rd, c, value, row);
	}
}

static bool is_blank(const char **fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (fields[i][strspn(fields[i], " \t\r\n")])
			return false;
	}
	return true;
}

static bool read_row(struct reading *rd, const char **fields, size_t n, struct inv_import_row *row)
{
	bool good = true;

	*row = (struct inv_import_row){.line = rd->line, .lease_ends_at = -1, .f = INV_FIELDS_NONE};
	for (size_t i = 0; i < rd->column_count; i++)
		good = read_field(rd, rd->columns[i], i < n ? trim(rd->a, fields[i]) : "", row) &&
		       good;
	/* Things that are no iPads are known by our own number. */
	if (good && !row->serial && !text_empty(row->item_number))
		row->serial = row->item_number;
	if (good && !row->serial)
		fault(rd, "serial", &inv_say_bad_serial, "");
	return good && row->serial;
}

static void refuse_row(struct reading *rd, const char *serial)
{
	const struct inv_import_report *rp = rd->report;
	const char *why = rp->fault_count ? rp->faults[rp->fault_count - 1].text : NULL;

	rd->report->refused++;
	inv_import_verdict(rd->a, rd->report,
		&(struct inv_import_verdict){rd->line, serial, INV_ROW_REFUSED, why});
}

static int read_rows(struct reading *rd, struct text_csv *csv, struct inv_import_table *t)
{
	size_t room = 256, n;
	struct inv_import_row *rows = mem_alloc(room * sizeof(*rows));
	const char **fields;
	int err;

	while ((err = text_csv_row(csv, rd->a, &fields, &n)) == 0 && t->count < ROWS_MOST) {
		rd->line = csv->line;
		if (is_blank(fields, n))
			continue;
		if (t->count == room) {
			room *= 2;
			rows = mem_grow(rows, room * sizeof(*rows));
		}
		rd->report->rows++;
		if (read_row(rd, fields, n, &rows[t->count]))
			t->count++;
		else
			refuse_row(rd, rows[t->count].serial);
	}
	t->rows = ARENA_ARRAY(rd->a, struct inv_import_row, t->count + 1);
	memcpy(t->rows, rows, t->count * sizeof(*rows));
	free(rows);
	return err == ERR_NOTFOUND ? 0 : err ? err : ERR_TOOBIG;
}

int inv_import_parse(struct arena *a, struct bytes csv, enum say_lang lang,
	struct inv_import_report *report, struct inv_import_table *ret)
{
	struct reading rd = {.a = a, .lang = lang, .report = report, .line = 1};
	struct inv_import_table t = {0};
	struct text_csv c;
	const char **fields;
	size_t n;
	int err = text_is_utf8(csv) ? text_csv_init(&c, csv) : ERR_BADINPUT;

	if (err == 0)
		err = text_csv_row(&c, a, &fields, &n);
	if (err) {
		fault(&rd, NULL, &inv_say_bad_csv, NULL);
		return ERR_BADINPUT;
	}
	err = read_heading(&rd, fields, n);
	if (err)
		return err;
	err = read_rows(&rd, &c, &t);
	if (err == ERR_BADINPUT)
		fault(&rd, NULL, &inv_say_bad_csv, NULL);
	if (err == 0)
		*ret = t;
	return err;
}
