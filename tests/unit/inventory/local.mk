inventory_tests = \
	tests/unit/inventory/test_check \
	tests/unit/inventory/test_code_msg \
	tests/unit/inventory/test_fields \
	tests/unit/inventory/test_gs1_msg \
	tests/unit/inventory/test_history_db \
	tests/unit/inventory/test_import \
	tests/unit/inventory/test_kit \
	tests/unit/inventory/test_photo_msg \
	tests/unit/inventory/test_search tests/unit/inventory/test_catalogue \
	tests/unit/inventory/test_task_db \
	tests/unit/inventory/test_things \
	tests/unit/inventory/test_unit \
	tests/unit/inventory/test_unit_list \
	tests/unit/inventory/test_unit_rules
inventory_tests += tests/unit/inventory/test_contact_rules tests/unit/inventory/test_loan_contact tests/unit/inventory/test_loan_reminder tests/unit/inventory/test_reason_rules
inventory_tests += tests/unit/inventory/test_unit_duty tests/unit/inventory/test_return tests/unit/inventory/test_return_db \
	tests/unit/inventory/test_return_rules tests/unit/inventory/test_return_clean
circulation_tests = tests/unit/inventory/test_refused tests/unit/inventory/test_loan tests/unit/inventory/test_loan_model \
	tests/unit/inventory/test_price tests/unit/inventory/test_agreement_keep tests/unit/inventory/test_agreement_days tests/unit/inventory/test_agreement_words tests/unit/inventory/test_rule_rules tests/unit/inventory/test_rule_try tests/unit/inventory/test_loan_msg tests/unit/inventory/test_hold tests/unit/inventory/test_home tests/unit/inventory/test_idle tests/unit/inventory/test_scan_rules \
	tests/unit/inventory/test_scan tests/unit/inventory/test_desk_how tests/unit/inventory/test_desk_place tests/unit/inventory/test_scan_meant
inventory_tests += $(circulation_tests)
inventory_tests += tests/unit/inventory/test_assigned tests/unit/inventory/test_loan_replace tests/unit/inventory/test_loan_swap tests/unit/inventory/test_labels tests/unit/inventory/test_maker_label tests/unit/inventory/test_layout tests/unit/inventory/test_layout_words \
	tests/unit/inventory/test_stat_db \
	tests/unit/inventory/test_stat_rules
inventory_tests += tests/unit/inventory/test_loan_lease
inventory_tests += tests/unit/inventory/test_loan_zone tests/unit/inventory/test_loan_sign
inventory_tests += tests/unit/inventory/test_loan_list
inventory_tests += tests/unit/inventory/test_delivery tests/unit/inventory/test_import_past \
	tests/unit/inventory/test_sheet_msg
inventory_tests += tests/unit/inventory/test_handout tests/unit/inventory/test_handout_rules \
	tests/unit/inventory/test_handout_choose tests/unit/inventory/test_seats
if HAVE_CRITERION
check_PROGRAMS += $(inventory_tests)
TESTS += $(inventory_tests)
endif
EXTRA_DIST += tests/unit/inventory/shelf.h tests/unit/inventory/counter.h tests/unit/inventory/model.h tests/unit/inventory/model_end.h tests/unit/inventory/model_hold.h tests/unit/inventory/model_lists.h tests/unit/inventory/model_papers.h tests/unit/inventory/model_swap.h tests/unit/inventory/planned.h \
	tests/unit/inventory/papers.h tests/unit/inventory/by_hand.h tests/unit/inventory/shelf_mdm.h
inventory_test_cppflags = $(AM_CPPFLAGS) $(CRITERION_CFLAGS)
inventory_test_ldadd = $(INVENTORY_LIBS) $(CRITERION_LIBS)
tests_unit_inventory_test_check_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_check_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_code_msg_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_code_msg_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_fields_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_fields_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_gs1_msg_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_gs1_msg_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_history_db_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_history_db_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_import_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_import_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_kit_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_kit_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_photo_msg_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_photo_msg_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_catalogue_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_catalogue_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_search_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_search_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_task_db_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_task_db_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_things_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_things_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_unit_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_unit_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_contact_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_contact_rules_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_reminder_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_reminder_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_reason_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_reason_rules_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_contact_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_contact_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_unit_duty_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_unit_duty_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_unit_list_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_unit_list_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_unit_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_unit_rules_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_agreement_days_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_agreement_days_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_agreement_words_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_agreement_words_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_agreement_keep_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_agreement_keep_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_price_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_price_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_rule_try_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_rule_try_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_import_past_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_import_past_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_sheet_msg_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_sheet_msg_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_delivery_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_delivery_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_list_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_list_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_sign_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_sign_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_labels_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_labels_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_maker_label_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_maker_label_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_swap_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_swap_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_lease_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_lease_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_zone_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_zone_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_return_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_return_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_return_db_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_return_db_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_return_clean_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_return_clean_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_return_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_return_rules_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_refused_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_refused_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_model_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_model_LDADD = $(inventory_test_ldadd)
inventory_agreement_tests = tests/unit/inventory/test_agreement
if HAVE_CRITERION
check_PROGRAMS += $(inventory_agreement_tests)
TESTS += $(inventory_agreement_tests)
endif
tests_unit_inventory_test_agreement_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_agreement_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_replace_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_replace_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_assigned_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_assigned_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_rule_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_rule_rules_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_loan_msg_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_loan_msg_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_handout_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_handout_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_handout_choose_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_handout_choose_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_seats_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_seats_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_handout_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_handout_rules_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_idle_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_idle_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_home_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_home_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_home_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=store_get,--wrap=store_iter_next
tests_unit_inventory_test_hold_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_hold_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_scan_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_scan_rules_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_layout_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_layout_words_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_layout_words_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_layout_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_scan_meant_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_scan_meant_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_desk_place_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_desk_place_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_desk_how_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_desk_how_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_scan_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_scan_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_stat_db_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_stat_db_LDADD = $(inventory_test_ldadd)
tests_unit_inventory_test_stat_rules_CPPFLAGS = $(inventory_test_cppflags)
tests_unit_inventory_test_stat_rules_LDADD = $(inventory_test_ldadd)
