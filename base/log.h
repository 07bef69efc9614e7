/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The log: one line an event, only written at the edges, key=value after an event name.
 *   level=info event=mdm.checkin rq=7f3a… udid=0000… type=TokenUpdate ms=1.2
 * Ids only: never a token, key, push magic, password, personnummer or name, at any level.
 * To stderr, with systemd's "<n>" prefixes when the journal is reading. Thread-safe.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdarg.h>
#include <stdint.h>

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level);
int log_level_parse(const char *s, enum log_level *ret);
/* Where lines go instead of stderr (tests); fd < 0 is stderr again. */
void log_set_fd(int fd);
/* The request id that lines of this thread carry until changed; 0 is none. */
void log_set_request(uint64_t id);
uint64_t log_request(void);

/* fmt gives the pairs: log_event(LOG_INFO, "store.open", "path=%s", path). Values with blanks
 * or control characters are quoted and escaped by the writer. */
void log_event(enum log_level level, const char *event, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
