// SPDX-License-Identifier: EUPL-1.2
// What is late: whom to call, what came of it, a reminder on paper. By keyboard, each page looked at; the last of
// the days, since the server's clock goes ahead.
import { strict as assert } from 'node:assert';
import { api, base, come, day, later, look, no, press, said, signIn, task, wordsOf } from './room.mjs';

const DAY_S = 86400, DUE_DAYS = 20, LATER_DAYS = 40;

async function lent() {
	await api('POST', '/catalogue/load');
	const { serials } = await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 2 });
	const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Svea', family: 'Glömsk',
		phone: '033-12 34 58', street: 'Storgatan 1', postcode: '501 80', city: 'Borås' });
	const { loan } = await api('POST', '/loans', { borrower: id, yes: 'hold parts limit',
		things: serials.map((code) => ({ code, due: day(DUE_DAYS) })) });
	return { loan, serials };
}

export async function lateTasks() {
	await task('what is late is called about by keyboard, promised, and reminded of by a letter', async () => {
		const { loan, serials } = await lent();
		const { room, page } = await come('lars.l', 'bibliotek');
		await later(LATER_DAYS * DAY_S);
		await page.goto(`${base}/sign-in`);
		await signIn(page, 'lars.l');
		await page.goto(base);
		await press(page, 'link', 'Ring i dag');
		await page.waitForURL(/loans\/calls/);
		assert.equal(await page.getByText('Glömsk').count(), 0, 'nobody asked for names');
		await look(page, 'late-calls');
		await page.locator(`a[href="/loans/calls/${loan}"]`).press('Enter');
		await page.waitForURL(/loans\/calls\/L-/);
		await look(page, 'late-call');
		await press(page, 'link', 'Visa namn och telefon');
		await page.getByText('Svea Glömsk').waitFor();
		await look(page, 'late-call-opened');
		await page.selectOption('#f-contact', 'promised');
		await press(page, 'button', 'Spara');
		assert.match(await no(page), /vilken dag/);
		await page.fill('#f-promised', day(LATER_DAYS + 5));
		await press(page, 'button', 'Spara');
		await page.waitForSelector('.done');
		assert.match(await said(page), /uppskrivet/);
		assert.match(await page.textContent('main'), /lovade lämna tillbaka/);
		await page.goto(`${base}/loans/${loan}`);
		assert.match(await page.textContent('main'), /lovade lämna tillbaka/);
		await look(page, 'late-loan');
		const letter = await wordsOf(await room.request.get(`${base}/loans/${loan}/reminder?things=${serials[0]}`));
		for (const word of ['Svea Glömsk', 'Storgatan 1', 'dags att lämna tillbaka', serials[0]])
			assert.ok(letter.includes(word), `${word} in ${letter}`);
		assert.ok(!letter.includes(serials[1]), 'only what was chosen');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('loans that wait for a signature are a list of their own', async () => {
		await api('POST', '/loan-rules', { product: 'sensorlampa', sign_out: true, why: 'nämnden' });
		const { serials } = await api('POST', '/items', { product: 'sensorlampa', count: 1 });
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Ulla', family: 'Osignerad' });
		const { loan } = await api('POST', '/loans', { borrower: id, things: serials, yes: 'hold parts limit' });
		const { room, page } = await come('lisa.l', 'bibliotek');
		await page.goto(base);
		await page.locator('a[href="/loans?show=unsigned"]').first().press('Enter');
		await page.waitForURL(/show=unsigned/);
		await look(page, 'loans-unsigned');
		assert.equal(await page.locator(`a[href="/loans/${loan}"]`).count(), 1);
		await room.close();
	});
}
