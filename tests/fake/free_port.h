/* SPDX-License-Identifier: EUPL-1.2 */
/* A port for a server that cannot be asked for its own, since its address stands in its profiles.
 */
#ifndef TEST_FREE_PORT_H
#define TEST_FREE_PORT_H

#include <arpa/inet.h>
#include <unistd.h>

/* A port nobody has now; 0: none. Between here and its use another process could take it; the
 * tests run few at a time and the kernel hands out ports in turn. */
static inline unsigned free_port(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0 &&
		  getsockname(fd, (struct sockaddr *)&at, &n) == 0;

	if (fd >= 0)
		close(fd);
	return ok ? ntohs(at.sin_port) : 0;
}

#endif
