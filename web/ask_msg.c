/* SPDX-License-Identifier: EUPL-1.2 */
/* A command written as JSON becomes a struct mdm_ask: Apple's names for requests, ours for keys.
 * Which there are, says the table of mdm (struct mdm_member). */
#include "web/api_int.h"

#include "base/clock.h"
#include "base/text.h"

struct reading {
	struct arena *a;
	const struct doc *d;
	struct mdm_ask *ask;
	const char *bad;
};

static int bad(struct reading *rd, const char *field)
{
	rd->bad = field;
	return ERR_BADINPUT;
}

static int read_text(struct reading *rd, const struct doc *d, const char *key, const char **ret)
{
	if (doc_has(d, key) && !doc_str(d, key))
		return bad(rd, key);
	*ret = doc_str(d, key);
	return 0;
}

static int read_binary(struct reading *rd, const struct doc *d, const char *key, struct bytes *ret)
{
	const char *s;

	if (read_text(rd, d, key, &s) != 0)
		return ERR_BADINPUT;
	if (s && text_parse_base64(rd->a, bytes_of_str(s), ret) != 0)
		return bad(rd, key);
	return 0;
}

static int read_number(
	struct reading *rd, const struct doc *d, const struct mdm_member *m, int *ret)
{
	int64_t v = m->otherwise;

	if (doc_has(d, m->name) && (doc_int(d, m->name, &v) != 0 || v < 0 || v > m->most))
		return bad(rd, m->name);
	*ret = (int)v;
	return 0;
}

static int read_member(struct reading *rd, const struct doc *d, const struct mdm_member *m)
{
	void *to = (uint8_t *)rd->ask + m->offset;

	switch (m->kind) {
	case MDM_MEMBER_TEXT:
		return read_text(rd, d, m->name, to);
	case MDM_MEMBER_PROFILE:
	case MDM_MEMBER_PICTURE:
		return read_binary(rd, d, m->name, to);
	case MDM_MEMBER_CHOICE:
		return api_choice(d, m->name, to) == 0 ? 0 : bad(rd, m->name);
	case MDM_MEMBER_NUMBER:
		return read_number(rd, d, m, to);
	}
	return ERR_INTERNAL;
}

static int read_members(struct reading *rd, const struct mdm_member *members)
{
	int err = 0;

	for (const struct mdm_member *m = members; err == 0 && m->name; m++) {
		const struct doc *d = m->in ? doc_object(rd->d, m->in) : rd->d;

		if (m->in && doc_has(rd->d, m->in) && !d)
			return bad(rd, m->in);
		if (d && !m->ours)
			err = read_member(rd, d, m);
	}
	rd->ask->accessibility.set = doc_has(rd->d, "accessibility");
	return err;
}

static int read_life(struct reading *rd)
{
	const char *s;

	if (read_text(rd, rd->d, "life", &s) != 0)
		return ERR_BADINPUT;
	if (s && clock_parse_span(s, &rd->ask->life_s) != 0)
		return bad(rd, "life");
	return 0;
}

/* Is this a key of the command, or of the object `in` in it? */
static bool is_known(const struct mdm_member *members, const char *in, const char *key)
{
	for (const struct mdm_member *m = members; m->name; m++) {
		if (!m->ours && text_equal(m->in, in) && text_equal(m->name, key))
			return true;
		if (!in && text_equal(m->in, key))
			return true;
	}
	return !in && (text_equal(key, "request") || text_equal(key, "life"));
}

/* Only keys of this request, and the request itself must be one of ours. */
static int find_request(struct reading *rd, const struct mdm_member **ret)
{
	const char *name = doc_str(rd->d, "request");

	*ret = name ? mdm_request_members(name, &rd->ask->request) : NULL;
	if (!*ret)
		return bad(rd, "request");
	for (size_t k = 0; doc_key(rd->d, k); k++) {
		const char *key = doc_key(rd->d, k);
		const struct doc *inner = doc_object(rd->d, key);

		if (!is_known(*ret, NULL, key))
			return bad(rd, key);
		for (size_t i = 0; inner && doc_key(inner, i); i++) {
			if (!is_known(*ret, key, doc_key(inner, i)))
				return bad(rd, doc_key(inner, i));
		}
	}
	return 0;
}

int web_ask_parse(struct arena *a, const struct doc *d, struct mdm_ask *ret, const char **ret_bad)
{
	struct mdm_ask ask = {0};
	struct reading rd = {.a = a, .d = d, .ask = &ask};
	const struct mdm_member *members;
	int err = find_request(&rd, &members);

	if (err == 0)
		err = read_members(&rd, members);
	if (err == 0)
		err = read_life(&rd);
	if (err) {
		*ret_bad = rd.bad;
		return err;
	}
	*ret = ask;
	return 0;
}
