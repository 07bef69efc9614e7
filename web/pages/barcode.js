/* Reads barcodes out of a picture: Code 128 (ISO/IEC 15417), EAN-13 and EAN-8 (ISO/IEC 15420). Lines
 * are laid across the picture at several heights and angles; along each, an edge is where the light changes
 * most between a bright and a dark place, which neither blur nor uneven light moves much. What one
 * line alone has read is not believed. */

const C128 = ('212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 '
	+ '122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 '
	+ '312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 '
	+ '231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 '
	+ '311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 '
	+ '112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 '
	+ '114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 '
	+ '411113 411311 113141 114131 311141 411131 211412 211214 211232 233111').split(' ')
	.map((word) => [...word].map(Number));
const START_A = 103, START_C = 105, STOP = 106, GS = '\x1d';
/* of the left side's odd kind; the even kind is its mirror, the right side is as the odd */
const EAN = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112']
	.map((word) => [...word].map(Number));
const EAN_BOTH = [...EAN, ...EAN.map((widths) => [...widths].reverse())];
/* which of the left six are even tells the first digit */
const EAN_FIRST = [0, 11, 13, 14, 19, 25, 28, 21, 22, 26];

/* How far measured widths are from a pattern's, in modules. From an edge to the next of its kind no
 * bleeding counts; the widths themselves, which it does change, count less. */
function distance(widths, at, pattern, module) {
	let sum = 0;
	for (let i = 0; i < pattern.length; i++) {
		const off = widths[at + i] / module - pattern[i];
		sum += 0.3 * Math.abs(off);
		if (i + 1 < pattern.length)
			sum += Math.abs(off + widths[at + i + 1] / module - pattern[i + 1]);
	}
	return sum / pattern.length;
}

/* How far the nearest may be, and how much nearer than the next. Code 128 has its sum besides, EAN
 * a single digit. */
const C128_LIMITS = { far: 0.8, clear: 0.02 }, EAN_LIMITS = { far: 0.6, clear: 0.03 };

/* The nearest pattern, or -1 when none is near or two are alike. */
function nearest(widths, at, patterns, module, { far, clear }) {
	let best = -1, least = far, second = Infinity;
	for (let i = 0; i < patterns.length; i++) {
		const d = distance(widths, at, patterns[i], module);
		if (d < least) {
			second = least;
			least = d;
			best = i;
		} else if (d < second) {
			second = d;
		}
	}
	return second - least > clear ? best : -1;
}

const sumOf = (widths, at, n) => {
	let sum = 0;
	for (let i = 0; i < n; i++)
		sum += widths[at + i];
	return sum;
};

/* --- Code 128 --- */

/* The symbols between start and stop, by what set they are read in. */
function text128(values) {
	let set = values[0] - START_A, shift = false, out = '';
	for (const value of values.slice(1)) {
		const now = shift ? 1 - set : set;
		shift = false;
		if (now === 2 && value < 100)
			out += String(value).padStart(2, '0');
		else if (now < 2 && value < 64)
			out += String.fromCharCode(value + 32);
		else if (now < 2 && value < 96)
			out += String.fromCharCode(now ? value + 32 : value - 64);
		else if (value === 102)
			out += out ? GS : ']C1';
		else if (value === 99 && now < 2)
			set = 2;
		else if (value === 100 && now !== 1)
			set = 1;
		else if (value === 101 && now !== 0)
			set = 0;
		else if (value === 98 && now < 2)
			shift = true;
		else
			return null; /* FNC2 to FNC4: no label of ours has them */
	}
	return out || null;
}

function read128(widths, at) {
	let module = sumOf(widths, at, 6) / 11;
	if (widths[at - 1] < 5 * module)
		return null;
	const values = [];
	for (let i = at; i + 6 < widths.length; i += 6) {
		const now = sumOf(widths, i, 6) / 11;
		if (Math.abs(now - module) > 0.3 * module)
			return null;
		module = now;
		const value = nearest(widths, i, C128, module, C128_LIMITS);
		if (value === STOP)
			return check128(values);
		if (value < 0 || (values.length ? value > 102 : value < START_A))
			return null;
		values.push(value);
	}
	return null;
}

function check128(values) {
	const check = values.pop();
	if (values.length < 2)
		return null;
	const sum = values.reduce((all, value, i) => all + value * Math.max(1, i), 0);
	return sum % 103 === check ? text128(values) : null;
}

/* --- EAN --- */

const checks = (digits) => {
	let sum = 0;
	for (let i = 0; i < digits.length; i++)
		sum += digits[digits.length - 1 - i] * (i % 2 ? 3 : 1);
	return sum % 10 === 0;
};

/* Two guards and a middle of single modules, between them the digits. */
function readEan(widths, at, half) {
	const count = 8 * half + 11, module = sumOf(widths, at, count) / (14 * half + 11);
	if (at + count >= widths.length || widths[at - 1] < 5 * module || widths[at + count] < 5 * module)
		return null;
	const guards = [[at, 3], [at + 3 + 4 * half, 5], [at + count - 3, 3]];
	if (guards.some(([from, n]) => distance(widths, from, Array(n).fill(1), module) > 0.6))
		return null;
	const digits = [];
	let evens = 0;
	for (let i = 0; i < 2 * half; i++) {
		const from = at + 3 + 4 * i + (i < half ? 0 : 5);
		const value = nearest(widths, from, i < half && half === 6 ? EAN_BOTH : EAN, sumOf(widths, from, 4) / 7, EAN_LIMITS);
		if (value < 0)
			return null;
		evens = 2 * evens + (i < half && value > 9 ? 1 : 0);
		digits.push(value % 10);
	}
	if (half === 6) {
		const first = EAN_FIRST.indexOf(evens >> 6);
		if (first < 0)
			return null;
		digits.unshift(first);
	}
	return checks(digits) ? digits.join('') : null;
}

/* --- one line across the picture --- */

/* What is on the line, as the widths of spaces and bars, a space first. */
function edges(light) {
	let low = 255, high = 0;
	for (const l of light) {
		low = Math.min(low, l);
		high = Math.max(high, l);
	}
	const least = Math.max(10, 0.14 * (high - low)), turns = [];
	let up = 0, top = 0; /* +1 while it rises; where it was farthest */
	for (let i = 1; i < light.length; i++) {
		const gone = light[i] - light[top];
		if (up === 0 ? Math.abs(gone) > least : up * gone < -least) {
			turns.push(top);
			up = up === 0 ? Math.sign(gone) : -up;
			top = i;
		} else if (up * gone > 0 || (up === 0 && gone > 0)) {
			top = i;
		}
	}
	turns.push(top);
	if (turns.length < 3)
		return [];
	/* the first turn is to be a bright one */
	if (light[turns[0]] < light[turns[1]])
		turns.shift();
	const widths = [];
	let before = 0;
	for (let i = 1; i < turns.length; i++) {
		const edge = steepest(light, turns[i - 1], turns[i]);
		widths.push(edge - before);
		before = edge;
	}
	widths.push(light.length - before);
	return widths;
}

/* Where the light changes most between two turns: blur leaves that place where it was. */
function steepest(light, from, to) {
	const slope = (i) => (i < from || i >= to ? 0 : Math.abs(light[i + 1] - light[i]));
	let best = from;
	for (let i = from; i < to; i++) {
		if (slope(i) > slope(best))
			best = i;
	}
	const before = slope(best - 1), after = slope(best + 1), bend = before - 2 * slope(best) + after;
	return best + 0.5 + (bend ? Math.max(-0.5, Math.min(0.5, 0.5 * (before - after) / bend)) : 0);
}

function readWidths(widths) {
	for (let at = 1; at + 6 < widths.length; at += 2) {
		const text = read128(widths, at);
		if (text)
			return { format: 'code_128', text };
		for (const half of [6, 4]) {
			const digits = at + 8 * half + 11 < widths.length && readEan(widths, at, half);
			if (digits)
				return { format: `ean_${2 * half + (half === 6)}`, text: digits };
		}
	}
	return null;
}

/* Forwards, and as the picture stands on its head. */
export function readLine(light) {
	const widths = edges(light);
	if (widths.length < 20)
		return null;
	return readWidths(widths) ?? readWidths(widths.length % 2 ? [...widths].reverse() : [...widths.slice(0, -1)].reverse());
}

/* --- the picture --- */

const LINES = 15;
const ANGLES = [0, 90, 12, -12, 25, -25, 45, -45].map((degrees) => degrees * Math.PI / 180);

/* Light along a line through the picture, each place the mean of five beside it. */
function sample({ grey, width, height }, angle, offset) {
	const dx = Math.cos(angle), dy = Math.sin(angle), reach = Math.hypot(width, height) / 2;
	const light = [];
	for (let t = -reach; t < reach; t++) {
		let sum = 0, n = 0;
		for (let beside = -2; beside <= 2; beside++) {
			const x = width / 2 + t * dx - (offset + beside) * dy;
			const y = height / 2 + t * dy + (offset + beside) * dx;
			const ix = Math.floor(x), iy = Math.floor(y);
			if (ix < 0 || iy < 0 || ix + 1 >= width || iy + 1 >= height)
				continue;
			const fx = x - ix, fy = y - iy, at = iy * width + ix;
			sum += (1 - fy) * ((1 - fx) * grey[at] + fx * grey[at + 1])
				+ fy * ((1 - fx) * grey[at + width] + fx * grey[at + width + 1]);
			n++;
		}
		if (n)
			light.push(sum / n);
	}
	return light;
}

/* What two lines agree on: { format, text }; null when there is nothing to read. */
export function readPicture(picture) {
	const seen = new Map();
	for (const angle of ANGLES) {
		const across = Math.abs(Math.sin(angle)) * picture.width + Math.abs(Math.cos(angle)) * picture.height;
		for (let i = 0; i < LINES; i++) {
			/* from the middle outwards */
			const offset = (i % 2 ? 1 : -1) * Math.ceil(i / 2) * across / (LINES + 1);
			const found = readLine(sample(picture, angle, offset));
			if (!found)
				continue;
			const key = found.format + found.text;
			if (seen.has(key))
				return found;
			seen.set(key, found);
		}
	}
	return null;
}

/* Of a canvas' pixels. */
export function greyOf({ data, width, height }) {
	const grey = new Uint8ClampedArray(width * height);
	for (let i = 0; i < grey.length; i++)
		grey[i] = (data[4 * i] * 77 + data[4 * i + 1] * 150 + data[4 * i + 2] * 29) >> 8;
	return { grey, width, height };
}
