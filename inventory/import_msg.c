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
	bool has_serial = false;

	rd->column_count = n < 64 ? n : 64;
	for (size_t i = 0; i < rd->column_count; i++) {
		const char *name = trim(rd->a, fields[i]);

		rd->columns[i] = column_of(name);
		has_serial = has_serial || rd->columns[i] == COLUMN_SERIAL;
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

static bool read_field(
	struct reading *rd, enum column c, const char *value, struct inv_import_row *row)
{
	switch (c) {
	case COLUMN_SERIAL:
		if (!text_empty(value))
			return read_code(rd, "serial", value, &row->serial);
		fault(rd, "serial", &inv_say_bad_serial, "");
		return false;
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
		return true;
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

	*row = (struct inv_import_row){.line = rd->line, .lease_ends_at = -1};
	for (size_t i = 0; i < rd->column_count; i++)
		good = read_field(rd, rd->columns[i], i < n ? trim(rd->a, fields[i]) : "", row) &&
		       good;
	return good;
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
			rd->report->refused++;
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
