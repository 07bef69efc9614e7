/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/desired.h"

#include "base/when.h"

TestSuite(desired, .init = q_open, .fini = d_close);

#define GROUP(kind, id, spec) d_item(MDM_OF_GROUP, "seniorer", kind, id, spec)
#define OWN(kind, id, spec) d_item(MDM_OF_IPAD, Q_SERIAL, kind, id, spec)

static void group_with_us(void)
{
	cr_assert_eq(d_group("seniorer"), 0);
	cr_assert_eq(d_member("seniorer", Q_SERIAL, true), 0);
	d_tend();
}

Test(desired, a_group_gives_and_takes_back)
{
	const char *uuid;

	group_with_us();
	cr_assert_eq(d_put(GROUP(MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
	cr_expect_eq(q_line().n, 0, "a change of a group is one row; visits come after");
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), 0);
	d_tend();
	cr_expect_eq(q_line().n, 1);
	d_tend();
	cr_expect_eq(q_line().n, 1, "and only once");
	cr_expect(q_wished(NULL));
	cr_assert_str_eq(q_poll(), "InstallProfile");
	uuid = q_next_uuid();
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_SENT);
	cr_assert_null(q_ack(uuid));
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_ON);
	cr_assert_eq(d_del(GROUP(MDM_ITEM_PROFILE, "wifi", NULL)), 0);
	d_tend();
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_LEAVING);
	cr_assert_str_eq(q_poll(), "RemoveProfile");
	cr_expect_str_eq(
		mdm_plist_str(q_command(&uuid), "Identifier"), "se.example.mdm.item.profile.wifi");
	q_ack(uuid);
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), 99);
	cr_assert_eq(d_del(GROUP(MDM_ITEM_PROFILE, "wifi", NULL)), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "desired.none");
}

Test(desired, added_and_removed_before_it_woke)
{
	group_with_us();
	d_put(GROUP(MDM_ITEM_WEB_CLIP, "boras", D_CLIP));
	d_tend();
	cr_expect_eq(q_line().n, 1);
	d_del(GROUP(MDM_ITEM_WEB_CLIP, "boras", NULL));
	d_tend();
	cr_expect_eq(q_line().n, 0);
	cr_expect_not(q_wished(NULL));
	cr_expect_eq(d_state(MDM_ITEM_WEB_CLIP, "boras"), 99);
	/* one that may have got it is told to let go of it */
	d_put(GROUP(MDM_ITEM_WEB_CLIP, "boras", D_CLIP));
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallProfile");
	d_del(GROUP(MDM_ITEM_WEB_CLIP, "boras", NULL));
	d_tend();
	cr_assert_str_eq(q_poll(), "RemoveProfile");
	q_ack(q_next_uuid());
	cr_expect_eq(d_state(MDM_ITEM_WEB_CLIP, "boras"), 99);
}

Test(desired, changed_while_it_waits_is_sent_once)
{
	group_with_us();
	d_put(GROUP(MDM_ITEM_SETTING, "device-name", "{\"name\":\"Ett\"}"));
	d_tend();
	d_put(GROUP(MDM_ITEM_SETTING, "device-name", "{\"name\":\"Två\"}"));
	d_tend();
	cr_expect_eq(q_line().n, 1);
	cr_assert_str_eq(q_poll(), "Settings");
	cr_expect(q_holds(q.next, "Två"));
	cr_assert_null(q_ack(q_next_uuid()));
	/* the same again is nothing new */
	d_put(GROUP(MDM_ITEM_SETTING, "device-name", "{\"name\":\"Två\"}"));
	d_tend();
	cr_expect_eq(q_line().n, 0);
}

Test(desired, the_ipads_own_wins_and_the_groups_comes_back)
{
	group_with_us();
	d_put(GROUP(MDM_ITEM_SETTING, "device-name", "{\"name\":\"Gruppens\"}"));
	cr_assert_eq(
		d_put(OWN(MDM_ITEM_SETTING, "device-name", "{\"name\":\"Egen {serial}\"}")), 0);
	cr_expect_eq(q_line().n, 1, "one iPad's set is visited at once");
	d_tend();
	cr_expect_eq(q_line().n, 1);
	q_poll();
	cr_expect(q_holds(q.next, "Egen " Q_SERIAL));
	q_ack(q_next_uuid());
	cr_assert_eq(d_del(OWN(MDM_ITEM_SETTING, "device-name", NULL)), 0);
	q_poll();
	cr_expect(q_holds(q.next, "Gruppens"));
	q_ack(q_next_uuid());
}

Test(desired, everybody_is_in_all)
{
	cr_assert_eq(d_put(d_item(MDM_OF_GROUP, "all", MDM_ITEM_PROFILE, "wifi", D_WIFI)), 0);
	d_tend();
	cr_expect_eq(q_line().n, 1);
	cr_assert_eq(d_member("all", Q_SERIAL, true), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "group.all");
}

Test(desired, lost_and_strange_ones_are_left_alone)
{
	struct mdm_enrollment e;

	group_with_us();
	q_lost();
	d_put(GROUP(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	d_tend();
	cr_expect_eq(q_line().n, 1, "EnableLostMode alone");
	cr_expect(d_list().hindrance);
	q_poll();
	q_ack(q_next_uuid());
	q_found();
	q_poll();
	q_ack(q_next_uuid());
	d_tend();
	cr_assert_str_eq(q_poll(), "InstallProfile", "found: it gets what it missed");
	e = q_enrollment_now();
	e.trusted = false;
	q_enrollment_set(&e);
	d_put(GROUP(MDM_ITEM_PROFILE, "passcode", "{\"type\":\"passcode\",\"length\":4}"));
	d_tend();
	cr_expect_eq(q_line().n, 1, "nothing new in quarantine");
}

static int again_in(struct store_txn *txn, void *arg)
{
	return mdm_desired_again(house.m, txn, &q.who, Q_SERIAL, q.now, &q.r);
}

/* Why nothing can be sent, in the list and as the refusal of "send it again". */
static void hindered(const char *listed, const char *refused)
{
	cr_expect_str_eq(d_list().hindrance, listed);
	q.r = (struct refusal){0};
	cr_assert_eq(q_write(again_in, NULL), ERR_REFUSED);
	cr_expect_str_eq(refusal_text(house.a, SAY_EN, &q.r), refused);
}

/* A hindrance without a time of its own speaks of none: 1970 was said of an iPad not approved. */
Test(desired, one_not_approved_is_to_be_marked_as_delivered)
{
	static const char unapproved[] = "iPad " Q_SERIAL " is not approved as ours. Mark it as "
					 "delivered, and what it should have is sent.";
	static const char left[] =
		"iPad " Q_SERIAL " has left the management. Enrol it again first.";
	struct mdm_enrollment e = q_enrollment_now();

	e.trusted = false;
	q_enrollment_set(&e);
	hindered(unapproved, unapproved);
	e.state = MDM_CHECKED_OUT;
	q_enrollment_set(&e);
	hindered(left, left);
}

Test(desired, one_erased_says_when)
{
	static const char says[] =
		"iPad " Q_SERIAL " erased itself %s. Wait until it has enrolled again.";
	struct mdm_enrollment e = q_enrollment_now();
	AUTO(buf) struct buf moment = BUF_INIT(64);

	when_moment(&moment, SAY_EN, q.now);
	e.erased_at = q.now;
	q_enrollment_set(&e);
	hindered(arena_printf(house.a, says, when_text(house.a, SAY_EN, q.now, q.now)),
		arena_printf(house.a, says, buf_str(&moment)));
}

static int forget_in(struct store_txn *txn, void *arg)
{
	return mdm_queue_forget(house.m, txn, Q_UDID, q.now);
}

static int setup_in(struct store_txn *txn, void *arg)
{
	int err = mdm_desired_forget(txn, Q_SERIAL);

	return err ? err : mdm_setup_queue(house.m, txn, arg, q.now);
}

Test(desired, enrolled_again_it_gets_all_again)
{
	struct mdm_enrollment e = q_enrollment_now();

	group_with_us();
	d_put(GROUP(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	d_tend();
	q_obey();
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_ON);
	cr_assert_eq(q_write(forget_in, NULL), 0);
	cr_assert_eq(q_write(setup_in, &e), 0);
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_SENT);
	cr_expect_eq(q_line().n, 3, "DeviceInformation, SecurityInfo, and it");
}

Test(desired, an_erase_forgets)
{
	struct mdm_ask ask = {.request = MDM_ERASE_DEVICE,
		.preserve_data_plan = MDM_YES,
		.return_to_service = MDM_NO};

	d_put(OWN(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	q_obey();
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_ON);
	cr_assert_eq(q_ask(ask), 0);
	q_obey();
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), 0);
	cr_expect(d_list().hindrance);
}

Test(desired, refused_by_the_ipad_and_tried_again)
{
	d_put(OWN(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	q_poll();
	q_error(q_next_uuid(), 4001);
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_FAILED);
	cr_expect(strstr(d_slot(MDM_ITEM_PROFILE, "wifi")->why, "4001"));
	d_tend();
	cr_expect_eq(q_line().n, 0);
	q.now += 3601;
	d_tend();
	cr_expect_eq(q_line().n, 1);
	q_obey();
	cr_expect_eq(d_state(MDM_ITEM_PROFILE, "wifi"), MDM_APPLIED_ON);
	q.now = HOUSE_NOW;
}

Test(desired, what_this_ipad_cannot)
{
	struct mdm_enrollment e = q_enrollment_now();

	e.os_version = "15.7";
	q_enrollment_set(&e);
	d_put(OWN(MDM_ITEM_SETTING, "accessibility", "{\"text_size\":10}"));
	cr_expect_eq(q_line().n, 0);
	cr_expect_eq(d_state(MDM_ITEM_SETTING, "accessibility"), MDM_APPLIED_UNABLE);
	e.os_version = "18.2";
	q_enrollment_set(&e);
	d_put(OWN(MDM_ITEM_SETTING, "accessibility", "{\"text_size\":10}"));
	cr_expect_eq(d_state(MDM_ITEM_SETTING, "accessibility"), MDM_APPLIED_SENT);
}

Test(desired, wrong_asks_are_refused)
{
	static const struct {
		struct mdm_item item;
		const char *code;
	} cases[] = {
		{{.owner_kind = MDM_OF_GROUP, .owner = "ingen", .kind = 1, .id = "x", .spec = "{}"},
			"group.none"},
		{{.owner_kind = MDM_OF_IPAD, .owner = "", .kind = 1, .id = "x", .spec = "{}"},
			"desired.serial"},
		{{.owner_kind = MDM_OF_IPAD, .owner = "S", .kind = 1, .id = "X", .spec = "{}"},
			"desired.id"},
		{{.owner_kind = MDM_OF_IPAD, .owner = "S", .kind = 9, .id = "x", .spec = "{}"},
			"desired.kind"},
		{{.owner_kind = MDM_OF_IPAD, .owner = "S", .kind = 1, .id = "x", .spec = "["},
			"payload.form"},
		{{.owner_kind = MDM_OF_IPAD, .owner = "S", .kind = 1, .id = "x", .spec = "{}"},
			"payload.type"},
		{{.owner_kind = MDM_OF_IPAD, .owner = "S", .kind = 1, .id = "x", .spec = D_CLIP},
			"payload.field_form"},
		{{.owner_kind = MDM_OF_IPAD,
			 .owner = "S",
			 .kind = 1,
			 .id = "x",
			 .spec = "{\"type\":\"passcode\",\"length\":4}"},
			"desired.slot"},
		{{.owner_kind = MDM_OF_IPAD,
			 .owner = "S",
			 .kind = 1,
			 .id = "x",
			 .spec = D_WIFI,
			 .priority = 1001},
			"desired.priority"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_expect_eq(d_put(cases[i].item), ERR_REFUSED, "%zu", i);
		cr_expect_str_eq(q.r.say ? q.r.say->code : "-", cases[i].code, "%zu", i);
	}
	cr_expect_eq(d_group("Stor"), ERR_REFUSED);
	cr_expect_eq(d_group("seniorer"), 0);
	cr_expect_eq(d_group("seniorer"), ERR_REFUSED);
	cr_expect_str_eq(q.r.say->code, "group.there");
}

static int del_group_in(struct store_txn *txn, void *arg)
{
	return mdm_group_del(house.m, txn, &q.who, arg, q.now, &q.r);
}

Test(desired, a_group_is_removed_with_what_it_gave)
{
	group_with_us();
	d_put(GROUP(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	d_tend();
	q_obey();
	cr_assert_eq(q_write(del_group_in, (void *)(uintptr_t) "seniorer"), 0);
	d_tend();
	cr_assert_str_eq(q_poll(), "RemoveProfile");
	q_ack(q_next_uuid());
	cr_expect_eq(d_list().n, 0);
	cr_assert_eq(q_write(del_group_in, (void *)(uintptr_t) "all"), ERR_REFUSED);
}

Test(desired, asked_again_by_a_person)
{
	d_put(OWN(MDM_ITEM_SETTING, "accessibility", "{\"text_size\":10}"));
	q_obey();
	cr_assert_eq(q_write(again_in, NULL), 0);
	cr_expect_eq(q_line().n, 3, "the setting, and two questions");
	q_obey();
}

static int move_in(struct store_txn *txn, void *arg)
{
	return mdm_desired_move(house.m, txn, &q.who, "OLD", Q_SERIAL, q.now, &q.r);
}

Test(desired, a_swap_takes_everything_along)
{
	cr_assert_eq(d_group("seniorer"), 0);
	cr_assert_eq(d_member("seniorer", "OLD", true), 0);
	cr_assert_eq(d_put(d_item(MDM_OF_IPAD, "OLD", MDM_ITEM_SETTING, "accessibility",
			     "{\"text_size\":10}")),
		0);
	d_put(GROUP(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	cr_assert_eq(q_write(move_in, NULL), 0);
	d_tend();
	cr_expect_eq(q_line().n, 2);
	cr_expect_eq(d_state(MDM_ITEM_SETTING, "accessibility"), MDM_APPLIED_SENT);
}

Test(desired, passwords_lie_sealed)
{
	AUTO(buf) struct buf raw = BUF_INIT(1 << 20);

	(void)raw;
	d_put(OWN(MDM_ITEM_PROFILE, "wifi", D_WIFI));
	cr_expect_eq(q_line().c[0].sealed, true);
}
