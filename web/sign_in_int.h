/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What belongs to signing in beside name and password: the rules that an administrator sets, and
 * the second step (time-based codes, RFC 6238).
 */
#ifndef WEB_SIGN_IN_INT_H
#define WEB_SIGN_IN_INT_H

#include "web/web_int.h"

/* --- sign_in_rules_db.c: what an administrator has chosen --- */
struct web_sign_in_rules {
	uint32_t totp_roles; /* whose accounts must have a second step */
	uint32_t lock_s;     /* idle for so long, a session with a PIN locks; 0: ten minutes */
	uint32_t shift_s;    /* so long after a full sign-in a PIN opens it; 0: ten hours */
	struct bytes unknown;
};
/* The defaults when nothing was chosen yet. */
int web_sign_in_rules_get(
	struct store_txn *txn, struct arena *a, struct web_sign_in_rules *ret) MUST_CHECK;
struct web_sign_in_rules_ask {
	const struct web_sign_in_rules *rules;
	const struct audit_who *who;
	const char *why;
	int64_t now;
};
/* All three, as changes of settings in one transaction. */
int web_sign_in_rules_set(struct web *w, const struct web_sign_in_rules_ask *ask,
	struct refusal *r) MUST_CHECK;
/* At the start: what an older program kept becomes settings. `s` may be NULL: nothing is done. */
int web_sign_in_rules_renew(struct store *st, struct settings *s, int64_t now) MUST_CHECK;

/* --- totp_rules.c (pure) --- */
#define WEB_TOTP_KEY 20 /* octets: what RFC 4226 section 4 recommends */
#define WEB_TOTP_STEP_S 30
#define WEB_TOTP_DIGITS 6
#define WEB_TOTP_TEXT 12
/* The code of one step (RFC 4226 section 5.3), 6 to 8 digits. */
void web_totp_code(struct bytes key, int64_t step, unsigned digits, char out[WEB_TOTP_TEXT]);
/* The step whose code this is: now's, the one before or after, and never one up to `last_step`,
 * which was used. Blanks in the code are skipped. 0: none. */
int64_t web_totp_step(struct bytes key, const char *code, int64_t last_step, int64_t now);
/* Base 32 of RFC 4648 without padding. */
const char *web_base32(struct arena *a, struct bytes b);
/* The address in the QR code, as authenticator apps read it. */
const char *web_totp_uri(
	struct arena *a, const char *organisation, const char *account, struct bytes key);
/* Letters and digits alone, small; NULL: it cannot be a recovery code. */
const char *web_recovery_plain(struct arena *a, const char *code);

/* --- totp_db.c --- */
#define WEB_RECOVERY_CODES 10
struct web_totp {
	struct bytes key;     /* sealed; empty: no second step */
	struct bytes pending; /* sealed; shown, and not yet proved by a code */
	int64_t on_at, pending_at;
	int64_t last_step; /* of the newest code that was used */
	uint32_t wrong_count;
	int64_t wrong_at;
	struct bytes recovery; /* keyed hashes of 32 octets, of the codes that are left */
	struct bytes unknown;
};
/* All zeros for an account that has none. */
int web_totp_get(struct store_txn *txn, struct arena *a, const char *account,
	struct web_totp *ret) MUST_CHECK;
int web_totp_put(struct store_txn *txn, const char *account, const struct web_totp *x) MUST_CHECK;
int web_totp_del(struct store_txn *txn, const char *account) MUST_CHECK;

/* --- totp.c --- */
struct web_totp_ask {
	const struct audit_who *who;
	const char *account;
	const char *code; /* of the app, or a recovery code */
	const char *token_id; /* of the session that begins one */
	int64_t now;
};
/* Draws a key and keeps it pending; in the arena. Refused when the sign-in was a while ago. */
int web_totp_begin(struct web *w, const struct web_totp_ask *ask, struct arena *a,
	struct bytes *ret_key, struct refusal *r) MUST_CHECK;
/* The pending key; ERR_NOTFOUND. */
int web_totp_pending(
	struct web *w, const char *account, struct arena *a, struct bytes *ret_key) MUST_CHECK;
/* The code proves that the app has the pending key: from now on it is asked for. The recovery codes
 * are told only now. */
int web_totp_confirm(struct web *w, const struct web_totp_ask *ask, struct arena *a,
	const char *ret_codes[WEB_RECOVERY_CODES], struct refusal *r) MUST_CHECK;
/* Is it right, now? Burns the code. Throttled by account. */
int web_totp_check(struct web *w, const struct web_totp_ask *ask, struct refusal *r) MUST_CHECK;
/* After a right code: new recovery codes, the old ones are void. */
int web_totp_renew(struct web *w, const struct web_totp_ask *ask, struct arena *a,
	const char *ret_codes[WEB_RECOVERY_CODES], struct refusal *r) MUST_CHECK;
/* After a right code; refused where the rules want one. */
int web_totp_end(struct web *w, const struct web_totp_ask *ask, struct refusal *r) MUST_CHECK;

/* Every sentence of signing in beyond the password. (sign_in_say.c) */
extern const struct say web_say_code_needed, web_say_code_wrong, web_say_code_wait,
	web_say_totp_needed, web_say_totp_required, web_say_totp_none, web_say_totp_not_fresh;

#endif
