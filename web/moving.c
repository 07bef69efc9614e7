/* SPDX-License-Identifier: EUPL-1.2 */
/* Moving in from another server: one document of enrolments, or one at a time from its files. */
#include "web/web_int.h"

#include "base/text.h"

static void refuse_doc(struct web_move *v, const char *what, const char *text)
{
	struct doc *d = doc_add_object(v->refused);

	doc_set_str(d, "enrolment", what);
	doc_set_str(d, "text", text);
}

static const struct say unreadable = {"move.unreadable",
	{"Går inte att läsa: {0}.", "Ei voi lukea: {0}.", "It cannot be read: {0}."}};

int web_move_one(
	struct web *w, struct web_move *v, const char *name, const struct mdm_move_files *files)
{
	const struct mdm_mover mover = {.who = v->who, .profile = &v->profile, .source = v->source};
	const char *bad = "files";
	struct refusal r = {0};
	struct mdm_move x;
	int err = mdm_move_parse(files, v->arena, &x, &bad);

	if (err) {
		r = (struct refusal){.say = &unreadable, .arg = {bad ? bad : "files"}};
		refuse_doc(v, name, refusal_text(v->arena, v->lang, &r));
		return 0;
	}
	err = mdm_move_in(w->o.mdm, &mover, &x, v->now, &r);
	if (err == ERR_REFUSED)
		refuse_doc(v, name, refusal_text(v->arena, v->lang, &r));
	v->moved += err == 0;
	return err == ERR_REFUSED ? 0 : err;
}

static int blob(struct arena *a, const struct doc *d, const char *key, struct bytes *ret)
{
	const char *s = doc_str(d, key);

	return s ? text_parse_base64(a, bytes_of_str(s), ret) : 0;
}

/* Messages are Base64, since they are bytes of others; the hash is text. */
static int row_read(struct arena *a, const struct doc *d, struct mdm_move_files *ret)
{
	struct mdm_move_files f = {0};
	const char *hash = doc_str(d, "certificate_sha256"), *pem = doc_str(d, "identity_pem");

	if (!d || !hash || blob(a, d, "authenticate", &f.authenticate) != 0 ||
		blob(a, d, "token_update", &f.token_update) != 0 ||
		blob(a, d, "unlock_token", &f.unlock_token) != 0)
		return ERR_BADINPUT;
	f.hash = bytes_of_str(hash);
	f.identity_pem = bytes_of_str(pem ? pem : "");
	*ret = f;
	return 0;
}

int web_move_doc(struct web *w, struct web_move *v, const struct doc *d)
{
	const struct doc *list = doc_list(d, "enrolments");
	struct bytes profile = {0};
	const char *bad;
	int err = blob(v->arena, d, "profile", &profile);

	if (err == 0)
		err = mdm_move_profile_parse(profile, v->arena, &v->profile, &bad);
	v->source = text_empty(doc_str(d, "source")) ? "json" : doc_str(d, "source");
	for (size_t i = 0; err == 0 && i < doc_list_size(list); i++) {
		const struct doc *row = doc_list_object(list, i);
		const char *name = arena_printf(v->arena, "%zu", i + 1);
		struct mdm_move_files f = {0};

		if (row_read(v->arena, row, &f) != 0)
			refuse_doc(v, name, "?");
		else
			err = web_move_one(w, v, name, &f);
	}
	return err;
}
