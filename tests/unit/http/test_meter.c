/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/metric.h"
#include "http/server_int.h"

#include <criterion/criterion.h>

static struct buf out = BUF_INIT(1024 * 1024);

static bool shows(const char *line)
{
	buf_reset(&out);
	metric_format(&out);
	return strstr(buf_str(&out), line) != NULL;
}

/* Everything is there before the first request, so that a rate can be drawn from the start. */
Test(meter, listed)
{
	http_meter_init();
	cr_expect(shows("hylla_http_requests_total{side=\"staff\",class=\"5xx\"} 0\n"));
	cr_expect(shows("hylla_http_connections 0\n"));
	cr_expect(shows("hylla_http_connections_refused_total{reason=\"malformed\"} 0\n"));
	buf_release(&out);
}

Test(meter, counted)
{
	http_meter_request(HTTP_DEVICE_SIDE, 200, 50);
	http_meter_request(HTTP_DEVICE_SIDE, 204, 50);
	http_meter_request(HTTP_STAFF_SIDE, 404, 2000000);
	http_meter_request(HTTP_PUBLIC_SIDE, 301, 1);
	http_meter_request(HTTP_PUBLIC_SIDE, 0, 1);
	http_meter_request(HTTP_PUBLIC_SIDE, 999, 1);
	http_meter_connections(2);
	http_meter_connections(-1);
	http_meter_event(HTTP_METER_FULL);
	http_meter_event(HTTP_METER_ADDRESS_FULL);
	http_meter_event(HTTP_METER_ADDRESS_FULL);
	cr_expect(shows("hylla_http_requests_total{side=\"device\",class=\"2xx\"} 2\n"));
	cr_expect(shows("hylla_http_requests_total{side=\"staff\",class=\"4xx\"} 1\n"));
	cr_expect(shows("hylla_http_requests_total{side=\"public\",class=\"3xx\"} 1\n"));
	cr_expect(shows("hylla_http_requests_total{side=\"public\",class=\"5xx\"} 2\n"));
	cr_expect(shows("hylla_http_request_seconds_bucket{side=\"device\",le=\"0.0001\"} 2\n"));
	cr_expect(shows("hylla_http_request_seconds_sum{side=\"staff\"} 2.000000\n"));
	cr_expect(shows("hylla_http_connections 1\n"));
	cr_expect(shows("hylla_http_connections_refused_total{reason=\"full\"} 1\n"));
	cr_expect(shows("hylla_http_connections_refused_total{reason=\"address_full\"} 2\n"));
	buf_release(&out);
}
