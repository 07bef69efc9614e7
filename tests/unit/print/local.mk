print_tests = tests/unit/print/test_qr tests/unit/print/test_pdf tests/unit/print/test_book
if HAVE_CRITERION
check_PROGRAMS += $(print_tests)
TESTS += $(print_tests)
endif
tests_unit_print_test_pdf_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_print_test_pdf_LDADD = $(PRINT_LIBS) $(CRITERION_LIBS)
tests_unit_print_test_qr_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_print_test_qr_LDADD = $(PRINT_LIBS) $(CRITERION_LIBS)
tests_unit_print_test_book_CPPFLAGS = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
tests_unit_print_test_book_LDADD = $(PRINT_LIBS) $(CRITERION_LIBS)
