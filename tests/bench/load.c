/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Clients, a connection each, that send what was prepared. All are served by one thread, which
 * reads no more of a reply than its status and its length: the load shares the cores with the
 * server, and what it takes is not measured.
 */
#include "tests/bench/bench.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPLY_MOST (1 << 20)
#define PIECE 16384
#define EVENTS 64

struct conn {
	int fd;
	size_t first, unit; /* of the requests, or of pairs of them */
	bool second;        /* of a pair is under way */
	bool wrong;         /* something in this unit was */
	int64_t began;
	struct buf in;
};

struct run {
	struct bench_load *l;
	size_t units;
	int64_t end; /* 0: each request once */
	int poll;
	unsigned live;
	uint32_t *us; /* of each unit that was done */
	size_t cap;
};

static void note(struct run *r, int64_t us)
{
	struct bench_load *l = r->l;

	if (l->done == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 4096;
		r->us = mem_grow(r->us, r->cap * sizeof(*r->us));
	}
	r->us[l->done++] = (uint32_t)us;
}

static void conn_end(struct run *r, struct conn *c)
{
	close(c->fd);
	c->fd = -1;
	r->live--;
}

static void conn_broke(struct run *r, struct conn *c)
{
	r->l->failed++;
	conn_end(r, c);
}

static void conn_send(struct run *r, struct conn *c)
{
	struct bytes rq = r->l->requests[r->l->pairs ? 2 * c->unit + c->second : c->unit];

	while (rq.n > 0) {
		ssize_t n = send(c->fd, rq.p, rq.n, 0);

		if (n <= 0) {
			conn_broke(r, c);
			return;
		}
		rq = bytes_of(rq.p + n, rq.n - (size_t)n);
	}
}

/* The next unit of this client begins now, if there is one. */
static void conn_begin(struct run *r, struct conn *c, int64_t now)
{
	if (c->unit >= r->units && r->end)
		c->unit = c->first;
	if (c->unit >= r->units || (r->end && now >= r->end)) {
		conn_end(r, c);
		return;
	}
	c->second = c->wrong = false;
	c->began = now;
	conn_send(r, c);
}

/* A whole reply is there; whether it is what it must be. */
static void reply_done(struct run *r, struct conn *c, bool right)
{
	int64_t now;

	c->wrong = c->wrong || !right;
	buf_reset(&c->in);
	if (r->l->pairs && !c->second && right) {
		c->second = true;
		conn_send(r, c);
		return;
	}
	now = clock_mono_us();
	r->l->failed += c->wrong;
	note(r, now - c->began);
	c->unit += r->l->clients;
	conn_begin(r, c, now);
}

/* Our own server's head: HTTP/1.1 200, and Content-Length written so. -1: not whole yet. */
static ssize_t reply_bytes(struct bytes in, ssize_t *ret_body)
{
	static const char name[] = "\r\nContent-Length: ";
	const uint8_t *end = memmem(in.p, in.n, "\r\n\r\n", 4), *at;

	if (!end)
		return -1;
	at = memmem(in.p, (size_t)(end - in.p), name, sizeof(name) - 1);
	*ret_body = at ? (ssize_t)strtoul((const char *)at + sizeof(name) - 1, NULL, 10) : 0;
	return end + 4 - in.p + *ret_body;
}

static void reply_read(struct run *r, struct conn *c)
{
	bool body_expected = r->l->pairs ? !c->second : r->l->answered;
	size_t had = c->in.n;
	uint8_t *to = buf_extend(&c->in, PIECE);
	ssize_t n = to ? recv(c->fd, to, PIECE, 0) : -1, whole, body = 0;

	if (n <= 0) {
		conn_broke(r, c);
		return;
	}
	buf_cut(&c->in, had + (size_t)n);
	whole = reply_bytes(buf_bytes(&c->in), &body);
	if (whole >= 0 && c->in.n >= (size_t)whole)
		reply_done(r, c,
			memcmp(c->in.p, "HTTP/1.1 200 ", 13) == 0 && (body > 0) == body_expected);
}

static void conn_open(struct run *r, struct conn *c)
{
	const struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)r->l->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
	int one = 1;

	c->in.limit = REPLY_MOST;
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(c->fd, (const struct sockaddr *)&to, sizeof(to)) != 0 ||
		epoll_ctl(r->poll, EPOLL_CTL_ADD, c->fd, &e) != 0)
		bench_must(ERR_NET, "a connection");
	r->live++;
}

static void replies_take(struct run *r)
{
	struct epoll_event e[EVENTS];

	while (r->live > 0) {
		int n = epoll_wait(r->poll, e, EVENTS, -1);

		for (int i = 0; i < n; i++)
			reply_read(r, e[i].data.ptr);
	}
}

static int by_size(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

static void sum_up(struct run *r, int64_t began)
{
	struct bench_load *l = r->l;
	size_t n = l->done;

	l->rate = (double)n * 1e6 / (double)(clock_mono_us() - began + 1);
	qsort(r->us, n, sizeof(*r->us), by_size);
	l->p50_ms = n ? r->us[n / 2] / 1000.0 : 0;
	l->p99_ms = n ? r->us[n - 1 - n / 100] / 1000.0 : 0;
	free(r->us);
	if (l->failed)
		bench_note("%llu of %llu exchanges went wrong: the figure below does not count",
			(unsigned long long)l->failed, (unsigned long long)n);
}

void bench_load_run(struct bench_load *l)
{
	struct run r = {.l = l, .poll = epoll_create1(EPOLL_CLOEXEC)};
	struct conn *conns = mem_zalloc(l->clients * sizeof(*conns));
	int64_t began;

	l->done = l->failed = 0;
	r.units = l->pairs ? l->request_count / 2 : l->request_count;
	for (unsigned i = 0; i < l->clients; i++) {
		conns[i].first = conns[i].unit = i;
		conn_open(&r, &conns[i]);
	}
	began = clock_mono_us();
	r.end = l->seconds > 0 ? began + (int64_t)(l->seconds * 1e6) : 0;
	for (unsigned i = 0; i < l->clients; i++)
		conn_begin(&r, &conns[i], clock_mono_us());
	replies_take(&r);
	sum_up(&r, began);
	for (unsigned i = 0; i < l->clients; i++)
		buf_release(&conns[i].in);
	close(r.poll);
	free(conns);
}
