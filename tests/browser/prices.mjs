// SPDX-License-Identifier: EUPL-1.2
// The price table: all products on one page, changed from row to row by keyboard, looked at before it counts,
// and what is lent keeps what it was lent under.
import { strict as assert } from 'node:assert';
import { api, base, come, fingers, look, no, paper, press, said, task } from './room.mjs';

const GLASS = 'forstoringsglas-belysning', TIMER = 'korttidstimer';
const box = (id) => `input[name="kr.${id}"]`;
const price = async (id) => (await api('GET', `/products/${id}`)).price_ore;
const newest = async () => (await api('GET', '/price-lists')).versions[0];

// Tab from row to row selects what stands there, so that typing replaces it.
async function retype(page, id, kronor) {
	await page.focus(box(id));
	await page.keyboard.press('Control+A');
	await fingers(page, kronor);
}

async function lend() {
	const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Pris', family: 'Provare' });
	await api('POST', '/items', { product: GLASS, count: 1 });
	const things = (await api('GET', `/items?product=${GLASS}&most=500`)).items;
	const glass = things.findLast((i) => i.state === 'in_stock');
	return (await api('POST', '/loans', { borrower: id, things: [glass.serial] })).loan;
}

export async function pricesTasks() {
	await task('prices: typed row by row, looked at, saved, named on paper and taken back', async () => {
		const { room, page } = await come('prim.p', 'bibliotek admin');
		await api('POST', '/catalogue/load').catch(() => {});
		await page.goto(`${base}/products`);
		await page.locator('nav a[href="/prices"]').press('Enter');
		await look(page, 'prices');
		const before = await price(GLASS), first = await newest();
		// Tab goes from box to box, and nowhere between
		await page.focus(box(GLASS));
		await page.keyboard.press('Tab');
		assert.match(await page.evaluate(() => document.activeElement.name), /^kr\./);
		// what is no sum is told where it was typed, and nothing that was typed is gone
		await retype(page, GLASS, 'trettio');
		await retype(page, TIMER, '28 565 kr');
		await page.fill('#f-why', 'Nämndens beslut § 12');
		await page.keyboard.press('Enter');
		await page.waitForSelector('#problem');
		assert.match(await no(page), /i kronor/);
		assert.equal(await page.inputValue(box(TIMER)), '28 565 kr');
		assert.equal(await page.getAttribute(box(GLASS), 'aria-invalid'), 'true');
		await look(page, 'prices-wrong');
		await retype(page, GLASS, '275,50');
		await page.focus('#f-why');
		await page.keyboard.press('Enter');
		// two rows, before and after
		await page.getByRole('heading', { name: 'Det här ändras' }).waitFor();
		assert.equal(await page.locator('main tbody tr').count(), 2);
		assert.match(await page.textContent('main tbody'), /275,50\skr.*28\s565\skr/s);
		await look(page, 'prices-preview');
		assert.equal(await price(GLASS), before);
		// back to change it: all that was typed stands there
		await press(page, 'button', 'Ändra');
		assert.equal(await page.inputValue(box(GLASS)), '275,50');
		assert.equal(await page.inputValue('#f-why'), 'Nämndens beslut § 12');
		await page.focus('#f-why');
		await page.keyboard.press('Enter');
		const old = await lend();
		await press(page, 'button', 'Spara som ny version');
		assert.match(await said(page), /ny version/);
		assert.equal(await price(GLASS), 27550);
		const version = (await newest()).version;
		assert.equal(version, first.version + 1);
		// the one that was lent meanwhile keeps its price and names its version; the next has the new one
		const papers = async (loan) => {
			const { id } = await api('POST', `/loans/${loan}/agreements`, {});
			assert.match((await api('GET', `/agreements/${id}`)).wordings, /prices\/\d+/);
			return paper(room, `/agreements/${id}/pdf`);
		};
		assert.match(await papers(old), new RegExp(`prislista ${first.version},`));
		assert.match(await papers(await lend()), new RegExp(`275,50[^]*prislista ${version},`));
		// its page, and the way back
		await page.goto(`${base}/prices/versions`);
		await look(page, 'prices-versions');
		await press(page, 'link', `Version ${version}`, { exact: true });
		await look(page, 'prices-version');
		await page.locator('main summary').press('Enter');
		await page.fill('#f-why', 'Fel belopp i beslutet');
		await page.keyboard.press('Enter');
		assert.match(await said(page), /återtagen/);
		assert.equal(await price(GLASS), before);
		// the table as it was then is still read, and cannot be changed there
		await page.goto(`${base}/prices?version=${version}`);
		assert.match(await page.textContent('main tbody'), /275,50\skr/);
		assert.equal(await page.locator(box(GLASS)).count(), 0);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('prices: from a later day, and withdrawn before it', async () => {
		const { room, page } = await come('prida.p', 'admin');
		await api('POST', '/catalogue/load').catch(() => {});
		const before = await price(TIMER), day = `${new Date().getFullYear() + 1}-06-01`;
		await page.goto(`${base}/prices`);
		await retype(page, TIMER, '399');
		await page.fill('#f-from', day);
		await page.fill('#f-why', 'Budget');
		await page.keyboard.press('Enter');
		await press(page, 'button', 'Spara som ny version');
		assert.equal(await price(TIMER), before);
		assert.match(await page.textContent('.needs'), /kommer att gälla från/);
		await look(page, 'prices-planned');
		await page.locator('.needs a').press('Enter');
		await page.locator('main summary').press('Enter');
		await page.fill('#f-why', 'Budgeten ströks');
		await page.keyboard.press('Enter');
		assert.match(await said(page), /återtagen/);
		assert.equal((await newest()).state, 'withdrawn');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('prices: who may not change them reads them', async () => {
		const { room, page } = await come('prove.p', 'bibliotek');
		await page.goto(`${base}/prices`);
		assert.equal(await page.locator('main input').count(), 0);
		assert.match(await page.textContent('main'), /ändras av en administratör/);
		await room.close();
	});
}
