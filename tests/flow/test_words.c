/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A relative's name, typed wherever there is room for words: it is read again where it was typed, and
 * stands nowhere in the store's file. Whom a text names nobody can know, so all such texts are sealed.
 */
#include "tests/flow/callers.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/file.h"

#include <ctype.h>

#define NAME "Zaidaolina"
#define WORDS "grannen " NAME " Vretlund"

static const char *person;

static void begin(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	FLOW_EXPECT(&b.f, 0, "item", "import",
		flow_file(&b.f, "things.csv",
			"serial,item_number,state,note\nGLAS00001,GL-1,in_stock,hos " WORDS "\n"
			"GLAS00002,GL-2,in_stock,\nGLAS00003,GL-3,in_stock,\n"));
	FLOW_EXPECT(&b.f, 0, "catalogue", "load");
	library = token("bibliotek");
	care = token("konsulent");
	person = borrower(care, "care", "\"given\":\"Olle\",\"family\":\"Ros\",\"card\":\"KOLLE0001\"");
}

static bool has(struct bytes all, const void *p, size_t n)
{
	return memmem(all.p, all.n, p, n) != NULL;
}

/* As two octets a letter, either way round, and as hexadecimal digits. */
static void expect_no(struct bytes all, const char *name)
{
	size_t n = strlen(name);
	char *wide = arena_alloc(b.f.a, 2 * n + 1), *hex = arena_strdup(b.f.a, text_hex(b.f.a, bytes_of_str(name)));

	cr_expect_not(has(all, name, n), "%s is in the store", name);
	for (size_t i = 0; i < n; i++)
		wide[2 * i + 1] = name[i];
	cr_expect_not(has(all, wide + 1, 2 * n - 1), "%s is in the store as UTF-16", name);
	cr_expect_not(has(all, hex, 2 * n), "%s is in the store as digits", name);
	for (char *c = hex; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	cr_expect_not(has(all, hex, 2 * n), "%s is in the store as digits", name);
}

static void expect_nowhere(void)
{
	AUTO(buf) struct buf all = BUF_INIT(1u << 30);

	cr_assert_eq(file_read(arena_printf(b.f.a, "%s/hylla.mdb", b.f.dir), &all), 0);
	cr_assert(has(buf_bytes(&all), "GLAS00001", 9), "nothing was looked at");
	expect_no(buf_bytes(&all), NAME);
	expect_no(buf_bytes(&all), "zaidaolina");
	expect_no(buf_bytes(&all), "Vretlund");
}

/* It is read where it was typed. */
static void shows(const char *who, const char *path)
{
	struct flow_reply r = flow_call(&b.f, "GET", path, who, NULL);

	cr_assert_eq(r.status, 200, "%s: %d %s", path, r.status, r.body);
	cr_expect_not_null(strstr(r.body, NAME), "%s does not tell it: %s", path, r.body);
}

static const char *at(const char *fmt, const char *id)
{
	AUTO(buf) struct buf out = BUF_INIT(1000);
	const char *gap = strstr(fmt, "%s");

	buf_add(&out, fmt, (size_t)(gap - fmt));
	buf_add_str(&out, id);
	buf_add_str(&out, gap + 2);
	return arena_strdup(b.f.a, buf_str(&out));
}

static const char *number_at(struct doc *d, const char *key, const char *fmt)
{
	int64_t n = 0;

	if (doc_str(d, key))
		return at(fmt, doc_str(d, key));
	cr_assert_eq(doc_int(d, key, &n), 0, "%s", key);
	return at(fmt, arena_printf(b.f.a, "%lld", (long long)n));
}

static void things(void)
{
	const char *it = token("admin it");
	const char *fault;
	struct doc *d;

	call(200, it, "POST", "/api/v1/places",
		"{\"id\":\"disk\",\"kind\":\"desk\",\"name\":\"Disken\",\"lends\":true}");
	call(200, it, "POST", "/api/v1/places", "{\"id\":\"buss\",\"kind\":\"bus\",\"name\":\"Bussen\"}");
	call(200, library, "POST", "/api/v1/items", "{\"product\":\"tradlos-ringklocka\"}");
	call(200, library, "POST", "/api/v1/items/VB-000001",
		"{\"note\":\"" WORDS "\",\"condition_note\":\"" WORDS "\"}");
	call(200, library, "POST", "/api/v1/items/VB-000001/note", "{\"text\":\"" WORDS "\"}");
	call(200, library, "POST", "/api/v1/items/VB-000001/parts", "{}");
	call(200, library, "POST", "/api/v1/items/VB-000001/parts/count",
		"{\"parts\":[{\"position\":2,\"present\":0,\"note\":\"" WORDS "\"}]}");
	call(200, library, "POST", "/api/v1/items/VB-000001/send", "{\"to\":\"buss\",\"note\":\"" WORDS "\"}");
	shows(library, "/api/v1/transfers?to=buss");
	call(200, library, "POST", "/api/v1/items/VB-000001/arrive", "{\"place\":\"buss\"}");
	d = call(200, library, "POST", "/api/v1/items/VB-000001/faults",
		"{\"symptom\":\"" WORDS "\",\"tried\":\"" WORDS "\",\"channel\":\"phone\"}");
	fault = number_at(d, "fault", "/api/v1/faults/%s");
	call(200, library, "POST", fault, "{\"state\":\"closed\",\"outcome\":\"" WORDS "\"}");
	shows(library, fault);
	shows(library, "/api/v1/items/VB-000001");
	shows(library, "/api/v1/items/VB-000001/history");
	shows(library, "/api/v1/items/VB-000001/parts");
	shows(library, "/items/VB-000001");
	shows(library, "/api/v1/items/GL-1");
	cr_expect_not_null(strstr(flow_call(&b.f, "GET", "/api/v1/search?q=" NAME, library, NULL).body, "VB-000001"),
		"by the whole word it is found");
}

static void loans(void)
{
	const char *who = person, *loan, *hold;
	char day[DAY_TEXT];
	struct doc *d;

	d = call(200, care, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"GL-1\",\"GL-2\"],\"yes\":\"limit\"}", who));
	loan = at("/api/v1/loans/%s", doc_str(d, "loan"));
	call(200, care, "POST", at("%s/due", loan),
		arena_printf(b.f.a, "{\"line\":1,\"due\":\"%s\",\"reason\":\"" WORDS "\"}",
			day_format(day_of_time(clock_now()) + 40, day)));
	call(200, care, "POST", "/api/v1/items/GL-1/check-in", "{\"condition\":\"worn\",\"note\":\"" WORDS "\"}");
	call(200, care, "POST", "/api/v1/desk/undo", "{}");
	call(200, care, "POST", "/api/v1/items/GL-1/check-in", "{\"condition\":\"worn\",\"note\":\"" WORDS "\"}");
	shows(care, loan);
	call(200, care, "POST", "/api/v1/items/GL-2/lost-on-loan",
		"{\"message\":\"" WORDS "\",\"phone\":\"033-35 70 00\",\"footnote\":\"" WORDS "\",\"note\":\"" WORDS "\"}");
	shows(care, "/api/v1/items/GL-2/history");
	shows(care, "/api/v1/devices/GL-2");
	call(200, care, "POST", "/api/v1/items/GL-2/write-off", "{\"reason\":\"" WORDS "\"}");
	d = call(200, care, "POST", "/api/v1/holds",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"product\":\"tradlos-ringklocka\",\"note\":\"" WORDS "\"}", who));
	hold = number_at(d, "hold", "/api/v1/holds/%s");
	shows(care, hold);
}

static void rules(void)
{
	const char *it = token("admin it");

	call(200, library, "POST", "/api/v1/loan-rules",
		"{\"zone\":\"library\",\"limit\":2,\"why\":\"" WORDS "\"}");
	shows(library, "/api/v1/loan-rules");
	call(200, it, "POST", "/api/v1/settings/catalogue.open", "{\"value\":\"yes\",\"why\":\"" WORDS "\"}");
	shows(it, "/api/v1/settings/catalogue.open");
	call(200, library, "POST", "/api/v1/safety-notices",
		"{\"title\":\"Laddare\",\"text\":\"" WORDS "\",\"product\":\"tradlos-ringklocka\"}");
	call(200, library, "POST", "/api/v1/safety-notices/1/items/VB-000001", "{\"note\":\"" WORDS "\"}");
	shows(library, "/api/v1/safety-notices/1");
	call(201, it, "POST", "/api/v1/invitations", "{\"serial\":\"GLAS00003\",\"note\":\"" WORDS "\"}");
	shows(it, "/api/v1/invitations");
	call(201, it, "POST", "/api/v1/tokens", "{\"roles\":\"reader\",\"note\":\"" WORDS "\"}");
	shows(it, "/api/v1/tokens");
	shows(it, "/api/v1/audit");
}

/* `hylla check` needs no key: it looks at what is not sealed, and takes nothing for damage. */
static void check_without_key(void)
{
	const char *key = arena_printf(b.f.a, "%s/seal.key", b.f.dir);
	const char *away = arena_printf(b.f.a, "%s/seal.away", b.f.dir);
	struct doc *d;

	cr_assert_eq(rename(key, away), 0);
	d = FLOW_JSON(&b.f, "check");
	cr_expect_eq(doc_list_size(doc_list(d, "faults")), 0);
	cr_expect_not(doc_bool(d, "sealed_fields_checked", true));
	cr_assert_eq(rename(away, key), 0);
}

Test(words, that_name_somebody_are_read_and_stand_nowhere, .timeout = 300, .init = begin, .fini = end)
{
	things();
	loans();
	rules();
	flow_server_stop(&b.f);
	expect_nowhere();
	check_without_key();
	flow_server_start(&b.f);
	shows(library, "/api/v1/items/VB-000001");
}
