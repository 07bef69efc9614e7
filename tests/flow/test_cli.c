/* SPDX-License-Identifier: EUPL-1.2 */
/* What the desk does, done by the command line beside the running server: the API's own handlers,
 * asked without a socket. */
#include "tests/flow/flow.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct flow f;
static const char password[] = "beas alldeles egna\n";

static void begin(void)
{
	const char *once;

	flow_start(&f);
	once = doc_str(FLOW_JSON(&f, "user", "add", "bea", "--roles", "bibliotek konsulent"),
		"one_time_password");
	cr_assert_eq(flow_run(&f, arena_printf(f.a, "%s\n%s", once, password),
			     (const char *const[]){"user", "password", "bea", NULL})
			     .status,
		0);
}

static void end(void)
{
	flow_expect_well(&f);
	flow_stop(&f);
}

TestSuite(cli, .init = begin, .fini = end, .timeout = 300);

/* As bea, with --json; the exit status must be this. */
static struct doc *as_bea(int status, const char *const *arguments)
{
	struct flow_said said = flow_run(&f, password, arguments);
	struct doc *d = NULL;

	cr_assert_eq(said.status, status, "%s %s: %d\n%s%s", arguments[0], arguments[1],
		said.status, said.out, said.err);
	if (said.out[0] == '{')
		cr_assert_eq(doc_parse(f.a, bytes_of_str(said.out), &d), 0, "%s", said.out);
	return d;
}
#define BEA(status, ...) \
	as_bea((status), (const char *const[]){__VA_ARGS__, "--as", "bea", "--json", NULL})

/* A picture of 64 by 32, as far as its frame tells. */
static const uint8_t jpeg[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1,
	0, 1, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 32, 0, 64, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0,
	63, 0, 1, 2, 3, 0xff, 0xd9};

static size_t rows(const struct doc *d, const char *list)
{
	return doc_list_size(doc_list(d, list));
}

static const char *number(const struct doc *d, const char *key)
{
	int64_t n = 0;

	cr_assert_eq(doc_int(d, key, &n), 0, "no %s", key);
	return arena_printf(f.a, "%lld", (long long)n);
}

/* One product, one place, `n` things of it; the first one's serial. */
static const char *stock(const char *n)
{
	struct doc *d;

	FLOW_EXPECT(
		&f, 0, "product", "add", "lupp", "Lupp", "--zone", "library", "--price", "449,50");
	FLOW_EXPECT(&f, 0, "place", "add", "disk", "Disken", "--lends");
	d = FLOW_JSON(&f, "item", "add", "--product", "lupp", "--place", "disk", "--count", n);
	return doc_list_str(doc_list(d, "serials"), 0);
}

static const char *borrower(void)
{
	return doc_str(BEA(0, "borrower", "add", "--zone", "library", "--given", "Hjördis",
			       "--family", "Xylander", "--card", "LKORT77"),
		"id");
}

Test(cli, things)
{
	const char *serial = stock("2"), *photo = arena_printf(f.a, "%s/photo", f.dir);
	AUTO(buf) struct buf back = BUF_INIT(1 << 20);
	struct doc *d;
	int64_t ore;

	d = FLOW_JSON(&f, "product", "show", "lupp");
	cr_expect_eq(doc_int(d, "price_ore", &ore), 0);
	cr_expect_eq(ore, 44950, "kronor are öre to the API");
	FLOW_EXPECT(&f, 0, "product", "change", "lupp", "--loan-days", "14", "--lendable", "yes");
	cr_expect_str_eq(number(FLOW_JSON(&f, "product", "show", "lupp"), "loan_days"), "14");
	FLOW_EXPECT(&f, 0, "product", "parts", "lupp", "[{\"name\":\"Fodral\",\"expected\":1}]");
	FLOW_EXPECT(&f, 0, "kit", "begin", serial);
	cr_expect_eq(rows(FLOW_JSON(&f, "kit", "show", serial), "parts"), 1);
	FLOW_EXPECT(&f, 0, "item", "note", serial, "repa i glaset");
	FLOW_EXPECT(&f, 0, "item", "code-add", serial, "XK-77", "--kind", "other");
	cr_expect_eq(rows(FLOW_JSON(&f, "item", "find", "XK-77"), "found"), 1);
	FLOW_EXPECT(&f, 0, "item", "code-drop", serial, "XK-77");
	FLOW_EXPECT(&f, 0, "place", "add", "buss", "Bussen", "--kind", "bus");
	FLOW_EXPECT(&f, 0, "item", "send", serial, "buss");
	cr_expect_eq(rows(FLOW_JSON(&f, "transfer", "list"), "transfers"), 1);
	FLOW_EXPECT(&f, 0, "item", "arrive", serial, "buss");
	FLOW_EXPECT(&f, 0, "lease", "set", "L1", "--supplier", "Leasarn", "--start", "2026-01-01",
		"--months", "36");
	cr_expect_eq(rows(FLOW_JSON(&f, "lease", "list"), "leases"), 1);
	FLOW_EXPECT(&f, 0, "delivery", "set", "D1", "--expected", "2", "--product", "lupp");
	cr_expect_eq(rows(FLOW_JSON(&f, "delivery", "list"), "deliveries"), 1);
	d = FLOW_JSON(&f, "fault", "add", serial, "sprucken");
	FLOW_EXPECT(&f, 0, "fault", "close", doc_str(d, "fault"), "bytt glas");
	d = FLOW_JSON(&f, "notice", "add", "Brandrisk", "--product", "lupp");
	cr_expect_eq(rows(FLOW_JSON(&f, "notice", "show", doc_str(d, "notice")), "items"), 2);
	FLOW_EXPECT(&f, 0, "notice", "handle", doc_str(d, "notice"), serial, "--note", "sedd");

	cr_assert_eq(file_write(photo, bytes_of("\xff\xd8\xff\xe0not really", 14), 0600), 0);
	cr_expect_eq(FLOW_RUN(&f, "photo", "add", serial, photo).status, 3, "no picture");
	cr_assert_eq(file_write(photo, bytes_of(jpeg, sizeof(jpeg)), 0600), 0);
	d = FLOW_JSON(&f, "photo", "add", serial, photo, "--note", "framifrån");
	cr_expect_eq(rows(FLOW_JSON(&f, "photo", "list", serial), "photos"), 1);
	FLOW_EXPECT(&f, 0, "photo", "show", doc_str(d, "photo"), "-o",
		arena_printf(f.a, "%s/back", f.dir));
	cr_assert_eq(file_read(arena_printf(f.a, "%s/back", f.dir), &back), 0);
	cr_expect(back.n > 16 && memcmp(back.p, "\xff\xd8\xff", 3) == 0, "a picture again");
	FLOW_EXPECT(&f, 0, "photo", "remove", doc_str(d, "photo"));
}

static void expect_said(const char *words, const char *const *arguments)
{
	struct flow_said said = flow_run(&f, password, arguments);

	cr_expect_eq(said.status, 3, "%s%s", said.out, said.err);
	cr_expect_not_null(strstr(said.err, words), "%s", said.err);
}
#define SAID(words, ...) expect_said((words), (const char *const[]){__VA_ARGS__, "--as", "bea", NULL})

/* What is wrong with the days, and what to do, stands in the answer: of the API, and so of the command line. */
Test(cli, days_that_do_not_fit_are_told_apart)
{
	const char *who;

	stock("1");
	who = borrower();
	SAID("before the first", "hold", "add", who, "lupp", "--from", "2098-03-10", "--to", "2098-03-01");
	SAID("has been already", "hold", "add", who, "lupp", "--from", "2020-03-01", "--to", "2098-03-01");
	SAID("both the first and the last", "hold", "add", who, "lupp", "--from", "2098-03-01");
	SAID("a year at most", "hold", "add", who, "lupp", "--from", "2098-03-01", "--to", "2099-06-01");
	SAID("longer than a loan", "hold", "add", who, "lupp", "--from", "2098-03-01", "--to", "2098-08-01");
	BEA(0, "hold", "add", who, "lupp", "--from", "2098-03-01", "--to", "2098-08-01", "--yes");
	SAID("before the first", "product", "free", "lupp", "--from", "2098-03-10", "--to", "2098-03-01");
	SAID("has been already", "product", "free", "lupp", "--from", "2020-03-10");
}

Test(cli, desk)
{
	const char *serial = stock("1"), *who = borrower(), *loan, *hold;
	const char *pdf = arena_printf(f.a, "%s/paper.pdf", f.dir);
	char soon[CLOCK_TEXT];
	AUTO(buf) struct buf paper = BUF_INIT(8 << 20);
	struct doc *d;

	d = BEA(0, "loan", "out", who, serial, "--place", "disk");
	loan = doc_str(d, "loan");
	hold = number(BEA(0, "hold", "add", who, "lupp", "--place", "disk"), "hold");
	cr_expect_eq(rows(BEA(0, "hold", "list", "--product", "lupp"), "holds"), 1);
	BEA(0, "hold", "pause", hold);
	cr_expect(doc_bool(BEA(0, "hold", "show", hold), "paused", false));
	BEA(0, "hold", "resume", hold);
	BEA(0, "hold", "cancel", hold);
	BEA(4, "hold", "show", "999");
	d = BEA(0, "handout", "add", who, clock_format_utc(clock_now() + 7200, soon), "--product",
		"lupp", "--yes");
	hold = number(d, "handout");
	BEA(3, "handout", "choose", hold, "--product", "lupp");
	BEA(0, "handout", "set-seats", soon, "disk", "4");
	cr_expect_eq(rows(BEA(0, "handout", "seats"), "seats"), 1);
	BEA(0, "handout", "start", hold, "--desk", "disk-2");
	BEA(0, "handout", "cancel", hold);
	BEA(0, "product", "rate", "lupp", "5");
	BEA(2, "product", "rate", "lupp", "6");
	BEA(0, "loan", "due", loan, "2030-01-07", "semester");
	BEA(0, "loan", "claim", serial);
	BEA(0, "loan", "claim", serial, "--no");
	cr_expect_str_eq(number(BEA(0, "loan", "counts"), "open_loans"), "1");
	d = BEA(0, "agreement", "make", loan);
	BEA(0, "agreement", "pdf", doc_str(d, "id"), "-o", pdf);
	cr_assert_eq(file_read(pdf, &paper), 0);
	cr_expect(text_starts(buf_str(&paper), "%PDF-"));
	BEA(0, "agreement", "void", doc_str(d, "id"));
	cr_expect_str_eq(doc_str(BEA(0, "agreement", "show", doc_str(d, "id")), "state"), "void");
	d = BEA(0, "rule", "add", "beslut 4711", "--product", "lupp", "--loan-days", "7");
	cr_expect_eq(rows(BEA(0, "rule", "show", number(d, "rule")), "rules"), 1);
	d = BEA(0, "rule", "try", "lupp");
	cr_expect_str_eq(number(doc_object(d, "terms"), "loan_days"), "7");
	BEA(0, "loan", "in", serial, "--place", "disk");
	cr_expect(strstr(FLOW_EXPECT(&f, 0, "statistics", "--csv"), ";"));
	cr_expect_eq(rows(FLOW_JSON(&f, "statistics"), "months"), 12);
}

Test(cli, persons)
{
	const char *who = borrower();
	struct flow_said said;
	struct doc *d;

	BEA(0, "consent", "add", who, "informed", "loan", "--giver", "self");
	BEA(0, "relative", "add", who, "Bo Xylander", "--relation", "relative", "--may-collect");
	d = BEA(0, "borrower", "search", "hjordis");
	cr_expect_eq(rows(d, "borrowers"), 1);
	d = BEA(0, "borrower", "extract", who);
	cr_expect_not_null(doc_key(d, 0));
	BEA(0, "borrower", "state", who, "blocked", "--reason", "unpaid");
	BEA(0, "borrower", "erase", who, "asked");
	cr_expect_str_eq(doc_str(BEA(0, "borrower", "find", who), "state"), "erased");
	/* Whose machine it is has no way to what is personal. */
	said = FLOW_RUN(&f, "borrower", "extract", who);
	cr_expect_eq(said.status, 1);
	cr_expect(strstr(said.err, "--as"), "%s", said.err);
	said = FLOW_RUN(&f, "hold", "list");
	cr_expect_eq(said.status, 1);
	/* Nor has a role that does not reach to it. */
	BEA(1, "sign-in", "rules");
}

/* What may be personal: on standard input, after the password, arguments first. */
Test(cli, words_that_stand_in_no_process_list)
{
	static const char number[] = "197010632391";
	const char *who = borrower();
	struct flow_said said;
	struct doc *d;

	said = flow_run(&f, arena_printf(f.a, "%shjordis\n", password),
		(const char *const[]){"borrower", "search", "-", "--as", "bea", "--json", NULL});
	cr_assert_eq(said.status, 0, "%s%s", said.out, said.err);
	cr_assert_eq(doc_parse(f.a, bytes_of_str(said.out), &d), 0);
	cr_expect_eq(rows(d, "borrowers"), 1);
	said = flow_run(&f, arena_printf(f.a, "%s%s\nÅsa\n", password, number),
		(const char *const[]){"borrower", "change", who, "--identity", "-", "--given=-",
			"--as", "bea", NULL});
	cr_assert_eq(said.status, 0, "%s%s", said.out, said.err);
	said = flow_run(&f, arena_printf(f.a, "%s%s\r\n", password, number),
		(const char *const[]){"borrower", "look", "-", "--why", "desk", "--as", "bea",
			"--json", NULL});
	cr_assert_eq(said.status, 0, "%s%s", said.out, said.err);
	cr_assert_eq(doc_parse(f.a, bytes_of_str(said.out), &d), 0);
	cr_expect_str_eq(doc_str(d, "id"), who);
	cr_expect_str_eq(doc_str(doc_object(d, "person"), "given"), "Åsa");
	/* A line that is missing is no empty word. */
	said = flow_run(&f, password,
		(const char *const[]){"borrower", "search", "-", "--as", "bea", NULL});
	cr_expect_eq(said.status, 2);
	cr_expect(strstr(said.err, "WORDS"), "%s", said.err);
}

/* What is said at a terminal until this comes; half a minute between two words is too long. */
static void await(int tty, struct buf *seen, const char *what)
{
	struct pollfd p = {.fd = tty, .events = POLLIN};
	char text[512];
	ssize_t n;

	while (!strstr(buf_str(seen), what)) {
		cr_assert_eq(poll(&p, 1, 30000), 1, "no \"%s\" in: %s", what, buf_str(seen));
		n = read(tty, text, sizeof(text));
		cr_assert_gt(n, 0, "no \"%s\" in: %s", what, buf_str(seen));
		buf_add(seen, text, (size_t)n);
	}
}

static void type(int tty, const char *s)
{
	cr_assert_eq(write(tty, s, strlen(s)), (ssize_t)strlen(s));
}

/* At a terminal an identity number is asked for, and not shown. */
Test(cli, asks_for_an_identity_number_unseen)
{
	const char *program = arena_printf(f.a, "%s/hylla", getenv("top_builddir"));
	AUTO(buf) struct buf seen = BUF_INIT(65536);
	int tty, status = -1;
	pid_t pid = forkpty(&tty, NULL, NULL, NULL);

	cr_assert_geq(pid, 0);
	if (pid == 0) {
		setenv("LC_ALL", "en_GB.UTF-8", 1);
		execl(program, program, "borrower", "add", "--zone", "library", "--given", "-",
			"--as", "bea", "--data", f.dir, (char *)NULL);
		_exit(127);
	}
	await(tty, &seen, "Password of bea: ");
	type(tty, password);
	await(tty, &seen, "given: ");
	type(tty, "Åsa\n");
	await(tty, &seen, "Identity number");
	type(tty, "197010632391\n");
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_expect_eq(status, 0, "%s", buf_str(&seen));
	cr_expect_null(strstr(buf_str(&seen), "19701063"), "%s", buf_str(&seen));
	cr_expect_null(strstr(buf_str(&seen), "alldeles"), "%s", buf_str(&seen));
	close(tty);
	BEA(0, "borrower", "find", "197010632391");
}

/* U+009B begins an order to a terminal. */
Test(cli, what_others_wrote_steers_no_terminal)
{
	static const char sly[] = "Leasarn\xc2\x9b" "31m";
	struct flow_said said;
	struct doc *d;

	FLOW_EXPECT(&f, 0, "lease", "set", "L1", "--supplier", sly);
	said = FLOW_RUN(&f, "lease", "list");
	cr_expect_not_null(strstr(said.out, "Leasarn?31m"), "%s", said.out);
	said = FLOW_RUN(&f, "lease", "list", "--json");
	cr_expect_null(strstr(said.out, "\xc2\x9b"));
	cr_expect_not_null(strstr(said.out, "Leasarn\\u009b31m"), "%s", said.out);
	d = FLOW_JSON(&f, "lease", "list");
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "leases"), 0), "supplier"), sly);
}

/* What is wrong is called what it is called on the command line. */
Test(cli, refusals)
{
	struct flow_said said;

	stock("1");
	said = FLOW_RUN(&f, "place", "close", "disk", "2026-12-24", "i morgon", "jul");
	cr_expect_eq(said.status, 2);
	cr_expect(strstr(said.err, "TO"), "%s", said.err);
	said = FLOW_RUN(&f, "lease", "set", "L1", "--notice-days", "många");
	cr_expect_eq(said.status, 2);
	cr_expect(strstr(said.err, "--notice-days"), "%s", said.err);
	said = FLOW_RUN(&f, "product", "change", "lupp", "--price", "dyrt");
	cr_expect_eq(said.status, 2);
	cr_expect(strstr(said.err, "--price"), "%s", said.err);
	said = FLOW_RUN(&f, "product", "parts", "lupp", "[{");
	cr_expect_eq(said.status, 2);
	said = FLOW_RUN(&f, "product", "show", "ingen");
	cr_expect_eq(said.status, 4);
	cr_expect(strstr(said.err, "ingen"), "%s", said.err);
}
