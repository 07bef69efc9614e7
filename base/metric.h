/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Figures for the night operator, in Prometheus' text form (exposition format 0.0.4). A metric is
 * a static struct; adding is one relaxed atomic and safe on every thread.
 *   static struct metric polls = METRIC_COUNTER("hylla_mdm_polls_total", "Idle polls answered");
 *   metric_add(&polls, 1);
 */
#ifndef BASE_METRIC_H
#define BASE_METRIC_H

#include "base/buf.h"

#include <stdatomic.h>

enum metric_kind { METRIC_IS_COUNTER, METRIC_IS_GAUGE, METRIC_IS_SECONDS };

/* SECONDS: a histogram with fixed bounds from 100 us to 10 s, fed in microseconds. */
#define METRIC_BUCKETS 11
struct metric {
	const char *name, *help;
	const char *labels; /* "side=\"device\"", or NULL */
	enum metric_kind kind;
	_Atomic int64_t value; /* histogram: sum in us */
	_Atomic uint64_t bucket[METRIC_BUCKETS + 1];
	struct metric *_Atomic next;
	atomic_bool listed;
};

#define METRIC_COUNTER(n, h)                                        \
	{                                                           \
		.name = (n), .help = (h), .kind = METRIC_IS_COUNTER \
	}
#define METRIC_GAUGE(n, h)                                        \
	{                                                         \
		.name = (n), .help = (h), .kind = METRIC_IS_GAUGE \
	}
#define METRIC_SECONDS(n, h)                                        \
	{                                                           \
		.name = (n), .help = (h), .kind = METRIC_IS_SECONDS \
	}

void metric_add(struct metric *m, int64_t by);
void metric_set(struct metric *m, int64_t value);
void metric_observe_us(struct metric *m, int64_t us);
/* Makes it show before its first use (0). */
void metric_list(struct metric *m);
/* Called while formatting, to bring gauges up to date. At most eight. */
void metric_on_format(void (*fn)(void *), void *ctx);
void metric_format(struct buf *out);

#endif
