/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/metric.h"
#include "http/server_int.h"

#define SIDES 3 /* the bits of enum http_side, in their order */
#define CLASSES 5

#define REQUESTS(side, class)                                                                \
	{                                                                                    \
		.name = "hylla_http_requests_total", .help = "Requests answered",            \
		.labels = "side=\"" side "\",class=\"" class "\"", .kind = METRIC_IS_COUNTER \
	}
#define REQUESTS_OF(side)                                                            \
	{                                                                            \
		REQUESTS(side, "1xx"), REQUESTS(side, "2xx"), REQUESTS(side, "3xx"), \
			REQUESTS(side, "4xx"), REQUESTS(side, "5xx")                 \
	}
static struct metric requests[SIDES][CLASSES] = {
	REQUESTS_OF("device"), REQUESTS_OF("staff"), REQUESTS_OF("public")};

#define SECONDS_OF(side)                                                                     \
	{                                                                                    \
		.name = "hylla_http_request_seconds",                                        \
		.help = "From the request line to the reply", .labels = "side=\"" side "\"", \
		.kind = METRIC_IS_SECONDS                                                    \
	}
static struct metric seconds[SIDES] = {
	SECONDS_OF("device"), SECONDS_OF("staff"), SECONDS_OF("public")};

static struct metric connections = METRIC_GAUGE("hylla_http_connections", "Open connections");

#define REFUSED(reason)                                                                     \
	{                                                                                   \
		.name = "hylla_http_connections_refused_total",                             \
		.help = "Connections not taken, or cut", .labels = "reason=\"" reason "\"", \
		.kind = METRIC_IS_COUNTER                                                   \
	}
static struct metric events[] = {
	[HTTP_METER_FULL] = REFUSED("full"),
	[HTTP_METER_ADDRESS_FULL] = REFUSED("address_full"),
	[HTTP_METER_CUT] = REFUSED("too_slow"),
	[HTTP_METER_MALFORMED] = REFUSED("malformed"),
};

void http_meter_init(void)
{
	for (size_t s = 0; s < SIDES; s++) {
		for (size_t c = 1; c < CLASSES; c++)
			metric_list(&requests[s][c]);
		metric_list(&seconds[s]);
	}
	metric_list(&connections);
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		metric_list(&events[i]);
}

void http_meter_request(unsigned side, int status, int64_t us)
{
	size_t s = side == HTTP_DEVICE_SIDE ? 0 : side == HTTP_STAFF_SIDE ? 1 : 2;
	size_t c = status >= 100 && status < 600 ? (size_t)status / 100 - 1 : CLASSES - 1;

	metric_add(&requests[s][c], 1);
	metric_observe_us(&seconds[s], us);
}

void http_meter_connections(int by)
{
	metric_add(&connections, by);
}

void http_meter_event(enum http_meter_event e)
{
	metric_add(&events[e], 1);
}
