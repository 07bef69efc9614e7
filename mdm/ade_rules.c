/* SPDX-License-Identifier: EUPL-1.2 */
/* What Apple's answers mean, and what a device's row makes of what we have. */
#include "mdm/ade_int.h"

#include "base/text.h"

#include <stdio.h>

#define LOOKED_AT 1024 /* of a body */
#define WAIT_FIRST_S 60
#define WAIT_MOST_S 3600
#define WAIT_PERSON_S 900 /* somebody must do something first */
#define STILL_S 86400     /* what has lasted so long does not pass by itself any more */

/* The body of an error is one word, in quotes or not, or a text with it. */
static const struct {
	const char *word;
	enum ade_verdict verdict;
} words[] = {
	{"EXHAUSTED_CURSOR", ADE_EXHAUSTED},
	{"INVALID_CURSOR", ADE_RESTART},
	{"EXPIRED_CURSOR", ADE_RESTART},
	{"CURSOR_REQUIRED", ADE_RESTART},
	{"T_C_NOT_SIGNED", ADE_TERMS},
	{"PROFILE_NOT_FOUND", ADE_NO_PROFILE},
	{"PROFILE_UUID_REQUIRED", ADE_NO_PROFILE},
	{"TOO_MANY_REQUESTS", ADE_LATER},
	{"ACCESS_DENIED", ADE_TOKEN},
	{"token_expired", ADE_TOKEN},
	{"token_rejected", ADE_TOKEN},
	{"consumer_key_unknown", ADE_TOKEN},
	{"consumer_key_rejected", ADE_TOKEN},
	{"consumer_key_refused", ADE_TOKEN},
	{"signature_invalid", ADE_TOKEN},
	{"timestamp_refused", ADE_TOKEN},
	{"nonce_used", ADE_SESSION},
	{"UNAUTHORIZED", ADE_SESSION},
	{"FORBIDDEN", ADE_SESSION},
};
#define WORDS (sizeof(words) / sizeof(words[0]))

static bool is_word_char(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* The word, not as a part of another. */
static bool has_word(struct bytes body, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= body.n; i++) {
		bool begins = i == 0 || !is_word_char(body.p[i - 1]);
		bool ends = i + n == body.n || !is_word_char(body.p[i + n]);

		if (begins && ends && memcmp(body.p + i, word, n) == 0)
			return true;
	}
	return false;
}

/* Of one we do not know: the first that is written like one of Apple's. */
static bool take_word(struct bytes body, char code[ADE_CODE])
{
	size_t from = 0;

	for (size_t i = 0; i <= body.n; i++) {
		size_t n = i - from;

		if (i < body.n && ((body.p[i] >= 'A' && body.p[i] <= 'Z') || body.p[i] == '_'))
			continue;
		if (n >= 6 && n < ADE_CODE && memchr(body.p + from, '_', n)) {
			memcpy(code, body.p + from, n);
			code[n] = '\0';
			return true;
		}
		from = i + 1;
	}
	return false;
}

static enum ade_verdict of_status(int status)
{
	if (status == 401 || status == 403)
		return ADE_SESSION;
	if (status == 405)
		return ADE_METHOD;
	if (status == 408 || status == 429 || status >= 500)
		return ADE_LATER;
	return ADE_REFUSED;
}

enum ade_verdict ade_answer_judge(int status, struct bytes body, char code[ADE_CODE])
{
	code[0] = '\0';
	if (status == 200 || status == 201 || status == 202)
		return ADE_FINE;
	if (body.n > LOOKED_AT)
		body.n = LOOKED_AT;
	for (size_t i = 0; status < 500 && i < WORDS; i++) {
		if (!has_word(body, words[i].word))
			continue;
		text_copy(code, ADE_CODE, words[i].word);
		return words[i].verdict;
	}
	if (!take_word(body, code))
		snprintf(code, ADE_CODE, "HTTP_%d", status);
	return of_status(status);
}

int64_t ade_wait_s(enum ade_verdict v, uint32_t failures, int64_t retry_after_s)
{
	int64_t s = WAIT_FIRST_S;

	if (v == ADE_TERMS || v == ADE_TOKEN)
		s = WAIT_PERSON_S;
	for (uint32_t i = 1; i < failures && s < WAIT_MOST_S; i++)
		s *= 2;
	if (s > WAIT_MOST_S)
		s = WAIT_MOST_S;
	return retry_after_s > s ? retry_after_s : s;
}

enum mdm_ade_whose ade_whose(enum ade_verdict v, bool of_sync)
{
	if (v == ADE_TOKEN || v == ADE_TERMS)
		return MDM_ADE_PERSONS;
	if (v == ADE_LATER || v == ADE_SESSION)
		return MDM_ADE_PASSES;
	return of_sync ? MDM_ADE_OF_SYNC : MDM_ADE_OF_ERRAND;
}

int64_t mdm_ade_still_since(const struct mdm_ade_state *s, int64_t now)
{
	int64_t since = s->failing_at ? s->failing_at : s->trouble_at;

	if (!s->has_token || text_empty(s->trouble) || mdm_ade_trouble_is_token(s->trouble) ||
		text_equal(s->trouble, "T_C_NOT_SIGNED"))
		return 0;
	if (s->trouble_of == MDM_ADE_PASSES && now - since < STILL_S)
		return 0;
	return since;
}

/* --- devices --- */

static bool same_device(const struct mdm_ade_device *a, const struct mdm_ade_device *b)
{
	return text_equal(a->model, b->model) && text_equal(a->description, b->description) &&
	       text_equal(a->color, b->color) && text_equal(a->family, b->family) &&
	       text_equal(a->os, b->os) && text_equal(a->asset_tag, b->asset_tag) &&
	       text_equal(a->imei, b->imei) && text_equal(a->meid, b->meid) &&
	       text_equal(a->eid, b->eid) && text_equal(a->wifi_mac, b->wifi_mac) &&
	       text_equal(a->bluetooth_mac, b->bluetooth_mac) &&
	       text_equal(a->profile_uuid, b->profile_uuid) &&
	       text_equal(a->profile_status, b->profile_status) &&
	       a->assigned_at == b->assigned_at && a->migrate_by == b->migrate_by &&
	       a->is_replacement == b->is_replacement &&
	       a->is_replaced == b->is_replaced;
}

/* Has it the profile that we want it to have? */
static bool has_profile(const struct mdm_ade_device *d, const char *profile_uuid)
{
	return profile_uuid && text_equal(d->profile_uuid, profile_uuid) &&
	       (text_equal(d->profile_status, "assigned") ||
		       text_equal(d->profile_status, "pushed"));
}

/* What Apple does not tell of in this row is kept; what only we know is kept. */
static void merge(const struct mdm_ade_device *have, struct mdm_ade_device *d)
{
	const char **const from[] = {(const char **)&have->model, (const char **)&have->description,
		(const char **)&have->color, (const char **)&have->family, (const char **)&have->os,
		(const char **)&have->asset_tag, (const char **)&have->imei,
		(const char **)&have->meid, (const char **)&have->eid,
		(const char **)&have->wifi_mac, (const char **)&have->bluetooth_mac};
	const char **const to[] = {&d->model, &d->description, &d->color, &d->family, &d->os,
		&d->asset_tag, &d->imei, &d->meid, &d->eid, &d->wifi_mac, &d->bluetooth_mac};

	for (size_t i = 0; i < sizeof(to) / sizeof(to[0]); i++) {
		if (!*to[i])
			*to[i] = *from[i];
	}
	d->first_at = have->first_at;
	d->changed_at = have->changed_at;
	d->gone_at = have->gone_at;
	d->run = have->run;
	d->replaces = have->replaces;
	d->due_at = have->due_at;
	d->tries = have->tries;
	d->trouble = have->trouble;
	d->disown_by = have->disown_by;
	d->disown_asked_at = have->disown_asked_at;
	d->disown_at = have->disown_at;
	d->unknown = have->unknown;
	if (d->op_at == 0)
		d->op_at = have->op_at;
	if (d->assigned_at == 0)
		d->assigned_at = have->assigned_at;
}

static void leave(const struct ade_row *r, struct mdm_ade_device *d)
{
	d->gone_at = r->now;
	d->changed_at = r->now;
	d->due_at = 0;
	d->tries = 0;
	d->profile_uuid = d->profile_status = d->trouble = NULL;
}

static bool is_ipad(const struct mdm_ade_device *d)
{
	return text_empty(d->family) || text_equal_case(d->family, "iPad");
}

/* Whether our profile is to be assigned: not to what runs no iPadOS, nor what is on its way out. */
static void want_profile(const struct ade_row *r, struct mdm_ade_device *d)
{
	if (has_profile(d, r->profile_uuid)) {
		d->due_at = 0;
		d->tries = 0;
		d->trouble = NULL;
	} else if (!d->due_at && is_ipad(d) && !d->disown_at) {
		d->due_at = r->now;
	}
}

enum ade_change ade_row_decide(
	const struct ade_row *r, const struct mdm_ade_device *have, struct mdm_ade_device *ret)
{
	struct mdm_ade_device d = *r->row;
	bool was = have && have->gone_at == 0;
	enum ade_change change;

	/* Apple may tell one thing twice, and not in order: the newest word counts. */
	if (have && d.op_at && d.op_at < have->op_at)
		return ADE_OLD;
	if (r->deleted && !was)
		return ADE_OLD;
	if (have)
		merge(have, &d);
	else
		d.first_at = d.changed_at = r->now;
	if (r->run)
		d.run = r->run;
	if (r->deleted) {
		leave(r, &d);
		*ret = d;
		return ADE_GONE;
	}
	d.gone_at = 0;
	want_profile(r, &d);
	change = !was ? ADE_NEW : same_device(have, &d) ? ADE_SAME : ADE_CHANGED;
	if (change != ADE_SAME)
		d.changed_at = r->now;
	*ret = d;
	return change;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What is no version is as good as any. */
int ade_version_compare(const char *a, const char *b)
{
	if (!is_digit(*a) || !is_digit(*b))
		return 0;
	while (*a || *b) {
		unsigned long x = 0, y = 0;

		for (; is_digit(*a); a++)
			x = x * 10 + (unsigned)(*a - '0');
		for (; is_digit(*b); b++)
			y = y * 10 + (unsigned)(*b - '0');
		if (x != y)
			return x < y ? -1 : 1;
		if ((*a && *a != '.') || (*b && *b != '.'))
			return 0;
		a += *a == '.';
		b += *b == '.';
	}
	return 0;
}
