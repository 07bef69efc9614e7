# web: what staff and programs reach over HTTP.
noinst_LIBRARIES += libweb.a
libweb_a_SOURCES = \
	web/account.c web/account_db.c web/account_http.c web/account_rules.c web/admit.c \
	web/api.c web/api_int.h web/ask_msg.c web/check.c web/device_doc.c web/device_http.c \
	web/docs.c web/invitation_http.c web/item_http.c web/routes.c web/say.c \
	web/session_http.c web/sign_in.c web/status_http.c web/token.c web/token_db.c web/web.h \
	web/web_int.h
WEB_LIBS = libweb.a $(INVENTORY_LIBS)
