/* SPDX-License-Identifier: EUPL-1.2 */
/* The iPad as a thing: made, looked at, locked, dropped, switched off. */
#include "tests/fake/ipad_int.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const event_names[] = {
	[IPAD_EV_TOKEN] = "token",
	[IPAD_EV_IDENTITY] = "identity",
	[IPAD_EV_ENROLLED] = "enrolled",
	[IPAD_EV_RENEWED] = "renewed",
	[IPAD_EV_COMMAND] = "command",
	[IPAD_EV_LOST] = "lost",
	[IPAD_EV_FOUND] = "found",
	[IPAD_EV_SOUND] = "sound",
	[IPAD_EV_LOCKED] = "locked",
	[IPAD_EV_UNLOCKED] = "unlocked",
	[IPAD_EV_RESTARTED] = "restarted",
	[IPAD_EV_OFF] = "off",
	[IPAD_EV_ERASED] = "erased",
	[IPAD_EV_CONFIGURED] = "configured",
	[IPAD_EV_UNENROLLED] = "unenrolled",
	[IPAD_EV_REFUSED] = "refused",
	[IPAD_EV_VIOLATION] = "violation",
};

const char *ipad_event_name(enum ipad_event event)
{
	return event_names[event];
}

void ipad_model_make(struct arena *a, unsigned number, struct ipad_model *ret)
{
	*ret = (struct ipad_model){
		.serial = arena_printf(a, "DMPX%06uQ1", number % 1000000),
		.udid = arena_printf(a, "00008101-%016llX",
			0x000C000000000000ull + (unsigned long long)number * 0x10001u),
		.product = "iPad13,18",
		.os_version = "18.1",
		.build = "22B83",
		.name = "iPad",
		.supervised = true,
		.passcode = true,
		.location_known = true,
		.latitude = 57.7089,
		.longitude = 11.9746,
		.battery = 0.81,
	};
}

static void model_copy(struct ipad_model *to, const struct ipad_model *from)
{
	*to = *from;
	to->serial = mem_strdup(from->serial);
	to->udid = mem_strdup(from->udid);
	to->product = mem_strdup(from->product);
	to->os_version = mem_strdup(from->os_version);
	to->build = mem_strdup(from->build);
	to->name = mem_strdup(from->name);
	to->imei = from->imei ? mem_strdup(from->imei) : NULL;
}

static void model_release(struct ipad_model *m)
{
	free((char *)m->serial);
	free((char *)m->udid);
	free((char *)m->product);
	free((char *)m->os_version);
	free((char *)m->build);
	free((char *)m->name);
	free((char *)m->imei);
}

/* Ten groups of hex would do as well: an iPad's code is opaque to the server. */
static void bypass_code_make(struct ipad *p)
{
	static const char letters[] = "0123456789ACDEFGHJKLMNPQRTUVWXYZ";
	uint8_t raw[26];
	char *to = p->bypass_code;

	random_bytes(raw, sizeof(raw));
	for (unsigned i = 0; i < sizeof(raw); i++) {
		if (i == 5 || i == 10 || i == 14 || i == 18 || i == 22)
			*to++ = '-';
		*to++ = letters[raw[i] % 32];
	}
	*to = '\0';
}

void ipad_push_renew(struct ipad *p)
{
	size_t n = p->o.token_prefix.n;

	random_bytes(p->state.token, IPAD_TOKEN);
	if (n > 0 && n <= 16)
		memcpy(p->state.token, p->o.token_prefix.p, n);
	random_uuid(p->state.magic);
	random_bytes(p->unlock_token, sizeof(p->unlock_token));
	ipad_tell(p, IPAD_EV_TOKEN, "new");
}

/* As it comes out of the box, or out of an erase. */
static void factory_state(struct ipad *p)
{
	struct ipad_state *s = &p->state;

	ipad_string_set((char **)&s->name, p->model.name);
	s->on = true;
	s->locked = false;
	s->before_unlock = false;
	s->awaiting = p->model.awaits_configuration;
	s->passcode = p->model.passcode && !s->awaiting; /* chosen in Setup Assistant */
	p->supervised_at = ipad_now(p);
	p->lock_allowed = false;
	p->accessibility = (struct ipad_accessibility){.text_size = 4};
	p->bluetooth = true;
	p->roaming = p->hotspot = false;
	ipad_string_set(&p->time_zone, "Europe/Stockholm");
	buf_reset(&p->organisation);
	buf_reset(&p->wallpaper[0]);
	buf_reset(&p->wallpaper[1]);
	bypass_code_make(p);
	ipad_push_renew(p);
}

struct ipad *ipad_new(const struct ipad_model *m, const struct ipad_options *o)
{
	struct ipad *p = mem_zalloc(sizeof(*p));

	model_copy(&p->model, m);
	p->o = *o;
	if (p->o.via)
		p->o.via = mem_strdup(p->o.via);
	p->o.token_prefix = bytes_of(NULL, 0);
	if (o->token_prefix.n > 0 && o->token_prefix.n <= 16) {
		uint8_t *copy = mem_alloc(o->token_prefix.n);

		memcpy(copy, o->token_prefix.p, o->token_prefix.n);
		p->o.token_prefix = bytes_of(copy, o->token_prefix.n);
	}
	p->o.trust = o->trust ? client_trust_share(o->trust) : client_trust_new(false);
	p->trust = client_trust_share(p->o.trust);
	p->wallpaper[0].limit = p->wallpaper[1].limit = 4u << 20;
	p->return_profile.limit = p->owed.limit = p->organisation.limit = 4u << 20;
	factory_state(p);
	return p;
}

static void settings_release(struct ipad *p)
{
	free((char *)p->state.name);
	free((char *)p->state.lost_message);
	free((char *)p->state.lost_phone);
	free((char *)p->state.lost_footnote);
	free((char *)p->state.lock_message);
	free(p->time_zone);
	buf_release(&p->organisation);
	buf_release(&p->wallpaper[0]);
	buf_release(&p->wallpaper[1]);
	buf_release(&p->return_profile);
	buf_release(&p->owed);
}

void ipad_free(struct ipad *p)
{
	if (!p)
		return;
	p->o.tell = NULL;
	ipad_enrolment_forget(p, NULL);
	ipad_pair_release(&p->imposter);
	settings_release(p);
	client_trust_free(p->trust);
	client_trust_free(p->o.trust);
	model_release(&p->model);
	free((char *)p->o.via);
	free((uint8_t *)p->o.token_prefix.p);
	free(p->enrol_url);
	free(p);
}

int64_t ipad_now(const struct ipad *p)
{
	return clock_now() + p->o.clock_offset_s;
}

void ipad_string_set(char **field, const char *value)
{
	char *copy = value ? mem_strdup(value) : NULL;

	free(*field);
	*field = copy;
}

static void ipad_vtell(struct ipad *p, enum ipad_event event, const char *fmt, va_list ap)
{
	char detail[256];

	vsnprintf(detail, sizeof(detail), fmt, ap);
	if (event == IPAD_EV_REFUSED || event == IPAD_EV_VIOLATION)
		text_copy(p->why, sizeof(p->why), detail);
	if (p->o.tell)
		p->o.tell(p->o.tell_ctx, p, event, detail);
}

void ipad_tell(struct ipad *p, enum ipad_event event, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	ipad_vtell(p, event, fmt, ap);
	va_end(ap);
}

int ipad_refuse(struct ipad *p, const char *fmt, ...)
{
	va_list ap;

	p->counters.refusals++;
	va_start(ap, fmt);
	ipad_vtell(p, IPAD_EV_REFUSED, fmt, ap);
	va_end(ap);
	return ERR_BADINPUT;
}

void ipad_violation(struct ipad *p, const char *fmt, ...)
{
	va_list ap;

	p->counters.violations++;
	va_start(ap, fmt);
	ipad_vtell(p, IPAD_EV_VIOLATION, fmt, ap);
	va_end(ap);
}

const struct ipad_state *ipad_state(const struct ipad *p)
{
	return &p->state;
}

const struct ipad_model *ipad_model(const struct ipad *p)
{
	return &p->model;
}

const struct ipad_counters *ipad_counters(const struct ipad *p)
{
	return &p->counters;
}

const char *ipad_why(const struct ipad *p)
{
	return p->why;
}

int ipad_identity(const struct ipad *p, struct arena *a, struct bytes *ret_der)
{
	unsigned char *der = NULL;
	int n = p->identity.cert ? i2d_X509(p->identity.cert, &der) : -1;

	if (n < 0)
		return ERR_NOTFOUND;
	*ret_der = arena_bytes(a, bytes_of(der, (size_t)n));
	OPENSSL_free(der);
	return 0;
}

const char *ipad_describe(const struct ipad *p, struct arena *a)
{
	const struct ipad_state *s = &p->state;
	const char *enrolled = s->enrolled     ? "enrolled"
			       : s->unenrolled ? "unenrolled"
					       : "not enrolled";

	return arena_printf(a, "%s %s%s%s%s%s%s%s", p->model.serial, enrolled, s->on ? "" : ", off",
		s->locked ? ", locked" : "", s->lost ? ", lost" : "",
		s->awaiting ? ", in Setup Assistant" : "",
		p->model.supervised ? "" : ", unsupervised", p->model.imei ? ", cellular" : "");
}

void ipad_enrolment_forget(struct ipad *p, const char *why)
{
	bool was = p->state.enrolled;

	ipad_hang_up(p);
	while (p->installed)
		ipad_profile_drop(p, p->installed);
	ipad_declarations_forget(p);
	ipad_books_forget(p);
	ipad_pair_release(&p->identity);
	free(p->mdm.topic);
	free(p->mdm.server_url);
	free(p->mdm.checkin_url);
	free(p->mdm.profile_identifier);
	p->mdm = (struct ipad_mdm){0};
	client_trust_free(p->trust);
	p->trust = client_trust_share(p->o.trust);
	p->state.topic = p->state.server_url = NULL;
	p->state.rights = 0;
	p->state.enrolled = false;
	p->state.poll_owed = p->state.result_owed = p->state.token_owed = false;
	p->state.lost = p->state.sounding = false;
	buf_reset(&p->owed);
	p->not_now_n = p->done_n = 0;
	if (was && why)
		ipad_tell(p, IPAD_EV_UNENROLLED, "%s", why);
}

void ipad_unenrol(struct ipad *p, const char *why)
{
	p->state.unenrolled = true;
	ipad_enrolment_forget(p, why);
}

/* Everything but the iron: also lost mode goes, which is why a server must remember it. */
static void erase(struct ipad *p)
{
	p->counters.erases++;
	p->state.plan_lost = p->model.esim && !p->state.kept_plan;
	ipad_enrolment_forget(p, NULL);
	p->state.unenrolled = false;
	factory_state(p);
	ipad_tell(p, IPAD_EV_ERASED, p->state.returns ? "returns to service" : "waits for set-up");
}

static void restart(struct ipad *p)
{
	ipad_hang_up(p);
	p->state.sounding = false;
	p->state.locked = p->state.before_unlock = p->state.passcode;
}

void ipad_settle(struct ipad *p)
{
	enum ipad_after after = p->after;

	p->after = AFTER_NOTHING;
	switch (after) {
	case AFTER_NOTHING:
		break;
	case AFTER_ERASE:
		erase(p);
		break;
	case AFTER_RESTART:
		restart(p);
		ipad_tell(p, IPAD_EV_RESTARTED, "by command");
		break;
	case AFTER_OFF:
		ipad_hang_up(p);
		p->state.on = false;
		ipad_tell(p, IPAD_EV_OFF, "by command");
		break;
	case AFTER_UNENROL:
		(void)!ipad_check_out(p); /* best effort, never repeated */
		ipad_unenrol(p, "its profile was removed by command");
		break;
	}
}

/* --- people and the world --- */

void ipad_lock(struct ipad *p)
{
	p->state.locked = p->state.passcode;
}

void ipad_unlock(struct ipad *p)
{
	bool was = p->state.locked;

	if (p->state.lost || !p->state.on)
		return; /* nobody gets past the lost mode screen */
	p->state.locked = p->state.before_unlock = false;
	ipad_string_set((char **)&p->state.lock_message, NULL);
	if (was)
		ipad_tell(p, IPAD_EV_UNLOCKED, "by hand");
}

void ipad_passcode_set(struct ipad *p, bool present)
{
	p->state.passcode = present;
	if (!present)
		p->state.locked = p->state.before_unlock = false;
}

void ipad_power(struct ipad *p, bool on)
{
	if (p->state.on == on)
		return;
	p->state.on = on;
	restart(p);
	ipad_tell(p, on ? IPAD_EV_RESTARTED : IPAD_EV_OFF, "by hand");
}

void ipad_erase_by_hand(struct ipad *p)
{
	ipad_hang_up(p);
	p->after = AFTER_NOTHING;
	p->state.returns = p->state.kept_plan = false;
	erase(p);
}

void ipad_move(struct ipad *p, bool known, double latitude, double longitude)
{
	p->model.location_known = known;
	p->model.latitude = latitude;
	p->model.longitude = longitude;
}

void ipad_clock_set(struct ipad *p, int64_t offset_s)
{
	p->o.clock_offset_s = offset_s;
}

void ipad_account_lock(struct ipad *p, bool on)
{
	p->account_lock = on;
}

const char *ipad_bypass_code(const struct ipad *p)
{
	return p->bypass_code;
}

void ipad_supervised_for(struct ipad *p, int64_t age_s)
{
	p->supervised_at = ipad_now(p) - age_s;
}

void ipad_fault_at(struct ipad *p, enum ipad_fault fault, unsigned skip, unsigned times)
{
	p->fault = fault;
	p->fault_from = p->messages + skip;
	p->fault_times = times;
}

void ipad_fault(struct ipad *p, enum ipad_fault fault, unsigned times)
{
	ipad_fault_at(p, fault, 0, times);
}

bool ipad_fault_take(struct ipad *p, enum ipad_fault fault)
{
	if (p->fault != fault || p->fault_times == 0 || p->messages < p->fault_from)
		return false;
	p->fault_times--;
	return true;
}
