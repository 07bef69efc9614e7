/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"
#include "base/log.h"
#include "net/net_int.h"
#include "tests/fake/mail_service.h"
#include "tests/fake/push_service.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static struct push_service_certificates certs;
static char ca_path[64];
static struct net *n;
static struct mail_service *sink;

static void start(const struct mail_service_options *o)
{
	signal(SIGPIPE, SIG_IGN);
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	cr_assert_eq(push_service_make_certificates("x", &certs), 0);
	snprintf(ca_path, sizeof(ca_path), "/tmp/hylla-mail-%d.pem", (int)getpid());
	cr_assert_eq(file_write(ca_path, bytes_of_str(certs.ca_pem), 0600), 0);
	cr_assert_eq(net_open(&(struct net_options){0}, &n), 0);
	if (o) {
		struct mail_service_options with = *o;

		if (with.cert_pem) {
			with.cert_pem = certs.server_cert_pem;
			with.key_pem = certs.server_key_pem;
		}
		cr_assert_eq(mail_service_start(&with, &sink), 0);
	}
}

static void end(void)
{
	mail_service_stop(sink);
	net_close(n);
	unlink(ca_path);
	push_service_free_certificates(&certs);
}

static int send_with(const struct net_mail_server *how)
{
	struct net_mail_server s = *how;
	struct net_mail m = {.from = "hylla@kommun.example",
		.to = "anna@kommun.example",
		.subject = "Påminnelse",
		.text = "Hej Åsa\n.\n..x\nslut"};

	s.host = s.host ? s.host : "127.0.0.1";
	s.port = mail_service_port(sink);
	s.total_s = s.total_s ? s.total_s : 10;
	return net_mail_send(n, &s, &m, 1795312800);
}

Test(mail, arrives_in_the_clear, .fini = end)
{
	struct mail_service_mail m;

	start(&(struct mail_service_options){0});
	cr_assert_eq(send_with(&(struct net_mail_server){.tls = NET_MAIL_PLAIN}), 0);
	cr_assert(mail_service_wait(sink, 0, 5000, &m));
	cr_expect_str_eq(m.from, "<hylla@kommun.example>");
	cr_expect_str_eq(m.to, "<anna@kommun.example>");
	cr_expect(strstr(m.text, "Subject: =?utf-8?Q?P=C3=A5minnelse?=\r\n"));
	cr_expect(strstr(m.text, "\r\n\r\nHej =C3=85sa\r\n.\r\n..x\r\nslut\r\n"));
	cr_expect_not(m.tls);
}

Test(mail, arrives_under_tls_and_signed_in, .fini = end)
{
	struct net_mail_server s = {.user = "hylla", .password = "hemligt", .trust_path = ca_path};
	struct mail_service_mail m;

	start(&(struct mail_service_options){
		.cert_pem = "", .user = "hylla", .password = "hemligt"});
	cr_assert_eq(send_with(&s), 0);
	cr_assert(mail_service_wait(sink, 0, 5000, &m));
	cr_expect(m.tls && m.signed_in);
	s.password = "fel";
	cr_expect_eq(send_with(&s), ERR_DENIED);
	s.user = NULL;
	cr_expect_eq(send_with(&s), ERR_DENIED);
	s.trust_path = NULL;
	cr_expect_eq(send_with(&s), ERR_CRYPTO);
	cr_expect_eq(mail_service_count(sink), 1);
}

Test(mail, arrives_under_tls_from_the_start, .fini = end)
{
	struct net_mail_server s = {.tls = NET_MAIL_TLS, .trust_path = ca_path};
	struct mail_service_mail m;

	start(&(struct mail_service_options){.cert_pem = "", .tls = true});
	cr_assert_eq(send_with(&s), 0);
	cr_assert(mail_service_wait(sink, 0, 5000, &m));
	cr_expect(m.tls);
}

/* Whoever sits between takes STARTTLS out of the greeting: then nothing is sent. */
Test(mail, is_not_sent_in_the_clear_when_tls_was_asked_for, .fini = end)
{
	start(&(struct mail_service_options){.user = "hylla", .password = "hemligt"});
	cr_expect_eq(send_with(&(struct net_mail_server){.user = "hylla", .password = "hemligt"}),
		ERR_CRYPTO);
	cr_expect_eq(mail_service_count(sink), 0);
}

Test(mail, tells_a_no_from_a_not_now, .fini = end)
{
	static const struct {
		struct mail_service_faults faults;
		int want;
	} cases[] = {
		{{.greeting = "554 Go away"}, ERR_DENIED},
		{{.greeting = "421 Too busy"}, ERR_BUSY},
		{{.from = "550 Not you"}, ERR_DENIED},
		{{.from = "451 Later"}, ERR_BUSY},
		{{.to = "550 No such user"}, ERR_DENIED},
		{{.to = "450 Mailbox busy"}, ERR_BUSY},
		{{.data = "554 No"}, ERR_DENIED},
		{{.end = "552 Too much"}, ERR_DENIED},
		{{.end = "452 Disk full"}, ERR_BUSY},
		{{.hang = true}, ERR_TIMEOUT},
	};
	struct net_mail_server s = {.tls = NET_MAIL_PLAIN, .total_s = 1};

	start(&(struct mail_service_options){0});
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		mail_service_set_faults(sink, &cases[i].faults);
		cr_expect_eq(send_with(&s), cases[i].want, "%zu", i);
	}
	cr_expect_eq(mail_service_count(sink), 0);
}

Test(mail, an_address_that_is_none_asks_nobody, .fini = end)
{
	struct net_mail m = {.from = "a@b", .to = "a@b", .subject = "", .text = ""};
	static const char *const hosts[] = {NULL, "", "a/b", "a@b", "a b", "a?b", "a%20b"};

	start(NULL);
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		cr_expect_eq(net_mail_send(n, &(struct net_mail_server){.host = hosts[i]}, &m, 0),
			ERR_BADINPUT);
	m.to = "x";
	cr_expect_eq(net_mail_send(n, &(struct net_mail_server){.host = "127.0.0.1"}, &m, 0),
		ERR_BADINPUT);
	net_stop(n);
	m.to = "a@b";
	cr_expect_eq(
		net_mail_send(n, &(struct net_mail_server){.host = "127.0.0.1"}, &m, 0), ERR_BUSY);
}
