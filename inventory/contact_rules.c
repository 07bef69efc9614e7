/* SPDX-License-Identifier: EUPL-1.2 */
/* What came of a call about a late loan, and when to call again. Pure. */
#include "inventory/circulation_int.h"

#include "base/text.h"

static const struct {
	const char *name;
	int32_t wait_days; /* before the next call */
	struct say say;
} contacts[INV_CONTACTS] = {
	[INV_CONTACT_REACHED] = {"reached", 3,
		{"contact.reached", {"svarade", "vastasi", "answered"}}},
	[INV_CONTACT_NO_ANSWER] = {"no_answer", 1,
		{"contact.no-answer", {"svarade inte", "ei vastannut", "no answer"}}},
	[INV_CONTACT_MESSAGE] = {"message", 3,
		{"contact.message", {"hälsning lämnad till anhörig", "viesti jätetty omaiselle",
					    "message left with a relative"}}},
	[INV_CONTACT_WRONG] = {"wrong_number", 0,
		{"contact.wrong-number", {"fel nummer", "väärä numero", "wrong number"}}},
	[INV_CONTACT_PROMISED] = {"promised", 1,
		{"contact.promised", {"lovade lämna tillbaka", "lupasi palauttaa",
					     "promised to bring it back"}}},
	[INV_CONTACT_LETTER] = {"letter", 7,
		{"contact.letter", {"påminnelse skickad", "muistutus lähetetty",
					   "reminder sent"}}},
};

static bool is_known(unsigned how)
{
	return how > 0 && how < INV_CONTACTS;
}

const char *inv_contact_name(unsigned how)
{
	return is_known(how) ? contacts[how].name : "unknown";
}

const struct say *inv_contact_say(unsigned how)
{
	return &contacts[is_known(how) ? how : INV_CONTACT_REACHED].say;
}

int inv_contact_parse(const char *s, unsigned *ret)
{
	for (unsigned i = 1; i < INV_CONTACTS; i++) {
		if (!text_equal(s, contacts[i].name))
			continue;
		*ret = i;
		return 0;
	}
	return ERR_BADINPUT;
}

bool inv_contact_meant(const char *const *serials, const char *serial)
{
	for (size_t i = 0; serials && serials[i]; i++) {
		if (text_equal(serials[i], serial))
			return true;
	}
	return !serials;
}

bool inv_line_is_late(const struct inv_loan_line *l, int32_t today)
{
	return inv_line_is_open(l->state) && l->state != INV_LINE_LOST && l->due && l->due < today;
}

int32_t inv_contact_again(const struct inv_loan_line *l)
{
	if (!is_known(l->contact))
		return 0;
	if (l->promised)
		return l->promised + 1;
	return day_of_time(l->contact_at) + contacts[l->contact].wait_days;
}

bool inv_contact_broken(const struct inv_loan_line *l, int32_t today)
{
	return l->promised && l->promised < today;
}

void inv_contact_clear(struct inv_loan_line *l)
{
	l->contact = l->contacts = 0;
	l->contact_at = 0;
	l->contact_by = NULL;
	l->promised = 0;
}
