/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(queue, .init = q_open, .fini = house_close);

static int audit_in(struct store_txn *txn, void *arg)
{
	struct audit_record *list;
	size_t n;
	int err = audit_list(txn, Q_SERIAL, STORE_PIECE_N(house.a, 0, 1), &list, &n);

	cr_assert_eq(err, 0);
	cr_assert_eq(n, 1);
	*(struct audit_record *)arg = list[0];
	return 0;
}

static struct audit_record audit_last(void)
{
	struct audit_record r;

	cr_assert_eq(q_read(audit_in, &r), 0);
	return r;
}

Test(queue, an_ask_is_a_command_a_wish_and_a_record)
{
	const char *uuid;
	struct mdm_command c;
	struct apns_wish w;

	cr_assert_not(q_wished(NULL));
	uuid = q_add(MDM_PROFILE_LIST);
	c = q_get(uuid);
	cr_assert_str_eq(c.request_type, "ProfileList");
	cr_assert_eq(c.state, MDM_QUEUED);
	cr_assert_str_eq(c.made_by, "anna");
	cr_assert_eq(c.expires_at, q.now + 7 * 86400);
	cr_assert(q_holds(c.plist, uuid));
	cr_assert(q_wished(&w));
	cr_assert(w.urgent);
	cr_assert_str_eq(w.magic, "magic");
	cr_assert_str_eq(audit_last().act, "command.add");
	cr_assert_str_eq(audit_last().actor, "anna");
	cr_assert(strstr(audit_last().detail, uuid));
	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_PROFILE_LIST, .life_s = 60}), 0);
	cr_assert_eq(q_get(q.uuid).expires_at, q.now + 60);
	q_check();
}

Test(queue, secrets_are_sealed_and_opened_on_the_way_out)
{
	const char *uuid;
	struct mdm_command c;

	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_INSTALL_PROFILE,
			     .profile = bytes_of_str("<plist>SECRET-PSK</plist>")}),
		0);
	c = q_get(q.uuid);
	cr_assert(c.sealed);
	cr_assert_not(q_holds(c.plist, "Payload"));
	cr_assert_str_eq(q_poll(), "InstallProfile");
	cr_assert(bytes_equal(mdm_plist_data(q_command(&uuid), "Payload"),
		bytes_of_str("<plist>SECRET-PSK</plist>")));
	q_ack(uuid);
	cr_assert_not(q_get(uuid).sealed, "history holds only the answer");
	cr_assert_eq(q_get(uuid).plist.n, 0);
}

Test(queue, refuses_in_words_that_outlive_the_call)
{
	static const struct {
		struct mdm_ask ask;
		const char *code;
	} cases[] = {
		{{.request = MDM_ENABLE_LOST_MODE, .message = "x"}, "ask.own-way"},
		{{.request = MDM_DISABLE_LOST_MODE}, "ask.own-way"},
		{{.request = MDM_DEVICE_LOCATION}, "ask.own-way"},
		{{.request = MDM_PLAY_LOST_MODE_SOUND}, "ask.not-lost"},
		{{.request = MDM_ERASE_DEVICE}, "ask.erase-choice"},
		{{.request = MDM_SETTINGS}, "ask.nothing-set"},
		{{.request = 0}, "raw.type"},
		{{.request = 99}, "raw.type"},
		{{.request = MDM_RAW}, "raw.form"},
		{{.request = MDM_REMOVE_PROFILE, .identifier = "se.example.mdm"},
			"ask.own-profile"},
		{{.request = MDM_DEVICE_CONFIGURED}, "ask.not-awaiting"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_eq(q_ask(cases[i].ask), ERR_REFUSED, "case %zu", i);
		cr_assert_str_eq(q.r.say->code, cases[i].code);
	}
	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_DEVICE_LOCK}), 0);
	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_DEVICE_LOCK}), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "ask.twice");
	cr_assert(strstr(refusal_text(house.a, SAY_EN, &q.r), "DeviceLock has been waiting"));
	cr_assert(strstr(refusal_text(house.a, SAY_EN, &q.r), " 2026 "));
	cr_assert_eq(q_line().n, 1, "a refusal leaves nothing behind");
	q_check();
}

Test(queue, a_raw_plist_goes_the_same_way)
{
	const char *uuid;

	cr_assert_eq(q_raw("<plist><dict><key>RequestType</key><string>InstallMedia</string>"
			   "<key>MediaType</key><string>Book</string></dict></plist>"),
		0);
	cr_assert_eq(q_get(q.uuid).request, MDM_RAW);
	cr_assert_str_eq(q_poll(), "InstallMedia");
	q_ack(q_next_uuid());
	/* one that has a form of its own is that */
	cr_assert_eq(q_raw("<plist><dict><key>RequestType</key><string>DeviceLock</string></dict>"
			   "</plist>"),
		0);
	uuid = arena_strdup(house.a, q.uuid);
	cr_assert_eq(q_get(uuid).request, MDM_DEVICE_LOCK);
	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_DEVICE_LOCK}), ERR_REFUSED);
	cr_assert_eq(q_raw("<plist><dict><key>RequestType</key><string>EraseDevice</string></dict>"
			   "</plist>"),
		ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "ask.erase-choice");
}

#define CONFIGURED(value)                                                                  \
	"<plist><dict><key>RequestType</key><string>InstallApplication</string>"           \
	"<key>iTunesStoreID</key><integer>1</integer><key>ManagementFlags</key><integer>1" \
	"</integer><key>Configuration</key><dict><key>k</key>" value "</dict></dict></plist>"

/* A free dictionary may hold anything that a property list can. */
Test(queue, a_raw_plist_that_cannot_be_written_is_refused_in_words)
{
	static const char *const bad[] = {CONFIGURED("<date>1901-01-01T00:00:00Z</date>"),
		CONFIGURED("<date>2069-01-19T03:14:08Z</date>"), CONFIGURED("<real>1e19</real>"),
		CONFIGURED("<integer>-9223372036854775808</integer>")};
	const struct mdm_plist *in;
	const char *uuid;
	int64_t n;

	house_options()->allow_apps = true;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_expect_eq(q_raw(bad[i]), ERR_REFUSED, "%zu", i);
		cr_assert_str_eq(q.r.say->code, "raw.value");
	}
	cr_assert_eq(q_line().n, 0);
	house_options()->allow_apps = false;
	cr_assert_eq(q_raw(CONFIGURED("<integer>-5</integer>")), ERR_REFUSED);
	cr_assert_eq(q.r.say, &mdm_say_no_apps);
	house_options()->allow_apps = true;
	cr_assert_eq(q_raw(CONFIGURED("<integer>-5</integer>")), 0);
	cr_assert_str_eq(q_poll(), "InstallApplication");
	in = mdm_plist_dict(q_command(&uuid), "Configuration");
	cr_assert_eq(mdm_plist_int(in, "k", &n), 0);
	cr_assert_eq(n, -5);
}

Test(queue, a_full_line_takes_no_more)
{
	for (int i = 0; i < MDM_LINE_MAX; i++)
		q_add(MDM_PROFILE_LIST);
	cr_assert_eq(q_ask((struct mdm_ask){.request = MDM_PROFILE_LIST}), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "ask.full");
	cr_assert(strstr(refusal_text(house.a, SAY_SV, &q.r), "500"));
	cr_assert_eq(q_line().n, MDM_LINE_MAX);
}

Test(queue, a_cancelled_one_leaves_the_line)
{
	const char *a = q_add(MDM_PROFILE_LIST), *b = q_add(MDM_SECURITY_INFO);

	cr_assert_eq(q_cancel(a), 0);
	cr_assert_eq(q_get(a).state, MDM_CANCELLED);
	cr_assert_str_eq(q_get(a).error, "anna");
	cr_assert_str_eq(audit_last().act, "command.cancel");
	cr_assert(q_wished(NULL), "another waits");
	cr_assert_eq(q_cancel(a), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "command.ended");
	cr_assert_eq(q_cancel("no-such"), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "command.none");
	cr_assert_eq(q_cancel(b), 0);
	cr_assert_not(q_wished(NULL));
	cr_assert_null(q_poll());
	cr_assert_eq(q_lost(), 0);
	cr_assert_eq(q_cancel(q_line().c[0].uuid), ERR_REFUSED);
	cr_assert_str_eq(q.r.say->code, "ask.own-way");
	q_check();
}

static int told_n;

static int told(void *ctx, struct store_txn *txn, const struct mdm_enrollment *e,
	const struct mdm_command *c, int64_t now)
{
	told_n++;
	cr_assert_str_eq(e->serial, Q_SERIAL);
	cr_assert_neq(c->state, MDM_QUEUED);
	cr_assert_eq(c->done_at, now);
	return 0;
}

Test(queue, listeners_hear_of_every_end)
{
	const char *a = q_add(MDM_PROFILE_LIST), *b = q_add(MDM_PROFILE_LIST);

	house.m->ev.command_done = told;
	q_cancel(a);
	q_poll();
	q_ack(b);
	q_ask((struct mdm_ask){.request = MDM_PROFILE_LIST, .life_s = 5});
	q.now += 10;
	cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
	cr_assert_eq(told_n, 3);
}
