/* SPDX-License-Identifier: EUPL-1.2 */
/* Identities and check-in messages of made-up iPads, over house.h. */
#ifndef TESTS_MDM_IPADS_H
#define TESTS_MDM_IPADS_H

#include "tests/unit/mdm/house.h"

static int64_t ipads_now = HOUSE_NOW;

/* --- identities: what SCEP would have issued --- */
struct ipads_identity {
	uint8_t byte; /* its fingerprint is made of it */
	uint32_t purpose;
	const char *serial, *udid, *invitation;
	int64_t life_s; /* 0: five years */
};

static inline int ipads_adopt_in(struct store_txn *txn, void *arg)
{
	const struct ipads_identity *i = arg;
	struct cert_identity id = {
		.device_serial = i->serial,
		.udid = i->udid,
		.invitation = i->invitation,
		.purpose = i->purpose ? i->purpose : CERT_FOR_ENROLMENT,
		.issued_at = ipads_now,
		.not_before = ipads_now - 600,
		.not_after = ipads_now + (i->life_s ? i->life_s : 5 * 365 * 86400),
	};

	memset(id.fingerprint, i->byte, sizeof(id.fingerprint));
	memset(id.serial, i->byte, sizeof(id.serial));
	return cert_identity_adopt(txn, &id);
}

static inline struct mdm_caller ipads_caller(uint8_t byte)
{
	struct mdm_caller who = {.now = ipads_now};

	memset(who.peer.fingerprint, byte, sizeof(who.peer.fingerprint));
	return who;
}

/* A literal of struct ipads_identity's members, first the byte. */
#define IPADS_IDENTITY(...) \
	cr_assert_eq(       \
		store_write(house.st, ipads_adopt_in, &(struct ipads_identity){__VA_ARGS__}), 0)

/* --- messages --- */
static inline struct mdm_checkin ipads_authenticate(const char *udid, const char *serial)
{
	return (struct mdm_checkin){.kind = MDM_CHECKIN_AUTHENTICATE,
		.message_type = "Authenticate",
		.udid = udid,
		.serial = serial,
		.topic = HOUSE_TOPIC,
		.os_version = "18.2",
		.build = "22C150",
		.product = "iPad13,18"};
}

static inline struct mdm_checkin ipads_token(const char *udid, const char *token)
{
	return (struct mdm_checkin){.kind = MDM_CHECKIN_TOKEN_UPDATE,
		.message_type = "TokenUpdate",
		.udid = udid,
		.topic = HOUSE_TOPIC,
		.token = bytes_of_str(token),
		.push_magic = "MAGIC"};
}

static inline struct mdm_checkin ipads_other(enum mdm_checkin_kind kind, const char *udid)
{
	return (struct mdm_checkin){
		.kind = kind, .message_type = "other", .udid = udid, .topic = HOUSE_TOPIC};
}

static struct mdm_checkin_answer ipads_answer;

static inline int ipads_say(uint8_t identity, struct mdm_checkin c)
{
	struct mdm_caller who = ipads_caller(identity);

	return mdm_checkin_apply(house.m, &who, &c, house.a, &ipads_answer);
}

static inline void ipads_enrol(uint8_t identity, const char *udid, const char *serial)
{
	cr_assert_eq(ipads_say(identity, ipads_authenticate(udid, serial)), 0);
	cr_assert_eq(ipads_say(identity, ipads_token(udid, "token")), 0);
}

/* --- what the store holds --- */
struct ipads_get {
	const char *udid;
	struct mdm_enrollment e;
	struct cert_identity id;
	uint8_t byte;
	uint64_t topic_count;
	struct mdm_command *queue;
	size_t queued;
	struct apns_wish wish;
	bool wished;
};

static inline int ipads_get_in(struct store_txn *txn, void *arg)
{
	struct ipads_get *g = arg;
	int err = mdm_enrollment_get(txn, house.a, g->udid, &g->e);

	if (err != 0)
		return err;
	cr_assert_eq(mdm_topic_count(txn, HOUSE_TOPIC, &g->topic_count), 0);
	cr_assert_eq(mdm_queue_list(txn, house.a, g->udid, 100, &g->queue, &g->queued), 0);
	g->wished = apns_wish_get(txn, house.a, g->udid, &g->wish) == 0;
	return 0;
}

static inline struct ipads_get ipads_get(const char *udid)
{
	struct ipads_get g = {.udid = udid};

	cr_assert_eq(store_read(house.st, ipads_get_in, &g), 0);
	return g;
}

static inline int ipads_identity_in(struct store_txn *txn, void *arg)
{
	struct ipads_get *g = arg;
	struct mdm_caller who = ipads_caller(g->byte);

	return cert_identity_get(txn, house.a, who.peer.fingerprint, &g->id);
}

static inline struct cert_identity ipads_identity_of(uint8_t byte)
{
	struct ipads_get g = {.byte = byte};

	cr_assert_eq(store_read(house.st, ipads_identity_in, &g), 0);
	return g.id;
}

static inline bool ipads_is(const uint8_t fingerprint[CERT_FINGERPRINT], uint8_t byte)
{
	struct mdm_caller who = ipads_caller(byte);

	return memcmp(fingerprint, who.peer.fingerprint, CERT_FINGERPRINT) == 0;
}

/* --- everything still fits together --- */
static inline void ipads_fault(void *arg, const char *what)
{
	cr_expect(false, "%s", what);
}

static inline int ipads_check_in(struct store_txn *txn, void *arg)
{
	return mdm_check(txn, ipads_fault, NULL);
}

static inline void ipads_close(void)
{
	cr_assert_eq(store_read(house.st, ipads_check_in, NULL), 0);
	house_close();
}

#endif
