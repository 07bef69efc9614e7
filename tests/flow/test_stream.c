/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom the stream of events tells what, and until when. */
#include "tests/flow/callers.h"
#include "tests/flow/stream.h"

#include "base/text.h"

static const char *elsa; /* the library's */

static void begin(void)
{
	lending_desk();
	elsa = borrower(library, "library", "\"given\":\"Elsa\",\"family\":\"Test\"");
	call(200, library, "POST", "/api/v1/items", "{\"product\":\"forstoringsglas-belysning\",\"count\":1}");
}

static bool so_many_listen(void *arg)
{
	struct flow_reply r = flow_call(&b.f, "GET", "/metrics", b.f.token, NULL);

	return strstr(r.body, arena_printf(b.f.a, "hylla_event_listeners %s\n", (const char *)arg)) != NULL;
}

static const char *event(const char *act, const char *object)
{
	return object ? arena_printf(b.f.a, "event: %s\ndata: {\"object\":\"%s\"}", act, object)
		      : arena_printf(b.f.a, "event: %s\ndata: {}", act);
}

static const char *thing(void)
{
	struct doc *d = call(200, library, "GET", "/api/v1/items?product=forstoringsglas-belysning", NULL);

	return doc_str(doc_list_object(doc_list(d, "items"), 0), "item_number");
}

Test(stream, loans_and_holds_are_told_by_number_where_their_list_is_read, .timeout = 300, .init = begin, .fini = end)
{
	AUTO(client) struct client *ours = stream_of(&b.f, library);
	AUTO(client) struct client *theirs = stream_of(&b.f, care);
	AUTO(client) struct client *reader = stream_of(&b.f, token("reader"));
	const char *code = thing(), *loan;
	int64_t hold = 0;

	cr_assert(flow_until(so_many_listen, (char[]){"3"}), "%s", flow_log(&b.f));
	cr_expect_eq(doc_int(call(200, library, "POST", "/api/v1/holds",
				     arena_printf(b.f.a, "{\"borrower\":\"%s\",\"product\":\"forstoringsglas-belysning\"}", elsa)),
			     "hold", &hold), 0);
	loan = doc_str(call(200, library, "POST", "/api/v1/loans",
			       arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"%s\"]}", elsa, code)),
		"loan");
	cr_expect(stream_says(ours, event("hold.add", arena_printf(b.f.a, "hold:%lld", (long long)hold))), "%s", buf_str(&ours->in));
	cr_expect(stream_says(ours, event("loan.out", loan)), "%s", buf_str(&ours->in));
	/* whose it is is told, and to nobody else */
	for (size_t i = 0; i < 2; i++) {
		struct client *c = i ? reader : theirs;

		cr_expect(stream_says(c, event("loan.out", NULL)), "%s", buf_str(&c->in));
		cr_expect_not_null(strstr(buf_str(&c->in), event("hold.add", NULL)));
		cr_expect_null(strstr(buf_str(&c->in), loan), "%s", buf_str(&c->in));
		cr_expect_null(strstr(buf_str(&c->in), "hold:"), "%s", buf_str(&c->in));
	}
}

/* Nothing is told of what happens from now on. */
static void has_ended(struct client *c)
{
	cr_assert(flow_until(so_many_listen, (char[]){"0"}));
	FLOW_EXPECT(&b.f, 0, "item", "mark", thing(), "repair");
	FLOW_EXPECT(&b.f, 0, "item", "mark", thing(), "in_stock");
	cr_expect_not(stream_says(c, "item.mark"), "%s", buf_str(&c->in));
}

static struct client *page_of_browser(void)
{
	const struct client_header headers[] = {
		{"Accept", "text/event-stream"},
		{"Sec-Fetch-Site", "same-origin"},
		{"Cookie", arena_printf(b.f.a, "%s; %s", b.cookie, b.station)},
	};
	struct client *c = stream_open(&b.f, "/events?look=yes", headers, 3);

	cr_assert(stream_says(c, "hello"), "%s", buf_str(&c->in));
	return c;
}

Test(stream, ends_with_what_admitted_it, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d = flow_api(&b.f, 201, "POST", "/api/v1/tokens", "{\"note\":\"x\",\"roles\":\"it\"}");
	struct client *c = stream_of(&b.f, doc_str(d, "token"));

	cr_assert(stream_says(c, "hello"));
	FLOW_EXPECT(&b.f, 0, "token", "close", doc_str(d, "id"));
	has_ended(c);
	client_free(c);
	sign_in_new(&b, "anna", "bibliotek");
	c = page_of_browser();
	expect(&b, 200, "GET", "/desk", NULL);
	expect(&b, 303, "POST", "/sign-out", form(&b, ""));
	has_ended(c);
	client_free(c);
	sign_in_new(&b, "bo", "bibliotek");
	c = page_of_browser();
	FLOW_EXPECT(&b.f, 0, "user", "close", "bo");
	has_ended(c);
	client_free(c);
	/* other duties: it is admitted anew, as what it is now */
	sign_in_new(&b, "cia", "bibliotek konsulent");
	c = page_of_browser();
	FLOW_EXPECT(&b.f, 0, "user", "roles", "cia", "--roles", "bibliotek");
	has_ended(c);
	client_free(c);
	/* a desk that is left, by its own clock */
	sign_in_new(&b, "dag", "bibliotek");
	c = page_of_browser();
	expect(&b, 200, "GET", "/desk", NULL);
	expect(&b, 303, "POST", "/lock", form(&b, "return=/desk"));
	has_ended(c);
	client_free(c);
}
