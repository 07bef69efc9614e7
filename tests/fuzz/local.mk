# Each parser of bytes from outside has a target here, tests/fuzz/fuzz_X.c, and a corpus in
# tests/data/fuzz/X/. `make check` replays the corpora; configured with --enable-fuzzers the same
# targets are linked with libFuzzer instead (./dev fuzz SECONDS X).
#
# To add one: name it in fuzz_targets and say what it links after $(FUZZ_MAIN).
fuzz_targets = \
	tests/fuzz/fuzz_ade \
	tests/fuzz/fuzz_apns_answer \
	tests/fuzz/fuzz_base64 \
	tests/fuzz/fuzz_bolt \
	tests/fuzz/fuzz_checkin \
	tests/fuzz/fuzz_cms \
	tests/fuzz/fuzz_conf \
	tests/fuzz/fuzz_csv \
	tests/fuzz/fuzz_desk \
	tests/fuzz/fuzz_doc \
	tests/fuzz/fuzz_form \
	tests/fuzz/fuzz_forwarded \
	tests/fuzz/fuzz_ink \
	tests/fuzz/fuzz_media \
	tests/fuzz/fuzz_moving \
	tests/fuzz/fuzz_multipart \
	tests/fuzz/fuzz_mustache \
	tests/fuzz/fuzz_oidc \
	tests/fuzz/fuzz_p12 \
	tests/fuzz/fuzz_percent \
	tests/fuzz/fuzz_people \
	tests/fuzz/fuzz_picture \
	tests/fuzz/fuzz_plist \
	tests/fuzz/fuzz_proxy_header \
	tests/fuzz/fuzz_raw \
	tests/fuzz/fuzz_rec \
	tests/fuzz/fuzz_result \
	tests/fuzz/fuzz_route \
	tests/fuzz/fuzz_scan \
	tests/fuzz/fuzz_scep \
	tests/fuzz/fuzz_sheet \
	tests/fuzz/fuzz_sql \
	tests/fuzz/fuzz_status \
	tests/fuzz/fuzz_store_pages \
	tests/fuzz/fuzz_xml
check_PROGRAMS += $(fuzz_targets)
if FUZZERS
FUZZ_MAIN = $(FUZZ_ENGINE)
else
FUZZ_MAIN = tests/fuzz/libreplay.a
check_LIBRARIES += tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h
TESTS += $(fuzz_targets)
endif
EXTRA_DIST += tests/data/fuzz

tests_fuzz_fuzz_apns_answer_LDADD = $(FUZZ_MAIN) $(APNS_LIBS)
tests_fuzz_fuzz_base64_LDADD = $(FUZZ_MAIN) $(BASE_LIBS)
tests_fuzz_fuzz_conf_LDADD = $(FUZZ_MAIN) $(BASE_LIBS)
tests_fuzz_fuzz_csv_LDADD = $(FUZZ_MAIN) $(BASE_LIBS)
tests_fuzz_fuzz_oidc_LDADD = $(FUZZ_MAIN) $(WEB_LIBS)
tests_fuzz_fuzz_picture_LDADD = $(FUZZ_MAIN) $(INVENTORY_LIBS)
tests_fuzz_fuzz_scan_LDADD = $(FUZZ_MAIN) $(INVENTORY_LIBS)
tests_fuzz_fuzz_sheet_LDADD = $(FUZZ_MAIN) $(INVENTORY_LIBS)
tests_fuzz_fuzz_doc_LDADD = $(FUZZ_MAIN) $(BASE_LIBS)
tests_fuzz_fuzz_rec_LDADD = $(FUZZ_MAIN) $(BASE_LIBS)
tests_fuzz_fuzz_xml_LDADD = $(FUZZ_MAIN) $(BASE_LIBS)
tests_fuzz_fuzz_form_LDADD = $(FUZZ_MAIN) $(HTTP_LIBS)
tests_fuzz_fuzz_multipart_LDADD = $(FUZZ_MAIN) $(HTTP_LIBS)
tests_fuzz_fuzz_forwarded_LDADD = $(FUZZ_MAIN) $(HTTP_LIBS)
tests_fuzz_fuzz_mustache_LDADD = $(FUZZ_MAIN) $(HTTP_LIBS)
tests_fuzz_fuzz_percent_LDADD = $(FUZZ_MAIN) $(HTTP_LIBS)
tests_fuzz_fuzz_route_LDADD = $(FUZZ_MAIN) $(HTTP_LIBS)
tests_fuzz_fuzz_store_pages_CPPFLAGS = $(AM_CPPFLAGS) $(LMDB_CFLAGS)
tests_fuzz_fuzz_store_pages_LDADD = $(FUZZ_MAIN) $(STORE_LIBS)
tests_fuzz_fuzz_checkin_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_plist_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
EXTRA_DIST += tests/fuzz/bend.h
tests_fuzz_fuzz_cms_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_fuzz_fuzz_cms_LDADD = $(FUZZ_MAIN) $(CERTS_CLIENT_LIBS)
tests_fuzz_fuzz_p12_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_fuzz_fuzz_p12_LDADD = $(FUZZ_MAIN) $(CERTS_CLIENT_LIBS)
tests_fuzz_fuzz_scep_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_fuzz_fuzz_scep_LDADD = $(FUZZ_MAIN) $(CERTS_CLIENT_LIBS)
tests_fuzz_fuzz_ink_LDADD = $(FUZZ_MAIN) $(PRINT_LIBS)
tests_fuzz_fuzz_people_LDADD = $(FUZZ_MAIN) $(PEOPLE_LIBS)
tests_fuzz_fuzz_proxy_header_LDADD = $(FUZZ_MAIN) $(CERTS_LIBS)
tests_fuzz_fuzz_raw_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_result_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_status_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_ade_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_media_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_bolt_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_moving_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_sql_LDADD = $(FUZZ_MAIN) $(MDM_LIBS)
tests_fuzz_fuzz_desk_LDADD = $(FUZZ_MAIN) $(INVENTORY_LIBS)
