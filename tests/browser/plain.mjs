// SPDX-License-Identifier: EUPL-1.2
// Without scripts, as each role: every page of the menu and what these lead to, and every kind of form
// sent as it stands there. A form may say no, in words on its page; it may not be dead, or a fault.
import { strict as assert } from 'node:assert';
import { api, base, come, task } from './room.mjs';

const ROLES = ['it', 'admin', 'konsulent', 'bibliotek', 'reader'];
// What ends the session one walks with, or leads to somebody else's house.
const LEAVES = /^\/(sign-out|lock|language|sessions|station|pin|password|two-step|tokens\/)/;
const FILE = { name: 'prov.txt', mimeType: 'text/plain', buffer: Buffer.from('prov') };

// "/items/VB-000001/note" is "/items/*/note": what has a digit, or stands for one of many, is its name.
const MANY = ['accounts', 'groups', 'products', 'places', 'media', 'webhooks', 'audit', 'borrowers', 'items', 'wordings'];
const isName = (part, before) => part !== 'new' && (/\d/.test(part) || MANY.includes(before));
const kindOf = (path) => path.split(/[?#]/)[0].split('/').map((part, i, all) => (part && isName(part, all[i - 1]) ? '*' : part)).join('/');

export async function plainTasks() {
	// Of the page as it stands, or of the one that is sent from there.
	const found = (page, path) => page.evaluate(async (to) => {
		const reply = to && await fetch(to, { headers: { Accept: 'text/html' } });
		if (reply && !reply.headers.get('content-type')?.includes('html'))
			return null; // a file that is fetched
		const html = reply ? new DOMParser().parseFromString(await reply.text(), 'text/html') : document;
		const local = (all) => all.map((a) => a.getAttribute('href')).filter((h) => h?.startsWith('/'));
		const forms = [...html.querySelectorAll('main form')].map((form) => {
			const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
			const send = [...form.elements].filter((e) => (e.type === 'submit' || e.type === 'image') && !e.closest('[hidden]'));
			const named = send.find((e) => e.name);
			return { action: form.getAttribute('action') ?? new URL(reply?.url ?? location).pathname, method: form.method,
				sendable: send.length > 0, many: form.enctype.startsWith('multipart'),
				files: [...form.querySelectorAll('[type=file]')].map((e) => e.name),
				fields: named ? [...fields, [named.name, named.value]] : fields };
		});
		return { status: reply?.status, menu: local([...html.querySelectorAll('#places a')]), links: local([...html.querySelectorAll('main a')]), forms };
	}, path);

	// The first who comes to a kind of page looks at it; the others read what they are sent.
	const looked = new Set();
	async function visit(page, path) {
		const kind = kindOf(path);
		if (looked.has(kind))
			return found(page, path);
		looked.add(kind);
		const reply = await page.goto(base + path).catch(() => null);
		return reply && { ...await found(page), status: reply.status() };
	}

	// The menu, and one of each kind that its pages lead to.
	async function walk(page) {
		const queue = ['/'], seen = new Set(['/']), forms = new Map(), wrong = [];
		for (let path = queue.shift(); path; path = queue.shift()) {
			const type = path.match(/\.(pdf|csv|xlsx)|\/(pdf|slip|letter|label|cards|file|photo)\b|format=/);
			const here = type ? null : await visit(page, path);
			if (!here)
				continue;
			if (here.status >= 400)
				wrong.push(`${path}: ${here.status}`);
			for (const form of here.forms) {
				if (!form.sendable && path !== '/components')
					wrong.push(`${path}: a form to ${form.action} has no button`);
				if (form.method === 'post' && !LEAVES.test(form.action) && !forms.has(kindOf(form.action)))
					forms.set(kindOf(form.action), form);
			}
			for (const next of [...here.menu, ...here.links]) {
				const kind = kindOf(next);
				if (!seen.has(kind)) {
					seen.add(kind);
					queue.push(next);
				}
			}
		}
		return { pages: seen.size, forms: [...forms.values()], wrong };
	}

	async function send(room, form) {
		const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin', Origin: base };
		const body = form.many
			? { multipart: Object.fromEntries([...form.fields, ...form.files.map((name) => [name, FILE])]) }
			: { data: new URLSearchParams(form.fields).toString() };
		if (!form.many)
			headers['Content-Type'] = 'application/x-www-form-urlencoded';
		const reply = await room.request.post(base + form.action, { ...body, headers });
		const status = reply.status(), type = reply.headers()['content-type'] ?? '';
		// done, or a no with its reason; what is gone by then was another form's doing
		if (status >= 500 || status === 403 || status === 405)
			return `${form.action}: ${status}`;
		if (status >= 400 && !/role="alert"|class="(problem|lead)"/.test(type.includes('html') ? await reply.text() : ''))
			return `${form.action}: ${status} without words`;
		return null;
	}

	// One of each that the desk's pages lead to; the other suite's things lie in a house of its own.
	await task('without scripts: something on each desk', async () => {
		const product = 'forstoringsglas-belysning';
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product, count: 6 });
		const things = (await api('GET', `/items?state=in_stock&product=${product}&most=200`)).items.map((i) => i.item_number);
		await api('POST', '/leases', { id: 'L-UTAN', supplier: 'Leasebolaget', start: '2026-01-31', months: 36 });
		await api('POST', '/deliveries', { id: 'UTAN-1', product, expected: 3 });
		await api('POST', '/deliveries/UTAN-1/announce', { codes: 'UTAN1001 UTAN1002' });
		for (const code of ['UTAN1001', 'UTAN1003'])
			await api('POST', '/deliveries/UTAN-1/receive', { code });
		const at = new Date(Date.now() + 3600000).toISOString().replace(/\.\d+/, '');
		const people = {};
		for (const zone of ['library', 'care']) {
			({ id: people[zone] } = await api('POST', '/borrowers', { zone, kind: 'senior', given: 'Vandrar', family: 'Provare' }));
			await api('POST', `/borrowers/${people[zone]}/consents`, { kind: 'consent', about: 'digital_technology', giver: 'self', text: 'muntligen' });
			await api('POST', '/handouts', { borrower: people[zone], thing: things.pop(), at });
		}
		const lent = things.pop();
		const { loan } = await api('POST', '/loans', { borrower: people.library, things: [lent] });
		const { id } = await api('POST', `/loans/${loan}/agreements`, {});
		await api('POST', `/agreements/${id}/sign`, { way: 'paper', signer: 'self', identity: 'known' });
		await api('POST', `/items/${lent}/faults`, { symptom: 'Lyser inte' });
	});

	// Two walk at a time; nothing is sent before all have walked, as it changes what the others see.
	const walked = [];
	await task('without scripts: all pages of each role', async () => {
		const queue = [...ROLES], wrong = [];
		const worker = async () => {
			for (let role = queue.shift(); role; role = queue.shift()) {
				const { room, page } = await come(`utan.${role}`, role, { javaScriptEnabled: false });
				const { pages, forms, wrong: here } = await walk(page);
				console.log(`  ${role}: ${pages} kinds of pages, ${forms.length} kinds of forms`);
				assert.ok(pages > 10 && (role === 'reader' || forms.length > 5), role);
				assert.deepEqual(page.complaints, []);
				wrong.push(...here.map((text) => `${role}: ${text}`));
				walked.push({ role, room, forms });
			}
		};
		await Promise.all([worker(), worker()]);
		assert.deepEqual(wrong, []);
	});

	await task('without scripts: each kind of form of each role, sent as it stands', async () => {
		const wrong = [];
		for (const { role, room, forms } of walked) {
			for (const form of forms)
				wrong.push(...[await send(room, form)].filter(Boolean).map((text) => `${role}: ${text}`));
			await room.close();
		}
		assert.equal(walked.length, ROLES.length);
		assert.deepEqual(wrong, []);
	});
}
