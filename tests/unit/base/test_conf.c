/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/conf.h"
#include "base/file.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct conf_key keys[] = {
	{"server", "listen", CONF_LIST, "127.0.0.1:8080 [::1]:8080", 0, 0, "Where to listen."},
	{"server", "workers", CONF_INT, "64", 1, 1000, "Most connections at once."},
	{"server", "name", CONF_STR, NULL, 0, 0, "What people call it."},
	{"http.device", "verbose", CONF_BOOL, "no", 0, 0, NULL},
	{"http.device", "timeout", CONF_SPAN, "30s", 1, 3600, "Longest wait."},
	{"http.device", "offset", CONF_INT, NULL, 0, 0, "Any number."},
	{NULL, NULL, CONF_STR, NULL, 0, 0, NULL},
};

static const char *loaded(const char *text, struct conf **ret, struct buf *problem)
{
	int err = conf_parse(keys, bytes_of_str(text), "f", problem, ret);

	cr_assert_eq(err == 0, problem->n == 0, "%s", buf_str(problem));
	cr_assert(err == 0 || err == ERR_BADINPUT);
	return buf_str(problem);
}

Test(conf, defaults_stand_alone)
{
	AUTO(conf) struct conf *c = conf_new(keys);
	const char *const *list = conf_list(c, "server", "listen");

	cr_expect_str_eq(list[0], "127.0.0.1:8080");
	cr_expect_str_eq(list[1], "[::1]:8080");
	cr_expect_null(list[2]);
	cr_expect_eq(conf_int(c, "server", "workers"), 64);
	cr_expect_str_eq(conf_str(c, "server", "name"), "");
	cr_expect_eq(conf_bool(c, "http.device", "verbose"), false);
	cr_expect_eq(conf_int(c, "http.device", "timeout"), 30);
	cr_expect_eq(conf_int(c, "http.device", "offset"), 0);
}

Test(conf, reads_a_file_as_people_write_it)
{
	AUTO(conf) struct conf *c = NULL;
	AUTO(buf) struct buf problem = BUF_INIT(10000);

	loaded("\xef\xbb\xbf# comment\r\n; another\r\n\r\n[server]\r\n  workers=5\r\n"
	       "name =  Hyllan i Ådalen \t\r\n\tlisten = a  b\tc\r\n[http.device]\n"
	       "verbose = YES\ntimeout : 2m\noffset=-3 ; why\n[server]",
		&c, &problem);
	cr_assert_not_null(c, "%s", buf_str(&problem));
	cr_expect_eq(conf_int(c, "server", "workers"), 5);
	cr_expect_str_eq(conf_str(c, "server", "name"), "Hyllan i Ådalen");
	cr_expect_str_eq(conf_list(c, "server", "listen")[2], "c");
	cr_expect_null(conf_list(c, "server", "listen")[3]);
	cr_expect(conf_bool(c, "http.device", "verbose"));
	cr_expect_eq(conf_int(c, "http.device", "timeout"), 120);
	cr_expect_eq(conf_int(c, "http.device", "offset"), -3);
}

Test(conf, empty_is_valid)
{
	AUTO(conf) struct conf *c = NULL;
	AUTO(buf) struct buf problem = BUF_INIT(10000);

	cr_expect_str_eq(loaded("", &c, &problem), "");
	cr_assert_not_null(c);
	cr_expect_eq(conf_int(c, "server", "workers"), 64);
}

Test(conf, an_empty_list_is_empty)
{
	AUTO(conf) struct conf *c = NULL;
	AUTO(buf) struct buf problem = BUF_INIT(10000);

	loaded("[server]\nlisten =\n", &c, &problem);
	cr_assert_not_null(c);
	cr_expect_null(conf_list(c, "server", "listen")[0]);
}

Test(conf, tells_line_and_likely_meaning)
{
	static const char *const cases[][2] = {
		{"[server]\n\nwokers = 5\n",
			"f:3: there is no key \"wokers\" in [server]; did you mean \"workers\"?\n"},
		{"[server]\ncolour = red\n", "f:2: there is no key \"colour\" in [server]\n"},
		{"[server]\ntimeout = 5s\n", "f:2: there is no key \"timeout\" in [server]; it "
					     "belongs in [http.device]\n"},
		{"[sevrer]\nworkers = 5\n[http.device]\noffset=1\n",
			"f:1: there is no section [sevrer]; did you mean [server]?\n"},
		{"# only a section\n[empty]", "f:2: there is no section [empty]\n"},
		{"workers = 5\n", "f:1: \"workers\" stands before any [section]; it belongs in "
				  "[server]\n"},
		{"[server]\nworkers = 5\nname = x\nworkers = 6\n",
			"f:4: \"workers\" is already set on line 2\n"},
		{"[server]\nworkers = many\n",
			"f:2: \"workers\" must be a whole number (1 to 1000)\n"},
		{"[server]\nworkers = 0\n", "f:2: \"workers\" is out of range (1 to 1000)\n"},
		{"[server]\nworkers =\n", "f:2: \"workers\" must be a whole number (1 to 1000)\n"},
		{"[http.device]\nverbose = maybe\n", "f:2: \"verbose\" must be yes or no\n"},
		{"[http.device]\ntimeout = 5\n",
			"f:2: \"timeout\" must be a span of time like 90d, "
			"12h, 30m or 45s (1s to 1h)\n"},
		{"[http.device]\ntimeout = 2h\n", "f:2: \"timeout\" is out of range (1s to 1h)\n"},
		{"[server]\nworkers\n", "f:2: is neither [section], key = value nor a comment\n"},
		{"[server\nworkers=5\n",
			"f:2: \"workers\" stands before any [section]; it belongs in [server]\n"
			"f:1: is neither [section], key = value nor a comment\n"},
		{"[server]\nwokers = 1\n[http.device]\nverbose = x\n",
			"f:2: there is no key \"wokers\" in [server]; did you mean \"workers\"?\n"
			"f:4: \"verbose\" must be yes or no\n"},
		{"[server]\nname = \xe5\n", "f: is not a text file in UTF-8\n"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(conf) struct conf *c = NULL;
		AUTO(buf) struct buf problem = BUF_INIT(10000);

		cr_expect_str_eq(loaded(cases[i][0], &c, &problem), cases[i][1]);
		cr_expect_null(c);
	}
}

Test(conf, long_lines_are_told_not_split)
{
	AUTO(conf) struct conf *c = NULL;
	AUTO(buf) struct buf text = BUF_INIT(100000), problem = BUF_INIT(10000);

	buf_add_str(&text, "[server]\nname = ");
	for (int i = 0; i < 5000; i++)
		buf_add_str(&text, "[x]=y ");
	buf_add_str(&text, "\nworkers = 7\n");
	cr_expect_str_eq(loaded(buf_str(&text), &c, &problem), "f:2: the line is too long\n");
}

Test(conf, loads_from_a_file)
{
	AUTO(conf) struct conf *c = NULL;
	AUTO(buf) struct buf problem = BUF_INIT(10000);
	char path[] = "/tmp/hylla-conf-XXXXXX";
	int fd = mkstemp(path);

	cr_assert_geq(fd, 0);
	close(fd);
	cr_assert_eq(file_write(path, bytes_of_str("[server]\nworkers = 9\n"), 0600), 0);
	cr_assert_eq(conf_load(keys, path, &problem, &c), 0);
	cr_expect_eq(conf_int(c, "server", "workers"), 9);
	unlink(path);
	cr_expect_eq(conf_load(keys, path, &problem, &c), ERR_NOTFOUND);
	cr_expect_not_null(strstr(buf_str(&problem), path));
}

Test(conf, command_line_overrides)
{
	static const struct {
		const char *assignment, *problem;
	} cases[] = {
		{"server.workers=8", ""},
		{"http.device.verbose=on", ""},
		{"server.name=a=b", ""},
		{"server.wokers=8", "there is no key \"wokers\" in [server]; did you mean "
				    "\"workers\"?\n"},
		{"server.workers=x", "\"workers\" must be a whole number (1 to 1000)\n"},
		{"serve.workers=8", "there is no section [serve]; did you mean [server]?\n"},
		{"workers=8", "workers=8: must be section.key=value\n"},
		{"server.workers", "server.workers: must be section.key=value\n"},
		{"", ": must be section.key=value\n"},
	};
	AUTO(conf) struct conf *c = conf_new(keys);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO(buf) struct buf problem = BUF_INIT(10000);
		int err = conf_override(c, cases[i].assignment, &problem);

		cr_expect_str_eq(buf_str(&problem), cases[i].problem);
		cr_expect_eq(err, problem.n ? ERR_BADINPUT : 0);
	}
	cr_expect_eq(conf_int(c, "server", "workers"), 8);
	cr_expect_eq(conf_bool(c, "http.device", "verbose"), true);
	cr_expect_str_eq(conf_str(c, "server", "name"), "a=b");
}

Test(conf, an_unknown_key_in_code_stops, .signal = SIGABRT)
{
	AUTO(conf) struct conf *c = conf_new(keys);

	conf_str(c, "server", "nonesuch");
	cr_assert_fail("still running");
}

Test(conf, the_example_is_a_valid_file_of_defaults)
{
	AUTO(conf) struct conf *c = NULL;
	AUTO(buf) struct buf example = BUF_INIT(10000), problem = BUF_INIT(10000);

	conf_format_example(keys, &example);
	cr_expect_not_null(
		strstr(buf_str(&example), "[http.device]\n#verbose = no\n# Longest wait."));
	loaded(buf_str(&example), &c, &problem);
	cr_assert_not_null(c);
	/* With the marks taken off it must say the same. */
	for (char *p = (char *)example.p; (p = strstr(p, "\n#")); p++) {
		if (p[2] != ' ')
			p[1] = ' ';
	}
	conf_free(TAKE(c));
	cr_expect_str_eq(loaded(buf_str(&example), &c, &problem), "");
	cr_assert_not_null(c);
	cr_expect_eq(conf_int(c, "http.device", "timeout"), 30);
}
