/* SPDX-License-Identifier: EUPL-1.2 */
/* Webhooks, their posts (hook_count.c counts them) and news, with a receiver that keeps all. */
#include "tests/fake/http_service.h"
#include "tests/unit/web/office.h"
#include "web/event_int.h"

#include "base/text.h"

#include <pthread.h>

static struct http_service *receiver;
static struct {
	pthread_mutex_t lock;
	struct arena *a;
	unsigned n;
	int status;
	const char *body[64], *signature[64], *nanomdm[64];
} got = {.lock = PTHREAD_MUTEX_INITIALIZER, .status = 204};

static void receive(
	const struct http_service_request *rq, struct http_service_reply *ret, void *ctx)
{
	(void)ctx;
	pthread_mutex_lock(&got.lock);
	ret->status = got.status;
	if (got.n < 64) {
		const char *s = http_service_header(rq, "X-Hylla-Signature");

		got.body[got.n] = arena_strndup(got.a, rq->body.p, rq->body.n);
		got.signature[got.n] = arena_strdup(got.a, s ? s : "");
		s = http_service_header(rq, "X-Hmac-Signature");
		got.nanomdm[got.n++] = arena_strdup(got.a, s ? s : "");
	}
	pthread_mutex_unlock(&got.lock);
}

static const char *id, *secret;
static const struct audit_who anna = {.actor = "anna", .via = "api"};

static int add_asked(const struct web_hook_ask *ask)
{
	struct refusal r;

	return web_hook_add(office.w, &anna, ask, HOUSE_NOW, house.a, &id, &secret, &r);
}

static int add(const char *url, const char *topics)
{
	return add_asked(&(struct web_hook_ask){.url = url, .topics = topics});
}

static void open_office(void)
{
	struct mdm_events ev = web_news_events(NULL);

	office_open(&(struct web_options){0});
	mdm_listen(house.m, &ev);
	got.a = arena_new();
	cr_assert_eq(
		http_service_start(&(struct http_service_options){.handler = receive}, &receiver),
		0);
}

static void close_office(void)
{
	http_service_stop(receiver);
	arena_free(got.a);
	office_close();
}

TestSuite(hook, .init = open_office, .fini = close_office);

static const char *url(void)
{
	return arena_printf(house.a, "http://127.0.0.1:%u/hook", http_service_port(receiver));
}

static void round_at(int64_t now)
{
	int err = web_hook_round(office.w, now);

	cr_assert_eq(err, 0, "%s", err_name(err));
}

static struct doc *event(unsigned i)
{
	struct doc *d;

	cr_assert_gt(got.n, i);
	cr_assert_eq(doc_parse(house.a, bytes_of_str(got.body[i]), &d), 0, "%s", got.body[i]);
	return d;
}

static int check_in(struct store_txn *txn, void *arg)
{
	return web_hook_posts_doc(txn, house.a, id, 0, 100, arg);
}

static size_t posts(bool dead)
{
	struct doc *d = doc_new(house.a), *list;
	size_t n = 0;

	cr_assert_eq(store_read(house.st, check_in, d), 0);
	list = doc_list(d, "posts");
	for (size_t i = 0; i < doc_list_size(list); i++)
		n += doc_bool(doc_list_object(list, i), "dead", false) == dead;
	return n;
}

Test(hook, an_enrolment_is_told_signed_and_without_secrets)
{
	const char *t;

	cr_assert_eq(add(url(), "mdm.*"), 0);
	IPADS_IDENTITY(1, .life_s = 1000000);
	ipads_enrol(1, "U-1", "S1");
	round_at(HOUSE_NOW);
	cr_assert_eq(got.n, 2);
	cr_expect_str_eq(doc_str(event(0), "topic"), "mdm.Authenticate");
	cr_expect_str_eq(doc_str(event(1), "topic"), "mdm.TokenUpdate");
	cr_expect_str_eq(doc_str(doc_object(event(1), "checkin_event"), "udid"), "U-1");
	cr_expect_null(strstr(got.body[1], "MAGIC"));
	cr_expect_null(strstr(got.body[1], "token"));
	t = web_signature(house.a, bytes_of_str(secret), HOUSE_NOW, bytes_of_str(got.body[0]));
	cr_expect_str_eq(got.signature[0], t);
	t = web_signature_nanomdm(house.a, bytes_of_str(secret), bytes_of_str(got.body[0]));
	cr_expect_str_eq(got.nanomdm[0], t);
	round_at(HOUSE_NOW + 1);
	cr_expect_eq(got.n, 2, "once");
	cr_expect_eq(posts(false), 0);
}

Test(hook, what_people_do_is_told_from_the_log)
{
	cr_assert_eq(add(url(), "hook.*"), 0);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_PAUSE, HOUSE_NOW), 0);
	round_at(HOUSE_NOW);
	cr_expect_eq(got.n, 0, "paused");
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, HOUSE_NOW), 0);
	round_at(HOUSE_NOW);
	cr_assert_eq(got.n, 2, "and nothing is lost");
	cr_expect_str_eq(doc_str(event(0), "topic"), "hook.pause");
	cr_expect_str_eq(doc_str(doc_object(event(1), "act"), "actor"), "anna");
}

Test(hook, a_receiver_that_fails_is_tried_again_and_then_given_up)
{
	int64_t now = HOUSE_NOW;

	cr_assert_eq(add(url(), "hook.*"), 0);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, now), 0);
	got.status = 500;
	for (uint32_t tries = 1; tries <= 12; tries++) {
		round_at(now);
		now += web_post_gap(tries);
	}
	cr_expect_eq(got.n, 10);
	cr_expect_eq(posts(true), 1);
	cr_expect_eq(posts(false), 0);
	got.status = 200;
	round_at(now + 100);
	cr_expect_eq(got.n, 10, "the dead do not speak");
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_AGAIN, now), 0);
	round_at(now);
	cr_expect_eq(got.n, 12, "sent again, and that it was");
	cr_expect_eq(posts(true) + posts(false), 0);
}

/* One call of the iPad; what it is given next. */
static const char *session(const char *status, const char *uuid, const char *more)
{
	const char *body = arena_printf(house.a,
		"<plist version=\"1.0\"><dict><key>UDID</key><string>U-1</string><key>Status</key>"
		"<string>%s</string>%s%s%s%s</dict></plist>",
		status, uuid ? "<key>CommandUUID</key><string>" : "", uuid ? uuid : "",
		uuid ? "</string>" : "", more);
	struct mdm_caller who = ipads_caller(1);
	struct bytes next = {NULL, 0};

	cr_assert_eq(mdm_result_apply(house.m, &who, bytes_of_str(body), house.a, &next), 0);
	return arena_strndup(house.a, next.p, next.n);
}

static const char *uuid_of(const char *message)
{
	const char *at = strstr(message, "<key>CommandUUID</key>");

	cr_assert_not_null(at, "%s", message);
	at = strstr(at, "<string>") + 8;
	return arena_strndup(house.a, at, strcspn(at, "<"));
}

static const char *raw(unsigned i)
{
	const struct doc *e = doc_object(event(i), "acknowledge_event");
	struct bytes plain;

	cr_assert_not_null(e, "%s", got.body[i]);
	cr_assert_eq(text_parse_base64(
			     house.a, bytes_of_str(doc_str(e, "raw_payload")), &plain),
		0);
	return arena_strndup(house.a, plain.p, plain.n);
}

/* An iPad is asked for its facts: it calls, puts off, calls again and answers. */
static void facts_are_told(void)
{
	const char *more = "<key>QueryResponses</key><dict><key>Model</key><string>MK2L3</string>"
			   "<key>IsRoaming</key><true/></dict>";
	const char *m;

	IPADS_IDENTITY(1, .life_s = 1000000);
	ipads_enrol(1, "U-1", "S1");
	m = session("Idle", NULL, "");
	session("NotNow", uuid_of(m), "");
	m = session("Idle", NULL, "");
	session("Acknowledged", uuid_of(m), more);
	round_at(HOUSE_NOW);
}

Test(hook, results_and_calls_are_told_to_who_asked_for_them)
{
	const struct doc *e;

	cr_assert_eq(add_asked(&(struct web_hook_ask){.url = url(),
			     .topics = "mdm.Connect",
			     .results = true,
			     .calls = true}),
		0);
	facts_are_told();
	cr_assert_eq(got.n, 4);
	e = doc_object(event(0), "acknowledge_event");
	cr_expect_str_eq(doc_str(e, "status"), "Idle");
	cr_expect_str_eq(doc_str(e, "udid"), "U-1");
	e = doc_object(event(1), "acknowledge_event");
	cr_expect_str_eq(doc_str(e, "status"), "NotNow");
	cr_expect_not_null(strstr(raw(3), "MK2L3"), "%s", raw(3));
	cr_expect_null(strstr(raw(3), "IsRoaming"), "the promise holds here as well");
}

Test(hook, who_did_not_ask_is_told_that_it_was_answered)
{
	cr_assert_eq(add(url(), "mdm.Connect"), 0);
	facts_are_told();
	cr_assert_eq(got.n, 1);
	cr_expect_null(strstr(raw(0), "MK2L3"));
	cr_expect_not_null(strstr(raw(0), "<string>Acknowledged</string>"));
}

static int count_in(struct store_txn *txn, void *arg)
{
	const struct web_hook *to = arg;
	struct web_hook h;
	int err = web_hook_get(txn, house.a, id, &h);

	h.posts += to->posts;
	h.waiting += to->waiting;
	return err ? err : web_hook_put(txn, &h);
}

/* As if so many events more had been delivered, or were waiting. */
static void count_up(uint64_t posts, uint64_t waiting)
{
	struct web_hook to = {.posts = posts, .waiting = waiting};

	cr_assert_eq(store_write(house.st, count_in, &to), 0);
}

static void one_dies(void)
{
	int64_t now = HOUSE_NOW;

	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, now), 0);
	got.status = 500;
	for (uint32_t tries = 1; posts(true) == 0; tries++) {
		round_at(now);
		now += web_post_gap(tries);
	}
	got.status = 200;
	got.n = 0;
}

Test(hook, a_dead_letter_is_in_nobodys_way)
{
	const int64_t now = HOUSE_NOW + 5 * 86400;

	cr_assert_eq(add(url(), "hook.resume"), 0);
	one_dies();
	count_up(25000, 0);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, now), 0);
	round_at(now);
	cr_expect_eq(got.n, 1, "what is delivered since is not what waits");
	cr_expect_eq(posts(true), 1, "and the letter is kept");
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, now), 0);
	round_at(now + 31 * 86400);
	cr_expect_eq(posts(true), 0, "for a month");
	cr_expect_eq(got.n, 2);
}

/* A store of a program that had no such figures. */
static int uncount_in(struct store_txn *txn, void *arg)
{
	struct web_hook h;
	int err = web_hook_get(txn, house.a, id, &h);

	(void)arg;
	h.waiting = h.dead = 0;
	h.counted = false;
	return err ? err : web_hook_put(txn, &h);
}

static void told(void *arg, const char *what)
{
	(void)arg;
	cr_expect_fail("%s", what);
}

static int sound_in(struct store_txn *txn, void *arg)
{
	return web_check(txn, told, arg);
}

Test(hook, letters_of_an_older_store_are_counted_once)
{
	const int64_t now = HOUSE_NOW + 40 * 86400;

	cr_assert_eq(add(url(), "hook.resume"), 0);
	one_dies();
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, now), 0);
	cr_assert_eq(store_write(house.st, uncount_in, NULL), 0);
	cr_assert_eq(web_layout_renew(house.st), 0);
	cr_assert_eq(store_read(house.st, sound_in, NULL), 0);
	round_at(now);
	cr_expect_eq(posts(true), 0, "a month has gone by");
	cr_assert_eq(store_read(house.st, sound_in, NULL), 0);
}

static int get_in(struct store_txn *txn, void *arg)
{
	return web_hook_get(txn, house.a, id, arg);
}

static struct web_hook of_store(void)
{
	struct web_hook h = {0};

	cr_assert_eq(store_read(house.st, get_in, &h), 0);
	return h;
}

Test(hook, what_goes_while_too_much_waits_is_counted_down)
{
	const int64_t now = HOUSE_NOW + 40 * 86400;

	cr_assert_eq(add(url(), "hook.resume"), 0);
	one_dies();
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, now), 0);
	count_up(0, 20000);
	round_at(now);
	cr_expect_eq(posts(true), 0);
	cr_expect_eq(of_store().dead, 0);
}

Test(hook, one_with_too_much_waiting_follows_later)
{
	cr_assert_eq(add(url(), "hook.resume"), 0);
	count_up(0, 20000);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, HOUSE_NOW), 0);
	round_at(HOUSE_NOW);
	cr_expect_eq(got.n, 0);
	count_up(0, (uint64_t)-1);
	round_at(HOUSE_NOW);
	cr_expect_eq(got.n, 1, "and has lost nothing");
}

static int hook_in(struct store_txn *txn, void *arg)
{
	return web_hook_get(txn, house.a, id, arg);
}

/* Its old letters go all the same, and are counted as gone. */
Test(hook, one_with_too_much_waiting_keeps_count_of_its_dead)
{
	const int64_t later = HOUSE_NOW + 40 * INT64_C(86400);
	struct web_hook h;

	cr_assert_eq(add(url(), "hook.resume"), 0);
	one_dies();
	count_up(0, 20000);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, later), 0);
	round_at(later);
	cr_expect_eq(posts(true), 0);
	cr_assert_eq(store_read(house.st, hook_in, &h), 0);
	cr_expect_eq(h.dead, 0);
	cr_expect_eq(h.waiting, 20000);
}

/* Posts of one that does not answer, more than a round takes, and another that does. */
Test(hook, one_that_is_paused_or_dead_holds_up_nobody)
{
	const char *first;

	got.status = 500;
	cr_assert_eq(add(url(), "hook.*"), 0);
	first = id;
	for (unsigned i = 0; i < 20; i++)
		cr_assert_eq(web_hook_act(office.w, &anna, first, WEB_HOOK_RESUME, HOUSE_NOW), 0);
	round_at(HOUSE_NOW);
	cr_expect_eq(got.n, 1, "one try, and the rest waits");
	cr_assert_eq(add(url(), "hook.pause"), 0);
	got.status = 200;
	cr_assert_eq(web_hook_act(office.w, &anna, first, WEB_HOOK_PAUSE, HOUSE_NOW), 0);
	round_at(HOUSE_NOW + 5);
	cr_expect_eq(got.n, 2, "the second has heard of it");
	cr_expect_eq(posts(false), 0);
	cr_assert_eq(web_hook_act(office.w, &anna, first, WEB_HOOK_RESUME, HOUSE_NOW), 0);
	round_at(HOUSE_NOW + 20);
	cr_expect_geq(got.n, 22, "and the first has all, when it answers");
}

Test(hook, an_address_inside_is_not_reached)
{
	cr_assert_eq(add("http://localhost:1/", "hook.*"), 0);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, HOUSE_NOW), 0);
	cr_assert_eq(add("https://10.0.0.1/", "hook.*"), 0);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_RESUME, HOUSE_NOW), 0);
	round_at(HOUSE_NOW);
	cr_expect_eq(posts(false), 1);
	cr_assert_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_REMOVE, HOUSE_NOW), 0);
	cr_expect_eq(web_hook_act(office.w, &anna, id, WEB_HOOK_REMOVE, HOUSE_NOW), ERR_NOTFOUND);
}

Test(hook, what_makes_no_sense_is_refused)
{
	cr_expect_eq(add("http://example.se/", ""), ERR_REFUSED);
	cr_expect_eq(add(url(), "m*m"), ERR_REFUSED);
	for (int i = 0; i < 32; i++)
		cr_assert_eq(add(url(), "none.such"), 0);
	cr_expect_eq(add(url(), ""), ERR_REFUSED);
}

static int newest_in(struct store_txn *txn, void *arg)
{
	size_t n;

	return audit_list(txn, NULL, STORE_PIECE_N(house.a, 0, 1), arg, &n);
}

Test(hook, the_log_keeps_where_it_led)
{
	struct audit_record *x;

	cr_assert_eq(add("https://tell.example.se:8443/in/T0KEN?k=S3CRET", ""), 0);
	cr_assert_eq(store_read(house.st, newest_in, &x), 0);
	cr_expect_str_eq(x->act, "hook.add");
	cr_expect_str_eq(x->detail, "{\"to\":\"tell.example.se:8443\"}");
}

static int news_in(struct store_txn *txn, void *arg)
{
	struct web_news n = {.topic = "mdm.Connect", .udid = "U"};
	int err = 0;

	for (int i = 0; err == 0 && i < 50; i++)
		err = web_news_add(txn, &n);
	*(uint64_t *)arg = n.seq;
	return err;
}

struct follow {
	uint64_t after;
	struct web_news *list;
	size_t n;
};

static int follow_in(struct store_txn *txn, void *arg)
{
	struct follow *f = arg;

	return web_news_follow(txn, STORE_PIECE_N(house.a, f->after, 20), &f->list, &f->n);
}

Test(hook, news_are_followed_in_order)
{
	struct follow f = {.after = 45};
	uint64_t last;

	cr_assert_eq(store_write(house.st, news_in, &last), 0);
	cr_expect_eq(last, 50);
	cr_assert_eq(store_read(house.st, follow_in, &f), 0);
	cr_assert_eq(f.n, 5);
	cr_expect_eq(f.list[0].seq, 46);
	cr_expect_eq(f.list[4].seq, 50);
}
