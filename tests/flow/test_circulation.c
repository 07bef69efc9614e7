/* SPDX-License-Identifier: EUPL-1.2 */
/* The lending desk over real HTTP: scans, two desks at one thing, zones, an iPad's way back, and a
 * server that is killed while it lends. */
#include "base/clock.h"
#include "tests/flow/callers.h"

#include <pthread.h>
#include <stdio.h>

static const char *person;

static const char *add_borrower(const char *who, const char *zone, const char *number)
{
	return borrower(who, zone,
		arena_printf(b.f.a, "\"given\":\"Test\",\"family\":\"Person\",\"card\":\"%s\"",
			number));
}

#define THINGS 400

static void begin(void)
{
	AUTO(buf) struct buf csv = BUF_INIT(65536);

	b = (struct browser){0};
	flow_start(&b.f);
	buf_add_str(&csv, "serial,item_number,state\n");
	for (int i = 1; i <= THINGS; i++)
		buf_printf(&csv, "VBX%05d,VB-%04d,in_stock\n", i, i);
	FLOW_EXPECT(&b.f, 0, "item", "import", flow_file(&b.f, "things.csv", buf_str(&csv)));
	library = token("bibliotek");
	care = token("konsulent");
	person = add_borrower(library, "library", "KTEST0001");
	call(200, library, "POST", "/api/v1/loan-rules",
		"{\"zone\":\"library\",\"limit\":2,\"why\":\"a test\"}");
}

static struct doc *scan(const char *tone, const char *code)
{
	struct doc *d = call(200, library, "POST", "/api/v1/scan",
		arena_printf(b.f.a, "{\"code\":\"%s\",\"desk\":\"disk-1\"}", code));

	cr_assert_str_eq(doc_str(d, "tone"), tone, "%s: %s", code, doc_str(d, "text"));
	return d;
}

Test(circulation, desk_lends_and_takes_back_by_scans_alone, .timeout = 300, .init = begin,
	.fini = end)
{
	struct doc *d;
	const char *loan;

	d = scan("yes", "KTEST0001\\r\\n");
	cr_expect_str_eq(doc_str(d, "borrower"), person);
	/* A burst: two things, and one twice by mistake, which stops it. */
	d = scan("no", "VB-0001\\rvb-0002\\tVB-0001\\r\\n");
	cr_expect_str_eq(doc_str(d, "code"), "loan.twice");
	cr_expect_eq(doc_list_size(doc_list(doc_object(d, "desk"), "lines")), 2);
	/* What was scanned is still there for whoever signs in again. */
	flow_server_kill(&b.f);
	flow_server_start(&b.f);
	d = call(200, library, "GET", "/api/v1/desk?desk=disk-1", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "lines")), 2);
	cr_expect_str_eq(doc_str(doc_object(d, "who"), "id"), person);
	/* The rules let one have two things at a time: a question, with its doors. */
	d = scan("ask", "VB-0003");
	cr_expect_str_eq(doc_list_str(doc_list(d, "asks"), 0), "limit");
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "doors"), 0), "act"), "yes");
	d = call(200, library, "POST", "/api/v1/desk/lend", "{\"desk\":\"disk-1\"}");
	loan = doc_str(d, "loan");
	d = call(200, library, "GET", arena_printf(b.f.a, "/api/v1/loans/%s", loan), NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "lines")), 2);
	cr_expect_str_eq(doc_str(d, "borrower"), person);
	/* The first scan of something out turns the desk to taking back. */
	d = scan("yes", "VB-0002");
	cr_expect_str_eq(doc_str(d, "did"), "returned");
	d = scan("yes", "C-ANGRA");
	cr_expect_str_eq(doc_str(d, "did"), "undone");
	d = call(200, library, "GET", arena_printf(b.f.a, "/api/v1/loans/%s", loan), NULL);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "lines"), 1), "state"), "out");
	d = scan("yes", loan);
	cr_expect_str_eq(doc_str(d, "did"), "loan");
	/* What a scanner may also say. */
	cr_expect_str_eq(doc_str(scan("no", "NOSUCH-77"), "code"), "scan.unknown");
	cr_expect_str_eq(doc_str(scan("no", "7312345678901"), "code"), "scan.worn");
	cr_expect_str_eq(doc_str(scan("no", "L-10008"), "code"), "scan.bad-loan");
	scan("no", "");
	scan("no", "\\u202e<script>alert(1)</script>");
	cr_expect_geq(doc_list_size(doc_list(scan("no", "K-9"), "doors")), 1);
}

Test(circulation, zones_are_told_no_more_than_a_number, .timeout = 300, .init = begin, .fini = end)
{
	const char *body =
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"VB-0001\"]}", person);
	struct doc *d = call(200, library, "POST", "/api/v1/loans", body);
	const char *loan = doc_str(d, "loan");
	struct flow_reply r;

	call(404, care, "GET", arena_printf(b.f.a, "/api/v1/loans/%s", loan), NULL);
	d = call(200, care, "GET", "/api/v1/loans?thing=VB-0001", NULL);
	cr_assert_eq(doc_list_size(doc_list(d, "loans")), 1);
	cr_expect_not(doc_has(doc_list_object(doc_list(d, "loans"), 0), "borrower"));
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "loans"), 0), "loan"), loan);
	cr_expect_null(doc_str(doc_list_object(doc_list(d, "loans"), 0), "by"));
	d = call(200, care, "GET", arena_printf(b.f.a, "/api/v1/loans?borrower=%s", person), NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "loans")), 0);
	d = call(409, care, "POST", "/api/v1/items/VB-0001/check-in", "{}");
	cr_expect(strstr(doc_str(d, "text"), loan));
	/* Nor is it taken back by another way. */
	d = call(409, care, "POST", "/api/v1/items/VB-0001/mark", "{\"state\":\"in_stock\"}");
	cr_expect_str_eq(doc_str(d, "code"), "loan.other-zone");
	d = call(409, care, "POST", "/api/v1/devices/VB-0001/lost", "{\"message\":\"x\"}");
	cr_expect_str_eq(doc_str(d, "code"), "loan.other-zone");
	d = call(409, care, "POST", "/api/v1/items/VB-0001/faults", "{\"symptom\":\"tyst\"}");
	cr_expect_str_eq(doc_str(d, "code"), "loan.other-zone");
	/* Who has neither zone has no desk. */
	r = flow_call(&b.f, "GET", "/api/v1/loans", token("it"), NULL);
	cr_expect_eq(r.status, 403);
	call(400, library, "POST", "/api/v1/loans", "{\"borower\":\"x\"}");
	call(404, library, "GET", "/api/v1/loans/L-10008", NULL);
	call(200, library, "POST", "/api/v1/items/VB-0001/check-in", "{\"condition\":\"good\"}");
}

Test(circulation, a_hand_out_is_planned_and_becomes_a_loan, .timeout = 300, .init = begin,
	.fini = end)
{
	char at[CLOCK_TEXT], later[CLOCK_TEXT];
	const char *body = arena_printf(b.f.a,
		"{\"borrower\":\"%s\",\"thing\":\"VB-0007\",\"at\":\"%s\",\"note\":\"Dottern heter "
		"Rosalinda\"}",
		person, clock_format_utc(clock_now() + 3600, at));
	const char *one;
	struct doc *d, *row;
	int64_t id;

	call(403, token("it"), "POST", "/api/v1/handouts", body);
	d = call(409, care, "POST", "/api/v1/handouts", body);
	d = call(200, library, "POST", "/api/v1/handouts", body);
	cr_assert_eq(doc_int(d, "handout", &id), 0);
	one = arena_printf(b.f.a, "/api/v1/handouts/%lld", (long long)id);
	d = call(409, library, "POST", "/api/v1/handouts", body);
	cr_expect_str_eq(doc_str(d, "code"), "handout.twice");
	call(400, library, "POST", "/api/v1/handouts", "{\"at\":\"i morgon\"}");
	/* Whoever is of the other zone sees none of it. */
	d = call(200, care, "GET", "/api/v1/handouts", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "handouts")), 0);
	call(404, care, "GET", one, NULL);
	d = call(200, library, "GET", "/api/v1/handouts", NULL);
	row = doc_list_object(doc_list(d, "handouts"), 0);
	cr_assert_not_null(row);
	cr_expect_str_eq(doc_str(row, "thing"), "VBX00007");
	cr_expect_str_eq(doc_str(row, "at"), at);
	cr_expect_not(doc_has(row, "note"), "words are told for one alone");
	d = call(200, library, "GET", one, NULL);
	cr_expect_str_eq(doc_str(d, "note"), "Dottern heter Rosalinda");
	clock_format_utc(clock_now() + 7200, later);
	call(200, library, "POST", arena_printf(b.f.a, "%s/move", one),
		arena_printf(b.f.a, "{\"at\":\"%s\"}", later));
	cr_expect_str_eq(doc_str(call(200, library, "GET", one, NULL), "at"), later);
	/* Another thing, and another again: the first is free at once. */
	d = call(409, library, "POST", arena_printf(b.f.a, "%s/thing", one),
		"{\"thing\":\"VB-0007\"}");
	cr_expect_str_eq(doc_str(d, "code"), "handout.same");
	call(409, care, "POST", arena_printf(b.f.a, "%s/thing", one), "{\"thing\":\"VB-0008\"}");
	call(200, library, "POST", arena_printf(b.f.a, "%s/thing", one), "{\"thing\":\"VB-0008\"}");
	cr_expect_str_eq(
		doc_str(call(200, library, "GET", one, NULL), "thing"), "VBX00008");
	call(200, library, "POST", arena_printf(b.f.a, "%s/thing", one), "{\"thing\":\"VB-0007\"}");
	/* Whoever is about to erase the borrower is told of it. */
	d = call(200, library, "GET", arena_printf(b.f.a, "/api/v1/borrowers/%s/erase", person),
		NULL);
	row = doc_list_object(doc_list(d, "handouts"), 0);
	cr_assert_not_null(row);
	cr_expect_str_eq(doc_str(row, "at"), later);
	/* Whoever asks what is stored of them is told of it, too. */
	d = call(200, library, "POST", arena_printf(b.f.a, "/api/v1/borrowers/%s/extract", person),
		"{\"words\":\"bad om det\"}");
	row = doc_list_object(doc_list(d, "handouts"), 0);
	cr_assert_not_null(row);
	cr_expect_str_eq(doc_str(row, "note"), "Dottern heter Rosalinda");
	/* On to the desk, with the borrower and the thing. */
	call(200, library, "POST", arena_printf(b.f.a, "%s/start", one), "{\"desk\":\"disk-1\"}");
	d = call(200, library, "GET", "/api/v1/desk?desk=disk-1", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "lines")), 1);
	cr_expect_str_eq(doc_str(doc_object(d, "who"), "id"), person);
	call(200, library, "POST", "/api/v1/desk/lend", "{\"desk\":\"disk-1\"}");
	d = call(200, library, "GET", one, NULL);
	cr_expect_str_eq(doc_str(d, "state"), "done");
	cr_expect_not(doc_has(d, "borrower"));
	cr_expect_not(doc_has(d, "note"));
	d = call(409, library, "POST", arena_printf(b.f.a, "%s/cancel", one), NULL);
	cr_expect_str_eq(doc_str(d, "code"), "handout.over");
}

/* "Was it of use?" is told from five answers on, so that no answer is anybody's. */
Test(circulation, what_few_have_said_is_not_told, .timeout = 60, .init = begin, .fini = end)
{
	static const char path[] = "/api/v1/products/lupp";
	struct doc *d;
	int64_t percent;

	call(200, token("admin it"), "POST", "/api/v1/products",
		"{\"id\":\"lupp\",\"name\":\"Lupp\",\"kind\":\"thing\"}");
	for (int i = 1; i <= 5; i++) {
		d = call(200, library, "GET", path, NULL);
		cr_expect_not(doc_has(d, "of_use_percent"), "%d have said", i - 1);
		cr_expect_not(doc_has(d, "rating_sum"), "whose sum could be told apart");
		call(200, library, "POST", arena_printf(b.f.a, "%s/rate", path),
			i < 5 ? "{\"stars\":5}" : "{\"stars\":1}");
	}
	d = call(200, library, "GET", path, NULL);
	cr_assert_eq(doc_int(d, "of_use_percent", &percent), 0);
	cr_expect_eq(percent, 80);
	call(400, library, "POST", arena_printf(b.f.a, "%s/rate", path), "{\"stars\":6}");
	call(400, library, "POST", arena_printf(b.f.a, "%s/rate", path), "{\"stars\":0}");
}

/* Its loan asks for a new signature, and takes it; what was signed can still be read. */
Test(circulation, an_agreement_is_declared_void, .timeout = 300, .init = begin, .fini = end)
{
	static const char sign[] =
		"{\"way\":\"paper\",\"signer\":\"self\",\"identity\":\"known\"}";
	const char *loan, *path, *first, *second;
	struct doc *d;

	d = call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"VB-0001\"]}", person));
	loan = arena_printf(b.f.a, "/api/v1/loans/%s", doc_str(d, "loan"));
	path = arena_printf(b.f.a, "%s/agreements", loan);
	first = doc_str(call(201, library, "POST", path, "{}"), "id");
	path = arena_printf(b.f.a, "/api/v1/agreements/%s", first);
	call(200, library, "POST", arena_printf(b.f.a, "%s/sign", path), sign);
	cr_expect_str_eq(doc_str(call(200, library, "GET", loan, NULL), "agreement"), first);
	call(404, care, "POST", arena_printf(b.f.a, "%s/void", path), "{\"reason\":\"fel\"}");
	call(409, library, "POST", arena_printf(b.f.a, "%s/void", path), NULL);
	call(400, library, "POST", arena_printf(b.f.a, "%s/void", path), "{\"why\":\"fel\"}");
	call(200, library, "POST", arena_printf(b.f.a, "%s/void", path),
		"{\"reason\":\"fel sak\"}");
	d = call(200, library, "GET", path, NULL);
	cr_expect_str_eq(doc_str(d, "state"), "void");
	cr_expect_str_eq(doc_str(d, "void_why"), "fel sak");
	cr_expect_not(doc_has(call(200, library, "GET", loan, NULL), "agreement"));
	call(409, library, "POST", arena_printf(b.f.a, "%s/sign", path), sign);
	second = doc_str(
		call(201, library, "POST", arena_printf(b.f.a, "%s/agreements", loan), "{}"), "id");
	call(200, library, "POST", arena_printf(b.f.a, "/api/v1/agreements/%s/sign", second), sign);
	cr_expect_str_eq(doc_str(call(200, library, "GET", loan, NULL), "agreement"), second);
}

/* --- two desks --- */

struct racer {
	struct flow own; /* an arena of its own */
	const char *body;
	int status;
	const char *text;
};

static void *race(void *arg)
{
	struct racer *x = arg;
	struct flow_reply r = flow_call(&x->own, "POST", "/api/v1/loans", library, x->body);

	x->status = r.status;
	x->text = r.body;
	return NULL;
}

Test(circulation, of_two_desks_at_one_thing_one_gets_it, .timeout = 300, .init = begin, .fini = end)
{
	const char *other = add_borrower(library, "library", "KTEST0002");

	for (int i = 1; i <= 12; i++) {
		struct racer two[2];
		pthread_t threads[2];
		int lent = 0;

		for (int k = 0; k < 2; k++) {
			two[k] = (struct racer){.own = b.f};
			two[k].own.a = arena_new();
			two[k].body = arena_printf(two[k].own.a,
				"{\"borrower\":\"%s\",\"things\":[\"VB-%04d\"],\"yes\":\"limit\"}",
				k ? other : person, i);
			cr_assert_eq(pthread_create(&threads[k], NULL, race, &two[k]), 0);
		}
		for (int k = 0; k < 2; k++) {
			pthread_join(threads[k], NULL);
			lent += two[k].status == 200;
			cr_expect(two[k].status == 200 || two[k].status == 409, "%d %s",
				two[k].status, two[k].text);
			if (two[k].status == 409)
				cr_expect(strstr(two[k].text, "L-"), "says on which loan: %s",
					two[k].text);
			arena_free(two[k].own.a);
		}
		cr_expect_eq(lent, 1);
	}
}

/* --- killed --- */

#define DESKS 4

struct lending {
	struct flow own;
	int from, to;
	const char *loan[THINGS];
	int n;
};

/* Until the server is gone in the middle. */
static int lend_one(struct lending *x, struct client *c, int i)
{
	struct client_header headers[] = {
		{"Content-Type", "application/json"},
		{"Authorization", arena_printf(x->own.a, "Bearer %s", library)},
	};
	const struct client_request rq = {.method = "POST",
		.path = "/api/v1/loans",
		.headers = headers,
		.header_count = 2,
		.body = bytes_of_str(arena_printf(x->own.a,
			"{\"borrower\":\"%s\",\"things\":[\"VB-%04d\"],\"yes\":\"limit\"}",
			person, i))};
	struct client_reply got;
	struct doc *d;
	int err = client_exchange(c, &rq, &got);

	if (err || got.status != 200 ||
		doc_parse(x->own.a, arena_bytes(x->own.a, got.body), &d) != 0)
		return ERR_NET;
	x->loan[x->n] = arena_strdup(x->own.a, doc_str(d, "loan"));
	__atomic_store_n(&x->n, x->n + 1, __ATOMIC_RELEASE);
	return 0;
}

static void *lend_many(void *arg)
{
	struct lending *x = arg;
	const struct client_options o = {
		.tls = true, .host = "localhost", .port = x->own.staff_port, .trust = x->own.trust};
	AUTO(client) struct client *c = client_new(&o);
	int err = 0;

	for (int i = x->from; err == 0 && i < x->to; i++)
		err = lend_one(x, c, i);
	return NULL;
}

static int acknowledged(struct lending *all)
{
	int n = 0;

	for (int d = 0; d < DESKS; d++)
		n += __atomic_load_n(&all[d].n, __ATOMIC_ACQUIRE);
	return n;
}

static bool some_lent(void *arg)
{
	return acknowledged(arg) > 25;
}

Test(circulation, a_loan_that_was_told_survives_a_kill, .timeout = 300, .init = begin, .fini = end)
{
	static struct lending all[DESKS];
	pthread_t threads[DESKS];
	struct doc *d;
	int64_t loans = 0;

	for (int k = 0; k < DESKS; k++) {
		all[k] = (struct lending){.own = b.f, .from = 1 + k * 100, .to = 1 + (k + 1) * 100};
		all[k].own.a = arena_new();
		cr_assert_eq(pthread_create(&threads[k], NULL, lend_many, &all[k]), 0);
	}
	cr_assert(flow_until(some_lent, all));
	flow_server_kill(&b.f);
	for (int k = 0; k < DESKS; k++)
		pthread_join(threads[k], NULL);
	flow_server_start(&b.f);
	for (int k = 0; k < DESKS; k++) {
		for (int i = 0; i < all[k].n; i++) {
			d = call(200, library, "GET",
				arena_printf(b.f.a, "/api/v1/loans/%s", all[k].loan[i]), NULL);
			cr_expect_str_eq(
				doc_str(doc_list_object(doc_list(d, "lines"), 0), "item_number"),
				arena_printf(b.f.a, "VB-%04d", all[k].from + i));
		}
	}
	d = call(200, library, "GET", "/api/v1/loans/counts", NULL);
	cr_assert_eq(doc_int(d, "loans", &loans), 0);
	cr_expect_geq(loans, acknowledged(all));
	cr_expect_leq(loans, acknowledged(all) + DESKS, "and none that nobody asked for");
	for (int k = 0; k < DESKS; k++)
		arena_free(all[k].own.a);
}

/* --- an iPad --- */

static struct ipad *pad;

static bool wake_until_erased(void *arg)
{
	(void)arg;
	return ipad_wake(pad) == 0 && ipad_counters(pad)->erases > 0;
}

Test(circulation, an_ipad_that_comes_back_is_erased, .timeout = 300, .init = begin, .fini = end)
{
	const char *senior = add_borrower(care, "care", "KTEST0009"), *serial;
	struct doc *d;

	pad = flow_ours(&b.f, 7, NULL);
	serial = flow_serial(pad);
	d = call(200, care, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"%s\"]}", senior, serial));
	cr_expect_not_null(doc_str(d, "loan"));
	d = call(200, care, "POST", arena_printf(b.f.a, "/api/v1/items/%s/lost-on-loan", serial),
		"{\"phone\":\"033-35 70 00\",\"stolen\":true}");
	cr_assert_eq(ipad_wake(pad), 0, "%s", ipad_why(pad));
	cr_expect(ipad_state(pad)->lost, "locked");
	d = call(409, care, "POST", arena_printf(b.f.a, "/api/v1/items/%s/check-in", serial),
		"{\"condition\":\"good\",\"preserve_data_plan\":\"yes\"}");
	cr_expect_str_eq(doc_str(d, "code"), "loan.stolen-back", "nobody has said that it was found");
	d = call(200, care, "POST", arena_printf(b.f.a, "/api/v1/items/%s/check-in", serial),
		"{\"condition\":\"good\",\"preserve_data_plan\":\"yes\",\"yes\":\"found\"}");
	cr_expect(doc_bool(d, "was_lost", false));
	cr_expect(doc_bool(d, "handed_in", false));
	d = call(200, care, "GET", arena_printf(b.f.a, "/api/v1/devices/%s/return", serial), NULL);
	cr_expect_str_eq(doc_str(d, "phase"), "asking");
	cr_assert(flow_until(wake_until_erased, NULL), "%s\n%s", ipad_why(pad), flow_log(&b.f));
	d = call(409, care, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"%s\"]}", senior, serial));
	cr_expect_str_eq(doc_str(d, "code"), "loan.return-open");
	ipad_free(pad);
}

static int64_t figure(struct doc *d, const char *key)
{
	int64_t n = -1;

	cr_expect_eq(doc_int(doc_object(d, "sum"), key, &n), 0, "%s", key);
	return n;
}

static const char *told(const struct doc *d, const char *key)
{
	const char *s = doc_str(doc_object(d, "sum"), key);

	return s ? s : "a number";
}

Test(circulation, figures_follow_each_act_and_tell_no_person, .timeout = 300, .init = begin,
	.fini = end)
{
	static const char path[] = "/api/v1/statistics";
	struct flow_reply r;
	struct doc *d;

	call(200, library, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"VB-0001\",\"VB-0002\"]}",
			person));
	d = call(200, library, "GET", path, NULL);
	cr_expect_str_eq(told(d, "loans"), "fewer than 5");
	cr_expect_eq(figure(d, "returns"), 0);
	d = doc_list_object(doc_list(d, "kinds"), 0);
	cr_expect(doc_bool(d, "few", false), "two could be told from each other");
	cr_expect_str_eq(doc_str(d, "id"), "senior");
	call(200, library, "POST", "/api/v1/items/VB-0001/check-in", "{}");
	d = call(200, library, "GET", path, NULL);
	cr_expect_str_eq(told(d, "returns"), "fewer than 5");
	cr_expect_not(doc_has(doc_object(d, "sum"), "in_time_percent"), "of few there is no share");
	cr_expect_not(doc_has(doc_object(d, "sum"), "mean_days"), "nor a mean");
	call(200, library, "POST", "/api/v1/desk/undo", "{}");
	d = call(200, library, "GET", path, NULL);
	cr_expect_eq(figure(d, "returns"), 0, "undone is not counted");
	d = call(200, library, "GET", "/api/v1/statistics?zone=care", NULL);
	cr_expect_eq(figure(d, "loans"), 0);
	r = flow_call(&b.f, "GET", "/api/v1/statistics?table=kinds&format=csv", library, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_null(strstr(r.body, "\"2\""), "%s", r.body);
	r = flow_call(&b.f, "GET", "/api/v1/statistics?table=months&format=csv", library, NULL);
	cr_expect(strstr(r.body, "\"not shown\""), "%s", r.body);
	cr_expect_null(strstr(r.body, "\"2\""), "%s", r.body);
	call(200, library, "POST", "/api/v1/items/VB-0002/check-in", "{\"early_reason\":\"bought\"}");
	d = call(200, library, "GET", path, NULL);
	cr_expect_str_eq(told(d, "early"), "fewer than 5");
	d = doc_list_object(doc_list(d, "early_reasons"), 0);
	cr_expect_str_eq(doc_str(d, "id"), "bought");
	cr_expect(doc_bool(d, "few", false));
	r = flow_call(&b.f, "GET", "/api/v1/statistics?table=early_reasons&format=csv", library, NULL);
	cr_expect_eq(r.status, 200);
	cr_expect_not_null(strstr(r.body, "bought one"), "%s", r.body);
	r = flow_call(&b.f, "GET", "/api/v1/statistics?table=late_reasons&format=xlsx", library, NULL);
	cr_expect_eq(r.status, 200);
	call(400, library, "GET", "/api/v1/statistics?from=2026-13", NULL);
	call(400, library, "GET", "/api/v1/statistics?from=2026-02&to=2026-01", NULL);
}
