/* SPDX-License-Identifier: EUPL-1.2 */
/* What a program's token is narrowed to: areas of the API, and reading alone. Pure. Which area an
 * address is of stands here and nowhere else; one that is of none is closed to narrowed tokens. */
#include "web/scope_int.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"

#define V1 "/api/v1"

static const char *const names[WEB_AREAS] = {"items", "loans", "people", "devices", "mailings",
	"statistics", "settings", "accounts", "audit"};

enum way {
	BY_METHOD, /* GET reads, all else writes */
	READS,     /* POST so that what is asked stands in no address */
	WRITES     /* GET, and yet something is made */
};

struct row {
	const char *under; /* this address as the table of routes has it, and those below it */
	uint32_t areas;    /* all of them are needed */
	enum way way;
};

#define LOANS_OF_PEOPLE (WEB_AREA_LOANS | WEB_AREA_PEOPLE)
#define ALL_THAT_HAPPENS (WEB_AREA_ITEMS | WEB_AREA_LOANS | WEB_AREA_DEVICES)

/* The first that fits: the narrower address stands before the wider. */
static const struct row rows[] = {
	{V1 "/accounts", WEB_AREA_ACCOUNTS, BY_METHOD},
	{V1 "/ade", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/agreements/{id}/pdf", LOANS_OF_PEOPLE, READS},
	{V1 "/agreements/{id}/read", LOANS_OF_PEOPLE, READS},
	{V1 "/agreements", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/audit", WEB_AREA_AUDIT, BY_METHOD},
	{V1 "/borrower-notices", WEB_AREA_PEOPLE, BY_METHOD},
	{V1 "/borrower-policies", WEB_AREA_PEOPLE, BY_METHOD},
	{V1 "/borrowers/find", WEB_AREA_PEOPLE, READS},
	{V1 "/borrowers/search", WEB_AREA_PEOPLE, READS},
	{V1 "/borrowers/{id}/extract", LOANS_OF_PEOPLE, READS},
	{V1 "/borrowers/{id}/look", WEB_AREA_PEOPLE, READS},
	{V1 "/borrowers", WEB_AREA_PEOPLE, BY_METHOD},
	{V1 "/catalogue", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/clock", WEB_AREA_SETTINGS, BY_METHOD},
	{V1 "/commands", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/deliveries", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/desk", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/devices", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/erasure-lists", WEB_AREA_PEOPLE, BY_METHOD},
	{V1 "/events", ALL_THAT_HAPPENS, BY_METHOD},
	{V1 "/faults", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/groups", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/handouts/{id}/cancel", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/handouts/{id}/move", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/handouts/{id}/thing", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/handouts/seats", WEB_AREA_LOANS, BY_METHOD},
	/* the words beside it; its borrower on the desk */
	{V1 "/handouts/{id}", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/handouts", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/holds", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/imports", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/invitations/{id}/profile", WEB_AREA_DEVICES, WRITES},
	{V1 "/invitations", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/items/{code}/check-in", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/items/{code}/claim", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/items/{code}/inspected", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/items/{code}/lost-on-loan", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/items/{code}/write-off", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/items", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/labels", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/leases", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/lifeguard", WEB_AREA_STATISTICS, BY_METHOD},
	{V1 "/loan-rules", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/loans/calls", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/loans/{loan}/letter", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/idle", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/loans/{loan}/slip", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/loans/{number}/reminder", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/loans", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/mailings", WEB_AREA_MAILINGS, BY_METHOD},
	{V1 "/media", WEB_AREA_MAILINGS, BY_METHOD},
	{V1 "/photos", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/places", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/presets", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/price-lists", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/prices/preview", WEB_AREA_ITEMS, READS},
	{V1 "/prices", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/products/{product}/rate", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/products", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/push-certificate", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/returns", WEB_AREA_DEVICES, BY_METHOD},
	{V1 "/safety-notices/{id}/calls", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/safety-notices", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/scan", LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/search", WEB_AREA_ITEMS | LOANS_OF_PEOPLE, BY_METHOD},
	{V1 "/sessions", WEB_AREA_OWN, BY_METHOD},
	{V1 "/settings/{name}/preview", WEB_AREA_SETTINGS, READS},
	{V1 "/settings", WEB_AREA_SETTINGS, BY_METHOD},
	{V1 "/sign-in-rules", WEB_AREA_ACCOUNTS, BY_METHOD},
	{V1 "/sign-out", WEB_AREA_OWN, BY_METHOD},
	{V1 "/sims/{code}/codes", WEB_AREA_ITEMS, READS},
	{V1 "/sims", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/statistics", WEB_AREA_STATISTICS, BY_METHOD},
	{V1 "/status", WEB_AREA_STATISTICS, BY_METHOD},
	{V1 "/tasks/{id}/move-loan", WEB_AREA_LOANS, BY_METHOD},
	{V1 "/tasks", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/tokens", WEB_AREA_ACCOUNTS, BY_METHOD},
	{V1 "/transfers", WEB_AREA_ITEMS, BY_METHOD},
	{V1 "/two-step", WEB_AREA_OWN, BY_METHOD},
	{V1 "/webhooks", WEB_AREA_SETTINGS | ALL_THAT_HAPPENS, BY_METHOD},
	{V1 "/wordings", WEB_AREA_LOANS, BY_METHOD},
	{"/metrics", WEB_AREA_STATISTICS, BY_METHOD},
};

/* Whole steps of the address: "/sign-in" is not above "/sign-in-rules". */
static bool is_under(const char *path, const char *under)
{
	size_t n = strlen(under);

	return text_starts(path, under) && (path[n] == '\0' || path[n] == '/');
}

static const struct row *row_of(const char *path)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (is_under(path, rows[i].under))
			return &rows[i];
	}
	return NULL;
}

struct web_need web_route_need(const struct http_route *r)
{
	const struct row *row = row_of(r->path);
	bool get = text_equal(r->method, "GET");

	if (!row)
		return (struct web_need){.writes = !get};
	return (struct web_need){
		row->areas, row->way == BY_METHOD ? !get : row->way == WRITES};
}

static uint32_t area_of(const char *s, size_t n)
{
	for (size_t i = 0; i < WEB_AREAS; i++) {
		if (strlen(names[i]) == n && memcmp(names[i], s, n) == 0)
			return 1u << i;
	}
	return 0;
}

int web_areas_parse(const char *s, uint32_t *ret)
{
	uint32_t all = 0;

	while (*(s += strspn(s, " ,"))) {
		size_t n = strcspn(s, " ,");
		uint32_t area = area_of(s, n);

		if (!area)
			return ERR_BADINPUT;
		all |= area;
		s += n;
	}
	if (!all)
		return ERR_BADINPUT;
	*ret = all;
	return 0;
}

const char *web_area_name(size_t i)
{
	return names[i];
}

void web_areas_format(uint32_t areas, struct buf *out)
{
	const char *between = "";

	for (size_t i = 0; i < WEB_AREAS; i++) {
		if (!(areas & (1u << i)))
			continue;
		buf_printf(out, "%s%s", between, names[i]);
		between = " ";
	}
}

static int lacks(uint32_t areas, struct refusal *r)
{
	AUTO(buf) struct buf b = BUF_INIT(256);

	web_areas_format(areas, &b);
	return refusal_keep(r, refuse(r, &web_say_scope_area, buf_str(&b), NULL, NULL));
}

int web_scope_decide(const struct web_token *t, const struct http_route *route, struct refusal *r)
{
	const struct web_need need = web_route_need(route);

	if (!web_token_is_narrow(t) || need.areas == WEB_AREA_OWN)
		return 0;
	if (!need.areas)
		return refuse(r, &web_say_scope_page, NULL, NULL, NULL);
	if (t->areas && (need.areas & ~t->areas))
		return lacks(need.areas & ~t->areas, r);
	if (t->read_only && need.writes)
		return refuse(r, &web_say_scope_read, NULL, NULL, NULL);
	return 0;
}

int web_scope_give(uint32_t areas, bool read_only, const struct web_token *want, struct refusal *r)
{
	bool wider = areas && (!want->areas || (want->areas & ~areas));

	if (wider || (read_only && !want->read_only))
		return refuse(r, &web_say_scope_wider, NULL, NULL, NULL);
	return 0;
}

int web_scope_reaches(uint32_t areas, uint32_t needed, struct refusal *r)
{
	return areas && (needed & ~areas) ? lacks(needed & ~areas, r) : 0;
}

bool web_token_is_narrow(const struct web_token *t)
{
	return t->areas || t->read_only;
}

int web_token_end(
	const char *until, const char *life, int64_t now, int64_t *ret, struct refusal *r)
{
	int64_t life_s = 0;
	int32_t day;

	if (until && life)
		return refuse(r, &web_say_two_ends, NULL, NULL, NULL);
	if (life && clock_parse_span(life, &life_s) != 0)
		return ERR_BADINPUT;
	if (until && day_parse(until, &day) != 0)
		return ERR_BADINPUT;
	if (until && day < day_of_time(now))
		return refuse(r, &web_say_until_past, until, NULL, NULL);
	*ret = until ? day_end(day) : life_s ? now + life_s : 0;
	return 0;
}
