/* SPDX-License-Identifier: EUPL-1.2 */
/* What pages are made of beside their own document. */
#include "web/web_int.h"

#include "base/text.h"

#include <stdio.h>

#define STYLE "hylla.css"
#define SCRIPT "hylla.js"
#define LOCK_SCRIPT "lock.js"
#define HREF_MOST 128

const struct http_file *web_file_find(const char *name)
{
	for (const struct http_file *f = web_files; f->name; f++) {
		/* Templates are for us alone. */
		if (text_equal(f->name, name) && !text_starts(f->type, "text/html"))
			return f;
	}
	return NULL;
}

static void put_languages(struct doc *d, enum say_lang lang)
{
	static const char *const names[SAY_LANGS] = {
		[SAY_SV] = "Svenska", [SAY_FI] = "Suomi", [SAY_EN] = "English"};
	struct doc *list = doc_set_list(d, "languages");

	for (int i = 0; i < SAY_LANGS; i++) {
		struct doc *row = doc_add_object(list);

		doc_set_str(row, "code", say_lang_name((enum say_lang)i));
		doc_set_str(row, "name", names[i]);
		doc_set_bool(row, "current", i == (int)lang);
	}
}

/* "0522-69 60 00" calls 0522696000; what has letters in it is no number. */
static bool tel_format(const char *contact, char href[HREF_MOST])
{
	size_t n = (size_t)snprintf(href, HREF_MOST, "tel:"), digits = 0;

	for (const char *s = contact; *s; s++) {
		if (*s >= '0' && *s <= '9')
			digits++;
		else if (strchr(" -()/", *s))
			continue;
		else if (*s != '+' || digits)
			return false;
		if (n + 1 == HREF_MOST)
			return false;
		href[n++] = *s;
	}
	href[n] = '\0';
	return digits > 2;
}

static bool mail_format(const char *contact, char href[HREF_MOST])
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789.-_@";
	int n = snprintf(href, HREF_MOST, "mailto:%s", contact);

	return n < HREF_MOST && strchr(contact, '@') && !contact[strspn(contact, plain)];
}

static void put_contact(struct doc *d, const char *contact)
{
	char href[HREF_MOST];
	struct doc *c;

	if (text_empty(contact))
		return;
	c = doc_set_object(d, "contact");
	doc_set_str(c, "text", contact);
	if (tel_format(contact, href) || mail_format(contact, href))
		doc_set_str(c, "href", href);
}

void web_around_doc(const struct web *w, struct doc *d, enum say_lang lang)
{
	const char *organisation = text_empty(web_organisation(w)) ? "Hylla" : web_organisation(w);

	doc_set_str(d, "lang", say_lang_name(lang));
	doc_set_str(d, "organisation", organisation);
	doc_set_str(d, "css", web_file_find(STYLE)->tag);
	doc_set_str(d, "js", web_file_find(SCRIPT)->tag);
	doc_set_str(d, "lock_js", web_file_find(LOCK_SCRIPT)->tag);
	doc_set_str(d, "later_js", web_file_find("later.js")->tag);
	doc_set_str(d, "desk_js", web_file_find("desk.js")->tag);
	put_languages(d, lang);
	put_contact(d, web_contact(w));
}

static const char *error_key(int status)
{
	switch (status) {
	case 404:
	case 410:
		return "error.missing";
	case 401:
		return "error.sign_in";
	case 403:
		return "error.denied";
	case 502:
	case 503:
		return "error.later";
	default:
		return status >= 500 ? "error.ours" : "error.not_done";
	}
}

const char *web_error_title(enum say_lang lang, int status)
{
	return web_text(lang, error_key(status));
}

void web_error_doc(struct doc *d, enum say_lang lang, int status, bool home)
{
	doc_set_int(d, "status", status);
	doc_set_str(d, "title", web_error_title(lang, status));
	doc_set_bool(d, "sign_in", status == 401);
	doc_set_bool(d, "home", home && status != 401);
}
