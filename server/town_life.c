/* SPDX-License-Identifier: EUPL-1.2 */
/* What happens now and then in the demonstration, so that each page has something to show: somebody
 * borrows for longer, says that it was brought back, gets another while hers is mended, waits. */
#include "base/text.h"
#include "server/town_int.h"

#define HOUR_S 3600
#define RENEWED 9
#define WAITING 3

/* The next that is at home with somebody of the library and due within these days. */
static struct thing *lent(struct story *s, size_t *i, int32_t from, int32_t to)
{
	while (*i < s->thing_count) {
		struct thing *t = &s->things[(*i)++];

		/* one that is never brought back is late already, or will be */
		if (t->loan && !t->gone && t->back != TOWN_NEVER && t->back - s->today >= from &&
			t->back - s->today <= to)
			return t;
	}
	return NULL;
}

static int renew_some(struct story *s)
{
	const struct inv_desk_who by = town_desk(s, false);
	size_t i = s->ipad_count;
	int err = 0;

	for (unsigned n = 0; err == 0 && n < RENEWED; n++) {
		const struct thing *t = lent(s, &i, 0, 12);
		struct refusal r = {0};
		struct inv_renewed done;

		if (!t)
			return 0;
		err = town_or_refused(inv_renew(s->inv, &by,
			&(struct inv_renewal){.loan = t->loan}, &r, &done));
	}
	return err;
}

/* "I brought it last week", of one thing; of another loan the agreement does not hold. */
static int claim_and_void(struct story *s)
{
	const struct inv_desk_who by = town_desk(s, false);
	size_t i = s->ipad_count;
	const struct thing *claimed = lent(s, &i, 13, 40), *wrong = lent(s, &i, 13, 40);
	struct refusal r = {0};
	int err = claimed ? town_or_refused(inv_claim(s->inv, &by, claimed->serial, false, &r)) : 0;

	return err == 0 && wrong ? town_void(s, wrong) : err;
}

static struct thing *another(struct story *s, const struct thing *t)
{
	for (size_t i = s->ipad_count; i < s->thing_count; i++) {
		struct thing *x = &s->things[i];

		if (!x->gone && !x->back && text_equal(x->product, t->product))
			return x;
	}
	return NULL;
}

static int swap(struct story *s, const struct thing *t, struct thing *x)
{
	const struct inv_desk_who by = town_desk(s, false);
	const struct inv_act act = {.who = &town_librarian, .code = t->serial, .now = s->now};
	const struct inv_fault f = {.symptom = "Slocknar efter en stund",
		.tried = "Bytt batteri",
		.channel = "desk"};
	const struct inv_out_item item = {.code = x->serial};
	struct inv_out out = {.borrower = s->borrowers[t->borrower],
		.place = "biblioteket",
		.kind = INV_LOAN_SWAP,
		.items = &item,
		.item_count = 1,
		.yes = INV_YES_LIMIT | INV_YES_LATE | INV_YES_HOLD,
		.swap_of = t->loan,
		.swap_serial = t->serial};
	struct inv_out_result res = {0};
	struct refusal r = {0};
	int err = inv_fault_add(s->inv, &act, &f, &r, &out.fault);

	if (err == 0)
		err = inv_check_out(s->inv, &by, &out, &r, &res);
	if (err)
		return town_or_refused(err);
	x->loan = res.loan;
	x->back = TOWN_NEVER;
	x->borrower = t->borrower;
	s->t->loans++;
	return town_sign(s, x);
}

static int swap_one(struct story *s)
{
	size_t i = s->ipad_count + 100;

	for (const struct thing *t; (t = lent(s, &i, 13, 60));) {
		struct thing *x = another(s, t);

		if (x)
			return swap(s, t, x);
	}
	return 0;
}

static int warn_of_one(struct story *s)
{
	const struct inv_notice n = {.title = "GPS-klockans laddare kan bli het",
		.text = "Ladda bara klockan när någon är i rummet. Laddaren byts ut utan kostnad.",
		.source = "Tillverkarens meddelande 2026-14 (påhittat)",
		.product_id = "gps-klocka"};
	struct refusal r = {0};
	uint64_t id;

	return town_or_refused(inv_notice_add(s->inv, &town_librarian, &n, s->now, &r, &id));
}

/* They wait for whichever of a kind comes first: one is to be taken from the shelf. */
static int wait_for_some(struct story *s)
{
	const struct inv_desk_who by = town_desk(s, false);
	int err = 0;

	for (size_t i = 0; err == 0 && i < WAITING; i++) {
		const struct thing *t = &s->things[s->ipad_count + 90 * (i + 1)];
		const struct inv_hold_want want = {.borrower = s->borrowers[s->care + 17 + i * 29],
			.product = t->product,
			.place = "biblioteket"};
		struct refusal r = {0};
		uint64_t id;

		if (want.borrower)
			err = town_or_refused(inv_hold_add(s->inv, &by, &want, &r, &id));
	}
	return err;
}

/* One of what there is several of stands where people try it, and is never lent. */
static int show_one(struct story *s)
{
	struct inv_fields f = INV_FIELDS_NONE;

	f.display = 1;
	for (size_t i = s->ipad_count; i < s->thing_count; i++) {
		struct thing *t = &s->things[i];
		const struct inv_act act = {.who = &town_librarian, .code = t->serial, .now = s->now};
		struct refusal r = {0};

		if (t->gone || t->back || t->loan || t->has_sim)
			continue;
		t->gone = true;
		return town_or_refused(inv_unit_change(s->inv, &act, &f, &r));
	}
	return 0;
}

/* At home with nobody, and not met by another chapter. */
static struct thing *idle(struct story *s, size_t *i)
{
	while (*i < s->thing_count) {
		struct thing *t = &s->things[(*i)++];

		if (!t->gone && !t->back && !t->loan && !t->has_sim)
			return t;
	}
	return NULL;
}

/* One is on its way to where it is wished for, one with whoever mends it. */
static int send_and_mend(struct story *s)
{
	const struct inv_mark repair = {.to = INV_REPAIR, .note = "Sladden glappar"};
	size_t i = s->ipad_count;
	struct thing *sent = idle(s, &i), *mended = idle(s, &i);
	struct inv_act act = {.who = &town_librarian, .now = s->now};
	struct refusal r = {0};
	uint64_t id;
	int err = 0;

	if (sent) {
		act.code = sent->serial;
		sent->gone = true;
		err = inv_transfer_send(s->inv, &act, "bussen", "Önskad där på onsdag", &r, &id);
		if (err == ERR_REFUSED) /* it stands there already */
			err = inv_transfer_send(s->inv, &act, "centrum", NULL, &r, &id);
	}
	if (err == 0 && mended) {
		act.code = mended->serial;
		mended->gone = true;
		err = town_or_refused(inv_mark(s->inv, &act, &repair, &r));
	}
	return err;
}

/* It came back without something that stays behind at home, and was looked at. */
static int come_back_without(struct story *s, struct thing *t)
{
	static const struct inv_in_part part = {.no = 1, .back = 0, .note = "Låg inte i påsen"};
	const struct inv_desk_who by = town_desk(s, false);
	const struct inv_in in = {.code = t->serial,
		.place = "biblioteket",
		.condition = INV_CONDITION_GOOD,
		.parts = &part,
		.part_count = 1,
		.inspected = true,
		.yes = ~0u};
	struct inv_in_result res = {0};
	struct refusal r = {0};

	t->gone = true;
	t->back = 0;
	t->loan = 0;
	return town_or_refused(inv_check_in(s->inv, &by, &in, &r, &res));
}

static int miss_parts(struct story *s)
{
	static const char *const of[] = {"tradlos-ringklocka", "demovaska"};
	int err = 0;

	for (size_t k = 0; err == 0 && k < sizeof(of) / sizeof(of[0]); k++) {
		size_t i = s->ipad_count;
		struct thing *t;

		while ((t = lent(s, &i, 1, 60)) && !text_equal(t->product, of[k]))
			;
		if (t)
			err = come_back_without(s, t);
	}
	return err;
}

int town_rarities(struct story *s)
{
	static int (*const chapters[])(struct story *s) = {
		renew_some, claim_and_void, swap_one, warn_of_one, wait_for_some, show_one, send_and_mend, miss_parts,
		town_silence_some};
	int err = 0;

	s->now = s->cli->now - HOUR_S;
	for (size_t i = 0; err == 0 && i < sizeof(chapters) / sizeof(chapters[0]); i++)
		err = chapters[i](s);
	return err;
}
