/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of a hundred thousand iPads, filtered and sorted: how long until its first bytes. */
#include "tests/bench/bench.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define FLEET 100000
#define AT_ONCE 1000
#define ASKED 200

static const struct audit_who bench_who = {.actor = "bench", .via = "cli"};

static const struct {
	const char *name, *path;
} pages[] = {
	{"all", "/devices"},
	{"state", "/devices?state=silent"},
	{"sorted", "/devices?sort=-seen"},
	{"state_sorted", "/devices?state=enrolled&sort=os"},
	{"group_sorted", "/devices?group=tenth&sort=seen"},
	{"nobody", "/devices?state=enrolled&lent=yes"},
	{"things_sorted", "/items?kind=ipad&state=in_stock&sort=lease_ends"},
	{"dates", "/lifeguard"},
};

/* Ten leases over five years; every other iPad is in stock. */
static void things_in(struct bench_server *s, unsigned from)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf csv = BUF_INIT(1 << 20);
	struct inv_import_report r = {0};

	buf_add_str(&csv, "serial,state,lease,lease_end\n");
	for (unsigned i = from; i < from + AT_ONCE; i++)
		buf_printf(&csv, "BENCH%07u,%s,L-%u,%u-%02u-01\n", i,
			i % 2 ? "in_stock" : "delivered", i % 10, 2027 + i % 5, 1 + i % 12);
	bench_must(inv_import_csv(s->house.inv, &bench_who, buf_bytes(&csv), false, false, SAY_EN,
			   clock_now(), a, &r),
		"things");
}

struct tenth {
	struct house *h;
	unsigned from;
};

/* Each tenth is of a group. */
static int tenth_in(struct store_txn *txn, void *arg)
{
	const struct tenth *t = arg;
	AUTO(arena) struct arena *a = arena_new();
	struct refusal r;
	int err = t->from ? 0 : mdm_group_add(
				       t->h->mdm, txn, &bench_who, "tenth", NULL, clock_now(), &r);

	for (unsigned i = t->from; err == 0 && i < t->from + AT_ONCE; i += 10)
		err = mdm_member_set(t->h->mdm, txn, &bench_who, "tenth",
			arena_printf(a, "BENCH%07u", i), true, clock_now(), &r);
	return err;
}

static const char *token_of(struct bench_server *s)
{
	const struct web_token want = {
		.roles = WEB_IT, .note = "bench", .expires_at = clock_now() + 86400};
	struct web_token made;
	const char *word;

	bench_must(web_token_add(
			   s->house.st, &bench_who, &want, clock_now(), s->a, &made, &word),
		"token");
	return word;
}

/* From the first byte of the question to the first of the answer, on a connection that is there. */
static double first_ms(unsigned port, struct bytes rq)
{
	const struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char got[16];
	int64_t t0, t1;

	if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0)
		bench_must(ERR_NET, "connect");
	t0 = clock_mono_us();
	if (send(fd, rq.p, rq.n, MSG_NOSIGNAL) != (ssize_t)rq.n ||
		recv(fd, got, sizeof(got), MSG_WAITALL) != sizeof(got))
		bench_must(ERR_NET, "page");
	t1 = clock_mono_us();
	close(fd);
	if (memcmp(got, "HTTP/1.1 200", 12) != 0)
		bench_must(ERR_INTERNAL, "a page is refused");
	return (double)(t1 - t0) / 1000;
}

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static void page_tell(struct bench_server *s, const char *name, struct bytes rq)
{
	double ms[ASKED];

	for (unsigned i = 0; i < ASKED; i++)
		ms[i] = first_ms(s->staff_port, rq);
	qsort(ms, ASKED, sizeof(*ms), by_value);
	bench_say(arena_printf(s->a, "fleet_%s_ms", name), ms[ASKED / 2], "ms");
	bench_say(arena_printf(s->a, "fleet_%s_ms_p99", name), ms[ASKED * 99 / 100], "ms");
}

void bench_fleet_page(void)
{
	struct bench_server s;
	const char *word;

	bench_found(&s);
	for (unsigned i = 0; i < FLEET; i += AT_ONCE) {
		things_in(&s, i);
		bench_enrolled(&s.house, i, AT_ONCE);
		bench_must(store_write(s.house.st, tenth_in, &(struct tenth){&s.house, i}), "group");
	}
	word = token_of(&s);
	bench_server_start(&s);
	bench_note("pages of %d iPads, each %d times on a connection of its own: first bytes, median "
		   "and p99",
		FLEET, ASKED);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		page_tell(&s, pages[i].name,
			bytes_of_str(arena_printf(s.a,
				"GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
				"Accept-Language: sv\r\nAuthorization: Bearer %s\r\n\r\n",
				pages[i].path, word)));
	bench_server_stop(&s);
	bench_remove(&s);
}
