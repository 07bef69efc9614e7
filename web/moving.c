/* SPDX-License-Identifier: EUPL-1.2 */
/* Moving in from another server: what is to move out of one document, and what came of it. */
#include "web/web_int.h"

#include "base/text.h"

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
		blob(a, d, "unlock_token", &f.unlock_token) != 0 ||
		blob(a, d, "bootstrap_token", &f.bootstrap_token) != 0)
		return ERR_BADINPUT;
	f.hash = bytes_of_str(hash);
	f.identity_pem = bytes_of_str(pem ? pem : "");
	*ret = f;
	return 0;
}

static void rows_read(struct web_move *v, const struct doc *list)
{
	for (size_t i = 0; i < doc_list_size(list); i++) {
		const struct mdm_move_row bad = {
			.name = arena_printf(v->arena, "%zu", i + 1), .bad = "Base64"};
		struct mdm_move_files f;

		if (row_read(v->arena, doc_list_object(list, i), &f) == 0)
			mdm_move_add_files(&v->set, v->arena, bad.name, &f);
		else
			mdm_move_add(&v->set, v->arena, &bad);
	}
}

static int profile_read(struct web_move *v, const struct doc *d)
{
	struct bytes profile = {0};
	int err;

	v->field = "profile";
	v->bad = "Base64";
	err = blob(v->arena, d, "profile", &profile);
	return err ? err : mdm_move_profile_parse(profile, v->arena, &v->profile, &v->bad);
}

static int source_read(struct web_move *v, const struct doc *d)
{
	const char *dump = doc_str(d, "dump");
	struct bytes db = {0};
	int err = 0;

	v->field = dump ? "dump" : "database";
	v->bad = "Base64";
	if (dump)
		err = mdm_move_sql_parse(bytes_of_str(dump), v->arena, &v->set, &v->bad);
	else if (doc_has(d, "database"))
		err = blob(v->arena, d, "database", &db);
	if (err == 0 && db.n)
		err = mdm_move_micromdm_parse(db, v->arena, &v->set, &v->bad);
	return err == ERR_CORRUPT || err == ERR_TOOBIG ? ERR_BADINPUT : err;
}

int web_move_read(struct web_move *v, const struct doc *d)
{
	int err = profile_read(v, d);

	v->set.push_cert_pem = doc_str(d, "push_certificate");
	v->set.push_key_pem = doc_str(d, "push_key");
	v->source = doc_str(d, "source");
	if (text_empty(v->source))
		v->source = doc_has(d, "dump")       ? "nanomdm"
			    : doc_has(d, "database") ? "micromdm"
						     : "json";
	if (err == 0)
		err = source_read(v, d);
	if (err == 0)
		rows_read(v, doc_list(d, "enrolments"));
	return err;
}

static void told_doc(const struct web_move *v, const struct mdm_move_told *t, struct doc *report)
{
	struct doc *list = doc_set_list(report, "refused");

	for (size_t i = 0; i < v->set.n; i++) {
		struct doc *d;

		if (!t->rows[i].say)
			continue;
		d = doc_add_object(list);
		doc_set_str(d, "enrolment", v->set.rows[i].name ? v->set.rows[i].name
								: v->set.rows[i].x.udid);
		doc_set_str(d, "text", refusal_text(v->arena, v->lang, &t->rows[i]));
	}
	web_doc_opt(report, "push_certificate", t->push_topic);
}

int web_move_run(struct web *w, struct web_move *v, struct doc *report, struct refusal *r)
{
	const struct mdm_mover mover = {.who = v->who,
		.profile = &v->profile,
		.source = v->source,
		.preview = v->preview,
		.take_good_rows = v->take_good_rows};
	struct mdm_move_told t = {0};
	int err = mdm_move_in(w->o.mdm, &mover, &v->set, v->now, v->arena, &t, r);

	if (err && err != ERR_REFUSED)
		return err;
	if (err)
		t.push_topic = NULL;
	told_doc(v, &t, report);
	if (err && r->say)
		doc_set_str(report, "text", refusal_text(v->arena, v->lang, r));
	doc_set_int(report, "moved", err ? 0 : (int64_t)t.moved);
	doc_set_bool(report, "preview", v->preview);
	return err;
}
