# print: the door to barcodes and paper.
noinst_LIBRARIES += libprint.a
libprint_a_SOURCES = print/print.h print/barcode.c print/book.c print/ink_msg.c print/labels.c print/layout.c \
	print/pdf.c print/pdf_lang.c print/print_int.h print/qr.c
libprint_a_CPPFLAGS = $(AM_CPPFLAGS) $(PANGOCAIRO_CFLAGS) $(XLSX_CFLAGS)
PRINT_LIBS = libprint.a $(BASE_LIBS) $(PANGOCAIRO_LIBS) $(ZINT_LIBS) $(XLSX_LIBS)
