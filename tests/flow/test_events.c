/* SPDX-License-Identifier: EUPL-1.2 */
/* What others hear: webhooks, the stream of a page, previews, the lifeguard. */
#include "tests/flow/stream.h"

#include "tests/fake/http_service.h"

#include "base/text.h"

#include <pthread.h>

static struct flow f;
static struct ipad *p;
static const char *serial;

static void begin(void)
{
	f = (struct flow){.set = {"net.inside=127.0.0.1"}};
	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
	serial = flow_serial(p);
}

static void end(void)
{
	ipad_free(p);
	flow_stop(&f);
}

static struct {
	pthread_mutex_t lock;
	char topics[4096];
	char results[4096]; /* how answers went that a receiver of NanoMDM's could read */
} heard = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* As a receiver of NanoMDM's does: the signature's header, the members of its schema, the payload. */
static void read_as_nanomdm(const struct http_service_request *rq, const struct doc *d)
{
	const struct doc *e = doc_object(d, "acknowledge_event");
	const char *signature = http_service_header(rq, "X-Hmac-Signature"), *status;
	size_t n = strlen(heard.results);
	struct bytes mac, raw;

	if (!e || !signature || text_parse_base64(rq->arena, bytes_of_str(signature), &mac) != 0 ||
		mac.n != 32 || !doc_str(d, "created_at") || !doc_str(e, "command_uuid"))
		return;
	status = doc_str(e, "status");
	if (text_parse_base64(rq->arena, bytes_of_str(doc_str(e, "raw_payload")), &raw) != 0)
		return;
	snprintf(heard.results + n, sizeof(heard.results) - n, "%s%s ", status,
		memmem(raw.p, raw.n, "QueryResponses", 14) ? "+facts" : "");
}

static bool was_read(void *result)
{
	bool yes;

	pthread_mutex_lock(&heard.lock);
	yes = strstr(heard.results, result) != NULL;
	pthread_mutex_unlock(&heard.lock);
	return yes;
}

static void receive(
	const struct http_service_request *rq, struct http_service_reply *ret, void *ctx)
{
	struct doc *d;
	size_t n;

	(void)ctx;
	ret->status = 200;
	if (doc_parse(rq->arena, rq->body, &d) != 0)
		return;
	pthread_mutex_lock(&heard.lock);
	read_as_nanomdm(rq, d);
	n = strlen(heard.topics);
	snprintf(heard.topics + n, sizeof(heard.topics) - n, "%s ", doc_str(d, "topic"));
	pthread_mutex_unlock(&heard.lock);
}

static bool was_heard(void *topic)
{
	bool yes;

	pthread_mutex_lock(&heard.lock);
	yes = strstr(heard.topics, topic) != NULL;
	pthread_mutex_unlock(&heard.lock);
	return yes;
}

Test(events, a_webhook_hears_ipads_and_people, .timeout = 300, .init = begin, .fini = end)
{
	struct http_service *receiver;
	struct doc *d;
	const char *id;

	cr_assert_eq(
		http_service_start(&(struct http_service_options){.handler = receive}, &receiver),
		0);
	d = flow_api(&f, 201, "POST", "/api/v1/webhooks",
		arena_printf(f.a,
			"{\"url\":\"http://127.0.0.1:%u/\",\"topics\":\"mdm.* item.*\","
			"\"results\":true,\"calls\":true}",
			http_service_port(receiver)));
	id = doc_str(d, "id");
	cr_assert_gt(strlen(doc_str(d, "secret")), 30);
	FLOW_EXPECT(&f, 0, "device", "lock", serial);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "repair");
	cr_expect(flow_until(was_heard, (char[]){"mdm.Connect"}), "%s\n%s", heard.topics,
		flow_log(&f));
	cr_expect(flow_until(was_heard, (char[]){"item.mark"}), "%s", heard.topics);
	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask",
		"{\"request\":\"DeviceInformation\"}");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(flow_until(was_read, (char[]){"Idle "}), "%s", heard.results);
	cr_expect(flow_until(was_read, (char[]){"Acknowledged "}), "%s", heard.results);
	cr_expect(flow_until(was_read, (char[]){"Acknowledged+facts "}), "%s", heard.results);
	FLOW_EXPECT(&f, 0, "webhook", "test", id);
	cr_expect(flow_until(was_heard, (char[]){"hook.test"}), "%s", heard.topics);
	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/webhooks/%s/test", id), NULL);
	FLOW_EXPECT(&f, 0, "webhook", "pause", id);
	FLOW_EXPECT(&f, 0, "webhook", "resume", id);
	FLOW_EXPECT(&f, 0, "webhook", "again", id);
	d = FLOW_JSON(&f, "webhook", "list");
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "webhooks"), 0), "id"), id);
	FLOW_EXPECT(&f, 0, "webhook", "posts", id);
	flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/webhooks/%s/posts", id), NULL);
	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/webhooks/%s/pause", id), NULL);
	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/webhooks/%s/resume", id), NULL);
	flow_api(&f, 200, "POST", arena_printf(f.a, "/api/v1/webhooks/%s/again", id), NULL);
	flow_api(&f, 200, "DELETE", arena_printf(f.a, "/api/v1/webhooks/%s", id), NULL);
	FLOW_EXPECT(&f, 4, "webhook", "remove", id);
	flow_api(&f, 409, "POST", "/api/v1/webhooks", "{\"url\":\"http://example.se/\"}");
	FLOW_EXPECT(&f, 3, "webhook", "add", "ftp://x/", "--results", "--calls");
	http_service_stop(receiver);
}

static bool one_listens(void *arg)
{
	struct flow_reply r = flow_call(&f, "GET", "/metrics", f.token, NULL);

	(void)arg;
	return strstr(r.body, "hylla_event_listeners 1") != NULL;
}

Test(events, a_page_hears_what_happens_until_the_server_stops, .timeout = 300, .init = begin,
	.fini = end)
{
	AUTO(client) struct client *c = stream_of(&f, f.token);

	cr_assert(flow_until(one_listens, NULL), "%s", flow_log(&f));
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "repair");
	FLOW_EXPECT(&f, 0, "user", "add", "eva", "--roles", "it");
	FLOW_EXPECT(&f, 0, "item", "mark", serial, "in_stock");
	FLOW_EXPECT(&f, 0, "device", "lock", serial);
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(stream_says(c, arena_printf(f.a, "event: device.heard\ndata: {\"object\":\"%s\"}",
					 serial)),
		"%s", buf_str(&c->in));
	cr_expect(text_starts(buf_str(&c->in), "HTTP/1.1 200 "));
	cr_expect_not_null(strstr(buf_str(&c->in), "event: hello"));
	cr_expect_not_null(strstr(buf_str(&c->in),
		arena_printf(f.a, "event: item.mark\ndata: {\"object\":\"%s\"}", serial)));
	cr_expect_null(strstr(buf_str(&c->in), "eva"), "accounts are not everybody's");
	flow_server_stop(&f);
	cr_expect_not(stream_says(c, "what nobody says"), "it ends with the server");
	flow_server_start(&f);
}

struct page {
	pthread_t thread;
	const char *token;
	struct flow_reply r;
};

static void *page_open(void *arg)
{
	struct flow mine = f;
	struct page *x = arg;

	mine.a = arena_new();
	x->r = flow_call(&mine, "GET", "/api/v1/events", x->token, NULL);
	return mine.a;
}

static bool so_many_listen(void *arg)
{
	struct flow_reply r = flow_call(&f, "GET", "/metrics", f.token, NULL);

	return strstr(r.body, arg) != NULL;
}

static const char *another_token(void)
{
	struct doc *d = FLOW_JSON(&f, "token", "add", "--roles", "it", "--note", "another");

	return doc_str(d, "token");
}

Test(events, nobodys_pages_take_the_place_of_others, .timeout = 300, .init = begin, .fini = end)
{
	struct page pages[9] = {{0}};
	void *arena;

	for (size_t i = 0; i < 8; i++) {
		pages[i].token = f.token;
		cr_assert_eq(pthread_create(&pages[i].thread, NULL, page_open, &pages[i]), 0);
	}
	cr_assert(flow_until(so_many_listen, (char[]){"hylla_event_listeners 8"}));
	cr_expect_eq(flow_call(&f, "GET", "/api/v1/events", f.token, NULL).status, 503);
	pages[8].token = another_token();
	cr_assert_eq(pthread_create(&pages[8].thread, NULL, page_open, &pages[8]), 0);
	cr_assert(flow_until(so_many_listen, (char[]){"hylla_event_listeners 9"}));
	flow_server_stop(&f);
	for (size_t i = 0; i < 9; i++) {
		cr_assert_eq(pthread_join(pages[i].thread, &arena), 0);
		cr_expect_eq(pages[i].r.status, 200);
		arena_free(arena);
	}
	flow_server_start(&f);
}

Test(events, a_command_is_told_before_it_is_sent, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d;
	const char *path = arena_printf(f.a, "/api/v1/devices/%s/commands", serial);
	const char *plist = "<plist version=\"1.0\"><dict><key>RequestType</key>"
			    "<string>InstalledApplicationList</string></dict></plist>";

	d = flow_api(&f, 200, "POST", arena_printf(f.a, "%s?preview=yes", path),
		"{\"request\":\"EraseDevice\",\"preserve_data_plan\":\"no\","
		"\"return_to_service\":\"no\"}");
	cr_expect_str_eq(doc_str(d, "request_type"), "EraseDevice");
	cr_expect_not_null(strstr(doc_list_str(doc_list(d, "consequences"), 0), "erased"));
	cr_expect_geq(doc_list_size(doc_list(d, "consequences")), 3);
	flow_api(&f, 409, "POST", arena_printf(f.a, "%s/raw?preview=yes", path), plist);
	FLOW_EXPECT(&f, 0, "device", "command", serial, "--ask", "{\"request\":\"DeviceLock\"}",
		"--preview");
	cr_expect_eq(doc_list_size(doc_list(FLOW_JSON(&f, "device", "why", serial), "queue")), 0,
		"nothing was put in its line");
}

Test(events, the_lifeguard_speaks, .timeout = 300, .init = begin, .fini = end)
{
	struct doc *d = flow_api(&f, 200, "GET", "/api/v1/lifeguard", NULL);
	struct flow_reply r = flow_call(&f, "GET", "/metrics", f.token, NULL);

	cr_expect_geq(doc_list_size(doc_list(d, "deadlines")), 5);
	cr_expect_not_null(strstr(r.body, "hylla_deadline_seconds{what=\"ca\"}"));
	d = FLOW_JSON(&f, "lifeguard");
	cr_expect_not_null(doc_str(d, "text"));
	FLOW_EXPECT(&f, 1, "mail", "test");
}
