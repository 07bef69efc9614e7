/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Search beyond things: short lists that are looked through by their words (find_lists.c), and the
 * rule that says how well a text has the words that are asked for (find_rules.c).
 */
#ifndef WEB_FIND_INT_H
#define WEB_FIND_INT_H

#include "web/api_int.h"

#define WEB_FIND_LOOK 500 /* rows of each list that are looked at */
#define WEB_FIND_BYTES 65536 /* and of their texts */
#define WEB_FIND_SHOWN 20 /* of each */

/* Into d's list "lists" what this caller may read of leases, deliveries, mailings, open faults,
 * safety notices, groups and settings: [{"kind", "title", "rows": [{"id", "name", "about",
 * "slip"}], "cut"}]; and into "looked" each of these of which only the first were looked at, WEB_FIND_LOOK
 * or what fits into WEB_FIND_BYTES: [{"kind", "title", "most"}]. Slips are forgiven where nothing, of d's "found" neither, has the words. */
int web_find_lists(struct web *w, struct store_txn *txn, struct http_request *rq, const char *q,
	struct doc *d) MUST_CHECK;

/* May the caller read the list of this name? */
bool web_find_may(struct web *w, const struct http_request *rq, const char *name);

/* --- find_states.c --- */
/* Into d's list "states" where a word of a state in the caller's language leads: [{"kind": "items",
 * "state", "text", "count"}], and for late ones {"kind": "loans", "show": "late", "text"}, for those for
 * display {"kind": "items", "show": "display", "text"}. */
int web_find_states(struct web *w, struct store_txn *txn, struct http_request *rq, const char *q,
	struct doc *d) MUST_CHECK;

/* --- find_rules.c: pure --- */
/* Is it that word, or another ending of it? Both folded. */
bool web_find_same(const char *asked, const char *word);
#define WEB_FIND_WORDS 6
#define WEB_FIND_TEXTS 5
struct web_find_ask {
	const char *word[WEB_FIND_WORDS];
	size_t n;
	bool whole; /* slips are not forgiven, which costs as much again */
};
struct web_find_ask web_find_ask(struct arena *a, const char *q);
/* Each word must be one of the texts', begin or (from four octets) lie in one, or be a slip from
 * one. The first text weighs double; a NULL among them says nothing. 0: it does not fit. */
unsigned web_find_fit(struct arena *a, const struct web_find_ask *ask,
	const char *const texts[WEB_FIND_TEXTS], bool *ret_slip);

#endif
