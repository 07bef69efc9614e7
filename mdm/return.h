/* SPDX-License-Identifier: EUPL-1.2 */
/* Part of mdm.h: an iPad that comes back, on its way to the next one. */
#ifndef MDM_RETURN_H
#define MDM_RETURN_H

#include "mdm/mdm.h"

enum mdm_lock { MDM_LOCK_UNKNOWN = 0, MDM_LOCK_OFF, MDM_LOCK_ON };
struct mdm_return_facts {
	uint32_t state; /* enum mdm_enrollment_state; 0: never enrolled here */
	int64_t authenticated_at, enrolled_at, erased_at;
	bool asking;           /* what mdm_return_ask() asked waits for its answer */
	bool erasing;          /* so does an erase, or the profile for one is being made */
	const char *hindrance; /* code of the refusal that keeps the erase from its line, or NULL */
	uint32_t lost;         /* enum mdm_lost_phase */
	int64_t told_at;       /* when it last told about itself; 0: never */
	enum mdm_lock lock;    /* the Activation Lock, as it told then */
	bool our_lock;         /* the one we made ourselves stands, or is being cleared */
	int battery;           /* percent, as it told then; -1 not known */
	int64_t health_at;     /* when it last reported its health; 0: never */
	uint32_t battery_health;  /* enum mdm_battery */
	const char *faulty_parts; /* Apple's names with blanks between; NULL: none that it told */
};
enum mdm_battery {
	MDM_BATTERY_UNKNOWN = 0, /* or it cannot tell */
	MDM_BATTERY_NORMAL,
	MDM_BATTERY_SERVICE,
	MDM_BATTERY_FOREIGN
};
int mdm_return_facts_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_return_facts *ret) MUST_CHECK;
/* Asks it how it is and for the code of its Activation Lock, before an erase makes that another;
 * one that is not enrolled is left alone. */
int mdm_return_ask(
	struct mdm *m, struct store_txn *txn, const char *serial, int64_t now) MUST_CHECK;
/* An erase (MDM_ERASE_DEVICE) that is to follow when mdm_return_go() says so; judged now. With
 * return_to_service it takes along the Wi-Fi profile it was given, kept sealed, and an enrolment
 * profile made for this serial number alone. One plan an iPad: a second replaces it. */
int mdm_return_plan(struct mdm *m, const struct mdm_act *act, const char *serial,
	const struct mdm_ask *erase) MUST_CHECK;
/* Into the line with it. ERR_NOTFOUND without a plan; one that is refused now is tried again each
 * minute, and its hindrance is in the facts. */
int mdm_return_go(struct mdm *m, struct store_txn *txn, const char *serial, int64_t now) MUST_CHECK;
/* No erase after all: neither the plan nor one that waits in the line. */
int mdm_return_drop(struct mdm *m, struct store_txn *txn, const struct audit_who *who,
	const char *serial, int64_t now) MUST_CHECK;

#endif
