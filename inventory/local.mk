# inventory: things and loans.
noinst_LIBRARIES += libinventory.a
libinventory_a_SOURCES = \
	inventory/check.c inventory/code_db.c inventory/code_msg.c inventory/device.c \
	inventory/gs1_msg.c inventory/history_db.c inventory/import.c inventory/import_msg.c \
	inventory/inventory.c inventory/inventory.h inventory/inventory_int.h \
	inventory/kit_db.c inventory/names.c inventory/place_db.c inventory/product.c \
	inventory/product_db.c inventory/record.c inventory/say.c inventory/say_things.c \
	inventory/task_db.c inventory/things.h inventory/unit.c inventory/unit_db.c \
	inventory/unit_index.c inventory/unit_rules.c inventory/word_db.c
libinventory_a_SOURCES += inventory/return.c inventory/return_db.c inventory/return_rules.c \
	inventory/return_say.c
INVENTORY_LIBS = libinventory.a $(PEOPLE_LIBS) $(PRINT_LIBS) $(MDM_LIBS)
