/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/postgres.h"

#include "base/file.h"
#include "base/text.h"
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define BIN "/usr/lib/postgresql/15/bin"

struct bench_postgres {
	struct arena *a;
	char dir[64];
	const char *as; /* the user that runs it: it refuses to be root */
};

static const char schema[] =
	"CREATE TABLE unit (id bigint PRIMARY KEY, item text UNIQUE, state int NOT NULL,"
	" product int, loans int NOT NULL DEFAULT 0, lent_at timestamptz, loan bigint);"
	"CREATE INDEX ON unit (state, id); CREATE INDEX ON unit (product, state);"
	"CREATE TABLE borrower (id bigint PRIMARY KEY, state int, open_loans int NOT NULL);"
	"CREATE TABLE loan (id bigserial PRIMARY KEY, zone int, kind int, borrower bigint,"
	" happened_at timestamptz, registered_at timestamptz, registered_by text, open int,"
	" due date);"
	"CREATE INDEX ON loan (borrower, open);"
	"CREATE TABLE line (loan bigint, no int, unit bigint, product int, state int, due date,"
	" renewals int, terms int[], out_at timestamptz, out_by text, PRIMARY KEY (loan, no));"
	"CREATE UNIQUE INDEX ON line (unit) WHERE state = 1;"
	"CREATE INDEX ON line (due) WHERE state = 1;"
	"CREATE INDEX ON line (product, due) WHERE state = 1;"
	"CREATE INDEX ON line (unit, loan);"
	"CREATE TABLE history (unit bigint, seq bigserial, at timestamptz, actor text, kind text,"
	" from_state int, to_state int, text text, PRIMARY KEY (unit, seq));"
	"CREATE TABLE audit (seq bigserial PRIMARY KEY, at timestamptz, actor text, act text,"
	" object text, detail text);"
	"CREATE INDEX ON audit (object, seq);"
	"CREATE TABLE last (desk int PRIMARY KEY, at timestamptz, act text, loan bigint,"
	" unit bigint, before jsonb);"
	"CREATE SEQUENCE pick MINVALUE 0 START 0;";

/* As many things and borrowers as the store beside it has. */
static const char content[] =
	"INSERT INTO unit SELECT i, 'VB-' || lpad(i::text, 7, '0'), 3, i %% 100"
	" FROM generate_series(0, %u - 1) i;"
	"INSERT INTO borrower SELECT i, 1, 0 FROM generate_series(0, %u - 1) i;"
	"VACUUM ANALYZE;";

/*
 * Finds the thing and the borrower, lends, writes history, audit log and what an undo needs, with
 * the indexes the same lists are served from: one statement, one commit. It asks fewer questions,
 * keeps no chain of hashes and no counts, and is spoken to without HTTP, which is in its favour.
 */
static const char statement[] =
	"WITH n AS (SELECT nextval('pick') AS id),"
	" b AS (UPDATE borrower SET open_loans = open_loans + 1"
	"  WHERE id = (SELECT id %% %u FROM n) AND state = 1 RETURNING id),"
	" l AS (INSERT INTO loan (zone, kind, borrower, happened_at, registered_at, registered_by,"
	"  open, due) SELECT 2, 1, b.id, now(), now(), 'bench', 1, current_date + 42 FROM b"
	"  RETURNING id),"
	" u AS (UPDATE unit SET state = 4, loans = loans + 1, lent_at = now(),"
	"  loan = (SELECT id FROM l)"
	"  WHERE item = 'VB-' || lpad((SELECT id FROM n)::text, 7, '0') AND state = 3"
	"  RETURNING id, product),"
	" i AS (INSERT INTO line SELECT l.id, 1, u.id, u.product, 1, current_date + 42, 0,"
	"  '{1,42,0,2,0,10,0,7,1,0,0,0,30}', now(), 'bench' FROM l, u RETURNING loan),"
	" h AS (INSERT INTO history (unit, at, actor, kind, from_state, to_state, text)"
	"  SELECT u.id, now(), 'bench', 'loan.out', 3, 4, 'L-' || l.id FROM u, l RETURNING 1),"
	" a AS (INSERT INTO audit (at, actor, act, object, detail)"
	"  SELECT now(), 'bench', 'loan.out', 'L-' || l.id, '{\"things\":[\"BD\"]}' FROM l"
	"  RETURNING 1),"
	" z AS (INSERT INTO last SELECT :client_id, now(), 'loan.out', l.id, u.id,"
	"  jsonb_build_object('state', 3, 'loans', 0, 'place', '') FROM l, u"
	"  ON CONFLICT (desk) DO UPDATE SET at = excluded.at, act = excluded.act,"
	"  loan = excluded.loan, unit = excluded.unit, before = excluded.before RETURNING 1)"
	" SELECT i.loan, current_date + 42 FROM i, h, a, z;\n";

static int run(struct bench_postgres *pg, const char *command)
{
	return system(arena_printf(
		pg->a, "cd '%s' && %s %s >>'%s/log' 2>&1", pg->dir, pg->as, command, pg->dir));
}

static bool start(struct bench_postgres *pg)
{
	bool ok = run(pg, BIN "/initdb -D data -A trust -E UTF8 --locale=C.UTF-8") == 0;

	/* Everything else as Debian has it: fsync and synchronous_commit are on. */
	return ok &&
	       run(pg, arena_printf(pg->a,
			       BIN "/pg_ctl -w -D data -l server.log -o '-h \"\" -k %s' start",
			       pg->dir)) == 0 &&
	       run(pg, arena_printf(pg->a, BIN "/psql -q -h %s -d postgres -f schema.sql",
			       pg->dir)) == 0;
}

static int write_scripts(struct bench_postgres *pg, unsigned things, unsigned borrowers)
{
	AUTO(buf) struct buf out = BUF_INIT(65536);
	int err;

	buf_add_str(&out, schema);
	buf_printf(&out, content, things, borrowers);
	err = file_write(arena_printf(pg->a, "%s/schema.sql", pg->dir), buf_bytes(&out), 0644);
	buf_reset(&out);
	buf_printf(&out, statement, borrowers);
	return err ? err
		   : file_write(arena_printf(pg->a, "%s/out.sql", pg->dir), buf_bytes(&out), 0644);
}

struct bench_postgres *bench_postgres_start(struct arena *a, unsigned things, unsigned borrowers)
{
	struct bench_postgres *pg;

	if (access(BIN "/pgbench", X_OK) != 0 || access(BIN "/initdb", X_OK) != 0)
		return NULL;
	pg = ARENA_NEW(a, struct bench_postgres);
	*pg = (struct bench_postgres){.a = a, .dir = "/tmp/hylla-bench-pg-XXXXXX", .as = ""};
	if (!mkdtemp(pg->dir))
		return NULL;
	if (geteuid() == 0) {
		pg->as = "runuser -u postgres --";
		if (system(arena_printf(a, "chown postgres '%s'", pg->dir)) != 0)
			return NULL;
	}
	if (write_scripts(pg, things, borrowers))
		return NULL;
	if (!start(pg)) {
		bench_note("PostgreSQL did not start: %s/log", pg->dir);
		return NULL;
	}
	return pg;
}

double bench_postgres_rate(struct bench_postgres *pg, unsigned clients, unsigned seconds)
{
	AUTO(buf) struct buf out = BUF_INIT(65536);
	const char *path = arena_printf(pg->a, "%s/rate", pg->dir), *tps;

	if (run(pg, arena_printf(pg->a,
			    "sh -c '" BIN
			    "/pgbench -n -M prepared -c %u -j 2 -T %u -h %s -f out.sql "
			    "postgres >rate 2>&1'",
			    clients, seconds, pg->dir)) != 0 ||
		file_read(path, &out) != 0)
		return 0;
	tps = strstr(buf_str(&out), "tps = ");
	return tps ? strtod(tps + 6, NULL) : 0;
}

void bench_postgres_stop(struct bench_postgres *pg)
{
	if (!pg)
		return;
	if (run(pg, BIN "/pg_ctl -D data -m immediate stop") != 0)
		bench_note("PostgreSQL did not stop");
	if (system(arena_printf(pg->a, "rm -rf '%s'", pg->dir)) != 0)
		bench_note("%s could not be removed", pg->dir);
}
