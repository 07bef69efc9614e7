/* SPDX-License-Identifier: EUPL-1.2 */
/* What every act has in common: one transaction, the unit found in it, refusals kept. */
#include "inventory/inventory_int.h"

#include "base/text.h"
#include "people/people.h"

static int with_unit(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_job *j = arg;
	struct inv_unit u;
	int err = inv_unit_find(txn, a, j->code, &u);

	j->woken = false;
	if (err == ERR_NOTFOUND)
		return refuse(j->r, &inv_say_no_unit, j->code, NULL, NULL);
	if (err == ERR_CONFLICT)
		return refuse(j->r, &inv_say_ambiguous, j->code, NULL, NULL);
	if (err == 0)
		err = j->fn(txn, j, a, &u);
	return refusal_keep(j->r, err);
}

static int without_unit(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct inv_job *j = arg;

	j->woken = false;
	return refusal_keep(j->r, j->fn(txn, j, a, NULL));
}

static int run(struct inv_job *j, store_fn *fn)
{
	int err;

	*j->r = (struct refusal){0};
	err = store_write(j->inv->st, fn, j);
	if (err == 0 && j->woken)
		inv_wake(j->inv);
	return err;
}

int inv_job_unit(struct inv_job *j)
{
	return run(j, with_unit);
}

int inv_job_run(struct inv_job *j)
{
	return run(j, without_unit);
}

int inv_unit_save(struct store_txn *txn, struct inv_job *j, const struct inv_unit *before,
	struct inv_unit *u, const struct inv_event *e, const char *act)
{
	struct inv_event event = *e;
	int err;

	event.at = j->now;
	event.actor = j->who->actor;
	err = inv_history_add(txn, u, &event);
	u->changed_at = j->now;
	if (err == 0)
		err = inv_unit_put(txn, before, u);
	return err || !act ? err : audit_add(txn, j->who, j->now, act, u->serial, NULL);
}

static const struct say holds_identity = {.code = "note.identity",
	.text = {"Texten ser ut att ha ett personnummer. Det som skrivs här läses av fler än de som får "
		 "se låntagaren: ta bort numret, och skriv lånets nummer i stället. Är det ett annat "
		 "nummer, skriv det med mellanslag.",
		"Tekstissä näyttää olevan henkilötunnus. Tämän tekstin lukevat muutkin kuin ne, jotka "
		"saavat nähdä lainaajan: poista tunnus ja kirjoita lainan numero. Jos se on muu "
		"numero, kirjoita se välilyönnein.",
		"The text seems to hold a personnummer. What is written here is read by more people "
		"than may see the borrower: take the number out, and write the loan's number instead. "
		"If it is another number, write it with blanks."}};

static const struct say odd_signs = {.code = "thing.text-odd",
	.text = {"En text har tecken som inte syns: en tabb, ett styrtecken eller något som vänder skrivriktningen. "
		 "Skriv den för hand i stället för att klistra in den.",
		"Tekstissä on merkkejä, joita ei näe: sarkain, ohjausmerkki tai jotain, mikä kääntää "
		"kirjoitussuunnan. Kirjoita se käsin liittämisen sijaan.",
		"A text has characters that are not seen: a tab, a control character or something that turns "
		"the direction of writing. Type it instead of pasting it."}};

int inv_texts_decide(const char *const *texts, size_t n, bool lines, struct refusal *r)
{
	for (size_t i = 0; i < n; i++)
		if (!text_is_shown(texts[i], lines))
			return refuse(r, &odd_signs, NULL, NULL, NULL);
	return 0;
}

int inv_words_decide(const char *text, int64_t now, struct refusal *r)
{
	int err = inv_texts_decide(&text, 1, true, r);

	if (err)
		return err;
	return people_text_has_identity(text, now)
		       ? refuse(r, &holds_identity, NULL, NULL, NULL)
		       : 0;
}
