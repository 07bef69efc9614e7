/* SPDX-License-Identifier: EUPL-1.2 */
/* A command written as JSON becomes a struct mdm_ask: Apple's names for requests, ours for keys. */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/text.h"

static const struct {
	const char *name;
	enum mdm_request request;
	const char *const known[14];
} requests[] = {
	{"DeviceInformation", MDM_DEVICE_INFORMATION, {NULL}},
	{"SecurityInfo", MDM_SECURITY_INFO, {NULL}},
	{"ProfileList", MDM_PROFILE_LIST, {NULL}},
	{"CertificateList", MDM_CERTIFICATE_LIST, {NULL}},
	{"InstallProfile", MDM_INSTALL_PROFILE, {"profile", NULL}},
	{"RemoveProfile", MDM_REMOVE_PROFILE, {"identifier", NULL}},
	{"DeviceLock", MDM_DEVICE_LOCK, {"message", "phone", NULL}},
	{"ClearPasscode", MDM_CLEAR_PASSCODE, {NULL}},
	{"PlayLostModeSound", MDM_PLAY_LOST_MODE_SOUND, {NULL}},
	{"EraseDevice", MDM_ERASE_DEVICE,
		{"preserve_data_plan", "return_to_service", "wifi_profile", NULL}},
	{"RestartDevice", MDM_RESTART_DEVICE, {NULL}},
	{"ShutDownDevice", MDM_SHUT_DOWN_DEVICE, {NULL}},
	{"Settings", MDM_SETTINGS,
		{"device_name", "wallpaper", "wallpaper_where", "time_zone", "organisation_name",
			"organisation_phone", "organisation_email", "accessibility", NULL}},
	{"ActivationLockBypassCode", MDM_ACTIVATION_LOCK_BYPASS_CODE, {NULL}},
};
#define REQUEST_COUNT (sizeof(requests) / sizeof(requests[0]))

struct reading {
	struct arena *a;
	const struct doc *d;
	struct mdm_ask *ask;
	const char *bad;
};

static int bad(struct reading *rd, const char *field)
{
	rd->bad = field;
	return ERR_BADINPUT;
}

static int read_text(struct reading *rd, const char *key, const char **ret)
{
	if (doc_has(rd->d, key) && !doc_str(rd->d, key))
		return bad(rd, key);
	*ret = doc_str(rd->d, key);
	return 0;
}

static int read_binary(struct reading *rd, const char *key, struct bytes *ret)
{
	const char *s;

	if (read_text(rd, key, &s) != 0)
		return ERR_BADINPUT;
	if (s && text_parse_base64(rd->a, bytes_of_str(s), ret) != 0)
		return bad(rd, key);
	return 0;
}

static int read_choice(
	struct reading *rd, const struct doc *d, const char *key, enum mdm_choice *ret)
{
	return api_choice(d, key, ret) == 0 ? 0 : bad(rd, key);
}

static int read_number(
	struct reading *rd, const struct doc *d, const char *key, int64_t most, int64_t *ret)
{
	int64_t v;

	if (!doc_has(d, key))
		return 0;
	if (doc_int(d, key, &v) != 0 || v < 0 || v > most)
		return bad(rd, key);
	*ret = v;
	return 0;
}

static int read_accessibility(struct reading *rd)
{
	struct mdm_accessibility *x = &rd->ask->accessibility;
	const struct doc *d = doc_object(rd->d, "accessibility");
	const struct {
		const char *key;
		enum mdm_choice *to;
	} switches[] = {
		{"bold_text", &x->bold},
		{"increase_contrast", &x->contrast},
		{"reduce_motion", &x->reduce_motion},
		{"reduce_transparency", &x->reduce_transparency},
		{"touch_accommodations", &x->touch},
		{"voice_over", &x->voice_over},
		{"zoom", &x->zoom},
	};
	int64_t size = -1;
	int err = 0;

	if (!doc_has(rd->d, "accessibility"))
		return 0;
	if (!d)
		return bad(rd, "accessibility");
	x->set = true;
	err = read_number(rd, d, "text_size", 11, &size);
	x->text_size = (int)size;
	for (size_t i = 0; err == 0 && i < sizeof(switches) / sizeof(switches[0]); i++)
		err = read_choice(rd, d, switches[i].key, switches[i].to);
	return err;
}

static int read_settings(struct reading *rd)
{
	int64_t where = 3;
	int err = read_text(rd, "device_name", &rd->ask->device_name);

	if (err == 0)
		err = read_binary(rd, "wallpaper", &rd->ask->wallpaper);
	if (err == 0)
		err = read_number(rd, rd->d, "wallpaper_where", 3, &where);
	if (err == 0)
		err = read_text(rd, "time_zone", &rd->ask->time_zone);
	if (err == 0)
		err = read_text(rd, "organisation_name", &rd->ask->organisation_name);
	if (err == 0)
		err = read_text(rd, "organisation_phone", &rd->ask->organisation_phone);
	if (err == 0)
		err = read_text(rd, "organisation_email", &rd->ask->organisation_email);
	rd->ask->wallpaper_where = (unsigned)where;
	return err ? err : read_accessibility(rd);
}

static int read_erase(struct reading *rd)
{
	int err = read_choice(rd, rd->d, "preserve_data_plan", &rd->ask->preserve_data_plan);

	if (err == 0)
		err = read_choice(rd, rd->d, "return_to_service", &rd->ask->return_to_service);
	return err ? err : read_binary(rd, "wifi_profile", &rd->ask->return_wifi_profile);
}

static int read_members(struct reading *rd)
{
	int err;

	switch (rd->ask->request) {
	case MDM_INSTALL_PROFILE:
		return read_binary(rd, "profile", &rd->ask->profile);
	case MDM_REMOVE_PROFILE:
		return read_text(rd, "identifier", &rd->ask->identifier);
	case MDM_DEVICE_LOCK:
		err = read_text(rd, "message", &rd->ask->message);
		return err ? err : read_text(rd, "phone", &rd->ask->phone);
	case MDM_ERASE_DEVICE:
		return read_erase(rd);
	case MDM_SETTINGS:
		return read_settings(rd);
	default:
		return 0;
	}
}

static int read_life(struct reading *rd)
{
	const char *s;

	if (read_text(rd, "life", &s) != 0)
		return ERR_BADINPUT;
	if (s && clock_parse_span(s, &rd->ask->life_s) != 0)
		return bad(rd, "life");
	return 0;
}

static const char *const every_request[] = {"request", "life", NULL};

/* Only keys of this request, and the request itself must be one of ours. */
static int find_request(struct reading *rd)
{
	const char *name = doc_str(rd->d, "request");
	size_t i = 0;

	while (i < REQUEST_COUNT && !text_equal(requests[i].name, name))
		i++;
	if (i == REQUEST_COUNT)
		return bad(rd, "request");
	rd->ask->request = requests[i].request;
	for (size_t k = 0; doc_key(rd->d, k); k++) {
		const char *key = doc_key(rd->d, k);

		if (!api_key_known(key, every_request) && !api_key_known(key, requests[i].known))
			return bad(rd, key);
	}
	return 0;
}

int web_ask_parse(struct arena *a, const struct doc *d, struct mdm_ask *ret, const char **ret_bad)
{
	struct mdm_ask ask = {0};
	struct reading rd = {.a = a, .d = d, .ask = &ask};
	int err = find_request(&rd);

	if (err == 0)
		err = read_members(&rd);
	if (err == 0)
		err = read_life(&rd);
	if (err) {
		*ret_bad = rd.bad;
		return err;
	}
	*ret = ask;
	return 0;
}
