/* SPDX-License-Identifier: EUPL-1.2 */
/* One enrolled iPad and short words for what is done with its line, over house.h. */
#ifndef TESTS_MDM_QUEUE_H
#define TESTS_MDM_QUEUE_H

#include "mdm/queue_int.h"
#include "tests/unit/mdm/house.h"

#include "base/text.h"

#define Q_UDID "00008101-000A1B2C3D4E001E"
#define Q_SERIAL "F9FXQ0001"

static struct q {
	int64_t now;
	struct refusal r;
	char uuid[MDM_UUID];
	struct mdm_caller caller;
	struct audit_who who;
	struct bytes next; /* the last message handed out */
} q = {.now = HOUSE_NOW, .who = {.actor = "anna", .via = "api"}};

static inline bool q_holds(struct bytes b, const char *text)
{
	return b.n && memmem(b.p, b.n, text, strlen(text));
}

/* --- transactions in one line --- */

static inline int q_write(store_fn *fn, void *arg)
{
	return store_write(house.st, fn, arg);
}

static inline int q_read(store_fn *fn, void *arg)
{
	return store_read(house.st, fn, arg);
}

/* --- the iPad --- */
static inline struct mdm_enrollment q_enrollment(void)
{
	struct mdm_enrollment e = {.udid = Q_UDID,
		.serial = Q_SERIAL,
		.state = MDM_ENROLLED,
		.trusted = true,
		.topic = HOUSE_TOPIC,
		.push_token = bytes_of_str("token-of-an-ipad"),
		.push_magic = "magic",
		.token_at_ms = HOUSE_NOW * 1000,
		.os_version = "18.2",
		.product = "iPad13,18",
		.supervised = 2,
		.authenticated_at = HOUSE_NOW,
		.enrolled_at = HOUSE_NOW};

	memset(e.identity, 1, sizeof(e.identity));
	return e;
}

static inline int q_enroll_in(struct store_txn *txn, void *arg)
{
	const struct mdm_enrollment *e = arg;
	struct cert_identity id = {.udid = e->udid,
		.purpose = CERT_FOR_ENROLMENT,
		.issued_at = HOUSE_NOW - 100,
		.not_before = HOUSE_NOW - 100,
		.not_after = HOUSE_NOW + 5 * 365 * 86400L};
	int err;

	memcpy(id.fingerprint, e->identity, sizeof(id.fingerprint));
	memcpy(id.serial, e->identity, sizeof(id.serial));
	err = cert_identity_adopt(txn, &id);
	if (err == ERR_EXISTS)
		err = 0;
	if (err == 0)
		err = mdm_enrollment_put(txn, e);
	return err ? err : mdm_serial_put(txn, e->serial, e->udid);
}

static inline void q_enroll(const struct mdm_enrollment *e)
{
	cr_assert_eq(q_write(q_enroll_in, (void *)(uintptr_t)e), 0);
}

static inline int q_state_in(struct store_txn *txn, void *arg)
{
	return mdm_enrollment_put(txn, arg);
}

/* Changes the enrolment without touching its identity. */
static inline void q_enrollment_set(struct mdm_enrollment *e)
{
	cr_assert_eq(q_write(q_state_in, e), 0);
}

static inline int q_enrollment_in(struct store_txn *txn, void *arg)
{
	return mdm_enrollment_get(txn, house.a, Q_UDID, arg);
}

static inline struct mdm_enrollment q_enrollment_now(void)
{
	struct mdm_enrollment e;

	cr_assert_eq(q_read(q_enrollment_in, &e), 0);
	return e;
}

static inline void q_open(void)
{
	struct mdm_enrollment e = q_enrollment();

	house_open();
	cr_assert_eq(mdm_layout_renew(house.m), 0);
	memset(q.caller.peer.fingerprint, 1, CERT_FINGERPRINT);
	q_enroll(&e);
}

/* --- acts of people --- */
static inline int q_add_in(struct store_txn *txn, void *arg)
{
	return mdm_command_add(
		house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, Q_SERIAL, arg, q.uuid);
}

/* The new command's UUID is in q.uuid. */
static inline int q_ask(struct mdm_ask ask)
{
	q.r = (struct refusal){0};
	return q_write(q_add_in, &ask);
}

static inline const char *q_add(enum mdm_request request)
{
	struct mdm_ask ask = {.request = request,
		.identifier = "se.example.x",
		.device_name = "Lisa",
		.preserve_data_plan = MDM_YES,
		.return_to_service = MDM_NO,
		.profile = bytes_of_str("<plist><dict/></plist>")};

	cr_assert_eq(q_ask(ask), 0, "%s", q.r.say ? q.r.say->code : "?");
	return arena_strdup(house.a, q.uuid);
}

static inline int q_raw(const char *command)
{
	return q_ask((struct mdm_ask){.request = MDM_RAW, .raw = bytes_of_str(command)});
}

static inline int q_cancel_in(struct store_txn *txn, void *arg)
{
	return mdm_command_cancel(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, arg);
}

static inline int q_cancel(const char *uuid)
{
	q.r = (struct refusal){0};
	return q_write(q_cancel_in, (void *)(uintptr_t)uuid);
}

static inline int q_lost_in(struct store_txn *txn, void *arg)
{
	return mdm_lost_set(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, arg);
}

static inline int q_lost(void)
{
	struct mdm_lost l = {.serial = Q_SERIAL, .message = "Ring oss", .phone = "018-10 00 00"};

	q.r = (struct refusal){0};
	return q_write(q_lost_in, &l);
}

static inline int q_found_in(struct store_txn *txn, void *arg)
{
	return mdm_lost_clear(house.m, &(struct mdm_act){txn, &q.who, q.now, &q.r}, Q_SERIAL);
}

static inline int q_found(void)
{
	q.r = (struct refusal){0};
	return q_write(q_found_in, NULL);
}

static inline int q_phase_in(struct store_txn *txn, void *arg)
{
	return mdm_lost_phase(txn, house.a, Q_SERIAL, arg);
}

static inline uint32_t q_phase(void)
{
	uint32_t phase = 99;

	cr_assert_eq(q_read(q_phase_in, &phase), 0);
	return phase;
}

/* --- what stands in the store --- */
struct q_command {
	const char *uuid;
	struct mdm_command c;
};

static inline int q_get_in(struct store_txn *txn, void *arg)
{
	struct q_command *x = arg;

	return mdm_command_get(txn, house.a, x->uuid, &x->c);
}

static inline struct mdm_command q_get(const char *uuid)
{
	struct q_command x = {.uuid = uuid};

	cr_assert_eq(q_read(q_get_in, &x), 0, "%s is not there", uuid);
	return x.c;
}

struct q_list {
	struct mdm_command *c;
	size_t n;
};

static inline int q_line_in(struct store_txn *txn, void *arg)
{
	struct q_list *l = arg;

	return mdm_queue_list(txn, house.a, Q_UDID, 1000, &l->c, &l->n);
}

static inline struct q_list q_line(void)
{
	struct q_list l = {0};

	cr_assert_eq(q_read(q_line_in, &l), 0);
	return l;
}

static inline int q_history_in(struct store_txn *txn, void *arg)
{
	struct q_list *l = arg;

	return mdm_command_history(txn, Q_UDID, STORE_PIECE_N(house.a, 0, 5000), &l->c, &l->n);
}

static inline struct q_list q_history(void)
{
	struct q_list l = {0};

	cr_assert_eq(q_read(q_history_in, &l), 0);
	return l;
}

static inline int q_wish_in(struct store_txn *txn, void *arg)
{
	return apns_wish_get(txn, house.a, Q_UDID, arg);
}

/* Is the iPad to be woken? */
static inline bool q_wished(struct apns_wish *ret)
{
	struct apns_wish w;
	int err = q_read(q_wish_in, ret ? ret : &w);

	cr_assert(err == 0 || err == ERR_NOTFOUND);
	return err == 0;
}

static inline int q_withdraw_in(struct store_txn *txn, void *arg)
{
	return apns_withdraw(txn, Q_UDID);
}

static inline void q_withdraw(void)
{
	cr_assert_eq(q_write(q_withdraw_in, NULL), 0);
}

static inline void q_fault(void *arg, const char *what)
{
	cr_assert_fail("%s", what);
}

static inline int q_check_in(struct store_txn *txn, void *arg)
{
	return mdm_queue_check(txn, q_fault, NULL);
}

static inline void q_check(void)
{
	cr_assert_eq(q_read(q_check_in, NULL), 0);
}

/* --- the iPad speaks --- */
static inline int q_send(const char *body)
{
	q.next = bytes_of(NULL, 0);
	q.caller.now = q.now;
	return mdm_result_apply(house.m, &q.caller, bytes_of_str(body), house.a, &q.next);
}

/* The Command dictionary last handed out; NULL when the session ended. */
static inline const struct mdm_plist *q_command(const char **ret_uuid)
{
	struct mdm_plist *root;

	*ret_uuid = NULL;
	if (q.next.n == 0)
		return NULL;
	cr_assert_eq(mdm_plist_parse(q.next, NULL, house.a, &root), 0);
	*ret_uuid = mdm_plist_str(root, "CommandUUID");
	cr_assert(*ret_uuid);
	return mdm_plist_dict(root, "Command");
}

static inline const char *q_next_type(void)
{
	const char *uuid;

	return mdm_plist_str(q_command(&uuid), "RequestType");
}

static inline const char *q_next_uuid(void)
{
	const char *uuid;

	q_command(&uuid);
	return uuid;
}

#define Q_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>"
#define Q_TAIL "</dict></plist>"

/* Both return the RequestType of what comes next, NULL for the end of the session. */
static inline const char *q_poll(void)
{
	int err =
		q_send(Q_HEAD "<key>Status</key><string>Idle</string><key>UDID</key><string>" Q_UDID
			      "</string>" Q_TAIL);

	cr_assert_eq(err, 0, "%d", err);
	return q_next_type();
}

static inline const char *q_answer(const char *uuid, const char *status, const char *more)
{
	const char *body = arena_printf(house.a,
		Q_HEAD
		"<key>CommandUUID</key><string>%s</string><key>Status</key><string>%s</string>"
		"<key>UDID</key><string>" Q_UDID "</string>%s" Q_TAIL,
		uuid, status, more ? more : "");
	int err = q_send(body);

	cr_assert_eq(err, 0, "%d", err);
	return q_next_type();
}

static inline const char *q_ack(const char *uuid)
{
	return q_answer(uuid, "Acknowledged", NULL);
}

static inline const char *q_error(const char *uuid, int code)
{
	return q_answer(uuid, "Error",
		arena_printf(house.a,
			"<key>ErrorChain</key><array><dict><key>ErrorCode</key><integer>%d</"
			"integer>"
			"<key>ErrorDomain</key><string>MCMDMErrorDomain</string>"
			"<key>USEnglishDescription</key><string>No.</string></dict></array>",
			code));
}

/* Takes whatever comes and says yes, until the session ends. */
static inline size_t q_obey(void)
{
	size_t n = 0;

	for (q_poll(); q.next.n && n < 1000; n++)
		q_ack(q_next_uuid());
	return n;
}

#endif
