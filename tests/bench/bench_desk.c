/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lending desk: durable check-outs over HTTP, beside PostgreSQL doing the same in one prepared
 * statement, by turns on the same disk; and how long a scan takes in a large store.
 *
 * HYLLA_BENCH_DESK is how many things the large store has (20000 unless told; the figures that are
 * aimed for are of 1000000, which takes minutes to load); with a fifth as many borrowers and five
 * times as many past loans. `dev` tells of it.
 */
#include "tests/bench/desk.h"

#include "base/clock.h"
#include "base/text.h"
#include "inventory/circulation_int.h"
#include "tests/bench/postgres.h"

#include <stdlib.h>

#define ROUNDS 3
#define RATE_THINGS 120000
#define RATE_BORROWERS 20000

static struct bytes check_out(struct desk *d, unsigned thing)
{
	return desk_request(d, "/api/v1/loans",
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

static int commit_in(struct store_txn *txn, void *arg)
{
	const struct audit_who who = {.actor = "bench", .via = "cli"};
	const int64_t *now = arg;

	return audit_add(txn, &who, *now, "task.done", "bench", NULL);
}

/* A scan is written down before it is answered: what the disk's part of that is just now. */
static void tell_commit(struct desk *d)
{
	enum { COMMITS = 300 };
	static double ms[COMMITS];
	int64_t now = clock_now();

	for (unsigned i = 0; i < COMMITS; i++) {
		int64_t t0 = clock_mono_us();

		bench_must(store_write(d->s.house.st, commit_in, &now), "a commit");
		ms[i] = (double)(clock_mono_us() - t0) / 1000;
	}
	qsort(ms, COMMITS, sizeof(*ms), by_value);
	bench_note("a scan is durable before it is answered; a commit of one row alone takes %.2f "
		   "ms here just now, one in a hundred %.2f ms",
		ms[COMMITS / 2], ms[COMMITS - COMMITS / 100 - 1]);
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

		l.requests[i] = desk_request(d, "/api/v1/scan",
			i % 10 == 9 ? "{\"code\":\"C-AVBRYT\"}"
				    : arena_printf(d->a, "{\"code\":\"VB-%07u\\r\\n\"}", thing));
	}
	tell_commit(d);
	bench_load_run(&l);
	if (l.failed)
		bench_note("%llu of %d scans failed", (unsigned long long)l.failed, SCANS);
	bench_say(arena_printf(d->a, "scan_p50_%s", desk_size(d)), l.p50_ms, "ms");
	bench_say(arena_printf(d->a, "scan_p99_%s", desk_size(d)), l.p99_ms, "ms");
}

/* What does nothing is not written down before it is answered. */
static void noes(struct desk *d)
{
	enum { SCANS = 2000 };
	struct bench_load l = {
		.port = d->s.staff_port, .clients = 1, .request_count = SCANS, .answered = true};

	l.requests = ARENA_ARRAY(d->a, struct bytes, SCANS);
	for (unsigned i = 0; i < SCANS; i++)
		l.requests[i] = desk_request(d, "/api/v1/scan",
			arena_printf(d->a, "{\"code\":\"NOSUCH-%u\",\"key\":\"bench-%08u\"}", i, i));
	bench_load_run(&l);
	if (l.failed)
		bench_note("%llu of %d scans failed", (unsigned long long)l.failed, SCANS);
	bench_say(arena_printf(d->a, "scan_no_p50_%s", desk_size(d)), l.p50_ms, "ms");
	bench_say(arena_printf(d->a, "scan_no_p99_%s", desk_size(d)), l.p99_ms, "ms");
}

/* --- search --- */

struct searching {
	struct desk *d;
	const char *words;
	size_t n;
};

static int search_in(struct store_txn *txn, void *arg)
{
	AUTO(arena) struct arena *a = arena_new();
	struct searching *x = arg;
	struct inv_found *found;

	return inv_search(txn, a, x->words, 20, &found, &x->n);
}

/* One slip in it, as fingers make them: a letter left out, two that changed places, or one twice. */
static const char *misspelt(struct arena *a, const char *word, unsigned how)
{
	char *s = arena_printf(a, "%s ", word);
	size_t n = strlen(word), at = n - 3; /* the words end in letters of one octet */

	if (how % 3 == 0) {
		memmove(s + at, s + at + 1, n - at);
		s[n - 1] = '\0';
	} else if (how % 3 == 1) {
		char c = s[at];

		s[at] = s[at + 1];
		s[at + 1] = c;
		s[n] = '\0';
	} else {
		memmove(s + at + 1, s + at, n - at);
		s[n + 1] = '\0';
	}
	return s;
}

/* The first letters, all of them whole. */
static const char *begun(struct arena *a, const char *word)
{
	size_t n = 6;

	while ((word[n] & 0xc0) == 0x80)
		n++;
	return arena_strndup(a, word, n);
}

/* Codes whole and begun, words whole and begun; every third is misspelt. */
static const char *search_words(struct desk *d, unsigned i, bool slips)
{
	unsigned thing = (unsigned)((uint64_t)i * 2654435761u % d->things);
	const char *like = desk_likes[thing / 7 % DESK_WORDS], *noun = desk_nouns[thing % DESK_WORDS];

	if (slips || i % 3 == 2)
		return arena_printf(d->a, "%s %s", like, misspelt(d->a, noun, thing / 10));
	switch (i % 4) {
	case 0:
		return arena_printf(d->a, "VB-%07u", thing);
	case 1:
		return arena_printf(d->a, "VB-%05u", thing / 100);
	case 2:
		return arena_printf(d->a, "%s %s", like, noun);
	default:
		return begun(d->a, noun);
	}
}

/* Inside this process, as a page asks it. */
static void searches(struct desk *d, const char *name, bool slips)
{
	enum { SEARCHES = 1000 };
	static double ms[SEARCHES];
	unsigned found = 0;

	for (unsigned i = 0; i < SEARCHES; i++) {
		struct searching x = {.d = d, .words = search_words(d, i, slips)};
		int64_t t0 = clock_mono_us();

		bench_must(store_read(d->s.house.st, search_in, &x), "search");
		ms[i] = (double)(clock_mono_us() - t0) / 1000;
		found += x.n > 0;
	}
	qsort(ms, SEARCHES, sizeof(*ms), by_value);
	bench_say(arena_printf(d->a, "%s_p50_%s", name, desk_size(d)), ms[SEARCHES / 2], "ms");
	bench_say(arena_printf(d->a, "%s_p99_%s", name, desk_size(d)),
		ms[SEARCHES - SEARCHES / 100 - 1], "ms");
	bench_note("%s: %u of %d found something", name, found, SEARCHES);
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
		desk_open(&d, RATE_THINGS, RATE_BORROWERS, 0);
		rates(&d);
		desk_close(&d);
	}
	if (bench_wants("scan_") || bench_wants("search_") || bench_wants("page_")) {
		bench_note("loading %llu things, %llu borrowers, %llu past loans …",
			(unsigned long long)n, (unsigned long long)(n / 5),
			(unsigned long long)(n * 5));
		desk_open(&d, (unsigned)n, (unsigned)(n / 5), (unsigned)(n * 5));
		bench_note("the goals of scan and search are for 1 000 000 things; here are %u",
			d.things);
		if (bench_wants("scan_")) {
			scans(&d);
			noes(&d);
		}
		if (bench_wants("search_")) {
			searches(&d, "search", false);
			searches(&d, "search_slip", true);
		}
		if (bench_wants("page_"))
			desk_pages(&d);
		desk_close(&d);
	}
}
