/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"
#include "tests/unit/web/office.h"

#include "base/day.h"
#include "base/file.h"
#include "base/metric.h"
#include "base/text.h"

#define DAY INT64_C(86400)

static void open_office(void)
{
	office_open(&(struct web_options){0});
}

TestSuite(lifeguard, .init = open_office, .fini = office_close);

static const struct web_deadline *find(const struct web_deadline *list, size_t n, enum web_end what)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i].what == what)
			return &list[i];
	}
	return NULL;
}

static void get(int64_t now, struct web_deadline **ret, size_t *ret_n)
{
	cr_assert_eq(web_deadlines_get(office.w, house.a, now, ret, ret_n), 0);
	for (size_t i = 1; i < *ret_n; i++)
		cr_expect_leq((*ret)[i - 1].at, (*ret)[i].at, "soonest first");
}

Test(lifeguard, knows_each_date_and_how_many_it_silences)
{
	const char *path = arena_printf(house.a, "%s/tls.crt", house.dir);
	const char *cert, *key;
	struct web_deadline *list;
	const struct web_deadline *d;
	size_t n;

	cr_assert_eq(cert_server_make(house.certs, (const char *const[]){"localhost", NULL}, 825,
			     house.a, &cert, &key),
		0);
	cr_assert_eq(file_write(path, bytes_of_str(cert), 0600), 0);
	office.w->o.certs_of[0] = (struct web_listener_cert){"device", path};
	office.w->o.certs_of[1] = (struct web_listener_cert){"staff", "/no/such/file"};
	IPADS_IDENTITY(1, .life_s = 100 * DAY);
	IPADS_IDENTITY(2, .life_s = 101 * DAY);
	IPADS_IDENTITY(3, .life_s = 200 * DAY);
	IPADS_IDENTITY(4, .life_s = 50 * DAY);
	ipads_enrol(1, "U-1", "S1");
	ipads_enrol(2, "U-2", "S2");
	ipads_enrol(3, "U-3", "S3");
	get(HOUSE_NOW, &list, &n);
	d = find(list, n, WEB_END_PUSH);
	cr_assert_not_null(d);
	cr_expect_eq(d->at, HOUSE_NOW + 365 * DAY);
	cr_expect_eq(d->ipads, 3);
	d = find(list, n, WEB_END_IDENTITIES);
	cr_assert_not_null(d);
	cr_expect_eq(d->ipads, 2, "%s: one that no iPad speaks with silences nobody", d->name);
	cr_assert_eq(d->serial_count, 2);
	cr_expect_str_eq(d->serials[0], "S1");
	cr_expect_not_null(find(list, n, WEB_END_CA));
	cr_expect_not_null(find(list, n, WEB_END_SIGNER));
	d = find(list, n, WEB_END_TLS);
	cr_assert_not_null(d);
	cr_expect_str_eq(d->name, "device");
	cr_expect_eq(d->ipads, 3);
	cr_expect_null(find(list, n, WEB_END_PUSH_STOP));
}

Test(lifeguard, its_document_begins_with_a_sentence)
{
	struct doc *d = doc_new(house.a);
	AUTO(buf) struct buf metrics = BUF_INIT(1 << 20);
	struct web_deadline *list;
	size_t n;

	get(HOUSE_NOW, &list, &n);
	web_lifeguard_doc(house.a, list, n, SAY_EN, HOUSE_NOW, d);
	cr_expect_str_eq(doc_str(d, "light"), "green");
	cr_expect_not_null(strstr(doc_str(d, "text"), "No date threatens"));
	get(HOUSE_NOW + 360 * DAY, &list, &n);
	d = doc_new(house.a);
	web_lifeguard_doc(house.a, list, n, SAY_EN, HOUSE_NOW + 360 * DAY, d);
	cr_expect_str_eq(doc_str(d, "light"), "red");
	cr_expect_not_null(strstr(doc_str(d, "text"), "push"), "%s", doc_str(d, "text"));
	cr_expect_str_eq(
		doc_str(doc_list_object(doc_list(d, "deadlines"), 0), "what"), "push_certificate");
	web_lifeguard_measure(office.w, HOUSE_NOW + 360 * DAY);
	metric_format(&metrics);
	cr_expect_not_null(strstr(buf_str(&metrics),
				   "hylla_deadline_seconds{what=\"push_certificate\"} 432000"),
		"%s", buf_str(&metrics));
}

/* --- five years, by month --- */

static const struct audit_who anna = {.actor = "anna", .via = "cli"};

static void import(const char *csv)
{
	struct inv_import_report r = {0};
	struct inv *inv;

	cr_assert_eq(inv_open(house.st, NULL, &inv), 0);
	cr_assert_eq(inv_import_csv(inv, &anna, bytes_of_str(csv), false, false, SAY_EN,
			     HOUSE_NOW, house.a, &r),
		0);
	inv_close(inv);
}

static const struct web_deadline *named(
	const struct web_deadline *list, size_t n, enum web_end what, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i].what == what && text_equal(list[i].name, name))
			return &list[i];
	}
	return NULL;
}

static size_t count(const struct web_deadline *list, size_t n, enum web_end what)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += list[i].what == what;
	return sum;
}

Test(lifeguard, leases_end_by_month_for_iPads_that_are_here)
{
	struct web_deadline *list;
	const struct web_deadline *d;
	size_t n;

	IPADS_IDENTITY(1);
	IPADS_IDENTITY(2);
	IPADS_IDENTITY(3);
	IPADS_IDENTITY(4);
	ipads_enrol(1, "U-1", "DMPX1");
	ipads_enrol(2, "U-2", "DMPX2");
	ipads_enrol(3, "U-3", "DMPX3");
	ipads_enrol(4, "U-4", "DMPX4");
	import("serial,lease,lease_end\nDMPX1,L-1,2029-03-14\nDMPX2,L-1,2029-03-30\n"
	       "DMPX3,L-2,2020-01-31\nDMPX4,L-2,2021-02-28\nDMPX5,L-2,2020-01-01\n");
	get(HOUSE_NOW, &list, &n);
	cr_expect_eq(count(list, n, WEB_END_LEASES), 2);
	d = named(list, n, WEB_END_LEASES, "2029-03");
	cr_assert_not_null(d);
	cr_expect_eq(d->ipads, 2);
	cr_expect_eq(d->serial_count, 2);
	cr_expect_str_eq(d->serials[0], "DMPX1");
	cr_expect_eq(web_light_decide(d, HOUSE_NOW), WEB_GREEN);
	cr_expect_not_null(strstr(web_deadline_sentence(house.a, d, SAY_EN, HOUSE_NOW),
		"14 March 2029 2 iPads are to go back"));
	d = named(list, n, WEB_END_LEASES, "");
	cr_assert_not_null(d, "what is past is told as one");
	cr_expect_eq(d->ipads, 2, "one that never came is none of them");
	cr_expect_eq(web_light_decide(d, HOUSE_NOW), WEB_OVER);
}

Test(lifeguard, looks_five_years_ahead_past_a_page_of_its_walk)
{
	AUTO(buf) struct buf csv = BUF_INIT(1 << 16);
	struct web_deadline *list;
	size_t n, ipads = 0;

	IPADS_IDENTITY(1, .life_s = 1700 * DAY);
	IPADS_IDENTITY(2, .life_s = 1701 * DAY);
	ipads_enrol(1, "U-1", "ZZ1");
	ipads_enrol(2, "U-2", "ZZ2");
	buf_add_str(&csv, "serial,lease,lease_end\n");
	for (int i = 0; i < 600; i++)
		buf_printf(&csv, "AA%03d,L-1,%04d-%02d-01\n", i, 2027 + i / 120, 1 + i % 12);
	buf_add_str(&csv, "ZZ1,L-1,2030-10-01\nZZ2,L-1,2040-01-01\n");
	import(buf_str(&csv));
	get(HOUSE_NOW, &list, &n);
	for (size_t i = 0; i < n; i++)
		ipads += list[i].what == WEB_END_IDENTITIES ? list[i].ipads : 0;
	cr_expect_eq(ipads, 2);
	cr_expect_eq(count(list, n, WEB_END_LEASES), 1, "the other is beyond the five years");
	cr_assert_not_null(named(list, n, WEB_END_LEASES, "2030-10"));
	cr_expect_eq(named(list, n, WEB_END_LEASES, "2030-10")->ipads, 1);
}

/* --- device assignment --- */

static int ade_in(struct store_txn *txn, void *arg)
{
	return ade_state_put(txn, arg);
}

Test(lifeguard, tells_of_the_token_and_of_terms_that_nobody_signed)
{
	struct mdm_ade_state s = {.has_token = true,
		.token_expires_at = HOUSE_NOW + 6 * DAY,
		.trouble = "T_C_NOT_SIGNED",
		.trouble_at = HOUSE_NOW - 2 * DAY};
	AUTO(buf) struct buf metrics = BUF_INIT(1 << 20);
	struct web_deadline *list;
	const struct web_deadline *d;
	size_t n;

	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	get(HOUSE_NOW, &list, &n);
	d = find(list, n, WEB_END_TERMS);
	cr_assert_not_null(d);
	cr_expect_eq(web_light_decide(d, HOUSE_NOW), WEB_OVER);
	d = find(list, n, WEB_END_ADE);
	cr_assert_not_null(d);
	cr_expect_eq(web_light_decide(d, HOUSE_NOW), WEB_RED);
	web_lifeguard_measure(office.w, HOUSE_NOW);
	metric_format(&metrics);
	cr_expect_not_null(
		strstr(buf_str(&metrics), "hylla_deadline_seconds{what=\"ade_token\"} 518400"));
	cr_expect_not_null(strstr(buf_str(&metrics), "hylla_deadline_seconds{what=\"terms\"} 0"));
}

static const char *measured(struct buf *b)
{
	buf_reset(b);
	web_lifeguard_measure(office.w, HOUSE_NOW);
	metric_format(b);
	return buf_str(b);
}

Test(lifeguard, a_figure_rises_again_when_what_it_told_of_has_gone)
{
	struct mdm_ade_state s = {.has_token = true,
		.token_expires_at = HOUSE_NOW + 300 * DAY,
		.trouble = "T_C_NOT_SIGNED",
		.trouble_at = HOUSE_NOW - 2 * DAY};
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);

	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	cr_expect_not_null(strstr(measured(&b), "{what=\"terms\"} 0\n"));
	cr_expect_null(strstr(buf_str(&b), "ade_refused"), "never told");
	s.trouble = "token_rejected";
	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	cr_expect_not_null(strstr(measured(&b), "{what=\"ade_refused\"} 0\n"));
	cr_expect_not_null(strstr(buf_str(&b), "{what=\"terms\"} 158112000\n"));
	s.trouble = NULL;
	s.trouble_at = 0;
	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	cr_expect_not_null(strstr(measured(&b), "{what=\"ade_refused\"} 158112000\n"));
	cr_expect_not_null(strstr(buf_str(&b), "{what=\"terms\"} 158112000\n"));
}

Test(lifeguard, whatever_makes_device_assignment_stand_still_is_told_once_it_lasts)
{
	struct mdm_ade_state s = {.has_token = true,
		.token_expires_at = HOUSE_NOW + 300 * DAY,
		.trouble = "NET_TIMEOUT",
		.trouble_at = HOUSE_NOW - 60,
		.failing_at = HOUSE_NOW - DAY / 2};
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);

	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	cr_expect_null(strstr(measured(&b), "{what=\"ade_still\"} 0\n"), "half a day may pass");
	s.failing_at = HOUSE_NOW - 2 * DAY;
	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	cr_expect_not_null(strstr(measured(&b), "{what=\"ade_still\"} 0\n"));
	s = (struct mdm_ade_state){.has_token = true,
		.trouble = "OTHER_SERVER",
		.trouble_of = MDM_ADE_PERSONS,
		.failing_at = HOUSE_NOW - 60};
	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	cr_expect_not_null(strstr(measured(&b), "{what=\"ade_still\"} 0\n"), "at once");
	s.trouble = "token_rejected"; /* has a row of its own */
	cr_assert_eq(store_write(house.st, ade_in, &s), 0);
	cr_expect_not_null(strstr(measured(&b), "{what=\"ade_still\"} 158112000\n"));
}

/* --- counted, against a look at each of them --- */

#define IPADS 8
#define STEPS 400

static uint32_t dice = 20262;
static uint32_t identities; /* issued so far */
static struct fake_ipad {
	const char *serial, *udid;
	uint32_t identity;
	unsigned boards; /* how many UDIDs it has had */
} fakes[IPADS];

static uint32_t roll(uint32_t sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 16) % sides;
}

static struct cert_identity identity_named(uint32_t n)
{
	struct cert_identity id = {.issued_at = ipads_now, .not_before = ipads_now - 600};

	memcpy(id.fingerprint, &n, sizeof(n));
	memcpy(id.serial, &n, sizeof(n));
	id.fingerprint[31] = id.serial[9] = 1;
	return id;
}

static int identity_in(struct store_txn *txn, void *arg)
{
	return cert_identity_adopt(txn, arg);
}

/* Between a day and seven years. */
static uint32_t identity_issue(uint32_t purpose, const char *udid, const char *serial)
{
	struct cert_identity id = identity_named(++identities);

	id.purpose = purpose;
	id.udid = udid;
	id.device_serial = serial;
	id.not_after = ipads_now + (1 + (int64_t)roll(2555)) * DAY + roll(86400);
	cr_assert_eq(store_write(house.st, identity_in, &id), 0);
	return identities;
}

static unsigned yes[MDM_CHECKIN_CHECK_OUT + 1];

/* A refusal is as good as a yes here: what counts is that the counts follow. */
static void say(uint32_t identity, struct mdm_checkin c)
{
	const struct cert_identity id = identity_named(identity);
	struct mdm_caller who = {.now = ipads_now};

	memcpy(who.peer.fingerprint, id.fingerprint, sizeof(id.fingerprint));
	if (mdm_checkin_apply(house.m, &who, &c, house.a, &ipads_answer) == 0)
		yes[c.kind]++;
}

static void lease_change(const struct fake_ipad *f)
{
	static const char *const ends[] = {"", "2020-01-31", "2026-11-30", "2027-12-31",
		"2028-01-01", "2028-01-31", "2029-02-28", "2030-05-17", "2045-01-01"};

	import(arena_printf(house.a, "serial,lease,lease_end\n%s,L-1,%s\n", f->serial,
		ends[roll(sizeof(ends) / sizeof(ends[0]))]));
}

static const char *step(void)
{
	struct fake_ipad *f = &fakes[roll(IPADS)];

	switch (roll(9)) {
	case 0:
	case 1:
		f->identity = identity_issue(CERT_FOR_ENROLMENT, NULL, f->serial);
		say(f->identity, ipads_authenticate(f->udid, f->serial));
		say(f->identity, ipads_token(f->udid, "token"));
		return "an enrolment";
	case 2:
		f->identity = identity_issue(CERT_FOR_ENROLMENT, NULL, f->serial);
		say(f->identity, ipads_authenticate(f->udid, f->serial));
		return "half an enrolment";
	case 3:
		say(f->identity, ipads_token(f->udid, "another"));
		return "a token";
	case 4:
		f->identity = identity_issue(CERT_FOR_RENEWAL, f->udid, f->serial);
		say(f->identity, ipads_token(f->udid, "renewed"));
		return "a renewal";
	case 5:
		say(f->identity, ipads_other(MDM_CHECKIN_CHECK_OUT, f->udid));
		return "a goodbye";
	case 6:
		f->udid = arena_printf(house.a, "U-%s-%u", f->serial, ++f->boards);
		return "another board";
	case 7:
		ipads_now += (int64_t)roll(40) * DAY;
		return "time";
	default:
		lease_change(f);
		return "a lease";
	}
}

/* What the page should show, by looking at everything. */
struct slow {
	struct web_deadline list[200];
	size_t n;
};

static void slow_count(struct slow *s, enum web_end what, int64_t at, int64_t past)
{
	const char *name = "";
	struct web_deadline *d = NULL;
	struct day_date date;

	if (at == 0 || at >= ipads_now + 5 * 366 * DAY)
		return;
	day_to_date(day_of_time(at), &date);
	if (at >= past)
		name = arena_printf(house.a, "%04d-%02d", date.year, date.month);
	for (size_t i = 0; i < s->n; i++) {
		if (s->list[i].what == what && text_equal(s->list[i].name, name))
			d = &s->list[i];
	}
	if (!d) {
		d = &s->list[s->n++];
		*d = (struct web_deadline){.what = what, .name = name, .at = at};
	}
	d->at = at < d->at ? at : d->at;
	d->ipads++;
}

static int64_t a_year_ago(void)
{
	struct day_date d;

	day_to_date(day_of_time(ipads_now), &d);
	return day_start(day_add_months(day_from_date(d.year, d.month, 1), -11));
}

static int slow_in(struct store_txn *txn, void *arg)
{
	struct slow *s = arg;
	struct cert_identity *ids;
	struct mdm_enrollment e;
	struct inv_unit *units;
	size_t n;
	int err = cert_identity_expiring(txn, house.a, INT64_MAX, NULL, 1000, &ids, &n);

	for (size_t i = 0; err == 0 && i < n; i++) {
		if (ids[i].udid && mdm_enrollment_get(txn, house.a, ids[i].udid, &e) == 0 &&
			e.state == MDM_ENROLLED &&
			memcmp(e.identity, ids[i].fingerprint, CERT_FINGERPRINT) == 0)
			slow_count(s, WEB_END_IDENTITIES, ids[i].not_after, a_year_ago());
	}
	if (err == 0)
		err = inv_unit_list(txn, house.a, &(struct inv_list_ask){.most = 100}, &units, &n);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (units[i].enrolled)
			slow_count(s, WEB_END_LEASES, units[i].lease_ends_at,
				day_start(day_of_time(ipads_now) + 1));
	}
	return err;
}

static int checks_in(struct store_txn *txn, void *arg)
{
	int err = mdm_check(txn, ipads_fault, arg);

	return err ? err : inv_check(txn, ipads_fault, arg);
}

static size_t compare(const char *after)
{
	struct slow s = {0};
	struct web_deadline *list;
	size_t n;

	cr_assert_eq(store_read(house.st, slow_in, &s), 0);
	get(ipads_now, &list, &n);
	cr_assert_eq(count(list, n, WEB_END_IDENTITIES) + count(list, n, WEB_END_LEASES), s.n,
		"after %s", after);
	for (size_t i = 0; i < s.n; i++) {
		const struct web_deadline *d = named(list, n, s.list[i].what, s.list[i].name);

		cr_assert_not_null(d, "after %s: %s", after, s.list[i].name);
		cr_assert_eq(d->at, s.list[i].at, "after %s: %s", after, d->name);
		cr_assert_eq(d->ipads, s.list[i].ipads, "after %s: %s: %u counted, %u are", after,
			d->name, (unsigned)d->ipads, (unsigned)s.list[i].ipads);
		cr_assert_eq(d->serial_count, d->ipads);
	}
	return s.n;
}

Test(lifeguard, counts_as_if_everybody_were_looked_at)
{
	size_t most = 0;

	cr_assert_eq(mdm_layout_renew(house.m), 0);
	for (size_t i = 0; i < IPADS; i++) {
		fakes[i].serial = arena_printf(house.a, "DMPX%u", (unsigned)i);
		fakes[i].udid = arena_printf(house.a, "U-%u", (unsigned)i);
		lease_change(&fakes[i]);
	}
	for (int i = 0; i < STEPS; i++) {
		const char *after = step();
		size_t n = compare(after);

		most = n > most ? n : most;
		if (i % 20 == 0)
			cr_assert_eq(store_read(house.st, checks_in, NULL), 0);
	}
	cr_expect_gt(most, 8, "many months were met");
	cr_expect_gt(yes[MDM_CHECKIN_AUTHENTICATE], 50);
	cr_expect_gt(yes[MDM_CHECKIN_TOKEN_UPDATE], 50);
	cr_expect_gt(yes[MDM_CHECKIN_CHECK_OUT], 10);
	ipads_now = HOUSE_NOW;
}
