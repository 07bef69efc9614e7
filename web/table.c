/* SPDX-License-Identifier: EUPL-1.2 */
/* A list as a file for spreadsheets. */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"
#include "print/print.h"

#include <stdlib.h>

#define FILE_MOST (32u << 20)

bool web_is_file(const struct http_request *rq)
{
	const char *format = http_query(rq, "format");

	return text_equal(format, "csv") || text_equal(format, "xlsx");
}

static const struct say say_forms = {"format.unknown",
	{"”format” är csv eller xlsx. Utan ”format” kommer listan som den är.",
		"”format” on csv tai xlsx. Ilman kohtaa ”format” luettelo tulee sellaisenaan.",
		"\"format\" is csv or xlsx. Without \"format\" the list comes as it is."}};
static const struct say say_no_file = {"format.none",
	{"Här finns ingen fil att hämta, varken csv eller xlsx. Ta bort ”format” ur adressen.",
		"Täältä ei saa tiedostoa, ei csv- eikä xlsx-muodossa. Poista osoitteesta ”format”.",
		"There is no file here, neither csv nor xlsx. Take \"format\" out of the address."}};

const char *web_format_unknown(const struct http_request *rq)
{
	const char *format = http_query(rq, "format");

	if (!text_equal(rq->method, "GET") || text_empty(format) || web_is_file(rq))
		return NULL;
	return say_plain(&say_forms, rq->lang);
}

const char *web_format_none(const struct http_request *rq)
{
	if (!text_equal(rq->method, "GET") || !web_is_file(rq))
		return NULL;
	return say_plain(&say_no_file, rq->lang);
}

/* "=cmd" in a list of ours is a command in theirs. */
static void put_cell(struct buf *out, const char *s)
{
	buf_add_char(out, '"');
	if (*s && strchr("=+-@\t\r\n", *s))
		buf_add_char(out, '\'');
	for (; *s; s++) {
		if (*s == '"')
			buf_add_char(out, '"');
		buf_add_char(out, *s);
	}
	buf_add_char(out, '"');
}

/* A time of ours is twenty octets: "2026-12-08T08:00:00Z". */
static bool is_time(const char *s, int64_t *ret)
{
	return s && strlen(s) == 20 && s[19] == 'Z' && clock_parse(s, ret) == 0;
}

static const char *head_text(const struct web_column *c, enum say_lang lang)
{
	const char *text = web_text(lang, c->text);

	return text ? text : c->key;
}

static void put_value(struct buf *out, const struct doc *row, const char *key)
{
	AUTO(buf) struct buf number = BUF_INIT(64);
	const struct doc *v = doc_value(row, key);
	const char *s = doc_str(row, key);
	char local[CLOCK_TEXT];
	int64_t t;

	if (is_time(s, &t))
		s = clock_format_local(t, local);
	if (!s && doc_kind(v) != DOC_NULL) {
		doc_format(v, &number);
		s = buf_str(&number);
	}
	put_cell(out, s ? s : "");
}

void web_table_csv(
	struct buf *out, const struct web_table *t, const struct doc *rows, enum say_lang lang)
{
	buf_add_str(out, "\xef\xbb\xbf");
	for (const struct web_column *c = t->columns; c->key; c++) {
		put_cell(out, head_text(c, lang));
		buf_add_str(out, c[1].key ? ";" : "\r\n");
	}
	for (size_t i = 0; i < doc_list_size(rows); i++) {
		const struct doc *row = doc_list_value(rows, i);

		for (const struct web_column *c = t->columns; c->key; c++) {
			put_value(out, row, c->key);
			buf_add_str(out, c[1].key ? ";" : "\r\n");
		}
	}
}

/* --- the same as a workbook, where a day is a day and a number a number --- */

/* In people's time, as a spreadsheet counts: whole days and a part of one. */
static double local_days(int64_t t)
{
	char local[CLOCK_TEXT];
	int32_t day = 0;
	int h = 0, m = 0;

	clock_format_local(t, local);
	if (strlen(local) >= 16) {
		h = (local[11] - '0') * 10 + local[12] - '0';
		m = (local[14] - '0') * 10 + local[15] - '0';
		local[10] = '\0';
	}
	if (day_parse(local, &day) != 0)
		day = 0;
	return day + (h * 60 + m) / 1440.0;
}

static double number_of(const struct doc *v)
{
	AUTO(buf) struct buf b = BUF_INIT(64);

	doc_format(v, &b);
	return strtod(buf_str(&b), NULL);
}

static void set_cell(const struct doc *row, const char *key, struct print_cell *c)
{
	const struct doc *v = doc_value(row, key);
	const char *s = doc_str(row, key);
	int32_t day;
	int64_t t;

	if (is_time(s, &t))
		*c = (struct print_cell){.kind = PRINT_CELL_WHEN, .number = local_days(t)};
	else if (s && strlen(s) == 10 && day_parse(s, &day) == 0)
		*c = (struct print_cell){.kind = PRINT_CELL_DAY, .number = day};
	else if (s || doc_kind(v) == DOC_NULL)
		*c = (struct print_cell){.text = s};
	else if (doc_kind(v) == DOC_NUMBER)
		*c = (struct print_cell){.kind = PRINT_CELL_NUMBER, .number = number_of(v)};
	else
		*c = (struct print_cell){.text = doc_bool(row, key, false) ? "true" : "false"};
}

/* Texts stay texts, whatever they begin with; days, times and numbers are what they are. */
static int table_xlsx(struct buf *out, const struct web_table *t, const struct doc *rows,
	enum say_lang lang, const char *title)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *heads[PRINT_BOOK_COLUMNS];
	struct print_book b = {.title = title, .heads = heads, .rows = doc_list_size(rows)};
	struct print_cell *cells;

	while (t->columns[b.columns].key) {
		heads[b.columns] = head_text(&t->columns[b.columns], lang);
		b.columns++;
	}
	cells = ARENA_ARRAY(a, struct print_cell, b.rows * b.columns + 1);
	for (size_t i = 0; i < b.rows * b.columns; i++)
		set_cell(doc_list_value(rows, i / b.columns), t->columns[i % b.columns].key,
			&cells[i]);
	b.cells = cells;
	return print_book(&b, out);
}

static void buf_end(void *p)
{
	buf_release(p);
}

static int reply_csv(struct http_request *rq, const struct web_table *t, const struct doc *rows,
	struct buf *out)
{
	web_table_csv(out, t, rows, rq->lang);
	if (!buf_ok(out))
		return ERR_TOOBIG;
	return http_reply(rq, 200, "text/csv; charset=utf-8", buf_bytes(out));
}

static int reply_xlsx(struct http_request *rq, const struct web_table *t, const struct doc *rows,
	struct buf *out)
{
	int err = table_xlsx(out, t, rows, rq->lang, t->list);

	if (err)
		return err;
	return http_reply(rq, 200,
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		buf_bytes(out));
}

int web_reply_table(struct http_request *rq, const struct web_table *t, struct doc *d)
{
	bool csv = text_equal(http_query(rq, "format"), "csv");
	const struct doc *rows = doc_list(d, t->list);
	struct buf *out;

	if (!web_is_file(rq))
		return web_reply(rq, 200, t->page ? t->page : t->list, d);
	if (web_query_unknown(rq))
		return api_unknown_field(rq, web_query_unknown(rq));
	out = ARENA_NEW(rq->arena, struct buf);
	out->limit = FILE_MOST;
	arena_defer(rq->arena, buf_end, out);
	http_reply_header(rq, "Content-Disposition",
		arena_printf(rq->arena, "attachment; filename=\"%s.%s\"", t->list,
			csv ? "csv" : "xlsx"));
	return csv ? reply_csv(rq, t, rows, out) : reply_xlsx(rq, t, rows, out);
}

int web_read_table(struct http_request *rq, struct web *w, store_fn *fn, const struct web_table *t)
{
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	int err = store_read(w->o.st, fn, &job);

	return err ? err : web_reply_table(rq, t, job.d);
}
