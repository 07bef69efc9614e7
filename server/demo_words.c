/* SPDX-License-Identifier: EUPL-1.2 */
/* What the demonstration tells whoever started it: where it answers, and what to try. */
#include "server/demo.h"

#include "base/file.h"
#include "base/text.h"
#include "people/people.h"
#include "print/print.h"

/* --- where it answers --- */

/* Bound to every address of the machine: a browser on it says localhost, as the certificate does.
 */
static bool is_anywhere(const char *host)
{
	static const char *const all[] = {"", "0.0.0.0", "[::]", "127.0.0.1", "[::1]"};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (text_equal(host, all[i]))
			return true;
	}
	return false;
}

const char *demo_address(const struct demo *d, const char *side)
{
	struct arena *a = d->cli->arena;
	const struct conf *conf = d->cli->house.conf;
	const char *listen = conf_str(conf, side, "listen"), *colon = strrchr(listen, ':');
	bool plain = text_empty(conf_str(conf, side, "tls_cert"));
	const char *host;

	if (!colon)
		return NULL;
	host = arena_printf(a, "%.*s", (int)(colon - listen), listen);
	return arena_printf(a, "%s://%s%s", plain ? "http" : "https",
		is_anywhere(host) ? "localhost" : host, colon);
}

static const char *listens_at(const struct demo *d, const char *side)
{
	const char *listen = conf_str(d->cli->house.conf, side, "listen");
	const char *colon = strrchr(listen, ':');

	return colon ? colon + 1 : "–";
}

void demo_say_answers(const struct demo *d)
{
	demo_say("%s\n", cli_fill(d->cli, "cli.demo.answers", listens_at(d, "device"),
				 listens_at(d, "staff"), listens_at(d, "public")));
}

static void tell_at(const struct demo *d, const char *key, const char *side)
{
	const char *address = demo_address(d, side);

	if (address)
		demo_tell(d, key, address, d->cli->dir);
}

/* --- what to try --- */

/* A command to type, and in the end of its line what it shows. */
static void say_command(const struct demo *d, const char *command, const char *key)
{
	bool own_dir = !text_equal(d->cli->dir, "data");
	const char *line = arena_printf(d->cli->arena, "./hylla %s%s%s", command,
		own_dir ? " --data " : "", own_dir ? d->cli->dir : "");

	if (key)
		demo_say("  %-36s   %s\n", line, cli_text(d->cli, key));
	else
		demo_say("  %s\n", line);
}

void demo_say_words(const struct demo *d)
{
	if (d->password)
		demo_tell(d, "cli.demo.word", "it", d->password);
	for (size_t i = 0; d->town.accounts[i].name; i++)
		demo_tell(
			d, "cli.demo.word", d->town.accounts[i].name, d->town.accounts[i].password);
}

/* What is to be typed where the demonstration itself runs. */
static void say_here(const struct demo *d, const char *verb, const char *serial, const char *key)
{
	const char *what = arena_printf(d->cli->arena, "%s %s", verb, serial);

	demo_say("  %-36s   %s\n", what, cli_text(d->cli, key));
}

/* What is to be scanned, or typed, at the desk. */
static void say_scan(const struct demo *d, const char *account, const char *codes)
{
	demo_say("  %s\n", cli_fill(d->cli, "cli.demo.scan",
				   arena_printf(d->cli->arena, "%s/desk", demo_address(d, "staff")),
				   account, codes));
}

static void say_title(const struct demo *d, const char *key)
{
	demo_say("\n%s\n", cli_text(d->cli, key));
}

/* --- whoever comes to the desk --- */

struct guests {
	struct demo *d;
	bool care, library;
	const char *codes; /* three things on the shelf, one of them with parts */
};

static int is_guest(struct guests *g, struct store_txn *txn, unsigned zone, size_t who, bool *ret)
{
	struct arena *a = g->d->cli->arena;
	struct people_borrower b;
	int err = people_by_card(g->d->cli->house.people, txn, a, zone, town_card(a, who), &b);

	*ret = err == 0;
	return err == ERR_NOTFOUND ? 0 : err;
}

static int add_free(struct guests *g, struct store_txn *txn, const char *product, size_t most)
{
	const struct inv_filter f = {.state = INV_IN_STOCK, .product = product, .most = most};
	struct arena *a = g->d->cli->arena;
	struct inv_unit *u;
	const char *next;
	size_t n;
	int err = inv_unit_filter(txn, a, &f, &u, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++)
		g->codes = arena_printf(a, "%s %s", g->codes, u[i].item_number);
	return err;
}

static int guests_in(struct store_txn *txn, void *arg)
{
	struct guests *g = arg;
	int err = is_guest(g, txn, PEOPLE_CARE, TOWN_FIRST_GUEST, &g->care);

	if (err == 0)
		err = is_guest(g, txn, PEOPLE_LIBRARY, TOWN_READER, &g->library);
	g->codes = town_card(g->d->cli->arena, TOWN_READER);
	if (err == 0)
		err = add_free(g, txn, "forstoringsglas-belysning", 2);
	return err ? err : add_free(g, txn, "tradlos-ringklocka", 1);
}

/* --- the stories --- */

/* A book to send; NULL: it cannot be written. */
static const char *make_book(const struct demo *d)
{
	AUTO(buf) struct buf pdf = BUF_INIT(1 << 20);
	const char *path = arena_printf(d->cli->arena, "%s/demo/handbok.pdf", d->cli->dir);
	const struct print_block blocks[] = {{.kind = PRINT_TITLE, .text = "Handbok"},
		{.kind = PRINT_TEXT, .text = cli_text(d->cli, "cli.demo.book_text")}};
	const struct print_sheet sheet = {.paper = PRINT_A4,
		.title = "Handbok",
		.author = "Hylla",
		.lang = "sv",
		.blocks = blocks,
		.block_count = 2};

	if (print_pdf(&sheet, &pdf) != 0 || file_write(path, buf_bytes(&pdf), 0644) != 0)
		return NULL;
	return path;
}

/* From the box to the next borrower. */
static void say_sent(const struct demo *d, const char *box)
{
	struct arena *a = d->cli->arena;
	const char *book = make_book(d);

	/* the command line goes by hylla.conf alone, where an older one says nothing of it */
	if (!text_empty(conf_str(d->cli->house.conf, "public", "url")))
		say_command(d,
			arena_printf(a,
				"mailing send survey --item %s --title 'Hur går det?' --url "
				"https://example.se/",
				box),
			"cli.demo.survey");
	if (book)
		say_command(d,
			arena_printf(a, "mailing send media --item %s --title Handbok --file %s",
				box, book),
			"cli.demo.book");
}

static void say_stolen(const struct demo *d, const char *box)
{
	struct arena *a = d->cli->arena;

	say_command(
		d, arena_printf(a, "device lost %s --phone '033-35 70 00'", box), "cli.demo.lost");
	say_here(d, "erase", box, "cli.demo.thief");
	say_command(d, arena_printf(a, "device show %s", box), "cli.demo.again_lost");
	say_command(d, arena_printf(a, "device found %s", box), "cli.demo.found");
}

static void say_returned(const struct demo *d, const char *box)
{
	struct arena *a = d->cli->arena;

	say_command(d,
		arena_printf(a,
			"item mark %s returned --erase yes --preserve-data-plan yes "
			"--return-to-service yes",
			box),
		"cli.demo.returned");
	say_command(d, arena_printf(a, "return show %s", box), NULL);
	say_command(d, arena_printf(a, "return finish %s lend", box), NULL);
}

static void say_life(const struct demo *d, const struct guests *g)
{
	struct arena *a = d->cli->arena;
	const char *box = demo_serial(a, d->count + 1);
	const char *first = town_card(a, TOWN_FIRST_GUEST);
	const char *second = town_card(a, TOWN_SECOND_GUEST);

	say_title(d, "cli.demo.life");
	say_command(d, "ade show", NULL);
	say_command(d, arena_printf(a, "item show %s", box), "cli.demo.box");
	say_command(d, arena_printf(a, "item mark %s in_stock", box), "cli.demo.unpacked");
	if (g->care)
		say_scan(d, "konsulent", arena_printf(a, "%s %s", first, box));
	say_sent(d, box);
	say_stolen(d, box);
	say_returned(d, box);
	if (g->care)
		say_scan(d, "konsulent", arena_printf(a, "%s %s", second, box));
	say_command(d, arena_printf(a, "item show %s", box), "cli.demo.story");
}

/* One that is on loan, or, where few are, one that the delivery list knows. */
static void say_desk(const struct demo *d, const struct guests *g)
{
	struct arena *a = d->cli->arena;
	const char *serial = demo_serial(a, d->count > 5 ? 5 : 1);
	const char *page = demo_address(d, "staff");

	if (!g->library || !page)
		return;
	say_title(d, "cli.demo.desk");
	say_scan(d, "bibliotek", g->codes);
	demo_tell(d, "cli.demo.short", NULL, NULL);
	demo_tell(d, "cli.demo.steal", arena_printf(a, "%s/items/%s", page, serial), NULL);
}

static void say_more(const struct demo *d)
{
	struct arena *a = d->cli->arena;
	const char *locked = demo_serial(a, DEMO_LOCKED),
		   *lost = demo_serial(a, d->count > 5 ? 5 : 1);

	say_title(d, "cli.demo.more");
	say_command(d, "device list", NULL);
	if (d->count > 1) {
		say_command(d, arena_printf(a, "device lost %s --stolen", lost), "cli.demo.stolen");
		say_command(d, arena_printf(a, "device found %s", lost), NULL);
	}
	if (d->count >= DEMO_LOCKED) {
		say_command(d,
			arena_printf(a,
				"device command %s --ask '{\"request\":\"CertificateList\"}'",
				locked),
			NULL);
		say_command(d, arena_printf(a, "device why %s", locked), "cli.demo.waits");
		say_here(d, "unlock", locked, "cli.demo.picked_up");
	}
	say_command(d, "item list --state quarantined", "cli.demo.stranger");
	say_command(d, "task list", "cli.demo.tasks");
	say_command(d, "audit", NULL);
}

static void say_ipads(const struct demo *d)
{
	struct guests g = {.d = (struct demo *)(uintptr_t)d};

	if (demo_has_town(d) && store_read(d->cli->house.st, guests_in, &g) != 0)
		g.care = g.library = false;
	say_life(d, &g);
	say_desk(d, &g);
	say_more(d);
}

void demo_say_next(struct demo *d)
{
	pthread_mutex_lock(&d->lock); /* what the iPads do meanwhile is told after */
	demo_say("\n");
	demo_say_words(d);
	demo_say("\n");
	demo_tell(d, "cli.demo.runs", NULL, NULL);
	if (d->fleet)
		say_ipads(d);
	else
		say_command(d, "enrol batch --most 5", "cli.demo.batch");
	demo_say("\n");
	tell_at(d, "cli.demo.pages", "staff");
	tell_at(d, "cli.demo.promise", "public");
	if (d->fleet) {
		demo_say("\n");
		demo_tell(d, "cli.demo.street", NULL, NULL);
	}
	demo_say("\n");
	demo_tell(d, "cli.demo.log", demo_server_log(d), NULL);
	demo_tell(d, "cli.demo.stop", NULL, NULL);
	demo_say("\n");
	pthread_mutex_unlock(&d->lock);
}
