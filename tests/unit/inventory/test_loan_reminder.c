/* SPDX-License-Identifier: EUPL-1.2 */
/* A reminder of what is late: in whose language, of what, and with whose name. */
#include "tests/unit/inventory/counter.h"

#define PDF_MOST (8u << 20)

static bool have_pdftotext(void)
{
	return system("command -v pdftotext >/dev/null 2>&1") == 0;
}

static const char *text_of(struct counter *c, const struct buf *pdf)
{
	const char *path = arena_printf(c->a, "%s/x.pdf", c->dir);
	AUTO(buf) struct buf out = BUF_INIT(1 << 20);
	char part[4096];
	size_t n;
	FILE *f = fopen(path, "w");

	cr_assert_not_null(f);
	cr_assert_eq(fwrite(pdf->p, 1, pdf->n, f), pdf->n);
	fclose(f);
	f = popen(arena_printf(c->a,
			  "unset ASAN_OPTIONS LD_PRELOAD; pdftotext -layout %s - 2>/dev/null", path),
		"r");
	cr_assert_not_null(f);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&out, part, n);
	pclose(f);
	return arena_strdup(c->a, buf_str(&out));
}

static const struct people_caller *caller(struct counter *c)
{
	static struct people_caller who;

	who = (struct people_caller){c->by.who, c->by.zones, c->by.now};
	return &who;
}

static int remind(struct counter *c, uint64_t loan, const char *const *only, struct buf *pdf)
{
	const struct inv_reminder_ask ask = {.loan = loan,
		.serials = only,
		.organisation = "Testkommun",
		.phone = "033-35 70 00"};

	return inv_reminder_pdf(c->inv, caller(c), &ask, pdf, &c->r);
}

/* The words of one that is made; "" where nobody can read a PDF here. */
static const char *reminder(struct counter *c, uint64_t loan, const char *const *only)
{
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);

	cr_assert_eq(remind(c, loan, only, &pdf), 0, "%s", counter_said(c));
	cr_assert(pdf.n > 1000 && memcmp(pdf.p, "%PDF", 4) == 0);
	return have_pdftotext() ? text_of(c, &pdf) : "";
}

static uint64_t lend_to(struct counter *c, const struct people_edit *want, const char *const *codes)
{
	struct inv_out_item items[4] = {0};
	struct inv_out_result res;
	char id[PEOPLE_ID];
	struct inv_out out = {.borrower = id, .items = items};

	cr_assert_eq(people_add(c->people, caller(c), want, id, &c->r), 0, "%s", counter_said(c));
	for (; codes[out.item_count]; out.item_count++)
		items[out.item_count].code = codes[out.item_count];
	cr_assert_eq(inv_check_out(c->inv, &c->by, &out, &c->r, &res), 0, "%s", counter_said(c));
	return res.loan;
}

#define SAYS(text, what) \
	cr_expect(*(text) == '\0' || strstr(text, what), "no %s in: %s", what, text)
#define SAYS_NOT(text, what) cr_expect_null(strstr(text, what), "%s in: %s", what, text)

static const struct people_edit anna = {.zone = PEOPLE_LIBRARY,
	.kind = "senior",
	.given = "Anna",
	.family = "Svensson",
	.street = "Storgatan 1",
	.postcode = "501 80",
	.city = "Borås"};

Test(loan_reminder, names_the_things_the_days_and_whom_to_call, .timeout = 300)
{
	static const char *const both[] = {"VB-0001", "VB-0007", NULL}, *const one[] = {"VB-0007", NULL};
	const char *text;
	struct counter c;
	uint64_t loan;
	AUTO(buf) struct buf pdf = BUF_INIT(PDF_MOST);

	counter_open(&c);
	loan = lend_to(&c, &anna, both);
	cr_expect_eq(remind(&c, loan, NULL, &pdf), ERR_REFUSED);
	cr_expect_str_eq(counter_said(&c), "loan.none-late");
	c.by.now += 60 * DAY_S;
	text = reminder(&c, loan, NULL);
	SAYS(text, "Anna Svensson");
	SAYS(text, "Storgatan 1");
	SAYS(text, "Det är dags att lämna tillbaka");
	SAYS(text, "Trådlös ringklocka");
	SAYS(text, "Förstoringsglas");
	SAYS(text, "4 januari 2027"); /* the day it was due */
	SAYS(text, "033-35 70 00");
	SAYS(text, "VB-0001");
	text = reminder(&c, loan, one);
	SAYS(text, "Förstoringsglas");
	SAYS_NOT(text, "Trådlös ringklocka");
	c.by.zones = PEOPLE_CARE;
	cr_expect_eq(remind(&c, loan, NULL, &pdf), ERR_NOTFOUND, "another service's");
	counter_check(&c);
	counter_close(&c);
}

Test(loan_reminder, speaks_as_the_borrower_and_names_nobody_who_is_hidden, .timeout = 300)
{
	static const char *const first[] = {"VB-0001", NULL}, *const second[] = {"VB-0002", NULL};
	struct people_edit want = anna;
	uint64_t finnish, hidden;
	struct counter c;
	const char *text;

	counter_open(&c);
	want.lang = "fi";
	finnish = lend_to(&c, &want, first);
	want.lang = "en";
	want.protect = PEOPLE_YES;
	hidden = lend_to(&c, &want, second);
	c.by.now += 60 * DAY_S;
	text = reminder(&c, finnish, NULL);
	SAYS(text, "On aika palauttaa");
	SAYS(text, "Anna Svensson");
	text = reminder(&c, hidden, NULL);
	SAYS(text, "It is time to give it back");
	SAYS_NOT(text, "Anna");
	SAYS_NOT(text, "Storgatan");
	counter_close(&c);
}
