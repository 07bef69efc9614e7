// SPDX-License-Identifier: EUPL-1.2
// What is signed: declared void, seen before it is put to use, and what its things cost to replace.
import { strict as assert } from 'node:assert';
import { rmSync, writeFileSync } from 'node:fs';
import { api, base, camera, come, look, no, paper, press, said, task, type, wordsOf } from './room.mjs';

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
			await page.selectOption('#f-identity', 'id_card');
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

	await task('papers: one press lends and opens the text; signed by keyboard, later, or undone; without scripts as well', async () => {
		const things = (await api('GET', '/items?state=in_stock&most=500')).items
			.filter((i) => i.product_id === 'forstoringsglas-belysning').map((i) => i.item_number);
		for (const [name, javaScriptEnabled] of [['pia.p', true], ['pim.p', false]]) {
			const { room, page } = await come(name, 'bibliotek', { javaScriptEnabled });
			const card = `KPAPPER${javaScriptEnabled ? 1 : 2}`;
			await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Sixten', family: 'Provare', card });
			const put = async (...codes) => {
				for (const code of codes) {
					await page.fill('#f-code', code);
					await Promise.all([page.waitForResponse((r) => /desk\/scan|\/sign/.test(r.url())), page.press('#f-code', 'Enter')]);
					if (code !== 'C-KLAR')
						await page.locator('.answer', { hasText: code === card ? 'vald' : code }).waitFor();
				}
			};
			const thing = things.pop();
			const state = async () => (await api('GET', `/items/${thing}`)).state;
			await page.goto(`${base}/desk?desk=disk-2`);
			// the button and Enter; what was lent is undone from there
			await put(card, thing);
			await press(page, 'button', 'Lämna ut');
			await page.waitForSelector('.agreement');
			assert.match(await said(page), /Utlämnat/);
			assert.match(await page.textContent('.agreement'), new RegExp(thing));
			if (javaScriptEnabled)
				await look(page, 'papers-at-once');
			await press(page, 'button', /^Ångra/);
			await page.waitForURL(/\/desk\?done=undone&desk=disk-2/);
			assert.equal(await state(), 'in_stock');
			// the card for done; later leads back to the desk, and from there to the same text
			await page.goto(`${base}/desk?desk=disk-2`);
			await put(card, thing, 'C-KLAR');
			await page.waitForSelector('.agreement');
			assert.equal(await state(), 'on_loan');
			const loan = new URL(page.url()).pathname.split('/')[2];
			await press(page, 'link', 'Skriv under senare');
			await page.waitForURL(/\/desk\?desk=disk-2$/);
			await press(page, 'link', /^Skriv under$/);
			await page.waitForSelector('.agreement');
			await page.selectOption('#f-identity', 'known');
			await type(page, '#f-name', '1');
			await page.waitForSelector('#problem');
			assert.equal(await page.getByRole('button', { name: /^Ångra/ }).count(), 1);
			await type(page, '#f-name', 'Sixten Provare');
			await page.waitForURL(/\/desk\?done=signed&desk=disk-2/);
			assert.equal(await page.getByRole('link', { name: /^Skriv under$/ }).count(), 0);
			const { agreements } = await api('GET', `/agreements?loan=${loan}`);
			assert.deepEqual(agreements.map((x) => [x.state, x.way]), [['signed', 'typed']]);
			await api('POST', `/items/${thing}/check-in`, {});
			assert.deepEqual(page.complaints, []);
			await room.close();
		}
	});

	// the link leads to the question, the question to the paper; no reason stands in an address
	async function readWithReason(room, page, id) {
		await page.goto(`${base}/agreements/${id}/pdf`);
		assert.equal(new URL(page.url()).pathname, `/agreements/${id}/read`);
		await look(page, 'papers-read');
		await page.fill('#f-words', 'kort');
		await press(page, 'button', 'Visa avtalet');
		await page.waitForSelector('#problem');
		assert.match(await no(page), /minst åtta tecken/);
		const sent = await page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('main form'))));
		const reply = await room.request.post(`${base}/agreements/${id}/read`, { form: { ...sent, words: 'läses upp vid disken' }, headers: { origin: base } });
		assert.equal(reply.headers()['content-type'], 'application/pdf');
		assert.match(await wordsOf(reply), /Låneöverenskommelse/);
	}

	await task('papers: who signs is chosen among those who may fetch, by name; of a protected identity without', async () => {
		const { room, page } = await come('pelle.p', 'bibliotek');
		const things = (await api('GET', '/items?state=in_stock&most=500')).items
			.filter((i) => i.product_id === 'forstoringsglas-belysning').map((i) => i.item_number);
		for (const hidden of [false, true]) {
			const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Sixten', family: 'Provare', protected: hidden });
			for (const [name, may_collect] of [['Greta Kollin', true], ['Tage Kollin', false]])
				await api('POST', `/borrowers/${id}/relatives`, { name, relation: 'relative', may_collect });
			const { loan } = await api('POST', '/loans', { borrower: id, things: [things.pop()] });
			await page.goto(`${base}/loans/${loan}/sign`);
			await press(page, 'button', 'Ta fram');
			await page.waitForSelector('#f-signer');
			const choices = await page.locator('#f-signer option').allTextContents();
			assert.deepEqual(choices, hidden ? ['Låntagaren själv', 'Anhörig', 'Ombud', 'God man eller förvaltare']
				: ['Låntagaren själv', 'Greta Kollin, Anhörig']);
			await look(page, `papers-signer-${hidden}`);
			await page.selectOption('#f-identity', 'passport');
			if (hidden) {
				await page.selectOption('#f-signer', { index: 3 });
				await press(page, 'button', 'Skrev under på papper');
				await page.waitForSelector('#problem');
				assert.match(await no(page), /får inte hämta och lämna.*låntagarens sida/);
				assert.equal(await page.locator('#f-signer').getAttribute('aria-invalid'), 'true');
				assert.equal(await page.inputValue('#f-identity'), 'passport', 'what was chosen stays chosen');
			}
			await page.selectOption('#f-signer', { index: 1 });
			await press(page, 'button', 'Skrev under på papper');
			await page.waitForURL(/done=signed/);
			const { agreements } = await api('GET', `/agreements?loan=${loan}`);
			assert.deepEqual(agreements.map((x) => [x.signer, x.relative]), [['relative', 1]]);
			if (hidden)
				await readWithReason(room, page, agreements[0].id);
		}
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('papers: how a loan\'s things were and what is wrong is photographed, removed and put back; too large is told', async () => {
		const { room, page } = await come('polly.p', 'bibliotek');
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Sixten', family: 'Provare' });
		await api('POST', '/catalogue/load').catch(() => {});
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 1 });
		const thing = (await api('GET', '/items?state=in_stock&most=500')).items.filter((i) => i.product_id === 'forstoringsglas-belysning').pop().item_number;
		const { loan } = await api('POST', '/loans', { borrower: id, things: [thing] });
		const { fault } = await api('POST', `/items/${thing}/faults`, { symptom: 'Glaset är repigt' });
		const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
		const big = `${camera}.large.jpg`;
		writeFileSync(big, Buffer.alloc(40 << 20, 1));
		for (const above of [`/loans/${loan}`, `/faults/${fault}`]) {
			const photos = async () => (await api('GET', `${above}/photos`)).photos.map((p) => p.note);
			await page.goto(base + above);
			await press(page, 'link', 'Lägg till en bild');
			await page.setInputFiles('#f-photo', big);
			await press(page, 'button', 'Spara bilden');
			await page.waitForFunction(() => /mindre fil/.test(document.querySelector('main')?.textContent ?? ''));
			await page.goto(`${base}${above}/photos`);
			await page.setInputFiles('#f-photo', { name: 'a.png', mimeType: 'image/png', buffer: png });
			await type(page, '#f-note', 'repa i glaset');
			await page.waitForSelector('.done');
			assert.deepEqual(await photos(), ['repa i glaset']);
			await press(page, 'button', /^Ta bort bilden/);
			await page.waitForURL(/photo-removed/);
			assert.deepEqual(await photos(), []);
			await press(page, 'button', /^Ångra/);
			await page.waitForURL(/photo-restored/);
			assert.deepEqual(await photos(), ['repa i glaset']);
			await page.goto(base + above);
			assert.equal(await page.locator('main img.photo').getAttribute('alt'), 'repa i glaset');
			await look(page, `papers-photos-${above.split('/')[1]}`);
		}
		rmSync(big);
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
