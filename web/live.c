/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which iPads have just spoken, for pages that are open: a ring in memory. It is noted within the
 * transaction that takes an iPad's word and told when that has been committed, so that whoever then
 * looks sees what it said. A transaction that is thrown away costs a look for nothing.
 */
#include "web/web_int.h"

#include "base/text.h"

void web_live_note(struct web *w, const char *serial)
{
	uint64_t version = store_version(w->o.st);
	struct web_spoken *s;

	pthread_mutex_lock(&w->live.lock);
	s = &w->live.ring[w->live.count++ % WEB_LIVE];
	s->version = version;
	text_copy(s->serial, sizeof(s->serial), serial);
	pthread_mutex_unlock(&w->live.lock);
}

uint64_t web_live_count(struct web *w)
{
	uint64_t n;

	pthread_mutex_lock(&w->live.lock);
	n = w->live.count;
	pthread_mutex_unlock(&w->live.lock);
	return n;
}

bool web_live_next(struct web *w, uint64_t version, uint64_t *seen, char ret_serial[WEB_LIVE_SERIAL])
{
	const struct web_spoken *s;
	bool told = false;

	pthread_mutex_lock(&w->live.lock);
	if (w->live.count - *seen > WEB_LIVE) {
		*seen = w->live.count;
		text_copy(ret_serial, WEB_LIVE_SERIAL, WEB_LIVE_MANY);
		told = true;
	} else if (*seen < w->live.count) {
		s = &w->live.ring[*seen % WEB_LIVE];
		told = s->version < version;
		if (told)
			text_copy(ret_serial, WEB_LIVE_SERIAL, s->serial);
		*seen += told;
	}
	pthread_mutex_unlock(&w->live.lock);
	return told;
}
