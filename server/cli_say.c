/* SPDX-License-Identifier: EUPL-1.2 */
/* What the command line says: texts of the catalogue, answers, errors and refusals. */
#include "server/cli.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_MOST (1u << 16)

const char *cli_text(const struct cli *cli, const char *key)
{
	const char *text = web_text(cli->lang, key);

	return text ? text : key;
}

const char *cli_fill(
	const struct cli *cli, const char *key, const char *a0, const char *a1, const char *a2)
{
	const char *const args[] = {a0, a1, a2};
	AUTO(buf) struct buf b = BUF_INIT(TEXT_MOST);

	for (const char *s = cli_text(cli, key); *s;) {
		bool mark = text_starts(s, "{{") && s[2] >= '0' && s[2] <= '2' &&
			    text_starts(s + 3, "}}");

		if (mark)
			buf_add_str(&b, args[s[2] - '0'] ? args[s[2] - '0'] : "");
		else
			buf_add_char(&b, *s);
		s += mark ? 5 : 1;
	}
	return arena_strdup(cli->arena, buf_str(&b));
}

/* What a list, an iPad or a colleague wrote must not steer the terminal: control characters, of
 * one byte or (U+0080 to U+009F) of two, become question marks. */
static void put_plain(const char *s, FILE *to)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s, next = (unsigned char)s[1];
		bool two = c == 0xc2 && next >= 0x80 && next < 0xa0;

		if (c == '\r' && next == '\n')
			continue;
		if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7f || two)
			c = '?';
		putc(c, to);
		s += two;
	}
}

static void put_formatted(FILE *to, const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return;
	text = mem_alloc((size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	put_plain(text, to);
	free(text);
}

void cli_say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_formatted(stdout, fmt, ap);
	va_end(ap);
}

static void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void complain(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_formatted(stderr, fmt, ap);
	va_end(ap);
}

void cli_complain(const struct cli *cli, const char *text)
{
	complain("hylla %s: %s\n", cli->command->words, text);
}

/* JSON leaves U+007F to U+009F as they are, and a terminal would obey them; escaped they say the
 * same. */
static void put_json(const char *s, FILE *to)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s, next = (unsigned char)s[1];
		bool two = c == 0xc2 && next >= 0x80 && next < 0xa0;

		if (two || c == 0x7f)
			fprintf(to, "\\u%04x", two ? next : c);
		else
			putc(c, to);
		s += two;
	}
}

void cli_print_doc(const struct doc *d)
{
	AUTO(buf) struct buf out = BUF_INIT(256u << 20);

	doc_format_pretty(d, &out);
	put_json(buf_str(&out), stdout);
	putc('\n', stdout);
}

void cli_print(struct cli *cli, struct doc *d, const char *fmt, ...)
{
	va_list ap;

	if (cli->json && d) {
		cli_print_doc(d);
	} else if (!cli->json && fmt) {
		va_start(ap, fmt);
		put_formatted(stdout, fmt, ap);
		va_end(ap);
	}
}

void cli_tell(struct cli *cli, struct doc *d, const char *key, const char *a0, const char *a1)
{
	cli_print(cli, d, "%s\n", cli_fill(cli, key, a0, a1, NULL));
}

/* Refusals that say: there is no such thing. */
static bool is_unknown(const struct refusal *r)
{
	static const char *const codes[] = {"unit.unknown", "account.unknown", "command.none"};

	for (size_t i = 0; r && r->say && i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (text_equal(r->say->code, codes[i]))
			return true;
	}
	return false;
}

static enum cli_exit exit_of(int err)
{
	switch (err) {
	case ERR_REFUSED:
		return CLI_REFUSED;
	case ERR_NOTFOUND:
		return CLI_NOT_FOUND;
	case ERR_USAGE:
		return CLI_USAGE;
	default:
		return CLI_FAILED;
	}
}

static void tell_fail(struct cli *cli, const char *code, const char *text, const char *what)
{
	if (cli->json) {
		struct doc *d = doc_new(cli->arena);

		doc_set_str(d, "code", code);
		doc_set_str(d, "text", text);
		if (what)
			doc_set_str(d, "what", what);
		cli_print_doc(d);
	} else if (what && !strstr(text, what)) {
		complain("hylla %s: %s: %s\n", cli->command->words, what, text);
	} else {
		cli_complain(cli, text);
	}
}

/* "not found" is cli.err.not_found in the catalogue. */
static const char *err_text(const struct cli *cli, int err)
{
	char *key = arena_printf(cli->arena, "cli.err.%s", err_name(err));
	const char *text;

	for (char *s = key; *s; s++) {
		if ((*s < 'a' || *s > 'z') && *s != '.')
			*s = '_';
	}
	text = web_text(cli->lang, key);
	return text ? text : err_name(err);
}

/* A refusal calls a field as the API does: "preserve_data_plan". Here it is an option. */
static const char *option_of(const struct cli *cli, const char *field)
{
	char *name = arena_strdup(cli->arena, field);

	for (char *s = name; *s; s++) {
		if (*s == '_')
			*s = '-';
	}
	for (const struct cli_option *o = cli->command->options; o && o->name; o++) {
		if (text_equal(o->name, name))
			return arena_printf(cli->arena, "--%s", name);
	}
	return field;
}

static const char *refused(const struct cli *cli, const struct refusal *r)
{
	struct refusal named = *r;

	for (size_t i = 0; i < SAY_ARGS && text_starts(r->say->code, "ask."); i++) {
		const char *arg = r->arg[i] ? r->arg[i] : r->kept[i];

		if (!r->arg_say[i] && *arg)
			named.arg[i] = option_of(cli, arg);
	}
	return refusal_text(cli->arena, cli->lang, &named);
}

int cli_fail(struct cli *cli, int err, const struct refusal *r, const char *what)
{
	if (err == ERR_REFUSED && r && r->say) {
		tell_fail(cli, r->say->code, refused(cli, r), what);
		return is_unknown(r) ? CLI_NOT_FOUND : CLI_REFUSED;
	}
	tell_fail(cli, err_name(err), err_text(cli, err), what);
	return exit_of(err);
}

int cli_wrong(struct cli *cli, int err, const char *sentence)
{
	tell_fail(cli, err_name(err), cli_text(cli, sentence), NULL);
	return exit_of(err);
}

int cli_thing_fail(struct cli *cli, int err)
{
	struct refusal r = {0};

	if (err == ERR_NOTFOUND)
		err = refuse(&r, &inv_say_no_unit, cli->arguments[0], NULL, NULL);
	return cli_fail(cli, err, &r, cli->arguments[0]);
}

int cli_done(struct cli *cli, int err, const struct refusal *r, const char *key)
{
	struct doc *d = doc_new(cli->arena);

	if (err)
		return cli_fail(cli, err, r, cli->arguments[0]);
	doc_set_bool(d, "done", true);
	cli_print(cli, d, "%s: %s\n", cli->arguments[0], cli_text(cli, key));
	return CLI_DONE;
}

struct inv_act cli_act(const struct cli *cli)
{
	return (struct inv_act){.who = &cli->who,
		.code = cli->arguments[0],
		.now = cli->now,
		.duties = cli->person ? web_duties(cli->roles) : 0};
}
