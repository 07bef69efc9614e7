/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages in a real browser (tests/browser), against a server with a few iPads. Once, in the
 * plain build: under sanitizers it would try nothing new and take minutes. Each suite is a program
 * with a server and a browser of its own, so that they run side by side. */
#ifndef FLOW_SUITE_H
#define FLOW_SUITE_H

#include "tests/flow/flow.h"

#include "audit/audit.h"

#define IPADS 3
#define NOTHING_TO_TRY_WITH 77
#define SUITE_TIMEOUT_S 2500

/* "@shift 172800": the suite asks for a server two days later, whose clock is believed; "@leap 172800": for one whose
 * clock somebody must say is right first. */
static inline void shift(struct flow *f, const char *seconds, bool believed)
{
	int64_t before = f->clock_shift_s;

	f->clock_shift_s = strtoll(seconds, NULL, 10);
	flow_server_stop(f);
	flow_server_start(f);
	if (believed && f->clock_shift_s - before >= AUDIT_CLOCK_LEAP_S)
		flow_clock_confirm(f);
}

/* "@typed {"path": …, "body": …}": a page, or a program beside it, sent this. */
static inline void typed(struct flow *f, const char *line)
{
	struct doc *d;

	cr_assert_eq(doc_parse(f->a, bytes_of_str(line), &d), 0, "%s", line);
	flow_typed_body(f, doc_str(d, "path"), doc_str(d, "body"));
}

static inline int browser(struct flow *f, const char *argument)
{
	const char *top = getenv("top_srcdir");
	const char *command =
		arena_printf(f->a, "'%s/tests/browser/run' %s 2>&1", top ? top : ".", argument);
	FILE *out = popen(command, "r");
	char line[4096];
	int status;

	cr_assert_not_null(out);
	while (fgets(line, sizeof(line), out)) {
		if (strncmp(line, "@shift ", 7) == 0)
			shift(f, line + 7, true);
		else if (strncmp(line, "@leap ", 6) == 0)
			shift(f, line + 6, false);
		else if (strncmp(line, "@typed ", 7) == 0)
			typed(f, line + 7);
		else
			fprintf(stderr, "%s", line);
	}
	status = pclose(out);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* On a lease, with a SIM, as a delivery list has them. */
static inline const char *fill(struct flow *f)
{
	AUTO(buf) struct buf csv = BUF_INIT(65536), serials = BUF_INIT(4096);
	struct ipad *p[IPADS];

	buf_add_str(&csv, "serienummer;inventarienummer;status;produkt;leasingavtal;iccid\n");
	for (unsigned i = 0; i < IPADS; i++) {
		p[i] = flow_ipad(f, i + 1, NULL, NULL);
		buf_printf(&csv, "%s;INV-%04u;i lager;iPad 10:e gen 64 GB;L-2026-1;8946%015u\n",
			flow_serial(p[i]), i + 1, i + 1);
		buf_printf(&serials, "%s%s", i ? " " : "", flow_serial(p[i]));
	}
	for (unsigned i = 1; i <= 70; i++)
		buf_printf(&csv, "SAK%07u;INV-%04u;i lager;Talande termometer;;\n", i, 100 + i);
	FLOW_EXPECT(f, 0, "item", "import", flow_file(f, "list.csv", buf_str(&csv)));
	for (unsigned i = 0; i < IPADS; i++) {
		flow_enrol(f, p[i]);
		cr_assert_eq(ipad_wake(p[i]), 0, "%s", ipad_why(p[i]));
		ipad_free(p[i]);
	}
	return arena_strdup(f->a, buf_str(&serials));
}

/* What the suite is run with, and what it leaves is looked at; `begin` starts the server. */
static inline void suite_run(
	const char *name, void (*begin)(struct flow *f), void (*end)(struct flow *f))
{
	struct flow f = {.a = arena_new()};

#ifdef __SANITIZE_ADDRESS__
	cr_skip_test("only in the plain build");
#endif
	if (browser(&f, "--prepare") == NOTHING_TO_TRY_WITH)
		cr_skip_test("there is no browser to try with");
	arena_free(f.a);
	begin(&f);
	setenv("SERIALS", fill(&f), 1);
	setenv("BASE", arena_printf(f.a, "https://localhost:%u", f.staff_port), 1);
	setenv("ACCOUNT", "it", 1);
	setenv("PASSWORD", f.password, 1);
	setenv("TOKEN", f.token, 1);
	cr_expect_eq(browser(&f, name), 0, "what went wrong stands above\n");
	flow_expect_well(&f);
	end(&f);
	flow_server_start(&f);
	flow_stop(&f);
}

#endif
