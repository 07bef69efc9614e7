// SPDX-License-Identifier: EUPL-1.2
// How a page is looked at, whole: by axe, in each language and theme, narrow, enlarged, in forced colours, without
// motion, on paper. Each language is tried by axe in the light and the dark, as far as it has other bones than one that
// nothing was wrong with (axe.mjs). How wide a page grows differs by language (words are longer), and not by theme.
import { violations, wellInTheDark } from './axe.mjs';
import { found } from './forms.mjs';
import { bareKey, base, PHONE, picture, SCREEN, tooWide, turn, unfolded } from './room.mjs';

export const LANGS = ['sv', 'fi', 'en'];
const ENLARGED = { width: 640, height: 400 }, PAPER = { width: 700, height: 1000 };

async function sentIn(page, at, lang) {
	at.searchParams.set('lang', lang);
	return (await page.context().request.get(at.href, { headers: { Accept: 'text/html' } })).text();
}

// What moves in spite of the wish for none.
const moving = () => [...document.querySelectorAll('*')].filter((e) => {
	const { animationName, transitionDuration } = getComputedStyle(e);
	return animationName !== 'none' || transitionDuration.split(',').some((t) => parseFloat(t) > 0);
}).map((e) => e.outerHTML.slice(0, 80));

// Forced colours take every background away: what can be pressed must still have an edge or an underlined or
// coloured word, and what was told by a coloured box alone must have a word.
const lostColours = () => [...document.querySelectorAll('main .button, main [class*="state-"], main .bar, main .swatch, main input, main select, main textarea')]
	.filter((e) => e.offsetParent && !e.closest('svg')).filter((e) => {
		const style = getComputedStyle(e), edge = parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== 'none' && !/^rgba.*, 0\)$/.test(style.borderTopColor);
		return !edge && !e.textContent.trim() && !e.querySelector('progress, img, svg') && !['checkbox', 'radio', 'file', 'image', 'range', 'color'].includes(e.type);
	}).map((e) => e.outerHTML.slice(0, 80));

// On paper there is nothing to press and no menu, the page's words are there, and it is dark on white.
const onPaper = () => {
	const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
	const wrong = seen('.side, .skip, .button, button').map((e) => e.outerHTML.slice(0, 80));
	if (!seen('main h1').length)
		wrong.push('no heading');
	for (const e of [document.body, document.querySelector('main')]) {
		const [r, g, b, a = 1] = getComputedStyle(e).backgroundColor.match(/[\d.]+/g).map(Number);
		if (a && r + g + b < 750)
			wrong.push(`${e.tagName} is ${getComputedStyle(e).backgroundColor}`);
	}
	return wrong;
};

// The same page with other wishes of whoever looks: nothing is fetched anew.
async function wishes(page, add) {
	const told = async (what, fn) => (await page.evaluate(fn)).forEach((e) => add(`${what}: ${e}`));
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce', forcedColors: 'active' });
	await told('moves', moving);
	await told('lost in forced colours', lostColours);
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: null, forcedColors: null, media: 'print' });
	await page.setViewportSize(PAPER);
	await told('on paper', onPaper);
	if (await page.evaluate(tooWide))
		add('too wide for paper');
	await page.emulateMedia({ colorScheme: 'light', media: null });
	// twice as large, by the browser and by its letters alone
	await page.setViewportSize(ENLARGED);
	if (await page.evaluate(tooWide))
		add('too wide at 200 %');
	await page.setViewportSize(SCREEN);
	await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%', 'important'));
	if (await page.evaluate(tooWide))
		add('too wide with letters of 200 %');
	await page.evaluate(() => document.documentElement.removeAttribute('style'));
}

async function narrow(page, add) {
	if (await page.evaluate(tooWide))
		add('too wide at 320 px');
}

// All that is wrong with it.
export async function wholeLook(page, path) {
	const found = [], add = (lang) => (what) => found.push(`${path} ${lang}: ${what}`), sent = {};
	const rules = async (lang, which) => (await violations(page, which)).forEach(add(lang));
	const at = new URL(path, base);
	at.searchParams.set('lang', 'sv');
	await page.goto(at.href);
	await page.evaluate(unfolded);
	await rules('sv', 'all');
	await picture(page, `${path} sv`);
	await page.emulateMedia({ colorScheme: 'dark' });
	await rules('in the dark', 'colours');
	await picture(page, `${path} dark`);
	await wishes(page, add('sv'));
	for (const lang of LANGS) {
		sent[lang] = await sentIn(page, at, lang);
		await turn(page, sent[lang]);
		if ((await page.getAttribute('html', 'lang')) !== lang)
			add(lang)(`not in ${lang}`);
		if (await page.evaluate(bareKey))
			add(lang)('a bare key');
		if (lang === 'sv')
			continue;
		await rules(lang, 'all');
		if (await wellInTheDark(page))
			continue;
		await page.emulateMedia({ colorScheme: 'dark' });
		await rules(`${lang} in the dark`, 'colours');
		await page.emulateMedia({ colorScheme: 'light' });
	}
	await page.setViewportSize(PHONE);
	for (const lang of LANGS) {
		await turn(page, sent[lang]);
		await narrow(page, add(lang));
		await picture(page, `${path} ${lang} narrow`);
	}
	await page.setViewportSize(SCREEN);
	return found;
}

// A page that is like one that was looked at whole, but for what stands in it.
export async function shortLook(page, path, which = 'all') {
	const found = [], add = (what) => found.push(`${path}: ${what}`);
	await page.evaluate(unfolded);
	(await violations(page, which)).forEach(add);
	if (await page.evaluate(bareKey))
		add('a bare key');
	await page.setViewportSize(PHONE);
	await narrow(page, add);
	await picture(page, `${path} short`);
	await page.setViewportSize(SCREEN);
	return found;
}

// What does nothing without scripts: a button that only they hear, a link to a place that is not there, a form
// without a button, a field that stays hidden.
const dead = () => {
	const seen = (e) => e.checkVisibility() || e.closest('dialog, template');
	const told = (e) => e.outerHTML.slice(0, 120);
	const buttons = [...document.querySelectorAll('button[type=button]')].filter((e) => seen(e));
	const links = [...document.querySelectorAll('a')].filter((e) => seen(e) && (!e.hasAttribute('href') || (/^#./.test(e.getAttribute('href')) && !document.querySelector(e.getAttribute('href')))));
	const forms = [...document.querySelectorAll('main form')].filter((form) => ![...form.elements].some((e) => (e.type === 'submit' || e.type === 'image') && seen(e)));
	const fields = [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')].filter((e) => !seen(e));
	return [...buttons, ...links, ...forms, ...fields].map(told);
};

// A page as it stands without scripts: what is wrong with it, and its forms.
export async function stillLook(page, path, forms) {
	const at = new URL(path, base).href, reply = await page.goto(at), wrong = [];
	if (reply.status() >= 400 && !path.startsWith('/no-such'))
		wrong.push(`${path}: ${reply.status()}`);
	await page.evaluate(unfolded);
	if (!(await page.locator('main h1').first().isVisible()) || (await page.innerText('main')).trim().length < 20)
		wrong.push(`${path}: it has no words without scripts`);
	if (path !== '/components') {
		wrong.push(...(await page.evaluate(dead)).map((what) => `${path}: without scripts dead: ${what}`));
		forms.push(...(await found(page)).forms.filter((form) => form.method === 'post').map((form) => ({ ...form, path, room: page.context() })));
	}
	return wrong;
}

// Several at a time, whoever is free takes the next.
export async function lookAtAll(visits, look, at_once = 3) {
	const queue = visits.flatMap(({ room, paths }) => paths.map((path) => ({ room, path }))), found = [];
	const worker = async () => {
		let page;
		for (let next = queue.shift(); next; next = queue.shift()) {
			if (page?.context() !== next.room) {
				await page?.close();
				page = await next.room.newPage();
			}
			found.push(...await look(page, next.path));
		}
		await page?.close();
	};
	await Promise.all(Array.from({ length: at_once }, worker));
	return found;
}
