/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where an iPad is: only of a lost one, asked by one person and confirmed by another. What the
 * two decided stays in the audit log; the place itself goes when the iPad is found.
 */
#include "mdm/queue_int.h"

#include "base/clock.h"
#include "base/text.h"

static int person_check(const struct audit_who *who, struct refusal *r)
{
	if (audit_is_person(who->actor))
		return 0;
	return refuse(r, &mdm_say_locate_person, who->actor ? who->actor : "?", NULL, NULL);
}

static int lost_check(struct store_txn *txn, struct arena *a, const char *serial, struct refusal *r)
{
	struct mdm_lost l = {0};
	int err = mdm_lost_get(txn, a, serial, &l);

	if (err && err != ERR_NOTFOUND)
		return err;
	if (l.phase != MDM_LOST_WANTED && l.phase != MDM_LOST_ON)
		return refuse(r, &mdm_say_locate_lost, serial, NULL, NULL);
	if (l.written_off)
		return refuse(r, &mdm_say_locate_written_off, serial, NULL, NULL);
	return 0;
}

static int purpose_check(const char *purpose, struct refusal *r)
{
	size_t n = purpose ? strlen(purpose) : 0;
	bool blank = !purpose || strspn(purpose, " \t\r\n") == n;

	if (blank || n < 5 || n > 200 || !text_is_utf8(bytes_of_str(purpose)))
		return refuse(r, &mdm_say_locate_purpose, NULL, NULL, NULL);
	return 0;
}

/* Is there an ask that stands in the way of a new one? */
static int asked_check(const struct mdm_location_row *row, int64_t now, struct refusal *r)
{
	if (!row->confirmed_at && row->asked_at > now - MDM_LOCATE_ASK_LIFE_S)
		return refuse(r, &mdm_say_locate_asked, row->serial, row->asked_by, NULL);
	if (row->confirmed_at && !row->answered_at)
		return refuse(r, &mdm_say_locate_under_way, row->serial, NULL, NULL);
	return 0;
}

/* Without its purpose the decision cannot be judged afterwards, so the audit log gets it; the
 * refusal of an empty one asks for no names. */
static int decision_audit(struct store_txn *txn, const struct audit_who *who, const char *act,
	const struct mdm_location_row *row, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(4096);
	struct doc *d = doc_new(a);

	doc_set_str(d, "purpose", row->purpose);
	doc_set_str(d, "asked_by", row->asked_by);
	if (row->command)
		doc_set_str(d, "command", row->command);
	doc_format(d, &b);
	return audit_add(txn, who, now, act, row->serial, buf_str(&b));
}

static int ask_check(
	struct store_txn *txn, struct arena *a, const char *serial, int64_t now, struct refusal *r)
{
	struct mdm_location_row row;
	int err = lost_check(txn, a, serial, r);

	if (err)
		return err;
	err = mdm_location_row_get(txn, a, serial, &row);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	return asked_check(&row, now, r);
}

int mdm_locate_ask(
	struct mdm *m, const struct mdm_act *act, const char *serial, const char *purpose)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_location_row row = {.serial = serial,
		.purpose = purpose,
		.asked_by = act->who->actor,
		.asked_at = act->now};
	int err = person_check(act->who, act->r);

	if (err == 0)
		err = purpose_check(purpose, act->r);
	if (err == 0)
		err = ask_check(act->txn, a, serial, act->now, act->r);
	if (err == 0)
		err = mdm_location_row_put(act->txn, &row);
	if (err == 0)
		err = decision_audit(act->txn, act->who, "device.locate.ask", &row, act->now);
	return refusal_keep(act->r, err);
}

static int confirm_check(const struct mdm_location_row *row, const struct audit_who *who,
	int64_t now, struct refusal *r)
{
	if (row->confirmed_at)
		return refuse(r, &mdm_say_locate_nothing, row->serial, NULL, NULL);
	if (row->asked_at <= now - MDM_LOCATE_ASK_LIFE_S)
		return refuse(r, &mdm_say_locate_late, row->serial, NULL, NULL);
	if (text_equal_case(row->asked_by, who->actor))
		return refuse(r, &mdm_say_locate_same, who->actor, NULL, NULL);
	return 0;
}

static int command_put(
	struct mdm *m, const struct mdm_act *act, struct arena *a, struct mdm_location_row *row)
{
	const struct mdm_request_row *request = mdm_request_row(MDM_DEVICE_LOCATION);
	const struct mdm_ask ask = {.request = MDM_DEVICE_LOCATION};
	struct mdm_ask_facts f = {.serial = row->serial, .a = a};
	struct mdm_new_command n = {
		.row = request, .command = mdm_ask_build(&ask, a), .made_by = row->confirmed_by};
	struct mdm_enrollment e;
	char uuid[MDM_UUID];
	int err = mdm_enrollment_by_serial(act->txn, a, row->serial, &e);

	if (err && err != ERR_NOTFOUND)
		return err;
	f.e = err ? NULL : &e;
	err = mdm_lost_phase(act->txn, a, row->serial, &f.phase);
	if (err == 0)
		err = mdm_ask_decide(request, &f, act->r);
	n.e = &e;
	if (err == 0)
		err = mdm_queue_put(m, act->txn, &n, act->now, uuid);
	if (err == 0)
		row->command = arena_strdup(a, uuid);
	return err;
}

static int row_get(struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_location_row *ret, struct refusal *r)
{
	int err = mdm_location_row_get(txn, a, serial, ret);

	return err == ERR_NOTFOUND ? refuse(r, &mdm_say_locate_nothing, serial, NULL, NULL) : err;
}

int mdm_locate_confirm(
	struct mdm *m, const struct mdm_act *act, const char *serial, char ret_uuid[MDM_UUID])
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_location_row row = {0};
	int err = person_check(act->who, act->r);

	if (err == 0)
		err = row_get(act->txn, a, serial, &row, act->r);
	if (err == 0)
		err = confirm_check(&row, act->who, act->now, act->r);
	if (err == 0)
		err = lost_check(act->txn, a, serial, act->r);
	row.confirmed_by = act->who->actor;
	row.confirmed_at = act->now;
	if (err == 0)
		err = command_put(m, act, a, &row);
	if (err == 0)
		err = mdm_location_row_put(act->txn, &row);
	if (err == 0)
		err = decision_audit(act->txn, act->who, "device.locate.confirm", &row, act->now);
	if (err)
		return refusal_keep(act->r, err);
	text_copy(ret_uuid, MDM_UUID, row.command);
	return 0;
}

/* --- the answer --- */

static int64_t rounded(double x)
{
	return (int64_t)(x < 0 ? x - 0.5 : x + 0.5);
}

static bool degrees_get(const struct mdm_plist *root, const char *key, double most, int64_t *ret_e7)
{
	double x;

	/* written so that what is no number at all is refused too */
	if (mdm_plist_real(root, key, &x) || !(x >= -most && x <= most))
		return false;
	*ret_e7 = rounded(x * 1e7);
	return true;
}

static bool place_read(const struct mdm_plist *root, int64_t now, struct mdm_place_on_earth *ret)
{
	struct mdm_place_on_earth p = {.accuracy_mm = -1, .located_at = now};
	const char *at = mdm_plist_str(root, "Timestamp");
	double accuracy;

	if (!degrees_get(root, "Latitude", 90, &p.latitude_e7) ||
		!degrees_get(root, "Longitude", 180, &p.longitude_e7))
		return false;
	if (mdm_plist_real(root, "HorizontalAccuracy", &accuracy) == 0 && accuracy >= 0 &&
		accuracy < 1e9)
		p.accuracy_mm = rounded(accuracy * 1000);
	if (at && clock_parse(at, &p.located_at))
		p.located_at = now;
	*ret = p;
	return true;
}

int mdm_location_take(struct mdm_answer *an)
{
	struct mdm_place_on_earth place;
	struct mdm_location_row row;
	int err = mdm_location_row_get(an->txn, an->a, an->c->serial, &row);

	/* A place that nobody waits for any more (found meanwhile) is not kept at all. */
	if (an->c->state == MDM_ACKNOWLEDGED)
		an->c->answer = bytes_of("", 0);
	if (err == ERR_NOTFOUND || (err == 0 && !text_equal(row.command, an->c->uuid)))
		return 0;
	if (err)
		return err;
	row.answered_at = an->now;
	row.error = an->c->error;
	if (an->c->state == MDM_ACKNOWLEDGED && place_read(an->result->root, an->now, &place))
		err = mdm_location_seal(an->m->certs, &place, an->a, &row);
	else if (!row.error)
		row.error = "unreadable";
	return err ? err : mdm_location_row_put(an->txn, &row);
}

int mdm_location_end(struct store_txn *txn, struct arena *a, const struct mdm_command *c)
{
	struct mdm_location_row row;
	int err = mdm_location_row_get(txn, a, c->serial, &row);

	if (err == ERR_NOTFOUND || (err == 0 && !text_equal(row.command, c->uuid)))
		return 0;
	if (err)
		return err;
	row.answered_at = c->done_at;
	row.error = c->state == MDM_EXPIRED     ? "expired"
		    : c->state == MDM_CANCELLED ? "cancelled"
						: "unreadable";
	return mdm_location_row_put(txn, &row);
}

/* An answer that came unreadable lies sealed in history: it goes as well. */
static int answer_forget(struct store_txn *txn, struct arena *a, const char *uuid)
{
	struct mdm_command c;
	int err = mdm_command_find(txn, a, uuid, &c);

	if (err || mdm_command_is_live(&c) || c.answer.n == 0)
		return err == ERR_NOTFOUND ? 0 : err;
	c.answer = bytes_of("", 0);
	return mdm_done_put(txn, &c);
}

int mdm_location_forget(struct store_txn *txn, const char *serial)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_location_row row;
	int err = mdm_location_row_get(txn, a, serial, &row);

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	if (row.command)
		err = answer_forget(txn, a, row.command);
	return err ? err : mdm_location_row_del(txn, serial);
}

int mdm_location_get(struct mdm *m, struct store_txn *txn, struct arena *a, const char *serial,
	struct mdm_location *ret)
{
	struct mdm_place_on_earth p = {0};
	struct mdm_location_row row;
	int err = mdm_location_row_get(txn, a, serial, &row);

	if (err == 0 && row.sealed.n)
		err = mdm_location_unseal(m->certs, &row, a, &p);
	if (err)
		return err;
	*ret = (struct mdm_location){.serial = row.serial,
		.purpose = row.purpose,
		.asked_by = row.asked_by,
		.confirmed_by = row.confirmed_by,
		.asked_at = row.asked_at,
		.confirmed_at = row.confirmed_at,
		.command = row.command,
		.located_at = p.located_at,
		.latitude = (double)p.latitude_e7 / 1e7,
		.longitude = (double)p.longitude_e7 / 1e7,
		.accuracy_m = p.accuracy_mm < 0 ? -1 : (double)p.accuracy_mm / 1000,
		.error = row.error};
	return 0;
}
