/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The queue against a model of it: thousands of random acts by people, clock and iPad, and after
 * each what must always hold. The seed is fixed; HYLLA_SEED tries another.
 */
#include "tests/unit/mdm/queue.h"

#define MOST 4000

struct one {
	const char *uuid;
	enum mdm_request request;
	bool live, put_off_now;
};

static struct model {
	struct one all[MOST];
	size_t n;
	const char *out; /* handed out, no answer yet */
	bool in_session;
	bool last_not_now; /* the iPad's last word */
	uint64_t seed;
	size_t sessions, handed, done;
} model;

static unsigned roll(unsigned n)
{
	model.seed = model.seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(model.seed >> 33) % n;
}

static struct one *one_find(const char *uuid)
{
	for (size_t i = 0; i < model.n; i++)
		if (strcmp(model.all[i].uuid, uuid) == 0)
			return &model.all[i];
	return NULL;
}

static size_t live_count(void)
{
	size_t n = 0;

	for (size_t i = 0; i < model.n; i++)
		n += model.all[i].live;
	return n;
}

/* The first that the iPad has not put off in this session. */
static struct one *expected(void)
{
	for (size_t i = 0; i < model.n; i++)
		if (model.all[i].live && !model.all[i].put_off_now)
			return &model.all[i];
	return NULL;
}

static void next_check(void)
{
	struct one *e = expected();

	model.out = NULL;
	if (q.next.n == 0) {
		cr_assert_null(e, "the session ended before %s", e ? e->uuid : "");
		model.in_session = false;
		if (live_count() == 0)
			cr_assert_not(q_wished(NULL), "nothing waits, yet it would be woken");
		else if (!model.last_not_now)
			cr_assert(q_wished(NULL), "something waits, and nobody would wake it");
		return;
	}
	model.out = q_next_uuid();
	cr_assert(e, "%s was handed out again", model.out);
	cr_assert_str_eq(model.out, e->uuid, "out of order");
	model.handed++;
}

static void do_add(void)
{
	static const enum mdm_request kinds[] = {MDM_PROFILE_LIST, MDM_CERTIFICATE_LIST,
		MDM_SECURITY_INFO, MDM_REMOVE_PROFILE, MDM_INSTALL_PROFILE, MDM_DEVICE_INFORMATION};
	struct one *o = &model.all[model.n];

	if (model.n == MOST || live_count() > 12)
		return;
	*o = (struct one){.request = kinds[roll(6)], .live = true};
	o->uuid = q_add(o->request);
	model.n++;
}

static void do_cancel(void)
{
	struct one *o = model.n ? &model.all[roll((unsigned)model.n)] : NULL;
	int err = o ? q_cancel(o->uuid) : 0;

	if (!o)
		return;
	cr_assert_eq(err, o->live ? 0 : ERR_REFUSED);
	o->live = false;
}

static void do_poll(void)
{
	for (size_t i = 0; i < model.n; i++)
		model.all[i].put_off_now = false;
	model.in_session = true;
	model.last_not_now = false;
	model.sessions++;
	/* what stands owed at the end is then owed anew */
	if (roll(2))
		q_withdraw();
	q_poll();
	next_check();
}

static void do_answer(void)
{
	static const char *const words[] = {
		"Acknowledged", "Acknowledged", "Error", "CommandFormatError", "NotNow", "NotNow"};
	struct one *o = model.out ? one_find(model.out) : NULL;
	const char *word = words[roll(6)];

	if (!o)
		return;
	model.last_not_now = strcmp(word, "NotNow") == 0;
	if (model.last_not_now && o->live) {
		o->put_off_now = true;
	} else if (!model.last_not_now) {
		model.done += o->live;
		o->live = false;
	}
	q_answer(o->uuid, word, NULL);
	next_check();
}

/* The answer came, but ours was lost: the iPad says it again. Or a wreck comes. */
static void do_odd(void)
{
	struct one *o = model.out ? one_find(model.out) : NULL;

	if (o && o->live && roll(2)) {
		o->live = false;
		model.last_not_now = false;
		model.done++;
		cr_assert_eq(q_send("wreck"), 0);
		next_check();
		return;
	}
	o = model.in_session && model.n ? &model.all[roll((unsigned)model.n)] : NULL;
	if (!o || o->live)
		return;
	model.last_not_now = false;
	q_answer(o->uuid, "Acknowledged", NULL);
	next_check();
}

static void do_restart(void)
{
	mdm_close(house.m);
	house_mdm(NULL);
	model.out = NULL;
	model.in_session = false;
}

static void line_check(void)
{
	struct q_list l = q_line();
	size_t at = 0;

	cr_assert_eq(l.n, live_count());
	for (size_t i = 0; i < model.n; i++)
		if (model.all[i].live)
			cr_assert_str_eq(l.c[at++].uuid, model.all[i].uuid);
}

Test(model, the_line_keeps_its_promises, .timeout = 300)
{
	const char *seed = getenv("HYLLA_SEED");
	size_t rounds = 3000;

	model.seed = seed ? strtoull(seed, NULL, 10) : 4711;
	q_open();
	for (size_t i = 0; i < rounds; i++) {
		unsigned what = roll(100);

		q.now += roll(60);
		if (what < 25)
			do_add();
		else if (what < 29)
			do_cancel();
		else if (what < 45 && !model.out)
			do_poll();
		else if (what < 92)
			do_answer();
		else if (what < 98)
			do_odd();
		else if (what == 98)
			cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
		else
			do_restart();
		if (i % 50 == 0)
			line_check();
		if (i % 500 == 0)
			q_check();
	}
	/* The line always advances: an iPad that says yes to everything empties it. */
	model.last_not_now = false;
	q_obey();
	cr_assert_eq(q_line().n, 0);
	cr_assert_not(q_wished(NULL));
	q_check();
	cr_assert_gt(model.sessions, 150);
	cr_assert_gt(model.handed, 400);
	cr_assert_gt(model.done, 200);
	house_close();
}
