/* SPDX-License-Identifier: EUPL-1.2 */
/* `hylla demo` as a process of its own, and what it says. */
#ifndef FLOW_DEMO_H
#define FLOW_DEMO_H

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"
#include "tests/fake/free_port.h"
#include "tests/flow/flow.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static struct flow f;
static int street; /* what is typed where it runs */

/* Settings that are there already stay: so the demonstration too is told where to listen. */
static inline void choose_ports(void)
{
	unsigned device = free_port(), staff = free_port(), public = free_port();

	cr_assert(device && staff && public);
	f.device_port = device;
	f.staff_port = staff;
	f.public_port = public;
	flow_file(&f, "hylla.conf",
		arena_printf(f.a,
			"[server]\norganisation = Provkommunen\n"
			"[device]\nurl = https://localhost:%u\nlisten = 127.0.0.1:%u\n"
			"[staff]\nlisten = 127.0.0.1:%u\n[public]\nlisten = 127.0.0.1:%u\n",
			device, device, staff, public));
}

/* The newest Saturday evening, when nobody works: what is told of the next days must not depend on when
 * the tests run. Behind us, since our own certificates count from then. */
static inline void shift_to_saturday(void)
{
	int64_t now = (int64_t)time(NULL);
	int32_t day = day_of_time(now);

	while (day_weekday(day) != 6 || day_start(day) + 22 * 3600 > now)
		day--;
	f.clock_shift_s = day_start(day) + 22 * 3600 - now;
}

static inline void begin(void)
{
	f = (struct flow){.a = arena_new()};
	setenv("LC_ALL", "C.UTF-8", 1);
	text_copy(f.dir, sizeof(f.dir), "/tmp/hylla-flow-XXXXXX");
	cr_assert_not_null(mkdtemp(f.dir));
	snprintf(f.log_path, sizeof(f.log_path), "%s/said.txt", f.dir);
	choose_ports();
}

static inline void end(void)
{
	FLOW_EXPECT(&f, 0, "check");
	cr_expect_eq(system(arena_printf(f.a, "rm -rf '%s'", f.dir)), 0);
	arena_free(f.a);
}

static inline bool said(const char *fmt, ...)
{
	char line[160];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	return strstr(flow_log(&f), line) != NULL;
}

static inline bool runs_or_ended(void *arg)
{
	siginfo_t gone = {0};

	(void)arg;
	waitid(P_PID, (id_t)f.server, &gone, WEXITED | WNOHANG | WNOWAIT);
	return gone.si_pid != 0 || said("Ctrl-C stops it");
}

/* What it says goes to f.log_path, anew each time. */
static inline void launch(const char *const *options)
{
	const char *top = getenv("top_builddir");
	const char *program = arena_printf(f.a, "%s/hylla", top ? top : ".");
	const char *argv[10] = {program, "demo", "--data", f.dir};
	size_t n = 4;
	int in[2], out = open(f.log_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	while (*options)
		argv[n++] = *options++;
	cr_assert_geq(out, 0);
	cr_assert_eq(pipe(in), 0);
	f.server = fork();
	if (f.server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that failed: it ends its server too */
		flow_child_prepare(&f);
		dup2(in[0], 0);
		close(in[1]);
		dup2(out, 1);
		dup2(out, 2);
		execv(program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(out);
	close(in[0]);
	street = in[1];
	cr_assert(flow_until(runs_or_ended, NULL), "%s", flow_log(&f));
}

/* With "--bare" there are only iPads. */
static inline void start_with(const char *count, const char *bare)
{
	launch((const char *const[]){"--count", count, bare, NULL});
	cr_assert(said("Ctrl-C stops it"), "%s", flow_log(&f));
}

static inline void stop(void)
{
	close(street);
	flow_server_stop(&f);
}

#endif
