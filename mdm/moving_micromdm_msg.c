/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * MicroMDM keeps everything in one bbolt file. Of its buckets these are read: mdm.Devices (by an id
 * of its own), mdm.PushInfo and mdm.UDIDCertAuth (by UDID), mdm.ServerConfig (the push certificate).
 * The records of all but UDIDCertAuth, which are 32 octets, are protocol buffers.
 */
#include "mdm/moving_int.h"

#include "base/bolt.h"
#include "base/text.h"

#include <stdlib.h>

#define FIELDS 31

/* --- protocol buffers: fields that are not known are stepped over, the last of a number counts --- */

struct proto {
	struct bytes text[FIELDS];
	uint64_t number[FIELDS];
};

static int varint(struct bytes in, size_t *at, uint64_t *ret)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t c;

		if (*at == in.n)
			return ERR_BADINPUT;
		c = in.p[(*at)++];
		if (shift == 63 && c > 1)
			return ERR_BADINPUT;
		v |= (uint64_t)(c & 0x7f) << shift;
		if (!(c & 0x80)) {
			*ret = v;
			return 0;
		}
	}
	return ERR_BADINPUT;
}

/* The n octets from `at` on. */
static int take(struct bytes in, size_t *at, uint64_t n, struct bytes *ret)
{
	if (n > in.n - *at)
		return ERR_BADINPUT;
	*ret = bytes_of(in.p + *at, (size_t)n);
	*at += (size_t)n;
	return 0;
}

static int field_read(struct bytes in, size_t *at, struct proto *p)
{
	uint64_t tag, n = 0;
	struct bytes b = {0};
	int err = varint(in, at, &tag);

	if (err)
		return err;
	switch (tag & 7) {
	case 0:
		err = varint(in, at, &n);
		break;
	case 1:
		err = take(in, at, 8, &b);
		break;
	case 2:
		err = varint(in, at, &n);
		if (err == 0)
			err = take(in, at, n, &b);
		break;
	case 5:
		err = take(in, at, 4, &b);
		break;
	default:
		return ERR_BADINPUT;
	}
	if (err || tag >> 3 == 0)
		return ERR_BADINPUT;
	if (tag >> 3 < FIELDS && (tag & 7) == 0)
		p->number[tag >> 3] = n;
	else if (tag >> 3 < FIELDS && (tag & 7) == 2)
		p->text[tag >> 3] = b;
	return 0;
}

static int proto_read(struct bytes in, struct proto *p)
{
	size_t at = 0;
	int err = 0;

	*p = (struct proto){0};
	while (err == 0 && at < in.n)
		err = field_read(in, &at, p);
	return err;
}

/* NULL when there is none. */
static int text_of(struct bytes b, struct arena *a, const char **ret)
{
	*ret = NULL;
	if (b.n == 0)
		return 0;
	if (b.n > MDM_TEXT_MAX || memchr(b.p, '\0', b.n) || !text_is_utf8(b))
		return ERR_BADINPUT;
	*ret = arena_strndup(a, (const char *)b.p, b.n);
	return 0;
}

/* --- the buckets --- */

struct pair {
	struct bytes key, value;
};
struct pairs { /* in the order of their keys, as the file has them */
	struct arena *a;
	struct pair *p;
	size_t n, room;
};

static int pair_add(void *arg, struct bytes key, struct bytes value)
{
	struct pairs *l = arg;

	if (l->n == l->room) {
		struct pair *more;

		l->room = l->room ? l->room * 2 : 64;
		more = ARENA_ARRAY(l->a, struct pair, l->room);
		if (l->n)
			memcpy(more, l->p, l->n * sizeof(*more));
		l->p = more;
	}
	l->p[l->n++] = (struct pair){key, value};
	return 0;
}

static int by_key(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	size_t n = a->key.n < b->key.n ? a->key.n : b->key.n;
	int c = n ? memcmp(a->key.p, b->key.p, n) : 0;

	return c ? c : (a->key.n > b->key.n) - (a->key.n < b->key.n);
}

static const struct pair *find(const struct pairs *l, struct bytes key)
{
	const struct pair want = {.key = key};

	return l->n ? bsearch(&want, l->p, l->n, sizeof(want), by_key) : NULL;
}

/* --- records --- */

enum { /* of mdm.Devices */
	DEV_UDID = 2,
	DEV_SERIAL,
	DEV_OS,
	DEV_BUILD,
	DEV_PRODUCT,
	DEV_IMEI,
	DEV_UNLOCK = 12,
	DEV_ENROLLED,
	DEV_BOOTSTRAP = 30
};
enum { PUSH_TOKEN = 2, PUSH_MAGIC, PUSH_TOPIC }; /* of mdm.PushInfo */
enum { CONF_CERT = 1, CONF_KEY };               /* of mdm.ServerConfig */

struct reading {
	struct arena *a;
	struct mdm_move_set *set;
	struct pairs push, certs;
};

static int device_texts(const struct proto *d, struct arena *a, struct mdm_move *x)
{
	const struct {
		unsigned field;
		const char **to;
	} rows[] = {{DEV_UDID, &x->udid}, {DEV_SERIAL, &x->serial}, {DEV_OS, &x->os_version},
		{DEV_BUILD, &x->build}, {DEV_PRODUCT, &x->product}, {DEV_IMEI, &x->imei}};
	int err = 0;

	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++)
		err = text_of(d->text[rows[i].field], a, rows[i].to);
	if (err == 0 && d->text[DEV_UNLOCK].n)
		err = text_parse_hex(a, d->text[DEV_UNLOCK], &x->unlock_token);
	x->bootstrap_token = d->text[DEV_BOOTSTRAP];
	if (x->unlock_token.n > MDM_MOVE_TOKEN_MOST || x->bootstrap_token.n > MDM_MOVE_TOKEN_MOST)
		return ERR_TOOBIG;
	return err || text_empty(x->udid) ? ERR_BADINPUT : 0;
}

static int push_read(const struct pair *p, struct arena *a, struct mdm_move *x)
{
	struct proto d;
	int err = p ? proto_read(p->value, &d) : ERR_BADINPUT;

	if (err == 0)
		err = text_of(d.text[PUSH_MAGIC], a, &x->push_magic);
	if (err == 0)
		err = text_of(d.text[PUSH_TOPIC], a, &x->topic);
	if (err == 0)
		err = text_parse_hex(a, d.text[PUSH_TOKEN], &x->push_token);
	if (err == 0 && (!x->push_magic || !x->topic || x->push_token.n == 0))
		err = ERR_BADINPUT;
	return err;
}

/* What is wrong with it, or NULL. */
static const char *device_read(struct reading *r, const struct proto *d, struct mdm_move *x)
{
	const struct pair *cert;

	if (device_texts(d, r->a, x) != 0)
		return "mdm.Devices";
	if (push_read(find(&r->push, d->text[DEV_UDID]), r->a, x) != 0)
		return "mdm.PushInfo";
	cert = find(&r->certs, d->text[DEV_UDID]);
	if (!cert || cert->value.n != CERT_FINGERPRINT)
		return "mdm.UDIDCertAuth";
	memcpy(x->identity, cert->value.p, CERT_FINGERPRINT);
	return NULL;
}

/* Devices that Apple assigned to that server but that never enrolled are there as well. */
static int device_in(void *arg, struct bytes key, struct bytes value)
{
	struct mdm_move_row row = {0};
	struct reading *r = arg;
	struct proto d;
	bool readable = proto_read(value, &d) == 0;

	if (readable && !d.number[DEV_ENROLLED])
		return 0;
	row.bad = readable ? device_read(r, &d, &row.x) : "mdm.Devices";
	if (row.x.udid)
		row.name = row.x.udid;
	else if (text_of(key, r->a, &row.name) != 0 || !row.name)
		row.name = "?";
	mdm_move_add(r->set, r->a, &row);
	return 0;
}

static int config_in(void *arg, struct bytes key, struct bytes value)
{
	struct reading *r = arg;
	struct proto d;

	if (!bytes_equal(key, bytes_of_str("config")) || r->set->push_cert_pem)
		return 0;
	if (proto_read(value, &d) != 0)
		return ERR_BADINPUT;
	if (d.text[CONF_CERT].n == 0 || d.text[CONF_KEY].n == 0)
		return 0;
	r->set->push_cert_pem =
		arena_strndup(r->a, (const char *)d.text[CONF_CERT].p, d.text[CONF_CERT].n);
	r->set->push_key_pem =
		arena_strndup(r->a, (const char *)d.text[CONF_KEY].p, d.text[CONF_KEY].n);
	return 0;
}

int mdm_move_micromdm_parse(
	struct bytes db, struct arena *a, struct mdm_move_set *s, const char **ret_bad)
{
	struct reading r = {.a = a, .set = s, .push.a = a, .certs.a = a};
	const struct {
		const char *bucket;
		bolt_fn *fn;
		void *arg;
		bool needed;
	} rows[] = {{"mdm.PushInfo", pair_add, &r.push, true},
		{"mdm.UDIDCertAuth", pair_add, &r.certs, true},
		{"mdm.Devices", device_in, &r, true}, {"mdm.ServerConfig", config_in, &r, false}};
	struct bolt b;
	int err = bolt_open(db, &b);

	*ret_bad = "bbolt";
	for (size_t i = 0; err == 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
		*ret_bad = rows[i].bucket;
		err = bolt_each(&b, rows[i].bucket, rows[i].fn, rows[i].arg);
		if (err == ERR_NOTFOUND)
			err = rows[i].needed ? ERR_BADINPUT : 0;
	}
	return err;
}
