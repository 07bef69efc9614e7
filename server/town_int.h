/* SPDX-License-Identifier: EUPL-1.2 */
/* What the chapters of the demonstration's story share: its things, its people, its day. */
#ifndef SERVER_TOWN_INT_H
#define SERVER_TOWN_INT_H

#include "inventory/circulation.h"
#include "server/town.h"

#define TOWN_OPENS_S (9 * 3600)
#define TOWN_NEVER INT32_MAX

/* One thing that can be lent, and what will become of its loan. */
struct thing {
	const char *serial;
	int32_t from; /* the day it came */
	int32_t back; /* the day it comes back; 0: it is on the shelf */
	bool ipad, gone, has_sim;
	const char *product; /* id, of the library's */
	uint64_t loan;       /* the one it is on; 0: on none */
	size_t borrower;
	bool is_signed;    /* that loan's agreement */
	bool will_be_lost; /* on the day `back` somebody says so */
	int32_t given_up;  /* the day it is written off; 0: it is not */
	const char *late_reason;
};

struct story {
	struct cli *cli;
	struct inv *inv;
	const struct town_ask *ask;
	struct town *t;
	uint32_t seed;
	int32_t first, today;
	int64_t now; /* of the act under way */
	struct thing *things;
	size_t thing_count, ipad_count;
	size_t sim_count, number_count; /* of SIMs so far; of telephone numbers they took */
	const char **borrowers; /* ids; those of the care zone first */
	size_t care;
	struct arena *day_arena; /* emptied each day */
};

extern const struct audit_who town_konsulent, town_librarian;

/* From 0 to sides - 1; the same row of numbers in every town. */
uint32_t town_dice(struct story *s, uint32_t sides);
/* 0 for a rule's no, which is part of life here; all else ends the story. */
int town_or_refused(int err);
struct inv_desk_who town_desk(struct story *s, bool care);

/* Lends and takes back day by day; *next_care is the next borrower of the care zone without a loan.
 */
int town_two_years(struct story *s, size_t *next_care) MUST_CHECK;
/* The simulated iPads that a visitor tries things with: half of them were handed out lately. */
int town_lend_the_alive(struct story *s, size_t *next_care) MUST_CHECK;
/* It is reported lost by whoever has it, or stolen. */
int town_lose(struct story *s, struct thing *t, bool stolen) MUST_CHECK;
/* --- agreements (town_sign.c) --- */
/* Whoever borrows signs for the whole loan, at s->now; a loan that is signed stays as it is. */
int town_sign(struct story *s, struct thing *t) MUST_CHECK;
/* One is declared void, so that its loan waits for a new signature. */
int town_void(struct story *s, const struct thing *t) MUST_CHECK;
/* --- what happens now and then (town_life.c) --- */
int town_rarities(struct story *s) MUST_CHECK;
/* --- SIMs (town_sims.c) --- */
/* A well-formed number of a SIM card that is nobody's; in the arena. */
const char *town_iccid(struct arena *a, size_t number);
/* The product that the watches' SIMs are of. */
int town_make_plans(struct story *s) MUST_CHECK;
/* The thing gets a SIM, as a part of it. It is in stock. */
int town_fit_sim(struct story *s, const struct thing *t) MUST_CHECK;
/* Things with a SIM that were lost these days, so that somebody is to stop it. */
int town_stop_sims(struct story *s) MUST_CHECK;
/* What the municipality has decided about its loans. (town_rules.c) */
int town_make_rules(struct story *s) MUST_CHECK;
/* TOWN_SILENT of the iPads on loan have not been heard for weeks. (demo_silent.c) */
int town_silence_some(struct story *s) MUST_CHECK;
/* Hand-outs of the next days that are open. (town_plans.c) */
int town_plan_handouts(struct story *s, size_t next_care) MUST_CHECK;

#endif
