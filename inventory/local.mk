# inventory: things and loans.
noinst_LIBRARIES += libinventory.a
libinventory_a_SOURCES = \
	inventory/check.c inventory/device.c inventory/history_db.c inventory/import.c \
	inventory/import_msg.c inventory/inventory.c inventory/inventory.h \
	inventory/inventory_int.h inventory/say.c inventory/task_db.c inventory/unit.c \
	inventory/unit_db.c inventory/unit_rules.c
INVENTORY_LIBS = libinventory.a $(PEOPLE_LIBS) $(PRINT_LIBS) $(MDM_LIBS)
