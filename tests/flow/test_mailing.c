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

/* The iPad's history has it, in words. */
static void expect_told(const char *text, const char *title)
{
	const char *path = arena_printf(f.a, "/api/v1/items/%s/history", flow_serial(p));
	const struct doc *list = doc_list(flow_api(&f, 200, "GET", path, NULL), "history");
	bool told = false;

	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);

		told |= text_equal(doc_str(row, "text"), text) &&
			strstr(doc_str(row, "words"), title) != NULL &&
			!strstr(doc_str(row, "words"), "acknowledged");
	}
	cr_expect(told, "%s", text);
	cr_expect_not_null(strstr(FLOW_EXPECT(&f, 0, "item", "show", flow_serial(p)), title));
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
	expect_told("InstallProfile acknowledged Enkät", "Enkät");
	cr_expect_eq(public_get("/e/guessedguessedguessedguessed1234").status, 404);
	cr_expect_null(strstr(flow_log(&f), "/e/"), "opening a link writes no line");
	FLOW_EXPECT(&f, 0, "mailing", "withdraw", x.id);
	FLOW_EXPECT(&f, 3, "mailing", "withdraw", x.id);
	flow_expect_well(&f);
}

/* --- a link is opened --- */

static const char *survey_arrives(const char *title)
{
	struct arriving x = {0};

	x.id = doc_str(flow_api(&f, 201, "POST", "/api/v1/mailings",
			       arena_printf(f.a,
				       "{\"kind\":\"survey\",\"group\":\"all\",\"title\":\"%s\","
				       "\"url\":\"https://enkat.example.se/host\"}",
				       title)),
		"id");
	cr_assert(flow_until(arrived, &x), "%s", flow_log(&f));
	return x.id;
}

/* The path of the link on its home screen. */
static const char *link_path(void)
{
	static const char base[] = "https://ipad.example.se";
	const char *url = ipad_web_clip(p, f.a);

	cr_assert_not_null(url);
	cr_assert(text_starts(url, base), "%s", url);
	cr_assert(text_starts(url + strlen(base), "/e/"), "%s", url);
	return url + strlen(base);
}

static struct flow_reply link_open(const char *path)
{
	const struct client_header headers[] = {{"Accept-Language", "en"}};
	const struct client_request rq = {
		.method = "GET", .path = path, .headers = headers, .header_count = 1};

	return flow_ask(&f, f.public_port, &rq);
}

static bool clip_has_gone(void *arg)
{
	(void)arg;
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	return ipad_web_clip(p, f.a) == NULL;
}

/* What was written since says neither which link nor whose. */
static void expect_silence(size_t since, const char *path)
{
	const char *log = flow_log(&f), *word = path + strlen("/e/");

	cr_expect_null(strstr(log, word), "the link's word");
	cr_expect_null(strstr(log, "/e/"));
	cr_expect_null(strstr(log + since, flow_serial(p)), "%s", log + since);
	cr_expect_null(strstr(log + since, ipad_model(p)->udid), "%s", log + since);
	cr_expect_null(strstr(FLOW_EXPECT(&f, 0, "audit"), word), "nor in the audit log");
}

Test(mailing, a_link_opens_once_and_nobody_knows_whose, .timeout = 300, .init = begin, .fini = end)
{
	const char *id = survey_arrives("Enkät"), *path = link_path();
	size_t since = strlen(flow_log(&f));
	struct flow_reply r = link_open(path);
	int64_t opened = 0;

	cr_expect_eq(r.status, 303, "%d", r.status);
	cr_expect_not_null(
		strcasestr(r.head, "\nLocation: https://enkat.example.se/host\r"), "%s", r.head);
	cr_expect_not_null(strcasestr(r.head, "\nReferrer-Policy: no-referrer\r"), "%s", r.head);
	r = link_open(path);
	cr_expect_eq(r.status, 303, "the answer may have been lost: %d", r.status);
	expect_silence(since, path);
	/* what it remembers of that is in memory alone */
	flow_server_stop(&f);
	flow_server_start(&f);
	r = link_open(path);
	cr_expect_eq(r.status, 410, "%d", r.status);
	cr_expect_not_null(strstr(r.body, "has been used"), "%s", r.body);
	cr_expect_null(strcasestr(r.head, "\nLocation:"), "%s", r.head);
	cr_assert_eq(doc_int(flow_api(&f, 200, "GET",
				     arena_printf(f.a, "/api/v1/mailings/%s", id), NULL),
			     "opened", &opened),
		0);
	cr_expect_eq(opened, 1);
	FLOW_EXPECT(&f, 0, "mailing", "withdraw", id);
	cr_assert(flow_until(clip_has_gone, NULL), "%s", flow_log(&f));
	flow_expect_well(&f);
}

Test(mailing, a_link_of_a_survey_that_is_over_says_so, .timeout = 300, .init = begin, .fini = end)
{
	const char *id = survey_arrives("Enkät"), *path = link_path();
	struct flow_reply r;
	size_t since;

	FLOW_EXPECT(&f, 0, "mailing", "withdraw", id);
	since = strlen(flow_log(&f));
	r = link_open(path);
	cr_expect_eq(r.status, 410, "%d", r.status);
	cr_expect_not_null(strstr(r.body, "The survey is over"), "%s", r.body);
	cr_expect_null(strcasestr(r.head, "\nLocation:"), "%s", r.head);
	expect_silence(since, path);
}

/* --- a book --- */

static bool fetched(void *arg)
{
	size_t bytes = 0;
	const char *state;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	state = ipad_book_state(p, NULL, &bytes);
	return state && text_equal(state, "Managed") &&
	       bytes == (arg ? *(const size_t *)arg : strlen(BOOK_PDF));
}

static struct flow_reply book_part(const char *path, const char *range)
{
	const struct client_header headers[] = {{"Range", range}};
	const struct client_request rq = {
		.method = "GET", .path = path, .headers = headers, .header_count = 1};

	return flow_ask(&f, f.device_port, &rq);
}

/* A download that was broken off goes on where it was. */
static void expect_parts(const char *book)
{
	const char *path = arena_printf(f.a, "/m/%s/handbok.pdf", book);
	const char *from = arena_printf(f.a, "\nContent-Range: bytes 5-%zu/%zu\r",
		strlen(BOOK_PDF) - 1, strlen(BOOK_PDF));
	struct flow_reply r = book_part(path, "bytes=0-4");

	cr_expect_eq(r.status, 206, "%d", r.status);
	cr_expect_eq(strlen(r.body), 5);
	cr_expect(text_starts(BOOK_PDF, r.body), "%s", r.body);
	r = book_part(path, "bytes=5-");
	cr_expect_eq(r.status, 206, "%d", r.status);
	cr_expect_not_null(strcasestr(r.head, from), "%s", r.head);
	cr_expect_str_eq(r.body, BOOK_PDF + 5);
	r = book_part(path, "bytes=0-1,3-4");
	cr_expect_eq(r.status, 200, "of many ranges the whole is given: %d", r.status);
	cr_expect_str_eq(r.body, BOOK_PDF);
	cr_expect_eq(book_part(arena_printf(f.a, "/m/%s/annan.pdf", book), "bytes=0-4").status, 404);
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
	book = doc_str(doc_list_object(doc_list(FLOW_JSON(&f, "media", "list"), "media"), 0), "id");
	expect_parts(book);
	cr_expect_null(strstr(flow_log(&f), "/m/"), "fetching a book writes no line");
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

/* --- another file --- */

#define CORRECTED BOOK_PDF "% corrected\n%%EOF\n"

static struct doc *mailing_of(const char *id)
{
	return flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/mailings/%s", id), NULL);
}

struct standing {
	const char *id;
	int64_t delivered, older;
};

static bool stands(void *arg)
{
	const struct standing *want = arg;
	int64_t delivered = -1, older = -1;
	const struct doc *d;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	d = mailing_of(want->id);
	return doc_int(d, "delivered", &delivered) == 0 && doc_int(d, "older", &older) == 0 &&
	       delivered == want->delivered && older == want->older;
}

Test(mailing, a_corrected_book_is_one_book_with_new_content, .timeout = 300, .init = begin,
	.fini = end)
{
	const char *pdf = flow_file(&f, "handbok.pdf", BOOK_PDF);
	const char *corrected = flow_file(&f, "rattad.pdf", CORRECTED), *id;
	const char *fake = flow_file(&f, "fake.pdf", "MZ\x90"), *said;
	size_t bytes = strlen(CORRECTED);
	struct standing new = {.delivered = 1};
	int64_t n = 0;

	FLOW_EXPECT(&f, 0, "mailing", "send", "media", "--item", flow_serial(p), "--title",
		"Handbok", "--file", pdf);
	cr_expect(flow_until(fetched, NULL), "%s", flow_log(&f));
	id = doc_str(
		doc_list_object(doc_list(FLOW_JSON(&f, "mailing", "list"), "mailings"), 0), "id");
	FLOW_EXPECT(&f, 3, "mailing", "file", id, fake);
	FLOW_EXPECT(&f, 3, "mailing", "file", id, pdf);
	cr_expect_eq(doc_list_size(doc_list(FLOW_JSON(&f, "media", "list"), "media")), 1,
		"what was refused does not stay");
	FLOW_EXPECT(&f, 0, "mailing", "file", id, corrected, "--name", "rättad.pdf");
	cr_expect(flow_until(fetched, &bytes), "%s", flow_log(&f));
	cr_expect_eq(ipad_books(p), 1, "one book, not two");
	new.id = id;
	cr_expect(flow_until(stands, &new), "%s", flow_log(&f));
	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/mailings/%s/file/undo", id), "{}");
	cr_expect_eq(doc_int(mailing_of(id), "older", &n), 0);
	cr_expect_eq(n, 1, "it has the one that counted before");
	bytes = strlen(BOOK_PDF);
	cr_expect(flow_until(fetched, &bytes), "%s", flow_log(&f));
	cr_expect_eq(ipad_books(p), 1);
	said = FLOW_EXPECT(&f, 0, "audit");
	cr_expect_not_null(strstr(said, "mailing.file"), "%s", said);
	cr_expect_not_null(strstr(said, "mailing.file_undo"), "%s", said);
	FLOW_EXPECT(&f, 0, "mailing", "withdraw", id);
	expect_told("InstallMedia acknowledged Handbok", "Handbok");
	FLOW_EXPECT(&f, 3, "mailing", "file", id, corrected);
	FLOW_EXPECT(&f, 3, "mailing", "file-undo", id);
	cr_expect_eq(doc_list_size(doc_list(FLOW_JSON(&f, "media", "list"), "media")), 0);
	flow_expect_well(&f);
}
