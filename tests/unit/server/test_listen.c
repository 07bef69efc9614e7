/* SPDX-License-Identifier: EUPL-1.2 */
/* Which doors a configuration opens. */
#include "server/listen.h"

#include "base/file.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define LISTEN(device, staff, public)                             \
	"[device]\nlisten = " device "\n[staff]\nlisten = " staff \
	"\n[public]\nlisten = " public "\n"

static int plan(const char *ini, struct house *h, struct listen_plan *ret)
{
	AUTO(buf) struct buf problem = BUF_INIT(65536);

	*h = (struct house){.dir = "/srv/hylla", .arena = arena_new()};
	cr_assert_eq(conf_parse(house_conf_keys, bytes_of_str(ini), "test", &problem, &h->conf), 0,
		"%s", buf_str(&problem));
	return listen_plan(h, ret);
}

static void drop(struct house *h)
{
	conf_free(h->conf);
	arena_free(h->arena);
}

Test(listen, same_addresses_become_one_listener)
{
	static const struct {
		const char *ini;
		size_t count;
		unsigned sides[LISTEN_MOST];
	} cases[] = {
		{"", 3, {HTTP_DEVICE_SIDE, HTTP_STAFF_SIDE, HTTP_PUBLIC_SIDE}},
		{LISTEN("[::]:443", "[::]:443", "[::]:443"), 1,
			{HTTP_DEVICE_SIDE | HTTP_STAFF_SIDE | HTTP_PUBLIC_SIDE}},
		{LISTEN("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:1"), 2,
			{HTTP_DEVICE_SIDE | HTTP_PUBLIC_SIDE, HTTP_STAFF_SIDE}},
		{LISTEN("127.0.0.1:1", "", ""), 1, {HTTP_DEVICE_SIDE}},
		{LISTEN("", "127.0.0.1:2", ""), 1, {HTTP_STAFF_SIDE}},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct listen_plan p;
		struct house h;

		cr_assert_eq(plan(cases[i].ini, &h, &p), 0, "case %zu", i);
		cr_assert_eq(p.count, cases[i].count, "case %zu: %zu", i, p.count);
		for (size_t k = 0; k < p.count; k++)
			cr_expect_eq(p.listeners[k].sides, cases[i].sides[k], "case %zu", i);
		drop(&h);
	}
}

Test(listen, no_door_at_all_is_refused)
{
	struct listen_plan p = {.count = 77};
	struct house h;

	cr_expect_eq(plan(LISTEN("", "", ""), &h, &p), ERR_BADINPUT);
	cr_expect_eq(p.count, 77, "untouched on failure");
	drop(&h);
}

Test(listen, files_are_found_beside_the_store_and_empty_means_plain)
{
	struct listen_plan p;
	struct house h;

	cr_assert_eq(
		plan("[device]\ntls_cert = /etc/x.pem\n[staff]\ntls_cert =\ntls_key =\n", &h, &p),
		0);
	cr_expect_str_eq(p.listeners[0].tls_cert_path, "/etc/x.pem");
	cr_expect_str_eq(p.listeners[0].tls_key_path, "/srv/hylla/tls.key");
	cr_expect_null(p.listeners[1].tls_cert_path);
	cr_expect_null(p.listeners[0].cert_header, "nobody is believed unless asked for");
	cr_expect_eq(p.listeners[0].fd, -1);
	drop(&h);
}

/* A header that names an iPad's certificate has no business on the other doors. */
Test(listen, only_the_ipads_door_takes_a_certificate_header)
{
	struct listen_plan p;
	struct house h;

	cr_assert_eq(plan("[device]\nclient_cert_header = Client-Cert\n", &h, &p), 0);
	cr_expect_str_eq(p.listeners[0].cert_header, "Client-Cert");
	for (size_t i = 1; i < p.count; i++)
		cr_expect_null(p.listeners[i].cert_header);
	drop(&h);
}

Test(listen, certificates_that_are_not_there_never_changed)
{
	struct listen_plan p;
	struct house h;

	cr_assert_eq(plan("", &h, &p), 0);
	cr_expect_neq(listen_tls_mark(&p), 0);
	cr_expect_eq(listen_tls_mark(&p), listen_tls_mark(&p));
	drop(&h);
}

static void put_file(const char *path, const char *text)
{
	cr_assert_eq(file_write(path, bytes_of_str(text), 0600), 0);
}

/* What matters is that a file is another, not that it is newer. */
Test(listen, another_certificate_is_noticed_also_when_it_is_older)
{
	static const struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	const char *cert = "test_listen.crt", *aside = "test_listen.aside";
	struct listen_plan p;
	struct house h;
	uint64_t first, second;

	cr_assert_eq(plan("", &h, &p), 0);
	put_file(cert, "one");
	put_file(aside, "two");
	cr_assert_eq(utimensat(AT_FDCWD, aside, old, 0), 0);
	p.listeners[0].tls_cert_path = "/proc/self/exe"; /* newer than both */
	p.listeners[1].tls_cert_path = cert;
	first = listen_tls_mark(&p);
	cr_assert_eq(rename(aside, cert), 0);
	second = listen_tls_mark(&p);
	cr_expect_neq(second, first);
	cr_assert_eq(unlink(cert), 0);
	cr_expect_neq(listen_tls_mark(&p), second, "gone");
	drop(&h);
}

Test(listen, whoever_shares_an_address_shares_its_settings)
{
	static const struct {
		const char *ini;
		int err;
	} cases[] = {
		{"[device]\nlisten = :8443\n[staff]\nlisten = :8443\n", 0},
		{"[device]\nlisten = :8443\ntls_cert = a\ntls_key = b\ntrusted_proxies = ::1\n"
		 "[staff]\nlisten = :8443\n",
			0},
		{"[device]\nlisten = :8443\ntls_cert = a\n[staff]\nlisten = :8443\n"
		 "tls_cert = a\n",
			0},
		{"[device]\nlisten = :8443\ntls_cert = a\n[staff]\nlisten = :8443\n"
		 "tls_cert = b\n",
			ERR_BADINPUT},
		{"[device]\nlisten = :8443\ntls_cert = a\n[staff]\nlisten = :8443\n"
		 "tls_cert = tls.crt\n",
			ERR_BADINPUT},
		{"[device]\nlisten = :8443\n[staff]\nlisten = :8443\ntrusted_proxies = ::1\n",
			ERR_BADINPUT},
		{"[staff]\nlisten = :8444\n[public]\nlisten = :8444\nconnections = 9\n",
			ERR_BADINPUT},
		{"[staff]\nlisten = :8444\n[public]\nlisten = :8445\nconnections = 9\n", 0},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct house h;
		struct listen_plan p;

		cr_expect_eq(plan(cases[i].ini, &h, &p), cases[i].err, "case %zu", i);
		drop(&h);
	}
}
