/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The two paths of xml_parse(). What the plain one reads, libxml2 must read the same way:
 * tests/fuzz/fuzz_xml.c holds them against each other.
 */
#ifndef BASE_XML_INT_H
#define BASE_XML_INT_H

#include "base/xml.h"

/*
 * The shape that every iPad and every property list writer gives, well-formed to its end: Apple's
 * two lines of prolog or none, then elements of short names without attributes (but
 * version="1.0"), ASCII, no references, comments or sections.
 */
bool xml_is_plain(struct bytes in);
/* What is plain. */
int xml_parse_plain(struct bytes in, const struct xml_limits *limits, const struct xml_handler *h,
	void *ctx) MUST_CHECK;
/* Any XML that the gate lets through, by libxml2. */
int xml_parse_general(struct bytes in, const struct xml_limits *limits, const struct xml_handler *h,
	void *ctx) MUST_CHECK;

#endif
