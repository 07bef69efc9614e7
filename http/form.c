/* SPDX-License-Identifier: EUPL-1.2 */
/* What browsers send: forms, cookies, and the addresses that forms name. Pure. */
#include "base/text.h"
#include "http/http_int.h"

#define LOCAL_MOST 2048

bool http_is_local(const char *location)
{
	size_t n = location ? strlen(location) : 0;

	if (n == 0 || n > LOCAL_MOST || location[0] != '/' || location[1] == '/')
		return false;
	/* Browsers take a backslash for a slash and drop tabs and line ends. */
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)location[i];

		if (c <= ' ' || c >= 0x7f || c == '\\' || c == '"' || c == '<' || c == '>')
			return false;
	}
	return true;
}

int http_cookie_find(struct arena *a, const char *header, const char *name, const char **ret)
{
	size_t len = strlen(name);

	while (*header) {
		size_t n;

		header += strspn(header, "; \t");
		n = strcspn(header, ";");
		if (n > len && header[len] == '=' && memcmp(header, name, len) == 0) {
			*ret = arena_strndup(a, header + len + 1, n - len - 1);
			return 0;
		}
		header += n;
	}
	return ERR_NOTFOUND;
}

/* A form's lines end in CRLF (HTML, "constructing the entry list"); ours in LF. */
void http_lines_mend(char *s)
{
	char *to = s;

	for (; *s; s++) {
		if (s[0] == '\r' && s[1] == '\n')
			continue;
		*to++ = *s == '\r' ? '\n' : *s;
	}
	*to = '\0';
}

void http_field_add(struct arena *a, struct doc *d, const char *name, const char *value)
{
	struct doc *list = doc_list(d, name);
	const char *first = doc_str(d, name);

	if (!list && !first) {
		doc_set_str(d, name, value);
		return;
	}
	if (!list) {
		first = arena_strdup(a, first);
		list = doc_set_list(d, name);
		doc_add_str(list, first);
	}
	doc_add_str(list, value);
}

int http_form_parse(struct arena *a, struct bytes body, struct doc **ret)
{
	struct doc *d = doc_new(a);
	struct bytes raw_name, raw_value;
	size_t n = 0;

	while (http_query_next(&body, &raw_name, &raw_value)) {
		char *name, *value;

		if (++n > HTTP_FORM_FIELDS)
			return ERR_TOOBIG;
		if (http_percent_decode(a, raw_name, true, &name) != 0 ||
			http_percent_decode(a, raw_value, true, &value) != 0 || !*name)
			return ERR_BADINPUT;
		http_lines_mend(value);
		http_field_add(a, d, name, value);
	}
	*ret = d;
	return 0;
}
