// SPDX-License-Identifier: EUPL-1.2
// What axe says of a page, and what it need not be asked twice. Its rules read a page's bones: which elements there
// are, with which classes, roles and states, and whether a text or a label has words; only few weigh the words
// themselves. So the bones that nothing was wrong with once, at that width and in that theme, are not tried again in
// another language or at another address: there only those few rules are.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axe = readFileSync(createRequire(`${process.cwd()}/`).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// what the theme decides, and nothing else does
const COLOURS = ['color-contrast', 'link-in-text-block'];
// what hangs on what the words are, or on how much room they take
const WORDS = ['frame-title-unique', 'image-redundant-alt', 'label-content-name-mismatch', 'label-title-only', 'landmark-unique',
	'scrollable-region-focusable', 'table-duplicate-name', 'target-size'];
const off = (rules) => Object.fromEntries(rules.map((rule) => [rule, { enabled: false }]));

// A page's bones, with the theme and width they are shown at.
const bonesOf = () => {
	const TOLD = /^(?:data-.*|aria-label|aria-description|aria-roledescription|aria-valuetext|alt|title|placeholder|value|label|content|datetime|summary|abbr|download|href|src|action|formaction)$/;
	const sort = (text) => (!text.trim() ? '' : text.trim().length === 1 ? '1' : /\p{L}|\p{N}/u.test(text) ? 'x' : 'o');
	// the one of the languages that is spoken: the same list in each
	const spoken = (e) => e.lang && e.closest('.languages');
	const attribute = (e, { name, value }) => {
		if (name === 'style' && !value) // left behind by whoever measured
			return '';
		if ((e === document.documentElement && name === 'lang') || (spoken(e) && /^(?:lang|hreflang|aria-current)$/.test(name)))
			return name === 'aria-current' ? '' : name;
		return `${name}=${TOLD.test(name) && !value.startsWith('#') ? sort(value) : value}`;
	};
	const bones = (e) => {
		if (e.nodeType === Node.TEXT_NODE)
			return sort(e.data);
		if (e.nodeType !== Node.ELEMENT_NODE || e.localName === 'script')
			return '';
		const attributes = [...e.attributes].map((one) => attribute(e, one)).filter(Boolean).sort().join(' ');
		return `<${e.localName} ${attributes}${e.checked ? ' checked' : ''}${e === document.activeElement ? ' focus' : ''}>${[...e.childNodes].map(bones).join('')}</>`;
	};
	return { bones: bones(document.documentElement), width: innerWidth, dark: matchMedia('(prefers-color-scheme: dark)').matches };
};

async function run(page, options) {
	if (!(await page.evaluate('typeof window.axe !== "undefined"')))
		await page.evaluate(axe);
	const found = await page.evaluate((o) => window.axe.run(document, o), { resultTypes: ['violations'], selectors: false, ...options });
	return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(' | ')}`);
}

const well = { structure: new Set(), colours: new Set() };

// The rules that are left of those asked for; null when none is.
function left(which, structure, colours) {
	if (structure)
		return { runOnly: TAGS, rules: colours ? {} : off(COLOURS) };
	const rules = [...(which === 'colours' ? [] : WORDS), ...(colours ? COLOURS : [])];
	return rules.length ? { runOnly: { type: 'rule', values: rules } } : null;
}

// Whether all was well with it in the dark already.
export async function wellInTheDark(page) {
	const { bones, width } = await page.evaluate(bonesOf);
	return well.colours.has(`true ${width} ${bones}`);
}

// What is wrong with a page, as it stands; of "all", "structure" or "colours".
export async function violations(page, which = 'all') {
	const { bones, width, dark } = await page.evaluate(bonesOf);
	const built = `${width} ${bones}`, painted = `${dark} ${built}`;
	const structure = which !== 'colours' && !well.structure.has(built), colours = which !== 'structure' && !well.colours.has(painted);
	const rules = left(which, structure, colours), found = rules ? await run(page, rules) : [];
	if (!found.length && structure)
		well.structure.add(built);
	if (!found.length && colours)
		well.colours.add(painted);
	return found;
}
