# What keeps the house in shape.
dist_check_SCRIPTS += tools/check-doors tools/check-docs tools/check-size \
	tests/unit/base/test_check_doors.sh tests/unit/base/test_check_size.sh
TESTS += tools/check-doors tools/check-docs tools/check-size \
	tests/unit/base/test_check_doors.sh tests/unit/base/test_check_size.sh
EXTRA_DIST += tools/embed tools/sizes
