// SPDX-License-Identifier: EUPL-1.2
// Every page of the program's own table (table.mjs): empty and filled, in each language and theme, narrow, enlarged,
// on paper, and without scripts; and between, the fleet's rarer days (fleet.mjs). Started by tests/flow/test_browser_pages.c, on a server of its own.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { violations } from './axe.mjs';
import { fill, NO_PAGE, plainAddresses } from './filled.mjs';
import { fleetTasks } from './fleet.mjs';
import { EXAMPLES, found, nextForm, NOT_SENT, send } from './forms.mjs';
import { fillLists, LISTS } from './long.mjs';
import { lookAtAll, shortLook, stillLook, wholeLook } from './looks.mjs';
import { api, base, come, end, open, quiet, task, turn } from './room.mjs';
import { forgotten, rowOf, rows } from './table.mjs';
import { heavy } from './weight.mjs';

// Each on a line of its own, however many.
const none = (found) => assert.ok(!found.length, `\n${found.join('\n')}`);

let keeper, house;
await task('pages: axe is awake', async () => {
	keeper = await come('alla.s', 'it admin konsulent bibliotek');
	const faulty = '<p style="color:#ccc;background:#fff">x</p><img src="data:,">';
	await keeper.page.setContent(faulty);
	assert.ok((await violations(keeper.page)).length >= 2, 'axe is asleep');
	// other words on the same bones are not asked about again; a label that lost them and another colour are
	const page = await keeper.room.newPage();
	const asked = async (label, style) => {
		await page.setContent(`<!doctype html><html lang="sv"><title>t</title><main><h1>x</h1><p${style}>ord</p><label>${label}<input></label></main></html>`);
		return (await violations(page)).join();
	};
	assert.equal(await asked('Namn', ''), '');
	assert.equal(await asked('Nimi', ''), '');
	assert.match(await asked('', ''), /^label/);
	assert.match(await asked('Namn', ' style="color:#eee"'), /^color-contrast/);
	assert.match(await asked('Namn', ' style="color:#eee"'), /^color-contrast/, 'what is wrong is told each time');
	await page.close();
	const still = await open({ javaScriptEnabled: false }), silent = await still.newPage();
	await silent.setContent(faulty);
	await assert.rejects(quiet(silent), /image-alt/);
	await still.close();
});

await task('pages: all without a name, in a house with nothing in it yet', async () => {
	none(await lookAtAll([{ room: keeper.room, paths: plainAddresses() }], async (page, path) => {
		await page.goto(base + path);
		return shortLook(page, `empty ${path}`);
	}));
});

await fleetTasks();

await task('pages: something of each kind', async () => {
	house = await fill(keeper.page, 'alla.s');
});

await task('pages: none is forgotten', async () => {
	const addresses = house.visits.flatMap(({ paths }) => paths).filter((path) => path.startsWith('/') && path !== '/no-such-page');
	none(addresses.filter((path) => !rowOf('GET', path)));
	none(forgotten(addresses).filter((path) => !NO_PAGE[path]));
	none(Object.keys(NO_PAGE).filter((path) => !rows.some((row) => row.path === path)));
	for (const path of house.files) {
		const reply = await keeper.room.request.get(base + path);
		assert.ok(reply.ok() && !reply.headers()['content-type'].includes('html'), `${path}: ${reply.status()}`);
	}
});

await task('pages: each, in three languages and two themes, narrow, enlarged, on paper: nothing is wrong', async () => {
	none(await lookAtAll(house.visits, wholeLook));
});

await task('pages: each is light, and waits for its styles alone', async () => {
	none(await lookAtAll(house.visits, (page, path) => heavy(page, path, base)));
});

const queue = []; // forms to be sent
await task('pages: each without scripts has its words and its forms', async () => {
	const still = await Promise.all(house.visits.map(async ({ room, paths }) =>
		({ room: await open({ javaScriptEnabled: false, storageState: await room.storageState() }), paths })));
	none(await lookAtAll(still, (page, path) => stillLook(page, path, queue)));
});

await task('pages: each form is sent without scripts, and what answers is looked at', async () => {
	const wrong = [], sent = new Map(), page = await keeper.room.newPage();
	await page.goto(base);
	for (let form = nextForm(queue, sent); form; form = nextForm(queue, sent)) {
		const { path } = rowOf('POST', form.action), answer = await send(form.room, form, EXAMPLES[path]);
		sent.set(path, answer.status);
		if (process.env.TELL)
			console.log(path, answer.status, answer.at, (answer.html.match(/id="problem"[^]*?<\/p>/) ?? [''])[0].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(51, 150));
		wrong.push(...[answer.wrong].filter(Boolean));
		if (!answer.html)
			continue;
		await turn(page, answer.html);
		// a page of its own is looked at; where one is sent on to, the forms that stand there now are all that is new
		if (answer.status >= 400 || answer.at === form.action)
			wrong.push(...await shortLook(page, `the answer of ${path}`, 'structure'));
		queue.push(...(await found(page)).forms.filter((one) => one.method === 'post').map((one) => ({ ...one, room: form.room })));
	}
	const done = [...sent.values()].filter((status) => status < 400).length;
	console.log(`  ${sent.size} of ${rows.filter((row) => row.method === 'POST').length} forms, ${done} of them did what they are for`);
	none(wrong);
	assert.ok(done > 90, 'most do');
	none(rows.filter((row) => row.method === 'POST' && !sent.has(row.path) && !NOT_SENT[row.path]).map((row) => `no form for ${row.path}`));
	none(Object.keys(NOT_SENT).filter((path) => sent.has(path) || !rowOf('POST', path)).map((path) => `${path} is sent now`));
});

await task('pages: the longest page of each list is light; a program gets as much as it asks for', async () => {
	await fillLists();
	const { room } = await come('lang.s', 'it admin konsulent bibliotek'); // the keeper has sent every form, also that which signs out
	none(await lookAtAll([{ room, paths: LISTS }], async (page, path) => {
		const wrong = await heavy(page, path, base), list = path.match(/\w+/)[0], rows = await page.locator('#items tbody tr').count();
		if (list === 'items' && (rows !== 50 || (await api('GET', path)).items.length <= 100))
			wrong.push(`${path}: ${rows} rows`);
		return page.url().includes(path) ? wrong : [`${path}: led to ${page.url()}`];
	}));
});

// After all that was done here; what is told in a sentence of its own is no field.
await task('pages: what the log names has a word in the catalogue', async () => {
	const words = readFileSync(new URL('../../po/sv.po', import.meta.url), 'utf8'), bare = new Set();
	let after = '', seen = 0;
	do {
		const { next, ...rest } = await api('GET', `/audit?most=500${after}`), [records] = Object.values(rest).filter(Array.isArray);
		for (const { act, detail } of records.filter((record) => record.detail)) {
			seen++;
			for (const key of Object.keys(typeof detail === 'object' ? detail : detail.startsWith('{') ? JSON.parse(detail) : {})) {
				if (!['name.detail', 'column', 'field'].some((group) => words.includes(`msgid "${group}.${key}"`)))
					bare.add(`${act}: ${key}`);
			}
		}
		after = next ? `&after=${encodeURIComponent(next)}` : '';
	} while (after);
	assert.ok(seen > 300, `${seen} acts`);
	none([...bare]);
});

await end();
