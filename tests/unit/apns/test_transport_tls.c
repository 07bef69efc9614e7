/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom we trust is read once, and again when the file is another. */
#include "tests/unit/apns/apns_test.h"

#include "apns/transport_int.h"
#include "base/clock.h"

/* Nobody listens there: what is wrong before that is told first. */
static const char *connect_with(struct place *pl, struct tls_roots *roots)
{
	const struct tls_setup s = {.host = "127.0.0.1",
		.port = 9,
		.roots = roots,
		.cert_pem = pl->pem.client_cert_pem,
		.key_pem = pl->pem.client_key_pem,
		.connect_wait_ms = 1000};
	struct tls *t = tls_new(&s);
	const char *why;
	int err;

	while ((err = tls_connect(t, clock_mono_us())) == ERR_BUSY)
		;
	cr_assert_eq(err, ERR_NET);
	why = tls_why(t);
	tls_free(t);
	return why;
}

Test(transport_tls, roots_are_read_once_and_when_they_changed)
{
	struct place pl;
	struct tls_roots *r;
	const char *fine;

	place_init(&pl);
	place_found(&pl);
	r = tls_roots_new(pl.root);
	cr_expect_eq(tls_roots_reads(r), 0, "not before they are needed");
	fine = connect_with(&pl, r);
	cr_expect_str_neq(fine, "the trusted roots cannot be read");
	for (int i = 0; i < 5; i++)
		connect_with(&pl, r);
	cr_expect_eq(tls_roots_reads(r), 1);
	place_write_root(&pl, "no certificate at all\n");
	cr_expect_str_eq(connect_with(&pl, r), "the trusted roots cannot be read");
	cr_expect_str_eq(connect_with(&pl, r), "the trusted roots cannot be read");
	place_write_root(&pl, pl.pem.ca_pem);
	cr_expect_str_eq(connect_with(&pl, r), fine);
	cr_expect_eq(tls_roots_reads(r), 4);
	connect_with(&pl, r);
	cr_expect_eq(tls_roots_reads(r), 4);
	tls_roots_free(r);
	place_release(&pl);
}

Test(transport_tls, the_systems_are_read_once)
{
	struct tls_roots *r = tls_roots_new(NULL);
	struct place pl;

	place_init(&pl);
	place_found(&pl);
	for (int i = 0; i < 3; i++)
		connect_with(&pl, r);
	cr_expect_eq(tls_roots_reads(r), 1);
	tls_roots_free(r);
	tls_roots_free(NULL);
	place_release(&pl);
}
