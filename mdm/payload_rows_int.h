/* SPDX-License-Identifier: EUPL-1.2 */
/* Short words for rows of fields. */
#ifndef MDM_PAYLOAD_ROWS_INT_H
#define MDM_PAYLOAD_ROWS_INT_H

#define TEXT(name_, key_, max_)                                                      \
	{                                                                            \
		.name = (name_), .key = (key_), .form = MDM_FORM_TEXT, .max = (max_) \
	}
#define NEED_TEXT(name_, key_, max_)                                                     \
	{                                                                                \
		.name = (name_), .key = (key_), .form = MDM_FORM_TEXT, .required = true, \
		.max = (max_)                                                            \
	}
#define SECRET(name_, key_, max_)                                                      \
	{                                                                              \
		.name = (name_), .key = (key_), .form = MDM_FORM_TEXT, .secret = true, \
		.max = (max_)                                                          \
	}
#define WORD(name_, key_, choices_)                                                          \
	{                                                                                    \
		.name = (name_), .key = (key_), .form = MDM_FORM_TEXT, .choices = (choices_) \
	}
#define URL(name_, key_)                                                          \
	{                                                                         \
		.name = (name_), .key = (key_), .form = MDM_FORM_URL, .max = 2000 \
	}
#define BOOL(name_, key_)                                             \
	{                                                             \
		.name = (name_), .key = (key_), .form = MDM_FORM_BOOL \
	}
#define INT(name_, key_, min_, max_)                                                               \
	{                                                                                          \
		.name = (name_), .key = (key_), .form = MDM_FORM_INT, .min = (min_), .max = (max_) \
	}
#define TEXTS(name_, key_, max_)                                                      \
	{                                                                             \
		.name = (name_), .key = (key_), .form = MDM_FORM_TEXTS, .max = (max_) \
	}
#define DICT(name_, key_, inner_)                                                        \
	{                                                                                \
		.name = (name_), .key = (key_), .form = MDM_FORM_DICT, .inner = (inner_) \
	}
#define DICTS(name_, key_, max_, inner_)                                               \
	{                                                                              \
		.name = (name_), .key = (key_), .form = MDM_FORM_DICTS, .max = (max_), \
		.inner = (inner_)                                                      \
	}
#define END                  \
	{                    \
		.name = NULL \
	}

#endif
