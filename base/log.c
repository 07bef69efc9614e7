/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/log.h"
#include "base/clock.h"
#include "base/text.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_LINE_MOST 8192
#define LOG_VALUE_MOST 2048

static _Atomic int log_least = LOG_INFO;
static _Atomic int log_fd = -1;
static _Thread_local uint64_t log_id;

static const char *const level_names[] = {
	[LOG_ERROR] = "error", [LOG_WARN] = "warn", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};

void log_set_level(enum log_level level)
{
	atomic_store(&log_least, (int)level);
}

int log_level_parse(const char *s, enum log_level *ret)
{
	for (int i = LOG_ERROR; i <= LOG_DEBUG; i++) {
		if (text_equal(s, level_names[i])) {
			*ret = (enum log_level)i;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

void log_set_fd(int fd)
{
	atomic_store(&log_fd, fd);
}

void log_set_request(uint64_t id)
{
	log_id = id;
}

uint64_t log_request(void)
{
	return log_id;
}

/* systemd names the device and inode of the pipe it reads in JOURNAL_STREAM; a terminal or a
 * file that took the place of stderr since is something else. */
static bool journal_reads(int fd)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char mine[64];
	struct stat st;

	if (!stream || fstat(fd, &st) != 0)
		return false;
	snprintf(mine, sizeof(mine), "%llu:%llu", (unsigned long long)st.st_dev,
		(unsigned long long)st.st_ino);
	return strcmp(mine, stream) == 0;
}

static void add_start(struct buf *line, enum log_level level, const char *event, int fd)
{
	static const char priority[] = {
		[LOG_ERROR] = '3', [LOG_WARN] = '4', [LOG_INFO] = '6', [LOG_DEBUG] = '7'};
	char now[CLOCK_TEXT];

	if (journal_reads(fd))
		buf_printf(line, "<%c>", priority[level]);
	else
		buf_printf(line, "time=%s ", clock_format_utc(clock_now(), now));
	buf_printf(line, "level=%s event=%s", level_names[level], event);
	if (log_id)
		buf_printf(line, " rq=%016llx", (unsigned long long)log_id);
}

static bool plain_value(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++) {
		if ((unsigned char)*s <= ' ' || *s == '"' || *s == '\\' || *s == 0x7f)
			return false;
	}
	return text_is_utf8(bytes_of_str(s));
}

/* A value may come from outside: it must not be able to start a line or a pair of its own. */
static void add_value(struct buf *line, const char *s)
{
	if (plain_value(s)) {
		buf_add_str(line, s);
		return;
	}
	buf_add_char(line, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			buf_printf(line, "\\%c", c);
		else if (c == '\n')
			buf_add_str(line, "\\n");
		else if (c < ' ' || c == 0x7f)
			buf_printf(line, "\\x%02x", c);
		else
			buf_add_char(line, (char)c);
	}
	buf_add_char(line, '"');
}

/* --- the pairs ---
 * Printing all pairs at once would lose where a value ends, so each conversion is taken off the
 * format and printed by itself. */

struct spec {
	char text[32]; /* "%-8.3ld" */
	char conv;
	int longs;  /* 1: long, 2: long long; */
	bool sized; /* size_t, intmax_t: both as wide as long long here */
	int stars[2];
	int n_stars;
};

static const char *take_spec(const char *fmt, struct spec *ret)
{
	const char *s = fmt + 1;

	memset(ret, 0, sizeof(*ret));
	s += strspn(s, "-+ #0123456789.*hlzjt");
	for (const char *p = fmt; p < s; p++) {
		ret->n_stars += *p == '*' && ret->n_stars < 2;
		ret->longs += *p == 'l';
		ret->sized |= *p == 'z' || *p == 'j' || *p == 't';
	}
	ret->conv = *s;
	if (*s)
		s++;
	if ((size_t)(s - fmt) < sizeof(ret->text))
		memcpy(ret->text, fmt, (size_t)(s - fmt));
	return s;
}

/* Prints one argument with the width and precision that came before it. */
#define PRINT(value)                                                      \
	(sp->n_stars == 0 ? snprintf(out, n, sp->text, value)             \
		: sp->n_stars == 1                                        \
			? snprintf(out, n, sp->text, sp->stars[0], value) \
			: snprintf(out, n, sp->text, sp->stars[0], sp->stars[1], value))

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void print_spec(char *out, size_t n, struct spec *sp, va_list *ap)
{
	for (int i = 0; i < sp->n_stars; i++)
		sp->stars[i] = va_arg(*ap, int);
	out[0] = '\0';
	if (sp->conv == 's') {
		const char *s = va_arg(*ap, const char *);

		PRINT(s ? s : "-");
	} else if (sp->conv == 'p') {
		PRINT(va_arg(*ap, void *));
	} else if (sp->conv && strchr("feg", sp->conv)) {
		PRINT(va_arg(*ap, double));
	} else if (sp->longs >= 1 || sp->sized) {
		PRINT(va_arg(*ap, long long));
	} else if (sp->conv && strchr("diuxXoc", sp->conv)) {
		PRINT(va_arg(*ap, int));
	}
}
#pragma GCC diagnostic pop

/* One "key=value" of the format; returns what is behind it. */
static const char *add_pair(struct buf *line, const char *fmt, va_list *ap)
{
	AUTO(buf) struct buf value = BUF_INIT(LOG_VALUE_MOST);
	size_t key = strcspn(fmt, "= ");

	buf_add_char(line, ' ');
	buf_add(line, fmt, key);
	fmt += key;
	if (*fmt != '=')
		return fmt;
	fmt++;
	while (*fmt && *fmt != ' ') {
		char piece[LOG_VALUE_MOST / 2];
		struct spec sp;

		if (*fmt != '%' || fmt[1] == '%') {
			buf_add_char(&value, *fmt);
			fmt += *fmt == '%' ? 2 : 1;
			continue;
		}
		fmt = take_spec(fmt, &sp);
		print_spec(piece, sizeof(piece), &sp, ap);
		buf_add_str(&value, piece);
	}
	buf_add_char(line, '=');
	add_value(line, buf_str(&value));
	return fmt;
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
	AUTO(buf) struct buf line = BUF_INIT(LOG_LINE_MOST);
	int fd = atomic_load(&log_fd);
	ssize_t done;
	va_list ap;

	if ((int)level > atomic_load(&log_least))
		return;
	if (fd < 0)
		fd = STDERR_FILENO;
	add_start(&line, level, event, fd);
	va_start(ap, fmt);
	while (fmt && *fmt) {
		fmt += strspn(fmt, " ");
		if (*fmt)
			fmt = add_pair(&line, fmt, &ap);
	}
	va_end(ap);
	/* The limit cuts a line short; the end of it must still be there. */
	line.limit += 2;
	line.overflow = false;
	buf_add_char(&line, '\n');
	/* One write, so that lines of different threads never mix. */
	done = write(fd, line.p, line.n);
	(void)done;
}
