/* What makes the pages quicker. They work without it. */

/* --- a scanner types: faster than fingers, and ends in Enter or Tab --- */

const QUICK_MS = 40;
const SILENCE_MS = 150; /* before a scan: what begins in the middle of typing is half a code */
const LEAST = 4;
const burst = { text: '', at: 0, field: null, before: '', whole: false };

const box = () => document.querySelector('[data-scan]') || document.getElementById('scan');

function typedIn(field) {
	return field && 'value' in field && !['button', 'submit', 'checkbox', 'radio'].includes(field.type);
}

function begin(field) {
	burst.text = '';
	burst.field = typedIn(field) ? field : null;
	burst.before = burst.field ? burst.field.value : '';
}

/* What the scanner typed into another field is taken out of it again. */
function scanned(event) {
	const to = box();
	if (!to || !burst.whole || (burst.field === to && event.key === 'Enter'))
		return begin(null);
	event.preventDefault();
	event.stopPropagation();
	if (burst.field !== to) {
		if (burst.field)
			burst.field.value = burst.before;
		to.value = burst.text;
	}
	begin(null);
	to.form.requestSubmit();
}

document.addEventListener('keydown', (event) => {
	const now = event.timeStamp, pause = now - burst.at, quick = pause < QUICK_MS;
	burst.at = now;
	if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
		return begin(null);
	if ((event.key === 'Enter' || event.key === 'Tab') && quick && burst.text.length >= LEAST)
		return scanned(event);
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

/* --- a scan answers: with a sound, and with the whole line --- */

const tunes = { yes: [[880, 0.09]], ask: [[660, 0.1], [660, 0.1]], no: [[220, 0.35]] };
let audio = null;

function sound(answer) {
	const tune = tunes[answer];
	if (!tune || !window.AudioContext || localStorage.getItem('quiet'))
		return;
	audio ??= new AudioContext();
	let at = audio.currentTime;
	for (const [pitch, length] of tune) {
		const tone = audio.createOscillator(), level = audio.createGain();
		tone.frequency.value = pitch;
		level.gain.setValueAtTime(0.15, at);
		level.gain.exponentialRampToValueAtTime(0.001, at + length);
		tone.connect(level).connect(audio.destination);
		tone.start(at);
		tone.stop(at + length);
		at += length + 0.04;
	}
}

/* --- a form marked data-live is sent without leaving the page --- */

const queue = [];
let busy = false;

function show(html) {
	const page = new DOMParser().parseFromString(html, 'text/html');
	const main = page.querySelector('main');
	document.title = page.title;
	document.querySelector('main').replaceWith(main);
	const answer = main.querySelector('[data-answer]');
	if (answer) {
		sound(answer.dataset.answer);
		answer.classList.add('flash', `flash-${answer.dataset.answer}`);
	}
	(main.querySelector('#problem') ?? main.querySelector('[data-scan]'))?.focus();
	return answer?.dataset.answer ?? 'yes';
}

/* One after the other. What was refused stops those behind it: they may hang on it. */
async function work() {
	if (busy)
		return;
	busy = true;
	while (queue.length) {
		const { form, body } = queue[0];
		let reply;
		try {
			reply = await fetch(form.action, { method: 'POST', body,
				headers: { Accept: 'text/html' } });
		} catch {
			break; /* no network: it stays in the queue, and the next scan tries again */
		}
		if (new URL(reply.url).pathname === '/sign-in' || reply.status === 401) {
			location.assign(`/sign-in?return=${encodeURIComponent(location.pathname)}`);
			break;
		}
		queue.shift();
		if (show(await reply.text()) === 'no')
			queue.length = 0;
	}
	busy = false;
}

document.addEventListener('submit', (event) => {
	const form = event.target;
	if (!('live' in form.dataset) || form.method !== 'post')
		return;
	event.preventDefault();
	const body = new URLSearchParams(new FormData(form, event.submitter));
	form.querySelectorAll('[data-scan]').forEach((input) => { input.value = ''; });
	queue.push({ form, body });
	work();
});

/* --- what has changed since the page came --- */

const feed = document.querySelector('[data-feed]');
if (feed && window.EventSource) {
	const events = new EventSource(feed.dataset.feed);
	events.addEventListener('message', () => feed.removeAttribute('hidden'));
}

/* A summary of faults is heard at once, and the box is ready for the next scan. */
(document.getElementById('problem') ?? document.querySelector('[data-scan]'))?.focus();
