/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of mdm.h: lost state, the location of a lost iPad, and the codes that open a locked one. */
#ifndef MDM_LOST_H
#define MDM_LOST_H

#include "mdm/mdm.h"

enum mdm_lost_phase {
	MDM_NOT_LOST = 0,
	MDM_LOST_WANTED, /* asked for; the iPad has not said yes */
	MDM_LOST_ON,     /* the iPad said yes */
	MDM_LOST_LEAVING /* found; the iPad has not yet left Lost Mode */
};
struct mdm_lost {
	const char *serial;
	uint32_t phase;
	const char *message, *phone, *footnote;
	int64_t since, on_since; /* wanted since; confirmed since */
	const char *by;
	const char *reason;    /* "lost" or "stolen" */
	const char *hindrance; /* code of the refusal that keeps it from the iPad, or NULL */
	int64_t tried_at;      /* when EnableLostMode was last put in the line */
	bool written_off;      /* nobody looks for it any more: no position of it is asked for */
	struct bytes unknown;
};
/* Wants Lost Mode for a serial number, enrolled or not: now if it is, at re-enrolment otherwise.
 * Message or phone is required. */
int mdm_lost_set(struct mdm *m, const struct mdm_act *act, const struct mdm_lost *want) MUST_CHECK;
/* Lost turns out to be stolen, or the other way, or has other words: those that are given take the
 * place of the old ones, on its screen as well; what is not given stays. One that nobody wanted
 * lost is from now on. ERR_REFUSED: nothing of it is new. */
int mdm_lost_change(
	struct mdm *m, const struct mdm_act *act, const struct mdm_lost *want) MUST_CHECK;
/* Nobody looks for it any more: it stays lost and locked, its position is forgotten. Nothing when
 * it is not lost. */
int mdm_lost_write_off(struct store_txn *txn, const char *serial) MUST_CHECK;
int mdm_lost_clear(struct mdm *m, const struct mdm_act *act, const char *serial) MUST_CHECK;
/* ERR_NOTFOUND: not lost. */
int mdm_lost_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_lost *ret) MUST_CHECK;

/* Why Lost Mode cannot reach the iPad as things are now, in one sentence; NULL when nothing stands
 * in its way. */
int mdm_lost_hindrance(struct store_txn *txn, struct arena *a, const struct mdm_lost *l,
	enum say_lang lang, const char **ret) MUST_CHECK;

/* Since when Lost Mode waits for the iPad's call, in one sentence; NULL when it does not, or when
 * something else stands in its way. */
struct mdm_lost_view {
	struct mdm *m;
	struct store_txn *txn;
	struct arena *a;
	enum say_lang lang;
	int64_t now;
};
int mdm_lost_waits(const struct mdm_lost_view *v, const struct mdm_lost *l,
	const char **ret) MUST_CHECK;

/* Location: asked by one person with a purpose, confirmed by another, both accounts; only then is
 * the command queued. Erased when the iPad is found. Sealed at rest. */
struct mdm_location {
	const char *serial;
	const char *purpose, *asked_by, *confirmed_by;
	int64_t asked_at, confirmed_at;
	const char *command; /* uuid once confirmed */
	int64_t located_at;  /* 0: no answer yet */
	double latitude, longitude, accuracy_m;
	const char *error;
};
int mdm_locate_ask(struct mdm *m, const struct mdm_act *act, const char *serial,
	const char *purpose) MUST_CHECK;
int mdm_locate_confirm(struct mdm *m, const struct mdm_act *act, const char *serial,
	char ret_uuid[MDM_UUID]) MUST_CHECK;
int mdm_location_get(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_location *ret) MUST_CHECK;

/* The codes that open an Activation Lock: as the iPad told them, the newest and the one before, and
 * those of a lock of ours (NULL: none). Which is in force cannot be known from here: one is tried
 * after the other. That they were read is written to the audit log. ERR_NOTFOUND: there is none. */
struct mdm_bypass {
	const char *code, *code_before;
	int64_t told_at;
	const char *server_code, *server_code_before;
};
int mdm_bypass_get(struct mdm *m, const struct mdm_act *act, const char *serial, struct arena *a,
	struct mdm_bypass *ret) MUST_CHECK;

#endif
