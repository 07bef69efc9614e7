/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/town_int.h"

#include "base/day.h"
#include "base/text.h"

const struct audit_who town_konsulent = {.actor = "konsulent", .via = "demo"};
const struct audit_who town_librarian = {.actor = "bibliotek", .via = "demo"};

/* The same town each time: a small generator of Marsaglia's, never for secrets. */
uint32_t town_dice(struct story *s, uint32_t sides)
{
	s->seed ^= s->seed << 13;
	s->seed ^= s->seed >> 17;
	s->seed ^= s->seed << 5;
	return s->seed % sides;
}

/* A rule's no is part of life here; all else ends the story. */
int town_or_refused(int err)
{
	return err == ERR_REFUSED || err == ERR_EXISTS ? 0 : err;
}

struct inv_desk_who town_desk(struct story *s, bool care)
{
	/* a desk of its own: nobody is offered to undo what they have not done */
	return (struct inv_desk_who){.who = care ? &town_konsulent : &town_librarian,
		.desk = "demo",
		.zones = care ? PEOPLE_CARE : PEOPLE_LIBRARY,
		.now = s->now};
}

/* A free thing of the asked kind, or NULL. The simulated iPads wait for the last month. */
static struct thing *pick(struct story *s, bool ipad)
{
	size_t from = ipad ? 0 : s->ipad_count;
	size_t n = (ipad ? s->ipad_count : s->thing_count) - from;

	for (unsigned tries = 0; n && tries < 40; tries++) {
		size_t i = from + town_dice(s, (uint32_t)n);
		struct thing *t = &s->things[i];

		if (t->gone || t->back || t->from > day_of_time(s->now))
			continue;
		if (ipad && i + 1 < s->ask->alive)
			continue;
		return t;
	}
	return NULL;
}

/* Most bring it back a few days before the last one, some are late; after reminders and calls the
 * rest is found in a drawer, or is told to be gone. */
static int32_t fate(struct story *s, struct thing *t, int32_t due)
{
	static const char *const late_reasons[] = {"forgot", "away", "transport", "forgot", "need"};
	uint32_t x = town_dice(s, 100);

	t->will_be_lost = !t->ipad && x == 0;
	t->late_reason = x % 4 ? late_reasons[x % 5] : NULL;
	if (t->ipad)
		return x < 8 ? day_of_time(s->now) + 40 + (int32_t)town_dice(s, 400) : TOWN_NEVER;
	if (x < 3)
		return due + 30 + (int32_t)town_dice(s, 60);
	if (x < 14)
		return due + 1 + (int32_t)town_dice(s, 25);
	return due - (int32_t)town_dice(s, 20);
}

/* Few things at a time, as people carry home; what stays out till today is signed for. */
#define BUNDLE 3
#define GIVEN_UP_DAYS 60

static bool stays(const struct story *s, const struct thing *t)
{
	return t->back > s->today - 10;
}

/* They left on one loan. */
static int gone_home(struct story *s, struct thing *const t[], size_t n,
	const struct inv_out_result *res)
{
	bool sign = false;

	for (size_t i = 0; i < n; i++) {
		t[i]->back = fate(s, t[i], res->item_due[i]);
		t[i]->loan = res->loan;
		t[i]->is_signed = false;
		sign |= stays(s, t[i]);
	}
	s->t->loans++;
	return sign ? town_sign(s, t[0]) : 0;
}

static int lend(struct story *s, struct thing *const t[], size_t n, size_t borrower,
	const char *place)
{
	const struct inv_desk_who by = town_desk(s, t[0]->ipad);
	struct inv_out_item items[BUNDLE] = {0};
	const struct inv_out out = {.borrower = s->borrowers[borrower],
		.place = place,
		.items = items,
		.item_count = n};
	struct inv_out_result res = {0};
	struct refusal r = {0};
	int err;

	for (size_t i = 0; i < n; i++) {
		items[i].code = t[i]->serial;
		t[i]->borrower = borrower;
	}
	if (!s->borrowers[borrower])
		return 0;
	err = inv_check_out(s->inv, &by, &out, &r, &res);
	return err ? town_or_refused(err) : gone_home(s, t, n, &res);
}

static int take_back(struct story *s, struct thing *t)
{
	const struct inv_desk_who by = town_desk(s, t->ipad);
	struct inv_in in = {.code = t->serial,
		.place = t->ipad ? "centrum" : "biblioteket",
		.early_reason = t->ipad ? "no-use" : NULL,
		.late_reason = t->late_reason,
		.condition = INV_CONDITION_GOOD,
		.inspected = day_of_time(s->now) < s->today - 3,
		.yes = ~0u};
	struct inv_in_result res = {0};
	struct refusal r = {0};
	int err = inv_check_in(s->inv, &by, &in, &r, &res);

	t->back = 0;
	t->loan = 0;
	t->gone = err != 0 || !in.inspected;
	return town_or_refused(err);
}

/* A few never come back: some are reported lost, an iPad or two stolen. */
int town_lose(struct story *s, struct thing *t, bool stolen)
{
	static const struct inv_mark words = {
		.message = "Den här plattan är borttappad. Ring oss, så hämtar vi den.",
		.phone = "031-390 06 00"};
	const struct inv_desk_who by = town_desk(s, t->ipad);
	struct refusal r = {0};
	int err = town_sign(s, t);

	t->gone = true;
	return err ? err : town_or_refused(inv_loan_lost(s->inv, &by, t->serial, stolen, &words, &r));
}

/* What was told to be gone has not been found, and is not looked for any more. */
static int give_up(struct story *s, struct thing *t)
{
	const struct inv_desk_who by = town_desk(s, false);
	struct refusal r = {0};

	t->given_up = 0;
	return town_or_refused(
		inv_write_off(s->inv, &by, t->serial, "Har inte kommit till rätta", &r));
}

static int returns_of_day(struct story *s, int32_t day)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < s->thing_count; i++) {
		struct thing *t = &s->things[i];

		if (t->given_up && t->given_up <= day)
			err = give_up(s, t);
		if (err || t->gone || !t->back || t->back > day) /* it may have been a Sunday */
			continue;
		s->now += 300;
		t->given_up = t->will_be_lost ? day + GIVEN_UP_DAYS : 0;
		err = t->will_be_lost ? town_lose(s, t, false) : take_back(s, t);
	}
	return err;
}

static int lend_some(struct story *s, size_t who, const char *place)
{
	struct thing *t[BUNDLE];
	size_t want = town_dice(s, 5) ? 1 : 2 + town_dice(s, BUNDLE - 1), n = 0;

	for (size_t i = 0; i < want; i++) {
		struct thing *x = pick(s, false);

		/* one of a kind is enough */
		for (size_t k = 0; x && k < n; k++)
			x = text_equal(x->product, t[k]->product) ? NULL : x;
		if (x)
			t[n++] = x;
	}
	return n ? lend(s, t, n, who, place) : 0;
}

/* Borrowed again by those who come; each iPad goes to somebody who has none yet. */
static int loans_of_day(struct story *s, size_t *next_care)
{
	static const char *const places[] = {"biblioteket", "centrum", "biblioteket", "bussen"};
	uint32_t comers = 2 + town_dice(s, 5);
	struct thing *t;
	int err = 0;

	for (uint32_t i = 0; err == 0 && i < comers; i++) {
		size_t who = s->care + town_dice(s, (uint32_t)(TOWN_READER - s->care));

		s->now += 400;
		err = lend_some(s, who, places[town_dice(s, 4)]);
	}
	t = town_dice(s, 100) < 62 ? pick(s, true) : NULL;
	s->now += 600;
	if (err == 0 && t && *next_care < s->care - 10)
		err = lend(s, &t, 1, (*next_care)++, "centrum");
	return err;
}

int town_two_years(struct story *s, size_t *next_care)
{
	int err = 0;

	for (int32_t day = s->first + 14; err == 0 && day < s->today; day++) {
		if (!inv_usually_open(day))
			continue;
		s->now = day_start(day) + TOWN_OPENS_S;
		arena_reset(s->day_arena);
		err = returns_of_day(s, day);
		if (err == 0)
			err = loans_of_day(s, next_care);
		if (err == 0 && day % 97 == 0) {
			struct thing *t = &s->things[town_dice(s, (uint32_t)s->thing_count)];

			if (t->back && !t->gone && (!t->ipad || t > s->things + s->ask->alive))
				err = town_lose(s, t, t->ipad);
		}
	}
	return err;
}

int town_lend_the_alive(struct story *s, size_t *next_care)
{
	int err = 0;

	for (size_t i = s->ask->alive / 3; err == 0 && i + 3 < s->ask->alive; i++) {
		struct thing *t = &s->things[i];
		int32_t day = s->today - 1 - (int32_t)i * 2;

		while (!inv_usually_open(day))
			day--;
		s->now = day_start(day) + TOWN_OPENS_S + 5400;
		err = lend(s, &t, 1, (*next_care)++, "centrum");
	}
	return err;
}
