/* A desk that is left alone locks. The server decides; here it is only seen sooner, and what was being
 * typed stays in the page. */

const lockAfter = 1000 * document.body.dataset.lock;
const TOLD_MS = 60000; /* that somebody is here is told at most so often */
let told = Date.now(), veil = null, behind = '';

const ask = (address) => fetch(address, { headers: { Accept: 'application/json' } });

function here() {
	if (veil || Date.now() - told < TOLD_MS)
		return;
	told = Date.now();
	ask('/here').then((reply) => reply.status === 401 && lower(), () => {});
}
for (const kind of ['keydown', 'pointerdown'])
	document.addEventListener(kind, here, { passive: true });

setInterval(() => {
	if (!veil && Date.now() - told > lockAfter)
		ask('/here?look=yes').then((reply) => reply.status === 401 && lower(), () => {});
}, 15000);

/* The page of a locked desk, over everything: what lies behind is neither seen nor reached. */
function lower() {
	if (veil)
		return;
	veil = document.createElement('dialog');
	veil.className = 'veil';
	veil.addEventListener('cancel', (event) => event.preventDefault());
	document.body.append(veil);
	veil.showModal();
	behind = document.title;
	document.title = '…';
	fill();
}

async function fill() {
	const page = await locked().catch(() => null);
	if (!veil)
		return;
	if (!page)
		return setTimeout(fill, 5000); /* no network: it stays closed, and empty */
	veil.replaceChildren(page.querySelector('main'));
	document.title = page.title;
	veil.setAttribute('aria-label', veil.querySelector('h1').textContent);
	veil.querySelector('form[data-unlock]')?.addEventListener('submit', unlock);
	// in full it is signed in beside: what is being typed here stays, and opens when that is done
	const usual = veil.querySelector('form[action^="/sign-in/other"]');
	if (usual)
		usual.target = '_blank';
	veil.querySelector('#f-pin')?.focus();
}

async function locked() {
	const reply = await fetch(`/locked?return=${encodeURIComponent(location.pathname + location.search)}`,
		{ headers: { Accept: 'text/html' } });
	return new DOMParser().parseFromString(await reply.text(), 'text/html');
}

async function unlock(event) {
	event.preventDefault();
	const form = event.target;
	const reply = await fetch('/locked', { method: 'POST', body: new URLSearchParams(new FormData(form)),
		headers: { Accept: 'application/json' } });
	const said = await reply.json();
	if (!reply.ok)
		return complain(form, said.text);
	others.postMessage(said);
	await opened(said);
}

/* Here or in another tab: whoever opened the desk has it in all of them. */
const tokens = () => document.querySelectorAll('input[name="form_token"]');
const me = () => document.querySelector('.who-name')?.textContent;

async function opened({ account, form_token: token }) {
	told = Date.now();
	if (!veil && tokens()[0]?.value === token)
		return;
	if (account !== me())
		await renew();
	else if (veil)
		document.title = behind;
	tokens().forEach((i) => { i.value = token; });
	veil?.remove();
	veil = null;
	document.dispatchEvent(new CustomEvent('unlocked', { detail: account }));
	if (!document.activeElement || document.activeElement === document.body)
		document.querySelector('main').focus();
}

const others = new BroadcastChannel('desk');
others.onmessage = (event) => opened(event.data);
if (tokens().length)
	others.postMessage({ account: me(), form_token: tokens()[0].value });

function complain(form, text) {
	let box = veil.querySelector('.problem');
	if (!box) {
		box = document.createElement('div');
		box.className = 'problem';
		box.setAttribute('role', 'alert');
		form.before(box);
	}
	box.textContent = text;
	form.querySelector('#f-pin').value = '';
	form.querySelector('#f-pin').focus();
}

/* A colleague: the page as that person may see it, with what was being typed in the forms that are
 * there for both. */
async function renew() {
	const typed = [...document.querySelectorAll('main form')].map((form) =>
		[form.getAttribute('action'), [...form.elements].filter((i) => i.name && i.type !== 'hidden' &&
			i.type !== 'password').map((i) => [i.name, i.type, i.value, i.checked])]);
	const reply = await fetch(location.href, { headers: { Accept: 'text/html' } });
	const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
	document.title = page.title;
	for (const part of ['.side', 'main'])
		document.querySelector(part)?.replaceWith(page.querySelector(part) ?? '');
	for (const [action, fields] of typed) {
		const form = [...document.querySelectorAll('main form')].find((f) => f.getAttribute('action') === action);
		for (const [name, type, value, checked] of form ? fields : []) {
			const field = [...form.elements].find((i) => i.name === name && i.type === type &&
				(!['radio', 'checkbox'].includes(type) || i.value === value));
			if (field && ['radio', 'checkbox'].includes(type))
				field.checked = checked;
			else if (field)
				field.value = value;
		}
	}
}
