/* SPDX-License-Identifier: EUPL-1.2 */
/* A signature as the page sends it: numbers alone, every one within its bounds. */
#include "print/print.h"

#include <ctype.h>

struct reader {
	const char *s;
	struct print_point *point;
	size_t n, strokes;
};

static int number(struct reader *r, unsigned most, uint16_t *ret)
{
	unsigned v = 0, digits = 0;

	for (; isdigit((unsigned char)*r->s) && digits < 6; r->s++, digits++)
		v = v * 10 + (unsigned)(*r->s - '0');
	if (digits == 0 || v > most)
		return ERR_BADINPUT;
	*ret = (uint16_t)v;
	return 0;
}

static int pair(struct reader *r, unsigned most_x, unsigned most_y, uint16_t *x, uint16_t *y)
{
	int err = number(r, most_x, x);

	if (err == 0 && *r->s++ != ' ')
		err = ERR_BADINPUT;
	return err ? err : number(r, most_y, y);
}

static int stroke(struct reader *r, const struct print_ink *ink)
{
	bool begins = true;
	int err;

	if (++r->strokes > PRINT_INK_STROKES)
		return ERR_BADINPUT;
	do {
		struct print_point *p = &r->point[r->n];

		if (r->n == PRINT_INK_POINTS)
			return ERR_BADINPUT;
		r->s += !begins;
		err = pair(r, ink->width, ink->height, &p->x, &p->y);
		p->begins = begins;
		begins = false;
		r->n++;
	} while (err == 0 && *r->s == ',');
	return err;
}

/* Written over a twentieth of the field's width at least, and no straight dot. */
static bool is_written(const struct print_ink *ink)
{
	unsigned left = PRINT_INK_SIDE, right = 0;

	for (size_t i = 0; i < ink->n; i++) {
		left = ink->point[i].x < left ? ink->point[i].x : left;
		right = ink->point[i].x > right ? ink->point[i].x : right;
	}
	return ink->n >= 4 && right > left && (right - left) * 20 >= ink->width;
}

int print_ink_parse(struct arena *a, const char *s, struct print_ink *ret)
{
	struct reader r = {.s = s};
	struct print_ink ink = {0};
	int err;

	if (!s)
		return ERR_BADINPUT;
	r.point = arena_alloc_array(a, PRINT_INK_POINTS, sizeof(*r.point));
	err = pair(&r, PRINT_INK_SIDE, PRINT_INK_SIDE, &ink.width, &ink.height);
	if (err || ink.width < 50 || ink.height < 20)
		return ERR_BADINPUT;
	while (err == 0 && *r.s == ';') {
		r.s++;
		err = stroke(&r, &ink);
	}
	ink.point = r.point;
	ink.n = r.n;
	if (err || *r.s || !is_written(&ink))
		return ERR_BADINPUT;
	*ret = ink;
	return 0;
}
