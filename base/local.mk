# base: memory, text, time, log, config, JSON, XML, records: no Apple and no lending in it.
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	base/base64.c base/bolt.c base/bolt.h base/buf.c base/buf.h base/bytes.h base/clock.c base/clock.h base/conf.c \
	base/conf.h base/csv.c base/day.c base/day.h base/digest.c base/digest.h base/doc.c base/doc.h base/err.c \
	base/err.h base/file.c base/file.h base/fold.c base/fold.h base/holiday.c base/log.c base/log.h base/mem.c base/mem.h base/packed.c base/packed.h base/metric.c \
	base/metric.h base/random.c base/random.h \
	base/rec.c base/rec.h base/say.c base/say.h base/sql_dump.c base/sql_dump.h base/sql_int.h base/sql_lex.c base/text.c base/text.h base/xml.c base/xml.h base/xml_int.h \
	base/xml_plain.c base/money.c base/money.h base/when.c base/when.h
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(LIBXML_CFLAGS) $(JANSSON_CFLAGS) $(INIH_CFLAGS) \
	$(ICU_CFLAGS) $(LIBZIP_CFLAGS)
BASE_LIBS = libbase.a $(LIBXML_LIBS) $(JANSSON_LIBS) $(INIH_LIBS) $(ICU_LIBS) $(LIBZIP_LIBS)
