/* SPDX-License-Identifier: EUPL-1.2 */
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
