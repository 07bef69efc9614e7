/* SPDX-License-Identifier: EUPL-1.2 */
/* What a line and a hold add to the figures, and what is not told. */
#include "base/clock.h"
#include "base/text.h"
#include "inventory/circulation_int.h"

#include <criterion/criterion.h>

static int64_t at(const char *day)
{
	int32_t d;

	cr_assert_eq(clock_set_zone("Europe/Stockholm"), 0);
	cr_assert_eq(day_parse(day, &d), 0);
	return day_start(d) + 36000;
}

static uint64_t of(const struct inv_stat_rows *r, enum inv_stat what, enum inv_stat_by by,
	uint32_t month)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->row[i].what == what && r->row[i].by == by && r->row[i].month == month)
			return r->row[i].n;
	}
	return 0;
}

Test(stat_rules, a_line_counts_when_it_goes_and_when_it_comes)
{
	struct inv_loan_line l = {.counted = true,
		.zone = 2,
		.product = "lampa",
		.place = "disk",
		.borrower_kind = "senior",
		.state = INV_LINE_OUT,
		.out_at = at("2026-10-30")};
	struct inv_stat_rows r;

	cr_assert_eq(day_parse("2026-11-10", &l.due), 0);
	inv_stat_of_line(&l, &r);
	cr_expect_eq(r.n, 4);
	cr_expect_eq(r.zone, 2);
	cr_expect_eq(of(&r, INV_STAT_LOANS, INV_STAT_KIND, 202610), 1);
	l.state = INV_LINE_IN;
	l.in_at = at("2026-11-12");
	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_RETURNS, INV_STAT_ALL, 202611), 1);
	cr_expect_eq(of(&r, INV_STAT_LATE, INV_STAT_PRODUCT, 202611), 1);
	cr_expect_eq(of(&r, INV_STAT_DAYS, INV_STAT_ALL, 202611), 13);
	l.replaces = "DMPX1";
	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_LOANS, INV_STAT_ALL, 202610), 0, "the same loan goes on");
	l.replaces = NULL;
	l.counted = false;
	inv_stat_of_line(&l, &r);
	cr_expect_eq(r.n, 0);
	inv_stat_of_line(NULL, &r);
	cr_expect_eq(r.n, 0);
}

Test(stat_rules, what_is_gone_counts_until_it_is_found)
{
	struct inv_loan_line l = {.counted = true,
		.state = INV_LINE_LOST,
		.out_at = at("2026-10-30"),
		.lost_at = at("2026-11-02")};
	struct inv_stat_rows r;

	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_LOST, INV_STAT_ALL, 202611), 1);
	l.state = INV_LINE_OUT;
	inv_stat_of_line(&l, &r);
	cr_expect_eq(of(&r, INV_STAT_LOST, INV_STAT_ALL, 202611), 0);
}

Test(stat_rules, who_reserved_for_a_day_does_not_wait)
{
	struct inv_hold h = {.product = "lampa", .made_at = at("2026-11-01")};
	struct inv_stat_rows r;

	inv_stat_of_hold(&h, &r);
	cr_expect_eq(r.n, 0, "it waits still");
	h.served_at = at("2026-11-09");
	inv_stat_of_hold(&h, &r);
	cr_expect_eq(of(&r, INV_STAT_WAITS, INV_STAT_PRODUCT, 202611), 1);
	cr_expect_eq(of(&r, INV_STAT_WAIT_DAYS, INV_STAT_ALL, 202611), 8);
	h.from = 20000;
	inv_stat_of_hold(&h, &r);
	cr_expect_eq(r.n, 0);
}

#define OF(care, library) {.of = {care, library, (care) + (library)}}

Test(stat_rules, few_are_not_told_nor_what_would_tell_them)
{
	struct inv_stat_sum two[] = {OF(40, 0), OF(4, 0), OF(1, 0), OF(0, 0)},
			    one[] = {OF(40, 0), OF(12, 0), OF(4, 0)}, none[] = {OF(5, 0)},
			    ones[] = {OF(1, 0), OF(1, 0), OF(7, 0), OF(9, 0)}, both[] = {OF(40, 3), OF(0, 20), OF(30, 40)};

	inv_stat_hide(two, 4);
	cr_expect(!two[0].few && two[1].few && two[2].few && !two[3].few);
	inv_stat_hide(one, 3);
	cr_expect(!one[0].few && one[1].few && one[2].few, "one alone is hidden with the next");
	inv_stat_hide(none, 1);
	cr_expect(!none[0].few);
	inv_stat_hide(ones, 4);
	cr_expect(ones[0].few && ones[1].few && ones[2].few && !ones[3].few, "two of two are one each");
	inv_stat_hide(both, 3);
	cr_expect(both[0].few && !both[1].few && both[2].few, "care's 40 would tell what both less it is");
	cr_expect_not(inv_stat_total_of(both, 3, INV_STAT_OF_BOTH).few);
	cr_expect(inv_stat_total_of(ones, 2, INV_STAT_OF_BOTH).few);
	cr_expect_eq(inv_stat_total_of(two, 4, INV_STAT_OF_CARE).n, 45);
}

/* --- whoever adds and subtracts what is told --- */

#define ROWS 6
#define UNKNOWN (2 * ROWS) /* care's and the library's figure of each row */

struct known {
	double is[4 * ROWS + 4][UNKNOWN]; /* sums that are known, by what they are the sum of */
	size_t n;
};

static void know(struct known *k, size_t row, unsigned of)
{
	double *x = k->is[k->n++];

	memset(x, 0, sizeof(k->is[0]));
	if (of != INV_STAT_OF_LIBRARY)
		x[2 * row] = 1;
	if (of != INV_STAT_OF_CARE)
		x[2 * row + 1] = 1;
}

static void know_sum(struct known *k, size_t rows, unsigned of)
{
	double *x = k->is[k->n++];

	memset(x, 0, sizeof(k->is[0]));
	for (size_t i = 0; i < rows; i++) {
		x[2 * i] = of != INV_STAT_OF_LIBRARY;
		x[2 * i + 1] = of != INV_STAT_OF_CARE;
	}
}

/* How many of them say something that the others do not. */
static size_t rank(struct known k)
{
	size_t r = 0;

	for (size_t col = 0; col < UNKNOWN && r < k.n; col++) {
		size_t pivot = r;

		while (pivot < k.n && k.is[pivot][col] == 0)
			pivot++;
		if (pivot == k.n)
			continue;
		for (size_t c = 0; c < UNKNOWN; c++) {
			double was = k.is[r][c];

			k.is[r][c] = k.is[pivot][c];
			k.is[pivot][c] = was;
		}
		for (size_t i = r + 1; i < k.n; i++) {
			double by = k.is[i][col] / k.is[r][col];

			for (size_t c = col; c < UNKNOWN; c++)
				k.is[i][c] -= by * k.is[r][c];
		}
		r++;
	}
	return r;
}

/* What the three answers tell: rows that are not there are 0. */
static struct known known_of(const struct inv_stat_sum *list, size_t n)
{
	struct known k = {.n = 0};

	for (unsigned of = 0; of < INV_STAT_OFS; of++) {
		for (size_t i = 0; i < n; i++) {
			if (!list[i].few || !list[i].of[of])
				know(&k, i, of);
		}
		if (!inv_stat_total_of(list, n, of).few)
			know_sum(&k, n, of);
	}
	return k;
}

static bool is_small(uint64_t n)
{
	return n > 0 && n < INV_STAT_FEW;
}

static void cannot_be_worked_out(const struct inv_stat_sum *list, size_t n, unsigned round)
{
	const struct known k = known_of(list, n);
	const size_t before = rank(k);

	for (unsigned of = 0; of < INV_STAT_OFS; of++) {
		uint64_t sum = 0;

		for (size_t i = 0; i < n; i++) {
			struct known more = k;

			sum += list[i].of[of];
			if (!is_small(list[i].of[of]))
				continue;
			know(&more, i, of);
			cr_assert_gt(rank(more), before, "round %u: row %zu of %u is worked out", round, i, of);
		}
		if (is_small(sum)) {
			struct known more = k;

			know_sum(&more, n, of);
			cr_assert_gt(rank(more), before, "round %u: the sum of %u is", round, of);
		}
	}
}

Test(stat_rules, whatever_is_subtracted_no_small_figure_comes_out, .timeout = 120)
{
	uint32_t seed = 20261123;
	size_t hidden = 0, told = 0;

	for (unsigned round = 0; round < 30000; round++) {
		struct inv_stat_sum list[ROWS] = {{0}};
		size_t n = 1 + round % ROWS;

		for (size_t i = 0; i < n; i++) {
			for (unsigned of = 0; of < INV_STAT_OF_BOTH; of++) {
				seed = seed * 1664525u + 1013904223u;
				list[i].of[of] = (seed >> 16) % 3 ? (seed >> 20) % (round % 2 ? 12 : 60) : 0;
				list[i].of[INV_STAT_OF_BOTH] += list[i].of[of];
			}
		}
		inv_stat_hide(list, n);
		for (size_t i = 0; i < n; i++) {
			hidden += list[i].few;
			told += !list[i].few;
		}
		cannot_be_worked_out(list, n, round);
	}
	cr_expect(hidden > 10000 && told > 10000, "%zu hidden, %zu told", hidden, told);
}

static const char *reason(const struct inv_stat_rows *r, enum inv_stat what)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->row[i].what == what && r->row[i].by == INV_STAT_REASON)
			return r->row[i].id;
	}
	return "";
}

Test(stat_rules, why_it_was_late_or_early_counts_by_its_code)
{
	static const struct {
		const char *in, *late_reason, *end_reason, *late, *early;
	} rows[] = {
		{"2026-11-12", "away", NULL, "away", ""},
		{"2026-11-12", NULL, NULL, "none", ""},
		{"2026-11-12", "min mor blev sjuk", NULL, "other", ""},
		{"2026-11-12", "moved", NULL, "other", ""}, /* is said of what is early */
		{"2026-11-10", "away", "no-use", "", ""},
		{"2026-10-27", NULL, "no-use", "", ""}, /* two weeks are not long */
		{"2026-10-26", "away", "no-use", "", "no-use"},
		{"2026-10-26", NULL, "", "", "none"},
	};
	struct inv_loan_line l = {.counted = true,
		.reason_counted = true,
		.state = INV_LINE_IN,
		.out_at = at("2026-10-01")};
	struct inv_stat_rows r;

	cr_assert_eq(day_parse("2026-11-10", &l.due), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		l.in_at = at(rows[i].in);
		l.late_reason = rows[i].late_reason;
		l.end_reason = rows[i].end_reason;
		inv_stat_of_line(&l, &r);
		cr_expect_str_eq(reason(&r, INV_STAT_LATE), rows[i].late, "row %zu", i);
		cr_expect_str_eq(reason(&r, INV_STAT_EARLY), rows[i].early, "row %zu", i);
		cr_expect_eq(of(&r, INV_STAT_EARLY, INV_STAT_ALL, 202610), *rows[i].early != '\0');
	}
	l.reason_counted = false;
	inv_stat_of_line(&l, &r);
	cr_expect_str_eq(reason(&r, INV_STAT_EARLY), "", "not yet");
	cr_expect_eq(of(&r, INV_STAT_RETURNS, INV_STAT_ALL, 202610), 1);
}
