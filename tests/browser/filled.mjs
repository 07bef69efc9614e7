// SPDX-License-Identifier: EUPL-1.2
// A house with something of each kind in it, made by the API, and the addresses of all its pages.
import { createHmac } from 'node:crypto';
import { strict as assert } from 'node:assert';
import { api, base, come, later, open, signIn, unfolded } from './room.mjs';
import { rows } from './table.mjs';

const GLASS = 'forstoringsglas-belysning', RELEASED = 'C02RELEASE01', NINE_DAYS_S = 9 * 86400, THREE_WEEKS_S = 21 * 86400;
const PHONES = { library: '033-12 34 56', care: '033-12 34 58' };
const serials = process.env.SERIALS.split(' ');
const [away, here, back] = serials;
const afterDays = (days) => new Date(Date.now() + days * 86400000).toISOString().replace(/\.\d+/, '');
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 2/Root 1 0 R>>\nstartxref\n44\n%%EOF\n';

// What an app on the phone shows (RFC 6238).
function code(secret, now) {
	const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const count = Buffer.alloc(8);
	count.writeBigUInt64BE(BigInt(Math.floor(now / 30000)));
	const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))).update(count).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// The pages that have no name in their address: the same in a house with nothing in it.
export const plainAddresses = () => rows.filter((row, i) => row.method === 'GET' && row.caller === 'STAFF' && !/\{|^\/sign-in\/code$/.test(row.path)
	&& !NO_PAGE[row.path] && rows.findIndex((first) => first.handler === row.handler) === i).map((row) => row.path);

// Addresses that answer with no page, each with what comes instead.
export const NO_PAGE = {
	'/sign-in/provider': 'on to the provider',
	'/sign-in/provider/back': 'back from it, on to the page one wanted',
	'/kept': 'on to the form that was kept',
	'/here': 'a word for the lock\'s script',
	'/events': 'a stream of what happens',
	'/desk/cards': 'a PDF',
	'/items/chosen': 'on to the list',
	'/photos/{id}': 'a picture',
	'/catalogue/products/{product}/photos/{id}': 'a picture',
	'/loans/{loan}/letter': 'a PDF, when something did not come back (desk.mjs)',
	'/loans/{loan}/slip': 'a PDF',
	'/loans/{number}/reminder': 'a PDF',
	'/agreements/{id}/pdf': 'a PDF',
	'/wordings/{kind}/{lang}/preview': 'a PDF',
};

async function things(borrowers) {
	await api('POST', '/catalogue/load');
	await api('POST', '/settings/catalogue.open', { value: 'yes', why: 'texterna är lästa' });
	await api('POST', '/places', { id: 'disk', kind: 'desk', name: 'Lånedisken', lends: true });
	await api('POST', '/places', { id: 'bussen', kind: 'bus', name: 'Bokbussen' });
	await api('POST', '/places/disk/closed', { from: '2099-01-02', why: 'Inventering' });
	const { serials: made } = await api('POST', '/items', { product: GLASS, place: 'disk', count: 16 });
	const next = () => made.shift();
	const [lent, faulty, sent, parted, spare] = [next(), next(), next(), next(), next()];
	await api('POST', `/items/${faulty}/faults`, { symptom: 'Lyser inte' });
	await api('POST', `/items/${sent}/send`, { to: 'bussen' });
	await api('POST', `/products/${GLASS}/parts`, { parts: [{ name: 'Glas' }, { name: 'Batteri', expected: 2, consumable: true }] });
	await api('POST', `/items/${parted}/parts`, {});
	await api('POST', `/items/${parted}/codes`, { kind: 'other', code: '00012345' });
	const { loan } = await api('POST', '/loans', { borrower: borrowers.library, things: [lent, parted, spare], yes: 'hold parts limit' });
	const { id: agreement } = await api('POST', `/loans/${loan}/agreements`, {});
	await api('POST', `/items/${lent}/faults`, { symptom: 'Går sönder' });
	await api('POST', `/items/${spare}/check-in`, {});
	await api('POST', `/items/${parted}/parts/count`, { parts: [{ position: 2, present: 0 }] });
	await api('POST', '/holds', { borrower: borrowers.hidden, product: GLASS });
	for (const more of [{}, { from: '2099-01-05', to: '2099-01-20' }])
		await api('POST', '/holds', { borrower: borrowers.library, product: GLASS, ...more });
	const { handout } = await api('POST', '/handouts', { borrower: borrowers.library, product: GLASS, at: afterDays(1) });
	for (const [day, seats] of [[1, 8], [2, 3]])
		await api('POST', '/handouts/seats', { at: afterDays(day), place: 'disk', seats });
	await api('POST', '/safety-notices', { title: 'Blir varm', product: GLASS, text: 'Ta in dem' });
	await api('POST', '/loan-rules', { product: GLASS, borrower_kind: 'staff', loan_days: 14, inspect: true, why: 'nämnden' });
	await api('POST', '/prices', { prices: [{ product: GLASS, price_ore: 24900 }], why: 'beslut 2026-11' });
	return { lent, parted, sent, loan, agreement, handout, next };
}

// Two things that are late when weeks have passed, and one that was handed in and that nobody looked at yet.
async function outAndIn(next) {
	const soon = afterDays(2).slice(0, 10);
	const { id: slow } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Sene', family: 'Provare', phone: '033-12 34 60', lang: 'fi' });
	const { loan: late } = await api('POST', '/loans', { borrower: slow, things: [{ code: next(), due: soon }, { code: next(), due: soon }], yes: 'hold parts' });
	const seen = next(), { id: staff } = await api('POST', '/borrowers', { zone: 'library', kind: 'staff', given: 'Sara', family: 'Provare' });
	const { loan: handed } = await api('POST', '/loans', { borrower: staff, things: [seen], yes: 'hold parts' });
	const { handed_in } = await api('POST', `/items/${seen}/check-in`, {});
	assert.ok(handed_in);
	return { late, handed };
}

async function people() {
	const who = {};
	for (const zone of ['library', 'care']) {
		({ id: who[zone] } = await api('POST', '/borrowers', { zone, kind: 'senior', given: 'Rut', family: 'Provare', phone: PHONES[zone] }));
		await api('POST', `/borrowers/${who[zone]}/consents`, { kind: 'consent', about: 'digital_technology', giver: 'self', text: 'muntligen' });
		await api('POST', `/borrowers/${who[zone]}/relatives`, { relation: 'child', name: 'Bo Provare', phone: '033-12 34 57' });
	}
	({ id: who.other } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Ove', family: 'Provare', card: 'KSIDA0001' }));
	({ id: who.hidden } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Siv', family: 'Provare', protected: true }));
	await api('POST', `/borrowers/${who.hidden}/relatives`, { relation: 'child', name: 'Bo Provare', phone: '033-12 34 59' });
	await api('POST', `/borrowers/${who.hidden}/look`, { why: 'call', words: 'ringer och ber om en tid' });
	return who;
}

async function fleet(borrowers) {
	await api('POST', '/groups', { name: 'rond-3', title: 'Rond 3' });
	await api('POST', '/groups/rond-3/members', { in: serials });
	await api('POST', '/groups/rond-3/items', { kind: 'profile', id: 'lock-screen', spec: { type: 'lock-screen', footnote: 'Ring 033-12 34 56' } });
	await api('POST', `/devices/${here}/desired`, { kind: 'profile', id: 'lock-screen', spec: { type: 'lock-screen', footnote: 'Ring oss' } });
	const { id: mailing } = await api('POST', '/mailings', { kind: 'link', url: 'https://example.se/', title: 'En länk', group: 'rond-3' });
	const { id: hook } = await api('POST', '/webhooks', { url: 'https://example.invalid/x', topics: 'item.*' });
	const { id: invitation } = await api('POST', '/invitations', { most: 40, note: 'Leverans 4711' });
	await api('POST', '/tokens', { roles: 'reader', note: 'tavlan i hallen', life: '365d' });
	await api('POST', `/devices/${away}/lost`, { message: 'Ring biblioteket', stolen: 'yes' });
	return { mailing, hook, invitation };
}

// Back after all of this, and asked how it is.
async function returned(borrower) {
	await api('POST', '/loans', { borrower, things: [back], yes: 'hold parts limit' });
	await api('POST', `/devices/${back}/returned`, { erase: 'yes', preserve_data_plan: 'yes' });
}

async function supply() {
	await api('POST', '/leases', { id: 'L-SIDA', supplier: 'Leasebolaget', start: '2026-01-31', months: 36 });
	await api('POST', '/deliveries', { id: 'SIDA-1', product: GLASS, lease: 'L-SIDA', expected: 3 });
	await api('POST', '/deliveries/SIDA-1/announce', { codes: 'SIDA1001 SIDA1002' });
	for (const one of ['SIDA1001', 'SIDA1003'])
		await api('POST', '/deliveries/SIDA-1/receive', { code: one });
	const { serial: sim } = await api('POST', '/sims', { iccid: '8946071512360089522', msisdn: '070-123 45 67', pin: '1234' });
	return { sim };
}

// What a person alone may do, or only a page takes in: a file to read, a picture, a book.
async function byHand(page, at) {
	const file = (name, mimeType, text) => ({ name, mimeType, buffer: Buffer.from(text) });
	const send = async (path, fields, name) => {
		await page.goto(base + path);
		await page.evaluate(unfolded);
		for (const [field, value] of Object.entries(fields))
			await (typeof value === 'string' ? page.fill(field, value) : page.setInputFiles(field, value));
		await page.getByRole('button', { name, exact: true }).first().click();
	};
	await send('/imports/new', { '#f-list': 'serienummer;produkt\nSIDA9001;Talande termometer\n' }, 'Se vad som händer');
	await page.locator('form[action="/imports/new"] button').first().click();
	await page.waitForURL(/imports\/\w/);
	const list = new URL(page.url()).pathname;
	await send(`/products/${GLASS}/photos`, { '#f-photo': { name: 'a.png', mimeType: 'image/png', buffer: png } }, 'Spara bilden');
	await send(`/items/${at.lent}/photos`, { '#f-photo': { name: 'a.png', mimeType: 'image/png', buffer: png } }, 'Spara bilden');
	const photo = await page.locator('main img.photo').first().getAttribute('src');
	await send('/media', { '#f-file': file('Handbok.pdf', 'application/pdf', pdf) }, 'Ladda upp');
	await page.waitForSelector('.done');
	await page.goto(`${base}/media`);
	const book = await page.locator('a[href$="/remove"]').first().getAttribute('href');
	const { id: sent } = await api('POST', '/mailings', { kind: 'media', media: book.split('/')[2], title: 'Handboken', group: 'rond-3' });
	return { list, photo, book, mailed: `/mailings/${sent}` };
}

// Who has a second step.
async function withSecondStep(one) {
	const { room, page } = await come(one, 'reader');
	await page.goto(`${base}/two-step`);
	await page.locator('form[action="/two-step/begin"] button').click();
	await page.fill('#f-code', code(await page.textContent('main .lead code'), Date.now() + 1000 * THREE_WEEKS_S));
	await page.locator('form[action="/two-step/confirm"] button').click();
	await page.waitForSelector('.done, .codes');
	return { room, page };
}

// Who stands between name and second step; who has begun with theirs, and whose was taken away; whose desk is locked.
async function thresholds() {
	const sure = await withSecondStep('tora.s'), bare = await withSecondStep('tove.s');
	const pending = await open(), begun = await come('tyra.s', 'reader'), locked = await come('lo.s', 'bibliotek');
	await begun.page.goto(`${base}/two-step`);
	await begun.page.locator('form[action="/two-step/begin"] button').click();
	await api('POST', '/accounts/tove.s/two-step/reset');
	await bare.page.goto(`${base}/sign-in`);
	await signIn(bare.page, 'tove.s');
	const page = await pending.newPage();
	await page.goto(`${base}/sign-in`);
	await signIn(page, 'tora.s');
	assert.match(page.url(), /sign-in\/code/);
	await locked.page.goto(`${base}/pin`);
	await locked.page.fill('#f-pin', '471183');
	await locked.page.fill('#f-again', '471183');
	await locked.page.locator('form[action="/pin"] button').click();
	await locked.page.locator('.who summary').click();
	await locked.page.locator('form[action="/lock"] button').click();
	await locked.page.waitForURL(/locked/);
	await begun.page.goto(`${base}/pin`);
	await begun.page.fill('#f-pin', '471283');
	await begun.page.fill('#f-again', '471283');
	await begun.page.locator('form[action="/pin"] button').click();
	await Promise.all([sure, bare, begun, locked].map((one) => one.page.close()));
	await page.close();
	return { sure: sure.room, bare: bare.room, pending, begun: begun.room, locked: locked.room };
}

// The server's clock has leapt: who answers for it says that it is right, without scripts.
async function believe(name) {
	const room = await open({ javaScriptEnabled: false }), page = await room.newPage(), button = page.locator('main form[action="/lifeguard"] button');
	await page.goto(`${base}/sign-in?return=/lifeguard`);
	await signIn(page, name);
	while (!(await button.count()))
		await page.goto(`${base}/lifeguard`);
	await button.press('Enter');
	await page.waitForSelector('.done');
	assert.equal(await button.count(), 0);
	await room.close();
}

// The erasure list: whose time is up, after the days that a shorter time waits.
async function whoseTimeIsUp(page, name) {
	await api('POST', '/borrower-policies', { zone: 'care', kind: 'relative', keep_days: 10, needs_days: 0, by_protocol: true, decision: 'Socialnämnden § 4' });
	await later(NINE_DAYS_S, 'leap');
	await believe(name);
	while (!(await api('GET', '/borrower-policies')).policies.some((rule) => rule.kind === 'relative'))
		await new Promise((done) => setTimeout(done, 100));
	await api('POST', '/borrowers', { zone: 'care', kind: 'relative', given: 'Gallras', family: 'Provare' });
	await later(THREE_WEEKS_S);
	await api('POST', '/borrower-policies', { zone: 'library', kind: 'relative', keep_days: 10, needs_days: 0, by_protocol: true, decision: 'Nämnden § 5' });
	await page.goto(`${base}/sign-in?return=/retention`);
	await signIn(page, name);
	await page.getByRole('button', { name: 'Upprätta gallringslista' }).first().click();
	await page.waitForURL(/retention\/lists\/care\/\d+/);
	return new URL(page.url()).pathname;
}

// By hand at the desk.
async function scanned(page, ...codes) {
	await page.goto(`${base}/desk`);
	for (const one of codes) {
		await page.fill('#f-code', one);
		await page.press('#f-code', 'Enter');
		await page.waitForFunction((text) => document.querySelector('.answer') && !document.querySelector('#f-code').value, one);
	}
}

// All there is, and the addresses of its pages: as whom they are opened.
export async function fill(keeper, name) {
	const who = await people(), at = { ...await things(who), ...await fleet(who), ...await supply() };
	const hand = await byHand(keeper, at);
	const { late, handed } = await outAndIn(at.next);
	const list = await whoseTimeIsUp(keeper, name);
	await returned(who.care);
	const item = `/items/${at.parted}`, loan = `/loans/${at.loan}`, product = `/products/${GLASS}`, borrower = `/borrowers/${who.library}`;
	const handout = `/handouts/${at.handout}`;
	const keeps = [
		...plainAddresses(), '/no-such-page', '/find?q=INV-0001',
		...[away, here, back].flatMap((one) => [`/devices/${one}`, `/items/${one}`]),
		...['lost', 'returned', 'erase', 'raw', 'bypass-code', 'desired', 'preset', 'want'].map((act) => `/devices/${here}/${act}`),
		`/devices/${away}/locate`, `/items/${away}/police`, `/devices/${back}/return`, `/devices/${here}/want/wifi`,
		'/groups/all', '/groups/rond-3', '/groups/rond-3/want', `/apple/devices/${RELEASED}`, '/apple/devices/C02REPLACED1',
		`/webhooks/${at.hook}`, `/webhooks/${process.env.GIVEN_UP}`, `/mailings/${at.mailing}`, '/mailings/new?kind=media', '/mailings/new?kind=survey', hand.book, hand.mailed,
		'/items?state=on_loan', '/items?state=in_stock&sort=-item_number&most=12', item, `/items/${at.lent}`, `/items/${at.sent}`,
		...['change', 'note', 'send', 'arrive', 'shelve', 'fault', 'codes', 'parts', 'photos'].map((act) => `${item}/${act}`), `/items/${at.lent}/photos`,
		product, `${product}?from=2026-12-01&to=2020-01-01`, ...['change', 'remove', 'units', 'parts', 'photos'].map((act) => `${product}/${act}`),
		'/products?category=memory', `/labels?product=${GLASS}`,
		'/places/disk', '/places/disk/change', '/places/disk/week', '/faults/1', '/faults/2', '/faults/1/photos', '/safety-notices/1', '/safety-notices/1/calls',
		'/loan-rules/1', '/loan-rules/1/change', '/loan-rules/1/end', `/loan-rules/try?product=${GLASS}`,
		'/prices?version=1', '/prices/versions/1', '/wordings/loan/sv', '/wordings/insurance/sv', '/wordings/loan/sv/change', hand.list,
		'/leases/L-SIDA', '/leases/L-SIDA/change', '/deliveries/SIDA-1', '/deliveries/SIDA-1/change', `/sims/${at.sim}`, `/sims/${at.sim}/change`,
		'/tasks?all=yes', '/loans?show=late', '/loans/calls', '/loans/calls?names=yes', `/loans/calls/${at.loan}`,
		`/loans/calls/${late}`, `/loans/calls/${late}?names=yes`, `/loans/calls/${late}/reminder`, `/loans/${late}`, `/loans/${handed}`, loan, `${loan}/sign`, `${loan}/photos`, `/groups/rond-3/want/wifi`, `${loan}/agreements/${at.agreement}/void`,
		`${loan}/things/${at.lent}/lost`, `${loan}/things/${at.lent}/write-off`,
		'/handouts/seats', `/handouts/seats/new?seats=2`, '/holds?names=yes', `/holds?product=${GLASS}`, `/holds/new?product=${GLASS}`, handout, `${handout}/move`, `${handout}/thing`,
		borrower, `/borrowers/${who.care}`, `/borrowers/${who.hidden}`, ...['extract', 'consents', 'erase'].map((act) => `${borrower}/${act}`),
		`/borrowers/${who.care}/consents`, `/borrowers/${who.hidden}/erase`,
		list,
		...['signin.two_step_roles', 'server.contact', 'ade.sync_every', 'agreement.keep_days'].map((name) => `/settings/${name}`),
	];
	await keeper.goto(`${base}/devices/${away}/locate`);
	await keeper.fill('#f-purpose', 'polisanmälan 5000-K3');
	await keeper.getByRole('button', { name: 'Begär platsen' }).click();
	const { handout: planned } = await api('POST', '/handouts', { borrower: who.hidden, product: GLASS, at: afterDays(23) });
	// a borrower and a thing on the desk, and a loan that nobody has written an agreement for yet
	await scanned(keeper, 'KSIDA0001', at.next());
	const { loan: unsigned } = await api('POST', '/loans', { borrower: who.library, things: [at.next()], yes: 'hold parts limit' });
	const stranger = await open(), { sure, bare, pending, begun, locked } = await thresholds();
	// who reads what another drew up; and the keeper a second time, elsewhere
	const second = await come('bita.s', 'it admin konsulent bibliotek');
	const brought = at.next();
	await api('POST', '/loans', { borrower: who.other, things: [brought], yes: 'hold parts limit' });
	await scanned(second.page, brought);
	// somebody who waits for what stands there: of those before, each may have got something meanwhile
	await api('POST', '/holds', { borrower: who.other, product: GLASS });
	const elsewhere = await (await open()).newPage();
	await elsewhere.goto(`${base}/sign-in`);
	await signIn(elsewhere, name);
	const starts = await Promise.all(['it', 'admin', 'konsulent', 'bibliotek', 'reader'].map((role) => come(`start.${role}`, role)));
	const as = (room, paths) => ({ room, paths });
	keeps.push(`/agreements/${at.agreement}/read`, `/handouts/${planned}`, `/loans/${unsigned}/sign`, `/loans/${unsigned}`);
	return { who, at, files: [hand.photo, `${loan}/slip`, `/agreements/${at.agreement}/pdf`, '/wordings/loan/sv/preview'],
		visits: [as(keeper.context(), keeps), as(stranger, ['/sign-in', '/sign-in/other', '/locked', '/accessibility', '/catalogue', `/catalogue?q=lampa`, '/catalogue?q=zzz', `/catalogue/products/${GLASS}`, `${process.env.PUBLIC}/`, `${process.env.PUBLIC}/catalogue`]), as(pending, ['/sign-in/code']),
			as(sure, ['/two-step']), as(bare, ['/help']), as(begun, ['/two-step', '/pin']), as(second.room, ['/desk', list, `/devices/${away}/locate`, '/protected-looks']), as(locked, ['/locked']),
			...starts.map(({ room }) => as(room, ['/', '/guide', '/help', `/items/${at.parted}`, `/devices/${here}`, product]))] };
}
