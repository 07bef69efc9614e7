/* SPDX-License-Identifier: EUPL-1.2 */
/* Forms for what iPads should have. A form's type is what people choose ("wifi", "os-update"); its
 * item's kind, id and spec are what mdm keeps (mdm/desired.h). */
#ifndef WEB_WANTED_INT_H
#define WEB_WANTED_INT_H

#include "web/web_int.h"

enum web_want_kind {
	WEB_WANT_TEXT,
	WEB_WANT_URL,
	WEB_WANT_DAY,
	WEB_WANT_NUMBER,
	WEB_WANT_SECRET,
	WEB_WANT_LINES,
	WEB_WANT_JSON,   /* an object, as it is written */
	WEB_WANT_TICK,   /* ticked is true, not ticked is not said */
	WEB_WANT_RULE,   /* ticked is `value`, not ticked is not said */
	WEB_WANT_CHOICE, /* one of `words` */
	WEB_WANT_FILE,   /* goes beside the spec */
	WEB_WANT_PICTURE, /* goes into the spec, as Base64 */
	WEB_WANT_PART /* no field: what follows is folded away under a heading of this name */
};
struct web_want_field {
	const char *name;
	enum web_want_kind kind;
	bool required, value;
	const char *words; /* with blanks between */
	const char *usual; /* what stands there at first; of ticks "yes" */
};
struct web_want_type {
	const char *type;
	const char *id;    /* of the item; NULL: made from the field id_of */
	const char *id_of;
	const char *group; /* where it stands when one chooses */
	const struct web_want_field *fields; /* ends with a NULL name */
	uint32_t kind;
	/* Where the spec is not the fields side by side: what they make of it, and back. */
	int (*make)(struct arena *a, const struct doc *answers, struct doc *spec,
		const char **ret_bad);
	const char *(*answer)(
		struct arena *a, const struct web_want_field *f, const struct doc *spec);
};
extern const struct web_want_type web_want_types[]; /* ends with a NULL type */
const struct web_want_type *web_want_type(const char *type);
/* Of an item that is there; NULL: it was made by the API and has no form. */
const struct web_want_type *web_want_type_of(
	const char *kind, const char *id, const struct doc *spec);
/* ERR_NOTFOUND: a field that is needed is empty; ERR_BADINPUT: one is not of its form; which in
 * ret_bad. */
int web_want_spec(struct arena *a, const struct web_want_type *t, const struct doc *answers,
	struct doc *spec, const char **ret_bad) MUST_CHECK;
/* What stands in the spec, as the form would send it; NULL: nothing, or a secret. */
const char *web_want_answer(struct arena *a, const struct web_want_type *t,
	const struct web_want_field *f, const struct doc *spec);

/* Fields that come after those of a type which web_want_ends(): the day it ends. */
extern const struct web_want_field web_ending_fields[];
bool web_want_ends(const struct web_want_type *t);
/* One answer into a spec, and back, where both have the field's name. */
int web_want_set(struct arena *a, const struct web_want_field *f, const char *value,
	struct doc *spec) MUST_CHECK;
const char *web_want_plain(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);

/* --- rows of fields --- */
#define F(name_, kind_)                           \
	{                                         \
		.name = (name_), .kind = (kind_) \
	}
#define NEED(name_, kind_)                                          \
	{                                                           \
		.name = (name_), .kind = (kind_), .required = true \
	}
#define USUAL(name_, kind_, usual_)                                                  \
	{                                                                            \
		.name = (name_), .kind = (kind_), .required = true, .usual = (usual_) \
	}
#define WORDS(name_, words_, usual_)                                                           \
	{                                                                                      \
		.name = (name_), .kind = WEB_WANT_CHOICE, .words = (words_), .usual = (usual_) \
	}
#define RULE(name_, value_, usual_)                                                           \
	{                                                                                     \
		.name = (name_), .kind = WEB_WANT_RULE, .value = (value_), .usual = (usual_) \
	}
#define END          \
	{            \
		NULL \
	}

/* --- wanted_net.c --- */
extern const struct web_want_field web_wifi_fields[], web_cellular_fields[];
int web_make_wifi(struct arena *a, const struct doc *answers, struct doc *spec,
	const char **ret_bad) MUST_CHECK;
const char *web_wifi_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);
int web_make_cellular(struct arena *a, const struct doc *answers, struct doc *spec,
	const char **ret_bad) MUST_CHECK;
const char *web_cellular_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);

/* --- wanted_home.c --- */
int web_make_home(struct arena *a, const struct doc *answers, struct doc *spec,
	const char **ret_bad) MUST_CHECK;
const char *web_home_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);
int web_make_app_lock(struct arena *a, const struct doc *answers, struct doc *spec,
	const char **ret_bad) MUST_CHECK;
const char *web_app_lock_answer(
	struct arena *a, const struct web_want_field *f, const struct doc *spec);

#endif
