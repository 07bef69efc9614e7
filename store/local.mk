# store: the LMDB door.
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	store/store.c store/store.h store/store_backup.c store/store_backup_int.h \
	store/store_check.c store/store_env.c store/store_err.c store/store_file.c \
	store/store_file_int.h store/store_group.c store/store_int.h store/store_iter.c \
	store/store_key.c store/store_list.c store/store_meta.c store/store_page.c store/store_page_int.h \
	store/store_pages.c store/store_pages_int.h \
	store/store_reader.c store/store_record.c store/store_refs.c store/store_restore.c store/store_retire.c store/store_time.c store/store_words.c store/tables.h
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(LMDB_CFLAGS)
STORE_LIBS = libstore.a $(BASE_LIBS) $(LMDB_LIBS)
