/* SPDX-License-Identifier: EUPL-1.2 */
/* A lending desk's store under load: things, borrowers and past loans, filled fast. */
#ifndef BENCH_DESK_H
#define BENCH_DESK_H

#include "tests/bench/bench.h"

/* Addresses of the pages' table that begin so begin so in this house. */
struct desk_name {
	const char *row, *here;
};
#define DESK_NAMES 64
struct desk {
	struct bench_server s;
	struct arena *a;
	const char *token;
	char (*borrower)[PEOPLE_ID];
	unsigned borrowers, things;
	unsigned next; /* the first thing that was not lent yet */
	const char *person; /* the cookies of somebody who has signed in, with every role */
	struct desk_name names[DESK_NAMES];
	size_t name_count;
};
/* Founds, fills and starts it. Without past loans it then lies in the kernel's memory as a store
 * does that grew day by day. */
void desk_open(struct desk *d, unsigned things, unsigned borrowers, unsigned loans);
void desk_close(struct desk *d);
/* A request of a program with a token, in the arena. */
struct bytes desk_request(struct desk *d, const char *path, const char *body);
/* "small", "100k" or "1m": the end of a figure's name. */
const char *desk_size(const struct desk *d);
/* What each page costs, and how much of it goes over the line. */
void desk_pages(struct desk *d);
struct client;
/* Something of everything that has a page, and more of it than a page shows. */
void desk_rest(struct desk *d, struct client *c);
/* Each page of the table, once the house has all of it. */
void desk_every_page(struct desk *d, struct client *c);

/* What the products are called: "blå dörrklocka" and so on, each with each. */
#define DESK_WORDS 10
extern const char *const desk_likes[DESK_WORDS], *const desk_nouns[DESK_WORDS];

#endif
