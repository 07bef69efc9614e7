/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/bench.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "base/xml.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

static const struct {
	const char *names; /* figures it gives, or the beginnings of them */
	bench_fn *fn;
} benches[] = {
	{"poll_ tokenupdate_ raw_ cycle_ device", bench_device},
	{"scep_ enrol_", bench_scep},
	{"push_", bench_push},
	{"checkout_ scan_ search_ page_ desk", bench_desk},
	{"ade_", bench_ade},
	{"desired_ ddm_", bench_desired},
	{"fleet_", bench_fleet_page},
	{"renew_", bench_renew},
	{"rss_ start_ store_ size", bench_size},
};

static const char *const *wanted;

/* With names on the command line only those figures are told; "poll_" names all that begin so. */
static bool is_wanted(const char *name)
{
	for (size_t i = 0; wanted[i]; i++) {
		size_t n = strlen(wanted[i]);

		if (text_equal(wanted[i], name) ||
			(n && wanted[i][n - 1] == '_' && text_starts(name, wanted[i])))
			return true;
	}
	return !wanted[0];
}

bool bench_wants(const char *beginning)
{
	for (size_t i = 0; wanted[i]; i++) {
		if (text_starts(wanted[i], beginning))
			return true;
	}
	return !wanted[0];
}

static unsigned told;

#define OF_A_MILLION " at 1 000 000 things"

/* What is to be reached, and what NanoMDM does on a like machine (signed, RSA-2048, plain HTTP). */
static const struct {
	const char *name, *goal;
} goals[] = {
	{"poll_cpu", "60 us or less; NanoMDM 189 in memory, 388 on files"},
	{"poll_rate_c8", "more than NanoMDM: 8 800 in memory, 3 400 on files"},
	{"poll_p99_c8", "less than NanoMDM: 10 in memory, 8.5 on files"},
	{"tokenupdate_rate_c8",
		"more than NanoMDM: 190 to 530 on PostgreSQL, 730 to 870 on files, not synced"},
	{"tokenupdate_vs_raw_c64", "60 % or more"},
	{"cycle_rate_c8", "3 000; NanoMDM 1 000 on files without sync, 3 100 in memory"},
	{"cycle_rate_c64", "6 000; NanoMDM 1 125 on files without sync, 3 450 in memory"},
	{"scep_cpu", "1.8 ms or less; NanoMDM's 5.5 to 6.5"},
	{"push_rate", "50 000; NanoMDM 6 600 to 8 400"},
	{"push_rate_30ms", "10 000; NanoMDM 155"},
	{"start_0", "50 ms or less"},
	{"start_10k", "50 ms or less"},
	{"start_100k", "50 ms or less"},
	{"scan_p50_*", "5 ms or less" OF_A_MILLION},
	{"scan_p99_*", "20 ms or less" OF_A_MILLION},
	{"scan_no_p50_*", "5 ms or less" OF_A_MILLION},
	{"scan_no_p99_*", "20 ms or less" OF_A_MILLION},
	{"search_p99_*", "30 ms or less" OF_A_MILLION},
	{"search_slip_p99_*", "30 ms or less" OF_A_MILLION},
	{"page_*_kb_*", "60 kB or less with its styles"},
	{"checkout_vs_postgres_c64", "more than 100 %: ahead of PostgreSQL"},
};

static void say_goal(const char *name)
{
	for (size_t i = 0; i < sizeof(goals) / sizeof(goals[0]); i++) {
		if (fnmatch(goals[i].name, name, 0) == 0)
			printf("#   goal of %s: %s\n", name, goals[i].goal);
	}
}

void bench_say(const char *name, double value, const char *unit)
{
	if (!is_wanted(name))
		return;
	told++;
	printf("bench %s %.*f %s\n", name, value < 100 ? 2 : 0, value, unit);
	say_goal(name);
	fflush(stdout);
}

void bench_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("# ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
	fflush(stdout);
}

void bench_must(int err, const char *what)
{
	if (err == 0)
		return;
	fprintf(stderr, "hylla-bench: %s: %s\n", what, err_name(err));
	exit(1);
}

/* How fast this disk makes 4 kB durable: every durable figure hangs on it. */
static double syncs_per_second(void)
{
	char path[] = "/tmp/hylla-bench-sync-XXXXXX", page[4096] = {1};
	int fd = mkstemp(path);
	int64_t t0;
	int n = 0;

	if (fd < 0)
		return 0;
	t0 = clock_mono_us();
	while (clock_mono_us() - t0 < 500000 && pwrite(fd, page, sizeof(page), 0) > 0 &&
		fdatasync(fd) == 0)
		n++;
	close(fd);
	unlink(path);
	return n * 1e6 / (double)(clock_mono_us() - t0);
}

static const char *cpu_model(char *line, size_t size)
{
	FILE *f = fopen("/proc/cpuinfo", "r");

	while (f && fgets(line, (int)size, f)) {
		if (text_starts(line, "model name")) {
			fclose(f);
			line[strcspn(line, "\n")] = '\0';
			return strchr(line, ':') + 2;
		}
	}
	if (f)
		fclose(f);
	return "unknown";
}

static void say_conditions(void)
{
	char line[512];
	struct utsname u;

	uname(&u);
	bench_note("%s, %ld cores, %s %s", cpu_model(line, sizeof(line)),
		sysconf(_SC_NPROCESSORS_ONLN), u.sysname, u.release);
	bench_note("server and load share the cores; loopback; device side plain HTTP; RSA-2048 "
		   "identities, every message signed and verified");
	bench_note("disk: %.0f fdatasync of 4 kB a second in /tmp, where the stores are",
		syncs_per_second());
}

static bool touches(const char *names)
{
	if (!wanted[0])
		return true;
	for (size_t i = 0; wanted[i]; i++) {
		AUTO(arena) struct arena *a = arena_new();
		size_t n = strcspn(wanted[i], "_");

		if (strstr(names, arena_strndup(a, wanted[i], n)))
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	(void)argc;
	wanted = (const char *const *)argv + 1;
	signal(SIGPIPE, SIG_IGN);
	log_set_level(LOG_ERROR);
	xml_init();
	say_conditions();
	for (size_t i = 0; i < sizeof(benches) / sizeof(benches[0]); i++) {
		if (touches(benches[i].names))
			benches[i].fn();
	}
	if (told == 0)
		fprintf(stderr, "hylla-bench: there is no figure of that name; without names all "
				"are told, and \"poll_\" means all that begin so\n");
	return told ? 0 : 2;
}
