/* SPDX-License-Identifier: EUPL-1.2 */
/* An iPad from device assignment asks for its enrolment profile. */
#include "mdm/ade_int.h"

#include "base/file.h"
#include "base/text.h"

#define BUNDLE_MOST (256 * 1024)
#define ASK_AGAIN_S 60

/* The bundle is read each time, so that a new one needs no restart: boxes are not opened by the
 * second. */
static int info_read(struct mdm *m, struct bytes message, struct arena *a, struct machine_info *ret)
{
	AUTO(buf) struct buf roots = BUF_INIT(BUNDLE_MOST);
	struct bytes plist;
	int err;

	if (text_empty(m->o->ade.device_ca_path))
		return ERR_UNSUPPORTED;
	err = file_read(m->o->ade.device_ca_path, &roots);
	if (err || cert_roots_check(buf_bytes(&roots)) != 0)
		return ERR_UNSUPPORTED;
	err = cert_letter_read(message, buf_bytes(&roots), a, &plist);
	return err ? err : machine_info_parse(plist, a, ret);
}

struct asking {
	struct mdm *m;
	struct arena *a;
	const char *serial;
	int64_t now;
	bool sync;
};

static int assigned_in(struct store_txn *txn, void *arg)
{
	struct asking *k = arg;
	struct mdm_ade_device d;
	int err = mdm_ade_device_get(txn, k->a, k->serial, &d);

	return err == ERR_NOTFOUND || (err == 0 && d.gone_at) ? ERR_STRANGER : err;
}

/* A box may be opened before we heard of it: Apple is asked, but not by each knock. */
static int stranger_in(struct store_txn *txn, void *arg)
{
	struct asking *k = arg;
	struct mdm_ade_state s;
	int err = mdm_ade_state_get(txn, k->a, &s);

	k->sync = err == 0 && s.has_token && s.asked_at == s.answered_at &&
		  (k->now < s.tried_at || k->now - s.tried_at >= ASK_AGAIN_S);
	if (err || !k->sync)
		return err;
	s.asked_at = k->now > s.asked_at ? k->now : s.asked_at + 1;
	return ade_state_put(txn, &s);
}

static int stranger(struct asking *k)
{
	int err = store_write(k->m->st, stranger_in, k);

	if (err == 0 && k->sync)
		mdm_ade_wake(k->m);
	return err ? err : ERR_STRANGER;
}

static bool must_update(const struct mdm *m, const struct machine_info *info)
{
	const char *least = m->o->ade.minimum_os;

	return !text_empty(least) && info->can_update && info->os_version &&
	       ade_version_compare(info->os_version, least) < 0;
}

int mdm_ade_enrol(struct mdm *m, struct bytes message, int64_t now, struct arena *a,
	struct ade_enrolment *ret)
{
	struct machine_info info;
	struct ade_enrolment e = {NULL};
	struct asking k = {.m = m, .a = a, .now = now};
	int err = info_read(m, message, a, &info);

	if (err)
		return err;
	k.serial = e.serial = info.serial;
	err = store_read(m->st, assigned_in, &k);
	if (err == ERR_STRANGER)
		return stranger(&k);
	if (err == 0 && must_update(m, &info))
		e.update_to = m->o->ade.minimum_os;
	else if (err == 0)
		err = mdm_profile_make(m,
			&(struct mdm_profile_ask){.assigned = info.serial, .now = now}, a,
			&e.profile);
	if (err == 0)
		*ret = e;
	return err;
}
