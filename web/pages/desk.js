/* The desk by scanner: scans are sent one after the other without leaving the page, and answered with
 * a sound and the whole line. Each has a key of its own, so one whose answer was lost is sent again
 * and not done twice; what is not yet answered is kept in this tab, by account and desk, until it
 * is. The page works without this. */

/* --- an answer is heard and seen --- */

const tunes = { yes: [[880, 0.09]], ask: [[660, 0.1], [660, 0.1]], no: [[220, 0.35]] };
let audio = null;

function sound(answer) {
	const tune = tunes[answer];
	if (!tune || !window.AudioContext)
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

/* It is there before it says anything, or a screen reader would not read it. */
const voice = document.createElement('p');
voice.className = 'hidden';
voice.setAttribute('role', 'status');
document.body.append(voice);

const box = () => document.querySelector('[data-scan]');

function show(html) {
	const page = new DOMParser().parseFromString(html, 'text/html');
	const fresh = page.querySelector('[data-desk]'), stale = document.querySelector('[data-desk]');
	const [now, was] = fresh && stale ? [fresh, stale]
		: [page.querySelector('main'), document.querySelector('main')];
	document.title = page.title;
	/* what somebody is typing in a form of it stays */
	for (const typed of was.querySelectorAll('[data-typed][data-dirty]'))
		now.querySelector(`[data-typed="${typed.dataset.typed}"]`)?.replaceWith(typed);
	was.replaceWith(now);
	document.querySelectorAll('main > .done').forEach((old) => old.remove());
	const answer = now.querySelector('[data-answer]'), tone = answer?.dataset.answer;
	if (answer) {
		sound(tone);
		answer.removeAttribute('role');
		answer.classList.add('flash', `flash-${tone}`);
		voice.textContent = answer.querySelector('p').textContent;
		document.dispatchEvent(new CustomEvent('answered', { detail: tone }));
		const slip = answer.querySelector('[data-open]');
		if (slip)
			window.open(slip.href, '_blank');
	}
	/* Lent, and to be signed: there at once. What was scanned meanwhile is done when one comes back. */
	const go = answer?.querySelector('[data-go]');
	if (go) {
		location.assign(go.href);
		return 'gone';
	}
	(document.getElementById('problem') ?? box())?.focus();
	return tone ?? 'yes';
}

/* --- what is not yet answered --- */

const AGAIN_MS = 3000;
const whose = box()?.form?.dataset.queue;
const shelf = `hylla-scans ${whose}`;
/* waiting: to be sent, in their order. held: behind a no or a question, until people say. */
const { waiting, held } = load();
let busy = false, later = 0;

function load() {
	try {
		const kept = JSON.parse(sessionStorage.getItem(shelf) ?? '{}');
		return { waiting: kept.waiting ?? [], held: kept.held ?? [] };
	} catch {
		return { waiting: [], held: [] };
	}
}

function keep() {
	const scans = (list) => list.filter((one) => one.fields.code !== undefined);
	if (waiting.length || held.length)
		sessionStorage.setItem(shelf, JSON.stringify({ waiting: scans(waiting), held: scans(held) }));
	else
		sessionStorage.removeItem(shelf);
	const note = document.querySelector('[data-waiting]');
	if (!note)
		return;
	const stuck = later ? waiting.length + held.length : held.length;
	note.hidden = stuck === 0;
	note.querySelector('[data-count]').textContent = stuck;
	note.querySelector('[data-many]').hidden = stuck === 1;
	note.querySelector('[data-one]').hidden = stuck !== 1;
}

function send({ action, fields }) {
	const body = new URLSearchParams(fields);
	body.set('form_token', document.querySelector('main [name=form_token]')?.value ?? '');
	return fetch(action, { method: 'POST', body, headers: { Accept: 'text/html', 'X-Scans': 'yes' } });
}

/* No network, or a server that is starting: it stays, and is tried again. */
function wait() {
	later = later || setTimeout(() => { later = 0; work(); }, AGAIN_MS);
	keep();
}

function signIn() {
	const here = location.pathname + (new URLSearchParams(location.search).has('desk')
		? `?desk=${encodeURIComponent(new URLSearchParams(location.search).get('desk'))}` : '');
	location.assign(`/sign-in?return=${encodeURIComponent(here)}`);
}

/* One after the other. A no or a question holds those behind it: they may hang on it. */
async function next() {
	let reply;
	try {
		reply = await send(waiting[0]);
	} catch {
		return wait();
	}
	if (reply.status === 401 || new URL(reply.url).pathname === '/sign-in')
		return signIn();
	if (reply.status >= 500 || reply.status === 429)
		return wait();
	/* the form is of a session that has ended: once more with this one's */
	if (reply.status === 403 && !waiting[0].stale) {
		waiting[0].stale = true;
		keep();
		return location.reload();
	}
	const html = await reply.text();
	waiting.shift();
	keep();
	const tone = show(html);
	if (tone === 'gone')
		return undefined;
	if (tone !== 'yes')
		held.push(...waiting.splice(0));
	keep();
	return waiting.length ? next() : undefined;
}

async function work() {
	if (busy || later || !waiting.length)
		return;
	busy = true;
	await next();
	busy = false;
}

function fieldsOf(form, submitter) {
	const fields = Object.fromEntries(new FormData(form, submitter));
	delete fields.form_token;
	if (fields.key !== undefined)
		fields.key = crypto.randomUUID?.() ?? fields.key;
	return fields;
}

document.addEventListener('submit', (event) => {
	const form = event.target;
	if (!('live' in form.dataset) || form.method !== 'post')
		return;
	event.preventDefault();
	const fields = fieldsOf(form, event.submitter);
	form.querySelectorAll('[data-scan]').forEach((input) => { input.value = ''; });
	if (fields.code === '' && !fields.asked)
		return;
	waiting.push({ action: new URL(form.action).pathname, fields });
	keep();
	work();
});

document.addEventListener('click', (event) => {
	const does = event.target.closest?.('[data-send], [data-drop]');
	if (!does)
		return;
	if ('send' in does.dataset)
		waiting.unshift(...held.splice(0));
	else
		held.length = waiting.length = 0;
	clearTimeout(later);
	later = 0;
	keep();
	work();
	box()?.focus();
});

document.addEventListener('input', (event) => {
	const form = event.target.closest('[data-typed]');
	if (form)
		form.dataset.dirty = '';
});

window.addEventListener('online', () => {
	clearTimeout(later);
	later = 0;
	work();
});

/* What was scanned while nobody was signed in is asked about, and done when people say so. */
function takeLater() {
	const form = box()?.form, name = `hylla-later ${document.querySelector('.who-name')?.textContent}`;
	const codes = JSON.parse(sessionStorage.getItem(name) ?? '[]');
	if (!form || !codes.length)
		return;
	for (const code of codes)
		held.push({ action: new URL(form.action).pathname, fields: { ...fieldsOf(form), code } });
	keep();
	sessionStorage.removeItem(name);
}
document.addEventListener('later', takeLater);

const first = document.querySelector('[data-answer]');
first?.classList.add('flash', `flash-${first.dataset.answer}`);
takeLater();
keep();
work();
