/* SPDX-License-Identifier: EUPL-1.2 */
/* A list as a file for spreadsheets. */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/text.h"

#define CSV_MOST (32u << 20)

bool web_is_csv(const struct http_request *rq)
{
	return text_equal(http_query(rq, "format"), "csv");
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

static void put_value(struct buf *out, const struct doc *row, const char *key)
{
	AUTO(buf) struct buf number = BUF_INIT(64);
	const struct doc *v = doc_value(row, key);
	const char *s = doc_str(row, key);
	char local[CLOCK_TEXT];
	int64_t t;

	if (s && strlen(s) == 20 && s[19] == 'Z' && clock_parse(s, &t) == 0)
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
		put_cell(out, web_text(lang, c->text) ? web_text(lang, c->text) : c->key);
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

static void buf_end(void *p)
{
	buf_release(p);
}

static int reply_csv(struct http_request *rq, const struct web_table *t, const struct doc *d)
{
	struct buf *out = ARENA_NEW(rq->arena, struct buf);

	out->limit = CSV_MOST;
	arena_defer(rq->arena, buf_end, out);
	web_table_csv(out, t, doc_list(d, t->list), rq->lang);
	if (!buf_ok(out))
		return ERR_TOOBIG;
	http_reply_header(rq, "Content-Disposition",
		arena_printf(rq->arena, "attachment; filename=\"%s.csv\"", t->list));
	return http_reply(rq, 200, "text/csv; charset=utf-8", buf_bytes(out));
}

int web_read_table(struct http_request *rq, struct web *w, store_fn *fn, const struct web_table *t)
{
	struct api_read job = {.w = w, .rq = rq, .d = doc_new(rq->arena)};
	int err = store_read(w->o.st, fn, &job);

	if (err)
		return err;
	return web_is_csv(rq) ? reply_csv(rq, t, job.d) : web_reply(rq, 200, t->list, job.d);
}
