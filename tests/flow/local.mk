# Flow tests: the real program, real sockets, a simulated iPad and a stand-in for Apple's push.
flow_tests = tests/flow/test_device_side tests/flow/test_main_job
if HAVE_CRITERION
check_LIBRARIES += tests/flow/libflow.a
check_PROGRAMS += $(flow_tests)
TESTS += $(flow_tests)
tests/flow/test_main_job.log: hylla$(EXEEXT)
tests/flow/test_device_side.log: hylla$(EXEEXT)
endif
tests_flow_libflow_a_SOURCES = tests/flow/flow.c tests/flow/flow.h
tests_flow_libflow_a_CPPFLAGS = $(flow_cppflags)
flow_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(OPENSSL_CFLAGS)
flow_ldadd = tests/flow/libflow.a $(FAKE_LIBS) $(CRITERION_LIBS)
tests_flow_test_main_job_CPPFLAGS = $(flow_cppflags)
tests_flow_test_main_job_LDADD = $(flow_ldadd)
tests_flow_test_device_side_CPPFLAGS = $(flow_cppflags)
tests_flow_test_device_side_LDADD = $(flow_ldadd)
