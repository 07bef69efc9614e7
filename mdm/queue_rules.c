/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/text.h"

const struct mdm_request_row *mdm_command_row(const struct mdm_command *c)
{
	const struct mdm_request_row *row = mdm_request_by_type(c->request_type);

	return row && !row->never ? row : NULL;
}

static enum mdm_hold lost_hold(const struct mdm_request_row *row, uint32_t phase)
{
	switch (row->request) {
	case MDM_DEVICE_LOCATION:
	case MDM_PLAY_LOST_MODE_SOUND:
		return phase == MDM_LOST_ON ? MDM_HOLD_NONE : MDM_HOLD_NOT_LOST_YET;
	case MDM_DEVICE_CONFIGURED:
		/* an iPad that was erased by its thief is not let out of Setup Assistant */
		return phase == MDM_LOST_WANTED ? MDM_HOLD_RELEASE : MDM_HOLD_NONE;
	default:
		return phase != MDM_NOT_LOST && !row->while_lost ? MDM_HOLD_LOST : MDM_HOLD_NONE;
	}
}

static enum mdm_hold lock_hold(const struct mdm_command *c, const struct mdm_request_row *row,
	const struct mdm_line_state *s)
{
	if (row->request != MDM_ERASE_DEVICE || c->although_locked || s->lock == MDM_ERASE_FREE)
		return MDM_HOLD_NONE;
	return s->lock == MDM_ERASE_OPENING ? MDM_HOLD_OPENING : MDM_HOLD_LOCKED;
}

/* The order of the tests decides only which reason people are told: the one that lasts longest. */
enum mdm_hold mdm_hold_decide(const struct mdm_command *c, const struct mdm_request_row *row,
	const struct mdm_line_state *s)
{
	bool renews = s->renewal && text_equal(c->uuid, s->renewal);
	enum mdm_hold lost;

	if (c->expires_at && c->expires_at <= s->now)
		return MDM_HOLD_OVERDUE;
	if (s->enrolled != MDM_ENROLLED)
		return MDM_HOLD_NOT_ENROLLED;
	if (s->erased)
		return MDM_HOLD_ERASED;
	if (s->identity_expired && !renews)
		return MDM_HOLD_IDENTITY;
	if (!row || (!s->trusted && !row->untrusted && !renews))
		return MDM_HOLD_UNTRUSTED;
	/* The renewal is tried even in Lost Mode: without it the iPad falls silent for good. */
	lost = renews ? MDM_HOLD_NONE : lost_hold(row, s->phase);
	if (lost == MDM_HOLD_NONE)
		lost = lock_hold(c, row, s);
	if (lost != MDM_HOLD_NONE)
		return lost;
	if (c->put_off_count && c->put_off_session == s->session)
		return MDM_HOLD_PUT_OFF;
	return MDM_HOLD_NONE;
}

enum mdm_push mdm_push_decide(const struct mdm_session_end *s)
{
	if (s->handing)
		return MDM_PUSH_KEEP;
	if (s->put_off == 0)
		return MDM_PUSH_WITHDRAW;
	/* After a last NotNow the iPad calls by itself; the standing wish's far gaps stay as a
	 * second net. After anything else it does not, and must be woken. */
	return s->not_now_last ? MDM_PUSH_KEEP : MDM_PUSH_OWE;
}

enum mdm_command_state mdm_status_state(enum mdm_status s)
{
	switch (s) {
	case MDM_STATUS_ACKNOWLEDGED:
		return MDM_ACKNOWLEDGED;
	case MDM_STATUS_ERROR:
	case MDM_STATUS_NONE:
		return MDM_ERROR;
	case MDM_STATUS_FORMAT_ERROR:
		return MDM_FORMAT_ERROR;
	default:
		return MDM_QUEUED;
	}
}
