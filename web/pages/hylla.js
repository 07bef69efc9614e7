/* What makes the pages quicker. They work without it. */

/* --- a scanner types: faster than fingers, out of silence, and ends in Enter or Tab ---
 * The one rule for it. Where nobody is signed in, or the desk is locked, later.js says what becomes of it. */

const QUICK_MS = 40;
const SILENCE_MS = 150; /* before a scan: what begins in the middle of typing is half a code */
const LEAST = 4;
const burst = { text: '', at: 0, field: null, before: '', whole: false, where: null, taken: 0 };

/* What is folded away is not meant. */
const box = () => [...document.querySelectorAll('[data-scan]')].find((b) => !b.closest('details:not([open])'))
	|| document.getElementById('scan');
const door = () => document.querySelector('.veil, main form[action^="/locked"], main form[action^="/sign-in"]');

function typedIn(field) {
	return field && 'value' in field && !['button', 'submit', 'checkbox', 'radio'].includes(field.type);
}

function begin(field) {
	burst.text = '';
	burst.field = typedIn(field) ? field : null;
	burst.before = burst.field ? burst.field.value : '';
	burst.whole = false;
}

function stop(event) {
	event.preventDefault();
	event.stopImmediatePropagation();
	burst.taken = event.timeStamp;
}

/* What the scanner typed into another field is taken out of it again. */
function scanned(event, { text, field, before }) {
	const to = box();
	if (!to || (field === to && event.key === 'Enter'))
		return;
	stop(event);
	if (field !== to) {
		if (field)
			field.value = before;
		to.value = text;
	}
	to.form.requestSubmit();
}

function ended(event) {
	const { whole, ...scan } = burst;
	begin(null);
	if (!whole)
		return undefined;
	if (!door())
		return scanned(event, scan);
	const told = new CustomEvent('burst', { cancelable: true, detail: { ...scan, key: event.key, at: event.timeStamp } });
	return document.dispatchEvent(told) ? undefined : stop(event);
}

window.addEventListener('keydown', (event) => {
	const now = event.timeStamp, pause = now - burst.at, quick = pause < QUICK_MS;
	burst.at = now;
	/* a PIN is no code, however quick */
	if ((event.target.type === 'password' && !door()) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
		return begin(null);
	/* no scanner goes from one field to the next */
	if (event.target !== burst.where)
		begin(null);
	burst.where = event.target;
	if ((event.key === 'Enter' || event.key === 'Tab') && quick && burst.text.length >= LEAST)
		return ended(event);
	/* the second of two line ends */
	if (event.key === 'Enter' && now - burst.taken < QUICK_MS)
		return stop(event);
	if (event.key.length !== 1)
		return event.key === 'Shift' ? undefined : begin(null);
	if (!quick) {
		begin(event.target);
		burst.whole = pause > SILENCE_MS;
	}
	burst.text += event.key;
}, true);

/* --- lists by keyboard: up and down go from row to row --- */

const heads = (list) => [...list.querySelectorAll('tbody tr > :first-child a, .row-title a')];

document.addEventListener('keydown', (event) => {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	const list = event.target.closest?.('table, .rows');
	if (!step || !list || !event.target.matches('a'))
		return;
	const all = heads(list), to = all[all.indexOf(event.target) + step];
	if (to && all.includes(event.target)) {
		event.preventDefault();
		to.focus();
	}
});

/* --- a large file goes up: how far, in words --- */

function replaceMain(html) {
	const page = new DOMParser().parseFromString(html, 'text/html');
	document.title = page.title;
	document.querySelector('main').replaceWith(page.querySelector('main'));
	document.getElementById('problem')?.focus();
}

document.addEventListener('submit', (event) => {
	const form = event.target, tells = form.querySelector('.upload');
	if (!('upload' in form.dataset) || !tells)
		return;
	event.preventDefault();
	const call = new XMLHttpRequest(), button = event.submitter;
	const bar = Object.assign(document.createElement('progress'), { max: 100, value: 0 });
	const words = document.createElement('span');
	const ended = () => {
		if (button)
			button.disabled = false;
		tells.replaceChildren();
	};
	tells.replaceChildren(bar, words);
	call.upload.onprogress = (now) => {
		const part = Math.floor((now.loaded / now.total) * 100);
		bar.value = part;
		if (part % 25 === 0)
			words.textContent = `${part} % ${form.dataset.upload}`;
	};
	call.onload = () => {
		ended();
		if (call.status < 400)
			location.assign(call.responseURL);
		else
			replaceMain(call.responseText);
	};
	call.onerror = () => { ended(); form.submit(); };
	call.open('POST', form.action);
	call.setRequestHeader('Accept', 'text/html');
	call.send(new FormData(form));
	if (button)
		button.disabled = true;
});

/* --- what goes on shows by itself ---
 * A part marked data-live-on names what it is about: "mailing. device.heard=DMPX1" are beginnings of
 * acts, and whose, when it is only one's. When such an act is told, the part is fetched again from the
 * page itself (or data-live-from), found by its id. What can be pressed does not move under the pointer
 * or the focus: it waits until they leave. */

const REST_MS = 2000; /* between two fetches */
const AGAIN_MS = 15000;
let turn = null, waiting = 0, fetched = 0, missed = false;
const due = new Set();
const parts = () => [...document.querySelectorAll('main [data-live-on][id]')];

function concerns(part, { act, object = '' }) {
	return act === 'reset' || part.dataset.liveOn.split(' ').some((word) => {
		const [begin, whose] = word.split('=');
		return act.startsWith(begin) && (!whose || object === '-' || object === whose || object.endsWith(`/${whose}`));
	});
}

function inUse(part) {
	const chosen = getSelection();
	return part.querySelector('a, button, input, select, textarea, summary')
		&& (part.matches(':hover, :focus-within') || part.querySelector('details[open]')
			|| (!chosen.isCollapsed && part.contains(chosen.anchorNode)));
}

async function freshen() {
	const pages = new Map();
	waiting = 0;
	fetched = Date.now();
	for (const part of parts().filter((p) => due.has(p.id) && !inUse(p))) {
		const from = part.dataset.liveFrom || location.href;
		due.delete(part.id);
		try {
			if (!pages.has(from))
				pages.set(from, fetch(from, { headers: { Accept: 'text/html', 'X-By-Itself': 'yes' } })
					.then((r) => (r.ok && !r.url.includes('/sign-in') ? r.text() : ''))
					.then((html) => new DOMParser().parseFromString(html, 'text/html')));
			const fresh = (await pages.get(from)).getElementById(part.id);
			if (!fresh || fresh.innerHTML === part.innerHTML)
				continue;
			if (inUse(part))
				due.add(part.id);
			else
				part.replaceChildren(...fresh.childNodes);
		} catch { /* no network: the next event tries again */ }
	}
}

function soon() {
	if (due.size && !waiting)
		waiting = setTimeout(freshen, Math.max(100, REST_MS - (Date.now() - fetched)));
}

/* A browser has few connections to one house: its windows share one stream, and whichever holds it
 * tells the others. */
const others = window.BroadcastChannel && new BroadcastChannel('hylla-live');

function hear(news) {
	parts().filter((p) => concerns(p, news)).forEach((p) => due.add(p.id));
	soon();
}

function listen(until) {
	const stream = new EventSource('/events?look=yes');
	stream.onmessage = (event) => {
		const news = missed ? { act: 'reset' } : JSON.parse(event.data);
		missed = false;
		others?.postMessage(news);
		hear(news);
	};
	/* turned away, as at a locked desk: another window may have come in again meanwhile */
	stream.onerror = () => {
		if (stream.readyState !== EventSource.CLOSED)
			return;
		missed = true;
		turn?.abort();
		turn = null;
		setTimeout(follow, AGAIN_MS);
	};
	return until.then(() => stream.close());
}

/* A page that nobody sees needs none. */
function follow() {
	const wanted = !document.hidden && parts().length > 0 && window.EventSource;
	if (wanted && !turn) {
		turn = new AbortController();
		const { signal } = turn;
		const until = new Promise((end) => { signal.addEventListener('abort', end); });
		if (others && navigator.locks)
			navigator.locks.request('hylla-live', { signal }, () => listen(until)).catch(() => { /* hidden before its turn */ });
		else
			listen(until);
	} else if (!wanted && turn) {
		turn.abort();
		turn = null;
	}
}

if (others)
	others.onmessage = (event) => { if (!document.hidden) hear(event.data); };
document.addEventListener('visibilitychange', () => {
	parts().forEach((p) => due.add(p.id));
	follow();
	if (!document.hidden)
		soon();
});
for (const left of ['pointerout', 'focusout', 'toggle'])
	document.addEventListener(left, soon, true);
follow();

/* Where one is stands in sight among the places, however many they are. */
[...document.querySelectorAll('.places [aria-current]')].pop()?.scrollIntoView({ block: 'nearest' });

/* A summary of faults is heard at once, and the box is ready for the next scan. */
(document.getElementById('problem') ?? document.querySelector('[data-scan]:not([data-scan=later])'))?.focus();
