/* SPDX-License-Identifier: EUPL-1.2 */
/* Deadlines. */
#include "base/clock.h"
#include "base/log.h"
#include "http/server_int.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SLACK_MS 30000 /* a busy machine, sanitizers */

static struct test_server t;
static struct buf reply = BUF_INIT(1024 * 1024);

static void begin(void)
{
	log_set_level(LOG_ERROR);
	test_server_init(&t);
	t.o.header_s = t.o.body_s = t.o.idle_s = 1;
}

static void end(void)
{
	buf_release(&reply);
}

TestSuite(watchdog, .init = begin, .fini = end);

static bool served(int fd)
{
	client_send(fd, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
	return client_reply(fd, &reply) == 200;
}

/* Sends a byte; false when the server has had enough. */
static bool dribble(int fd)
{
	char waste;

	return send(fd, "x", 1, MSG_NOSIGNAL) == 1 && recv(fd, &waste, 1, MSG_DONTWAIT) != 0;
}

/* A client that keeps sending, but slowly, holds its thread no longer than the deadline. */
Test(watchdog, slow_clients)
{
	static const char *const starts[] = {"", "GET /hel",
		"GET /hello HTTP/1.1\r\nHost: h\r\nX: ",
		"PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\nabc",
		"PUT /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n"};
	static const struct timespec nap = {.tv_nsec = 50 * 1000 * 1000};
	enum { N = sizeof(starts) / sizeof(starts[0]) };
	int handled, fd[N], left = N;
	int64_t begun, ms;

	test_server_start(&t);
	handled = test_handled;
	begun = clock_mono_us();
	for (size_t i = 0; i < N; i++) {
		fd[i] = client_connect(t.port);
		client_send(fd[i], starts[i]);
	}
	do {
		nanosleep(&nap, NULL);
		ms = (clock_mono_us() - begun) / 1000;
		for (size_t i = 0; i < N; i++) {
			if (fd[i] < 0 || dribble(fd[i]))
				continue;
			cr_expect_geq(ms, 800, "case %zu: %lld ms", i, (long long)ms);
			close(fd[i]);
			fd[i] = -1;
			left--;
		}
	} while (left > 0 && ms < 1000 + SLACK_MS);
	cr_expect_eq(left, 0, "%d were not cut", left);
	cr_expect_eq(test_handled, handled);
	cr_assert_eq(client_get(t.port, "/metrics", &reply), 200);
	cr_expect(strstr(reply_body(&reply),
		"hylla_http_connections_refused_total{reason=\"too_slow\"} 5\n"));
	test_server_stop(&t);
}

Test(watchdog, silent_clients)
{
	int fresh, kept;
	int64_t begun;

	test_server_start(&t);
	fresh = client_connect(t.port);
	kept = client_connect(t.port);
	begun = clock_mono_us(); /* before its reply, from which its idleness counts */
	while (!served(kept)) {  /* we were too slow */
		close(kept);
		kept = client_connect(t.port);
		begun = clock_mono_us();
	}
	cr_expect(client_ended(fresh, 1000 + SLACK_MS));
	cr_expect(client_ended(kept, 1000 + SLACK_MS));
	cr_expect_geq(clock_mono_us() - begun, 700 * 1000);
	close(fresh);
	close(kept);
	/* a handler may take longer than any of them */
	t.o.idle_s = 1;
	cr_expect_eq(client_get(t.port, "/slow", &reply), 200);
	test_server_stop(&t);
}

/* Asks again and again for two and a half seconds; false if we ourselves were too slow. */
static bool keeps_asking(int fd)
{
	int64_t last = clock_mono_us();

	for (int i = 0; i < 25; i++) {
		bool ok = served(fd), late = clock_mono_us() - last > 700 * 1000;

		cr_assert(ok || late);
		if (late)
			return false;
		last = clock_mono_us();
		usleep(100 * 1000);
	}
	return true;
}

/* A connection that is in use is not idle. */
Test(watchdog, busy_client_stays)
{
	bool kept = false;

	test_server_start(&t);
	for (int tries = 0; tries < 20 && !kept; tries++) {
		int fd = client_connect(t.port);

		kept = keeps_asking(fd);
		close(fd);
	}
	cr_expect(kept);
	test_server_stop(&t);
}

/* Whatever a connection is at, past its deadline it is cut; without one it is let be. */
Test(watchdog, cuts_every_phase)
{
	struct http_server s = {.o = {.header_s = 1, .body_s = 1, .idle_s = 1}, .port_count = 1};
	struct http_port p = {.server = &s, .name = "p"};
	struct http_conn c[CONN_IDLE + 2];
	int pair[CONN_IDLE + 2][2];

	s.ports = &p;
	pthread_mutex_init(&p.lock, NULL);
	memset(c, 0, sizeof(c));
	for (int i = 0; i < CONN_IDLE + 2; i++) {
		cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair[i]), 0);
		c[i].fd = pair[i][0];
		http_conn_enter(&c[i], i <= CONN_IDLE ? i : CONN_WORK, clock_mono_us(),
			i <= CONN_IDLE ? 100 * 1000 : 0);
		c[i].next = p.conns;
		p.conns = &c[i];
	}
	cr_assert_eq(http_watchdog_start(&s), 0);
	for (int i = 0; i <= CONN_IDLE; i++)
		cr_expect(client_ended(pair[i][1], 1000 + SLACK_MS), "phase %d", i);
	cr_expect(!client_ended(pair[CONN_IDLE + 1][1], 300), "no deadline");
	http_watchdog_stop(&s);
	http_watchdog_stop(&s);
	for (int i = 0; i < CONN_IDLE + 2; i++) {
		close(pair[i][0]);
		close(pair[i][1]);
	}
}
