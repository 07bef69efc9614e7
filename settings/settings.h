/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * settings: what staff change while the server runs, and who changed it.
 *
 * A value in the store goes before the one in hylla.conf, which goes before the built-in one. Each
 * change is a record of its own (who, when, old, new, why) and stands in the audit log, written in
 * the same transaction; taking one back is a new change. What only a start can use (ports, paths,
 * keys) is no setting and stays in hylla.conf.
 *
 * What a lower number destroys waits: such a change counts after SETTING_WAIT_S, so that another sees
 * it and can take it back in time; until then what counted goes on counting.
 *
 * Words. Row: one setting as the table has it: its name, form, bounds. Kept: a value that stands in
 * the store. Under: what counts when none does. Waiting: a change whose time has not come.
 *
 * Threads. The values in use are a snapshot in memory that any thread may read; settings_refresh()
 * makes the next one when the store has other values (also those that another process wrote). What
 * was read once stays good until settings_close().
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "audit/audit.h"
#include "base/conf.h"
#include "base/say.h"

enum setting {
	SETTING_ORGANISATION,
	SETTING_CONTACT,
	SETTING_LANGUAGE,
	SETTING_DESK_NOTICE,
	SETTING_SLIP_WORDS,
	SETTING_CATALOGUE_OPEN,
	SETTING_CATALOGUE_WORDS,
	SETTING_ACCESS_ASSESSED,
	SETTING_ACCESS_FAULTS,
	SETTING_LOST_WORDS,
	SETTING_LOST_PHONE,
	SETTING_QUIET,
	SETTING_AGREEMENT_DAYS,
	SETTING_DRAFT_DAYS,
	SETTING_TWO_STEP,
	SETTING_LOCK_MINUTES,
	SETTING_SHIFT_HOURS,
	SETTING_ALARM_TO,
	SETTING_LOOKS_CARE,
	SETTING_LOOKS_LIBRARY,
	SETTING_LICENCES,
	SETTING_ALLOW_APPS,
	SETTING_REPORTS,
	SETTING_CHALLENGE_LIFE,
	SETTING_RENEW_BEFORE,
	SETTING_RENEW_PER_HOUR,
	SETTING_ADE_SYNC,
	SETTING_ADE_AWAIT,
	SETTING_ADE_DEPARTMENT,
	SETTING_ADE_PHONE,
	SETTING_ADE_EMAIL,
	SETTING_ADE_MINIMUM_OS,
	SETTINGS
};

enum setting_form {
	SETTING_TEXT,     /* one line; min 1: may not be empty; max: characters */
	SETTING_NUMBER,   /* min to max */
	SETTING_SPAN,     /* a number and a letter, "90d"; min to max in seconds */
	SETTING_CHOICE,   /* yes or no */
	SETTING_ONE_OF,   /* of the words */
	SETTING_SOME_OF,  /* of the words, any number */
	SETTING_MAILS,    /* e-mail addresses, with blanks between */
	SETTING_HOURS,    /* "20:00-08:00", or empty */
	SETTING_VERSION,  /* "18.2", or empty */
	SETTING_DATES     /* "2027-03-01 Name; 2027-05-30 Other", or empty; max: how many */
};

struct setting_row {
	const char *name;  /* "server.contact", stable: also the section and key of hylla.conf */
	const char *group; /* "organisation", "paper", "lost" …: where people look for it */
	enum setting_form form;
	int64_t min, max;
	const char *otherwise; /* built-in; of one that hylla.conf has, its table says */
	const char *const *words; /* ends with NULL */
	char unit;                /* of a span people write as a number: 'd', 'h', 'm' */
	bool in_conf;             /* hylla.conf has it too */
	bool destroys;            /* a number; what a lower one no longer keeps is gone for good */
};

const struct setting_row *setting_row(enum setting x);
/* ERR_NOTFOUND. */
int setting_find(const char *name, enum setting *ret) MUST_CHECK;

/* Pure: the value as it is kept (blanks trimmed, "90" of days as "90d"), in the arena; or
 * ERR_REFUSED. `ret_number` may be NULL. */
int setting_value_decide(struct arena *a, enum setting x, const char *given, const char **ret,
	int64_t *ret_number, struct refusal *r) MUST_CHECK;

/* Of one of dates: the next day with its name, from `*at` on, which moves behind it. ERR_NOTFOUND: no
 * more; ERR_BADINPUT: that is none. */
int setting_date_next(
	struct arena *a, const char **at, int32_t *ret_day, const char **ret_name) MUST_CHECK;

/* --- the values in use --- */
struct settings;
/* `conf` may be NULL (tests): then only what is built in stands under the store. */
int settings_open(struct store *st, const struct conf *conf, struct settings **ret) MUST_CHECK;
void settings_close(struct settings *s);
/* Takes up what the store holds now; cheap when nothing was written. Not inside a transaction. */
int settings_refresh(struct settings *s) MUST_CHECK;
/* Rises with every snapshot: has anything changed since I looked? */
unsigned settings_mark(const struct settings *s);

/* Called after each next snapshot, on the thread that made it: for who copies values. One. */
void settings_listen(struct settings *s, void (*fn)(void *ctx), void *ctx);

const char *settings_str(const struct settings *s, enum setting x);  /* never NULL */
int64_t settings_int(const struct settings *s, enum setting x);      /* numbers, spans (s), choices */
bool settings_bool(const struct settings *s, enum setting x);
/* NULL-ended. */
const char *const *settings_list(const struct settings *s, enum setting x);
/* What counts when the store has none; and whether hylla.conf says it. */
const char *settings_under(const struct settings *s, enum setting x, bool *ret_in_file);

/* --- what is kept --- */
struct setting_change {
	const char *name;
	uint32_t number; /* of this setting, from 1 */
	const char *old, *value; /* as they counted, also when nothing was kept */
	bool was_kept, is_kept;  /* in the store; else hylla.conf or the built-in one */
	uint32_t undoes;         /* the change that this one takes back; 0: none */
	const char *why;
	int64_t at;
	const char *by;
	int64_t counts_at; /* of one that waits, and of one that waited; 0: at once */
	struct bytes unknown;
};

struct setting_ask {
	enum setting x;
	const char *value; /* NULL: keep none, so that hylla.conf counts again */
	const char *why;   /* needed */
	uint32_t seen;     /* the newest change that was looked at, 0: there was none. ERR_CONFLICT */
	bool looked;       /* something was: else whichever is the newest */
	uint32_t undoes;
};

/* One transaction: decides, writes value, history and audit (`setting.change`); then it counts. */
int settings_set(struct settings *s, const struct audit_who *who, const struct setting_ask *ask,
	int64_t now, struct refusal *r) MUST_CHECK;
/* What `value` (NULL: none) would make of it, in the arena; nothing is written. Refused as there. */
int settings_try(struct settings *s, struct arena *a, enum setting x, const char *value,
	const char **ret, struct refusal *r) MUST_CHECK;
/* The same in the caller's transaction; the caller refreshes after it. Refused values are not
 * written; a value that counts already is no change and 0. */
int settings_set_in(struct settings *s, struct store_txn *txn, const struct audit_who *who,
	const struct setting_ask *ask, int64_t now, struct refusal *r) MUST_CHECK;
/* Back to what counted before change `number`; the one that waits is withdrawn. ERR_NOTFOUND: there
 * is no such change. */
int settings_undo(struct settings *s, const struct audit_who *who, enum setting x, uint32_t number,
	const char *why, int64_t now, struct refusal *r) MUST_CHECK;

#define SETTING_WAIT_S (7 * (int64_t)86400)
/* Would this value have to wait? */
bool settings_must_wait(const struct settings *s, enum setting x, const char *value);
/* The change that waits, with the number it will have; ERR_NOTFOUND: none. */
int setting_waiting(struct store_txn *txn, struct arena *a, enum setting x,
	struct setting_change *ret) MUST_CHECK;
/* Changes that have waited long enough count from now on. */
int settings_tend(struct settings *s, int64_t now) MUST_CHECK;
/* Once a start: what an older program kept in clear of the reasons is sealed. */
int setting_layout_renew(struct store *st) MUST_CHECK;
/* Do the values say what their newest changes say? */
int setting_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* The newest change; ERR_NOTFOUND when there is none. */
int setting_last(struct store_txn *txn, struct arena *a, enum setting x,
	struct setting_change *ret) MUST_CHECK;
/* Newest first. */
int setting_history(struct store_txn *txn, struct arena *a, enum setting x, size_t most,
	struct setting_change **ret, size_t *ret_n) MUST_CHECK;
int setting_change_get(struct store_txn *txn, struct arena *a, enum setting x, uint32_t number,
	struct setting_change *ret) MUST_CHECK;
/* What the store keeps, in a transaction; ERR_NOTFOUND: nothing. */
int setting_kept(struct store_txn *txn, struct arena *a, enum setting x,
	const char **ret) MUST_CHECK;
/* What counts in a transaction, of a setting that hylla.conf does not have. */
int setting_text_in(struct store_txn *txn, struct arena *a, enum setting x,
	const char **ret) MUST_CHECK;
int setting_number_in(struct store_txn *txn, enum setting x, int64_t *ret) MUST_CHECK;

#endif
