/* SPDX-License-Identifier: EUPL-1.2 */
#include "config.h"

#include "server/systemd.h"

#ifdef HAVE_SYSTEMD
#include "base/text.h"

#include <stdlib.h>
#include <systemd/sd-daemon.h>

void systemd_notify(const char *state)
{
	sd_notify(0, state);
}

static int find_socket(char **names, int n, const char *name)
{
	int found = -1;

	for (int i = 0; i < n; i++) {
		if (text_equal(names[i], name))
			found = SD_LISTEN_FDS_START + i;
		free(names[i]);
	}
	free(names);
	return found;
}

int systemd_socket(const char *name)
{
	char **names = NULL;
	int n = sd_listen_fds_with_names(0, &names);

	return n > 0 ? find_socket(names, n, name) : -1;
}
#else
void systemd_notify(const char *state)
{
	(void)state;
}

int systemd_socket(const char *name)
{
	(void)name;
	return -1;
}
#endif
