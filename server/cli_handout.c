/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla handout: hand-outs that are planned. */
#include "server/cli_call.h"

#define CALL(name_) static const struct cli_call name_

static const struct cli_option list_options[] = {{"q", "TEXT"}, {"borrower", "ID"}, {"day", "DAY"},
	{"product", "ID"}, {"place", "ID"}, {"staff", "NAME"}, {"ready", "yes|no"}, {"late", NULL},
	{"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_option add_options[] = {{"product", "ID"}, {"thing", "CODE"},
	{"place", "ID"}, {"staff", "NAME"}, {"note", "TEXT"}, {"yes", NULL}, {0}};
static const struct cli_option move_options[] = {{"place", "ID"}, {"staff", "NAME"}, {0}};
static const struct cli_option choose_options[] = {
	{"product", "ID"}, {"thing", "CODE"}, {"yes", NULL}, {0}};
static const struct cli_option start_options[] = {{"desk", "NAME"}, {0}};
static const struct cli_column rows[] = {{"handout", "column.number"}, {"at", "handout.time"},
	{"place"}, {"product"}, {"number", "handout.thing"}, {"staff", "handout.staff"},
	{"ready", "handout.ready"}, {0}};
static const struct cli_column columns[] = {{"handout", "column.number"},
	{"zone", .words = "name.zone"}, {"at", "handout.time"}, {"borrower"}, {"place"},
	{"product"}, {"number", "handout.thing"}, {"staff", "handout.staff"},
	{"ready", "handout.ready"}, {"loan"}, {"made"}, {"made_by"}, {"note"}, {0}};
static const struct cli_column seats_rows[] = {{"at", "handout.time"}, {"place"},
	{"seats", "seats.number"}, {"booked", "cli.col.booked"}, {"left", "seats.open"}, {0}};
static const struct cli_column made[] = {{"handout", "handout.one"}, {0}};

CALL(list) = {"GET", "/handouts", .list = "handouts", .rows = rows};
CALL(show) = {"GET", "/handouts/{id}", "id", .columns = columns};
CALL(add) = {"POST", "/handouts", "borrower at", .columns = made};
CALL(move) = {"POST", "/handouts/{id}/move", "id at", .done = "cli.done.moved"};
CALL(choose) = {"POST", "/handouts/{id}/thing", "id", .done = "cli.done.chosen"};
CALL(start) = {"POST", "/handouts/{id}/start", "id", .done = "cli.done.begun"};
CALL(seats) = {"GET", "/handouts/seats", .list = "seats", .rows = seats_rows};
CALL(seat) = {"POST", "/handouts/seats", "at place seats", .done = "cli.done.saved"};
CALL(cancel) = {"POST", "/handouts/{id}/cancel", "id", .done = "cli.done.cancelled"};

const struct cli_command cli_handout_commands[] = {
	{"handout list", "", 0, 0, list_options, cli_call_run, &list},
	{"handout show", "ID", 1, 1, NULL, cli_call_run, &show},
	{"handout add", "BORROWER TIME", 2, 2, add_options, cli_call_run, &add},
	{"handout move", "ID TIME", 2, 2, move_options, cli_call_run, &move},
	{"handout choose", "ID", 1, 1, choose_options, cli_call_run, &choose},
	{"handout start", "ID", 1, 1, start_options, cli_call_run, &start},
	{"handout seats", "", 0, 0, NULL, cli_call_run, &seats},
	{"handout set-seats", "TIME PLACE COUNT", 3, 3, NULL, cli_call_run, &seat},
	{"handout cancel", "ID", 1, 1, NULL, cli_call_run, &cancel},
	{0},
};
