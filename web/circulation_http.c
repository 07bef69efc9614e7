/* SPDX-License-Identifier: EUPL-1.2 */
/* What the edges of circulation share: who asks, and the fields of their bodies. */
#include "web/circulation_int.h"

#include "base/clock.h"
#include "base/text.h"

struct inv_desk_who api_desk_who(const struct http_request *rq, const char *desk)
{
	return (struct inv_desk_who){
		.who = &api_caller(rq)->who,
		.zones = api_people_caller(rq).zones,
		.desk = desk && strlen(desk) <= 32 ? desk : NULL,
		.now = rq->now,
		.duties = web_duties(api_caller(rq)->roles),
	};
}

static int wrong(struct http_request *rq, const char *field, const char *what)
{
	return api_bad_field(rq, field, what) == 0 ? ERR_BADINPUT : ERR_INTERNAL;
}

int api_day(struct http_request *rq, const struct doc *d, const char *key, int32_t *ret)
{
	if (!doc_has(d, key))
		return 0;
	return day_parse(doc_str(d, key), ret) == 0 ? 0 : wrong(rq, key, "2026-11-21");
}

/* A moment, or a day, which is then its noon: past midnight in no zone of ours. */
int api_time(struct http_request *rq, const struct doc *d, const char *key, int64_t *ret)
{
	const char *s = doc_str(d, key);
	int32_t day;

	if (!doc_has(d, key))
		return 0;
	if (s && day_parse(s, &day) == 0) {
		*ret = day_start(day) + DAY_S / 2;
		if (*ret > rq->now && day == day_of_time(rq->now))
			*ret = rq->now;
		return 0;
	}
	return s && clock_parse(s, ret) == 0 ? 0
					     : wrong(rq, key, "2026-11-21, 2026-11-21T10:00:00Z");
}

/* Forms send numbers as text. */
int api_count(
	struct http_request *rq, const struct doc *d, const char *key, uint32_t most, uint32_t *ret)
{
	const char *s = doc_str(d, key);
	int64_t n;

	if (!doc_has(d, key))
		return 0;
	if ((s ? text_parse_i64(s, &n) : doc_int(d, key, &n)) != 0 || n < 0 || n > most)
		return wrong(rq, key, "0, 1, 2 …");
	*ret = (uint32_t)n;
	return 0;
}

static bool word_in(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; (at = strstr(at, word)) != NULL; at += n) {
		bool begins = at == words || at[-1] == ' ';

		if (begins && (at[n] == ' ' || at[n] == '\0'))
			return true;
	}
	return false;
}

int api_yes(struct http_request *rq, const struct doc *d, unsigned *ret)
{
	AUTO(arena) struct arena *a = arena_new();
	struct doc *names = doc_set_list(doc_new(a), "names");
	const char *s = doc_str(d, "yes");

	*ret = 0;
	if (!doc_has(d, "yes"))
		return 0;
	if (!s)
		return wrong(rq, "yes", "hold limit late parts swap renew whole found");
	for (unsigned bit = 1; bit <= INV_YES_LAST; bit <<= 1) {
		size_t n = doc_list_size(names);

		web_yes_doc(bit, names);
		if (doc_list_size(names) > n && word_in(s, doc_list_str(names, n)))
			*ret |= bit;
	}
	return 0;
}

/* The page asks with a button, that sends the same form with the yes. */
static void put_ask(struct http_request *rq, unsigned asks)
{
	const char *before = web_form_str(rq, "yes");
	struct doc *list = doc_set_list(doc_new(rq->arena), "asks");
	struct web_note *note = rq->note;

	web_yes_doc(asks, list);
	note->ask = arena_printf(rq->arena, "%s%s%s", before ? before : "", before ? " " : "",
		doc_list_str(list, 0));
}

int api_circulated(struct http_request *rq, int err, const struct refusal *r, struct doc *d)
{
	unsigned asks = err == ERR_REFUSED ? inv_refusal_asks(r) : 0;
	struct doc *no;

	if (err == 0 && !web_is_page(rq))
		return http_reply_doc(rq, 200, d);
	if (asks && web_is_page(rq))
		put_ask(rq, asks);
	if (err != ERR_REFUSED || !asks || web_is_page(rq))
		return api_done(rq, err, r);
	/* A question, not a no: what to answer stands with it. */
	no = doc_new(rq->arena);
	doc_set_str(no, "code", r->say->code);
	doc_set_str(no, "text", refusal_text(rq->arena, rq->lang, r));
	web_yes_doc(asks, doc_set_list(no, "asks"));
	return http_reply_doc(rq, 409, no);
}

int api_loan_number(const struct http_request *rq, uint64_t *ret)
{
	return inv_loan_number_parse(http_param(rq, "number"), ret) == 0 ? 0 : ERR_NOTFOUND;
}

int web_loan_thing(struct store_txn *txn, const struct http_request *rq, struct inv_unit *ret_unit,
	struct inv_loan *ret, struct inv_loan_line *ret_line)
{
	uint64_t number;
	int err = api_loan_number(rq, &number);

	if (err == 0)
		err = inv_unit_find(txn, rq->arena, http_param(rq, "code"), ret_unit);
	if (err == 0)
		err = inv_loan_of_unit(txn, rq->arena, ret_unit->serial, ret, ret_line);
	if (err == 0 && (ret->id != number || !(ret->zone & api_people_caller(rq).zones)))
		err = ERR_NOTFOUND;
	return err;
}

int api_id(const struct http_request *rq, uint64_t *ret)
{
	return text_parse_u64(http_param(rq, "id"), ret) == 0 ? 0 : ERR_NOTFOUND;
}
