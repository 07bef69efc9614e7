/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands round a page of the staff's: who is signed in, the places of their roles, what was
 * just done, what was wrong with a form. */
#include "web/api_int.h"

#include "base/text.h"

#define DONE_MOST 40

/* One that is under another is shown where that one, or one beside it, is open. */
static const struct place {
	const char *key, *href;
	uint32_t roles;
	const char *under;
} places[] = {
	{"start", "/", API_LOOK, NULL},
	{"desk", "/desk", API_PEOPLE, NULL},
	{"borrowers", "/borrowers", API_PEOPLE, NULL},
	{"loans", "/loans", API_PEOPLE, NULL},
	{"holds", "/holds", API_PEOPLE, NULL},
	{"rules", "/loan-rules", API_PEOPLE_RULES, "loans"},
	{"wordings", "/wordings", API_PEOPLE_RULES, "loans"},
	{"retention", "/retention", API_PEOPLE_RULES, "borrowers"},
	{"looks", "/protected-looks", API_PEOPLE_RULES, "borrowers"},
	{"devices", "/devices", WEB_IT | WEB_KONSULENT | WEB_ADMIN | WEB_READER, NULL},
	{"groups", "/groups", API_MACHINES | WEB_READER, "devices"},
	{"mailings", "/mailings", API_CARE | WEB_READER, "devices"},
	{"media", "/media", API_CARE | WEB_READER, "devices"},
	{"returns", "/returns", API_CARE | WEB_READER, "devices"},
	{"apple", "/apple", API_MACHINES | WEB_READER, "devices"},
	{"invitations", "/invitations", API_MACHINES, "devices"},
	{"items", "/items", API_LOOK, NULL},
	{"products", "/products", API_LOOK, "items"},
	{"prices", "/prices", API_LOOK, "items"},
	{"places", "/places", API_LOOK, "items"},
	{"transfers", "/transfers", API_LOOK, "items"},
	{"idle", "/idle", API_LOOK, "items"},
	{"faults", "/faults", API_LOOK, "items"},
	{"notices", "/safety-notices", API_LOOK, "items"},
	{"sims", "/sims", API_CARE, "items"},
	{"leases", "/leases", API_CARE, "items"},
	{"deliveries", "/deliveries", API_CARE, "items"},
	{"imports", "/imports", API_MACHINES, "items"},
	{"tasks", "/tasks", API_ITEMS, NULL},
	{"statistics", "/statistics", API_LOOK, NULL},
	{"settings", "/settings", API_MACHINES, NULL},
};
#define PLACES (sizeof(places) / sizeof(places[0]))

/* "/devices/A1" is in the place of "/devices"; only "/" itself is in that of "/". */
static bool is_in(const char *path, const char *href)
{
	size_t n = strlen(href);

	return n == 1 ? text_equal(path, href)
		      : text_starts(path, href) && (!path[n] || path[n] == '/');
}

/* Where one is found: with what it is about; who has no such place finds it under the settings. */
static const char *under(const struct place *p, uint32_t roles)
{
	for (size_t i = 0; p->under && i < PLACES; i++) {
		if (text_equal(places[i].key, p->under))
			return places[i].roles & roles ? p->under : "settings";
	}
	return NULL;
}

static bool is_open(const struct http_request *rq, const struct place *p, uint32_t roles)
{
	bool open = is_in(rq->path, p->href);

	for (size_t i = 0; !open && i < PLACES; i++)
		open = text_equal(under(&places[i], roles), p->key) &&
		       is_in(rq->path, places[i].href);
	return open;
}

static struct doc *put_place(struct doc *list, const struct http_request *rq, const struct place *p)
{
	const char *key = arena_printf(rq->arena, "place.%s", p->key);
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "href", p->href);
	doc_set_str(row, "text", web_text(rq->lang, key));
	doc_set_bool(row, "current", is_in(rq->path, p->href));
	return row;
}

static void put_places(struct doc *frame, const struct http_request *rq, uint32_t roles)
{
	struct doc *list = doc_set_list(frame, "places");

	for (size_t i = 0; i < PLACES; i++) {
		struct doc *row, *below;

		if (!(places[i].roles & roles) || places[i].under)
			continue;
		row = put_place(list, rq, &places[i]);
		below = doc_set_list(row, "below");
		for (size_t k = 0; is_open(rq, &places[i], roles) && k < PLACES; k++) {
			if ((places[k].roles & roles) &&
				text_equal(under(&places[k], roles), places[i].key))
				put_place(below, rq, &places[k]);
		}
		doc_set_bool(row, "open", doc_list_size(below) > 0);
	}
}

/* What a role lets one do: a template asks {{#may.care}} before it offers an act. */
static void put_may(struct doc *d, uint32_t roles)
{
	static const struct {
		const char *key;
		uint32_t roles;
	} rows[] = {{"machines", API_MACHINES}, {"care", API_CARE}, {"items", API_ITEMS},
		{"admin", WEB_ADMIN}, {"library", WEB_BIBLIOTEK}, {"loans", API_PEOPLE},
		{"people_rules", API_PEOPLE_RULES}};
	struct doc *may = doc_set_object(d, "may");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		doc_set_bool(may, rows[i].key, roles & rows[i].roles);
}

static void put_roles(struct doc *me, const struct http_request *rq, uint32_t roles)
{
	AUTO(buf) struct buf names = BUF_INIT(256), texts = BUF_INIT(512);
	char *name, *save = NULL;

	web_roles_format(roles, &names);
	name = strtok_r(arena_strdup(rq->arena, buf_str(&names)), " ", &save);
	for (; name; name = strtok_r(NULL, " ", &save))
		buf_printf(&texts, "%s%s", texts.n ? ", " : "",
			web_text(rq->lang, arena_printf(rq->arena, "role.%s", name)));
	doc_set_str(me, "roles", buf_str(&texts));
}

static void put_me(struct doc *d, const struct http_request *rq)
{
	const struct web_caller *who = rq->who;
	struct doc *me = doc_set_object(d, "me");

	doc_set_str(me, "name", who->account ? who->account : who->who.actor);
	doc_set_bool(me, "held", who->held);
	if (who->lock_s && !who->held)
		doc_set_int(me, "lock_s", who->lock_s);
	if (who->totp_reset_at && !who->held) {
		doc_set_str(me, "totp_reset_by", who->totp_reset_by);
		doc_set_time(me, "totp_reset", who->totp_reset_at);
	}
	put_roles(me, rq, who->roles);
	doc_set_str(d, "form_token", who->form_token);
	put_may(d, who->roles);
}

/* Only what the catalogue has: an address says nothing on our pages that we did not write. */
static void put_done(struct doc *d, const struct http_request *rq)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz-";
	const char *done = http_query(rq, "done"), *text;

	if (!done || strlen(done) > DONE_MOST || done[strspn(done, plain)])
		return;
	text = web_text(rq->lang, arena_printf(rq->arena, "done.%s", done));
	if (text)
		doc_set_str(d, "done", text);
}

/* A password typed wrong is typed again. */
static void put_answers(struct doc *d, const struct doc *form)
{
	for (size_t i = 0; doc_key(form, i); i++) {
		const char *key = doc_key(form, i);

		if (!strstr(key, "password") && !text_equal(key, "form_token"))
			doc_set_str(d, key, doc_str(form, key));
	}
}

/* The same form once more, with a yes to what was asked. */
static void put_ask(struct doc *p, const struct http_request *rq, const struct web_note *note)
{
	struct doc *ask = doc_set_object(p, "ask"), *list = doc_set_list(ask, "fields");

	doc_set_str(ask, "to", rq->path);
	doc_set_str(ask, "yes", note->ask);
	for (size_t i = 0; doc_key(note->form, i); i++) {
		const char *key = doc_key(note->form, i), *value = doc_str(note->form, key);
		struct doc *row;

		if (!value || text_equal(key, "yes") || text_equal(key, "form_token"))
			continue;
		row = doc_add_object(list);
		doc_set_str(row, "name", key);
		doc_set_str(row, "value", value);
	}
}

/* {{problem.text}}, {{problem.field}}, {{#wrong.NAME}} beside the field. */
static void put_problem(struct doc *d, const struct http_request *rq, const struct web_note *note)
{
	struct doc *p = doc_set_object(d, "problem");

	doc_set_str(p, "text", note->problem);
	/* a version is no field that anybody sees */
	if (note->field && !text_equal(note->field, "version")) {
		doc_set_str(p, "field", note->field);
		doc_set_bool(doc_set_object(d, "wrong"), note->field, true);
	}
	if (note->form && note->ask)
		put_ask(p, rq, note);
	if (note->form)
		put_answers(doc_set_object(d, "form"), note->form);
}

static int demo_in(struct store_txn *txn, void *arg)
{
	return inv_demo_get(txn, arg);
}

/* On every page, also to those who have not signed in. */
static void put_demo(struct doc *frame, struct web *w)
{
	bool demo = false;

	if (store_read(w->o.st, demo_in, &demo) == 0)
		doc_set_bool(frame, "demo", demo);
}

/* All that is under {{frame}} is the layout's: a page's own document may use any other name but
 * me, may, form, form_token, wrong, problem and organisation. */
void page_around(struct http_request *rq, struct doc *around, void *ctx)
{
	const struct web_note *note = rq->note;
	const struct web_caller *who =
		!rq->route || rq->route->caller == HTTP_STAFF ? rq->who : NULL;
	struct doc *frame = doc_set_object(around, "frame");

	web_around_doc(ctx, frame, rq->lang);
	doc_set_str(around, "organisation", doc_str(frame, "organisation"));
	doc_set_str(frame, "here", http_target(rq));
	doc_set_bool(frame, "staff", rq->side == HTTP_STAFF_SIDE);
	put_demo(frame, ctx);
	put_done(frame, rq);
	if (who)
		put_me(around, rq);
	if (who && !who->held)
		put_places(frame, rq, who->roles);
	if (note && note->problem)
		put_problem(around, rq, note);
	web_doc_when(around, rq->lang, rq->now);
}
