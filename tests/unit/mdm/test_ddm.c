/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"
#include "mdm/ddm_int.h"
#include "tests/unit/mdm/desired.h"

TestSuite(ddm, .init = q_open, .fini = d_close);

#define CODE "{\"type\":\"passcode.settings\",\"payload\":{\"RequirePasscode\":true}}"
#define CODE_6                                                                   \
	"{\"type\":\"passcode.settings\",\"payload\":{\"RequirePasscode\":true," \
	"\"MinimumLength\":6}}"
#define ORG "{\"type\":\"organization-info\",\"payload\":{\"Name\":\"Borås\"}}"
#define OWN(id, spec) d_item(MDM_OF_IPAD, Q_SERIAL, MDM_ITEM_DECLARATION, id, spec)
#define CODE_ID "se.example.mdm.declaration.code"
#define ORG_ID "se.example.mdm.declaration.org"

static struct mdm_checkin_answer answer;

static int ask(const char *endpoint, const char *data)
{
	const struct mdm_checkin c = {.kind = MDM_CHECKIN_DECLARATIVE_MANAGEMENT,
		.message_type = "DeclarativeManagement",
		.udid = Q_UDID,
		.endpoint = endpoint,
		.data = bytes_of_str(data)};

	answer = (struct mdm_checkin_answer){0};
	q.caller.now = q.now;
	return mdm_checkin_apply(house.m, &q.caller, &c, house.a, &answer);
}

static const struct doc *asked(const char *endpoint)
{
	struct doc *d = NULL;

	cr_assert_eq(ask(endpoint, NULL), 0, "%s: %s", endpoint, answer.why);
	cr_assert_eq(answer.status, 200, "%s", endpoint);
	cr_assert(answer.json);
	cr_assert_eq(doc_parse(house.a, answer.body, &d), 0);
	return d;
}

static const char *token_now(void)
{
	return doc_str(doc_object(asked("tokens"), "SyncTokens"), "DeclarationsToken");
}

static const char *listed(const char *class, const char *identifier)
{
	const struct doc *list =
		doc_list(doc_object(asked("declaration-items"), "Declarations"), class);

	for (size_t i = 0; i < doc_list_size(list); i++) {
		if (text_equal(doc_str(doc_list_object(list, i), "Identifier"), identifier))
			return doc_str(doc_list_object(list, i), "ServerToken");
	}
	return NULL;
}

static const struct doc *fetched(void)
{
	return asked("declaration/configuration/" CODE_ID);
}

Test(ddm, nothing_is_there_until_something_is_wanted)
{
	const struct doc *d = asked("declaration-items");

	cr_expect_eq(doc_list_size(doc_list(doc_object(d, "Declarations"), "Configurations")), 0);
	cr_expect_str_eq(doc_str(d, "DeclarationsToken"), token_now());
	cr_assert_eq(ask("declaration/configuration/x", NULL), 0);
	cr_expect_eq(answer.status, 404);
	cr_expect_eq(q_line().n, 0);
}

Test(ddm, what_is_advertised_can_be_fetched)
{
	const char *server_token, *token;
	const struct doc *d;

	cr_assert_eq(d_put(OWN("code", CODE)), 0, "%s", q.r.say ? q.r.say->code : "?");
	cr_assert_str_eq(q_poll(), "DeclarativeManagement");
	token = token_now();
	server_token = listed("Configurations", CODE_ID);
	cr_assert(server_token);
	cr_expect(listed("Activations", "se.example.mdm.declaration._all"));
	cr_expect(listed("Configurations", "se.example.mdm.declaration._status"));
	d = fetched();
	cr_expect_str_eq(doc_str(d, "ServerToken"), server_token);
	cr_expect_str_eq(doc_str(d, "Type"), "com.apple.configuration.passcode.settings");
	cr_expect(doc_bool(doc_object(d, "Payload"), "RequirePasscode", false));
	q.now += 1000;
	cr_expect_str_eq(token_now(), token, "no change of content, no new token");
	d_put(OWN("code", CODE));
	cr_expect_str_eq(token_now(), token);
	q_ack(q_next_uuid());
	cr_expect_eq(q_line().n, 0);
	q.now = HOUSE_NOW;
}

Test(ddm, the_list_it_was_told_of_stays_good)
{
	const char *old, *newer;

	d_put(OWN("code", CODE));
	old = listed("Configurations", CODE_ID);
	/* changed while the iPad is fetching */
	d_put(OWN("code", CODE_6));
	cr_expect_str_eq(doc_str(fetched(), "ServerToken"), old, "as it was advertised");
	newer = listed("Configurations", CODE_ID);
	cr_expect_str_neq(newer, old);
	cr_expect_str_eq(doc_str(fetched(), "ServerToken"), newer);
	/* taken away while it is being fetched: still there for whoever was told of it */
	d_del(OWN("code", NULL));
	cr_expect_str_eq(doc_str(fetched(), "ServerToken"), newer);
	cr_expect_null(listed("Configurations", CODE_ID));
	cr_expect_str_eq(doc_str(fetched(), "ServerToken"), newer, "and a while longer");
}

static int count_in(struct store_txn *txn, void *arg)
{
	uint64_t *n = arg;
	int err = store_count(txn, MDM_MANIFEST, &n[0]);

	return err ? err : store_count(txn, MDM_DECLARATION, &n[1]);
}

Test(ddm, what_nobody_leans_on_goes)
{
	uint64_t n[2];

	for (int i = 0; i < 20; i++) {
		d_put(OWN("code", arena_printf(house.a,
					  "{\"type\":\"passcode.settings\",\"payload\":"
					  "{\"MinimumLength\":%d}}",
					  i)));
	}
	cr_assert_eq(q_read(count_in, n), 0);
	cr_expect_eq(n[0], 9, "the one in force and eight before");
	q.now += 2 * 86400;
	d_put(OWN("org", ORG));
	cr_assert_eq(q_read(count_in, n), 0);
	cr_expect_eq(n[0], 2);
	cr_expect_eq(n[1], 4, "code, activation, status, organisation");
	q.now = HOUSE_NOW;
}

static int gate_close_in(struct store_txn *txn, void *arg)
{
	return mdm_gate_close(house.m, txn, arg, q.now);
}

static bool in_line(const char *type)
{
	struct q_list l = q_line();

	for (size_t i = 0; i < l.n; i++)
		if (strcmp(l.c[i].request_type, type) == 0)
			return true;
	return false;
}

/* In Setup Assistant: it has said yes to fetching, and not yet had anything. */
Test(ddm, it_waits_for_them_in_setup_assistant)
{
	struct mdm_enrollment e = q_enrollment_now();
	const char *server_token;

	e.awaiting_configuration = true;
	q_enrollment_set(&e);
	cr_assert_eq(q_write(gate_close_in, &e), 0);
	cr_assert_eq(d_put(OWN("code", CODE)), 0);
	cr_assert_str_eq(q_poll(), "DeclarativeManagement");
	q_ack(q_next_uuid());
	cr_expect_not(in_line("DeviceConfigured"), "fetching is not having");
	server_token = listed("Configurations", CODE_ID);
	cr_assert_eq(ask("status", arena_printf(house.a,
					   "{\"StatusItems\":{\"management\":{\"declarations\":"
					   "{\"configurations\":[{\"identifier\":\"" CODE_ID
					   "\",\"server-token\":\"%s\",\"active\":true,"
					   "\"valid\":\"valid\"}]}}},\"Errors\":[]}",
					   server_token)),
		0);
	cr_expect(in_line("DeviceConfigured"), "in force: it may go on");
}

static void tells(const char *management)
{
	const char *code = listed("Configurations", CODE_ID);

	cr_assert_eq(ask("status",
			     arena_printf(house.a,
				     "{\"StatusItems\":{\"management\":{\"declarations\":{"
				     "\"configurations\":[{\"identifier\":\"" CODE_ID
				     "\",\"server-token\":\"%s\",\"active\":false,"
				     "\"valid\":\"invalid\"}]%s}}},\"Errors\":[]}",
				     code, management)),
		0);
}

/* No waiting makes it better; of the others it has yet to tell. */
Test(ddm, one_that_it_refuses_does_not_hold_it_in_setup_assistant)
{
	struct mdm_enrollment e = q_enrollment_now();
	const char *org;

	e.awaiting_configuration = true;
	q_enrollment_set(&e);
	cr_assert_eq(q_write(gate_close_in, &e), 0);
	cr_assert_eq(d_put(OWN("code", CODE)), 0);
	cr_assert_eq(d_put(OWN("org", ORG)), 0);
	cr_assert_str_eq(q_poll(), "DeclarativeManagement");
	q_ack(q_next_uuid());
	org = listed("Management", ORG_ID);
	cr_assert_not_null(org);
	tells("");
	cr_expect_not(in_line("DeviceConfigured"), "of the other it has told nothing");
	tells(arena_printf(house.a,
		",\"management\":[{\"identifier\":\"" ORG_ID
		"\",\"server-token\":\"%s\",\"active\":true,\"valid\":\"valid\"}]",
		org));
	cr_expect(in_line("DeviceConfigured"), "it has told of both");
}

static int forget_in(struct store_txn *txn, void *arg)
{
	return mdm_desired_forget(txn, Q_SERIAL);
}

Test(ddm, an_erase_leaves_nothing)
{
	uint64_t n[2];

	d_put(OWN("code", CODE));
	d_put(OWN("code", CODE_6));
	cr_assert_eq(ask("status", "{\"StatusItems\":{},\"Errors\":[]}"), 0);
	cr_assert_eq(q_write(forget_in, NULL), 0);
	cr_assert_eq(q_read(count_in, n), 0);
	cr_expect_eq(n[0] + n[1], 0);
}

Test(ddm, reports_tell_how_it_went)
{
	const char *server_token;

	d_put(OWN("code", CODE));
	cr_expect_eq(d_state(MDM_ITEM_DECLARATION, "code"), MDM_APPLIED_SENT);
	server_token = listed("Configurations", CODE_ID);
	cr_assert_eq(ask("status", arena_printf(house.a,
					   "{\"StatusItems\":{\"management\":{\"declarations\":"
					   "{\"configurations\":[{\"identifier\":\"" CODE_ID
					   "\",\"server-token\":\"%s\",\"active\":true,"
					   "\"valid\":\"valid\"}]}}},\"Errors\":[]}",
					   server_token)),
		0);
	cr_expect_eq(answer.status, 200);
	cr_expect_eq(d_state(MDM_ITEM_DECLARATION, "code"), MDM_APPLIED_ON);
	cr_assert_eq(
		ask("status", arena_printf(house.a,
				      "{\"StatusItems\":{\"management\":{\"declarations\":"
				      "{\"configurations\":[{\"identifier\":\"" CODE_ID
				      "\",\"server-token\":\"%s\",\"active\":false,"
				      "\"valid\":\"invalid\",\"reasons\":[{\"code\":\"Error.X\","
				      "\"description\":\"It cannot be.\"}]}]}}},\"Errors\":[]}",
				      server_token)),
		0);
	cr_expect_eq(d_state(MDM_ITEM_DECLARATION, "code"), MDM_APPLIED_FAILED);
	cr_expect(strstr(d_slot(MDM_ITEM_DECLARATION, "code")->why, "It cannot be."));
}

Test(ddm, an_older_ipad_is_not_told_what_it_cannot)
{
	struct mdm_enrollment e = q_enrollment_now();

	e.os_version = "16.4";
	q_enrollment_set(&e);
	d_put(OWN("code", CODE));
	d_put(OWN("update",
		"{\"type\":\"softwareupdate.enforcement.specific\",\"payload\":"
		"{\"TargetOSVersion\":\"18.2\",\"TargetLocalDateTime\":\"2026-12-08T03:00:00\"}}"));
	cr_expect(listed("Configurations", CODE_ID));
	cr_expect_null(listed("Configurations", "se.example.mdm.declaration.update"));
	cr_expect_eq(d_state(MDM_ITEM_DECLARATION, "update"), MDM_APPLIED_UNABLE);
}

Test(ddm, hostile_messages)
{
	static const struct {
		const char *endpoint, *data;
		int err;
	} cases[] = {
		{"", NULL, ERR_BADINPUT},
		{"token", NULL, ERR_BADINPUT},
		{"declaration/", NULL, ERR_BADINPUT},
		{"declaration/configuration", NULL, ERR_BADINPUT},
		{"declaration/configuration/", NULL, ERR_BADINPUT},
		{"status", NULL, ERR_BADINPUT},
		{"status", "[]", ERR_BADINPUT},
		{"status", "{\"StatusItems\":7}", ERR_BADINPUT},
	};

	d_put(OWN("code", CODE));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(ask(cases[i].endpoint, cases[i].data), cases[i].err, "%s",
			cases[i].endpoint);
	cr_assert_eq(ask("declaration/nonsense/" CODE_ID, NULL), 0);
	cr_expect_eq(answer.status, 404);
	q.caller.peer.fingerprint[0] = 9;
	cr_expect_neq(ask("tokens", NULL), 0, "another's identity");
}

Test(ddm, wrong_declarations_are_refused)
{
	static const struct {
		const char *spec, *code;
	} cases[] = {
		{"{}", "declaration.type"},
		{"{\"type\":\"nonsense\"}", "declaration.type"},
		{"{\"type\":\"management.status-subscriptions\",\"payload\":{\"StatusItems\":[]}}",
			"declaration.type"},
		{"{\"type\":\"passcode.settings\"}", "declaration.payload"},
		{"{\"type\":\"passcode.settings\",\"payload\":{\"Colour\":1}}", "declaration.key"},
		{"{\"type\":\"organization-info\",\"payload\":{}}", "declaration.missing"},
		{"{\"type\":\"app.managed\",\"payload\":{}}", "declaration.no_apps"},
		{"{\"type\":\"softwareupdate.enforcement.specific\",\"payload\":"
		 "{\"TargetOSVersion\":\"newest\",\"TargetLocalDateTime\":\"\"}}",
			"declaration.version"},
		{"{\"type\":\"softwareupdate.enforcement.specific\",\"payload\":"
		 "{\"TargetOSVersion\":\"18.2\",\"TargetLocalDateTime\":\"2026-12-08\"}}",
			"declaration.time"},
		{"{\"type\":\"softwareupdate.enforcement.specific\",\"payload\":"
		 "{\"TargetOSVersion\":\"18.2\",\"TargetLocalDateTime\":\"2026-99-99T99:99:99\"}}",
			"declaration.time"},
		{"{\"type\":\"softwareupdate.enforcement.specific\",\"payload\":"
		 "{\"TargetOSVersion\":\"18.2\",\"TargetLocalDateTime\":\"2027-02-29T03:00:00\"}}",
			"declaration.time"},
		{"{\"type\":\"softwareupdate.enforcement.specific\",\"payload\":"
		 "{\"TargetOSVersion\":\"18.2\",\"TargetLocalDateTime\":\"2024-12-08T03:00:00\"}}",
			"declaration.past"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(d_put(OWN("x", cases[i].spec)), ERR_REFUSED);
		cr_expect_str_eq(q.r.say ? q.r.say->code : "-", cases[i].code, "%zu", i);
	}
}
