/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tables of requests hold below the rows: keys, settings, queries. Apple's names. */
#ifndef MDM_REQUEST_INT_H
#define MDM_REQUEST_INT_H

#include "mdm/mdm_int.h"

/* Bits of AccessRights in Apple's MDM payload. */
enum mdm_right {
	MDM_RIGHT_LIST_PROFILES = 1,
	MDM_RIGHT_CHANGE_PROFILES = 2,
	MDM_RIGHT_LOCK = 4,
	MDM_RIGHT_ERASE = 8,
	MDM_RIGHT_DEVICE = 16,
	MDM_RIGHT_NETWORK = 32,
	MDM_RIGHT_LIST_PROVISIONING = 64,
	MDM_RIGHT_CHANGE_PROVISIONING = 128,
	MDM_RIGHT_LIST_APPS = 256,
	MDM_RIGHT_RESTRICTIONS = 512,
	MDM_RIGHT_SECURITY = 1024,
	MDM_RIGHT_SETTINGS = 2048,
	MDM_RIGHT_APPS = 4096
};

struct mdm_key {
	const char *name; /* NULL ends a table */
	enum mdm_plist_kind kind;
	bool required;
	const char *since;           /* NULL: as old as its command */
	int min, max;                /* of an INTEGER; both 0: any */
	const struct mdm_key *inner; /* of a DICT; NULL: anything */
	const struct say *never_true; /* of a BOOL that is only ever sent as false */
};

/* The keys of commands. Those without keys have a table that is only an end. */
extern const struct mdm_key mdm_keys_none[], mdm_keys_install_application[],
	mdm_keys_invite_to_program[], mdm_keys_identifiers[], mdm_keys_managed_list[],
	mdm_keys_identifiers_needed[], mdm_keys_redemption_code[], mdm_keys_identifier[],
	mdm_keys_managed_only[], mdm_keys_declarative[], mdm_keys_erase[], mdm_keys_esim[],
	mdm_keys_lock[], mdm_keys_lost[], mdm_keys_device_information[], mdm_keys_install_media[],
	mdm_keys_remove_media[], mdm_keys_clear_passcode[], mdm_keys_install_profile[],
	mdm_keys_settings[];

/* Items of the Settings command. */
struct mdm_setting {
	const char *item; /* NULL ends */
	uint32_t rights;
	bool supervised;
	const char *since;
	const struct mdm_key *keys; /* besides Item */
	const struct say *never;
};
extern const struct mdm_setting mdm_settings[];
const struct mdm_setting *mdm_setting_by_item(const char *item);

/* Queries of DeviceInformation. */
struct mdm_query {
	const char *key; /* NULL ends */
	uint32_t rights;
	const char *since;
	bool watching; /* tells how or where the iPad is used: never asked */
	bool shared;   /* only means something on a Shared iPad */
};
extern const struct mdm_query mdm_queries[];
const struct mdm_query *mdm_query_by_key(const char *key);
/* Is this the name of something that tells how or where the iPad is used? Also for the parts of
 * an answer. */
bool mdm_query_is_watching(const char *key);

/* Why a command, setting or query is never sent. */
extern const struct say mdm_never_own_lock, mdm_never_watching, mdm_never_shared, mdm_never_gone, mdm_never_right,
	mdm_never_dead;

/* Dotted numbers: is `have` at least `want`? Unknown (NULL or empty) counts as yes. */
bool mdm_version_at_least(const char *have, const char *want);

#endif
