/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MDM_ENDING, a table of moments: when the identities end that enrolled iPads speak with, by UDID,
 * shown by serial number. It follows the enrolments' records, whoever writes them.
 */
#include "mdm/check_int.h"
#include "mdm/mdm_int.h"

#include "base/text.h"

/* 0: none. */
static int64_t ends_at(const struct mdm_counted *e)
{
	return e && e->state == MDM_ENROLLED && !text_empty(e->serial) ? e->ends_at : 0;
}

int mdm_ending_move(struct store_txn *txn, const char *udid, const struct mdm_counted *was,
	const struct mdm_counted *is)
{
	int64_t from = ends_at(was), to = ends_at(is);
	int err = 0;

	if (from == to && (from == 0 || text_equal(was->serial, is->serial)))
		return 0;
	if (from)
		err = store_time_del(txn, MDM_ENDING, from, udid);
	return err || !to ? err : store_time_add(txn, MDM_ENDING, to, udid, is->serial);
}

int mdm_ending_look(struct store_txn *txn, struct arena *a, const struct store_span *span,
	struct store_look *ret)
{
	return store_time_look(txn, MDM_ENDING, a, span, ret);
}

/* --- after an older program --- */

static int fill_one(struct store_txn *txn, const struct mdm_enrollment *e)
{
	const struct mdm_counted is = mdm_counted_of(e);

	return mdm_ending_move(txn, e->udid, NULL, &is);
}

int mdm_ending_fill(struct mdm *m)
{
	return mdm_layout_each(m, fill_one);
}

/* --- check --- */

static int check_one(struct mdm_checking *c, struct bytes key, struct bytes value)
{
	struct mdm_enrollment e;
	struct bytes name;
	int err = mdm_enrollment_decode(value, c->a, &e);

	(void)key;
	if (err || e.state != MDM_ENROLLED || !e.identity_ends_at || text_empty(e.serial))
		return 0; /* what cannot be read is told by mdm_check() */
	c->count++;
	err = store_time_get(c->txn, MDM_ENDING, e.identity_ends_at, e.udid, &name);
	if (err == ERR_NOTFOUND || (err == 0 && !bytes_equal(name, bytes_of_str(e.serial))))
		mdm_check_tell(c, "is not counted by when its identity ends", e.udid);
	return err == ERR_NOTFOUND ? 0 : err;
}

static void adds_not_up(void *arg, const char *what)
{
	mdm_check_tell(arg, what, "ends of identities");
}

int mdm_ending_check(struct store_txn *txn, store_fault *fault, void *arg)
{
	static const struct mdm_check_walk walk = {MDM_ENROLLMENT, check_one};
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_checking c = {.txn = txn, .fault = fault, .arg = arg, .a = a};
	uint64_t rows;
	bool done;
	int err = mdm_layout_done(txn, MDM_LAYOUT_ENDING, &done);

	/* not filled yet: the server does it at its start */
	if (err || !done)
		return err;
	err = mdm_check_walks(&c, &walk, 1);
	if (err == 0)
		err = store_time_check(txn, MDM_ENDING, adds_not_up, &c, &rows);
	if (err == 0 && rows != c.count)
		mdm_check_tell(&c, "more of them are counted than are", "ends of identities");
	return err;
}
