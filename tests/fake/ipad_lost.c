/* SPDX-License-Identifier: EUPL-1.2 */
/* Lost mode, which exists on supervised iPads only and ends with DisableLostMode or an erase. */
#include "tests/fake/ipad_answer_int.h"
#include "base/clock.h"
#include "base/text.h"

void answer_enable_lost_mode(struct answer *an)
{
	const char *message = ipad_plist_string_or(an->command, "Message", NULL);
	const char *phone = ipad_plist_string_or(an->command, "PhoneNumber", NULL);
	struct ipad_state *s = &an->p->state;

	if (text_empty(message) && text_empty(phone)) {
		answer_format_error(an);
		return;
	}
	ipad_string_set((char **)&s->lost_message, message);
	ipad_string_set((char **)&s->lost_phone, phone);
	ipad_string_set(
		(char **)&s->lost_footnote, ipad_plist_string_or(an->command, "Footnote", NULL));
	s->lost = true;
	s->locked = s->passcode;
	ipad_tell(an->p, IPAD_EV_LOST, "%s", message ? message : phone);
}

/* True when the iPad is lost; answers with the error otherwise. */
static bool must_be_lost(struct answer *an)
{
	if (an->p->state.lost)
		return true;
	answer_error(an, DOMAIN_MDM, ERROR_NOT_LOST, "The device is not in Managed Lost Mode.");
	return false;
}

void answer_disable_lost_mode(struct answer *an)
{
	struct ipad_state *s = &an->p->state;

	if (!must_be_lost(an))
		return;
	if (ipad_fault_take(an->p, IPAD_FAULT_LOST_DISABLE)) {
		answer_error(an, DOMAIN_MDM, ERROR_LOST_DISABLE, "Could not disable Lost Mode.");
		return;
	}
	s->lost = s->sounding = false;
	ipad_string_set((char **)&s->lost_message, NULL);
	ipad_string_set((char **)&s->lost_phone, NULL);
	ipad_string_set((char **)&s->lost_footnote, NULL);
	ipad_tell(an->p, IPAD_EV_FOUND, "lost mode is over");
}

void answer_device_location(struct answer *an)
{
	const struct ipad_model *m = &an->p->model;
	char when[CLOCK_TEXT];

	if (!must_be_lost(an))
		return;
	if (!m->location_known) {
		answer_error(an, DOMAIN_MDM, ERROR_NO_LOCATION, "The location is unknown.");
		return;
	}
	an->p->counters.locates++;
	ipad_plist_set_real(an->result, "Latitude", m->latitude);
	ipad_plist_set_real(an->result, "Longitude", m->longitude);
	ipad_plist_set_real(an->result, "HorizontalAccuracy", 35);
	ipad_plist_set_real(an->result, "VerticalAccuracy", -1);
	ipad_plist_set_real(an->result, "Altitude", -1);
	ipad_plist_set_real(an->result, "Speed", -1);
	ipad_plist_set_real(an->result, "Course", -1);
	ipad_plist_set_string(an->result, "Timestamp", clock_format_utc(ipad_now(an->p), when));
}

void answer_play_sound(struct answer *an)
{
	if (!must_be_lost(an))
		return;
	an->p->state.sounding = true;
	ipad_tell(an->p, IPAD_EV_SOUND, "plays the lost mode sound");
}
