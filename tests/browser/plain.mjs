// SPDX-License-Identifier: EUPL-1.2
// Without scripts, as each role: every page of the menu and what these lead to, and every kind of form
// sent as it stands there. A form may say no, in words on its page; it may not be dead, or a fault. How each page
// looks without scripts is seen in pages.mjs.
import { strict as assert } from 'node:assert';
import { found, send } from './forms.mjs';
import { api, come, task } from './room.mjs';

const ROLES = ['it', 'admin', 'konsulent', 'bibliotek', 'reader'];
// What ends the session one walks with, or leads to somebody else's house.
const LEAVES = /^\/(sign-out|lock|language|sessions|station|pin|password|two-step|tokens\/)/;

// "/items/VB-000001/note" is "/items/*/note": what has a digit, or stands for one of many, is its name.
const MANY = ['accounts', 'groups', 'products', 'places', 'media', 'webhooks', 'audit', 'borrowers', 'items', 'wordings'];
const isName = (part, before) => part !== 'new' && (/\d/.test(part) || MANY.includes(before));
const kindOf = (path) => path.split(/[?#]/)[0].split('/').map((part, i, all) => (part && isName(part, all[i - 1]) ? '*' : part)).join('/');

export async function plainTasks() {
	// The menu, and one of each kind that its pages lead to.
	async function walk(page) {
		const queue = ['/'], seen = new Set(['/']), forms = new Map(), wrong = [];
		for (let path = queue.shift(); path; path = queue.shift()) {
			const type = path.match(/\.(pdf|csv|xlsx)|\/(pdf|slip|letter|label|cards|file|photo)\b|format=/);
			const here = type ? null : await found(page, path);
			if (!here)
				continue;
			if (here.status >= 400)
				wrong.push(`${path}: ${here.status}`);
			for (const form of here.forms) {
				if (!form.sendable && path !== '/components')
					wrong.push(`${path}: a form to ${form.action} has no button`);
				if (form.inside && form.method === 'post' && !LEAVES.test(form.action) && !forms.has(kindOf(form.action)))
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
				wrong.push(...[(await send(room, form)).wrong].filter(Boolean).map((text) => `${role}: ${text}`));
			await room.close();
		}
		assert.equal(walked.length, ROLES.length);
		assert.deepEqual(wrong, []);
	});
}
