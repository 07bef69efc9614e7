/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading what mysqldump and pg_dump write: the rows of tables, from INSERT and COPY statements, as
 * text. Names of columns come from the statement itself, or else from the CREATE TABLE before it.
 * All other statements are stepped over, with their strings, comments and bodies. Nothing is
 * believed to end that does not end: a dump that was cut is ERR_BADINPUT.
 */
#ifndef BASE_SQL_DUMP_H
#define BASE_SQL_DUMP_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/mem.h"

#define SQL_COLUMNS 64

struct sql_row {
	const char *table; /* as the asker named it */
	size_t n;
	const char *const *columns;
	const struct bytes *values; /* p NULL: NULL */
};
/* The value of a column; p NULL when it is NULL or there is no such column. */
struct bytes sql_row_get(const struct sql_row *row, const char *column);

typedef int sql_row_fn(void *arg, const struct sql_row *row);
struct sql_dump {
	struct bytes in;
	const char *const *tables; /* whose rows are wanted, without a schema's name; NULL-ended */
	sql_row_fn *fn;            /* an error of it ends the reading */
	void *arg;
	size_t line; /* where the reading stands, or ended */
};
/* Values live in the arena. ERR_BADINPUT, ERR_TOOBIG. */
int sql_dump_read(struct sql_dump *d, struct arena *a) MUST_CHECK;

#endif
