/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of returns show beside the API's document: how far each is, and what comes next. */
#include "web/api_int.h"

#include "base/text.h"

static const char *words(const struct http_request *rq, const char *group, const char *key)
{
	const char *text = key ? web_text(rq->lang, arena_printf(rq->arena, "%s.%s", group, key))
			       : NULL;

	return text ? text : key;
}

/* Which of the steps are behind it, which it stands at, which are to come. */
static void put_steps(const struct http_request *rq, const struct doc *row, struct doc *list)
{
	static const struct {
		const char *step;
		unsigned phase; /* it is behind once this is reached */
		bool erase;     /* only where one is to be erased */
	} steps[] = {{"handed", INV_RETURN_ASKING, false}, {"asked", INV_RETURN_LOCKED, false},
		{"lock", INV_RETURN_ERASING, true}, {"erase", INV_RETURN_ERASED, true},
		{"back", INV_RETURN_JUDGING, true}, {"verdict", INV_RETURN_DONE, false}};
	unsigned phase = INV_RETURN_ASKING;
	bool now = false;

	while (phase < INV_RETURN_DONE &&
		!text_equal(inv_return_phase_name(phase), doc_str(row, "phase")))
		phase++;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		bool behind = phase >= steps[i].phase;
		struct doc *d;

		if (steps[i].erase && !doc_bool(row, "erase", false))
			continue;
		d = doc_add_object(list);
		doc_set_str(d, "step", words(rq, "return.step", steps[i].step));
		doc_set_bool(d, "behind", behind);
		doc_set_bool(d, "now", !behind && !now);
		now = now || !behind;
	}
}

static void put_verdicts(struct http_request *rq, const char *advised, struct doc *row)
{
	struct doc *list = doc_set_list(row, "verdicts");

	for (unsigned v = INV_VERDICT_LEND; v < INV_VERDICTS; v++) {
		struct doc *d = doc_add_object(list);
		const char *name = inv_verdict_name(v), *said = web_form_str(rq, "verdict");

		doc_set_str(d, "word", name);
		doc_set_str(d, "said", words(rq, "return.verdict", name));
		doc_set_bool(d, "chosen", text_equal(name, said ? said : advised));
	}
}

static void put_stage(const struct http_request *rq, struct doc *row)
{
	const char *phase = doc_str(row, "phase");
	bool done = text_equal(phase, "done");

	doc_set_str(row, "stage", words(rq, "return.phase", phase));
	doc_set_str(row, "shape",
		done                                                              ? "done"
		: text_equal(phase, "judging") || text_equal(phase, "locked") ? "waits"
									      : "going");
}

void web_return_row(const struct http_request *rq, struct doc *row)
{
	const char *advised = doc_str(doc_object(row, "advice"), "verdict");

	put_stage(rq, row);
	doc_set_str(row, "advised", words(rq, "return.verdict", advised));
	doc_set_str(row, "return_href",
		arena_printf(rq->arena, "/devices/%s/return", doc_str(row, "serial")));
}

void web_return_face(struct http_request *rq, struct doc *row)
{
	const struct doc *advice = doc_object(row, "advice");
	const char *phase = doc_str(row, "phase"), *advised = doc_str(advice, "verdict");
	bool done = text_equal(phase, "done");
	bool wait = text_equal(phase, "asking") || text_equal(phase, "locked");

	put_stage(rq, row);
	doc_set_bool(row, "over", done);
	doc_set_bool(row, "may_go", wait && doc_bool(row, "erase", false));
	doc_set_str(row, "advised", words(rq, "return.verdict", advised));
	doc_set_str(row, "verdict_text", words(rq, "return.verdict", doc_str(row, "verdict")));
	doc_set_str(row, "lock_text",
		words(rq, "return.lock", doc_str(row, "activation_lock")));
	doc_set_str(row, "health_text",
		words(rq, "return.health", doc_str(row, "battery_health")));
	doc_set_str(row, "proof_text", words(rq, "return.proof", doc_str(row, "proof")));
	put_steps(rq, row, doc_set_list(row, "steps"));
	put_verdicts(rq, advised, row);
}
