// SPDX-License-Identifier: EUPL-1.2
// Lists with more rows than a page shows, and the longest page that each can be asked for.
import { api } from './room.mjs';

const ROWS = 60, GLASS = 'forstoringsglas-belysning';
// The server's clock is weeks ahead by then: what is planned is planned for long after.
const afterDays = (days) => new Date(Date.now() + (100 + days) * 86400000).toISOString().replace(/\.\d+/, '');
const fixed = (i) => String(i).padStart(2, '0');

// Names as long as those that people give.
async function one(i, things) {
	const { id } = await api('POST', '/borrowers', { zone: 'library', kind: 'senior', given: 'Radikarin', family: 'Provare', card: `KLANG00${fixed(i)}` });
	await api('POST', '/accounts', { name: `margareta.soderberg${i}`, roles: 'konsulent bibliotek' });
	await api('POST', '/tokens', { roles: 'reader', note: `tavlan i hallen på våning ${i}`, life: '365d' });
	await api('POST', '/invitations', { most: 40, note: `Leverans ${4711 + i} till äldreboendet` });
	await api('POST', '/groups', { name: `aldreboendet-${i}`, title: `Äldreboendet Solgläntan ${i}` });
	await api('POST', '/places', { id: `bibliotek-${i}`, kind: 'desk', name: `Stadsdelsbiblioteket ${i}`, lends: true });
	await api('POST', '/leases', { id: `LANG-${i}`, supplier: 'Leverantören av läsplattor AB', start: '2026-01-31', months: 36 });
	await api('POST', '/deliveries', { id: `LANG-${i}`, product: GLASS, expected: 2 + i, lease: `LANG-${i}` });
	await api('POST', '/loan-rules', { product: GLASS, place: `bibliotek-${i}`, loan_days: 10 + i, why: 'nämndens beslut i november' });
	await api('POST', '/holds', { borrower: id, product: GLASS });
	await api('POST', '/handouts/seats', { at: afterDays(i % 9), place: `bibliotek-${i}`, seats: 8 });
	await api('POST', '/handouts', { borrower: id, product: GLASS, at: afterDays(i % 9), place: `bibliotek-${i}`, yes: 'hold limit' });
	await api('POST', `/items/${things[i]}/faults`, { symptom: 'Den blinkar, och slocknar efter en stund' });
	await api('POST', `/items/${things[i]}/send`, { to: `bibliotek-${i}` });
}

export async function fillLists() {
	const { serials } = await api('POST', '/items', { product: GLASS, place: 'disk', count: 2 * ROWS });
	for (let i = 0; i < ROWS; i++)
		await one(i, serials);
}

export const LISTS = ['items', 'audit', 'accounts', 'tokens', 'invitations', 'groups', 'places', 'leases', 'deliveries', 'loan-rules', 'holds?all=yes', 'holds', 'handouts', 'handouts/seats', 'faults',
	'transfers', 'loans', 'products', 'devices', 'tasks?all=yes', 'sims', 'media', 'mailings', 'imports', 'idle', 'safety-notices/1'].map((list) => `/${list}${list.includes('?') ? '&' : '?'}most=500`);
