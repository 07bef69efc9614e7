/* SPDX-License-Identifier: EUPL-1.2 */
#include "mdm/ade_int.h"
#include "tests/unit/web/office.h"

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
	cr_assert_eq(web_deadlines_first(office.w, house.a, HOUSE_NOW, &list, &n), 0);
	cr_expect_eq(count(list, n, WEB_END_LEASES), 1);
	cr_expect_eq(count(list, n, WEB_END_IDENTITIES), 1);
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
	cr_expect_not(named(list, n, WEB_END_LEASES, "2030-10")->more);
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
