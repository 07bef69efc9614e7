// SPDX-License-Identifier: EUPL-1.2
// The desk beside its quick way: what happened another day, on trial, back to another place; and how a
// thing was as it went out and came back. By keyboard, and without scripts.
import { strict as assert } from 'node:assert';
import { atDesk, tryScan } from './desk.mjs';
import { api, base, day, listen, look, no, press, said, shots, task } from './room.mjs';

const back = (days) => day(-days);

export async function earlierTasks() {
	const things = [];

	const unfold = async (page, text) => {
		await page.locator('main summary', { hasText: text }).first().focus();
		await page.keyboard.press('Enter');
	};
	const tell = async (page, day, why) => {
		if (!(await page.locator('#f-happened').isVisible()))
			await unfold(page, 'Mer: en annan dag');
		await page.fill('#f-happened', day);
		await page.fill('#f-back_reason', why);
	};
	const use = async (page) => {
		await press(page, 'button', 'Använd det här');
		await page.waitForSelector('main > .done, #problem');
	};

	await task('earlier: something to lend', async () => {
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 4 });
		const { items } = await api('GET', '/items?state=in_stock&product=forstoringsglas-belysning&most=200');
		things.push(...items.map((i) => i.item_number).slice(-4));
		await api('POST', '/places', { id: 'bussen-t', kind: 'desk', name: 'Bussen', lends: true });
		for (const card of ['KTIDI0001', 'KTIDI0002'])
			await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Tidiga', family: 'Person', card });
	});

	await task('a hand-out that happened earlier, on trial, back to another place', async () => {
		const { room, page } = await atDesk();
		await tryScan(page, things[0], 'yes', things[0]);
		// what is no: tomorrow cannot be typed into the page's own box, so as a browser without that box
		await tell(page, back(500), 'kön var lång');
		await use(page);
		assert.match(await no(page), /mer än ett år sedan/);
		assert.equal(await page.locator('#f-happened').getAttribute('aria-invalid'), 'true');
		assert.equal(await page.inputValue('#f-back_reason'), 'kön var lång');
		await tell(page, back(2), '');
		await use(page);
		assert.match(await no(page), /Skriv varför/);
		assert.equal(await page.inputValue('#f-happened'), back(2));
		await look(page, 'desk-earlier-no');
		await tell(page, back(2), 'kön var lång');
		await page.getByLabel('På prov').focus();
		await page.keyboard.press('Space');
		await page.selectOption('#f-place_back', 'bussen-t');
		await use(page);
		assert.match(await page.textContent('[data-desk] .needs'), /kön var lång.*Lånas på prov.*Bussen/s);
		// what is being typed outlives a scan
		await unfold(page, 'Mer: en annan dag');
		await page.fill('#f-back_reason', 'kön var mycket lång');
		await tryScan(page, 'KTIDI0001', 'yes', 'vald');
		assert.equal(await page.inputValue('#f-back_reason'), 'kön var mycket lång');
		await page.goto(`${base}/desk`);
		await look(page, 'desk-earlier');
		await press(page, 'button', 'Lämna ut');
		await page.waitForSelector('main > .done');
		const { loans } = await api('GET', `/loans?thing=${things[0]}`);
		assert.equal(loans[0].kind, 'trial');
		assert.equal(loans[0].place_back, 'bussen-t');
		assert.equal(loans[0].happened.slice(0, 10), back(2));
		assert.equal(await page.locator('[data-desk] .needs').count(), 0);
		await page.goto(`${base}/loans/${loans[0].loan}`);
		assert.match(await page.textContent('.facts'), /På prov/);
		assert.match(await page.textContent('.facts'), /kön var lång/);
		await look(page, 'loan-trial');
		// out since the day before yesterday: it cannot have been back before that
		await page.goto(`${base}/desk`);
		await tell(page, back(5), 'inkastet');
		await use(page);
		await tryScan(page, things[0], 'no', 'senare än så');
		await tell(page, back(1), 'inkastet');
		await use(page);
		await tryScan(page, things[0], 'yes', 'återlämnad');
		const again = await api('GET', `/loans?thing=${things[0]}`);
		assert.equal(again.loans[0].thing.in.slice(0, 10), back(1));
		// nor lent anew before that
		await press(page, 'button', 'Börja om');
		await page.waitForLoadState();
		await tell(page, back(2), 'lapp');
		await use(page);
		await tryScan(page, things[0], 'no', 'var inte här då');
		await press(page, 'button', 'Gör som vanligt igen');
		await page.waitForSelector('main > .done');
		await tryScan(page, things[0], 'yes', things[0]);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('the condition is seen at hand-out and said at the return, without scripts as well', async () => {
		const { room, page } = await atDesk({ javaScriptEnabled: false });
		const put = async (code) => {
			await page.fill('#f-code', code);
			await page.press('#f-code', 'Enter');
			await page.waitForURL(/answer=/);
		};
		const condition = async (word, note) => {
			await page.locator('tbody details[data-typed^=look] summary').first().click();
			await page.selectOption('tbody select[name=condition]', word);
			await page.fill('tbody input[name=note]', note);
			await page.getByRole('button', { name: 'Spara skicket' }).click();
			await page.waitForSelector('main > .done');
		};
		await put(things[1]);
		await condition('worn', 'repa i glaset');
		assert.match(await said(page), /Skicket är sparat/);
		assert.match(await page.textContent('tbody'), /sliten, repa i glaset/);
		await look(page, 'desk-condition-still');
		await put('KTIDI0002');
		await page.getByRole('button', { name: 'Lämna ut' }).click();
		await page.waitForSelector('main > .done');
		await page.goto(`${base}/desk`);
		await put(things[1]);
		assert.match(await page.textContent('tbody'), /Ange skick/);
		await page.locator('tbody details[data-typed^=why] summary').first().click();
		await page.selectOption('tbody select[name=reason]', 'no-use');
		await page.getByRole('button', { name: 'Spara skälet' }).click();
		await page.waitForSelector('main > .done');
		assert.match(await said(page), /Skälet är sparat/);
		assert.match(await page.textContent('tbody'), /kom inte till nytta/);
		if (shots)
			await page.screenshot({ path: `${shots}/desk-why.png`, fullPage: true });
		await condition('broken', 'lampan lyser inte');
		assert.equal((await api('GET', `/items/${things[1]}`)).state, 'repair');
		const { loans } = await api('GET', `/loans?thing=${things[1]}`);
		assert.equal(loans[0].thing.out_condition, 'worn');
		assert.equal(loans[0].thing.in_condition, 'broken');
		assert.equal(loans[0].thing.end_reason, 'no-use');
		await page.goto(`${base}/loans/${loans[0].loan}`);
		assert.match(await page.textContent('.lines'), /vid utlämning sliten \(repa i glaset\), vid återlämning trasig/);
		await page.goto(`${base}/items/${things[1]}`);
		assert.match(await page.textContent('.story'), /Skick: trasig/);
		await room.close();
	});

	await task('what is typed of a thing on the desk is said of no other', async () => {
		const { room, page } = await atDesk();
		const note = page.locator('tbody input[name=note]').first();
		await tryScan(page, 'KTIDI0002', 'yes', 'vald');
		await tryScan(page, things[3], 'yes', things[3]);
		await press(page, 'button', 'Lämna ut');
		await page.waitForSelector('main > .done');
		await page.goto(`${base}/desk`);
		await tryScan(page, things[3], 'yes', things[3]);
		await page.locator('tbody details[data-typed^=look] summary').first().click();
		await note.fill('repa i glaset');
		await tryScan(page, 'FINNSINTE', 'no', 'FINNSINTE');
		assert.equal(await note.inputValue(), 'repa i glaset');
		// beside it the desk is turned to lend: its first line is another thing
		const beside = listen(await room.newPage());
		await beside.goto(`${base}/desk`);
		await tryScan(beside, 'KTIDI0002', 'yes', 'vald');
		await tryScan(beside, things[2], 'yes', things[2]);
		await beside.close();
		await tryScan(page, things[0], 'yes', things[0]);
		assert.equal(await page.locator('tbody tr').count(), 2);
		assert.equal(await note.inputValue(), '');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('the desk with conditions, looked at', async () => {
		const { room, page } = await atDesk();
		await tryScan(page, 'KTIDI0002', 'yes', 'vald');
		await tryScan(page, things[2], 'yes', things[2]);
		await page.locator('tbody details[data-typed^=look] summary').first().focus();
		await page.keyboard.press('Enter');
		await look(page, 'desk-condition');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});
}
