/* SPDX-License-Identifier: EUPL-1.2 */
/* Caps. */
#include "base/log.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <unistd.h>

static struct test_server t;
static struct buf reply = BUF_INIT(1024 * 1024);

static void begin(void)
{
	log_set_level(LOG_ERROR);
	test_server_init(&t);
}

static void end(void)
{
	buf_release(&reply);
}

TestSuite(connection, .init = begin, .fini = end);

static bool served(int fd)
{
	client_send(fd, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
	return client_reply(fd, &reply) == 200;
}

Test(connection, cap_of_listener)
{
	int fd[12];

	t.listeners[0].connections = 10;
	test_server_start(&t);
	for (int i = 0; i < 12; i++) {
		fd[i] = client_connect(t.port);
		cr_expect_eq(served(fd[i]), i < 10, "connection %d", i);
	}
	/* whoever leaves makes room */
	close(fd[0]);
	close(fd[10]);
	for (int tries = 0; tries < 3000; tries++) {
		fd[10] = client_connect(t.port);
		if (served(fd[10]))
			break;
		close(fd[10]);
		fd[10] = -1;
		usleep(20 * 1000);
	}
	cr_expect_geq(fd[10], 0);
	cr_assert(served(fd[1]));
	client_send(fd[1], "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n");
	cr_assert_eq(client_reply(fd[1], &reply), 200);
	cr_expect(strstr(reply_body(&reply), "hylla_http_connections 10\n"));
	cr_expect(!strstr(
		reply_body(&reply), "hylla_http_connections_refused_total{reason=\"full\"} 0\n"));
	for (int i = 1; i < 12; i++)
		close(fd[i]);
	test_server_stop(&t);
}

Test(connection, cap_of_address)
{
	static const char *const trusted[] = {"127.0.0.0/8", NULL};
	int fd[10];

	t.listeners[0].connections_per_address = 5;
	t.listeners[1] = t.listeners[0];
	t.listeners[1].name = "behind";
	t.listeners[1].trusted_proxies = trusted;
	t.o.listener_count = 2;
	test_server_start(&t);
	for (int i = 0; i < 7; i++) {
		fd[i] = client_connect(t.port);
		cr_expect_eq(served(fd[i]), i < 5, "connection %d", i);
	}
	for (int i = 0; i < 7; i++)
		close(fd[i]);
	/* a proxy stands for everybody behind it */
	for (int i = 0; i < 10; i++) {
		fd[i] = client_connect(http_port(t.s, "behind"));
		cr_expect(served(fd[i]), "connection %d", i);
	}
	for (int i = 0; i < 10; i++)
		close(fd[i]);
	test_server_stop(&t);
}
