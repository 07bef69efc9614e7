/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/packed.h"

#include <stdlib.h>
#include <zip.h>

#define FILES_MOST 10000

struct packed {
	zip_t *zip;
};

int packed_open(struct bytes in, struct packed **ret)
{
	zip_error_t e;
	zip_source_t *source;
	zip_t *zip;
	struct packed *p;

	if (in.n == 0) /* to libzip an archive of nothing */
		return ERR_BADINPUT;
	zip_error_init(&e);
	source = zip_source_buffer_create(in.p, in.n, 0, &e);
	zip = source ? zip_open_from_source(source, ZIP_RDONLY, &e) : NULL;
	zip_error_fini(&e);
	if (!zip) {
		zip_source_free(source);
		return ERR_BADINPUT;
	}
	if (zip_get_num_entries(zip, 0) > FILES_MOST) {
		zip_discard(zip);
		return ERR_TOOBIG;
	}
	p = mem_zalloc(sizeof(*p));
	p->zip = zip;
	*ret = p;
	return 0;
}

void packed_close(struct packed *p)
{
	if (!p)
		return;
	zip_discard(p->zip);
	free(p);
}

const char *packed_first(struct packed *p)
{
	return zip_get_num_entries(p->zip, 0) > 0 ? zip_get_name(p->zip, 0, ZIP_FL_ENC_RAW) : NULL;
}

static int whole_read(zip_file_t *f, uint8_t *to, size_t n)
{
	size_t at = 0;

	while (at < n) {
		zip_int64_t got = zip_fread(f, to + at, n - at);

		if (got <= 0)
			return ERR_BADINPUT;
		at += (size_t)got;
	}
	/* the checksum is looked at when the end is read */
	return zip_fread(f, &(uint8_t){0}, 1) == 0 ? 0 : ERR_BADINPUT;
}

int packed_read(struct packed *p, const char *name, struct buf *out)
{
	size_t before = out->n;
	zip_stat_t st;
	zip_file_t *f;
	uint8_t *to;
	int err;

	if (zip_stat(p->zip, name, ZIP_FL_ENC_RAW, &st) != 0)
		return ERR_NOTFOUND;
	if (!(st.valid & ZIP_STAT_SIZE) || st.size > out->limit - out->n)
		return ERR_TOOBIG;
	f = zip_fopen_index(p->zip, st.index, 0);
	if (!f)
		return ERR_BADINPUT;
	to = buf_extend(out, (size_t)st.size);
	err = to ? whole_read(f, to, (size_t)st.size) : st.size ? ERR_TOOBIG : 0;
	if (zip_fclose(f) != 0)
		err = ERR_BADINPUT;
	if (err)
		buf_cut(out, before);
	return err;
}
