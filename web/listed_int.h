/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lists as tables: one row a list says how its records are read, what they may be sifted by and
 * which columns they have; one handler makes of it the document, the page and the file
 * (listed_http.c), with the same questions for people and programs.
 *
 * A list has one order of its own: that of the index it is read from. In that order it is walked
 * from a cursor; where it is sifted a piece may be short, and "next" goes on. In any other order
 * its first WEB_LISTED_LOOK rows are looked at (for a file API_FILE_MOST), those that fit are
 * sorted, and where there are more the document says "bounded". Where the rows are few (`whole`) all are
 * read, and every order goes on behind the row a cursor names.
 */
#ifndef WEB_LISTED_INT_H
#define WEB_LISTED_INT_H

#include "web/form_int.h"
#include "web/list_int.h"

#define WEB_LISTED_LOOK 2000
#define WEB_LISTED_SIFTS 10
#define WEB_LISTED_COLUMNS 20

enum web_sift_kind {
	WEB_SIFT_SAME = 1, /* the row says the same: a word of an enumeration, or an id */
	WEB_SIFT_TEXT,     /* each word that is typed stands somewhere in the row's columns */
	WEB_SIFT_AGE,      /* at least so many days ago */
	WEB_SIFT_PAST,     /* "yes": that day has gone by */
	WEB_SIFT_SAID,     /* "yes", "no": does it say something there? */
	WEB_SIFT_AMONG,    /* one of the words of the row, with a blank between */
	WEB_SIFT_SOURCE    /* the walk asks for it itself: an index is there */
};
struct web_choice {
	const char *code, *text; /* text: of the catalogue */
};
struct web_sift {
	const char *key; /* of the question */
	enum web_sift_kind kind;
	const char *text; /* its label: of the catalogue; NULL: it comes by a link, and stays */
	const char *row;  /* the key of the row; NULL: that of the question */
	/* What may be asked for; none of the three: any text. A code that is none of the first two is
	 * ERR_BADINPUT. */
	const struct web_choice *choices; /* ends with a NULL code */
	const char *(*word)(unsigned);
	const struct say *(*say)(unsigned);
	int (*options)(struct web_form_ask *ask);
	bool day;          /* a day is typed */
	const char *every; /* what it is called when nothing is chosen: of the catalogue; or NULL */
};
extern const struct web_choice web_also_over[], web_ages[], web_yes[], web_yes_no[];

enum {
	WEB_COL_SORT = 1, /* can be sorted by */
	WEB_COL_DOWN = 2, /* and what is newest or largest then comes first */
	WEB_COL_OWN = 4,  /* the list's own order */
	WEB_COL_FILE = 8, /* only in files */
	WEB_COL_PAGE = 16, /* only on the page */
	WEB_COL_NAMES = 32 /* only with ?names=yes */
};
struct web_col {
	const char *key;  /* of the row */
	const char *text; /* its head: of the catalogue */
	unsigned is;
	const char *to, *to_key; /* it leads to: an address, and the row's value behind it */
	const char *by;          /* sorted by this key of the row instead; or NULL */
	const char *look;        /* a state: the row's key of its shape; or */
	const char *shape;       /* the shape all have */
};
/* One piece of a list, in its own order. */
struct web_walk {
	struct api_read *job;
	struct store_txn *txn;
	const char *after; /* NULL: from the beginning */
	size_t most;
	struct doc *rows; /* put them here */
	const char *next; /* to set: where it goes on; NULL: that was all */
	bool turned;      /* from the other end: only where the list says that it turns */
	struct doc *known; /* the list's own, from piece to piece of one request; NULL at first */
};
typedef int web_walk_fn(struct web_walk *k);
struct web_listed {
	const char *list; /* of the document; what a file is called */
	const char *page; /* the template; NULL: as the list */
	const char *path; /* of its page; "{id}" is that of the route */
	const char *title, *none; /* of the catalogue: what it is; what to do when nothing is there */
	const struct web_col *columns; /* ends with a NULL key; the first leads to the row */
	const struct web_sift *sifts;  /* ends with a NULL key */
	web_walk_fn *walk;
	/* The rest of the document; or NULL. */
	int (*beside)(struct api_read *job, struct store_txn *txn);
	/* What only the page shows of a row, of those that are shown; or NULL. `i` from 0. */
	int (*dress)(struct api_read *job, struct store_txn *txn, struct doc *row, size_t i);
	/* What is opened of a person for a row, with ?names=yes; or NULL: nothing is. It is a look,
	 * and so in a transaction that writes; may be run twice. */
	int (*open)(struct api_read *job, struct store_txn *txn, struct doc *row);
	const char *open_too; /* another list of the document, opened the same way; or NULL */
	const char *live;     /* beginnings of acts upon which the page's list is fetched again */
	bool numbered;        /* a program is told "next" as a number, or nothing */
	bool turns;           /* its own order is walked from either end */
	unsigned rows; /* of its page; 0: API_ROWS. Fewer where a row is long: a page is under 60 kB */
	/* A list of few rows: its walk gives all of them at once, in any order, and the column of its own
	 * order sorts them; where that is called "own", they stand as they came. This key of a row, which no two
	 * share, says where it goes on. Where a cursor's row is gone a page begins again: nothing is
	 * missed; a program is told to. NULL: an index is walked. */
	const char *whole;
};
int web_listed(struct http_request *rq, struct web *w, const struct web_listed *l);

/* What a walk over numbered records needs; ERR_BADINPUT. */
int web_walk_after(const struct web_walk *k, uint64_t *ret) MUST_CHECK;
void web_walk_next(struct web_walk *k, size_t n, uint64_t last);
/* The same where they are called by texts. */
void web_walk_next_text(struct web_walk *k, size_t n, const char *last);

/* fault_list.c: what stands about a thing in any list: unit_title, item_number, now_state, now_text,
 * product, place, place_name. */
int web_listed_thing(struct web_walk *k, const char *serial, struct doc *row) MUST_CHECK;

/* The same file: an open() of struct web_listed for whom to call: name, phone, email of the row's
 * "borrower"; of a protected identity nothing. */
int web_listed_contact(struct api_read *job, struct store_txn *txn, struct doc *row) MUST_CHECK;

/* --- sift_rules.c: pure --- */
struct web_sifting {
	const struct web_sift *sift;
	const char *value; /* what is asked for */
};
struct web_sift_ask {
	struct arena *a;
	int64_t now;
	struct web_sifting by[WEB_LISTED_SIFTS];
	size_t n;
	const struct web_col *columns;
};
/* Is it a value of this filter? */
bool web_sift_knows(const struct web_sift *s, const char *value);
bool web_sift_fits(const struct web_sift_ask *ask, const struct doc *row);
/* A text, or a number as its digits; NULL: neither. */
const char *web_row_text(struct arena *a, const struct doc *row, const char *key);
/* Rows by what they say under `key`, as people sort; what says nothing stands last. */
void web_rows_sort(struct arena *a, const struct doc **rows, size_t n, const char *key, bool down);

/* --- listed_face.c --- */
struct web_listing {
	struct api_read job;
	const struct web_listed *l;
	struct web_list face; /* its address, filters, orders */
	struct web_sorted order;
	bool own;     /* in the list's own order */
	bool turned;  /* that from the other end */
	bool bounded; /* more rows than were looked at */
	bool gone;    /* the row that a program goes on after */
	const char *next;
	struct web_sift_ask ask;
};
/* Filters, heads, what is chosen; and when all rows are whole, their cells. */
int web_listed_face(struct web_listing *g, struct store_txn *txn) MUST_CHECK;
void web_listed_cells(struct web_listing *g);
bool web_col_shows(const struct web_listing *g, const struct web_col *c);
/* Was it asked for persons? A page that fetches itself asks for none: nobody looks. */
bool web_listed_names(const struct http_request *rq);
/* Then a narrowed token needs the area of people as well. */
int web_names_admit(const struct http_request *rq, struct refusal *r) MUST_CHECK;

#endif
