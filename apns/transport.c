/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/transport_int.h"
#include "base/clock.h"

#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#define OUT_BYTES 65536
#define IN_BYTES 65536
/* Reads in one step, so that a talkative server cannot keep us from sending. */
#define READS 32
/* How long to send nothing after a stream was refused though there should have been room. */
#define REFUSED_WAIT_US 250000

struct transport {
	struct tls *tls;
	nghttp2_session *session;
	enum transport_state state;
	unsigned streams;
	struct apns_timing timing;
	struct apns_list flight; /* oldest first */
	struct apns_list *done;
	bool up; /* TLS stands; open from the other side's SETTINGS on, which tell its limit */
	bool going_away;
	bool more_in; /* stopped reading with more to come */
	bool pinged;
	bool leaving; /* all pushes have been given back */
	int64_t now_us, heard_us, ping_us, hold_until_us;
	const char *why;
	char goaway[APNS_REASON_MAX];
	char authority[300];
	char expiration[24];
	size_t out_n, out_at;
	uint8_t out[OUT_BYTES];
	uint8_t in[IN_BYTES];
};

static int64_t us_of_ms(int ms)
{
	return (int64_t)ms * 1000;
}

/* --- coming back --- */

static void push_return(struct transport *t, struct apns_push *p, enum apns_fate fate)
{
	apns_list_remove(&t->flight, p);
	p->fate = fate;
	apns_list_add(t->done, p);
}

/* The connection is over: of what is in flight nobody knows whether Apple took it. */
static void transport_close(struct transport *t, const char *why)
{
	if (t->state == TRANSPORT_CLOSED)
		return;
	t->state = TRANSPORT_CLOSED;
	t->why = why;
	while (t->flight.first) {
		t->flight.first->answer = (struct apns_answer){.status = 0};
		push_return(t, t->flight.first, APNS_ANSWERED);
	}
}

/* --- what nghttp2 tells --- */

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
	size_t name_n, const uint8_t *value, size_t value_n, uint8_t flags, void *arg)
{
	struct apns_push *p;

	if (name_n == 7 && memcmp(name, ":status", 7) == 0) {
		p = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
		if (p)
			p->answer.status = (int)apns_retry_after_parse(bytes_of(value, value_n));
	} else if (name_n == 11 && memcmp(name, "retry-after", 11) == 0) {
		p = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
		if (p)
			p->answer.retry_after_s = apns_retry_after_parse(bytes_of(value, value_n));
	}
	return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t stream_id, const uint8_t *data,
	size_t n, void *arg)
{
	struct apns_push *p = nghttp2_session_get_stream_user_data(session, stream_id);

	if (!p)
		return 0;
	if (n > sizeof(p->body) - p->body_n)
		n = sizeof(p->body) - p->body_n;
	memcpy(p->body + p->body_n, data, n);
	p->body_n = (uint16_t)(p->body_n + n);
	return 0;
}

static int on_stream_close(nghttp2_session *session, int32_t stream_id, uint32_t error, void *arg)
{
	struct apns_push *p = nghttp2_session_get_stream_user_data(session, stream_id);
	struct transport *t = arg;

	if (!p || t->leaving)
		return 0;
	if (error == NGHTTP2_REFUSED_STREAM && p->answer.status == 0) {
		if (!t->going_away)
			t->hold_until_us = t->now_us + REFUSED_WAIT_US;
		push_return(t, p, APNS_UNSENT);
	} else {
		push_return(t, p, APNS_ANSWERED);
	}
	return 0;
}

/* Apple tells its reason in a GOAWAY as in an answer. */
static void goaway_read(struct transport *t, const nghttp2_goaway *frame)
{
	AUTO(arena) struct arena *a = arena_new();
	struct apns_answer an = {.status = 0};

	if (apns_answer_parse(bytes_of(frame->opaque_data, frame->opaque_data_len), a, &an) == 0 &&
		an.reason)
		snprintf(t->goaway, sizeof(t->goaway), "%s", an.reason);
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	struct transport *t = arg;

	if (frame->hd.type == NGHTTP2_SETTINGS && t->state == TRANSPORT_CONNECTING) {
		t->state = TRANSPORT_OPEN;
	} else if (frame->hd.type == NGHTTP2_GOAWAY) {
		t->going_away = true;
		t->why = "the other side closes the connection";
		goaway_read(t, &frame->goaway);
		transport_drain(t);
	}
	return 0;
}

/* --- begin and end --- */

static nghttp2_session *session_new(struct transport *t)
{
	const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0}};
	nghttp2_session_callbacks *cb;
	nghttp2_session *session = NULL;

	if (nghttp2_session_callbacks_new(&cb) != 0)
		return NULL;
	nghttp2_session_callbacks_set_on_header_callback(cb, on_header);
	nghttp2_session_callbacks_set_on_data_chunk_recv_callback(cb, on_data);
	nghttp2_session_callbacks_set_on_stream_close_callback(cb, on_stream_close);
	nghttp2_session_callbacks_set_on_frame_recv_callback(cb, on_frame);
	if (nghttp2_session_client_new(&session, cb, t) == 0)
		(void)nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, 1);
	nghttp2_session_callbacks_del(cb);
	return session;
}

struct transport *transport_new(const struct transport_setup *s)
{
	struct transport *t = mem_zalloc(sizeof(*t));

	t->streams = s->streams;
	t->timing = s->timing;
	t->done = s->done;
	t->why = "not connected";
	t->now_us = clock_mono_us();
	snprintf(t->authority, sizeof(t->authority), "%s", s->tls.host);
	t->tls = tls_new(&s->tls);
	t->session = session_new(t);
	if (!t->session)
		transport_close(t, "HTTP/2 cannot begin");
	return t;
}

void transport_free(struct transport *t, enum apns_fate fate)
{
	if (!t)
		return;
	t->leaving = true;
	while (t->flight.first)
		push_return(t, t->flight.first, fate);
	if (t->state != TRANSPORT_CLOSED && t->up) {
		(void)nghttp2_session_terminate_session(t->session, NGHTTP2_NO_ERROR);
		transport_flush(t);
	}
	nghttp2_session_del(t->session);
	tls_free(t->tls);
	free(t);
}

void transport_drain(struct transport *t)
{
	if (t->state == TRANSPORT_OPEN)
		t->state = TRANSPORT_DRAINING;
	else if (t->state == TRANSPORT_CONNECTING)
		transport_close(t, t->why);
}

/* --- sending --- */

size_t transport_room(const struct transport *t)
{
	size_t most = t->streams;
	uint32_t theirs;

	if (t->state != TRANSPORT_OPEN || t->now_us < t->hold_until_us)
		return 0;
	theirs = nghttp2_session_get_remote_settings(
		t->session, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
	if (theirs < most)
		most = theirs;
	return most > t->flight.n ? most - t->flight.n : 0;
}

size_t transport_in_flight(const struct transport *t)
{
	return t->flight.n;
}

static ssize_t body_read(nghttp2_session *session, int32_t stream_id, uint8_t *to, size_t most,
	uint32_t *flags, nghttp2_data_source *source, void *arg)
{
	struct apns_push *p = source->ptr;
	size_t n = p->request.body.n - p->sent_n;

	if (n > most)
		n = most;
	memcpy(to, p->request.body.p + p->sent_n, n);
	p->sent_n = (uint16_t)(p->sent_n + n);
	if (p->sent_n == p->request.body.n)
		*flags |= NGHTTP2_DATA_FLAG_EOF;
	return (ssize_t)n;
}

#define NV(name_, value_, n_, flags_)                                                             \
	{                                                                                         \
		(uint8_t *)(uintptr_t)(name_), (uint8_t *)(uintptr_t)(value_), sizeof(name_) - 1, \
			(n_),                                                                     \
			NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE | (flags_)   \
	}

void transport_push(struct transport *t, struct apns_push *p, int64_t now_us)
{
	const struct apns_wish *w = &p->wish;
	/* The token must not settle in the other side's header table (RFC 7541 7.1). */
	const nghttp2_nv nv[] = {
		NV(":method", "POST", 4, 0),
		NV(":scheme", "https", 5, 0),
		NV(":authority", t->authority, strlen(t->authority), 0),
		NV(":path", p->request.path, p->request.path_n, NGHTTP2_NV_FLAG_NO_INDEX),
		NV("apns-topic", w->topic, strlen(w->topic), 0),
		NV("apns-push-type", "mdm", 3, 0),
		NV("apns-priority", w->urgent ? "10" : "5", w->urgent ? 2 : 1, 0),
		NV("apns-expiration", t->expiration, strlen(t->expiration), 0),
	};
	nghttp2_data_provider body = {.source.ptr = p, .read_callback = body_read};
	int32_t id =
		nghttp2_submit_request(t->session, NULL, nv, sizeof(nv) / sizeof(nv[0]), &body, p);

	p->sent_us = now_us;
	p->sent_n = p->body_n = 0;
	apns_list_add(&t->flight, p);
	if (id >= 0) {
		p->stream_id = id;
		return;
	}
	/* Out of stream numbers, after a billion pushes: the next connection goes on. */
	push_return(t, p, APNS_UNSENT);
	transport_drain(t);
}

/* Fills `out` from nghttp2; false when there is nothing to write. */
static bool out_fill(struct transport *t)
{
	if (t->out_at < t->out_n)
		return true;
	t->out_n = t->out_at = 0;
	while (t->out_n < OUT_BYTES / 2) {
		const uint8_t *p;
		ssize_t n = nghttp2_session_mem_send(t->session, &p);

		if (n < 0)
			transport_close(t, nghttp2_strerror((int)n));
		if (n <= 0)
			break;
		/* A frame is 16 kB at most. */
		memcpy(t->out + t->out_n, p, (size_t)n);
		t->out_n += (size_t)n;
	}
	return t->out_n > 0;
}

void transport_flush(struct transport *t)
{
	while (t->up && t->state != TRANSPORT_CLOSED && out_fill(t)) {
		size_t n;
		int rc = tls_write(t->tls, t->out + t->out_at, t->out_n - t->out_at, &n);

		if (rc == ERR_BUSY)
			return;
		if (rc)
			transport_close(t, tls_why(t->tls));
		else
			t->out_at += n;
	}
}

/* --- hearing --- */

static void transport_read(struct transport *t)
{
	t->more_in = false;
	for (int i = 0; i < READS && t->state != TRANSPORT_CLOSED; i++) {
		size_t n;
		ssize_t used;
		int rc = tls_read(t->tls, t->in, sizeof(t->in), &n);

		if (rc == ERR_BUSY)
			return;
		if (rc) {
			transport_close(t, t->going_away ? t->why : tls_why(t->tls));
			return;
		}
		t->heard_us = t->now_us;
		t->pinged = false;
		used = nghttp2_session_mem_recv(t->session, t->in, n);
		if (used < 0)
			transport_close(t, nghttp2_strerror((int)used));
	}
	t->more_in = true;
}

/* Streams without an answer for too long are given up; they close when that has been written. */
static void answers_overdue(struct transport *t)
{
	int64_t before = t->now_us - us_of_ms(t->timing.answer_wait);

	while (t->flight.first && t->flight.first->sent_us <= before) {
		struct apns_push *p = t->flight.first;

		(void)nghttp2_submit_rst_stream(
			t->session, NGHTTP2_FLAG_NONE, p->stream_id, NGHTTP2_CANCEL);
		apns_list_remove(&t->flight, p);
		p->sent_us = t->now_us;
		apns_list_add(&t->flight, p);
	}
}

static int64_t ping_due_us(const struct transport *t)
{
	if (t->pinged)
		return t->ping_us + us_of_ms(t->timing.ping_wait);
	return t->heard_us + us_of_ms(t->flight.n || t->state == TRANSPORT_CONNECTING
					      ? t->timing.ping_wait
					      : t->timing.idle_ping);
}

static void clocks_keep(struct transport *t)
{
	answers_overdue(t);
	if (t->now_us < ping_due_us(t))
		return;
	if (t->pinged) {
		transport_close(t, "no answer to a ping");
		return;
	}
	t->pinged = true;
	t->ping_us = t->now_us;
	(void)nghttp2_submit_ping(t->session, NGHTTP2_FLAG_NONE, NULL);
}

static void connect_step(struct transport *t)
{
	int rc = tls_connect(t->tls, t->now_us);

	if (rc == 0) {
		t->up = true;
		t->heard_us = t->now_us;
	} else if (rc != ERR_BUSY) {
		transport_close(t, tls_why(t->tls));
	}
}

void transport_step(struct transport *t, int64_t now_us)
{
	/* Rounded to the minute, so that it stays in the header table. */
	int64_t minute = (clock_now() + APNS_EXPIRATION_S) / 60;

	t->now_us = now_us;
	snprintf(t->expiration, sizeof(t->expiration), "%lld", (long long)(minute * 60));
	if (!t->up && t->state == TRANSPORT_CONNECTING)
		connect_step(t);
	if (!t->up || t->state == TRANSPORT_CLOSED)
		return;
	transport_read(t);
	if (t->state != TRANSPORT_CLOSED)
		clocks_keep(t);
	if (t->state == TRANSPORT_DRAINING && t->flight.n == 0) {
		(void)nghttp2_session_terminate_session(t->session, NGHTTP2_NO_ERROR);
		transport_flush(t);
		transport_close(t, t->why);
	}
}

/* --- for the courier's poll --- */

int transport_fd(const struct transport *t)
{
	return t->state == TRANSPORT_CLOSED ? -1 : tls_fd(t->tls);
}

short transport_poll_events(const struct transport *t)
{
	return tls_poll_events(t->tls, t->out_at < t->out_n);
}

int64_t transport_wake_us(const struct transport *t)
{
	int64_t at;

	if (t->more_in || t->state == TRANSPORT_CLOSED)
		return 0;
	if (!t->up)
		return tls_deadline_us(t->tls);
	at = ping_due_us(t);
	if (t->flight.first) {
		int64_t overdue = t->flight.first->sent_us + us_of_ms(t->timing.answer_wait);

		if (overdue < at)
			at = overdue;
	}
	if (t->hold_until_us > t->now_us && t->hold_until_us < at)
		at = t->hold_until_us;
	return at;
}

enum transport_state transport_state(const struct transport *t)
{
	return t->state;
}

const char *transport_why(const struct transport *t)
{
	return t->why;
}

const char *transport_goaway_reason(const struct transport *t)
{
	return t->goaway[0] ? t->goaway : NULL;
}

bool transport_cert_refused(const struct transport *t)
{
	return tls_cert_refused(t->tls);
}
