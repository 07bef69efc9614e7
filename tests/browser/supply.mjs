// SPDX-License-Identifier: EUPL-1.2
// What comes and what has to go back: leases, deliveries received by scanner, lists read in.
import { strict as assert } from 'node:assert';
import * as here from './room.mjs';
import { api, base, come, quiet, scan, shots, task } from './room.mjs';

export async function supplyTasks() {
	let room, page;

	async function begin() {
		if (!page)
			({ room, page } = await come('sonja.s', 'it'));
	}
	const press = (role, name) => here.press(page, role, name, { exact: true });
	const type = async (id, text) => {
		await page.focus(`#f-${id}`);
		await here.fingers(page, text);
	};
	const said = () => here.said(page), no = () => here.no(page);
	const figures = async () => (await page.locator('.figure').allTextContents()).join(' ');
	async function look(paths) {
		const faults = [];
		for (const path of paths) {
			for (const lang of ['fi', 'en', 'sv']) {
				await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
				if (await page.evaluate(here.bareKey))
					faults.push(`${path} ${lang}: a bare key`);
			}
			faults.push(...await here.faults(page, path.slice(1).replace(/\W/g, '-')));
		}
		assert.deepEqual(faults, []);
	}

	await task('supply: a lease is made, tells what it costs, and what must go back', async () => {
		await begin();
		await page.goto(`${base}/leases`);
		await press('link', 'Nytt leasingavtal');
		await page.waitForURL(/\/leases\/new$/);
		await type('id', 'l-2026-1');
		await type('supplier', 'Leasebolaget');
		await page.fill('#f-start', '2026-01-31');
		await type('months', '36');
		await type('monthly_kr', '199');
		await type('residual_kr', '1500');
		await type('notice_days', '90');
		await press('button', 'Spara');
		await page.waitForURL(/\/leases\/L-2026-1\?/);
		assert.match(await page.textContent('.lead'), /\d+ saker/);
		assert.match(await page.textContent('main'), /i månaden/);
		assert.match(await page.textContent('main'), /30 januari 2029/);
		await page.focus('main details summary');
		await page.keyboard.press('Enter');
		await press('button', 'Sätt avtalets slutdag på alla');
		await page.waitForURL(/done=lease-followed/);
		assert.match(await said(), /slutdag/);
		await press('link', 'Ändra avtalet');
		await page.waitForURL(/change$/);
		await page.focus('#f-closed');
		await page.keyboard.press('Space');
		await press('button', 'Spara');
		await page.waitForSelector('#problem');
		assert.match(await no(), /kan inte avslutas än/);
		await look(['/leases', '/leases/L-2026-1', '/leases/new', '/leases/L-2026-1/change']);
		assert.deepEqual(page.complaints, []);
	});

	await task('supply: what is ordered, announced and received agrees in the end, by scanner', async () => {
		await begin();
		await api('POST', '/products', { id: 'ipad-2026', name: 'iPad 2026', kind: 'ipad' });
		await page.goto(`${base}/deliveries`);
		await press('link', 'Ny leverans');
		await page.waitForURL(/\/deliveries\/new$/);
		await type('id', 'lev 77-26');
		await type('supplier', 'Leasebolaget');
		await page.selectOption('#f-product', 'ipad-2026');
		await type('expected', '3');
		await press('button', 'Spara');
		await page.waitForURL(/\/deliveries\/LEV77-26\?/);
		assert.equal(await figures(), '3 0 0');
		await page.focus('#announce summary');
		await page.keyboard.press('Enter');
		await page.waitForSelector('#f-codes', { state: 'visible' });
		await page.fill('#f-codes', 'DMPXA01, dmpxa02\nDMPXA03');
		await press('button', 'Läs in');
		await page.waitForURL(/done=delivery-announced/);
		assert.equal(await figures(), '3 3 0');
		for (const code of ['DMPXA01', 'DMPXA02', 'DMPXB09']) {
			await page.waitForFunction(() => document.activeElement.id === 'f-code');
			await scan(page, code, 'Enter');
			await page.waitForURL(/done=received/);
			await page.waitForFunction((c) => document.body.textContent.includes(c), code);
			await page.waitForLoadState();
		}
		assert.equal(await figures(), '3 3 3');
		await look(['/deliveries', '/deliveries/LEV77-26', '/deliveries/new']);
		await page.goto(`${base}/deliveries/LEV77-26`);
		await page.waitForFunction(() => document.activeElement.id === 'f-code');
		await scan(page, 'DMPXA01', 'Enter');
		await page.waitForSelector('#problem');
		assert.match(await no(), /redan mottagen/);
		await page.goto(`${base}/deliveries/LEV77-26`);
		await press('button', 'Behåll den DMPXB09');
		await page.waitForURL(/delivery-kept/);
		await press('button', 'Kommer inte i den här leveransen DMPXA03');
		await page.waitForURL(/delivery-later/);
		assert.match(await page.textContent('.lead'), /Stämmer/);
		assert.match(await page.textContent('main'), /Inga skillnader/);
		assert.deepEqual(page.complaints, []);
	});
	await task('supply: a list is looked at, read in and undone', async () => {
		await begin();
		await page.goto(`${base}/imports`);
		await press('link', 'Läs in en lista');
		await page.waitForURL(/imports\/new$/);
		await press('button', 'Se vad som händer');
		await page.waitForSelector('#problem');
		await page.setInputFiles('#f-file', { name: 'lista.csv', mimeType: 'text/csv',
			buffer: Buffer.from('serienummer;leasingavtal;anteckning\nDMPXL01;l-2026-1;ny\nSAK0000001;;kollad\nDMPXL02;;"<b>"\nfel nummer?;;\n') });
		await press('button', 'Se vad som händer');
		await page.waitForSelector('.figure');
		assert.match(page.url(), /look$/);
		assert.equal(await figures(), '2 1 0 1');
		assert.match(await page.textContent('main'), /Inget är gjort än/);
		await quiet(page);
		if (shots)
			await page.screenshot({ path: `${shots}/light-import-look.png`, fullPage: true });
		// a row that cannot be read in has a shape of its own, and at 320 px no button touches another
		const shapes = await page.locator('td .state').evaluateAll((all) => all.map((e) => {
			const { clipPath, backgroundColor } = getComputedStyle(e, '::before');
			return [e.textContent, `${clipPath} ${backgroundColor === 'rgba(0, 0, 0, 0)'}`];
		}));
		assert.equal(new Set(Object.values(Object.fromEntries(shapes))).size, Object.keys(Object.fromEntries(shapes)).length, String(shapes));
		const size = page.viewportSize();
		await page.setViewportSize({ width: 320, height: 700 });
		const acts = await page.locator('.acts .button').evaluateAll((all) => all.map((e) => e.getBoundingClientRect().toJSON()));
		assert.equal(acts.length, 2);
		assert.ok(acts[1].top - acts[0].bottom >= 8 || acts[1].left - acts[0].right >= 8, JSON.stringify(acts));
		assert.equal(await page.evaluate(here.tooWide), false);
		await page.setViewportSize(size);
		await press('button', 'Läs in de andra raderna');
		await page.waitForURL(/imports\/\d+\?done=imported/);
		assert.equal(await page.locator('.rows.lines > li').count(), 3);
		const one = new URL(page.url()).pathname;
		await look(['/imports', '/imports/new', one]);
		await page.goto(base + one);
		await page.focus('main details summary');
		await page.keyboard.press('Enter');
		await press('button', 'Ångra hela listan');
		await page.waitForURL(/import-undone/);
		await page.goto(`${base}/items/DMPXL01`);
		assert.match(await page.textContent('h1'), /finns inte|Hittades inte|inget/i);
		assert.deepEqual(page.complaints, []);
	});
	await task('lists: the form of what to show is folded where it would fill the screen, open where it is used or there is room', async () => {
		await begin();
		const place = page.locator('form.sift select').first(), fold = page.locator('details.fold');
		const wide = page.viewportSize();
		await page.goto(`${base}/places`);
		assert.ok(await place.isVisible(), 'there is room');
		assert.ok(!(await fold.locator('summary').isVisible()));
		await place.selectOption({ index: 1 });
		await here.press(page, 'button', 'Visa urvalet');
		await page.waitForURL(/places\?.*=./);
		assert.equal(await fold.getAttribute('open'), '');
		await page.setViewportSize({ width: 320, height: 640 });
		assert.ok(await place.isVisible(), 'a filter is set');
		await page.goto(`${base}/places`);
		assert.ok(!(await place.isVisible()));
		assert.ok((await page.locator('.table-box, .empty').first().boundingBox()).y < 640, 'the list begins on the first screen');
		await quiet(page);
		await fold.locator('summary').focus();
		await page.keyboard.press('Enter');
		await place.waitFor({ state: 'visible' });
		await quiet(page);
		await page.setViewportSize(wide);
		assert.deepEqual(page.complaints, []);
	});
	await room?.close();
}
