// SPDX-License-Identifier: EUPL-1.2
// The pictures of docs/handbok, taken while a day's work is done on the demonstration, by keyboard and
// scanner alone; only the signature is drawn. Started by `./dev handbook`, which gives the address and
// the accounts' one-time words. A step that does not do what the handbook says ends it.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smaller } from './png.mjs';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the demonstration has a certificate of its own
const { chromium } = createRequire(join(process.env.ROOM, 'package.json'))('playwright-core');
const base = process.env.BASE, out = process.argv[2];
const password = 'fyra helt olika ord';
const width = 1120, most = 60000; // octets of a picture

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
		'--disable-background-networking', '--disable-component-update'] });
const work = mkdtempSync(join(tmpdir(), 'hylla-handbook-'));
let told = 0;

async function picture(page, name, height = 700) {
	await page.evaluate(() => document.fonts.ready);
	// what flashes has flashed
	await page.addStyleTag({ content: '* { animation: none !important; caret-color: transparent !important; }' }).catch(() => {});
	keep(await page.screenshot({ clip: { x: 0, y: 0, width, height } }), name);
}

function keep(png, name) {
	const bytes = smaller(png);
	assert.ok(bytes.length <= most, `${name}: ${bytes.length} octets`);
	writeFileSync(`${out}/${name}.png`, bytes);
	told++;
	console.log(`${name} ${bytes.length}`);
}

// The upper half of a paper, as it is printed.
function paper(pdf, name) {
	execFileSync('pdftoppm', ['-png', '-r', '75', '-f', '1', '-l', '1', '-singlefile', '-x', '0', '-y', '0', '-W', '620', '-H', '560', '-', join(work, 'p')], { input: pdf });
	keep(readFileSync(join(work, 'p.png')), name);
}

async function enter(account) {
	const room = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'sv-SE', viewport: { width, height: 700 } });
	const page = await room.newPage();
	await page.goto(`${base}/sign-in`);
	if (account === 'bibliotek') {
		await page.fill('#f-name', account);
		await picture(page, 'logga-in');
	}
	await page.fill('#f-name', account);
	await page.fill('#f-password', process.env[`WORD_${account}`] || password);
	await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.keyboard.press('Enter')]);
	if (new URL(page.url()).pathname === '/password') {
		if (account === 'bibliotek')
			await picture(page, 'eget-losenord');
		await page.fill('#f-new_password', password);
		await page.fill('#f-again', password);
		await page.keyboard.press('Enter');
		await page.waitForSelector('.done');
	}
	await page.goto(`${base}/`);
	return { room, page };
}

// By Tab alone, as who has no mouse: what Tab does not come to ends it.
const tabTo = async (page, control) => {
	const one = await control.elementHandle();
	for (let n = 0; n <= 400; n++) {
		if (await one.evaluate((node) => node === document.activeElement))
			return;
		await page.keyboard.press('Tab');
	}
	assert.fail(`Tab does not come to ${control}`);
};
const press = async (page, role, name, more) => {
	await tabTo(page, page.getByRole(role, { name, ...more }).first());
	await page.keyboard.press('Enter');
};
// By the links to the left.
const go = async (page, name, path) => {
	await Promise.all([page.waitForNavigation(), press(page, 'link', name, { exact: true })]);
	assert.equal(new URL(page.url()).pathname, path);
};
// As fingers do: what comes as quick as this machine can is a scanner's.
const type = async (page, field, text) => {
	await tabTo(page, page.locator(field));
	await page.keyboard.type(text, { delay: 70 });
};
// In the box that is on each page.
const lookUp = async (page, number) => {
	await type(page, '#scan', number);
	await page.keyboard.press('Enter');
};
const scan = async (page, code, says) => {
	await page.waitForTimeout(250);
	await Promise.all([...code, 'Enter'].map((key) => page.keyboard.press(key)));
	await page.waitForFunction((part) => document.querySelector('.answer')?.textContent.includes(part), says);
};
const free = (items, product, n) => {
	const found = items.filter((i) => i.product === product && i.kind === 'thing').slice(0, n).map((i) => i.item_number);
	assert.equal(found.length, n, `the demonstration has no ${product}`);
	return found;
};

/* --- the library lends, and takes back --- */

const desk = await enter('bibliotek');
{
	const { page, room } = desk;
	await picture(page, 'start-bibliotek');
	const token = (await (await fetch(`${base}/api/v1/sign-in`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ name: 'bibliotek', password }) })).json()).token;
	const api = async (method, path, body) => {
		const reply = await fetch(`${base}/api/v1${path}`, { method, body: body && JSON.stringify(body),
			headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
		assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${await reply.clone().text()}`);
		return reply.json();
	};
	const { items } = await api('GET', '/items?state=in_stock&most=1000');
	const [bell] = free(items, 'Trådlös ringklocka', 1), lenses = free(items, 'Förstoringsglas med belysning', 2);

	await go(page, 'Låntagare', '/borrowers');
	await tabTo(page, page.locator('main a[href^="/borrowers/new"]').first());
	await page.keyboard.press('Enter');
	await page.waitForURL(/borrowers\/new/);
	await type(page, '#f-given', 'Majken');
	await type(page, '#f-family', 'Lindqvist');
	await picture(page, 'ny-lantagare');
	const card = `K${String(Date.now()).slice(-9)}`;
	await type(page, '#f-card', card);
	await press(page, 'button', 'Spara');
	await page.waitForSelector('.done');

	await go(page, 'Disk', '/desk');
	await tabTo(page, page.locator('#f-place'));
	await page.keyboard.press('S');
	await press(page, 'button', 'Välj plats');
	await page.waitForFunction(() => document.querySelector('.answer')?.textContent.includes('Disken är nu Stadsbiblioteket'));
	await go(page, 'Disk', '/desk');
	await picture(page, 'disk-tom');
	await scan(page, card, 'Låntagaren är vald');
	await picture(page, 'disk-lantagare');
	for (const code of [...lenses, bell])
		await scan(page, code, code);
	assert.equal(await page.locator('tbody tr').count(), 3);
	await picture(page, 'disk-tre-saker');
	await scan(page, 'FINNS-INTE-1', 'Ingen sak har koden');
	await picture(page, 'disk-nej');
	await press(page, 'button', 'Lämna ut');
	await page.waitForSelector('.agreement');
	await picture(page, 'avtal');
	const loan = new URL(page.url()).pathname.split('/')[2];
	await tabTo(page, page.locator('#f-identity'));
	await page.keyboard.press('I');
	const canvas = page.locator('canvas');
	await page.getByRole('button', { name: /^Skriv under$/ }).scrollIntoViewIfNeeded();
	const box = await canvas.boundingBox();
	await page.mouse.move(box.x + 60, box.y + 90);
	await page.mouse.down();
	for (let t = 0; t < 60; t++)
		await page.mouse.move(box.x + 60 + 5 * t, box.y + 90 + 40 * Math.sin(t / 3) * Math.cos(t / 11));
	await page.mouse.up();
	await picture(page, 'underskrift');
	await press(page, 'button', /^Skriv under$/);
	await page.waitForURL(/\/desk\?done=signed/);
	await picture(page, 'disk-utlamnat');
	await lookUp(page, loan);
	await page.waitForURL(new RegExp(`/loans/${loan}$`));
	await picture(page, 'lan-underskrivet');
	const pdf = async (path) => Buffer.from(await (await room.request.get(base + path)).body());
	paper(await pdf(`/loans/${loan}/slip`), 'kvitto');

	await go(page, 'Disk', '/desk');
	await scan(page, lenses[0], 'är återlämnad');
	await scan(page, lenses[1], 'är återlämnad');
	await picture(page, 'disk-ater');
	await scan(page, bell, 'Är allt med');
	await press(page, 'link', 'Något saknas');
	await page.waitForURL(new RegExp(`/loans/${loan}`));
	await tabTo(page, page.getByLabel(/Tryckknapp/));
	await page.keyboard.press('Space');
	await picture(page, 'del-saknas');
	await press(page, 'button', /^Ta emot/);
	await page.waitForSelector('.done');
	assert.match(await page.textContent('main'), /saknas/);
	await picture(page, 'ater-en-del-kort');
	paper(await pdf(`/loans/${loan}/slip?return=yes`), 'kvitto-ater');
	await go(page, 'Lån', '/loans');
	await press(page, 'link', 'Försenade');
	await page.waitForURL(/show=late/);
	await picture(page, 'forsenade');
	await room.close();
}

/* --- a consultant looks up an iPad's loan, and it is stolen --- */
{
	const { page, room } = await enter('konsulent');
	await picture(page, 'start-konsulent');
	const lost = process.env.TABLET;
	await page.goto(`${base}/items/${lost}`);
	const loan = (await page.textContent('main')).match(/L-\d+/)[0];
	await lookUp(page, loan);
	await page.waitForURL(new RegExp(`/loans/${loan}$`));
	await picture(page, 'platta-lan');
	await type(page, '#scan', lost);
	await picture(page, 'sok-platta');
	await page.keyboard.press('Enter');
	await page.waitForURL(new RegExp(`/devices/${lost}$`));
	await picture(page, 'platta');
	await press(page, 'link', 'Borttappad eller stulen');
	await page.waitForSelector('#f-stolen');
	await tabTo(page, page.locator('#f-stolen'));
	await page.keyboard.press('ArrowDown');
	await type(page, '#f-phone', '031-390 06 00');
	await picture(page, 'stulen-fragor');
	await press(page, 'button', 'Se vad som händer');
	await page.waitForSelector('.screen');
	await picture(page, 'stulen-forhandsvisning');
	await press(page, 'button', 'Märk som stulen och lås');
	await page.waitForSelector('.done');
	await picture(page, 'stulen-markt');
	// the simulated iPad hears of it and goes into Lost Mode
	for (let tries = 0; ; tries++) {
		await page.goto(`${base}/devices/${lost}`);
		if (/Låst sedan/.test(await page.textContent('main')))
			break;
		assert.ok(tries < 30, 'the iPad is not in Lost Mode');
		await page.waitForTimeout(1000);
	}
	await picture(page, 'stulen-last');
	await room.close();
}

/* --- IT --- */
{
	const { page, room } = await enter('it');
	await picture(page, 'start-it');
	for (const [path, name] of [['/devices', 'parken'], ['/tasks', 'att-gora'], ['/lifeguard', 'datum'], ['/groups', 'grupper'], ['/audit', 'logg'], ['/settings', 'installningar']]) {
		const reply = await page.goto(base + path);
		assert.ok(reply.ok(), path);
		await picture(page, name);
	}
	await room.close();
}
await browser.close();
rmSync(work, { recursive: true });
console.log(`${told} pictures`);
