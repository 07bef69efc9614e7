// SPDX-License-Identifier: EUPL-1.2
// Odd texts in every field there is: of the API by the bodies that docs/openapi.yaml names, and of each form that
// the pages show. No answer is a fault, each no has a sentence, what was stored comes back as it was typed, and no
// page shows it as anything but text. No list here names a route: a new one is tried by itself. Started by
// tests/flow/test_browser_odd.c; no browser is needed, which makes it quick.
import { readFileSync } from 'node:fs';
import { strict as assert } from 'node:assert';
import { rowOf } from './table.mjs';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the server of the test made its own certificate
const base = process.env.BASE, GLASS = 'forstoringsglas-belysning', AT_ONCE = 4;
const serials = process.env.SERIALS.split(' ');

// Each with a number of its own, so that what comes back is known again. Short enough for most fields.
const SCRIPT = '<script>odd(1)</script>', BRACES = '{{organisation}}{{{frame}}}';
const ODD = [
	(n) => `${SCRIPT}${BRACES}&amp;"'>Æ${n}§`,
	(n) => ` 0012 \u202Egnirts\u202C 👩🏽‍🦳 e\u0301 Æ${n}§ `,
	(n) => `Æ${n}§\u0000\u0001\u007F`,
	(n) => `Æ${n}§`.padEnd(10000, 'å'),
];
const MARK = /Æ(\d+)§/g;
const wrong = [], typed = [];
let asked = 0, accepted = 0;

function odd(kind, where) {
	const text = ODD[kind](typed.length);
	typed.push({ text, where, kind });
	return text;
}

// What every answer owes, whoever asked.
function judge(where, status, type, body) {
	asked++;
	accepted += status < 400;
	if (status >= 500)
		wrong.push(`${where}: ${status} ${body.slice(0, 200)}`);
	else if (status >= 400 && type.includes('json')) {
		const said = JSON.parse(body);
		if (typeof said.text !== 'string' || said.text.length < 6)
			wrong.push(`${where}: ${status} without a sentence`);
	} else if (status >= 400 && type.includes('html') && !/role="alert"|class="(problem|lead)"/.test(body))
		wrong.push(`${where}: ${status} without words`);
	if (type.includes('html') && (body.includes(SCRIPT) || (body.includes('Æ') && /\{\{organisation\}\}/.test(body) !== /odd\(1\)/.test(body))))
		wrong.push(`${where}: shows what was typed as something else than text`);
}

async function ask(method, path, headers, body) {
	const reply = await fetch(base + path, { method, headers, body, redirect: 'manual' });
	const type = reply.headers.get('content-type') ?? '';
	return { status: reply.status, type, reply, body: /json|html/.test(type) ? await reply.text() : (await reply.arrayBuffer(), '') };
}

const PROGRAM = { Authorization: `Bearer ${process.env.TOKEN}`, 'Content-Type': 'application/json' };
async function api(method, path, body) {
	const { status, body: text } = await ask(method, `/api/v1${path}`, PROGRAM, body && JSON.stringify(body));
	assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
	return JSON.parse(text);
}

// A few at a time.
async function each(list, fn) {
	const queue = [...list];
	await Promise.all(Array.from({ length: AT_ONCE }, async () => {
		for (let one = queue.shift(); one; one = queue.shift())
			await fn(one);
	}));
}

// --- what docs/openapi.yaml says: lines at fixed depths, as tests/unit/server/test_openapi.c reads it ---

const lines = readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8').split('\n');
const depth = (line) => line.search(/\S/);

// The lines under lines[i].
function under(i) {
	let end = i + 1;
	while (end < lines.length && (!lines[end].trim() || depth(lines[end]) > depth(lines[i])))
		end++;
	return [i + 1, end];
}

// "a: {…}, b: {…}" apart, at the first depth.
function flow(text) {
	const found = [];
	let level = 0, start = 0;
	for (let i = 0; i <= text.length; i++) {
		level += '{['.includes(text[i] ?? ' ') ? 1 : '}]'.includes(text[i] ?? ' ') ? -1 : 0;
		if (i === text.length || (text[i] === ',' && level === 0)) {
			found.push(text.slice(start, i));
			start = i + 1;
		}
	}
	return found;
}

function fieldsOf(from, end) {
	for (let i = from; i < end; i++) {
		const ref = lines[i].match(/schemas\/(\w+)/), row = lines[i].match(/properties: \{(.*)\}/);
		if (ref) {
			const at = lines.indexOf(`    ${ref[1]}:`, lines.indexOf('  schemas:'));
			return fieldsOf(...under(at));
		}
		if (row)
			return flow(row[1]).map((one) => ({ name: one.match(/\w+/)?.[0], says: one })).filter(({ name }) => name);
		if (/^ *properties:$/.test(lines[i])) {
			const [first, last] = under(i), fields = [];
			for (let k = first; k < last; k++) {
				if (depth(lines[k]) === depth(lines[first]))
					fields.push({ name: lines[k].trim().split(':')[0], says: lines.slice(k, under(k)[1]).join(' ') });
			}
			return fields;
		}
	}
	return [];
}

function operations() {
	const found = [];
	let path;
	for (let i = 0; i < lines.length; i++) {
		path = lines[i].match(/^ {2}(\/\S*):$/)?.[1] ?? path;
		const method = lines[i].match(/^ {4}(get|post|put|patch|delete):$/)?.[1];
		if (!method || !path)
			continue;
		const [from, end] = under(i), body = lines.findIndex((line, k) => k >= from && k < end && /^ {6}requestBody:/.test(line));
		found.push({ method: method.toUpperCase(), path, fields: body < 0 ? [] : fieldsOf(...under(body)) });
	}
	return found;
}

// --- a house with something of each kind ---

async function house() {
	await api('POST', '/catalogue/load');
	await api('POST', '/places', { id: 'disk', kind: 'desk', name: 'Lånedisken', lends: true });
	const { serials: things } = await api('POST', '/items', { product: GLASS, place: 'disk', count: 9 });
	const { id: borrower } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Udda', family: 'Provare' });
	const { loan } = await api('POST', '/loans', { borrower, things: [things[0]] });
	const { id: agreement } = await api('POST', `/loans/${loan}/agreements`, {});
	const { id: hold } = await api('POST', '/holds', { borrower, product: GLASS });
	const at = new Date(Date.now() + 3600000).toISOString().replace(/\.\d+/, '');
	const { id: handout } = await api('POST', '/handouts', { borrower, thing: things[1], at });
	await api('POST', `/items/${things[2]}/faults`, { symptom: 'Lyser inte' });
	await api('POST', '/leases', { id: 'L-UDDA', supplier: 'Leasebolaget', start: '2026-01-31', months: 36 });
	await api('POST', '/deliveries', { id: 'UDDA-1', product: GLASS, expected: 3 });
	await api('POST', '/groups', { name: 'udda', title: 'Udda' });
	await api('POST', '/accounts', { name: 'udda.s', roles: 'reader' });
	// by the beginning of an address; of two the longer
	return { '/borrowers/{id}': borrower, '/loans/{loan}/agreements/{id}': agreement, '/loans/{}': loan, '/agreements/{id}': agreement,
		'/holds/{id}': hold, '/handouts/{id}': handout, '/items/{code}': things[3], '/devices/{code}': serials[0],
		'/products/{product}': GLASS, '/places/{place}': 'disk', '/leases/{lease}': 'L-UDDA', '/deliveries/{delivery}': 'UDDA-1',
		'/groups/{name}': 'udda', '/accounts/{name}': 'udda.s', '/settings/{name}': 'server.contact', '/wordings/{kind}': 'loan',
		'/wordings/{kind}/{lang}': 'sv', '/faults/{id}': '1', '/devices/{code}/want/{type}': 'wifi', '/groups/{name}/want/{type}': 'wifi' };
}

// Each {name} by what stands before it; where nothing is known, 1.
function addressOf(path, known) {
	const parts = path.split('/').filter(Boolean);
	return '/' + parts.map((part, i) => {
		if (!part.startsWith('{'))
			return part;
		const before = '/' + parts.slice(0, i + 1).join('/');
		return known[before] ?? known[before.replace(/\{\w+\}$/, '{}')] ?? '1';
	}).join('/');
}

// What else must stand in the body for the field to be looked at.
const PLAIN = { why: 'nämnden beslöt så', zone: 'library', kind: 'senior', product: GLASS, count: 1, start: '2026-01-31', months: 36,
	state: 'repair', symptom: 'Lyser inte', text: 'Prov', title: 'Prov', name: 'Prov', reason: 'prov', about: 'digital_technology',
	giver: 'self', words: 'ringer om en tid', place: 'disk' };
const KINDS = { '/consents': 'consent', '/places': 'desk', '/codes': 'other' };

function bodyFor(op, field, text) {
	const body = {};
	for (const { name, says } of op.fields) {
		if (name === field.name)
			body[name] = /type: array/.test(says) ? [text] : text;
		else if (name in PLAIN && !/type: (integer|boolean)/.test(says) === (typeof PLAIN[name] === 'string'))
			body[name] = name === 'kind' ? KINDS[Object.keys(KINDS).find((end) => op.path.endsWith(end))] ?? 'senior' : PLAIN[name];
	}
	return body;
}

// --- the API ---

const known = await house();
const ops = operations().filter(({ path }) => path.startsWith('/api/v1/')).map((op) => ({ ...op, path: op.path.slice(7) }));
const bodies = ops.filter(({ fields }) => fields.length);
assert.ok(bodies.length > 100 && bodies.flatMap(({ fields }) => fields).length > 500, 'docs/openapi.yaml is written in another way');
await each(bodies.flatMap((op) => op.fields.flatMap((field) => ODD.map((_, kind) => ({ op, field, kind })))), async ({ op, field, kind }) => {
	if (/type: (integer|boolean|number)/.test(field.says) && kind)
		return;
	const where = `${op.method} ${op.path} ${field.name} (${kind})`, text = odd(kind, where);
	const { status, type, body } = await ask(op.method, `/api/v1${addressOf(op.path, known)}`, PROGRAM, JSON.stringify(bodyFor(op, field, text)));
	typed[text.match(/Æ(\d+)§/)[1]].taken = status < 300;
	typed[text.match(/Æ(\d+)§/)[1]].where += ` ${status}`;
	judge(where, status, type, body);
});
const byProgram = { asked, accepted };

// --- the pages, as one who may all ---

const cookies = new Map();
async function visit(method, path, fields) {
	const headers = { Accept: 'text/html', 'Accept-Language': 'sv', 'Sec-Fetch-Site': 'same-origin', Origin: base, 'User-Agent': 'Mozilla/5.0 Firefox/130.0',
		Cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
	if (fields)
		headers['Content-Type'] = 'application/x-www-form-urlencoded';
	const got = await ask(method, path, headers, fields && new URLSearchParams(fields).toString());
	for (const line of got.reply.headers.getSetCookie()) {
		const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
		cookies.set(name, value);
	}
	return got;
}
const tokenOf = (html) => html.match(/name="form_token" value="([^"]*)"/)?.[1];
const { one_time_password: word } = await api('POST', '/accounts', { name: 'alla.s', roles: 'it admin konsulent bibliotek' });
await visit('POST', '/sign-in', { name: 'alla.s', password: word });
const own = 'fyra helt olika ord';
await visit('POST', '/password', { form_token: tokenOf((await visit('GET', '/password')).body), new_password: own, again: own });

// Of a row of the program's table of pages the first two addresses, and of its forms the first; of the fields that are
// one for each product, one.
const LEAVES = /^\/(sign-out|lock|language|sessions|station|pin|password|two-step|tokens|kept|here|events|sign-in)\b/;
const kindOf = (method, path) => rowOf(method, path)?.path;
const plain = (s) => s.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, e) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[e] ?? '\'');
const attribute = (tag, name) => plain(tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? '');

const alike = (a, b) => a.includes('.') && a.split('.')[0] === b.split('.')[0];

// Its fields as they stand, and which of them hold text.
function formsOf(html, here) {
	return [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)].filter(([, head]) => /method="post"/.test(head) && !/multipart/.test(head)).map(([, head, inner]) => {
		const fields = {}, texts = [];
		for (const [tag, type] of inner.matchAll(/<(input|textarea|select|button)\b[^>]*>/g)) {
			const name = attribute(tag, 'name'), kind = attribute(tag, 'type');
			if (!name || (/radio|checkbox/.test(kind) && !/\schecked/.test(tag)) || (type === 'button' && name in fields))
				continue;
			fields[name] = type === 'select' ? attribute(inner.slice(inner.indexOf(tag)).match(/<option\b[^>]*selected[^>]*>|<option\b[^>]*>/)?.[0] ?? '', 'value') : attribute(tag, 'value');
			if ((type === 'textarea' || (type === 'input' && /^$|text|search|tel|email|url|password/.test(kind))) && !texts.some((one) => alike(one, name)))
				texts.push(name);
		}
		return { action: attribute(`<form ${head}>`, 'action') || here.split('?')[0], fields, texts };
	});
}

const seen = new Map(), forms = new Map(), queue = ['/'];
let shown = 0;
async function walk(path) {
	const { status, type, body } = await visit('GET', path);
	judge(`GET ${path}`, status, type, body);
	if (!type.includes('html'))
		return;
	shown += /odd\(1\)/.test(body);
	for (const form of formsOf(body, path)) {
		if (form.texts.length && !LEAVES.test(form.action) && kindOf('POST', form.action) && !forms.has(kindOf('POST', form.action)))
			forms.set(kindOf('POST', form.action), form);
	}
	for (const [, href] of body.matchAll(/href="(\/[^"]*)"/g)) {
		const kind = kindOf('GET', plain(href)), times = seen.get(kind) ?? 0;
		if (kind && times < 2 && !LEAVES.test(href) && !/\.(css|js|svg|png)|format=/.test(href)) {
			seen.set(kind, times + 1);
			queue.push(plain(href));
		}
	}
}
const walkAll = async () => {
	while (queue.length)
		await each(queue.splice(0), walk);
};
await walkAll();
const token = tokenOf((await visit('GET', '/borrowers')).body);
const byPage = { forms: forms.size, fields: [...forms.values()].flatMap(({ texts }) => texts).length };
await each([...forms.values()].flatMap((form) => form.texts.flatMap((name) => ODD.map((_, kind) => ({ form, name, kind })))), async ({ form, name, kind }) => {
	const where = `form ${form.action} ${name} (${kind})`, text = odd(kind, where);
	const { status, type, body } = await visit('POST', form.action, { ...form.fields, form_token: token, [name]: text });
	typed[text.match(/Æ(\d+)§/)[1]].taken = status < 400;
	judge(where, status, type, body);
	shown += /odd\(1\)/.test(body);
});
// what the forms left is shown as text as well
seen.clear();
queue.push('/');
await walkAll();

// What is stored comes back as it was typed; outer blanks may go.
const found = new Set();
function harvest(value, where) {
	if (Array.isArray(value) || (value && typeof value === 'object'))
		return Object.values(value).forEach((one) => harvest(one, where));
	if (typeof value !== 'string')
		return;
	if (/^\{.*\}$/.test(value)) // the audit log's details
		return harvest(JSON.parse(value), where);
	for (const [, n] of value.matchAll(MARK)) {
		found.add(+n);
		if (typed[n].taken === false)
			wrong.push(`${where}: ${typed[n].where} was refused, and stands here: ${value.slice(0, 80)}`);
		if (!value.includes(typed[n].text.trim()))
			wrong.push(`${where}: ${typed[n].where} comes back as ${JSON.stringify(value).slice(0, 120)}`);
	}
}
await each(ops.filter(({ method, path }) => method === 'GET' && !/\/events$/.test(path)), async ({ path }) => {
	const { status, type, body } = await ask('GET', `/api/v1${addressOf(path, known)}`, PROGRAM);
	judge(`GET ${path}`, status, type, body);
	if (type.includes('json'))
		harvest(JSON.parse(body), `GET ${path}`);
});

console.log(`  ${bodies.length} bodies, ${byProgram.asked} asked, ${byProgram.accepted} taken, ${found.size} texts seen again; ` +
	`${byPage.forms} forms with ${byPage.fields} fields; ${shown} pages show the script as text; ${asked} answers`);
if (wrong.length)
	console.log([...new Set(wrong)].join('\n'));
assert.ok(found.size > 40 && shown > 20 && byPage.fields > 60, 'too little was tried');
process.exit(wrong.length ? 1 : 0);
