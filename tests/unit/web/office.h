/* SPDX-License-Identifier: EUPL-1.2 */
/* A web over a store with a CA and a push certificate, a way out, and a mail server that keeps all.
 */
#ifndef TESTS_WEB_OFFICE_H
#define TESTS_WEB_OFFICE_H

#include "base/log.h"
#include "tests/fake/mail_service.h"
#include "tests/unit/mdm/ipads.h"
#include "web/web_int.h"

#include <fcntl.h>
#include <signal.h>

static struct office {
	struct inv *inv;
	struct net *net;
	struct mail_service *sink;
	struct web *w;
	struct web_options o;
} office;

/* `o` may have more set; the mail server's port is put in. */
static inline void office_open(const struct web_options *more)
{
	static const char *const inside[] = {"127.0.0.1", NULL};

	signal(SIGPIPE, SIG_IGN);
	log_set_fd(open("/dev/null", O_WRONLY | O_CLOEXEC));
	cr_assert_eq(inv_open(NULL, NULL, &office.inv), 0);
	house.ev = inv_mdm_events(office.inv);
	house_open();
	cr_assert_eq(net_open(&(struct net_options){.inside = inside}, &office.net), 0);
	cr_assert_eq(mail_service_start(&(struct mail_service_options){0}, &office.sink), 0);
	office.o = *more;
	office.o.st = house.st;
	office.o.certs = house.certs;
	office.o.mdm = house.m;
	office.o.inv = office.inv;
	office.o.net = office.net;
	office.o.organisation = "Provkommunen";
	office.o.mail.port = mail_service_port(office.sink);
	office.o.mail.security = NET_MAIL_PLAIN;
	cr_assert_eq(web_open(&office.o, &office.w), 0);
}

static inline void office_close(void)
{
	web_stop(office.w);
	web_close(office.w);
	mail_service_stop(office.sink);
	net_close(office.net);
	inv_close(office.inv);
	house_close();
}

#endif
