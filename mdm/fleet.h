/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The fleet as a list: the iPads that have ever enrolled, each once, sifted and in one of four
 * orders. Part of mdm/mdm.h.
 */
#ifndef MDM_FLEET_H
#define MDM_FLEET_H

enum mdm_fleet_order {
	MDM_FLEET_BY_SERIAL = 'n',
	MDM_FLEET_BY_SEEN = 't', /* as is on disk: a few seconds late */
	MDM_FLEET_BY_OS = 'o',
	MDM_FLEET_BY_MODEL = 'm'
};
enum mdm_fleet_state {
	MDM_FLEET_ANY = 0,
	MDM_FLEET_ENROLLED,
	MDM_FLEET_LEFT,     /* not enrolled any more, or not yet wholly */
	MDM_FLEET_STRANGER, /* enrolled, and not known to the inventory */
	MDM_FLEET_SILENT,   /* enrolled, and has not spoken since `silent_before` */
	MDM_FLEET_LOST,
	MDM_FLEET_LINE,    /* a command waits in its line */
	MDM_FLEET_WAITING, /* something it should have is on its way */
	MDM_FLEET_FAILED,  /* … or could not be brought to it */
	MDM_FLEET_STATES
};
/* "enrolled", "left", "stranger", "silent", "lost", "line", "waiting", "failed"; NULL for ANY. */
const char *mdm_fleet_state_name(enum mdm_fleet_state s);
int mdm_fleet_state_parse(const char *s, enum mdm_fleet_state *ret) MUST_CHECK;

/* What others know of a serial number: is it to be listed? */
typedef int mdm_fleet_fits(struct store_txn *txn, const char *serial, void *arg, bool *ret);
struct mdm_fleet_ask {
	enum mdm_fleet_order order; /* 0: by serial number */
	bool down;
	enum mdm_fleet_state state;
	int64_t silent_before;
	const char *group, *model, *os; /* NULL: any */
	mdm_fleet_fits *fits;           /* or NULL */
	void *arg;
	const char *after; /* as a page's next; ERR_BADINPUT when it is something else */
	size_t most;
};
struct mdm_fleet_page {
	struct mdm_enrollment *at;
	size_t n;
	const char *next; /* where to go on; NULL: that was all */
};
/* A page may be short, even empty, and go on: what
 * is read past for one page is bounded. Few that a filter names are sorted, whatever the order. */
int mdm_fleet_list(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_fleet_ask *ask, struct mdm_fleet_page *ret) MUST_CHECK;
/* The models or versions there are, in their order, the first of them. */
int mdm_fleet_values(struct store_txn *txn, enum mdm_fleet_order of, const struct store_piece *first,
	const char ***ret, size_t *ret_n) MUST_CHECK;
/* How many there are in a state, where that is counted; ERR_NOTFOUND: it is not. */
int mdm_fleet_count(struct store_txn *txn, enum mdm_fleet_state s, uint64_t *ret) MUST_CHECK;

#endif
