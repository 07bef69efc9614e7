/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/log.h"
#include "http/server_int.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static struct http_listener at(const char *address)
{
	return (struct http_listener){.name = "l", .address = address, .fd = -1};
}

static void begin(void)
{
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
}

TestSuite(listen, .init = begin);

Test(listen, addresses)
{
	static const char *const good[] = {"127.0.0.1:0", "0.0.0.0:0", "[::1]:0", "[::]:0"};
	static const char *const bad[] = {
		"", "127.0.0.1", "localhost:0", "127.0.0.1:99999", "[::1]"};
	struct http_listener l;
	int fd = -1;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		l = at(good[i]);
		cr_assert_eq(http_listen_open(&l, &fd), 0, "%s", good[i]);
		cr_expect_gt(http_listen_port(fd), 0);
		cr_expect(fcntl(fd, F_GETFL) & O_NONBLOCK);
		cr_expect(fcntl(fd, F_GETFD) & FD_CLOEXEC);
		close(fd);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		l = at(bad[i]);
		cr_expect_eq(http_listen_open(&l, &fd), ERR_BADINPUT, "%s", bad[i]);
	}
	l = at(NULL);
	cr_expect_eq(http_listen_open(&l, &fd), ERR_BADINPUT);
}

/* "[::]" is everybody: whoever comes by IPv4 as well. */
Test(listen, both_families)
{
	struct http_listener l = at("[::]:0");
	int fd = -1;

	cr_assert_eq(http_listen_open(&l, &fd), 0);
	close(client_connect(http_listen_port(fd)));
	close(fd);
}

Test(listen, taken_and_foreign)
{
	struct http_listener l = at("127.0.0.1:0");
	char taken[32];
	int fd = -1, other = -1;

	cr_assert_eq(http_listen_open(&l, &fd), 0);
	snprintf(taken, sizeof(taken), "127.0.0.1:%u", http_listen_port(fd));
	l = at(taken);
	cr_expect_eq(http_listen_open(&l, &other), ERR_EXISTS);
	l = at("192.0.2.1:0");
	cr_expect_eq(http_listen_open(&l, &other), ERR_IO);
	cr_expect_eq(other, -1, "untouched on failure");
	close(fd);
}

Test(listen, adopted)
{
	int pair[2];

	cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	cr_assert_eq(http_listen_adopt(pair[0]), 0);
	cr_expect(fcntl(pair[0], F_GETFL) & O_NONBLOCK);
	cr_expect(fcntl(pair[0], F_GETFD) & FD_CLOEXEC);
	cr_expect_eq(http_listen_port(pair[0]), 0);
	close(pair[0]);
	close(pair[1]);
	cr_expect_eq(http_listen_adopt(pair[0]), ERR_IO);
	cr_expect_eq(http_listen_port(pair[0]), 0);
}
