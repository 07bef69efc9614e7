/* SPDX-License-Identifier: EUPL-1.2 */
/* NanoMDM's newer file storage, read for `hylla import nanomdm`. */
#ifndef SERVER_CLI_KV_H
#define SERVER_CLI_KV_H

#include "server/cli.h"

bool cli_kv_is(const struct cli *cli, const char *dir);
/* Those that are enrolled, and a push certificate unless there is one. */
int cli_kv_read(struct cli *cli, const char *dir, struct mdm_move_set *set) MUST_CHECK;

#endif
