# inventory: things and loans.
circulation_sources = \
	inventory/stat_check.c inventory/stat_db.c inventory/stat_rules.c inventory/calendar.c inventory/calendar_rules.c inventory/circulation.h inventory/desk.c inventory/desk_how.c inventory/desk_place.c \
	inventory/circulation_int.h inventory/hold.c inventory/hold_check.c inventory/hold_db.c \
	inventory/handout.c inventory/handout.h inventory/handout_db.c inventory/handout_int.h inventory/handout_ready.c inventory/handout_rules.c inventory/seats.c inventory/seats_db.c \
	inventory/hold_free.c inventory/hold_pick.c inventory/hold_rules.c inventory/contact_rules.c inventory/reason_rules.c inventory/loan_change.c inventory/loan_contact.c inventory/loan_reminder.c inventory/loan_check.c inventory/loan_db.c \
	inventory/loan_follow.c inventory/loan_in.c inventory/loan_index_db.c inventory/loan_list.c \
	inventory/loan_lease.c inventory/loan_look.c inventory/loan_out_int.h inventory/loan_msg.c inventory/loan_out.c inventory/loan_rules.c inventory/loan_say.c \
	inventory/loan_tend.c inventory/loan_undo.c inventory/loan_undo_db.c inventory/loan_undo_hold.c inventory/loan_work.c inventory/loan_zone.c \
	inventory/rule.c inventory/rule_db.c inventory/rule_rules.c inventory/rule_try.c inventory/scan.c \
	inventory/scan_act.c inventory/scan_again.c inventory/scan_answer_db.c \
	inventory/scan_db.c inventory/scan_find.c inventory/scan_meant.c inventory/scan_int.h inventory/scan_no.c \
	inventory/scan_rules.c inventory/scan_say.c
noinst_LIBRARIES += libinventory.a
libinventory_a_SOURCES = \
	inventory/catalogue.c inventory/catalogue_help.c inventory/catalogue_int.h inventory/check.c inventory/check_things.c inventory/code_db.c \
	inventory/code_msg.c inventory/delivery.c inventory/device.c inventory/fault.c inventory/fields.c \
	inventory/gs1_msg.c inventory/history_db.c inventory/import.c inventory/import_msg.c inventory/import_past.c \
	inventory/inventory.c inventory/inventory.h inventory/inventory_int.h inventory/job.c \
	inventory/kit.c inventory/kit_db.c inventory/demo.c inventory/layout.c inventory/lease.c inventory/names.c \
	inventory/notice.c inventory/notice_rules.c inventory/photo_db.c inventory/photo_msg.c inventory/place.c \
	inventory/place_db.c inventory/price.c inventory/price.h inventory/price_check.c inventory/price_db.c inventory/price_int.h inventory/price_say.c inventory/price_table.c inventory/product.c inventory/product_db.c inventory/record.c \
	inventory/say.c inventory/say_things.c inventory/sheet_msg.c inventory/search.c inventory/sim.c \
	inventory/task_db.c inventory/things.h inventory/transfer.c inventory/unit.c \
	inventory/unit_code.c inventory/unit_db.c inventory/unit_duty.c inventory/unit_index.c inventory/unit_list.c inventory/unit_rules.c inventory/unit_tally.c \
	inventory/word_db.c inventory/zone_keep.c
libinventory_a_SOURCES += inventory/assigned.c inventory/loan_replace.c
libinventory_a_SOURCES += inventory/hold_claim_db.c inventory/home.c inventory/idle.c
libinventory_a_SOURCES += inventory/return.c inventory/return_clean.c inventory/return_db.c inventory/return_rules.c \
	inventory/return_say.c
libinventory_a_SOURCES += $(circulation_sources)
libinventory_a_SOURCES += \
	inventory/agreement.c inventory/agreement_keep.c inventory/agreement_say.c inventory/agreement.h inventory/figures.h \
	inventory/contact.h inventory/hold.h inventory/return.h inventory/scan.h inventory/agreement_db.c \
	inventory/agreement_int.h inventory/agreement_loan.c inventory/agreement_msg.c inventory/agreement_paper.c \
	inventory/agreement_days.c inventory/agreement_preview.c inventory/agreement_sheet.c inventory/agreement_start.c inventory/agreement_void.c inventory/agreement_words.c
INVENTORY_LIBS = libinventory.a $(SETTINGS_LIBS) $(PEOPLE_LIBS) $(PRINT_LIBS) $(MDM_LIBS)
