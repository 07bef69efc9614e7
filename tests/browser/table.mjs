// SPDX-License-Identifier: EUPL-1.2
// The program's own table of the staff's pages, read where it stands, so that no page can be forgotten here.
import { readFileSync } from 'node:fs';
import { strict as assert } from 'node:assert';

const source = readFileSync(new URL('../../web/pages.c', import.meta.url), 'utf8');
const ROW = /\{"(GET|POST)", "([^"]+)", STAFF(?: \| HTTP_PUBLIC_SIDE)?, HTTP_(ANYONE|STAFF), (\w+),\s*[^,]+,\s*(\w+),/g;

export const rows = [...source.matchAll(ROW)].map(([, method, path, caller, roles, handler]) => ({ method, path, caller, roles, handler }));
assert.ok(rows.length > 300 && rows.length === source.match(/^\t\{"/gm).length, 'the table of web/pages.c is written in another way');

const segments = (path) => path.split(/[?#]/)[0].split('/');
const isName = (part) => part.startsWith('{');
// of two rows that fit, the one with fewer {names}
const names = (row) => segments(row.path).filter(isName).length;

const own = new Map(rows.map((row) => [row, segments(row.path)]));
const fits = (row, parts) => own.get(row).length === parts.length && own.get(row).every((part, i) => part === parts[i] || (isName(part) && parts[i]));

// The row that serves an address; the same few are asked for again and again.
const served = new Map();
export function rowOf(method, path) {
	const key = `${method} ${path}`;
	if (!served.has(key)) {
		const parts = segments(path);
		served.set(key, rows.filter((row) => row.method === method && fits(row, parts)).sort((a, b) => names(a) - names(b))[0]);
	}
	return served.get(key);
}

// Where a form that was refused is shown: the page it stands on once more, by the same handler, at the
// address it was sent to.
const shownAgain = (row) => rows.some((twin) => twin.method === 'POST' && twin.path === row.path);

// The pages that none of these addresses shows.
export function forgotten(addresses) {
	const seen = new Set(addresses.map((path) => rowOf('GET', path)));
	const handlers = new Set([...seen].map((row) => row?.handler));
	return rows.filter((row) => row.method === 'GET' && !seen.has(row) && !(handlers.has(row.handler) && shownAgain(row)))
		.map((row) => row.path);
}
