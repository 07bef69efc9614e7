/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla setting list, history, set, undo. A running server takes a change up within two seconds. */
#include "server/cli_call.h"

static const struct cli_column row[] = {{"name", "cli.col.setting"}, {"value", "cli.col.value"},
	{"from", "cli.col.from"}, {"changed_at", "column.when"}, {"changed_by", "column.who"}, {0}};
static const struct cli_column past[] = {{"number", "column.number"}, {"at", "column.when"},
	{"by", "column.who"}, {"old", "cli.col.old"}, {"new", "cli.col.value"},
	{"why", "cli.col.why"}, {0}};
static const struct cli_column would[] = {{"text", "column.what"}, {0}};
static const struct cli_call list = {"GET", "/settings", .list = "settings", .rows = row};
static const struct cli_call history = {
	"GET", "/settings/{name}", .members = "name", .list = "history", .rows = past};
static const struct cli_call look = {"POST", "/settings/{name}/preview", .members = "name value",
	.list = "would", .rows = would};
static const struct cli_call set = {
	"POST", "/settings/{name}", .members = "name value", .done = "cli.done.saved"};
static const struct cli_call undo = {
	"POST", "/settings/{name}/undo", .members = "name number", .done = "cli.done.saved"};

static const struct cli_option set_options[] = {{"why", "TEXT"}, {"clear", NULL}, {0}};
static const struct cli_option look_options[] = {{"clear", NULL}, {0}};
static const struct cli_option undo_options[] = {{"why", "TEXT"}, {0}};

const struct cli_command cli_setting_commands[] = {
	{"setting list", "", 0, 0, NULL, cli_call_run, &list},
	{"setting history", "NAME", 1, 1, NULL, cli_call_run, &history},
	{"setting look", "NAME [VALUE]", 1, 2, look_options, cli_call_run, &look},
	{"setting set", "NAME [VALUE]", 1, 2, set_options, cli_call_run, &set},
	{"setting undo", "NAME N", 2, 2, undo_options, cli_call_run, &undo},
	{0},
};
