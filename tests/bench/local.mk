# hylla-bench: figures, never part of pass or fail. `./dev bench` builds and runs it.
EXTRA_PROGRAMS += hylla-bench
hylla_bench_SOURCES = \
	tests/bench/bench.h tests/bench/bench_desk.c tests/bench/bench_device.c tests/bench/bench_push.c \
	tests/bench/desk.c tests/bench/desk.h tests/bench/desk_page.c tests/bench/desk_rest.c tests/bench/desk_walk.c \
	tests/bench/bench_scep.c tests/bench/bench_size.c tests/bench/load.c tests/bench/main.c tests/bench/postgres.c tests/bench/postgres.h \
	tests/bench/server.c server/conf_keys.c server/establish.c server/house.c server/house_take.c
hylla_bench_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
hylla_bench_LDADD = $(BENCH_RAW_LIBS) $(FAKE_LIBS) $(WEB_LIBS)
hylla_bench_SOURCES += tests/bench/bench_ade.c
hylla_bench_SOURCES += tests/bench/bench_desired.c
hylla_bench_SOURCES += tests/bench/bench_fleet.c
hylla_bench_SOURCES += tests/bench/bench_renew.c
# years pass in a second
EXTRA_hylla_bench_DEPENDENCIES = tests/flow/shift_clock.so
