# web: what staff and programs reach over HTTP.
noinst_LIBRARIES += libweb.a
libweb_a_SOURCES = \
	web/account.c web/account_db.c web/account_http.c web/account_rules.c web/admit.c \
	web/api.c web/call.c web/api_int.h web/ask_msg.c web/check.c web/desired.c web/desired_doc.c web/desired_http.c web/device_doc.c web/report_doc.c web/device_http.c \
	web/color_say.c web/docs.c web/face.c web/frame.c web/invitation_http.c web/event_say.c web/look_mail.c web/lost.c web/mailing.c web/mailing_http.c web/item_http.c web/locate.c \
	web/page.c web/page_http.c web/page_int.h web/page_texts.c web/pages.c web/network_db.c \
	web/form_late.c web/promise_doc.c web/routes.c web/say.c web/session_http.c web/session_rules.c \
	web/sign_in.c web/start_http.c web/status_http.c web/token.c web/token_db.c web/web.h \
	web/web_int.h web/when.c
libweb_a_SOURCES += web/audit_face.c web/audit_http.c
libweb_a_SOURCES += web/live.c web/wanted_face.c web/wanted_home.c web/wanted_http.c web/wanted_int.h web/wanted_net.c web/wanted_rules.c web/mailing_face.c web/mailing_preview.c web/return_face.c web/device_page_http.c web/push_http.c
libweb_a_SOURCES += web/setting.c web/setting_face.c web/setting_http.c web/setting_int.h web/setting_preview.c
libweb_a_SOURCES += web/rule_face.c web/rule_form.c web/wording_face.c
libweb_a_SOURCES += web/ade_doc.c web/ade_http.c
libweb_a_SOURCES += web/scope_int.h web/scope_rules.c web/scope_say.c
libweb_a_SOURCES += web/return_doc.c web/return_http.c
libweb_a_SOURCES += web/desk_lend_http.c web/agreement_face.c web/agreement_http.c
libweb_a_SOURCES += web/people_face.c web/people_http.c web/people_rule_http.c
libweb_a_SOURCES += web/borrower_int.h web/borrower_consents_http.c web/borrower_due_http.c web/borrower_erase_http.c \
	web/borrower_extract_http.c
libweb_a_SOURCES += web/alarm.c web/alarm_db.c web/alarm_msg.c web/lifeguard.c \
	web/lifeguard_http.c web/lifeguard_rules.c web/worker.c
libweb_a_SOURCES += web/device_face.c web/fleet.c web/fleet_http.c web/form_http.c web/accessibility_http.c web/guess_db.c web/table.c
libweb_a_SOURCES += web/event_int.h web/event_msg.c web/hook.c web/hook_count.c web/hook_db.c web/hook_doc.c web/hook_http.c \
	web/news.c web/news_db.c web/events_http.c web/moving.c web/moving_http.c
libweb_a_SOURCES += web/shown_http.c
libweb_a_SOURCES += web/account_list.c web/fleet_list.c web/hook_list.c web/rule_list.c
libweb_a_SOURCES += web/idle_list.c
libweb_a_SOURCES += web/catalogue_http.c web/fault_http.c web/fault_list.c web/loan_calls.c web/import_http.c web/lease_face.c web/lease_http.c web/delivery_face.c web/delivery_http.c web/sim_http.c web/supply_list.c web/task_list.c web/thing_doc.c web/thing_http.c web/thing_list.c \
	web/thing_int.h web/thing_msg.c
libweb_a_SOURCES += web/sign_in_int.h web/sign_in_rules_db.c \
	web/sign_in_rules_http.c web/sign_in_say.c web/totp.c web/totp_db.c \
	web/totp_http.c web/totp_rules.c
libweb_a_SOURCES += web/session_begin_http.c web/kept.c web/kept_db.c web/pin.c web/pin_http.c web/pin_int.h web/pin_rules.c web/station_db.c
libweb_a_SOURCES += web/oidc.c web/oidc_account.c web/oidc_http.c web/oidc_int.h web/oidc_msg.c web/oidc_rules.c
# lists and figures
libweb_a_SOURCES += web/chosen_http.c web/find_http.c web/find_int.h web/find_lists.c web/find_rules.c web/find_states.c web/item_list_http.c web/list.c web/list_int.h web/listed_face.c web/listed_http.c web/listed_int.h web/sift_rules.c \
	web/guide_http.c web/guide_int.h web/start_int.h web/start_people.c web/stat_face.c web/stat_http.c
libweb_a_SOURCES += web/rating_http.c web/handout_doc.c web/handout_face.c web/handout_list.c web/handout_http.c web/seats_http.c web/handout_int.h
libweb_a_SOURCES += web/form.c web/form_int.h web/hold_face.c web/hold_list.c web/item_face.c web/item_form.c web/label_http.c \
	web/part_http.c web/fault_face.c web/photo_face.c web/place_face.c web/sim_face.c web/price_face.c web/price_http.c web/price_versions_http.c web/price_int.h web/product_face.c web/product_form.c web/product_int.h
# Templates and what they load, built into the program.
web_page_files = \
	web/pages/accessibility.mustache \
	web/pages/catalogue.mustache web/pages/catalogue-product.mustache web/pages/shown-home.mustache web/pages/idle.mustache web/pages/idle-products.mustache \
	web/pages/account-password.mustache \
	web/pages/accounts.mustache \
	web/pages/asked.mustache \
	web/pages/audit.mustache \
	web/pages/barcode.js \
	web/pages/borrower-consents.mustache \
	web/pages/borrower-erase.mustache \
	web/pages/borrower-extract.mustache \
	web/pages/borrower-extract-ask.mustache \
	web/pages/borrower-fields.mustache \
	web/pages/borrower-new.mustache \
	web/pages/borrower-thing.mustache \
	web/pages/borrower.mustache \
	web/pages/borrowers.mustache \
	web/pages/cell.mustache \
	web/pages/calls.mustache web/pages/late-calls.mustache web/pages/late-call.mustache \
	web/pages/camera.js \
	web/pages/components.mustache \
	web/pages/delivery.mustache \
	web/pages/deliveries.mustache \
	web/pages/import.mustache \
	web/pages/import-look.mustache \
	web/pages/imported.mustache \
	web/pages/imports.mustache \
	web/pages/lease.mustache \
	web/pages/leases.mustache \
	web/pages/desk.js \
	web/pages/desk-place.mustache web/pages/desk.mustache \
	web/pages/device.mustache \
	web/pages/devices.mustache \
	web/pages/erasure-list.mustache \
	web/pages/error.mustache \
	web/pages/facts.mustache \
	web/pages/fault.mustache \
	web/pages/faults.mustache \
	web/pages/find.mustache \
	web/pages/form.mustache \
	web/pages/found.mustache \
	web/pages/handout-lines.mustache \
	web/pages/handout.mustache \
	web/pages/handouts.mustache \
	web/pages/handout-seats.mustache \
	web/pages/help.mustache \
	web/pages/holds.mustache \
	web/pages/hylla.css \
	web/pages/hylla.js \
	web/pages/inputs.mustache \
	web/pages/item-parts.mustache \
	web/pages/item.mustache \
	web/pages/items.mustache \
	web/pages/labels.mustache \
	web/pages/layout.mustache \
	web/pages/lifeguard.mustache \
	web/pages/loan-lost.mustache \
	web/pages/later.js \
	web/pages/lock.js \
	web/pages/locked.mustache \
	web/pages/pin.mustache \
	web/pages/resume.mustache \
	web/pages/loan.mustache \
	web/pages/loans.mustache \
	web/pages/lost-now.mustache \
	web/pages/lost-preview.mustache \
	web/pages/lost.mustache \
	web/pages/marks.mustache \
	web/pages/notice.mustache \
	web/pages/notices.mustache \
	web/pages/password.mustache \
	web/pages/photos.mustache \
	web/pages/place-week.mustache \
	web/pages/place.mustache \
	web/pages/places.mustache \
	web/pages/problem.mustache \
	web/pages/product-parts.mustache \
	web/pages/product.mustache \
	web/pages/price-preview.mustache \
	web/pages/price-version.mustache \
	web/pages/price-versions.mustache \
	web/pages/prices.mustache \
	web/pages/products.mustache \
	web/pages/promise.mustache \
	web/pages/protected-looks.mustache \
	web/pages/retention.mustache \
	web/pages/returned.mustache \
	web/pages/roles.mustache \
	web/pages/sessions.mustache \
	web/pages/setting-input.mustache \
	web/pages/setting-preview.mustache \
	web/pages/setting.mustache \
	web/pages/settings.mustache \
	web/pages/side.mustache \
	web/pages/sign-in-code.mustache \
	web/pages/sign-in.mustache \
	web/pages/sift.mustache \
	web/pages/sign.js \
	web/pages/signed-in.mustache \
	web/pages/signed-out.mustache \
	web/pages/sign.mustache \
	web/pages/sim.mustache \
	web/pages/sims.mustache \
	web/pages/says.mustache \
	web/pages/wording.mustache \
	web/pages/wordings.mustache \
	web/pages/loan-rules.mustache \
	web/pages/loan-rule.mustache \
	web/pages/rows.mustache \
	web/pages/rule-preview.mustache \
	web/pages/rule-try.mustache \
	web/pages/start.mustache \
	web/pages/story.mustache \
	web/pages/task-acts.mustache \
	web/pages/task-help.mustache \
	web/pages/task.mustache \
	web/pages/tasks.mustache \
	web/pages/token-word.mustache \
	web/pages/token.mustache \
	web/pages/tokens.mustache \
	web/pages/transfers.mustache \
	web/pages/troubles.mustache \
	web/pages/two-step-codes.mustache \
	web/pages/two-step.mustache \
	web/pages/waits.mustache \
	web/pages/when.mustache
# of lists and figures
web_page_files += \
	web/pages/bars.mustache \
	web/pages/chosen-done.mustache \
	web/pages/chosen.mustache \
	web/pages/guide-steps.mustache \
	web/pages/guide.mustache \
	web/pages/start-lines.mustache \
	web/pages/list-foot.mustache \
	web/pages/statistics.mustache
# of the fleet
web_page_files += \
	web/pages/ade-device.mustache \
	web/pages/ade.mustache \
	web/pages/desired.mustache \
	web/pages/device-erase.mustache \
	web/pages/device-locate.mustache \
	web/pages/device-location.mustache \
	web/pages/device-lock.mustache \
	web/pages/device-raw.mustache \
	web/pages/group.mustache \
	web/pages/groups.mustache \
	web/pages/invitation.mustache \
	web/pages/invitations.mustache \
	web/pages/mailing-new.mustache \
	web/pages/mailing-preview.mustache \
	web/pages/mailing.mustache \
	web/pages/mailings.mustache \
	web/pages/media.mustache \
	web/pages/preset-done.mustache \
	web/pages/preset.mustache \
	web/pages/push-certificate.mustache \
	web/pages/return.mustache \
	web/pages/returns.mustache \
	web/pages/want-form.mustache \
	web/pages/want-items.mustache \
	web/pages/want.mustache \
	web/pages/webhook-secret.mustache \
	web/pages/webhook.mustache \
	web/pages/webhooks.mustache
web_catalogues = po/sv.po po/fi.po po/en.po
nodist_libweb_a_SOURCES = web/page_files.c web/texts.c
EXTRA_DIST += $(web_page_files) $(web_catalogues) tools/po
CLEANFILES += web/page_files.c web/texts.c
web/texts.c: $(web_catalogues) tools/po
	$(AM_V_GEN)$(MKDIR_P) web && \
	(cd $(srcdir) && $(SHELL) tools/po $(web_catalogues)) >$@.tmp && mv $@.tmp $@
web/page_files.c: $(web_page_files) tools/embed
	$(AM_V_GEN)$(MKDIR_P) web && \
	(cd $(srcdir) && $(SHELL) tools/embed web_files $(web_page_files)) >$@.tmp && mv $@.tmp $@
WEB_LIBS = libweb.a $(INVENTORY_LIBS) $(NET_LIBS)
libweb_a_SOURCES += web/circulation_doc.c web/circulation_http.c web/circulation_int.h web/desk_how_http.c web/desk_http.c web/desk_place_http.c \
	web/hold_http.c web/loan_end_http.c web/loan_face.c web/loan_http.c web/loan_line_face.c web/loan_list.c web/rule_http.c
# Signing in beyond the password.
web_sign_in_tests = tests/unit/web/test_pin tests/unit/web/test_pin_rules tests/unit/web/test_oidc tests/unit/web/test_oidc_msg \
	tests/unit/web/test_oidc_rules tests/unit/web/test_scope_rules tests/unit/web/test_totp tests/unit/web/test_totp_rules
if HAVE_CRITERION
check_PROGRAMS += $(web_sign_in_tests)
TESTS += $(web_sign_in_tests)
endif
tests_unit_web_test_pin_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_pin_LDADD = $(web_watch_ldadd)
tests_unit_web_test_pin_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_pin_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_oidc_CPPFLAGS = $(web_test_cppflags) $(OPENSSL_CFLAGS)
tests_unit_web_test_oidc_LDADD = $(web_watch_ldadd)
tests_unit_web_test_oidc_msg_CPPFLAGS = $(web_test_cppflags) $(OPENSSL_CFLAGS)
tests_unit_web_test_oidc_msg_LDADD = $(web_watch_ldadd)
tests_unit_web_test_oidc_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_oidc_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_scope_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_scope_rules_LDADD = $(web_test_ldadd)
tests_unit_web_test_totp_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_totp_LDADD = $(web_watch_ldadd)
tests_unit_web_test_totp_rules_CPPFLAGS = $(web_test_cppflags)
tests_unit_web_test_totp_rules_LDADD = $(web_test_ldadd)
