// SPDX-License-Identifier: EUPL-1.2
// A loan that goes on: renewed by the card, by the loan's number and by its buttons, undone by the card, given
// another last day; what is handed in and looked at after; and the log of it all, searched by those who may.
// By keyboard and scanner, each page looked at; what is inspected also without scripts.
import { strict as assert } from 'node:assert';
import { atDesk, tryScan } from './desk.mjs';
import { api, base, come, day, fingers, look, no, open, press, said, task, type } from './room.mjs';

const SOON = 5;

export async function renewTasks() {
	const PRODUCT = 'omlampa', things = [], people = {};
	let changed; // the loan that got another last day
	let soon; // the day they are due: the next that is open

	// Due soon, so that a renewal is seen.
	const lend = async (kind, count) => {
		const { loan } = await api('POST', '/loans', { borrower: people[kind], yes: 'hold parts limit',
		things: things.splice(0, count).map((code) => ({ code, due: day(SOON) })) });
		[soon] = await dues(loan);
		return loan;
	};
	const lines = async (loan) => (await api('GET', `/loans/${loan}`)).lines;
	const dues = async (loan) => (await lines(loan)).map((line) => line.due);
	const unfold = (page, text) => page.locator('main summary', { hasText: text }).first().press('Enter');
	const state = async (code) => (await api('GET', `/items/${code}`)).state;

	await task('renew: something to lend, and what of it is inspected', async () => {
		await api('POST', '/products', { id: PRODUCT, name: 'Omlånslampa', kind: 'thing' });
		await api('POST', '/items', { product: PRODUCT, count: 12 });
		things.push(...(await api('GET', `/items?product=${PRODUCT}&most=200`)).items.map((i) => i.item_number));
		for (const [kind, card] of [['senior', 'KOMLA0001'], ['relative', 'KOMLA0002']])
			({ id: people[kind] } = await api('POST', '/borrowers', { zone: 'library', kind, given: 'Omlåna', family: 'Provare', card }));
		await api('POST', '/loan-rules', { product: PRODUCT, borrower_kind: 'relative', inspect: true, why: 'nämnden' });
	});

	await task('renewed by the card: a thing, a whole loan by its number; and undone by the card', async () => {
		const [one, three] = [await lend('senior', 2), await lend('senior', 3)];
		const { room, page } = await atDesk();
		const [first] = await lines(one);
		await tryScan(page, 'C-OMLAN', 'yes', 'Nu lånas om');
		await tryScan(page, first.item_number, 'yes', 'Omlånat: 1 sak');
		const [renewed, other] = await dues(one);
		assert.ok(renewed > soon, renewed);
		assert.equal(other, soon);
		await tryScan(page, three, 'yes', 'Omlånat: 3 saker');
		assert.ok((await dues(three)).every((due) => due > soon));
		await look(page, 'desk-renewed');
		// the button says what it would undo; the card does it
		assert.match(await page.textContent('[data-desk]'), /Ångra:\s+omlån av 3 saker/);
		await tryScan(page, 'C-ANGRA', 'yes', 'Ångrat');
		assert.deepEqual(await dues(three), [soon, soon, soon]);
		assert.deepEqual(await dues(one), [renewed, other], 'nothing else');
		await tryScan(page, 'FINNS-INTE-OM', 'no', 'FINNS-INTE-OM');
		await tryScan(page, things[0], 'no', 'inte utlånad');
		await look(page, 'desk-renew-no');
		await tryScan(page, 'C-AVBRYT', 'yes', '');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('renewed on the loan\'s page by keyboard: one thing, all of them, and undone', async () => {
		const loan = await lend('senior', 2);
		const { room, page } = await atDesk();
		await page.goto(`${base}/loans/${loan}`);
		await unfold(page, 'Ta emot, låna om');
		await press(page, 'button', 'Låna om', { exact: true });
		await page.waitForSelector('main > .done');
		assert.match(await said(page), /förlängt/);
		const [renewed, other] = await dues(loan);
		assert.ok(renewed > soon && other === soon, `${renewed} ${other}`);
		await press(page, 'button', /^Ångra:\s+omlån av 1 sak/);
		await page.waitForURL(/\/loans\?done=/);
		assert.match(await said(page), /ångrat/);
		assert.deepEqual(await dues(loan), [soon, soon]);
		await page.goto(`${base}/loans/${loan}`);
		await press(page, 'button', 'Låna om allt');
		await page.waitForSelector('main > .done');
		assert.deepEqual(await dues(loan), [renewed, renewed]);
		await look(page, 'loan-renewed');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('another last day for a loan, with its reason, by keyboard', async () => {
		changed = await lend('senior', 1);
		const { room, page } = await atDesk();
		await page.goto(`${base}/loans/${changed}`);
		await unfold(page, 'Ändra sista dagen');
		await page.fill('#f-due', day(-3));
		await type(page, '#f-reason', 'reser bort');
		assert.match(await no(page), /har redan varit/);
		assert.equal(await page.inputValue('#f-due'), day(-3));
		assert.equal(await page.inputValue('#f-reason'), 'reser bort');
		await look(page, 'loan-due-no');
		await page.fill('#f-due', day(12));
		await page.focus('#f-reason');
		await page.keyboard.press('Enter');
		await page.waitForSelector('main > .done');
		assert.match(await said(page), /sista dagen är ändrad/);
		const [due] = await dues(changed);
		assert.ok(due >= day(12), due);
		assert.equal((await page.textContent('main')).includes('stängt; sista dag blev'), due !== day(12), due);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('what is handed in is looked at before it is lent again', async () => {
		const loan = await lend('relative', 1), [{ item_number: code }] = await lines(loan);
		const { room, page } = await atDesk();
		await tryScan(page, code, 'yes', 'Den ska kontrolleras');
		assert.equal(await state(code), 'handed_in');
		await tryScan(page, 'C-LAN', 'yes', 'Nu lånas ut');
		await tryScan(page, code, 'no', 'Kontrollera');
		await look(page, 'desk-handed-in');
		await page.goto(`${base}/loans/${loan}`);
		await look(page, 'loan-handed-in');
		await page.getByLabel('Skick').first().selectOption({ index: 1 });
		await page.locator('[id^=f-note]').focus();
		await fingers(page, 'repa i glaset');
		await press(page, 'button', /^Kontrollerad, till hyllan/);
		await page.waitForSelector('main > .done');
		assert.match(await said(page), /kontrollerad/);
		assert.match(await page.textContent('.lines'), /repa i glaset/);
		assert.equal(await state(code), 'in_stock');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('without scripts: handed in and inspected, a part short and broken', async () => {
		const code = things[0];
		await api('POST', `/items/${code}/parts`, { name: 'Fodral' });
		const loan = await lend('relative', 1);
		const { room } = await atDesk();
		const still = await open({ javaScriptEnabled: false, storageState: await room.storageState() });
		const page = await still.newPage();
		await page.goto(`${base}/desk`);
		const scanned = async (text) => {
			await page.fill('#f-code', text);
			await page.press('#f-code', 'Enter');
		};
		await scanned(code);
		assert.match(await page.textContent('.answer'), /Är allt med/);
		await scanned(code);
		assert.match(await page.textContent('.answer'), /Den ska kontrolleras/);
		await press(page, 'link', 'Kontrollera den');
		await page.waitForURL(new RegExp(`/loans/${loan}`));
		await look(page, 'loan-handed-in-still');
		await page.getByLabel('Fodral').press('Space');
		await page.getByLabel('trasig').press('Space');
		await page.getByLabel('Skick').first().selectOption({ index: 1 });
		await press(page, 'button', /^Kontrollerad, till hyllan/);
		assert.match(await said(page), /kontrollerad/);
		assert.equal(await state(code), 'repair');
		// what is to be mended gets its ticket at once
		assert.match(page.url(), new RegExp(`/items/${code}/fault`));
		await page.fill('#f-symptom', 'Lyser inte');
		await press(page, 'button', 'Anmäl');
		await page.waitForURL(/\/faults\//);
		await page.goto(`${base}/loans/${loan}`);
		assert.match(await page.textContent('.lines'), /saknas/);
		await still.close();
		await room.close();
	});

	await task('the log is searched by who may, and by nobody else', async () => {
		const { room, page } = await come('olle.om', 'admin');
		await page.goto(base);
		await page.locator('#places').getByRole('link', { name: 'Inställningar' }).press('Enter');
		await press(page, 'link', 'Logg över vad personalen gjort');
		await page.waitForURL(/\/audit$/);
		await page.selectOption('#f-act', 'loan.due');
		await type(page, '#f-object', changed);
		await page.waitForURL(/object=/);
		assert.equal(await page.locator('tbody tr').count(), 1);
		assert.match(await page.textContent('tbody'), /disken\.b/);
		await look(page, 'log-searched');
		// by whom, and on which days
		await type(page, '#f-actor', 'olle.om');
		await page.waitForURL(/actor=olle/);
		assert.match(await page.textContent('main .empty'), /Inget är skrivet om det du söker/);
		await look(page, 'log-none');
		await press(page, 'link', 'Visa allt');
		await page.waitForURL(/\/audit$/);
		await page.fill('#f-from', day(1));
		await page.press('#f-actor', 'Enter');
		await page.waitForURL(/from=/);
		assert.equal(await page.locator('tbody tr').count(), 0);
		await page.fill('#f-from', day(-1));
		await type(page, '#f-actor', 'disken.b');
		await page.waitForURL(/actor=disken/);
		assert.ok(await page.locator('tbody tr').count() > 1);
		assert.deepEqual(page.complaints, []);
		await room.close();
		for (const role of ['bibliotek', 'konsulent', 'reader']) {
			const { room: theirs, page: at } = await come(`ingen.${role}`, role);
			assert.equal(await at.locator('#places a[href="/audit"]').count(), 0);
			assert.equal((await at.goto(`${base}/audit?object=${changed}`)).status(), 403, role);
			assert.equal(await at.locator('tbody tr').count(), 0);
			await look(at, `log-${role}`);
			await theirs.close();
		}
	});
}
