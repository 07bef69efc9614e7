/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/metric.h"

#include <criterion/criterion.h>
#include <pthread.h>

static struct metric polls = METRIC_COUNTER("t_polls_total", "Polls");
static struct metric seen_a = {
	.name = "t_seen_total", .help = "Seen", .labels = "side=\"a\"", .kind = METRIC_IS_COUNTER};
static struct metric seen_b = {
	.name = "t_seen_total", .help = "Seen", .labels = "side=\"b\"", .kind = METRIC_IS_COUNTER};
static struct metric open_now = METRIC_GAUGE("t_open", "Open now");
static struct metric took = METRIC_SECONDS("t_took_seconds", "How long it took");

static size_t times(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = text; (p = strstr(p, what)); p++)
		n++;
	return n;
}

static void gauge_refresh(void *ctx)
{
	metric_set(ctx, 42);
}

Test(metric, text_form)
{
	struct buf out = BUF_INIT(65536);

	metric_add(&seen_b, 2);
	metric_add(&polls, 1);
	metric_add(&polls, 4);
	metric_add(&seen_a, 7);
	metric_set(&open_now, 3);
	metric_set(&open_now, -1);
	metric_format(&out);
	cr_assert(strstr(buf_str(&out), "# HELP t_polls_total Polls\n"
					"# TYPE t_polls_total counter\nt_polls_total 5\n"));
	cr_assert(strstr(buf_str(&out), "# TYPE t_open gauge\nt_open -1\n"));
	/* one head, both samples behind it, whatever the order of their first use */
	cr_assert_eq(times(buf_str(&out), "# TYPE t_seen_total"), 1);
	cr_assert(strstr(buf_str(&out),
		"counter\nt_seen_total{side=\"a\"} 7\nt_seen_total{side=\"b\"} 2\n"));
	buf_release(&out);
}

Test(metric, histogram_is_cumulative)
{
	static const int64_t us[] = {0, 100, 101, 999999, 10000000, 10000001};
	struct buf out = BUF_INIT(65536);

	for (size_t i = 0; i < sizeof(us) / sizeof(us[0]); i++)
		metric_observe_us(&took, us[i]);
	metric_format(&out);
	cr_assert(strstr(buf_str(&out), "# TYPE t_took_seconds histogram\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_bucket{le=\"0.0001\"} 2\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_bucket{le=\"0.0003\"} 3\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_bucket{le=\"0.3\"} 3\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_bucket{le=\"1\"} 4\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_bucket{le=\"10\"} 5\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_bucket{le=\"+Inf\"} 6\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_sum 21.000201\n"));
	cr_assert(strstr(buf_str(&out), "t_took_seconds_count 6\n"));
	buf_release(&out);
}

Test(metric, listed_before_first_use_and_refreshed)
{
	static struct metric quiet = METRIC_COUNTER("t_quiet_total", "Never");
	static struct metric fresh = METRIC_GAUGE("t_fresh", "Fresh");
	struct buf out = BUF_INIT(65536);

	metric_list(&quiet);
	metric_list(&quiet);
	metric_on_format(gauge_refresh, &fresh);
	metric_on_format(gauge_refresh, &fresh);
	metric_format(&out);
	cr_assert_eq(times(buf_str(&out), "\nt_quiet_total 0\n"), 1);
	cr_assert(strstr(buf_str(&out), "\nt_fresh 42\n"));
	buf_release(&out);
}

static void *adder(void *arg)
{
	for (int i = 0; i < 5000; i++)
		metric_add(arg, 1);
	return NULL;
}

/* Listing from many threads at once loses none and doubles none. */
Test(metric, threads)
{
	static struct metric shared = METRIC_COUNTER("t_shared_total", "Shared");
	struct buf out = BUF_INIT(65536);
	pthread_t t[4];

	for (int i = 0; i < 4; i++)
		cr_assert_eq(pthread_create(&t[i], NULL, adder, &shared), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	metric_format(&out);
	cr_assert_eq(times(buf_str(&out), "t_shared_total 20000\n"), 1);
	buf_release(&out);
}
