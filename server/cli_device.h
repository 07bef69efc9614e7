/* SPDX-License-Identifier: EUPL-1.2 */
/* hylla device: the half that only looks (cli_device_show.c), for the rows in cli_device.c. */
#ifndef SERVER_CLI_DEVICE_H
#define SERVER_CLI_DEVICE_H

#include "server/cli.h"

int cli_device_show(struct cli *cli);
int cli_device_why(struct cli *cli);

#endif
