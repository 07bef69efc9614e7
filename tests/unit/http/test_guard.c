/* SPDX-License-Identifier: EUPL-1.2 */
#include "http/http_int.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define MOST 200

struct given {
	const char *version;
	struct http_field fields[5];
	const char *why; /* NULL: let through */
	bool body, chunked;
	uint64_t length;
};

static const struct given cases[] = {
	{"HTTP/1.1", {{"Host", "h"}}, NULL, false, false, 0},
	{"HTTP/1.0", {{"Accept", "*/*"}}, NULL, false, false, 0},
	{"HTTP/1.1", {{"Host", ""}, {"X-Tab", "a\tb"}}, NULL, false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "0"}}, NULL, false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"content-length", "0012"}}, NULL, true, false, 12},
	{"HTTP/1.1", {{"Host", "h"}, {"Transfer-Encoding", "Chunked"}}, NULL, true, true, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "5"}, {"Content-Length", "5"}},
		"doubled Content-Length", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "5"}, {"CONTENT-LENGTH", "6"}},
		"doubled Content-Length", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}},
		"Content-Length and Transfer-Encoding", false, false, 0},
	{"HTTP/1.1",
		{{"Host", "h"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
		"doubled Transfer-Encoding", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Transfer-Encoding", "gzip, chunked"}}, "Transfer-Encoding",
		false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Transfer-Encoding", "identity"}}, "Transfer-Encoding", false,
		false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Transfer-Encoding", ""}}, "Transfer-Encoding", false, false,
		0},
	{"HTTP/1.1", {{"Host", "h"}, {"Transfer-Encoding", "chunked "}}, "Transfer-Encoding", false,
		false, 0},
	{"HTTP/1.0", {{"Host", "h"}, {"Transfer-Encoding", "chunked"}},
		"Transfer-Encoding in HTTP/1.0", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "+5"}}, "Content-Length", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "-5"}}, "Content-Length", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "5, 5"}}, "Content-Length", false, false,
		0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", ""}}, "Content-Length", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "0x5"}}, "Content-Length", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length", "9999999999999999999"}}, "Content-Length",
		false, false, 0},
	{"HTTP/1.1", {{"Accept", "*/*"}}, "no Host", false, false, 0},
	{"HTTP/1.1", {{"Host", "a"}, {"Host", "a"}}, "doubled Host", false, false, 0},
	{"HTTP/1.0", {{"Host", "a"}, {"host", "b"}}, "doubled Host", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"Content-Length ", "5"}}, "header name", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"", "5"}}, "header name", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"X(", "5"}}, "header name", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"X\x80", "5"}}, "header name", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"X", "a\rb"}}, "header value", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"X", "a\x01"}}, "header value", false, false, 0},
	{"HTTP/1.1", {{"Host", "h"}, {"X", "a\x7f"}}, "header value", false, false, 0},
	{"", {{"Host", "h"}}, "version", false, false, 0},
	{"HTTP/1.2", {{"Host", "h"}}, "version", false, false, 0},
	{"HTTP/0.9", {{"Host", "h"}}, "version", false, false, 0},
};

Test(guard, framing)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct given *c = &cases[i];
		struct http_head h = {.method = "PUT", .version = c->version, .fields = c->fields};
		struct http_framing f = {0};
		const char *why = NULL;
		int err;

		while (h.n < 5 && c->fields[h.n].name)
			h.n++;
		err = http_guard_framing(&h, &f, &why);
		cr_expect_eq(err, c->why ? ERR_BADINPUT : 0, "case %zu", i);
		if (c->why)
			cr_expect_str_eq(why, c->why, "case %zu", i);
		cr_expect_eq(f.body, c->body, "case %zu", i);
		cr_expect_eq(f.chunked, c->chunked, "case %zu", i);
		cr_expect_eq(f.length, c->length, "case %zu", i);
	}
}

Test(guard, method_and_number_of_headers)
{
	static struct http_field many[MOST];
	static const char *const methods[] = {"", "GET ", "G\tT", "G(T", "P\xc3\xa5T"};
	struct http_head h = {.version = "HTTP/1.1", .fields = many, .n = 1};
	struct http_framing f;
	const char *why = NULL;

	for (size_t i = 0; i < MOST; i++)
		many[i] = (struct http_field){i ? "X" : "Host", "v"};
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		h.method = methods[i];
		cr_expect_eq(http_guard_framing(&h, &f, &why), ERR_BADINPUT);
		cr_expect_str_eq(why, "method");
	}
	h.method = "M-SEARCH";
	cr_expect_eq(http_guard_framing(&h, &f, &why), 0);
	h.n = 100;
	cr_expect_eq(http_guard_framing(&h, &f, &why), 0);
	h.n = 101;
	cr_expect_eq(http_guard_framing(&h, &f, &why), ERR_BADINPUT);
	cr_expect_str_eq(why, "too many headers");
}

/*
 * Cuts a request up in place as the library does: lines ended by NULs, names by the colon. Two
 * headers, no more.
 */
static int layout(const char *request, size_t n, const char **ret_why)
{
	static char text[256];
	static struct http_field fields[2];
	struct http_head h = {.fields = fields};
	char *at, *line;

	memcpy(text, request, n);
	text[n] = '\0';
	h.method = text;
	at = strchr(text, '\n') + 1;
	at[-1] = '\0';
	if (at[-2] == '\r')
		at[-2] = '\0';
	line = strchr(text, ' ');
	*line = '\0';
	h.uri = line + 1;
	line = strchr(line + 1, ' ');
	*line = '\0';
	h.version = line + 1;
	h.target = bytes_of_str(h.uri);
	while (*at != '\r' && *at != '\n') {
		char *end = memchr(at, '\n', (size_t)(text + n - at)), *colon = strchr(at, ':');

		*end = '\0';
		if (end[-1] == '\r')
			end[-1] = '\0';
		*colon = '\0';
		fields[h.n++] = (struct http_field){at, colon + 1 + strspn(colon + 1, " \t")};
		at = end + 1;
		while (*at == ' ') /* a folded line: swallowed */
			at = strchr(at, '\n') + 1;
	}
	at += *at == '\r' ? 2 : 1;
	return http_guard_layout(&h, (size_t)(at - text), ret_why);
}

#define LAYOUT(s) layout(s, sizeof(s) - 1, &why)

Test(guard, layout)
{
	const char *why = NULL;

	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\r\nA:b\r\n\r\n"), 0);
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost:\r\nA: \t b\r\n\r\n"), 0);
	cr_expect_eq(LAYOUT("GET / HTTP/1.0\r\n\r\n"), 0);
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\nHost: h\r\n\r\n"), ERR_BADINPUT);
	cr_expect_str_eq(why, "header line");
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n"), ERR_BADINPUT);
	cr_expect_str_eq(why, "header line");
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\r\nA: b\n\r\n"), ERR_BADINPUT);
	cr_expect_str_eq(why, "end of headers");
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\n"), ERR_BADINPUT);
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\r\n more\r\nA: b\r\n\r\n"), ERR_BADINPUT);
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n more\r\n\r\n"), ERR_BADINPUT);
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\0x\r\nA: b\r\n\r\n"), ERR_BADINPUT);
	cr_expect_eq(LAYOUT("GET / HTTP/1.1\r\nHost: h\r\nA: b\0\r\n\r\n"), ERR_BADINPUT);
}

Test(guard, fields)
{
	static const struct http_field f[] = {{"Accept", "a"}, {"ACCEPT", "b"}, {"Accepts", "c"}};

	cr_expect_str_eq(http_field_find(f, 3, "accept"), "a");
	cr_expect_eq(http_field_count(f, 3, "accept"), 2);
	cr_expect_null(http_field_find(f, 3, "Accep"));
	cr_expect_null(http_field_find(NULL, 0, "Accept"));
}

/* Every octet at every place of a value is judged, whatever stands around it. */
Test(guard, looks_at_each_octet_of_a_value)
{
	char value[20];
	const struct http_field fields[] = {{"Host", "h"}, {"X", value}};
	struct http_head h = {.method = "GET", .version = "HTTP/1.1", .fields = fields, .n = 2};

	for (size_t at = 0; at < sizeof(value) - 1; at++) {
		for (unsigned c = 1; c < 256; c++) {
			const char around = "a\t\x80"[c % 3];
			bool good = (c >= ' ' && c != 0x7f) || c == '\t';
			struct http_framing f;
			const char *why;

			memset(value, around, sizeof(value) - 1);
			value[sizeof(value) - 1] = '\0';
			value[at] = (char)c;
			cr_expect_eq(http_guard_framing(&h, &f, &why), good ? 0 : ERR_BADINPUT,
				"0x%02x at %zu", c, at);
		}
	}
}
