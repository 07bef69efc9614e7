# The raw LMDB loop that durable writes are measured beside; no folder's door applies to it.
EXTRA_LIBRARIES += libbench_raw.a
libbench_raw_a_SOURCES = tests/bench/raw_lmdb.c tests/bench/raw_lmdb.h
libbench_raw_a_CPPFLAGS = $(AM_CPPFLAGS) $(LMDB_CFLAGS)
BENCH_RAW_LIBS = libbench_raw.a $(LMDB_LIBS)
