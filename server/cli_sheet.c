/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists and records for people, from the documents that --json gives: headings, words for codes,
 * days and times as they are said. */
#include "server/cli.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/money.h"
#include "base/text.h"
#include "base/when.h"

#include <stdio.h>
#include <stdlib.h>

#define WIDTH_MOST 44 /* what is longer pushes its row */
#define COLUMNS_MOST 12
#define CELL_MOST 4096

/* --- one cell --- */

const char *cli_day(const struct cli *cli, int32_t day)
{
	AUTO(buf) struct buf b = BUF_INIT(CELL_MOST);

	when_near_day(&b, cli->lang, day, day_of_time(cli->now));
	return arena_strdup(cli->arena, buf_str(&b));
}

/* Pages have the exact time beside what is long ago; here it stands with it. */
const char *cli_when(const struct cli *cli, int64_t t)
{
	AUTO(buf) struct buf b = BUF_INIT(CELL_MOST);
	int32_t off = day_of_time(t) - day_of_time(cli->now);
	char exact[CLOCK_TEXT];

	when_near(&b, cli->lang, t, cli->now);
	if (off < -6 || off > 6)
		buf_printf(&b, " %.5s", clock_format_local(t, exact) + 11);
	return arena_strdup(cli->arena, buf_str(&b));
}

/* The object that holds the last part of "thing.due", and that part. */
static const struct doc *step_in(const struct doc *d, const char *key, const char **ret_last)
{
	const char *dot;
	char name[64];

	while ((dot = strchr(key, '.')) != NULL) {
		snprintf(name, sizeof(name), "%.*s", (int)(dot - key), key);
		d = doc_object(d, name);
		key = dot + 1;
	}
	*ret_last = key;
	return d;
}

/* What the house itself has a word for: the same that pages show. */
static const char *state_name(unsigned s)
{
	return inv_state_name((enum inv_state)s);
}

static const struct say *state_say(unsigned s)
{
	return inv_state_say((enum inv_state)s);
}

static const struct {
	const char *words;
	const char *(*name)(unsigned);
	const struct say *(*say)(unsigned);
	unsigned most;
} saids[] = {
	{"item.state", state_name, state_say, INV_STATES},
	{"item.kind", inv_kind_name, inv_kind_say, INV_KINDS},
	{"item.condition", inv_condition_name, inv_condition_say, INV_CONDITIONS},
	{"sim.state", inv_sim_state_name, inv_sim_state_say, INV_SIM_STATES},
	{"place.kind", inv_place_kind_name, inv_place_kind_say, INV_PLACE_KINDS},
	{"fault.state", inv_fault_state_name, inv_fault_state_say, INV_FAULT_STATES},
};

static const char *house_word(const struct cli *cli, const char *words, const char *code)
{
	for (size_t i = 0; i < sizeof(saids) / sizeof(saids[0]); i++) {
		for (unsigned s = 1; text_equal(saids[i].words, words) && s < saids[i].most; s++) {
			if (text_equal(saids[i].name(s), code))
				return say_plain(saids[i].say(s), cli->lang);
		}
	}
	return NULL;
}

static const char *word_of(const struct cli *cli, const char *words, const char *code)
{
	char *key = arena_printf(cli->arena, "%s.%s", words, code);
	const char *text = house_word(cli, words, code);

	if (text)
		return text;

	for (char *s = key; *s; s++) {
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	}
	text = web_text(cli->lang, key);
	return text ? text : code;
}

static const char *str_cell(const struct cli *cli, const char *s)
{
	int64_t t;
	int32_t day;

	if (strlen(s) == 20 && s[19] == 'Z' && clock_parse(s, &t) == 0)
		return cli_when(cli, t);
	if (strlen(s) == 10 && day_parse(s, &day) == 0)
		return cli_day(cli, day);
	return s;
}

static const char *list_cell(const struct cli *cli, const struct doc *list)
{
	const char *all = "";

	for (size_t i = 0; i < doc_list_size(list); i++) {
		const char *s = doc_list_str(list, i);

		if (s)
			all = arena_printf(cli->arena, "%s%s%s", all, *all ? ", " : "", s);
	}
	return all;
}

static const char *other_cell(const struct cli *cli, const struct doc *v)
{
	AUTO(buf) struct buf b = BUF_INIT(CELL_MOST);

	if (doc_kind(v) == DOC_NULL || doc_kind(v) == DOC_OBJECT)
		return "";
	doc_format(v, &b);
	if (text_equal(buf_str(&b), "true") || text_equal(buf_str(&b), "false"))
		return cli_text(cli, buf_str(&b)[0] == 't' ? "cli.say.yes" : "cli.say.no");
	return arena_strdup(cli->arena, buf_str(&b));
}

const char *cli_cell(const struct cli *cli, const struct doc *d, const struct cli_column *c)
{
	const char *key, *said, *s;
	const struct doc *at = step_in(d, c->key, &key);
	size_t n = strlen(key);
	int64_t ore;

	said = doc_str(at, arena_printf(cli->arena, "%s_text", key));
	if (said)
		return said;
	s = doc_str(at, key);
	if (s)
		return c->words ? word_of(cli, c->words, s) : str_cell(cli, s);
	if (n > 4 && text_equal(key + n - 4, "_ore") && doc_int(at, key, &ore) == 0)
		return money_text(cli->arena, ore);
	if (doc_list(at, key))
		return list_cell(cli, doc_list(at, key));
	return other_cell(cli, doc_value(at, key));
}

/* --- headings --- */

static const char *head_of(const struct cli *cli, const struct cli_column *c)
{
	static const char *const from[] = {"column", "field", "cli.col"};
	const char *dot = strrchr(c->key, '.'), *key = dot ? dot + 1 : c->key;

	if (c->head)
		return cli_text(cli, c->head);
	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		const char *text =
			web_text(cli->lang, arena_printf(cli->arena, "%s.%s", from[i], key));

		if (text)
			return text;
	}
	return key;
}

size_t cli_width(const char *s, size_t bytes)
{
	size_t n = 0;

	for (size_t i = 0; i < bytes; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

static size_t width_of(const char *s)
{
	return cli_width(s, strlen(s));
}

static void put_cell(const char *s, size_t width, bool last)
{
	size_t w = width_of(s);

	cli_say("%s%*s", s, last ? 0 : (int)((w < width ? width - w : 0) + 2), "");
}

/* --- rows and records --- */

static void widen(size_t *width, const char *s)
{
	size_t w = width_of(s);

	if (w > *width)
		*width = w > WIDTH_MOST ? WIDTH_MOST : w;
}

void cli_rows(const struct cli *cli, const struct cli_column *columns, const struct doc *list,
	size_t from)
{
	size_t rows = doc_list_size(list), n = 0, width[COLUMNS_MOST] = {0};

	if (cli->json || from >= rows)
		return;
	for (; columns[n].key && n < COLUMNS_MOST; n++) {
		widen(&width[n], head_of(cli, &columns[n]));
		for (size_t i = from; i < rows; i++)
			widen(&width[n], cli_cell(cli, doc_list_value(list, i), &columns[n]));
	}
	for (size_t c = 0; c < n && from == 0; c++)
		put_cell(head_of(cli, &columns[c]), width[c], c + 1 == n);
	if (from == 0)
		cli_say("\n");
	for (size_t i = from; i < rows; i++) {
		for (size_t c = 0; c < n; c++) {
			const char *s = cli_cell(cli, doc_list_value(list, i), &columns[c]);

			put_cell(*s ? s : "-", width[c], c + 1 == n);
		}
		cli_say("\n");
	}
}

void cli_record(const struct cli *cli, const struct cli_column *columns, const struct doc *d)
{
	size_t width = 0;

	if (cli->json || !d)
		return;
	for (const struct cli_column *c = columns; c->key; c++) {
		if (*cli_cell(cli, d, c))
			widen(&width, head_of(cli, c));
	}
	for (const struct cli_column *c = columns; c->key; c++) {
		const char *s = cli_cell(cli, d, c);

		if (!*s)
			continue;
		cli_say("  ");
		put_cell(head_of(cli, c), width, false);
		cli_say("%s\n", s);
	}
}

void cli_rows_end(const struct cli *cli, size_t n)
{
	if (cli->json)
		return;
	cli_say("%s\n", n == 0   ? cli_text(cli, "cli.say.none")
			: n == 1 ? cli_text(cli, "cli.say.one")
				 : cli_fill(cli, "cli.say.many", arena_printf(cli->arena, "%zu", n),
					   NULL, NULL));
}

/* --- lists of the store --- */

void cli_list_page(struct cli_list *l, size_t n, const char *last)
{
	l->n += n;
	l->after = last;
	l->more = n == CLI_PAGE;
}

int cli_list_run(struct cli *cli, const struct cli_sheet *sheet, store_fn *page, const void *ask)
{
	struct doc *d = doc_new(cli->arena);
	struct cli_list l = {.cli = cli, .list = doc_set_list(d, sheet->member), .ask = ask};
	int err;

	if (!cli->house.st && cli_house(cli) != 0) /* open already where it was asked who one is */
		return CLI_FAILED;
	do {
		size_t before = doc_list_size(l.list);

		l.more = false;
		err = store_read(cli->house.st, page, &l);
		if (err == 0)
			cli_rows(cli, sheet->columns, l.list, before);
	} while (err == 0 && l.more);
	if (err)
		return cli_fail(cli, err, NULL, NULL);
	cli_print(cli, d, NULL);
	cli_rows_end(cli, doc_list_size(l.list));
	return CLI_DONE;
}
