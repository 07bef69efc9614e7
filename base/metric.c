/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/metric.h"

#include <inttypes.h>
#include <stdlib.h>

/* The bounds of the histogram; the last bucket has none. */
static const struct {
	int64_t us;
	const char *text; /* s */
} bounds[METRIC_BUCKETS] = {
	{100, "0.0001"},
	{300, "0.0003"},
	{1000, "0.001"},
	{3000, "0.003"},
	{10000, "0.01"},
	{30000, "0.03"},
	{100000, "0.1"},
	{300000, "0.3"},
	{1000000, "1"},
	{3000000, "3"},
	{10000000, "10"},
};

static struct metric *_Atomic metrics; /* every one listed, newest first; they live for ever */

#define HOOKS 8
static struct {
	void (*fn)(void *);
	void *ctx;
} hooks[HOOKS];
static _Atomic size_t hook_count;

void metric_list(struct metric *m)
{
	struct metric *head;

	if (atomic_load_explicit(&m->listed, memory_order_relaxed))
		return;
	if (atomic_exchange(&m->listed, true))
		return;
	head = atomic_load(&metrics);
	do {
		atomic_store(&m->next, head);
	} while (!atomic_compare_exchange_weak(&metrics, &head, m));
}

void metric_add(struct metric *m, int64_t by)
{
	metric_list(m);
	atomic_fetch_add_explicit(&m->value, by, memory_order_relaxed);
}

void metric_set(struct metric *m, int64_t value)
{
	metric_list(m);
	atomic_store_explicit(&m->value, value, memory_order_relaxed);
}

void metric_observe_us(struct metric *m, int64_t us)
{
	size_t i = 0;

	metric_list(m);
	while (i < METRIC_BUCKETS && us > bounds[i].us)
		i++;
	atomic_fetch_add_explicit(&m->bucket[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&m->value, us, memory_order_relaxed);
}

void metric_on_format(void (*fn)(void *), void *ctx)
{
	size_t i = atomic_load(&hook_count);

	for (size_t k = 0; k < i; k++) {
		if (hooks[k].fn == fn && hooks[k].ctx == ctx)
			return;
	}
	if (i == HOOKS)
		abort(); /* a slip in our own code: there are fewer folders than that */
	hooks[i].fn = fn;
	hooks[i].ctx = ctx;
	atomic_store(&hook_count, i + 1);
}

/* The name with its labels and, for a histogram's bucket, the bound: name{a="b",le="1"} */
static void sample_add(struct buf *out, const struct metric *m, const char *ending, const char *le)
{
	buf_add_str(out, m->name);
	buf_add_str(out, ending);
	if (m->labels || le) {
		buf_printf(out, "{%s", m->labels ? m->labels : "");
		if (le)
			buf_printf(out, "%sle=\"%s\"", m->labels ? "," : "", le);
		buf_add_char(out, '}');
	}
	buf_add_char(out, ' ');
}

static void seconds_add(struct buf *out, const struct metric *m)
{
	int64_t sum = atomic_load_explicit(&m->value, memory_order_relaxed);
	uint64_t n = 0;

	for (size_t i = 0; i <= METRIC_BUCKETS; i++) {
		n += atomic_load_explicit(&m->bucket[i], memory_order_relaxed);
		sample_add(out, m, "_bucket", i < METRIC_BUCKETS ? bounds[i].text : "+Inf");
		buf_printf(out, "%" PRIu64 "\n", n);
	}
	sample_add(out, m, "_sum", NULL);
	buf_printf(out, "%" PRId64 ".%06" PRId64 "\n", sum / 1000000, sum % 1000000);
	sample_add(out, m, "_count", NULL);
	buf_printf(out, "%" PRIu64 "\n", n);
}

static void metric_format_one(struct buf *out, const struct metric *m)
{
	if (m->kind == METRIC_IS_SECONDS) {
		seconds_add(out, m);
		return;
	}
	sample_add(out, m, "", NULL);
	buf_printf(out, "%" PRId64 "\n", atomic_load_explicit(&m->value, memory_order_relaxed));
}

static int metric_order(const void *a, const void *b)
{
	const struct metric *x = *(const struct metric *const *)a;
	const struct metric *y = *(const struct metric *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->labels ? x->labels : "", y->labels ? y->labels : "");
}

void metric_format(struct buf *out)
{
	static const char *const kinds[] = {[METRIC_IS_COUNTER] = "counter",
		[METRIC_IS_GAUGE] = "gauge",
		[METRIC_IS_SECONDS] = "histogram"};
	struct metric *head, **all;
	size_t n = 0, at = 0;

	for (size_t i = 0; i < atomic_load(&hook_count); i++)
		hooks[i].fn(hooks[i].ctx);
	head = atomic_load(&metrics);
	for (struct metric *m = head; m; m = atomic_load(&m->next))
		n++;
	all = mem_alloc(n * sizeof(struct metric *));
	for (struct metric *m = head; m; m = atomic_load(&m->next))
		all[at++] = m;
	/* All samples of one name must stand together below its HELP and TYPE. */
	qsort(all, n, sizeof(struct metric *), metric_order);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(all[i]->name, all[i - 1]->name) != 0)
			buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", all[i]->name, all[i]->help,
				all[i]->name, kinds[all[i]->kind]);
		metric_format_one(out, all[i]);
	}
	free(all);
}
