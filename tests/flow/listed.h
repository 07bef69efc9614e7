/* SPDX-License-Identifier: EUPL-1.2 */
/* A few of everything that stands in lists: what test_lists.c reads. */
#ifndef FLOW_LISTED_H
#define FLOW_LISTED_H

#include "tests/flow/callers.h"

#include "base/clock.h"
#include "inventory/inventory.h"

#include <stdlib.h>

static const char *reader;

static void lend(const char *who, const char *to, const char *thing)
{
	call(200, who, "POST", "/api/v1/loans",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"things\":[\"%s\"]}", to, thing));
}

static void make_things(void)
{
	FLOW_EXPECT(&b.f, 0, "catalogue", "load");
	FLOW_EXPECT(&b.f, 0, "place", "add", "disk", "Lånedisken", "--lends");
	FLOW_EXPECT(&b.f, 0, "place", "add", "buss", "Bussen", "--kind", "bus");
	call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"tradlos-ringklocka\",\"place\":\"disk\",\"count\":4}");
	call(200, library, "POST", "/api/v1/items",
		"{\"product\":\"gps-klocka\",\"place\":\"buss\",\"count\":1}");
}

static void make_loans(void)
{
	char at[CLOCK_TEXT];
	const char *anna = borrower(library, "library",
		"\"given\":\"Anna\",\"family\":\"Ros\",\"card\":\"KANNA0001\",\"phone\":\"0701740601\"");
	const char *secret = borrower(library, "library",
		"\"given\":\"Disa\",\"family\":\"Hemlig\",\"card\":\"KDISA0001\",\"protected\":true");
	const char *cared = borrower(
		care, "care", "\"given\":\"Olle\",\"family\":\"Vård\",\"card\":\"KOLLE0001\"");

	lend(library, anna, "VB-000001");
	lend(library, secret, "VB-000002");
	call(200, b.f.token, "POST", "/api/v1/items/VB-000003", "{\"zone\":\"care\"}");
	lend(care, cared, "VB-000003");
	call(200, library, "POST", "/api/v1/holds",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"product\":\"gps-klocka\"}", anna));
	call(200, library, "POST", "/api/v1/holds",
		arena_printf(b.f.a, "{\"borrower\":\"%s\",\"product\":\"gps-klocka\"}", secret));
	call(200, library, "POST", "/api/v1/handouts",
		arena_printf(b.f.a,
			"{\"borrower\":\"%s\",\"product\":\"robotdammsugare\",\"yes\":\"hold\",\"at\":\"%s\"}",
			anna, clock_format_utc(clock_now() + 3 * 86400, at)));
	call(200, library, "POST", "/api/v1/handouts",
		arena_printf(b.f.a,
			"{\"borrower\":\"%s\",\"product\":\"vr-glasogon\",\"yes\":\"hold\",\"at\":\"%s\","
			"\"place\":\"disk\"}",
			anna, clock_format_utc(clock_now() + 5 * 86400, at)));
	call(200, library, "POST", "/api/v1/holds/2/pause", "{\"paused\":true}");
	call(200, library, "POST", "/api/v1/safety-notices",
		"{\"title\":\"Blir varm\",\"text\":\"Ring\",\"product\":\"tradlos-ringklocka\"}");
	call(200, library, "POST", "/api/v1/safety-notices",
		"{\"title\":\"Ärgar\",\"text\":\"Ring\",\"product\":\"gps-klocka\"}");
	call(200, library, "POST", "/api/v1/safety-notices/1/items/VB-000004", "{\"note\":\"sedd\"}");
}

static void make_supply(void)
{
	call(200, library, "POST", "/api/v1/items/VB-000004/send", "{\"to\":\"buss\"}");
	call(200, care, "POST", "/api/v1/sims",
		"{\"iccid\":\"8946071512360089522\",\"msisdn\":\"0701740611\"}");
	call(200, care, "POST", "/api/v1/sims",
		"{\"iccid\":\"8946071512345678902\",\"msisdn\":\"0701740612\",\"to\":\"2020-01-01\"}");
	call(200, care, "POST", "/api/v1/leases",
		"{\"id\":\"L-1\",\"supplier\":\"Östra\",\"start\":\"2026-01-31\",\"months\":480}");
	call(200, care, "POST", "/api/v1/leases",
		"{\"id\":\"L-2\",\"supplier\":\"Berga\",\"start\":\"2020-01-31\",\"months\":12}");
	call(200, care, "POST", "/api/v1/deliveries",
		"{\"id\":\"D-1\",\"product\":\"gps-klocka\",\"expected\":3,\"expected_day\":\"2020-02-01\"}");
	call(200, care, "POST", "/api/v1/deliveries",
		"{\"id\":\"D-2\",\"product\":\"gps-klocka\",\"expected\":7}");
}

static void make_faults(void)
{
	call(200, library, "POST", "/api/v1/items/VB-000001/faults", "{\"symptom\":\"Åskar\"}");
	call(200, library, "POST", "/api/v1/items/VB-000002/faults", "{\"symptom\":\"Zirpar\"}");
	call(200, care, "POST", "/api/v1/items/VB-000003/faults",
		"{\"symptom\":\"Blinkar\",\"state\":\"at_service\"}");
	call(200, care, "POST", "/api/v1/items/VB-000003/faults", "{\"symptom\":\"Gammalt\"}");
	call(200, care, "POST", "/api/v1/faults/4", "{\"state\":\"closed\",\"outcome\":\"lagad\"}");
}

static void begin(void)
{
	b = (struct browser){.f = {.set = {"mailing.quiet=", "public.url=https://ipad.example.se"}}};
	flow_start(&b.f);
	library = token("bibliotek");
	care = token("konsulent");
	reader = token("reader");
	make_things();
	make_loans();
	make_faults();
	make_supply();
	sign_in_new(&b, "lisa", "it,bibliotek,admin");
}

#endif
