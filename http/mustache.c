/* SPDX-License-Identifier: EUPL-1.2 */
/* A set of templates: each read once, and their names for each other tied together. */
#include "http/mustache_int.h"

#include "base/text.h"

const struct mustache_template *mustache_find(const struct mustache_set *set, const char *name)
{
	for (size_t i = 0; i < set->n; i++) {
		if (text_equal(set->templates[i].name, name))
			return &set->templates[i];
	}
	return NULL;
}

static void tie(const struct mustache_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		for (size_t k = 0; k < set->templates[i].n; k++) {
			struct mustache_node *node = &set->templates[i].nodes[k];

			if (node->kind == MUSTACHE_PARTIAL || node->kind == MUSTACHE_PARENT)
				node->target = mustache_find(set, node->name);
		}
	}
}

int mustache_set_make(struct arena *a, const struct mustache_source *sources, size_t n,
	struct mustache_set *ret, struct mustache_fault *ret_bad)
{
	struct mustache_template *templates = ARENA_ARRAY(a, struct mustache_template, n);
	struct mustache_set set = {templates, 0};

	for (; set.n < n; set.n++) {
		struct mustache_fault bad = {.name = sources[set.n].name};
		int err = mustache_find(&set, bad.name) ? ERR_EXISTS : 0;

		if (err == 0)
			err = mustache_parse(a, &sources[set.n], &templates[set.n], &bad.line);
		if (err) {
			*ret_bad = bad;
			return err;
		}
	}
	tie(&set);
	*ret = set;
	return 0;
}
