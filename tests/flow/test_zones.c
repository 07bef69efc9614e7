/* SPDX-License-Identifier: EUPL-1.2 */
/* Two services in one house: what belongs to one is not the other's to change, whichever way it is
 * asked. Each row is one call, in their order. */
#include "base/text.h"
#include "tests/flow/callers.h"

struct row {
	char who; /* c: care, b: library, w: both of them, a: an administrator */
	const char *method, *path, *body;
	int status;
	const char *code; /* of the refusal */
};

static const char *both;

static void ask(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct row *r = &rows[i];
		const char *path = arena_printf(b.f.a, "/api/v1%s", r->path);
		const char *who = r->who == 'c' ? care : r->who == 'b' ? library : both;
		struct flow_reply x;

		if (r->who == 'a')
			x = (struct flow_reply){.status = r->status,
				.doc = flow_api(&b.f, r->status, r->method, path, r->body)};
		else
			x = flow_call(&b.f, r->method, path, who, r->body);
		cr_expect_eq(x.status, r->status, "%zu %c %s %s: %d %s", i, r->who, r->path, r->body,
			x.status, x.body);
		if (r->code && x.doc)
			cr_expect_str_eq(doc_str(x.doc, "code"), r->code, "%zu", i);
	}
}
#define ASK(rows) ask(rows, sizeof(rows) / sizeof((rows)[0]))

static void begin(void)
{
	flow_start(&b.f);
	library = token("bibliotek");
	care = token("konsulent");
	both = token("bibliotek konsulent");
	flow_api(&b.f, 200, "POST", "/api/v1/places", "{\"id\":\"vdisk\",\"kind\":\"desk\",\"name\":\"Vårdens "
		"disk\",\"zone\":\"care\",\"lends\":true}");
	flow_api(&b.f, 200, "POST", "/api/v1/places",
		"{\"id\":\"bdisk\",\"kind\":\"desk\",\"name\":\"Bibliotekets disk\",\"zone\":\"library\",\"lends\":true}");
	flow_api(&b.f, 200, "POST", "/api/v1/products", "{\"id\":\"larm\",\"kind\":\"thing\",\"name\":\"Larm\","
		"\"zone\":\"care\",\"prefix\":\"VL\",\"price_ore\":90000,\"lendable\":true}");
	flow_api(&b.f, 200, "POST", "/api/v1/products", "{\"id\":\"platta\",\"kind\":\"ipad\",\"name\":\"Platta\"}");
	flow_api(&b.f, 200, "POST", "/api/v1/items", "{\"product\":\"larm\",\"count\":2}");
	flow_api(&b.f, 200, "POST", "/api/v1/items", "{\"product\":\"platta\",\"serial\":\"ZZPX00000001\"}");
}

static const struct row things[] = {
	{'b', "POST", "/products",
		"{\"id\":\"lampa\",\"kind\":\"thing\",\"name\":\"Lampa\",\"prefix\":\"LA\",\"zone\":\"library\",\"price_ore\":5000}",
		200, NULL},
	{'b', "POST", "/items", "{\"product\":\"lampa\"}", 200, NULL},
	/* a thing's label */
	{'b', "POST", "/items/VL-000001", "{\"zone\":\"library\"}", 409, "item.other-zone"},
	{'b', "POST", "/items/VL-000001", "{\"product\":\"lampa\"}", 409, "item.other-zone"},
	{'b', "POST", "/items/VL-000001/mark", "{\"state\":\"discarded\"}", 409, "item.role"},
	{'b', "POST", "/items/ZZPX00000001", "{\"product\":\"lampa\"}", 409, "item.role-relabel"},
	{'b', "POST", "/items/ZZPX00000001", "{\"zone\":\"library\"}", 409, "item.role-relabel"},
	{'b', "POST", "/items/LA-000001", "{\"product\":\"platta\"}", 409, "item.role-relabel"},
	{'b', "POST", "/items/LA-000001", "{\"zone\":\"care\"}", 409, "item.other-zone"},
	{'b', "POST", "/items/LA-000001", "{\"zone\":\"library\",\"note\":\"vår\"}", 200, NULL},
	{'b', "POST", "/items/VL-000001", "{\"zone\":\"\",\"note\":\"sedd\"}", 200, NULL},
	{'c', "POST", "/items/LA-000001", "{\"zone\":\"care\"}", 409, "item.other-zone"},
	{'c', "POST", "/items/VL-000001", "{\"zone\":\"care\"}", 200, NULL},
	{'w', "POST", "/items/VL-000002", "{\"zone\":\"library\"}", 200, NULL},
	{'a', "POST", "/items/VL-000002", "{\"zone\":\"care\"}", 200, NULL},
	/* a product's, its parts, and itself */
	{'b', "POST", "/products/larm", "{\"zone\":\"library\"}", 409, "product.other-zone"},
	{'b', "POST", "/products/larm", "{\"lendable\":false}", 409, "product.other-zone"},
	{'b', "POST", "/products/larm/parts", "{\"parts\":[]}", 409, "product.other-zone"},
	{'b', "DELETE", "/products/larm", NULL, 409, "product.other-zone"},
	{'b', "POST", "/products/platta", "{\"zone\":\"library\"}", 409, "product.role-zone"},
	{'b', "POST", "/products/lampa", "{\"zone\":\"care\"}", 409, "zone.give"},
	{'b', "POST", "/products/lampa", "{\"lendable\":true}", 200, NULL},
	{'b', "POST", "/products/lampa/parts", "{\"parts\":[{\"name\":\"Sladd\"}]}", 200, NULL},
	{'c', "POST", "/products/lampa", "{\"lendable\":false}", 409, "product.other-zone"},
	{'w', "POST", "/products/larm", "{\"name\":\"Trygghetslarm\"}", 200, NULL},
	/* a price */
	{'b', "POST", "/products/larm", "{\"price_ore\":1}", 409, "product.other-zone"},
	{'b', "POST", "/products/lampa", "{\"price_ore\":1}", 409, "product.price-where"},
	{'b', "POST", "/products/lampa", "{\"price_ore\":5000}", 200, NULL},
	{'w', "POST", "/products/larm", "{\"price_ore\":1}", 409, "product.price-where"},
	{'a', "POST", "/products/larm", "{\"price_ore\":80000}", 200, NULL},
};

static const struct row places[] = {
	{'b', "POST", "/places/vdisk", "{\"closed\":true}", 409, "place.other-zone"},
	{'b', "POST", "/places/vdisk", "{\"zone\":\"library\"}", 409, "place.other-zone"},
	{'b', "POST", "/places/vdisk/closed", "{\"from\":\"2030-01-02\",\"why\":\"x\"}", 409, "place.other-zone"},
	{'b', "POST", "/places/bdisk", "{\"zone\":\"care\"}", 409, "zone.give"},
	{'b', "POST", "/places/bdisk", "{\"phone\":\"033-35 70 00\"}", 200, NULL},
	{'b', "POST", "/places", "{\"id\":\"hylla\",\"kind\":\"shelf\",\"name\":\"Hylla\"}", 200, NULL},
	{'c', "POST", "/places/hylla", "{\"phone\":\"033-35 70 01\"}", 200, NULL},
	{'b', "POST", "/places/hylla", "{\"zone\":\"library\"}", 200, NULL},
	{'c', "POST", "/places/hylla", "{\"closed\":true}", 409, "place.other-zone"},
	{'c', "POST", "/places/vdisk/closed", "{\"from\":\"2030-01-02\",\"why\":\"x\"}", 200, NULL},
	{'w', "POST", "/places/vdisk", "{\"phone\":\"033-35 70 02\"}", 200, NULL},
	{'a', "POST", "/places/vdisk", "{\"zone\":\"library\"}", 200, NULL},
	{'a', "POST", "/places/vdisk", "{\"zone\":\"care\"}", 200, NULL},
};

static void group_and_wait(void)
{
	const char *vera = borrower(care, "care", "\"given\":\"Vera\",\"family\":\"Test\"");
	const char *hold = arena_printf(b.f.a, "{\"borrower\":\"%s\",\"product\":\"larm\"}", vera);
	const char *shared = arena_printf(b.f.a, "{\"borrower\":\"%s\",\"product\":\"lupp\"}", vera);
	const char *seats = "{\"day\":\"2027-03-02\",\"time\":\"10:00\",\"place\":\"vdisk\",\"seats\":1}";
	const struct row rows[] = {
		{'b', "POST", "/handouts/seats", seats, 409, "handout.other-zone"},
		{'c', "POST", "/handouts/seats", seats, 200, NULL},
		{'c', "POST", "/holds", hold, 200, NULL},
		{'b', "POST", "/holds/pick", "{\"code\":\"VL-000001\"}", 409, "hold.other-zone"},
		{'c', "POST", "/holds/pick", "{\"code\":\"VL-000001\"}", 200, NULL},
		{'b', "POST", "/products",
			"{\"id\":\"lupp\",\"kind\":\"thing\",\"name\":\"Lupp\",\"prefix\":\"LU\",\"lendable\":true}",
			200, NULL},
		{'b', "POST", "/items", "{\"product\":\"lupp\"}", 200, NULL},
		{'c', "POST", "/holds", shared, 200, NULL},
	};
	struct doc *d;

	ASK(rows);
	d = call(200, library, "GET", "/api/v1/handouts/seats", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "seats")), 0);
	d = call(200, care, "GET", "/api/v1/handouts/seats", NULL);
	cr_expect_eq(doc_list_size(doc_list(d, "seats")), 1);
	d = call(200, library, "POST", "/api/v1/holds/pick", "{\"code\":\"LU-000001\"}");
	cr_expect_not(doc_has(d, "hold"), "the number is care's");
}

Test(zones, what_is_the_others_stays_as_it_is, .timeout = 300)
{
	begin();
	ASK(things);
	ASK(places);
	group_and_wait();
	end();
}
