/* SPDX-License-Identifier: EUPL-1.2 */
/* The scan box and the desk it fills. */
#include "web/circulation_int.h"

#include "base/random.h"
#include "base/text.h"

/* Each account has its desks by a word of its own ("disk-2"); none is one, too. */
const char *api_desk_of(const struct http_request *rq, const struct doc *in)
{
	const char *desk = in ? doc_str(in, "desk") : http_query(rq, "desk");

	return text_empty(desk) ? NULL : desk;
}

struct desk_read {
	struct web *w;
	struct http_request *rq;
	struct doc *d;
	const char *desk;
};

/* Of those loans, how many have something that is late. */
static int late_in(struct store_txn *txn, const struct desk_read *j, const char *id, struct doc *d)
{
	const struct inv_loan_ask ask = {.order = INV_LOANS_OF_BORROWER,
		.key = id,
		.zones = api_people_caller(j->rq).zones,
		.open_only = true,
		.most = API_PAGE_MOST};
	int32_t today = day_of_time(j->rq->now);
	struct inv_loan_row *rows;
	int64_t late = 0;
	const char *next;
	size_t n;
	int err = inv_loan_list(txn, j->rq->arena, &ask, &rows, &n, &next);

	for (size_t i = 0; err == 0 && i < n; i++) {
		int32_t due = 0;

		err = inv_loan_late(txn, &rows[i].loan, today, &due);
		late += due > 0;
	}
	if (err == 0)
		doc_set_int(d, "late_loans", late);
	return err;
}

/* The borrower who stands there: by the short name, which is a look and so a write. */
static int name_in(struct store_txn *txn, struct desk_read *j, const char *id)
{
	const struct people_caller who = api_people_caller(j->rq);
	struct doc *d = doc_set_object(j->d, "who");
	struct people_borrower b;
	const char *name;
	int err = people_get(j->w->o.people, txn, j->rq->arena, who.zones, id, &b);

	if (err == 0)
		err = people_short_name(
			j->w->o.people, txn, j->rq->arena, &who, id, j->rq->lang, &name);
	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	doc_set_str(d, "id", id);
	doc_set_str(d, "name", name);
	doc_set_int(d, "open_loans", b.open_loans);
	return late_in(txn, j, id, d);
}

/* What was just lent, and until when; and whether it is to be signed, or may be. */
static int lent_in(struct store_txn *txn, struct desk_read *j, uint64_t id)
{
	struct inv_loan loan;
	int err = inv_loan_get(txn, j->rq->arena, id, &loan);

	if (err == 0 && loan.open && (loan.zone & api_people_caller(j->rq).zones)) {
		web_doc_opt_day(j->d, "lent_until", loan.due);
		doc_set_bool(j->d, "signs", inv_loan_unsigned(&loan) & INV_UNSIGNED_OUT);
		doc_set_bool(j->d, "is_signed", !text_empty(loan.agreement));
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int desk_in(struct store_txn *txn, void *arg)
{
	struct desk_read *j = arg;
	const struct inv_desk_who by = api_desk_who(j->rq, j->desk);
	struct inv_last last;
	struct inv_desk desk;
	int err = inv_desk_see(txn, j->rq->arena, &by, &desk);

	j->d = doc_new(j->rq->arena);
	if (err)
		return err;
	web_desk_doc(&desk, j->d);
	if (!text_empty(desk.borrower))
		err = name_in(txn, j, desk.borrower);
	if (err == 0 && desk.loan && desk.line_count == 0 && web_is_page(j->rq))
		err = lent_in(txn, j, desk.loan);
	if (err == 0 && web_is_page(j->rq))
		err = web_how_face(txn, j->rq, &desk, j->d);
	if (err == 0 && web_is_page(j->rq))
		err = web_desk_place_face(txn, j->rq, &desk, j->d);
	if (err == 0)
		err = inv_last_offered(j->w->o.inv, txn, j->rq->arena, &by, &last);
	if (err == 0)
		web_last_doc(&last, doc_set_object(j->d, "undo"), j->rq->arena, j->rq->lang);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- as a page --- */

/* Where a door leads that is no more than an address. */
static const char *door_address(struct arena *a, const struct doc *scan, const struct doc *door)
{
	const char *act = doc_str(door, "act"), *code = doc_str(door, "code");
	const char *loan = doc_str(scan, "loan"), *why = doc_str(scan, "code");
	const char *who = doc_str(doc_object(scan, "desk"), "borrower");
	bool a_loan = text_equal(act, "open_loan") || text_equal(act, "return") ||
		      text_equal(act, "renew");

	if ((text_equal(act, "item") || text_equal(act, "inspect")) && code)
		return arena_printf(a, "/items/%s", web_escape(a, code));
	if ((text_equal(act, "missing") || text_equal(act, "return")) && loan && code)
		return arena_printf(a, "/loans/%s?thing=%s", loan, web_escape(a, code));
	if (a_loan && loan)
		return arena_printf(a, "/loans/%s", loan);
	if (text_equal(act, "borrower") && why && text_starts(why, "borrower.") && code)
		return arena_printf(a, "/borrowers/%s", web_escape(a, code));
	if (text_equal(act, "borrower") && who)
		return arena_printf(a, "/borrowers/%s", who);
	if (text_equal(act, "borrower_new"))
		return "/borrowers/new";
	if (text_equal(act, "hold_one") && code)
		return arena_printf(a, "/holds/new?product=%s%s%s", web_escape(a, code),
			who ? "&borrower=" : "", who ? who : "");
	if (code && (text_equal(act, "all") ||
			    (text_equal(act, "search") && text_equal(why, "scan.product"))))
		return arena_printf(a, "/items?product=%s", web_escape(a, code));
	if (!text_equal(act, "search"))
		return NULL;
	return text_equal(why, "scan.no-card") || text_equal(why, "scan.nobody") ? "/borrowers"
										 : "/items";
}

/* Those that are a scan themselves: of a command, as its printed card would be. */
static const char *door_scan(const struct doc *door)
{
	static const struct {
		const char *act, *code;
	} rows[] = {{"lend", "C-KLAR"}, {"clear", "C-AVBRYT"}, {"lend_mode", "C-LAN"}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (text_equal(doc_str(door, "act"), rows[i].act))
			return rows[i].code;
	}
	return NULL;
}

/* Opens the page to sign a return on, with the text made. */
static bool scan_signs(const struct doc *scan, const struct doc *door)
{
	return doc_has(scan, "loan") && text_equal(doc_str(door, "act"), "sign_return");
}

/* A hand-out's text was made when it was lent: its script goes there by itself. */
static void put_sign(struct http_request *rq, struct doc *scan, struct doc *door)
{
	const char *loan = doc_str(scan, "loan"), *desk = doc_str(doc_object(scan, "desk"), "desk");

	if (loan && text_equal(doc_str(door, "act"), "sign"))
		doc_set_str(door, "sign", arena_printf(rq->arena, "/loans/%s/sign?from=desk&done=lent%s%s",
			loan, text_empty(desk) ? "" : "&desk=",
			text_empty(desk) ? "" : web_escape(rq->arena, desk)));
}

/* What the scan said, and what a form must say to let it through. */
static void put_scan(struct http_request *rq, struct doc *scan)
{
	const struct doc *asks = doc_list(scan, "asks");
	struct doc *doors = doc_list(scan, "doors");
	const char *ask = NULL;

	for (size_t i = 0; i < doc_list_size(asks); i++)
		ask = arena_printf(
			rq->arena, "%s%s%s", ask ? ask : "", ask ? " " : "", doc_list_str(asks, i));
	doc_set_str(scan, "ask", ask);
	doc_set_bool(scan, "any_choices", doc_list_size(doc_list(scan, "choices")) > 0);
	for (size_t i = 0; i < doc_list_size(doors); i++) {
		struct doc *door = doc_list_object(doors, i);

		doc_set_str(door, "to", door_address(rq->arena, scan, door));
		doc_set_str(door, "scan_code", door_scan(door));
		doc_set_bool(door, "of_return", text_equal(doc_str(door, "act"), "sign_return"));
		doc_set_bool(door, "draft", scan_signs(scan, door));
		put_sign(rq, scan, door);
		if (text_equal(doc_str(door, "act"), "whole"))
			doc_set_str(scan, "whole", doc_str(door, "label"));
	}
}

/* Where each of the things stands that one may choose among. */
struct choosing {
	struct http_request *rq;
	struct doc *scan;
};

static int choices_in(struct store_txn *txn, void *arg)
{
	struct choosing *j = arg;
	struct doc *list = doc_list(j->scan, "choices");
	const char *here = doc_str(doc_object(j->scan, "desk"), "place");
	struct inv_place p;
	struct inv_unit u;
	int err = 0;

	for (size_t i = 0; err == 0 && i < doc_list_size(list); i++) {
		struct doc *row = doc_list_object(list, i);

		if (!text_equal(doc_str(row, "kind"), "thing"))
			continue;
		err = inv_unit_get(txn, j->rq->arena, doc_str(row, "id"), &u);
		if (err == 0) {
			web_doc_opt(row, "item_number", u.item_number);
			web_doc_opt(row, "place", u.place);
			doc_set_bool(row, "here", here && text_equal(u.place, here));
		}
		if (err == 0 && !text_empty(u.place))
			err = inv_place_get(txn, j->rq->arena, u.place, &p);
		if (err == 0 && !text_empty(u.place))
			doc_set_str(row, "place_name", inv_place_name(&p, j->rq->lang));
		err = err == ERR_NOTFOUND ? 0 : err;
	}
	return err;
}

static int put_choices(struct http_request *rq, struct web *w, struct doc *scan)
{
	struct choosing j = {rq, scan};

	return doc_list_size(doc_list(scan, "choices")) ? store_read(w->o.st, choices_in, &j) : 0;
}

/* What has just come back, of which product: the borrower may say whether it was of use. */
static void put_rate(struct doc *scan, const struct doc *d)
{
	const struct doc *lines = doc_list(d, "lines");
	const char *serial = doc_str(scan, "serial");

	if (!serial || !text_equal(doc_str(scan, "did"), "returned"))
		return;
	for (size_t i = 0; i < doc_list_size(lines); i++) {
		const struct doc *line = doc_list_value(lines, i);

		if (text_equal(doc_str(line, "serial"), serial) && doc_str(line, "product"))
			doc_set_str(doc_set_object(scan, "rate"), "product",
				doc_str(line, "product"));
	}
}

/* An iPad that has just come back and will be erased: what goes with that. */
static int erases_in(struct store_txn *txn, void *arg)
{
	struct choosing *j = arg;
	struct inv_return r;
	int err = inv_return_get(txn, j->rq->arena, doc_str(j->scan, "serial"), &r);

	if (err == 0)
		doc_set_bool(j->scan, "erases",
			r.erase == MDM_YES && r.phase != INV_RETURN_DONE && !r.cleaned_at);
	return err == ERR_NOTFOUND ? 0 : err;
}

static int put_erases(struct http_request *rq, struct web *w, struct doc *scan)
{
	struct choosing j = {rq, scan};

	return doc_str(scan, "serial") && text_equal(doc_str(scan, "did"), "returned")
		       ? store_read(w->o.st, erases_in, &j)
		       : 0;
}

/* A template cannot ask whether a number is 0. */
static bool is_some(const struct doc *d, const char *key)
{
	int64_t n = 0;

	return doc_int(d, key, &n) == 0 && n > 0;
}

static void put_some(struct doc *d)
{
	struct doc *lines = doc_list(d, "lines"), *who = doc_object(d, "who");

	for (size_t i = 0; i < doc_list_size(lines); i++) {
		struct doc *row = doc_list_object(lines, i);

		doc_set_bool(row, "short", is_some(row, "parts_missing"));
	}
	if (who) {
		doc_set_bool(who, "has_loans", is_some(who, "open_loans"));
		doc_set_bool(who, "has_late", is_some(who, "late_loans"));
	}
}

/* Versions of what the page loads beside the layout's own. */
static void put_scripts(struct doc *d)
{
	doc_set_str(d, "camera_js", web_file_find("camera.js")->tag);
	doc_set_str(d, "barcode_js", web_file_find("barcode.js")->tag);
}

static int desk_face(struct http_request *rq, struct doc *d)
{
	bool lines = doc_list_size(doc_list(d, "lines")) > 0;
	bool who = doc_object(d, "who") != NULL;
	bool lends = text_equal(doc_str(d, "mode"), "lend");
	const struct doc *undo = doc_object(d, "undo");

	if (web_is_page(rq)) {
		put_some(d);
		put_scripts(d);
		if (*doc_str(d, "desk"))
			doc_set_str(d, "at", web_escape(rq->arena, doc_str(d, "desk")));
		doc_set_bool(d, "any_lines", lines);
		doc_set_bool(d, "busy", lines || who);
		/* what was scanned is looked at first */
		doc_set_bool(doc_object(d, "stands"), "small", lines || who || doc_has(d, "scan"));
		doc_set_bool(d, "lends", lends);
		doc_set_bool(d, "ready", lines && who && lends);
		if (undo && !doc_has(undo, "id"))
			doc_set_bool(d, "undo", false);
	}
	http_reply_header(rq, "Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
	return web_reply(rq, 200, "desk", d);
}

/* A word for the scan that the page's form will send. */
static const char *new_key(struct arena *a)
{
	char uuid[UUID_TEXT];

	return arena_strdup(a, random_uuid(uuid));
}

/* What the page was sent on from: the answer to the scan before. */
static int recall(struct http_request *rq, struct web *w, const char *desk, struct doc *d)
{
	const char *key = http_query(rq, "answer");
	struct doc *scan = doc_new(rq->arena);
	struct inv_desk_who by = api_desk_who(rq, desk);
	struct inv_scanned s;
	int err = key ? inv_scan_recall(w->o.inv, &by, key, rq->arena, &s) : ERR_NOTFOUND;

	if (err)
		return err == ERR_NOTFOUND ? 0 : err;
	web_scanned_doc(&s, scan, rq->arena, rq->lang);
	doc_set_str(scan, "raw", s.raw);
	doc_set_str(scan, "next_key", new_key(rq->arena));
	doc_set_bool(scan, "print", text_equal(s.did, "print"));
	put_scan(rq, scan);
	put_rate(scan, d);
	err = put_erases(rq, w, scan);
	if (err == 0)
		err = put_choices(rq, w, scan);
	doc_set_doc(d, "scan", scan);
	return err;
}

/* To the page that shows the answer: to load that one anew does nothing once more. */
static int scan_go(struct http_request *rq, const struct inv_scanned *s, const char *desk)
{
	const char *to = arena_printf(rq->arena, "/desk?answer=%s", s->key);

	if (desk)
		to = arena_printf(rq->arena, "%s&desk=%s", to, web_escape(rq->arena, desk));
	return http_reply_see_other(rq, to);
}

/* To the page to sign on; a page that sends its scans itself is answered first, and then goes there. */
static int scan_lent(
	struct http_request *rq, struct web *w, const struct inv_scanned *s, const char *desk)
{
	bool signs = false;
	const char *to;
	int err;

	for (size_t i = 0; i < s->door_count; i++)
		signs |= text_equal(s->doors[i].act, "sign");
	if (signs && !http_header(rq, "X-Scans"))
		return web_desk_sign_go(rq, w, s->loan, desk);
	err = signs ? web_desk_sign(rq, w, s->loan, &to) : 0;
	return err ? err : scan_go(rq, s, desk);
}

/* Whether a kit is whole is answered without the mouse: by Enter, by its code once more, or by the
 * card that says done. */
static bool says_whole(struct http_request *rq, const char *asked, const char *code)
{
	struct inv_scan *scans;
	size_t n;

	if (text_empty(asked))
		return false;
	if (text_empty(code) || text_equal(code, asked))
		return true;
	return inv_scan_parse(rq->arena, bytes_of_str(code), &scans, &n) == 0 && n == 1 &&
	       scans[0].kind == INV_SCAN_COMMAND && scans[0].command == INV_SCAN_DONE;
}

static int scan_asked(struct http_request *rq, const struct doc *in, struct inv_scan_ask *ret)
{
	const char *code = doc_str(in, "code"), *key = doc_str(in, "key");
	bool whole = says_whole(rq, doc_str(in, "asked"), code);
	struct doc *answer = doc_new(rq->arena);
	int err;

	if (whole) {
		code = doc_str(in, "asked");
		doc_set_str(answer, "yes", doc_str(in, "asked_yes"));
	}
	err = api_yes(rq, whole ? answer : in, &ret->yes);
	if (err)
		return err;
	if (key && !inv_scan_key_ok(key))
		return api_bad_field(rq, "key", "8-40 a-z A-Z 0-9 -") == 0 ? ERR_BADINPUT
									   : ERR_INTERNAL;
	ret->raw = bytes_of_str(code ? code : "");
	ret->key = !key && web_is_page(rq) ? new_key(rq->arena) : key;
	return 0;
}

int api_scan(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {
		"code", "desk", "yes", "key", "asked", "asked_yes", NULL};
	struct web *w = ctx;
	struct doc *in, *d = doc_new(rq->arena);
	struct inv_scan_ask ask = {0};
	struct inv_desk_who by;
	struct inv_scanned s;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = scan_asked(rq, in, &ask);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	by = api_desk_who(rq, api_desk_of(rq, in));
	err = inv_scan(w->o.inv, &by, &ask, rq->arena, &s);
	if (err)
		return err;
	if (web_is_page(rq))
		return text_equal(s.did, "lent") ? scan_lent(rq, w, &s, by.desk)
						 : scan_go(rq, &s, by.desk);
	web_scanned_doc(&s, d, rq->arena, rq->lang);
	err = put_choices(rq, w, d);
	return err ? err : http_reply_doc(rq, 200, d);
}

int api_desk_get(struct http_request *rq, void *ctx)
{
	struct desk_read j = {.w = ctx, .rq = rq, .desk = api_desk_of(rq, NULL)};
	int err = store_write(j.w->o.st, desk_in, &j);

	if (err == 0 && web_is_page(rq)) {
		doc_set_str(j.d, "key", new_key(rq->arena));
		err = recall(rq, j.w, j.desk, j.d);
	}
	return err ? err : desk_face(rq, j.d);
}

int api_desk_clear(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"desk", "line", NULL};
	struct web *w = ctx;
	struct inv_desk_who by;
	struct refusal r = {0};
	uint32_t line = 0;
	struct doc *in;
	int err = api_body(rq, known, &in);

	if (err == 0)
		err = api_count(rq, in, "line", UINT32_MAX, &line);
	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	by = api_desk_who(rq, api_desk_of(rq, in));
	return api_done(rq, inv_desk_clear(w->o.inv, &by, line), &r);
}
