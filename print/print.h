/* SPDX-License-Identifier: EUPL-1.2 */
/* print: the barcode door (later: labels, agreements, letters). QR codes of ISO/IEC 18004. */
#ifndef PRINT_PRINT_H
#define PRINT_PRINT_H

#include "base/buf.h"
#include "base/err.h"

/* Half-block characters for a terminal, with a quiet zone; dark on light. ERR_TOOBIG. */
int print_qr_text(const char *text, struct buf *out) MUST_CHECK;
/* An SVG document with role="img" and `title` as its accessible name. */
int print_qr_svg(const char *text, const char *title, struct buf *out) MUST_CHECK;

#endif
