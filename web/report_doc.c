/* SPDX-License-Identifier: EUPL-1.2 */
/* What an iPad reports of itself, in words. It is asked for nothing that tells how it is used. */
#include "web/web_int.h"

#include "base/text.h"

/* --- the items, in the order in which they are shown --- */

static const struct {
	const char *item;
	struct say label;
} items[] = {
	{"device.model.marketing-name", {"report.model", {"Modell", "Malli", "Model"}}},
	{"device.model.number",
		{"report.model-number", {"Modellnummer", "Mallinumero", "Model number"}}},
	{"device.operating-system.version", {"report.os", {"iPadOS", "iPadOS", "iPadOS"}}},
	{"device.operating-system.build-version",
		{"report.build", {"Bygge", "Koontiversio", "Build"}}},
	{"device.power.battery-health",
		{"report.battery", {"Batteriets hälsa", "Akun kunto", "Battery health"}}},
	{"device.system.health", {"report.parts", {"Delar", "Osat", "Parts"}}},
	{"softwareupdate.install-state", {"report.update", {"Uppdatering", "Päivitys", "Update"}}},
	{"softwareupdate.pending-version",
		{"report.pending", {"Väntande version", "Odottava versio", "Pending version"}}},
	{"softwareupdate.failure-reason",
		{"report.failure", {"Uppdateringen misslyckades", "Päivitys epäonnistui",
					   "The update failed"}}},
	{"passcode.is-present",
		{"report.passcode", {"Kod satt", "Pääsykoodi asetettu", "Passcode set"}}},
	{"passcode.is-compliant",
		{"report.passcode-fits", {"Koden följer reglerna", "Koodi noudattaa sääntöjä",
						 "The passcode follows the rules"}}},
	{"mdm.is-awaiting-configuration",
		{"report.awaiting",
			{"Väntar i inställningsassistenten", "Odottaa käyttöönottoapurissa",
				"Waits in Setup Assistant"}}},
	{"mdm.is-return-to-service", {"report.service", {"Återgår till tjänst", "Palautuu käyttöön",
								"Returns to service"}}},
};

/* --- Apple's words --- */

static const struct {
	const char *word;
	struct say say;
} words[] = {
	{"normal", {"report.normal", {"normal", "normaali", "normal"}}},
	{"service-recommended",
		{"report.service-wanted", {"bör bytas", "pitäisi vaihtaa", "wants service"}}},
	{"non-genuine", {"report.non-genuine", {"inte Apples", "ei Applen", "not Apple's"}}},
	{"unknown", {"report.unknown", {"okänd", "tuntematon", "unknown"}}},
	{"unsupported", {"report.unsupported", {"modellen berättar det inte", "malli ei kerro sitä",
						       "this model does not tell"}}},
	{"ok", {"report.ok", {"hel", "kunnossa", "sound"}}},
	{"error", {"report.error", {"trasig", "rikki", "broken"}}},
	{"none", {"report.none", {"ingen väntar", "ei odottavia", "none waits"}}},
	{"downloading", {"report.downloading", {"laddas ner", "ladataan", "downloading"}}},
	{"prepared", {"report.prepared", {"redo att installeras", "valmis asennettavaksi",
						 "ready to install"}}},
	{"installing", {"report.installing", {"installeras", "asennetaan", "installing"}}},
	{"failed", {"report.failed", {"misslyckades", "epäonnistui", "failed"}}},
};

static const char *word_text(const char *s, enum say_lang lang)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (text_equal(words[i].word, s))
			return say_plain(&words[i].say, lang);
	}
	return s;
}

/* --- values --- */

static const char *value_text(
	struct arena *a, const struct doc *of, const char *key, enum say_lang lang);

/* "Display: trasig, FaceID: hel" */
static const char *object_text(struct arena *a, const struct doc *d, enum say_lang lang)
{
	AUTO(buf) struct buf b = BUF_INIT(8192);

	for (size_t i = 0; i < 20 && doc_key(d, i); i++) {
		const char *text = value_text(a, d, doc_key(d, i), lang);

		if (text)
			buf_printf(&b, "%s%.60s: %.200s", b.n ? ", " : "", doc_key(d, i), text);
	}
	return b.n ? arena_strdup(a, buf_str(&b)) : NULL;
}

static const char *value_text(
	struct arena *a, const struct doc *of, const char *key, enum say_lang lang)
{
	static const char *const yes[SAY_LANGS] = {
		[SAY_SV] = "ja", [SAY_FI] = "kyllä", [SAY_EN] = "yes"};
	static const char *const no[SAY_LANGS] = {
		[SAY_SV] = "nej", [SAY_FI] = "ei", [SAY_EN] = "no"};
	const struct doc *v = doc_value(of, key);
	int64_t n;

	switch (doc_kind(v)) {
	case DOC_STRING:
		return word_text(doc_str(of, key), lang);
	case DOC_FALSE:
		return no[lang];
	case DOC_TRUE:
		return yes[lang];
	case DOC_NUMBER:
		return doc_int(of, key, &n) == 0 ? arena_printf(a, "%lld", (long long)n) : NULL;
	case DOC_OBJECT:
		return object_text(a, v, lang);
	default:
		return NULL;
	}
}

static const char *label_of(const char *item, enum say_lang lang)
{
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (text_equal(items[i].item, item))
			return say_plain(&items[i].label, lang);
	}
	return item;
}

/* What it was asked for and could not tell. */
static void errors_doc(
	const struct doc *told, struct doc *report, struct arena *a, enum say_lang lang)
{
	struct doc *to = doc_set_list(report, "errors");

	for (size_t i = 0; i < doc_list_size(told); i++) {
		const struct doc *e = doc_list_object(told, i);
		const char *code = doc_str(e, "code");
		struct doc *row = doc_add_object(to);

		doc_set_str(row, "item", doc_str(e, "item"));
		doc_set_str(row, "label", label_of(doc_str(e, "item"), lang));
		doc_set_str(row, "code",
			code ? arena_strndup(a, code, strcspn(code, ": ")) : NULL);
		doc_set_str(row, "text", mdm_reason_text(a, code, lang));
	}
}

void web_report_doc(const struct mdm_report *x, struct doc *d, struct arena *a, enum say_lang lang)
{
	struct doc *report = doc_set_object(d, "report"), *list = doc_set_list(report, "items");
	struct doc *told;

	doc_set_time(report, "told", x->at);
	if (doc_parse(a, bytes_of_str(x->json), &told) != 0)
		return;
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		const char *text = value_text(a, told, items[i].item, lang);
		struct doc *row = text ? doc_add_object(list) : NULL;

		if (!row)
			continue;
		doc_set_str(row, "item", items[i].item);
		doc_set_str(row, "label", say_plain(&items[i].label, lang));
		doc_set_str(row, "text", text);
	}
	errors_doc(doc_list(told, "errors"), report, a, lang);
}
