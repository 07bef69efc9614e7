/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A list as a workbook for spreadsheets (ECMA-376). The library writes files only: the book is made
 * in memory that has a name under /proc, and its parts where nothing reaches a disk.
 */
#include "print/print.h"

#include "base/text.h"

#include <fcntl.h>
#include <glib.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CELL_MOST 32000   /* octets; a spreadsheet takes 32 767 letters */
#define SHEET_NAME 31     /* letters */
#define DAY_1970 25569.0  /* as spreadsheets count */
#define WIDTH_MOST 60.0

/* The library formats a date with a buffer that all threads share. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

struct writing {
	const struct print_book *book;
	struct arena *a;
	lxw_workbook *wb;
	lxw_worksheet *ws;
	lxw_format *text, *head, *day, *when;
	lxw_error err;
};

/* UTF-8 that is whole, and no longer than a cell. */
static const char *clean(struct arena *a, const char *s)
{
	char *good = g_utf8_make_valid(s ? s : "", -1);
	size_t n = strlen(good);
	const char *out;

	if (n > CELL_MOST)
		n = (size_t)(g_utf8_find_prev_char(good, good + CELL_MOST) - good);
	out = arena_strndup(a, good, n);
	g_free(good);
	return out;
}

/* Some characters have a meaning in formulas that name a sheet. */
static const char *sheet_name(struct arena *a, const char *title)
{
	char *s = arena_strdup(a, clean(a, title)), *end = s;

	for (char *p = s; *p; p++) {
		if (strchr("[]:*?/\\'", *p))
			*p = ' ';
	}
	for (int i = 0; i < SHEET_NAME && *end; i++)
		end = g_utf8_next_char(end);
	*end = '\0';
	return *s ? s : "Hylla";
}

static void note(struct writing *w, lxw_error err)
{
	if (!w->err)
		w->err = err;
}

static void put_formats(struct writing *w)
{
	w->text = workbook_add_format(w->wb);
	w->head = workbook_add_format(w->wb);
	w->day = workbook_add_format(w->wb);
	w->when = workbook_add_format(w->wb);
	/* Text stays text when somebody edits it, whatever it begins with. */
	format_set_num_format(w->text, "@");
	format_set_bold(w->head);
	format_set_bottom(w->head, LXW_BORDER_THIN);
	format_set_num_format(w->day, "yyyy-mm-dd");
	format_set_num_format(w->when, "yyyy-mm-dd hh:mm");
}

static void put_cell(struct writing *w, lxw_row_t row, lxw_col_t col, const struct print_cell *c)
{
	switch (c->kind) {
	case PRINT_CELL_NUMBER:
		note(w, worksheet_write_number(w->ws, row, col, c->number, NULL));
		break;
	case PRINT_CELL_DAY:
		note(w, worksheet_write_number(w->ws, row, col, c->number + DAY_1970, w->day));
		break;
	case PRINT_CELL_WHEN:
		note(w, worksheet_write_number(w->ws, row, col, c->number + DAY_1970, w->when));
		break;
	default:
		if (!text_empty(c->text))
			note(w, worksheet_write_string(
					w->ws, row, col, clean(w->a, c->text), w->text));
	}
}

/* As wide as its widest cell, within reason. */
static void put_width(struct writing *w, lxw_col_t col)
{
	const struct print_book *b = w->book;
	double widest = (double)g_utf8_strlen(clean(w->a, b->heads[col]), -1);

	for (size_t i = 0; i < b->rows; i++) {
		const struct print_cell *c = &b->cells[i * b->columns + col];
		double n = c->kind == PRINT_CELL_WHEN  ? 16
			   : c->kind == PRINT_CELL_DAY ? 10
			   : c->text		       ? (double)strlen(c->text)
						       : 8;

		widest = n > widest ? n : widest;
	}
	note(w, worksheet_set_column(w->ws, col, col,
			widest > WIDTH_MOST ? WIDTH_MOST : widest + 2, NULL));
}

static void put_all(struct writing *w)
{
	const struct print_book *b = w->book;

	put_formats(w);
	for (size_t c = 0; c < b->columns; c++) {
		note(w, worksheet_write_string(
				w->ws, 0, (lxw_col_t)c, clean(w->a, b->heads[c]), w->head));
		put_width(w, (lxw_col_t)c);
	}
	for (size_t i = 0; i < b->rows * b->columns; i++)
		put_cell(w, (lxw_row_t)(i / b->columns + 1), (lxw_col_t)(i % b->columns),
			&b->cells[i]);
	worksheet_freeze_panes(w->ws, 1, 0);
	note(w, worksheet_autofilter(
			w->ws, 0, 0, (lxw_row_t)b->rows, (lxw_col_t)(b->columns - 1)));
	worksheet_set_landscape(w->ws);
	worksheet_repeat_rows(w->ws, 0, 0);
	worksheet_fit_to_pages(w->ws, 1, 0);
}

static int write_book(struct writing *w, const char *path)
{
	static char memory[] = "/dev/shm";
	lxw_workbook_options o = {.tmpdir = access(memory, W_OK) == 0 ? memory : NULL};
	lxw_error err;

	w->wb = workbook_new_opt(path, &o);
	if (!w->wb)
		return ERR_INTERNAL;
	w->ws = workbook_add_worksheet(w->wb, sheet_name(w->a, w->book->title));
	if (w->ws)
		put_all(w);
	err = workbook_close(w->wb);
	if (err == LXW_ERROR_CREATING_TMPFILE || err == LXW_ERROR_ZIP_FILE_OPERATION)
		return ERR_NOSPACE;
	return w->ws && !err && !w->err ? 0 : ERR_BADINPUT;
}

static int read_back(int fd, struct buf *out)
{
	struct stat st;
	uint8_t *to;

	if (fstat(fd, &st) != 0)
		return ERR_IO;
	to = buf_extend(out, (size_t)st.st_size);
	if (!to)
		return ERR_TOOBIG;
	for (off_t at = 0; at < st.st_size;) {
		ssize_t n = pread(fd, to + at, (size_t)(st.st_size - at), at);

		if (n <= 0)
			return ERR_IO;
		at += n;
	}
	return 0;
}

int print_book(const struct print_book *b, struct buf *out)
{
	AUTO(arena) struct arena *a = arena_new();
	struct writing w = {.book = b, .a = a};
	int fd, err;

	if (b->columns == 0 || b->columns > PRINT_BOOK_COLUMNS)
		return ERR_BADINPUT;
	if (b->rows > PRINT_BOOK_ROWS)
		return ERR_TOOBIG;
	fd = memfd_create("hylla-book", MFD_CLOEXEC);
	if (fd < 0)
		return ERR_IO;
	pthread_mutex_lock(&one_at_a_time);
	err = write_book(&w, arena_printf(a, "/proc/self/fd/%d", fd));
	pthread_mutex_unlock(&one_at_a_time);
	if (err == 0)
		err = read_back(fd, out);
	close(fd);
	return err;
}
