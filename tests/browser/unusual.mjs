// SPDX-License-Identifier: EUPL-1.2
// The desk's unusual days in a real browser: signed at the return, claimed to be back, swapped, a
// protected identity, somebody else's reservation, who may not borrow, a hundred years old, two desks
// in the same second.
import { strict as assert } from 'node:assert';
import { atDesk, librarian, says, tryScan } from './desk.mjs';
import { api, base, no, paper, press, quiet, scan, task } from './room.mjs';

export async function unusualTasks() {
	const things = [], people = {};
	const add = async (card, given, more = {}) => {
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given, family: 'Ovanlig', card, ...more });
		people[card] = id;
		return id;
	};
	const lend = async (borrower, codes) => (await api('POST', '/loans', { borrower, things: codes })).loan;
	const draw = async (page) => {
		await page.locator('canvas').scrollIntoViewIfNeeded();
		const box = await page.locator('canvas').boundingBox();
		await page.mouse.move(box.x + 40, box.y + 60);
		await page.mouse.down();
		for (let x = 60; x < 300; x += 40)
			await page.mouse.move(box.x + x, box.y + 60 + 30 * Math.sin(x / 30));
		await page.mouse.up();
	};
	// the focus may be taken to the problem between two keys: it is open when it is
	const open = async (page, text) => {
		const summary = page.locator('main summary', { hasText: text }).first();
		for (let n = 0; n < 3 && !(await summary.evaluate((e) => e.parentElement.open)); n++)
			await summary.press('Enter');
	};

	await task('the unusual: something to lend', async () => {
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 12 });
		const { items } = await api('GET', '/items?state=in_stock&product=forstoringsglas-belysning&most=200');
		things.push(...items.map((i) => i.item_number).slice(-12));
		await Promise.all([add('KOVAN0001', 'Retur'), add('KOVAN0002', 'Påstår'), add('KOVAN0003', 'Byter'),
			add('KOVAN0004', 'Hemlige', { protected: true }), add('KOVAN0005', 'Väntar'), add('KOVAN0006', 'Annan'),
			add('KOVAN0007', 'Spärrad'), add('KOVAN0008', 'Avslutad')]);
		await api('POST', `/borrowers/${people.KOVAN0007}/state`, { state: 'blocked', reason: 'prov' });
		await api('POST', `/borrowers/${people.KOVAN0008}/state`, { state: 'expired', reason: 'prov' });
	});

	await task('a return is signed on the screen, and its slip tells what came back', async () => {
		const loan = await lend(people.KOVAN0001, things.slice(0, 2));
		const { room, page } = await atDesk();
		await tryScan(page, things[0], 'yes', 'är återlämnad');
		await page.goto(`${base}/loans/${loan}`);
		await press(page, 'link', /Skriv under åter|återlämn/i);
		await press(page, 'button', 'Ta fram');
		await page.waitForSelector('.agreement');
		assert.match(await page.textContent('.agreement'), new RegExp(things[0]));
		await quiet(page);
		// nothing written is no signature
		await page.selectOption('#f-identity', 'known');
		await press(page, 'button', /^Skriv under$/);
		await page.waitForSelector('#problem');
		await draw(page);
		await press(page, 'button', /^Skriv under$/);
		await page.waitForSelector('.done');
		assert.ok(await page.locator('.facts a[href^="/agreements/"]').count());
		assert.match(await paper(room, await page.locator('.facts a[href^="/agreements/"]').first().getAttribute('href')), new RegExp(things[0]));
		assert.match(await paper(room, `/loans/${loan}/slip?return=yes`), new RegExp(things[0]));
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('the borrower says it is back: claimed, looked for, and found on the shelf', async () => {
		const loan = await lend(people.KOVAN0002, [things[2]]);
		const { room, page } = await atDesk();
		await page.goto(`${base}/loans/${loan}`);
		await open(page, 'Ta emot');
		await press(page, 'button', 'Låntagaren säger');
		await page.waitForSelector('.done');
		assert.match(await page.textContent('main > .done'), /säger att den är lämnad/);
		assert.match(await page.textContent('.lines .state'), /uppgiven som återlämnad/);
		await quiet(page);
		// it was a mistake; then it is claimed once more, and stands on the shelf
		await open(page, 'Ta emot');
		await press(page, 'button', 'inte lämnad');
		await page.waitForSelector('.done');
		await open(page, 'Ta emot');
		await press(page, 'button', 'Låntagaren säger');
		await page.waitForSelector('.done');
		await page.goto(`${base}/desk`);
		await tryScan(page, things[2], 'yes', things[2]);
		assert.equal((await api('GET', `/items/${things[2]}`)).state, 'in_stock');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('what does not work is swapped for another, on the same days', async () => {
		const loan = await lend(people.KOVAN0003, [things[3]]);
		const { room, page } = await atDesk();
		await page.goto(`${base}/loans/${loan}`);
		await open(page, 'Ta emot');
		await press(page, 'link', 'Anmäl fel');
		await page.fill('#f-symptom', 'Lyser inte');
		await press(page, 'button', 'Anmäl');
		await page.waitForURL(/\/faults\//);
		await open(page, 'Låna ut en annan');
		await scan(page, things[4]);
		await page.waitForURL(/done=swapped/);
		assert.match(await page.textContent('.facts'), new RegExp(things[4]));
		assert.equal((await api('GET', `/items/${things[4]}`)).state, 'on_loan');
		await quiet(page);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('a protected identity: no name at the desk, on the slip or in lists; the agreement says why first', async () => {
		const { room, page } = await atDesk();
		await tryScan(page, 'KOVAN0004', 'yes', 'vald');
		assert.match(await page.textContent('[data-desk]'), /Skyddad identitet/);
		await tryScan(page, things[5], 'yes', things[5]);
		await press(page, 'button', 'Lämna ut');
		await page.waitForSelector('main .needs');
		assert.doesNotMatch(await page.content(), /Hemlige/);
		await quiet(page);
		const loan = new URL(page.url()).pathname.split('/')[2];
		const slip = await paper(room, `/loans/${loan}/slip`);
		assert.match(slip, new RegExp(things[5]));
		assert.doesNotMatch(slip, /Hemlige/);
		await page.selectOption('#f-identity', 'passport');
		await draw(page);
		await press(page, 'button', /^Skriv under$/);
		await page.waitForURL(/\/desk\?done=signed/);
		await page.goto(`${base}/loans/${loan}`);
		// the paper bears the name: it is opened with a reason, or not at all
		const href = await page.locator('.facts a[href^="/agreements/"]').first().getAttribute('href');
		const refused = await room.request.get(base + href, { headers: { Accept: 'application/json' } });
		assert.ok(refused.status() >= 400, 'without a reason');
		const asked = await room.request.get(base + href, { headers: { Accept: 'text/html' } });
		assert.equal(new URL(asked.url()).pathname, href.split('?')[0].replace(/pdf$/, 'read'));
		assert.match(asked.headers()['content-type'], /^text\/html/);
		assert.match(await asked.text(), /name="words"/, 'why is asked');
		for (const reply of [refused, asked])
			assert.doesNotMatch(await reply.text(), /Hemlige|%PDF/);
		for (const path of ['/loans', '/loans?names=yes', '/holds?names=yes']) {
			await page.goto(base + path);
			assert.doesNotMatch(await page.content(), /Hemlige/);
		}
		assert.equal((await api('POST', '/borrowers/search', { words: 'Hemlige' })).borrowers.length, 0);
		await room.close();
	});

	await task('reserved for another: a question, a yes that is written down, or another thing', async () => {
		const one = things[6];
		await api('POST', '/holds', { borrower: people.KOVAN0005, product: 'forstoringsglas-belysning' });
		const { room, page } = await atDesk();
		await page.goto(`${base}/holds`);
		await page.fill('#f-code', one);
		await page.press('#f-code', 'Enter');
		await page.waitForSelector('.done');
		await page.goto(`${base}/desk`);
		await tryScan(page, 'KOVAN0006', 'yes', 'vald');
		await tryScan(page, one, 'ask', 'undanställd');
		assert.equal(await page.locator('tbody tr').count(), 0);
		await quiet(page);
		await press(page, 'button', 'Ja, gör det ändå');
		await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
		await press(page, 'button', 'Börja om');
		await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 0);
		// whom it waits for gets it without a question
		await tryScan(page, 'KOVAN0005', 'yes', 'vald');
		await tryScan(page, one, 'yes', one);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('blocked and ended borrowers are refused with the way on, and the block is lifted there', async () => {
		const { room, page } = await atDesk();
		await tryScan(page, 'KOVAN0008', 'no', 'avslutad');
		await tryScan(page, 'KOVAN0007', 'no', 'spärrad');
		await press(page, 'link', 'Visa låntagaren');
		await page.waitForURL(/\/borrowers\//);
		assert.match(await page.textContent('.lead'), /spärrad|[Ii]nte/i);
		assert.equal(await page.getByRole('button', { name: 'Lämna ut' }).count(), 0);
		await quiet(page);
		await open(page, 'Låt låna igen');
		await press(page, 'button', 'Låt låna igen');
		await page.waitForSelector('.done');
		await press(page, 'button', 'Lämna ut');
		await page.waitForSelector('.answer-yes');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('somebody found by name is taken to the desk from their page', async () => {
		const { room, page } = await atDesk();
		await page.goto(`${base}/borrowers`);
		await page.fill('#f-words', 'Annan Ovanlig');
		await page.press('#f-words', 'Enter');
		await press(page, 'link', 'Annan Ovanlig');
		await page.waitForURL(/\/borrowers\/b/);
		await press(page, 'button', 'Lämna ut');
		await page.waitForSelector('.answer-yes');
		assert.match(await page.textContent('[data-desk]'), /Annan O/);
		assert.match(await page.textContent('.next'), /Skanna det som ska lånas ut/);
		await tryScan(page, things[8], 'yes', things[8]);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('a lamp is lost by its form, which asks for no words on a screen it has not', async () => {
		const { serials: [lamp] } = await api('POST', '/items', { product: 'sensorlampa', count: 1 });
		const loan = await lend(people.KOVAN0006, [lamp]);
		const { room, page } = await atDesk();
		await page.goto(`${base}/loans/${loan}/things/${lamp}/lost`);
		assert.equal(await page.locator('#f-phone, #f-message').count(), 0);
		await page.check('#f-stolen');
		await page.fill('#f-note', 'Kvarglömd på bussen');
		await quiet(page);
		await press(page, 'button', 'Märk som borta');
		await page.waitForSelector('.done');
		await page.goto(`${base}/items/${lamp}`);
		assert.match(await page.textContent('main'), /Kvarglömd på bussen/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('a personnummer whose + was lost: neither a child nor nobody', async () => {
		const { room, page } = await atDesk();
		await page.goto(`${base}/borrowers/new`);
		await page.fill('#f-given', 'Hundraårig');
		await page.fill('#f-family', 'Ovanlig');
		const save = async (identity) => {
			await page.fill('#f-identity', identity);
			await press(page, 'button', 'Spara');
			await page.waitForSelector('#problem, .done');
		};
		await save('200316-9816');
		assert.match(await no(page), /barn.*hundra år.*tolv siffror/s);
		assert.equal(await page.locator('#f-identity').getAttribute('aria-invalid'), 'true');
		assert.equal(await page.inputValue('#f-given'), 'Hundraårig');
		await quiet(page);
		await save('200316+9816');
		await page.waitForSelector('.done');
		// found again by twelve digits, as an identity card has it
		await page.goto(`${base}/desk`);
		await tryScan(page, '192003169816', 'yes', 'vald');
		// and as they are said: with the +, without it, with no mark; at the desk, in the search, for a reservation
		for (const typed of ['200316+9816', '200316-9816', '2003169816']) {
			await press(page, 'button', 'Börja om');
			await page.waitForSelector('.answer-yes', { state: 'detached' });
			await tryScan(page, typed, 'yes', 'vald');
		}
		await page.goto(`${base}/borrowers`);
		await page.fill('#f-words', '200316-9816');
		await page.press('#f-words', 'Enter');
		await press(page, 'link', 'Hundraårig');
		await page.waitForURL(/\/borrowers\/b/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('somebody gets a protected identity, and it ends: marked in the form of the change, kept by every other', async () => {
		const id = await add('KOVAN0009', 'Senare', { family: 'Skyddsson' }), isProtected = async () => (await api('GET', `/borrowers/${id}`)).protected;
		const { room, page } = await atDesk();
		const change = async (ticked, words) => {
			await page.goto(`${base}/borrowers/${id}`);
			await open(page, 'Visa personens');
			if (words)
				await page.fill('#f-words', words);
			await press(page, 'button', 'Visa personens');
			await page.waitForSelector('#f-protected', { state: 'attached' });
			await open(page, 'Ändra');
			assert.equal(await page.isChecked('#f-protected'), !ticked);
			await page.setChecked('#f-protected', ticked);
		};
		const save = async (answer = '.done') => {
			await press(page, 'button', 'Spara');
			await page.waitForSelector(answer);
		};
		await change(true);
		await page.fill('#f-identity', '12');
		await save('#problem');
		// a refusal keeps the tick; another form's refusal offers no empty form of the change
		assert.ok(await page.isChecked('#f-protected'), await no(page));
		await quiet(page);
		await page.fill('#f-identity', '');
		await save();
		assert.equal(await isProtected(), true);
		assert.equal((await api('POST', '/borrowers/search', { words: 'Skyddsson' })).borrowers.length, 0);
		await open(page, 'Lägg till anhörig');
		await page.fill('#r-name', 'Bo');
		await page.fill('#r-phone', '12');
		await save('#problem');
		assert.equal(await page.locator('#f-protected').count(), 0);
		await change(false, 'skyddet upphörde');
		await save();
		assert.equal(await isProtected(), false);
		assert.equal((await api('POST', '/borrowers/search', { words: 'Skyddsson' })).borrowers.length, 1);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('a reserve number is said to be one, and stays one when something else is changed', async () => {
		const { room, page } = await atDesk();
		await page.goto(`${base}/borrowers/new`);
		await page.fill('#f-given', 'Reserv');
		await page.fill('#f-family', 'Ovanlig');
		await page.fill('#f-identity', '19500101-Z12A');
		await page.fill('#f-care_of', 'Dotter');
		await page.fill('#f-street', 'Provgatan 1');
		await press(page, 'button', 'Spara');
		await page.waitForSelector('#problem');
		assert.match(await no(page), /reservnummer/);
		await page.check('#f-reserve');
		await quiet(page);
		await press(page, 'button', 'Spara');
		await page.waitForSelector('.done');
		await open(page, 'Visa personens');
		await press(page, 'button', 'Visa personens');
		await page.waitForSelector('#f-reserve', { state: 'attached' });
		assert.match(await page.textContent('.facts'), /19500101Z12A/);
		assert.match(await page.textContent('.facts'), /c\/o Dotter/);
		await open(page, 'Ändra');
		assert.ok(await page.isChecked('#f-reserve'));
		await page.fill('#f-care_of', '');
		await press(page, 'button', 'Spara');
		await page.waitForSelector('.done');
		await page.goto(`${base}/desk`);
		await tryScan(page, '19500101Z12A', 'yes', 'vald');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('two desks press in the same second: one lends, the other is told on its page', async () => {
		const [one, two] = await Promise.all([atDesk(), librarian('samma.b')]);
		const both = (fn) => Promise.all([fn(one.page, 'KOVAN0006'), fn(two.page, 'KOVAN0001')]);
		await both((page, card) => tryScan(page, card, 'yes', 'vald'));
		await both((page) => tryScan(page, things[9], 'yes', things[9]));
		await both((page) => page.getByRole('button', { name: 'Lämna ut' }).focus());
		await both((page) => page.keyboard.press('Enter'));
		await both((page) => page.waitForSelector('.done, #problem'));
		const done = await both((page) => page.locator('main > .done').count());
		assert.equal(done[0] + done[1], 1);
		const told = done[0] ? two.page : one.page;
		assert.match(await no(told), /utlånad/);
		// and both take it back at once: it comes back once
		await Promise.all([one, two].map(({ page }) => page.goto(`${base}/desk`)));
		const clear = told.getByRole('button', { name: 'Börja om' });
		if (await clear.count())
			await clear.click();
		await both(async (page) => { await scan(page, things[9]); await says(page, things[9]); });
		const unit = await api('GET', `/items/${things[9]}`);
		assert.equal(unit.state, 'in_stock');
		await Promise.all([one.room.close(), two.room.close()]);
	});
}
