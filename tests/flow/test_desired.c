/* SPDX-License-Identifier: EUPL-1.2 */
/* What iPads should have: groups, settings by questions, declarations, drift, a reset. */
#include "tests/unit/certs/p12.h"

#include "base/file.h"

#include "tests/flow/one_ipad.h"

static const char *path(const char *tail)
{
	return arena_printf(f.a, "/api/v1/devices/%s/%s", serial, tail);
}

/* How one slot stands. */
static const struct doc *slot(const char *kind, const char *id)
{
	const struct doc *list =
		doc_list(flow_api(&f, 200, "GET", path("desired"), NULL), "desired");

	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		if (text_equal(doc_str(d, "kind"), kind) && text_equal(doc_str(d, "id"), id))
			return d;
	}
	return NULL;
}

struct waiting {
	const char *kind, *id, *state;
};

/* The server's clock has seen the change, and the iPad has done as it was told. */
static bool stands(void *arg)
{
	const struct waiting *w = arg;
	const struct doc *d;

	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	d = slot(w->kind, w->id);
	return w->state ? d && text_equal(doc_str(d, "state"), w->state) : !d;
}

static void expect_slot(const char *kind, const char *id, const char *state)
{
	struct waiting w = {kind, id, state};

	cr_expect(flow_until(stands, &w), "%s/%s is not %s: %s", kind, id, state ? state : "gone",
		flow_log(&f));
}

static int64_t counted(const char *how)
{
	const struct doc *d = flow_api(&f, 200, "GET", "/api/v1/groups/rond-3", NULL);
	int64_t n = -1;

	cr_assert_eq(doc_int(doc_object(d, "stands"), how, &n), 0);
	return n;
}

static bool one_waits(void *arg)
{
	(void)arg;
	return counted("waiting") == 1;
}

static size_t listed(const char *how)
{
	return doc_list_size(doc_list(flow_api(&f, 200, "GET",
		arena_printf(f.a, "/api/v1/groups/rond-3/members?stands=%s", how), NULL), "members"));
}

static void expect_stands(int64_t waiting)
{
	cr_expect_eq(counted("done"), 1 - waiting);
	cr_expect_eq(counted("waiting"), waiting);
	cr_expect_eq(counted("failed"), 0);
	cr_expect_eq(listed("waiting"), (size_t)waiting);
	cr_expect_eq(listed("failed"), 0);
}

Test(desired, a_group_gives_and_takes, .timeout = 300, .init = begin, .fini = end)
{
	unsigned before = ipad_state(p)->profiles;
	const struct doc *d;

	FLOW_EXPECT(&f, 0, "group", "add", "rond-3", "--title", "Rond 3");
	FLOW_EXPECT(&f, 3, "group", "add", "rond-3");
	FLOW_EXPECT(&f, 0, "group", "in", "rond-3", serial);
	FLOW_EXPECT(&f, 0, "desired", "put", "profile", "lock-screen", "--group", "rond-3",
		"--spec", "{\"type\":\"lock-screen\",\"footnote\":\"{item}\"}");
	flow_api(&f, 200, "POST", "/api/v1/groups/rond-3/items",
		"{\"kind\":\"setting\",\"id\":\"device-name\",\"spec\":{\"name\":\"Platta "
		"{serial}\"}}");
	expect_slot("profile", "lock-screen", "on");
	expect_slot("setting", "device-name", "on");
	cr_expect_eq(ipad_state(p)->profiles, before + 1);
	cr_expect_str_eq(ipad_state(p)->name, arena_printf(f.a, "Platta %s", serial));
	d = flow_api(&f, 200, "GET", "/api/v1/groups/rond-3", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "items")), 2);
	expect_stands(0);
	flow_api(&f, 200, "POST", "/api/v1/groups/rond-3/items",
		"{\"kind\":\"setting\",\"id\":\"device-name\",\"spec\":{\"name\":\"Ny {serial}\"}}");
	cr_expect(flow_until(one_waits, NULL), "%s", flow_log(&f));
	expect_stands(1);
	expect_slot("setting", "device-name", "on");
	expect_stands(0);
	flow_api(&f, 400, "GET", "/api/v1/groups/rond-3/members?stands=so", NULL);
	FLOW_EXPECT(&f, 0, "group", "out", "rond-3", serial);
	expect_slot("profile", "lock-screen", NULL);
	cr_expect_eq(ipad_state(p)->profiles, before);
	flow_expect_well(&f);
}

Test(desired, a_reset_iPad_gets_all_again, .timeout = 300, .init = begin, .fini = end)
{
	const struct doc *d = flow_api(&f, 200, "POST", path("preset"),
		"{\"small_text\":\"no\",\"hands\":\"yes\",\"hearing\":\"some\"}");

	cr_expect_gt(doc_list_size(doc_list(d, "by_hand")), 0);
	FLOW_EXPECT(&f, 0, "desired", "put", "web-clip", "boras", "--item", serial, "--spec",
		"{\"type\":\"web-clip\",\"url\":\"https://boras.se/\",\"label\":\"Borås\"}");
	expect_slot("setting", "accessibility", "on");
	expect_slot("web-clip", "boras", "on");
	FLOW_EXPECT(&f, 0, "device", "erase", serial, "--preserve-data-plan", "yes",
		"--return-to-service", "no");
	cr_assert_eq(ipad_wake(p), 0, "%s", ipad_why(p));
	cr_expect_str_eq(doc_str(slot("web-clip", "boras"), "state"), "not_sent");
	flow_enrol(&f, p);
	expect_slot("setting", "accessibility", "on");
	expect_slot("web-clip", "boras", "on");
	flow_expect_well(&f);
}

/* By API and command line, in words. */
static void expect_report_error(void)
{
	const struct doc *d = flow_api(
		&f, 200, "GET", arena_printf(f.a, "/api/v1/devices/%s", serial), NULL);
	const struct doc *e =
		doc_list_object(doc_list(doc_object(d, "report"), "errors"), 0);

	cr_assert_not_null(e);
	cr_expect_str_eq(doc_str(e, "code"), "Error.Unknown");
	cr_expect_str_eq(doc_str(e, "item"), "device.power.battery-health");
	cr_expect_not_null(strstr(doc_str(e, "text"), "does not know why"));
	cr_expect_not_null(
		strstr(FLOW_EXPECT(&f, 0, "device", "show", serial), "does not know why"));
}

Test(desired, declarations, .timeout = 300, .init = begin, .fini = end)
{
	AUTO(buf) struct buf big = BUF_INIT(6 << 20);
	uint64_t fetched;
	int status = 0;

	FLOW_EXPECT(&f, 0, "desired", "put", "declaration", "code", "--group", "all", "--spec",
		"{\"type\":\"passcode.settings\",\"payload\":{\"RequirePasscode\":true}}");
	expect_slot("declaration", "code", "on");
	cr_expect_str_eq(ipad_declaration_type(p, "se.hylla.mdm.declaration.code"),
		"com.apple.configuration.passcode.settings");
	fetched = ipad_counters(p)->declarations;
	cr_expect_eq(fetched, 3, "it, the subscription, the activation");
	FLOW_EXPECT(&f, 0, "desired", "put", "declaration", "code", "--item", serial, "--spec",
		"{\"type\":\"passcode.settings\",\"payload\":{\"RequirePasscode\":true,"
		"\"MinimumLength\":6}}");
	expect_slot("declaration", "code", "on");
	cr_expect_eq(ipad_counters(p)->declarations, fetched + 1, "only what has changed");
	/* unknown items, no JSON, and five megabytes of text */
	cr_assert_eq(
		ipad_status_send(p, "{\"StatusItems\":{\"x\":{\"y\":1}},\"Errors\":[]}", &status),
		0);
	cr_expect_eq(status, 200);
	cr_assert_eq(ipad_status_send(p, "five", &status), 0);
	cr_expect_eq(status, 400);
	cr_assert_eq(ipad_status_send(p,
			     "{\"StatusItems\":{},\"Errors\":[{\"StatusItem\":"
			     "\"device.power.battery-health\",\"Reasons\":[{\"Code\":"
			     "\"Error.Unknown\"}]}]}",
			     &status),
		0);
	expect_report_error();
	buf_add_str(&big, "{\"StatusItems\":{\"passcode\":{\"is-present\":\"");
	while (big.n < 5 << 20)
		buf_add_str(&big, "bla bla bla bla bla bla bla bla bla bla bla bla bla bla ");
	buf_add_str(&big, "\"}},\"Errors\":[]}");
	(void)!ipad_status_send(p, buf_str(&big), &status);
	cr_expect_neq(status, 200);
	FLOW_EXPECT(&f, 3, "desired", "put", "declaration", "app", "--group", "all", "--spec",
		"{\"type\":\"app.managed\",\"payload\":{}}");
	FLOW_EXPECT(&f, 0, "desired", "remove", "declaration", "code", "--group", "all");
	FLOW_EXPECT(&f, 0, "desired", "remove", "declaration", "code", "--item", serial);
	cr_expect_null(slot("declaration", "code"));
	flow_expect_well(&f);
}

/* The serial numbers of a page of the fleet: "A B ". */
static const char *fleet(const char *query)
{
	const struct doc *d =
		flow_api(&f, 200, "GET", arena_printf(f.a, "/api/v1/devices%s", query), NULL);
	const struct doc *list = doc_list(d, "devices");
	const char *all = "";

	for (size_t i = 0; i < doc_list_size(list); i++)
		all = arena_printf(
			f.a, "%s%s ", all, doc_str(doc_list_object(list, i), "serial"));
	return all;
}

Test(desired, the_fleet_sifted, .timeout = 300, .init = begin, .fini = end)
{
	struct ipad *q = flow_ours(&f, 8, NULL);
	const char *other = flow_serial(q), *one = arena_printf(f.a, "%s ", serial);
	const char *csv;

	FLOW_EXPECT(&f, 0, "group", "add", "seniorer");
	FLOW_EXPECT(&f, 0, "group", "in", "seniorer", serial);
	FLOW_EXPECT(&f, 0, "device", "lost", other);
	cr_expect_str_eq(fleet("?group=seniorer"), one);
	cr_expect_str_eq(fleet("?state=lost"), arena_printf(f.a, "%s ", other));
	cr_expect_not_null(strstr(fleet("?state=line"), other));
	cr_expect_str_eq(fleet("?state=silent"), "");
	cr_expect_str_eq(fleet("?lent=yes"), "");
	cr_expect_str_eq(fleet("?group=seniorer&lent=no&state=enrolled"), one);
	cr_expect_eq(strlen(fleet("?sort=-seen")), 2 * strlen(one));
	flow_api(&f, 400, "GET", "/api/v1/devices?state=nowhere", NULL);
	flow_api(&f, 400, "GET", "/api/v1/devices?lent=perhaps", NULL);
	flow_api(&f, 400, "GET", "/api/v1/devices?sort=colour", NULL);
	flow_api(&f, 400, "GET", "/api/v1/devices?after=nowhere", NULL);
	csv = FLOW_EXPECT(&f, 0, "device", "list", "--group", "seniorer", "--csv");
	cr_expect_not_null(strstr(csv, serial));
	cr_expect_null(strstr(csv, other));
	cr_expect_not_null(strstr(FLOW_EXPECT(&f, 0, "device", "list", "--sort", "-os"), other));
	FLOW_EXPECT(&f, 2, "device", "list", "--state", "nowhere");
	flow_expect_well(&f);
	ipad_free(q);
}

static int fetch_as(struct ipad *who, const char *url)
{
	struct ipad_reply r = {0};

	cr_assert_eq(ipad_get(who, url, true, f.a, &r), 0, "%s", ipad_why(who));
	return r.status;
}

static int fetch_bare(const char *url)
{
	struct ipad_reply r = {0};

	cr_assert_eq(ipad_get(p, url, false, f.a, &r), 0, "%s", ipad_why(p));
	return r.status;
}

/* A profile that a declaration carries: made and checked by us, fetched by the iPad it is meant for
 * and nobody else; no permission is needed, since it can bring nothing that a profile of ours
 * could not. */
Test(desired, a_declaration_carries_a_profile, .timeout = 300, .init = begin, .fini = end)
{
	struct ipad *other = flow_ours(&f, 8, NULL);
	unsigned before = ipad_state(p)->profiles;
	const char *url;

	FLOW_EXPECT(&f, 3, "desired", "put", "declaration", "net", "--item", serial, "--spec",
		"{\"type\":\"legacy\",\"payload\":{\"ProfileURL\":\"https://example.se/x\"}}");
	FLOW_EXPECT(&f, 3, "desired", "put", "declaration", "net", "--item", serial, "--spec",
		"{\"type\":\"legacy\",\"payload\":{\"ProfileURL\":\"https://example.se/x\"},"
		"\"profile\":{\"type\":\"wifi\",\"ssid\":\"Hemma\",\"password\":\"hemligt-ord\"}}");
	FLOW_EXPECT(&f, 3, "desired", "put", "declaration", "net", "--item", serial, "--spec",
		"{\"type\":\"legacy\",\"profile\":{\"type\":\"wifi\"}}");
	FLOW_EXPECT(&f, 0, "desired", "put", "declaration", "net", "--item", serial, "--spec",
		"{\"type\":\"legacy\",\"profile\":{\"type\":\"wifi\",\"ssid\":\"Hemma\","
		"\"password\":\"hemligt-ord\"}}");
	expect_slot("declaration", "net", "on");
	cr_expect_eq(ipad_state(p)->profiles, before + 1);
	cr_expect_null(
		strstr(flow_call(&f, "GET", path("desired"), f.token, NULL).body, "hemligt-ord"));
	url = ipad_declared_url(p, "se.hylla.mdm.declaration.net");
	cr_assert_not_null(url);
	url = arena_strdup(f.a, url);
	cr_expect_eq(fetch_as(p, url), 200);
	cr_expect_eq(fetch_as(other, url), 400, "it is not this one's");
	cr_expect_eq(fetch_bare(url), 400, "the address alone opens nothing");
	/* Other content is another address; what is wanted no longer goes. */
	FLOW_EXPECT(&f, 0, "desired", "put", "declaration", "net", "--item", serial, "--spec",
		"{\"type\":\"legacy\",\"profile\":{\"type\":\"wifi\",\"ssid\":\"Hemma\","
		"\"password\":\"nytt-hemligt-ord\"}}");
	expect_slot("declaration", "net", "on");
	cr_expect_str_neq(ipad_declared_url(p, "se.hylla.mdm.declaration.net"), url);
	cr_expect_eq(fetch_as(p, url), 200, "as it was told, for a day");
	cr_expect_eq(ipad_state(p)->profiles, before + 1);
	FLOW_EXPECT(&f, 0, "desired", "remove", "declaration", "net", "--item", serial);
	expect_slot("declaration", "net", NULL);
	cr_assert_eq(ipad_wake(p), 0);
	cr_expect_eq(ipad_state(p)->profiles, before);
	ipad_free(other);
	flow_expect_well(&f);
}

static const char *network(const char *file, const char *password, const char *anchors)
{
	return arena_printf(f.a,
		"{\"type\":\"wifi\",\"ssid\":\"Kommun\",\"certificate\":{\"identity\":\"%s\",\"password\":"
		"\"%s\",\"servers\":[\"radius.example.se\"]},\"anchors\":\"%s\"}",
		file, password, text_base64(f.a, bytes_of_str(anchors)));
}

/* Neither shown, nor logged, nor in clear in the store. */
static void expect_secret(struct bytes what)
{
	AUTO(buf) struct buf store = BUF_INIT(512u << 20);
	const char *shown = flow_call(&f, "GET", path("desired"), f.token, NULL).body;
	const char *log = flow_log(&f);

	cr_expect_null(memmem(shown, strlen(shown), what.p, what.n));
	cr_expect_null(memmem(log, strlen(log), what.p, what.n));
	cr_assert_eq(file_read(arena_printf(f.a, "%s/hylla.mdb", f.dir), &store), 0);
	cr_expect_null(memmem(buf_str(&store), store.n, what.p, what.n));
}

/* A network that is signed in to by certificate: the iPad gets network, identity and anchor in one
 * profile; nobody else reads file or password. */
Test(desired, a_network_with_a_certificate, .timeout = 300, .init = begin, .fini = end)
{
	const struct p12_how how = {.password = "p12-hemligt-ord", .days = 30};
	const char *anchors, *file, *uuid;
	struct bytes der = p12_make(f.a, &how, &anchors);

	file = text_base64(f.a, der);
	FLOW_EXPECT(&f, 3, "desired", "put", "profile", "net", "--item", serial, "--spec",
		network(file, "fel", anchors));
	FLOW_EXPECT(&f, 0, "desired", "put", "profile", "net", "--item", serial, "--spec",
		network(file, how.password, anchors));
	expect_slot("profile", "net", "on");
	uuid = ipad_payload_text(p, f.a, "com.apple.wifi.managed", "PayloadCertificateUUID");
	cr_assert_not_null(uuid);
	cr_expect_str_eq(ipad_payload_text(p, f.a, "com.apple.security.pkcs12", "PayloadUUID"), uuid);
	cr_expect_str_eq(ipad_payload_text(p, f.a, "com.apple.security.pkcs12", "Password"), how.password);
	cr_expect_not_null(ipad_payload_text(p, f.a, "com.apple.security.root", "PayloadUUID"));
	expect_secret(bytes_of_str(how.password));
	expect_secret(bytes_of_str(file));
	expect_secret(der);
	FLOW_EXPECT(&f, 0, "desired", "remove", "profile", "net", "--item", serial);
	expect_slot("profile", "net", NULL);
	cr_expect_null(ipad_payload_text(p, f.a, "com.apple.security.pkcs12", "PayloadUUID"));
	flow_expect_well(&f);
}
