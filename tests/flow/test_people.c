/* SPDX-License-Identifier: EUPL-1.2 */
/* Borrowers over the API and the command line; then what is personal is looked for where it must
 * not be: the log, the figures, the store's file, the audit trail. */
#include "tests/flow/flow.h"

#include "base/file.h"
#include "tests/fake/mail_service.h"

static const char *token(struct flow *f, const char *roles)
{
	const char *body = arena_printf(f->a, "{\"note\":\"test\",\"roles\":\"%s\"}", roles);

	return doc_str(flow_api(f, 201, "POST", "/api/v1/tokens", body), "token");
}

/* Somebody with an account, who signs in. */
static const char *person(struct flow *f, const char *name, const char *roles)
{
	struct doc *d = FLOW_JSON(f, "user", "add", name, "--roles", roles);
	const char *own = arena_printf(f->a, "%s-alldeles-egna-ord", name);
	const char *body = arena_printf(f->a,
		"{\"name\":\"%s\",\"password\":\"%s\",\"new_password\":\"%s\"}", name,
		doc_str(d, "one_time_password"), own);
	struct flow_reply r = flow_call(f, "POST", "/api/v1/sign-in", NULL, body);

	cr_assert_eq(r.status, 200, "%d %s", r.status, r.body);
	return doc_str(r.doc, "token");
}

static struct doc *call(struct flow *f, int status, const char *who, const char *method,
	const char *path, const char *body)
{
	struct flow_reply r = flow_call(f, method, path, who, body);

	cr_assert_eq(r.status, status, "%s %s: %d %s", method, path, r.status, r.body);
	return r.doc;
}

static const char *path_of(struct flow *f, const char *id, const char *what)
{
	return arena_printf(f->a, "/api/v1/borrowers/%s%s", id, what);
}

static const char anna[] =
	"{\"zone\":\"care\",\"kind\":\"senior\",\"given\":\"Hjördis\",\"family\":\"Xylander\","
	"\"identity\":\"19701063-2391\",\"phone\":\"033-35 79 13\",\"street\":\"Kvarngränd 44\","
	"\"postcode\":\"50180\",\"city\":\"Borås\",\"card\":\"LKORT5577\","
	"\"needs\":\"synsvag sedan flera år\",\"note\":\"porttelefonen är trasig\"}";
static const char *const personal[] = {"Hjördis", "hjordis", "Xylander", "xylander", "197010632391",
	"701063-2391", "7010632391", "033-35 79 13", "+4633357913", "Kvarngränd", "LKORT5577",
	"synsvag", "porttelefonen", "Torbjörnsson", "070-998 77 66", "+46709987766"};

/* All that a desk does with one borrower. */
static void use(struct flow *f, const char *care, const char *id)
{
	struct doc *d;

	d = call(f, 200, care, "POST", "/api/v1/borrowers/search",
		"{\"words\":\"hjordis zylander\"}");
	cr_assert_eq(doc_list_size(doc_list(d, "borrowers")), 1);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "borrowers"), 0), "id"), id);
	d = call(f, 200, care, "POST", "/api/v1/borrowers/find", "{\"card\":\"lkort 5577\"}");
	cr_assert_eq(doc_list_size(doc_list(d, "borrowers")), 1);
	d = call(f, 200, care, "POST", "/api/v1/borrowers/find", "{\"phone\":\"033357913\"}");
	cr_assert_eq(doc_list_size(doc_list(d, "borrowers")), 1);
	d = call(f, 409, care, "POST", "/api/v1/borrowers/find", "{\"identity\":\"197010632392\"}");
	cr_expect_str_eq(doc_str(d, "code"), "borrower.bad_identity");
	d = call(f, 400, care, "POST", "/api/v1/borrowers/find", "{}");
	cr_expect_str_eq(doc_str(d, "field"), "card");
	call(f, 200, care, "POST", path_of(f, id, "/relatives"),
		"{\"name\":\"Bo Torbjörnsson\",\"phone\":\"070-998 77 66\","
		"\"relation\":\"relative\",\"may_collect\":true}");
	call(f, 200, care, "POST", path_of(f, id, "/consents"),
		"{\"kind\":\"informed\",\"about\":\"loan\",\"giver\":\"self\"}");
	call(f, 409, care, "POST", path_of(f, id, "/look"), "{}");
	d = call(f, 200, care, "POST", path_of(f, id, "/look"), "{\"why\":\"call\"}");
	cr_expect_str_eq(doc_str(doc_object(d, "person"), "street"), "Kvarngränd 44");
	cr_expect_str_eq(doc_str(d, "needs"), "synsvag sedan flera år");
	cr_expect_eq(doc_list_size(doc_list(d, "relatives")), 1);
	call(f, 400, care, "POST", path_of(f, id, ""), "{\"zone\":\"library\"}");
	call(f, 200, care, "POST", path_of(f, id, ""), "{\"city\":\"Fristad\",\"version\":3}");
	call(f, 409, care, "POST", path_of(f, id, ""), "{\"city\":\"Rydboholm\",\"version\":3}");
	call(f, 200, care, "POST", path_of(f, id, "/state"),
		"{\"state\":\"blocked\",\"reason\":\"unpaid\"}");
	d = call(f, 200, care, "POST", path_of(f, id, "/extract"), "{}");
	cr_expect_geq(doc_list_size(doc_list(d, "acts")), 6);
}

static void other_zone(struct flow *f, const char *library, const char *id)
{
	struct doc *d = call(
		f, 200, library, "POST", "/api/v1/borrowers/search", "{\"words\":\"xylander\"}");

	cr_expect_eq(doc_list_size(doc_list(d, "borrowers")), 0);
	d = call(f, 200, library, "POST", "/api/v1/borrowers/find",
		"{\"identity\":\"197010632391\"}");
	cr_expect_eq(doc_list_size(doc_list(d, "borrowers")), 0);
	/* Scanned at a desk it is nobody's, and the answer that is kept for a day is sealed. */
	d = call(f, 200, library, "POST", "/api/v1/scan",
		"{\"code\":\"197010632391\",\"key\":\"scan-0001\"}");
	cr_expect_str_eq(doc_str(d, "tone"), "no");
	cr_expect(strstr(doc_str(d, "text"), "197010632391"), "%s", doc_str(d, "text"));
	d = call(f, 200, library, "POST", "/api/v1/scan",
		"{\"code\":\"197010632391\",\"key\":\"scan-0001\"}");
	cr_expect(doc_bool(d, "again", false));
	call(f, 404, library, "GET", path_of(f, id, ""), NULL);
	call(f, 404, library, "POST", path_of(f, id, "/look"), "{\"why\":\"desk\"}");
	call(f, 404, library, "POST", path_of(f, id, ""), "{\"city\":\"Fristad\"}");
	call(f, 404, library, "POST", path_of(f, id, "/extract"), "{}");
	call(f, 403, library, "POST", "/api/v1/borrowers", anna);
}

static void look_for(const char *where, struct bytes in)
{
	cr_assert_gt(in.n, 500, "%s is empty: nothing was looked at", where);
	for (size_t i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
		cr_expect_null(memmem(in.p, in.n, personal[i], strlen(personal[i])), "%s is in %s",
			personal[i], where);
}

static void look_everywhere(struct flow *f)
{
	AUTO(buf) struct buf store = BUF_INIT(512u << 20);
	struct flow_reply audit = flow_call(f, "GET", "/api/v1/audit?most=500", f->token, NULL);
	struct flow_reply metrics = flow_call(f, "GET", "/metrics", f->token, NULL);

	look_for("the audit log", bytes_of_str(audit.body));
	look_for("/metrics", bytes_of_str(metrics.body));
	flow_server_stop(f);
	look_for("the log", bytes_of_str(flow_log(f)));
	cr_assert_eq(file_read(arena_printf(f->a, "%s/hylla.mdb", f->dir), &store), 0);
	look_for("the store", buf_bytes(&store));
}

Test(people, a_borrower_from_first_to_last, .timeout = 300)
{
	struct flow f = {0};
	const char *care, *library, *id;
	struct flow_said said;
	struct doc *d;

	flow_start(&f);
	care = token(&f, "konsulent");
	library = token(&f, "bibliotek");
	id = doc_str(call(&f, 201, care, "POST", "/api/v1/borrowers", anna), "id");
	call(&f, 409, care, "POST", "/api/v1/borrowers", anna);
	other_zone(&f, library, id);
	use(&f, care, id);
	/* IT and administrators see nobody */
	call(&f, 403, token(&f, "it admin reader"), "GET", path_of(&f, id, ""), NULL);
	said = FLOW_RUN(&f, "borrower", "find", "LKORT5577");
	cr_expect_eq(said.status, 1, "root is no person: %s", said.out);
	cr_expect_null(strstr(said.out, id));
	FLOW_EXPECT(&f, 0, "borrower", "rekey");
	flow_expect_well(&f);
	d = call(&f, 200, care, "GET", path_of(&f, id, "/erase"), NULL);
	cr_expect(doc_bool(d, "possible", false));
	cr_expect(doc_bool(doc_object(d, "goes"), "needs", false));
	call(&f, 200, care, "POST", path_of(&f, id, "/erase"), "{\"reason\":\"asked\"}");
	call(&f, 404, care, "GET", path_of(&f, id, "/erase"), NULL);
	call(&f, 404, care, "POST", path_of(&f, id, "/look"), "{\"why\":\"call\"}");
	flow_expect_well(&f);
	look_everywhere(&f);
	flow_stop(&f);
}

Test(people, a_protected_identity_is_watched_over, .timeout = 300)
{
	struct flow f = {0};
	const char *care, *other, *admin, *fresh, *id, *path;
	struct flow_reply r;
	struct doc *d;

	flow_start(&f);
	care = person(&f, "anna", "konsulent");
	other = person(&f, "bo", "konsulent");
	admin = person(&f, "eva", "admin");
	id = doc_str(call(&f, 201, care, "POST", "/api/v1/borrowers",
			     "{\"zone\":\"care\",\"kind\":\"senior\",\"given\":\"Maria\","
			     "\"family\":\"Hemlig\",\"card\":\"KORT9\",\"protected\":true}"),
		"id");
	d = call(&f, 200, care, "POST", "/api/v1/borrowers/search", "{\"words\":\"hemlig\"}");
	cr_expect_eq(doc_list_size(doc_list(d, "borrowers")), 0);
	call(&f, 409, care, "POST", path_of(&f, id, "/look"), "{\"why\":\"call\"}");
	call(&f, 200, care, "POST", path_of(&f, id, "/look"),
		"{\"why\":\"call\",\"words\":\"ringde om ny tid\"}");
	d = call(&f, 200, admin, "GET", "/api/v1/borrower-notices", NULL);
	cr_assert_eq(doc_list_size(doc_list(d, "notices")), 1);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "notices"), 0), "borrower"), id);
	r = flow_call(&f, "GET", "/api/v1/borrower-notices?format=csv", admin, NULL);
	cr_expect(r.status == 200 && strstr(r.body, id), "%s", r.body);
	cr_expect_null(strstr(r.body, "ny tid"), "its words are not carried about");
	path = "/api/v1/borrower-notices/care/1/seen";
	call(&f, 409, care, "POST", path, NULL);
	call(&f, 200, admin, "POST", path, NULL);
	call(&f, 409, care, "POST", path_of(&f, id, "/extract"), "{\"words\":\"begäran i brev\"}");
	r = flow_call(&f, "POST", path_of(&f, id, "/extract"), token(&f, "konsulent"),
		"{\"words\":\"begäran i brev\"}");
	cr_expect_eq(r.status, 409, "a program's token is no second person");
	cr_expect_str_eq(doc_str(r.doc, "code"), "borrower.person_needed");
	d = call(&f, 201, admin, "POST", "/api/v1/accounts",
		"{\"name\":\"ny\",\"roles\":\"konsulent\"}");
	fresh = doc_str(call(&f, 200, NULL, "POST", "/api/v1/sign-in",
				arena_printf(f.a,
					"{\"name\":\"ny\",\"password\":\"%s\",\"new_password\":"
					"\"nya-alldeles-egna-ord\"}",
					doc_str(d, "one_time_password"))),
		"token");
	r = flow_call(&f, "POST", path_of(&f, id, "/extract"), fresh,
		"{\"words\":\"begäran i brev\"}");
	cr_expect_eq(r.status, 409, "nor is an account that somebody just made");
	cr_expect_str_eq(doc_str(r.doc, "code"), "locate.just-given");
	call(&f, 200, other, "POST", path_of(&f, id, "/extract"), "{\"words\":\"begäran i brev\"}");
	call(&f, 200, admin, "POST", "/api/v1/borrower-policies",
		"{\"zone\":\"care\",\"keep_days\":30,\"needs_days\":10,\"decision\":\"SN § 4\"}");
	d = call(&f, 200, care, "GET", "/api/v1/borrower-policies", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "waiting")), 1);
	call(&f, 200, admin, "POST", "/api/v1/borrower-policies/withdraw", "{\"zone\":\"care\"}");
	call(&f, 404, admin, "POST", "/api/v1/borrower-policies/withdraw", "{\"zone\":\"care\"}");
	d = call(&f, 200, care, "GET", "/api/v1/borrower-policies", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "waiting")), 0);
	call(&f, 200, admin, "GET", "/api/v1/borrowers/due", NULL);
	flow_expect_well(&f);
	flow_stop(&f);
}

struct waited {
	struct flow *f;
	const char *admin;
};

Test(people, a_look_at_a_protected_identity_is_mailed_in_ids, .timeout = 300)
{
	static char port[32];
	struct mail_service *sink;
	struct mail_service_mail m;
	struct flow f = {.set = {port, "mail.host=127.0.0.1", "mail.security=plain",
				 "mail.from=hylla@kommun.example"}};
	const char *care, *admin, *id;

	cr_assert_eq(mail_service_start(&(struct mail_service_options){0}, &sink), 0);
	snprintf(port, sizeof(port), "mail.port=%u", mail_service_port(sink));
	flow_start(&f);
	care = person(&f, "anna", "konsulent");
	admin = person(&f, "eva", "admin");
	call(&f, 200, admin, "POST", "/api/v1/settings/looks.care_to",
		"{\"value\":\"ansvarig@kommun.example\",\"why\":\"ny ansvarig\"}");
	id = doc_str(call(&f, 201, care, "POST", "/api/v1/borrowers",
			     "{\"zone\":\"care\",\"kind\":\"senior\",\"given\":\"Maria\","
			     "\"family\":\"Hemlig\",\"protected\":true}"),
		"id");
	flow_server_stop(&f); /* its first round notes where it begins */
	flow_server_start(&f);
	call(&f, 200, care, "POST", path_of(&f, id, "/look"),
		"{\"why\":\"call\",\"words\":\"Maria Hemlig ringde\"}");
	cr_assert(mail_service_wait(sink, 0, 60000, &m), "%s", flow_log(&f));
	cr_expect_str_eq(m.to, "<ansvarig@kommun.example>");
	cr_expect_not_null(strstr(m.text, id), "%s", m.text);
	cr_expect_not_null(strstr(m.text, "anna"), "%s", m.text);
	cr_expect_null(strstr(m.text, "Hemlig"));
	cr_expect_null(strstr(m.text, "Maria"));
	flow_expect_well(&f);
	flow_stop(&f);
	mail_service_stop(sink);
}

/* Killed while it is on its way or before: it goes on where it was. */
static bool all_counted(void *arg)
{
	const struct waited *w = arg;
	const struct doc *d = call(w->f, 200, w->admin, "GET", "/api/v1/borrower-policies", NULL);
	const struct doc *due = call(w->f, 200, w->admin, "GET", "/api/v1/borrowers/due", NULL);

	return !doc_object(d, "counting") && doc_list_size(doc_list(due, "borrowers")) == 5;
}

Test(people, a_new_rule_reaches_all_also_over_a_kill, .timeout = 300)
{
	struct flow f = {0};
	const char *care, *admin;
	struct waited w;

	flow_start(&f);
	care = person(&f, "anna", "konsulent");
	admin = token(&f, "admin");
	for (int i = 0; i < 5; i++)
		call(&f, 201, care, "POST", "/api/v1/borrowers",
			"{\"zone\":\"care\",\"kind\":\"senior\",\"given\":\"Maria\","
			"\"family\":\"Ek\"}");
	call(&f, 200, admin, "POST", "/api/v1/borrower-policies",
		"{\"zone\":\"care\",\"keep_days\":20,\"needs_days\":10,\"by_protocol\":true,"
		"\"decision\":\"SN § 4\"}");
	flow_server_stop(&f);
	f.clock_shift_s = 8 * 86400;
	flow_server_start(&f);
	flow_clock_confirm(&f);
	flow_server_kill(&f);
	f.clock_shift_s = 25 * 86400;
	flow_server_start(&f);
	flow_clock_confirm(&f);
	w = (struct waited){&f, admin};
	cr_expect(flow_until(all_counted, &w), "%s", flow_log(&f));
	flow_stop(&f);
}

static bool counts(void *arg)
{
	const struct waited *w = arg;
	const struct doc *d = call(w->f, 200, w->admin, "GET", "/api/v1/borrower-policies", NULL);

	return doc_list_size(doc_list(d, "policies")) == 1;
}

Test(people, whose_time_is_up_is_erased_by_a_list_that_two_sign, .timeout = 300)
{
	struct flow f = {0};
	const char *care, *other, *program, *library, *admin, *id;
	struct waited waited;
	struct flow_reply r;
	struct doc *d;

	flow_start(&f);
	care = token(&f, "konsulent");
	library = token(&f, "bibliotek");
	admin = token(&f, "admin");
	call(&f, 200, admin, "POST", "/api/v1/borrower-policies",
		"{\"zone\":\"care\",\"keep_days\":30,\"needs_days\":0,\"by_protocol\":true,"
		"\"decision\":\"SN § 4\"}");
	d = call(&f, 200, admin, "GET", "/api/v1/borrower-policies", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "policies")), 0);
	cr_expect_eq(doc_list_size(doc_list(d, "waiting")), 1, "a shorter time waits");
	flow_server_stop(&f);
	f.clock_shift_s = 8 * 86400;
	flow_server_start(&f);
	flow_clock_confirm(&f);
	waited = (struct waited){&f, admin};
	cr_expect(flow_until(counts, &waited));
	d = call(&f, 200, admin, "GET", "/api/v1/borrower-policies", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "policies")), 1);
	cr_expect_eq(doc_list_size(doc_list(d, "waiting")), 0);
	id = doc_str(call(&f, 201, care, "POST", "/api/v1/borrowers", anna), "id");
	call(&f, 409, care, "POST", "/api/v1/erasure-lists", "{\"zone\":\"care\"}");
	flow_server_stop(&f);
	f.clock_shift_s = 48 * 86400;
	flow_server_start(&f);
	call(&f, 404, library, "POST", "/api/v1/erasure-lists", "{\"zone\":\"care\"}");
	call(&f, 409, care, "POST", "/api/v1/erasure-lists", "{\"zone\":\"care\"}");
	program = care;
	care = person(&f, "anna", "konsulent");
	other = person(&f, "bo", "konsulent");
	r = flow_call(&f, "GET", "/api/v1/borrowers/due?format=csv", care, NULL);
	cr_expect(r.status == 200 && strstr(r.body, id), "%s", r.body);
	r = flow_call(&f, "GET", "/api/v1/borrowers/due?format=csv", library, NULL);
	cr_expect(r.status == 200 && !strstr(r.body, id), "of another service: %s", r.body);
	d = call(&f, 201, care, "POST", "/api/v1/erasure-lists", "{\"zone\":\"care\"}");
	r = flow_call(&f, "GET", "/api/v1/erasure-lists?format=csv", care, NULL);
	cr_expect(r.status == 200 && strstr(r.body, "anna"), "%s", r.body);
	call(&f, 409, care, "POST", "/api/v1/erasure-lists/care/1/confirm", NULL);
	call(&f, 404, library, "POST", "/api/v1/erasure-lists/care/1/confirm", NULL);
	call(&f, 404, library, "GET", "/api/v1/erasure-lists/care/1", NULL);
	call(&f, 409, program, "POST", "/api/v1/erasure-lists/care/1/confirm", NULL);
	call(&f, 200, other, "POST", "/api/v1/erasure-lists/care/1/confirm", NULL);
	d = call(&f, 200, admin, "GET", "/api/v1/erasure-lists/care/1", NULL);
	cr_expect_str_eq(doc_str(d, "state"), "done");
	cr_assert_eq(doc_list_size(doc_list(d, "rows")), 1);
	cr_expect_str_eq(doc_str(doc_list_object(doc_list(d, "rows"), 0), "id"), id);
	cr_expect(doc_bool(doc_list_object(doc_list(d, "rows"), 0), "erased", false));
	cr_expect_str_eq(doc_str(call(&f, 200, care, "GET", path_of(&f, id, ""), NULL), "state"),
		"erased");
	flow_expect_well(&f);
	look_everywhere(&f);
	flow_stop(&f);
}
