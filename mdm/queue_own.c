/* SPDX-License-Identifier: EUPL-1.2 */
/* The house's own commands: what enrolling, renewing and lost state ask by themselves. */
#include "mdm/ade_int.h"
#include "mdm/desired_int.h"

int mdm_command_add_own(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_ask *ask, unsigned own, int64_t now, char ret_uuid[MDM_UUID])
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_new_command n = {.e = e,
		.row = mdm_request_row(ask->request),
		.made_by = "server",
		.life_s = ask->life_s,
		.own = own};

	if (!n.row || (n.row->rights & MDM_RIGHTS) != n.row->rights)
		return ERR_UNSUPPORTED;
	n.command = mdm_ask_build(ask, a);
	return mdm_queue_put(m, txn, &n, now, ret_uuid);
}

int mdm_queue_own_once(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	enum mdm_request request, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct mdm_ask ask = {.request = request};
	struct mdm_command c;
	char uuid[MDM_UUID];
	int err = mdm_line_find_type(txn, a, e->udid, mdm_request_row(request)->type, &c);

	if (err != ERR_NOTFOUND)
		return err;
	return mdm_command_add_own(m, txn, e, &ask, 0, now, uuid);
}

int mdm_setup_queue(
	struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e, int64_t now)
{
	int err = mdm_queue_own_once(m, txn, e, MDM_DEVICE_INFORMATION, now);

	if (err == 0 && e->trusted)
		err = mdm_queue_own_once(m, txn, e, MDM_SECURITY_INFO, now);
	if (err == 0 && e->trusted)
		err = mdm_visit_enrollment(m, txn, e, now);
	if (err == 0 && e->trusted && e->awaiting_configuration)
		err = mdm_gate_close(m, txn, e, now);
	/* what waited for the iPad to be trusted may go now, with or without new company */
	return err ? err : mdm_push_wish(txn, e, true, now);
}

int mdm_queue_forget(struct mdm *m, struct store_txn *txn, const char *udid, int64_t now)
{
	AUTO(arena) struct arena *a = arena_new();
	struct mdm_enrollment e = {.udid = udid};
	int err = mdm_enrollment_get(txn, a, udid, &e);

	if (err && err != ERR_NOTFOUND)
		return err;
	for (;;) {
		AUTO(arena) struct arena *each = arena_new();
		AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
		struct mdm_command c;

		err = mdm_line_walk_init(&w, txn, udid);
		if (err == 0)
			err = mdm_line_walk_next(&w, each, &c);
		if (err)
			return err == ERR_NOTFOUND ? 0 : err;
		c.state = MDM_CANCELLED;
		c.error = "server";
		err = mdm_queue_finish(m, txn, &e, &c, now);
		if (err)
			return err;
	}
}

/* --- what goes out --- */

int mdm_line_state_get(struct store_txn *txn, struct arena *a, const struct mdm_line_view *v,
	struct mdm_line_state *ret)
{
	const struct mdm_enrollment *e = v->e;
	struct mdm_line_state s = {.identity_expired = v->identity_expired, .now = v->now};
	struct mdm_renewal renewal;
	int err = 0;

	if (e) {
		s.enrolled = e->state;
		s.erased = e->erased_at != 0;
		s.trusted = e->trusted;
		s.session = e->session;
		err = mdm_lost_phase_felt(txn, a, e, &s.phase);
	}
	/* Who the renewal's command is only matters where others are held back. */
	if (err == 0 && e && (s.identity_expired || !s.trusted || s.phase != MDM_NOT_LOST)) {
		err = mdm_renewal_get(txn, a, e->udid, &renewal);
		s.renewal = err == 0 ? renewal.command : NULL;
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	if (err == 0)
		*ret = s;
	return err;
}

int mdm_queue_message(struct mdm *m, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, struct arena *a, struct bytes *ret)
{
	struct bytes stored, token;
	int err;

	if (c->request == MDM_CLEAR_PASSCODE) {
		err = cert_unseal(m->certs, mdm_seal_context(a, MDM_UNLOCK_TOKEN_CONTEXT, e->udid),
			e->unlock_token, a, &token);
		return err ? err : mdm_ask_merge_token(c->uuid, token, a, ret);
	}
	err = mdm_line_plist(txn, c, a, &stored);
	if (err)
		return err;
	if (c->sealed)
		return cert_unseal(
			m->certs, mdm_seal_context(a, MDM_PLIST_CONTEXT, c->uuid), stored, a, ret);
	*ret = stored;
	return 0;
}
