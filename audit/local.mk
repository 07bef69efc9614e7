# audit: who did what, as a chain of hashes.
noinst_LIBRARIES += libaudit.a
libaudit_a_SOURCES = audit/acts.c audit/audit.c audit/audit.h audit/audit_db.c audit/audit_int.h \
	audit/audit_layout.c audit/audit_list.c audit/clock.c audit/clock_rules.c
AUDIT_LIBS = libaudit.a $(STORE_LIBS)
