/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of this folder share with each other. */
#ifndef INVENTORY_INVENTORY_INT_H
#define INVENTORY_INVENTORY_INT_H

#include "inventory/inventory.h"

struct inv {
	struct store *st;
	struct mdm *mdm; /* NULL in tests of the shelf alone */
};

#define INV_CODE_MAX 64 /* serial numbers, item numbers, ICCIDs */

/* --- unit_db.c --- */
/* Writes the unit and brings the indexes and counts along. `before` is what is stored now, NULL
 * when the unit is new. ERR_EXISTS: the item number is another unit's. */
int inv_unit_put(
	struct store_txn *txn, const struct inv_unit *before, const struct inv_unit *u) MUST_CHECK;

/* --- unit_rules.c --- */
/* Lost or stolen: Lost Mode is wanted. */
bool inv_state_is_away(unsigned state);
int inv_found_decide(const struct inv_unit *u, struct refusal *r);

/* --- history_db.c --- */
/* Appends and takes the unit's next number; the caller puts the unit afterwards. */
int inv_history_add(
	struct store_txn *txn, struct inv_unit *u, const struct inv_event *e) MUST_CHECK;

/* --- task_db.c --- */
int inv_task_add(struct store_txn *txn, const char *serial, const char *kind, const char *detail,
	const char *by, int64_t now) MUST_CHECK;
/* Closes the open tasks of a kind for a unit; how many in ret_n. */
int inv_task_close_for(struct store_txn *txn, const char *serial, const char *kind, const char *by,
	int64_t now, unsigned *ret_n) MUST_CHECK;

/* --- import_msg.c --- */
/* One row of an import, parsed; a NULL field was not in the file, "" clears. */
struct inv_import_row {
	size_t line;
	const char *serial, *item_number, *product, *lease, *imei, *sim, *note;
	bool has_state;
	enum inv_state state;
	int64_t lease_ends_at; /* -1: not in the file */
};
struct inv_import_table {
	struct inv_import_row *rows;
	size_t count;
};
/* Faults go to `report`; rows with a fault are left out of the table. ERR_BADINPUT when the file
 * has no heading with a serial number column or is not CSV at all (one fault tells which). */
int inv_import_parse(struct arena *a, struct bytes csv, enum say_lang lang,
	struct inv_import_report *report, struct inv_import_table *ret) MUST_CHECK;
void inv_import_fault(struct arena *a, struct inv_import_report *report, size_t line,
	const char *column, const char *text);

/* --- say.c --- */
extern const struct say inv_say_same_state, inv_say_not_from, inv_say_found_first, inv_say_not_lost,
	inv_say_words_needed, inv_say_choose_erase, inv_say_choose_plan, inv_say_task_done,
	inv_say_quarantined;
extern const struct say inv_say_no_serial_column, inv_say_bad_csv, inv_say_bad_serial,
	inv_say_bad_state, inv_say_bad_date, inv_say_bad_code, inv_say_doubled_serial,
	inv_say_item_taken, inv_say_state_by_act, inv_say_unknown_column;

#endif
