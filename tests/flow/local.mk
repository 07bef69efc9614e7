# Flow tests: the real program, real sockets, a simulated iPad and a stand-in for Apple's push.
# Those that take longest stand first.
flow_tests = tests/flow/test_browser tests/flow/test_browser_desk tests/flow/test_browser_pages tests/flow/test_ade tests/flow/test_life
flow_tests += tests/flow/test_circulation
flow_tests += tests/flow/test_lost
flow_tests += tests/flow/test_device_side
flow_tests += tests/flow/test_main_job
flow_tests += tests/flow/test_hostile
flow_tests += tests/flow/test_routes
flow_tests += tests/flow/test_sessions
flow_tests += tests/flow/test_tokens
flow_tests += tests/flow/test_two_step
flow_tests += tests/flow/test_shared_desk
flow_tests += tests/flow/test_provider
flow_tests += tests/flow/test_secrets
flow_tests += tests/flow/test_queue
flow_tests += tests/flow/test_desired
flow_tests += tests/flow/test_mailing
flow_tests += tests/flow/test_log tests/flow/test_settings
flow_tests += tests/flow/test_push
flow_tests += tests/flow/test_return tests/flow/test_renewal
flow_tests += tests/flow/test_story
flow_tests += tests/flow/test_events
flow_tests += tests/flow/test_moving
flow_tests += tests/flow/test_people
flow_tests += tests/flow/test_things tests/flow/test_lists
flow_tests += tests/flow/test_examples
flow_tests += tests/flow/test_cli
flow_tests += tests/flow/test_systemd tests/flow/test_typed tests/flow/test_demo
flow_tests += tests/flow/test_statement
if HAVE_CRITERION
check_LIBRARIES += tests/flow/libflow.a
check_PROGRAMS += $(flow_tests)
TESTS += $(flow_tests)
# Not as a dependency of X.log: that would take the place of automake's own rule for it.
check_DATA += tests/flow/shift_clock.so
endif
EXTRA_DIST += tests/flow/shift_clock.c
CLEANFILES += tests/flow/shift_clock.so
tests/flow/shift_clock.so: tests/flow/shift_clock.c
	@$(MKDIR_P) tests/flow
	$(AM_V_CCLD)$(CC) -D_GNU_SOURCE -O1 -shared -fPIC -o $@ $(srcdir)/tests/flow/shift_clock.c -ldl
tests_flow_libflow_a_SOURCES = tests/flow/browser.h tests/flow/flow.c tests/flow/flow.h tests/flow/provider.h tests/flow/suite.h
tests_flow_libflow_a_CPPFLAGS = $(flow_cppflags)
flow_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS) $(OPENSSL_CFLAGS)
flow_ldadd = tests/flow/libflow.a $(FAKE_LIBS) $(CRITERION_LIBS)
tests_flow_test_device_side_CPPFLAGS = $(flow_cppflags)
tests_flow_test_device_side_LDADD = $(flow_ldadd)
tests_flow_test_demo_CPPFLAGS = $(flow_cppflags)
tests_flow_test_demo_LDADD = $(flow_ldadd)
tests_flow_test_main_job_CPPFLAGS = $(flow_cppflags)
tests_flow_test_main_job_LDADD = $(flow_ldadd)
tests_flow_test_hostile_CPPFLAGS = $(flow_cppflags)
tests_flow_test_hostile_LDADD = $(flow_ldadd)
tests_flow_test_routes_CPPFLAGS = $(flow_cppflags)
tests_flow_test_routes_LDADD = tests/flow/libflow.a $(WEB_LIBS) $(FAKE_LIBS) $(CRITERION_LIBS)
EXTRA_DIST += tests/browser/room.mjs tests/browser/supply.mjs tests/browser/papers.mjs tests/browser/prices.mjs tests/browser/earlier.mjs tests/browser/codes.mjs
tests_flow_test_statement_CPPFLAGS = $(flow_cppflags)
tests_flow_test_statement_LDADD = $(flow_ldadd)
tests_flow_test_browser_CPPFLAGS = $(flow_cppflags)
tests_flow_test_browser_LDADD = $(flow_ldadd)
tests_flow_test_browser_desk_CPPFLAGS = $(flow_cppflags)
tests_flow_test_browser_desk_LDADD = $(flow_ldadd)
tests_flow_test_browser_pages_CPPFLAGS = $(flow_cppflags)
tests_flow_test_browser_pages_LDADD = $(flow_ldadd)
EXTRA_DIST += tests/browser/package.json tests/browser/package-lock.json tests/browser/run tests/browser/suite.mjs tests/browser/day.mjs \
	tests/browser/library.mjs tests/browser/desk.mjs tests/browser/shared.mjs \
	tests/browser/rights.mjs tests/browser/unusual.mjs tests/browser/sessions.mjs tests/browser/plain.mjs \
	tests/browser/pages.mjs tests/browser/filled.mjs tests/browser/looks.mjs tests/browser/table.mjs tests/browser/fleet.mjs tests/browser/heard.mjs tests/browser/forms.mjs
tests_flow_test_provider_CPPFLAGS = $(flow_cppflags)
tests_flow_test_provider_LDADD = $(flow_ldadd)
dist_check_SCRIPTS += tests/fake/glewlwyd
tests_flow_test_shared_desk_CPPFLAGS = $(flow_cppflags)
tests_flow_test_shared_desk_LDADD = $(flow_ldadd)
tests_flow_test_two_step_CPPFLAGS = $(flow_cppflags)
tests_flow_test_two_step_LDADD = $(flow_ldadd)
tests_flow_test_sessions_CPPFLAGS = $(flow_cppflags)
tests_flow_test_sessions_LDADD = $(flow_ldadd)
tests_flow_test_secrets_CPPFLAGS = $(flow_cppflags) $(PLIST_CFLAGS)
tests_flow_test_secrets_LDADD = $(flow_ldadd)
tests_flow_test_people_CPPFLAGS = $(flow_cppflags)
tests_flow_test_people_LDADD = $(flow_ldadd)
tests_flow_test_queue_CPPFLAGS = $(flow_cppflags)
tests_flow_test_queue_LDADD = $(flow_ldadd)
tests_flow_test_log_CPPFLAGS = $(flow_cppflags)
tests_flow_test_log_LDADD = $(flow_ldadd)
tests_flow_test_settings_CPPFLAGS = $(flow_cppflags)
tests_flow_test_settings_LDADD = $(flow_ldadd)
tests_flow_test_mailing_CPPFLAGS = $(flow_cppflags)
tests_flow_test_mailing_LDADD = $(flow_ldadd)
tests_flow_test_desired_CPPFLAGS = $(flow_cppflags)
tests_flow_test_desired_LDADD = $(flow_ldadd)
tests_flow_test_push_CPPFLAGS = $(flow_cppflags)
tests_flow_test_push_LDADD = $(flow_ldadd)
tests_flow_test_life_CPPFLAGS = $(flow_cppflags)
tests_flow_test_life_LDADD = \
	tests/flow/libflow.a $(STORE_LIBS) $(FAKE_LIBS) $(CRITERION_LIBS)
tests_flow_test_lost_CPPFLAGS = $(flow_cppflags)
tests_flow_test_lost_LDADD = $(flow_ldadd)
tests_flow_test_renewal_CPPFLAGS = $(flow_cppflags)
tests_flow_test_renewal_LDADD = $(flow_ldadd)
tests_flow_test_return_CPPFLAGS = $(flow_cppflags)
tests_flow_test_return_LDADD = $(flow_ldadd)
tests_flow_test_story_CPPFLAGS = $(flow_cppflags)
tests_flow_test_story_LDADD = $(flow_ldadd)
tests_flow_test_ade_CPPFLAGS = $(flow_cppflags)
tests_flow_test_ade_LDADD = $(flow_ldadd)
tests_flow_test_circulation_CPPFLAGS = $(flow_cppflags)
tests_flow_test_circulation_LDADD = $(flow_ldadd)
tests_flow_test_events_CPPFLAGS = $(flow_cppflags)
tests_flow_test_events_LDADD = $(flow_ldadd)
tests_flow_test_moving_CPPFLAGS = $(flow_cppflags)
tests_flow_test_moving_LDADD = tests/flow/libflow.a $(CERTS_LIBS) $(FAKE_LIBS) $(CRITERION_LIBS)
tests_flow_test_lists_CPPFLAGS = $(flow_cppflags)
tests_flow_test_lists_LDADD = tests/flow/libflow.a $(WEB_LIBS) $(FAKE_LIBS) $(CRITERION_LIBS)
tests_flow_test_things_CPPFLAGS = $(flow_cppflags)
tests_flow_test_things_LDADD = $(flow_ldadd)
tests_flow_test_tokens_CPPFLAGS = $(flow_cppflags)
tests_flow_test_tokens_LDADD = $(flow_ldadd)
tests_flow_test_cli_CPPFLAGS = $(flow_cppflags)
tests_flow_test_cli_LDADD = $(flow_ldadd)
tests_flow_test_typed_CPPFLAGS = $(flow_cppflags)
tests_flow_test_typed_LDADD = $(flow_ldadd)
tests_flow_test_systemd_CPPFLAGS = $(flow_cppflags)
tests_flow_test_systemd_LDADD = $(flow_ldadd)
tests_flow_test_examples_CPPFLAGS = $(flow_cppflags)
tests_flow_test_examples_LDADD = $(flow_ldadd)
