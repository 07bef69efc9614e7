/* What is scanned while nobody is signed in, or the desk is locked, is neither a name nor a password
 * (hylla.js knows a scanner). It is kept in this page, and offered to the account it belongs to when that one has
 * come back: to whoever stood here last, or else to whoever signs in first. Of it the tab itself remembers what
 * says nothing of a person: numbers of things. */

const LAST = 'hylla-last'; /* who works in this tab: a name that the locked page shows as well */
const UNCLAIMED = 'hylla-unclaimed';
const THING = /^[A-Z]{2,5}-\d{3,}$/i; /* as our own labels are: no card, no loan, nobody's number */
const STEEL_MS = 40; /* between two keys of a key of steel */
const DOUBT_MS = 300;
const shelf = (account) => `hylla-later ${account}`;

const kept = new Map(); /* account, or '' where nobody is known: codes */
let leaving = false, asked = null, doubt = null;

const veil = () => document.querySelector('.veil');
const locks = () => veil() || document.querySelector('main form[action^="/locked"]');
const isDoor = () => locks() || document.querySelector('main form[action^="/sign-in"]');
const me = () => document.querySelector('.who-name')?.textContent;
const owner = () => me() ?? sessionStorage.getItem(LAST) ?? '';
const part = (name) => (veil() ?? document).querySelector(`[data-waits] [data-${name}]`);

/* --- what is said --- */

function tell(at, count) {
	at('count').textContent = count;
	at('many').hidden = count === 1;
	at('one').hidden = count !== 1;
}

/* Its words stand in the page, and are taken out when there is something to say. */
function unfold() {
	const folded = (veil() ?? document).querySelector('[data-waits] > template');
	folded?.replaceWith(document.importNode(folded.content, true));
}

function say() {
	if (kept.size)
		unfold();
	const some = part('some'), whose = owner(), codes = kept.get(whose) ?? [];
	if (!some)
		return;
	tell(part, codes.length);
	part('owner').textContent = whose;
	part('for').hidden = !whose;
	some.hidden = !codes.length;
}

function maybe(field) {
	if (field)
		unfold();
	const box = part('maybe');
	if (box)
		box.hidden = !field;
	asked = field;
}

/* Loaded anew, the page still knows them. */
function remember() {
	const things = [...kept].map(([whose, codes]) => [whose, codes.filter((code) => THING.test(code))]).filter(([, codes]) => codes.length);
	if (things.length)
		sessionStorage.setItem(UNCLAIMED, JSON.stringify(things));
	else
		sessionStorage.removeItem(UNCLAIMED);
}

function keep(code) {
	const whose = owner();
	kept.set(whose, [...kept.get(whose) ?? [], code]);
	remember();
	maybe(null);
	say();
}

/* --- a scanner types --- */

/* A key of steel types a password as quickly, and a generator six digits; but not before a name. */
function isScan({ text, field }) {
	const name = document.querySelector('main input#f-name'), code = document.querySelector('main #f-code');
	if (locks())
		return true;
	if (code)
		return !/^\d{6}$/.test(text);
	return !name?.value || field === name;
}

function take({ text, field, before }) {
	if (field)
		field.value = before;
	keep(text);
}

/* A key of steel goes on from a name to its password without a pause; behind a scan it is silent. */
function settle() {
	if (!doubt || doubt.settled)
		return;
	clearTimeout(doubt.timer);
	doubt.settled = true;
	take(doubt);
	doubt.field.focus();
}

function goesOn(event) {
	const { text, field, settled, timer } = doubt;
	clearTimeout(timer);
	doubt = null;
	if (!settled)
		return;
	/* the machine was slow, not the key: its name goes back */
	const codes = kept.get(owner()).slice(0, -1);
	kept.set(owner(), codes);
	remember();
	say();
	field.value = text;
	document.querySelector('main input#f-password')?.focus();
}

window.addEventListener('keydown', (event) => {
	if (!doubt || event.timeStamp === doubt.at || event.key === 'Shift')
		return;
	if (event.timeStamp - doubt.at < STEEL_MS)
		return goesOn(event);
	settle();
	doubt = null;
}, true);

document.addEventListener('burst', (event) => {
	const { detail } = event, name = document.querySelector('main input#f-name');
	if (detail.key === 'Tab' && !locks() && name && detail.field === name) {
		doubt = { ...detail, timer: setTimeout(settle, DOUBT_MS) };
		return; /* the Tab goes its way until it is known */
	}
	if (detail.key === 'Tab' && !isScan(detail))
		return;
	event.preventDefault();
	if (isScan(detail))
		take(detail);
	else
		maybe(detail.field);
});

document.addEventListener('click', (event) => {
	if (event.target.closest?.('[data-forget]')) {
		kept.delete(owner());
		remember();
		say();
	} else if (event.target.closest?.('[data-was-scan]') && asked) {
		const field = asked;
		keep(field.value);
		field.value = '';
		field.focus();
	} else if (event.target.closest?.('[data-forget-later]')) {
		sessionStorage.removeItem(shelf(me()));
		offer();
	}
});

/* --- somebody has come --- */

const onShelf = (account) => JSON.parse(sessionStorage.getItem(shelf(account)) ?? '[]');

/* From here it is that account's, as what its desk has not yet answered. */
function give(account) {
	const codes = [...onShelf(account), ...kept.get(account) ?? [], ...kept.get('') ?? []];
	kept.delete(account);
	kept.delete('');
	remember();
	if (codes.length)
		sessionStorage.setItem(shelf(account), JSON.stringify(codes));
}

function offer() {
	const words = document.querySelector('[data-later-words]'), count = me() ? onShelf(me()).length : 0;
	document.querySelector('[data-later]')?.remove();
	if (document.querySelector('[data-queue]'))
		return void document.dispatchEvent(new CustomEvent('later'));
	if (!words || !count)
		return;
	words.after(document.importNode(words.content, true));
	tell((name) => document.querySelector(`[data-later] [data-${name}]`), count);
}

function go(address) {
	leaving = true;
	location.assign(address);
}

/* The door stays open in this page until somebody is through: what is kept would go with it. */
async function enter(form, fields) {
	const reply = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), headers: { Accept: 'text/html' } });
	const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
	const more = page.querySelector('#f-password, #f-pin, #f-new_password, [action^="/sign-in/code"]');
	const account = page.querySelector('.who-name')?.textContent ?? fields.get('name');
	if (reply.ok && !more && account)
		give(account);
	if (reply.ok && !more && page.getElementById('places'))
		return go(reply.url);
	document.title = page.title;
	document.querySelector('main').replaceWith(page.querySelector('main'));
	say();
	(document.getElementById('problem') ?? document.querySelector('main [autofocus], main input:not([type=hidden])'))?.focus();
	return undefined;
}

document.addEventListener('submit', (event) => {
	const form = event.target;
	if (form.getAttribute('action') === '/sign-out')
		sessionStorage.removeItem(LAST);
	if (event.defaultPrevented || veil() || !kept.size || !form.closest('main') || form.method !== 'post')
		return;
	event.preventDefault();
	enter(form, new FormData(form, event.submitter)).catch(() => { leaving = true; form.submit(); });
});

/* Loaded anew, the page has forgotten what is not a thing's number: the browser asks first. Whoever goes through
 * the door takes it along. */
window.addEventListener('beforeunload', (event) => {
	if (!leaving && isDoor() && kept.get(owner())?.some((code) => !THING.test(code)))
		event.preventDefault();
});

/* By the provider one signs in beside, and this page goes on. */
document.addEventListener('click', (event) => {
	const provider = event.target.closest?.('a[href^="/sign-in/provider"]');
	if (provider && kept.size)
		provider.target = '_blank';
});

const others = new BroadcastChannel('desk');
others.onmessage = ({ data }) => {
	if (me() || !kept.size || !isDoor() || !data.account)
		return;
	give(data.account);
	go(document.querySelector('main [name=return]')?.value || '/');
};

document.addEventListener('unlocked', ({ detail }) => { give(detail); offer(); });

for (const [whose, codes] of JSON.parse(sessionStorage.getItem(UNCLAIMED) ?? '[]'))
	kept.set(whose, codes);
if (me() && document.getElementById('places')) {
	sessionStorage.setItem(LAST, me());
	if (!isDoor())
		give(me());
}
if (isDoor())
	say();
offer();
