/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A stand-in for Apple's device assignment (protocol version 10) and for the service that opens
 * Activation Locks: real HTTP on loopback, OAuth 1.0a proved, sessions, pages and cursors, and
 * every fault that Apple documents, switchable. It also plays Apple's portal (the server token),
 * and the part of an iPad that looks up its profile. Written from Apple's documents; shares no code
 * with mdm/.
 *
 * Threads. All functions may be called from any thread.
 */
#ifndef FAKE_DEVICE_ASSIGNMENT_H
#define FAKE_DEVICE_ASSIGNMENT_H

#include "base/buf.h"
#include "base/err.h"

#include <openssl/x509.h>

struct device_assignment;
/* Port 0: any that is free. 0, or -1. */
int device_assignment_start(unsigned port, struct device_assignment **ret);
void device_assignment_stop(struct device_assignment *da); /* accepts NULL */
/* "http://127.0.0.1:PORT", for both services. */
const char *device_assignment_url(const struct device_assignment *da);

/* --- the portal --- */
/* The server token for this certificate, as the portal would give it: good for so many days. In
 * the arena; NULL when the certificate is none. A second one ends the first. */
const char *device_assignment_token(
	struct device_assignment *da, struct arena *a, const char *cert_pem, int days);
/* The server at Apple that this one plays: the same from run to run; 36 characters. */
void device_assignment_server(struct device_assignment *da, const char *uuid);
/* A token of another server of the same organisation. */
void device_assignment_other_server(struct device_assignment *da);

struct assigned_device {
	const char *serial, *model, *description, *color, *imei, *eid;
	const char *replaces; /* serial number of the one whose place it took, or NULL */
	int64_t migrate_by;   /* a migration deadline that was set in the portal, or 0 */
};
/* A reseller or a person assigns it; once more: it was modified. Text is copied. */
void device_assignment_add(struct device_assignment *da, const struct assigned_device *d);
/* So many made up at once: "BULK000001" … For benches. */
void device_assignment_fill(struct device_assignment *da, unsigned count);
/* Somebody takes it from the server in the portal. `silently`: no event tells of it, as when its
 * events have aged out. */
void device_assignment_remove(struct device_assignment *da, const char *serial, bool silently);

/* --- what goes wrong --- */
struct device_assignment_fault {
	const char *path; /* "/devices/sync"; NULL: any */
	int status;
	const char *body; /* "\"T_C_NOT_SIGNED\"" */
	const char *headers;
	unsigned times; /* 0: until changed */
	bool hang, cut;
};
/* In place of those before; NULL: none. Texts must outlive the service. */
void device_assignment_fault(struct device_assignment *da, const struct device_assignment_fault *f);
/* Its clock, against this machine's: as that of a server whose clock a test moves on. */
void device_assignment_clock(struct device_assignment *da, int64_t ahead_s);
/* The same cursor again and again, with more to follow. */
void device_assignment_repeat(struct device_assignment *da, bool on);
/* Sessions end: the next call is answered 401. */
void device_assignment_end_sessions(struct device_assignment *da);
/* Assigning a profile to this one is THROTTLED; NULL: to none. */
void device_assignment_throttle(struct device_assignment *da, const char *serial);
/* Assigning, releasing and locking it are answered so ("FAILED", "NOT_ACCESSIBLE" …), and not done;
 * "": it is not mentioned; NULL: as it stands. The text must outlive the service. */
void device_assignment_word(struct device_assignment *da, const char *serial, const char *word);
/* Its borrower locks it to an account of their own; this code of the iPad's opens it. */
void device_assignment_account_lock(
	struct device_assignment *da, const char *serial, const char *code);
/* Apple forgets all profiles. */
void device_assignment_forget_profiles(struct device_assignment *da);
/* Assigning is done by PUT alone, as Apple's simulator wants it. */
void device_assignment_put_only(struct device_assignment *da, bool on);

/* --- the same by name, for whoever switches it by hand: device_assignment_switch.c --- */
#define DEVICE_ASSIGNMENT_WELL "well"
struct device_assignment_named {
	const char *name; /* NULL ends the list */
	bool of_device;   /* needs a serial number */
	struct device_assignment_fault answer;
	void (*act)(struct device_assignment *da, const char *serial); /* or, in its place */
};
extern const struct device_assignment_named device_assignment_faults[];
/* In place of what was switched before; "well": nothing goes wrong any more, but what is said of single
 * devices. ERR_NOTFOUND: no such name, or a serial number is missing. */
int device_assignment_switch(
	struct device_assignment *da, const char *name, const char *serial) MUST_CHECK;

/* --- what came of it --- */
struct device_assignment_counts {
	unsigned sessions, fetches, syncs, profiles, assigns, disowns, locks, unlocks, refused;
};
void device_assignment_counts(struct device_assignment *da, struct device_assignment_counts *ret);
/* How a device stands: NULL profile: none. In the arena. ERR_NOTFOUND. */
struct device_assignment_status {
	const char *profile; /* the JSON as it was defined */
	const char *lost_message;
	bool locked, disowned;
};
int device_assignment_status(struct device_assignment *da, struct arena *a, const char *serial,
	struct device_assignment_status *ret) MUST_CHECK;

/* --- iPads --- */
/* The CA that signs what iPads say of themselves; its dates are over, as those of Apple's. */
const char *device_assignment_ca(const struct device_assignment *da);
/* An opaque CMS over a MachineInfo, by a device of that CA (or by nobody's, when `stranger`). */
struct bytes device_assignment_sign(
	struct device_assignment *da, struct arena *a, struct bytes content, bool stranger);

#endif
