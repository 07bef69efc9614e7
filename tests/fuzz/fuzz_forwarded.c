/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "http/http_int.h"
#include "tests/fuzz/fuzz.h"

#define FIELDS 8

/* "Name: value" lines as fields; what has no colon is a value of X-Forwarded-For. */
static size_t fields_cut(struct arena *a, struct bytes in, struct http_field out[FIELDS])
{
	char *line = arena_strndup(a, in.p, in.n);
	size_t n = 0;

	while (line && n < FIELDS) {
		char *end = strchr(line, '\n'), *colon;

		if (end)
			*end = '\0';
		colon = strstr(line, ": ");
		out[n].name = colon ? line : "X-Forwarded-For";
		out[n].value = colon ? colon + 2 : line;
		if (colon)
			*colon = '\0';
		n++;
		line = end ? end + 1 : NULL;
	}
	return n;
}

/* Whatever a proxy says: the client that comes out is an address that reads back as itself, and
 * framing that was let through says where the body ends in one way only. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO(arena) struct arena *a = arena_new();
	struct http_field fields[FIELDS];
	struct http_head h = {.method = "PUT", .version = "HTTP/1.1", .fields = fields};
	struct http_framing framing;
	struct http_forwarded f;
	struct http_address again;
	struct http_net trusted;
	const struct http_trust trust = {&trusted, 1, "Client-Cert"};
	char text[HTTP_ADDRESS_TEXT];
	const char *why = NULL;

	FUZZ_CHECK(http_net_parse("10.0.0.0/8", &trusted) == 0);
	h.n = fields_cut(a, bytes_of(data, n), fields);
	if (http_forwarded_read(fields, h.n, &trust, &f) == 0 && f.named) {
		http_address_format(&f.client, text);
		FUZZ_CHECK(http_address_parse(bytes_of_str(text), &again) == 0);
		FUZZ_CHECK(memcmp(&again, &f.client, sizeof(again)) == 0);
	}
	if (http_guard_framing(&h, &framing, &why) != 0) {
		FUZZ_CHECK(why);
		return 0;
	}
	FUZZ_CHECK(http_field_count(fields, h.n, "Content-Length") +
			   http_field_count(fields, h.n, "Transfer-Encoding") <=
		   1);
	FUZZ_CHECK(!framing.chunked || framing.length == 0);
	FUZZ_CHECK(http_field_count(fields, h.n, "Host") == 1);
	return 0;
}
