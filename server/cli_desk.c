/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla hold, rule, agreement, wording, statistics, and of hylla loan what changes a loan that is
 * out. */
#include "server/cli_call.h"

#define CALL(name_) static const struct cli_call name_

/* --- holds --- */

static const struct cli_option hold_list_options[] = {{"product", "ID"}, {"borrower", "ID"},
	{"state", "WORD"}, {"place", "ID"}, {"older", "N"}, {"paused", "yes|no"}, {"all", NULL},
	{"names", "yes"}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_option hold_options[] = {
	{"place", "ID"}, {"from", "DAY"}, {"to", "DAY"}, {"note", "TEXT"}, {"yes", NULL}, {0}};
static const struct cli_option until_options[] = {{"until", "DAY"}, {0}};
static const struct cli_column hold_rows[] = {{"hold", "column.number"}, {"product"}, {"borrower"},
	{"state"}, {"place"}, {"serial"}, {"ready_until"}, {"made"}, {0}};
static const struct cli_column hold_columns[] = {{"hold", "column.number"},
	{"zone", .words = "name.zone"}, {"product"}, {"borrower"}, {"state"}, {"place_in_queue"},
	{"place"}, {"from"}, {"to"}, {"paused"}, {"paused_until"}, {"serial"}, {"ready_until"},
	{"loan"}, {"made"}, {"made_by"}, {"note"}, {0}};
static const struct cli_column hold_made[] = {{"hold", "cli.col.hold"}, {0}};

CALL(hold_list) = {"GET", "/holds", .list = "holds", .rows = hold_rows};
CALL(hold_show) = {"GET", "/holds/{id}", "id", .columns = hold_columns};
CALL(hold_add) = {"POST", "/holds", "borrower product", .columns = hold_made};
CALL(hold_cancel) = {"POST", "/holds/{id}/cancel", "id", .done = "cli.done.cancelled"};
CALL(hold_pause) = {
	"POST", "/holds/{id}/pause", "id", "{\"paused\":true}", .done = "cli.done.paused"};
CALL(hold_resume) = {
	"POST", "/holds/{id}/pause", "id", "{\"paused\":false}", .done = "cli.done.resumed"};
CALL(hold_move) = {"POST", "/holds/{id}/move", "id to", .done = "cli.done.moved"};
CALL(hold_picks) = {"GET", "/holds/picks", .list = "picks", .rows = hold_rows};
CALL(hold_ready) = {
	"POST", "/holds/pick", "code", .columns = hold_made, .done = "cli.done.set_aside"};

/* --- rules --- */

#define RULE_WORDS                                                                   \
	{"zone", "ZONE"}, {"kind", "KIND"}, {"product", "ID"}, {"category", "WORD"}, \
		{"borrower-kind", "CODE"},                                           \
	{                                                                            \
		"place", "ID"                                                        \
	}
#define RULE_TERMS                                                                                \
	{"lendable", "yes|no"}, {"loan-days", "N"}, {"loan-months", "N"}, {"renewals", "N"},      \
		{"renew-days", "N"}, {"limit", "N"}, {"stop-late-days", "N"}, {"hold-days", "N"}, \
		{"sign-out", "yes|no"}, {"sign-in", "yes|no"}, {"wipe", "yes|no"},                \
		{"inspect", "yes|no"}, {"keep-days", "N"}, {"replacement", "KRONOR"},             \
	{                                                                                         \
		0                                                                                 \
	}
static const struct cli_option rule_options[] = {{"version", "N"}, RULE_WORDS, RULE_TERMS};
static const struct cli_option rule_preview_options[] = {
	{"rule", "N"}, {"ends", NULL}, RULE_WORDS, RULE_TERMS};
static const struct cli_option rule_try_options[] = {
	{"zone", "ZONE"}, {"borrower-kind", "CODE"}, {"place", "ID"}, {"day", "DAY"}, {0}};
static const struct cli_column rule_rows[] = {{"rule", "column.number"},
	{"zone", .words = "name.zone"}, {"kind", .words = "item.kind"}, {"product"}, {"category"},
	{"borrower_kind", .words = "name.kind"}, {"place"}, {"loan_days"}, {"loan_months"},
	{"renewals"}, {"limit"}, {"why"}, {0}};
static const struct cli_column rule_past_rows[] = {{"version"}, {"lendable"}, {"loan_days"},
	{"loan_months"}, {"renewals"}, {"limit"}, {"changed"}, {"changed_by"},
	{"ended", "cli.col.ended"}, {"why"}, {0}};
static const struct cli_column rule_made[] = {{"rule", "cli.col.rule"}, {0}};
static const struct cli_column tried_columns[] = {{"name", "column.product"},
	{"lent", "cli.col.is_lent"}, {"no.text", "field.reason"}, {"start", "cli.col.start"},
	{"due"}, {"terms.loan_days"}, {"terms.loan_months"}, {"terms.renewals"},
	{"terms.renew_days"}, {"terms.limit"}, {"terms.sign_out"}, {"terms.sign_in"},
	{"terms.wipe"}, {"terms.inspect"}, {"terms.replacement_ore", "column.price"}, {0}};
static const struct cli_column preview_columns[] = {
	{"products", "cli.col.products"}, {"open_lines", "cli.col.open_lines"}, {0}};
static const struct cli_column preview_rows[] = {{"product"},
	{"borrower_kind", .words = "name.kind"}, {"place"},
	{"before.loan_days", "cli.col.days_before"}, {"after.loan_days", "cli.col.days_after"},
	{0}};

CALL(rule_list) = {"GET", "/loan-rules", .list = "rules", .rows = rule_rows};
CALL(rule_show) = {
	"GET", "/loan-rules/{id}/history", "id", .list = "rules", .rows = rule_past_rows};
CALL(rule_add) = {"POST", "/loan-rules", "why", .columns = rule_made};
CALL(rule_set) = {"POST", "/loan-rules/{id}", "id why", .done = "cli.done.changed"};
CALL(rule_end) = {"DELETE", "/loan-rules/{id}", "id", .done = "cli.done.ended"};
CALL(rule_preview) = {"POST", "/loan-rules/preview", .columns = preview_columns, .list = "changes",
	.rows = preview_rows};
CALL(rule_try) = {"GET", "/loan-rules/try", "product", .columns = tried_columns};

/* --- loans that are out --- */

static const struct cli_option line_options[] = {{"line", "N"}, {0}};
static const struct cli_option claim_options[] = {{"no", NULL}, {0}};
static const struct cli_option lost_options[] = {{"stolen", NULL}, {"message", "TEXT"},
	{"phone", "NUMBER"}, {"footnote", "TEXT"}, {"police", "NUMBER"}, {"note", "TEXT"}, {0}};
static const struct cli_option inspect_options[] = {
	{"condition", "WORD"}, {"note", "TEXT"}, {"missing", "NUMBERS"}, {"broken", NULL}, {0}};
static const struct cli_option slip_options[] = {
	{"return", NULL}, {"paper", "WORD"}, {"percent", "N"}, {"o", "FILE"}, {0}};
static const struct cli_option paper_options[] = {{"percent", "N"}, {"o", "FILE"}, {0}};
static const struct cli_column count_columns[] = {{"loans"}, {"open_loans"}, {"lines"},
	{"open_lines", "cli.col.open_lines"}, {"lost_lines"}, {"handed_in", "cli.col.handed_in"},
	{0}};

CALL(loan_counts) = {"GET", "/loans/counts", .columns = count_columns};
CALL(loan_due) = {"POST", "/loans/{number}/due", "number due reason", "{\"line\":1}",
	.done = "cli.done.changed"};
CALL(loan_inspect) = {"POST", "/items/{code}/inspected", "code", .done = "cli.done.inspected"};
static const struct cli_option calls_options[] = {{"call-now", "yes|no"},
	{"broken", "yes|no"}, {"older", "N"}, {"product", "ID"}, {"place", "ID"},
	{"names", "yes"}, {"sort", "COLUMN"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_option called_options[] = {
	{"promised", "DAY"}, {"things", "CODES"}, {0}};
static const struct cli_option reminder_options[] = {
	{"things", "CODES"}, {"percent", "N"}, {"o", "FILE"}, {0}};
static const struct cli_column calls_rows[] = {{"loan"}, {"things", "column.late_things"},
	{"due", "column.last_day"}, {"name", "column.borrower"}, {"phone"},
	{"lang_text", "column.speaks"}, {"contact_text", "column.last_call"},
	{"contacted", "column.called"}, {"promised"}, {0}};
CALL(loan_calls) = {"GET", "/loans/calls", .list = "calls", .rows = calls_rows};
CALL(loan_called) = {
	"POST", "/loans/{number}/called", "number contact", .done = "cli.done.noted"};
CALL(loan_reminder) = {"GET", "/loans/{number}/reminder", "number"};
CALL(loan_claim) = {"POST", "/items/{code}/claim", "code", .done = "cli.done.noted"};
CALL(loan_lost) = {"POST", "/items/{code}/lost-on-loan", "code", .done = "cli.done.lost"};
CALL(loan_write_off) = {
	"POST", "/items/{code}/write-off", "code reason", .done = "cli.done.written_off"};
CALL(loan_slip) = {"GET", "/loans/{loan}/slip", "loan"};
CALL(loan_letter) = {"GET", "/loans/{loan}/letter", "loan"};

/* --- agreements and their texts --- */

static const struct cli_option make_options[] = {{"of-return", NULL}, {"note", "TEXT"}, {0}};
static const struct cli_option pdf_options[] = {
	{"words", "TEXT"}, {"percent", "N"}, {"o", "FILE"}, {0}};
static const struct cli_option sign_options[] = {{"signer", "WORD"}, {"relative", "N"},
	{"identity", "WORD"}, {0}};
static const struct cli_option void_options[] = {{"reason", "TEXT"}, {0}};
static const struct cli_option preview_options[] = {{"o", "FILE"}, {0}};
static const struct cli_option wording_options[] = {{"why", "TEXT"}, {0}};
static const struct cli_column agreement_rows[] = {{"id", "cli.col.agreement"}, {"loan"},
	{"state", .words = "name.agreement"}, {"of_return", "cli.col.of_return"},
	{"made_at", "column.made"}, {"signed_at", "cli.col.signed"}, {"way", .words = "name.way"},
	{0}};
static const struct cli_column agreement_columns[] = {{"id", "cli.col.agreement"}, {"loan"},
	{"borrower"}, {"zone", .words = "name.zone"}, {"state", .words = "name.agreement"},
	{"of_return", "cli.col.of_return"}, {"wordings"}, {"made_at", "column.made"}, {"made_by"},
	{"signed_at", "cli.col.signed"}, {"way", .words = "name.way"}, {"signer"},
	{"identity", "cli.col.identity_kind"}, {"checked_by"}, {"sha256"}, {0}};
static const struct cli_column agreement_made[] = {{"id", "cli.col.agreement"}, {0}};
static const struct cli_option price_list_options[] = {{"version", "N"}, {"category", "WORD"}, {0}};
static const struct cli_option price_options[] = {{"from", "DAY"}, {"why", "TEXT"}, {0}};
static const struct cli_option price_undo_options[] = {{"why", "TEXT"}, {0}};
static const struct cli_column price_rows[] = {
	{"product"}, {"name"}, {"price_ore", "column.price"}, {"version"}, {0}};
static const struct cli_column price_change_rows[] = {{"product"}, {"name"},
	{"before_ore", "price.before"}, {"price_ore", "price.after"}, {0}};
static const struct cli_column price_list_rows[] = {{"version"}, {"state", .words = "price.state"},
	{"from"}, {"prices", "column.count"}, {"made_at", "column.made"}, {"made_by"}, {"why"}, {0}};
static const struct cli_column price_list_columns[] = {{"version"},
	{"state", .words = "price.state"}, {"from"}, {"way", .words = "price.way"}, {"why"},
	{"made_at", "column.made"}, {"made_by"}, {0}};
static const struct cli_column wording_rows[] = {
	{"version"}, {"title"}, {"made_at", "column.made"}, {"made_by"}, {"why"}, {0}};
static const struct cli_column wording_made[] = {{"version"}, {0}};

CALL(agreement_list) = {"GET", "/agreements", "loan", .list = "agreements", .rows = agreement_rows};
CALL(agreement_show) = {"GET", "/agreements/{id}", "id", .columns = agreement_columns};
CALL(agreement_make) = {"POST", "/loans/{loan}/agreements", "loan", .columns = agreement_made};
CALL(agreement_pdf) = {"POST", "/agreements/{id}/pdf", "id"};
CALL(agreement_sign) = {
	"POST", "/agreements/{id}/sign", "id", "{\"way\":\"paper\"}", .done = "cli.done.signed"};
CALL(agreement_void) = {"POST", "/agreements/{id}/void", "id", .done = "cli.done.void"};
CALL(price_list) = {"GET", "/prices", .list = "rows", .rows = price_rows};
CALL(price_versions) = {"GET", "/price-lists", .list = "versions", .rows = price_list_rows};
CALL(price_show) = {"GET", "/price-lists/{version}", "version", .columns = price_list_columns,
	.list = "rows", .rows = price_change_rows};
CALL(price_set) = {"POST", "/prices", "product price", .columns = wording_made};
CALL(price_preview) = {
	"POST", "/prices/preview", "product price", .list = "changes", .rows = price_change_rows};
CALL(price_undo) = {"POST", "/price-lists/{version}/undo", "version", .columns = wording_made};
CALL(wording_show) = {
	"GET", "/wordings/{kind}/{lang}", "kind lang", .list = "wordings", .rows = wording_rows};
CALL(wording_preview) = {"GET", "/wordings/{kind}/{lang}/preview", "kind lang"};
CALL(wording_set) = {
	"POST", "/wordings/{kind}/{lang}", "kind lang version title body", .columns = wording_made};

/* --- figures --- */

static const struct cli_option statistics_options[] = {
	{"from", "MONTH"}, {"to", "MONTH"}, {"zone", "ZONE"}, {"csv", NULL}, {"o", "FILE"}, {0}};
static const struct cli_column statistics_columns[] = {{"sum.loans"}, {"sum.returns"}, {"sum.late"},
	{"sum.lost"}, {"sum.waits"}, {"sum.in_time_percent"}, {"sum.mean_days"}, {"overdue_all"},
	{0}};
static const struct cli_column month_rows[] = {
	{"month"}, {"loans"}, {"returns"}, {"late"}, {"lost"}, {"waits"}, {0}};
CALL(statistics) = {
	"GET", "/statistics", .columns = statistics_columns, .list = "months", .rows = month_rows};

const struct cli_command cli_desk_commands[] = {
	{"loan counts", "", 0, 0, NULL, cli_call_run, &loan_counts},
	{"loan due", "L-NUMBER DAY REASON", 3, 3, line_options, cli_call_run, &loan_due},
	{"loan inspect", "CODE", 1, 1, inspect_options, cli_call_run, &loan_inspect},
	{"loan calls", "", 0, 0, calls_options, cli_call_run, &loan_calls},
	{"loan called", "L-NUMBER HOW", 2, 2, called_options, cli_call_run, &loan_called},
	{"loan reminder", "L-NUMBER", 1, 1, reminder_options, cli_call_run, &loan_reminder},
	{"loan claim", "CODE", 1, 1, claim_options, cli_call_run, &loan_claim},
	{"loan lost", "CODE", 1, 1, lost_options, cli_call_run, &loan_lost},
	{"loan write-off", "CODE REASON", 2, 2, NULL, cli_call_run, &loan_write_off},
	{"loan slip", "L-NUMBER", 1, 1, slip_options, cli_call_run, &loan_slip},
	{"loan letter", "L-NUMBER", 1, 1, paper_options, cli_call_run, &loan_letter},
	{"hold list", "", 0, 0, hold_list_options, cli_call_run, &hold_list},
	{"hold show", "ID", 1, 1, NULL, cli_call_run, &hold_show},
	{"hold add", "BORROWER PRODUCT", 2, 2, hold_options, cli_call_run, &hold_add},
	{"hold cancel", "ID", 1, 1, NULL, cli_call_run, &hold_cancel},
	{"hold pause", "ID", 1, 1, until_options, cli_call_run, &hold_pause},
	{"hold resume", "ID", 1, 1, NULL, cli_call_run, &hold_resume},
	{"hold move", "ID N", 2, 2, NULL, cli_call_run, &hold_move},
	{"hold picks", "", 0, 0, NULL, cli_call_run, &hold_picks},
	{"hold ready", "CODE", 1, 1, NULL, cli_call_run, &hold_ready},
	{"rule list", "", 0, 0, NULL, cli_call_run, &rule_list},
	{"rule show", "ID", 1, 1, NULL, cli_call_run, &rule_show},
	{"rule add", "WHY", 1, 1, rule_options + 1, cli_call_run, &rule_add},
	{"rule set", "ID WHY", 2, 2, rule_options, cli_call_run, &rule_set},
	{"rule end", "ID", 1, 1, NULL, cli_call_run, &rule_end},
	{"rule preview", "", 0, 0, rule_preview_options, cli_call_run, &rule_preview},
	{"rule try", "PRODUCT", 1, 1, rule_try_options, cli_call_run, &rule_try},
	{"agreement list", "L-NUMBER", 1, 1, NULL, cli_call_run, &agreement_list},
	{"agreement show", "ID", 1, 1, NULL, cli_call_run, &agreement_show},
	{"agreement make", "L-NUMBER", 1, 1, make_options, cli_call_run, &agreement_make},
	{"agreement pdf", "ID", 1, 1, pdf_options, cli_call_run, &agreement_pdf},
	{"agreement sign", "ID", 1, 1, sign_options, cli_call_run, &agreement_sign},
	{"agreement void", "ID", 1, 1, void_options, cli_call_run, &agreement_void},
	{"price list", "", 0, 0, price_list_options, cli_call_run, &price_list},
	{"price versions", "", 0, 0, NULL, cli_call_run, &price_versions},
	{"price show", "N", 1, 1, NULL, cli_call_run, &price_show},
	{"price preview", "PRODUCT KRONOR", 2, 2, price_options, cli_call_run, &price_preview},
	{"price set", "PRODUCT KRONOR", 2, 2, price_options, cli_call_run, &price_set},
	{"price undo", "N", 1, 1, price_undo_options, cli_call_run, &price_undo},
	{"wording show", "KIND LANG", 2, 2, NULL, cli_call_run, &wording_show},
	{"wording preview", "KIND LANG", 2, 2, preview_options, cli_call_run, &wording_preview},
	{"wording set", "KIND LANG N TITLE FILE", 5, 5, wording_options, cli_call_run,
		&wording_set},
	{"statistics", "", 0, 0, statistics_options, cli_call_run, &statistics},
	{0},
};
