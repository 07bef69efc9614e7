// SPDX-License-Identifier: EUPL-1.2
// The reader of barcodes (web/pages/barcode.js) on pictures made of what the print room draws, by
// tests/unit/web/draw_bars: turned, blurred, noisy, unevenly lit.
import { execFileSync } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { pathToFileURL } from 'node:url';

const [reader, draw] = process.argv.slice(2);
const { readPicture } = await import(pathToFileURL(reader));

const bars = (kind, ...texts) => execFileSync(draw, [kind, ...texts], { encoding: 'utf8' })
	.trim().split('\n').map((line) => line.split('\t'))
	.map(([text, modules]) => ({ text, modules: [...modules].map(Number) }));

// The same numbers each time.
let seed = 20261122;
const any = () => {
	seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
	return seed / 2 ** 32;
};

// A label on a table: `module` pixels a bar, `angle` degrees, in a picture of 640 x 480.
function picture(modules, { module = 2.4, angle = 0, blur = 0, noise = 0, shade = 0, dark = 20, bright = 230 } = {}) {
	const width = 640, height = 480, grey = new Float64Array(width * height);
	const c = Math.cos(angle * Math.PI / 180), s = Math.sin(angle * Math.PI / 180);
	const long = modules.length * module, tall = 130;
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			let ink = 0;
			// four places in each pixel, so that an edge may lie within it
			for (const [ox, oy] of [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]) {
				const px = x + ox - width / 2, py = y + oy - height / 2;
				const u = c * px + s * py + long / 2, v = c * py - s * px;
				const at = Math.floor(u / module);
				if (Math.abs(v) < tall / 2 && at >= 0 && at < modules.length)
					ink += modules[at] / 4;
			}
			const light = bright - (bright - dark) * ink;
			grey[y * width + x] = light * (1 - shade * x / width) + noise * (any() + any() + any() - 1.5);
		}
	}
	for (let n = 0; n < blur; n++)
		soften(grey, width, height);
	return { grey: Uint8ClampedArray.from(grey), width, height };
}

// 1 2 1 both ways: n times is a blur of about sqrt(n / 2) pixels.
function soften(grey, width, height) {
	const was = Float64Array.from(grey);
	for (let y = 1; y < height - 1; y++) {
		for (let x = 1; x < width - 1; x++) {
			const i = y * width + x;
			grey[i] = (4 * was[i] + 2 * (was[i - 1] + was[i + 1] + was[i - width] + was[i + width])
				+ was[i - width - 1] + was[i - width + 1] + was[i + width - 1] + was[i + width + 1]) / 16;
		}
	}
}

let tried = 0;
function reads(bar, format, how, text = bar.text) {
	tried++;
	assert.deepEqual(readPicture(picture(bar.modules, how)), { format, text },
		`${format} ${text} ${JSON.stringify(how)}`);
}

const ways = [{}, { angle: 180 }, { angle: 90 }, { angle: -90 }, { angle: 8 }, { angle: 30 }, { angle: -150 },
	{ module: 1.9 }, { module: 3.3 }, { blur: 3, module: 2.6 }, { blur: 5, module: 2.8 }, { noise: 45 }, { noise: 30, blur: 2, angle: 180 },
	{ shade: 0.7 }, { shade: 0.6, noise: 15, blur: 2 }, { dark: 90, bright: 150 }, { dark: 110, bright: 150, noise: 6 }];

for (const bar of bars('code_128', 'VB-0042', 'L-10009', 'K-123456789', 'C-ANGRA', 'A-B7XK2M9QP4', 'DMPX0000001F',
	'0012', '00001234567890', 'a~ {lower}'))
	ways.forEach((how) => reads(bar, 'code_128', how));
for (const bar of bars('ean', '4006381333931', '7312345678909', '0000000000017', '9780201379624'))
	ways.forEach((how) => reads(bar, 'ean_13', how));
// zint makes an EAN-8 of seven digits, and adds the check digit
for (const bar of bars('ean', '9638507', '7351353'))
	ways.forEach((how) => reads(bar, 'ean_8', how, { 9638507: '96385074', 7351353: '73513537' }[bar.text]));
// as a scanner would type it, with AIM's mark and the separator
const [gs1] = bars('gs1_128', '[01]07312345678909[10]L7[21]A1');
for (const how of [{ module: 1.8 }, { module: 1.8, angle: 180 }, { module: 2, blur: 2 }])
	reads(gs1, 'code_128', how, ']C101073123456789091' + '0L7\x1d21A1');

// What is no barcode is none; a code that is cut off or has a hole is not half read.
const [whole] = bars('code_128', 'VB-0042');
const nothing = [
	picture([]),
	picture([], { noise: 200 }),
	picture(whole.modules.slice(0, -20)),
	picture(whole.modules.slice(14)),
	picture(whole.modules.map((m, i) => (i > 40 && i < 60 ? 0 : m))),
	picture(Array.from({ length: 90 }, (_, i) => i % 2)),
	picture(Array.from({ length: 200 }, () => Math.round(any()))),
	picture(whole.modules, { blur: 60 }),
	picture(whole.modules, { noise: 900 }),
];
nothing.forEach((p, i) => assert.equal(readPicture(p), null, `nothing ${i}`));
// no chance pattern is taken for a code
for (let n = 0; n < 120; n++)
	assert.equal(readPicture(picture(Array.from({ length: 110 }, () => Math.round(any())), { module: 3 })), null);

const begun = Date.now();
for (let n = 0; n < 5; n++)
	readPicture(picture([], { noise: 20 }));
console.log(`${tried} pictures read, ${nothing.length + 120} not; ${((Date.now() - begun) / 5).toFixed(0)} ms for an empty one, made and looked at`);
