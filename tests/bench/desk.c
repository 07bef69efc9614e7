/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/desk.h"

#include "base/clock.h"
#include "inventory/circulation_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define BATCH 20000 /* one durable commit */

static const struct audit_who bench_who = {.actor = "bench", .via = "cli"};

/* --- the store, filled fast --- */

struct filling {
	struct desk *d;
	unsigned from, to;
};

static const char *serial_of(struct arena *a, unsigned i)
{
	return arena_printf(a, "BD%07u", i);
}

const char *const desk_likes[DESK_WORDS] = {"blå", "röd", "grön", "trådlös", "lätt", "bärbar",
	"ljudstark", "vattentät", "självlysande", "större"};
const char *const desk_nouns[DESK_WORDS] = {"dörrklocka", "väckarklocka", "vårdkamera", "rörelselarm",
	"nattlampa", "tvåvägsradio", "spårsändare", "hörselslinga", "läsplatta", "påminnare"};

static void fill_products(struct desk *d)
{
	struct refusal r;

	for (unsigned i = 0; i < DESK_WORDS * DESK_WORDS; i++) {
		const char *id = arena_printf(d->a, "product-%u", i);
		const char *name = arena_printf(d->a, "%s %s", desk_likes[i / DESK_WORDS],
			desk_nouns[i % DESK_WORDS]);
		const struct inv_product p = {.id = id,
			.kind = INV_KIND_THING,
			.name = {name, name, name},
			.category = "larm",
			.life = INV_LIFE_USE,
			.privacy = INV_PRIVACY_NONE,
			.price_ore = 10000,
			.lendable = true};

		bench_must(inv_product_put(d->s.house.inv,
				   &(struct inv_act){.who = &bench_who, .now = clock_now()}, &p,
				   true, &r),
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

void desk_open(struct desk *d, unsigned things, unsigned borrowers, unsigned loans)
{
	const struct web_token want = {.roles = WEB_IT | WEB_KONSULENT | WEB_BIBLIOTEK | WEB_ADMIN,
		.note = "bench",
		.expires_at = clock_now() + DAY_S};
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

void desk_close(struct desk *d)
{
	bench_remove(&d->s);
	free(d->borrower);
	arena_free(d->a);
}

/* --- requests --- */

struct bytes desk_request(struct desk *d, const char *path, const char *body)
{
	return bytes_of_str(arena_printf(d->a,
		"POST %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
		"Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
		"Content-Length: %zu\r\n\r\n%s",
		path, d->token, strlen(body), body));
}

const char *desk_size(const struct desk *d)
{
	return d->things == 1000000 ? "1m" : d->things >= 100000 ? "100k" : "small";
}
