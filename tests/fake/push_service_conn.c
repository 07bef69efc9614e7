/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fake/push_service_int.h"

#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BYTES 65536

struct stream {
	int32_t id;
	struct stream *next; /* free, or in the queue of answers to give */
	int64_t answer_us;   /* in the queue: when */
	bool closed;         /* in the queue, but the other side has gone */
	bool queued;
	size_t sent_n;
	char answer[160]; /* body */
	struct request request;
};

struct http2 {
	SSL *ssl;
	nghttp2_session *session;
	bool up, dead, want_write, leaving, reset;
	unsigned streams;  /* open now */
	int32_t last_good; /* number of the last stream that counts, after a GOAWAY */
	char topic[256];   /* UID of the client's certificate */
	struct stream *free;
	struct stream *queue, *queue_last;
	int64_t now_us;
	size_t out_n, out_at;
	uint64_t answers;
	uint8_t out[BYTES], in[BYTES];
};

/* --- streams --- */

static struct stream *stream_new(struct http2 *h, int32_t id)
{
	struct stream *s = h->free;

	if (s)
		h->free = s->next;
	else
		s = malloc(sizeof(*s));
	if (!s)
		abort();
	memset(s, 0, offsetof(struct stream, request));
	s->request.seen = 0;
	s->request.twice = false;
	s->request.body_n = 0;
	s->request.body[0] = '\0';
	for (size_t i = 0; i < HEADER_COUNT; i++)
		s->request.header[i][0] = '\0';
	s->id = id;
	return s;
}

static void stream_drop(struct http2 *h, struct stream *s)
{
	s->next = h->free;
	h->free = s;
}

/* --- answers --- */

static ssize_t answer_read(nghttp2_session *session, int32_t id, uint8_t *to, size_t most,
	uint32_t *flags, nghttp2_data_source *source, void *arg)
{
	struct stream *s = source->ptr;
	size_t n = strlen(s->answer + s->sent_n);

	if (n > most)
		n = most;
	memcpy(to, s->answer + s->sent_n, n);
	s->sent_n += n;
	if (!s->answer[s->sent_n])
		*flags |= NGHTTP2_DATA_FLAG_EOF;
	return (ssize_t)n;
}

static void header_set(nghttp2_nv *nv, const char *name, char *value, size_t n)
{
	nv->name = (uint8_t *)(uintptr_t)name;
	nv->namelen = strlen(name);
	nv->value = (uint8_t *)value;
	nv->valuelen = n;
	nv->flags = NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_INDEX;
}

/* Sixteen digits that count, in the shape of a UUID. */
static void id_format(char id[37], uint64_t n)
{
	static const char digits[] = "0123456789ABCDEF";

	memcpy(id, "00000000-0000-4000-8000-000000000000", 37);
	for (size_t i = 35; n; i--, n >>= 4)
		if (id[i] != '-')
			id[i] = digits[n & 15];
		else
			n <<= 4;
}

static void answer_body(struct stream *s, const struct push_service_answer *an)
{
	if (an->timestamp_ms)
		snprintf(s->answer, sizeof(s->answer), "{\"reason\":\"%s\",\"timestamp\":%lld}",
			an->reason, (long long)an->timestamp_ms);
	else
		snprintf(s->answer, sizeof(s->answer), "{\"reason\":\"%s\"}", an->reason);
}

static void answer_send(
	struct connection *c, struct stream *s, const struct push_service_answer *an)
{
	struct http2 *h = c->http2;
	char status[12], retry[24], id[37];
	nghttp2_nv nv[3];
	size_t n = 2;
	nghttp2_data_provider body = {.source.ptr = s, .read_callback = answer_read};

	snprintf(status, sizeof(status), "%d", an->status);
	id_format(id, ++h->answers);
	header_set(&nv[0], ":status", status, 3);
	nv[0].flags = 0;
	header_set(&nv[1], "apns-id", id, 36);
	if (an->retry_after_s) {
		snprintf(retry, sizeof(retry), "%u", an->retry_after_s);
		header_set(&nv[n++], "retry-after", retry, strlen(retry));
	}
	if (an->reason)
		answer_body(s, an);
	if (an->status == 200)
		c->ps->counts.accepted++;
	else
		c->ps->counts.refused++;
	if (nghttp2_submit_response(h->session, s->id, nv, n, an->reason ? &body : NULL) != 0)
		h->dead = true;
}

static void goaway_send(struct connection *c, const char *reason, unsigned lost)
{
	struct http2 *h = c->http2;
	char data[128] = "";
	int32_t last = nghttp2_session_get_last_proc_stream_id(h->session) - 2 * (int32_t)lost;

	if (reason)
		snprintf(data, sizeof(data), "{\"reason\":\"%s\"}", reason);
	h->leaving = true;
	h->last_good = last > 0 ? last : 0;
	if (nghttp2_submit_goaway(h->session, NGHTTP2_FLAG_NONE, h->last_good, NGHTTP2_NO_ERROR,
		    (const uint8_t *)data, strlen(data)) != 0)
		h->dead = true;
}

/* What the faults make of a good push; true: the answer is *ret, false: there is none. */
static bool fault_choose(struct connection *c, struct stream *s, struct push_service_answer *ret)
{
	const struct push_service_faults *f = &c->ps->faults;
	uint64_t n = ++c->ps->good;

	if (f->reset_after && n == f->reset_after) {
		c->http2->reset = c->http2->dead = true;
		return false;
	}
	if (f->goaway_after && n == f->goaway_after) {
		goaway_send(c, f->goaway_reason, f->goaway_lost);
		if (s->id > c->http2->last_good)
			return false;
	}
	if (f->swallow && n % f->swallow == 0)
		return false;
	if (f->every && n % f->every == 0)
		*ret = f->answer;
	return true;
}

static void answer_give(struct connection *c, struct stream *s)
{
	struct push_service *ps = c->ps;
	const struct push_service_options *o = &ps->options;
	struct push_service_answer an = {.status = 200}, decided;
	bool good;

	if (c->http2->leaving && s->id > c->http2->last_good)
		return; /* said to be not processed */
	good = request_check(&s->request, c->http2->topic, &an);
	if (good && o->decide && o->decide(o->ctx, s->request.token, &decided)) {
		good = false;
		an = decided;
	}
	if (good && !fault_choose(c, s, &an))
		return;
	if (an.status == 200 && o->on_push)
		o->on_push(o->ctx, s->request.token, s->request.magic);
	answer_send(c, s, &an);
}

/* --- what nghttp2 tells --- */

static int on_begin(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	struct connection *c = arg;
	struct http2 *h = c->http2;

	if (frame->hd.type != NGHTTP2_HEADERS || frame->headers.cat != NGHTTP2_HCAT_REQUEST)
		return 0;
	nghttp2_session_set_stream_user_data(
		session, frame->hd.stream_id, stream_new(h, frame->hd.stream_id));
	if (++h->streams > c->ps->counts.most_streams)
		c->ps->counts.most_streams = h->streams;
	return 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
	size_t name_n, const uint8_t *value, size_t value_n, uint8_t flags, void *arg)
{
	struct stream *s = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);

	if (s)
		request_header(&s->request, name, name_n, value, value_n);
	return 0;
}

static int on_data(
	nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *p, size_t n, void *arg)
{
	struct stream *s = nghttp2_session_get_stream_user_data(session, id);

	if (s)
		request_body(&s->request, p, n);
	return 0;
}

static void request_note(struct connection *c, const struct request *rq)
{
	struct push_service_counts *n = &c->ps->counts;

	n->requests++;
	n->expiration = strtoll(rq->header[HEADER_EXPIRATION], NULL, 10);
	n->priority = (int)strtol(rq->header[HEADER_PRIORITY], NULL, 10);
	snprintf(n->topic, sizeof(n->topic), "%.255s", rq->header[HEADER_TOPIC]);
}

/* A request is whole. */
static void request_done(struct connection *c, struct stream *s)
{
	const struct push_service_faults *f = &c->ps->faults;
	struct http2 *h = c->http2;

	request_note(c, &s->request);
	if (f->refuse && ++c->ps->streams % f->refuse == 0) {
		nghttp2_submit_rst_stream(
			h->session, NGHTTP2_FLAG_NONE, s->id, NGHTTP2_REFUSED_STREAM);
		return;
	}
	if (f->delay_ms == 0 && !f->hold && !h->queue) {
		answer_give(c, s);
		return;
	}
	s->answer_us = h->now_us + f->delay_ms * 1000LL;
	s->queued = true;
	s->next = NULL;
	if (h->queue)
		h->queue_last->next = s;
	else
		h->queue = s;
	h->queue_last = s;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *arg)
{
	struct connection *c = arg;
	struct stream *s;

	if (frame->hd.type == NGHTTP2_PING && !(frame->hd.flags & NGHTTP2_FLAG_ACK))
		c->ps->counts.pings++;
	if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA)
		return 0;
	if (!(frame->hd.flags & NGHTTP2_FLAG_END_STREAM))
		return 0;
	s = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
	if (s && !c->http2->dead)
		request_done(c, s);
	return 0;
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t error, void *arg)
{
	struct stream *s = nghttp2_session_get_stream_user_data(session, id);
	struct connection *c = arg;

	if (!s)
		return 0;
	c->http2->streams--;
	if (s->queued)
		s->closed = true;
	else
		stream_drop(c->http2, s);
	return 0;
}

/* Answers whose time has come. */
static void queue_work(struct connection *c)
{
	struct http2 *h = c->http2;

	while (h->queue && connection_wake_us(c) <= h->now_us && !h->dead) {
		struct stream *s = h->queue;

		h->queue = s->next;
		s->queued = false;
		if (s->closed)
			stream_drop(h, s);
		else
			answer_give(c, s);
	}
}

/* --- begin and end --- */

static nghttp2_session *session_new(struct connection *c)
{
	uint32_t most = c->ps->faults.max_streams ? c->ps->faults.max_streams : 1000;
	const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, most}};
	nghttp2_session_callbacks *cb;
	nghttp2_option *option;
	nghttp2_session *session = NULL;

	if (nghttp2_session_callbacks_new(&cb) != 0 || nghttp2_option_new(&option) != 0)
		abort();
	nghttp2_option_set_no_closed_streams(option, 1);
	nghttp2_session_callbacks_set_on_begin_headers_callback(cb, on_begin);
	nghttp2_session_callbacks_set_on_header_callback(cb, on_header);
	nghttp2_session_callbacks_set_on_data_chunk_recv_callback(cb, on_data);
	nghttp2_session_callbacks_set_on_frame_recv_callback(cb, on_frame);
	nghttp2_session_callbacks_set_on_stream_close_callback(cb, on_close);
	if (nghttp2_session_server_new2(&session, cb, c, option) == 0) {
		nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, 1);
		nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, 1 << 20);
	}
	nghttp2_option_del(option);
	nghttp2_session_callbacks_del(cb);
	return session;
}

struct connection *connection_new(struct push_service *ps, int fd)
{
	struct connection *c = calloc(1, sizeof(*c));
	struct http2 *h = calloc(1, sizeof(*h));

	if (!c || !h)
		abort();
	c->ps = ps;
	c->fd = fd;
	c->http2 = h;
	h->ssl = SSL_new(ps->tls);
	h->session = session_new(c);
	if (!h->ssl || !h->session || SSL_set_fd(h->ssl, fd) != 1)
		abort();
	SSL_set_accept_state(h->ssl);
	return c;
}

static void streams_free(struct stream *s)
{
	while (s) {
		struct stream *next = s->next;

		free(s);
		s = next;
	}
}

/* Streams that nghttp2 still holds when it is deleted. */
static void streams_collect(struct http2 *h)
{
	int32_t last = nghttp2_session_get_last_proc_stream_id(h->session);

	for (int32_t id = 1; h->streams && id <= last; id += 2) {
		struct stream *s = nghttp2_session_get_stream_user_data(h->session, id);

		if (!s)
			continue;
		h->streams--;
		if (!s->queued)
			stream_drop(h, s);
	}
}

void connection_free(struct connection *c)
{
	struct http2 *h = c->http2;
	struct linger now = {.l_onoff = 1, .l_linger = 0};

	if (h->reset)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	streams_collect(h);
	streams_free(h->free);
	streams_free(h->queue);
	nghttp2_session_del(h->session);
	SSL_free(h->ssl);
	ERR_clear_error();
	close(c->fd);
	free(h);
	free(c);
}

/* --- bytes --- */

/* What an SSL call that returned n <= 0 means. */
static void ssl_wait(struct http2 *h, int n)
{
	int e = SSL_get_error(h->ssl, n);

	h->want_write = e == SSL_ERROR_WANT_WRITE;
	if (e != SSL_ERROR_WANT_READ && e != SSL_ERROR_WANT_WRITE)
		h->dead = true;
	ERR_clear_error();
}

static void topic_read(struct http2 *h)
{
	X509 *cert = SSL_get1_peer_certificate(h->ssl);

	if (cert)
		X509_NAME_get_text_by_NID(
			X509_get_subject_name(cert), NID_userId, h->topic, sizeof(h->topic));
	X509_free(cert);
}

static void handshake(struct connection *c)
{
	struct http2 *h = c->http2;
	int n;

	ERR_clear_error();
	n = SSL_do_handshake(h->ssl);
	if (n == 1) {
		h->up = true;
		h->want_write = false;
		topic_read(h);
		c->ps->counts.connections++;
		return;
	}
	ssl_wait(h, n);
	if (h->dead)
		c->ps->counts.handshakes_failed++;
}

static void bytes_read(struct http2 *h)
{
	while (!h->dead) {
		int n = SSL_read(h->ssl, h->in, sizeof(h->in));

		if (n <= 0) {
			ssl_wait(h, n);
			return;
		}
		if (nghttp2_session_mem_recv(h->session, h->in, (size_t)n) < 0)
			h->dead = true;
	}
}

static bool out_fill(struct http2 *h)
{
	if (h->out_at < h->out_n)
		return true;
	h->out_at = h->out_n = 0;
	while (h->out_n < BYTES / 2) {
		const uint8_t *p;
		ssize_t n = nghttp2_session_mem_send(h->session, &p);

		if (n < 0)
			h->dead = true;
		if (n <= 0)
			break;
		memcpy(h->out + h->out_n, p, (size_t)n);
		h->out_n += (size_t)n;
	}
	return h->out_n > 0;
}

static void bytes_write(struct http2 *h)
{
	while (!h->dead && out_fill(h)) {
		int n = SSL_write(h->ssl, h->out + h->out_at, (int)(h->out_n - h->out_at));

		if (n <= 0) {
			ssl_wait(h, n);
			return;
		}
		h->out_at += (size_t)n;
	}
}

bool connection_step(struct connection *c, int64_t now_us)
{
	struct http2 *h = c->http2;

	h->now_us = now_us;
	if (!h->up)
		handshake(c);
	if (!h->up)
		return !h->dead;
	bytes_read(h);
	queue_work(c);
	service_publish(c->ps);
	if (!h->reset)
		bytes_write(h);
	if (h->leaving && h->streams == 0 && h->out_at == h->out_n)
		return false;
	return !h->dead;
}

uint32_t connection_events(const struct connection *c)
{
	const struct http2 *h = c->http2;

	return EPOLLIN | (h->want_write || h->out_at < h->out_n ? EPOLLOUT : 0);
}

int64_t connection_wake_us(const struct connection *c)
{
	const struct http2 *h = c->http2;

	return h->queue && !c->ps->faults.hold ? h->queue->answer_us : INT64_MAX;
}
