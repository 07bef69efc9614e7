/* SPDX-License-Identifier: EUPL-1.2 */
/* One call to Apple's device assignment, with its session: renewed once, never in a circle. */
#include "mdm/ade_int.h"

#include "base/log.h"
#include "base/metric.h"
#include "base/random.h"
#include "base/text.h"

#define PROTOCOL "10"
#define REPLY_MOST (16u << 20)
#define ANSWER_S 120

static struct metric calls = METRIC_COUNTER("hylla_ade_calls_total", "calls to device assignment");
static struct metric refused = METRIC_COUNTER(
	"hylla_ade_refused_total", "calls that device assignment did not answer as asked");

unsigned ade_answer_time(const struct mdm *m)
{
	return m->o->ade.answer_time_s ? (unsigned)m->o->ade.answer_time_s : ANSWER_S;
}

static void session_take(struct ade_line *l, const char *token)
{
	if (text_empty(token) || strlen(token) >= sizeof(l->session))
		return;
	text_copy(l->session, sizeof(l->session), token);
}

static int fetch(struct ade_line *l, struct net_ask *ask, struct arena *a, struct net_reply *ret)
{
	int err;

	ask->trust_path = l->m->o->ade.root_path;
	ask->reply_cap = REPLY_MOST;
	ask->total_s = ade_answer_time(l->m);
	metric_add(&calls, 1);
	err = net_fetch(l->net, ask, a, ret);
	if (err)
		return err;
	l->retry_after_s = net_reply_retry_after(ret, l->now);
	/* Every answer may carry a new one. */
	session_take(l, net_reply_header(ret, "X-ADM-Auth-Session"));
	return 0;
}

static enum ade_verdict judge(struct ade_line *l, const char *path, const struct net_reply *r)
{
	enum ade_verdict v = ade_answer_judge(r->status, r->body, l->code);

	if (v == ADE_FINE || v == ADE_EXHAUSTED)
		return v;
	metric_add(&refused, 1);
	log_event(LOG_WARN, "ade.refused", "path=%.*s status=%d code=%s", (int)strcspn(path, "?"),
		path, r->status, l->code);
	return v;
}

static int session_open(struct ade_line *l, struct arena *a, enum ade_verdict *ret)
{
	const char *url = arena_printf(a, "%s/session", l->m->o->ade.url);
	const struct net_header headers[] = {
		{"Authorization",
			ade_oauth_header(&l->token, "GET", url, l->now, random_token(a, 16), a)},
		{"X-Server-Protocol-Version", PROTOCOL},
		{"Content-Type", "application/json;charset=UTF8"},
	};
	struct net_ask ask = {.url = url, .headers = headers, .header_count = 3};
	struct net_reply reply;
	enum ade_verdict v;
	struct doc *d;
	int err;

	l->session[0] = '\0';
	err = fetch(l, &ask, a, &reply);
	if (err)
		return err;
	v = judge(l, "/session", &reply);
	if (v == ADE_FINE && doc_parse(a, reply.body, &d) == 0)
		session_take(l, doc_str(d, "auth_session_token"));
	if (v == ADE_FINE && !l->session[0]) {
		text_copy(l->code, sizeof(l->code), "NO_SESSION");
		v = ADE_LATER;
	}
	/* There is no session to renew: whoever is refused here has a token that is no good. */
	*ret = v == ADE_SESSION || v == ADE_REFUSED ? ADE_TOKEN : v;
	return 0;
}

static int call_once(struct ade_line *l, const struct ade_ask *ask, struct arena *a,
	enum ade_verdict *ret, struct bytes *ret_body)
{
	const struct net_header headers[] = {
		{"X-ADM-Auth-Session", l->session},
		{"X-Server-Protocol-Version", PROTOCOL},
		{"Accept", "application/json"},
	};
	AUTO(buf) struct buf body = BUF_INIT(REPLY_MOST);
	struct net_ask out = {.method = ask->method,
		.url = arena_printf(a, "%s%s", l->m->o->ade.url, ask->path),
		.headers = headers,
		.header_count = 3,
		.content_type = "application/json;charset=UTF8"};
	struct net_reply reply;
	int err;

	if (ask->body)
		doc_format(ask->body, &body);
	out.body = buf_bytes(&body);
	err = fetch(l, &out, a, &reply);
	if (err)
		return err;
	*ret = judge(l, ask->path, &reply);
	*ret_body = reply.body;
	return 0;
}

int ade_call(struct ade_line *l, const struct ade_ask *ask, struct arena *a,
	enum ade_verdict *ret_verdict, struct bytes *ret_body)
{
	bool fresh = !l->session[0];
	enum ade_verdict v = ADE_FINE;
	int err = fresh ? session_open(l, a, &v) : 0;

	if (err == 0 && v == ADE_FINE)
		err = call_once(l, ask, a, &v, ret_body);
	if (err == 0 && v == ADE_SESSION) {
		err = session_open(l, a, &v);
		if (err == 0 && v == ADE_FINE)
			err = call_once(l, ask, a, &v, ret_body);
		if (err == 0 && v == ADE_SESSION) /* once, and no more */
			v = ADE_TOKEN;
	}
	if (err == 0)
		*ret_verdict = v;
	return err;
}
