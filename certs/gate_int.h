/* SPDX-License-Identifier: EUPL-1.2 */
/* How many may do what costs much of a processor at the same time. */
#ifndef CERTS_GATE_INT_H
#define CERTS_GATE_INT_H

#include "base/err.h"

#include <pthread.h>
#include <stdbool.h>

struct cert_gate {
	pthread_mutex_t lock;
	pthread_cond_t free;
	unsigned running;
};
#define CERT_GATE_INIT                                                 \
	{                                                              \
		PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 \
	}

/* Waits until fewer than `most` are inside; ERR_BUSY after wait_ms. `wait_ms` 0: for ever, and
 * then it cannot fail. */
int cert_gate_enter(struct cert_gate *g, unsigned most, unsigned wait_ms) MUST_CHECK;
void cert_gate_leave(struct cert_gate *g);

#endif
