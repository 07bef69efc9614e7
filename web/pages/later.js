/* What is scanned while nobody is signed in, or the desk is locked, is neither a name nor a password. It
 * is kept in this page and nowhere else, and offered to the account it belongs to when that one has
 * come back: to whoever stood here last, or else to whoever signs in first. */

const QUICK_MS = 40;
const SILENCE_MS = 150; /* before a scan */
const LEAST = 4;
const LAST = 'hylla-last'; /* who works in this tab: a name that the locked page shows as well */
const shelf = (account) => `hylla-later ${account}`;

const kept = new Map(); /* account, or '' where nobody is known: codes */
const burst = { text: '', at: 0, field: null, before: '', whole: false };
let taken = 0, leaving = false;

const veil = () => document.querySelector('.veil');
const locks = () => veil() || document.querySelector('main form[action^="/locked"]');
const isDoor = () => locks() || document.querySelector('main form[action^="/sign-in"]');
const me = () => document.querySelector('.who-name')?.textContent;
const owner = () => me() ?? sessionStorage.getItem(LAST) ?? '';
const part = (name) => (veil() ?? document).querySelector(`[data-waits] [data-${name}]`);

/* --- what is said --- */

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
	part('count').textContent = codes.length;
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
	burst.asked = field;
}

function keep(code) {
	const whose = owner();
	kept.set(whose, [...kept.get(whose) ?? [], code]);
	maybe(null);
	say();
}

/* --- a scanner types --- */

function begin(field) {
	burst.text = '';
	burst.field = field && 'value' in field && !['button', 'submit', 'radio'].includes(field.type) ? field : null;
	burst.before = burst.field?.value ?? '';
}

/* A key of steel types a password as quickly, and a generator six digits; but not before a name. */
function isScan(key) {
	const name = document.querySelector('main input#f-name'), code = document.querySelector('main #f-code');
	if (locks())
		return true;
	if (key === 'Tab' && burst.field === name)
		return false; /* a name may be filled in so */
	if (code)
		return !/^\d{6}$/.test(burst.text);
	return !name?.value || burst.field === name;
}

function ended(event) {
	const { field, before, text } = burst;
	if (!burst.whole || (event.key === 'Tab' && !isScan('Tab')))
		return begin(null);
	event.preventDefault();
	event.stopImmediatePropagation();
	taken = event.timeStamp;
	if (isScan(event.key)) {
		if (field)
			field.value = before;
		keep(text);
	} else {
		maybe(field);
	}
	begin(null);
}

window.addEventListener('keydown', (event) => {
	const now = event.timeStamp, pause = now - burst.at, quick = pause < QUICK_MS;
	burst.at = now;
	if (!isDoor() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
		return begin(null);
	const end = event.key === 'Enter' || event.key === 'Tab';
	if (end && quick && burst.text.length >= LEAST)
		return ended(event);
	/* the second of two line ends */
	if (event.key === 'Enter' && now - taken < QUICK_MS)
		return event.preventDefault();
	if (event.key.length !== 1)
		return event.key === 'Shift' ? undefined : begin(null);
	if (!quick) {
		begin(event.target);
		burst.whole = pause > SILENCE_MS;
	}
	burst.text += event.key;
}, true);

document.addEventListener('click', (event) => {
	const { asked } = burst;
	if (event.target.closest?.('[data-forget]')) {
		kept.delete(owner());
		say();
	} else if (event.target.closest?.('[data-was-scan]') && asked) {
		keep(asked.value);
		asked.value = '';
		asked.focus();
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
	document.querySelector('[data-later] [data-count]').textContent = count;
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

/* Loaded anew, the page has forgotten: the browser asks first. Whoever goes through the door takes it
 * along. */
window.addEventListener('beforeunload', (event) => {
	if (!leaving && isDoor() && kept.get(owner())?.length)
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

if (me() && document.getElementById('places'))
	sessionStorage.setItem(LAST, me());
offer();
