# server: main(), the command line, configuration and wiring.
bin_PROGRAMS += hylla
hylla_SOURCES = \
	server/cli.c server/cli.h server/cli_desired.c server/cli_mailing.c server/cli_device.c server/cli_device.h server/cli_device_show.c \
	server/cli_enrol.c server/cli_help.c server/cli_help.h server/cli_item.c \
	server/cli_store.c server/cli_user.c server/conf_keys.c server/demo.c server/demo.h \
	server/demo_ipads.c server/demo_push.c server/establish.c server/house.c server/house_take.c server/house.h server/listen.c \
	server/listen.h server/main.c server/serve.c server/systemd.c server/systemd.h server/town.c server/town.h server/town_int.h \
	server/town_loans.c server/town_people.c
hylla_SOURCES += server/cli_people.c server/cli_say.c server/cli_sheet.c server/cli_call.c server/cli_call.h \
	server/cli_words.c
hylla_SOURCES += server/cli_thing.c server/cli_place.c server/cli_desk.c
hylla_SOURCES += server/cli_return.c server/cli_lifeguard.c server/cli_hook.c
hylla_SOURCES += server/cli_ade.c server/cli_setting.c
hylla_SOURCES += server/cli_loan.c server/cli_handout.c server/town_plans.c server/town_life.c server/town_sign.c server/town_rules.c
hylla_SOURCES += server/cli_import.c server/cli_kv.c server/cli_kv.h
hylla_CPPFLAGS = $(AM_CPPFLAGS) $(SYSTEMD_CFLAGS)
hylla_LDADD = $(FAKE_LIBS) $(WEB_LIBS) $(SYSTEMD_LIBS)
hylla_SOURCES += server/demo_box.c server/demo_ports.c server/demo_street.c server/demo_words.c server/demo_silent.c server/town_sims.c
