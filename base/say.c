/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/say.h"
#include "base/text.h"
#include "base/when.h"

static const char *const names[SAY_LANGS] = {[SAY_SV] = "sv", [SAY_FI] = "fi", [SAY_EN] = "en"};

const char *say_lang_name(enum say_lang lang)
{
	return (unsigned)lang < SAY_LANGS ? names[lang] : "sv";
}

/* The language a tag like "fi-FI" or "en_GB.UTF-8" begins with; SAY_LANGS when none of ours. */
static enum say_lang lang_of_tag(const char *s, size_t n)
{
	if (n < 2 || (n > 2 && s[2] != '-' && s[2] != '_' && s[2] != '.'))
		return SAY_LANGS;
	for (int i = 0; i < SAY_LANGS; i++) {
		char tag[3] = {s[0], s[1], '\0'};

		if (text_equal_case(tag, names[i]))
			return (enum say_lang)i;
	}
	return SAY_LANGS;
}

/* The weight in thousandths of ";q=0.8" (RFC 9110 section 12.4.2); 1000 when none is given. */
static int weight_of(const char *s, size_t n)
{
	const char *q = memchr(s, ';', n), *end = s + n;
	int weight, digit = 100;

	if (!q)
		return 1000;
	q++;
	while (q < end && *q == ' ')
		q++;
	if (end - q < 3 || (q[0] != 'q' && q[0] != 'Q') || q[1] != '=')
		return 1000;
	weight = q[2] == '1' ? 1000 : 0;
	for (q += 3; q < end && digit > 0 && weight < 1000; q++) {
		if (*q >= '0' && *q <= '9') {
			weight += (*q - '0') * digit;
			digit /= 10;
		}
	}
	return weight;
}

enum say_lang say_lang_parse(const char *s, enum say_lang otherwise)
{
	enum say_lang best = otherwise;
	int best_weight = 0;

	if (!s)
		return otherwise;
	while (*s) {
		size_t n, tag;
		enum say_lang lang;

		s += strspn(s, ", \t");
		n = strcspn(s, ",");
		tag = strcspn(s, ",; \t");
		lang = lang_of_tag(s, tag);
		if (lang != SAY_LANGS && weight_of(s, n) > best_weight) {
			best = lang;
			best_weight = weight_of(s, n);
		}
		s += n;
	}
	return best;
}

const char *say_plain(const struct say *say, enum say_lang lang)
{
	if ((unsigned)lang < SAY_LANGS && say->text[lang])
		return say->text[lang];
	return say->text[SAY_EN] ? say->text[SAY_EN] : say->code;
}

/* "{1}" or "{1:when}" at s: the argument, and how many bytes the mark takes; 0: no mark. */
static size_t mark_read(const char *s, size_t *ret_arg, bool *ret_when)
{
	static const char when[] = ":when}";

	if (s[0] != '{' || s[1] < '0' || s[1] >= '0' + SAY_ARGS)
		return 0;
	*ret_arg = (size_t)(s[1] - '0');
	*ret_when = strncmp(s + 2, when, sizeof(when) - 1) == 0;
	return *ret_when ? 2 + sizeof(when) - 1 : s[2] == '}' ? 3 : 0;
}

void say_format(
	struct buf *out, enum say_lang lang, const struct say *say, const char *const arg[SAY_ARGS])
{
	const char *s = say_plain(say, lang);

	while (*s) {
		size_t n = strcspn(s, "{"), i, mark;
		const char *x;
		bool when;

		buf_add(out, s, n);
		s += n;
		mark = mark_read(s, &i, &when);
		x = mark && arg && arg[i] ? arg[i] : "";
		if (mark && when)
			when_said(out, lang, x);
		else if (mark)
			buf_add_str(out, x);
		else if (*s)
			buf_add_char(out, *s);
		s += mark ? mark : *s != '\0';
	}
}

const char *refusal_text(struct arena *a, enum say_lang lang, const struct refusal *r)
{
	AUTO(buf) struct buf out = BUF_INIT(65536);
	const char *arg[SAY_ARGS];

	if (!r->say)
		return "";
	for (size_t i = 0; i < SAY_ARGS; i++)
		arg[i] = r->arg_say[i] ? say_plain(r->arg_say[i], lang)
				       : (r->arg[i] ? r->arg[i] : r->kept[i]);
	say_format(&out, lang, r->say, arg);
	return arena_strdup(a, buf_str(&out));
}

int refuse(struct refusal *r, const struct say *say, const char *arg0, const char *arg1,
	const char *arg2)
{
	*r = (struct refusal){.say = say, .arg = {arg0, arg1, arg2}};
	return ERR_REFUSED;
}

int refusal_keep(struct refusal *r, int err)
{
	if (err != ERR_REFUSED)
		return err;
	for (size_t i = 0; i < SAY_ARGS; i++) {
		size_t n = r->arg[i] ? strlen(r->arg[i]) : 0;

		if (n == 0)
			continue;
		if (n >= SAY_KEPT)
			n = SAY_KEPT - 1;
		/* whole characters */
		while (n > 0 && r->arg[i][n] && ((unsigned char)r->arg[i][n] & 0xc0) == 0x80)
			n--;
		memmove(r->kept[i], r->arg[i], n);
		r->kept[i][n] = '\0';
		r->arg[i] = NULL;
	}
	return err;
}
