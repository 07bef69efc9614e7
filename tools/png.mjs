// SPDX-License-Identifier: EUPL-1.2
// A picture of a page as a small PNG: at most 256 colours, for text on plain ground.
import { deflateSync, inflateSync, crc32 as zlibCrc } from 'node:zlib';

const table = Array.from({ length: 256 }, (_, n) => {
	let c = n;
	for (let k = 0; k < 8; k++)
		c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
	return c >>> 0;
});
const crc32 = zlibCrc ?? ((bytes) => ~bytes.reduce((c, b) => table[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) >>> 0);

// PNG, RFC 2083: of 8 bits a channel, RGB or RGBA, not interlaced, as Chromium makes it.
function decode(png) {
	const data = [];
	let width = 0, height = 0, channels = 0;
	for (let at = 8; at < png.length;) {
		const n = png.readUInt32BE(at), kind = png.toString('latin1', at + 4, at + 8), body = png.subarray(at + 8, at + 8 + n);
		if (kind === 'IHDR')
			[width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), { 2: 3, 6: 4 }[body[9]]];
		if (kind === 'IDAT')
			data.push(body);
		at += 12 + n;
	}
	const raw = inflateSync(Buffer.concat(data)), line = width * channels, out = Buffer.alloc(line * height);
	for (let y = 0; y < height; y++)
		unfilter(raw.subarray(y * (line + 1), (y + 1) * (line + 1)), out, y * line, line, channels);
	return { width, height, channels, out };
}

function unfilter(row, out, at, line, step) {
	for (let i = 0; i < line; i++) {
		const left = i < step ? 0 : out[at + i - step], up = at ? out[at + i - line] : 0;
		const corner = at && i >= step ? out[at + i - line - step] : 0;
		out[at + i] = row[i + 1] + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][row[0]];
	}
}

function paeth(a, b, c) {
	const [pa, pb, pc] = [b - c, a - c, a + b - 2 * c].map(Math.abs);
	return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

const near = (list, [r, g, b]) => list.reduce((best, c, i) => {
	const d = (c[0] - r) ** 2 + (c[1] - g) ** 2 + (c[2] - b) ** 2;
	return d < best.d ? { d, i } : best;
}, { d: Infinity, i: 0 }).i;

function chunk(kind, body) {
	const out = Buffer.alloc(12 + body.length);
	out.writeUInt32BE(body.length, 0);
	out.write(kind, 4, 'latin1');
	body.copy(out, 8);
	out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
	return out;
}

export function smaller(png, colours = 48) {
	const { width, height, channels, out } = decode(png), count = new Map();
	for (let i = 0; i < out.length; i += channels) {
		const key = (out[i] << 16) | (out[i + 1] << 8) | out[i + 2];
		count.set(key, (count.get(key) ?? 0) + 1);
	}
	const rgb = (key) => [key >> 16, (key >> 8) & 255, key & 255];
	const palette = [...count].sort((a, b) => b[1] - a[1]).slice(0, colours).map(([key]) => rgb(key));
	const index = new Map([...count.keys()].map((key) => [key, near(palette, rgb(key))]));
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0, i = 0; y < height; y++) {
		for (let x = 0; x < width; x++, i += channels)
			rows[y * (width + 1) + 1 + x] = index.get((out[i] << 16) | (out[i + 1] << 8) | out[i + 2]);
	}
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 3, 0, 0, 0], 8);
	return Buffer.concat([png.subarray(0, 8), chunk('IHDR', head), chunk('PLTE', Buffer.from(palette.flat())),
		chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
