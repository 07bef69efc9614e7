/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"

#define FIELDS_MOST 100
#define LENGTH_DIGITS_MOST 18

const char *http_field_find(const struct http_field *fields, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (text_equal_case(fields[i].name, name))
			return fields[i].value;
	}
	return NULL;
}

size_t http_field_count(const struct http_field *fields, size_t n, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += text_equal_case(fields[i].name, name);
	return count;
}

/* token of RFC 9110 section 5.6.2. "Content-Length :" would otherwise be an unknown header to us
 * and a length to a proxy. */
static bool is_token(const char *s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	if (!*s)
		return false;
	for (; *s; s++) {
		bool letter = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');

		if (!letter && !(*s >= '0' && *s <= '9') && !strchr(others, *s))
			return false;
	}
	return true;
}

/* Is there an octet below 0x20 or 0x7f among these eight? */
static bool has_control_8(const char *s)
{
	const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
	uint64_t v, low, del;

	memcpy(&v, s, sizeof(v));
	low = (v - ones * ' ') & ~v;
	del = v ^ ones * 0x7f;
	return ((low | ((del - ones) & ~del)) & tops) != 0;
}

/* A signature comes in a header of some kilobytes with every message. */
static bool is_field_value(const char *s)
{
	const char *end = s + strlen(s);

	while (s < end) {
		if (end - s >= 8 && !has_control_8(s)) {
			s += 8;
			continue;
		}
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
			return false;
		s++;
	}
	return true;
}

/* Digits only: the library takes less than the whole and some proxies a sign or a list. */
static int length_parse(const char *s, uint64_t *ret)
{
	if (strspn(s, "0123456789") != strlen(s) || strlen(s) > LENGTH_DIGITS_MOST)
		return ERR_BADINPUT;
	return text_parse_u64(s, ret);
}

static const char *fields_fault(const struct http_head *h)
{
	if (h->n > FIELDS_MOST)
		return "too many headers";
	for (size_t i = 0; i < h->n; i++) {
		if (!is_token(h->fields[i].name))
			return "header name";
		if (!is_field_value(h->fields[i].value))
			return "header value";
	}
	return NULL;
}

static const char *host_fault(const struct http_head *h)
{
	size_t hosts = http_field_count(h->fields, h->n, "Host");

	if (hosts > 1)
		return "doubled Host";
	if (hosts == 0 && !text_equal(h->version, "HTTP/1.0"))
		return "no Host";
	return NULL;
}

/* Two ways of saying where the body ends are two bodies to two readers. */
static const char *body_fault(const struct http_head *h, struct http_framing *f)
{
	size_t lengths = http_field_count(h->fields, h->n, "Content-Length");
	size_t codings = http_field_count(h->fields, h->n, "Transfer-Encoding");

	if (lengths > 1)
		return "doubled Content-Length";
	if (codings > 1)
		return "doubled Transfer-Encoding";
	if (lengths && codings)
		return "Content-Length and Transfer-Encoding";
	if (codings) {
		if (text_equal(h->version, "HTTP/1.0"))
			return "Transfer-Encoding in HTTP/1.0";
		/* Anything else the library would read until the client hangs up. */
		if (!text_equal_case(
			    http_field_find(h->fields, h->n, "Transfer-Encoding"), "chunked"))
			return "Transfer-Encoding";
		f->chunked = f->body = true;
	}
	if (lengths) {
		const char *s = http_field_find(h->fields, h->n, "Content-Length");

		if (length_parse(s, &f->length) != 0)
			return "Content-Length";
		f->body = f->length > 0;
	}
	return NULL;
}

int http_guard_framing(const struct http_head *h, struct http_framing *ret, const char **ret_why)
{
	struct http_framing f = {0};
	const char *why = NULL;

	if (!text_equal(h->version, "HTTP/1.1") && !text_equal(h->version, "HTTP/1.0"))
		why = "version";
	else if (!is_token(h->method))
		why = "method";
	if (!why)
		why = fields_fault(h);
	if (!why)
		why = host_fault(h);
	if (!why)
		why = body_fault(h, &f);
	if (why) {
		*ret_why = why;
		return ERR_BADINPUT;
	}
	*ret = f;
	return 0;
}

#define CRLF 2

int http_guard_layout(const struct http_head *h, size_t size, const char **ret_why)
{
	const char *end;

	if (h->uri + h->target.n + 1 != h->version) {
		*ret_why = "request line";
		return ERR_BADINPUT;
	}
	end = h->version + strlen(h->version) + CRLF;
	for (size_t i = 0; i < h->n; i++) {
		if (h->fields[i].name != end) {
			*ret_why = "header line";
			return ERR_BADINPUT;
		}
		end = h->fields[i].value + strlen(h->fields[i].value) + CRLF;
	}
	if (end + CRLF != h->method + size) {
		*ret_why = "end of headers";
		return ERR_BADINPUT;
	}
	return 0;
}
