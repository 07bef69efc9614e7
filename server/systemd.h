/* SPDX-License-Identifier: EUPL-1.2 */
/* systemd, where it is present: readiness, watchdog and handed-over sockets. Else nothing. */
#ifndef SERVER_SYSTEMD_H
#define SERVER_SYSTEMD_H

void systemd_notify(const char *state);
/* The socket named so (FileDescriptorName=), or -1. */
int systemd_socket(const char *name);

#endif
