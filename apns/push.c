/* SPDX-License-Identifier: EUPL-1.2 */
#include "apns/apns_int.h"

#include <stdlib.h>

void apns_list_add(struct apns_list *l, struct apns_push *p)
{
	p->next = NULL;
	p->prev = l->last;
	if (l->last)
		l->last->next = p;
	else
		l->first = p;
	l->last = p;
	l->n++;
}

void apns_list_remove(struct apns_list *l, struct apns_push *p)
{
	if (p->prev)
		p->prev->next = p->next;
	else
		l->first = p->next;
	if (p->next)
		p->next->prev = p->prev;
	else
		l->last = p->prev;
	p->next = p->prev = NULL;
	l->n--;
}

struct apns_push *apns_list_take(struct apns_list *l)
{
	struct apns_push *p = l->first;

	if (p)
		apns_list_remove(l, p);
	return p;
}

void apns_list_append(struct apns_list *to, struct apns_list *from)
{
	if (!from->first)
		return;
	from->first->prev = to->last;
	if (to->last)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
	to->n += from->n;
	*from = (struct apns_list){.n = 0};
}

struct apns_batch *apns_batch_new(void)
{
	/* Half a megabyte: each push is cleared when it is used. */
	struct apns_batch *b = mem_alloc(sizeof(*b));

	b->arena = arena_new();
	b->n = b->left = 0;
	return b;
}

void apns_batch_free(struct apns_batch *b)
{
	if (!b)
		return;
	arena_free(b->arena);
	free(b);
}

void apns_push_drop(struct apns_push *p)
{
	struct apns_batch *b = p->batch;

	if (--b->left == 0)
		apns_batch_free(b);
}
