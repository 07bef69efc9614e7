/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/log.h"
#include "http/server_int.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#define BACKLOG 1024

static int listen_on(int fd, const struct sockaddr_storage *ss, socklen_t len)
{
	int yes = 1, no = 0;

	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0)
		return errno;
	/* "[::]" means everybody, whatever the machine's default is. */
	if (ss->ss_family == AF_INET6 &&
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no)) != 0)
		return errno;
	if (bind(fd, (const struct sockaddr *)ss, len) != 0 || listen(fd, BACKLOG) != 0)
		return errno;
	return 0;
}

int http_listen_open(const struct http_listener *l, int *ret_fd)
{
	struct sockaddr_storage ss;
	socklen_t len;
	int fd, why;

	if (!l->address || http_endpoint_parse(l->address, &ss, &len) != 0) {
		log_event(LOG_ERROR, "http.address", "listener=%s address=%s why=%s", l->name,
			l->address ? l->address : "", "not like 127.0.0.1:8443 or [::]:443");
		return ERR_BADINPUT;
	}
	fd = socket(ss.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	why = fd < 0 ? errno : listen_on(fd, &ss, len);
	if (why == 0) {
		*ret_fd = fd;
		return 0;
	}
	log_event(LOG_ERROR, "http.listen", "listener=%s address=%s why=%s", l->name, l->address,
		why == EADDRINUSE ? "another program has this port" : strerrordesc_np(why));
	if (fd >= 0)
		close(fd);
	if (why == EADDRINUSE)
		return ERR_EXISTS;
	return why == EACCES ? ERR_DENIED : ERR_IO;
}

int http_listen_adopt(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
		fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
		log_event(LOG_ERROR, "http.adopt", "fd=%d why=%s", fd, strerrordesc_np(errno));
		return ERR_IO;
	}
	return 0;
}

unsigned http_listen_port(int fd)
{
	struct sockaddr_storage ss;
	socklen_t len = sizeof(ss);

	if (getsockname(fd, (struct sockaddr *)&ss, &len) != 0)
		return 0;
	if (ss.ss_family == AF_INET)
		return ntohs(((struct sockaddr_in *)&ss)->sin_port);
	return ss.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)&ss)->sin6_port) : 0;
}
