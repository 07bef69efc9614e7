// SPDX-License-Identifier: EUPL-1.2
// Where the desk stands: in a new house, with one place that lends, and with two.
import { strict as assert } from 'node:assert';
import { says, tryScan } from './desk.mjs';
import { api, base, come, fingers, look, open, paper, press, scan, task, type } from './room.mjs';

const stands = (page) => page.textContent('.stands');
const words = async (page, path) => (await paper(page, path)).replace(/\s+/g, ' ');

// From the desk to the text that is signed, of one thing.
async function agreement(room, page, card, thing) {
	await tryScan(page, card, 'yes', 'vald');
	await tryScan(page, thing, 'yes', thing);
	await scan(page, 'C-KLAR');
	await page.waitForSelector('.agreement');
	const loan = page.url().match(/L-\d+/)[0];
	const { id } = await api('POST', `/loans/${loan}/agreements`, {});
	const text = await words(room, `/agreements/${id}/pdf`), slip = await words(room, `/loans/${loan}/slip`);
	await page.goto(`${base}/desk`);
	await tryScan(page, thing, 'yes', 'återlämnad');
	return { text, slip };
}

export async function placeTasks() {
	const things = [], card = 'KDISKE001';
	await task('a desk in a house without a place says so, and its papers have no gaps', async () => {
		await api('POST', '/catalogue/load');
		await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Vega', family: 'Provare', card });
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 2 });
		things.push(...(await api('GET', '/items?product=forstoringsglas-belysning&most=2')).items.map((i) => i.item_number));
		const { room, page } = await come('plats.b', 'bibliotek');
		await page.goto(`${base}/desk`);
		assert.match(await page.textContent('.needs:not([hidden])'), /Ingen plats lånar ut än/);
		await look(page, 'desk-no-place');
		await tryScan(page, 'P-INGENSTANS', 'no', 'Det finns ingen plats');
		assert.equal(await page.locator('.needs:not([hidden])').count(), 0, 'what was scanned is looked at first');
		assert.match(await stands(page), /ingen plats vald/);
		const { text, slip } = await agreement(room, page, card, things[0]);
		assert.match(text, /Sakerna är kommunens/);
		assert.doesNotMatch(text + slip, /Lämna tillbaka dem till|Ring|–\./);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('the first visit leads to the place, and the only one that lends is where the desk stands', async () => {
		const { room, page } = await come('plats.a', 'admin bibliotek');
		await page.goto(`${base}/`);
		await press(page, 'link', /Lägg upp platsen där ni lånar ut/);
		await page.waitForURL(/\/places\/new/);
		await page.focus('#f-name');
		await fingers(page, 'Läsrummet');
		await type(page, '#f-phone', '031-390 06 31');
		await page.waitForURL(/\/places\/[^/]+\?done=saved/);
		await page.goto(`${base}/guide`);
		assert.equal(await page.getByRole('link', { name: /Lägg upp platsen/ }).count(), 0);
		await page.goto(`${base}/desk`);
		assert.match(await stands(page), /Disken:\s+Läsrummet/);
		assert.equal(await page.locator('.stands select').count(), 0, 'nothing to choose');
		const { text, slip } = await agreement(room, page, card, things[0]);
		assert.match(text, /Lämna tillbaka dem till Läsrummet\./);
		assert.match(text + slip, /Ring 031-390 06 31/);
		assert.match(slip, /Lämna det på Läsrummet\./);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('of two places one is chosen at the desk, by keyboard and without scripts, or by its label', async () => {
		await api('POST', '/places', { name: 'Bokbussen', kind: 'bus', id: 'bokbussen', lends: true });
		const { room, page } = await come('plats.c', 'bibliotek');
		await page.goto(`${base}/desk`);
		assert.match(await page.textContent('.needs:not([hidden])'), /Välj var disken står/);
		await look(page, 'desk-which-place');
		await tryScan(page, card, 'yes', 'vald');
		await page.locator('.stands summary').press('Enter');
		await look(page, 'desk-which-place-busy');
		await page.focus('#f-place');
		await page.keyboard.press('B');
		await press(page, 'button', 'Välj plats');
		await says(page, 'Disken är nu Bokbussen');
		assert.match(await stands(page), /Disken:\s+Bokbussen/);
		await look(page, 'desk-place');
		// it stays so, and what is scanned into the list goes to the box
		await page.goto(`${base}/desk`);
		await page.locator('.stands summary').press('Enter');
		await page.focus('#f-place');
		await tryScan(page, 'P-LASRUMMET', 'yes', 'Disken är nu Läsrummet');
		assert.equal(await page.locator('.answer').count(), 1);
		const bare = await open({ javaScriptEnabled: false, storageState: await room.storageState() });
		const plain = await bare.newPage();
		await plain.goto(`${base}/desk`);
		assert.match(await stands(plain), /Läsrummet/);
		await plain.locator('.stands summary').press('Enter');
		await plain.selectOption('#f-place', 'P-bokbussen');
		await plain.locator('.stands button').press('Enter');
		await plain.waitForURL(/answer=/);
		assert.match(await stands(plain), /Bokbussen/);
		await bare.close();
		// the other tasks are of a house that lends anywhere
		for (const id of ['bokbussen', 'lasrummet'])
			await api('POST', `/places/${id}`, { closed: true });
		await page.goto(`${base}/desk`);
		await tryScan(page, 'P-BOKBUSSEN', 'no', 'används inte längre');
		assert.match(await stands(page), /ingen plats vald/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});
}
