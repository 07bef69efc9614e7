// SPDX-License-Identifier: EUPL-1.2
// What a page weighs: the bytes that went over the line for it, heads and all, as they were sent (styles and scripts
// packed), to a browser that had nothing of it before; and what it is held up by before anything is seen.
export const MOST_BYTES = 60000, MOST_SCRIPT_BYTES = 30000, MOST_BLOCKING = 1;

const OVER = ['Network.loadingFinished', 'Network.loadingFailed'];
const PARTS = ['Document', 'Stylesheet', 'Script', 'Image', 'Font', 'Other'];
const lines = new WeakMap();

// The browser's own events of the network, of this page alone.
async function line(page) {
	if (!lines.has(page)) {
		const one = await page.context().newCDPSession(page);
		await one.send('Network.enable');
		await one.send('Network.setCacheDisabled', { cacheDisabled: true });
		lines.set(page, one);
	}
	return lines.get(page);
}

// Each part as it comes: its kind, its address and its bytes. The stream of news never ends, and is no part.
async function partsOf(page, href) {
	const on = await line(page), parts = new Map(), waiting = new Set(), heard = [];
	const hear = (name, fn) => { on.on(name, fn); heard.push([name, fn]); };
	let quiet = () => {};
	hear('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
		if (!PARTS.includes(type) || request.url.startsWith('data:'))
			return;
		const before = (parts.get(requestId)?.bytes ?? 0) + (redirectResponse?.encodedDataLength ?? 0);
		parts.set(requestId, { kind: type, path: new URL(request.url).pathname, bytes: before });
		waiting.add(requestId);
	});
	for (const name of OVER)
		hear(name, ({ requestId, encodedDataLength = 0 }) => {
			if (parts.has(requestId))
				parts.get(requestId).bytes += encodedDataLength;
			waiting.delete(requestId);
			if (!waiting.size)
				quiet();
		});
	await page.goto(href, { waitUntil: 'load' });
	while (waiting.size)
		await new Promise((done) => { quiet = done; });
	heard.forEach(([name, fn]) => on.off(name, fn));
	return [...parts.values()];
}

// What the browser itself says that it waited for before it drew anything.
const blockers = () => performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking').map((one) => new URL(one.name).pathname);

export async function weigh(page, href) {
	const parts = await partsOf(page, href), blocking = await page.evaluate(blockers);
	const sum = (of) => parts.filter(of).reduce((all, { bytes }) => all + bytes, 0);
	return { parts, blocking, bytes: sum(({ kind }) => kind !== 'Script'), scripts: sum(({ kind }) => kind === 'Script') };
}

// What is wrong with it; nothing, when it is as light as pages are to be. One of which nothing was seen to come is no proof.
export async function heavy(page, path, base) {
	const { parts, blocking, bytes, scripts } = await weigh(page, new URL(path, base).href), wrong = [];
	const told = () => parts.map((part) => `${part.path} ${part.bytes}`).join(', ');
	if (!parts.some(({ kind, bytes: n }) => kind === 'Document' && n > 500) || !parts.some(({ kind, bytes: n }) => kind === 'Stylesheet' && n > 500))
		wrong.push(`${path}: no page, or no styles, was seen to come: ${told()}`);
	if (bytes >= MOST_BYTES)
		wrong.push(`${path}: ${bytes} bytes with its styles, not under ${MOST_BYTES}: ${told()}`);
	if (scripts >= MOST_SCRIPT_BYTES)
		wrong.push(`${path}: ${scripts} bytes of scripts, not under ${MOST_SCRIPT_BYTES}: ${told()}`);
	if (blocking.length > MOST_BLOCKING)
		wrong.push(`${path}: ${blocking.length} requests are waited for, not ${MOST_BLOCKING}: ${blocking.join(', ')}`);
	return wrong;
}
