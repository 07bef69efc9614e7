/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * NanoMDM in MySQL or PostgreSQL, by a dump: its tables devices, enrollments,
 * cert_auth_associations and push_certs, which newer versions call nano_devices and so on.
 */
#include "mdm/moving_int.h"

#include "base/sql_dump.h"
#include "base/text.h"

#include <stdlib.h>

enum table { DEVICES, ENROLLMENTS, CERTS, PUSH_CERTS, TABLES };
static const char *const tables[] = {"devices", "enrollments", "cert_auth_associations",
	"push_certs", "nano_devices", "nano_enrollments", "nano_cert_auth_associations",
	"nano_push_certs", NULL};

enum { COLUMNS = 8 }; /* that are wanted of a table; the first is what it is found by */
static const char *const columns[TABLES][COLUMNS] = {
	[DEVICES] = {"id", "authenticate", "token_update", "unlock_token", "bootstrap_token_b64",
		"identity_cert"},
	[ENROLLMENTS] = {"id", "device_id", "type", "enabled", "topic", "push_magic", "token_hex"},
	[CERTS] = {"id", "sha256", "updated_at"},
	[PUSH_CERTS] = {"topic", "cert_pem", "key_pem"},
};
enum { DEV_AUTHENTICATE = 1, DEV_TOKEN_UPDATE, DEV_UNLOCK, DEV_BOOTSTRAP, DEV_CERT };
enum { ENR_DEVICE = 1, ENR_TYPE, ENR_ENABLED, ENR_TOPIC, ENR_MAGIC, ENR_TOKEN };
enum { CERT_SHA256 = 1, CERT_AT };
enum { PUSH_CERT_PEM = 1, PUSH_KEY_PEM };

struct row {
	struct bytes v[COLUMNS];
	size_t order; /* in the dump */
};
struct rows {
	struct row *p;
	size_t n, room;
};
struct reading {
	struct arena *a;
	struct rows t[TABLES];
};

static int row_in(void *arg, const struct sql_row *row)
{
	struct reading *r = arg;
	enum table t = DEVICES;
	struct rows *l;

	for (size_t i = 0; tables[i]; i++) {
		if (tables[i] == row->table)
			t = (enum table)(i % TABLES);
	}
	l = &r->t[t];
	if (l->n == l->room) {
		struct row *more;

		l->room = l->room ? l->room * 2 : 64;
		more = ARENA_ARRAY(r->a, struct row, l->room);
		if (l->n)
			memcpy(more, l->p, l->n * sizeof(*more));
		l->p = more;
	}
	l->p[l->n] = (struct row){.order = l->n};
	for (size_t i = 0; i < COLUMNS && columns[t][i]; i++)
		l->p[l->n].v[i] = sql_row_get(row, columns[t][i]);
	l->n++;
	return 0;
}

static int bytes_compare(struct bytes a, struct bytes b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static int by_first(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int c = bytes_compare(a->v[0], b->v[0]);

	return c ? c : (a->order > b->order) - (a->order < b->order);
}

/* The first of those; with `ret_n` how many there are. */
static const struct row *find(const struct rows *l, struct bytes key, size_t *ret_n)
{
	size_t low = 0, high = l->n, n = 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (bytes_compare(l->p[mid].v[0], key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	while (low + n < l->n && bytes_equal(l->p[low + n].v[0], key))
		n++;
	*ret_n = n;
	return n ? &l->p[low] : NULL;
}

/* Several certificates may have been bound to one iPad: the one it speaks with came last. Times are
 * written so that the later is the greater text. */
static struct bytes newest_hash(const struct reading *r, struct bytes id)
{
	size_t n;
	const struct row *c = find(&r->t[CERTS], id, &n), *best = c;

	for (size_t i = 1; i < n; i++) {
		if (bytes_compare(c[i].v[CERT_AT], best->v[CERT_AT]) >= 0)
			best = &c[i];
	}
	return best ? best->v[CERT_SHA256] : bytes_of(NULL, 0);
}

/* PostgreSQL keeps the token in a text, where some drivers write \x and hexadecimal. */
static struct bytes unlock_of(struct bytes v, struct arena *a)
{
	struct bytes plain;

	if (v.n > 2 && memcmp(v.p, "\\x", 2) == 0 &&
		text_parse_hex(a, bytes_of(v.p + 2, v.n - 2), &plain) == 0)
		return plain;
	return v;
}

static const char *device_read(const struct reading *r, const struct row *e, struct mdm_move *x)
{
	size_t n;
	const struct row *d = find(&r->t[DEVICES], e->v[ENR_DEVICE], &n);
	struct mdm_move_files f = {.hash = newest_hash(r, e->v[0])};
	const char *bad = "devices";
	struct bytes token;

	if (n != 1)
		return "devices";
	if (!f.hash.p)
		return "cert_auth_associations";
	f.authenticate = d->v[DEV_AUTHENTICATE];
	f.token_update = d->v[DEV_TOKEN_UPDATE];
	f.unlock_token = unlock_of(d->v[DEV_UNLOCK], r->a);
	f.identity_pem = d->v[DEV_CERT];
	if (d->v[DEV_BOOTSTRAP].n &&
		text_parse_base64(r->a, d->v[DEV_BOOTSTRAP], &f.bootstrap_token) != 0)
		return "bootstrap_token_b64";
	if (mdm_move_parse(&f, r->a, x, &bad) != 0)
		return bad ? bad : "devices";
	/* Both were written at once; where they differ, something was changed by hand. */
	if (!bytes_equal(bytes_of_str(x->topic), e->v[ENR_TOPIC]) ||
		!bytes_equal(bytes_of_str(x->push_magic), e->v[ENR_MAGIC]) ||
		text_parse_hex(r->a, e->v[ENR_TOKEN], &token) != 0 ||
		!bytes_equal(token, x->push_token) ||
		!bytes_equal(bytes_of_str(x->udid), e->v[0]))
		return "enrollments";
	return NULL;
}

static bool is(struct bytes v, const char *s)
{
	return bytes_equal(v, bytes_of_str(s));
}

/* Users' channels come along with their device or not at all. */
static bool is_wanted(const struct row *e)
{
	static const char *const yes[] = {"1", "t", "true", "TRUE"};
	bool enabled = false;

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		enabled = enabled || is(e->v[ENR_ENABLED], yes[i]);
	return enabled && (is(e->v[ENR_TYPE], "Device") ||
				  is(e->v[ENR_TYPE], "User Enrollment (Device)"));
}

static void enrolment_add(struct reading *r, const struct row *e, struct mdm_move_set *s)
{
	struct mdm_move_row row = {0};

	row.name = text_is_utf8(e->v[0]) && e->v[0].n <= MDM_TEXT_MAX
			   ? arena_strndup(r->a, (const char *)e->v[0].p, e->v[0].n)
			   : "?";
	row.bad = is(e->v[ENR_TYPE], "Device") ? device_read(r, e, &row.x) : "User Enrollment";
	mdm_move_add(s, r->a, &row);
}

/* There may be those of former years: the one that the iPads are woken by. */
static void push_take(const struct reading *r, struct mdm_move_set *s)
{
	for (size_t i = 0; !s->push_cert_pem && i < s->n; i++) {
		size_t n;
		const struct row *p = s->rows[i].bad
					      ? NULL
					      : find(&r->t[PUSH_CERTS],
							bytes_of_str(s->rows[i].x.topic), &n);

		if (!p || !p->v[PUSH_CERT_PEM].n || !p->v[PUSH_KEY_PEM].n)
			continue;
		s->push_cert_pem = arena_strndup(r->a, (const char *)p->v[PUSH_CERT_PEM].p,
			p->v[PUSH_CERT_PEM].n);
		s->push_key_pem = arena_strndup(
			r->a, (const char *)p->v[PUSH_KEY_PEM].p, p->v[PUSH_KEY_PEM].n);
	}
}

int mdm_move_sql_parse(
	struct bytes dump, struct arena *a, struct mdm_move_set *s, const char **ret_bad)
{
	struct reading r = {.a = a};
	struct sql_dump d = {.in = dump, .tables = tables, .fn = row_in, .arg = &r};
	int err = sql_dump_read(&d, a);

	*ret_bad = arena_printf(a, "SQL:%zu", d.line);
	if (err)
		return err;
	*ret_bad = "enrollments";
	if (r.t[ENROLLMENTS].n == 0)
		return ERR_BADINPUT;
	for (int i = 0; i < TABLES; i++) {
		if (r.t[i].n)
			qsort(r.t[i].p, r.t[i].n, sizeof(struct row), by_first);
	}
	for (size_t i = 0; i < r.t[ENROLLMENTS].n; i++) {
		if (is_wanted(&r.t[ENROLLMENTS].p[i]))
			enrolment_add(&r, &r.t[ENROLLMENTS].p[i], s);
	}
	push_take(&r, s);
	return 0;
}
