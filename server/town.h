/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The demonstration's municipality as it would be after two years: 350 iPads, 600 things of the
 * welfare library, 900 borrowers, and their loans, made by the same functions that the staff's
 * acts call, day by day, as of those days.
 */
#ifndef SERVER_TOWN_H
#define SERVER_TOWN_H

#include "server/cli.h"

#define TOWN_IPADS 350
#define TOWN_THINGS 600
#define TOWN_BORROWERS 900
#define TOWN_SILENT 6

struct town_person {
	const char *number; /* personnummer, or NULL */
	const char *given, *family, *street;
	unsigned house;
	bool finnish;
};
/* The i-th; the same every time. The first have a personnummer. */
void town_person(size_t i, struct town_person *ret);

/* Two of the care zone and one of the library who borrow nothing in the story: for a visitor. */
#define TOWN_FIRST_GUEST (TOWN_IPADS - 1)
#define TOWN_SECOND_GUEST (TOWN_IPADS - 2)
#define TOWN_READER (TOWN_BORROWERS - 1)
/* What stands on the i-th one's loan card; in the arena. */
const char *town_card(struct arena *a, size_t i);

struct town_account {
	const char *name, *password; /* one-time, told only now */
};
struct town {
	struct town_account accounts[8]; /* made by this call; ends with a NULL name */
	size_t ipads, things, borrowers, loans;
};
/*
 * Makes it, unless it is there (a place "centrum" exists): then `ret` is zeros. `first_serial`
 * gives the serial number of the i-th iPad (from 1), of which the first `alive` are simulated.
 * Told on stdout as it goes.
 */
struct town_ask {
	unsigned alive; /* these many iPads are simulated; the last of them is nobody's */
	const char *(*serial)(struct arena *a, unsigned number);
};
int town_make(struct cli *cli, const struct town_ask *ask, struct town *ret) MUST_CHECK;

#endif
