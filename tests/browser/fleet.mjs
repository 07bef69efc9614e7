// SPDX-License-Identifier: EUPL-1.2
// The fleet's rarer days, by keyboard: where an iPad is, decided by two; one that Apple lets go of, in two steps;
// one that was swapped and its loan; a group and how it stands; the months whose dates can silence iPads.
// Called by pages.mjs; the stand-in of tests/flow/test_browser_pages.c for Apple has assigned these.
import { strict as assert } from 'node:assert';
import { api, base, come, look, no, press, said, task, type } from './room.mjs';

const RELEASED = 'C02RELEASE01', REPLACED = 'C02REPLACED1', SWAPPED = 'C02SWAPPED01';
const serials = process.env.SERIALS.split(' ');

async function key(page, selector, ...keys) {
	await page.focus(selector);
	for (const one of keys)
		await page.keyboard.press(one);
}

export async function fleetTasks() {
	let page, other;
	const quietly = () => assert.deepEqual([...page.complaints, ...other.complaints], []);

	await task('fleet: two who keep it', async () => {
		({ page } = await come('frida.f', 'it admin bibliotek'));
		({ page: other } = await come('axel.f', 'it'));
	});

	await task('fleet: where an iPad is looked for by two people, not by one', async () => {
		const where = `${base}/devices/${serials[0]}/locate`;
		await page.goto(where);
		await look(page, 'fleet-locate-not-away');
		assert.equal(await page.locator('#f-purpose').count(), 0, 'it is not away');
		await api('POST', `/devices/${serials[0]}/lost`, { message: 'Ring biblioteket', stolen: 'yes' });
		await page.goto(where);
		await type(page, '#f-purpose', 'polisanmälan 5000-K2');
		assert.match(await said(page), /En annan person måste bekräfta/);
		assert.match(await page.textContent('#decision'), /Väntar på att en annan person/);
		assert.equal(await page.getByRole('button', { name: 'Ja, jag bekräftar' }).count(), 0, 'not by oneself');
		await look(page, 'fleet-locate-asked');
		await other.goto(where);
		assert.match(await other.textContent('#decision'), /polisanmälan 5000-K2.*frida\.f/s);
		await look(other, 'fleet-locate-second');
		await press(other, 'button', 'Ja, jag bekräftar');
		assert.match(await said(other), /tillfrågas nästa gång/);
		assert.match(await other.textContent('#decision'), /axel\.f/);
		assert.equal(await other.getByRole('button', { name: 'Ja, jag bekräftar' }).count(), 0);
		await look(other, 'fleet-locate-confirmed');
		// whoever asked sees it where the page stands open
		await page.locator('#decision', { hasText: 'axel.f' }).waitFor();
		await api('POST', `/devices/${serials[0]}/found`, {});
		quietly();
	});

	await task('fleet: Apple lets go of an iPad after two words, by an administrator', async () => {
		const at = `${base}/apple/devices/${RELEASED}`;
		await other.goto(at);
		assert.equal(await other.getByText('Släpp plattan hos Apple').count(), 0, 'an administrator does');
		await page.goto(`${base}/apple`);
		await press(page, 'link', RELEASED);
		await page.waitForURL(at);
		await look(page, 'fleet-assigned');
		await key(page, 'main summary', 'Enter', 'Tab');
		assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Begär att den släpps');
		await page.keyboard.press('Enter');
		assert.match(await said(page), /inom en timme/);
		await page.getByRole('heading', { name: 'Säkert att den ska släppas?' }).waitFor();
		await look(page, 'fleet-release-sure');
		await page.goto(`${base}/apple`);
		assert.match(await page.locator('tr', { hasText: RELEASED }).textContent(), /Begärt att släppas/);
		await look(page, 'fleet-apple');
		await press(page, 'link', RELEASED);
		await press(page, 'button', 'Ja, släpp den för gott');
		assert.match(await said(page), /släpps hos Apple/);
		while ((await api('GET', `/ade/devices/${RELEASED}`)).assigned)
			await new Promise((done) => setTimeout(done, 100));
		await page.goto(at);
		await page.getByText('Borta sedan').waitFor();
		assert.equal(await page.locator('main form').count(), 0);
		await look(page, 'fleet-released');
		quietly();
	});

	await task('fleet: the loan of a swapped iPad goes on with the new one, when it can', async () => {
		const button = { name: /^Flytta lånet hit/ };
		await page.goto(`${base}/tasks`);
		await look(page, 'fleet-tasks');
		const row = page.locator('#tasks tbody tr', { hasText: SWAPPED }).filter({ has: page.getByRole('button', button) });
		await row.getByRole('button', button).press('Enter');
		await page.waitForSelector('#problem');
		assert.match(await no(page), new RegExp(SWAPPED));
		await look(page, 'fleet-tasks-no');
		await api('POST', `/items/${SWAPPED}/mark`, { state: 'in_stock' });
		await page.goto(`${base}/tasks`);
		await row.getByRole('button', button).press('Enter');
		assert.match(await said(page), /Lånet går vidare/);
		assert.equal(await row.count(), 0);
		assert.equal((await api('GET', `/items/${SWAPPED}`)).state, 'on_loan');
		assert.notEqual((await api('GET', `/items/${REPLACED}`)).state, 'on_loan');
		quietly();
	});

	await task('fleet: a group tells how its iPads stand, and shows those that wait', async () => {
		await page.goto(`${base}/groups`);
		await page.fill('#f-title', 'Väntrummet');
		await key(page, '#f-title', 'Enter');
		await page.waitForURL(/\/groups\/vantrummet/);
		await page.fill('#f-in', serials.join(' '));
		await key(page, '#f-in', 'Enter');
		await page.waitForSelector('main .done');
		assert.match(await page.textContent('#stands'), /3 av 3 har allt/);
		await look(page, 'fleet-group');
		await press(page, 'link', 'Lägg till något');
		await page.waitForURL(/\/want$/);
		await page.goto(`${base}/groups/vantrummet/want/device-name`);
		await press(page, 'button', 'Spara');
		await page.goto(`${base}/groups/vantrummet`);
		while (!/3 väntar på något/.test(await page.textContent('#stands')))
			await page.reload();
		assert.match(await page.textContent('#stands'), /0 av 3 har allt/);
		await look(page, 'fleet-group-waits');
		await press(page, 'link', '3 väntar på något');
		await page.getByRole('heading', { name: 'De som väntar på något' }).waitFor();
		assert.equal(await page.locator('tbody tr').count(), 3);
		await look(page, 'fleet-group-only');
		await press(page, 'link', 'Visa hela gruppen');
		await page.locator('#f-in').waitFor();
		await page.locator('main summary', { hasText: 'Ta bort' }).press('Enter');
		await page.locator('form[action$="/remove"] button').press('Enter');
		assert.match(await said(page), /bort/);
		quietly();
	});

	await task('fleet: what can silence iPads is told by month, with the iPads to go to', async () => {
		const year = new Date().getFullYear() + 1;
		const list = `serial;lease_end\n${serials[0]};${year}-03-31\n${serials[1]};${year}-05-31\n`;
		const reply = await fetch(`${base}/api/v1/items/import`, { method: 'POST', body: list,
			headers: { Authorization: `Bearer ${process.env.TOKEN}`, 'Content-Type': 'text/csv' } });
		assert.ok(reply.ok, await reply.text());
		await page.goto(`${base}/lifeguard`);
		await look(page, 'fleet-lifeguard');
		const rows = (serial) => page.locator('.row', { has: page.getByRole('link', { name: serial, exact: true }) });
		// of the leases, each in its month; of what iPads are known by, all in one
		assert.equal(await rows(serials[0]).count(), 2);
		assert.match(await rows(serials[0]).first().textContent(), new RegExp(`Leasingtiden \\(${year}-03\\): från och med 31 mars`));
		assert.match(await rows(serials[1]).first().textContent(), new RegExp(`Leasingtiden \\(${year}-05\\): från och med 31 maj`));
		assert.match(await rows(serials[2]).last().textContent(), /iPads identiteter \(\d{4}-\d{2}\)/);
		await rows(serials[1]).first().getByRole('link', { name: serials[1], exact: true }).press('Enter');
		await page.waitForURL(new RegExp(`/devices/${serials[1]}$`));
		quietly();
		await Promise.all([page, other].map((one) => one.context().close()));
	});
}
