# docs: what people read; the manual pages are installed.
dist_man_MANS += docs/man/hylla.1 docs/man/hylla.conf.5 docs/man/hylla-serve.8
dist_doc_DATA = README.md NEWS docs/API.md docs/EXAMPLES.md docs/ARCHITECTURE.md docs/OPERATING.md docs/PLAN.md \
	docs/STYLE.md docs/openapi.yaml
# The handbook; its pictures are taken by `./dev handbook`.
EXTRA_DIST += docs/handbok tools/handbook.mjs tools/png.mjs
