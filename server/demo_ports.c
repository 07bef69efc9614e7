/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the demonstration is to listen: looked at before anything is made, since a start that fails
 * later has made a whole municipality for nothing. */
#include "server/demo.h"

#include "base/text.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORTS 3 /* for iPads, staff and the public, one after another */
#define STEP 1000

static const struct side {
	const char *name, *key;
} sides[PORTS] = {{"device", "cli.demo.port_device"}, {"staff", "cli.demo.port_staff"},
	{"public", "cli.demo.port_public"}};

/* Bound and listened at as the server does it. */
static bool is_taken_at(const struct addrinfo *at)
{
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1, no = 0;
	bool taken;

	if (fd < 0)
		return false;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
		(at->ai_family == AF_INET6 &&
			setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no)) != 0)) {
		close(fd);
		return false;
	}
	taken = (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, 1) != 0) &&
		errno == EADDRINUSE;
	close(fd);
	return taken;
}

/* "127.0.0.1:8443", "[::]:443"; what is wrong otherwise the server says best itself. */
static bool is_taken(struct arena *a, const char *address)
{
	const struct addrinfo as = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
		.ai_socktype = SOCK_STREAM};
	const char *colon = strrchr(address, ':');
	bool bracketed = address[0] == '[' && colon && colon > address + 1 && colon[-1] == ']';
	struct addrinfo *at;
	const char *host;
	bool taken;

	if (!colon)
		return false;
	host = bracketed ? arena_strndup(a, address + 1, (size_t)(colon - address) - 2)
			 : arena_strndup(a, address, (size_t)(colon - address));
	if (getaddrinfo(*host ? host : NULL, colon + 1, &as, &at) != 0)
		return false;
	taken = is_taken_at(at);
	freeaddrinfo(at);
	return taken;
}

static const char *usual(struct arena *a, unsigned port, size_t side)
{
	return arena_printf(a, "127.0.0.1:%u", port + (unsigned)side);
}

/* The first port of as many free ones as it takes; 0: none was found. */
static unsigned free_ones(struct arena *a, unsigned from)
{
	for (unsigned port = from; port + PORTS < 65536; port += STEP) {
		size_t n = 0;

		while (n < PORTS && !is_taken(a, usual(a, port, n)))
			n++;
		if (n == PORTS)
			return port;
	}
	return 0;
}

/* Settings that are there already say where, and the option has no say. */
static int settled(struct demo *d, struct conf **ret)
{
	const char *path = house_conf_path(d->cli->arena, d->cli->dir);

	*ret = NULL;
	if (access(path, F_OK) != 0)
		return 0;
	if (d->port) {
		demo_tell(d, "cli.demo.port_there", path, NULL);
		return ERR_USAGE;
	}
	return house_conf_load(d->cli->dir, NULL, ret);
}

static void tell_taken(const struct demo *d, const char *address, const struct side *side)
{
	demo_tell(d, "cli.demo.port_taken", strrchr(address, ':') + 1, cli_text(d->cli, side->key));
}

static void tell_others(const struct demo *d, bool there, unsigned first)
{
	struct arena *a = d->cli->arena;
	unsigned other = free_ones(a, first % STEP + (first / STEP + 1) * STEP);

	demo_tell(d, "cli.demo.port_nothing", NULL, NULL);
	if (there)
		demo_tell(d, "cli.demo.port_conf", house_conf_path(a, d->cli->dir), NULL);
	else if (other)
		demo_tell(d, "cli.demo.port_other", arena_printf(a, "%u", other), NULL);
}

int demo_ports_check(struct demo *d)
{
	struct arena *a = d->cli->arena;
	unsigned first = d->port ? d->port : DEMO_PORT;
	AUTO(conf) struct conf *conf = NULL;
	int err = settled(d, &conf);
	bool taken = false;

	for (size_t i = 0; err == 0 && i < PORTS; i++) {
		const char *at = conf ? conf_str(conf, sides[i].name, "listen") : usual(a, first, i);

		if (!is_taken(a, at))
			continue;
		taken = true;
		tell_taken(d, at, &sides[i]);
	}
	if (taken)
		tell_others(d, conf != NULL, first);
	return taken ? ERR_EXISTS : err;
}
