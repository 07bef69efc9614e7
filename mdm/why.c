/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/queue_int.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/when.h"

/* A push goes out within a second where nothing is wrong. */
#define PUSH_SLOW_S 15

struct look {
	struct mdm *m;
	struct store_txn *txn;
	struct arena *a;
	const struct mdm_command *c;
	enum say_lang lang;
	int64_t now;
	bool first; /* of the line: do not look further ahead */
	/* found */
	struct mdm_enrollment e;
	bool enrolled;
	struct mdm_line_state s; /* its lock: of the command itself */
	struct mdm_why_facts f;
	struct mdm_command ahead;
	struct apns_wish wish;
	int64_t handed_at;
};

static int optional(int err, bool *ret)
{
	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int hold_find(struct look *l)
{
	struct mdm_line_view view = {.now = l->now};
	struct cert_identity id;
	bool known;
	int err = optional(mdm_enrollment_get(l->txn, l->a, l->c->udid, &l->e), &l->enrolled);

	if (err || !l->enrolled)
		return err;
	view.e = &l->e;
	err = optional(cert_identity_get(l->txn, l->a, l->e.identity, &id), &known);
	view.identity_expired = known && id.not_after < l->now;
	if (err == 0)
		err = mdm_line_state_get(l->txn, l->a, &view, &l->s);
	if (err == 0)
		err = mdm_erase_look(l->txn, l->a, &l->e, l->c, &l->s);
	if (err)
		return err;
	l->f.hold = mdm_hold_decide(l->c, mdm_command_row(l->c), &l->s);
	l->f.no_token = l->e.push_token.n == 0;
	return 0;
}

/* The first of the line that may run, if it is another one. */
static int ahead_find(struct look *l)
{
	AUTO(mdm_line_walk) struct mdm_line_walk w = {0};
	int err = mdm_line_walk_init(&w, l->txn, l->c->udid);

	while (err == 0) {

		err = mdm_line_walk_next(&w, l->a, &l->ahead);
		if (err == 0 && text_equal(l->ahead.uuid, l->c->uuid))
			return 0;
		if (err == 0)
			err = mdm_erase_look(l->txn, l->a, &l->e, &l->ahead, &l->s);
		if (err == 0 && mdm_hold_decide(&l->ahead, mdm_command_row(&l->ahead), &l->s) ==
					MDM_HOLD_NONE) {
			l->f.behind = true;
			return 0;
		}
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int push_find(struct look *l)
{
	struct cert_push cert;
	bool have;
	int err = optional(cert_push_get(l->m->certs, l->txn, l->a, false, &cert), &have);

	l->f.no_push_cert = !have;
	if (err == 0)
		err = optional(apns_wish_get(l->txn, l->a, l->c->udid, &l->wish), &l->f.wished);
	if (err || !l->f.wished)
		return err;
	l->f.pushed = l->wish.sent_at != 0;
	l->f.overdue = l->wish.due_at && l->now - l->wish.due_at > PUSH_SLOW_S;
	l->f.verdict = l->wish.verdict;
	/* One that was not sent since Apple refused our certificate waits for another one too. */
	if (have && cert.refused && (!l->f.pushed || l->f.overdue)) {
		l->f.verdict = APNS_BAD_CERT;
		l->wish.reason = cert.refused;
	}
	return 0;
}

static void handed_find(struct look *l)
{
	char uuid[MDM_UUID];
	int64_t at;

	l->handed_at = l->c->handed_at;
	if (mdm_handed_get(l->m->line, l->c->udid, uuid, &at) && text_equal(uuid, l->c->uuid))
		l->handed_at = at;
	/* a NotNow since then was its answer */
	l->f.handed = l->handed_at > 0 && l->handed_at > l->c->put_off_at;
}

static int waiting_find(struct look *l)
{
	int err;

	l->f.hold = MDM_HOLD_NOT_ENROLLED;
	l->f.put_off = l->c->put_off_count > 0;
	handed_find(l);
	err = hold_find(l);
	if (err == 0 && l->enrolled && !l->first)
		err = ahead_find(l);
	return err ? err : push_find(l);
}

/* --- the sentence --- */

static int why(struct look *l, const char **ret);

static int ahead_why(struct look *l, const char **ret)
{
	struct look inner = {.m = l->m,
		.txn = l->txn,
		.a = l->a,
		.c = &l->ahead,
		.lang = l->lang,
		.now = l->now,
		.first = true};

	return why(&inner, ret);
}

static const char *when(struct look *l, int64_t t)
{
	return t > 0 ? when_text(l->a, l->lang, t, l->now) : "–";
}

static int seen_when(struct look *l, const char **ret)
{
	int64_t t = 0;
	int err = mdm_seen_get(l->m, l->txn, l->c->udid, &t);

	if (err == 0)
		*ret = when(l, t);
	return err;
}

static int arg_find(struct look *l, enum mdm_why_arg arg, const char **ret)
{
	switch (arg) {
	case MDM_WHY_DONE_AT:
		*ret = when(l, l->c->done_at);
		return 0;
	case MDM_WHY_ERROR:
		*ret = l->c->error ? l->c->error : "?";
		return 0;
	case MDM_WHY_BY:
		*ret = l->c->error ? l->c->error : "?";
		return 0;
	case MDM_WHY_EXPIRES_AT:
		*ret = when(l, l->c->expires_at);
		return 0;
	case MDM_WHY_AHEAD:
		*ret = l->ahead.request_type;
		return 0;
	case MDM_WHY_AHEAD_WHY:
		return ahead_why(l, ret);
	case MDM_WHY_PUT_OFF_AT:
		*ret = when(l, l->c->put_off_at);
		return 0;
	case MDM_WHY_DUE_AT:
		*ret = when(l, l->wish.due_at);
		return 0;
	case MDM_WHY_SENT_AT:
		*ret = when(l, l->wish.sent_at);
		return 0;
	case MDM_WHY_SEEN_AT:
		return seen_when(l, ret);
	case MDM_WHY_REASON:
		*ret = l->wish.reason ? l->wish.reason : "?";
		return 0;
	case MDM_WHY_HANDED_AT:
		*ret = when(l, l->handed_at);
		return 0;
	default:
		return 0;
	}
}

static int why(struct look *l, const char **ret)
{
	AUTO(buf) struct buf b = BUF_INIT(8192);
	const struct mdm_why *y;
	const char *args[SAY_ARGS] = {NULL};
	int err = 0;

	l->f.state = l->c->state;
	l->f.unreadable = l->c->answer_unreadable;
	l->f.was_out = mdm_command_was_out(l->c);
	l->f.by_server = text_equal(l->c->error, "server");
	if (l->c->state == MDM_QUEUED)
		err = waiting_find(l);
	if (err)
		return err;
	y = mdm_why_decide(&l->f);
	for (size_t i = 0; i < SAY_ARGS && err == 0; i++)
		err = arg_find(l, y->arg[i], &args[i]);
	if (err)
		return err;
	say_format(&b, l->lang, &y->say, args);
	*ret = arena_strdup(l->a, buf_str(&b));
	return 0;
}

int mdm_command_why(struct mdm *m, struct store_txn *txn, struct arena *a,
	const struct mdm_command *c, enum say_lang lang, int64_t now, const char **ret)
{
	struct look l = {.m = m, .txn = txn, .a = a, .c = c, .lang = lang, .now = now};

	return why(&l, ret);
}
