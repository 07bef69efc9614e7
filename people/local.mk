# people: who borrows. The only room that opens personal data.
noinst_LIBRARIES += libpeople.a
libpeople_a_SOURCES = \
	people/borrower_db.c people/check.c people/contact_msg.c people/edit.c people/edit_list.c \
	people/extract.c people/group_msg.c people/identity_msg.c people/index_db.c people/look.c \
	people/name_rules.c people/notice_db.c people/people.c people/people.h \
	people/people_int.h people/policy.c people/policy_db.c people/policy_rules.c people/protocol.c people/protocol_db.c people/read.c \
	people/rekey.c people/said_db.c people/say.c people/search.c people/state.c people/sweep.c people/tend.c
PEOPLE_LIBS = libpeople.a $(AUDIT_LIBS) $(CERTS_LIBS)
