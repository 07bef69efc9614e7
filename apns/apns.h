/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * apns: telling an iPad to call in. The push itself says nothing but "call home"; why is in the
 * MDM's queue. So a push may be sent twice without harm, and one is enough for any number of
 * commands.
 *
 * Words. Wish: the outbox row that says "this iPad should call in", at most one an iPad; it holds
 * all that is needed to send (apns never knows mdm). Verdict: what Apple's answer means. Gap: how
 * long after a push that was accepted the next one is tried when the iPad still has not called:
 * 1 h, 6 h, 24 h, then daily, until the wish is withdrawn.
 *
 * A wish is written in the caller's transaction, and withdrawn in the one that empties the queue.
 * A crash between sending and settling loses nothing: the row is still due.
 *
 * Threads. Two work behind apns_start: the clerk (clerk.c) reads what is due and settles what was
 * answered, many wishes in one transaction, and never waits for the network; the courier
 * (courier.c) owns the HTTP/2 connection and never touches the store. They hand pushes to each
 * other in lists. The clerk notices new wishes and certificates by store_version(), so another
 * process (the command line) may write them too; apns_wake spares it the wait.
 *
 * A push's way through the files: outbox_db.c (apns_outbox_due) -> clerk.c -> courier.c ->
 * apns_rules.c (apns_request_build) -> transport.c -> answer_msg.c -> apns_rules.c
 * (apns_verdict_decide, apns_next_due) -> outbox_db.c (apns_outbox_settle).
 */
#ifndef APNS_APNS_H
#define APNS_APNS_H

#include "certs/certs.h"
#include "store/store.h"

#define APNS_TOKEN_MAX 128

struct apns_wish {
	const char *id;     /* the iPad's UDID */
	struct bytes token; /* device token, raw */
	const char *magic;  /* PushMagic: a secret of a kind; never logged */
	const char *topic;
	int64_t token_at_ms; /* when the TokenUpdate came: a 410 older than this is ignored */
	int64_t wished_at;   /* s; first wish since the last withdrawal */
	int64_t due_at;      /* s; when it is to be sent (again); 0: not by itself */
	int64_t sent_at;     /* s; last time Apple accepted it, 0: not yet */
	uint32_t sent_count; /* accepted pushes since the gaps last started over */
	uint32_t fail_count; /* failed tries in a row */
	uint32_t verdict;    /* enum apns_verdict of the last answer */
	const char *reason;  /* Apple's reason, or NULL */
	bool urgent;         /* priority 10; else 5, for bulk */
	int64_t mark;        /* another whenever something else is to be sent: an answer to an
			      * older push cannot settle a newer wish. Set here, not by callers */
	struct bytes unknown;
};

enum apns_verdict {
	APNS_NOT_TRIED = 0,
	APNS_SENT,      /* accepted; says nothing about the iPad */
	APNS_AGAIN,     /* try again at a time: 429, 5xx, network */
	APNS_GONE,      /* 410 and our token is older: the iPad must call by itself */
	APNS_BAD_TOKEN, /* BadDeviceToken and the like: no retry, not disabled, shown */
	APNS_BAD_TOPIC, /* wrong certificate for this token: alarm, no device is touched */
	APNS_BAD_CERT,  /* our certificate is refused: all stops until it is replaced */
	APNS_OUR_FAULT, /* a request Apple calls malformed */
};

/* --- the outbox (inside the caller's transaction) --- */
/* Makes or renews the wish: due now, gaps start over when `fresh`; otherwise an existing wish
 * keeps its next time but takes token, magic and topic anew (one that Apple had refused is due
 * again when these are new). Of `w` are read: id, token, magic, topic, token_at_ms and urgent,
 * which stays once set until the wish is withdrawn. ERR_BADINPUT for what cannot be sent. */
int apns_wish(struct store_txn *txn, const struct apns_wish *w, bool fresh, int64_t now) MUST_CHECK;
/* 0 also when there is none. */
int apns_withdraw(struct store_txn *txn, const char *id) MUST_CHECK;
/* ERR_NOTFOUND: nothing is wished for this iPad. */
int apns_wish_get(
	struct store_txn *txn, struct arena *a, const char *id, struct apns_wish *ret) MUST_CHECK;
int apns_check(struct store_txn *txn, store_fault *fault, void *arg) MUST_CHECK;

/* --- pure rules --- */
struct apns_answer {
	int status;            /* HTTP status; 0: no answer (connection lost) */
	const char *reason;    /* "Unregistered" …, or NULL */
	int64_t timestamp_ms;  /* of a 410; 0: none */
	int64_t retry_after_s; /* header; 0: none */
};
/* What an answer means for a wish. */
enum apns_verdict apns_verdict_decide(const struct apns_answer *an, const struct apns_wish *w);
/* When to send next after a verdict; 0: not by itself. `w` is the wish as it was before the
 * answer. `jitter` 0..999 spreads the herd. */
int64_t apns_next_due(enum apns_verdict v, const struct apns_answer *an, const struct apns_wish *w,
	unsigned jitter, int64_t now);
/* The body {"mdm":"…"} with the magic escaped. ERR_BADINPUT: not UTF-8; ERR_TOOBIG: over 4 kB. */
int apns_body_format(const struct apns_wish *w, struct buf *out) MUST_CHECK;

/* --- the worker --- */
struct apns_options {
	const char *host;      /* "api.push.apple.com" */
	unsigned port;         /* 443 or 2197 */
	const char *root_path; /* PEM of trusted roots; NULL: the system's */
	unsigned streams;      /* in flight at most; 0: 500, and never more than Apple allows */
};
/* Told in the transaction that settles a push; may write. NULL members are skipped. */
struct apns_events {
	int (*settled)(void *ctx, struct store_txn *txn, const struct apns_wish *w, int64_t now);
	void *ctx;
};

struct apns;
/* Starts the worker; without a push certificate it waits for one. A new certificate (generation)
 * is used at once, on a new connection. */
int apns_start(struct store *st, struct certs *c, const struct apns_options *o,
	const struct apns_events *ev, struct apns **ret) MUST_CHECK;
void apns_wake(struct apns *ap);
/* Finishes what is in flight for at most wait_s, settles, stops. Accepts NULL. */
void apns_stop(struct apns *ap, unsigned wait_s);

/* How things stand, for health, metrics and people. */
struct apns_state {
	bool connected;
	bool stopped_by_cert; /* APNS_BAD_CERT: waiting for a new certificate */
	const char *alarm;    /* the last alarm's reason (static text), or NULL */
	int64_t alarm_at;
	uint64_t sent, failed;
};
void apns_state_get(struct apns *ap, struct apns_state *ret);

#endif
