/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Inside apns: what its files share. Pushes travel between the two threads in lists; a push
 * belongs to the thread whose list it is in, and its memory to its batch.
 */
#ifndef APNS_APNS_INT_H
#define APNS_APNS_INT_H

#include "apns/apns.h"

#include <pthread.h>

/* --- rules (apns_rules.c) --- */

#define APNS_BODY_MAX 4096 /* Apple's limit for the payload */
#define APNS_TOPIC_MAX 255
#define APNS_EXPIRATION_S (7 * 86400)
/* Ours, in a reason's place: the wish is for another topic than our certificate's. */
#define APNS_REASON_OTHER_TOPIC "TopicNotInCertificate"

/* What goes to Apple for a wish; both texts in the arena. */
struct apns_request {
	const char *path; /* "/3/device/<hex>" */
	size_t path_n;
	struct bytes body;
};
int apns_request_build(const struct apns_wish *w, struct buf *scratch, struct arena *a,
	struct apns_request *ret) MUST_CHECK;
/* What a row becomes when `w` is wished over `old` (NULL: there is none). True: something else
 * is to be sent than before, so the row needs a new mark. */
bool apns_wish_merge(const struct apns_wish *old, const struct apns_wish *w, bool fresh,
	int64_t now, struct apns_wish *ret);
/* Whether a wish from outside this folder can be sent at all. */
int apns_wish_validate(const struct apns_wish *w) MUST_CHECK;
/* What a row becomes after an answer; strings stay borrowed from both. */
void apns_wish_answer(const struct apns_wish *w, const struct apns_answer *an, unsigned jitter,
	int64_t now, struct apns_wish *ret);
/* The same reason as a text that lives for ever; "other" when it is not one we know. */
const char *apns_reason_static(const char *reason);
/* Whether a reason alone, as in a GOAWAY, says that our certificate is refused. */
bool apns_reason_stops(const char *reason);
/* What a person is to do about it, for the log; NULL: nothing. */
const char *apns_verdict_advice(enum apns_verdict v);
const char *apns_verdict_name(enum apns_verdict v);

/* --- answers (answer_msg.c) --- */

#define APNS_ANSWER_MAX 512 /* bytes of a body or of a GOAWAY's data that are looked at */
/* The JSON of a refusal: {"reason":"Unregistered","timestamp":1454948015990}. Fills reason and
 * timestamp of `ret` and leaves the rest. ERR_BADINPUT when it is not such a document; a reason
 * that is not one word of letters and digits is none. */
int apns_answer_parse(struct bytes body, struct arena *a, struct apns_answer *ret) MUST_CHECK;
/* A Retry-After in seconds (RFC 9110 10.2.3); the date form and nonsense are 0. */
int64_t apns_retry_after_parse(struct bytes value);

/* --- a push on its way --- */

enum apns_fate {
	APNS_WAITING,  /* not on the wire */
	APNS_ANSWERED, /* `answer` tells; status 0: the connection was lost, nobody knows */
	APNS_UNSENT,   /* surely not taken by Apple: the row is still due as it was */
};

#define APNS_REASON_MAX 48
struct apns_push {
	struct apns_wish wish;
	struct apns_request request;
	struct apns_batch *batch;
	struct apns_push *next, *prev; /* in the list it is in */
	struct apns_push *same_bucket; /* in the clerk's table */
	enum apns_fate fate;
	struct apns_answer answer;
	enum apns_verdict verdict;
	int64_t sent_us;
	int32_t stream_id;
	uint16_t sent_n; /* of the request's body */
	uint16_t body_n; /* of `body` */
	char reason[APNS_REASON_MAX];
	uint8_t body[192]; /* what came back */
};

/* Pushes read together, with the arena that holds their texts; ends with the last of them. */
#define APNS_BATCH 1024
struct apns_batch {
	struct arena *arena;
	size_t n, left;
	struct apns_push push[APNS_BATCH];
};
struct apns_batch *apns_batch_new(void);
void apns_batch_free(struct apns_batch *b);
/* One of the batch is done with; may free the batch. */
void apns_push_drop(struct apns_push *p);

struct apns_list {
	struct apns_push *first, *last;
	size_t n;
};
void apns_list_add(struct apns_list *l, struct apns_push *p);
void apns_list_remove(struct apns_list *l, struct apns_push *p);
struct apns_push *apns_list_take(struct apns_list *l); /* the first, or NULL */
/* Moves all of `from` behind `to`. */
void apns_list_append(struct apns_list *to, struct apns_list *from);

/* --- the outbox (outbox_db.c) --- */

/* A batch of rows that are due at `now`, in the order of their keys from `after` on. */
struct apns_due_ask {
	int64_t now;
	size_t most;
	struct store_key after;                  /* n 0: from the first */
	bool (*skip)(void *ctx, const char *id); /* true: it is on its way already */
	void *ctx;
};
struct apns_due {
	struct store_key last; /* where the reading ended: `after` of the next */
	bool more;             /* ended by `most` */
	int64_t next_at;       /* when `more` is false: the first that is due later, or INT64_MAX */
	size_t broken;         /* entries without a readable row */
};
/* Fills the batch's wishes from its `n` on. */
int apns_outbox_due(struct store_txn *txn, const struct apns_due_ask *ask, struct apns_batch *b,
	struct apns_due *ret) MUST_CHECK;
/* Writes what the answer made of the wish, unless it was withdrawn or renewed meanwhile: then
 * ERR_CONFLICT and nothing is touched. ret is the row as written, texts in the arena. */
int apns_outbox_settle(struct store_txn *txn, struct arena *a, const struct apns_push *p,
	unsigned jitter, int64_t now, struct apns_wish *ret) MUST_CHECK;
/* The first row from id `from` on ("": of all) that was refused for its topic and waits for
 * nothing; ERR_NOTFOUND. */
int apns_outbox_refused(
	struct store_txn *txn, struct arena *a, const char *from, const char **ret_id) MUST_CHECK;
/* Makes such rows due again, among the `most` rows from id `from` on. */
int apns_outbox_revive(
	struct store_txn *txn, const char *from, size_t most, int64_t now) MUST_CHECK;

/* --- the two threads --- */

/* Waits in milliseconds; tests shorten them. */
struct apns_timing {
	int look;          /* how often the clerk asks whether the store has changed */
	int linger;        /* how long it waits for more answers to settle together */
	int connect_wait;  /* for TCP and TLS together, an address */
	int answer_wait;   /* for the answer to a push */
	int idle_ping;     /* silence after which the connection is tried */
	int ping_wait;     /* for the answer to that */
	int backoff_first; /* between attempts to connect; doubles */
	int backoff_most;
};
extern const struct apns_timing apns_timing_usual;
/* apns_start with other waits. */
int apns_start_timed(struct store *st, struct certs *c, const struct apns_options *o,
	const struct apns_events *ev, const struct apns_timing *t, struct apns **ret) MUST_CHECK;

/* The push certificate on its way from the clerk to the courier, who frees it. */
struct apns_identity {
	struct arena *arena;
	struct cert_push push;
};
struct apns_identity *apns_identity_new(void);
void apns_identity_free(struct apns_identity *id);

/* Whether Apple takes what is sent under a push certificate. */
struct apns_standing {
	uint64_t generation; /* of it; 0: not known */
	const char *refused; /* why not (static text); NULL: it does */
};

struct apns {
	struct store *st;
	struct certs *certs;
	struct apns_events ev;
	struct apns_timing timing;
	struct apns_options options; /* texts owned */
	pthread_t clerk, courier;
	int wake_fd; /* the courier's: eventfd */

	pthread_mutex_t lock;   /* of all below */
	pthread_cond_t changed; /* something for the clerk */
	bool woken;
	struct apns_list ready, done;   /* clerk -> courier -> clerk */
	struct apns_identity *identity; /* new, not yet taken by the courier */
	bool open;                      /* the courier can send */
	bool courier_dozes;             /* it waits in poll(): wake_fd is needed */
	bool stopping, courier_gone;
	int64_t stop_by_us;
	struct apns_state state;
	struct apns_standing standing;
};

void *apns_clerk_run(void *ap);
void *apns_courier_run(void *ap);
void apns_courier_wake(struct apns *ap); /* with the lock held */
/* Remembers it for apns_state_get, counts and logs it (the same one at most every ten minutes). */
void apns_alarm(struct apns *ap, const char *what, const char *advice);

#endif
