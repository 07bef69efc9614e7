# web: what staff and programs reach over HTTP.
noinst_LIBRARIES += libweb.a
libweb_a_SOURCES = \
	web/account.c web/account_db.c web/account_rules.c web/admit.c web/api.c web/api_admin.c \
	web/api_device.c web/api_int.h web/api_item.c web/ask_doc.c web/check.c web/docs.c \
	web/routes.c web/say.c web/sign_in.c web/token.c web/token_db.c web/web.h web/web_int.h
WEB_LIBS = libweb.a $(INVENTORY_LIBS)
