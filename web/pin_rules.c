/* SPDX-License-Identifier: EUPL-1.2 */
/* When a session locks and when it is over; what makes a PIN. Pure. */
#include "web/pin_int.h"

#include "base/text.h"

#define LOCK_S 600
#define SHIFT_S (10 * 3600)
#define PIN_LEAST 4
#define PIN_MOST 8

int64_t web_lock_s(const struct web_sign_in_rules *rules)
{
	return rules->lock_s ? (int64_t)rules->lock_s : LOCK_S;
}

int64_t web_shift_s(const struct web_sign_in_rules *rules)
{
	return rules->shift_s ? (int64_t)rules->shift_s : SHIFT_S;
}

enum web_session_state web_session_state(
	const struct web_token *t, bool has_pin, const struct web_sign_in_rules *rules, int64_t now)
{
	int64_t idle = now - t->used_at;
	bool waits, shift_over;

	if (t->closed_at || (t->expires_at && t->expires_at <= now))
		return WEB_SESSION_OVER;
	if (!t->browser)
		return WEB_SESSION_OPEN;
	waits = t->station && t->stage == WEB_STAGE_FULL;
	shift_over = now - t->full_at >= web_shift_s(rules);
	if (waits && has_pin && (t->locked_at || idle >= web_lock_s(rules)))
		return shift_over ? WEB_SESSION_OVER : WEB_SESSION_LOCKED;
	if (t->locked_at)
		return WEB_SESSION_OVER;
	/* Without a PIN it locks as soon, and opens by the full sign-in alone. */
	if (waits && idle >= web_lock_s(rules) && idle < WEB_IDLE_S)
		return WEB_SESSION_LOCKED;
	return idle >= WEB_IDLE_S ? WEB_SESSION_OVER : WEB_SESSION_OPEN;
}

bool web_token_is_fresh(const struct web_token *t, int64_t now)
{
	return now - (t->full_at ? t->full_at : t->made_at) <= WEB_PIN_FRESH_S;
}

/* All alike, or one step each: 1111, 1234, 9876. */
static bool is_simple(const char *pin, size_t n)
{
	int step = pin[1] - pin[0];

	if (step < -1 || step > 1)
		return false;
	for (size_t i = 1; i < n; i++) {
		if (pin[i] - pin[i - 1] != step)
			return false;
	}
	return true;
}

bool web_pin_is_formed(const char *pin)
{
	size_t n = pin ? strlen(pin) : 0;

	return n >= PIN_LEAST && n <= PIN_MOST && strspn(pin, "0123456789") == n;
}

int web_pin_decide(const char *pin, struct refusal *r)
{
	if (!web_pin_is_formed(pin))
		return refuse(r, &web_say_pin_form, NULL, NULL, NULL);
	return is_simple(pin, strlen(pin)) ? refuse(r, &web_say_pin_simple, NULL, NULL, NULL) : 0;
}

void web_station_of(const char *word, char out[WEB_STATION])
{
	AUTO(arena) struct arena *a = arena_new();
	uint8_t hash[32];

	cert_sha256(bytes_of_str(arena_printf(a, "station\n%s", word)), hash);
	text_copy(out, WEB_STATION, text_base64url(a, bytes_of(hash, 9)));
}
