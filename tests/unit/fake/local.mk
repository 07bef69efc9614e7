fake_tests =
fake_tests += tests/unit/fake/test_fleet
fake_tests += tests/unit/fake/test_http_client
fake_tests += tests/unit/fake/test_ipad_answer
fake_tests += tests/unit/fake/test_ipad_enrol
fake_tests += tests/unit/fake/test_ipad_session
fake_tests += tests/unit/fake/test_ipad_sign
fake_tests += tests/unit/fake/test_ipad_wire
if HAVE_CRITERION
check_PROGRAMS += $(fake_tests)
TESTS += $(fake_tests)
endif
fake_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(OPENSSL_CFLAGS) $(PLIST_CFLAGS)
fake_test_office = tests/unit/fake/office.c tests/unit/fake/office.h
fake_test_script = tests/unit/fake/script.c tests/unit/fake/script.h
tests_unit_fake_test_fleet_SOURCES = tests/unit/fake/test_fleet.c \
	$(fake_test_office)
tests_unit_fake_test_fleet_CPPFLAGS = $(fake_test_cppflags)
tests_unit_fake_test_fleet_LDADD = $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_fake_test_http_client_SOURCES = tests/unit/fake/test_http_client.c \
	$(fake_test_script)
tests_unit_fake_test_http_client_CPPFLAGS = $(fake_test_cppflags)
tests_unit_fake_test_http_client_LDADD = $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_fake_test_ipad_answer_SOURCES = tests/unit/fake/test_ipad_answer.c \
	$(fake_test_office)
tests_unit_fake_test_ipad_answer_CPPFLAGS = $(fake_test_cppflags)
tests_unit_fake_test_ipad_answer_LDADD = $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_fake_test_ipad_enrol_SOURCES = tests/unit/fake/test_ipad_enrol.c \
	$(fake_test_office)
tests_unit_fake_test_ipad_enrol_CPPFLAGS = $(fake_test_cppflags)
tests_unit_fake_test_ipad_enrol_LDADD = $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_fake_test_ipad_session_SOURCES = tests/unit/fake/test_ipad_session.c \
	$(fake_test_office)
tests_unit_fake_test_ipad_session_CPPFLAGS = $(fake_test_cppflags)
tests_unit_fake_test_ipad_session_LDADD = $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_fake_test_ipad_sign_SOURCES = tests/unit/fake/test_ipad_sign.c \
	$(fake_test_office)
tests_unit_fake_test_ipad_sign_CPPFLAGS = $(fake_test_cppflags)
tests_unit_fake_test_ipad_sign_LDADD = $(FAKE_LIBS) $(CRITERION_LIBS)
tests_unit_fake_test_ipad_wire_SOURCES = tests/unit/fake/test_ipad_wire.c \
	$(fake_test_office) $(fake_test_script)
tests_unit_fake_test_ipad_wire_CPPFLAGS = $(fake_test_cppflags)
tests_unit_fake_test_ipad_wire_LDADD = $(FAKE_LIBS) $(CRITERION_LIBS)
