/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/conf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <ini.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_MOST (1024 * 1024)

struct setting {
	char *text;
	int64_t number;     /* INT, SPAN, BOOL */
	const char **words; /* LIST, NULL-ended, into `split` */
	char *split;
	size_t line; /* where it was set; 0: default */
};

struct conf {
	const struct conf_key *keys;
	struct setting *settings; /* one for each key */
	size_t n;
};

static void setting_release(struct setting *s)
{
	free(s->text);
	free(s->words);
	free(s->split);
	memset(s, 0, sizeof(*s));
}

void conf_free(struct conf *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n; i++)
		setting_release(&c->settings[i]);
	free(c->settings);
	free(c);
}

/* --- values --- */

static int parse_bool(const char *s, int64_t *ret)
{
	static const char *const words[2][4] = {
		{"no", "false", "off", "0"}, {"yes", "true", "on", "1"}};

	for (int v = 0; v < 2; v++) {
		for (int i = 0; i < 4; i++) {
			if (text_equal_case(s, words[v][i])) {
				*ret = v;
				return 0;
			}
		}
	}
	return ERR_BADINPUT;
}

static void split_words(struct setting *s)
{
	size_t n = 0;
	char *at;

	s->split = mem_strdup(s->text);
	s->words = mem_zalloc((strlen(s->text) / 2 + 2) * sizeof(*s->words));
	at = s->split;
	for (;;) {
		at += strspn(at, " \t");
		if (!*at)
			return;
		s->words[n++] = at;
		at += strcspn(at, " \t");
		if (*at)
			*at++ = '\0';
	}
}

const char *conf_value_wrong(const struct conf_key *k, const char *text, int64_t *ret)
{
	const bool ranged = k->min != 0 || k->max != 0;
	int64_t v = 0;

	if (k->kind == CONF_INT && text_parse_i64(text, &v) != 0)
		return "must be a whole number";
	if (k->kind == CONF_SPAN && clock_parse_span(text, &v) != 0)
		return "must be a span of time like 90d, 12h, 30m or 45s";
	if (k->kind == CONF_BOOL && parse_bool(text, &v) != 0)
		return "must be yes or no";
	if ((k->kind == CONF_INT || k->kind == CONF_SPAN) && ranged && (v < k->min || v > k->max))
		return "is out of range";
	*ret = v;
	return NULL;
}

/* As it would be written: a span in the largest unit that leaves nothing over. */
static void bound_add(const struct conf_key *k, int64_t v, struct buf *out)
{
	static const struct {
		int64_t s;
		char letter;
	} units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
	size_t i = 0;

	if (k->kind != CONF_SPAN) {
		buf_printf(out, "%lld", (long long)v);
		return;
	}
	while (units[i].s > 1 && (v == 0 || v % units[i].s))
		i++;
	buf_printf(out, "%lld%c", (long long)(v / units[i].s), units[i].letter);
}

/* NULL, or what is wrong. */
static const char *setting_put(struct setting *s, const struct conf_key *k, const char *text)
{
	struct setting made = {.text = NULL};
	const char *wrong = conf_value_wrong(k, text, &made.number);

	if (wrong)
		return wrong;
	made.text = mem_strdup(text);
	if (k->kind == CONF_LIST)
		split_words(&made);
	setting_release(s);
	*s = made;
	return NULL;
}

static const char *default_text(const struct conf_key *k)
{
	if (k->otherwise)
		return k->otherwise;
	switch (k->kind) {
	case CONF_INT:
		return "0";
	case CONF_BOOL:
		return "no";
	case CONF_SPAN:
		return "0s";
	default:
		return "";
	}
}

struct conf *conf_new(const struct conf_key *keys)
{
	struct conf *c = mem_zalloc(sizeof(*c));

	c->keys = keys;
	while (keys[c->n].section)
		c->n++;
	c->settings = mem_zalloc((c->n + 1) * sizeof(*c->settings));
	for (size_t i = 0; i < c->n; i++) {
		if (setting_put(&c->settings[i], &keys[i], default_text(&keys[i])))
			abort(); /* the table itself is wrong */
	}
	return c;
}

/* --- finding --- */

static const struct conf_key *find_key(const struct conf *c, const char *section, const char *key)
{
	for (size_t i = 0; i < c->n; i++) {
		if (text_equal(c->keys[i].section, section) && text_equal(c->keys[i].key, key))
			return &c->keys[i];
	}
	return NULL;
}

static bool has_section(const struct conf *c, const char *section)
{
	for (size_t i = 0; i < c->n; i++) {
		if (text_equal(c->keys[i].section, section))
			return true;
	}
	return false;
}

static const struct setting *need(const struct conf *c, const char *section, const char *key)
{
	const struct conf_key *k = find_key(c, section, key);

	if (!k)
		abort();
	return &c->settings[k - c->keys];
}

const struct conf_key *conf_keys(const struct conf *c)
{
	return c->keys;
}

const char *conf_str(const struct conf *c, const char *section, const char *key)
{
	return need(c, section, key)->text;
}

int64_t conf_int(const struct conf *c, const char *section, const char *key)
{
	return need(c, section, key)->number;
}

bool conf_is_set(const struct conf *c, const char *section, const char *key)
{
	const struct setting *s = need(c, section, key);

	return s->line > 0 || !text_equal(s->text, default_text(find_key(c, section, key)));
}

bool conf_bool(const struct conf *c, const char *section, const char *key)
{
	return need(c, section, key)->number != 0;
}

const char *const *conf_list(const struct conf *c, const char *section, const char *key)
{
	const struct setting *s = need(c, section, key);

	if (!s->words)
		abort();
	return s->words;
}

/* --- problems --- */

/* The closest of our own words, near enough to be a slip; NULL otherwise. */
struct guess {
	const char *meant;
	unsigned distance;
};

static void guess_try(struct guess *g, const char *given, const char *ours)
{
	unsigned d = text_distance(given, ours);
	unsigned most = strlen(given) > 5 ? 2 : 1;

	if (d <= most && (!g->meant || d < g->distance)) {
		g->meant = ours;
		g->distance = d;
	}
}

static void tell_unknown_section(const struct conf *c, const char *section, struct buf *out)
{
	struct guess g = {NULL, 0};

	for (size_t i = 0; i < c->n; i++)
		guess_try(&g, section, c->keys[i].section);
	buf_printf(out, "there is no section [%s]", section);
	if (g.meant)
		buf_printf(out, "; did you mean [%s]?", g.meant);
}

static void tell_unknown_key(
	const struct conf *c, const char *section, const char *key, struct buf *out)
{
	struct guess g = {NULL, 0};
	const char *elsewhere = NULL;

	for (size_t i = 0; i < c->n; i++) {
		if (text_equal(c->keys[i].section, section))
			guess_try(&g, key, c->keys[i].key);
		else if (text_equal(c->keys[i].key, key))
			elsewhere = c->keys[i].section;
	}
	if (!*section)
		buf_printf(out, "\"%s\" stands before any [section]", key);
	else
		buf_printf(out, "there is no key \"%s\" in [%s]", key, section);
	if (g.meant)
		buf_printf(out, "; did you mean \"%s\"?", g.meant);
	else if (elsewhere)
		buf_printf(out, "; it belongs in [%s]", elsewhere);
}

/* Takes one assignment, from the file (line > 0) or the command line; false with the problem. */
static bool assign(struct conf *c, const char *const name[2], const char *value, size_t line,
	struct buf *problem)
{
	const struct conf_key *k = find_key(c, name[0], name[1]);
	struct setting *s;
	const char *wrong;

	if (!k) {
		if (*name[0] && !has_section(c, name[0]))
			tell_unknown_section(c, name[0], problem);
		else
			tell_unknown_key(c, name[0], name[1], problem);
		return false;
	}
	s = &c->settings[k - c->keys];
	if (line && s->line) {
		buf_printf(problem, "\"%s\" is already set on line %zu", name[1], s->line);
		return false;
	}
	wrong = setting_put(s, k, value);
	if (wrong) {
		buf_printf(problem, "\"%s\" %s", name[1], wrong);
		if (k->min || k->max) {
			buf_add_str(problem, " (");
			bound_add(k, k->min, problem);
			buf_add_str(problem, " to ");
			bound_add(k, k->max, problem);
			buf_add_char(problem, ')');
		}
		return false;
	}
	s->line = line;
	return true;
}

/* --- the file --- */

struct loader {
	struct conf *conf;
	struct bytes in;
	size_t at, line;
	const char *name;
	struct buf *problem;
	size_t problems;
};

static void begin_problem(struct loader *l)
{
	l->problems++;
	buf_printf(l->problem, "%s:%zu: ", l->name, l->line);
}

static void tell(struct loader *l, const char *what)
{
	begin_problem(l);
	buf_printf(l->problem, "%s\n", what);
}

/* A section that holds nothing never reaches the handler, so it is looked at here. */
static void check_section(struct loader *l, const char *line)
{
	const char *end = strchr(line, ']');
	char section[64];

	if (!end || (size_t)(end - line) > sizeof(section) - 1)
		return;
	text_copy(section, (size_t)(end - line), line + 1);
	if (has_section(l->conf, section))
		return;
	begin_problem(l);
	tell_unknown_section(l->conf, section, l->problem);
	buf_add_char(l->problem, '\n');
}

/*
 * The library's fgets. It counts lines, since the handler is not told them; and it takes off
 * leading blanks, which would make a line part of the value before.
 */
static char *read_line(char *to, int size, void *arg)
{
	struct loader *l = arg;
	const uint8_t *from, *end;
	size_t n;

	if (l->at >= l->in.n)
		return NULL;
	from = l->in.p + l->at;
	end = memchr(from, '\n', l->in.n - l->at);
	n = end ? (size_t)(end - from) : l->in.n - l->at;
	l->at += n + (end != NULL);
	l->line++;
	while (n > 0 && (*from == ' ' || *from == '\t')) {
		from++;
		n--;
	}
	if (n + 2 > (size_t)size) {
		tell(l, "the line is too long");
		n = 0;
	}
	memcpy(to, from, n);
	to[n] = '\n';
	to[n + 1] = '\0';
	if (to[0] == '[')
		check_section(l, to);
	return to;
}

static int on_pair(void *arg, const char *section, const char *key, const char *value)
{
	AUTO(buf) struct buf problem = BUF_INIT(4096);
	const char *const name[2] = {section, key};
	struct loader *l = arg;

	/* An unknown section was told where it began. */
	if (*section && !has_section(l->conf, section))
		return 1;
	if (!assign(l->conf, name, value, l->line, &problem))
		tell(l, buf_str(&problem));
	return 1;
}

int conf_parse(const struct conf_key *keys, struct bytes in, const char *name,
	struct buf *ret_problem, struct conf **ret)
{
	AUTO(conf) struct conf *c = conf_new(keys);
	struct loader l = {.conf = c, .in = in, .name = name, .problem = ret_problem};
	int bad_line;

	if (!text_is_utf8(in) || (in.n && memchr(in.p, '\0', in.n))) {
		buf_printf(ret_problem, "%s: is not a text file in UTF-8\n", name);
		return ERR_BADINPUT;
	}
	bad_line = ini_parse_stream(read_line, &l, on_pair, &l);
	if (bad_line > 0) {
		l.line = (size_t)bad_line;
		tell(&l, "is neither [section], key = value nor a comment");
	}
	if (bad_line != 0 || l.problems)
		return ERR_BADINPUT;
	*ret = TAKE(c);
	return 0;
}

int conf_load(
	const struct conf_key *keys, const char *path, struct buf *ret_problem, struct conf **ret)
{
	AUTO(buf) struct buf content = BUF_INIT(FILE_MOST);
	int err = file_read(path, &content);

	if (err != 0) {
		buf_printf(ret_problem, "%s: %s\n", path, err_name(err));
		return err;
	}
	return conf_parse(keys, buf_bytes(&content), path, ret_problem, ret);
}

int conf_override(struct conf *c, const char *assignment, struct buf *ret_problem)
{
	AUTO(arena) struct arena *a = arena_new();
	const char *equals = strchr(assignment, '='), *name[2];
	char *section, *dot;

	if (!equals)
		equals = assignment;
	section = arena_strndup(a, assignment, (size_t)(equals - assignment));
	dot = strrchr(section, '.');
	if (!dot) {
		buf_printf(ret_problem, "%s: must be section.key=value\n", assignment);
		return ERR_BADINPUT;
	}
	*dot = '\0';
	name[0] = section;
	name[1] = dot + 1;
	if (!assign(c, name, equals + 1, 0, ret_problem)) {
		buf_add_char(ret_problem, '\n');
		return ERR_BADINPUT;
	}
	return 0;
}

void conf_format_example(const struct conf_key *keys, struct buf *out)
{
	const char *section = NULL;

	for (const struct conf_key *k = keys; k->section; k++) {
		if (!text_equal(section, k->section))
			buf_printf(out, "%s[%s]\n", section ? "\n" : "", k->section);
		section = k->section;
		if (k->help)
			buf_printf(out, "# %s\n", k->help);
		buf_printf(out, "#%s = %s\n", k->key, default_text(k));
	}
}
