/* SPDX-License-Identifier: EUPL-1.2 */
/* Is one iPad what was asked for? First what an index answers, then what its record says. */
#include "mdm/fleet_int.h"

#include "base/text.h"

static int is_there(int err, bool *ret)
{
	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int in_line(struct mdm_sift *s, const char *udid, bool *ret)
{
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	struct mdm_command c;
	int err = mdm_line_walk_init(&w, s->txn, udid);

	return err ? err : is_there(mdm_line_walk_next(&w, s->scratch, &c), ret);
}

/* One that is found already is not looked for, though it is still to leave Lost Mode. */
static int lost_fits(struct mdm_sift *s, const char *serial, bool *ret)
{
	struct mdm_lost l = {.phase = MDM_NOT_LOST};
	int err = mdm_lost_get(s->txn, s->scratch, serial, &l);

	*ret = l.phase == MDM_LOST_WANTED || l.phase == MDM_LOST_ON;
	return err == ERR_NOTFOUND ? 0 : err;
}

/* What an index answers without the record. */
static int state_fits(struct mdm_sift *s, const struct mdm_met *x, bool *ret)
{
	const char *group = s->ask->group ? s->ask->group : MDM_GROUP_ALL;

	*ret = true;
	switch (s->ask->state) {
	case MDM_FLEET_LOST:
		return lost_fits(s, x->serial, ret);
	case MDM_FLEET_LINE:
		return in_line(s, x->udid, ret);
	case MDM_FLEET_WAITING:
		return is_there(
			mdm_standing_in(s->txn, group, MDM_STANDS_WAITING, x->serial), ret);
	case MDM_FLEET_FAILED:
		return is_there(mdm_standing_in(s->txn, group, MDM_STANDS_FAILED, x->serial), ret);
	default:
		return 0;
	}
}

static int group_fits(struct mdm_sift *s, const struct mdm_met *x, bool *ret)
{
	struct store_key k = store_key("ss", s->ask->group ? s->ask->group : "", x->serial);
	struct bytes v;

	*ret = true;
	if (!s->ask->group || text_equal(s->ask->group, MDM_GROUP_ALL))
		return 0;
	return is_there(store_get(s->txn, MDM_MEMBER, &k, &v), ret);
}

static bool same_os(const char *a, const char *b)
{
	struct store_key x = mdm_fleet_prefix(MDM_FLEET_BY_OS, a ? a : "");
	struct store_key y = mdm_fleet_prefix(MDM_FLEET_BY_OS, b);

	return x.n == y.n && memcmp(x.b, y.b, x.n) == 0;
}

static bool record_fits(const struct mdm_fleet_ask *ask, const struct mdm_enrollment *e)
{
	bool enrolled = e->state == MDM_ENROLLED;

	if (ask->model && !text_equal(ask->model, e->product ? e->product : ""))
		return false;
	if (ask->os && !same_os(e->os_version, ask->os))
		return false;
	switch (ask->state) {
	case MDM_FLEET_ENROLLED:
	case MDM_FLEET_SILENT:
		return enrolled;
	case MDM_FLEET_LEFT:
		return !enrolled;
	case MDM_FLEET_STRANGER:
		return enrolled && !e->trusted;
	default:
		return true;
	}
}

/* An older enrolment of a serial number that came again under another UDID is no iPad. */
static int newest_fits(struct mdm_sift *s, const struct mdm_enrollment *e, bool *ret)
{
	const char *udid;
	int err = mdm_serial_get(s->txn, s->scratch, e->serial, &udid);

	*ret = err == 0 && text_equal(udid, e->udid);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int heard_fits(struct mdm_sift *s, const struct mdm_enrollment *e, bool *ret)
{
	int64_t seen = 0;
	int err = s->ask->state == MDM_FLEET_SILENT
			  ? mdm_enrollment_seen(s->m, s->txn, e, &seen)
			  : 0;

	*ret = s->ask->state != MDM_FLEET_SILENT || seen <= s->ask->silent_before;
	return err;
}

int mdm_fleet_fit(struct mdm_sift *s, const struct mdm_met *x, struct mdm_enrollment *e, bool *ret)
{
	int err = state_fits(s, x, ret);

	if (err == 0 && *ret)
		err = group_fits(s, x, ret);
	if (err || !*ret)
		return err;
	err = mdm_enrollment_get(s->txn, s->scratch, x->udid, e);
	if (err)
		return err;
	*ret = record_fits(s->ask, e);
	if (*ret)
		err = newest_fits(s, e, ret);
	if (err == 0 && *ret)
		err = heard_fits(s, e, ret);
	if (err == 0 && *ret && s->ask->fits)
		err = s->ask->fits(s->txn, e->serial, s->ask->arg, ret);
	return err;
}
