/* SPDX-License-Identifier: EUPL-1.2 */
/* Statements of a dump; base/sql_lex.c has the words they are made of. */
#include "base/sql_dump.h"

#include "base/sql_int.h"
#include "base/text.h"

#define TABLES_MOST 16

struct shape { /* of one wanted table */
	const char *columns[SQL_COLUMNS];
	size_t n;
};

struct reader {
	struct sql_dump *d;
	struct sql_lex x;
	struct shape shapes[TABLES_MOST];
	struct bytes values[SQL_COLUMNS];
};

struct bytes sql_row_get(const struct sql_row *row, const char *column)
{
	for (size_t i = 0; i < row->n; i++) {
		if (text_equal(row->columns[i], column))
			return row->values[i];
	}
	return bytes_of(NULL, 0);
}

static int next(struct reader *r, struct sql_token *t)
{
	return sql_lex_next(&r->x, t);
}

static int want_mark(struct reader *r, char c)
{
	struct sql_token t;
	int err = next(r, &t);

	return err ? err : sql_is_mark(&t, c) ? 0 : ERR_BADINPUT;
}

/* To behind the statement's semicolon. */
static int skip_statement(struct reader *r)
{
	struct sql_token t;
	int err;

	r->x.keep = false;
	do {
		err = next(r, &t);
		if (err == 0 && t.kind == SQL_END)
			err = ERR_BADINPUT;
	} while (err == 0 && !sql_is_mark(&t, ';'));
	return err;
}

/* A name, perhaps behind its schema's. *ret is its place among the wanted, or -1; *ret_next is the
 * token behind it. */
static int table_name(struct reader *r, int *ret, struct sql_token *ret_next)
{
	struct sql_token t;
	int err = next(r, &t);

	for (;;) {
		if (err == 0 && t.kind != SQL_WORD && t.kind != SQL_NAME)
			err = ERR_BADINPUT;
		if (err == 0)
			err = next(r, ret_next);
		if (err || !sql_is_mark(ret_next, '.'))
			break;
		err = next(r, &t);
	}
	if (err)
		return err;
	*ret = -1;
	for (int i = 0; r->d->tables[i] && i < TABLES_MOST; i++) {
		if (bytes_equal(t.text, bytes_of_str(r->d->tables[i])))
			*ret = i;
	}
	return 0;
}

static int column_add(struct reader *r, struct shape *s, const struct sql_token *t)
{
	if (t->text.n == 0 || t->text.n > 64 || memchr(t->text.p, 0, t->text.n))
		return ERR_BADINPUT;
	if (s->n == SQL_COLUMNS)
		return ERR_TOOBIG;
	s->columns[s->n++] = arena_strndup(r->x.a, (const char *)t->text.p, t->text.n);
	return 0;
}

/* "a", b, `c`) */
static int column_list(struct reader *r, struct shape *s)
{
	struct sql_token t;
	int err;

	s->n = 0;
	do {
		err = next(r, &t);
		if (err == 0)
			err = t.kind == SQL_WORD || t.kind == SQL_NAME ? column_add(r, s, &t)
								       : ERR_BADINPUT;
		if (err == 0)
			err = next(r, &t);
	} while (err == 0 && sql_is_mark(&t, ','));
	return err ? err : sql_is_mark(&t, ')') ? 0 : ERR_BADINPUT;
}

/* --- CREATE TABLE --- */

static bool is_column(const struct sql_token *t)
{
	static const char *const others[] = {"PRIMARY", "UNIQUE", "KEY", "INDEX", "CONSTRAINT",
		"CHECK", "FOREIGN", "FULLTEXT", "SPATIAL", "EXCLUDE", "LIKE", "PERIOD"};

	for (size_t i = 0; t->kind == SQL_WORD && i < sizeof(others) / sizeof(others[0]); i++) {
		if (sql_is_word(t, others[i]))
			return false;
	}
	return t->kind == SQL_WORD || t->kind == SQL_NAME;
}

/* To behind the comma or the parenthesis that ends one column's or index's line. */
static int line_end(struct reader *r, struct sql_token *t)
{
	int err = 0, depth = 0;

	while (err == 0 && (depth || !(sql_is_mark(t, ',') || sql_is_mark(t, ')')))) {
		if (t->kind == SQL_END)
			return ERR_BADINPUT;
		depth += sql_is_mark(t, '(') - sql_is_mark(t, ')');
		err = next(r, t);
	}
	return err;
}

static int create_table(struct reader *r)
{
	struct sql_token t;
	struct shape *s;
	int at, err = table_name(r, &at, &t);

	if (err || at < 0 || !sql_is_mark(&t, '('))
		return err ? err : sql_is_mark(&t, ';') ? 0 : skip_statement(r);
	s = &r->shapes[at];
	s->n = 0;
	do {
		err = next(r, &t);
		if (err == 0 && is_column(&t))
			err = column_add(r, s, &t);
		if (err == 0)
			err = line_end(r, &t);
	} while (err == 0 && sql_is_mark(&t, ','));
	return err ? err : skip_statement(r);
}

/* CREATE TABLE [IF NOT EXISTS] …; else it is of nothing we want. */
static int create(struct reader *r)
{
	struct sql_lex before;
	struct sql_token t;
	int err = next(r, &t);

	if (err || sql_is_mark(&t, ';'))
		return err;
	if (!sql_is_word(&t, "TABLE"))
		return skip_statement(r);
	before = r->x;
	err = next(r, &t);
	if (err == 0 && sql_is_word(&t, "IF")) {
		err = next(r, &t);
		if (err == 0)
			err = next(r, &t);
	} else {
		r->x = before;
	}
	return err ? err : create_table(r);
}

/* --- rows --- */

static int row_tell(struct reader *r, int at, size_t n)
{
	const struct shape *s = &r->shapes[at];
	const struct sql_row row = {.table = r->d->tables[at],
		.n = n,
		.columns = s->columns,
		.values = r->values};

	return n == s->n ? r->d->fn(r->d->arg, &row) : ERR_BADINPUT;
}

/* `_binary 'x'` and the like say of which kind the text is that follows. */
static int value_get(struct reader *r, struct sql_token *t, struct bytes *ret)
{
	int err = next(r, t);

	if (err == 0 && t->kind == SQL_WORD && t->text.n > 1 && t->text.p[0] == '_')
		err = next(r, t);
	if (err)
		return err;
	if (t->kind == SQL_TEXT)
		*ret = t->text;
	else if (t->kind != SQL_WORD)
		return ERR_BADINPUT;
	else if (sql_is_word(t, "NULL"))
		*ret = bytes_of(NULL, 0);
	else if (t->text.n > 2 && memcmp(t->text.p, "0x", 2) == 0)
		return text_parse_hex(r->x.a, bytes_of(t->text.p + 2, t->text.n - 2), ret);
	else
		*ret = t->text;
	return 0;
}

/* From behind its parenthesis to behind the other. */
static int tuple(struct reader *r, int at)
{
	struct sql_token t = {0};
	size_t n = 0;
	int err;

	do {
		if (n == SQL_COLUMNS)
			return ERR_TOOBIG;
		err = value_get(r, &t, &r->values[n]);
		n++;
		if (err == 0)
			err = next(r, &t);
	} while (err == 0 && sql_is_mark(&t, ','));
	if (err == 0 && !sql_is_mark(&t, ')'))
		err = ERR_BADINPUT;
	return err ? err : row_tell(r, at, n);
}

static int insert(struct reader *r)
{
	struct sql_token t;
	int at = -1, err = next(r, &t);

	if (err == 0 && sql_is_word(&t, "IGNORE"))
		err = next(r, &t);
	if (err == 0 && !sql_is_word(&t, "INTO"))
		err = ERR_BADINPUT;
	if (err == 0)
		err = table_name(r, &at, &t);
	if (err || at < 0)
		return err ? err : skip_statement(r);
	if (sql_is_mark(&t, '(')) {
		err = column_list(r, &r->shapes[at]);
		if (err == 0)
			err = next(r, &t);
	}
	if (err == 0 && !sql_is_word(&t, "VALUES"))
		err = ERR_BADINPUT;
	r->x.keep = true;
	do {
		if (err == 0)
			err = want_mark(r, '(');
		if (err == 0)
			err = tuple(r, at);
		if (err == 0)
			err = next(r, &t);
	} while (err == 0 && sql_is_mark(&t, ','));
	return err ? err : sql_is_mark(&t, ';') ? 0 : ERR_BADINPUT;
}

/* One line of COPY's own text form, without its end. */
static int copy_line(struct reader *r, int at, struct bytes line)
{
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= line.n; i++) {
		int err;

		if (i < line.n && line.p[i] != '\t')
			continue;
		if (n == SQL_COLUMNS)
			return ERR_TOOBIG;
		err = sql_copy_value(
			r->x.a, bytes_of(line.p + from, i - from), &r->values[n]);
		if (err)
			return err;
		n++;
		from = i + 1;
	}
	return row_tell(r, at, n);
}

static int copy(struct reader *r)
{
	struct bytes line;
	struct sql_token t;
	int at = -1, err = table_name(r, &at, &t);
	struct shape none, *s = at < 0 ? &none : &r->shapes[at];

	if (err == 0 && sql_is_mark(&t, '(')) {
		err = column_list(r, s);
		if (err == 0)
			err = next(r, &t);
	}
	if (err == 0 && !sql_is_word(&t, "FROM"))
		err = ERR_BADINPUT;
	if (err == 0)
		err = next(r, &t);
	if (err == 0 && !sql_is_word(&t, "STDIN"))
		err = ERR_BADINPUT;
	if (err == 0)
		err = want_mark(r, ';');
	if (err == 0)
		err = sql_lex_line(&r->x, &line); /* what is left of that line */
	while (err == 0 && (err = sql_lex_line(&r->x, &line)) == 0) {
		if (bytes_equal(line, bytes_of_str("\\.")))
			return 0;
		if (at >= 0)
			err = copy_line(r, at, line);
	}
	return err;
}

/* Bodies of triggers come between "DELIMITER ;;" and "DELIMITER ;": nothing of them is wanted. */
static int delimiter(struct reader *r)
{
	struct bytes line;
	int err;

	do {
		err = sql_lex_line(&r->x, &line);
	} while (err == 0 && !bytes_equal(line, bytes_of_str("DELIMITER ;")));
	return err;
}

static int statement(struct reader *r, const struct sql_token *t)
{
	static const struct {
		const char *word;
		int (*read)(struct reader *r);
	} rows[] = {{"CREATE", create}, {"INSERT", insert}, {"COPY", copy}, {"DELIMITER", delimiter}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (sql_is_word(t, rows[i].word))
			return rows[i].read(r);
	}
	return sql_is_mark(t, ';') ? 0 : skip_statement(r);
}

int sql_dump_read(struct sql_dump *d, struct arena *a)
{
	struct reader *r = ARENA_NEW(a, struct reader);
	struct sql_token t;
	struct bytes line;
	int err = 0;

	*r = (struct reader){.d = d};
	sql_lex_init(&r->x, d->in, a);
	while (err == 0) {
		r->x.keep = false;
		err = next(r, &t);
		if (err || t.kind == SQL_END)
			break;
		/* "\connect", "\restrict": psql's own, a line each */
		err = sql_is_mark(&t, '\\') ? sql_lex_line(&r->x, &line) : statement(r, &t);
	}
	d->line = r->x.line;
	return err;
}
