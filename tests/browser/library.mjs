// SPDX-License-Identifier: EUPL-1.2
// The lending library's pages: each act by its button and without scripts, each refusal with its
// reason. Called by suite.mjs, which looks at the pages it gives back in every language and theme.
import { strict as assert } from 'node:assert';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export async function library({ task, plain, base }) {
	const said = (page) => page.textContent('main .done');
	const no = (page) => page.textContent('#problem');
	const clock = '/products/blinkande-klocka';

	await task('library: a product is made, gets units with labels, parts and a picture', () => plain(async (page, press) => {
		await page.goto(base + '/products');
		await press('Läs in startkatalogen');
		assert.match(await said(page), /Startkatalogens/);
		await page.goto(base + '/products?category=memory');
		assert.ok(await page.locator('tbody tr').count());
		await page.goto(base + '/products/new');
		await page.fill('#f-name', 'Blinkande klocka');
		await page.fill('#f-price_kr', '12,5');
		await press('Spara');
		assert.match(await no(page), /Pris i kronor.*349,50/);
		assert.equal(await page.inputValue('#f-name'), 'Blinkande klocka');
		await page.fill('#f-price_kr', '349,50');
		await press('Spara');
		assert.equal(new URL(page.url()).pathname, clock);
		assert.match(await page.textContent('.facts'), /349,50 kr/);
		await page.goto(`${base}${clock}/parts`);
		await page.fill('#f-name_1', 'Klocka');
		await page.fill('#f-name_2', 'Batteri');
		await page.fill('#f-expected_2', '2');
		await page.check('[name=consumable_2]');
		await press('Spara');
		assert.match(await page.textContent('main'), /2 Batteri/);
		await page.goto(`${base}${clock}/units`);
		await page.fill('#f-count', '501');
		await press('Lägg till');
		assert.match(await no(page), /1-500/);
		await page.fill('#f-count', '3');
		await press('Lägg till');
		assert.match(await said(page), /Skriv ut deras etiketter/);
		assert.equal(await page.locator('[name=code]').count(), 3);
		const sheet = page.waitForResponse((r) => r.url() === `${base}/labels`);
		await press('Skriv ut');
		assert.match((await sheet).headers()['content-type'], /pdf/);
		await page.goto(`${base}${clock}/change`);
		await page.fill('#f-price_kr', '');
		await page.uncheck('#f-lendable');
		await press('Spara');
		assert.doesNotMatch(await page.textContent('.facts'), /kr/);
		assert.match(await page.textContent('.lead'), /lånas inte ut/);
		await page.goto(`${base}${clock}/change`);
		await page.check('#f-lendable');
		await press('Spara');
		await page.goto(`${base}${clock}/photos`);
		await page.setInputFiles('#f-photo', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('none') });
		await press('Spara bilden');
		assert.match(await no(page), /ingen hel bild/);
		await page.setInputFiles('#f-photo', { name: 'a.png', mimeType: 'image/png', buffer: png });
		await press('Spara bilden');
		assert.equal(await page.locator('img.photo').count(), 1);
		await page.goto(`${base}${clock}/remove`);
		await press('Ta bort');
		assert.match(await no(page), /exemplar|saker/);
		assert.deepEqual(page.complaints.filter((c) => !/40[09]/.test(c)), []);
	}));

	let thing;
	await task('library: a thing is counted, changed, noted, coded and moved', () => plain(async (page, press) => {
		await page.goto(base + clock);
		thing = await page.locator('tbody a').first().getAttribute('href');
		await page.goto(`${base}${thing}/parts`);
		await press('Använd produktens lista över delar');
		await page.fill('#f-present_1', 'många');
		await press('Spara räkningen');
		await page.waitForSelector('#problem');
		await page.fill('#f-present_1', '0');
		await page.fill('#f-note_1', 'kvar hemma');
		await press('Spara räkningen');
		assert.match(await page.textContent('main'), /0 av 1 kvar hemma/);
		await page.goto(`${base}${thing}/change`);
		await page.fill('#f-condition_note', 'repa');
		await page.check('#f-display');
		await press('Spara');
		assert.match(await page.textContent('main'), /Visningsexemplar/);
		await page.goto(`${base}${thing}/change`);
		await page.uncheck('#f-display');
		await page.fill('#f-condition_note', '');
		await press('Spara');
		assert.doesNotMatch(await page.textContent('main'), /repa|Visningsexemplar/);
		await page.goto(`${base}${thing}/note`);
		await page.fill('#f-text', 'Ny rem beställd');
		await press('Spara');
		assert.match(await page.textContent('.story'), /Ny rem beställd/);
		await page.goto(`${base}${thing}/codes`);
		await page.fill('#f-code', '00012345');
		await press('Spara');
		await page.goto(`${base}/find?q=00012345`);
		assert.equal(new URL(page.url()).pathname, thing);
		await page.locator('summary', { hasText: 'Koder' }).click();
		await page.locator('form[action$="/codes/drop"]', { hasText: '00012345' }).getByRole('button').click();
		assert.match(await said(page), /borttagen/);
	}));

	return ['/products', '/products?category=memory', '/products/new', clock, `${clock}?from=2026-12-01&to=2020-01-01`,
		`${clock}/change`, `${clock}/remove`, `${clock}/units`, `${clock}/parts`, `${clock}/photos`, '/labels',
		`/labels?product=blinkande-klocka`, `${thing}`, `${thing}/change`, `${thing}/note`, `${thing}/fault`,
		`${thing}/codes`, `${thing}/parts`, `${thing}/photos`].filter((x) => !x.startsWith('undefined'));
}
