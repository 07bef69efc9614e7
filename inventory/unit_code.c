/* SPDX-License-Identifier: EUPL-1.2 */
/* Further codes that a thing answers to: IMEI, a maker's label, a sticker of somebody's. They come and go. */
#include "inventory/inventory_int.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>

struct adding {
	struct inv_code code;
	const char *asked; /* as it was read off the thing */
};

static int add_code_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	const struct adding *add = j->ask;
	const struct inv_code *c = &add->code;
	const struct inv_unit before = *u;
	const struct inv_event e = {.kind = "code", .text = inv_code_kind_name(c->kind)};
	struct inv_code *codes;
	const char *code = c->code, *holder = NULL;
	size_t n;
	bool is_free = true;
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	if (err == 0)
		err = inv_unit_codes(a, u, &codes, &n);
	if (err)
		return err;
	if (c->kind != INV_CODE_GS1 && inv_code_parse(a, c->code, &code) != 0)
		return refuse(j->r, &inv_say_bad_code, c->code, NULL, NULL);
	for (size_t i = 0; err == 0 && i < n; i++) {
		if (text_equal(codes[i].code, code))
			return refuse(j->r, &inv_say_code_there, code, NULL, NULL);
	}
	if (err == 0 && n + 1 >= INV_CODES)
		return refuse(j->r, &inv_say_codes_many, inv_unit_label(u), NULL, NULL);
	if (err == 0)
		err = inv_code_is_free(txn, a, code, u->serial, &is_free);
	if (err == 0 && !is_free)
		return refuse(j->r, &inv_say_code_taken, code, NULL, NULL);
	if (err == 0)
		err = inv_code_holder(txn, a, &(struct inv_code){c->kind, code}, u->serial, &holder);
	if (holder)
		return refuse(j->r, &inv_say_code_held, code, holder, NULL);
	u->codes = arena_printf(
		a, "%s%s %s\n", u->codes ? u->codes : "", inv_code_kind_name(c->kind), code);
	inv_label_fill(inv_label_read(a, add->asked), u);
	if (err == 0)
		err = inv_unit_save(txn, j, &before, u, &e, "item.code-add");
	return err ? err : inv_notice_meet(txn, a, u, j->now);
}

/* As the desk will look for it: what a scanner reads off a maker's label is GTIN and serial number in one, and
 * has no small letters when somebody wrote it so either; a GTIN is fourteen digits, however many are printed. */
static struct inv_code as_labelled(struct arena *a, const struct inv_code *code)
{
	const struct inv_scan *label = inv_label_read(a, code->code);
	char *text;

	if (label && label->gtin)
		return (struct inv_code){INV_CODE_GS1, label->text};
	if (code->kind == INV_CODE_GTIN && inv_gtin_is(code->code))
		return (struct inv_code){INV_CODE_GTIN, inv_gtin_14(a, code->code)};
	if (code->kind != INV_CODE_GS1)
		return *code;
	text = arena_strdup(a, code->code);
	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return (struct inv_code){INV_CODE_GS1, text};
}

/* May a code of that kind be so? What has a check digit has the right one, and a label is one that the desk can
 * read again. */
static bool is_right(const struct inv_code *c)
{
	char gtin[15] = "";

	switch (c->kind) {
	case INV_CODE_IMEI: return inv_imei_is(c->code);
	case INV_CODE_ICCID: return inv_iccid_is(c->code);
	case INV_CODE_GTIN: return inv_gtin_is(c->code);
	case INV_CODE_GS1:
		text_copy(gtin, sizeof(gtin), c->code);
		return strlen(c->code) > 15 && c->code[14] == '/' && strlen(gtin) == 14 &&
		       inv_gtin_is(gtin);
	default: return true;
	}
}

/* Does a label begin with a GTIN whose check digit is right? */
static bool has_gtin(const char *label)
{
	char gtin[15];

	label += *label == ']' && strlen(label) > 3 ? 3 : 0;
	label += text_starts(label, "(01)") ? 4 : text_starts(label, "01") ? 2 : 0;
	snprintf(gtin, sizeof(gtin), "%s", label);
	return strlen(gtin) == 14 && inv_gtin_is(gtin);
}

/* A label whose GTIN is right is wrong in something else. */
static int refuse_wrong(struct arena *a, const struct inv_code *asked, struct refusal *r)
{
	struct inv_scan *scan;
	size_t n;

	if (inv_scan_parse(a, bytes_of_str(asked->code), &scan, &n) == 0 && scan->kind == INV_SCAN_BAD &&
		has_gtin(asked->code))
		return refuse(r, scan->why ? scan->why : &inv_say_scan_bad, asked->code, NULL, NULL);
	return refuse(r, &inv_say_code_digit, asked->code, NULL, NULL);
}

int inv_code_add(
	struct inv *inv, const struct inv_act *act, const struct inv_code *asked, struct refusal *r)
{
	AUTO(arena) struct arena *a = arena_new();
	const struct adding add = {as_labelled(a, asked), asked->code};
	const struct inv_code *code = &add.code;
	const char *gtin = inv_label_of_product(a, asked->code);
	struct inv_job j = INV_JOB(inv, act, r, add_code_in, &add, NULL);

	*r = (struct refusal){0};
	if (code->kind != INV_CODE_IMEI && gtin)
		return refusal_keep(r, refuse(r, &inv_say_code_product, gtin, NULL, NULL));
	if (code->kind < INV_CODE_MAKER_SERIAL || code->kind >= INV_CODE_KINDS)
		return refuse(r, &inv_say_code_kind, asked->code, NULL, NULL);
	if (strlen(code->code) > INV_CODE_MAX || strpbrk(code->code, " \n"))
		return refuse(r, &inv_say_bad_code, asked->code, NULL, NULL);
	if (!is_right(code))
		return refuse_wrong(a, asked, r);
	return inv_job_unit(&j);
}

static int drop_code_in(
	struct store_txn *txn, struct inv_job *j, struct arena *a, struct inv_unit *u)
{
	AUTO(buf) struct buf left = BUF_INIT(65536);
	const struct inv_unit before = *u;
	const struct inv_event e = {.kind = "code"};
	const char *line = u->codes, *code = j->ask;
	bool gone = false;
	int err = inv_zone_admit(txn, j->zones, u->serial, j->r);

	if (err)
		return err;
	while (line && *line) {
		size_t n = strcspn(line, "\n"), word = strcspn(line, " \n");
		bool same = word < n && strlen(code) == n - word - 1 &&
			    strncasecmp(line + word + 1, code, n - word - 1) == 0;

		if (!same)
			buf_printf(&left, "%.*s\n", (int)n, line);
		gone = gone || same;
		line += n + (line[n] == '\n');
	}
	if (!gone)
		return refuse(j->r, &inv_say_code_not_there, code, NULL, NULL);
	u->codes = left.n ? arena_strdup(a, buf_str(&left)) : NULL;
	return inv_unit_save(txn, j, &before, u, &e, "item.code-drop");
}

int inv_code_drop(struct inv *inv, const struct inv_act *act, const char *code, struct refusal *r)
{
	struct inv_job j = INV_JOB(inv, act, r, drop_code_in, code, NULL);

	return inv_job_unit(&j);
}
