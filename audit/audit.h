/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * audit: who did what, as a chain of hashes. Each record carries the SHA-256 of the one before
 * it, so that a record changed, dropped or put in later is found by audit_check(). (That the
 * newest ones were dropped cleanly, index and all, only a backup or a note of the head can tell.)
 * The chain has no key: whoever can write the store's file can make it anew from any record on.
 * That too shows only against a head that was noted elsewhere.
 * Written in the same transaction as the act it tells of. Ids only: no names, no personnummer, no
 * secrets; its detail may tell a reason that somebody typed, and is sealed.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "base/say.h"
#include "store/store.h"

#define AUDIT_HASH 32

/* Who acts. Borrowed strings. */
struct audit_who {
	const char *actor; /* account name, "cli:root", "server", "device" */
	const char *via;   /* "cli", "api", "mdm", "server" */
	uint64_t request;  /* the log's request id, or 0 */
};

/* Somebody with an account. The command line, the server, a program's token and an iPad are nobody:
 * two of them, or one of them and a person, are not two people. Pure. */
bool audit_is_person(const char *actor);

struct audit_record {
	uint64_t seq;
	int64_t at;
	const char *actor, *via;
	const char *act;    /* "device.lost", "item.mark", "account.add" … */
	const char *object; /* serial number, account or other id it was done to */
	const char *detail; /* one JSON object as text, or NULL */
	uint64_t request;
	uint8_t before[32]; /* hash of the record before; zeros for the first */
	struct bytes unknown;
};

/* Every act this program writes, under what it concerns; ends with a NULL name. People read both in
 * the words of po/ (name.act.*, name.act_about.*); what an older one wrote may not stand here. */
struct audit_act {
	const char *name, *about;
};
extern const struct audit_act audit_acts[];
const struct audit_act *audit_act_find(const char *name); /* NULL: none of ours */

/* Appends. `detail` may be NULL. An act that audit_acts does not have is written, and logged as our
 * slip. ERR_BADINPUT without actor, via, act or object, or for an object too long for a key;
 * ERR_TOOBIG for more than 64 kB. */
int audit_add(struct store_txn *txn, const struct audit_who *who, int64_t now, const char *act,
	const char *object, const char *detail) MUST_CHECK;

/* Which records: each filter may be NULL, and those that are not must all hold. */
struct audit_ask {
	const char *object;
	const char *act;   /* this one */
	const char *about; /* all acts of audit_acts that concern this */
	const char *actor; /* who did it */
	int64_t from, to;  /* at or after, and before; 0: from the first, to the last */
	bool oldest_first;
};
/* By their numbers, newest first unless asked otherwise (STORE_PIECE_N); read from the indexes of
 * what was asked for. `ask` NULL is all. Times lead to numbers because what was written later has the
 * higher one: of what was written while the clock stood wrong, only that is told whose time was asked
 * for, and it may be left out. */
int audit_find(struct store_txn *txn, const struct audit_ask *ask, const struct store_piece *piece,
	struct audit_record **ret, size_t *ret_n) MUST_CHECK;
/* Who stands in the log, each once, by name; at most so many. */
int audit_actors(struct store_txn *txn, struct arena *a, size_t most, const char ***ret,
	size_t *ret_n) MUST_CHECK;
/* Newest first; `object` NULL is all. */
int audit_list(struct store_txn *txn, const char *object, const struct store_piece *piece,
	struct audit_record **ret, size_t *ret_n) MUST_CHECK;
/* All, oldest first. For whoever follows the log. */
int audit_follow(struct store_txn *txn, const struct store_piece *piece, struct audit_record **ret,
	size_t *ret_n) MUST_CHECK;

/* The newest record's number and hash, which stand for all before it; zeros when there is none. */
int audit_head(struct store_txn *txn, uint64_t *ret_seq, uint8_t ret_hash[AUDIT_HASH]) MUST_CHECK;

/* Walks the chain; ERR_CORRUPT and the first bad seq when it does not hold. `indexed` false: the store
 * is of an older program (store_is_older()), whose records are not all in the indexes by act and by who:
 * these are left out. */
int audit_check(struct store_txn *txn, bool indexed, uint64_t *ret_count,
	uint64_t *ret_bad_seq) MUST_CHECK;

/* --- the clock ---
 * What time asks for (erasing, forgetting, ending what had a day) cannot be taken back, and a clock
 * that stands wrong asks for it as loudly as one that is right. So the server looks here before it
 * writes anything, and before each round; what is asked for inside a transaction asks
 * audit_clock_leapt(). A
 * clock that was seen to leap by more than AUDIT_CLOCK_LEAP_S, forth or back, also over a stop, is
 * believed when it has gone on steadily for AUDIT_CLOCK_WAIT_S, when it stands where it would have
 * stood without the leap, or when an administrator says that it is right. A house that was
 * shut down for longer waits as well, and loses a day by it. */
#define AUDIT_CLOCK_LEAP_S (3 * INT64_C(86400))
#define AUDIT_CLOCK_WAIT_S INT64_C(86400)
struct audit_clock {
	int64_t seen_at;  /* as it stood when it was looked at last */
	int64_t from;     /* where it would stand without the leap, when it leapt */
	int64_t leapt_at; /* where it leapt to; 0: it is believed */
	bool is_kept;     /* it stands in the store, and is not guessed by the newest act */
	struct bytes unknown;
};
/* Is it believed now? Writes down what was seen, and tells the log of a leap (clock.leapt). */
int audit_clock_watch(struct store *st, int64_t now, bool *ret_steady) MUST_CHECK;
int audit_clock_get(struct store_txn *txn, struct arena *a, struct audit_clock *ret) MUST_CHECK;
/* For what time asks for inside a transaction: does the clock stand where nobody believes it? */
int audit_clock_leapt(struct store_txn *txn, bool *ret) MUST_CHECK;
/* It is right (clock.confirm). Refused when it has not leapt. */
int audit_clock_confirm(struct store *st, const struct audit_who *who, int64_t now,
	struct refusal *r) MUST_CHECK;

/* Once a start: records of before there was an index by act, or by who, come into it. */
int audit_layout_renew(struct store *st) MUST_CHECK;

#endif
