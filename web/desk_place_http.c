/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the desk stands: a line on its page, and the places that lend to choose among. */
#include "web/circulation_int.h"

#include "base/random.h"
#include "base/text.h"

static void put_choice(struct doc *list, const struct inv_place *p, bool chosen, struct http_request *rq)
{
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "code", arena_printf(rq->arena, "P-%s", p->id));
	doc_set_str(row, "text", inv_place_name(p, rq->lang));
	doc_set_bool(row, "chosen", chosen);
}

/* Its own scan: the word of the box's would be answered as that one was. */
static void put_key(struct http_request *rq, struct doc *d)
{
	char uuid[UUID_TEXT];

	doc_set_str(d, "place_key", arena_strdup(rq->arena, random_uuid(uuid)));
}

/* A shelf may have been scanned: it stands in the list as well, or choosing would not show it. */
int web_desk_place_face(
	struct store_txn *txn, struct http_request *rq, const struct inv_desk *desk, struct doc *d)
{
	struct inv_lending lend;
	struct inv_place here;
	struct doc *x = doc_set_object(d, "stands");
	struct doc *list = doc_set_list(x, "choices");
	bool stands = !text_empty(desk->place), listed = false;
	int err = inv_place_lending(
		txn, rq->arena, api_people_caller(rq).zones, INV_LENDING_MOST, &lend);

	if (err == 0 && stands)
		err = inv_place_get(txn, rq->arena, desk->place, &here);
	if (err)
		return err;
	for (size_t i = 0; i < lend.n; i++) {
		bool chosen = stands && text_equal(lend.place[i].id, here.id);

		listed |= chosen;
		put_choice(list, &lend.place[i], chosen, rq);
	}
	if (stands && !listed)
		put_choice(list, &here, true, rq);
	if (stands)
		doc_set_str(x, "name", inv_place_name(&here, rq->lang));
	doc_set_bool(x, "several", doc_list_size(list) > 1);
	doc_set_bool(x, "none", doc_list_size(list) == 0);
	put_key(rq, x);
	return 0;
}
