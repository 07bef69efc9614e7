/* SPDX-License-Identifier: EUPL-1.2 */
/* The iPad on a real socket: addresses, redirects, headers, and a network that breaks. */
#include "tests/unit/fake/office.h"
#include "tests/unit/fake/script.h"
#include "tests/fake/ipad_int.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#define EMPTY "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

/* Enrolled at the office, and then set before another server. */
static struct ipad *moved(struct office *o, struct script *s, char via[32])
{
	struct ipad *p;

	office_open(o);
	p = office_ipad(o, NULL);
	script_open(s);
	snprintf(via, 32, "127.0.0.1:%u", s->port);
	p->o.transport = NULL;
	p->o.via = mem_strdup(via);
	p->o.timeout_ms = 60000;
	return p;
}

static void closed(struct office *o, struct script *s, struct ipad *p)
{
	ipad_free(p);
	script_wait(s);
	script_close(s);
	office_close(o);
}

Test(ipad_wire, sends_what_a_real_one_sends)
{
	struct script s = {.replies = {EMPTY, EMPTY}, .connections = 1};
	struct office o = {0};
	char via[32];
	struct ipad *p = moved(&o, &s, via);

	p->o.keep_open = true;
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(ipad_token_update(p, true), 0);
	ipad_hang_up(p);
	script_wait(&s);
	cr_assert(strstr(buf_str(&s.got), "PUT /mdm HTTP/1.1\r\nHost: mdm.example.se\r\n"));
	cr_assert(strstr(buf_str(&s.got), "Content-Type: " IPAD_TYPE_COMMAND "\r\n"));
	cr_assert(strstr(buf_str(&s.got), "PUT /checkin HTTP/1.1\r\n"));
	cr_assert(strstr(buf_str(&s.got), "Content-Type: " IPAD_TYPE_CHECKIN "\r\n"));
	cr_assert(strstr(buf_str(&s.got), "\r\nMdm-Signature: MI"));
	ipad_free(p);
	script_close(&s);
	office_close(&o);
}

Test(ipad_wire, follows_redirects)
{
	struct script s = {
		.replies = {"HTTP/1.1 301 Moved\r\nLocation: https://mdm.example.se/new\r\n"
			    "Content-Length: 0\r\n\r\n",
			EMPTY},
		.connections = 1};
	struct office o = {0};
	char via[32];
	struct ipad *p = moved(&o, &s, via);

	cr_assert_eq(ipad_wake(p), 0);
	script_wait(&s);
	cr_assert(strstr(buf_str(&s.got), "PUT /mdm HTTP/1.1"));
	cr_assert(strstr(buf_str(&s.got), "PUT /new HTTP/1.1"));
	ipad_free(p);
	script_close(&s);
	office_close(&o);
}

Test(ipad_wire, the_network_breaks)
{
	struct script s = {.replies = {EMPTY, EMPTY, EMPTY}, .connections = 3};
	struct office o = {0};
	char via[32];
	struct ipad *p = moved(&o, &s, via);

	ipad_fault(p, IPAD_FAULT_BREAK_REQUEST, 1);
	cr_assert_eq(ipad_wake(p), ERR_NET);
	ipad_fault(p, IPAD_FAULT_BREAK_REPLY, 1);
	cr_assert_eq(ipad_wake(p), ERR_NET);
	cr_assert_eq(ipad_wake(p), 0);
	cr_assert_eq(ipad_counters(p)->net_errors, 2);
	closed(&o, &s, p);
}

Test(ipad_wire, only_https_unless_allowed)
{
	struct script s = {.replies = {EMPTY}, .connections = 1};
	struct office o = {0};
	char via[32];
	struct ipad *p = moved(&o, &s, via), *fresh;
	struct ipad_options options = {.keys = o.keys, .via = via};
	struct ipad_model m;

	ipad_model_make(o.arena, 9, &m);
	fresh = ipad_new(&m, &options);
	cr_assert_eq(ipad_enrol_url(fresh, "http://mdm.example.se/enrol"), ERR_BADINPUT);
	cr_assert_eq(ipad_wake(p), 0);
	ipad_free(fresh);
	closed(&o, &s, p);
}

Test(ipad_wire, a_prepared_request_is_the_same)
{
	struct script s = {.replies = {EMPTY}, .connections = 1};
	struct office o = {0};
	char via[32];
	struct ipad *p = moved(&o, &s, via);
	AUTO(buf) struct buf whole = BUF_INIT(65536);
	struct client_options co = {.host = "127.0.0.1", .via = via};
	struct client_reply r;
	struct client *c = client_new(&co);

	ipad_request_format(p, false, ipad_body_idle(p, o.arena), &whole);
	cr_assert_eq(client_exchange_raw(c, buf_bytes(&whole), &r), 0);
	client_free(c);
	script_wait(&s);
	cr_assert(bytes_equal(buf_bytes(&s.got), buf_bytes(&whole)));
	cr_assert(strstr(buf_str(&whole), "\r\nMdm-Signature: MI"));
	ipad_free(p);
	script_close(&s);
	office_close(&o);
}

/* Over TLS: the identity is offered when it is to be, and the clock judges the server. */
Test(ipad_wire, tls)
{
	struct script s = {.replies = {EMPTY, EMPTY}, .connections = 3, .tls = true};
	struct office o = {0};
	char via[32], url[64];
	struct ipad *p = moved(&o, &s, via);
	unsigned char *der = NULL;
	int n = i2d_X509(s.cert, &der);

	free((char *)p->o.via);
	p->o.via = NULL;
	snprintf(url, sizeof(url), "https://%s/mdm", via);
	ipad_string_set(&p->mdm.server_url, url);
	cr_assert_eq(client_trust_der(p->trust, bytes_of(der, (size_t)n)), 0);
	OPENSSL_free(der);
	cr_assert_eq(ipad_wake(p), 0);
	p->o.mtls = true;
	ipad_clock_set(p, 10 * 365 * 86400);
	cr_assert_eq(ipad_wake(p), ERR_CRYPTO);
	ipad_clock_set(p, 0);
	cr_assert_eq(ipad_wake(p), 0);
	script_wait(&s);
	cr_assert(s.client_cert);
	ipad_free(p);
	script_close(&s);
	office_close(&o);
}
