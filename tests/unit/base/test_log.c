/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int ends[2];
static char line[16384];
static const char *volatile absent; /* NULL, unseen by the compiler */

static void open_log(void)
{
	cr_assert_eq(pipe(ends), 0);
	log_set_fd(ends[1]);
}

static void close_log(void)
{
	log_set_fd(-1);
	log_set_request(0);
	close(ends[0]);
	close(ends[1]);
}

TestSuite(log, .init = open_log, .fini = close_log);

/* The line written, without the time before it and the newline behind. */
static const char *logged(void)
{
	ssize_t n = read(ends[0], line, sizeof(line) - 1);
	char *behind_time;

	cr_assert_gt(n, 0);
	cr_assert_eq(line[n - 1], '\n');
	line[n - 1] = '\0';
	cr_assert_null(strchr(line, '\n'), "one event is one line");
	cr_assert(text_starts(line, "time="));
	behind_time = strchr(line, ' ');
	cr_assert_not_null(behind_time);
	return behind_time + 1;
}

Test(log, writes_pairs)
{
	log_event(LOG_INFO, "a.b", "path=%s n=%d", "/x", -7);
	cr_expect_str_eq(logged(), "level=info event=a.b path=/x n=-7");
	log_event(LOG_WARN, "a.b", "");
	cr_expect_str_eq(logged(), "level=warn event=a.b");
	log_event(LOG_ERROR, "a.b", "plain=yes  flag  percent=5%%");
	cr_expect_str_eq(logged(), "level=error event=a.b plain=yes flag percent=5%");
	log_set_request(0x7f3a);
	cr_expect_eq(log_request(), 0x7f3a);
	log_event(LOG_INFO, "a.b", "x=1");
	cr_expect_str_eq(logged(), "level=info event=a.b rq=0000000000007f3a x=1");
}

Test(log, takes_every_conversion_in_use)
{
	log_event(LOG_INFO, "e",
		"i64=%" PRId64 " u64=%" PRIu64 " u32=%" PRIu32 " z=%zu x=%08x c=%c f=%.1f l=%ld",
		INT64_MIN, UINT64_MAX, UINT32_MAX, (size_t)5, 0xbeefu, 'q', 1.25, -3L);
	cr_expect_str_eq(logged(),
		"level=info event=e i64=-9223372036854775808 u64=18446744073709551615 "
		"u32=4294967295 z=5 x=0000beef c=q f=1.2 l=-3");
	log_event(LOG_INFO, "e", "s=%.*s two=%s-%s wide=%*d none=%s hex=%" PRIx64, 2, "abcdef", "a",
		"b", 4, 7, absent, (uint64_t)0xabcdef0123456789);
	cr_expect_str_eq(logged(),
		"level=info event=e s=ab two=a-b wide=\"   7\" none=- hex=abcdef0123456789");
}

Test(log, quotes_what_could_break_a_line)
{
	static const char *const cases[][2] = {
		{"plain", "v=plain"},
		{"", "v=\"\""},
		{"two words", "v=\"two words\""},
		{"a\"b\\c", "v=\"a\\\"b\\\\c\""},
		{"x\nlevel=error event=forged", "v=\"x\\nlevel=error event=forged\""},
		{"\x1b[31m\r\t\x7f", "v=\"\\x1b[31m\\x0d\\x09\\x7f\""},
		{"a=b", "v=a=b"},
		{"åäö", "v=åäö"},
		{"%s%n", "v=%s%n"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		log_event(LOG_INFO, "e", "v=%s", cases[i][0]);
		cr_expect_str_eq(logged() + strlen("level=info event=e "), cases[i][1]);
	}
}

Test(log, cuts_long_lines_and_still_ends_them)
{
	char *big = mem_zalloc(100001);

	memset(big, 'x', 100000);
	log_event(LOG_INFO, "e", "a=%s b=%s c=%s d=%s e=%s f=%s g=%s h=%s i=%s j=%s", big, big, big,
		big, big, big, big, big, big, big);
	free(big);
	cr_expect_lt(strlen(logged()), 8400);
}

Test(log, level_keeps_quiet)
{
	enum log_level level = LOG_INFO;

	cr_expect_eq(log_level_parse("warn", &level), 0);
	cr_expect_eq(level, LOG_WARN);
	cr_expect_eq(log_level_parse("loud", &level), ERR_BADINPUT);
	cr_expect_eq(level, LOG_WARN);
	log_set_level(level);
	log_event(LOG_INFO, "quiet", "x=1");
	log_event(LOG_WARN, "heard", "x=1");
	cr_expect_str_eq(logged(), "level=warn event=heard x=1");
	log_set_level(LOG_DEBUG);
	log_event(LOG_DEBUG, "detail", "x=1");
	cr_expect_str_eq(logged(), "level=debug event=detail x=1");
}

Test(log, has_the_journals_prefix_when_it_reads)
{
	char stream[64];
	struct stat st;
	ssize_t n;

	cr_assert_eq(fstat(ends[1], &st), 0);
	snprintf(stream, sizeof(stream), "%llu:%llu", (unsigned long long)st.st_dev,
		(unsigned long long)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	log_event(LOG_WARN, "e", "x=1");
	n = read(ends[0], line, sizeof(line) - 1);
	cr_assert_gt(n, 0);
	line[n] = '\0';
	cr_expect_str_eq(line, "<4>level=warn event=e x=1\n");
}
