# The stand-in for Apple's push service, part of libfake.a.
libfake_a_SOURCES += \
	tests/fake/push_service.c tests/fake/push_service.h tests/fake/push_service_certs.c \
	tests/fake/push_service_check.c tests/fake/push_service_conn.c \
	tests/fake/push_service_int.h
libfake_a_CPPFLAGS += $(NGHTTP2_CFLAGS)
FAKE_LIBS += $(NGHTTP2_LIBS)
