// SPDX-License-Identifier: EUPL-1.2
// What is signed: declared void, seen before it is put to use, and what its things cost to replace.
import { strict as assert } from 'node:assert';
import { api, base, come, look, no, paper, press, said, task, type, wordsOf } from './room.mjs';

const ROLES = 'bibliotek admin'; // who lends and decides on the texts

export async function papersTasks() {
	await task('papers: what was signed is declared void, and the loan asks for a new signature', async () => {
		const { room, page } = await come('petra.p', ROLES);
		await api('POST', '/catalogue/load').catch(() => {});
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Sixten', family: 'Provare' });
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 1 });
		const things = (await api('GET', '/items?most=500')).items;
		const glass = things.findLast((i) => i.product_id === 'forstoringsglas-belysning' && i.state === 'in_stock');
		const { loan } = await api('POST', '/loans', { borrower: id, things: [glass.serial] });
		const sign = async () => {
			await press(page, 'link', 'Skriv under');
			await press(page, 'button', 'Ta fram');
			await page.waitForSelector('.agreement');
			await type(page, '#f-name', 'Sixten Provare');
			await page.waitForSelector('.done');
		};
		await page.goto(`${base}/loans/${loan}`);
		// a draft is put aside before anybody signs it
		await page.goto(`${base}/loans/${loan}/sign`);
		await press(page, 'button', 'Ta fram');
		await press(page, 'link', 'Pappret är fel');
		await look(page, 'papers-again');
		await type(page, '#f-reason', 'fel dag');
		await page.getByRole('button', { name: 'Ta fram' }).waitFor();
		await page.goto(`${base}/loans/${loan}`);
		await sign();
		assert.equal(await page.getByRole('link', { name: 'Skriv under', exact: true }).count(), 0);
		const pdf = await page.locator('a[href^="/agreements/"]').getAttribute('href');
		assert.doesNotMatch(await paper(room, pdf), /Gäller inte/);
		await press(page, 'link', 'Förklara ogiltigt');
		assert.match(await page.textContent('main'), /slutar gälla genast.*ny underskrift/);
		await look(page, 'papers-void');
		await type(page, '#f-reason', 'fel låntagare, 19701063-2391');
		await page.waitForSelector('#problem');
		assert.match(await no(page), /personnummer/);
		await type(page, '#f-reason', 'fel sak på pappret');
		await page.waitForSelector('.done');
		assert.match(await said(page), /gäller inte längre/);
		assert.match(await page.textContent('main'), /behöver skriva under igen/);
		await look(page, 'papers-loan');
		assert.match(await paper(room, pdf), /Gäller inte\. Förklarades ogiltig/);
		await sign();
		assert.doesNotMatch(await page.textContent('main'), /behöver skriva under igen/);
		assert.match(await page.textContent('.facts'), /fel sak på pappret/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('papers: a text is seen as paper before it is put to use', async () => {
		const { room, page } = await come('paula.p', ROLES);
		const texts = `${base}/wordings/loan/sv`;
		await page.goto(texts);
		await look(page, 'papers-wording');
		assert.match(await paper(room, '/wordings/loan/sv/preview'), /Förhandsvisning[^]*Vera Exempel/);
		const version = async () => (await api('GET', '/wordings/loan/sv', undefined)).wordings[0].version;
		const before = await version();
		await press(page, 'link', 'Skriv en ny version');
		await look(page, 'papers-wording-change');
		await page.fill('#f-body', 'Ett utkast åt {name}.\n\n{items}');
		const preview = page.locator('button[name=preview]');
		await preview.focus();
		// sent as the button sends it; the browser's own viewer of PDF cannot be asked what it shows
		const sent = await page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('main form'))));
		const reply = await room.request.post(`${texts}/change`, { form: { ...sent, preview: 'yes' }, headers: { origin: base } });
		assert.equal(reply.headers()['content-type'], 'application/pdf');
		assert.match(await wordsOf(reply), /Förhandsvisning[^]*Ett utkast åt Vera Exempel/);
		assert.equal(await version(), before);
		// a field that there is not: told in the new window, and what was typed is still in this one
		await page.fill('#f-body', '{items}\n\n{nope}');
		await preview.focus();
		const [other] = await Promise.all([room.waitForEvent('page'), page.keyboard.press('Enter')]);
		await other.waitForSelector('#problem');
		assert.match(await other.textContent('#problem'), /nope/);
		assert.match(await page.inputValue('#f-body'), /nope/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});
}
