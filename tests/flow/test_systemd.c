/* SPDX-License-Identifier: EUPL-1.2 */
/* What whoever started the server is told, as systemd's services are to tell it: it answers, it is
 * alive, it is about to end. */
#include "tests/flow/flow.h"

#include "base/text.h"
#include "config.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#ifdef HAVE_SYSTEMD
static struct flow f;
static struct sockaddr_un at;
static int told;

static void name_socket(struct flow *flow)
{
	(void)flow;
	setenv("NOTIFY_SOCKET", at.sun_path, 1);
}

/* Beside the flow's own folder, which does not exist before its server has started. */
static void begin(void)
{
	char dir[] = "/tmp/hylla-notify-XXXXXX";

	f = (struct flow){.in_child = name_socket};
	cr_assert_not_null(mkdtemp(dir));
	at = (struct sockaddr_un){.sun_family = AF_UNIX};
	snprintf(at.sun_path, sizeof(at.sun_path), "%s/notify", dir);
	told = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	cr_assert_geq(told, 0);
	cr_assert_eq(bind(told, (struct sockaddr *)&at, sizeof(at)), 0);
	flow_start(&f);
}

static void end(void)
{
	close(told); /* first: whoever is unheard must not wait to be */
	flow_stop(&f);
	cr_expect_eq(unlink(at.sun_path), 0);
	*strrchr(at.sun_path, '/') = '\0';
	cr_expect_eq(rmdir(at.sun_path), 0);
}

/* The next word, within three minutes. */
static const char *next_told(void)
{
	struct pollfd p = {.fd = told, .events = POLLIN};
	char word[256];
	ssize_t n;

	cr_assert_eq(poll(&p, 1, 180 * 1000), 1, "nothing more was told:\n%s", flow_log(&f));
	n = recv(told, word, sizeof(word), 0);
	cr_assert_gt(n, 0);
	return arena_strndup(f.a, word, (size_t)n);
}

static int healthz(void)
{
	const struct client_request rq = {.method = "GET", .path = "/healthz"};

	return flow_ask(&f, f.device_port, &rq).status;
}

Test(systemd, is_told_of_start_life_and_end, .timeout = 600, .init = begin, .fini = end)
{
	const char *word;

	cr_expect_str_eq(next_told(), "READY=1");
	cr_expect_eq(healthz(), 200, "ready is when it answers");
	cr_expect_str_eq(next_told(), "WATCHDOG=1");
	cr_expect_str_eq(next_told(), "WATCHDOG=1", "and again, as long as it lives");
	flow_server_stop(&f);
	do {
		word = next_told();
	} while (text_equal(word, "WATCHDOG=1"));
	cr_expect_str_eq(word, "STOPPING=1");
	cr_expect_lt(recv(told, (char[8]){0}, 8, MSG_DONTWAIT), 0, "its last word");
	flow_server_start(&f);
	cr_expect_str_eq(next_told(), "READY=1", "anew");
}

/* Killed, it says nothing: the watchdog is then what tells. */
Test(systemd, a_killed_server_does_not_say_that_it_stops, .timeout = 600, .init = begin,
	.fini = end)
{
	char word[64];
	ssize_t n;

	cr_expect_str_eq(next_told(), "READY=1");
	flow_server_kill(&f);
	while ((n = recv(told, word, sizeof(word), MSG_DONTWAIT)) > 0)
		cr_expect_str_eq(arena_strndup(f.a, word, (size_t)n), "WATCHDOG=1");
	flow_server_start(&f);
	cr_expect_str_eq(next_told(), "READY=1");
}
#else
Test(systemd, is_not_built_in)
{
	cr_skip_test("built without systemd");
}
#endif
