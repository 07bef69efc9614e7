/* SPDX-License-Identifier: EUPL-1.2 */
/* A lock's code: 128 random bits as people type them, and the hash that Apple is given. */
#include "mdm/ade_int.h"

#include "base/text.h"

#define ROUNDS 50000

/* Five bits a letter; the last letter has the three that are left, in its low bits. */
const char *mdm_activation_code_text(const uint8_t code[MDM_ACTIVATION_CODE], struct arena *a)
{
	static const char letters[] = "0123456789ACDEFGHJKLMNPQRTUVWXYZ"; /* no B, I, O, S */
	static const unsigned dashes[] = {5, 10, 14, 18, 22};
	char *text = arena_alloc(a, 26 + 5 + 1), *to = text;
	unsigned held = 0, bits = 0, n = 0, dash = 0;

	for (unsigned i = 0; i < MDM_ACTIVATION_CODE || bits > 0;) {
		unsigned take;

		if (bits < 5 && i < MDM_ACTIVATION_CODE) {
			held = (held << 8 | code[i++]) & 0xfff;
			bits += 8;
			continue;
		}
		take = bits < 5 ? bits : 5;
		bits -= take;
		if (dash < 5 && n == dashes[dash]) {
			*to++ = '-';
			dash++;
		}
		*to++ = letters[held >> bits & ((1u << take) - 1)];
		n++;
	}
	return text;
}

const char *mdm_activation_hash(const uint8_t code[MDM_ACTIVATION_CODE], struct arena *a)
{
	static const uint8_t salt[4];
	uint8_t hash[32];

	cert_pbkdf2_sha256(
		bytes_of(code, MDM_ACTIVATION_CODE), bytes_of(salt, sizeof(salt)), ROUNDS, hash);
	return text_hex(a, bytes_of(hash, sizeof(hash)));
}
