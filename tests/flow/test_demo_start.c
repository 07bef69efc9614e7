/* SPDX-License-Identifier: EUPL-1.2 */
/* `hylla demo` where it cannot start, and where an earlier start left off. */
#include "tests/flow/demo.h"

static int taken(unsigned *ret_port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_port = htons((uint16_t)*ret_port);
	cr_assert_geq(fd, 0);
	cr_assert_eq(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)), 0);
	cr_assert_eq(bind(fd, (struct sockaddr *)&at, n), 0);
	cr_assert_eq(listen(fd, 1), 0);
	cr_assert_eq(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	*ret_port = ntohs(at.sin_port);
	return fd;
}

static int ended(void)
{
	int status = 0;

	cr_assert_eq(waitpid(f.server, &status, 0), f.server);
	close(street);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool is_made(void)
{
	return access(arena_printf(f.a, "%s/hylla.mdb", f.dir), F_OK) == 0;
}

static void launch_bare(const char *option, const char *value)
{
	launch((const char *const[]){"--count", "1", "--bare", option, value, NULL});
}

/* Behind "word:  " in the line of that account; NULL: it says none. */
static const char *word_of(const char *account)
{
	const char *line = strstr(flow_log(&f), arena_printf(f.a, "account \"%s\"", account));
	const char *word = line ? strstr(line, "password:  ") : NULL;

	word = word ? word + strlen("password:  ") : NULL;
	return word ? arena_strndup(f.a, word, strcspn(word, " \n")) : NULL;
}

static int status_of(const char *word, const char *own)
{
	return flow_call(&f, "POST", "/api/v1/sign-in", NULL,
		arena_printf(f.a, "{\"name\":\"it\",\"password\":\"%s\",\"new_password\":\"%s\"}", word,
			own))
		.status;
}

static void begin_new(void)
{
	begin();
	cr_assert_eq(unlink(arena_printf(f.a, "%s/hylla.conf", f.dir)), 0);
}

/* Nothing was made: there is no store to check. */
static void end_unmade(void)
{
	cr_expect_eq(system(arena_printf(f.a, "rm -rf '%s'", f.dir)), 0);
	arena_free(f.a);
}

Test(demo_start, tells_of_a_taken_port_before_anything_is_made, .timeout = 300, .init = begin_new,
	.fini = end_unmade)
{
	unsigned port = 0;
	int fd = taken(&port);

	launch_bare("--port", arena_printf(f.a, "%u", port - 1));
	cr_expect_neq(ended(), 0);
	cr_expect(said("port %u", port) && said("(staff)"), "%s", flow_log(&f));
	cr_expect(said("Nothing has been made yet"), "%s", flow_log(&f));
	cr_expect(said("in a row: --port "), "%s", flow_log(&f));
	cr_expect_not(said("one-time password"));
	cr_expect_not(is_made());
	launch_bare("--port", "65534");
	cr_expect_eq(ended(), 2);
	cr_expect(said("from 1 to 65533"), "%s", flow_log(&f));
	close(fd);
}

Test(demo_start, goes_where_it_is_told, .timeout = 300, .init = begin_new, .fini = end)
{
	/* of three in a row the first is ours, and of the next ones nobody else asks for any in the
	 * meantime but by chance */
	unsigned port = 20000 + (unsigned)getpid() % 10000;

	launch_bare("--port", arena_printf(f.a, "%u", port));
	cr_assert(said("answers on %u (iPads), %u (staff), %u (public)", port, port + 1, port + 2), "%s",
		flow_log(&f));
	cr_expect_not_null(word_of("it"));
	stop();
	launch_bare("--port", arena_printf(f.a, "%u", port + 10));
	cr_expect_eq(ended(), 2);
	cr_expect(said("for a new data directory"), "%s", flow_log(&f));
	launch_bare(NULL, NULL);
	cr_assert(said("answers on %u (iPads)", port), "%s", flow_log(&f));
	stop();
}

/* Who never saw the first words, or has lost them, is let in by the next start. */
Test(demo_start, tells_first_words_until_somebody_has_used_them, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *first, *second;
	int fd = taken(&f.staff_port);

	launch_bare(NULL, NULL);
	cr_expect_neq(ended(), 0);
	cr_expect(said("port %u", f.staff_port) && said("%s/hylla.conf", f.dir), "%s", flow_log(&f));
	cr_expect_not(is_made());
	close(fd);
	launch_bare(NULL, NULL);
	cr_assert(said("Ctrl-C stops it"), "%s", flow_log(&f));
	first = word_of("it");
	stop();
	launch_bare(NULL, NULL);
	cr_assert(said("Ctrl-C stops it"), "%s", flow_log(&f));
	second = word_of("it");
	cr_assert(first && second, "%s", flow_log(&f));
	cr_expect_str_neq(first, second);
	f.trust = client_trust_new(false);
	cr_assert_eq(client_trust_file(f.trust, arena_printf(f.a, "%s/ca.crt", f.dir)), 0);
	cr_expect_neq(status_of(first, "mina egna ord 1"), 200, "it was replaced");
	cr_expect_eq(status_of(second, "mina egna ord 1"), 200);
	stop();
	launch_bare(NULL, NULL);
	cr_assert(said("Ctrl-C stops it"), "%s", flow_log(&f));
	cr_expect_null(word_of("it"), "it is somebody's own by now");
	stop();
	client_trust_free(f.trust);
}
