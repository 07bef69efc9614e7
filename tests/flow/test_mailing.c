/* SPDX-License-Identifier: EUPL-1.2 */
/* A survey and a book, from asking to the iPad, and what the log and the store know after. */
#include "tests/flow/flow.h"
#include "tests/unit/mdm/books.h"

static struct flow f;
static struct ipad *p;

static void begin(void)
{
	f = (struct flow){.set = {"mailing.quiet=", "public.url=https://ipad.example.se"}};
	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
}

static void end(void)
{
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	ipad_free(p);
	flow_stop(&f);
}

struct arriving {
	const char *id;
	int64_t delivered;
};

static bool arrived(void *arg)
{
	struct arriving *x = arg;
	const struct doc *d;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	d = flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/mailings/%s", x->id), NULL);
	return doc_int(d, "delivered", &x->delivered) == 0 && x->delivered == 1;
}

static struct flow_reply public_get(const char *path)
{
	const struct client_request rq = {.method = "GET", .path = path};

	return flow_ask(&f, f.public_port, &rq);
}

Test(mailing, a_survey_of_one_link, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d;
	unsigned before = ipad_state(p)->profiles;
	struct arriving x = {0};

	d = flow_api(&f, 200, "POST", "/api/v1/mailings?preview=yes",
		"{\"kind\":\"link\",\"group\":\"all\",\"title\":\"Länk\","
		"\"url\":\"https://example.se/\"}");
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "reach"), 0), "reach"), "soon");
	flow_api(&f, 409, "POST", "/api/v1/mailings?preview=yes",
		"{\"kind\":\"link\",\"group\":\"all\",\"title\":\"Länk\",\"url\":\"http://x\"}");
	d = flow_api(&f, 200, "GET", "/api/v1/mailings", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "mailings")), 0, "a preview sends nothing");
	cr_expect_not_null(doc_list(flow_api(&f, 200, "GET", "/api/v1/media", NULL), "media"));
	/* the setting is the server's: it is asked */
	x.id = doc_str(flow_api(&f, 201, "POST", "/api/v1/mailings",
			       "{\"kind\":\"survey\",\"group\":\"all\",\"title\":\"Enkät\","
			       "\"url\":\"https://enkat.example.se/host\"}"),
		"id");
	cr_expect(flow_until(arrived, &x), "%s", flow_log(&f));
	cr_expect_eq(ipad_state(p)->profiles, before + 1);
	cr_expect_eq(public_get("/e/guessedguessedguessedguessed1234").status, 404);
	cr_expect_null(strstr(flow_log(&f), "/e/"), "opening a link writes no line");
	FLOW_EXPECT(&f, 0, "mailing", "withdraw", x.id);
	FLOW_EXPECT(&f, 3, "mailing", "withdraw", x.id);
	flow_expect_well(&f);
}

static bool fetched(void *arg)
{
	size_t bytes = 0;
	const char *state;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	state = ipad_book_state(p, NULL, &bytes);
	return state && text_equal(state, "Managed") && bytes == strlen(BOOK_PDF);
}

Test(mailing, a_book_is_downloaded_for_real, .timeout = 300, .init = begin, .fini = end)
{
	const char *pdf = flow_file(&f, "handbok.pdf", BOOK_PDF);
	const char *fake = flow_file(&f, "fake.pdf", "MZ\x90"), *book, *mailing;

	FLOW_EXPECT(&f, 3, "mailing", "send", "media", "--group", "all", "--title", "X", "--file",
		fake);
	FLOW_EXPECT(&f, 0, "mailing", "send", "media", "--item", flow_serial(p), "--title",
		"Handbok", "--file", pdf);
	cr_expect(flow_until(fetched, NULL), "%s", flow_log(&f));
	cr_expect_null(strstr(flow_log(&f), "/m/"), "fetching a book writes no line");
	book = doc_str(doc_list_object(doc_list(FLOW_JSON(&f, "media", "list"), "media"), 0), "id");
	FLOW_EXPECT(&f, 3, "media", "remove", book);
	flow_api(&f, 409, "DELETE", arena_printf(f.a, "/api/v1/media/%s", book), NULL);
	mailing = doc_str(
		doc_list_object(doc_list(FLOW_JSON(&f, "mailing", "list"), "mailings"), 0), "id");
	FLOW_EXPECT(&f, 0, "mailing", "withdraw", mailing);
	cr_expect_eq(doc_list_size(doc_list(FLOW_JSON(&f, "media", "list"), "media")), 0,
		"nothing else uses it");
	flow_api(&f, 404, "DELETE", arena_printf(f.a, "/api/v1/media/%s", book), NULL);
	FLOW_EXPECT(&f, 4, "media", "remove", book);
	flow_expect_well(&f);
}
