// SPDX-License-Identifier: EUPL-1.2
// Signed in by a provider of the municipality's, as a browser walks there and back; and what was left
// open for two days.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { atDesk, librarian, says } from './desk.mjs';
import { api, base, come, later, listen, look, open, press, quiet, scan, signIn, task } from './room.mjs';

const TWO_DAYS_S = 172800, NINE_DAYS_S = 777600, TWELVE_DAYS_S = 1036800;

export async function providerTasks() {
	await task('signed in by the provider of the municipality, and out again, here and there', async () => {
		if (!process.env.PROVIDER)
			return console.log('SKIPPED: there is no provider to try with');
		const room = await open();
		const page = listen(await room.newPage());
		await page.goto(`${base}/loans`);
		assert.match(page.url(), /\/sign-in\?return=/);
		await quiet(page);
		const go = async () => {
			await page.getByRole('link', { name: 'Logga in med Kommunkontot' }).focus();
			await page.keyboard.press('Enter');
			await page.waitForURL((url) => url.href.startsWith(process.env.PROVIDER));
			return new URL(page.url()).searchParams.get('callback_url');
		};
		// Its own page lives on scripts that Debian has in other packages: what that page would send is sent
		// from there, and the browser goes on as the page would have told it.
		const back = await go();
		const status = await page.evaluate(() => fetch('/api/auth/', { method: 'POST', headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ username: 'elsa.test', password: 'elsas egna ord' }) }).then((r) => r.status));
		assert.equal(status, 200);
		page.complaints.length = 0;
		await page.goto(`${back}&g_continue`);
		await page.waitForURL(/\/loans$/);
		assert.equal(await page.textContent('.who-name'), 'elsa.test');
		assert.match(await page.textContent('.who-roles'), /bibliotek/i);
		assert.equal((await page.goto(`${base}/accounts`)).status(), 403);
		await page.goto(`${base}/desk`);
		assert.equal(await page.evaluate('document.activeElement.id'), 'f-code');
		const cookies = (await room.cookies(base)).filter((c) => c.name === '__Host-hylla');
		assert.ok(cookies.length === 1 && cookies[0].httpOnly && cookies[0].secure);
		// the same answer once more is nobody's
		await page.click('.who summary');
		await page.getByRole('button', { name: 'Logga ut' }).press('Enter');
		await page.waitForSelector('text=Kommunkontot');
		await quiet(page);
		await page.goto(`${base}/loans`);
		assert.match(page.url(), /\/sign-in/);
		assert.deepEqual(page.complaints, []);
		await room.close();
	});
}

// The provider's own page lives on scripts that Debian has in other packages: what that page would send
// is sent from there, and the browser goes on as the page would have told it.
async function throughProvider(page) {
	await page.waitForURL((url) => url.href.startsWith(process.env.PROVIDER));
	const back = new URL(page.url()).searchParams.get('callback_url');
	const status = await page.evaluate(() => fetch('/api/auth/', { method: 'POST', headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ username: 'elsa.test', password: 'elsas egna ord' }) }).then((r) => r.status));
	assert.equal(status, 200);
	await page.goto(`${back}&g_continue`);
}

// What the provider sends when a person has left there, signed with its own key. The one in Debian would send it
// itself, but does not believe the certificate that this server made.
async function wordOfLeaving() {
	const issuer = `${process.env.PROVIDER}/api/oidc`, dir = process.env.PROVIDER_DIR;
	const part = (claims) => Buffer.from(JSON.stringify(claims)).toString('base64url');
	const { keys: [{ kid }] } = await fetch(`${issuer}/jwks`).then((r) => r.json());
	const sub = execFileSync('sqlite3', [`${dir}/db`, "SELECT gposi_sub FROM gpo_subject_identifier WHERE gposi_username = 'elsa.test'"],
		{ encoding: 'utf8' }).trim().split('\n')[0];
	const said = `${part({ alg: 'RS256', kid, typ: 'logout+jwt' })}.${part({ iss: issuer, aud: 'hylla', sub, jti: 'gone-1',
		iat: Math.floor(Date.now() / 1000), events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })}`;
	return { said, signature: sign('RSA-SHA256', Buffer.from(said), readFileSync(`${dir}/key`)).toString('base64url') };
}

export async function providerEndTasks() {
	await task('who has left the provider is out here as well, at once, and nobody else is', async () => {
		if (!process.env.PROVIDER)
			return console.log('SKIPPED: there is no provider to try with');
		const elsa = await open(), hers = listen(await elsa.newPage()), { room, page: beside } = await atDesk();
		await hers.goto(`${base}/sign-in?return=/loans`);
		await hers.getByRole('link', { name: 'Logga in med Kommunkontot' }).press('Enter');
		await throughProvider(hers);
		await hers.waitForURL(/\/loans$/);
		hers.complaints.length = 0; // of the provider's own page
		const tell = (token) => fetch(`${base}/sign-in/provider/logout`, { method: 'POST', body: new URLSearchParams({ logout_token: token }) });
		const { said, signature } = await wordOfLeaving();
		const forged = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
		for (const one of [`${said}.${forged}`, `${said}.`, 'none'])
			assert.equal((await tell(one)).status, 400);
		await hers.reload();
		assert.equal(await hers.textContent('.who-name'), 'elsa.test');
		assert.equal((await tell(`${said}.${signature}`)).status, 200);
		await hers.reload();
		assert.match(hers.url(), /\/sign-in\?return=/);
		await beside.reload();
		assert.equal(await beside.textContent('.who-name'), 'disken.b');
		assert.deepEqual([...hers.complaints, ...beside.complaints], []);
		await Promise.all([elsa.close(), room.close()]);
	});
}

export async function providerScanTasks() {
	await task('what is scanned before one signs in by the provider waits in the page, and is hers', async () => {
		if (!process.env.PROVIDER)
			return console.log('SKIPPED: there is no provider to try with');
		const room = await open();
		const page = listen(await room.newPage());
		await page.goto(`${base}/sign-in?return=/loans`);
		for (const code of ['900071', '900072'])
			await scan(page, code, 'Enter');
		assert.match(await page.textContent('[data-some]'), /2\s+skanningar väntar/);
		// beside it, so that the page with what waits stays open
		const beside = room.waitForEvent('page');
		await page.getByRole('link', { name: 'Logga in med Kommunkontot' }).press('Enter');
		const other = await beside;
		await throughProvider(other);
		await other.waitForURL(/\/loans$/);
		// and goes on by itself, with the same account and what was scanned
		await page.waitForURL(/\/loans$/);
		assert.equal(await page.textContent('.who-name'), 'elsa.test');
		await page.waitForSelector('[data-later]');
		assert.match(await page.textContent('[data-later]'), /2\s+skanningar väntar/);
		assert.equal(await other.locator('[data-later]').count(), 0, 'the tab beside has none of it');
		assert.deepEqual(page.complaints, []);
		await room.close();
	});
}

export async function tooLateTasks() {
	const write = async (page, given) => {
		await page.goto(`${base}/borrowers/new`);
		await page.fill('#f-given', given);
		await page.fill('#f-family', 'Försenad');
	};
	const saved = async () => (await api('POST', '/borrowers/search', { words: 'Försenad' })).borrowers.length;
	const sent = async (page) => {
		await page.waitForSelector('.facts');
		assert.match(await page.textContent('.facts'), /Försenad/);
		await quiet(page);
		const before = await saved();
		await page.getByRole('button', { name: 'Ja, gör det nu' }).press('Enter');
		await page.waitForSelector('.done');
		assert.equal(await saved(), before + 1);
	};

	await task('a form sent after signing in anew, or out, in another tab is looked through and sent again', async () => {
		for (const [name, more] of [['sen.a', {}], ['sen.b', { javaScriptEnabled: false }]]) {
			const { room, page } = await come(name, 'bibliotek', more);
			const beside = listen(await room.newPage());
			await write(page, 'Åter');
			await beside.goto(`${base}/sign-in`);
			await signIn(beside, name);
			await beside.waitForSelector('.who-name');
			const before = await saved();
			await page.getByRole('button', { name: 'Spara' }).press('Enter');
			if (more.javaScriptEnabled === false) {
				await page.waitForURL(/\/kept\?form=/);
				assert.match(await page.textContent('.lead'), /Se igenom det och skicka igen/);
				assert.equal(await saved(), before);
				await sent(page);
			} else {
				await page.waitForSelector('.done'); // the tab beside it told of its token
			}
			await write(page, 'Ute');
			await beside.goto(base);
			await beside.locator('.who summary').press('Enter');
			await beside.getByRole('button', { name: 'Logga ut' }).press('Enter');
			await beside.waitForSelector('#f-password');
			await page.getByRole('button', { name: 'Spara' }).press('Enter');
			await page.waitForSelector('#f-password');
			assert.match(await page.textContent('.needs'), /inte sparat än/);
			await quiet(page);
			await signIn(page, name);
			await sent(page);
			assert.deepEqual([...page.complaints, ...beside.complaints], []);
			await room.close();
		}
	});
}

// The last of all: from here on the server's clock is days ahead.
export async function twoDaysTasks() {
	// Who draws up a list of those to be erased, and who reads it: no account of the last day may.
	let drawer, reader;
	await task('erasing: how long is decided, by a list that two people read', async () => {
		[drawer, reader] = [await come('dra.g', 'konsulent'), await come('las.g', 'konsulent')];
		await api('POST', '/borrower-policies', { zone: 'care', kind: 'relative', keep_days: 1, needs_days: 0, by_protocol: true,
			decision: 'Socialnämnden 2026-03-12, § 41' });
	});

	await task('left open for two days: a form is kept and asked about, a desk\'s scan is done after the sign-in', async () => {
		const [form, plain, at] = [await librarian('ark.b'), await librarian('rak.b', { javaScriptEnabled: false }), await librarian('vila.b')];
		await api('POST', '/catalogue/load');
		await api('POST', '/items', { product: 'forstoringsglas-belysning', count: 1 });
		const { items } = await api('GET', '/items?state=in_stock&product=forstoringsglas-belysning&most=200');
		const code = items.at(-1).item_number;
		for (const [{ page }, given] of [[form, 'Vilar'], [plain, 'Väntar']]) {
			await page.goto(`${base}/borrowers/new`);
			await page.fill('#f-given', given);
			await page.fill('#f-family', 'Tvådagars');
		}
		await later(TWO_DAYS_S);
		for (const [{ page }, name] of [[form, 'ark.b'], [plain, 'rak.b']]) {
			await page.getByRole('button', { name: 'Spara' }).press('Enter');
			await page.waitForSelector('#f-password').catch(async (e) => { console.log(page.url(), await page.textContent('body')); throw e; });
			assert.match(await page.textContent('.needs'), /inte sparat än/);
			assert.equal((await api('POST', '/borrowers/search', { words: 'Tvådagars' })).borrowers.length, name === 'ark.b' ? 0 : 1);
			await signIn(page, name);
			await page.waitForSelector('.facts');
			assert.match(await page.textContent('.facts'), /Tvådagars/);
			if (name === 'ark.b')
				await quiet(page);
			await page.getByRole('button', { name: 'Ja, gör det nu' }).press('Enter');
			await page.waitForSelector('.done');
		}
		const { borrowers } = await api('POST', '/borrowers/search', { words: 'Tvådagars' });
		assert.equal(borrowers.length, 2);
		await scan(at.page, code);
		await at.page.waitForURL(/sign-in/);
		await signIn(at.page, 'vila.b');
		await says(at.page, code);
		assert.equal(await at.page.locator('tbody tr').count(), 1);
		await Promise.all([form, plain, at].map(({ room }) => room.close()));
	});

	await task('erasing: a list is drawn up by one, confirmed by another, and is the protocol', async () => {
		await later(NINE_DAYS_S); // a shorter time of keeping waits for a week
		while (!(await api('GET', '/borrower-policies')).policies.some((rule) => rule.kind === 'relative'))
			await new Promise((done) => setTimeout(done, 100));
		await api('POST', '/borrowers', { zone: 'care', kind: 'relative', given: 'Gallras', family: 'Provare' });
		await later(TWELVE_DAYS_S);
		for (const [{ page }, name] of [[drawer, 'dra.g'], [reader, 'las.g']]) {
			await page.goto(`${base}/sign-in?return=/retention`);
			await signIn(page, name);
			await page.waitForURL(/retention/);
			page.complaints.length = 0; // while the server was away, what asks it by itself was not answered
		}
		await press(drawer.page, 'button', 'Upprätta gallringslista');
		await drawer.page.waitForURL(/retention\/lists\/care\/\d+/);
		assert.match(await drawer.page.textContent('main'), /En kollega ska läsa/);
		assert.equal(await drawer.page.locator('main form[action$="/confirm"]').count(), 0, 'not by oneself');
		await look(drawer.page, 'erasure-list-own');
		const list = new URL(drawer.page.url()).pathname;
		await reader.page.goto(base + list);
		await look(reader.page, 'erasure-list');
		await press(reader.page, 'button', 'Bekräfta och gallra');
		await reader.page.waitForSelector('.done');
		assert.match(await reader.page.textContent('tbody tr'), /Gallrad/);
		await look(reader.page, 'erasure-list-done');
		assert.deepEqual([...drawer.page.complaints, ...reader.page.complaints], []);
		await Promise.all([drawer, reader].map(({ room }) => room.close()));
	});
}
