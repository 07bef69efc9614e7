/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Configuration: an INI file against a table of known keys. An unknown section or key, a wrong
 * value or a doubled key is an error with the file's line number and, for a slip of the fingers,
 * a suggestion. Every key has a default, so an empty file is a valid one.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "base/buf.h"
#include "base/err.h"

enum conf_kind { CONF_STR, CONF_INT, CONF_BOOL, CONF_SPAN, CONF_LIST }; /* LIST: blank-separated */

struct conf_key {
	const char *section;
	const char *key;
	enum conf_kind kind;
	const char *otherwise; /* the default, written as in a file; NULL is empty */
	int64_t min, max;      /* of INT and SPAN; both 0: any */
	const char *help;      /* one line, for `hylla serve --help` and the example file */
};

struct conf;

/* `keys` ends with a NULL section and must outlive the result. On ERR_BADINPUT one or more
 * "file:line: what is wrong" lines are in ret_problem. A missing file is ERR_NOTFOUND. */
int conf_load(const struct conf_key *keys, const char *path, struct buf *ret_problem,
	struct conf **ret) MUST_CHECK;
/* The same from bytes; `name` stands for the file in problems. */
int conf_parse(const struct conf_key *keys, struct bytes in, const char *name,
	struct buf *ret_problem, struct conf **ret) MUST_CHECK;
/* The defaults alone. */
struct conf *conf_new(const struct conf_key *keys);
void conf_free(struct conf *c);
AUTO_FREE(conf, conf_free)

/* The key must be in the table (else the program stops: a slip in our own code). */
const char *conf_str(const struct conf *c, const char *section, const char *key); /* never NULL */
int64_t conf_int(const struct conf *c, const char *section, const char *key); /* INT, SPAN (s) */
/* The table it was read by; ends with a NULL section. */
const struct conf_key *conf_keys(const struct conf *c);
/* Said in the file or on the command line, not our default. */
bool conf_is_set(const struct conf *c, const char *section, const char *key);
bool conf_bool(const struct conf *c, const char *section, const char *key);
/* NULL-ended. */
const char *const *conf_list(const struct conf *c, const char *section, const char *key);
/* The value a flag of the command line gave, "section.key=value"; checked like the file's. */
int conf_override(struct conf *c, const char *assignment, struct buf *ret_problem) MUST_CHECK;
/* Pure: NULL and the number of an INT, SPAN (s) or BOOL, or what is wrong with such a value. */
const char *conf_value_wrong(const struct conf_key *k, const char *text, int64_t *ret);
/* A commented file with every key, its default and its help. */
void conf_format_example(const struct conf_key *keys, struct buf *out);

#endif
