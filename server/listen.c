/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/listen.h"

#include "base/text.h"
#include "server/systemd.h"

#include <stdio.h>
#include <sys/stat.h>

static const struct {
	const char *section;
	unsigned side;
} doors[LISTEN_MOST] = {
	{"device", HTTP_DEVICE_SIDE},
	{"staff", HTTP_STAFF_SIDE},
	{"public", HTTP_PUBLIC_SIDE},
};

static const char *file_of(const struct house *h, const char *section, const char *key)
{
	const char *name = conf_str(h->conf, section, key);

	if (text_empty(name))
		return NULL;
	return name[0] == '/' ? name : arena_printf(h->arena, "%s/%s", h->dir, name);
}

static struct http_listener *same_address(struct listen_plan *p, const char *address)
{
	for (size_t i = 0; i < p->count; i++) {
		if (text_equal(p->listeners[i].address, address))
			return &p->listeners[i];
	}
	return NULL;
}

/* Only iPads show certificates. */
static const char *cert_header(struct house *h)
{
	const char *name = conf_str(h->conf, "device", "client_cert_header");

	return text_empty(name) ? NULL : name;
}

/* One listener has one certificate, one set of proxies and one cap: whoever asks for another on the
 * same address would not get it. */
static int share(struct house *h, const struct http_listener *l, const char *section)
{
	static const char *const keys[] = {
		"tls_cert", "tls_key", "trusted_proxies", "connections", "connections_per_address"};
	AUTO(buf) struct buf differ = BUF_INIT(1024);

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (conf_is_set(h->conf, section, keys[i]) &&
			!text_equal(conf_str(h->conf, section, keys[i]),
				conf_str(h->conf, l->name, keys[i])))
			buf_printf(&differ, "%s%s", differ.n ? ", " : "", keys[i]);
	}
	if (differ.n == 0)
		return 0;
	fprintf(stderr,
		"hylla: %s.listen is %s.listen, so one listener serves both, but [%s] sets "
		"otherwise: %s. Take these out of [%s], or give it a port of its own.\n",
		section, l->name, section, buf_str(&differ), section);
	return ERR_BADINPUT;
}

static int add_door(struct house *h, struct listen_plan *p, const char *section, unsigned side)
{
	const char *address = conf_str(h->conf, section, "listen");
	struct http_listener *l = same_address(p, address);

	if (text_empty(address))
		return 0;
	if (l) {
		l->sides |= side;
		return share(h, l, section);
	}
	p->listeners[p->count++] = (struct http_listener){
		.name = section,
		.address = address,
		.sides = side,
		.tls_cert_path = file_of(h, section, "tls_cert"),
		.tls_key_path = file_of(h, section, "tls_key"),
		.trusted_proxies = conf_list(h->conf, section, "trusted_proxies"),
		.cert_header = side == HTTP_DEVICE_SIDE ? cert_header(h) : NULL,
		.connections = (unsigned)conf_int(h->conf, section, "connections"),
		.connections_per_address =
			(unsigned)conf_int(h->conf, section, "connections_per_address"),
		.fd = systemd_socket(section),
	};
	return 0;
}

int listen_plan(struct house *h, struct listen_plan *ret)
{
	struct listen_plan p = {0};

	int err = 0;

	for (size_t i = 0; err == 0 && i < LISTEN_MOST; i++)
		err = add_door(h, &p, doors[i].section, doors[i].side);
	if (err)
		return err;
	if (p.count == 0) {
		fprintf(stderr, "hylla: no listener: set device.listen in hylla.conf\n");
		return ERR_BADINPUT;
	}
	*ret = p;
	return 0;
}

/* FNV-1a, 64 bits at a time: nobody chooses these numbers to meet. */
static uint64_t mix(uint64_t mark, uint64_t x)
{
	return (mark ^ x) * UINT64_C(0x100000001b3);
}

static uint64_t mix_file(uint64_t mark, const char *path)
{
	struct stat s = {0};

	if (!path || stat(path, &s) != 0)
		return mix(mark, 1);
	mark = mix(mark, (uint64_t)s.st_ino);
	mark = mix(mark, (uint64_t)s.st_size);
	mark = mix(mark, (uint64_t)s.st_ctim.tv_sec);
	return mix(mark, (uint64_t)s.st_ctim.tv_nsec);
}

uint64_t listen_tls_mark(const struct listen_plan *p)
{
	uint64_t mark = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < p->count; i++) {
		mark = mix_file(mark, p->listeners[i].tls_cert_path);
		mark = mix_file(mark, p->listeners[i].tls_key_path);
	}
	return mark ? mark : 1;
}
