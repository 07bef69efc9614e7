/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PostgreSQL as Debian has it, in a directory of its own, over a Unix socket, durable as it is by
 * default, with its own pgbench as the clients: the check-out as one prepared statement.
 */
#ifndef BENCH_POSTGRES_H
#define BENCH_POSTGRES_H

#include "base/mem.h"

struct bench_postgres;
/* NULL when it is not installed, or does not start. */
struct bench_postgres *bench_postgres_start(struct arena *a, unsigned things, unsigned borrowers);
/* Check-outs a second with so many clients; 0 when it failed. */
double bench_postgres_rate(struct bench_postgres *pg, unsigned clients, unsigned seconds);
void bench_postgres_stop(struct bench_postgres *pg); /* accepts NULL */

#endif
