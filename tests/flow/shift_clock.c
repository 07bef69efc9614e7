/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Preloaded into a program under test, so that years pass in a second: the time of day is moved
 * by FLOW_CLOCK_SHIFT seconds. Clocks that measure spans are left alone.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static time_t shift(void)
{
	const char *s = getenv("FLOW_CLOCK_SHIFT");

	return s ? (time_t)strtoll(s, NULL, 10) : 0;
}

int clock_gettime(clockid_t id, struct timespec *ts)
{
	static int (*real)(clockid_t, struct timespec *);
	int ret;

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	ret = real(id, ts);
	if (ret == 0 && id == CLOCK_REALTIME)
		ts->tv_sec += shift();
	return ret;
}

time_t time(time_t *ret)
{
	struct timespec ts = {0};

	clock_gettime(CLOCK_REALTIME, &ts);
	if (ret)
		*ret = ts.tv_sec;
	return ts.tv_sec;
}
