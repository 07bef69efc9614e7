// SPDX-License-Identifier: EUPL-1.2
// What who keeps the iPads and the library's things does, in a real browser, against a real server, and then
// what each role finds there without scripts. Started by tests/flow/test_browser.c, which gives the address, an
// account and its iPads; the desk's day is day.mjs, and pages.mjs looks at every page.
import { strict as assert } from 'node:assert';
import { library } from './library.mjs';
import { plainTasks } from './plain.mjs';
import { heavy } from './weight.mjs';
import { PHONE, account, base, end, fingers, listen, look, no, open, password, picture, quiet, said, scan, shots, signIn, signInFirst, task,
	tabTo, tooWide } from './room.mjs';

const own = process.env.ACCOUNT, oneTime = process.env.PASSWORD;
const serials = process.env.SERIALS.split(' ');

const first = await open();
await task('the first sign-in asks for a password of one\'s own', async () => {
	const page = listen(await first.newPage());
	await page.goto(base + '/items?state=in_stock');
	assert.match(page.url(), /\/sign-in\?return=/);
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate('document.activeElement.className'), 'skip');
	await signIn(page, own, oneTime);
	assert.match(page.url(), /\/password$/);
	await page.fill('#f-new_password', password);
	await page.fill('#f-again', 'något annat helt');
	await page.click('main button');
	await page.waitForSelector('#problem');
	assert.equal(await page.locator('#f-again').getAttribute('aria-invalid'), 'true');
	await page.fill('#f-new_password', password);
	await page.fill('#f-again', password);
	await page.click('main button');
	await page.waitForSelector('.done');
	await page.close();
});

const lost = serials[0], other = serials[1];
await task('an iPad is reported stolen by keyboard alone', async () => {
	const page = listen(await first.newPage());
	await page.goto(base + '/');
	await tabTo(page, page.locator('#scan'));
	await page.keyboard.type(lost);
	await page.keyboard.press('Enter');
	await page.waitForURL(new RegExp(`/devices/${lost}$`));
	await tabTo(page, page.getByRole('link', { name: 'Borttappad eller stulen' }));
	await page.keyboard.press('Enter');
	// nothing chosen: the summary leads to the question
	await tabTo(page, page.getByRole('button', { name: 'Se vad som händer' }));
	await page.keyboard.press('Enter');
	await page.waitForSelector('#problem');
	await tabTo(page, page.locator('#problem a'));
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await tabTo(page, page.locator('#f-stolen'));
	await page.keyboard.press('ArrowDown');
	await tabTo(page, page.getByRole('button', { name: 'Se vad som händer' }));
	await page.keyboard.press('Enter');
	await page.waitForSelector('.screen');
	assert.match(await page.textContent('.screen'), /Ring oss gärna/);
	await tabTo(page, page.getByRole('button', { name: 'Märk som stulen och lås' }));
	await page.keyboard.press('Enter');
	await page.waitForSelector('.done');
	assert.match(await page.textContent('h2#lost-now'), /Så här går det/);
	assert.match(await page.textContent('.state-stolen'), /Stulen/);
	// its SIM is somebody's task now
	await page.goto(base + '/tasks');
	assert.match(await page.textContent('main'), /Spärra SIM-kortet/);
	assert.deepEqual(page.complaints, []);
	await page.close();
});

await task('a scanner is heard whatever has the focus, and fingers are not', async () => {
	const page = listen(await first.newPage());
	for (const end of ['Enter', 'Tab']) {
		await page.goto(`${base}/devices/${other}/lost`);
		await page.fill('#f-message', 'Ring oss');
		await page.focus('#f-message');
		await scan(page, lost, end);
		await page.waitForURL(new RegExp(`/devices/${lost}$`));
		await page.goBack();
	}
	// a scan on a button presses no button
	await page.goto(`${base}/devices/${other}`);
	await page.getByRole('button', { name: 'Starta om' }).focus();
	await scan(page, lost);
	await page.waitForURL(new RegExp(`/devices/${lost}$`));
	// by hand: it stays in its field
	await page.goto(`${base}/devices/${other}/lost`);
	await page.focus('#f-phone');
	await page.fill('#f-phone', '');
	await fingers(page, '0522-69');
	await page.keyboard.press('Tab');
	assert.equal(await page.inputValue('#f-phone'), '0522-69');
	assert.match(page.url(), /lost$/);
	assert.deepEqual(page.complaints, []);
	await page.close();
});

await task('a list is walked by arrow keys', async () => {
	const page = listen(await first.newPage());
	await page.goto(base + '/items');
	await page.locator('tbody a').first().focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	assert.equal(await page.evaluate('document.activeElement.textContent'),
		await page.locator('tbody a').nth(1).textContent());
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/items\/.+/);
	await page.close();
});

await task('the first visit is guided until one knows the way', async () => {
	const page = listen(await first.newPage());
	await page.goto(base + '/');
	assert.match(await page.textContent('.guide'), /Se plattorna/);
	await quiet(page);
	await page.getByRole('button', { name: 'Jag är med' }).click();
	await page.waitForSelector('.done');
	assert.equal(await page.locator('.guide').count(), 0);
	await page.goto(base + '/guide');
	assert.ok(await page.locator('.steps a').count() >= 4);
	assert.deepEqual(page.complaints, []);
	await page.close();
});

await task('many things are chosen in a list, and what would happen is shown first', async () => {
	const page = listen(await first.newPage());
	await page.goto(`${base}/items?state=in_stock&sort=item_number`);
	await page.locator('.pick input').nth(0).check();
	await page.locator('.pick input').nth(1).check();
	await page.locator('#chosen summary').click();
	await page.getByRole('button', { name: 'Märk som i lager' }).click();
	assert.equal(await page.getByText('Går inte').count(), 2); // they are
	await quiet(page);
	await page.getByRole('link', { name: 'Tillbaka till listan' }).click();
	assert.match(page.url(), /state=in_stock&sort=item_number$/);
	await page.locator('thead a').nth(1).click();
	assert.match(page.url(), /sort=-item_number/);
	assert.equal(await page.locator('th[aria-sort=descending]').count(), 1);
	// nothing chosen: said on the same view
	await page.locator('#chosen summary').click();
	await page.getByRole('button', { name: 'Märk som i lager' }).click();
	await page.waitForSelector('#problem');
	assert.match(page.url(), /sort=-item_number/);
	assert.deepEqual(page.complaints, []);
	await page.close();
});

await task('a librarian scans at the desk', async () => {
	const room = await open();
	const page = listen(await room.newPage());
	await page.goto(base + '/sign-in');
	await signInFirst(page, 'bo.b', await account('bo.b', 'bibliotek'));
	await page.goto(base + '/desk');
	// the box waits for it; what nobody knows is a no with its ways out
	assert.equal(await page.evaluate('document.activeElement.id'), 'f-code');
	await scan(page, 'NOTHING-AT-ALL');
	await page.waitForSelector('.answer-no');
	assert.equal(new URL(page.url()).pathname, '/desk');
	await look(page, 'desk');
	assert.deepEqual(page.complaints, []);
	await room.close();
	// and the same without scripts
	const still = await open({ javaScriptEnabled: false });
	const plain = await still.newPage();
	await plain.goto(base + '/sign-in?return=/desk');
	await signIn(plain, 'bo.b');
	await plain.fill('#f-code', 'NOTHING-AT-ALL');
	await plain.click('.desk button');
	await plain.waitForSelector('.answer-no');
	await still.close();
});

await task('a librarian adds a borrower, finds it again, and says why before looking', async () => {
	const room = await open();
	const page = listen(await room.newPage());
	await page.goto(base + '/sign-in?return=/borrowers/new');
	await signIn(page, 'bo.b');
	await quiet(page);
	await page.fill('#f-given', 'Asta');
	await page.fill('#f-family', 'Ekdahl');
	await page.fill('#f-identity', '123');
	await page.getByRole('button', { name: 'Spara' }).click();
	await page.waitForSelector('#problem');
	assert.equal(await page.inputValue('#f-given'), 'Asta');
	await page.fill('#f-identity', '');
	await page.getByRole('button', { name: 'Spara' }).click();
	await page.waitForSelector('.done');
	await page.goto(base + '/borrowers');
	await page.fill('#f-words', 'ekdal');
	await page.getByRole('button', { name: 'Sök' }).last().click();
	assert.ok(!page.url().includes('ekdal'));
	await quiet(page);
	await page.getByRole('link', { name: 'Asta Ekdahl' }).click();
	assert.equal(await page.getByText('Ekdahl').count(), 0);
	await quiet(page);
	await page.locator('main summary').first().click();
	await page.locator('form[action$=look] button').click();
	assert.ok(await page.getByText('Asta Ekdahl').count());
	await quiet(page);
	await page.goto(base + '/loans?show=late');
	await quiet(page);
	await page.setViewportSize({ width: 320, height: 700 });
	for (const path of ['/loans', '/handouts', '/handouts/new', '/borrowers', '/borrowers/new']) {
		await page.goto(base + path);
		assert.equal(await page.evaluate(tooWide), false, path);
	}
	assert.deepEqual(page.complaints, []);
	await room.close();
});

// The forms of the fleet, without scripts: each act by its button, each refusal with its reason.
const plain = async (fn) => {
	const still = await open({ javaScriptEnabled: false });
	const page = listen(await still.newPage());
	await page.goto(`${base}/sign-in`);
	await signIn(page, own);
	await fn(page, (name) => page.getByRole('button', { name, exact: true }).first().click());
	await still.close();
};

await task('a setting is looked at, changed and taken back by keyboard', async () => {
	const room = await open();
	const page = listen(await room.newPage());
	await page.goto(`${base}/sign-in`);
	await signIn(page, own);
	await page.goto(base + '/settings');
	assert.match(await page.textContent('main'), /store\.seal_key/);
	const kept = page.getByRole('link', { name: 'Dagar som underskrivna avtal sparas', includeHidden: true });
	await page.locator('details.group', { has: kept }).locator('summary').focus();
	await page.keyboard.press('Enter');
	await kept.focus();
	await page.keyboard.press('Enter');
	await page.waitForSelector('#f-value');
	await page.focus('#f-value');
	await page.keyboard.press('Control+A');
	await fingers(page, '365');
	await page.keyboard.press('Tab');
	await fingers(page, 'arkivet bestämde');
	await page.keyboard.press('Enter');
	await page.waitForSelector('form[action="/settings/agreement.keep_days"]');
	assert.match(await page.textContent('main'), /Inget avtal glöms/);
	if (shots)
		await page.screenshot({ path: `${shots}/look.png`, fullPage: true });
	await page.getByRole('button', { name: 'Ändra', exact: true }).focus();
	await page.keyboard.press('Enter');
	await page.waitForSelector('main .done');
	// a shorter time waits, and what counted goes on counting until then
	assert.match(await page.textContent('main .facts'), /730/);
	assert.match(await page.textContent('main .needs'), /365.*väntar, och gäller från/s);
	await page.focus('#f-why-waits');
	await fingers(page, 'för tidigt');
	if (shots)
		await page.screenshot({ path: `${shots}/one.png`, fullPage: true });
	await page.keyboard.press('Enter');
	await page.waitForSelector('main .done');
	assert.equal(await page.locator('main .needs').count(), 0);
	assert.deepEqual(page.complaints, []);
	await room.close();
});

await task('a group is made, filled and told what its iPads should have, without scripts', () => plain(async (page, press) => {
	await page.goto(base + '/groups');
	await page.fill('#f-title', 'Rond 3 på hösten');
	await press('Gör gruppen');
	const group = `${base}/groups/rond-3-pa-hosten`;
	assert.equal(page.url().split('?')[0], group);
	await page.fill('#f-in', `${lost} ${other}`);
	await press('Ta med');
	assert.match(await said(page), /är med/);
	assert.equal(await page.locator('tbody tr').count(), 2);
	await page.goto(`${group}/want/wifi`);
	await page.fill('#f-ssid', 'Biblioteket');
	await page.fill('#f-password', 'kort');
	await press('Spara');
	assert.match(await no(page), /lösenord på 8-63/);
	assert.equal(await page.inputValue('#f-ssid'), 'Biblioteket');
	await page.fill('#f-password', 'långt nog nu');
	await press('Spara');
	assert.match(await page.textContent('main'), /Nätets namn: Biblioteket/);
	assert.ok(!(await page.content()).includes('långt nog nu'));
	await page.goto(`${group}/want/wifi`);
	await page.fill('#f-ssid', 'Kommunen');
	await page.locator('summary', { hasText: 'Logga in med namn' }).click();
	await page.fill('#f-user', '{serial}');
	await page.fill('#f-servers', 'radius.example.se');
	await press('Spara');
	assert.match(await no(page), /Kontots lösenord/);
	assert.ok(await page.isVisible('#f-account_password'), 'what is missing stands open');
	await page.fill('#f-account_password', 'hemligt nog');
	await page.locator('summary', { hasText: 'Proxy' }).click();
	await page.fill('#f-proxy', 'proxy.example.se');
	await press('Spara');
	assert.match(await no(page), /antingen en server med sin port/);
	await page.fill('#f-account_password', 'hemligt nog');
	await page.fill('#f-proxy_port', '8080');
	await page.locator('summary', { hasText: 'av sig självt' }).click();
	await page.fill('#f-remove_at', '2020-01-01');
	await press('Spara');
	assert.match(await no(page), /har redan varit/);
	await page.fill('#f-account_password', 'hemligt nog');
	await page.fill('#f-remove_at', '2040-06-30');
	await picture(page, 'want-wifi');
	await page.setViewportSize(PHONE);
	assert.equal(await page.evaluate(tooWide), false, 'at 320 px');
	await picture(page, 'narrow-want-wifi');
	await press('Spara');
	assert.match(await page.textContent('main'), /Användarnamn: \{serial\}.*Port: 8080.*Sista dagen: 2040-06-30/);
	assert.ok(!(await page.content()).includes('hemligt nog'));
	await page.goto(`${group}/want/wifi`);
	await page.fill('#f-ssid', 'Kommunen 2');
	await page.locator('summary', { hasText: 'Logga in med certifikat' }).click();
	await page.setInputFiles('#f-identity', { name: 'platta.p12', mimeType: 'application/x-pkcs12', buffer: Buffer.from('none') });
	await page.fill('#f-identity_password', 'hemligt nog');
	await press('Spara');
	assert.match(await no(page), /Namn på inloggningsservern/);
	await page.setInputFiles('#f-identity', { name: 'platta.p12', mimeType: 'application/x-pkcs12', buffer: Buffer.from('none') });
	await page.fill('#f-identity_password', 'hemligt nog');
	await page.fill('#f-identity_servers', 'radius.example.se');
	await picture(page, 'want-wifi-certificate');
	await press('Spara');
	assert.match(await no(page), /ingen PKCS12-fil/);
	for (const type of ['restrictions', 'lock-screen', 'bluetooth', 'device-name', 'time-zone']) {
		await page.goto(`${group}/want/${type}`);
		await press('Spara');
		assert.match(await said(page), /Sparat/);
	}
	await page.goto(`${group}/want/wallpaper`);
	await page.setInputFiles('#f-file', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('none') });
	await press('Spara');
	await page.waitForSelector('#problem');
	await page.goto(`${base}/devices/${other}/desired`);
	assert.match(await page.textContent('main'), /Biblioteket|Trådlöst nätverk/);
	await page.goto(`${base}/devices/${other}/preset`);
	await page.check('input[name=small_text][value=no]');
	await page.check('input[name=hearing][value=some]');
	await press('Ställ in plattan');
	assert.match(await page.textContent('main'), /hörapparaten/);
	await page.goto(`${base}/devices/${other}/desired`);
	await page.getByRole('button', { name: /Ta bort.*Hjälpmedel/ }).click();
	await press('Skicka allt en gång till');
	await page.goto(group);
	await page.locator('tbody button').last().click();
	assert.match(await said(page), /borttagen/);
	await page.locator('summary', { hasText: 'Byt namn' }).click();
	await page.fill('#f-title', 'Rond 3');
	await press('Byt namn på gruppen');
	assert.equal(await page.textContent('h1'), 'Rond 3');
	assert.deepEqual(page.complaints, []);
}));

const pdf = { name: 'Handbok.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n'
	+ 'xref\n0 1\n0000000000 65535 f \ntrailer<</Size 2/Root 1 0 R>>\nstartxref\n44\n%%EOF\n') };

await task('material is uploaded and mailed, looked over first, and undone, without scripts', () => plain(async (page, press) => {
	await page.goto(base + '/media');
	await page.setInputFiles('#f-file', { ...pdf, buffer: Buffer.from('MZ') });
	await press('Ladda upp');
	assert.match(await no(page), /varken PDF eller EPUB/);
	await page.setInputFiles('#f-file', pdf);
	await press('Ladda upp');
	assert.match(await said(page), /uppladdad/);
	await page.goto(`${base}/mailings/new?group=all`);
	await page.getByRole('link', { name: 'Material att läsa' }).click();
	await page.fill('#f-title', 'Handboken');
	await page.check('input[name=media]');
	await page.fill('#f-day', '2020-01-01');
	await press('Se vem som nås');
	await page.waitForSelector('#problem');
	assert.equal(await page.inputValue('#f-title'), 'Handboken');
	await page.fill('#f-day', '');
	await press('Se vem som nås');
	assert.match(await page.textContent('main'), /Så här når det fram/);
	await press('Ändra något');
	assert.ok(await page.isChecked('input[name=media]'));
	await press('Se vem som nås');
	await press('Skicka nu');
	assert.match(await said(page), /på väg/);
	const sent = page.url();
	const away = async () => {
		await page.goto(base + '/media');
		await page.locator('a[href$="/remove"]').first().click();
		await press('Ta bort');
	};
	await away();
	assert.match(await no(page), /Handboken/);
	await page.goto(sent);
	await page.locator('summary', { hasText: 'Ångra' }).click();
	await press('Ja, ångra utskicket');
	assert.match(await page.textContent('#progress'), /Ångrat/);
	// its book went along: one that was never sent goes by itself
	await page.goto(base + '/media');
	await page.setInputFiles('#f-file', pdf);
	await press('Ladda upp');
	await away();
	assert.match(await said(page), /borttaget/);
	assert.deepEqual(page.complaints, []);
}));

const bring = serials[2];
await task('an iPad comes back, is judged, and its other acts have pages, without scripts', () => plain(async (page, press) => {
	await page.goto(`${base}/devices/${lost}/locate`);
	await page.fill('#f-purpose', 'polisanmälan 5000-K1');
	await press('Begär platsen');
	assert.match(await said(page), /annan person/);
	assert.match(await page.textContent('main'), /Be en kollega/);
	await page.goto(`${base}/devices/${lost}/bypass-code`);
	await press('Visa koderna');
	assert.match(await page.textContent('main'), /ingen kod|Koder/);
	const plist = (name) => `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>RequestType</key><string>${name}</string></dict></plist>`;
	await page.goto(`${base}/devices/${bring}/raw`);
	await page.fill('#f-plist', plist('InstalledApplicationList'));
	await press('Se vad det gör');
	assert.match(await no(page), /Det frågar Hylla aldrig efter/);
	await page.fill('#f-plist', plist('RestartDevice'));
	await press('Se vad det gör');
	await press('Skicka kommandot');
	await page.getByRole('button', { name: /^Ta bort ur kön/ }).first().click();
	await page.goto(`${base}/devices/${bring}/erase`);
	await page.check('input[name=preserve_data_plan][value=yes]');
	await page.check('input[name=return_to_service][value=no]');
	await press('Radera plattan');
	assert.match(await said(page), /hör av sig/);
	assert.deepEqual(page.complaints, []);
}));

await task('webhooks, invitations, Apple\'s assignment and the push certificate, without scripts', () => plain(async (page, press) => {
	const fetched = async (name) => (await Promise.all([page.waitForEvent('download'), press(name)]))[0].suggestedFilename();
	await page.goto(base + '/webhooks');
	await page.fill('#f-url', 'http://example.se/x');
	await press('Lägg till');
	assert.match(await no(page), /https/);
	await page.fill('#f-url', 'https://example.invalid/x');
	await press('Lägg till');
	assert.ok((await page.textContent('main code')).length > 30);
	await page.getByRole('link', { name: 'Jag har sparat den' }).click();
	assert.equal(await page.locator('main code').count(), 0);
	await press('Skicka ett prov');
	assert.match(await page.textContent('main'), /hook\.test/);
	await press('Pausa');
	await press('Fortsätt');
	assert.match(await said(page), /fortsätter/);
	await page.goto(base + '/invitations');
	await page.fill('#f-most', '40');
	await press('Gör en inbjudan');
	assert.ok(await page.locator('main img.qr').count());
	await page.getByRole('link', { name: 'Klart' }).click();
	const row = page.locator('tbody tr', { hasText: '0 av 40' });
	const [file] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: /^Hämta profilen/ }).click()]);
	assert.equal(file.suggestedFilename(), 'hylla.mobileconfig');
	await row.getByRole('button', { name: /^Avsluta/ }).click();
	assert.match(await said(page), /gäller inte längre/);
	await page.goto(base + '/apple');
	assert.equal(await fetched('Hämta certifikatet'), 'hylla.pem');
	await page.goto(base + '/apple');
	await page.setInputFiles('#f-file', { name: 'a.p7m', mimeType: 'x/y', buffer: Buffer.from('none') });
	await press('Lägg in nyckeln');
	assert.match(await no(page), /p7m/);
	await page.goto(base + '/push-certificate');
	assert.match(await fetched('Hämta begäran'), /csr$/);
	await page.goto(base + '/push-certificate');
	await page.setInputFiles('#f-certificate', { name: 'a.pem', mimeType: 'x/y', buffer: Buffer.from('none') });
	await press('Ta det i bruk');
	assert.match(await no(page), /pushcertifikat/);
	assert.deepEqual(page.complaints, []);
}));

await task('with scripts an upload tells how far it is, and a page follows what happens', async () => {
	const page = listen(await first.newPage());
	await page.goto(base + '/media');
	await page.setInputFiles('#f-file', { ...pdf, buffer: Buffer.from('MZ') });
	await page.getByRole('button', { name: 'Ladda upp' }).click();
	await page.waitForSelector('#problem');
	await page.setInputFiles('#f-file', pdf);
	await page.getByRole('button', { name: 'Ladda upp' }).click();
	await page.waitForURL(/done=uploaded/);
	const list = listen(await first.newPage());
	await list.goto(base + '/mailings');
	await page.goto(`${base}/mailings/new?kind=link&item=${other}`);
	await page.fill('#f-title', 'En länk');
	await page.fill('#f-url', 'https://example.se/');
	await page.getByRole('button', { name: 'Se vem som nås' }).click();
	await page.getByRole('button', { name: 'Skicka nu' }).click();
	await page.waitForSelector('.done');
	await list.waitForFunction(() => document.querySelector('#mailings').textContent.includes('En länk'));
	assert.deepEqual(page.complaints, []);
	await list.close();
	await page.close();
});

await library({ plain });

await task('without scripts: found again, handed over to nobody, signed out', async () => {
	const still = await open({ javaScriptEnabled: false });
	const page = await still.newPage();
	await page.goto(`${base}/sign-in`);
	await signIn(page, own);
	await page.goto(`${base}/tasks`);
	await page.getByRole('button', { name: /Klart/ }).first().click();
	await page.waitForSelector('.done');
	await page.goto(`${base}/devices/${lost}`);
	await page.getByRole('button', { name: 'Den är hittad' }).click();
	await page.waitForSelector('.done');
	await page.goto(`${base}/accounts`);
	await page.fill('main > form #f-name', 'anna.b');
	await page.check('main > form input[value=konsulent]');
	await page.click('main > form button');
	assert.match(await page.textContent('main .lead'), /^\w{4}-\w{4}-\w{4}-\w{4}$/);
	await page.goto(base + '/');
	await page.click('.who summary');
	await page.getByRole('button', { name: 'Logga ut' }).click();
	await page.waitForURL(/sign-in/);
	await page.goto(base + '/items');
	assert.match(page.url(), /sign-in/);
	await still.close();
});

await task('the language is kept', async () => {
	const page = await first.newPage();
	await page.goto(base + '/items');
	await page.click('.who summary');
	await page.getByRole('button', { name: 'Suomi' }).click();
	assert.match(page.url(), /\/items$/);
	await page.goto(base + '/');
	assert.equal(await page.getAttribute('html', 'lang'), 'fi');
	await page.click('.who summary');
	await page.getByRole('button', { name: 'Svenska' }).click();
	await page.close();
});

await task('a page begins high up on a phone', async () => {
	const page = listen(await first.newPage());
	await page.setViewportSize(PHONE);
	await page.goto(base + '/items');
	const top = await page.evaluate("document.querySelector('main').getBoundingClientRect().top");
	assert.ok(top <= PHONE.height / 5, `${top} px`);
	assert.equal(await page.evaluate(tooWide), false);
	await page.getByRole('link', { name: 'Meny' }).press('Enter');
	await page.waitForSelector('#places a');
	await page.close();
});

await task('a page is light', async () => {
	const page = await first.newPage();
	assert.deepEqual(await heavy(page, '/items', base), []);
	// a page that is heavy, or held up, is told of: by its own words, a second style and a script that is not put off
	const link = '<link rel="stylesheet" href="/assets/hylla.css?again">', script = '<script src="/assets/hylla.js?again"></script>';
	await page.route('**/promise', async (route) => {
		const reply = await route.fetch(), body = (await reply.text()).replace('</head>', `${link}${script}</head>`).replace('</main>', `${'<p>ord</p>'.repeat(6000)}</main>`);
		await route.fulfill({ response: reply, body });
	});
	const told = (await heavy(page, '/promise', base)).join();
	assert.match(told, /with its styles, not under/);
	assert.match(told, /3 requests are waited for/);
	await page.close();
});

await plainTasks();
await end();
