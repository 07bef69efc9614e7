/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Scope: what a program's token is narrowed to beside its roles. Areas are parts of the API; a
 * token without any has them all. An address may be of several, and then all are needed.
 */
#ifndef WEB_SCOPE_INT_H
#define WEB_SCOPE_INT_H

#include "web/web_int.h"

#define WEB_AREAS 9
#define WEB_AREA_ITEMS (1u << 0)
#define WEB_AREA_LOANS (1u << 1)
#define WEB_AREA_PEOPLE (1u << 2)
#define WEB_AREA_DEVICES (1u << 3)
#define WEB_AREA_MAILINGS (1u << 4)
#define WEB_AREA_STATISTICS (1u << 5)
#define WEB_AREA_SETTINGS (1u << 6)
#define WEB_AREA_ACCOUNTS (1u << 7)
#define WEB_AREA_AUDIT (1u << 8)

/* "items", of the area with this bit. */
const char *web_area_name(size_t i);
/* May this token be at this address? A refusal names what it lacks. */
int web_scope_decide(const struct web_token *t, const struct http_route *route,
	struct refusal *r) MUST_CHECK;
/* Whoever is narrowed to this gives no token that may more. */
int web_scope_give(uint32_t areas, bool read_only, const struct web_token *want,
	struct refusal *r) MUST_CHECK;
/* For an act that reaches into another area than its address is of: areas 0 has them all. */
int web_scope_reaches(uint32_t areas, uint32_t needed, struct refusal *r) MUST_CHECK;
bool web_token_is_narrow(const struct web_token *t);

/* scope_say.c */
extern const struct say web_say_scope_area, web_say_scope_read, web_say_scope_page,
	web_say_scope_wider, web_say_until_past, web_say_two_ends;

#endif
