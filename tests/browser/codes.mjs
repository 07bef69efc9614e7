// SPDX-License-Identifier: EUPL-1.2
// Codes scanned away from the desk, and codes that many things have: each leads to what it is of.
import { strict as assert } from 'node:assert';
import { atDesk, tryScan } from './desk.mjs';
import { api, base, listen, look, open, paper, press, scan, task } from './room.mjs';

export async function codesTasks() {
	const things = [];
	let borrower, loan;

	await task('codes: something that has them', async () => {
		await api('POST', '/catalogue/load');
		await api('POST', '/places', { id: 'kod-disk', kind: 'desk', name: 'Koddisken', lends: true });
		await api('POST', '/products/sensorlampa', { gtin: '07310865004703' });
		await api('POST', '/items', { product: 'sensorlampa', count: 3, place: 'kod-disk' });
		const { items } = await api('GET', '/items?state=in_stock&product=sensorlampa&most=200');
		things.push(...items.map((i) => i.item_number).slice(-3));
		await api('POST', `/items/${things[0]}`, { maker_serial: 'SN-KOD-77' });
		await api('POST', '/sims', { iccid: '8946071512360089522', msisdn: '070-998 87 76' });
		({ id: borrower } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Koda', family: 'Person', card: 'KKODER001' }));
		({ loan } = await api('POST', '/loans', { borrower, things: [things[2]] }));
	});

	await task('any code scanned on another page leads to what it is of, as the desk would take it', async () => {
		const { room, page } = await atDesk();
		await page.goto(`${base}/loans/${loan}/sign`);
		await press(page, 'button', 'Ta fram');
		await page.selectOption('#f-identity', 'known');
		await press(page, 'button', /papper/);
		await page.waitForSelector('main > .done');
		const pdf = await paper(room, await page.locator('a[href^="/agreements/"]').first().getAttribute('href'));
		const agreement = pdf.match(/A-[A-Z0-9]{10}/)[0];
		const sim = await api('GET', '/sims/8946071512360089522');
		for (const [code, path] of [['8946071512360089522', `/items/${sim.serial}`], ['070-9988776', `/items/${sim.serial}`], ['46709988776', `/items/${sim.serial}`],
			['KKODER001', `/borrowers/${borrower}`], ['K-KODER001', `/borrowers/${borrower}`],
			[loan, `/loans/${loan}`], [agreement, `/loans/${loan}`], [things[0], '/items/'], ['SN-KOD-77', '/items/'],
			['07310865004703', '/products/sensorlampa'], ['7310865004703', '/products/sensorlampa'],
			['(01)07310865004703(21)SN-KOD-77', '/items/'], ['P-KOD-DISK', '/places/kod-disk']]) {
			await page.goto(`${base}/statistics`);
			await scan(page, code);
			await page.waitForURL((url) => url.pathname.startsWith(path));
		}
		// nothing has it: a no with a way on
		await page.goto(`${base}/statistics`);
		await scan(page, 'K-FINNSINTE');
		await page.waitForURL(/\/find\?s=/);
		assert.match(await page.textContent('main'), /Sök bland låntagare/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('the sign-in page: a scan that ends in Tab is no name, a key of steel is; things are known when it is loaded anew', async () => {
		const room = await open(), page = listen(await room.newPage());
		await page.goto(`${base}/sign-in`);
		await page.focus('#f-name');
		await scan(page, 'VB-000777', 'Tab');
		await page.waitForSelector('[data-some]:not([hidden])');
		assert.equal(await page.inputValue('#f-name'), '');
		assert.equal(await page.evaluate('document.activeElement.id'), 'f-name');
		// two line ends are one
		await scan(page, [...'VB-000778', 'Enter'], 'Enter');
		await page.waitForFunction(() => /2/.test(document.querySelector('[data-count]')?.textContent));
		await page.reload();
		await page.waitForSelector('[data-some]:not([hidden])');
		assert.match(await page.textContent('[data-some]'), /2\s+skanningar väntar/);
		// a card may be somebody's: of it nothing is written down
		await scan(page, 'KKODER001');
		await page.waitForFunction(() => /3/.test(document.querySelector('[data-count]')?.textContent));
		assert.deepEqual(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }).match(/VB-\d+|KKODER001/g)), ['VB-000777', 'VB-000778']);
		// a key of steel: name, Tab and password without a pause
		await page.focus('#f-name');
		await scan(page, [...'koda.p', 'Tab', ...'fyra ord'], 'Tab');
		await page.waitForFunction(() => document.querySelector('#f-password').value === 'fyra ord');
		assert.equal(await page.inputValue('#f-name'), 'koda.p');
		assert.match(await page.textContent('[data-some]'), /3\s+skanningar väntar/);
		await page.click('[data-forget]');
		assert.equal(await page.evaluate(() => sessionStorage.getItem('hylla-unclaimed')), null);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('a maker\'s code is of many: those that are in are offered, here first, and none is guessed', async () => {
		const { room, page } = await atDesk();
		const gtin = '7310865004703';
		await tryScan(page, 'P-KOD-DISK', 'yes', 'Koddisken');
		await tryScan(page, 'KKODER001', 'yes', 'vald');
		await tryScan(page, gtin, 'ask', 'alla har den koden');
		assert.equal(await page.locator('tbody tr').count(), 0);
		assert.deepEqual((await page.locator('.answer button').allTextContents()).map((t) => t.trim()), [`${things[0]} · här`, `${things[1]} · här`]);
		await look(page, 'desk-gtin');
		await press(page, 'button', things[1]);
		await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
		// what lies on the desk is not offered again; when none is left, a queue is
		await tryScan(page, gtin, 'ask', 'alla har den koden');
		assert.equal(await page.locator('.answer button').count(), 1);
		await press(page, 'button', things[0]);
		await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2);
		await tryScan(page, gtin, 'no', 'ingen är inne');
		await look(page, 'desk-gtin-none');
		await press(page, 'link', 'Reservera en');
		await page.waitForURL(/\/holds\/new/);
		assert.equal(await page.inputValue('#f-product'), 'sensorlampa');
		assert.equal(await page.inputValue('#f-borrower'), borrower);
		await page.goto(`${base}/desk`);
		await press(page, 'button', 'Börja om');
		// what comes back has a number of its own
		await page.waitForLoadState();
		await tryScan(page, 'C-RETUR', 'yes', 'tas emot');
		await tryScan(page, gtin, 'no', 'Skanna etiketten med vårt eget nummer');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});
}
