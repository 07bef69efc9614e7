/* SPDX-License-Identifier: EUPL-1.2 */
/* Bad input over real sockets: a clear error, nothing lost, never 401 to a device. */
#include "tests/flow/flow.h"

#include "base/file.h"

#include <arpa/inet.h>
#include <errno.h>
#include <unistd.h>

#define HEAD                                                                                  \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD " \
	"PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"               \
	"<plist version=\"1.0\"><dict>"
#define TAIL "</dict></plist>"
#define KEY(k, v) "<key>" k "</key><string>" v "</string>"
#define TOPIC KEY("Topic", "com.apple.mgmt.External.0a1b2c3d-0000-4000-8000-000000000001")
#define UPDATE KEY("MessageType", "TokenUpdate") TOPIC
#define TOKEN "<key>Token</key><data>AAECAwQFBgcICQoLDA0ODwAAAAAAAAAAAAAAAAAAAAA=</data>"

#define BYTES(s) sizeof(s) - 1, s

/* {0} stands for the iPad's own UDID. */
static const struct bad {
	const char *name;
	size_t n; /* when there are NULs in it */
	const char *text;
} bodies[] = {
	{"empty", 0, ""},
	{"not XML", 0, "hello"},
	{"external entity", 0,
		"<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY x SYSTEM "
		"\"file:///etc/passwd\">]><plist version=\"1.0\"><dict>" UPDATE
		"<key>UDID</key><string>{0}</string><key>PushMagic</key><string>&x;</string>" TOKEN
			TAIL},
	{"external DTD", 0,
		"<?xml version=\"1.0\"?><!DOCTYPE plist SYSTEM \"http://127.0.0.1:9/x.dtd\" "
		"[<!ENTITY "
		"% y SYSTEM \"http://127.0.0.1:9/y\">%y;]><plist version=\"1.0\"><dict>" TAIL},
	{"entity bomb", 0,
		"<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
		"\"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d "
		"\"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f "
		"\"&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;\">]><plist "
		"version=\"1.0\"><dict><key>UDID</key><string>&g;</string>" TAIL},
	{"binary property list", BYTES("bplist00\xd1\x01\x02UUDID\x56"
				       "abcdef\x08\x0b\x11")},
	{"lying binary property list",
		BYTES("bplist00\xdf\x17\xff\xff\xff\xff\xff\xff\xff\xff\x08\0\0\0\0\0\0\1\1\xff")},
	{"a NUL", BYTES(HEAD "<key>UDID</key><string>{0}\0evil</string>" TAIL)},
	{"doubled key", 0,
		HEAD UPDATE KEY("UDID", "{0}") KEY("UDID", "00008101-0000DEADBEEF0000")
			KEY("PushMagic", "x") TOKEN TAIL},
	{"UDID is a number", 0,
		HEAD UPDATE "<key>UDID</key><integer>7</integer>" KEY("PushMagic", "x") TOKEN TAIL},
	{"Token is a text", 0,
		HEAD UPDATE KEY("UDID", "{0}") KEY("PushMagic", "x") KEY("Token", "abc") TAIL},
	{"Token is empty", 0,
		HEAD UPDATE KEY("UDID", "{0}")
			KEY("PushMagic", "x") "<key>Token</key><data></data>" TAIL},
	{"Topic is an array", 0,
		HEAD KEY("MessageType", "CheckOut") KEY(
			"UDID", "{0}") "<key>Topic</key><array><string>x</string></array>" TAIL},
	{"no UDID", 0, HEAD UPDATE KEY("PushMagic", "x") TOKEN TAIL},
	{"another topic", 0,
		HEAD KEY("MessageType", "TokenUpdate") KEY("Topic", "com.apple.mgmt.External.other")
			KEY("UDID", "{0}") KEY("PushMagic", "x") TOKEN TAIL},
	{"unknown UDID", 0,
		HEAD UPDATE KEY("UDID", "00008101-0000DEADBEEF0000") KEY("PushMagic", "x")
			TOKEN TAIL},
	{"EnrollmentID", 0,
		HEAD UPDATE KEY("EnrollmentID", "{0}") KEY("UDID", "{0}") KEY("PushMagic", "x")
			TOKEN TAIL},
	{"a user's channel", 0,
		HEAD UPDATE KEY("UserID", "FFFFFFFF") KEY("UDID", "{0}") KEY("PushMagic", "x")
			TOKEN TAIL},
	{"unknown message", 0, HEAD KEY("MessageType", "FetchAllApps") KEY("UDID", "{0}") TAIL},
	{"truncated", 0, HEAD UPDATE KEY("UDID", "{0}") "<key>Push"},
	{"bytes behind it", 0,
		HEAD UPDATE KEY("UDID", "{0}") KEY("PushMagic", "x") TOKEN TAIL "<plist/>"},
	{"not UTF-8", 0, HEAD UPDATE KEY("UDID", "{0}") KEY("PushMagic", "\xff\xfe") TOKEN TAIL},
	{"an element of another world", 0, HEAD "<script>1</script>" TAIL},
	{"root is an array", 0, "<plist version=\"1.0\"><array/></plist>"},
};

static struct bytes with_udid(struct arena *a, const struct bad *b, const char *udid)
{
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	size_t n = b->n ? b->n : strlen(b->text);

	for (size_t i = 0; i < n; i++) {
		if (i + 3 <= n && memcmp(b->text + i, "{0}", 3) == 0) {
			buf_add_str(&out, udid);
			i += 2;
		} else {
			buf_add_char(&out, b->text[i]);
		}
	}
	return arena_bytes(a, buf_bytes(&out));
}

/* Signed as it should be; the status. */
static int put(struct ipad *p, struct arena *a, const struct ipad_put *what, const char *name)
{
	struct ipad_reply r = {0};
	int err = ipad_put(p, what, a, &r);

	cr_expect_eq(err, 0, "%s: %s", name, err_name(err));
	cr_expect_neq(r.status, 401, "%s", name);
	cr_expect_neq(r.status, 403, "%s", name);
	cr_expect_neq(r.status, 404, "%s", name);
	cr_expect_lt(r.status, 500, "%s: %d", name, r.status);
	cr_expect_eq(memmem(r.body.p ? r.body.p : (const uint8_t *)"", r.body.n, "root:", 5), NULL,
		"%s", name);
	return r.status;
}

/* What the server knows of it did not change. */
static const char *known(struct flow *f, const struct ipad *p)
{
	struct doc *d = FLOW_JSON(f, "device", "show", flow_serial(p));
	const struct doc *m = doc_object(d, "mdm");

	return arena_printf(f->a, "%s %s %s", doc_str(m, "state"), doc_str(m, "udid"),
		doc_str(m, "identity_ends"));
}

static struct bytes nested(struct arena *a, unsigned depth, size_t most)
{
	AUTO(buf) struct buf b = BUF_INIT(16 << 20);

	buf_add_str(&b, HEAD "<key>UDID</key>");
	for (unsigned i = 0; i < depth && b.n < most; i++)
		buf_add_str(&b, "<array>");
	return arena_bytes(a, buf_bytes(&b));
}

static void bodies_table(struct flow *f, struct ipad *p, struct ipad *q)
{
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		struct ipad_put one = {.check_in = true};
		int status;

		one.body = with_udid(f->a, &bodies[i], ipad_model(p)->udid);
		status = put(p, f->a, &one, bodies[i].name);
		cr_expect_eq(status, 400, "%s as check-in: %d", bodies[i].name, status);
		one.check_in = false;
		put(p, f->a, &one, bodies[i].name);
	}
	(void)q;
}

static void bodies_big(struct flow *f, struct ipad *p, struct ipad *q)
{
	/* as deep as a message may be long; and all of them, which no message may be */
	struct ipad_put one = {.check_in = true, .body = nested(f->a, 300000, (1u << 20) - 100)};
	struct bytes big = {arena_alloc(f->a, 2 << 20), 2 << 20};

	memset((void *)(uintptr_t)big.p, ' ', big.n);
	cr_expect_eq(put(p, f->a, &one, "nested arrays"), 413);
	one.check_in = false;
	put(p, f->a, &one, "nested arrays as a result");
	one.body = nested(f->a, 300000, SIZE_MAX);
	cr_expect_eq(put(p, f->a, &one, "300 000 nested arrays"), 413);
	one.body = big;
	cr_expect_eq(put(p, f->a, &one, "2 MiB"), 413);
	(void)q;
}

static void types(struct flow *f, struct ipad *p, struct ipad *q)
{
	static const char *const names[] = {"text/html", "application/x-apple-aspen-mdmcheckin",
		"multipart/form-data; boundary=x"};
	struct ipad_put one = {.body = ipad_body_idle(p, f->a)};

	for (size_t i = 0; i < 3; i++) {
		one.content_type = names[i];
		cr_expect_eq(put(p, f->a, &one, names[i]), 400);
	}
	one.content_type = "";
	cr_expect_eq(put(p, f->a, &one, "no content type"), 200, "taken as a poll");
	one.body = ipad_body_authenticate(p, f->a);
	put(p, f->a, &one, "a check-in without its content type");
	(void)q;
}

static void identities(struct flow *f, struct ipad *p, struct ipad *q)
{
	const struct bytes idle = ipad_body_idle(p, f->a);
	const struct ipad_put rows[] = {
		{.body = idle, .bare = true},
		{.body = idle, .header = "%%%"},
		{.body = idle, .header = "MIIB"},
		{.body = idle, .header = ipad_sign(p, f->a, bytes_of_str("other"))},
		{.body = idle, .as = q},
		{.body = ipad_body_authenticate(p, f->a), .check_in = true, .as = q},
		{.body = ipad_body_token_update(p, f->a, true), .check_in = true, .as = q},
		{.body = ipad_body_token_update(p, f->a, true), .check_in = true, .bare = true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *name = arena_printf(f->a, "identity %zu", i);
		int status = put(p, f->a, &rows[i], name);

		cr_expect_eq(status, 400, "%s: %d", name, status);
	}
}

static void faults(struct flow *f, struct ipad *p, struct ipad *q)
{
	static const enum ipad_fault list[] = {IPAD_FAULT_NO_SIGNATURE, IPAD_FAULT_BAD_SIGNATURE,
		IPAD_FAULT_OTHER_IDENTITY, IPAD_FAULT_OTHER_UDID};

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		ipad_fault(p, list[i], 1);
		cr_expect_eq(ipad_wake(p), ERR_DENIED, "fault %d", list[i]);
	}
	cr_expect(ipad_state(p)->enrolled, "%s", ipad_why(p));
	(void)f;
	(void)q;
}

/* Authenticate again by the same identity must not throw away its push token. */
static void replays(struct flow *f, struct ipad *p, struct ipad *q)
{
	struct ipad_put one = {.check_in = true, .body = ipad_body_authenticate(p, f->a)};

	cr_expect_eq(put(p, f->a, &one, "Authenticate again"), 200);
	one.body = ipad_body_token_update(p, f->a, false);
	cr_expect_eq(put(p, f->a, &one, "TokenUpdate again"), 200);
	cr_expect_eq(put(p, f->a, &one, "TokenUpdate once more"), 200);
	FLOW_EXPECT(f, 0, "device", "lock", flow_serial(p));
	ipad_fault_at(p, IPAD_FAULT_TWICE, 1, 1);
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	(void)q;
}

Test(hostile, messages, .timeout = 300)
{
	static void (*const steps[])(struct flow * f, struct ipad * p, struct ipad * q) = {
		bodies_table, bodies_big, types, identities, faults, replays};
	struct flow f = {0};
	struct ipad *p, *q;
	const char *before;

	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
	q = flow_ours(&f, 8, NULL);
	before = known(&f, p);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		steps[i](&f, p, q);
		cr_expect_str_eq(known(&f, p), before, "step %zu", i);
		flow_expect_well(&f);
		cr_expect_eq(ipad_wake(p), 0, "step %zu: %s", i, ipad_why(p));
	}
	cr_expect(ipad_state(p)->enrolled && ipad_state(q)->enrolled);
	ipad_free(p);
	ipad_free(q);
	flow_stop(&f);
}

/* --- raw sockets --- */

static struct client *raw(struct flow *f)
{
	const struct client_options o = {.tls = true,
		.host = "localhost",
		.port = f->device_port,
		.trust = f->trust,
		.timeout_ms = 60000};
	struct client *c = client_new(&o);

	cr_assert_eq(client_connect(c), 0);
	return c;
}

static void expect_status(struct client *c, int status, const char *name)
{
	struct client_reply r = {0};
	int err = client_read_reply(c, &r);

	cr_expect(err != 0 || r.status == status, "%s: %d", name, r.status);
	/* a reset may reach us before what we were told */
	cr_expect(err == 0 || err == ERR_NET || err == ERR_NOTFOUND, "%s: %s", name, err_name(err));
}

/* Told to go away long before the fifty megabytes are there. */
static void huge(struct flow *f, bool chunked)
{
	AUTO(client) struct client *c = raw(f);
	static char piece[64 * 1024 + 16];
	size_t sent = 0;
	int err;

	err = client_write(c, bytes_of_str(chunked ? "PUT /mdm HTTP/1.1\r\nHost: localhost\r\n"
						     "Transfer-Encoding: chunked\r\n\r\n"
						   : "PUT /mdm HTTP/1.1\r\nHost: localhost\r\n"
						     "Content-Length: 52428800\r\n\r\n"));
	memset(piece, ' ', sizeof(piece));
	if (chunked) {
		memcpy(piece, "10000\r\n", 7);
		memcpy(piece + 7 + 65536, "\r\n", 2);
	}
	while (err == 0 && sent < 52428800 && !client_wait_closed(c, 0)) {
		err = client_write(c, bytes_of(piece, 65536 + (chunked ? 9 : 0)));
		sent += 65536;
	}
	cr_expect_lt(sent, 16u << 20, "%zu bytes were taken", sent);
	expect_status(c, 413, chunked ? "50 MB in chunks" : "50 MB");
}

static int tcp(unsigned port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	cr_assert_geq(fd, 0);
	cr_assert_eq(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

static const char *const slow_starts[] = {
	"PUT /mdm HT",
	"PUT /mdm HTTP/1.1\r\nHost: localhost\r\nX: ",
	"PUT /mdm HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf",
	"POST /scep HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf",
};
#define SLOW 4

/* Many who say half a word; all are cut, and others are served meanwhile. */
static void slow(struct flow *f)
{
	struct client *c[SLOW * 5];
	int half_open[10];
	char byte;

	for (size_t i = 0; i < 10; i++)
		half_open[i] = tcp(f->device_port);
	for (size_t i = 0; i < SLOW * 5; i++) {
		c[i] = raw(f);
		cr_assert_eq(client_write(c[i], bytes_of_str(slow_starts[i % SLOW])), 0);
	}
	flow_expect_well(f);
	for (size_t i = 0; i < SLOW * 5; i++) {
		struct client_reply r;

		while (client_read_reply(c[i], &r) == 0)
			cr_expect(r.status == 408 || r.status == 400, "%d", r.status);
		cr_expect(client_wait_closed(c[i], 60000), "%s", slow_starts[i % SLOW]);
		client_free(c[i]);
	}
	for (size_t i = 0; i < 10; i++) {
		struct timeval t = {.tv_sec = 60};

		setsockopt(half_open[i], SOL_SOCKET, SO_RCVTIMEO, &t, sizeof(t));
		cr_expect(recv(half_open[i], &byte, 1, 0) == 0 || errno == ECONNRESET,
			"a connection without a handshake stays open");
		close(half_open[i]);
	}
}

Test(hostile, connections, .timeout = 300)
{
	struct flow f = {.set = {"http.header_time=1s", "http.body_time=1s", "http.idle_time=2s"}};

	flow_start(&f);
	huge(&f, false);
	huge(&f, true);
	slow(&f);
	flow_expect_well(&f);
	flow_stop(&f);
}

/* --- SCEP --- */

static int scep(struct flow *f, const char *method, const char *query, struct bytes body)
{
	const struct client_header type = {"Content-Type", "application/x-pki-message"};
	const struct client_request rq = {.method = method,
		.path = arena_printf(f->a, "/scep%s", query),
		.headers = &type,
		.header_count = 1,
		.body = body};
	int status = flow_ask(f, f->device_port, &rq).status;

	cr_expect_neq(status, 401, "%s", query);
	cr_expect_lt(status, 500, "%s %s: %d", method, query, status);
	return status;
}

static void scep_garbage(struct flow *f)
{
	const struct bytes junk[] = {{NULL, 0}, bytes_of_str("hello"),
		bytes_of_str("\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"),
		{(const uint8_t *)"\x30\x84\xff\xff\xff\xff", 6}};
	uint8_t *big = arena_alloc(f->a, (64 << 10) + 1);

	memset(big, 0x30, (64 << 10) + 1);
	for (size_t i = 0; i < sizeof(junk) / sizeof(junk[0]); i++)
		cr_expect_eq(scep(f, "POST", "?operation=PKIOperation", junk[i]), 400, "%zu", i);
	cr_expect_eq(
		scep(f, "POST", "?operation=PKIOperation", bytes_of(big, (64 << 10) + 1)), 413);
	cr_expect_eq(scep(f, "GET", "?operation=PKIOperation", junk[0]), 400);
	cr_expect_eq(scep(f, "GET", "?operation=PKIOperation&message=%%%", junk[0]), 400);
	cr_expect_eq(scep(f, "GET", "?operation=PKIOperation&message=MIIB", junk[0]), 400);
	cr_expect_eq(scep(f, "GET", "?operation=GetNextCACert", junk[0]), 400);
	cr_expect_eq(scep(f, "GET", "", junk[0]), 400);
}

static struct bytes profile_for(struct flow *f, const struct ipad *p, const char *name)
{
	const char *path = arena_printf(f->a, "%s/%s", f->dir, name);
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);

	FLOW_EXPECT(f, 0, "enrol", "profile", flow_serial(p), "-o", path);
	cr_assert_eq(file_read(path, &b), 0);
	return arena_bytes(f->a, buf_bytes(&b));
}

Test(hostile, scep_and_challenges, .timeout = 300)
{
	struct flow f = {0};
	struct ipad *a, *b, *other_key;
	struct bytes profile;

	flow_start(&f);
	scep_garbage(&f);
	a = flow_ipad(&f, 1, NULL, NULL);
	b = flow_ipad(&f, 2, NULL, NULL);
	other_key = flow_ipad(&f, 1, NULL, NULL);
	profile = profile_for(&f, a, "a.mobileconfig");
	cr_expect_neq(ipad_enrol_profile(b, profile), 0, "A's profile on B");
	cr_expect_not(ipad_state(b)->enrolled);
	FLOW_EXPECT(&f, 4, "device", "show", flow_serial(b));
	profile = profile_for(&f, a, "again.mobileconfig");
	cr_expect_eq(ipad_enrol_profile(a, profile), 0, "%s", ipad_why(a));
	cr_expect_neq(ipad_enrol_profile(other_key, profile), 0, "a challenge is for one key");
	cr_expect_not(ipad_state(other_key)->enrolled);
	cr_expect_eq(ipad_wake(a), 0, "%s", ipad_why(a));
	flow_expect_well(&f);
	ipad_free(a);
	ipad_free(b);
	ipad_free(other_key);
	flow_stop(&f);
}

/* --- an identity that has run out: renewing is all it may do --- */

struct renewing {
	struct ipad *p;
	uint64_t commands; /* answered before it ran out */
};

static bool is_renewed(void *arg)
{
	struct renewing *r = arg;
	int err = ipad_wake(r->p);

	if (ipad_counters(r->p)->identities == 2)
		return err == 0;
	cr_expect_eq(ipad_counters(r->p)->commands, r->commands, "a command, and not renewed");
	return false;
}

Test(hostile, an_expired_identity_may_only_renew, .timeout = 300)
{
	struct flow f = {.set = {"mdm.identity_life=1d", "mdm.renew_before=1h"}};
	struct ipad *p;
	struct renewing r;

	flow_start(&f);
	p = flow_ours(&f, 7, NULL);
	FLOW_EXPECT(&f, 0, "device", "lock", flow_serial(p));
	flow_server_stop(&f);
	f.clock_shift_s = 2 * 86400;
	flow_server_start(&f);
	ipad_clock_set(p, f.clock_shift_s);
	cr_expect_eq(ipad_token_update(p, true), ERR_DENIED, "expired: no new token");
	r = (struct renewing){p, ipad_counters(p)->commands};
	cr_expect(flow_until(is_renewed, &r), "%s\n%s", ipad_why(p), flow_log(&f));
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_geq(ipad_counters(p)->commands, r.commands + 2, "the renewal, and then the lock");
	cr_expect_eq(ipad_token_update(p, true), 0, "the new identity may");
	cr_expect(ipad_state(p)->enrolled);
	ipad_free(p);
	flow_stop(&f);
}
