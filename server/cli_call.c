/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/cli_call.h"

#include "base/file.h"
#include "base/money.h"
#include "base/text.h"

#include <stdio.h>
#include <unistd.h>

#define V1 "/api/v1"
#define FILE_MOST (64u << 20)
#define TARGET_MOST 16384
#define PAGES_MOST 1000
#define EVERY_YES "hold limit late parts swap renew whole found"
#define OWNER (WEB_IT | WEB_ADMIN | WEB_READER)

struct calling {
	struct cli *cli;
	const struct cli_call *call;
	bool reads;       /* by GET: all that is said stands in the address */
	bool whole;       /* a file is the body */
	struct buf path;  /* of the address, with what stands in it */
	struct buf query; /* "a=1&b=2" */
	struct doc *body;
	struct bytes file;
};

/* --- what was typed, as the route takes it --- */

static void put_escaped(struct buf *to, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || strchr("-._~", c);

		if (plain)
			buf_add_char(to, (char)c);
		else
			buf_printf(to, "%%%02X", c);
	}
}

static void put_query(struct calling *c, const char *name, const char *value)
{
	buf_add_str(&c->query, c->query.n ? "&" : "");
	put_escaped(&c->query, name);
	buf_add_char(&c->query, '=');
	put_escaped(&c->query, value);
}

/* "loan-days" is the member loan_days. */
static const char *member_of(struct calling *c, const char *name)
{
	char *s = arena_strdup(c->cli->arena, name);

	for (char *at = s; *at; at++) {
		if (*at == '-')
			*at = '_';
	}
	return s;
}

static int file_text(struct calling *c, const char *path, struct bytes *ret)
{
	AUTO(buf) struct buf b = BUF_INIT(FILE_MOST);
	int err = file_read(path, &b);

	if (err)
		return cli_fail(c->cli, err, NULL, path);
	*ret = arena_bytes(c->cli->arena, buf_bytes(&b));
	return CLI_DONE;
}

/* A number that is none stays as it was typed: the handler says what it takes. */
static void put_number(struct calling *c, const char *name, const char *value)
{
	int64_t n;

	if (text_parse_i64(value, &n) == 0)
		doc_set_int(c->body, name, n);
	else
		doc_set_str(c->body, name, value);
}

static void put_sum(struct calling *c, const char *name, const char *value)
{
	int64_t ore;

	name = arena_printf(c->cli->arena, "%s_ore", name);
	if (money_parse(value, &ore) == 0)
		doc_set_int(c->body, name, ore);
	else
		doc_set_str(c->body, name, value);
}

/* "@FILE" reads it from a file. */
static int put_json(struct calling *c, const char *name, const char *value)
{
	struct bytes text = bytes_of_str(value);
	struct doc *d;

	if (value[0] == '@' && file_text(c, value + 1, &text) != CLI_DONE)
		return CLI_FAILED;
	text = bytes_of_str(arena_printf(
		c->cli->arena, "{\"%s\":%.*s}", name, (int)text.n, (const char *)text.p));
	if (doc_parse(c->cli->arena, text, &d) != 0)
		return cli_wrong(
			c->cli, ERR_USAGE, cli_fill(c->cli, "cli.wrong.json", name, NULL, NULL));
	doc_set_doc(c->body, name, doc_list(d, name) ? doc_list(d, name) : doc_object(d, name));
	return CLI_DONE;
}

static int put_file(struct calling *c, const char *name, const char *path)
{
	struct bytes text;
	int err = file_text(c, path, &text);

	if (err == CLI_DONE)
		doc_set_str(c->body, name, arena_strndup(c->cli->arena, text.p, text.n));
	return err;
}

/* One thing that was said, by the placeholder it has in the help; NULL: a switch. */
static int put(struct calling *c, const char *name, const char *kind, const char *value)
{
	if (text_equal(name, "yes"))
		value = EVERY_YES;
	else if (!kind)
		value = "yes";
	if (c->reads || c->whole)
		put_query(c, name, value);
	else if (!kind && !text_equal(name, "yes"))
		doc_set_bool(c->body, name, true);
	else if (text_equal(kind, "N"))
		put_number(c, name, value);
	else if (text_equal(kind, "KRONOR"))
		put_sum(c, name, value);
	else if (text_equal(kind, "JSON"))
		return put_json(c, name, value);
	else if (text_equal(kind, "FILE"))
		return put_file(c, name, value);
	else
		doc_set_str(c->body, name, value);
	return CLI_DONE;
}

const char *cli_word_at(struct arena *a, const char *words, unsigned n, bool *ret_rest)
{
	size_t len;

	while (n-- && words)
		words = strchr(words, ' ') ? strchr(words, ' ') + 1 : NULL;
	if (!words || !*words)
		return NULL;
	len = strcspn(words, " ");
	*ret_rest = len > 3 && memcmp(words + len - 3, "…", 3) == 0;
	return arena_strndup(a, words, *ret_rest ? len - 3 : len);
}

static void put_rest(struct calling *c, const char *name, unsigned from)
{
	struct doc *list = doc_set_list(c->body, name);

	for (unsigned i = from; i < c->cli->argument_count; i++)
		doc_add_str(list, c->cli->arguments[i]);
}

static int put_argument(struct calling *c, unsigned i, bool *ret_rest)
{
	struct arena *a = c->cli->arena;
	bool rest = false;
	const char *name = cli_word_at(a, c->call->members, i, ret_rest);
	const char *kind = cli_word_at(a, c->cli->command->arguments, i, &rest);
	const char *value = c->cli->arguments[i];

	if (*ret_rest)
		put_rest(c, name, i);
	else if (text_equal(name, "@"))
		return file_text(c, value, &c->file);
	else if (!strstr(c->call->path, arena_printf(a, "{%s}", name)))
		return put(c, name, kind ? kind : "TEXT", value);
	return CLI_DONE;
}

static bool is_own(const char *option)
{
	return text_equal(option, "o") || text_equal(option, "csv");
}

static int put_said(struct calling *c)
{
	struct cli *cli = c->cli;
	bool rest = false;
	int err = CLI_DONE;

	for (unsigned i = 0; err == CLI_DONE && !rest && i < cli->argument_count; i++)
		err = put_argument(c, i, &rest);
	for (const struct cli_option *o = cli->command->options; err == CLI_DONE && o && o->name;
		o++) {
		const char *value = cli_option(cli, o->name);

		if (value && !is_own(o->name))
			err = put(c, member_of(c, o->name), o->value, value);
	}
	if (cli_option(cli, "csv"))
		put_query(c, "format", "csv");
	return err;
}

/* "/holds/{id}/cancel" with its argument in place. */
static void put_path(struct calling *c)
{
	const char *s = c->call->path;

	buf_add_str(&c->path, V1);
	while (*s) {
		bool rest = false;
		size_t n;

		if (*s != '{') {
			buf_add_char(&c->path, *s++);
			continue;
		}
		n = strcspn(s, "}") - 1;
		for (unsigned i = 0; i < c->cli->argument_count; i++) {
			const char *name = cli_word_at(c->cli->arena, c->call->members, i, &rest);

			if (name && strlen(name) == n && memcmp(name, s + 1, n) == 0)
				put_escaped(&c->path, c->cli->arguments[i]);
		}
		s += n + 2;
	}
}

/* --- what a field is called here --- */

static const char *field_name(void *ctx, const char *field)
{
	struct calling *c = ctx;
	struct arena *a = c->cli->arena;
	bool rest;

	for (const struct cli_option *o = c->cli->command->options; o && o->name; o++) {
		const char *member = member_of(c, o->name);

		if (text_equal(member, field) ||
			text_equal(arena_printf(a, "%s_ore", member), field))
			return arena_printf(a, "--%s", o->name);
	}
	for (unsigned i = 0; cli_word_at(a, c->call->members, i, &rest); i++) {
		const char *said;

		if (!text_equal(cli_word_at(a, c->call->members, i, &rest), field))
			continue;
		said = cli_word_at(a, c->cli->command->arguments, i, &rest);
		return said ? said : field;
	}
	return field;
}

/* --- the call and its answer --- */

static int call_once(struct calling *c, const char *after, struct http_called *ret)
{
	struct cli *cli = c->cli;
	AUTO(buf) struct buf target = BUF_INIT(TARGET_MOST), body = BUF_INIT(FILE_MOST);
	struct web_call ask = {.method = c->call->method,
		.lang = cli->lang,
		.now = cli->now,
		.who = &cli->who,
		.roles = cli->person ? cli->roles : OWNER,
		.account = cli->person ? cli->who.actor : NULL,
		.field_name = field_name,
		.ctx = c};

	buf_printf(&target, "%s%s%s", buf_str(&c->path), c->query.n ? "?" : "",
		c->query.n ? buf_str(&c->query) : "");
	if (after) {
		buf_add_str(&target, c->query.n ? "&after=" : "?after=");
		put_escaped(&target, after);
	}
	if (c->file.n)
		ask.body = c->file;
	else if (doc_key(c->body, 0)) {
		doc_format(c->body, &body);
		ask.body = arena_bytes(cli->arena, buf_bytes(&body));
	}
	ask.target = arena_strdup(cli->arena, buf_str(&target));
	return web_call(cli->house.web, &ask, cli->arena, ret);
}

static enum cli_exit exit_of(int status)
{
	return status == 404                    ? CLI_NOT_FOUND
	       : status == 409                  ? CLI_REFUSED
	       : status == 400 || status == 413 ? CLI_USAGE
						: CLI_FAILED;
}

static int tell_no(struct calling *c, int status, struct doc *d)
{
	struct cli *cli = c->cli;
	const char *text = doc_str(d, "text"), *what = cli->arguments[0];

	if (status == 403)
		return cli_wrong(
			cli, ERR_DENIED, cli->person ? "cli.wrong.roles" : "cli.wrong.person");
	if (cli->json)
		cli_print(cli, d, NULL);
	else if (text)
		cli_complain(cli, what && status == 404 && !strstr(text, what)
					  ? arena_printf(cli->arena, "%s: %s", what, text)
					  : text);
	return exit_of(status);
}

/* A paper or a list for spreadsheets: to the file that was named, else to stdout. */
static int tell_file(struct calling *c, struct bytes body)
{
	struct cli *cli = c->cli;
	const char *to = cli_option(cli, "o");
	struct doc *d = doc_new(cli->arena);
	int err;

	if (!to && isatty(STDOUT_FILENO)) {
		if (body.n && memchr(body.p, '\0', body.n))
			return cli_wrong(cli, ERR_USAGE, "cli.wrong.o");
		cli_say("%s", arena_strndup(cli->arena, body.p, body.n));
		return CLI_DONE;
	}
	if (!to)
		return fwrite(body.p, 1, body.n, stdout) == body.n ? CLI_DONE : CLI_FAILED;
	/* It may hold what is personal. */
	err = file_write(to, body, 0600);
	if (err)
		return cli_fail(cli, err, NULL, to);
	doc_set_str(d, "file", to);
	cli_tell(cli, d, "cli.done.file", to, NULL);
	return CLI_DONE;
}

/* What the next page's rows are called for; NULL: that was the last. */
static const char *next_of(struct calling *c, const struct doc *d)
{
	AUTO(buf) struct buf b = BUF_INIT(256);

	if (!c->reads || !c->call->list || doc_kind(doc_value(d, "next")) == DOC_NULL)
		return NULL;
	if (doc_str(d, "next"))
		return doc_str(d, "next");
	doc_format(doc_value(d, "next"), &b);
	return arena_strdup(c->cli->arena, buf_str(&b));
}

static int rows_more(struct calling *c, struct doc *d)
{
	struct doc *all = doc_list(d, c->call->list);
	const char *next = next_of(c, d);

	for (unsigned i = 0; next && i < PAGES_MOST; i++) {
		struct http_called r;
		struct doc *page;
		int err = call_once(c, next, &r);

		if (err == 0)
			err = doc_parse(c->cli->arena, r.body, &page);
		if (err || r.status != 200)
			return err ? err : ERR_IO;
		for (size_t k = 0; k < doc_list_size(doc_list(page, c->call->list)); k++)
			doc_add_doc(all, doc_list_object(doc_list(page, c->call->list), k));
		next = next_of(c, page);
	}
	return 0;
}

static void tell_record(struct calling *c, struct doc *d)
{
	const struct cli_call *call = c->call;
	struct cli *cli = c->cli;
	const struct doc *list = call->list ? doc_list(d, call->list) : NULL;

	if (cli->json || (!call->columns && !call->rows && !call->done)) {
		cli_print_doc(d);
		return;
	}
	if (call->done) {
		cli_say("%s%s%s\n", cli->argument_count ? cli->arguments[0] : "",
			cli->argument_count ? ": " : "", cli_text(cli, call->done));
	}
	if (call->columns)
		cli_record(cli, call->columns, d);
	if (!call->rows || !list)
		return;
	if (call->columns && doc_list_size(list))
		cli_say("\n");
	cli_rows(cli, call->rows, list, 0);
	if (!call->columns)
		cli_rows_end(cli, doc_list_size(list));
}

static int tell(struct calling *c, const struct http_called *r)
{
	struct doc *d = doc_new(c->cli->arena);
	bool json = !r->type || text_starts(r->type, "application/json");
	int err = 0;

	if (json && r->body.n)
		err = doc_parse(c->cli->arena, r->body, &d);
	if (err == 0 && r->status >= 400)
		return tell_no(c, r->status, d);
	if (err == 0 && !json)
		return tell_file(c, r->body);
	if (err == 0)
		err = rows_more(c, d);
	if (err)
		return cli_fail(c->cli, err, NULL, NULL);
	tell_record(c, d);
	return CLI_DONE;
}

static int begin(struct calling *c)
{
	struct cli *cli = c->cli;
	bool rest = false;

	c->reads = text_equal(c->call->method, "GET");
	for (unsigned i = 0; cli_word_at(cli->arena, c->call->members, i, &rest); i++)
		c->whole |= text_equal(cli_word_at(cli->arena, c->call->members, i, &rest), "@");
	c->body = doc_new(cli->arena);
	if (c->call->fixed && doc_parse(cli->arena, bytes_of_str(c->call->fixed), &c->body) != 0)
		return CLI_FAILED;
	if (c->reads && c->call->list)
		put_query(c, "most", "500");
	put_path(c);
	return put_said(c);
}

int cli_call_run(struct cli *cli)
{
	struct calling c = {.cli = cli,
		.call = cli->command->call,
		.path = BUF_INIT(TARGET_MOST),
		.query = BUF_INIT(TARGET_MOST)};
	struct http_called r;
	int err = cli_house(cli);
	int status = err == ERR_USAGE ? CLI_USAGE : err ? CLI_FAILED : begin(&c);

	if (status == CLI_DONE) {
		err = call_once(&c, NULL, &r);
		status = err ? cli_fail(cli, err, NULL, cli->arguments[0]) : tell(&c, &r);
	}
	buf_release(&c.path);
	buf_release(&c.query);
	return status;
}
