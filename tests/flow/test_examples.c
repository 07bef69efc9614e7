/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The examples of docs/API.md and docs/EXAMPLES.md are run as they stand there, in their order, by
 * curl against a real server, and each address of the API has one. Names that a server gives out
 * (ids, a one-time password) are put in for those on the page. What is answered on the page must be
 * there in the answer, key by key.
 */
#include "base/clock.h"
#include "base/day.h"
#include "base/file.h"
#include "tests/flow/flow.h"
#include "tests/unit/mdm/books.h"

#include <stdio.h>

#include <stdlib.h>
#include <unistd.h>

#define WORDS "fyra helt olika ord"
#define EXAMPLES_LEAST 80
#define EVERY_LEAST 150
#define NAMES 64
/* A picture of four by four. */
#define PICTURE                                                                              \
	"iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGNwaDgARwzEcQBoUhgBbi01fQ" \
	"AAAABJRU5ErkJggg=="

struct examples {
	struct flow f;
	const char *dir, *person; /* a folder to run them in; a person's token */
	struct {
		const char *page, *ours;
	} names[NAMES];
	size_t name_count, run;
	bool told; /* the page itself says where the answer is no yes */
};

/* Those that ask for what is not there in a test: Apple, an iPad that answers, a second person. */
static const struct {
	const char *part, *status;
} others[] = {
	{"/agreements/a2t8fxaknh9", "404"}, /* shown with an id alone */
	{"/ade/token", "409"},              /* not Apple's */
	{"/clock/confirm", "409"},          /* it has not leapt */
	{"/ade/sync", "409"}, {"/ade/devices/", "404"},
	{"/return/finish", "409"},                   /* nothing proves yet that it is erased */
	{"/move-in", "400"},                         /* an empty list */
	{"/open-lock", "409"}, {"/locate", "409"},   /* it is not lost now */
	{"/location", "404"}, {"/inspected", "409"}, /* looked at when it came in */
	{"/items/import", "409"},                    /* the list has a fault */
};

static void name_is(struct examples *x, const char *page, const char *ours)
{
	if (!ours || x->name_count == NAMES)
		return;
	x->names[x->name_count].page = page;
	x->names[x->name_count++].ours = ours;
}

static const char *with_names(struct examples *x, const char *text)
{
	for (size_t i = 0; i < x->name_count; i++) {
		AUTO(buf) struct buf out = BUF_INIT(1 << 16);
		const char *page = x->names[i].page, *at;

		for (; (at = strstr(text, page)) != NULL; text = at + strlen(page)) {
			buf_add(&out, text, (size_t)(at - text));
			buf_add_str(&out, x->names[i].ours);
		}
		buf_add_str(&out, text);
		text = arena_strdup(x->f.a, buf_str(&out));
	}
	return text;
}

static const char *read_file(struct examples *x, const char *name)
{
	const char *path = arena_printf(x->f.a, "%s/%s", x->dir, name);
	FILE *in = fopen(path, "r");
	char *all = arena_alloc(x->f.a, 1 << 20);
	size_t n = in ? fread(all, 1, (1 << 20) - 1, in) : 0;

	if (in)
		fclose(in);
	all[n] = '\0';
	return all;
}

static void put_file(struct examples *x, const char *name, const char *text)
{
	FILE *out = fopen(arena_printf(x->f.a, "%s/%s", x->dir, name), "w");

	cr_assert_not_null(out);
	cr_assert_geq(fputs(text, out), 0);
	cr_assert_eq(fclose(out), 0);
}

static const char *expected(struct examples *x, const char *example, const char *comment)
{
	if (x->told)
		return strspn(comment, "45") ? arena_strndup(x->f.a, comment, 3) : "2";
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strstr(example, others[i].part))
			return others[i].status;
	}
	return "2";
}

/* What later examples call by the name on the page. */
static void learn(struct examples *x, const char *example, const char *answer)
{
	static const struct {
		const char *part, *key, *page;
	} rows[] = {
		{"/borrowers -d", "id", "b2x7k9mqp4a"},
		{"/loans -d", "loan", "L-10009"},
		{"\"request\": \"DeviceInformation\"", "uuid", "$UUID"},
		{"/media?name", "id", "\"media\": \"…\""},
		{"/mailings -d", "id", "$ID"},
	};
	struct doc *d;

	if (doc_parse(x->f.a, bytes_of_str(answer), &d) != 0)
		return;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *value = strstr(example, rows[i].part) ? doc_str(d, rows[i].key) : NULL;

		if (value && strstr(rows[i].page, "media"))
			value = arena_printf(x->f.a, "\"media\": \"%s\"", value);
		name_is(x, rows[i].page, value);
	}
}

/* "# B=id": the answer's id is $B from here on. */
static void name_as_told(struct examples *x, const char *comment, const char *answer)
{
	size_t n = strspn(comment, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *key = comment + n + 1, *value;
	int64_t number = 0;
	struct doc *d;

	if (n == 0 || comment[n] != '=' || doc_parse(x->f.a, bytes_of_str(answer), &d) != 0)
		return;
	key = arena_strndup(x->f.a, key, strcspn(key, " "));
	value = doc_str(d, key);
	if (!value && doc_int(d, key, &number) == 0)
		value = arena_printf(x->f.a, "%lld", (long long)number);
	cr_expect_not_null(value, "%s is not in %s", key, answer);
	name_is(x, arena_printf(x->f.a, "$%.*s", (int)n, comment), value);
}

static const char *run(struct examples *x, const char *example, const char *comment)
{
	bool by_person = strstr(example, "/locat") || strstr(comment, "as a person");
	const char *token = by_person ? x->person : x->f.token;
	const char *script = arena_printf(x->f.a,
		"cd '%s'\n"
		"hc() { curl --silent --cacert '%s/ca.crt' -w '%%{stderr}%%{http_code}' -o answer "
		"\"$@\"; "
		"}\n"
		"curl() { command curl --silent --cacert '%s/ca.crt' \"$@\"; }\n"
		"ha() { hc -H \"Authorization: Bearer $TOKEN\" \"$@\"; }\n"
		"HYLLA=https://localhost:%u TOKEN='%s'\n"
		"rm -f answer\n%s\n",
		x->dir, x->f.dir, x->f.dir, x->f.staff_port, token, with_names(x, example));
	const char *want = expected(x, example, comment), *status;

	put_file(x, "script", script);
	(void)!system(arena_printf(
		x->f.a, "sh '%s/script' >/dev/null 2>'%s/status' </dev/null", x->dir, x->dir));
	status = read_file(x, "status");
	cr_expect(text_starts(status, want), "%s\nis answered with %s: %s", example, status,
		read_file(x, "answer"));
	x->run++;
	/* What is answered elsewhere is not what stands on the page. */
	return text_equal(want, "2") ? read_file(x, "answer") : NULL;
}

/* "token":"…" on the page: there is a token in the answer. */
static void compare(const char *page, const char *answer)
{
	char key[64];

	for (const char *at = page; (at = strchr(at, '"')) != NULL;) {
		const char *end = strchr(at + 1, '"');

		if (!end)
			return;
		if (end[1] == ':' && (size_t)(end - at) < sizeof(key) - 2) {
			text_copy(key, (size_t)(end - at) + 2, at);
			cr_expect(strstr(answer, key), "%s is on the page and not in %s", key,
				answer);
		}
		at = end + 1;
	}
}

/* What stands behind a # is for the reader, and begins with what the test is to know; "" . */
static const char *comment_of(const char *line)
{
	const char *at = strstr(line, "   # ");

	return at ? at + 5 : "";
}

static const char *without_comment(struct arena *a, const char *line)
{
	const char *at = strstr(line, "   #");

	return at ? arena_strndup(a, line, (size_t)(at - line)) : line;
}

static bool is_begun(const char *line)
{
	return text_starts(line, "    ha ") || text_starts(line, "    hc ");
}

/* An example goes on while a quote is open, a line ends in a backslash, or a text follows. */
static bool goes_on(const char *all)
{
	const char *here = strstr(all, "<<'PLIST'");
	size_t quotes = 0, n = strlen(all);

	if (here)
		return !strstr(here + 9, "PLIST");
	for (const char *p = all; *p; p++)
		quotes += *p == '\'';
	return quotes % 2 || (n && all[n - 1] == '\\');
}

typedef const char *example_fn(struct examples *x, const char *example, const char *comment);

/* What is done with each example of a page, in their order; its answer, or NULL. */
static void walk(struct examples *x, char *text, example_fn *fn)
{
	const char *example = NULL, *answer = NULL, *comment = "";
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		bool code = text_starts(line, "    ");
		const char *own = without_comment(x->f.a, code ? line + 4 : line);

		if (example || is_begun(line))
			comment = comment_of(line);
		if (example)
			example = arena_printf(x->f.a, "%s\n%s", example, own);
		else if (is_begun(line))
			example = own;
		else if (answer && text_starts(line, "    {"))
			compare(line, answer);
		if (example && !goes_on(example)) {
			answer = fn(x, example, comment);
			if (answer)
				learn(x, example, answer);
			if (answer)
				name_as_told(x, comment, answer);
			example = NULL;
		} else if (!code && !example) {
			answer = NULL;
		}
	}
}

/* --- each address has one --- */

struct address {
	const char *method, *path;
	bool called;
};
static struct address addresses[500];
static size_t address_count;

/* Method and path as the page of all addresses names them. */
static void read_addresses(struct examples *x, char *yaml)
{
	static const char *const methods[] = {"get", "post", "put", "delete"};
	const char *path = NULL;
	char *save = NULL;

	for (char *line = strtok_r(yaml, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		size_t n = strlen(line);

		if (text_starts(line, "  /"))
			path = arena_strndup(x->f.a, line + 2, n - 3);
		for (size_t i = 0; path && i < 4; i++) {
			if (text_equal(line, arena_printf(x->f.a, "    %s:", methods[i])))
				addresses[address_count++] =
					(struct address){.method = methods[i], .path = path};
		}
		cr_assert_lt(address_count, sizeof(addresses) / sizeof(addresses[0]));
	}
}

/* How many of its parts are written out; -1: another address. */
static int likeness(const char *path, const char *called)
{
	int same = 0;

	while (*path && *called) {
		size_t n = strcspn(path + 1, "/") + 1, m = strcspn(called + 1, "/ ?'\"\n") + 1;

		if (path[1] != '{' && (n != m || strncmp(path, called, n) != 0))
			return -1;
		same += path[1] != '{';
		path += n;
		called += m;
		if (!*called || strchr(" ?'\"\n", *called))
			break;
	}
	return *path || (*called && !strchr(" ?'\"\n", *called)) ? -1 : same;
}

static const char *method_of(const char *example)
{
	static const char *const said[] = {"POST", "PUT", "DELETE"};
	static const char *const are[] = {"post", "put", "delete"};

	for (size_t i = 0; i < 3; i++) {
		if (strstr(example, said[i]) && strstr(example, "-X "))
			return are[i];
	}
	return strstr(example, " -d ") || strstr(example, " --data") ? "post" : "get";
}

static const char *tick(struct examples *x, const char *example, const char *comment)
{
	const char *called = strstr(example, "$HYLLA"), *method = method_of(example);
	struct address *best = NULL;
	int most = -1;

	(void)comment;
	(void)x;
	for (size_t i = 0; called && i < address_count; i++) {
		int same = text_equal(addresses[i].method, method)
				   ? likeness(addresses[i].path, called + 6)
				   : -1;

		if (same > most) {
			most = same;
			best = &addresses[i];
		}
	}
	if (best)
		best->called = true;
	return NULL;
}

static void fill(struct examples *x)
{
	static const char list[] = "serial,item_number,state\n%s,INV-0042,in_stock\n"
				   "DMPX0043,INV-0043,in_stock\nDMPXK0F1Q1GC,INV-0417,ordered\n"
				   "VBX42,VB-0042,in_stock\nVBX43,VB-0043,in_stock\n";
	struct flow *f = &x->f;
	struct ipad *p = flow_ours(f, 42, NULL);

	FLOW_EXPECT(f, 0, "item", "import",
		flow_file(f, "list.csv", arena_printf(f->a, list, flow_serial(p))));
	FLOW_EXPECT(f, 0, "item", "mark", "INV-0042", "on_loan");
	ipad_free(p);
	FLOW_EXPECT(f, 0, "place", "add", "bussen", "Bussen", "--kind", "bus");
	flow_api(f, 201, "POST", "/api/v1/borrowers",
		"{\"zone\":\"library\",\"kind\":\"senior\",\"given\":\"Bo\",\"family\":\"Ek\","
		"\"card\":"
		"\"K123456789\"}");
	put_file(x, "delivery.csv", "serial,state\nDMPX0099,nowhere\n");
	put_file(x, "moving.json", "{\"source\":\"ours\",\"profile\":\"\",\"enrolments\":[]}");
	put_file(x, "server.p7m", "nothing");
	put_file(x, "handbok.pdf", BOOK_PDF);
	put_file(x, "rattad.pdf", BOOK_PDF "% corrected\n");
	put_file(x, "picture", PICTURE);
	cr_assert_eq(
		system(arena_printf(f->a, "cd '%s' && base64 -d picture >framsida.jpg", x->dir)),
		0);
}

/* Days on the page are to come; they stay so. */
static void set_days(struct examples *x)
{
	static const struct {
		const char *page;
		int in;
	} days[] = {{"2026-12-08", 16}, {"2027-01-04", 43}, {"2027-02-01", 71}, {"2027-03-01", 99},
		{"2027-03-14", 112}};
	int32_t today = day_of_time(clock_now());

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		char text[DAY_TEXT];

		name_is(x, days[i].page,
			arena_strdup(x->f.a, day_format(today + days[i].in, text)));
	}
}

static const char *sign_in(struct examples *x)
{
	const char *body = arena_printf(x->f.a,
		"{\"name\":\"it\",\"password\":\"%s\",\"new_password\":\"" WORDS "\"}",
		x->f.password);

	name_is(x, "\"password\": \"…\"", "\"password\": \"" WORDS "\"");
	name_is(x, "the one-time one",
		doc_str(FLOW_JSON(&x->f, "user", "add", "anna", "--roles", "konsulent"),
			"one_time_password"));
	return doc_str(flow_api(&x->f, 200, "POST", "/api/v1/sign-in", body), "token");
}

static char *page_of(struct examples *x, const char *name)
{
	const char *top = getenv("top_srcdir");
	AUTO(buf) struct buf page = BUF_INIT(1 << 20);

	cr_assert_eq(
		file_read(arena_printf(x->f.a, "%s/docs/%s", top ? top : ".", name), &page), 0);
	return arena_strdup(x->f.a, buf_str(&page));
}

static void run_page(const char *name, bool told, size_t least)
{
	struct examples x = {.told = told};
	char dir[] = "/tmp/hylla-examples-XXXXXX";

	x.f.set[0] = "public.url=https://enkat.example.se";
	flow_start(&x.f);
	set_days(&x);
	x.dir = mkdtemp(dir);
	cr_assert_not_null(x.dir);
	x.person = sign_in(&x);
	fill(&x);
	walk(&x, page_of(&x, name), run);
	cr_expect_geq(x.run, least);
	flow_expect_well(&x.f);
	cr_assert_eq(system(arena_printf(x.f.a, "rm -rf '%s'", x.dir)), 0);
	flow_stop(&x.f);
}

Test(examples, of_the_api_page_are_true, .timeout = 600)
{
	run_page("API.md", false, EXAMPLES_LEAST);
}

Test(examples, of_every_address_are_true, .timeout = 600)
{
	run_page("EXAMPLES.md", true, EVERY_LEAST);
}

/* What iPads and browsers alone call is left out. */
Test(examples, are_there_for_each_address)
{
	struct examples x = {.f = {.a = arena_new()}};

	read_addresses(&x, page_of(&x, "openapi.yaml"));
	walk(&x, page_of(&x, "API.md"), tick);
	walk(&x, page_of(&x, "EXAMPLES.md"), tick);
	cr_assert_gt(address_count, 200);
	for (size_t i = 0; i < address_count; i++)
		cr_expect(addresses[i].called || !text_starts(addresses[i].path, "/api/"),
			"%s %s has an example neither in API.md nor in EXAMPLES.md",
			addresses[i].method, addresses[i].path);
	arena_free(x.f.a);
}
