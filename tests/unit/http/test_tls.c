/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "http/server_int.h"
#include "tests/unit/http/client.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define MODERN "NORMAL:-VERS-ALL:+VERS-TLS1.3"
#define TLS12 "NORMAL:-VERS-ALL:+VERS-TLS1.2"
#define HELLO "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"
#define CERT "GET /cert HTTP/1.1\r\nHost: h\r\n\r\n"

static struct test_server t;
static struct test_cert first, second, stranger;
static char cert_path[128], key_path[128];
static struct buf reply = BUF_INIT(8 * 1024 * 1024);

static void begin(void)
{
	log_set_level(LOG_ERROR);
	snprintf(cert_path, sizeof(cert_path), "%s/cert.pem", test_dir());
	snprintf(key_path, sizeof(key_path), "%s/key.pem", test_dir());
	test_cert_make(&first, "first");
	test_cert_make(&second, "second");
	test_cert_make(&stranger, "stranger");
	test_cert_write(&first, cert_path, key_path);
	test_server_init(&t);
	t.listeners[0].tls_cert_path = cert_path;
	t.listeners[0].tls_key_path = key_path;
	t.listeners[1] = t.listeners[0];
	t.listeners[1].name = "staff";
	t.listeners[1].sides = HTTP_STAFF_SIDE;
	t.o.listener_count = 2;
	t.o.header_s = 2;
	test_server_start(&t);
}

static void end(void)
{
	test_server_stop(&t);
	test_cert_release(&first);
	test_cert_release(&second);
	test_cert_release(&stranger);
	test_dir_end();
	buf_release(&reply);
}

TestSuite(tls, .init = begin, .fini = end);

Test(tls, versions)
{
	static const struct {
		const char *priorities;
		bool taken;
	} cases[] = {
		{MODERN, true},
		{TLS12, true},
		{"NORMAL", true},
		{"NORMAL:-VERS-ALL:+VERS-TLS1.1", false},
		{"NORMAL:-VERS-ALL:+VERS-TLS1.0", false},
		{"LEGACY:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:%VERIFY_ALLOW_SIGN_WITH_SHA1", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tls_client c;

		tls_connect(&c, t.port, cases[i].priorities, NULL, NULL);
		cr_expect_eq(c.code == 0, cases[i].taken, "%s", cases[i].priorities);
		if (c.code == 0) {
			tls_send(&c, HELLO HELLO);
			cr_expect_eq(tls_reply(&c, &reply), 200);
		}
		tls_close(&c);
	}
}

/* Asked for, never demanded, never judged here: the handler gets the bytes of whatever came. */
Test(tls, client_certificate)
{
	static const char *const versions[] = {MODERN, TLS12};
	struct tls_client c;

	for (size_t i = 0; i < 2; i++) {
		tls_connect(&c, t.port, versions[i], &stranger, NULL);
		cr_assert_eq(c.code, 0);
		for (int k = 0; k < 2; k++) {
			tls_send(&c, CERT);
			cr_assert_eq(tls_reply(&c, &reply), 200);
			cr_expect_eq(length_of_body(&reply), stranger.der.n);
			cr_expect_arr_eq(reply_body(&reply), stranger.der.p, stranger.der.n);
		}
		tls_close(&c);
		tls_connect(&c, t.port, versions[i], NULL, NULL);
		tls_send(&c, CERT);
		cr_assert_eq(tls_reply(&c, &reply), 200);
		cr_expect_eq(length_of_body(&reply), 0);
		tls_send(&c, "GET /show HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: http\r\n\r\n");
		cr_assert_eq(tls_reply(&c, &reply), 200);
		cr_expect(strstr(reply_body(&reply), "tls=1\n"));
		tls_close(&c);
	}
	/* a browser of the staff is not asked to choose among its certificates */
	tls_connect(&c, http_port(t.s, "staff"), MODERN, &stranger, NULL);
	cr_assert_eq(c.code, 0);
	tls_send(&c, CERT);
	cr_assert_eq(tls_reply(&c, &reply), 200);
	cr_expect_eq(length_of_body(&reply), 0);
	tls_close(&c);
}

/* A resumed session is spared the handshake and is still the same client's. */
Test(tls, resumption)
{
	static const char *const versions[] = {MODERN, TLS12};

	for (size_t i = 0; i < 2; i++) {
		struct tls_client c;
		gnutls_datum_t ticket;

		tls_connect(&c, t.port, versions[i], &stranger, NULL);
		cr_assert_eq(c.code, 0);
		tls_send(&c, HELLO); /* TLS 1.3: the ticket comes with the first data */
		cr_assert_eq(tls_reply(&c, &reply), 200);
		cr_assert_eq(gnutls_session_get_data2(c.session, &ticket), 0);
		tls_close(&c);
		tls_connect(&c, t.port, versions[i], &stranger, &ticket);
		cr_assert_eq(c.code, 0);
		cr_expect(gnutls_session_is_resumed(c.session), "%s", versions[i]);
		tls_send(&c, CERT);
		cr_assert_eq(tls_reply(&c, &reply), 200);
		cr_expect_eq(length_of_body(&reply), stranger.der.n);
		cr_expect_arr_eq(reply_body(&reply), stranger.der.p, stranger.der.n);
		tls_close(&c);
		/* another listener's tickets are not ours: there nobody was asked for a certificate
		 */
		tls_connect(&c, http_port(t.s, "staff"), versions[i], NULL, &ticket);
		cr_expect_eq(c.code, 0);
		cr_expect(!gnutls_session_is_resumed(c.session));
		tls_close(&c);
		/* and a reload ends those given out before it */
		cr_assert_eq(http_reload(t.s), 0);
		tls_connect(&c, t.port, versions[i], &stranger, &ticket);
		cr_expect_eq(c.code, 0);
		cr_expect(!gnutls_session_is_resumed(c.session));
		tls_close(&c);
		gnutls_free(ticket.data);
	}
}

Test(tls, reload)
{
	struct tls_client old, fresh;
	char name[64];

	tls_connect(&old, t.port, MODERN, NULL, NULL);
	cr_expect_str_eq(tls_server_name(&old, name), "first");
	tls_send(&old, HELLO);
	cr_assert_eq(tls_reply(&old, &reply), 200);
	test_cert_write(&second, cert_path, key_path);
	cr_assert_eq(http_reload(t.s), 0);
	for (int i = 0; i < 3; i++) {
		tls_connect(&fresh, t.port, i == 1 ? TLS12 : MODERN, NULL, NULL);
		cr_expect_str_eq(tls_server_name(&fresh, name), "second");
		tls_close(&fresh);
		tls_send(&old, HELLO);
		cr_expect_eq(tls_reply(&old, &reply), 200, "old connections go on");
	}
	tls_close(&old);
}

/* On a bad file everything stays as it was. */
Test(tls, reload_of_rubbish)
{
	struct tls_client c;
	char name[64];

	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	cr_assert_eq(file_write(cert_path, bytes_of_str("rubbish\n"), 0600), 0);
	cr_expect_eq(http_reload(t.s), ERR_CRYPTO);
	test_cert_write(&second, cert_path, key_path);
	cr_assert_eq(file_write(key_path, bytes_of_str(""), 0600), 0);
	cr_expect_eq(http_reload(t.s), ERR_CRYPTO);
	/* the key of another certificate */
	test_cert_write(&second, key_path, cert_path);
	test_cert_write(&first, cert_path, key_path);
	{
		char spare[136];

		snprintf(spare, sizeof(spare), "%s.2", key_path);
		test_cert_write(&second, cert_path, spare);
		unlink(spare);
	}
	cr_expect_eq(http_reload(t.s), ERR_CRYPTO);
	unlink(cert_path);
	cr_expect_eq(http_reload(t.s), ERR_NOTFOUND);
	tls_connect(&c, t.port, MODERN, NULL, NULL);
	cr_expect_eq(c.code, 0);
	cr_expect_str_eq(tls_server_name(&c, name), "first");
	tls_close(&c);
}

/* What is not TLS, or stops in the middle of a handshake, costs the deadline at most. */
Test(tls, half_handshakes)
{
	int plain = client_connect(t.port), silent = client_connect(t.port);

	client_send(plain, HELLO);
	cr_expect(client_ended(plain, 8000));
	client_send(silent, "\x16\x03\x01\x02");
	cr_expect(client_ended(silent, 8000));
	close(plain);
	close(silent);
	cr_expect_eq(http_port_conns(&t.s->ports[1]), 0);
}

/* The refusal of a large upload is seen over TLS, too. */
Test(tls, refusal_of_large_body)
{
	struct tls_client c;
	char waste[4096];

	memset(waste, 'x', sizeof(waste));
	tls_connect(&c, t.port, MODERN, NULL, NULL);
	tls_send(&c, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n");
	for (int i = 0; i < 500; i++) {
		if (gnutls_record_send(c.session, waste, sizeof(waste)) < 0)
			break;
	}
	cr_expect_eq(tls_reply(&c, &reply), 413);
	tls_close(&c);
}
