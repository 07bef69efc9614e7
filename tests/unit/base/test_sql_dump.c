/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/sql_dump.h"

#include "base/buf.h"

#include <criterion/criterion.h>


/* "t(a=1,b=NULL)" a row. */
static int say(void *arg, const struct sql_row *row)
{
	struct buf *out = arg;

	buf_printf(out, "%s(", row->table);
	for (size_t i = 0; i < row->n; i++) {
		buf_printf(out, "%s%s=", i ? "," : "", row->columns[i]);
		if (row->values[i].p)
			buf_add_bytes(out, row->values[i]);
		else
			buf_add_str(out, "NULL");
	}
	buf_add_str(out, ")");
	return 0;
}

#define PG "--\n-- PostgreSQL database dump\n--\n"

static const struct {
	const char *dump;
	int err;
	const char *said;
	size_t line;
} cases[] = {
	{"", 0, "", 1},
	{"-- only a comment", 0, "", 1},
	/* mysqldump, its columns from the table before */
	{"-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\n"
	 "CREATE TABLE `t` (\n  `a` varchar(25) NOT NULL DEFAULT 'x,y)',\n"
	 "  `b` enum('p','q'),\n  PRIMARY KEY (`a`),\n  KEY `k` (`b`),\n"
	 "  CONSTRAINT `c` CHECK ((`b` <> _utf8mb4''))\n) ENGINE=InnoDB;\n"
	 "LOCK TABLES `t` WRITE;\n"
	 "INSERT INTO `t` VALUES ('1','it\\'s'),('2',NULL),('\\n\\\\',\"d\"\"q\");\nUNLOCK TABLES;\n",
		0, "t(a=1,b=it's)t(a=2,b=NULL)t(a=\n\\,b=d\"q)", 13},
	/* with columns, other tables, kinds of values */
	{"INSERT INTO `other` (`x`) VALUES ('; INSERT INTO `t` (`a`) VALUES (9);');"
	 "INSERT IGNORE INTO `db`.`t` (`a`,`b`) VALUES (-1.5e+3,0x414243),(_binary 'A\\0',true);",
		0, "t(a=-1.5e+3,b=ABC)t(a=A", 1},
	/* bodies of triggers */
	{"DELIMITER ;;\nCREATE TRIGGER x BEGIN INSERT INTO t VALUES (1); END ;;\nDELIMITER ;\n"
	 "INSERT INTO t (a) VALUES (2);\n",
		0, "t(a=2)", 5},
	/* pg_dump */
	{PG "\\restrict abc\nSET x = false;\nCREATE FUNCTION f() AS $$\nBEGIN; 'x\n$$;\n"
	    "CREATE TABLE public.t (\n    a character varying(255) NOT NULL,\n"
	    "    b text,\n    CONSTRAINT c CHECK (((a)::text <> ''::text))\n);\n"
	    "COPY public.other (x) FROM stdin;\nINSERT INTO t VALUES (1);\n\\.\n"
	    "COPY public.t (a, b) FROM stdin;\n1\tx\\ty\\n\n2\t\\N\n\\\\x41\t\\x41\\101\n\\.\n"
	    "ALTER TABLE t ADD x int;\n\\unrestrict abc\n",
		0, "t(a=1,b=x\ty\n)t(a=2,b=NULL)t(a=\\x41,b=AA)", 24},
	{PG "INSERT INTO public.\"t\" (a, \"b\") VALUES ('back\\slash', E'tab\\t');\n", 0,
		"t(a=back\\slash,b=tab\t)", 5},
	/* what does not fit, or does not end */
	{"INSERT INTO t (a,b) VALUES (1);", ERR_BADINPUT, "", 1},
	{"INSERT INTO t VALUES (1);", ERR_BADINPUT, "", 1},
	{"INSERT INTO t (a) VALUES (1),\n(2", ERR_BADINPUT, "t(a=1)", 2},
	{"INSERT INTO t (a) VALUES ('x", ERR_BADINPUT, "", 1},
	{"INSERT INTO t (a) VALUES (1)", ERR_BADINPUT, "t(a=1)", 1},
	{"INSERT INTO t (a) VALUES (now());", ERR_BADINPUT, "", 1},
	{"INSERT INTO t (a) SELECT 1;", ERR_BADINPUT, "", 1},
	{"CREATE TABLE t (a int", ERR_BADINPUT, "", 1},
	{"/* x", ERR_BADINPUT, "", 1},
	{"DELIMITER ;;\n", ERR_BADINPUT, "", 2},
	{PG "COPY t (a) FROM stdin;\n1\n", ERR_BADINPUT, "t(a=1)", 6},
	{PG "COPY t (a) FROM stdin;\n1\t2\n\\.\n", ERR_BADINPUT, "", 6},
	{PG "COPY t (a) FROM stdin WITH (FORMAT csv);\n1\n\\.\n", ERR_BADINPUT, "", 4},
	{PG "COPY t (a) FROM stdin;\nx\\\n\\.\n", ERR_BADINPUT, "", 6},
	{PG "SELECT $a$ x", ERR_BADINPUT, "", 4},
};

Test(sql_dump, rows_are_read_and_all_else_is_stepped_over)
{
	static const char *const wanted[] = {"t", NULL};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(arena) struct arena *a = arena_new();
		AUTO(buf) struct buf out = BUF_INIT(4096);
		struct sql_dump d = {.in = bytes_of_str(cases[i].dump),
			.tables = wanted,
			.fn = say,
			.arg = &out};
		int err = sql_dump_read(&d, a);

		cr_expect_eq(err, cases[i].err, "case %zu: %s", i, err_name(err));
		cr_expect_eq(strncmp(buf_str(&out), cases[i].said, strlen(cases[i].said)), 0,
			"case %zu: %s", i, buf_str(&out));
		cr_expect_eq(d.line, cases[i].line, "case %zu: line %zu", i, d.line);
	}
}

Test(sql_dump, a_row_is_asked_by_column)
{
	static const char *const columns[] = {"a", "b"};
	const struct bytes values[] = {bytes_of("x", 1), bytes_of(NULL, 0)};
	const struct sql_row row = {.n = 2, .columns = columns, .values = values};

	cr_expect_eq(sql_row_get(&row, "a").n, 1);
	cr_expect_null(sql_row_get(&row, "b").p);
	cr_expect_null(sql_row_get(&row, "c").p);
}

static int refuse_all(void *arg, const struct sql_row *row)
{
	(void)arg;
	return row->n ? ERR_DENIED : 0;
}

Test(sql_dump, an_error_of_the_asker_ends_it)
{
	static const char *const wanted[] = {"t", NULL};
	AUTO(arena) struct arena *a = arena_new();
	struct sql_dump d = {.in = bytes_of_str("INSERT INTO t (a) VALUES (1),(2);"),
		.tables = wanted,
		.fn = refuse_all};

	cr_expect_eq(sql_dump_read(&d, a), ERR_DENIED);
}
