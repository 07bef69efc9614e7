// SPDX-License-Identifier: EUPL-1.2
// A person's rights at the desk: the extract, consents, erasing, how long, and who looked. By keyboard,
// each page looked at by axe, in both themes and narrow; the API only makes the accounts and the persons.
import { strict as assert } from 'node:assert';
import { api, base, come, look, no, press, said, shots, task } from './room.mjs';

export async function rightsTasks() {
	let konsulent, borrower, hidden;

	await task('rights: a borrower is there, and one who is protected', async () => {
		konsulent = (await come('karin.r', 'konsulent')).page;
		for (const [given, family, more] of [['Rut', 'Provare', false], ['Siv', 'Provare', true]]) {
			await konsulent.goto(`${base}/borrowers/new`);
			await konsulent.fill('#f-given', given);
			await konsulent.fill('#f-family', family);
			if (more)
				await konsulent.locator('[name=protected]').check();
			await press(konsulent, 'button', 'Spara');
			await konsulent.waitForSelector('.done');
			const path = new URL(konsulent.url()).pathname;
			if (more)
				hidden = path;
			else
				borrower = path;
		}
	});

	await task('rights: a consent is given, taken back, and stays in the history', async () => {
		const page = konsulent;
		await page.goto(base + borrower);
		await look(page, 'rights-borrower');
		await press(page, 'link', 'Samtycken');
		await press(page, 'button', 'Visa vad som är antecknat');
		await page.getByText('Inget samtycke gäller nu').waitFor();
		await page.selectOption('#f-kind', 'consent');
		await page.selectOption('#f-about', 'digital_technology');
		await page.selectOption('#f-giver', 'guardian');
		await page.fill('#f-giver_name', 'Bo Provare');
		await page.fill('#f-text', 'Informationsblad 2026-03');
		await page.keyboard.press('Enter');
		await page.waitForSelector('.done');
		assert.match(await said(page), /antecknat/);
		// the reason given a moment ago still holds: it is shown at once
		await page.getByText('God man eller förvaltare (Bo Provare)').waitFor();
		await look(page, 'rights-consents');
		await press(page, 'button', /^Ta tillbaka/);
		await page.waitForSelector('.done');
		assert.match(await said(page), /historiken/);
		await page.getByRole('heading', { name: 'Tillbakatagna' }).waitFor();
		await look(page, 'rights-consents-past');
		assert.deepEqual(page.complaints, []);
	});

	await task('rights: a loan and its return are signed by typing the name, without scripts or a pointer', async () => {
		const { page } = await come('sten.r', 'bibliotek', { javaScriptEnabled: false });
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Elsa', family: 'Provare' });
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 1 });
		const thing = (await api('GET', '/items?most=200')).items
			.filter((i) => i.product_id === 'forstoringsglas-belysning' && i.state === 'in_stock').pop().item_number;
		const { loan } = await api('POST', '/loans', { borrower: id, things: [thing] });
		for (const back of ['', '?return=yes']) {
			await page.goto(`${base}/loans/${loan}/sign${back}`);
			await press(page, 'button', 'Ta fram texten');
			await page.waitForSelector('.agreement');
			await page.selectOption('#f-identity', 'known');
			if (!back) {
				await page.fill('#f-name', '1');
				await page.keyboard.press('Enter');
				await page.waitForSelector('#problem');
				assert.match(await no(page), /bokstäver/);
			}
			await look(page, `sign-still${back ? '-return' : ''}`);
			// what was typed is the name's own field: Enter there signs
			await page.getByLabel('För- och efternamn').fill('Elsa Provare');
			assert.equal(await page.inputValue('#f-identity'), 'known');
			await page.getByLabel('För- och efternamn').focus();
			await page.keyboard.press('Enter');
			await page.waitForSelector('.done');
			if (!back)
				await api('POST', `/items/${thing}/check-in`, {});
		}
		const signed = (await api('GET', `/agreements?loan=${loan}`)).agreements;
		assert.deepEqual(signed.map((x) => [x.way, x.state, x.of_return]), [['typed', 'signed', false], ['typed', 'signed', true]]);
		await page.context().close();
	});

	await task('rights: the page of the signature is read aloud and looked at', async () => {
		const { page } = await come('stina.r', 'bibliotek');
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Elin', family: 'Provare' });
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 1 });
		const thing = (await api('GET', '/items?most=200')).items
			.filter((i) => i.product_id === 'forstoringsglas-belysning' && i.state === 'in_stock').pop().item_number;
		const { loan } = await api('POST', '/loans', { borrower: id, things: [thing] });
		await page.goto(`${base}/loans/${loan}/sign`);
		await press(page, 'button', 'Ta fram texten');
		await page.waitForSelector('.agreement');
		await look(page, 'rights-sign');
		// the field is told together with what it means
		const told = await page.getByLabel('För- och efternamn').getAttribute('aria-describedby');
		assert.match(await page.textContent(`#${told}`), /har du skrivit under, precis som på papper/);
		await page.getByLabel('För- och efternamn').fill('Elin Provare');
		await page.selectOption('#f-identity', 'known');
		await press(page, 'button', 'Skriv under med namnet');
		await page.waitForSelector('.done');
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	});

	await task('rights: an extract to print, and as a file', async () => {
		const page = konsulent;
		await page.goto(base + borrower);
		await press(page, 'link', 'Registerutdrag');
		await look(page, 'rights-extract-ask');
		await press(page, 'button', 'Hämta utdraget');
		await page.getByRole('heading', { name: 'Vem har gjort vad med uppgifterna' }).waitFor();
		assert.ok(await page.getByText('Rut', { exact: true }).count());
		assert.ok(await page.getByText('Antecknade ett samtycke').count());
		await look(page, 'rights-extract');
		await page.emulateMedia({ media: 'print' });
		assert.equal(await page.getByText('Ctrl och P').isVisible(), false);
		if (shots)
			await page.screenshot({ path: `${shots}/print-rights-extract.png`, fullPage: true });
		await page.emulateMedia({ media: 'screen' });
		await page.goto(`${base}${borrower}/extract`);
		await page.getByLabel('Som en fil för datorer').check();
		const [file] = await Promise.all([page.waitForEvent('download'),
			page.getByRole('button', { name: 'Hämta utdraget' }).press('Enter')]);
		const chunks = [];
		for await (const chunk of await file.createReadStream())
			chunks.push(chunk);
		const d = JSON.parse(Buffer.concat(chunks).toString());
		assert.equal(d.person.given, 'Rut');
		assert.equal(d.consents.length, 1);
		assert.deepEqual(d.loans, []);
	});

	await task('rights: who looked at a protected identity is read by another', async () => {
		const page = konsulent, { page: officer } = await come('olga.r', 'admin');
		await page.goto(`${base}${hidden}/extract`);
		await page.fill('#f-words', 'personen ber om det i brev');
		await press(page, 'button', 'Hämta utdraget');
		await page.waitForSelector('#problem');
		assert.match(await no(page), /två personer/);
		await page.goto(base + '/protected-looks');
		await page.getByText('Du tittade själv').waitFor();
		await officer.goto(base + '/');
		await press(officer, 'link', 'Någon har tittat på en skyddad identitet');
		await officer.getByText('personen ber om det i brev').waitFor();
		await look(officer, 'rights-looks');
		// those of other tasks' looks as well, the newest first
		for (const reads = officer.getByRole('button', { name: /Jag har läst skälet/ }); await reads.count();)
			await Promise.all([officer.waitForNavigation(), reads.first().press('Enter')]);
		await officer.waitForSelector('.done');
		await officer.getByText('Inget att bedöma').waitFor();
		await press(officer, 'link', 'Alla');
		await officer.getByText('Bedömd').first().waitFor();
		await officer.context().close();
	});

	await task('rights: how long is decided, and nobody is erased before the time', async () => {
		const { page: officer } = await come('petra.r', 'admin konsulent');
		await officer.goto(base + '/settings');
		await press(officer, 'link', 'Gallring');
		await officer.getByText('Ingens tid är ute').waitFor();
		await officer.locator('main summary').focus();
		await officer.keyboard.press('Enter');
		await officer.selectOption('#f-zone', 'care');
		await officer.fill('#f-keep_days', 'tre');
		await officer.fill('#f-decision', 'Socialnämnden 2026-03-12, § 41');
		await officer.keyboard.press('Enter');
		await officer.waitForSelector('#problem');
		assert.equal(await officer.inputValue('#f-decision'), 'Socialnämnden 2026-03-12, § 41');
		await officer.fill('#f-keep_days', '365');
		await officer.getByLabel('två personer').check();
		await officer.locator('#f-decision').focus();
		await officer.keyboard.press('Enter');
		await officer.waitForSelector('.done');
		await officer.getByText('Sparas 365 dagar').waitFor();
		await look(officer, 'rights-retention');
		await officer.context().close();
	});

	await task('rights: a borrower is erased, with what goes and what stays told first', async () => {
		const page = konsulent;
		await page.goto(base + borrower);
		await press(page, 'link', 'Gallra uppgifterna');
		await page.getByText('Samtycken', { exact: true }).waitFor();
		await look(page, 'rights-erase');
		await press(page, 'button', 'Gallra');
		await page.waitForSelector('.done');
		assert.match(await said(page), /gallrade/);
		assert.equal(await page.getByRole('link', { name: 'Registerutdrag' }).count(), 0);
		await look(page, 'rights-erased');
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	});
}
