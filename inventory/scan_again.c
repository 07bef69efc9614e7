/* SPDX-License-Identifier: EUPL-1.2 */
/* An answer of the scan box as it is kept, and as it is told again. */
#include "inventory/scan_int.h"

#include "base/text.h"

#include <stdio.h>

/* --- kept --- */

static const char *doors_format(struct arena *a, const struct inv_scanned *s)
{
	const char *all = "";

	for (size_t i = 0; i < s->door_count; i++)
		all = arena_printf(a, "%s%s %s\n", all, s->doors[i].act,
			s->doors[i].code ? s->doors[i].code : "");
	return all;
}

static const char *choices_format(struct arena *a, const struct inv_scanned *s)
{
	const char *all = "";

	for (size_t i = 0; i < s->choice_count; i++)
		all = arena_printf(a, "%s%d %s\n", all, (int)s->choices[i].kind, s->choices[i].id);
	return all;
}

static struct inv_told told_of(const struct inv_scanning *s)
{
	const struct inv_scanned *r = s->ret;
	struct inv_told told = {
		.raw = s->scan->raw,
		.yes = s->yes,
		.tone = r->tone,
		.asks = r->asks,
		.did = r->did,
		.code = r->said.say ? r->said.say->code : "",
		.serial = r->serial,
		.borrower = r->borrower,
		.loan = r->loan,
	};

	for (int i = 0; i < SAY_LANGS; i++)
		told.text[i] = refusal_text(s->a, (enum say_lang)i, &r->said);
	told.doors = doors_format(s->a, r);
	told.choices = choices_format(s->a, r);
	return told;
}

int inv_again_keep(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	const struct inv_scanning *s)
{
	struct inv_told told;

	if (!s->key)
		return 0;
	told = told_of(s);
	return inv_told_put(inv, txn, by, s->key, &told);
}

void inv_again_remember(
	struct inv *inv, const struct inv_desk_who *by, const struct inv_scanning *s)
{
	struct inv_told told;

	if (!s->key)
		return;
	told = told_of(s);
	inv_no_keep(inv, by, s->key, &told);
}

/* --- told again --- */

/* The next line's two words. */
static bool next_line(
	struct arena *a, const char **at, const char **ret_first, const char **ret_rest)
{
	size_t line = strcspn(*at, "\n"), word = strcspn(*at, " \n");

	if (**at == '\0')
		return false;
	*ret_first = arena_strndup(a, *at, word);
	*ret_rest = word < line ? arena_strndup(a, *at + word + 1, line - word - 1) : "";
	*at += line + ((*at)[line] == '\n');
	return true;
}

static void doors_parse(struct arena *a, const char *text, struct inv_scanned *ret)
{
	const char *act, *code;

	while (text && ret->door_count < INV_DOORS && next_line(a, &text, &act, &code)) {
		const struct say *label = inv_door_say(act);

		if (label)
			ret->doors[ret->door_count++] =
				(struct inv_door){act, label, text_empty(code) ? NULL : code};
	}
}

static void choices_parse(struct arena *a, const char *text, struct inv_scanned *ret)
{
	const char *kind, *id;

	ret->choices = ARENA_ARRAY(a, struct inv_hit, INV_HITS);
	while (text && ret->choice_count < INV_HITS && next_line(a, &text, &kind, &id))
		ret->choices[ret->choice_count++] =
			(struct inv_hit){.kind = (enum inv_hit_kind)(*kind - '0'), .id = id};
}

static void told_again(const struct inv_told *t, struct arena *a, struct inv_scanned *ret)
{
	*ret = (struct inv_scanned){
		.tone = (enum inv_tone)t->tone,
		.did = t->did,
		.again = true,
		.said_code = t->code,
		.raw = t->raw,
		.serial = t->serial,
		.loan = t->loan,
		.borrower = t->borrower,
		.asks = t->asks,
	};
	for (int i = 0; i < SAY_LANGS; i++)
		ret->told[i] = t->text[i];
	doors_parse(a, t->doors, ret);
	choices_parse(a, t->choices, ret);
}

/* The same key with another code is another scan: a page that was gone back to. */
static bool is_of(const struct inv_told *t, const struct inv_scanning *s)
{
	return text_equal(t->raw ? t->raw : "", s->scan->raw) && t->yes == s->yes;
}

int inv_again_find(struct inv *inv, struct store_txn *txn, const struct inv_desk_who *by,
	struct inv_scanning *s)
{
	struct inv_told t;
	int err = s->key ? inv_no_get(inv, by, s->key, s->a, &t) : ERR_NOTFOUND;

	if (s->key && (err || !is_of(&t, s)))
		err = inv_told_get(inv, txn, by, s->key, s->a, &t);
	if (err)
		return err;
	if (!is_of(&t, s))
		return ERR_NOTFOUND;
	told_again(&t, s->a, s->ret);
	return 0;
}

/* --- asked for by itself --- */

struct recalling {
	struct inv *inv;
	const struct inv_desk_who *by;
	const char *key;
	struct arena *a;
	struct inv_scanned *ret;
};

static int recall_in(struct store_txn *txn, void *arg)
{
	struct recalling *j = arg;
	struct inv_told t;
	int err = inv_no_get(j->inv, j->by, j->key, j->a, &t);

	if (err == ERR_NOTFOUND)
		err = inv_told_get(j->inv, txn, j->by, j->key, j->a, &t);
	if (err)
		return err;
	told_again(&t, j->a, j->ret);
	return inv_desk_see(txn, j->a, j->by, &j->ret->desk);
}

int inv_scan_recall(struct inv *inv, const struct inv_desk_who *by, const char *key,
	struct arena *a, struct inv_scanned *ret)
{
	struct recalling j = {inv, by, key, a, ret};

	return store_read(inv->st, recall_in, &j);
}
