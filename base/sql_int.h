/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of SQL as the two dumpers write it. */
#ifndef BASE_SQL_INT_H
#define BASE_SQL_INT_H

#include "base/bytes.h"
#include "base/err.h"
#include "base/mem.h"

enum sql_kind { SQL_END, SQL_WORD, SQL_NAME, SQL_TEXT, SQL_MARK };
struct sql_token {
	enum sql_kind kind;
	struct bytes text; /* of texts: only while they are kept */
};
struct sql_lex {
	struct bytes in;
	size_t at, line;
	bool postgres; /* else MySQL, MariaDB */
	bool keep;     /* texts are wanted, and not only to be stepped over */
	struct arena *a;
};
void sql_lex_init(struct sql_lex *x, struct bytes in, struct arena *a);
int sql_lex_next(struct sql_lex *x, struct sql_token *ret) MUST_CHECK;
/* To the end of the line, which is stepped over. ERR_BADINPUT: there is none. */
int sql_lex_line(struct sql_lex *x, struct bytes *ret) MUST_CHECK;
bool sql_is_word(const struct sql_token *t, const char *word); /* in any case */
bool sql_is_mark(const struct sql_token *t, char c);
/* A value of COPY's text form; p NULL for NULL. */
int sql_copy_value(struct arena *a, struct bytes in, struct bytes *ret) MUST_CHECK;

#endif
