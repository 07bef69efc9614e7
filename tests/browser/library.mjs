// SPDX-License-Identifier: EUPL-1.2
// The lending library's pages: each act by its button and without scripts, each refusal with its
// reason. Called by suite.mjs.
import { strict as assert } from 'node:assert';
import { account, api, base, listen, no, open, said, signIn, signInFirst, task } from './room.mjs';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export async function library({ plain }) {
	// Lisa lends: she may see borrowers and loans.
	let known = false;
	const lending = async (fn, more) => {
		const room = await open({ javaScriptEnabled: false, ...more });
		const page = listen(await room.newPage());
		const press = (name) => page.getByRole('button', { name, exact: true }).first().click();
		const word = known || await account('lisa.l', 'bibliotek konsulent');
		await page.goto(base + '/sign-in');
		await (known ? signIn(page, 'lisa.l') : signInFirst(page, 'lisa.l', word));
		known = true;
		await fn(page, press);
		await room.close();
	};
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
		assert.match(await page.textContent('.facts'), /349,50\skr/);
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
		assert.equal(await page.locator('#f-price_kr').count(), 0); // it is changed in the price table
		await api('POST', '/prices', { prices: [{ product: 'blinkande-klocka', price_ore: 0 }], why: 'ingen ersättning' });
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
		await page.fill('#scan', '00012345');
		await page.press('#scan', 'Enter');
		assert.equal(new URL(page.url()).pathname, thing);
		await page.locator('summary', { hasText: 'Koder' }).click();
		await page.locator('form[action$="/codes/drop"]', { hasText: '00012345' }).getByRole('button').click();
		assert.match(await said(page), /borttagen/);
	}));

	await task('library: places, their days, what is sent between them', () => lending(async (page, press) => {
		for (const [name, kind] of [['Simonsland', 'desk'], ['Bokbussen', 'bus']]) {
			await page.goto(base + '/places/new');
			await page.fill('#f-name', name);
			await page.selectOption('#f-kind', kind);
			await press('Spara');
			assert.match(await said(page), /Sparat/);
		}
		await page.goto(base + '/places/simonsland/week');
		for (const day of [0, 1, 2, 3, 4])
			await page.uncheck(`[name=day][value="${day}"]`);
		await press('Spara');
		assert.match(await no(page), /minst en dag/);
		for (const day of [0, 2, 4])
			await page.uncheck(`[name=day][value="${day}"]`);
		await press('Spara');
		assert.match(await page.textContent('.facts'), /tisdag, torsdag/);
		await page.locator('summary', { hasText: 'Stäng några dagar' }).click();
		await page.fill('#f-from', '2099-01-02');
		await page.fill('#f-why', 'Inventering');
		await press('Stäng de dagarna');
		assert.match(await said(page), /stängd/);
		await page.goto(`${base}${thing}/send`);
		await page.selectOption('#f-to', 'bokbussen');
		await press('Skicka');
		assert.match(await page.textContent('.lead'), /Ska till Bokbussen/);
		await page.goto(base + '/transfers');
		assert.match(await page.textContent('main'), /Blinkande klocka/);
		await page.selectOption('#f-place', 'bokbussen');
		await page.fill('#f-code', thing.split('/').pop());
		await press('Ta emot här');
		assert.match(await page.textContent('main'), /Ingenting är på väg/);
		await page.goto(`${base}${thing}/shelve`);
		await page.selectOption('#f-place', 'simonsland');
		await press('Flytta');
		assert.match(await page.textContent('.facts'), /Simonsland/);
	}));

	await task('library: a fault is reported and mended; a warning finds its things', () => lending(async (page, press) => {
		await page.goto(`${base}${thing}/fault`);
		await page.fill('#f-symptom', 'Blinkar inte');
		await press('Anmäl');
		await page.goto(base + '/faults');
		await page.getByRole('link', { name: 'Blinkar inte' }).click();
		await page.fill('#f-outcome', 'Nytt batteri');
		await page.selectOption('#f-state', 'closed');
		await press('Spara');
		assert.match(await page.textContent('.lead'), /avslutad/);
		await page.goto(base + '/safety-notices/new');
		await page.fill('#f-title', 'Kan bli varm');
		await page.fill('#f-text', 'Ta in dem');
		await press('Spara och leta upp sakerna');
		await page.waitForSelector('#problem');
		await page.selectOption('#f-product', 'blinkande-klocka');
		await press('Spara och leta upp sakerna');
		assert.equal(await page.locator('#items tbody tr').count(), 3);
		await page.locator('#items summary').first().click();
		await page.locator('#items [name=note]').first().fill('ringt');
		await page.locator('#items details button').first().click();
		assert.match(await page.textContent('main'), /1 av 3 hanterade/);
	}));

	await task('library: a SIM shows its codes to who gives a reason', () => lending(async (page, press) => {
		await page.goto(base + '/sims/new');
		await page.fill('#f-iccid', '123');
		await press('Spara');
		await page.waitForSelector('#problem');
		await page.fill('#f-iccid', '8946071512345678902');
		await page.fill('#f-msisdn', '0700000000');
		await page.fill('#f-monthly_kr', '99');
		await page.fill('#f-pin', '1234');
		await press('Spara');
		const sim = new URL(page.url()).pathname;
		assert.match(await page.textContent('.facts'), /99\skr/);
		await page.locator('summary', { hasText: 'Visa PIN' }).click();
		await page.fill('#f-reason', 'byte av telefon vid disken');
		await press('Visa PIN och PUK');
		assert.match(await page.textContent('main .needs'), /1234/);
		await page.goto(base + sim);
		assert.doesNotMatch(await page.textContent('main'), /1234\b/);
	}));

	let borrower;
	await task('library: a hold is made, picked, moved, paused and cancelled', () => lending(async (page, press) => {
		await page.goto(base + '/borrowers/new');
		await page.check('[name=zone][value=library]');
		await page.fill('#f-given', 'Harriet');
		await page.fill('#f-family', 'Lund');
		await page.fill('#f-phone', '033-12 34 56');
		await press('Spara');
		await page.goto(base + '/borrowers');
		await page.fill('#f-words', 'Harriet');
		await page.getByRole('button', { name: 'Sök' }).last().click();
		borrower = await page.getByRole('link', { name: 'Harriet Lund' }).getAttribute('href');
		await page.goto(base + borrower);
		await page.getByRole('link', { name: 'Reservera', exact: true }).click();
		await page.selectOption('#f-product', 'blinkande-klocka');
		await press('Reservera');
		assert.match(await said(page), /Reservationen är gjord/);
		assert.match(await page.textContent('main'), /Blinkande klocka/);
		await page.goto(base + '/holds/new?product=blinkande-klocka');
		await page.fill('#f-borrower', 'ingen alls');
		await press('Reservera');
		assert.match(await no(page), /Sök efter låntagaren/);
		await page.fill('#f-borrower', '033-12 34 56');
		await page.fill('#f-from', '2099-01-05');
		await page.fill('#f-to', '2099-01-01');
		await press('Reservera');
		assert.match(await no(page), /Sista dagen, den 1 januari.* kommer före den första.*Byt plats på dagarna/);
		await page.fill('#f-to', '2099-01-20');
		await press('Reservera');
		assert.match(await said(page), /gjord/);
		await page.goto(base + '/holds?product=blinkande-klocka');
		assert.equal(await page.locator('#holds tbody th').count(), 2);
		await press('Senare 1');
		assert.match(await said(page), /behåller sin plats/);
		await press('Gäller igen 1');
		await page.goto(base + '/holds');
		assert.match(await page.textContent('main'), /Plocka fram/);
		await page.fill('#f-code', 'INV-0001');
		await press('Ställ undan');
		await page.waitForSelector('#problem');
		await page.fill('#f-code', thing.split('/').pop());
		await press('Ställ undan');
		assert.match(await said(page), /reservationshyllan/);
		await page.goto(base + '/holds?names=yes');
		assert.match(await page.textContent('main'), /Harriet L/);
		await page.goto(base + '/holds?product=blinkande-klocka');
		await press('Avboka 2');
		assert.match(await said(page), /avbokad/);
		await page.goto(base + borrower);
		assert.match(await page.textContent('main'), /redo att hämta/);
	}));

	await task('library: a rule is tried, made, changed and ended, each looked over first', () => lending(async (page, press) => {
		const tried = async (kind) => {
			await page.goto(`${base}/loan-rules/try?product=blinkande-klocka&day=2027-03-01`);
			await page.selectOption('#f-borrower_kind', kind);
			await press('Visa');
			return page.textContent('main');
		};
		assert.match(await tried('staff'), /Lämnas tillbaka senast.*12 april 2027/s);
		await page.goto(base + '/loan-rules');
		await page.getByRole('link', { name: 'Ny regel' }).click();
		await page.selectOption('#f-product', 'blinkande-klocka');
		await page.selectOption('#f-borrower_kind', 'staff');
		await page.fill('#f-loan_days', 'länge');
		await page.fill('#f-why', 'provas av personalen');
		await press('Se vad som ändras');
		assert.match(await no(page), /Lånetid|loan_days/);
		await page.fill('#f-loan_days', '14');
		await page.fill('#f-renewals', '0');
		await page.fill('#f-replacement_kr', '349,50');
		await press('Se vad som ändras');
		assert.match(await page.textContent('main table'), /Blinkande klocka.*42 → 14/s);
		await press('Ändra något');
		assert.equal(await page.inputValue('#f-loan_days'), '14');
		await press('Se vad som ändras');
		await press('Sätt i kraft');
		assert.match(await said(page), /gäller från/);
		assert.match(await page.textContent('main tbody tr'), /Blinkande klocka, Personal.*14.*349,50\skr/s);
		assert.match(await tried('staff'), /15 mars 2027.*Regel 1/s);
		assert.match(await tried('senior'), /12 april 2027/);
		await page.goto(base + '/loan-rules/1/change');
		assert.equal(await page.inputValue('#f-renewals'), '0');
		await page.selectOption('#f-lendable', 'no');
		await page.fill('#f-why', 'bara för seniorer');
		await press('Se vad som ändras');
		await press('Sätt i kraft');
		assert.match(await tried('staff'), /Reglerna lånar inte ut Blinkande klocka/);
		await page.goto(base + '/loan-rules/1');
		assert.match(await page.textContent('main'), /Version 2.*Version 1/s);
		await page.getByRole('link', { name: 'Avsluta regeln' }).click();
		assert.match(await page.textContent('main table'), /nej → ja/);
		await press('Avsluta');
		assert.match(await said(page), /avslutad/);
		assert.match(await tried('staff'), /12 april 2027/);
	}));

	await task('library: a text that is signed gets a new version', () => plain(async (page, press) => {
		await page.goto(base + '/wordings');
		await page.getByRole('link', { name: 'Låneavtal, Svenska' }).click();
		await page.getByRole('link', { name: 'Skriv en ny version' }).click();
		const body = await page.inputValue('#f-body');
		await page.fill('#f-body', 'Utan saker');
		await page.fill('#f-why', 'beslut i nämnden');
		await press('Spara');
		assert.match(await no(page), /\{items\}/);
		await page.fill('#f-body', `${body}\n\nEtt stycke till.`);
		await press('Spara');
		assert.match(await page.textContent('main'), /Version 1.*gäller nu.*Ett stycke till.*beslut i nämnden/s);
	}));

	await task('library: a thing comes back on another day, another is written off', () => lending(async (page, press) => {
		await page.goto(base + clock);
		const codes = await page.locator('tbody a').evaluateAll((all) => all.map((a) => a.getAttribute('href').split('/').pop()));
		const answer = await api('POST', '/loans', { borrower: borrower.split('/').pop(), things: codes, yes: 'hold parts limit' });
		const loan = `/loans/${answer.loan}`;
		await page.goto(base + loan);
		await page.locator('.lines > li > details > summary').first().click();
		const back = page.locator('form[action$="/check-in"]').first();
		await back.locator('summary').click();
		await back.locator('[name=happened]').fill('2099-01-01');
		await back.locator('[name=back_reason]').fill('glömt att skriva in');
		await back.getByRole('button', { name: 'Ta emot' }).click();
		await page.waitForSelector('#problem');
		// what was typed stands open, to be mended
		assert.equal(await back.locator('[name=back_reason]').inputValue(), 'glömt att skriva in');
		await back.locator('[name=happened]').fill('');
		await back.getByRole('button', { name: 'Ta emot' }).click();
		assert.match(await said(page), /./);
		await page.locator('.lines > li > details > summary').first().click();
		await page.getByRole('link', { name: 'Kommer inte tillbaka' }).first().click();
		await page.fill('#f-reason', 'brunnen i eldsvåda');
		await press('Skriv av');
		assert.match(await said(page), /avskriven/);
	}));
}
