// SPDX-License-Identifier: EUPL-1.2
// What is signed: declared void, seen before it is put to use, and what its things cost to replace.
import { strict as assert } from 'node:assert';
import { apiOf } from './desk.mjs';

export async function papersTasks({ task, open, listen, violations, tooWide, base, shots, desk }) {
	const password = 'fyra helt olika ord';
	const api = apiOf(base);
	const { words } = desk;

	// Whoever lends and decides on the texts, signed in.
	async function come(name) {
		const { one_time_password: word } = await api('POST', '/accounts', { name, roles: 'bibliotek admin' });
		const room = await open();
		const page = listen(await room.newPage());
		page.setDefaultTimeout(20000);
		await page.goto(`${base}/sign-in`);
		await page.fill('#f-name', name);
		await page.fill('#f-password', word);
		await page.click('main button');
		await page.fill('#f-new_password', password);
		await page.fill('#f-again', password);
		await page.click('main button');
		await page.waitForSelector('.done');
		return { room, page };
	}
	// To a button or a link, and Enter: as Tab would, but told by its name.
	const press = async (page, name, role = 'button') => {
		await page.locator('main').getByRole(role, { name }).first().focus();
		await page.keyboard.press('Enter');
		await page.waitForLoadState();
	};
	// As a person types, not as a scanner; Enter sends the form.
	const type = async (page, field, text) => {
		await page.fill(field, '');
		await page.focus(field);
		await page.keyboard.type(text, { delay: 70 });
		await page.keyboard.press('Enter');
	};
	const look = async (page, name) => {
		for (const colorScheme of ['light', 'dark']) {
			await page.emulateMedia({ colorScheme });
			assert.deepEqual(await violations(page), [], name);
			if (shots)
				await page.screenshot({ path: `${shots}/${colorScheme}-papers-${name}.png`, fullPage: true });
		}
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 320, height: 700 });
		assert.equal(await page.evaluate(tooWide), false, name);
		if (shots)
			await page.screenshot({ path: `${shots}/narrow-papers-${name}.png`, fullPage: true });
		await page.setViewportSize({ width: 1280, height: 800 });
		assert.equal(await page.evaluate('document.body.innerText.match(/\\{\\{|\\bt\\.[a-z]/)'), null);
	};
	const said = (page) => page.textContent('main .done');
	const paper = async (room, path) => words(Buffer.from(await (await room.request.get(base + path)).body()));

	await task('papers: what was signed is declared void, and the loan asks for a new signature', async () => {
		const { room, page } = await come('petra.p');
		await api('POST', '/catalogue/load').catch(() => {});
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Sixten', family: 'Provare' });
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 1 });
		const things = (await api('GET', '/items?most=500')).items;
		const glass = things.findLast((i) => i.product_id === 'forstoringsglas-belysning' && i.state === 'in_stock');
		const { loan } = await api('POST', '/loans', { borrower: id, things: [glass.serial] });
		const sign = async () => {
			await press(page, 'Skriv under', 'link');
			await press(page, 'Ta fram');
			await page.waitForSelector('.agreement');
			await type(page, '#f-name', 'Sixten Provare');
			await page.waitForSelector('.done');
		};
		await page.goto(`${base}/loans/${loan}`);
		// a draft is put aside before anybody signs it
		await page.goto(`${base}/loans/${loan}/sign`);
		await press(page, 'Ta fram');
		await press(page, 'Pappret är fel', 'link');
		await look(page, 'again');
		await type(page, '#f-reason', 'fel dag');
		await page.getByRole('button', { name: 'Ta fram' }).waitFor();
		await page.goto(`${base}/loans/${loan}`);
		await sign();
		assert.equal(await page.getByRole('link', { name: 'Skriv under', exact: true }).count(), 0);
		const pdf = await page.locator('a[href^="/agreements/"]').getAttribute('href');
		assert.doesNotMatch(await paper(room, pdf), /Gäller inte/);
		await press(page, 'Förklara ogiltigt', 'link');
		assert.match(await page.textContent('main'), /slutar gälla genast.*ny underskrift/);
		await look(page, 'void');
		await type(page, '#f-reason', 'fel låntagare, 19701063-2391');
		await page.waitForSelector('#problem');
		assert.match(await page.textContent('#problem'), /personnummer/);
		await type(page, '#f-reason', 'fel sak på pappret');
		await page.waitForSelector('.done');
		assert.match(await said(page), /gäller inte längre/);
		assert.match(await page.textContent('main'), /behöver skriva under igen/);
		await look(page, 'loan');
		assert.match(await paper(room, pdf), /Gäller inte\. Förklarades ogiltig/);
		await sign();
		assert.doesNotMatch(await page.textContent('main'), /behöver skriva under igen/);
		assert.match(await page.textContent('.facts'), /fel sak på pappret/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('papers: a text is seen as paper before it is put to use', async () => {
		const { room, page } = await come('paula.p');
		const texts = `${base}/wordings/loan/sv`;
		await page.goto(texts);
		await look(page, 'wording');
		assert.match(await paper(room, '/wordings/loan/sv/preview'), /Förhandsvisning[^]*Vera Exempel/);
		const version = async () => (await api('GET', '/wordings/loan/sv', undefined)).wordings[0].version;
		const before = await version();
		await press(page, 'Skriv en ny version', 'link');
		await look(page, 'wording-change');
		await page.fill('#f-body', 'Ett utkast åt {name}.\n\n{items}');
		const preview = page.locator('button[name=preview]');
		await preview.focus();
		// sent as the button sends it; the browser's own viewer of PDF cannot be asked what it shows
		const sent = await page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('main form'))));
		const reply = await room.request.post(`${texts}/change`, { form: { ...sent, preview: 'yes' }, headers: { origin: base } });
		assert.equal(reply.headers()['content-type'], 'application/pdf');
		assert.match(words(Buffer.from(await reply.body())), /Förhandsvisning[^]*Ett utkast åt Vera Exempel/);
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
