/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The other side of the simulated iPad in its own tests: an office with a CA, SCEP, an enrolment
 * profile and a queue of commands, reached without a network. It can be told to err in all the
 * ways an iPad must notice.
 */
#ifndef UNIT_FAKE_OFFICE_H
#define UNIT_FAKE_OFFICE_H

#include "tests/fake/ipad.h"

#include <openssl/provider.h>
#include <pthread.h>

enum office_fault {
	OFFICE_HONEST,
	OFFICE_PROFILE_TYPE, /* the profile as application/xml */
	OFFICE_PROFILE_404,
	OFFICE_PROFILE_BROKEN, /* a byte changed inside the signature */
	OFFICE_CA_TYPE,        /* GetCACert with a charset */
	OFFICE_CA_OTHER,       /* GetCACert gives another CA than the fingerprint's */
	OFFICE_SCEP_TYPE,
	OFFICE_SCEP_500,
	OFFICE_SCEP_NONCE,
	OFFICE_SCEP_TRANSACTION,
	OFFICE_SCEP_MESSAGE_TYPE,
	OFFICE_SCEP_NO_SENDER_NONCE,
	OFFICE_SCEP_SIGNER,    /* signed by a stranger */
	OFFICE_SCEP_BARE,      /* no certificate inside */
	OFFICE_SCEP_OTHER_KEY, /* a certificate for another key */
	OFFICE_SCEP_OTHER_CA,  /* ... by another CA */
	OFFICE_SCEP_ENVELOPE,  /* enveloped to somebody else */
	OFFICE_SCEP_OLD,       /* a certificate that has ended */
	OFFICE_SCEP_REFUSES,   /* pkiStatus 2, failInfo 2 */
	OFFICE_SCEP_PENDING,
	OFFICE_CHECKIN_400,
	OFFICE_EMPTY_PLIST, /* an empty dictionary where an empty body belongs */
	OFFICE_NOT_A_PLIST,
	OFFICE_UNREACHABLE,
};

#define OFFICE_QUEUE 32
struct office {
	struct ipad_transport transport;
	pthread_mutex_t lock; /* fleets call from several threads */
	struct arena *arena;
	struct ipad_keys *keys;
	OSSL_LIB_CTX *legacy; /* for single DES */
	OSSL_PROVIDER *providers[2];
	EVP_PKEY *ca_key, *other_key;
	X509 *ca, *other_ca;
	enum office_fault fault;
	const char *caps;
	const char *topic;
	int64_t rights;
	bool sign_profile, check_out;
	const char *profile_extra; /* XML inside the MDM payload */
	const char *profile_root;  /* XML of another payload */
	const char *identifier;
	struct bytes replaced_profile; /* served instead when set */
	int status;                    /* of answers to commands and check-ins; 0: 200 */
	const char *status_type;
	struct bytes status_body;
	/* commands as XML; the head is handed out until it is answered */
	struct bytes queue[OFFICE_QUEUE];
	unsigned queue_n, queue_at;
	bool never_ends; /* hands out the head for ever */
	/* what came */
	struct bytes last_result, last_checkin;
	unsigned checkins, results, bad_signatures, unsigned_messages, scep_gets, scep_posts;
	X509 *last_cert; /* of the last signature; borrowed from `arena` */
};

void office_open(struct office *o);
void office_close(struct office *o);
struct bytes office_profile(struct office *o);
/* Queues a command: `inside` is the XML after RequestType. Its CommandUUID is "C1", "C2" … */
void office_add(struct office *o, const char *type, const char *inside);
/* The same as bytes, for ipad_answer. */
struct bytes office_command(
	struct office *o, const char *uuid, const char *type, const char *inside);
struct bytes office_sign(struct office *o, struct bytes content);
/* A profile without MDM payload. */
struct bytes office_web_clip(struct office *o, const char *identifier);
/* An enrolled iPad at this office. */
struct ipad *office_ipad(struct office *o, const struct ipad_model *m);

#endif
