/* SPDX-License-Identifier: EUPL-1.2 */
/* `hylla demo`, as somebody tries it the first evening, and again the next. */
#include "tests/flow/flow.h"

#include "base/text.h"
#include "tests/fake/free_port.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT 3

static struct flow f;
static int street; /* what is typed where it runs */

/* Settings that are there already stay: so the demonstration too is told where to listen. */
static void choose_ports(void)
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

static void begin(void)
{
	f = (struct flow){.a = arena_new()};
	setenv("LC_ALL", "C.UTF-8", 1);
	text_copy(f.dir, sizeof(f.dir), "/tmp/hylla-flow-XXXXXX");
	cr_assert_not_null(mkdtemp(f.dir));
	snprintf(f.log_path, sizeof(f.log_path), "%s/said.txt", f.dir);
	choose_ports();
}

static void end(void)
{
	FLOW_EXPECT(&f, 0, "check");
	cr_expect_eq(system(arena_printf(f.a, "rm -rf '%s'", f.dir)), 0);
	arena_free(f.a);
}

static bool said(const char *fmt, ...)
{
	char line[160];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	return strstr(flow_log(&f), line) != NULL;
}

static bool runs_or_ended(void *arg)
{
	siginfo_t gone = {0};

	(void)arg;
	waitid(P_PID, (id_t)f.server, &gone, WEXITED | WNOHANG | WNOWAIT);
	return gone.si_pid != 0 || said("Ctrl-C stops it");
}

/* What it says goes to f.log_path, anew each time. */
static void start(void)
{
	const char *top = getenv("top_builddir");
	const char *program = arena_printf(f.a, "%s/hylla", top ? top : ".");
	const char *count = arena_printf(f.a, "%d", COUNT);
	int in[2], out = open(f.log_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	cr_assert_geq(out, 0);
	cr_assert_eq(pipe(in), 0);
	f.server = fork();
	if (f.server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that failed: it ends its server too */
		dup2(in[0], 0);
		close(in[1]);
		dup2(out, 1);
		dup2(out, 2);
		execl(program, program, "demo", "--bare", "--count", count, "--data", f.dir,
			(char *)NULL);
		_exit(127);
	}
	close(out);
	close(in[0]);
	street = in[1];
	cr_assert(flow_until(runs_or_ended, NULL), "%s", flow_log(&f));
	cr_assert(said("Ctrl-C stops it"), "%s", flow_log(&f));
}

static const char *serial_of(unsigned number)
{
	struct ipad_model m;

	ipad_model_make(f.a, number, &m);
	return m.serial;
}

/* What it tells as it happens is waited for; only then is the server asked. */
static bool is_said(void *arg)
{
	return said("%s", arg);
}

static void expect_said(const char *line)
{
	cr_expect(flow_until(is_said, (void *)(uintptr_t)line), "%s is not in\n%s", line,
		flow_log(&f));
}

static bool is_enrolled(const struct doc *list, const char *serial)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct doc *d = doc_list_object(list, i);

		if (text_equal(doc_str(d, "serial"), serial))
			return doc_bool(d, "enrolled", false);
	}
	return false;
}

static void expect_all_enrolled(void)
{
	const struct doc *list;

	expect_said(arena_printf(f.a, "enrolled (%u of %u)", COUNT, COUNT));
	list = doc_list(FLOW_JSON(&f, "device", "list"), "devices");
	for (unsigned k = 1; k <= COUNT; k++)
		cr_expect(is_enrolled(list, serial_of(k)), "%s", serial_of(k));
}

static bool is_lost(void *arg)
{
	const struct doc *d = FLOW_JSON(&f, "device", "show", arg);

	return text_equal(doc_str(doc_object(d, "lost"), "phase"), "on");
}

static void expect_lost(const char *serial)
{
	expect_said(arena_printf(f.a, "%-16s command: EnableLostMode Acknowledged", serial));
	cr_expect(flow_until(is_lost, (void *)(uintptr_t)serial), "%s", flow_log(&f));
}

static bool is_told_twice(void *line)
{
	const char *first = strstr(flow_log(&f), line);

	return first && strstr(first + 1, line);
}

static void befalls(const char *line)
{
	cr_assert_eq(write(street, line, strlen(line)), (ssize_t)strlen(line));
}

static void stop(void)
{
	close(street);
	flow_server_stop(&f);
}

/* Whoever has it erases it: Apple tells it whose it is, and it is in Lost Mode again. */
static void expect_back_in_lost_mode(const char *serial)
{
	const char *line = arena_printf(f.a, "%-16s command: EnableLostMode", serial);

	befalls("what is this?\n");
	befalls(arena_printf(f.a, "erase %s\nunlock", serial));
	expect_said(arena_printf(f.a, "%-16s erased: waits for set-up", serial));
	expect_said(arena_printf(f.a, "%-16s enrolled again", serial));
	befalls(" DMPX999999Q1\n");
	expect_said("no iPad called DMPX999999Q1");
	cr_expect(flow_until(is_told_twice, (void *)(uintptr_t)line), "%s", flow_log(&f));
}

static size_t times_lost(const char *serial)
{
	const struct doc *list = doc_list(FLOW_JSON(&f, "audit", "--object", serial), "records");
	size_t n = 0;

	for (size_t i = 0; i < doc_list_size(list); i++)
		n += text_equal(doc_str(doc_list_object(list, i), "act"), "device.lost");
	return n;
}

/* Where it answers stands in its settings, and it names no iPad that is not there. */
static void expect_true_words(void)
{
	cr_expect(said("answers on %u (iPads), %u (staff), %u (public)", f.device_port,
			  f.staff_port, f.public_port),
		"%s", flow_log(&f));
	cr_expect(said("  https://localhost:%u/ in a browser: the staff", f.staff_port));
	cr_expect(said("  https://localhost:%u/ in a browser: what is never", f.public_port));
	cr_expect_not(said("8443") || said("8444") || said("8445"), "%s", flow_log(&f));
	cr_expect(said("device lost %s --phone", serial_of(COUNT + 1)), "%s", flow_log(&f));
	cr_expect(said("device lost %s --stolen", serial_of(1)), "%s", flow_log(&f));
	cr_expect_not(said("send survey"), "its hylla.conf has no address for one");
	cr_expect_not(said("/desk"), "there is nobody to lend to");
	for (unsigned k = COUNT + 2; k < 20; k++)
		cr_expect_not(said("%s", serial_of(k)), "%s\n%s", serial_of(k), flow_log(&f));
	cr_expect_not(said("device why"), "none of three lies locked");
}

Test(demo, is_tried_one_evening_and_the_next, .timeout = 900, .init = begin, .fini = end)
{
	const char *first = serial_of(1);

	start();
	cr_expect(said("account \"it\", one-time password"), "%s", flow_log(&f));
	expect_true_words();
	expect_all_enrolled();
	FLOW_EXPECT(&f, 0, "device", "lost", first, "--phone", "033-35 70 00");
	expect_lost(first);
	expect_back_in_lost_mode(first);
	stop();

	start();
	/* an iPad may speak before the line is done */
	expect_said(arena_printf(f.a, "%s is announced by Apple …", serial_of(COUNT + 1)));
	expect_said("delivered, with its profile");
	cr_expect_not(said("one-time password"), "it was told once");
	expect_all_enrolled();
	cr_expect_eq(times_lost(first), 1, "what was done the first evening is written still");
	expect_lost(first); /* it comes as it left the factory, and is told again */
	FLOW_EXPECT(&f, 0, "device", "found", first);
	expect_said(arena_printf(f.a, "%-16s command: DisableLostMode Acknowledged", first));
	stop();
}
