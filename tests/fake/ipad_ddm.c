/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Declarations and books: what an iPad does by itself once a session is over. It asks for the
 * tokens, fetches what has changed, reports; and downloads the books it was told of.
 */
#include "tests/fake/ipad_answer_int.h"
#include "base/doc.h"
#include "base/text.h"

#include <stdlib.h>

/* --- what it has --- */

static void declaration_free(struct ipad_declaration *d)
{
	free(d->class);
	free(d->identifier);
	free(d->server_token);
	free(d->type);
	free(d->profile);
	free(d->url);
	free(d);
}

void ipad_declarations_forget(struct ipad *p)
{
	while (p->declarations) {
		struct ipad_declaration *d = p->declarations;

		p->declarations = d->next;
		declaration_free(d);
	}
	ipad_string_set(&p->declarations_token, NULL);
	p->ddm_owed = false;
}

void ipad_books_forget(struct ipad *p)
{
	while (p->books) {
		struct ipad_book *b = p->books;

		p->books = b->next;
		free(b->persistent_id);
		free(b->url);
		free(b->title);
		free(b);
	}
}

const char *ipad_declaration_type(const struct ipad *p, const char *identifier)
{
	for (const struct ipad_declaration *d = p->declarations; d; d = d->next) {
		if (text_equal(d->identifier, identifier))
			return d->type;
	}
	return NULL;
}

size_t ipad_books(const struct ipad *p)
{
	size_t n = 0;

	for (const struct ipad_book *b = p->books; b; b = b->next)
		n++;
	return n;
}

const char *ipad_book_state(const struct ipad *p, const char *persistent_id, size_t *ret_bytes)
{
	for (const struct ipad_book *b = p->books; b; b = b->next) {
		if (!persistent_id || text_equal(b->persistent_id, persistent_id)) {
			*ret_bytes = b->bytes;
			return b->state;
		}
	}
	return NULL;
}

const char *ipad_declared_url(const struct ipad *p, const char *identifier)
{
	for (const struct ipad_declaration *d = p->declarations; d; d = d->next) {
		if (text_equal(d->identifier, identifier))
			return d->url;
	}
	return NULL;
}

int ipad_get(
	struct ipad *p, const char *url, bool as_itself, struct arena *a, struct ipad_reply *ret)
{
	const struct ipad_request rq = {.method = "GET",
		.url = url,
		.signature = as_itself ? ipad_sign(p, a, bytes_of(NULL, 0)) : NULL};

	return ipad_send(p, &rq, a, ret);
}

/* --- declarations --- */

void answer_declarative(struct answer *an)
{
	an->p->ddm_owed = true;
}

static int ddm_ask(struct ipad *p, struct arena *a, const char *endpoint, const char *data,
	struct ipad_reply *ret)
{
	plist_t m = ipad_checkin_new(p, a, "DeclarativeManagement");
	struct ipad_put put = {.check_in = true};

	ipad_plist_set_string(m, "Endpoint", endpoint);
	if (data)
		ipad_plist_set_data(m, "Data", bytes_of_str(data));
	put.body = ipad_plist_xml(a, m);
	return ipad_put(p, &put, a, ret);
}

static int ddm_doc(struct ipad *p, struct arena *a, const char *endpoint, struct doc **ret)
{
	struct ipad_reply r = {0};
	int err = ddm_ask(p, a, endpoint, NULL, &r);

	if (err)
		return err;
	if (r.status != 200 || doc_parse(a, r.body, ret) != 0)
		return ipad_refuse(p, "%s: %d, or no JSON", endpoint, r.status);
	return 0;
}

static struct ipad_declaration *declaration_find(
	struct ipad *p, const char *class, const char *identifier)
{
	for (struct ipad_declaration *d = p->declarations; d; d = d->next) {
		if (text_equal(d->class, class) && text_equal(d->identifier, identifier))
			return d;
	}
	return NULL;
}

/* The profile of a `legacy` declaration is fetched from its address with the iPad's identity, and
 * installed as one of the server's. *ret: its identifier; NULL: another type of declaration. */
static int legacy_fetch(struct ipad *p, struct arena *a, const struct doc *doc, const char **ret)
{
	const char *url = doc_str(doc_object(doc, "Payload"), "ProfileURL");
	struct ipad_reply r = {0};
	struct ipad_profile pr;
	int err;

	if (!url || !text_starts(doc_str(doc, "Type"), "com.apple.configuration.legacy"))
		return 0;
	err = ipad_get(p, url, true, a, &r);
	if (err)
		return err;
	if (r.status != 200 || ipad_profile_read(p, a, r.body, &pr) != 0 || pr.mdm)
		return ipad_refuse(p, "%s: %d, or no profile", url, r.status);
	ipad_profile_put(p, &pr, true, false);
	*ret = arena_strdup(a, pr.identifier);
	return 0;
}

static void legacy_drop(struct ipad *p, const struct ipad_declaration *d)
{
	struct ipad_installed *one = d->profile ? ipad_profile_find(p, d->profile) : NULL;

	if (one)
		ipad_profile_drop(p, one);
}

/* What is fetched must be what was advertised. */
static int declaration_fetch(struct ipad *p, struct arena *a, const char *class,
	const char *identifier, const char *server_token)
{
	struct ipad_declaration *d = declaration_find(p, class, identifier);
	const char *endpoint = arena_printf(a, "declaration/%s/%s", class, identifier);
	struct ipad_reply r = {0};
	const char *profile = NULL;
	struct doc *doc;
	int err;

	if (d && text_equal(d->server_token, server_token)) {
		d->listed = true;
		return 0;
	}
	err = ddm_ask(p, a, endpoint, NULL, &r);
	if (err)
		return err;
	if (r.status == 404) {
		ipad_violation(p, "%s was advertised and is gone", endpoint);
		return 0;
	}
	if (r.status != 200 || doc_parse(a, r.body, &doc) != 0 || !doc_object(doc, "Payload"))
		return ipad_refuse(p, "%s: %d, or no declaration", endpoint, r.status);
	if (!text_equal(doc_str(doc, "ServerToken"), server_token))
		ipad_violation(p, "%s is not the one that was advertised", endpoint);
	err = legacy_fetch(p, a, doc, &profile);
	if (err)
		return err;
	if (!d) {
		d = mem_zalloc(sizeof(*d));
		d->class = mem_strdup(class);
		d->identifier = mem_strdup(identifier);
		d->next = p->declarations;
		p->declarations = d;
	}
	ipad_string_set(&d->server_token, server_token);
	ipad_string_set(&d->type, doc_str(doc, "Type"));
	if (d->profile && !text_equal(d->profile, profile))
		legacy_drop(p, d);
	ipad_string_set(&d->profile, profile);
	ipad_string_set(&d->url, doc_str(doc_object(doc, "Payload"), "ProfileURL"));
	d->listed = true;
	p->counters.declarations++;
	return 0;
}

static void unlisted_drop(struct ipad *p)
{
	for (struct ipad_declaration **at = &p->declarations; *at;) {
		struct ipad_declaration *d = *at;

		if (d->listed) {
			at = &d->next;
			continue;
		}
		*at = d->next;
		legacy_drop(p, d);
		declaration_free(d);
	}
}

static int items_follow(struct ipad *p, struct arena *a)
{
	static const struct {
		const char *list, *class;
	} lists[] = {{"Assets", "asset"}, {"Configurations", "configuration"},
		{"Management", "management"}, {"Activations", "activation"}};
	struct doc *d;
	int err = ddm_doc(p, a, "declaration-items", &d);

	for (struct ipad_declaration *x = p->declarations; x; x = x->next)
		x->listed = false;
	for (size_t l = 0; err == 0 && l < 4; l++) {
		const struct doc *list = doc_list(doc_object(d, "Declarations"), lists[l].list);

		for (size_t i = 0; err == 0 && i < doc_list_size(list); i++) {
			const struct doc *one = doc_list_object(list, i);

			err = declaration_fetch(p, a, lists[l].class, doc_str(one, "Identifier"),
				doc_str(one, "ServerToken"));
		}
	}
	if (err)
		return err;
	unlisted_drop(p);
	ipad_string_set(&p->declarations_token, doc_str(d, "DeclarationsToken"));
	return 0;
}

static void status_fill(struct ipad *p, struct doc *items)
{
	static const struct {
		const char *list, *class;
	} lists[] = {{"assets", "asset"}, {"configurations", "configuration"},
		{"management", "management"}, {"activations", "activation"}};
	struct doc *os = doc_set_object(doc_set_object(items, "device"), "operating-system");
	struct doc *told = doc_set_object(doc_set_object(items, "management"), "declarations");

	doc_set_str(os, "version", p->model.os_version);
	for (size_t l = 0; l < 4; l++) {
		struct doc *list = doc_set_list(told, lists[l].list);

		for (const struct ipad_declaration *d = p->declarations; d; d = d->next) {
			struct doc *one;

			if (!text_equal(d->class, lists[l].class))
				continue;
			one = doc_add_object(list);
			doc_set_str(one, "identifier", d->identifier);
			doc_set_str(one, "server-token", d->server_token);
			doc_set_bool(one, "active", true);
			doc_set_str(one, "valid", "valid");
		}
	}
}

int ipad_status_send(struct ipad *p, const char *report, int *ret_status)
{
	AUTO(arena) struct arena *a = arena_new();
	AUTO(buf) struct buf b = BUF_INIT(1 << 20);
	struct doc *d = doc_new(a);
	struct ipad_reply r = {0};
	int err;

	if (!report) {
		status_fill(p, doc_set_object(d, "StatusItems"));
		doc_set_list(d, "Errors");
		doc_set_bool(d, "FullReport", true);
		doc_format(d, &b);
		report = buf_str(&b);
	}
	err = ddm_ask(p, a, "status", report, &r);
	*ret_status = r.status;
	return err;
}

static int ddm_sync(struct ipad *p)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *d;
	int status = 0;
	int err = ddm_doc(p, a, "tokens", &d);
	const char *token;

	if (err)
		return err;
	token = doc_str(doc_object(d, "SyncTokens"), "DeclarationsToken");
	if (!token || !doc_str(doc_object(d, "SyncTokens"), "Timestamp"))
		return ipad_refuse(p, "tokens: no DeclarationsToken or Timestamp");
	if (!text_equal(token, p->declarations_token))
		err = items_follow(p, a);
	if (err == 0)
		err = ipad_status_send(p, NULL, &status);
	if (err == 0 && status != 200)
		err = ipad_refuse(p, "status: %d", status);
	if (err == 0)
		p->ddm_owed = false;
	return err;
}

/* --- books --- */

static struct ipad_book *book_find(struct ipad *p, const char *persistent_id)
{
	for (struct ipad_book *b = p->books; b; b = b->next) {
		if (text_equal(b->persistent_id, persistent_id))
			return b;
	}
	return NULL;
}

/* The same PersistentID takes the place of the one before. */
void answer_install_media(struct answer *an)
{
	struct ipad *p = an->p;
	const char *id = ipad_plist_string_or(an->command, "PersistentID", NULL);
	const char *url = ipad_plist_string_or(an->command, "MediaURL", NULL);
	struct ipad_book *b;

	if (!text_equal(ipad_plist_string_or(an->command, "MediaType", ""), "Book")) {
		answer_format_error(an);
		return;
	}
	ipad_plist_set_string(an->result, "State", "Queued");
	ipad_plist_set_string(an->result, "MediaURL", url);
	if (!id || !url)
		return;
	b = book_find(p, id);
	if (!b) {
		b = mem_zalloc(sizeof(*b));
		b->persistent_id = mem_strdup(id);
		b->next = p->books;
		p->books = b;
	}
	ipad_string_set(&b->url, url);
	ipad_string_set(&b->title, ipad_plist_string_or(an->command, "Title", ""));
	b->state = "Queued";
}

void answer_remove_media(struct answer *an)
{
	const char *id = ipad_plist_string_or(an->command, "PersistentID", "");

	for (struct ipad_book **at = &an->p->books; *at; at = &(*at)->next) {
		struct ipad_book *b = *at;

		if (!text_equal(b->persistent_id, id))
			continue;
		*at = b->next;
		free(b->persistent_id);
		free(b->url);
		free(b->title);
		free(b);
		return;
	}
}

void answer_media_list(struct answer *an)
{
	plist_t list = plist_new_array();

	for (const struct ipad_book *b = an->p->books; b; b = b->next) {
		plist_t one = plist_new_dict();

		ipad_plist_set_string(one, "PersistentID", b->persistent_id);
		ipad_plist_set_string(one, "State", b->state);
		ipad_plist_set_string(one, "Title", b->title);
		plist_array_append_item(list, one);
	}
	plist_dict_set_item(an->result, "Books", list);
}

/* By its own daemon: no identity, no signature. */
static int book_fetch(struct ipad *p, struct ipad_book *b)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct ipad_request rq = {.method = "GET", .url = b->url};
	struct ipad_reply r = {0};
	int err = ipad_send(p, &rq, a, &r);
	bool whole;

	if (err)
		return err;
	whole = r.status == 200 && r.body.n > 4 &&
		(memcmp(r.body.p, "%PDF", 4) == 0 || memcmp(r.body.p, "PK\3\4", 4) == 0);
	b->state = whole ? "Managed" : "Failed";
	b->bytes = whole ? r.body.n : 0;
	return 0;
}

/* --- after a session --- */

int ipad_chores(struct ipad *p)
{
	int err = 0;

	if (!p->state.enrolled || !p->state.on)
		return 0;
	if (p->ddm_owed)
		err = ddm_sync(p);
	for (struct ipad_book *b = p->books; err == 0 && b; b = b->next) {
		if (text_equal(b->state, "Queued"))
			err = book_fetch(p, b);
	}
	return err;
}
