/* SPDX-License-Identifier: EUPL-1.2 */
/* Time-based codes (RFC 6238 over RFC 4226), and how keys and recovery codes are written. Pure. */
#include "web/sign_in_int.h"

#include "base/text.h"

#include <stdio.h>

void web_totp_code(struct bytes key, int64_t step, unsigned digits, char out[WEB_TOTP_TEXT])
{
	static const uint32_t tens[] = {1000000, 10000000, 100000000};
	uint8_t counter[8], mac[20];
	const uint8_t *at;
	uint32_t number;

	for (int i = 0; i < 8; i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	cert_hmac_sha1(key, bytes_of(counter, sizeof(counter)), mac);
	at = mac + (mac[19] & 15);
	number = (uint32_t)(at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
		 at[3];
	snprintf(out, WEB_TOTP_TEXT, "%0*u", (int)digits, number % tens[digits - 6]);
	mem_wipe(mac, sizeof(mac));
}

static bool digits_of(const char *code, char out[WEB_TOTP_DIGITS + 1])
{
	size_t n = 0;

	for (; code && *code; code++) {
		if (*code == ' ')
			continue;
		if (*code < '0' || *code > '9' || n == WEB_TOTP_DIGITS)
			return false;
		out[n++] = *code;
	}
	out[n] = '\0';
	return n == WEB_TOTP_DIGITS;
}

int64_t web_totp_step(struct bytes key, const char *code, int64_t last_step, int64_t now)
{
	int64_t step = now / WEB_TOTP_STEP_S, found = 0;
	char typed[WEB_TOTP_DIGITS + 1], right[WEB_TOTP_TEXT];

	if (!digits_of(code, typed))
		return 0;
	for (int64_t i = step - 1; i <= step + 1; i++) {
		web_totp_code(key, i, WEB_TOTP_DIGITS, right);
		if (cert_secret_equal(bytes_of_str(typed), bytes_of_str(right)) && i > last_step)
			found = i;
	}
	return found;
}

const char *web_base32(struct arena *a, struct bytes b)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *out = arena_alloc(a, b.n * 8 / 5 + 2);
	uint32_t bits = 0;
	size_t held = 0, n = 0;

	for (size_t i = 0; i < b.n; i++) {
		bits = (bits << 8 | b.p[i]) & 0xffff;
		for (held += 8; held >= 5; held -= 5)
			out[n++] = letters[bits >> (held - 5) & 31];
	}
	if (held)
		out[n++] = letters[bits << (5 - held) & 31];
	return out;
}

const char *web_totp_uri(
	struct arena *a, const char *organisation, const char *account, struct bytes key)
{
	AUTO(buf) struct buf b = BUF_INIT(4096);

	buf_add_str(&b, "otpauth://totp/");
	net_add_escaped(&b, organisation);
	buf_add_str(&b, "%3A");
	net_add_escaped(&b, account);
	buf_printf(&b, "?secret=%s&issuer=", web_base32(a, key));
	net_add_escaped(&b, organisation);
	return arena_strdup(a, buf_str(&b));
}

const char *web_recovery_plain(struct arena *a, const char *code)
{
	char *out = arena_alloc(a, 16);
	size_t n = 0;

	for (; code && *code; code++) {
		char c = *code >= 'A' && *code <= 'Z' ? (char)(*code + 32) : *code;

		if (c == ' ' || c == '-')
			continue;
		if (n == 12 || !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return NULL;
		out[n++] = c;
	}
	return n == 12 ? out : NULL;
}
