# print: the barcode door.
noinst_LIBRARIES += libprint.a
libprint_a_SOURCES = print/print.h print/qr.c
PRINT_LIBS = libprint.a $(BASE_LIBS) $(ZINT_LIBS)
