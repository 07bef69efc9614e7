/* SPDX-License-Identifier: EUPL-1.2 */
/* /api/v1/groups, /api/v1/devices/{code}/desired, /api/v1/presets: what iPads should have. */
#include "web/api_int.h"
#include "web/wanted_int.h"

#include "base/text.h"

#define CODES_MOST 1000

static int set_done(struct http_request *rq, struct web *w, struct web_set_act *act)
{
	struct refusal r;

	act->who = &api_caller(rq)->who;
	act->now = rq->now;
	return api_done(rq, web_set_act(w, act, &r), &r);
}

/* --- groups --- */

static int group_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	int err = web_group_whole_doc(
		job->w, txn, job->rq->arena, http_param(job->rq, "name"), job->rq->lang, job->d);

	return err == 0 && web_is_page(job->rq) ? web_group_face(job, txn) : err;
}

int api_group_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, group_in, "group");
}

int web_members_ask(const struct http_request *rq, enum mdm_stands *ret, const char **ret_stands)
{
	const char *word = http_query(rq, "stands");

	*ret = MDM_STANDS_DONE;
	*ret_stands = NULL;
	if (text_empty(word))
		return 0;
	for (int how = MDM_STANDS_WAITING; how < MDM_STANDS; how++) {
		if (!text_equal(word, mdm_stands_name((enum mdm_stands)how)))
			continue;
		*ret = (enum mdm_stands)how;
		*ret_stands = mdm_stands_name(*ret);
		return 0;
	}
	return ERR_BADINPUT;
}

int web_members_read(const struct http_request *rq, struct store_txn *txn,
	const struct web_members_page *page, const char ***ret, size_t *ret_n)
{
	const struct store_piece *piece =
		STORE_PIECE(rq->arena, http_query(rq, "after"), page->most);
	const char *word;
	enum mdm_stands how;
	int err = web_members_ask(rq, &how, &word);

	if (err)
		return err;
	return word ? mdm_stands_list(txn, &(const struct mdm_stands_ask){page->group, how}, piece,
			      ret, ret_n)
		    : mdm_member_list(txn, page->group, piece, ret, ret_n);
}

static int members_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	struct doc *list = doc_set_list(job->d, "members");
	const char **serials;
	struct mdm_group g;
	size_t n, most = api_most(job->rq);
	int err = mdm_group_get(txn, job->rq->arena, http_param(job->rq, "name"), &g);

	if (err == 0)
		err = web_members_read(job->rq, txn,
			&(const struct web_members_page){g.name, most}, &serials, &n);
	for (size_t i = 0; err == 0 && i < n; i++)
		doc_add_str(list, serials[i]);
	if (err == 0)
		doc_set_str(job->d, "next", n == most ? serials[n - 1] : NULL);
	return err;
}

int api_member_list(struct http_request *rq, void *ctx)
{
	const char *word;
	enum mdm_stands how;

	if (web_members_ask(rq, &how, &word) != 0)
		return api_bad_field(rq, "stands", "waiting, failed");
	return api_read(rq, ctx, members_in);
}

int api_group_add(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"name", "title", NULL};
	struct web_set_act act = {.what = WEB_GROUP_ADD};
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	act.group = doc_str(d, "name");
	act.title = doc_str(d, "title");
	if (web_is_page(rq) && text_empty(act.group) && act.title)
		act.group = web_slug(rq->arena, act.title);
	if (text_empty(act.group))
		return api_missing_field(rq, web_is_page(rq) ? "title" : "name");
	act.who = &api_caller(rq)->who;
	act.now = rq->now;
	err = web_set_act(ctx, &act, &r);
	return err == 0 && web_is_page(rq)
		       ? web_page_go(rq, arena_printf(rq->arena, "/groups/%s?done=group-made", act.group))
		       : api_done(rq, err, &r);
}

int api_group_rename(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"title", NULL};
	struct web_set_act act = {.what = WEB_GROUP_RENAME, .group = http_param(rq, "name")};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	act.title = doc_str(d, "title");
	if (text_empty(act.title))
		return api_missing_field(rq, "title");
	return set_done(rq, ctx, &act);
}

int api_group_remove(struct http_request *rq, void *ctx)
{
	struct web_set_act act = {.what = WEB_GROUP_REMOVE, .group = http_param(rq, "name")};

	return set_done(rq, ctx, &act);
}

/* Codes as people type or scan them, one after the other. */
static int typed_take(
	struct http_request *rq, const char *typed, const char *const **ret, size_t *ret_n)
{
	const char **codes = ARENA_ARRAY(rq->arena, const char *, CODES_MOST);
	char *save = NULL, *code = strtok_r(arena_strdup(rq->arena, typed), " ,;\t\r\n", &save);
	size_t n = 0;

	for (; code; code = strtok_r(NULL, " ,;\t\r\n", &save)) {
		if (n == CODES_MOST || inv_code_parse(rq->arena, code, &codes[n]) != 0)
			return ERR_BADINPUT;
		n++;
	}
	*ret = codes;
	*ret_n = n;
	return 0;
}

/* A list of codes; *ret_n is 0 where there is none. ERR_BADINPUT: not one of texts. */
static int codes_take(struct http_request *rq, const struct doc *d, const char *field,
	const char *const **ret, size_t *ret_n)
{
	const struct doc *list = doc_list(d, field);
	size_t n = doc_list_size(list);
	const char **codes = ARENA_ARRAY(rq->arena, const char *, n ? n : 1);

	if (doc_str(d, field))
		return typed_take(rq, doc_str(d, field), ret, ret_n);
	if ((!list && doc_has(d, field)) || n > CODES_MOST)
		return ERR_BADINPUT;
	for (size_t i = 0; i < n; i++) {
		const char *code = doc_list_str(list, i);

		if (!code || inv_code_parse(rq->arena, code, &codes[i]) != 0)
			return ERR_BADINPUT;
	}
	*ret = codes;
	*ret_n = n;
	return 0;
}

int api_member_set(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"in", "out", NULL};
	struct web_set_act act = {.group = http_param(rq, "name")};
	struct web_set_act out;
	struct refusal r;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	act.who = &api_caller(rq)->who;
	act.now = rq->now;
	out = act;
	act.what = WEB_MEMBER_IN;
	out.what = WEB_MEMBER_OUT;
	if (codes_take(rq, d, "in", &act.codes, &act.code_n) != 0)
		return api_bad_field(rq, "in", "[\"…\"]");
	if (codes_take(rq, d, "out", &out.codes, &out.code_n) != 0)
		return api_bad_field(rq, "out", "[\"…\"]");
	err = web_set_act(ctx, &act, &r);
	if (err == 0)
		err = web_set_act(ctx, &out, &r);
	return api_done(rq, err, &r);
}

/* --- items, of a group or an iPad --- */

/* On an error the reply is made. */
static int item_take(struct http_request *rq, struct web_set_act *act)
{
	static const char *const known[] = {"kind", "id", "spec", "priority", "file", NULL};
	AUTO(buf) struct buf spec = BUF_INIT(4 << 20);
	enum mdm_item_kind kind;
	const char *file;
	int64_t priority = 0;
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err;
	if (mdm_item_kind_parse(doc_str(d, "kind"), &kind) != 0) {
		err = api_bad_field(rq, "kind", "profile, web-clip, setting, declaration");
		return err ? err : ERR_BADINPUT;
	}
	if (!doc_object(d, "spec")) {
		err = api_missing_field(rq, "spec");
		return err ? err : ERR_BADINPUT;
	}
	file = doc_str(d, "file");
	if ((doc_has(d, "priority") && doc_int(d, "priority", &priority) != 0) || priority < 0 ||
		priority > 1000 ||
		(file && text_parse_base64(rq->arena, bytes_of_str(file), &act->item.blob) != 0)) {
		err = api_bad_field(rq, file ? "file" : "priority", "Base64, 0-1000");
		return err ? err : ERR_BADINPUT;
	}
	doc_format(doc_object(d, "spec"), &spec);
	act->what = WEB_ITEM_PUT;
	act->item.kind = kind;
	act->item.id = doc_str(d, "id");
	act->item.priority = (uint32_t)priority;
	act->item.spec = arena_strdup(rq->arena, buf_str(&spec));
	return 0;
}

int api_group_item_put(struct http_request *rq, void *ctx)
{
	struct web_set_act act = {.group = http_param(rq, "name")};
	int err = item_take(rq, &act);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return set_done(rq, ctx, &act);
}

int api_desired_put(struct http_request *rq, void *ctx)
{
	const char *code = http_param(rq, "code");
	struct web_set_act act = {.codes = &code, .code_n = 1};
	int err = item_take(rq, &act);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	return set_done(rq, ctx, &act);
}

static int item_remove(struct http_request *rq, struct web *w, struct web_set_act *act)
{
	enum mdm_item_kind kind;

	if (mdm_item_kind_parse(http_param(rq, "kind"), &kind) != 0)
		return ERR_NOTFOUND;
	act->what = WEB_ITEM_REMOVE;
	act->item.kind = kind;
	act->item.id = http_param(rq, "id");
	return set_done(rq, w, act);
}

int api_group_item_remove(struct http_request *rq, void *ctx)
{
	struct web_set_act act = {.group = http_param(rq, "name")};

	return item_remove(rq, ctx, &act);
}

int api_desired_remove(struct http_request *rq, void *ctx)
{
	const char *code = http_param(rq, "code");
	struct web_set_act act = {.codes = &code, .code_n = 1};

	return item_remove(rq, ctx, &act);
}

/* --- one iPad --- */

static int desired_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;

	int err = web_desired_doc(job->w, txn, job->rq->arena, http_param(job->rq, "code"),
		job->rq->lang, job->rq->now, job->d);

	return err == 0 && web_is_page(job->rq) ? web_desired_face(job, txn) : err;
}

int api_desired_get(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, desired_in, "desired");
}

int api_desired_again(struct http_request *rq, void *ctx)
{
	const char *code = http_param(rq, "code");
	struct web_set_act act = {.what = WEB_DESIRED_AGAIN, .codes = &code, .code_n = 1};

	return set_done(rq, ctx, &act);
}

int api_desired_move(struct http_request *rq, void *ctx)
{
	static const char *const known[] = {"to", NULL};
	const char *codes[2] = {http_param(rq, "code"), NULL};
	struct web_set_act act = {.what = WEB_DESIRED_MOVE, .codes = codes, .code_n = 2};
	struct doc *d;
	int err = api_body(rq, known, &d);

	if (err)
		return err == ERR_BADINPUT ? 0 : err;
	if (text_empty(doc_str(d, "to")) ||
		inv_code_parse(rq->arena, doc_str(d, "to"), &codes[1]) != 0)
		return api_missing_field(rq, "to");
	return set_done(rq, ctx, &act);
}

/* --- presets --- */

int api_preset_questions(struct http_request *rq, void *ctx)
{
	struct doc *d = doc_new(rq->arena);

	(void)ctx;
	web_preset_questions_doc(d, rq->lang);
	return web_reply(rq, 200, NULL, d);
}

static void put_choices(const struct http_request *rq, const struct doc *questions)
{
	for (size_t i = 0; i < doc_list_size(questions); i++) {
		struct doc *q = doc_list_object(questions, i);
		const struct doc *answers = doc_list(q, "answers");
		struct doc *list = doc_set_list(q, "choices");

		for (size_t k = 0; k < doc_list_size(answers); k++) {
			const char *word = doc_list_str(answers, k);
			struct doc *c = doc_add_object(list);

			doc_set_str(c, "word", word);
			doc_set_str(c, "said",
				web_text(rq->lang, arena_printf(rq->arena, "preset.%s", word)));
		}
	}
}

static int preset_in(struct store_txn *txn, void *arg)
{
	struct api_read *job = arg;
	const char *serial;
	struct inv_unit u;
	int err = inv_serial_find(txn, job->rq->arena, http_param(job->rq, "code"), &serial);

	if (err)
		return err;
	err = inv_unit_get(txn, job->rq->arena, serial, &u);
	doc_set_str(job->d, "serial", serial);
	doc_set_str(job->d, "item_number", err ? NULL : u.item_number);
	web_preset_questions_doc(job->d, job->rq->lang);
	put_choices(job->rq, doc_list(job->d, "questions"));
	return err == ERR_NOTFOUND ? 0 : err;
}

int page_preset(struct http_request *rq, void *ctx)
{
	return web_read(rq, ctx, preset_in, "preset");
}

static int answers_take(struct http_request *rq, const struct doc *d,
	enum mdm_answer_word answers[MDM_PRESET_QUESTIONS], const char **ret_bad)
{
	for (size_t i = 0; doc_key(d, i); i++) {
		const char *key = doc_key(d, i);
		size_t k = 0;

		while (mdm_preset_questions[k].id && !text_equal(mdm_preset_questions[k].id, key))
			k++;
		*ret_bad = arena_strdup(rq->arena, key);
		if (!mdm_preset_questions[k].id || web_preset_answer_parse(&mdm_preset_questions[k],
							   doc_str(d, key), &answers[k]) != 0)
			return ERR_BADINPUT;
	}
	return 0;
}

/* The answers are not kept: what is kept is how the iPad is set. */
int api_preset_give(struct http_request *rq, void *ctx)
{
	const char *code = http_param(rq, "code"), *bad = NULL;
	enum mdm_answer_word answers[MDM_PRESET_QUESTIONS] = {MDM_ANSWER_NONE};
	struct web_set_act act = {.what = WEB_ITEM_PUT,
		.codes = &code,
		.code_n = 1,
		.who = &api_caller(rq)->who,
		.now = rq->now,
		.item = {.kind = MDM_ITEM_SETTING, .id = "accessibility"}};
	struct mdm_preset p;
	struct refusal r = {0};
	struct doc *d, *reply = doc_new(rq->arena);
	int err = api_body_any(rq, &d);

	if (err || answers_take(rq, d, answers, &bad) != 0)
		return api_bad_field(rq, bad ? bad : "", "yes, some, no");
	mdm_preset_decide(answers, &p);
	act.item.spec = mdm_preset_spec(rq->arena, &p);
	if (act.item.spec)
		err = web_set_act(ctx, &act, &r);
	if (err)
		return api_done(rq, err, &r);
	web_preset_doc(rq->arena, &p, rq->lang, reply);
	doc_set_str(reply, "code", code);
	doc_set_bool(reply, "any_by_hand", p.by_hand[0] != NULL);
	return web_reply(rq, 200, "preset-done", reply);
}
