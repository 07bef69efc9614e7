/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/fake/office.h"
#include "tests/fake/fleet.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <unistd.h>

#define URL "https://mdm.example.se/enrol"
#define COUNT 12

static atomic_uint enrolled_events;

static void told(
	void *ctx, unsigned index, struct ipad *p, enum ipad_event event, const char *detail)
{
	if (event == IPAD_EV_ENROLLED)
		atomic_fetch_add(&enrolled_events, 1);
}

static void third_is_plain(void *ctx, unsigned index, struct ipad_model *m)
{
	m->supervised = index != 3;
}

struct seen {
	uint8_t token[IPAD_TOKEN];
	char magic[40];
	bool supervised;
	uint64_t sessions;
};

static void look(struct ipad *p, void *arg)
{
	struct seen *s = arg;

	memcpy(s->token, ipad_state(p)->token, IPAD_TOKEN);
	text_copy(s->magic, sizeof(s->magic), ipad_state(p)->magic);
	s->supervised = ipad_model(p)->supervised;
	s->sessions = ipad_counters(p)->sessions;
}

static void lock(struct ipad *p, void *arg)
{
	ipad_lock(p);
}

static void unlock(struct ipad *p, void *arg)
{
	ipad_unlock(p);
}

static int someone_sets_it_up(void *ctx, unsigned index, struct ipad *p)
{
	(void)ctx;
	(void)index;
	return ipad_restart_setup(p, URL);
}

static struct fleet *made_with(struct office *o, bool comes_back)
{
	struct fleet_options options = {
		.count = COUNT,
		.first_number = 100,
		.workers = 3,
		.keys = 2,
		.ipad = {.transport = &o->transport},
		.model = third_is_plain,
		.tell = told,
		.set_up = comes_back ? someone_sets_it_up : NULL,
	};
	struct fleet *f;

	office_open(o);
	f = fleet_new(&options);
	fleet_enrol_all(f, URL);
	cr_assert(fleet_wait(f, 60000));
	return f;
}

static struct fleet *made(struct office *o)
{
	return made_with(o, false);
}

Test(fleet, enrols_and_is_woken_by_token)
{
	struct office o = {0};
	struct fleet *f = made(&o);
	struct ipad_counters sum;
	struct seen s;
	unsigned at = 0;

	cr_assert_eq(fleet_enrolled(f), COUNT);
	cr_assert_eq(atomic_load(&enrolled_events), COUNT);
	fleet_with(f, 3, look, &s);
	cr_assert(!s.supervised);
	fleet_with(f, 4, look, &s);
	cr_assert(s.supervised);
	cr_assert_eq(fleet_push(f, bytes_of(s.token, IPAD_TOKEN), s.magic), 0);
	cr_assert(fleet_wait(f, 120000));
	fleet_with(f, 4, look, &s);
	cr_assert_eq(s.sessions, 1);
	s.token[20] ^= 1;
	cr_assert_eq(fleet_push(f, bytes_of(s.token, IPAD_TOKEN), s.magic), ERR_NOTFOUND);
	cr_assert_eq(fleet_push(f, bytes_of_str("short"), s.magic), ERR_NOTFOUND);
	s.token[4] = 0xff;
	cr_assert_eq(fleet_push(f, bytes_of(s.token, IPAD_TOKEN), s.magic), ERR_NOTFOUND);
	fleet_totals(f, &sum);
	cr_assert_eq(sum.token_updates, COUNT);
	cr_assert_eq(sum.pushes, 1);
	cr_assert_eq(fleet_find(f, "DMPX000105Q1", &at), 0);
	cr_assert_eq(at, 5);
	cr_assert_eq(fleet_find(f, "nobody", &at), ERR_NOTFOUND);
	fleet_free(f);
	office_close(&o);
}

Test(fleet, an_old_token_is_gone_after_an_erase)
{
	struct office o = {0};
	struct fleet *f = made(&o);
	struct seen before, after;

	fleet_with(f, 1, look, &before);
	office_add(&o, "EraseDevice", "");
	fleet_wake(f, 1);
	cr_assert(fleet_wait(f, 120000));
	cr_assert_eq(fleet_enrolled(f), COUNT - 1);
	fleet_enrol(f, 1, URL);
	cr_assert(fleet_wait(f, 120000));
	cr_assert_eq(fleet_enrolled(f), COUNT);
	fleet_with(f, 1, look, &after);
	cr_assert_eq(fleet_push(f, bytes_of(before.token, IPAD_TOKEN), before.magic), ERR_NOTFOUND);
	cr_assert_eq(fleet_push(f, bytes_of(after.token, IPAD_TOKEN), after.magic), 0);
	cr_assert(fleet_wait(f, 120000));
	fleet_free(f);
	office_close(&o);
}

/* Set up again by someone, a moment after the erase. */
Test(fleet, comes_back_after_an_erase)
{
	struct office o = {0};
	struct fleet *f;
	unsigned tries = 0;

	f = made_with(&o, true);
	office_add(&o, "EraseDevice", "");
	fleet_wake(f, 1);
	cr_assert(fleet_wait(f, 120000));
	while (fleet_enrolled(f) < COUNT && tries++ < 1200)
		usleep(100000);
	cr_assert_eq(fleet_enrolled(f), COUNT);
	cr_assert_eq(atomic_load(&enrolled_events), COUNT + 1);
	fleet_free(f);
	office_close(&o);
}

Test(fleet, works_by_itself)
{
	struct office o = {0};
	struct fleet *f = made(&o);
	struct seen s;

	fleet_with(f, 2, lock, NULL);
	office_add(&o, "SecurityInfo", "");
	fleet_wake(f, 2);
	cr_assert(fleet_wait(f, 120000));
	fleet_with(f, 2, look, &s);
	cr_assert_eq(s.sessions, 1);
	fleet_with(f, 2, unlock, NULL);
	cr_assert(fleet_wait(f, 120000));
	fleet_with(f, 2, look, &s);
	cr_assert_eq(s.sessions, 2, "it calls again after NotNow");
	fleet_free(f);
	office_close(&o);
}
