/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The command line. One table row a command: its words, what it takes, what it does. Help, shell
 * completion and the check of the manual page come from the same rows.
 *
 * Exit status: 0 done; 1 something failed; 2 the call was wrong; 3 a rule said no (the sentence
 * is on stderr, or in the document with --json); 4 there is no such thing.
 */
#ifndef SERVER_CLI_H
#define SERVER_CLI_H

#include "server/house.h"

enum cli_exit { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_REFUSED = 3, CLI_NOT_FOUND = 4 };

struct cli_option {
	const char *name;  /* "message": given as --message TEXT or --message=TEXT */
	const char *value; /* "TEXT"; NULL: a switch */
};

/*
 * What a command and its options do is said in po: cli.help.device_lost, cli.more.device_lost (for
 * --help alone; need not be there), cli.opt.device_lost.message, or cli.opt.message for all.
 */
struct cli;
struct cli_call;
struct cli_command {
	const char *words;                /* "device lost" */
	const char *arguments;            /* "SERIAL", "FILE.csv", "" */
	unsigned least, most;             /* how many arguments */
	const struct cli_option *options; /* ends with a NULL name; may be NULL */
	int (*run)(struct cli *cli);      /* returns enum cli_exit */
	const struct cli_call *call;      /* of cli_call_run (cli_call.h) */
};
/* Each ends with NULL words. */
extern const struct cli_command cli_store_commands[], cli_user_commands[], cli_enrol_commands[],
	cli_item_commands[], cli_device_commands[], cli_return_commands[], cli_desired_commands[],
	cli_mailing_commands[], cli_demo_commands[];
extern const struct cli_command cli_people_commands[], cli_loan_commands[],
	cli_handout_commands[];
extern const struct cli_command cli_lifeguard_commands[], cli_hook_commands[],
	cli_import_commands[];
extern const struct cli_command cli_ade_commands[], cli_setting_commands[];
extern const struct cli_command cli_thing_commands[], cli_place_commands[], cli_desk_commands[];
extern const struct cli_command *const cli_tables[]; /* all of them, NULL-ended */

struct cli {
	const struct cli_command *command;
	const char *const *arguments;
	unsigned argument_count;
	const char *dir;    /* --data */
	bool json;          /* --json */
	enum say_lang lang; /* from the locale */
	int64_t now;
	struct arena *arena;
	struct audit_who
		who;    /* --as NAME (a person: the password is asked), else cli:<unix user> */
	bool person;    /* who is an account that has just proved itself */
	uint32_t roles; /* that account's */
	const char *const *given; /* options: name, value, name, value */
	struct house house;       /* opened by cli_house */
};

/* The value of an option; "" for a switch; NULL when not given. */
const char *cli_option(const struct cli *cli, const char *name);
/* An option of "yes|no"; absent is MDM_NOT_CHOSEN. ERR_USAGE, told on stderr. */
int cli_choice(struct cli *cli, const char *name, enum mdm_choice *ret) MUST_CHECK;
/* From the terminal without echo, else one line of standard input; never NULL. */
const char *cli_password(struct cli *cli, const char *prompt);
/* The identity number of a borrower, from the terminal without echo; NULL: none was typed, or there
 * is no terminal. (cli_words.c) */
const char *cli_identity_asked(struct cli *cli);
/* Puts a line of standard input wherever "-" was said for a word; ERR_USAGE, told on stderr.
 * (cli_words.c) */
int cli_words_read(struct cli *cli) MUST_CHECK;
/* Opens the house beside a running server, settles who acts, and reads the words that were not
 * typed. */
int cli_house(struct cli *cli) MUST_CHECK;
/* The store alone, for what needs no sealing key. */
int cli_store(struct cli *cli) MUST_CHECK;
/* A text of the catalogue in the reader's language; what is none stays as it is. */
const char *cli_text(const struct cli *cli, const char *key);
/* The same with {{0}}, {{1}} and {{2}} put in; in the arena. */
const char *cli_fill(
	const struct cli *cli, const char *key, const char *a0, const char *a1, const char *a2);
/* With --json the document goes to stdout, else `text` does; either may be NULL. */
void cli_print(struct cli *cli, struct doc *d, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void cli_print_doc(const struct doc *d); /* whether --json was said or not */
/* With --json the document, else a text of the catalogue and the end of its line. */
void cli_tell(struct cli *cli, struct doc *d, const char *key, const char *a0, const char *a1);
/* To stdout; so does cli_print(). What is no text for a terminal comes out as question marks. */
/* Letters of these bytes of UTF-8, as they stand on a terminal. */
size_t cli_width(const char *s, size_t bytes);
void cli_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The same to stderr, behind "hylla COMMAND: ". */
void cli_complain(const struct cli *cli, const char *text);
/* Turns an error into words on stderr (or JSON) and its exit status; r may be NULL. */
int cli_fail(struct cli *cli, int err, const struct refusal *r, const char *what);
/* The same for a sentence, or its key, which says what was wrong and what to do. */
int cli_wrong(struct cli *cli, int err, const char *sentence);
/* The same for what the first argument names: where it is not there, that is said. */
int cli_thing_fail(struct cli *cli, int err);
/* How an act on the first argument ended: "SERIAL: text" or {"done":true}; r may be NULL. */
int cli_done(struct cli *cli, int err, const struct refusal *r, const char *key);
/* What is done to the thing that the first argument names. Good once cli_house has been called. */
struct inv_act cli_act(const struct cli *cli);

/*
 * Rows and records for people, made of the very document that --json gives. A cell is said as people
 * say it: a state by its word, a day or time by its distance, yes and no.
 */
struct cli_column {
	const char *key; /* of the document; "thing.due" is inside of an object */
	/* text above or beside it; NULL: column.KEY, field.KEY or cli.col.KEY */
	const char *head;
	/* A code is said as the text WORDS.CODE. NULL: by KEY_text of the document, or as it is. */
	const char *words;
};
const char *cli_cell(const struct cli *cli, const struct doc *d, const struct cli_column *c);
/* The rows from number `from` on, under their headings. */
void cli_rows(
	const struct cli *cli, const struct cli_column *columns, const struct doc *list, size_t from);
/* A line for each that is there: "  heading   value". */
void cli_record(const struct cli *cli, const struct cli_column *columns, const struct doc *d);
/* A moment as people say it, with its minute. */
const char *cli_when(const struct cli *cli, int64_t t);
const char *cli_day(const struct cli *cli, int32_t day);

/*
 * A list, a page a transaction, so that a slow terminal holds no old version of the store: `page`
 * puts each record in the document; where a list can be longer than a page it says with
 * cli_list_page how far it came, else it sets `n`. `ask` is the caller's own.
 */
#define CLI_PAGE 500
struct cli_sheet {
	const char *member; /* of the document: "places" */
	const struct cli_column *columns;
};
struct cli_list {
	struct cli *cli;
	struct doc *list;
	const void *ask;
	const char *after; /* the key to go on behind; NULL: from the start */
	size_t n;
	bool more;
};
int cli_list_run(
	struct cli *cli, const struct cli_sheet *sheet, store_fn *page, const void *ask);
/* This page had n records; `last` is the key of the last one. */
void cli_list_page(struct cli_list *l, size_t n, const char *last);
/* "3 rows", under them. */
void cli_rows_end(const struct cli *cli, size_t n);

/* Looks up, parses options, runs. */
int cli_main(int argc, char **argv);

#endif
