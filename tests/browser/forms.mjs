// SPDX-License-Identifier: EUPL-1.2
// A page's forms as they stand without scripts, and one of them sent as it stands.
import { base } from './room.mjs';
import { rowOf } from './table.mjs';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PHOTO = { name: 'a.png', mimeType: 'image/png', buffer: png };
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 2/Root 1 0 R>>\nstartxref\n44\n%%EOF\n');
const FILE = { name: 'prov.txt', mimeType: 'text/plain', buffer: Buffer.from('prov') };

// Of the page as it stands, or of the one that is sent from there; null for a file that is fetched.
export const found = (page, path) => page.evaluate(async (to) => {
	const reply = to && await fetch(to, { headers: { Accept: 'text/html' } });
	if (reply && !reply.headers.get('content-type')?.includes('html'))
		return null;
	const html = reply ? new DOMParser().parseFromString(await reply.text(), 'text/html') : document;
	const local = (all) => all.map((a) => a.getAttribute('href')).filter((h) => h?.startsWith('/'));
	const here = new URL(reply?.url ?? location).pathname;
	// a button may send its form elsewhere
	const forms = [...html.querySelectorAll('main form, .side form')].flatMap((form) => {
		const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
		const send = [...form.elements].filter((e) => (e.type === 'submit' || e.type === 'image') && !e.closest('[hidden]'));
		const of = (button) => ({ action: button?.getAttribute('formaction') ?? form.getAttribute('action') ?? here, method: form.method,
			sendable: send.length > 0, many: form.enctype.startsWith('multipart'), inside: !!form.closest('main'),
			files: [...form.querySelectorAll('[type=file]')].map((e) => e.name),
			fields: button?.name ? [...fields, [button.name, button.value]] : fields });
		const elsewhere = send.filter((e) => e.hasAttribute('formaction'));
		return [of(send.find((e) => e.name && !elsewhere.includes(e))), ...elsewhere.map(of)];
	});
	return { status: reply?.status, menu: local([...html.querySelectorAll('#places a')]), links: local([...html.querySelectorAll('main a')]), forms };
}, path);

// What is typed into it beside what stands there, by name.
const filled = (form, more) => [...form.fields.filter(([name]) => !(name in more)), ...Object.entries(more).filter(([name]) => !form.files.includes(name)).flatMap(([name, value]) => [value].flat().map((v) => [name, v]))];

// The answer: done, or a no with its reason. What is gone by then was another form's doing.
export async function send(room, form, more = {}) {
	const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin', Origin: base }, fields = filled(form, more);
	const body = form.many
		? { multipart: Object.fromEntries([...fields, ...form.files.map((name) => [name, more[name] ?? FILE])]) }
		: { data: new URLSearchParams(fields).toString() };
	if (!form.many)
		headers['Content-Type'] = 'application/x-www-form-urlencoded';
	const reply = await room.request.post(base + form.action, { ...body, headers });
	const status = reply.status(), html = (reply.headers()['content-type'] ?? '').includes('html') ? await reply.text() : '';
	let wrong = null;
	if (status >= 500 || status === 403 || status === 405)
		wrong = `${form.action}: ${status}`;
	else if (status >= 400 && !/role="alert"|class="(problem|lead)"/.test(html))
		wrong = `${form.action}: ${status} without words`;
	return { status, html, wrong, at: new URL(reply.url()).pathname };
}

// What is typed where what stands there is not enough: then most forms do what they are for.
const WHY = 'nämnden beslöt så', REASON = 'ringer och ber om en tid';
export const EXAMPLES = {
	'/find': { q: 'INV-0001' },
	'/mailings/preview': { title: 'En länk', url: 'https://example.se/', kind: 'link', group: 'rond-3', item: '' },
	'/devices/{code}/lost/preview': { stolen: 'yes' },
	'/loan-rules/new': { product: 'forstoringsglas-belysning', borrower_kind: 'relative', loan_days: '14', why: WHY },
	'/loan-rules/{id}/change': { loan_days: '21', why: WHY },
	'/imports/look': { file: { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('serienummer;produkt\nSIDA9002;Talande termometer\n') } },
	'/media': { file: { name: 'Ny.pdf', mimeType: 'application/pdf', buffer: pdf } },
	'/mailings/{id}/file': { file: { name: 'Rättad.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([pdf, Buffer.from('\n')]) }, why: WHY },
	'/items/{code}/photos': { photo: PHOTO },
	'/products/{product}/photos': { photo: PHOTO },
	'/loans/{number}/photos': { photo: PHOTO },
	'/faults/{id}/photos': { photo: PHOTO },
	'/settings/{name}/preview': { value: '365', why: WHY },
	'/borrowers/search': { words: 'Rut' },
	'/borrowers/{id}/look': { why: 'call', words: REASON },
	'/borrowers/{id}/extract': { words: REASON },
	'/borrowers/{id}/consents/look': { why: 'call', words: REASON },
	'/borrowers/{id}/consents': { kind: 'consent', about: 'digital_technology', giver: 'self', text: 'muntligen' },
	'/borrowers/{id}/relatives': { relation: 'child', name: 'Bo Provare' },
	'/borrowers/{id}/state': { state: 'blocked', reason: 'prov' },
	'/borrowers/new': { zone: 'library', kind: 'senior', given: 'Ny', family: 'Provare' },
	'/accounts': { name: 'ny.s', roles: 'reader' },
	'/tokens': { note: 'prov', roles: 'reader', life: '7d' },
	'/webhooks': { url: 'https://example.invalid/y' },
	'/invitations': { most: '40', note: 'prov' },
	'/groups': { title: 'Prov' },
	'/groups/{name}/want/{type}': { ssid: 'Biblioteket', password: 'långt nog nu' },
	'/devices/{code}/want/{type}': { ssid: 'Biblioteket', password: 'långt nog nu' },
	'/devices/{code}/locate': { purpose: 'polisanmälan 5000-K4' },
	'/devices/{code}/raw': { plist: '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>RequestType</key><string>RestartDevice</string></dict></plist>' },
	'/devices/{code}/preset': { small_text: 'no', hearing: 'some' },
	'/labels': { code: 'INV-0001' },
	'/products/new': { name: 'Provsak' },
	'/products/{product}/units': { count: '2' },
	'/places/new': { name: 'Provstället', kind: 'desk' },
	'/places/{place}/closed': { from: '2099-02-02', why: 'Prov' },
	'/safety-notices/new': { title: 'Prov', text: 'Prov', product: 'forstoringsglas-belysning' },
	'/leases/new': { id: 'L-PROV', supplier: 'Leasebolaget', start: '2026-01-31', months: '36' },
	'/deliveries/new': { id: 'PROV-1', product: 'forstoringsglas-belysning', expected: '3' },
	'/deliveries/{delivery}/announce': { codes: 'SIDA1004' },
	'/deliveries/{delivery}/receive': { code: 'SIDA1004' },
	'/sims/new': { iccid: '8946071512345678902' },
	'/sims/{code}/codes': { reason: 'byte av telefon' },
	'/items/{code}/note': { text: 'Ny rem beställd' },
	'/items/{code}/police': { police: '5000-K123456-26' },
	'/items/{code}/codes': { code: '00012399', kind: 'other' },
	'/items/{code}/fault': { symptom: 'Lyser inte' },
	'/items/{code}/parts': { name: 'Fodral' },
	'/faults/{id}': { outcome: 'Nytt batteri', state: 'closed' },
	'/prices': { 'kr.forstoringsglas-belysning': '275,50', why: WHY },
	'/prices/versions/{version}': { why: WHY },
	'/wordings/{kind}/{lang}/change': { why: WHY },
	'/loans/{loan}/agreements/{id}/sign': { way: 'paper', signer: 'self', identity: 'known' },
	'/loans/{loan}/agreements/{id}/void': { reason: 'fel sak stod på det' },
	'/loans/{number}/due': { due: '2027-03-01', reason: 'reser bort' },
	'/loans/{number}/things/{code}/write-off': { reason: 'brunnen i eldsvåda' },
	'/holds/new': { product: 'forstoringsglas-belysning', borrower: '033-12 34 56' },
	'/handouts/new': { product: 'forstoringsglas-belysning', borrower: '033-12 34 56', day: '2027-06-01', time: '10:00' },
	'/handouts/seats/new': { day: '2027-06-01', time: '10:00', place: 'disk', seats: '8' },
	'/protected-looks/{zone}/{number}/seen': {},
	'/handouts/{id}/move': { day: '2027-03-02', time: '10:30' },
	'/handouts/{id}/thing': { product: 'ringklocka', yes: 'hold' },
	'/devices/{code}/return/finish': { verdict: 'lend' },
	'/devices/{code}/erase': { preserve_data_plan: 'yes', return_to_service: 'no' },
	'/items/{code}/shelve': { place: 'bussen' },
	'/items/{code}/send': { to: 'bussen' },
	'/items/{code}/arrive': { place: 'disk' },
	'/items/{code}/mark': { state: 'repair' },
	'/transfers': { place: 'bussen', code: 'VB-000003' },
	'/holds/pick': { code: 'VB-000010' },
	'/settings/{name}/undo': { why: WHY },
	'/retention/rules': { zone: 'library', keep_days: '365', needs_days: '0', decision: 'Nämnden § 41' },
};

// Forms that no page of the house shows as it stands, and where they are tried.
export const NOT_SENT = {
	'/sign-in/provider/logout': 'no form: the provider sends it (sessions.mjs)',
	'/devices/{code}/location': 'when an iPad has told where it is (sent in tests/flow/test_device_page.c)',
	'/lifeguard': 'while the clock has leapt: its button is pressed by who made the house (filled.mjs)',
	'/devices/{code}/open-lock': 'while an iPad has a lock of the borrower\'s (sent in tests/flow/test_ade.c)',
	'/products/{product}/rate': 'asked of what has just come back at the desk (by keyboard: desk.mjs; sent without scripts in tests/flow/test_desk_page.c)',
};

// Those that end what others need come last, and those that end the session one works in as the last of all.
const ENDS = /\/(remove|void|close|cancel|end|undo|done|withdraw|drop|disown|erase|write-off|found|unwant|clear|confirm|lost|check-in)\b/;
const LEAVES = /^\/(sign-out|lock)$/;
const SOON = /\/locate\/confirm$|\/return\/go$|\/start$|\/pick$|^\/desk\/undo/;
const rank = ({ action }) => (LEAVES.test(action) ? 3 : /^\/sessions\//.test(action) ? 2 : ENDS.test(action) && !SOON.test(action) ? 1 : 0) + (/\/alla\.s\//.test(action) ? 1 : 0) - (SOON.test(action) ? 1 : 0);

// The next of an address that none was sent to yet.
export function nextForm(queue, sent) {
	const left = queue.filter((form) => rowOf('POST', form.action) && !sent.has(rowOf('POST', form.action).path));
	const [next] = left.sort((a, b) => rank(a) - rank(b) || a.action.localeCompare(b.action));
	// who leaves is another than who works
	return next && LEAVES.test(next.action) ? left.findLast((form) => form.action === next.action) : next;
}
