/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lending desk: durable check-outs over HTTP, beside PostgreSQL doing the same in one prepared
 * statement, by turns on the same disk; and how long a scan takes in a large store.
 *
 * HYLLA_BENCH_DESK is how many things the large store has (20000 unless told; the figures that are
 * aimed for are of 1000000, which takes minutes to load); with a fifth as many borrowers and five
 * times as many past loans.
 */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "base/text.h"
#include "inventory/circulation_int.h"
#include "tests/bench/postgres.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ROUNDS 3
#define BATCH 20000 /* one durable commit */
#define RATE_THINGS 120000
#define RATE_BORROWERS 20000

static const struct audit_who bench_who = {.actor = "bench", .via = "cli"};

struct desk {
	struct bench_server s;
	struct arena *a;
	const char *token;
	char (*borrower)[PEOPLE_ID];
	unsigned borrowers, things;
	unsigned next; /* the first thing that was not lent yet */
};

/* --- the store, filled fast --- */

struct filling {
	struct desk *d;
	unsigned from, to;
};

static const char *serial_of(struct arena *a, unsigned i)
{
	return arena_printf(a, "BD%07u", i);
}

static void fill_products(struct desk *d)
{
	struct refusal r;

	for (unsigned i = 0; i < 100; i++) {
		const char *id = arena_printf(d->a, "product-%u", i);
		const struct inv_product p = {.id = id,
			.kind = INV_KIND_THING,
			.name = {id, id, id},
			.category = "larm",
			.life = INV_LIFE_USE,
			.privacy = INV_PRIVACY_NONE,
			.price_ore = 10000,
			.lendable = true};

		bench_must(inv_product_put(d->s.house.inv, &bench_who, &p, true, clock_now(), &r),
			"product");
	}
}

static int things_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct filling *f = arg;
	int err = 0;

	for (unsigned i = f->from; err == 0 && i < f->to; i++) {
		const struct inv_unit u = {.serial = serial_of(a, i),
			.item_number = arena_printf(a, "VB-%07u", i),
			.state = INV_IN_STOCK,
			.product_id = arena_printf(a, "product-%u", i % 100),
			.made_at = 1000,
			.changed_at = 1000,
			.condition = INV_CONDITION_GOOD};

		err = inv_unit_put(txn, NULL, &u);
	}
	return err;
}

static int borrowers_in(struct store_txn *txn, void *arg)
{
	struct filling *f = arg;
	const struct people_caller by = {&bench_who, PEOPLE_ZONES, clock_now()};
	int err = 0;

	for (unsigned i = f->from; err == 0 && i < f->to;) {
		char card[PEOPLE_CARD];
		const struct people_edit want = {.zone = PEOPLE_LIBRARY,
			.kind = "senior",
			.given = "Bench",
			.family = "Person",
			.card = card};
		struct refusal r;

		people_id_make(f->d->borrower[i]);
		people_card_make(card);
		err = people_add_in(f->d->s.house.people, txn, &by, &want, f->d->borrower[i], &r);
		if (err == ERR_REFUSED) /* somebody has that card: another one */
			err = 0;
		else
			i++;
	}
	return err;
}

/* Past loans of one thing each, closed, as check out and check in leave them. Every thing is lent
 * once, then every thing again; within such a round things and borrowers come in the order of
 * their keys, so that a batch writes few pages. */
static int loans_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct filling *f = arg;
	const int64_t then = clock_now() - 100 * DAY_S;
	int err = 0;

	for (unsigned i = f->from; err == 0 && i < f->to; i++) {
		unsigned thing = i % f->d->things;
		unsigned of = (unsigned)((uint64_t)thing * f->d->borrowers / f->d->things);
		struct inv_loan l = {.zone = PEOPLE_LIBRARY,
			.kind = INV_LOAN_ORDINARY,
			.borrower = f->d->borrower[of],
			.happened_at = then,
			.registered_at = then,
			.registered_by = "bench",
			.lines = 1,
			.closed_at = then + DAY_S,
			.forget_at = then + 1000 * DAY_S,
			.version = 2};
		struct inv_loan_line line = {.no = 1,
			.serial = serial_of(a, thing),
			.product = arena_printf(a, "product-%u", thing % 100),
			.name = "Bench",
			.state = INV_LINE_IN,
			.due = day_of_time(then) + 42,
			.out_at = then,
			.out_by = "bench",
			.in_at = then + DAY_S,
			.in_by = "bench"};

		err = inv_loan_next_id(txn, &l.id);
		line.loan = l.id;
		if (err == 0)
			err = inv_loan_put(txn, NULL, &l);
		if (err == 0)
			err = inv_line_put(txn, NULL, &line);
	}
	return err;
}

static int by_text(const void *x, const void *y)
{
	return strcmp(x, y);
}

static void fill(struct desk *d, store_fn *fn, unsigned n, const char *what)
{
	for (unsigned from = 0; from < n; from += BATCH) {
		struct filling f = {d, from, from + BATCH < n ? from + BATCH : n};

		bench_must(store_write(d->s.house.st, fn, &f), what);
	}
}

/*
 * Filled in big steps, the store lies in the kernel's memory in big pieces, and each small write
 * looks through a whole one. A store that grew day by day, or was opened after a restart, does
 * not: so it is read in anew, page by page.
 */
static void settle(struct desk *d)
{
	const char *path = arena_printf(d->a, "%s/hylla.mdb", d->s.dir);
	char page[4096];
	int fd;

	house_close(&d->s.house);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		bench_must(ERR_IO, path);
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);
	while (read(fd, page, sizeof(page)) > 0)
		;
	close(fd);
	bench_must(house_open(d->s.dir, NULL, false, &d->s.house), "house");
}

static void open_desk(struct desk *d, unsigned things, unsigned borrowers, unsigned loans)
{
	const struct web_token want = {
		.roles = WEB_BIBLIOTEK, .note = "bench", .expires_at = clock_now() + DAY_S};
	struct web_token made;

	*d = (struct desk){.a = arena_new(), .things = things, .borrowers = borrowers};
	bench_found(&d->s);
	d->borrower = mem_zalloc(borrowers * sizeof(*d->borrower));
	fill_products(d);
	fill(d, things_in, things, "things");
	fill(d, borrowers_in, borrowers, "borrowers");
	qsort(d->borrower, borrowers, sizeof(*d->borrower), by_text);
	fill(d, loans_in, loans, "past loans");
	bench_must(web_token_add(
			   d->s.house.st, &bench_who, &want, clock_now(), d->a, &made, &d->token),
		"token");
	if (!loans)
		settle(d);
	bench_server_start(&d->s);
}

static void close_desk(struct desk *d)
{
	bench_remove(&d->s);
	free(d->borrower);
	arena_free(d->a);
}

/* --- requests --- */

static struct bytes request(struct desk *d, const char *path, const char *body)
{
	return bytes_of_str(arena_printf(d->a,
		"POST %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
		"Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
		"Content-Length: %zu\r\n\r\n%s",
		path, d->token, strlen(body), body));
}

static struct bytes check_out(struct desk *d, unsigned thing)
{
	return request(d, "/api/v1/loans",
		arena_printf(d->a,
			"{\"borrower\":\"%s\",\"things\":[\"VB-%07u\"],\"yes\":\"limit\"}",
			d->borrower[thing % d->borrowers], thing));
}

/* --- check-outs a second --- */

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static double median(double v[ROUNDS])
{
	qsort(v, ROUNDS, sizeof(*v), by_value);
	return v[ROUNDS / 2];
}

static double our_rate(struct desk *d, unsigned clients, unsigned n, double *ret_p99)
{
	struct bench_load l = {
		.port = d->s.staff_port, .clients = clients, .request_count = n, .answered = true};

	l.requests = ARENA_ARRAY(d->a, struct bytes, n);
	for (unsigned i = 0; i < n; i++)
		l.requests[i] = check_out(d, d->next++);
	bench_load_run(&l);
	if (l.failed)
		bench_note("%llu of %u check-outs failed", (unsigned long long)l.failed, n);
	*ret_p99 = l.p99_ms;
	return l.rate;
}

static void rates(struct desk *d)
{
	static const struct {
		unsigned clients, n;
	} runs[] = {{1, 500}, {8, 2500}, {64, 10000}};
	struct bench_postgres *pg = bench_postgres_start(d->a, d->things, d->borrowers);

	if (!pg)
		bench_note("PostgreSQL 15 is not installed (apt-get install postgresql): no "
			   "comparison");
	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		unsigned c = runs[i].clients;
		double ours[ROUNDS], theirs[ROUNDS], p99 = 0;

		for (size_t r = 0; r < ROUNDS; r++) {
			theirs[r] = pg ? bench_postgres_rate(pg, c, 3) : 0;
			ours[r] = our_rate(d, c, runs[i].n, &p99);
		}
		bench_say(arena_printf(d->a, "checkout_rate_c%u", c), median(ours), "1/s");
		bench_say(arena_printf(d->a, "checkout_p99_c%u", c), p99, "ms");
		if (!pg)
			continue;
		bench_say(arena_printf(d->a, "checkout_postgres_c%u", c), median(theirs), "1/s");
		bench_say(arena_printf(d->a, "checkout_vs_postgres_c%u", c),
			100 * median(ours) / median(theirs), "%");
	}
	bench_postgres_stop(pg);
}

/* --- a scan in a large store --- */

static const char *size_name(unsigned things)
{
	return things == 1000000 ? "1m" : things >= 100000 ? "100k" : "small";
}

static void scans(struct desk *d)
{
	enum { SCANS = 4000 };
	struct bench_load l = {
		.port = d->s.staff_port, .clients = 1, .request_count = SCANS, .answered = true};

	/* One desk, things all over the store: each is put on it, then taken off by the card that
	 * clears it, so that the bundle stays small. */
	l.requests = ARENA_ARRAY(d->a, struct bytes, SCANS);
	for (unsigned i = 0; i < SCANS; i++) {
		unsigned thing = (unsigned)((uint64_t)i * 2654435761u % d->things);

		l.requests[i] = request(d, "/api/v1/scan",
			i % 10 == 9 ? "{\"code\":\"C-AVBRYT\"}"
				    : arena_printf(d->a, "{\"code\":\"VB-%07u\\r\\n\"}", thing));
	}
	bench_load_run(&l);
	if (l.failed)
		bench_note("%llu of %d scans failed", (unsigned long long)l.failed, SCANS);
	bench_say(arena_printf(d->a, "scan_p50_%s", size_name(d->things)), l.p50_ms, "ms");
	bench_say(arena_printf(d->a, "scan_p99_%s", size_name(d->things)), l.p99_ms, "ms");
}

/* --- search --- */

struct searching {
	struct desk *d;
	const char *words;
};

static int search_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct searching *x = arg;
	struct inv_found *found;
	size_t n;

	return inv_search(txn, a, x->words, 20, &found, &n);
}

/* Inside this process, as a page asks it: codes whole and begun, words whole and begun. */
static void searches(struct desk *d)
{
	enum { SEARCHES = 1000 };
	static double ms[SEARCHES];

	for (unsigned i = 0; i < SEARCHES; i++) {
		unsigned thing = (unsigned)((uint64_t)i * 2654435761u % d->things);
		struct searching x = {.d = d};
		int64_t t0;

		x.words = i % 4 == 0   ? arena_printf(d->a, "VB-%07u", thing)
			  : i % 4 == 1 ? arena_printf(d->a, "VB-%05u", thing / 100)
			  : i % 4 == 2 ? arena_printf(d->a, "product %u", thing % 100)
				       : "prod";
		t0 = clock_mono_us();
		bench_must(store_read(d->s.house.st, search_in, &x), "search");
		ms[i] = (double)(clock_mono_us() - t0) / 1000;
	}
	qsort(ms, SEARCHES, sizeof(*ms), by_value);
	bench_say(
		arena_printf(d->a, "search_p50_%s", size_name(d->things)), ms[SEARCHES / 2], "ms");
	bench_say(arena_printf(d->a, "search_p99_%s", size_name(d->things)),
		ms[SEARCHES - SEARCHES / 100 - 1], "ms");
}

void bench_desk(void)
{
	const char *wanted = getenv("HYLLA_BENCH_DESK");
	uint64_t n = 20000;
	struct desk d;

	if (wanted && (text_parse_u64(wanted, &n) != 0 || n < 1000 || n > 10000000))
		bench_must(ERR_USAGE, "HYLLA_BENCH_DESK is a number of things");
	if (bench_wants("checkout_")) {
		bench_note("one thing a loan, %d things, %d borrowers with a loan or two each; the "
			   "same logical transaction by turns, %d rounds, medians",
			RATE_THINGS, RATE_BORROWERS, ROUNDS);
		bench_note("ours over HTTP with JSON, a token, rules, counts and the chain of "
			   "hashes; PostgreSQL 15 by pgbench on its own socket, one prepared "
			   "statement: unit, borrower, loan, line, history, audit log and undo, "
			   "with the same indexes; fsync and synchronous_commit on, the rest as "
			   "Debian has it");
		open_desk(&d, RATE_THINGS, RATE_BORROWERS, 0);
		rates(&d);
		close_desk(&d);
	}
	if (bench_wants("scan_") || bench_wants("search_")) {
		bench_note("loading %llu things, %llu borrowers, %llu past loans …",
			(unsigned long long)n, (unsigned long long)(n / 5),
			(unsigned long long)(n * 5));
		open_desk(&d, (unsigned)n, (unsigned)(n / 5), (unsigned)(n * 5));
		scans(&d);
		searches(&d);
		close_desk(&d);
	}
}
