// SPDX-License-Identifier: EUPL-1.2
// Seats at hand-outs, by keyboard: how many are handed to at one time and place, the no when it is full, and where to instead.
import { strict as assert } from 'node:assert';
import { api, base, come, day, press, quiet, shots, task } from './room.mjs';

export async function seatTasks() {
	await task('seats: a full time says so, and a person is moved to another', async () => {
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 3 });
		await api('POST', '/places', { id: 'platsen', kind: 'desk', name: 'Träffpunkten', lends: true });
		const who = [];
		for (const card of ['KPLATS001', 'KPLATS002'])
			who.push((await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Plats', family: 'Provare', card })).id);
		const { room, page } = await come('platser.b', 'bibliotek');
		const shot = async (name) => shots && page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
		const then = day(40);
		const set = async (time, seats) => {
			await page.goto(`${base}/handouts/seats`);
			await press(page, 'link', 'Sätt antal platser');
			await page.waitForSelector('#f-seats');
			await page.fill('#f-day', then);
			await page.fill('#f-time', time);
			await page.selectOption('#f-place', 'platsen');
			await page.fill('#f-seats', seats);
			await press(page, 'button', 'Spara');
		};
		await set('9.00', '201');
		assert.match(await page.textContent('#problem'), /200 platser/);
		assert.equal(await page.inputValue('#f-time'), '9.00', 'what was typed stays');
		await set('9.00', '1');
		await page.waitForSelector('main > .done, .done');
		await set('13.00', '8');
		await page.waitForSelector('.done');
		assert.match(await page.textContent('main'), /0 av 1 platser[\s\S]*0 av 8 platser/);
		const plan = async (id) => {
			await page.goto(`${base}/handouts/new?borrower=${id}&product=forstoringsglas-belysning&day=${then}&time=9.00&place=platsen`);
			await press(page, 'button', 'Planera');
		};
		await plan(who[0]);
		await page.waitForSelector('.done');
		await plan(who[1]);
		assert.match(await page.textContent('#problem'), /fullt den tiden \(platser: 1\)/);
		await quiet(page);
		await shot('seats-full');
		// who is there is moved to the time with seats, and back
		await page.goto(`${base}/handouts?day=${then}`);
		await press(page, 'link', /Förstoringsglas/);
		await page.waitForSelector('text=1 av 1 platser är bokade');
		await quiet(page);
		await shot('seats-handout');
		await press(page, 'button', /^Flytta hit/);
		await page.waitForSelector('.done');
		await page.goto(`${base}/handouts/seats`);
		assert.match(await page.textContent('main'), /0 av 1 platser[\s\S]*1 av 8 platser/);
		await press(page, 'button', /^Ångra: flyttad utlämning/);
		await page.waitForSelector('.done');
		assert.match(await page.textContent('main'), /Fullt[\s\S]*1 av 1 platser[\s\S]*0 av 8 platser/);
		await quiet(page);
		await shot('seats');
		await page.setViewportSize({ width: 320, height: 700 });
		await shot('seats-320');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});
}
