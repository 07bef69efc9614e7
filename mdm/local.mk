# mdm: Apple's protocol.
noinst_LIBRARIES += libmdm.a
libmdm_a_SOURCES =
libmdm_a_SOURCES += mdm/mdm.h
libmdm_a_SOURCES += mdm/mdm_int.h
libmdm_a_SOURCES += mdm/plist.c
libmdm_a_SOURCES += mdm/plist_format.c
libmdm_a_SOURCES += mdm/plist_int.h
libmdm_a_SOURCES += mdm/plist_parse.c
MDM_LIBS = libmdm.a $(APNS_LIBS) $(HTTP_LIBS) $(CERTS_LIBS) $(AUDIT_LIBS) $(STORE_LIBS) $(BASE_LIBS)
