/* SPDX-License-Identifier: EUPL-1.2 */
/* `hylla demo`, as somebody tries it the first evening, and again the next. */
#include "tests/flow/demo.h"

#include "server/town.h"

#define COUNT 3
#define TOWN_COUNT "12"

static void start(void)
{
	start_with(arena_printf(f.a, "%d", COUNT), "--bare");
}

static const char *serial_of(unsigned number)
{
	struct ipad_model m;

	ipad_model_make(f.a, number, &m);
	return m.serial;
}

/* What it tells as it happens is waited for; only then is the server asked. */
static bool is_said(void *arg)
{
	return said("%s", arg);
}

static void expect_said(const char *line)
{
	cr_expect(flow_until(is_said, (void *)(uintptr_t)line), "%s is not in\n%s", line,
		flow_log(&f));
}

static bool is_enrolled(const struct doc *list, const char *serial)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		if (text_equal(doc_str(d, "serial"), serial))
			return doc_bool(d, "enrolled", false);
	}
	return false;
}

static void expect_all_enrolled(void)
{
	const struct doc *list;

	expect_said(arena_printf(f.a, "enrolled (%u of %u)", COUNT, COUNT));
	list = doc_list(FLOW_JSON(&f, "device", "list"), "devices");
	for (unsigned k = 1; k <= COUNT; k++)
		cr_expect(is_enrolled(list, serial_of(k)), "%s", serial_of(k));
}

static bool is_lost(void *arg)
{
	const struct doc *d = FLOW_JSON(&f, "device", "show", arg);

	return text_equal(doc_str(doc_object(d, "lost"), "phase"), "on");
}

static void expect_lost(const char *serial)
{
	expect_said(arena_printf(f.a, "%-16s command: EnableLostMode Acknowledged", serial));
	cr_expect(flow_until(is_lost, (void *)(uintptr_t)serial), "%s", flow_log(&f));
}

static bool is_told_twice(void *line)
{
	const char *first = strstr(flow_log(&f), line);

	return first && strstr(first + 1, line);
}

static void befalls(const char *line)
{
	cr_assert_eq(write(street, line, strlen(line)), (ssize_t)strlen(line));
}

/* Whoever has it erases it: Apple tells it whose it is, and it is in Lost Mode again. */
static void expect_back_in_lost_mode(const char *serial)
{
	const char *line = arena_printf(f.a, "%-16s command: EnableLostMode", serial);

	befalls("what is this?\n");
	befalls(arena_printf(f.a, "erase %s\nunlock", serial));
	expect_said(arena_printf(f.a, "%-16s erased: waits for set-up", serial));
	expect_said(arena_printf(f.a, "%-16s enrolled again", serial));
	befalls(" DMPX999999Q1\n");
	expect_said("no iPad called DMPX999999Q1");
	cr_expect(flow_until(is_told_twice, (void *)(uintptr_t)line), "%s", flow_log(&f));
}

/* What goes wrong at Apple is switched where it runs, and Hylla says it in words. */
static void expect_apple_to_fail(void)
{
	befalls("apple\n");
	expect_said("apple cursor-loop ");
	befalls("apple terms\n");
	expect_said("at Apple: terms");
	cr_expect_str_eq(doc_str(FLOW_JSON(&f, "ade", "sync"), "trouble"), "T_C_NOT_SIGNED");
	befalls("apple well\n");
	expect_said("at Apple: well");
	cr_expect_null(doc_str(FLOW_JSON(&f, "ade", "sync"), "trouble"));
}

static size_t times_lost(const char *serial)
{
	const struct doc *list = doc_list(FLOW_JSON(&f, "audit", "--object", serial), "records");
	size_t n = 0;

	for (size_t i = 0; i < doc_list_size(list); i++)
		n += text_equal(doc_str(doc_list_object(list, i), "act"), "device.lost");
	return n;
}

/* Where it answers stands in its settings, and it names no iPad that is not there. */
static void expect_true_words(void)
{
	cr_expect(said("answers on %u (iPads), %u (staff), %u (public)", f.device_port,
			  f.staff_port, f.public_port),
		"%s", flow_log(&f));
	cr_expect(said("  https://localhost:%u/ in a browser: the staff", f.staff_port));
	cr_expect(said("  https://localhost:%u/ in a browser: what is never", f.public_port));
	cr_expect_not(said("8443") || said("8444") || said("8445"), "%s", flow_log(&f));
	cr_expect(said("device lost %s --phone", serial_of(COUNT + 1)), "%s", flow_log(&f));
	cr_expect(said("device lost %s --stolen", serial_of(1)), "%s", flow_log(&f));
	cr_expect_not(said("send survey"), "its hylla.conf has no address for one");
	cr_expect_not(said("/desk"), "there is nobody to lend to");
	for (unsigned k = COUNT + 2; k < 20; k++)
		cr_expect_not(said("%s", serial_of(k)), "%s\n%s", serial_of(k), flow_log(&f));
	cr_expect_not(said("device why"), "none of three lies locked");
}

Test(demo, is_tried_one_evening_and_the_next, .timeout = 900, .init = begin, .fini = end)
{
	const char *first = serial_of(1);

	start();
	cr_expect(said("account \"it\", one-time password"), "%s", flow_log(&f));
	expect_true_words();
	expect_all_enrolled();
	FLOW_EXPECT(&f, 0, "device", "lost", first, "--phone", "033-35 70 00");
	expect_lost(first);
	expect_back_in_lost_mode(first);
	expect_apple_to_fail();
	stop();

	start();
	/* an iPad may speak before the line is done */
	expect_said(arena_printf(f.a, "%s is announced by Apple …", serial_of(COUNT + 1)));
	expect_said("delivered, with its profile");
	expect_all_enrolled();
	cr_expect_eq(times_lost(first), 1, "what was done the first evening is written still");
	expect_lost(first); /* it comes as it left the factory, and is told again */
	FLOW_EXPECT(&f, 0, "device", "found", first);
	expect_said(arena_printf(f.a, "%-16s command: DisableLostMode Acknowledged", first));
	stop();
}

/* --- the municipality --- */

static size_t times(const char *act)
{
	return doc_list_size(doc_list(FLOW_JSON(&f, "audit", "--act", act), "records"));
}

static void ask_as_program(void)
{
	f.token = doc_str(FLOW_JSON(&f, "token", "add", "--roles", "it konsulent bibliotek admin",
				  "--note", "prov"),
		"token");
	signal(SIGPIPE, SIG_IGN);
	f.trust = client_trust_new(false);
	cr_assert_eq(client_trust_file(f.trust, arena_printf(f.a, "%s/ca.crt", f.dir)), 0);
}

struct open_loans {
	size_t lines, not_signed, bundled, swapped, claimed;
};

static void count_open(const struct doc *row, struct open_loans *n)
{
	int64_t lines = 0;

	n->lines++;
	n->not_signed += !doc_has(row, "agreement");
	n->bundled += doc_int(row, "lines_count", &lines) == 0 && lines > 1;
	n->swapped += text_equal(doc_str(row, "kind"), "swap");
	n->claimed += text_equal(doc_str(doc_object(row, "thing"), "state"), "claimed");
}

static struct open_loans open_loans(void)
{
	struct open_loans n = {0};
	const char *next = NULL;

	do {
		const struct doc *d = flow_api(&f, 200, "GET",
			arena_printf(f.a, "/api/v1/loans?most=200%s%s", next ? "&after=" : "",
				next ? next : ""),
			NULL);
		const struct doc *list = doc_list(d, "loans");

		for (size_t i = 0; i < doc_list_size(list); i++)
			count_open(doc_list_object(list, i), &n);
		next = doc_str(d, "next");
	} while (!text_empty(next));
	return n;
}

/* Each row of a list of the API. */
static void each(const char *list, const char *ask, void (*fn)(const struct doc *row, void *arg), void *arg)
{
	const char *next = NULL;

	do {
		const struct doc *d = flow_api(&f, 200, "GET",
			arena_printf(f.a, "/api/v1/%s?most=200%s%s%s", list, ask, next ? "&after=" : "", next ? next : ""),
			NULL);
		const struct doc *rows = doc_list(d, list);

		for (size_t i = 0; i < doc_list_size(rows); i++)
			fn(doc_list_object(rows, i), arg);
		next = doc_str(d, "next");
	} while (!text_empty(next));
}

struct house_count {
	size_t ipads, others, lost, shown, sent, mended, loans, late;
	int32_t first, last; /* days something was lent */
};

static void count_item(const struct doc *row, void *arg)
{
	struct house_count *n = arg;
	const char *kind = doc_str(row, "kind"), *state = doc_str(row, "state");

	if (text_equal(state, "ordered")) /* and comes with a delivery, one of these days */
		return;
	n->ipads += text_equal(kind, "ipad");
	n->others += !text_equal(kind, "ipad") && !text_equal(kind, "sim");
	n->lost += text_equal(state, "lost") || text_equal(state, "stolen");
	n->shown += doc_bool(row, "display", false);
	n->sent += text_equal(state, "in_transit");
	n->mended += text_equal(state, "repair");
}

static void count_loan(const struct doc *row, void *arg)
{
	struct house_count *n = arg;
	int32_t day;

	cr_assert_eq(day_parse(arena_strndup(f.a, doc_str(doc_object(row, "thing"), "out"), 10), &day), 0);
	n->first = n->loans == 0 || day < n->first ? day : n->first;
	n->last = n->loans == 0 || day > n->last ? day : n->last;
	n->loans++;
}

static void count_late(const struct doc *row, void *arg)
{
	struct house_count *n = arg;

	(void)row;
	n->late++;
}

/* What the first page of README.md promises. */
static void expect_the_house(void)
{
	struct house_count n = {0};
	const size_t some[] = {0, TOWN_BORROWERS / 2, TOWN_BORROWERS - 1};

	each("items", "", count_item, &n);
	cr_expect_eq(n.ipads, 350, "%zu", n.ipads);
	cr_expect_geq(n.others, 600, "%zu", n.others);
	cr_expect_gt(n.lost, 0);
	cr_expect_gt(n.shown, 0, "no display unit");
	cr_expect_gt(n.sent, 0, "none is on its way");
	cr_expect_gt(n.mended, 0, "none is mended");
	each("loans", "&show=ever", count_loan, &n);
	cr_expect_gt(n.loans, 1000, "%zu", n.loans);
	cr_expect_geq(n.last - n.first, 2 * 350, "%d days", n.last - n.first);
	each("loans", "&show=late", count_late, &n);
	cr_expect_gt(n.late, 0);
	cr_expect(said("  %-16s %d\n", "borrowers", 900), "%s", flow_log(&f));
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		flow_api(&f, 200, "POST", "/api/v1/borrowers/find",
			arena_printf(f.a, "{\"card\":\"%s\"}", town_card(f.a, some[i])));
}

/* Nobody takes its people for real ones: not the staff, not who comes from outside. */
static void expect_banner(unsigned port, const char *path)
{
	const struct client_request rq = {.method = "GET", .path = path};
	struct flow_reply r = flow_ask(&f, port, &rq);

	cr_expect_eq(r.status, 200, "%s: %d", path, r.status);
	cr_expect_not_null(strstr(r.body, "class=\"banner\""), "%s", r.body);
}

/* When people work, whenever it was started. */
static void expect_by_day(const struct doc *row, void *arg)
{
	const bool library = text_equal(doc_str(row, "zone"), "library");
	int64_t at = 0, into;
	int32_t day;

	cr_assert_eq(clock_parse(doc_str(row, "at"), &at), 0);
	day = day_of_time(at);
	into = at - day_start(day);
	cr_expect(!day_holiday(day) && day_weekday(day) < (library ? 7 : 6), "%s", doc_str(row, "at"));
	cr_expect(into >= 9 * 3600 && into < 16 * 3600, "%s", doc_str(row, "at"));
	++*(size_t *)arg;
}

/* Those nobody has heard for weeks are told as silent, and no push of ours wakes them. */
static void expect_the_silent(void)
{
	const struct doc *list = doc_list(
		FLOW_JSON(&f, "device", "list", "--state", "silent"), "devices");

	cr_expect_eq(doc_list_size(list), TOWN_SILENT, "%zu", doc_list_size(list));
}

static void expect_short(const struct doc *row, void *arg)
{
	int64_t missing = 0;

	*(size_t *)arg += doc_int(row, "parts_missing", &missing) == 0 && missing > 0;
}

/* Each list of the start page has something true to show, and no kit is empty. */
static void expect_each_list(void)
{
	size_t planned = 0, lacking = 0;

	each("handouts", "", expect_by_day, &planned);
	cr_expect_geq(planned, 4, "%zu", planned);
	each("items", "", expect_short, &lacking);
	cr_expect_geq(lacking, 2, "%zu", lacking);
	cr_expect_eq(doc_list_size(doc_list(flow_api(&f, 200, "GET", "/api/v1/products/demovaska", NULL),
			     "parts")),
		4);
	expect_the_silent();
}

static void expect_life(void)
{
	const struct open_loans n = open_loans();

	cr_expect_gt(n.lines, 200);
	cr_expect_leq(n.not_signed, 3, "%zu of %zu: what is void, with all that is on it", n.not_signed,
		n.lines);
	cr_expect_gt(n.bundled, 5);
	cr_expect_eq(n.swapped, 1);
	cr_expect_eq(n.claimed, 1);
	cr_expect_geq(times("loan.renew"), 5);
	cr_expect_eq(times("agreement.void"), 1);
	cr_expect_eq(times("notice.add"), 1);
	cr_expect_geq(times("hold.add"), 12);
}

#define WORDS_EACH 10
struct town_words {
	const char *word[TOWN_BORROWERS * WORDS_EACH];
	size_t n;
};

static void add(struct town_words *w, const char *word)
{
	w->word[w->n++] = word;
}

/* A part of a name that is short, or an ordinary word, says nobody's name: then it is looked for
 * beside the other one. */
static void add_part(struct town_words *w, const char *part)
{
	static const char *const ordinary[] = {"Björn", "Berg"};

	for (size_t i = 0; i < sizeof(ordinary) / sizeof(ordinary[0]); i++) {
		if (text_equal(part, ordinary[i]))
			return;
	}
	if (strlen(part) >= 6)
		add(w, part);
}

static void add_person(struct town_words *w, size_t i)
{
	struct town_person p;

	town_person(i, &p);
	add_part(w, p.given);
	add_part(w, p.family);
	add(w, arena_printf(f.a, "%s %s", p.given, p.family));
	add(w, arena_printf(f.a, "%s, %s", p.family, p.given));
	add(w, town_card(f.a, i));
	/* where a place stands too, the street tells of nobody */
	if (!(p.house == 1 && text_equal(p.street, "Torggatan")) &&
		!(p.house == 10 && text_equal(p.street, "Skolgatan")))
		add(w, arena_printf(f.a, "%s %u", p.street, p.house));
	if (i % 100 > 20) { /* the lower ones are the places' */
		add(w, arena_printf(f.a, "031-390 06 %02zu", i % 100));
		add(w, arena_printf(f.a, "3139006%02zu", i % 100));
	}
	if (p.number) {
		add(w, p.number);
		add(w, arena_printf(f.a, "%.6s-%s", p.number + 2, p.number + 8));
	}
}

Test(demo, has_a_municipality_full_of_life_and_nobody_in_clear, .timeout = 900, .init = begin,
	.fini = end)
{
	struct town_words *w = ARENA_ARRAY(f.a, struct town_words, 1);

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	shift_to_saturday();
	start_with(TOWN_COUNT, NULL);
	ask_as_program();
	expect_the_house();
	expect_each_list();
	expect_banner(f.staff_port, "/sign-in");
	expect_banner(f.public_port, "/");
	expect_life();
	stop();
	for (size_t i = 0; i < TOWN_BORROWERS; i++)
		add_person(w, i);
	add(w, "kod 2475");
	add(w, "Dottern är hemma");
	flow_expect_sealed(&f, w->word, w->n);
	client_trust_free(f.trust);
}
