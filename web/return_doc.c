/* SPDX-License-Identifier: EUPL-1.2 */
/* The document of a return, for the API and for --json. */
#include "web/web_int.h"

#include "base/text.h"

static const char *lock_name(uint32_t lock)
{
	return lock == MDM_LOCK_ON ? "on" : lock == MDM_LOCK_OFF ? "off" : "unknown";
}

static const char *health_name(uint32_t health)
{
	static const char *const names[] = {[INV_BATTERY_UNKNOWN] = "unknown",
		[INV_BATTERY_NORMAL] = "normal",
		[INV_BATTERY_SERVICE] = "service-recommended",
		[INV_BATTERY_FOREIGN] = "non-genuine"};

	return health < sizeof(names) / sizeof(names[0]) ? names[health] : "unknown";
}

static void told_doc(const struct inv_return *r, struct doc *d)
{
	if (r->health_at) {
		doc_set_time(d, "health_told", r->health_at);
		doc_set_str(d, "battery_health", health_name(r->battery_health));
		web_doc_opt(d, "faulty_parts", r->faulty_parts);
	}
	if (!r->told_at)
		return;
	doc_set_time(d, "told", r->told_at);
	doc_set_str(d, "activation_lock", lock_name(r->lock));
	if (r->battery)
		doc_set_int(d, "battery_percent", r->battery - 1);
	if (!r->health_at)
		doc_set_str(d, "battery_health", health_name(r->battery_health));
}

static void closed_doc(const struct inv_return *r, struct doc *d)
{
	if (r->phase != INV_RETURN_DONE)
		return;
	doc_set_str(d, "verdict", inv_verdict_name(r->verdict));
	doc_set_bool(d, "looked", r->looked);
	doc_set_time(d, "closed", r->closed_at);
	doc_set_str(d, "closed_by", r->closed_by);
	web_doc_opt(d, "note", r->note);
}

static void advice_doc(const struct inv_return *r, const struct inv_unit *u, struct doc *d,
	enum say_lang lang, int64_t now)
{
	struct inv_advice x;
	struct doc *o, *why;

	if (r->phase == INV_RETURN_DONE)
		return;
	inv_return_advise(r, u, now, &x);
	o = doc_set_object(d, "advice");
	doc_set_str(o, "verdict", inv_verdict_name(x.verdict));
	why = doc_set_list(o, "why");
	for (size_t i = 0; i < x.count; i++)
		doc_add_str(why, say_plain(x.why[i], lang));
}

int web_return_doc(struct store_txn *txn, const struct inv_return *r, struct doc *d,
	struct arena *a, enum say_lang lang, int64_t now)
{
	struct inv_unit u;
	int err = inv_unit_get(txn, a, r->serial, &u);

	if (err)
		return err;
	doc_set_str(d, "serial", r->serial);
	web_doc_opt(d, "item_number", u.item_number);
	doc_set_int(d, "number", (int64_t)r->number);
	doc_set_str(d, "phase", inv_return_phase_name(r->phase));
	doc_set_str(d, "proof", inv_proof_name(r->proof));
	doc_set_str(d, "text", inv_return_why(a, r, lang, now));
	doc_set_bool(d, "erase", r->erase == MDM_YES);
	doc_set_bool(d, "return_to_service", r->service);
	web_doc_opt(d, "loan", r->loan);
	doc_set_time(d, "opened", r->opened_at);
	doc_set_str(d, "opened_by", r->opened_by);
	web_doc_opt_time(d, "erasing", r->erasing_at);
	web_doc_opt_time(d, "erased", r->erased_at);
	web_doc_opt_time(d, "back", r->back_at);
	web_doc_opt_time(d, "cleaned", r->cleaned_at);
	told_doc(r, d);
	advice_doc(r, &u, d, lang, now);
	closed_doc(r, d);
	return 0;
}
