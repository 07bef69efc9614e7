/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening the shelf, and what it hears from mdm. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#include <stdlib.h>

int inv_open(struct store *st, struct mdm *m, struct inv **ret)
{
	struct inv *inv = mem_zalloc(sizeof(*inv));

	inv->st = st;
	inv->mdm = m;
	inv->noes = inv_noes_new();
	*ret = inv;
	return 0;
}

void inv_close(struct inv *inv)
{
	if (inv)
		inv_noes_free(inv->noes);
	free(inv);
}

void inv_set_mdm(struct inv *inv, struct mdm *m)
{
	inv->mdm = m;
}

void inv_set_certs(struct inv *inv, struct certs *c)
{
	inv->certs = c;
}

void inv_wake(struct inv *inv)
{
	if (inv->mdm)
		mdm_wake(inv->mdm);
}

static int add_event(struct store_txn *txn, const struct inv_unit *before, struct inv_unit *u,
	const struct inv_event *e)
{
	int err = inv_history_add(txn, u, e);

	return err ? err : inv_unit_put(txn, before, u);
}

/* A serial number nobody told us of: kept apart until somebody says whose it is. */
static int add_quarantined(
	struct store_txn *txn, const char *serial, const struct mdm_enrollment *e, int64_t now)
{
	struct inv_unit u = {
		.serial = serial,
		.state = INV_QUARANTINED,
		.product = e->product,
		.imei = e->imei,
		.made_at = now,
		.changed_at = now,
	};
	const struct inv_event ev = {
		.at = now, .actor = "device", .kind = "quarantined", .to = INV_QUARANTINED};

	return add_event(txn, NULL, &u, &ev);
}

/* The serial number as a code of ours. Only one that is written as we write it: another spelling
 * would be another iPad to mdm, and the same thing to us. */
static int own_code(struct arena *a, const struct mdm_enrollment *e, const char **ret)
{
	const char *code;

	if (inv_code_parse(a, e->serial, &code) != 0 || !text_equal(code, e->serial))
		return ERR_BADINPUT;
	*ret = code;
	return 0;
}

static int hear_enrolling(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	bool *ret_trusted, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *serial;
	struct inv_unit u;
	int err;

	(void)ctx;
	/* A serial number that is no code of ours cannot be a unit: enrolled, but never trusted. */
	if (own_code(a, e, &serial) != 0) {
		*ret_trusted = false;
		return 0;
	}
	err = inv_unit_get(txn, a, serial, &u);
	if (err == ERR_NOTFOUND) {
		err = add_quarantined(txn, serial, e, now);
		if (err == 0)
			*ret_trusted = false;
		return err;
	}
	if (err == 0)
		*ret_trusted = inv_state_is_ours(u.state);
	return err;
}

/* One line in the unit's history and whether it is enrolled now. A serial number without a unit
 * was no code of ours: nothing to tell. */
static int note(struct store_txn *txn, const struct mdm_enrollment *e, const struct inv_event *ev,
	const bool *enrolled)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_unit before, u;
	const char *serial;
	int err;

	if (own_code(a, e, &serial) != 0)
		return 0;
	err = inv_unit_get(txn, a, serial, &u);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	before = u;
	if (enrolled)
		u.enrolled = *enrolled;
	if (text_empty(u.product))
		u.product = e->product;
	if (text_empty(u.imei))
		u.imei = e->imei;
	return add_event(txn, &before, &u, ev);
}

static int hear_enrolled(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	const struct inv_event ev = {.at = now, .actor = "device", .kind = "enrolled"};
	const bool enrolled = true;
	int err = note(txn, e, &ev, &enrolled);

	if (err == 0)
		err = inv_hear_left(ctx, txn, e, now);
	/* set up anew it has a new code, and fifteen days again */
	if (err == 0)
		err = inv_bypass_tasks_close(txn, e->serial, "device", now);
	return err ? err : inv_return_hear(ctx, txn, e->serial, 0, now);
}

static int hear_checked_out(
	void *ctx, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	const struct inv_event ev = {.at = now, .actor = "device", .kind = "checked_out"};
	const bool enrolled = false;

	(void)ctx;
	return note(txn, e, &ev, &enrolled);
}

/* The commands a thing's story is told by; queries and the like would only be noise. */
static bool is_told(const struct mdm_command *c)
{
	switch (c->request) {
	case MDM_ENABLE_LOST_MODE:
	case MDM_DISABLE_LOST_MODE:
	case MDM_DEVICE_LOCATION:
	case MDM_PLAY_LOST_MODE_SOUND:
	case MDM_ERASE_DEVICE:
	case MDM_DEVICE_LOCK:
	case MDM_CLEAR_PASSCODE:
	case MDM_DEVICE_CONFIGURED:
	case MDM_RAW:
		return true;
	default:
		return text_equal(c->request_type, "InstallMedia") ||
		       text_equal(c->request_type, "RemoveMedia");
	}
}

/* Of a mailing: what people call it. NULL: it brings or takes away nothing that was sent out. */
static int mailing_title(
	struct store_txn *txn, struct arena *a, const struct mdm_command *c, const char **ret)
{
	struct mdm_mailing x;
	int err = mdm_mailing_of_command(txn, a, c, &x);

	*ret = err == 0 ? x.title : NULL;
	return err == ERR_NOTFOUND ? 0 : err;
}

static const char *end_name(const struct mdm_command *c)
{
	if (mdm_command_was_out(c))
		return "out_already";
	switch (c->state) {
	case MDM_ACKNOWLEDGED:
		return "acknowledged";
	case MDM_EXPIRED:
		return "expired";
	case MDM_CANCELLED:
		return "cancelled";
	default:
		return "error";
	}
}

static int hear_command_done(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_event ev = {.at = now, .actor = c->made_by, .kind = "command"};
	const char *title;
	int err = mailing_title(txn, a, c, &title);

	if (err == 0 && (is_told(c) || title)) {
		ev.text = arena_printf(a, "%s %s%s%s", c->request_type, end_name(c),
			title ? " " : "", title ? title : "");
		err = note(txn, e, &ev, NULL);
	}
	return err ? err
		   : inv_return_hear(ctx, txn, e->serial,
			     c->request == MDM_ERASE_DEVICE ? c->state : 0, now);
}

static int tell_item_number(
	void *ctx, struct store_txn *txn, struct arena *a, const char *serial, const char **ret)
{
	struct inv_unit u;
	int err = inv_unit_get(txn, a, serial, &u);

	(void)ctx;
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	*ret = u.item_number;
	return 0;
}

struct mdm_events inv_mdm_events(struct inv *inv)
{
	return (struct mdm_events){
		.ctx = inv,
		.enrolling = hear_enrolling,
		.enrolled = hear_enrolled,
		.checked_out = hear_checked_out,
		.command_done = hear_command_done,
		.item_number = tell_item_number,
		.assigned = inv_hear_assigned,
		.unassigned = inv_hear_unassigned,
		.replaced = inv_hear_replaced,
		.setup_late = inv_hear_setup_late,
		.bypass = inv_hear_bypass,
		.activation = inv_hear_activation,
	};
}
