/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of mdm.h: moving in from another server. */
#ifndef MDM_MOVING_H
#define MDM_MOVING_H

#include "mdm/mdm.h"

/* What that server kept of an iPad: check-in messages as they came, the tokens if they were kept
 * apart, the SHA-256 of the identity's DER in hex, and that certificate if it is there. */
struct mdm_move_files {
	struct bytes authenticate, token_update, unlock_token, bootstrap_token, hash, identity_pem;
};
struct mdm_move {
	const char *udid, *serial, *topic, *push_magic;
	const char *os_version, *build, *product, *imei;
	struct bytes push_token, unlock_token, bootstrap_token;
	uint8_t identity[CERT_FINGERPRINT];
	int64_t identity_ends_at; /* 0: not known */
};
/* ERR_BADINPUT with what is wrong in ret_bad. */
int mdm_move_parse(const struct mdm_move_files *f, struct arena *a, struct mdm_move *ret,
	const char **ret_bad) MUST_CHECK;
struct mdm_move_row {
	const char *name; /* as that server calls it */
	const char *bad;  /* what of it cannot be read; then there is no more */
	struct mdm_move x;
};
struct mdm_move_set { /* all that is to move, in an arena */
	struct mdm_move_row *rows;
	size_t n, room;
	const char *push_cert_pem, *push_key_pem; /* NULL: not given */
};
void mdm_move_add(struct mdm_move_set *s, struct arena *a, const struct mdm_move_row *row);
void mdm_move_add_files(
	struct mdm_move_set *s, struct arena *a, const char *name, const struct mdm_move_files *f);
/* The database of a MicroMDM; a dump of a NanoMDM's by mysqldump or pg_dump. Adds those that are
 * enrolled, and takes the push certificate unless there is one. ERR_BADINPUT, ERR_CORRUPT with what
 * is wrong in ret_bad. */
int mdm_move_micromdm_parse(
	struct bytes db, struct arena *a, struct mdm_move_set *s, const char **ret_bad) MUST_CHECK;
int mdm_move_sql_parse(struct bytes dump, struct arena *a, struct mdm_move_set *s,
	const char **ret_bad) MUST_CHECK;
/* The enrolment profile they were enrolled with: what an enrolment can never change. */
struct mdm_move_profile {
	const char *id, *server_url, *checkin_url;
	int64_t rights;
};
/* ERR_UNSUPPORTED: it is signed, so that only its signer can renew these enrolments. */
int mdm_move_profile_parse(struct bytes in, struct arena *a, struct mdm_move_profile *ret,
	const char **ret_bad) MUST_CHECK;
struct mdm_mover {
	const struct audit_who *who;
	const struct mdm_move_profile *profile;
	const char *source;  /* "nanomdm" */
	bool preview;        /* all is done and then taken back */
	bool take_good_rows; /* what is refused stays behind; else one refused refuses all */
};
struct mdm_move_told {
	size_t moved;
	struct refusal *rows; /* one for each of the set; say NULL: it moves */
	size_t refused;
	const char *push_topic; /* of the push certificate that was taken over; NULL: none was */
};
/*
 * All of it in one transaction: the push certificate when there is a newer one than here, and the
 * iPads, each enrolled here from now on, its certificate pinned until ours has taken its place.
 * ERR_REFUSED: nothing was done; `r` says why, or when it does not, the rows do. Wakes.
 */
int mdm_move_in(struct mdm *m, const struct mdm_mover *mover, const struct mdm_move_set *set,
	int64_t now, struct arena *a, struct mdm_move_told *ret, struct refusal *r) MUST_CHECK;

#endif
