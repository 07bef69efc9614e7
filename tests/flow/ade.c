/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/flow/ade.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

struct flow f;
struct device_assignment *da;
static char settings[3][160];

/* With some settings more. */
void ade_begin_set(const char *const *more)
{
	f = (struct flow){0};
	setenv("LC_ALL", "C.UTF-8", 1);
	cr_assert_eq(device_assignment_start(0, &da), 0);
	snprintf(settings[0], sizeof(settings[0]), "ade.url=%s", device_assignment_url(da));
	snprintf(settings[1], sizeof(settings[1]), "ade.unlock_url=%s", device_assignment_url(da));
	f.set[0] = settings[0];
	f.set[1] = settings[1];
	f.set[2] = "ade.device_ca=device_ca.pem";
	f.set[3] = "ade.minimum_os=18.2";
	for (size_t i = 4; *more && i < sizeof(f.set) / sizeof(f.set[0]); i++)
		f.set[i] = *more++;
	flow_start(&f);
	flow_file(&f, "device_ca.pem", device_assignment_ca(da));
}

void ade_begin(void)
{
	ade_begin_set((const char *const[]){NULL});
}

void ade_end(void)
{
	flow_expect_well(&f);
	flow_stop(&f);
	device_assignment_stop(da);
}

struct flow_said token_in(int days)
{
	const char *pem = doc_str(FLOW_JSON(&f, "ade", "key"), "certificate"), *token;

	cr_assert_not_null(pem);
	token = device_assignment_token(da, f.a, pem, days);
	cr_assert_not_null(token);
	return FLOW_RUN(&f, "ade", "token", flow_file(&f, "token.p7m", token));
}

void add(const char *serial)
{
	const struct assigned_device d = {.serial = serial,
		.model = "iPad (10th generation)",
		.description = "IPAD 10.9 64GB",
		.color = "SILVER",
		.imei = "350000000000017",
		.eid = "89049032000000000000000000000017"};

	device_assignment_add(da, &d);
}

static bool is_answered(void *ret)
{
	struct doc **d = ret;

	*d = flow_api(&f, 200, "GET", "/api/v1/ade", NULL);
	return !doc_bool(*d, "asked", true);
}

/* Asked for by API, which wakes the server; the command line's word is found at its next round, in two seconds. */
struct doc *synced(void)
{
	struct doc *d = NULL;

	flow_api(&f, 200, "POST", "/api/v1/ade/sync", "{}");
	cr_assert(flow_until(is_answered, &d), "nothing came of it");
	return d;
}

struct device_assignment_status status(const char *serial)
{
	struct device_assignment_status s;

	cr_assert_eq(device_assignment_status(da, f.a, serial, &s), 0);
	return s;
}

const char *item_state(const char *serial)
{
	return doc_str(FLOW_JSON(&f, "item", "show", serial), "state");
}

bool is_locked(void *serial)
{
	return status(serial).locked;
}

bool is_unlocked(void *serial)
{
	return !status(serial).locked;
}

bool has_profile(void *serial)
{
	return status(serial).profile != NULL;
}

/* Answered 200. */
static struct flow_reply asked_in_swedish(const char *path, const char *accept)
{
	const struct client_header headers[] = {{"Accept", accept},
		{"Accept-Language", "sv"},
		{"Authorization", arena_printf(f.a, "Bearer %s", f.token)}};
	const struct client_request rq = {
		.method = "GET", .path = path, .headers = headers, .header_count = 3};
	struct flow_reply r = flow_ask(&f, f.staff_port, &rq);

	cr_expect_eq(r.status, 200, "%s: %d", path, r.status);
	return r;
}

bool page_says(const char *path, const char *words)
{
	return strstr(asked_in_swedish(path, "text/html").body, words) != NULL;
}

struct doc *in_swedish(const char *path)
{
	struct flow_reply r = asked_in_swedish(path, "application/json");

	cr_assert_not_null(r.doc, "%s", path);
	return r.doc;
}

bool is_sentence(const char *s)
{
	return s && strlen(s) > 30 && strchr(s, ' ') && strchr(s, '.');
}

void time_passes(int64_t s)
{
	flow_server_stop(&f);
	f.clock_shift_s += s;
	device_assignment_clock(da, f.clock_shift_s);
	flow_server_start(&f);
	synced();
}
