// SPDX-License-Identifier: EUPL-1.2
// A desk that two people share: locked by hand and by time, opened by PIN by the one or the other, and
// what was being typed is still there.
import { strict as assert } from 'node:assert';
import { account, api, base, listen, look, no, open, ownClock, password, quiet, scan, shots, signInFirst, task } from './room.mjs';

export async function sharedTasks() {
	const pins = { 'anna.d': '4711', 'bosse.d': '2957' };

	// Signed in on this computer, with a PIN.
	async function come(page, name) {
		const word = await account(name, 'bibliotek');
		// where a colleague's session waits, one is asked for a PIN first
		await page.goto(`${base}/sign-in`);
		const usual = page.getByRole('button', { name: 'Logga in på vanligt sätt' });
		if (await usual.count())
			await usual.click();
		await signInFirst(page, name, word);
		await page.goto(`${base}/pin`);
		await page.fill('#f-pin', pins[name]);
		await page.fill('#f-again', pins[name]);
		await page.getByRole('button', { name: 'Spara PIN-koden' }).click();
		await page.waitForSelector('.state-done');
	}
	const room = await open();
	const page = listen(await room.newPage());
	const unlock = async (at, name, pin = pins[name]) => {
		await at.getByLabel(name).check();
		await at.getByLabel('PIN-kod').fill(pin);
		await at.keyboard.press('Enter');
	};
	// A desk that a failed task left locked is opened first, and what waited there is forgotten.
	const begin = async (path) => {
		page.complaints.length = 0;
		await page.evaluate(() => sessionStorage.clear());
		await page.goto(base + path);
		if (!page.url().includes('/locked?'))
			return;
		await unlock(page, 'bosse.d');
		await page.waitForURL(base + path);
	};

	await task('two at one desk change places by keyboard, each with a PIN', async () => {
		await come(page, 'bosse.d');
		await page.getByRole('button', { name: 'Byt person' }).click();
		await come(page, 'anna.d');
		await page.goto(`${base}/loans`);
		// Alt+B presses it; what plays the keyboard here does not reach the browser's own keys
		assert.equal(await page.locator('.switch button').getAttribute('accesskey'), 'b');
		await page.focus('.switch button');
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/locked\?/);
		assert.equal(await page.getByRole('radio').count(), 2);
		await look(page, 'locked-two');
		await unlock(page, 'bosse.d', '8642');
		assert.match(await no(page), /stämmer inte/);
		await unlock(page, 'bosse.d');
		await page.waitForURL(/\/loans$/);
		assert.equal(await page.textContent('.who-name'), 'bosse.d');
		assert.deepEqual(page.complaints, []);
	});

	// The computer's clock is the browser's own; the server's is tried in tests/flow/test_shared_desk.c.
	const leave = async (hand) => {
		await hand.getByRole('button', { name: 'Byt person' }).click();
		await hand.waitForURL(/\/locked/);
		await page.bringToFront();
		await page.clock.runFor(11 * 60 * 1000);
		await page.waitForSelector('dialog.veil form');
	};
	await task('a desk that locked covers the page; its owner goes on with what was typed', async () => {
		await ownClock(page);
		await begin('/borrowers/new');
		await page.fill('#f-given', 'Asta');
		const hand = await room.newPage();
		await hand.goto(`${base}/loans`);
		await leave(hand);
		await page.waitForFunction(() => document.activeElement.id === 'f-pin');
		// what lies behind is neither seen nor reached
		for (let i = 0; i < 8; i++) {
			await page.keyboard.press('Tab');
			assert.equal(await page.evaluate('document.activeElement === document.body || !!document.activeElement.closest("dialog")'), true);
		}
		assert.ok(await page.evaluate('!!document.elementFromPoint(20, 20).closest("dialog")'));
		await page.focus('dialog #f-pin');
		await look(page, 'veil');
		await page.keyboard.press('Escape');
		assert.ok(await page.isVisible('dialog.veil'));
		// a code that is scanned meanwhile is no try; nor is one that looks like a PIN
		await page.getByLabel('bosse.d').check();
		await page.focus('dialog #f-pin');
		for (const code of ['INV-0001234567', '12345', '12346', '12347'])
			await scan(page, code);
		assert.match(await page.textContent('dialog [data-some]'), /4\s+skanningar väntar.*bosse\.d/s);
		assert.equal(await page.inputValue('dialog #f-pin'), '');
		assert.equal(await page.locator('dialog [role=alert]').count(), 0);
		await page.click('dialog [data-forget]');
		assert.ok(await page.isHidden('dialog [data-some]'));
		await page.focus('dialog #f-pin');
		await unlock(page, 'bosse.d', '8642');
		await page.waitForFunction(() => /stämmer inte/.test(document.querySelector('dialog [role=alert]')?.textContent));
		await unlock(page, 'bosse.d');
		await page.waitForSelector('dialog', { state: 'detached' });
		assert.equal(await page.inputValue('#f-given'), 'Asta');
		assert.match(await page.title(), /låntagare/i);
		await page.fill('#f-family', 'Delad');
		await page.getByRole('button', { name: 'Spara' }).click();
		await page.waitForSelector('.done');
		await hand.close();
		assert.deepEqual(page.complaints, []);
	});

	await task('a colleague opens it: the page is theirs, in every tab, with what was typed', async () => {
		await begin('/borrowers/new');
		await page.fill('#f-given', 'Siv');
		const third = listen(await room.newPage()), hand = await room.newPage();
		await third.goto(`${base}/borrowers/new`);
		await third.fill('#f-given', 'Ture');
		await hand.goto(`${base}/loans`);
		await leave(hand);
		await unlock(page, 'anna.d');
		await page.waitForSelector('dialog', { state: 'detached' });
		for (const [tab, given] of [[page, 'Siv'], [third, 'Ture']]) {
			await tab.waitForFunction(() => document.querySelector('.who-name').textContent === 'anna.d');
			assert.equal(await tab.inputValue('#f-given'), given);
			await tab.fill('#f-family', 'Övertagen');
			await tab.getByRole('button', { name: 'Spara' }).click();
			await tab.waitForSelector('.done');
		}
		const { borrowers } = await api('POST', '/borrowers/search', { words: 'Övertagen' });
		assert.equal(borrowers.length, 2);
		assert.deepEqual([...page.complaints, ...third.complaints], []);
		await Promise.all([third.close(), hand.close()]);
	});

	await task('what is scanned at a locked desk waits for its owner, and a colleague is not offered it', async () => {
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 3 });
		const codes = (await api('GET', '/items?state=in_stock&product=forstoringsglas-belysning&most=200')).items.slice(-3).map((i) => i.item_number);
		const waits = () => page.isVisible('[data-waiting]');
		await begin('/desk');
		const mine = await page.textContent('.who-name'), theirs = Object.keys(pins).find((name) => name !== mine);
		const hand = await room.newPage();
		await hand.goto(`${base}/loans`);
		await leave(hand);
		await page.focus('dialog #f-pin');
		for (const code of codes)
			await scan(page, code);
		assert.match(await page.textContent('dialog [data-some]'), /3\s+skanningar väntar/);
		await look(page, 'veil-waits');
		await unlock(page, theirs);
		await page.waitForSelector('dialog', { state: 'detached' });
		assert.equal(await waits(), false);
		// the tab knows them as his alone, and nothing of a card
		assert.deepEqual(await page.evaluate(() => JSON.parse(sessionStorage.getItem('hylla-unclaimed'))), [[mine, codes]]);
		assert.equal(await page.evaluate((all) => all.some((c) => JSON.stringify({ ...sessionStorage, ...localStorage, 'hylla-unclaimed': 0 }).includes(c)), codes), false);
		await hand.goto(`${base}/loans`);
		await leave(hand);
		await unlock(page, mine);
		await page.waitForSelector('[data-waiting]:not([hidden])');
		assert.match(await page.textContent('[data-waiting]'), /3\s+skanningar väntar/);
		await page.getByRole('button', { name: 'Gör dem nu' }).press('Enter');
		await page.waitForFunction(() => document.querySelectorAll('[data-desk] tbody tr').length === 3);
		assert.equal(await waits(), false);
		await hand.close();
		assert.deepEqual(page.complaints, []);
	});

	await task('what is scanned at the sign-in page is no password, and waits for whoever stood there', async () => {
		const alone = await open();
		const at = listen(await alone.newPage()), sent = [];
		at.on('request', (call) => call.method() === 'POST' && sent.push(call.postData() ?? ''));
		await at.goto(`${base}/sign-in?return=/loans`);
		// into the password, into the name, and with nothing in the focus
		let count = 0;
		for (const field of ['#f-password', '#f-name', null]) {
			await (field ? at.focus(field) : at.evaluate('document.activeElement.blur()'));
			await scan(at, `90000${++count}`);
		}
		assert.match(await at.textContent('[data-some]'), /3\s+skanningar väntar/);
		assert.deepEqual([await at.inputValue('#f-name'), await at.inputValue('#f-password'), sent.length], ['', '', 0]);
		await quiet(at);
		if (shots)
			await at.screenshot({ path: `${shots}/light-sign-in-waits.png` });
		// loaded anew the page would have forgotten: the browser asks first
		const asked = at.waitForEvent('dialog');
		await at.evaluate(() => { setTimeout(() => location.reload()); });
		const dialog = await asked;
		assert.equal(dialog.type(), 'beforeunload');
		await dialog.dismiss();
		assert.match(await at.textContent('[data-some]'), /3\s+skanningar väntar/);
		// behind a name it may be a key that types a password: it is asked, and nothing is sent by itself
		await at.fill('#f-name', 'anna.d');
		await at.focus('#f-password');
		await scan(at, '900099');
		await at.waitForSelector('[data-maybe]:not([hidden])');
		assert.equal(sent.length, 0);
		await at.getByRole('button', { name: 'Det var en skanning' }).press('Enter');
		assert.match(await at.textContent('[data-some]'), /4\s+skanningar väntar/);
		assert.equal(await at.evaluate('sessionStorage.length + localStorage.length'), 0);
		// wrong first: the page stays, and what waits in it
		for (const word of ['fel ord helt och hållet', password]) {
			await at.fill('#f-name', 'anna.d');
			await at.fill('#f-password', word);
			await at.keyboard.press('Enter');
			if (word !== password)
				await at.waitForSelector('#problem');
		}
		await at.waitForURL((url) => url.pathname === '/loans');
		await at.waitForSelector('[data-later]');
		assert.match(await at.textContent('[data-later]'), /4\s+skanningar väntar/);
		assert.ok(sent.every((body) => !body.includes('9000')));
		await at.getByRole('link', { name: 'Gör dem vid disken' }).press('Enter');
		await at.waitForURL((url) => url.pathname === '/desk');
		await at.waitForSelector('[data-waiting]:not([hidden])');
		await at.getByRole('button', { name: 'Släng dem' }).press('Enter');
		// her session ends; a colleague who comes instead is offered nothing
		await alone.clearCookies();
		await at.goto(`${base}/sign-in?return=/desk`);
		await scan(at, '900098');
		assert.match(await at.innerText('[data-some]'), /1\s+skanning väntar.*anna\.d/s);
		await at.fill('#f-name', 'bosse.d');
		await at.fill('#f-password', password);
		await at.keyboard.press('Enter');
		await at.waitForURL((url) => url.pathname === '/desk');
		await at.waitForSelector('[data-queue]');
		assert.equal(await at.isVisible('[data-waiting]'), false);
		assert.equal(await at.evaluate('JSON.stringify({ ...sessionStorage }).includes("900098")'), false);
		assert.deepEqual(at.complaints, []);
		await alone.close();
	});

	await task('what is sent at a locked desk is kept and offered again, without scripts', async () => {
		const still = await open({ javaScriptEnabled: false, storageState: await room.storageState() });
		const [at, hand] = [listen(await still.newPage()), await still.newPage()];
		await at.goto(`${base}/borrowers/new`);
		await at.fill('#f-given', 'Karl');
		await at.fill('#f-family', 'Bevarad');
		await hand.goto(`${base}/loans`);
		await hand.getByRole('button', { name: 'Byt person' }).click();
		await at.getByRole('button', { name: 'Spara' }).click();
		assert.match(await at.textContent('.needs'), /inte sparat än/);
		await look(at, 'locked-still');
		await unlock(at, 'anna.d', '8642');
		await unlock(at, 'anna.d');
		assert.match(await at.textContent('.facts'), /Bevarad/);
		await at.getByRole('button', { name: 'Ja, gör det nu' }).click();
		await at.waitForSelector('.done');
		assert.equal((await api('POST', '/borrowers/search', { words: 'Bevarad' })).borrowers.length, 1);
		assert.deepEqual(at.complaints, []);
		await still.close();
	});
	await room.close();
}
