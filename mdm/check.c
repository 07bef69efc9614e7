/* SPDX-License-Identifier: EUPL-1.2 */
/* Records and indexes of enrolment against each other. The queue checks its own. */
#include "mdm/ade_int.h"
#include "mdm/check_int.h"
#include "mdm/ddm_int.h"
#include "mdm/desired_int.h"
#include "mdm/media_int.h"

void mdm_check_tell(const struct mdm_checking *c, const char *what, const char *id)
{
	c->fault(c->arg, arena_printf(c->a, "mdm: %s: %s", id ? id : "?", what));
}

static int walk(struct mdm_checking *c, const struct mdm_check_walk *w)
{
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes key, value;
	int err = store_iter_init(&it, c->txn, w->table, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		err = w->fn(c, key, value);
		arena_reset(c->a);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

int mdm_check_walks(struct mdm_checking *c, const struct mdm_check_walk *walks, size_t n)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++)
		err = walk(c, &walks[i]);
	return err;
}

/* ERR_NOTFOUND and ERR_CORRUPT are faults to tell; anything else ends the check. */
static int found(int err, bool *ret)
{
	*ret = err == 0;
	return err == ERR_NOTFOUND || err == ERR_CORRUPT ? 0 : err;
}

static int enrolled_identity(struct mdm_checking *c, const struct mdm_enrollment *e)
{
	struct cert_identity id;
	bool there;
	int err = found(cert_identity_get(c->txn, c->a, e->identity, &id), &there);

	if (err != 0)
		return err;
	if (!there)
		mdm_check_tell(c, "its identity has no record", e->udid);
	else if (!id.udid || strcmp(id.udid, e->udid) != 0)
		mdm_check_tell(c, "its identity is bound to another UDID", e->udid);
	else if (id.revoked_at != 0)
		mdm_check_tell(c, "enrolled with a revoked identity", e->udid);
	else if (id.not_after != e->identity_ends_at)
		mdm_check_tell(c, "its identity ends at another time than its enrolment says", e->udid);
	return 0;
}

static int check_enrollment(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_enrollment e;
	const char *udid, *newest;
	bool there;
	int err = store_key_parse(key, "s", &udid);

	if (err == 0)
		err = mdm_enrollment_decode(value, c->a, &e);
	if (err != 0) {
		mdm_check_tell(c, "record cannot be read", "enrolment");
		return err == ERR_CORRUPT ? 0 : err;
	}
	if (!e.udid || strcmp(e.udid, udid) != 0)
		mdm_check_tell(c, "record holds another UDID", udid);
	if (!e.serial || e.state < MDM_AUTHENTICATED || e.state > MDM_CHECKED_OUT) {
		mdm_check_tell(c, "record has no serial number or an unknown state", udid);
		return 0;
	}
	err = found(mdm_serial_get(c->txn, c->a, e.serial, &newest), &there);
	if (err == 0 && !there)
		mdm_check_tell(c, "not found by its serial number", udid);
	if (err != 0 || e.state != MDM_ENROLLED)
		return err;
	if (!e.push_magic || e.push_token.n == 0 || !e.topic)
		mdm_check_tell(c, "enrolled but cannot be woken", udid);
	return enrolled_identity(c, &e);
}

static int check_serial(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_enrollment e;
	const char *serial;
	bool there;
	int err = store_key_parse(key, "s", &serial);

	if (err != 0) {
		mdm_check_tell(c, "key cannot be read", "serial number");
		return 0;
	}
	err = found(mdm_enrollment_by_serial(c->txn, c->a, serial, &e), &there);
	if (err == 0 && !there)
		mdm_check_tell(c, "serial number leads to no enrolment", serial);
	else if (err == 0 && (!e.serial || strcmp(e.serial, serial) != 0))
		mdm_check_tell(c, "serial number leads to another iPad", serial);
	return err;
}

static int check_renewal(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_renewal r;
	struct mdm_enrollment e;
	const char *udid;
	bool there;
	int err = store_key_parse(key, "s", &udid);

	if (err == 0)
		err = found(mdm_renewal_get(c->txn, c->a, udid, &r), &there);
	if (err != 0)
		return err == ERR_CORRUPT ? 0 : err;
	if (!there) {
		mdm_check_tell(c, "renewal cannot be read", udid);
		return 0;
	}
	err = found(mdm_enrollment_get(c->txn, c->a, udid, &e), &there);
	if (err == 0 && (!there || e.state != MDM_ENROLLED))
		mdm_check_tell(c, "renewal of an iPad that is not enrolled", udid);
	return err;
}

static int check_return(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_return_plan p;
	const char *serial;
	bool there, due;
	int filed;
	int err = store_key_parse(key, "cs", &filed, &serial);

	if (err == 0)
		err = found(mdm_return_plan_get(c->txn, c->a, serial, &p, &due), &there);
	if (err != 0)
		return err == ERR_CORRUPT ? 0 : err;
	if (!there || !p.serial || strcmp(p.serial, serial) != 0)
		mdm_check_tell(c, "plan of a return cannot be read", serial);
	else if (due != filed)
		mdm_check_tell(c, "two plans of one return", serial);
	return 0;
}

/* --- the count by topic --- */

struct tally {
	struct mdm_checking *c;
	const char *topic;
	uint64_t n;
};

static int tally_topic(struct tally *t)
{
	AUTO(store_iter) struct store_iter it = {0};
	AUTO(arena) struct arena *a = arena_new();
	struct bytes key, value;
	int err = store_iter_init(&it, t->c->txn, MDM_ENROLLMENT, NULL);

	while (err == 0 && (err = store_iter_next(&it, &key, &value)) == 0) {
		struct mdm_enrollment e;

		if (mdm_enrollment_decode(value, a, &e) == 0 && e.state == MDM_ENROLLED &&
			e.topic && strcmp(e.topic, t->topic) == 0)
			t->n++;
		arena_reset(a);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int check_topic(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct tally t = {.c = c};
	uint64_t count;
	int err = store_key_parse(key, "s", &t.topic);

	if (err == 0)
		err = mdm_topic_count(c->txn, t.topic, &count);
	if (err == 0)
		err = tally_topic(&t);
	if (err == 0 && t.n != count)
		mdm_check_tell(c, "count of enrolled iPads is wrong", t.topic);
	return err == ERR_CORRUPT ? 0 : err;
}

static int check_topic_known(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_enrollment e;
	uint64_t n;
	int err;

	if (mdm_enrollment_decode(value, c->a, &e) != 0 || e.state != MDM_ENROLLED || !e.topic)
		return 0;
	err = mdm_topic_count(c->txn, e.topic, &n);
	if (err == 0 && n == 0)
		mdm_check_tell(c, "its topic is not counted", e.udid);
	return err;
}

int mdm_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct mdm_check_walk walks[] = {
		{MDM_ENROLLMENT, check_enrollment},
		{MDM_ENROLLMENT, check_topic_known},
		{MDM_BY_SERIAL, check_serial},
		{MDM_RENEWAL, check_renewal},
		{MDM_RETURN, check_return},
		{MDM_TOPIC, check_topic},
	};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	int err = mdm_check_walks(&c, walks, sizeof(walks) / sizeof(walks[0]));

	if (err == 0)
		err = mdm_ending_check(txn, fault, arg);
	if (err == 0)
		err = mdm_fleet_check(txn, fault, arg);
	if (err == 0)
		err = mdm_queue_check(txn, fault, arg);
	if (err == 0)
		err = mdm_ade_check(txn, fault, arg);
	if (err == 0)
		err = mdm_desired_check(txn, fault, arg);
	if (err == 0)
		err = mdm_ddm_check(txn, fault, arg);
	return err != 0 ? err : mdm_media_check(txn, fault, arg);
}
