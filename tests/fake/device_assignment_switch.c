/* SPDX-License-Identifier: EUPL-1.2 */
/* What may go wrong at Apple, by name, for whoever switches it by hand. */
#include "tests/fake/device_assignment.h"

#include "base/text.h"

#define TOKEN(name_, word_)                                                        \
	{                                                                          \
		.name = (name_), .answer = {                                       \
			.path = "/session", .status = 401, .body = "oauth_problem=" word_ \
		}                                                                  \
	}
#define ANY(name_, status_, body_)                                                 \
	{                                                                          \
		.name = (name_), .answer = {.status = (status_), .body = (body_) } \
	}
/* Once: what follows mends it. */
#define ONCE(name_, path_, word_)                                                           \
	{                                                                                   \
		.name = (name_), .answer = {                                                \
			.path = (path_), .status = 400, .body = "\"" word_ "\"", .times = 1 \
		}                                                                           \
	}
#define OF_PATH(name_, path_, status_, body_)                                                  \
	{                                                                                      \
		.name = (name_), .answer = {                                                   \
			.path = (path_), .status = (status_), .body = (body_)                  \
		}                                                                              \
	}

static void repeat(struct device_assignment *da, const char *serial)
{
	(void)serial;
	device_assignment_repeat(da, true);
}

static void sessions_end(struct device_assignment *da, const char *serial)
{
	(void)da; /* they end with every switch */
	(void)serial;
}

static void forget(struct device_assignment *da, const char *serial)
{
	(void)serial;
	device_assignment_forget_profiles(da);
}

static void failed(struct device_assignment *da, const char *serial)
{
	device_assignment_word(da, serial, "FAILED");
}

static void not_accessible(struct device_assignment *da, const char *serial)
{
	device_assignment_word(da, serial, "NOT_ACCESSIBLE");
}

static void as_it_stands(struct device_assignment *da, const char *serial)
{
	device_assignment_word(da, serial, NULL);
}

const struct device_assignment_named device_assignment_faults[] = {
	TOKEN("token-expired", "token_expired"),
	TOKEN("token-foreign", "token_rejected"),
	TOKEN("token-unknown", "consumer_key_unknown"),
	ANY("terms", 403, "\"T_C_NOT_SIGNED\""),
	ANY("denied", 403, "\"ACCESS_DENIED\""),
	ANY("busy", 429, ""),
	ANY("unavailable", 503, ""),
	ANY("broken", 500, "<html>Internal Server Error</html>"),
	ANY("unreadable", 200, "{\"devices\":"),
	{.name = "cut", .answer = {.cut = true}},
	{.name = "silent", .answer = {.hang = true}},
	{.name = "sessions", .act = sessions_end},
	ONCE("cursor-expired", "/devices/sync", "EXPIRED_CURSOR"),
	ONCE("cursor-invalid", "/devices/sync", "INVALID_CURSOR"),
	ONCE("cursor-exhausted", "/server/devices", "EXHAUSTED_CURSOR"),
	{.name = "cursor-loop", .act = repeat},
	OF_PATH("profile-refused", "/profile", 400, "\"CONFIG_URL_INVALID\""),
	{.name = "profile-forgotten", .act = forget},
	{.name = "throttled", .of_device = true, .act = device_assignment_throttle},
	{.name = "failed", .of_device = true, .act = failed},
	{.name = "not-accessible", .of_device = true, .act = not_accessible},
	{.name = "as-it-stands", .of_device = true, .act = as_it_stands},
	OF_PATH("lock-refused", "/device/activationlock", 403, "\"ACCESS_DENIED\""),
	OF_PATH("unlock-refused", "/escrowKeyUnlock", 403, ""),
	OF_PATH("unlock-unavailable", "/escrowKeyUnlock", 503, ""),
	{.name = NULL},
};

static const struct device_assignment_named *named(const char *name)
{
	const struct device_assignment_named *x = device_assignment_faults;

	while (x->name && !text_equal(x->name, name))
		x++;
	return x->name ? x : NULL;
}

int device_assignment_switch(struct device_assignment *da, const char *name, const char *serial)
{
	const struct device_assignment_named *x = named(name);

	if ((!x && !text_equal(name, DEVICE_ASSIGNMENT_WELL)) || (x && x->of_device && !serial))
		return ERR_NOTFOUND;
	if (!x || !x->of_device) { /* a device's word stands beside the others */
		device_assignment_fault(da, NULL);
		device_assignment_repeat(da, false);
	}
	if (!x)
		device_assignment_throttle(da, NULL);
	device_assignment_end_sessions(da);
	if (x && x->act)
		x->act(da, serial);
	else if (x)
		device_assignment_fault(da, &x->answer);
	return 0;
}
