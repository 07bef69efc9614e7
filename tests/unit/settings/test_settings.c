/* SPDX-License-Identifier: EUPL-1.2 */
#include "settings/settings.h"
#include "store_test.h"

#include "base/text.h"

static struct settings *s;
static struct conf *conf;
static const struct audit_who anna = {"anna", "page", 7};

static const struct conf_key keys[] = {
	{"server", "organisation", CONF_STR, "Kommunen", 0, 0, ""},
	{"server", "contact", CONF_STR, "", 0, 0, ""},
	{"server", "language", CONF_STR, "sv", 0, 0, ""},
	{"mailing", "quiet", CONF_STR, "20:00-08:00", 0, 0, ""},
	{"alarm", "to", CONF_LIST, "", 0, 0, ""},
	{"mdm", "allow_apps", CONF_BOOL, "false", 0, 0, ""},
	{"mdm", "reports", CONF_BOOL, "true", 0, 0, ""},
	{"mdm", "challenge_life", CONF_SPAN, "1h", 0, 0, ""},
	{"mdm", "renew_before", CONF_SPAN, "90d", 0, 0, ""},
	{"mdm", "renew_per_hour", CONF_INT, "60", 0, 0, ""},
	{"ade", "sync_every", CONF_SPAN, "30m", 0, 0, ""},
	{"ade", "await_limit", CONF_SPAN, "10m", 0, 0, ""},
	{"ade", "department", CONF_STR, "", 0, 0, ""},
	{"ade", "support_phone", CONF_STR, "", 0, 0, ""},
	{"ade", "support_email", CONF_STR, "", 0, 0, ""},
	{"ade", "minimum_os", CONF_STR, "", 0, 0, ""},
	{0},
};

static void open_all(void)
{
	AUTO(buf) struct buf problem = BUF_INIT(4096);

	test_setup();
	cr_assert_eq(conf_parse(keys, bytes_of_str("[server]\norganisation = Borås\n"), "f",
			     &problem, &conf),
		0);
	cr_assert_eq(settings_open(test_store, conf, &s), 0);
}

static void close_all(void)
{
	settings_close(s);
	conf_free(conf);
	test_teardown();
}

TestSuite(settings, .init = open_all, .fini = close_all);

static int set(enum setting x, const char *value, const char *why)
{
	const struct setting_ask ask = {.x = x, .value = value, .why = why};
	struct refusal r;

	return settings_set(s, &anna, &ask, 1000, &r);
}

Test(settings, the_store_goes_before_the_file_and_the_file_before_the_built_in)
{
	bool in_file;

	cr_assert_str_eq(settings_str(s, SETTING_ORGANISATION), "Borås");
	cr_assert_str_eq(settings_under(s, SETTING_ORGANISATION, &in_file), "Borås");
	cr_assert(in_file);
	cr_assert_eq(settings_int(s, SETTING_RENEW_BEFORE), 90 * 86400);
	cr_assert_str_eq(settings_under(s, SETTING_RENEW_BEFORE, &in_file), "90d");
	cr_assert(!in_file);
	cr_assert_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 730);
	cr_assert_eq(set(SETTING_ORGANISATION, "Borås Stad", "rätt namn"), 0);
	cr_assert_eq(set(SETTING_RENEW_BEFORE, "30", "senare"), 0);
	cr_assert_eq(set(SETTING_ALARM_TO, "a@b.se  c@d.se", "jouren"), 0);
	cr_assert_eq(set(SETTING_REPORTS, "no", "inte än"), 0);
	cr_assert_str_eq(settings_str(s, SETTING_ORGANISATION), "Borås Stad");
	cr_assert_eq(settings_int(s, SETTING_RENEW_BEFORE), 30 * 86400);
	cr_assert_str_eq(settings_list(s, SETTING_ALARM_TO)[1], "c@d.se");
	cr_assert_null(settings_list(s, SETTING_ALARM_TO)[2]);
	cr_assert(!settings_bool(s, SETTING_REPORTS));
	cr_assert_eq(set(SETTING_ORGANISATION, NULL, "filen får gälla"), 0);
	cr_assert_str_eq(settings_str(s, SETTING_ORGANISATION), "Borås");
}

Test(settings, what_was_read_stays_good_and_a_mark_tells_of_the_next)
{
	const char *before = settings_str(s, SETTING_CONTACT);
	unsigned mark = settings_mark(s);

	cr_assert_eq(set(SETTING_CONTACT, "033-35 70 00", "växeln"), 0);
	cr_assert_str_eq(before, "");
	cr_assert_neq(settings_mark(s), mark);
	mark = settings_mark(s);
	cr_assert_eq(settings_refresh(s), 0);
	cr_assert_eq(settings_mark(s), mark);
}

Test(settings, another_process_change_is_taken_up)
{
	const struct setting_ask ask = {.x = SETTING_CONTACT, .value = "010", .why = "ny"};
	struct settings *other;
	struct refusal r;

	cr_assert_eq(settings_open(test_store, conf, &other), 0);
	cr_assert_eq(settings_set(other, &anna, &ask, 1000, &r), 0);
	cr_assert_str_eq(settings_str(s, SETTING_CONTACT), "");
	cr_assert_eq(settings_refresh(s), 0);
	cr_assert_str_eq(settings_str(s, SETTING_CONTACT), "010");
	settings_close(other);
}

Test(settings, two_who_looked_at_what_nobody_had_changed_are_told_of_each_other)
{
	const struct setting_ask one = {
		.x = SETTING_CONTACT, .value = "1", .why = "x", .seen = 0, .looked = true};
	struct setting_ask other = one;
	struct refusal r;

	cr_assert_eq(settings_set(s, &anna, &one, 1000, &r), 0);
	other.value = "2";
	cr_expect_eq(settings_set(s, &anna, &other, 1000, &r), ERR_CONFLICT);
	cr_expect_str_eq(settings_str(s, SETTING_CONTACT), "1");
	other.seen = 1;
	cr_expect_eq(settings_set(s, &anna, &other, 1000, &r), 0);
}

Test(settings, refusals_leave_all_as_it_was)
{
	const struct setting_ask old = {
		.x = SETTING_CONTACT, .value = "2", .why = "x", .seen = 9};
	struct refusal r;

	cr_assert_eq(set(SETTING_QUIET, "när som helst", "x"), ERR_REFUSED);
	cr_assert_eq(set(SETTING_QUIET, "21:00-07:00", ""), ERR_REFUSED);
	cr_assert_eq(set(SETTING_QUIET, "21:00-07:00", NULL), ERR_REFUSED);
	cr_assert_eq(set(SETTING_QUIET, NULL, "redan så"), ERR_REFUSED);
	cr_assert_eq(settings_set(s, &anna, &old, 1000, &r), ERR_CONFLICT);
	cr_assert_str_eq(settings_str(s, SETTING_QUIET), "20:00-08:00");
	cr_assert_eq(set(SETTING_QUIET, "21:00-07:00", "senare"), 0);
	cr_assert_eq(set(SETTING_QUIET, "21:00-07:00", "igen"), ERR_REFUSED);
}

static struct setting_change *past;
static size_t past_n;
static int past_in(struct store_txn *txn, void *arg)
{
	return setting_history(txn, arg, SETTING_CONTACT, 10, &past, &past_n);
}

static int audit_in(struct store_txn *txn, void *arg)
{
	struct audit_record *list;
	size_t n;
	int err = audit_list(txn, "setting:server.contact", STORE_PIECE_N(arg, 0, 10), &list, &n);

	cr_assert_eq(err, 0);
	cr_assert_eq(n, 3);
	cr_assert_str_eq(list[0].act, "setting.change");
	cr_assert_str_eq(list[0].actor, "anna");
	cr_assert_not_null(strstr(list[0].detail, "\"undoes\":1"));
	return 0;
}

Test(settings, history_and_taking_back)
{
	AUTO(arena) struct arena *a = arena_new();
	struct refusal r;

	cr_assert_eq(set(SETTING_CONTACT, "1", "första"), 0);
	cr_assert_eq(set(SETTING_CONTACT, "2", "andra"), 0);
	cr_assert_eq(settings_undo(s, &anna, SETTING_CONTACT, 3, "x", 1000, &r), ERR_NOTFOUND);
	cr_assert_eq(settings_undo(s, &anna, SETTING_CONTACT, 1, "båda fel", 1000, &r), 0);
	cr_assert_str_eq(settings_str(s, SETTING_CONTACT), "");
	cr_assert_eq(store_read(test_store, past_in, a), 0);
	cr_assert_eq(past_n, 3);
	cr_assert_eq(past[0].undoes, 1);
	cr_assert(!past[0].is_kept && past[0].was_kept);
	cr_assert_str_eq(past[0].old, "2");
	cr_assert_str_eq(past[1].why, "andra");
	cr_assert_str_eq(past[1].old, "1");
	cr_assert_str_eq(past[2].by, "anna");
	cr_assert_eq(past[2].number, 1);
	cr_assert_eq(store_read(test_store, audit_in, a), 0);
	cr_assert_eq(settings_undo(s, &anna, SETTING_CONTACT, 1, "igen", 1000, &r), ERR_REFUSED);
	cr_assert_eq(settings_undo(s, &anna, SETTING_CONTACT, 3, "ändå", 1000, &r), 0);
	cr_assert_str_eq(settings_str(s, SETTING_CONTACT), "2");
}

/* --- what a lower number destroys waits --- */

static int set_at(const char *days, int64_t now)
{
	const struct setting_ask ask = {.x = SETTING_AGREEMENT_DAYS, .value = days, .why = "beslut"};
	struct refusal r;

	return settings_set(s, &anna, &ask, now, &r);
}

static size_t faults;
static void fault(void *arg, const char *what)
{
	(void)arg;
	(void)what;
	faults++;
}

static int check_in(struct store_txn *txn, void *arg)
{
	(void)arg;
	return setting_check(txn, fault, NULL);
}

static size_t checked(void)
{
	faults = 0;
	cr_assert_eq(store_read(test_store, check_in, NULL), 0);
	return faults;
}

Test(settings, a_shorter_time_waits_for_a_week)
{
	cr_assert_eq(set_at("365", 1000), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 730);
	cr_expect_eq(checked(), 0);
	cr_assert_eq(settings_tend(s, 1000 + SETTING_WAIT_S - 1), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 730);
	cr_assert_eq(settings_tend(s, 1000 + SETTING_WAIT_S), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 365);
	/* a longer one counts at once */
	cr_assert_eq(set_at("800", 5000), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 800);
	/* and the built-in number, which is lower, waits too */
	cr_expect(settings_must_wait(s, SETTING_AGREEMENT_DAYS, NULL));
	cr_assert_eq(set_at(NULL, 6000), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 800);
	cr_expect_eq(checked(), 0);
}

Test(settings, what_waits_is_taken_back)
{
	struct refusal r;

	cr_assert_eq(set_at("365", 1000), 0);
	cr_assert_eq(settings_undo(s, &anna, SETTING_AGREEMENT_DAYS, 1, "fel", 2000, &r), 0);
	cr_assert_eq(settings_tend(s, 1000 + SETTING_WAIT_S), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 730);
	/* so does a longer one that comes in between, and another shorter one begins anew */
	cr_assert_eq(set_at("365", 1000), 0);
	cr_assert_eq(set_at("900", 2000), 0);
	cr_assert_eq(settings_tend(s, 1000 + SETTING_WAIT_S), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 900);
	cr_assert_eq(set_at("365", 1000), 0);
	cr_assert_eq(set_at("400", 9000), 0);
	cr_assert_eq(settings_tend(s, 1000 + SETTING_WAIT_S), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 900);
	cr_assert_eq(settings_tend(s, 9000 + SETTING_WAIT_S), 0);
	cr_expect_eq(settings_int(s, SETTING_AGREEMENT_DAYS), 400);
	cr_expect_eq(checked(), 0);
}

static int spoil_in(struct store_txn *txn, void *arg)
{
	const char *contact = "server.contact";
	struct store_key value = store_key("s", contact), first = store_key("su", contact, 1),
			 fourth = store_key("su", contact, 4);
	struct bytes v;
	int err = 0;

	switch (*(int *)arg) {
	case 0:
		return store_del(txn, SETTING_VALUE, &value);
	case 1:
		return store_del(txn, SETTING_PAST, &first);
	case 2: /* an older value, as if it were the newest */
		err = store_get(txn, SETTING_PAST, &first, &v);
		return err ? err : store_put(txn, SETTING_VALUE, &value, v);
	default:
		err = store_get(txn, SETTING_VALUE, &value, &v);
		return err ? err : store_put(txn, SETTING_PAST, &fourth, v);
	}
}

Test(settings, check_holds_values_against_their_changes)
{
	for (int i = 0; i < 4; i++) {
		cr_assert_eq(set(SETTING_CONTACT, "1", "ett"), 0);
		cr_assert_eq(set(SETTING_CONTACT, "2", "två"), 0);
		cr_expect_eq(checked(), 0);
		cr_assert_eq(store_write(test_store, spoil_in, &i), 0, "%d", i);
		cr_expect_gt(checked(), 0, "%d", i);
		close_all();
		open_all();
	}
}
