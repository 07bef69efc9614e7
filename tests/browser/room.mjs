// SPDX-License-Identifier: EUPL-1.2
// What every task of the browser's programs works with: the browser and the server's address, accounts and
// signing in, keys as fingers and as a scanner press them, and how a page is looked at. The server is
// tests/flow/test_browser.c's; SHOTS names a folder for pictures, ONLY the tasks to try.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { strict as assert } from 'node:assert';
import { violations } from './axe.mjs';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the server of the test made its own certificate

// The packages lie where they were built, beside no source: tests/browser/run goes there.
const need = createRequire(`${process.cwd()}/`);
const { chromium } = need('playwright-core');

export const base = process.env.BASE, shots = process.env.SHOTS;
export const password = 'fyra helt olika ord';
export const camera = `${process.cwd()}/camera-${process.pid}.y4m`; // what the camera sees is a file that a test makes

// Nothing here is a race with a clock: a machine that is busy is waited for.
const PATIENCE_MS = +(process.env.PATIENCE_MS ?? 60000), TASK_S = 1800;

// Chromium without the part of it that draws windows is as good to look with, and lighter.
const CHROMIUMS = [process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const browser = await chromium.launch({ executablePath: CHROMIUMS.find((path) => path && existsSync(path)),
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync',
		'--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`,
		'--disable-dev-shm-usage', '--disable-features=OptimizationGuideOnDeviceModel,OptimizationHints'] });
await patient();
if (shots)
	mkdirSync(shots, { recursive: true });

// A click or a key is over when the page it leads to has come, to its last line.
async function patient() {
	const page = await browser.newPage();
	const frame = Object.getPrototypeOf(page.mainFrame());
	for (const name of ['click', 'press']) {
		const act = frame[name];
		frame[name] = async function (...how) {
			await act.apply(this, how);
			await this.waitForLoadState('domcontentloaded');
		};
	}
	await page.close();
}

// --- tasks ---

let failed = 0;
const only = new RegExp(process.env.ONLY ?? '');

export async function task(name, fn) {
	if (!only.test(name))
		return;
	const begun = Date.now();
	let clock;
	const late = new Promise((_, no) => {
		clock = setTimeout(() => no(new Error(`${TASK_S} s are up`)), 1000 * TASK_S);
	});
	try {
		await Promise.race([fn(), late]);
		console.log(`ok ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
	} catch (e) {
		failed++;
		console.log(`not ok ${name}: ${e.stack}`);
	} finally {
		clearTimeout(clock);
	}
}

export async function end() {
	await browser.close();
	rmSync(camera, { force: true });
	process.exit(failed ? 1 : 0);
}

// --- who one is ---

const stills = new WeakSet(); // rooms without scripts

// What is typed of people, into whatever form: the server's files are searched for it at the end (tests/flow/clear.c).
const PERSONAL = ['given', 'family', 'identity', 'care_of', 'street', 'card', 'needs', 'giver_name', 'phone', 'email', 'name', 'note'];
export function typed(path, fields) {
	const body = Object.fromEntries(PERSONAL.filter((n) => typeof fields?.[n] === 'string' && fields[n]).map((n) => [n, fields[n].slice(0, 100)]));
	if (Object.keys(body).length)
		console.log(`@typed ${JSON.stringify({ path, body: JSON.stringify(body) })}`);
}

function listenToForms(call) {
	if (call.method() !== 'POST')
		return;
	let sent = call.postData() ?? '';
	if (sent.startsWith('{'))
		sent = JSON.parse(sent);
	else
		sent = Object.fromEntries(sent.includes('form-data; name=') ?
			[...sent.matchAll(/form-data; name="(\w+)"\r\n\r\n([^\r]*)/g)].map((m) => m.slice(1)) : new URLSearchParams(sent));
	typed(new URL(call.url()).pathname, sent);
}

// A browser's room of its own: its cookies, and what is open in it.
export async function open(more = {}) {
	const room = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'sv-SE', ...more });
	room.setDefaultTimeout(PATIENCE_MS);
	room.on('request', listenToForms);
	if (more.javaScriptEnabled === false)
		stills.add(room);
	return room;
}

// What the page said against itself: scripts that the policy stopped, errors, missing files.
export function listen(page) {
	page.complaints = [];
	page.on('console', (m) => m.type() === 'error' && !/status of 4/.test(m.text()) && page.complaints.push(m.text()));
	page.on('pageerror', (e) => page.complaints.push(String(e)));
	return page;
}

export async function api(method, path, body, as = process.env.TOKEN) {
	typed(path, body);
	const reply = await fetch(`${base}/api/v1${path}`, { method, body: body && JSON.stringify(body),
		headers: { Authorization: `Bearer ${as}`, 'Content-Type': 'application/json' } });
	const pdf = reply.headers.get('content-type') === 'application/pdf';
	const answer = pdf ? Buffer.from(await reply.arrayBuffer()) : await reply.json();
	assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${pdf ? '' : JSON.stringify(answer)}`);
	return answer;
}

// The word that one signs in with the first time.
export const account = async (name, roles) => (await api('POST', '/accounts', { name, roles })).one_time_password;

// On a page that asks who one is.
export async function signIn(page, name, word = password) {
	await page.fill('#f-name', name);
	await page.fill('#f-password', word);
	await page.click('main button');
}

// The first time: what is asked for then is a password of one's own.
export async function signInFirst(page, name, word) {
	await signIn(page, name, word);
	await page.fill('#f-new_password', password);
	await page.fill('#f-again', password);
	await page.click('main button');
	await page.waitForSelector('.done');
}

// Somebody new, signed in, in a room of their own.
export async function come(name, roles, more = {}) {
	const word = await account(name, roles);
	const room = await open(more);
	const page = listen(await room.newPage());
	await page.goto(`${base}/sign-in`);
	await signInFirst(page, name, word);
	return { room, page };
}

// From now on the server's clock is so far ahead of ours; whoever was signed in is not any longer. After a leap
// somebody must say first that it is right.
export async function later(seconds, word = 'shift') {
	const begun = Date.now();
	console.log(`@${word} ${seconds}`);
	for (;;) {
		const date = await fetch(`${base}/accessibility`).then((r) => r.headers.get('date')).catch(() => null);
		if (date && Date.parse(date) - begun > 1000 * (seconds - 3600))
			return;
		await new Promise((done) => setTimeout(done, 100));
	}
}

// The house's day, some days from now: past its midnight it is another than that of UTC.
export const day = (days) => new Date(Date.now() + 86400000 * days).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });

// --- keys ---

// By Tab alone, from where the page is, until the control has the focus: what Tab does not come to is not reached.
export async function tabTo(page, control, most = 400) {
	const one = await control.elementHandle();
	for (let n = 0; n <= most; n++) {
		if (await one.evaluate((node) => node === document.activeElement))
			return;
		await page.keyboard.press('Tab');
	}
	assert.fail(`Tab does not come to ${control}`);
}

// To a button or a link by its name, as Tab comes to it, and Enter.
export async function press(page, role, name, more = {}) {
	const control = page.locator('main').getByRole(role, { name, ...more }).first();
	await tabTo(page, control);
	await control.press('Enter');
}

// As fingers type, not as a scanner: a quiet machine would be as quick as one.
export const fingers = (page, text) => page.keyboard.type(text, { delay: 70 });

// Enter sends the form.
export async function type(page, field, text) {
	await page.fill(field, '');
	await page.focus(field);
	await fingers(page, text);
	await page.keyboard.press('Enter');
}

const KEYS = { Enter: { windowsVirtualKeyCode: 13, text: '\r' }, Tab: { windowsVirtualKeyCode: 9 } };
const SILENCE_MS = 220, BEGAN_MS = 50;
const lines = new WeakMap();

// A scanner's keys, a millisecond apart out of silence: each event is told when it happened, so that a
// machine too busy to press them as quickly makes no fingers of them.
export async function scan(page, code, end = 'Enter') {
	if (!lines.has(page))
		lines.set(page, await page.context().newCDPSession(page));
	const line = lines.get(page);
	await page.waitForTimeout(SILENCE_MS);
	const began = Date.now() - BEGAN_MS;
	await Promise.all([...code, end].flatMap((key, i) => {
		const event = { key, timestamp: (began + i) / 1000, ...(KEYS[key] ?? { text: key }) };
		return [line.send('Input.dispatchKeyEvent', { ...event, type: event.text ? 'keyDown' : 'rawKeyDown' }),
			line.send('Input.dispatchKeyEvent', { ...event, text: undefined, type: 'keyUp' }).catch(() => {})]; // the page may be left by then
	}));
}

// The clock of a page's room is ours, from its next address on, but not the time that an event was told: with the
// stand-in's own, which is when the page comes to read it, a scan at a busy machine would be fingers.
export async function ownClock(page) {
	const room = page.context();
	await room.addInitScript(() => { window.told = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp'); });
	await page.clock.install();
	await room.addInitScript(() => Object.defineProperty(Event.prototype, 'timeStamp', window.told));
}

// --- what is seen ---

export const said = (page) => page.textContent('main .done');
export const no = (page) => page.textContent('#problem');
// Nothing may need scrolling sideways at 320 px, but tables in their own box.
export const tooWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
// What is folded away is part of the page.
export const unfolded = () => document.querySelectorAll('main details').forEach((e) => { e.open = true; });
export const bareKey = () => document.body.innerText.match(/\{\{|\bt\.[a-z]/);
const words = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
export const wordsOf = async (reply) => words(Buffer.from(await reply.body()));
// The words of a paper that is fetched there.
export const paper = async (room, path) => wordsOf(await room.request.get(base + path));

export const PHONE = { width: 320, height: 700 }, SCREEN = { width: 1280, height: 800 };
export const picture = async (page, name) => shots && page.screenshot({ path: `${shots}/${name.replace(/[^\w-]+/g, '-')}.png`, fullPage: true });

// Another page, as it was sent, in the place of the one that is open: axe is read once.
export const turn = (page, html) => page.evaluate((text) => {
	const next = new DOMParser().parseFromString(text, 'text/html');
	document.documentElement.lang = next.documentElement.lang;
	document.title = next.title;
	document.body.replaceWith(next.body);
	document.querySelectorAll('main details').forEach((e) => { e.open = true; });
}, html);

// Where scripts are off axe does not run: what stands there is looked at in a page that has them.
let glass;
async function seen(page) {
	if (!stills.has(page.context()))
		return page;
	if (!glass) {
		glass = await (await open()).newPage();
		await glass.goto(`${base}/accessibility`);
	}
	await turn(glass, await page.content());
	return glass;
}

// What is wrong with a page as it stands: in both themes, on a phone, with a key where a text should be.
export async function faults(page, name) {
	const found = [], add = (what) => found.push(`${name}: ${what}`);
	for (const [colorScheme, which] of [['light', 'all'], ['dark', 'colours']]) {
		await page.emulateMedia({ colorScheme });
		(await violations(page, which)).forEach((v) => add(`${colorScheme}: ${v}`));
		await picture(page, `${colorScheme}-${name}`);
	}
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize(PHONE);
	if (await page.evaluate(tooWide))
		add('too wide at 320 px');
	await picture(page, `narrow-${name}`);
	await page.setViewportSize(SCREEN);
	if (await page.evaluate(bareKey))
		add('a bare key');
	return found;
}

export const look = async (page, name) => assert.deepEqual(await faults(await seen(page), name), []);
export const quiet = async (page) => assert.deepEqual(await violations(await seen(page)), []);
