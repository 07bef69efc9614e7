#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Runs tests/unit/web/test_barcode.mjs, which reads pictures of what the print room draws.
set -eu
source=${top_srcdir:-.} build=${top_builddir:-.}
command -v node >/dev/null 2>&1 || {
	echo "SKIPPED: there is no node"
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# a module for node by its name
cp "$source/web/pages/barcode.js" "$work/barcode.mjs"
cp "$source/tests/unit/web/test_barcode.mjs" "$work/"
node "$work/test_barcode.mjs" "$work/barcode.mjs" "$build/tests/unit/web/draw_bars"
