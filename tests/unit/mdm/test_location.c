/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/mdm/queue.h"

TestSuite(location, .init = q_open, .fini = house_close);

struct step {
	const char *actor, *purpose;
};

static int ask_in(struct store_txn *txn, void *arg)
{
	const struct step *s = arg;
	const struct audit_who who = {.actor = s->actor, .via = "api"};

	return mdm_locate_ask(
		house.m, &(struct mdm_act){txn, &who, q.now, &q.r}, Q_SERIAL, s->purpose);
}

static int confirm_in(struct store_txn *txn, void *arg)
{
	const struct step *s = arg;
	const struct audit_who who = {.actor = s->actor, .via = "api"};

	return mdm_locate_confirm(
		house.m, &(struct mdm_act){txn, &who, q.now, &q.r}, Q_SERIAL, q.uuid);
}

/* The refusal's code; NULL when done. */
static const char *ask(const char *actor, const char *purpose)
{
	struct step s = {actor, purpose};
	int err;

	q.r = (struct refusal){0};
	err = q_write(ask_in, &s);
	cr_assert_eq(err, q.r.say ? ERR_REFUSED : 0);
	return q.r.say ? q.r.say->code : NULL;
}

static const char *confirm(const char *actor)
{
	struct step s = {actor, NULL};
	int err;

	q.r = (struct refusal){0};
	err = q_write(confirm_in, &s);
	cr_assert_eq(err, q.r.say ? ERR_REFUSED : 0);
	return q.r.say ? q.r.say->code : NULL;
}

static int get_in(struct store_txn *txn, void *arg)
{
	return mdm_location_get(house.m, txn, house.a, Q_SERIAL, arg);
}

static void lost_on(void)
{
	cr_assert_eq(q_lost(), 0);
	q_poll();
	q_ack(q_next_uuid());
	cr_assert_eq(q_phase(), MDM_LOST_ON);
}

#define PLACE                                                                              \
	"<key>Latitude</key><real>59.8586</real><key>Longitude</key><real>-17.6389</real>" \
	"<key>HorizontalAccuracy</key><real>12.5</real>"                                   \
	"<key>Timestamp</key><string>2026-11-21T09:00:00Z</string>"

Test(location, takes_two_people_and_a_purpose)
{
	struct mdm_location l;

	cr_assert_str_eq(ask("anna", "stulen ur bil"), "locate.lost");
	lost_on();
	cr_assert_str_eq(ask("anna", NULL), "locate.purpose");
	cr_assert_str_eq(ask("anna", "x"), "locate.purpose");
	cr_assert_str_eq(ask("anna", "        "), "locate.purpose");
	cr_assert_str_eq(ask("anna", arena_printf(house.a, "%0201d", 0)), "locate.purpose");
	cr_assert_str_eq(confirm("bo"), "locate.nothing");
	cr_assert_null(ask("anna", "stulen ur bil"));
	cr_assert_eq(q_line().n, 0, "asking alone sends nothing");
	cr_assert_str_eq(ask("bo", "stulen ur bil"), "locate.asked");
	cr_assert(strstr(refusal_text(house.a, SAY_SV, &q.r), "anna"));
	cr_assert_str_eq(confirm("anna"), "locate.same");
	cr_assert_str_eq(confirm("Anna"), "locate.same");
	cr_assert_null(confirm("bo"));
	cr_assert_str_eq(confirm("eva"), "locate.nothing");
	cr_assert_str_eq(ask("anna", "stulen ur bil"), "locate.under-way");
	cr_assert_eq(q_read(get_in, &l), 0);
	cr_assert_str_eq(l.command, q.uuid);
	cr_assert_str_eq(l.confirmed_by, "bo");
	cr_assert_eq(l.located_at, 0);
	q_check();
}

Test(location, the_command_line_and_the_server_are_nobody)
{
	static const char *const actors[] = {
		"cli:root", "server", "Server", "device", "", NULL, "token:x"};

	lost_on();
	for (size_t i = 0; i < sizeof(actors) / sizeof(actors[0]); i++) {
		cr_assert_str_eq(ask(actors[i], "stulen ur bil"), "locate.person");
		cr_assert_str_eq(confirm(actors[i]), "locate.person");
	}
}

Test(location, an_ask_does_not_stand_for_ever)
{
	lost_on();
	ask("anna", "stulen ur bil");
	q.now += MDM_LOCATE_ASK_LIFE_S;
	cr_assert_str_eq(confirm("bo"), "locate.late");
	cr_assert_null(ask("bo", "stulen ur bil"));
	cr_assert_null(confirm("anna"));
}

Test(location, the_answer_is_sealed_and_goes_when_found)
{
	struct mdm_location l;
	const char *uuid;

	lost_on();
	ask("anna", "stulen ur bil");
	confirm("bo");
	uuid = arena_strdup(house.a, q.uuid);
	cr_assert_str_eq(q_poll(), "DeviceLocation");
	q_answer(uuid, "Acknowledged", PLACE);
	cr_assert_eq(q_get(uuid).answer.n, 0, "the raw answer is not kept");
	cr_assert_eq(q_read(get_in, &l), 0);
	cr_assert_float_eq(l.latitude, 59.8586, 1e-6);
	cr_assert_float_eq(l.longitude, -17.6389, 1e-6);
	cr_assert_float_eq(l.accuracy_m, 12.5, 1e-6);
	cr_assert_eq(l.located_at, 1795251600);
	cr_assert_null(l.error);
	/* once more, by two again */
	cr_assert_null(ask("bo", "inte kvar där"));
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_read(get_in, &l), ERR_NOTFOUND);
	q_check();
}

Test(location, a_place_nobody_waits_for_is_not_kept)
{
	struct mdm_location l;
	const char *uuid;

	lost_on();
	ask("anna", "stulen ur bil");
	confirm("bo");
	uuid = arena_strdup(house.a, q.uuid);
	q_poll();
	q_found();
	q_answer(uuid, "Acknowledged", PLACE);
	cr_assert_eq(q_read(get_in, &l), ERR_NOTFOUND);
	cr_assert_not(q_holds(q_get(uuid).answer, "59.8"));
	q_check();
}

Test(location, every_other_end_is_told)
{
	static const struct {
		const char *status, *more, *error;
	} cases[] = {{"Acknowledged", NULL, "unreadable"},
		{"Acknowledged",
			"<key>Latitude</key><real>91</real><key>Longitude</key>"
			"<real>0</real>",
			"unreadable"},
		{"Error",
			"<key>ErrorChain</key><array><dict><key>ErrorCode</key>"
			"<integer>12068</integer></dict></array>",
			"? 12068: ?"},
		{"CommandFormatError", NULL, "unreadable"}};
	struct mdm_location l;

	lost_on();
	for (size_t i = 0; i < 4; i++) {
		cr_assert_null(ask("anna", "stulen ur bil"));
		cr_assert_null(confirm("bo"));
		q_poll();
		q_answer(q.uuid, cases[i].status, cases[i].more);
		cr_assert_eq(q_read(get_in, &l), 0);
		cr_assert_str_eq(l.error, cases[i].error, "case %zu", i);
		cr_assert_eq(l.located_at, 0);
	}
	cr_assert_null(ask("anna", "stulen ur bil"));
	cr_assert_null(confirm("bo"));
	cr_assert_eq(q_cancel(q.uuid), 0);
	cr_assert_eq(q_read(get_in, &l), 0);
	cr_assert_str_eq(l.error, "cancelled");
	cr_assert_null(ask("anna", "stulen ur bil"));
	cr_assert_null(confirm("bo"));
	q.now += 30 * 86400;
	cr_assert_eq(mdm_queue_tend(house.m, q.now), 0);
	cr_assert_eq(q_read(get_in, &l), 0);
	cr_assert_str_eq(l.error, "expired");
}

/* A wreck may hold the place: it lies sealed, and goes with the rest. */
Test(location, a_wreck_is_sealed_and_forgotten)
{
	struct mdm_command c;
	const char *uuid;

	lost_on();
	ask("anna", "stulen ur bil");
	confirm("bo");
	uuid = arena_strdup(house.a, q.uuid);
	q_poll();
	cr_assert_eq(q_send(arena_printf(house.a,
			     "<key>CommandUUID</key><string>%s</string><key>Status</key>"
			     "<string>Acknowledged</string>Latitude 59.8",
			     uuid)),
		0);
	c = q_get(uuid);
	cr_assert(c.sealed && c.answer_unreadable && c.answer.n);
	cr_assert_not(q_holds(c.answer, "59.8"));
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_get(uuid).answer.n, 0);
}

static int write_off_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	return mdm_lost_write_off(txn, Q_SERIAL);
}

Test(location, of_what_was_written_off_is_forgotten_and_not_asked_again)
{
	struct mdm_location l;

	cr_assert_eq(q_write(write_off_in, NULL), 0, "nothing when it is not lost");
	lost_on();
	cr_assert_null(ask("anna", "polisen vill veta"));
	cr_assert_eq(q_read(get_in, &l), 0);
	cr_assert_eq(q_write(write_off_in, NULL), 0);
	cr_assert_eq(q_read(get_in, &l), ERR_NOTFOUND);
	cr_assert_str_eq(ask("anna", "polisen vill veta"), "locate.written-off");
	cr_assert_eq(q_phase(), MDM_LOST_ON, "it stays locked");
	cr_assert_eq(q_found(), 0);
	cr_assert_eq(q_lost(), 0);
	cr_assert_null(ask("anna", "polisen vill veta"), "lost anew");
}
