# What keeps the house in shape.
dist_check_SCRIPTS += tools/check-doors tools/check-docs tests/unit/base/test_check_doors.sh
TESTS += tools/check-doors tools/check-docs tests/unit/base/test_check_doors.sh
EXTRA_DIST += tools/embed
