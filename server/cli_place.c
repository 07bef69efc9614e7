/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla place, lease, delivery, fault, notice, label: where things are, whence they come, and what
 * is wrong with them. */
#include "server/cli_call.h"

#define CALL(name_) static const struct cli_call name_

/* --- places --- */

#define PLACE_FIELDS                                                                  \
	{"kind", "KIND"}, {"parent", "ID"}, {"address", "TEXT"}, {"phone", "NUMBER"}, \
		{"hours", "TEXT"}, {"open-days", "N"}, {"zone", "ZONE"},              \
	{                                                                             \
		0                                                                     \
	}
static const struct cli_option place_add_options[] = {{"lends", NULL}, PLACE_FIELDS};
static const struct cli_option place_change_options[] = {{"name", "TEXT"}, {"lends", "yes|no"},
	{"closed", "yes|no"}, {"offline", "yes|no"}, {"open-on-holidays", "yes|no"}, PLACE_FIELDS};
static const struct cli_column place_rows[] = {{"id", "column.place"},
	{"kind", .words = "place.kind"}, {"name"}, {"parent"}, {"lends"}, {0}};
static const struct cli_column place_columns[] = {{"id", "column.place"}, {"name"},
	{"kind", .words = "place.kind"}, {"parent"}, {"address"}, {"phone"}, {"hours"},
	{"open_days"}, {"zone", .words = "name.zone"}, {"lends"}, {"closed"}, {"offline"},
	{"open_on_holidays"}, {0}};
static const struct cli_column closed_rows[] = {{"day"}, {"why"}, {0}};

static const struct cli_option place_list_options[] = {{"q", "TEXT"}, {"kind", "KIND"},
	{"lends", "yes|no"}, {"closed", "yes|no"}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
CALL(place_list) = {"GET", "/places", .list = "places", .rows = place_rows};
CALL(place_show) = {"GET", "/places/{place}", "place", .columns = place_columns,
	.list = "closed_days", .rows = closed_rows};
CALL(place_add) = {"POST", "/places", "id name", "{\"kind\":\"desk\"}", .done = "cli.done.added"};
CALL(place_change) = {"POST", "/places/{place}", "place", .done = "cli.done.changed"};
CALL(place_close) = {
	"POST", "/places/{place}/closed", "place from to why", .done = "cli.done.place_closed"};

/* --- leases and deliveries --- */

static const struct cli_option lease_options[] = {{"supplier", "TEXT"}, {"agreement", "TEXT"},
	{"funding", "TEXT"}, {"terms", "TEXT"}, {"start", "DAY"}, {"end", "DAY"}, {"months", "N"},
	{"notice-days", "N"}, {"monthly", "KRONOR"}, {"residual", "KRONOR"}, {"closed", "yes|no"},
	{0}};
static const struct cli_option delivery_options[] = {{"order", "TEXT"}, {"supplier", "TEXT"},
	{"lease", "ID"}, {"product", "ID"}, {"place", "ID"}, {"note", "TEXT"},
	{"expected-day", "DAY"}, {"expected", "N"}, {"closed", "yes|no"}, {0}};
static const struct cli_column lease_rows[] = {{"id", "column.lease"}, {"supplier"},
	{"agreement", "cli.col.agreement"}, {"start"}, {"end"}, {"monthly_ore", "field.monthly_kr"},
	{"closed", "cli.col.ended"}, {0}};
static const struct cli_column delivery_rows[] = {{"id", "cli.col.delivery"}, {"supplier"},
	{"product"}, {"place"}, {"expected_day"}, {"received"}, {"expected"},
	{"closed", "cli.col.ended"}, {0}};

static const struct cli_option lease_list_options[] = {{"q", "TEXT"}, {"closed", "yes|no"},
	{"late", NULL}, {"here", "yes|no"}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_option delivery_list_options[] = {{"q", "TEXT"}, {"product", "ID"},
	{"place", "ID"}, {"agrees", "yes|no"}, {"closed", "yes|no"}, {"late", NULL},
	{"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
CALL(lease_list) = {"GET", "/leases", .list = "leases", .rows = lease_rows};
CALL(lease_set) = {"POST", "/leases", "id", .done = "cli.done.saved"};
CALL(delivery_list) = {"GET", "/deliveries", .list = "deliveries", .rows = delivery_rows};
CALL(delivery_set) = {"POST", "/deliveries", "id", .done = "cli.done.saved"};
CALL(delivery_receive) = {
	"POST", "/deliveries/{delivery}/receive", "delivery code", .done = "cli.done.received"};

/* --- faults --- */

static const struct cli_option fault_options[] = {
	{"tried", "TEXT"}, {"loan", "L-NUMBER"}, {"state", "WORD"}, {0}};
static const struct cli_option fault_change_options[] = {
	{"state", "WORD"}, {"tried", "TEXT"}, {"outcome", "TEXT"}, {0}};
static const struct cli_column fault_rows[] = {{"id", "column.number"}, {"serial"},
	{"state", .words = "fault.state"}, {"symptom"}, {"made"}, {0}};
static const struct cli_column fault_columns[] = {{"id", "column.number"}, {"serial"},
	{"state", .words = "fault.state"}, {"symptom"}, {"tried"}, {"outcome"},
	{"channel", .words = "name.channel"}, {"loan"}, {"swap_unit"}, {"made"}, {"made_by"},
	{"closed", "cli.col.ended"}, {0}};
static const struct cli_column fault_made[] = {{"fault", "column.number"}, {0}};

static const struct cli_option fault_list_options[] = {{"q", "TEXT"}, {"state", "WORD"},
	{"product", "ID"}, {"place", "ID"}, {"older", "N"}, {"all", NULL}, {"sort", "COLUMN"},
	{"csv", NULL}, {"o", "FILE"}, {0}};
CALL(fault_list) = {"GET", "/faults", .list = "faults", .rows = fault_rows};
CALL(fault_of) = {"GET", "/items/{code}/faults", "code", .list = "faults", .rows = fault_rows};
CALL(fault_show) = {"GET", "/faults/{id}", "id", .columns = fault_columns};
CALL(fault_add) = {"POST", "/items/{code}/faults", "code symptom", "{\"channel\":\"cli\"}",
	fault_made, .done = "cli.done.fault"};
CALL(fault_change) = {"POST", "/faults/{id}", "id", .done = "cli.done.changed"};
CALL(fault_close) = {
	"POST", "/faults/{id}", "id outcome", "{\"state\":\"closed\"}", .done = "cli.done.closed"};

/* --- what makers warn of --- */

static const struct cli_option notice_list_options[] = {{"q", "TEXT"}, {"product", "ID"},
	{"left", "yes|no"}, {"older", "N"}, {"all", NULL}, {"sort", "COLUMN"}, {"csv", NULL},
	{"o", "FILE"}, {0}};
static const struct cli_option hit_options[] = {{"q", "TEXT"}, {"handled", "yes|no"},
	{"lent", "yes|no"}, {"state", "WORD"}, {"place", "ID"}, {"sort", "COLUMN"}, {0}};
static const struct cli_option call_options[] = {{"q", "TEXT"}, {"handled", "yes|no"},
	{"lent", "yes|no"}, {"state", "WORD"}, {"place", "ID"}, {"names", "yes"},
	{"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_option note_options[] = {{"note", "TEXT"}, {0}};
static const struct cli_option notice_options[] = {{"product", "ID"}, {"model", "TEXT"},
	{"lot", "TEXT"}, {"serial-from", "SERIAL"}, {"serial-to", "SERIAL"}, {"made-from", "DAY"},
	{"made-to", "DAY"}, {"source", "TEXT"}, {"text", "TEXT"}, {"stop", NULL}, {0}};
static const struct cli_column notice_rows[] = {{"id", "column.number"}, {"title"},
	{"handled", "cli.col.handled"}, {"hits", "cli.col.hits"}, {"made"},
	{"closed", "cli.col.ended"}, {0}};
static const struct cli_column notice_columns[] = {{"id", "column.number"}, {"title"}, {"text"},
	{"source"}, {"product"}, {"model"}, {"lot"}, {"serial_from"}, {"serial_to"}, {"stop"},
	{"handled", "cli.col.handled"}, {"hits", "cli.col.hits"}, {"closed", "cli.col.ended"}, {0}};
static const struct cli_column hit_rows[] = {{"serial"}, {"state", .words = "item.state"}, {"loan"},
	{"handled", "cli.col.handled"}, {"handled_by"}, {"note"}, {0}};
static const struct cli_column notice_made[] = {{"notice", "column.number"}, {0}};

CALL(notice_list) = {"GET", "/safety-notices", .list = "notices", .rows = notice_rows};
CALL(notice_show) = {"GET", "/safety-notices/{id}", "id", .columns = notice_columns,
	.list = "items", .rows = hit_rows};
static const struct cli_column call_rows[] = {{"serial"}, {"now_text", "column.state"},
	{"lent_loan", "column.loan"}, {"whose"}, {"name", "column.borrower"}, {"phone"},
	{"due", "column.last_day"}, {"handled", "cli.col.handled"}, {0}};
CALL(notice_calls) = {
	"GET", "/safety-notices/{id}/calls", "id", .list = "calls", .rows = call_rows};
CALL(notice_add) = {"POST", "/safety-notices", "title", .columns = notice_made};
CALL(notice_handle) = {
	"POST", "/safety-notices/{id}/items/{code}", "id code", .done = "cli.done.handled"};
CALL(notice_close) = {"POST", "/safety-notices/{id}/close", "id", .done = "cli.done.closed"};

/* --- labels --- */

static const struct cli_option label_options[] = {{"skip", "N"}, {"o", "FILE"}, {0}};
CALL(label_print) = {"POST", "/labels", "labels…"};

const struct cli_command cli_place_commands[] = {
	{"place list", "", 0, 0, place_list_options, cli_call_run, &place_list},
	{"place show", "ID", 1, 1, NULL, cli_call_run, &place_show},
	{"place add", "ID NAME", 2, 2, place_add_options, cli_call_run, &place_add},
	{"place change", "ID", 1, 1, place_change_options, cli_call_run, &place_change},
	{"place close", "ID FROM TO WHY", 4, 4, NULL, cli_call_run, &place_close},
	{"lease list", "", 0, 0, lease_list_options, cli_call_run, &lease_list},
	{"lease set", "ID", 1, 1, lease_options, cli_call_run, &lease_set},
	{"delivery list", "", 0, 0, delivery_list_options, cli_call_run, &delivery_list},
	{"delivery set", "ID", 1, 1, delivery_options, cli_call_run, &delivery_set},
	{"delivery receive", "ID CODE", 2, 2, NULL, cli_call_run, &delivery_receive},
	{"fault list", "", 0, 0, fault_list_options, cli_call_run, &fault_list},
	{"fault of", "CODE", 1, 1, NULL, cli_call_run, &fault_of},
	{"fault show", "ID", 1, 1, NULL, cli_call_run, &fault_show},
	{"fault add", "CODE SYMPTOM", 2, 2, fault_options, cli_call_run, &fault_add},
	{"fault change", "ID", 1, 1, fault_change_options, cli_call_run, &fault_change},
	{"fault close", "ID OUTCOME", 2, 2, NULL, cli_call_run, &fault_close},
	{"notice list", "", 0, 0, notice_list_options, cli_call_run, &notice_list},
	{"notice show", "ID", 1, 1, hit_options, cli_call_run, &notice_show},
	{"notice calls", "ID", 1, 1, call_options, cli_call_run, &notice_calls},
	{"notice add", "TITLE", 1, 1, notice_options, cli_call_run, &notice_add},
	{"notice handle", "ID CODE", 2, 2, note_options, cli_call_run, &notice_handle},
	{"notice close", "ID", 1, 1, NULL, cli_call_run, &notice_close},
	{"label print", "CODE…", 1, 500, label_options, cli_call_run, &label_print},
	{0},
};
