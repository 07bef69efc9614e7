/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answering one command. A handler fills an->result and leaves; when it cannot obey it calls
 * answer_error or answer_format_error, and its keys are dropped.
 */
#ifndef FAKE_IPAD_ANSWER_INT_H
#define FAKE_IPAD_ANSWER_INT_H

#include "tests/fake/ipad_int.h"

#define DOMAIN_MDM "MCMDMErrorDomain"
#define DOMAIN_PROFILE "MCProfileErrorDomain"
#define DOMAIN_INSTALL "MCInstallationErrorDomain"
#define DOMAIN_PASSCODE "MCPasscodeErrorDomain"
#define DOMAIN_SETTINGS "MCSettingsErrorDomain"

/*
 * Codes with a public source, and two (marked) of our own choice: nothing says what real iPads
 * write there, so that no server may depend on it.
 */
enum {
	ERROR_UNAUTHORIZED = 12007,
	ERROR_REPLACEMENT = 12012,
	ERROR_NOT_MANAGED = 12013,
	ERROR_REQUEST_TYPE = 12021,
	ERROR_NOT_SUPERVISED = 12064, /* ours */
	ERROR_NO_BYPASS_CODE = 12065, /* ours */
	ERROR_NOT_LOST = 12067,
	ERROR_NO_LOCATION = 12068,
	ERROR_LOST_DISABLE = 12069,
	ERROR_WHILE_LOST = 12078,
	ERROR_PROFILE_MALFORMED = 1000,
	ERROR_INSTALL = 4001,
	ERROR_PASSCODE_CLEAR = 5013,
};

struct answer {
	struct ipad *p;
	struct arena *a;
	plist_t command; /* the inner dictionary */
	plist_t result;
	const char *uuid;
	const char *status;
};

void answer_error(struct answer *an, const char *domain, int code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void answer_format_error(struct answer *an);
/* An ErrorChain of one, for items that are answered on their own. */
plist_t answer_error_chain(const char *domain, int code, const char *text);

/* ipad_device.c */
void answer_device_lock(struct answer *an);
void answer_clear_passcode(struct answer *an);
void answer_erase_device(struct answer *an);
void answer_restart_device(struct answer *an);
void answer_shut_down_device(struct answer *an);
void answer_bypass_code(struct answer *an);
void answer_bypass_code_clear(struct answer *an);
void answer_device_configured(struct answer *an);
/* ipad_lost.c */
void answer_enable_lost_mode(struct answer *an);
void answer_disable_lost_mode(struct answer *an);
void answer_device_location(struct answer *an);
void answer_play_sound(struct answer *an);
/* ipad_profiles.c */
void answer_install_profile(struct answer *an);
void answer_remove_profile(struct answer *an);
void answer_profile_list(struct answer *an);
void answer_certificate_list(struct answer *an);
/* ipad_info.c */
void answer_device_information(struct answer *an);
void answer_security_info(struct answer *an);
/* ipad_ddm.c */
void answer_declarative(struct answer *an);
void answer_install_media(struct answer *an);
void answer_remove_media(struct answer *an);
void answer_media_list(struct answer *an);
/* ipad_settings.c */
void answer_settings(struct answer *an);
void settings_report_accessibility(struct ipad *p, plist_t into);

#endif
