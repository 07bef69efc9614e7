/* SPDX-License-Identifier: EUPL-1.2 */
/* Blocks of a sheet from a paper's things and from a template's text. Pure. */
#include "inventory/agreement_int.h"

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"
#include "base/when.h"

void inv_sheet_add(struct inv_sheet *s, enum print_kind kind, const char *label, const char *text)
{
	if (s->n < INV_BLOCKS)
		s->block[s->n++] = (struct print_block){.kind = kind, .label = label, .text = text};
}

static const char *word(const struct inv_sheet *s, const struct say *w)
{
	return say_plain(w, s->paper->lang);
}

/* Condition and parts under the name; that it is missing before them. */
static const char *thing(const struct inv_sheet *s, const struct inv_paper_line *l)
{
	AUTO(buf) struct buf b = BUF_INIT(8192);

	buf_add_str(&b, l->name ? l->name : "");
	if (!text_empty(l->parts))
		buf_printf(&b, "\n%s", l->parts);
	if (!text_empty(l->condition))
		buf_printf(&b, "\n%s: %s", word(s, &inv_word_condition), l->condition);
	if (l->missing)
		buf_printf(&b, "\n%s", word(s, &inv_word_missing));
	return arena_strdup(s->a, buf_str(&b));
}

void inv_sheet_items(struct inv_sheet *s, bool with_prices)
{
	const struct inv_paper *p = s->paper;
	size_t columns = p->of_return && !with_prices ? 2 : 3;
	const char **cell = ARENA_ARRAY(s->a, const char *, columns *(p->line_count + 1));

	if (p->line_count == 0 || s->n == INV_BLOCKS)
		return;
	cell[0] = word(s, &inv_word_number);
	cell[1] = word(s, &inv_word_thing);
	if (columns == 3)
		cell[2] = word(s, with_prices ? &inv_word_price : &inv_word_due);
	for (size_t i = 0; i < p->line_count; i++) {
		const struct inv_paper_line *l = &p->line[i];
		const char **row = &cell[(i + 1) * columns];

		row[0] = l->number;
		row[1] = with_prices ? l->name : thing(s, l);
		if (columns == 3 && with_prices)
			row[2] = l->price_ore ? money_text(s->a, l->price_ore) : "–";
		else if (columns == 3)
			row[2] = l->due == DAY_NONE ? "–"
						    : when_date_text(s->a, s->paper->lang, l->due);
	}
	s->block[s->n++] = (struct print_block){
		.kind = PRINT_TABLE, .cells = cell, .columns = columns, .rows = p->line_count + 1};
}

/* Which versions of the price table the prices are of, each once. */
static void add_price_lists(struct inv_sheet *s)
{
	const struct inv_paper *p = s->paper;
	AUTO(buf) struct buf b = BUF_INIT(8192);

	for (size_t i = 0; i < p->line_count; i++) {
		const struct inv_paper_line *l = &p->line[i];
		const char *const arg[SAY_ARGS] = {arena_printf(s->a, "%u", l->price_list),
			when_date_text(s->a, p->lang, l->price_from)};
		size_t before = 0;

		while (before < i && p->line[before].price_list != l->price_list)
			before++;
		if (!l->price_list || before < i)
			continue;
		buf_add_str(&b, b.n ? " " : "");
		say_format(&b, p->lang, &inv_word_price_list, arg);
	}
	if (b.n)
		inv_sheet_add(s, PRINT_TEXT, NULL, arena_strdup(s->a, buf_str(&b)));
}

#define ALONE_BLOCKS 3

/* A line that is nothing but a field stands for a block, or up to ALONE_BLOCKS. */
static bool add_alone(struct inv_sheet *s, const char *line)
{
	if (strcmp(line, "{items}") == 0) {
		inv_sheet_items(s, false);
	} else if (strcmp(line, "{prices}") == 0) {
		inv_sheet_items(s, true);
		add_price_lists(s);
	} else if (strcmp(line, "{due-large}") == 0) {
		inv_sheet_due(s);
	} else {
		return false;
	}
	return true;
}

static void add_filled(struct inv_sheet *s, enum print_kind kind, const char *raw)
{
	const char *filled = inv_field_fill(s->a, s->paper, raw);

	if (*filled)
		inv_sheet_add(s, kind, NULL, filled);
}

/* Its lines are filled together: a sentence may go over several. */
static void end_paragraph(struct inv_sheet *s, struct buf *text)
{
	if (text->n)
		add_filled(s, PRINT_TEXT, buf_str(text));
	buf_reset(text);
}

static void add_line(struct inv_sheet *s, struct buf *text, const char *line)
{
	if (*line == '\0') {
		end_paragraph(s, text);
		return;
	}
	if (*line == '{' && strchr(line, '}') && strchr(line, '}')[1] == '\0') {
		/* {items} ends what was before it; {name} alone on a line does not */
		size_t n = s->n;

		if (add_alone(s, line)) {
			struct print_block block[ALONE_BLOCKS];
			size_t made = s->n - n;

			memcpy(block, &s->block[n], made * sizeof(*block));
			s->n = n;
			end_paragraph(s, text);
			for (size_t i = 0; i < made && s->n < INV_BLOCKS; i++)
				s->block[s->n++] = block[i];
			return;
		}
	}
	if (text_starts(line, "# ") || text_starts(line, "- ")) {
		end_paragraph(s, text);
		add_filled(s, *line == '#' ? PRINT_HEADING : PRINT_ITEM, line + 2);
		return;
	}
	if (text->n)
		buf_add_char(text, ' ');
	buf_add_str(text, line);
}

void inv_sheet_body(struct inv_sheet *s, const char *body)
{
	AUTO(buf) struct buf text = BUF_INIT(2 * INV_TEXT_MOST);

	while (*body) {
		size_t n = strcspn(body, "\r\n");

		add_line(s, &text, arena_strndup(s->a, body, n));
		body += n;
		body += *body == '\r' && body[1] == '\n' ? 2 : *body != '\0';
	}
	end_paragraph(s, &text);
}

int inv_sheet_print(const struct inv_sheet *s, enum print_paper size, unsigned percent,
	const char *title, struct buf *out)
{
	const struct print_sheet sheet = {.paper = size,
		.title = title,
		.author = s->paper->organisation,
		.lang = say_lang_name(s->paper->lang),
		.foot = title,
		.mark = s->mark,
		.percent = percent,
		.blocks = s->block,
		.block_count = s->n};

	return s->n == INV_BLOCKS ? ERR_TOOBIG : print_pdf(&sheet, out);
}
