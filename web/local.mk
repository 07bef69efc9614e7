# web: what staff and programs reach over HTTP.
noinst_LIBRARIES += libweb.a
libweb_a_SOURCES = \
	web/account.c web/account_db.c web/account_http.c web/account_rules.c web/admit.c \
	web/api.c web/api_int.h web/ask_msg.c web/check.c web/device_doc.c web/device_http.c \
	web/docs.c web/invitation_http.c web/item_http.c web/locate.c web/page.c web/page_http.c \
	web/page_say.c web/promise_doc.c web/routes.c web/say.c \
	web/session_http.c web/sign_in.c web/status_http.c web/token.c web/token_db.c web/web.h \
	web/web_int.h
# Templates and what they load, built into the program.
web_page_files = web/pages/error.mustache web/pages/hylla.css \
	web/pages/layout.mustache web/pages/promise.mustache
nodist_libweb_a_SOURCES = web/page_files.c
EXTRA_DIST += $(web_page_files)
CLEANFILES += web/page_files.c
web/page_files.c: $(web_page_files) tools/embed
	$(AM_V_GEN)$(MKDIR_P) web && \
	(cd $(srcdir) && $(SHELL) tools/embed web_files $(web_page_files)) >$@.tmp && mv $@.tmp $@
WEB_LIBS = libweb.a $(INVENTORY_LIBS)
