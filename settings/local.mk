# settings: what staff change while the server runs.
noinst_LIBRARIES += libsettings.a
libsettings_a_SOURCES = settings/check.c settings/say.c settings/setting_db.c settings/settings.c \
	settings/settings.h settings/settings_int.h settings/table.c settings/value_rules.c
SETTINGS_LIBS = libsettings.a $(AUDIT_LIBS)
