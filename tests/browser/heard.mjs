// SPDX-License-Identifier: EUPL-1.2
// What a scan at the desk is answered with, for those who do not read the screen: yes, a question and no have each a
// sound and a flash of their own; without motion an edge stays in the flash's place; a no stops the queue.
import { strict as assert } from 'node:assert';
import { atDesk, librarian, tryScan } from './desk.mjs';
import { api, base, scan, task } from './room.mjs';

// Notes every tone that is begun and, the moment the answer stands there, how its line flashes.
const observe = () => {
	window.observed = [];
	let tones = [];
	const start = OscillatorNode.prototype.start;
	OscillatorNode.prototype.start = function (at) {
		tones.push({ pitch: this.frequency.value, to: this.context });
		return start.call(this, at);
	};
	document.addEventListener('answered', ({ detail }) => {
		const line = document.querySelector('[data-answer]'), [flash] = line.getAnimations(), style = getComputedStyle(line);
		flash?.pause();
		if (flash)
			flash.currentTime = 0;
		window.observed.push({ answer: detail, tones, moves: flash?.animationName ?? null, flashed: style.backgroundColor,
			edge: style.outlineStyle === 'solid' ? style.outlineColor : null });
		flash?.play();
		tones = [];
	});
};

// "yes", "ask", "no" in that order: a borrower, a kit that comes back, a code that nobody knows.
async function threeAnswers(page, kit) {
	await tryScan(page, 'KHORD0001', 'yes', 'vald');
	await tryScan(page, kit, 'ask', 'Är allt med');
	await tryScan(page, 'FINNS-INTE', 'no', 'FINNS-INTE');
	const seen = await page.evaluate(() => window.observed.map((one) => ({ ...one, pitches: one.tones.map((t) => t.pitch) })));
	assert.deepEqual(seen.map((one) => one.answer), ['yes', 'ask', 'no']);
	return seen;
}

const different = (all) => assert.equal(new Set(all.map(String)).size, all.length, `not different: ${all.join(', ')}`);

export async function heardTasks() {
	let kit;

	await task('heard: a kit is out', async () => {
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product: 'tradlos-ringklocka', count: 1 });
		kit = (await api('GET', '/items?state=in_stock&product=tradlos-ringklocka&most=200')).items.at(-1).item_number;
		await api('POST', `/items/${kit}/parts`, {});
		const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Hörande', family: 'Provare', card: 'KHORD0001' });
		await api('POST', '/loans', { borrower: id, things: [kit], yes: 'hold parts limit' });
	});

	await task('heard: yes, a question and no sound and flash each in its own way', async () => {
		const { room, page } = await atDesk();
		await page.addInitScript(observe);
		await page.goto(`${base}/desk`);
		const seen = await threeAnswers(page, kit);
		different(seen.map((one) => one.pitches[0]));
		assert.deepEqual(seen.map((one) => one.pitches.length), [1, 2, 1]);
		assert.ok(seen[2].pitches[0] < seen[0].pitches[0] / 2, 'a no is far lower than a yes');
		different(seen.map((one) => one.flashed));
		assert.deepEqual(seen.map((one) => one.moves), ['flash', 'flash', 'flash']);
		// the keys of a scanner let the page be heard
		await page.waitForFunction(() => window.observed.at(-1).tones[0].to.state === 'running');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('heard: who wishes no motion sees an edge instead, and hears the same', async () => {
		const { room, page } = await atDesk({ reducedMotion: 'reduce' });
		await page.addInitScript(observe);
		await page.goto(`${base}/desk`);
		const seen = await threeAnswers(page, kit);
		assert.deepEqual(seen.map((one) => one.moves), [null, null, null]);
		assert.ok(seen.every((one) => one.edge), 'an edge');
		different(seen.map((one) => one.edge));
		different(seen.map((one) => one.pitches[0]));
		assert.deepEqual(page.complaints, []);
		await room.close();
	});

	await task('heard: a page that is loaded with an answer flashes in the answer\'s colour', async () => {
		const { room, page } = await librarian('hor.b', { javaScriptEnabled: true });
		await page.goto(`${base}/desk`);
		// as an old page would send it: the answer comes as a page of its own
		await page.evaluate(() => document.querySelector('[data-live]').removeAttribute('data-live'));
		await page.fill('#f-code', 'FINNS-INTE');
		await page.focus('#f-code');
		await page.keyboard.press('Enter');
		await page.waitForSelector('.answer-no.flash-no');
		await room.close();
	});
}
