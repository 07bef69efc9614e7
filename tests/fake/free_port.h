/* SPDX-License-Identifier: EUPL-1.2 */
/* A port for a server that cannot be asked for its own, since its address stands in its profiles.
 */
#ifndef TEST_FREE_PORT_H
#define TEST_FREE_PORT_H

#include <arpa/inet.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * A port of 127.0.0.1 that is this process's until it ends; 0: none. The socket that took it stays
 * open, bound and never listening: Linux gives such a port to no outgoing connection and to nobody
 * who asks for any port, but lets a server that sets SO_REUSEADDR, as ours do, listen on it beside
 * it, again and again. Until one does, a connection to it is refused.
 */
static inline unsigned free_port(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int yes = 1;

	if (fd < 0)
		return 0;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
		bind(fd, (struct sockaddr *)&at, n) == 0 &&
		getsockname(fd, (struct sockaddr *)&at, &n) == 0)
		return ntohs(at.sin_port);
	close(fd);
	return 0;
}

#endif
