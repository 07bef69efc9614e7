/* SPDX-License-Identifier: EUPL-1.2 */
/* What a handler may ask of its request. */
#include "base/text.h"
#include "http/http_int.h"

const char *http_header(const struct http_request *rq, const char *name)
{
	const struct http_head *h = &rq->x->head;
	const char *value;
	size_t n;

	if (!rq->x->trusted && http_field_is_proxys(name))
		return NULL;
	value = http_field_find(h->fields, h->n, name);
	n = value ? strlen(value) : 0;
	if (n == 0 || (value[n - 1] != ' ' && value[n - 1] != '\t'))
		return value;
	while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t'))
		n--;
	return arena_strndup(rq->arena, value, n);
}

static bool was_asked(const struct http_exchange *x, const char *name)
{
	for (size_t i = 0; i < x->asked_n; i++) {
		if (text_equal(x->asked[i], name))
			return true;
	}
	return x->asked_n == HTTP_ASKED;
}

static bool is_known(const char *name, const char *const *known)
{
	for (; *known; known++) {
		if (text_equal(*known, name))
			return true;
	}
	return false;
}

const char *http_query_unasked(const struct http_request *rq, const char *const *known)
{
	struct bytes query = rq->x->query, raw, value;
	char *name;

	while (http_query_next(&query, &raw, &value)) {
		if (http_percent_decode(rq->arena, raw, true, &name) == 0 && !was_asked(rq->x, name) &&
			!is_known(name, known))
			return name;
	}
	return NULL;
}

static const char *query_get(const struct http_request *rq, const char *name, bool plus)
{
	struct http_exchange *x = rq->x;
	char *value;

	if (x->query.n && !was_asked(x, name))
		x->asked[x->asked_n++] = arena_strdup(rq->arena, name);
	return http_query_find(rq->arena, rq->x->query, name, plus, &value) == 0 ? value : NULL;
}

const char *http_query(const struct http_request *rq, const char *name)
{
	return query_get(rq, name, true);
}

const char *http_query_literal(const struct http_request *rq, const char *name)
{
	return query_get(rq, name, false);
}

const char *http_param(const struct http_request *rq, const char *name)
{
	const struct http_match *m = &rq->x->match;
	char *value;

	for (size_t i = 0; i < m->param_count; i++) {
		if (!bytes_equal(m->params[i].name, bytes_of_str(name)))
			continue;
		/* Well-formed: http_path_decode() has read the whole path. */
		return http_percent_decode(rq->arena, m->params[i].raw, false, &value) == 0 ? value
											    : NULL;
	}
	return NULL;
}

const char *http_target(const struct http_request *rq)
{
	return arena_strndup(rq->arena, rq->x->head.target.p, rq->x->head.target.n);
}

const char *http_cookie(const struct http_request *rq, const char *name)
{
	const char *header = http_header(rq, "Cookie"), *value;

	return header && http_cookie_find(rq->arena, header, name, &value) == 0 ? value : NULL;
}

bool http_is_form(const struct http_request *rq)
{
	static const char type[] = "application/x-www-form-urlencoded";

	return rq->content_type && strncasecmp(rq->content_type, type, strlen(type)) == 0 &&
	       strchr(" \t;", rq->content_type[strlen(type)]);
}

/* What follows `wanted` in a header that is a list: its weight, the next of the list, "" at the
 * end; NULL when the list has no such. */
static const char *listed(const struct http_request *rq, const char *header, const char *wanted)
{
	const char *one = http_header(rq, header);
	size_t n = strlen(wanted);

	while (one && *one) {
		one += strspn(one, " \t,");
		if (strncasecmp(one, wanted, n) == 0 && strchr(" \t,;", one[n]))
			return one + n; /* strchr finds the NUL as well */
		one += strcspn(one, ",");
	}
	return NULL;
}

/* Whether one of the media ranges of Accept is this type; weights are not weighed. */
static bool accepts(const struct http_request *rq, const char *type)
{
	return listed(rq, "Accept", type) != NULL;
}

/* A weight of nothing is a no: ";q=0", ";q=0.000". */
static bool is_weightless(const char *weight)
{
	weight += strspn(weight, " \t");
	if (*weight != ';')
		return false;
	weight += 1 + strspn(weight + 1, " \t");
	return strncasecmp(weight, "q=0", 3) == 0 &&
	       strchr(" \t,", weight[3 + strspn(weight + 3, ".0")]);
}

bool http_takes_gzip(const struct http_request *rq)
{
	const char *weight = listed(rq, "Accept-Encoding", "gzip");

	return weight && !is_weightless(weight);
}

bool http_wants_json(const struct http_request *rq)
{
	return (rq->path && text_starts(rq->path, "/api/")) || accepts(rq, "application/json");
}

bool http_wants_html(const struct http_request *rq)
{
	return !http_wants_json(rq) && accepts(rq, "text/html");
}
