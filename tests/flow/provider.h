/* SPDX-License-Identifier: EUPL-1.2 */
/* Debian's glewlwyd beside the server, and what the server must be told of it. */
#ifndef FLOW_PROVIDER_H
#define FLOW_PROVIDER_H

#include "tests/flow/flow.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

struct provider {
	struct flow *f;
	unsigned port;
	const char *dir;
	pid_t pid;
};

/* 77: there is none to try with. */
static inline int provider_start(struct provider *p)
{
	const char *top = getenv("top_srcdir");
	struct flow *f = p->f;
	char line[32] = "";
	int64_t pid;
	int status;
	FILE *in;

	p->dir = arena_printf(f->a, "%s/provider", f->dir);
	status = system(arena_printf(f->a, "'%s/tests/fake/glewlwyd' '%s' %u 'https://localhost:%u'",
		top ? top : ".", p->dir, p->port, f->staff_port));
	in = fopen(arena_printf(f->a, "%s/pid", p->dir), "r");
	if (in && fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		cr_assert_eq(text_parse_i64(line, &pid), 0);
		p->pid = (pid_t)pid;
	}
	if (in)
		fclose(in);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* Not our child: whether it is gone is seen from outside. */
static inline bool provider_is_gone(void *arg)
{
	const struct provider *p = arg;
	FILE *f = fopen(arena_printf(p->f->a, "/proc/%d/stat", (int)p->pid), "r");
	char line[256] = "";
	const char *state;

	if (!f || !fgets(line, sizeof(line), f)) {
		if (f)
			fclose(f);
		return true;
	}
	fclose(f);
	state = strrchr(line, ')');
	return state && state[1] == ' ' && state[2] == 'Z';
}

static inline void provider_stop(struct provider *p)
{
	if (p->pid > 1) {
		kill(p->pid, SIGKILL);
		cr_expect(flow_until(provider_is_gone, p));
	}
}

/* For a server that is started after this. */
static inline void provider_settings(struct provider *p)
{
	struct flow *f = p->f;

	f->set[0] = arena_printf(f->a, "oidc.issuer=http://localhost:%u/api/oidc", p->port);
	f->set[1] = "oidc.client_id=hylla";
	f->set[2] = arena_printf(f->a, "oidc.client_secret_file=%s/secret", p->dir);
	f->set[3] = arena_printf(f->a, "oidc.url=https://localhost:%u", f->staff_port);
	f->set[4] = "oidc.roles=bibliotek=Hylla-Bibliotek";
	f->set[5] = "oidc.create_accounts=true";
	f->set[6] = "oidc.name=Kommunkontot";
}

#endif
