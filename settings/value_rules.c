/* SPDX-License-Identifier: EUPL-1.2 */
/* What a setting may be. */
#include "settings/settings_int.h"

#include "base/day.h"
#include "base/text.h"

#define MAILS_MOST 20

static const char *trimmed(struct arena *a, const char *s)
{
	size_t n;

	s += strspn(s, " \t");
	n = strlen(s);
	while (n && strchr(" \t", s[n - 1]))
		n--;
	return arena_strndup(a, s, n);
}

static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* What turns a line round, ends it, steers a terminal, or what XML refuses: these words go into
 * profiles, mails and papers. */
static bool is_unseen(const char *s)
{
	static const struct {
		const char first[4], last[4];
	} rows[] = {{"\xc2\x80", "\xc2\x9f"}, {"\xe2\x80\x8e", "\xe2\x80\x8f"},
		{"\xe2\x80\xa8", "\xe2\x80\xae"}, {"\xe2\x81\xa6", "\xe2\x81\xa9"},
		{"\xef\xbb\xbf", "\xef\xbb\xbf"}, {"\xef\xbf\xbe", "\xef\xbf\xbf"}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = strlen(rows[i].first);

		if (strncmp(s, rows[i].first, n) >= 0 && strncmp(s, rows[i].last, n) <= 0)
			return true;
	}
	return false;
}

static bool one_line(const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s < 0x20 || *s == 0x7f || is_unseen(s))
			return false;
	}
	return true;
}

static int number_kept(struct refusal *r, const struct say *say, const char *low, const char *high)
{
	return refusal_keep(r, refuse(r, say, low, high, NULL));
}

static int text_decide(struct arena *a, const struct setting_row *row, const char *s,
	struct refusal *r)
{
	if (row->min && text_empty(s))
		return refuse(r, &setting_say_empty, NULL, NULL, NULL);
	if (characters(s) > (size_t)row->max)
		return number_kept(r, &setting_say_long,
			arena_printf(a, "%lld", (long long)row->max), "");
	return 0;
}

/* "1d" for 86400, in the unit that people write it in. */
static const char *span_text(struct arena *a, int64_t s)
{
	const int64_t unit = s % 86400 == 0 ? 86400 : s % 3600 == 0 ? 3600 : s % 60 ? 1 : 60;

	return arena_printf(a, "%lld%c", (long long)(s / unit),
		unit == 86400 ? 'd' : unit == 3600 ? 'h' : unit == 60 ? 'm' : 's');
}

static int conf_decide(struct arena *a, enum setting x, const char *s, int64_t *number,
	struct refusal *r)
{
	const struct setting_row *row = setting_row(x);
	const struct conf_key key = setting_conf_key(x);

	if (!conf_value_wrong(&key, s, number))
		return 0;
	if (row->form == SETTING_NUMBER)
		return number_kept(r, &setting_say_number,
			arena_printf(a, "%lld", (long long)row->min),
			arena_printf(a, "%lld", (long long)row->max));
	if (row->form == SETTING_SPAN)
		return number_kept(
			r, &setting_say_span, span_text(a, row->min), span_text(a, row->max));
	return refuse(r, &setting_say_choice, NULL, NULL, NULL);
}

static const char *all_words(struct arena *a, const char *const *words)
{
	const char *all = words[0];

	for (size_t i = 1; words[i]; i++)
		all = arena_printf(a, "%s, %s", all, words[i]);
	return all;
}

static bool is_word(const char *const *words, const char *s)
{
	for (size_t i = 0; words[i]; i++) {
		if (text_equal(words[i], s))
			return true;
	}
	return false;
}

static int not_a_word(struct arena *a, const struct setting_row *row, const char *s,
	struct refusal *r)
{
	return number_kept(r, &setting_say_one_of, s, all_words(a, row->words));
}

static bool is_mail(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && strchr(at, '.') && !strchr(at + 1, '@') && at[strlen(at) - 1] != '.' &&
	       !strpbrk(s, "<>,;\"\\()[]:") && strlen(s) <= 200;
}

static bool word_ok(const struct setting_row *row, const char *s)
{
	return row->form == SETTING_MAILS ? is_mail(s) : is_word(row->words, s);
}

/* Words with blanks between, each of them right; in `*s` with one blank between. */
static int words_decide(struct arena *a, const struct setting_row *row, const char **s,
	struct refusal *r)
{
	const char *at = *s, *all = "";
	unsigned n = 0;

	for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
		const char *word = arena_strndup(a, at, strcspn(at, " "));

		at += strlen(word);
		if (row->form == SETTING_MAILS && (!word_ok(row, word) || ++n > MAILS_MOST))
			return number_kept(r, &setting_say_mail, word, "");
		if (row->form != SETTING_MAILS && !word_ok(row, word))
			return not_a_word(a, row, word, r);
		all = *all ? arena_printf(a, "%s %s", all, word) : word;
	}
	*s = all;
	return 0;
}

static bool is_time(const char *s)
{
	return s[0] >= '0' && s[0] <= '2' && s[1] >= '0' && s[1] <= '9' &&
	       (s[0] < '2' || s[1] <= '3') && s[2] == ':' && s[3] >= '0' && s[3] <= '5' &&
	       s[4] >= '0' && s[4] <= '9';
}

static int hours_decide(const char *s, struct refusal *r)
{
	if (text_empty(s) || (strlen(s) == 11 && is_time(s) && s[5] == '-' && is_time(s + 6) &&
				     memcmp(s, s + 6, 5) != 0))
		return 0;
	return refuse(r, &setting_say_hours, NULL, NULL, NULL);
}

#define NAME_MOST 80 /* bytes */

int setting_date_next(struct arena *a, const char **at, int32_t *ret_day, const char **ret_name)
{
	const char *s = *at + strspn(*at, " ;");
	size_t n = strcspn(s, ";");
	int32_t day;

	if (!*s)
		return ERR_NOTFOUND;
	if (n < sizeof("0000-00-00 x") - 1 || s[10] != ' ' ||
		day_parse(arena_strndup(a, s, 10), &day) != 0)
		return ERR_BADINPUT;
	*ret_name = trimmed(a, arena_strndup(a, s + 11, n - 11));
	if (text_empty(*ret_name) || strlen(*ret_name) > NAME_MOST)
		return ERR_BADINPUT;
	*at = s + n;
	*ret_day = day;
	return 0;
}

static int dates_decide(struct arena *a, const struct setting_row *row, const char **s,
	struct refusal *r)
{
	const char *most = arena_printf(a, "%lld", (long long)row->max), *all = "";
	const char *at = *s;
	int64_t n = 0;

	for (;;) {
		const char *name, *from = at + strspn(at, " ;");
		int32_t day;
		int err = setting_date_next(a, &at, &day, &name);

		if (err == ERR_NOTFOUND)
			break;
		if (err || ++n > row->max)
			return number_kept(r, &setting_say_dates,
				arena_strndup(a, from, strcspn(from, ";")), most);
		all = arena_printf(a, "%s%s%.10s %s", all, *all ? "; " : "", from, name);
	}
	*s = all;
	return 0;
}

static int version_decide(const char *s, struct refusal *r)
{
	size_t dots = 0;

	for (const char *at = s; *at; at++) {
		if (*at == '.' && at > s && at[1] && at[1] != '.')
			dots++;
		else if (*at < '0' || *at > '9')
			return refuse(r, &setting_say_version, NULL, NULL, NULL);
	}
	return dots > 2 || strlen(s) > 12 ? refuse(r, &setting_say_version, NULL, NULL, NULL) : 0;
}

/* People write the number alone: its unit stands beside the box. */
static const char *with_unit(struct arena *a, const struct setting_row *row, const char *s)
{
	if (row->form != SETTING_SPAN || !*s || s[strspn(s, "0123456789")])
		return s;
	return arena_printf(a, "%s%c", s, row->unit);
}

static int form_decide(struct arena *a, enum setting x, const char **s, int64_t *number,
	struct refusal *r)
{
	const struct setting_row *row = setting_row(x);

	switch (row->form) {
	case SETTING_TEXT:
		return text_decide(a, row, *s, r);
	case SETTING_ONE_OF:
		return is_word(row->words, *s) ? 0 : not_a_word(a, row, *s, r);
	case SETTING_SOME_OF:
	case SETTING_MAILS:
		return words_decide(a, row, s, r);
	case SETTING_HOURS:
		return hours_decide(*s, r);
	case SETTING_VERSION:
		return version_decide(*s, r);
	case SETTING_DATES:
		return dates_decide(a, row, s, r);
	case SETTING_CHOICE:
	case SETTING_NUMBER:
	case SETTING_SPAN:
		break;
	}
	return conf_decide(a, x, *s, number, r);
}

int setting_value_decide(struct arena *a, enum setting x, const char *given, const char **ret,
	int64_t *ret_number, struct refusal *r)
{
	const struct setting_row *row = setting_row(x);
	const char *s = trimmed(a, given ? given : "");
	int64_t number = 0;
	int err;

	if (!text_is_utf8(bytes_of_str(s)) || !one_line(s))
		return refuse(r, &setting_say_line, NULL, NULL, NULL);
	s = with_unit(a, row, s);
	err = form_decide(a, x, &s, &number, r);
	if (err)
		return err;
	if (row->form == SETTING_CHOICE)
		s = number ? "yes" : "no";
	if (row->form == SETTING_NUMBER)
		s = arena_printf(a, "%lld", (long long)number);
	*ret = s;
	if (ret_number)
		*ret_number = number;
	return 0;
}
