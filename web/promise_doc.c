/* SPDX-License-Identifier: EUPL-1.2 */
/* The promise as a document: what the code's tables say, and what of it concerns watching in
 * words that need no Apple names. */
#include "web/web_int.h"

#include "base/text.h"

/* One language a line. */
/* clang-format off */
static const struct {
	const char *request;
	struct say say;
} plain[] = {
	{"InstalledApplicationList", {"unwatched.apps", {
		"vilka appar du har på iPaden",
		"mitä sovelluksia iPadissasi on",
		"which apps you have on the iPad"}}},
	{"ManagedApplicationFeedback", {"unwatched.app-use", {
		"vad du gör i en app",
		"mitä teet sovelluksessa",
		"what you do in an app"}}},
	{"RequestMirroring", {"unwatched.screen", {
		"vad som syns på skärmen",
		"mitä näytöllä näkyy",
		"what is on the screen"}}},
	{"TriggerEnhancedLogCollection", {"unwatched.logs", {
		"iPadens loggar över vad som har hänt i den",
		"iPadin lokeja siitä, mitä siinä on tapahtunut",
		"the iPad's own logs of what has happened in it"}}},
};
/* clang-format on */

static void put_plain(struct doc *list, const struct doc *never, enum say_lang lang)
{
	const char *request = doc_str(never, "request");
	struct doc *row = doc_add_object(list);

	doc_set_str(row, "request", request);
	doc_set_str(row, "text", doc_str(never, "text"));
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (!text_equal(plain[i].request, request))
			continue;
		doc_set_str(row, "code", plain[i].say.code);
		doc_set_str(row, "text", plain[i].say.text[lang]);
	}
}

void web_promise_doc(struct doc *d, enum say_lang lang)
{
	struct doc *list;
	const struct doc *never;

	mdm_promise(d, lang);
	never = doc_list(d, "never");
	list = doc_set_list(d, "unwatched");
	for (size_t i = 0; i < doc_list_size(never); i++) {
		const struct doc *row = doc_list_value(never, i);

		if (text_equal(doc_str(row, "code"), "never.watching"))
			put_plain(list, row, lang);
	}
}
