/* SPDX-License-Identifier: EUPL-1.2 */
/* A session: Idle, commands and their results, until the server has nothing more. */
#include "tests/fake/ipad_int.h"

#define COMMANDS_MAX 1000

uint64_t ipad_hash(const char *uuid)
{
	uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */

	for (; *uuid; uuid++)
		h = (h ^ (uint8_t)*uuid) * 0x100000001b3u;
	return h ? h : 1;
}

/* The server has taken a result: the command must not come again. */
static void result_taken(struct ipad *p)
{
	p->state.result_owed = false;
	buf_reset(&p->owed);
	if (p->answered && !p->answered_not_now)
		p->done_seen[p->done_n++ % IPAD_SEEN] = p->answered;
	p->state.poll_owed = p->answered_not_now;
	p->answered = 0;
}

/* Kept until the server takes it. */
static void result_keep(struct ipad *p, struct bytes body)
{
	struct buf copy = BUF_INIT(p->owed.limit);

	buf_add_bytes(&copy, body); /* `body` may be what p->owed holds */
	buf_release(&p->owed);
	p->owed = copy;
	p->state.result_owed = true;
}

/* Sends one message of the session; `ret` is the server's next word. */
static int say(
	struct ipad *p, struct arena *a, struct bytes body, bool result, struct ipad_reply *ret)
{
	int err = ipad_message(p, a, false, body, ret);
	bool gone = p->after == AFTER_ERASE;

	if (!err && result)
		result_taken(p);
	else if (!err)
		p->state.poll_owed = false; /* NotNow is no longer the last thing it said */
	else if (result && err != ERR_STRANGER && !gone)
		result_keep(p, body);
	ipad_settle(p);
	return err;
}

/* Two arenas take turns: an answer is made from the message before it. */
static int converse(struct ipad *p, struct arena *arenas[2])
{
	bool result = p->state.result_owed;
	struct bytes body =
		result ? arena_bytes(arenas[0], buf_bytes(&p->owed)) : ipad_body_idle(p, arenas[0]);

	for (unsigned i = 0; i < COMMANDS_MAX; i++) {
		struct arena *a = arenas[i % 2];
		struct ipad_reply reply = {0};
		int err = say(p, a, body, result, &reply);

		if (err || !p->state.enrolled || !p->state.on)
			return err;
		if (reply.body.n == 0)
			return 0;
		arena_reset(arenas[(i + 1) % 2]);
		err = ipad_answer(p, arenas[(i + 1) % 2], reply.body, &body);
		if (err)
			return err;
		result = true;
	}
	ipad_violation(p, "the session does not end");
	return 0;
}

int ipad_wake(struct ipad *p)
{
	struct arena *arenas[2];
	int err;

	if (!p->state.on)
		return ERR_BUSY;
	if (!p->state.enrolled)
		return ERR_STRANGER;
	p->counters.sessions++;
	p->not_now_n = 0;
	arenas[0] = arena_new();
	arenas[1] = arena_new();
	err = converse(p, arenas);
	if (!err)
		err = ipad_chores(p);
	arena_free(arenas[0]);
	arena_free(arenas[1]);
	if (!p->o.keep_open)
		ipad_hang_up(p);
	return err;
}

int ipad_push(struct ipad *p, const char *magic)
{
	if (!p->state.on || !p->state.enrolled || strcmp(magic, p->state.magic) != 0) {
		p->counters.strange_pushes++;
		return 0;
	}
	p->counters.pushes++;
	return ipad_wake(p);
}

bool ipad_has_work(const struct ipad *p)
{
	const struct ipad_state *s = &p->state;

	if (!s->on)
		return false;
	return s->token_owed || s->returns || s->result_owed || (s->poll_owed && !s->locked);
}

/* Return to Service: the profile that came with the erase, else where it enrolled before. */
static int return_to_service(struct ipad *p)
{
	AUTO(buf) struct buf profile = p->return_profile;
	int err;

	p->state.returns = false;
	p->return_profile = (struct buf)BUF_INIT(profile.limit);
	if (profile.n > 0)
		err = ipad_enrol_profile(p, buf_bytes(&profile));
	else
		err = ipad_restart_setup(p, NULL);
	if (err && !p->state.token_owed) {
		buf_add_bytes(&p->return_profile, buf_bytes(&profile));
		p->state.returns = err == ERR_NET || err == ERR_TIMEOUT;
	}
	return err;
}

int ipad_work(struct ipad *p)
{
	if (!ipad_has_work(p))
		return 0;
	if (p->state.token_owed)
		return ipad_enrol_finish(p);
	if (p->state.returns)
		return return_to_service(p);
	return ipad_wake(p);
}
