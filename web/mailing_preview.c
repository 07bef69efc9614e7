/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom a mailing will reach, and whom not as things are now: looked at before it is sent. */
#include "web/web_int.h"

#include "base/text.h"

#define LOOK_MOST 5000 /* iPads; a larger group is counted so far */
#define TELL_MOST 50
#define PIECE 500

enum reach { REACH_SOON, REACH_SILENT, REACH_LOST, REACH_AWAY, REACH_STRANGER, REACHES };
static const char *const names[REACHES] = {"soon", "silent", "lost", "away", "stranger"};

struct looking {
	struct web *w;
	struct store_txn *txn;
	struct arena *a;
	int64_t now;
	int64_t n[REACHES], looked;
	struct doc *list; /* those whom it does not reach soon */
	bool more;
};

static int enrolled_reach(
	struct looking *l, const struct mdm_enrollment *e, int64_t *ret_seen, enum reach *ret)
{
	struct mdm_lost lost = {0};
	int err = mdm_lost_get(l->txn, l->a, e->serial, &lost);

	if (err && err != ERR_NOTFOUND)
		return err;
	err = mdm_enrollment_seen(l->w->o.mdm, l->txn, e, ret_seen);
	if (e->state != MDM_ENROLLED)
		*ret = REACH_AWAY;
	else if (!e->trusted)
		*ret = REACH_STRANGER;
	else if (lost.phase != MDM_NOT_LOST)
		*ret = REACH_LOST;
	else
		*ret = l->now - *ret_seen > WEB_SILENT_S ? REACH_SILENT : REACH_SOON;
	return err;
}

static int tell(struct looking *l, const char *serial, enum reach reach, int64_t seen)
{
	struct doc *row;
	struct inv_unit u;
	int err;

	if (reach == REACH_SOON || doc_list_size(l->list) == TELL_MOST)
		return 0;
	err = inv_unit_get(l->txn, l->a, serial, &u);
	row = doc_add_object(l->list);
	doc_set_str(row, "serial", serial);
	doc_set_str(row, "item_number", err ? NULL : u.item_number);
	doc_set_str(row, "reach", names[reach]);
	doc_set_time(row, "seen", seen);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* `e` NULL: nobody by that serial number has enrolled. */
static int look_at(struct looking *l, const char *serial, const struct mdm_enrollment *e)
{
	enum reach reach = REACH_AWAY;
	int64_t seen = 0;
	int err = e ? enrolled_reach(l, e, &seen, &reach) : 0;

	if (err)
		return err;
	l->n[reach]++;
	l->looked++;
	return tell(l, serial, reach, seen);
}

static int look_one(struct looking *l, const char *serial)
{
	struct mdm_enrollment e;
	int err = mdm_enrollment_by_serial(l->txn, l->a, serial, &e);

	return err && err != ERR_NOTFOUND ? err : look_at(l, serial, err ? NULL : &e);
}

static int look_all(struct looking *l)
{
	const char *after = NULL;
	size_t n = PIECE;
	int err = 0;

	while (err == 0 && n == PIECE && !l->more) {
		struct mdm_enrollment *e;

		err = mdm_enrollment_list(l->txn, STORE_PIECE(l->a, after, PIECE), &e, &n);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = look_at(l, e[i].serial, &e[i]);
		after = err || n == 0 ? NULL : e[n - 1].udid;
		l->more = n == PIECE && l->looked >= LOOK_MOST;
	}
	return err;
}

static int look_group(struct looking *l, const char *group)
{
	const char *after = NULL;
	size_t n = PIECE;
	int err = 0;

	while (err == 0 && n == PIECE && !l->more) {
		const char **serials;

		err = mdm_member_list(l->txn, group, STORE_PIECE(l->a, after, PIECE), &serials, &n);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = look_one(l, serials[i]);
		after = err || n == 0 ? NULL : serials[n - 1];
		l->more = n == PIECE && l->looked >= LOOK_MOST;
	}
	return err;
}

static void put_counts(const struct looking *l, struct doc *d)
{
	struct doc *by = doc_set_list(d, "reach");

	for (int i = 0; i < REACHES; i++) {
		struct doc *row;

		if (l->n[i] == 0)
			continue;
		row = doc_add_object(by);
		doc_set_str(row, "reach", names[i]);
		doc_set_int(row, "ipads", l->n[i]);
	}
	doc_set_int(d, "ipads", l->looked);
	doc_set_bool(d, "more", l->more);
}

int web_mailing_preview(struct web *w, struct store_txn *txn, struct arena *a,
	const struct mdm_mailing *want, int64_t now, struct doc *d)
{
	struct looking l = {
		.w = w, .txn = txn, .a = a, .now = now, .list = doc_set_list(d, "not_soon")};
	int err;

	if (want->serial)
		err = look_one(&l, want->serial);
	else if (text_equal(want->group, MDM_GROUP_ALL))
		err = look_all(&l);
	else
		err = look_group(&l, want->group);
	if (err == 0)
		put_counts(&l, d);
	return err;
}
