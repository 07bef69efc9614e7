/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The examples of docs/API.md are run as they stand there, in their order, by curl against a real
 * server. Names that a server gives out (ids, a one-time password) are put in for those on the
 * page. What is answered on the page must be there in the answer, key by key.
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
#define NAMES 32
/* A picture of four by four. */
#define PICTURE                                                                                \
	"iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGNwaDgARwzEcQBoUhgBbi01fQ"   \
	"AAAABJRU5ErkJggg=="

struct examples {
	struct flow f;
	const char *dir, *person; /* a folder to run them in; a person's token */
	struct {
		const char *page, *ours;
	} names[NAMES];
	size_t name_count, run;
};

/* Those that ask for what is not there in a test: Apple, an iPad that answers, a second person. */
static const struct {
	const char *part, *status;
} others[] = {
	{"/agreements/a2t8fxaknh9", "404"}, /* shown with an id alone */
	{"/ade/token", "409"},              /* not Apple's */
	{"/ade/sync", "409"},
	{"/ade/devices/", "404"},
	{"/return/finish", "409"}, /* nothing proves yet that it is erased */
	{"/move-in", "400"},       /* an empty list */
	{"/open-lock", "409"},
	{"/locate", "409"},        /* it is not lost now */
	{"/location", "404"},
	{"/inspected", "409"}, /* looked at when it came in */
	{"/items/import", "409"},   /* the list has a fault */
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

static const char *expected(const char *example)
{
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

static const char *run(struct examples *x, const char *example)
{
	const char *token = strstr(example, "/locat") ? x->person : x->f.token;
	const char *script = arena_printf(x->f.a,
		"cd '%s'\n"
		"hc() { curl --silent --cacert '%s/ca.crt' -w '%%{stderr}%%{http_code}' -o answer \"$@\"; "
		"}\n"
		"curl() { command curl --silent --cacert '%s/ca.crt' \"$@\"; }\n"
		"ha() { hc -H \"Authorization: Bearer $TOKEN\" \"$@\"; }\n"
		"HYLLA=https://localhost:%u TOKEN='%s'\n"
		"rm -f answer\n%s\n",
		x->dir, x->f.dir, x->f.dir, x->f.staff_port, token, with_names(x, example));
	const char *want = expected(example), *status;

	put_file(x, "script", script);
	(void)!system(arena_printf(x->f.a, "sh '%s/script' >/dev/null 2>'%s/status' </dev/null",
		x->dir, x->dir));
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

/* What stands behind a # is for the reader. */
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

static void walk(struct examples *x, char *text)
{
	const char *example = NULL, *answer = NULL;
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		bool code = text_starts(line, "    ");

		if (example)
			example = arena_printf(x->f.a, "%s\n%s", example, code ? line + 4 : line);
		else if (is_begun(line))
			example = without_comment(x->f.a, line + 4);
		else if (answer && text_starts(line, "    {"))
			compare(line, answer);
		if (example && !goes_on(example)) {
			answer = run(x, example);
			if (answer)
				learn(x, example, answer);
			example = NULL;
		} else if (!code && !example) {
			answer = NULL;
		}
	}
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
		"{\"zone\":\"library\",\"kind\":\"senior\",\"given\":\"Bo\",\"family\":\"Ek\",\"card\":"
		"\"K123456789\"}");
	put_file(x, "delivery.csv", "serial,state\nDMPX0099,nowhere\n");
	put_file(x, "moving.json", "{\"source\":\"ours\",\"profile\":\"\",\"enrolments\":[]}");
	put_file(x, "server.p7m", "nothing");
	put_file(x, "handbok.pdf", BOOK_PDF);
	put_file(x, "picture", PICTURE);
	cr_assert_eq(system(arena_printf(f->a, "cd '%s' && base64 -d picture >framsida.jpg", x->dir)),
		0);
}

/* Days on the page are to come; they stay so. */
static void set_days(struct examples *x)
{
	static const struct {
		const char *page;
		int in;
	} days[] = {{"2026-12-08", 16}, {"2027-01-04", 43}, {"2027-02-01", 71},
		{"2027-03-01", 99}, {"2027-03-14", 112}};
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

Test(examples, of_the_api_page_are_true, .timeout = 300)
{
	const char *top = getenv("top_srcdir");
	AUTO(buf) struct buf page = BUF_INIT(1 << 20);
	struct examples x = {0};
	char dir[] = "/tmp/hylla-examples-XXXXXX";

	x.f.set[0] = "public.url=https://enkat.example.se";
	flow_start(&x.f);
	set_days(&x);
	x.dir = mkdtemp(dir);
	cr_assert_not_null(x.dir);
	cr_assert_eq(file_read(arena_printf(x.f.a, "%s/docs/API.md", top ? top : "."), &page), 0);
	x.person = sign_in(&x);
	fill(&x);
	walk(&x, arena_strdup(x.f.a, buf_str(&page)));
	cr_expect_geq(x.run, EXAMPLES_LEAST);
	flow_expect_well(&x.f);
	cr_assert_eq(system(arena_printf(x.f.a, "rm -rf '%s'", x.dir)), 0);
	flow_stop(&x.f);
}
