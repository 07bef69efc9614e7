/* SPDX-License-Identifier: EUPL-1.2 */
/* From a code to what bears it, by the indexes of unit_index.c. */
#include "inventory/inventory_int.h"

#include "base/text.h"

/* --- the codes of a unit --- */

static void add_code(struct inv_code *codes, size_t *n, enum inv_code_kind kind, const char *code)
{
	if (!text_empty(code) && *n < INV_CODES)
		codes[(*n)++] = (struct inv_code){.kind = kind, .code = code};
}

/* "imei 356938035643809", one a line. */
static int add_lines(struct arena *a, const char *lines, struct inv_code *codes, size_t *n)
{
	while (lines && *lines) {
		size_t line = strcspn(lines, "\n"), word = strcspn(lines, " \n");
		enum inv_code_kind kind;

		if (word >= line || inv_code_kind_parse(arena_strndup(a, lines, word), &kind) != 0)
			return ERR_CORRUPT;
		add_code(codes, n, kind, arena_strndup(a, lines + word + 1, line - word - 1));
		lines += line + (lines[line] == '\n');
	}
	return 0;
}

int inv_unit_codes(struct arena *a, const struct inv_unit *u, struct inv_code **ret, size_t *ret_n)
{
	struct inv_code *codes = ARENA_ARRAY(a, struct inv_code, INV_CODES);
	size_t n = 0;
	int err;

	add_code(codes, &n, INV_CODE_ITEM, u->item_number);
	if (!text_equal(u->item_number, u->serial))
		add_code(codes, &n, INV_CODE_SERIAL, u->serial);
	add_code(codes, &n, INV_CODE_MAKER_SERIAL, u->maker_serial);
	add_code(codes, &n, INV_CODE_IMEI, u->imei);
	add_code(codes, &n, INV_CODE_ICCID, u->sim);
	err = add_lines(a, u->codes, codes, &n);
	if (err)
		return err;
	*ret = codes;
	*ret_n = n;
	return 0;
}

/* --- looking codes up --- */

struct looking {
	struct store_txn *txn;
	struct arena *a;
	struct inv_hit *hits;
	size_t n;
};

static void add_hit(
	struct looking *l, enum inv_hit_kind kind, enum inv_code_kind code, const char *id)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->hits[i].kind == kind && text_equal(l->hits[i].id, id))
			return;
	}
	if (l->n < INV_HITS)
		l->hits[l->n++] = (struct inv_hit){kind, code, arena_strdup(l->a, id)};
}

/* By item number, and by serial number. */
static int look_own(struct looking *l, const char *code)
{
	struct store_key k = store_key("s", code);
	struct bytes v;
	int err = store_get(l->txn, INV_BY_ITEM, &k, &v);

	if (err == 0)
		add_hit(l, INV_HIT_UNIT, INV_CODE_ITEM, arena_strndup(l->a, v.p, v.n));
	if (err && err != ERR_NOTFOUND)
		return err;
	err = store_get(l->txn, INV_UNIT, &k, &v);
	if (err == 0)
		add_hit(l, INV_HIT_UNIT, INV_CODE_SERIAL, code);
	return err == ERR_NOTFOUND ? 0 : err;
}

/* All that the index has under a code. */
static int look_index(struct looking *l, const char *code)
{
	struct store_key prefix = store_key("s", code);
	AUTO(store_iter) struct store_iter it = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, l->txn, INV_CODE, &prefix);

	while (err == 0 && l->n < INV_HITS && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *c, *id;
		int kind, whose;

		err = store_key_parse(k, "sccs", &c, &kind, &whose, &id);
		if (err == 0)
			add_hit(l, whose == 'p' ? INV_HIT_PRODUCT : INV_HIT_UNIT,
				(enum inv_code_kind)kind, id);
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

static int look(struct looking *l, const char *code)
{
	int err = look_own(l, code);

	return err ? err : look_index(l, code);
}

static int look_place(struct looking *l, const char *text)
{
	struct inv_place p;
	const char *id;
	int err = inv_product_id_parse(l->a, text, &id);

	if (err == 0)
		err = inv_place_get(l->txn, l->a, id, &p);
	if (err == 0)
		add_hit(l, INV_HIT_PLACE, INV_CODE_OTHER, p.id);
	return err == ERR_NOTFOUND || err == ERR_BADINPUT ? 0 : err;
}

/* Units with the serial number, of products with the GTIN or of none; then the product itself. */
static int look_gs1(struct looking *l, const struct inv_scan *scan)
{
	struct looking serials = {.txn = l->txn, .a = l->a};
	const char *code;
	int err = look_index(l, scan->text);

	serials.hits = ARENA_ARRAY(l->a, struct inv_hit, INV_HITS);
	if (err == 0 && inv_code_parse(l->a, scan->serial, &code) == 0)
		err = look(&serials, code);
	for (size_t i = 0; err == 0 && i < serials.n; i++) {
		struct inv_product p;
		struct inv_unit u;

		if (serials.hits[i].kind != INV_HIT_UNIT)
			continue;
		err = inv_unit_get(l->txn, l->a, serials.hits[i].id, &u);
		if (err == 0)
			err = inv_unit_product(l->txn, l->a, &u, &p);
		if (err == 0 &&
			(text_empty(p.gtin) || !scan->gtin || text_equal(p.gtin, scan->gtin)))
			add_hit(l, INV_HIT_UNIT, serials.hits[i].code, u.serial);
	}
	if (err == 0 && l->n == 0 && scan->gtin)
		err = look_index(l, scan->gtin);
	return err;
}

/* What people wrote as an item number may look like any other kind of code. */
static int look_as_written(struct looking *l, const struct inv_scan *scan)
{
	const char *code;

	if (inv_code_parse(l->a, scan->raw, &code) != 0 || text_equal(code, scan->text))
		return 0;
	return look(l, code);
}

/* A SIM's number, as people write it. */
static int look_phone(struct looking *l, const struct inv_scan *scan)
{
	const char *number;

	if (inv_msisdn_parse(l->a, scan->raw, &number) != 0 || text_equal(number, scan->text))
		return 0;
	return look_index(l, number);
}

static int look_plain(struct looking *l, const struct inv_scan *scan)
{
	int err = look(l, scan->text);

	if (err == 0 && l->n == 0 && scan->gtin)
		err = look_index(l, scan->gtin);
	/* The boxes of iPads have an S in front of the serial number. */
	if (err == 0 && l->n == 0 && scan->text[0] == 'S' && strlen(scan->text) > 9)
		err = look(l, scan->text + 1);
	return err;
}

int inv_scan_find(struct store_txn *txn, struct arena *a, const struct inv_scan *scan,
	struct inv_hit **ret, size_t *ret_n)
{
	struct looking l = {.txn = txn, .a = a};
	int err = 0;

	l.hits = ARENA_ARRAY(a, struct inv_hit, INV_HITS);
	switch (scan->kind) {
	case INV_SCAN_BAD:
	case INV_SCAN_COMMAND:
		break;
	case INV_SCAN_PLACE:
		err = look_place(&l, scan->text);
		break;
	case INV_SCAN_LOAN:
	case INV_SCAN_CARD:
	case INV_SCAN_AGREEMENT:
		break;
	case INV_SCAN_GS1:
		err = look_gs1(&l, scan);
		break;
	default:
		err = look_plain(&l, scan);
	}
	if (err == 0 && l.n == 0 && scan->kind != INV_SCAN_BAD)
		err = look_as_written(&l, scan);
	if (err == 0 && l.n == 0 && scan->kind == INV_SCAN_CODE)
		err = look_phone(&l, scan);
	if (err)
		return err;
	*ret = l.hits;
	*ret_n = l.n;
	return 0;
}

/* The number of a SIM card is the SIM's own, though the unit that it sits in names it too. */
static int find_sim(struct looking *l, struct inv_unit *ret)
{
	for (size_t i = 0; i < l->n; i++) {
		struct inv_unit u;
		int err = l->hits[i].kind == INV_HIT_UNIT
				  ? inv_unit_get(l->txn, l->a, l->hits[i].id, &u)
				  : ERR_NOTFOUND;

		if (err == 0 && u.kind == INV_KIND_SIM) {
			*ret = u;
			return 0;
		}
		if (err && err != ERR_NOTFOUND)
			return err;
	}
	return ERR_CONFLICT;
}

/* By item number, then serial number, then any other code if it is one unit's alone, or a SIM's. */
int inv_unit_find(struct store_txn *txn, struct arena *a, const char *code, struct inv_unit *ret)
{
	struct looking l = {.txn = txn, .a = a};
	const char *clean, *serial = NULL;
	size_t units = 0;
	int err;

	if (inv_code_parse(a, code, &clean) != 0)
		return ERR_NOTFOUND;
	l.hits = ARENA_ARRAY(a, struct inv_hit, INV_HITS);
	err = look_own(&l, clean);
	if (err == 0 && l.n)
		return inv_unit_get(txn, a, l.hits[0].id, ret);
	if (err == 0)
		err = look_index(&l, clean);
	for (size_t i = 0; i < l.n; i++) {
		if (l.hits[i].kind != INV_HIT_UNIT)
			continue;
		units++;
		serial = l.hits[i].id;
	}
	if (err || units == 0)
		return err ? err : ERR_NOTFOUND;
	return units == 1 ? inv_unit_get(txn, a, serial, ret) : find_sim(&l, ret);
}

int inv_code_is_free(struct store_txn *txn, struct arena *a, const char *code, const char *serial,
	bool *ret_free)
{
	struct looking l = {.txn = txn, .a = a};
	bool is_free = true;
	int err = 0;

	l.hits = ARENA_ARRAY(a, struct inv_hit, INV_HITS);
	if (!text_empty(code))
		err = look_own(&l, code);
	for (size_t i = 0; i < l.n; i++)
		is_free = is_free && text_equal(l.hits[i].id, serial);
	if (err == 0)
		*ret_free = is_free;
	return err;
}

/* One piece in the world has it. */
static bool is_alone(int kind)
{
	return kind == INV_CODE_IMEI || kind == INV_CODE_GS1;
}

/* Not by look_index(): that keeps one kind of a thing's, and so many things only. */
int inv_code_holder(struct store_txn *txn, struct arena *a, const struct inv_code *code, const char *serial,
	const char **ret)
{
	struct store_key prefix = store_key("s", code->code);
	AUTO(store_iter) struct store_iter it = {0};
	struct inv_unit u = {0};
	struct bytes k, v;
	int err = store_iter_init(&it, txn, INV_CODE, &prefix);

	*ret = NULL;
	while (err == 0 && (err = store_iter_next(&it, &k, &v)) == 0) {
		const char *c, *id;
		int kind, whose;

		err = store_key_parse(k, "sccs", &c, &kind, &whose, &id);
		if (err || whose != 'u' || text_equal(id, serial) || !(is_alone(kind) || is_alone(code->kind)))
			continue;
		err = inv_unit_get(txn, a, arena_strdup(a, id), &u);
		if (err == 0)
			*ret = text_empty(u.item_number) ? u.serial : u.item_number;
		return err;
	}
	return err == ERR_NOTFOUND ? 0 : err;
}

/* --- what it may have been meant to be --- */

static int look_near(struct looking *l, const char *code)
{
	return strlen(code) <= INV_CODE_MAX ? look(l, code) : 0;
}

/* What is read and typed for one another. */
static char likeness(char c)
{
	static const char pairs[] = "0OO01II1L11L5SS58BB82ZZ26GG6";

	for (size_t i = 0; i < sizeof(pairs) - 1; i += 2) {
		if (pairs[i] == c)
			return pairs[i + 1];
	}
	return 0;
}

static int look_likenesses(struct looking *l, const char *code)
{
	size_t n = strlen(code);
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++) {
		char *other = arena_strdup(l->a, code);
		char like = likeness(code[i]);

		if (like) {
			other[i] = like;
			err = look_near(l, other);
		}
		if (err == 0 && i + 1 < n && code[i] != code[i + 1]) {
			other[i] = code[i + 1];
			other[i + 1] = code[i];
			err = look_near(l, other);
		}
	}
	return err;
}

/* A hyphen that is missing between letters and digits, or too much, and zeros left out. */
static int look_hyphens(struct looking *l, const char *code)
{
	size_t letters = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t cut = letters + (code[letters] == '-' || code[letters] == '/');
	const char *number = code + cut + strspn(code + cut, "0");
	size_t digits = strspn(number, "0123456789");
	int err = 0;

	if (letters == 0 || digits == 0 || number[digits] != '\0')
		return 0;
	for (size_t width = digits; err == 0 && width <= 8; width++) {
		int zeros = (int)(width - digits);

		err = look_near(l, arena_printf(l->a, "%.*s-%.*s%s", (int)letters, code, zeros,
					   "00000000", number));
		if (err == 0)
			err = look_near(l, arena_printf(l->a, "%.*s%.*s%s", (int)letters, code,
						   zeros, "00000000", number));
	}
	return err;
}

int inv_scan_near(struct store_txn *txn, struct arena *a, const struct inv_scan *scan,
	struct inv_hit **ret, size_t *ret_n)
{
	struct looking l = {.txn = txn, .a = a};
	const char *code = scan->text;
	int err = 0;

	l.hits = ARENA_ARRAY(a, struct inv_hit, INV_HITS);
	if (scan->kind != INV_SCAN_BAD && code && strlen(code) >= 4 && strlen(code) <= 32) {
		err = look_hyphens(&l, code);
		if (err == 0)
			err = look_likenesses(&l, code);
	}
	if (err)
		return err;
	*ret = l.hits;
	*ret_n = l.n;
	return 0;
}
