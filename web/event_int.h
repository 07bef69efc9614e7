/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Events: what others hear of what happens here. News are rows that mdm's listeners write in the
 * transaction of what they tell (table WEB_NEWS); what people and the house do stands in the audit
 * log anyway, in the same way. Both are numbered, and both are followed: by webhooks (posts, one
 * row a hook and event, kept until delivered) and by the staff's pages (server-sent events).
 *
 * Secrets. No token, push magic or unlock token goes into an event. raw_payload, which NanoMDM's
 * receivers expect, is a property list of our own making with what stands beside it and nothing
 * more; a hook that was set up "with results" has an iPad's answer there, by the rules of
 * mdm/told_rules.c.
 */
#ifndef WEB_EVENT_INT_H
#define WEB_EVENT_INT_H

#include "web/web_int.h"

/* --- news: news_db.c --- */
struct web_news {
	uint64_t seq;
	int64_t at;
	const char *topic; /* "mdm.Connect" */
	const char *udid, *serial;
	const char *push_topic, *os_version, *build, *product; /* of check-ins */
	const char *command, *request, *status;                /* of an answer or a call */
	bool call;                                             /* it ended nothing */
	struct bytes answer; /* what may be told of it, for hooks with results */
	struct bytes unknown;
};
#define WEB_NEWS_MOST 20000 /* kept; hooks that are further behind have missed some */
int web_news_add(struct store_txn *txn, struct web_news *n) MUST_CHECK;
/* Oldest first, newer than `after`. */
int web_news_follow(struct store_txn *txn, const struct store_piece *piece, struct web_news **ret,
	size_t *ret_n) MUST_CHECK;
int web_news_head(struct store_txn *txn, uint64_t *ret) MUST_CHECK;

/* --- hooks and posts: hook_db.c --- */
struct web_post {
	const char *hook;
	uint64_t number;
	const char *topic, *event_id;
	const char *body;        /* JSON as it is sent */
	int64_t made_at, due_at; /* 0: dead */
	uint32_t tries, status;
	const char *error;
	struct bytes unknown;
};
#define WEB_HOOKS_MOST 32 /* more are refused */
extern const struct rec_type web_hook_rec, web_post_rec; /* with words: web_layout_renew() */
int web_hook_put(struct store_txn *txn, const struct web_hook *h) MUST_CHECK;
int web_hook_del(struct store_txn *txn, const char *id) MUST_CHECK;
/* Gives p->number, and counts it as waiting: the hook is the caller's to write. */
int web_post_add(struct store_txn *txn, struct web_hook *h, struct web_post *p) MUST_CHECK;
/* `before` NULL: its due row is not there yet. */
int web_post_put(
	struct store_txn *txn, const struct web_post *before, const struct web_post *p) MUST_CHECK;
int web_post_del(struct store_txn *txn, const struct web_post *p) MUST_CHECK;
int web_post_get(struct store_txn *txn, struct arena *a, const char *hook, uint64_t number,
	struct web_post *ret) MUST_CHECK;
/* Who may be sent to, and what is due for them by `now`, soonest first. */
struct web_due {
	int64_t now;
	const struct web_hook *hooks; /* all there are */
	size_t hook_n;
	struct web_post *posts;
	size_t n, most;
};
/* Those of a hook that is paused, gone or has just failed are passed by, and of one that failed
 * before a single one is taken: nobody waits behind who does not answer. */
int web_post_due(struct store_txn *txn, struct arena *a, struct web_due *x) MUST_CHECK;
int web_post_list(struct store_txn *txn, struct arena *a, const char *hook, uint64_t after,
	size_t most, struct web_post **ret, size_t *ret_n) MUST_CHECK;

/* --- hook_count.c --- */
struct web_hook_counts {
	uint64_t waiting, dead;
};
/* Counted anew, post by post. */
int web_hook_count(
	struct store_txn *txn, const char *id, struct web_hook_counts *ret) MUST_CHECK;

/* --- event_msg.c (pure) --- */
/* "mdm.* loan.out item.*": does one of the patterns have this topic? "" has all. */
bool web_topic_wanted(const char *patterns, const char *topic);
bool web_topics_ok(const char *patterns);
/* NanoMDM's shape; with what the iPad answered where `n` has it. */
void web_news_event(struct arena *a, const struct web_news *n, const char *event_id, struct doc *d);
/* The same frame round an act of the audit log: {"topic":"item.mark", …, "act":{"object":…}}. */
void web_audit_event(const struct audit_record *x, const char *event_id, struct doc *d);
/* "t=1795252320,v1=<hex>": HMAC-SHA-256 over "1795252320." and the body. */
const char *web_signature(struct arena *a, struct bytes secret, int64_t now, struct bytes body);
/* What NanoMDM signs with, and its receivers check: Base64 of HMAC-SHA-256 over the body alone. */
const char *web_signature_nanomdm(struct arena *a, struct bytes secret, struct bytes body);
void web_hmac(struct bytes key, struct bytes in, uint8_t ret[32]);
/* Seconds until the next try; 0: no more, it is dead. */
int64_t web_post_gap(uint32_t tries);
/* https, or http to this machine itself. */
bool web_hook_url_ok(const char *url);

/* --- hook.c --- */
#define WEB_HOOK_SECRET_CONTEXT "web.hook/secret"
/* Makes posts of what is new, then delivers those that are due; blocks on the net. */
int web_hook_round(struct web *w, int64_t now) MUST_CHECK;

#endif
