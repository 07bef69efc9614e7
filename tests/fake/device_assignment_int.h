/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the stand-in for Apple's device assignment. */
#ifndef FAKE_DEVICE_ASSIGNMENT_INT_H
#define FAKE_DEVICE_ASSIGNMENT_INT_H

#include "base/doc.h"
#include "base/random.h"
#include "tests/fake/device_assignment.h"
#include "tests/fake/http_service.h"

#include <pthread.h>

struct da_device {
	char *serial, *model, *description, *color, *imei, *eid, *replaces, *lost_message;
	char profile_uuid[UUID_TEXT];
	const char *profile; /* = profile_uuid, or NULL */
	char escrow[65];     /* the hash it is locked with; "": not locked */
	char account[32];    /* the code that opens a lock of somebody's own; "": none */
	int64_t assigned_at, op_at, migrate_by;
	bool gone, told, disowned;
	const char *word; /* what each act on it is answered; NULL: as it is; "": nothing */
};

struct da_profile {
	char uuid[UUID_TEXT];
	char *json;
};

struct device_assignment {
	pthread_mutex_t lock;
	struct http_service *http;
	char url[64];
	struct da_device *devices;
	size_t count, room, hint;
	size_t *events; /* places of devices, as they changed */
	size_t events_n;
	struct da_profile *profiles;
	size_t profile_count;
	struct device_assignment_counts counts;
	struct device_assignment_fault fault;
	bool faulty, repeat, put_only;
	char *throttled;
	unsigned calls;
	int64_t ahead_s;
	char session[UUID_TEXT], server_uuid[UUID_TEXT];
	/* the token that is good now */
	char consumer_key[64], consumer_secret[64], access_token[64], access_secret[64];
	int64_t token_ends;
	char nonces[64][64]; /* the last */
	unsigned nonces_n;
	/* the CA of devices, and one device of it */
	EVP_PKEY *ca_key, *device_key, *stranger_key;
	X509 *ca, *device, *stranger;
	char *ca_pem;
};

struct da_call {
	struct device_assignment *da;
	const struct http_service_request *rq;
	struct http_service_reply *reply;
	struct doc *ask;
};
int64_t da_now(const struct device_assignment *da);
/* NULL: none of that name. */
struct da_device *da_device_find(struct device_assignment *da, const char *serial);
struct da_profile *da_profile_find(struct device_assignment *da, const char *uuid);
/* What an act on it is answered: the word set for it, else what follows from how it stands. NULL:
 * the answer does not mention it. */
const char *da_device_word(const struct da_device *v);
/* The device in place `i` has changed: whoever syncs is told. */
void da_event_add(struct device_assignment *da, size_t i);

/* --- device_assignment_proof.c --- */
/* NULL: rightly signed; else Apple's word for what is wrong. */
const char *da_oauth_judge(struct da_call *c);
void da_unlock(struct da_call *c);
bool da_ca_make(struct device_assignment *da);
void da_ca_release(struct device_assignment *da);

#endif
