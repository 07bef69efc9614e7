/* SPDX-License-Identifier: EUPL-1.2 */
/* A server, those who ask it by tokens of their own, and the borrowers they write down. */
#ifndef FLOW_CALLERS_H
#define FLOW_CALLERS_H

#include "tests/flow/browser.h"

static struct browser b;
static const char *library __attribute__((unused)), *care __attribute__((unused)); /* a token each; made by begin() */

static inline const char *token(const char *roles)
{
	const char *body = arena_printf(b.f.a, "{\"note\":\"test\",\"roles\":\"%s\"}", roles);

	return doc_str(flow_api(&b.f, 201, "POST", "/api/v1/tokens", body), "token");
}

static inline struct doc *call(
	int status, const char *who, const char *method, const char *path, const char *body)
{
	struct flow_reply r = flow_call(&b.f, method, path, who, body);

	cr_assert_eq(r.status, status, "%s %s: %d %s", method, path, r.status, r.body);
	return r.doc;
}

/* A desk that lends what the catalogue has. */
static inline void lending_desk(void)
{
	b = (struct browser){0};
	flow_start(&b.f);
	library = token("bibliotek");
	care = token("konsulent");
	FLOW_EXPECT(&b.f, 0, "catalogue", "load");
	FLOW_EXPECT(&b.f, 0, "place", "add", "disk", "Lånedisken", "--lends");
}

/* A no, by its code. */
static inline void refused(const char *who, const char *path, const char *body, const char *code)
{
	cr_expect_str_eq(doc_str(call(409, who, "POST", path, body), "code"), code);
}

static inline const char *borrower(const char *who, const char *zone, const char *rest)
{
	const char *body = arena_printf(b.f.a, "{\"zone\":\"%s\",\"kind\":\"senior\",%s}", zone, rest);

	return doc_str(call(201, who, "POST", "/api/v1/borrowers", body), "id");
}

static inline void end(void)
{
	flow_expect_well(&b.f);
	flow_stop(&b.f);
}

#endif
