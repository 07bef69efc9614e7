# What keeps the house in shape.
dist_check_SCRIPTS += tools/check-doors tools/check-docs tools/check-size \
	tests/unit/base/test_check_doors.sh tests/unit/base/test_check_size.sh
# They read sources and run nothing of the program: once, in the plain build.
if !SANITIZERS
TESTS += tools/check-doors tools/check-docs tools/check-size \
	tests/unit/base/test_check_doors.sh tests/unit/base/test_check_size.sh
endif
EXTRA_DIST += tools/embed tools/sizes
