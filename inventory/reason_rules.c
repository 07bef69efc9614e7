/* SPDX-License-Identifier: EUPL-1.2 */
/* Why something came back long before its day, or after it: choices without anything of anybody's
 * health. Programs may send words of their own. Pure. */
#include "inventory/circulation_int.h"

#include "base/text.h"

static const struct {
	bool late;
	const char *code;
	struct say say;
} reasons[] = {
	{false, "no-use", {"reason.no-use", {"kom inte till nytta", "ei ollut hyödyksi",
						   "was of no use"}}},
	{false, "not-needed", {"reason.not-needed", {"behövs inte längre", "ei tarvita enää",
							   "is needed no longer"}}},
	{false, "hard", {"reason.hard", {"var svår att använda", "oli vaikea käyttää",
						"was hard to use"}}},
	{false, "bought", {"reason.bought", {"har köpt en egen", "osti oman", "bought one"}}},
	{false, "moved", {"reason.moved", {"har flyttat", "muutti pois", "moved away"}}},
	{true, "forgot", {"reason.forgot", {"hade glömt", "unohti", "had forgotten"}}},
	{true, "away", {"reason.away", {"var bortrest", "oli matkoilla", "was away"}}},
	{true, "transport", {"reason.transport", {"kunde inte ta sig hit", "ei päässyt tänne",
							"could not get here"}}},
	{true, "closed", {"reason.closed", {"det var stängt här", "täällä oli suljettu",
						  "it was closed here"}}},
	{true, "need", {"reason.need", {"behövde den längre", "tarvitsi pidempään",
					       "needed it for longer"}}},
};
#define REASONS (sizeof(reasons) / sizeof(reasons[0]))

const char *inv_reason_at(bool late, size_t i)
{
	for (size_t k = 0; k < REASONS; k++) {
		if (reasons[k].late == late && i-- == 0)
			return reasons[k].code;
	}
	return NULL;
}

const struct say *inv_reason_say(const char *code)
{
	for (size_t k = 0; k < REASONS; k++) {
		if (text_equal(reasons[k].code, code))
			return &reasons[k].say;
	}
	return NULL;
}

bool inv_reason_is_early(int32_t due, int32_t today)
{
	return due && due - today > 14;
}

const char *inv_reason_figure(bool late, const char *said)
{
	for (size_t k = 0; k < REASONS; k++) {
		if (reasons[k].late == late && text_equal(reasons[k].code, said))
			return reasons[k].code;
	}
	return text_empty(said) ? "none" : "other";
}
