/* SPDX-License-Identifier: EUPL-1.2 */
/* Plain requests over real sockets: what a handler is told and what a client gets. */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <unistd.h>

static struct test_server t;
static struct buf reply = BUF_INIT(8 * 1024 * 1024);

static void begin(void)
{
	log_set_level(LOG_ERROR);
	test_server_init(&t);
	test_server_start(&t);
}

static void end(void)
{
	test_server_stop(&t);
	buf_release(&reply);
}

TestSuite(request, .init = begin, .fini = end);

Test(request, plain)
{
	cr_assert_eq(client_get(t.port, "/hello", &reply), 200);
	cr_assert_str_eq(reply_body(&reply), "hello\n");
	cr_assert(reply_has(&reply, "X-Content-Type-Options: nosniff"));
	cr_assert(reply_has(&reply, "Cache-Control: no-store"));
	cr_assert(reply_has(&reply, "Content-Type: text/plain"));
	cr_assert(strcasestr(buf_str(&reply), "\r\nDate: "));
	cr_assert(!strcasestr(buf_str(&reply), "Security-Policy"));
}
