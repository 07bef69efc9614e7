/* SPDX-License-Identifier: EUPL-1.2 */
/* The iPads' side of the real server: every way of speaking, hostile messages, renewal. */
#include "tests/flow/flow.h"

#include <stdio.h>

static void import(struct flow *f, const struct ipad *const *ipads, size_t n)
{
	const char *path = arena_printf(f->a, "%s/delivery.csv", f->dir);
	FILE *csv = fopen(path, "w");

	cr_assert_not_null(csv);
	fprintf(csv, "serienummer;inventarienummer;status\n");
	for (size_t i = 0; i < n; i++)
		fprintf(csv, "%s;INV-%04zu;i lager\n", flow_serial(ipads[i]), i + 1);
	cr_assert_eq(fclose(csv), 0);
	FLOW_EXPECT(f, 0, "item", "import", path);
}

static struct doc *mdm_of(struct flow *f, const struct ipad *p)
{
	return doc_object(FLOW_JSON(f, "device", "show", flow_serial(p)), "mdm");
}

/* --- as real devices and common clients do it --- */

Test(device_side, every_way_of_speaking, .timeout = 300)
{
	static const struct {
		const char *what;
		struct ipad_options o;
	} ways[] = {
		{"as Apple signs", {.signature = IPAD_SIGN_APPLE}},
		{"SHA-1 with attributes", {.signature = IPAD_SIGN_SHA1}},
		{"SHA-256", {.signature = IPAD_SIGN_SHA256}},
		{"client certificate", {.mtls = true}},
		{"single DES", {.scep = {.cipher = IPAD_CIPHER_DES, .digest = IPAD_DIGEST_SHA1}}},
		{"3DES by GET", {.scep = {.cipher = IPAD_CIPHER_DES3, .by_get = true}}},
		{"long request line", {.scep = {.repeat_in_url = true, .long_nonce = true}}},
		{"one key", {.scep = {.one_key = true, .csr_version_2 = true}}},
		{"SHA-512", {.scep = {.digest = IPAD_DIGEST_SHA512, .challenge_aside = true}}},
	};
	struct flow f = {0};

	flow_start(&f);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct ipad *p = flow_ipad(&f, (unsigned)i + 1, &ways[i].o, NULL);

		flow_enrol(&f, p);
		cr_expect_eq(ipad_wake(p), 0, "%s: %s", ways[i].what, ipad_why(p));
		cr_expect_str_eq(doc_str(mdm_of(&f, p), "state"), "enrolled", "%s", ways[i].what);
		cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
		ipad_free(p);
	}
	flow_stop(&f);
}

/* --- hostile --- */

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict>"
#define TAIL "</dict></plist>"
#define STATUS "<key>Status</key><string>Idle</string>"
#define ME "<key>UDID</key><string>%s</string>"
#define CHECKIN "application/x-apple-aspen-mdm-checkin"
#define RESULT "application/x-apple-aspen-mdm"

static const struct {
	const char *what, *type, *body; /* %s: the UDID */
	bool bare;
	int status;
} hostile[] = {
	{"idle", RESULT, HEAD STATUS ME TAIL, false, 200},
	{"idle without type", "", HEAD STATUS ME TAIL, false, 200},
	{"idle with a charset", RESULT "; charset=UTF-8", HEAD STATUS ME TAIL, false, 200},
	{"unsigned", RESULT, HEAD STATUS ME TAIL, true, 400},
	{"unknown type", "text/xml", HEAD STATUS ME TAIL, false, 400},
	{"empty", RESULT, "", false, 400},
	{"text", RESULT, "hello", false, 400},
	{"binary", RESULT, "bplist00\xd1\x01\x02", false, 400},
	{"cut", RESULT, HEAD STATUS "<key>UDID</key>", false, 400},
	{"trailing", RESULT, HEAD STATUS ME TAIL "x", false, 400},
	{"doubled UDID", RESULT, HEAD STATUS ME "<key>UDID</key><string>x</string>" TAIL, false,
		400},
	{"another UDID", RESULT, HEAD STATUS "<key>UDID</key><string>x</string>" TAIL, false, 400},
	{"entity", RESULT,
		"<!DOCTYPE plist [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><plist><dict>" STATUS
		"<key>UDID</key><string>&x;</string>" TAIL,
		false, 400},
	{"bomb", RESULT,
		"<!DOCTYPE plist [<!ENTITY a \"aaaaaaaa\"><!ENTITY b "
		"\"&a;&a;&a;&a;\">]><plist><dict>" STATUS
		"<key>UDID</key><string>&b;</string>" TAIL,
		false, 400},
	{"no check-in", CHECKIN, HEAD STATUS ME TAIL, false, 400},
	{"unknown check-in", CHECKIN, HEAD "<key>MessageType</key><string>Hello</string>" ME TAIL,
		false, 400},
	{"user enrolment", CHECKIN,
		HEAD "<key>MessageType</key><string>Authenticate</string>"
		     "<key>EnrollmentID</key><string>e</string>" TAIL,
		false, 400},
	{"another's CheckOut", CHECKIN,
		HEAD "<key>MessageType</key><string>CheckOut</string>"
		     "<key>UDID</key><string>x</string><key>Topic</key><string>t</string>" TAIL,
		false, 400},
	{"user's channel", CHECKIN,
		HEAD "<key>MessageType</key><string>UserAuthenticate</string>" ME
		     "<key>UserID</key><string>u</string>" TAIL,
		false, 410},
	{"declarations", CHECKIN,
		HEAD "<key>MessageType</key><string>DeclarativeManagement</string>" ME
		     "<key>Endpoint</key><string>tokens</string>" TAIL,
		false, 200},
	{"a declaration that is not there", CHECKIN,
		HEAD "<key>MessageType</key><string>DeclarativeManagement</string>" ME
		     "<key>Endpoint</key><string>declaration/configuration/x</string>" TAIL,
		false, 404},
	{"no such endpoint", CHECKIN,
		HEAD "<key>MessageType</key><string>DeclarativeManagement</string>" ME
		     "<key>Endpoint</key><string>../tokens</string>" TAIL,
		false, 400},
	{"a report that is none", CHECKIN,
		HEAD "<key>MessageType</key><string>DeclarativeManagement</string>" ME
		     "<key>Endpoint</key><string>status</string>"
		     "<key>Data</key><data>W10=</data>" TAIL,
		false, 400},
	{"bootstrap token", CHECKIN,
		HEAD "<key>MessageType</key><string>GetBootstrapToken</string>" ME TAIL, false,
		200},
};

static void put_hostile(struct flow *f, struct ipad *p, size_t i)
{
	struct ipad_put put = {.content_type = hostile[i].type, .bare = hostile[i].bare};
	const char *mark = strstr(hostile[i].body, "%s");
	const char *body = hostile[i].body;
	struct ipad_reply reply = {0};
	int err;

	if (mark)
		body = arena_printf(
			f->a, "%.*s%s%s", (int)(mark - body), body, ipad_model(p)->udid, mark + 2);
	put.body = bytes_of_str(body);
	err = ipad_put(p, &put, f->a, &reply);
	cr_expect(reply.status == hostile[i].status, "%s: %d, %s", hostile[i].what, reply.status,
		err_name(err));
}

static void put_deep(struct flow *f, struct ipad *p)
{
	AUTO(buf) struct buf b = BUF_INIT(16 << 20);
	struct ipad_reply reply = {0};
	struct ipad_put put = {.content_type = RESULT};

	buf_add_str(&b, "<plist>");
	for (int i = 0; i < 100000; i++)
		buf_add_str(&b, "<array>");
	put.body = buf_bytes(&b);
	(void)!ipad_put(p, &put, f->a, &reply);
	cr_expect(reply.status == 400 || reply.status == 413, "deep: %d", reply.status);
}

Test(device_side, hostile_messages_change_nothing, .timeout = 300)
{
	struct flow f = {0};
	struct ipad *p, *q;
	struct ipad_reply reply = {0};
	struct ipad_put as_other = {.content_type = RESULT};

	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, NULL);
	q = flow_ipad(&f, 8, NULL, NULL);
	flow_enrol(&f, p);
	flow_enrol(&f, q);
	cr_assert_eq(ipad_wake(p), 0);
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		put_hostile(&f, p, i);
	put_deep(&f, p);
	as_other.as = q;
	as_other.body = ipad_body_idle(p, f.a);
	(void)!ipad_put(p, &as_other, f.a, &reply);
	cr_expect_eq(reply.status, 400, "another iPad's key: %d", reply.status);
	ipad_fault(p, IPAD_FAULT_BAD_SIGNATURE, 1);
	cr_expect_neq(ipad_wake(p), 0);
	ipad_fault(p, IPAD_FAULT_OTHER_IDENTITY, 1);
	cr_expect_neq(ipad_wake(p), 0);
	cr_expect_eq(ipad_wake(p), 0, "still enrolled: %s", ipad_why(p));
	cr_expect(ipad_state(p)->enrolled);
	cr_expect_eq(ipad_counters(p)->unenrolled_401, 0);
	cr_expect_eq(ipad_counters(p)->unenrolled_403, 0);
	cr_expect_str_eq(doc_str(mdm_of(&f, p), "state"), "enrolled");
	ipad_free(p);
	ipad_free(q);
	flow_stop(&f);
}

/* --- what anyone may fetch --- */

static struct client_reply fetch(struct flow *f, struct client *c, const char *path, bool browser)
{
	static const struct client_header headers[] = {{"Accept", "text/html,*/*"},
		{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"}, {"Accept-Language", "sv"}};
	struct client_request rq = {
		.method = "GET", .path = path, .headers = headers, .header_count = browser ? 3 : 0};
	struct client_reply reply = {0};

	cr_assert_eq(client_exchange(c, &rq, &reply), 0, "%s", path);
	return reply;
}

Test(device_side, what_anyone_may_fetch, .timeout = 300)
{
	static const struct {
		const char *path;
		int status;
		const char *type;
	} cases[] = {
		{"/scep?operation=GetCACaps", 200, "text/plain"},
		{"/scep?operation=GetCACert", 200, "application/x-x509-ca-cert"},
		{"/scep?operation=GetCACert&message=hylla", 200, "application/x-x509-ca-cert"},
		{"/scep?operation=Hello", 400, NULL},
		{"/scep", 400, NULL},
		{"/scep?operation=PKIOperation", 400, NULL},
		{"/scep?operation=PKIOperation&message=AAAA", 400, NULL},
		{"/ca.crl", 200, "application/pkix-crl"},
		{"/enroll/nothing", 404, NULL},
		{"/enroll/", 404, NULL},
		{"/mdm", 405, NULL},
	};
	struct flow f = {0};
	struct client_options o = {.tls = true, .host = "127.0.0.1"};
	struct client_reply reply;
	struct client_url url;
	struct client *c;

	flow_start(&f);
	o.port = f.device_port;
	o.trust = f.trust;
	c = client_new(&o);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		reply = fetch(&f, c, cases[i].path, false);
		cr_expect_eq(reply.status, cases[i].status, "%s: %d", cases[i].path, reply.status);
		if (cases[i].type)
			cr_expect_str_eq(reply.content_type, cases[i].type, "%s", cases[i].path);
	}
	cr_assert_eq(
		client_url_parse(f.a,
			doc_str(FLOW_JSON(&f, "enrol", "profile", "DMPX00000007"), "url"), &url),
		0);
	reply = fetch(&f, c, url.path, true);
	cr_expect_eq(reply.status, 200);
	cr_expect(memmem(reply.body.p, reply.body.n, "Safari", 6), "no profile for a computer");
	reply = fetch(&f, c, url.path, false);
	cr_expect_str_eq(reply.content_type, "application/x-apple-aspen-config");
	client_free(c);
	flow_stop(&f);
}

/* --- renewal --- */

struct renewing {
	struct ipad *p;
	uint64_t identities;
};

static bool has_renewed(void *arg)
{
	struct renewing *r = arg;

	ipad_unlock(r->p); /* while it is locked, an iPad installs no profile */
	(void)!ipad_wake(r->p);
	return ipad_counters(r->p)->identities > r->identities;
}

Test(device_side, identity_is_renewed_and_nothing_else_changes, .timeout = 300)
{
	struct flow f = {.set = {"mdm.identity_life=1000d"}};
	struct renewing r;
	struct ipad *p;
	const char *serial, *before;
	struct bytes der, der2;
	struct doc *d;

	flow_start(&f);
	p = flow_ipad(&f, 7, NULL, NULL);
	serial = flow_serial(p);
	import(&f, (const struct ipad *const[]){p}, 1);
	flow_enrol(&f, p);
	cr_assert_eq(ipad_wake(p), 0);
	before = doc_str(mdm_of(&f, p), "enrolled");
	cr_assert_not_null(before);
	FLOW_EXPECT(&f, 0, "device", "lost", serial, "--phone", "033-35 70 00");
	cr_assert_eq(ipad_wake(p), 0);
	FLOW_EXPECT(&f, 0, "device", "found", serial);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(ipad_identity(p, f.a, &der), 0);
	/* Now every identity ends within the time before which it is renewed. Not sooner: one that
	 * comes while the iPad is lost is refused, and tried again after a day. */
	flow_server_stop(&f);
	f.set[1] = "mdm.renew_before=1100d";
	flow_server_start(&f);
	r = (struct renewing){p, 1};
	cr_assert(flow_until(has_renewed, &r), "no renewal came\n%s", flow_log(&f));
	cr_assert_eq(ipad_identity(p, f.a, &der2), 0);
	cr_expect_not(bytes_equal(der, der2));
	cr_expect_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect(ipad_state(p)->enrolled);
	cr_expect_eq(ipad_counters(p)->violations, 0, "%s", ipad_why(p));
	cr_expect_eq(ipad_counters(p)->bad_statuses, 0, "%s", ipad_why(p));
	d = mdm_of(&f, p);
	cr_expect_str_eq(doc_str(d, "state"), "enrolled");
	cr_expect_str_eq(doc_str(d, "enrolled"), before, "not enrolled anew");
	FLOW_EXPECT(&f, 0, "device", "lock", serial);
	cr_expect_eq(ipad_wake(p), 0, "it still obeys: %s", ipad_why(p));
	FLOW_EXPECT(&f, 0, "check");
	ipad_free(p);
	flow_stop(&f);
}
