/* A signature by pen, finger or mouse: strokes of whole numbers in the field named ink. Without it the
 * paper is signed. */

const POINTS = 2000, STROKES = 200, NEAR = 6;
const room = document.querySelector('[data-sign]');

function begin(canvas, ink) {
	const pen = canvas.getContext('2d'), size = `${canvas.width} ${canvas.height}`;
	let strokes = [], points = 0, now = null;
	const at = (event) => {
		const box = canvas.getBoundingClientRect();
		const within = (v, most) => Math.max(0, Math.min(most, Math.round(v * most)));
		return [within((event.clientX - box.left) / box.width, canvas.width),
			within((event.clientY - box.top) / box.height, canvas.height)];
	};
	const keep = () => { ink.value = strokes.length ? [size, ...strokes.map((s) => s.map((p) => p.join(' ')).join(','))].join(';') : ''; };
	const add = (p) => {
		const last = now[now.length - 1];
		if (points >= POINTS || (last && Math.hypot(p[0] - last[0], p[1] - last[1]) < NEAR))
			return;
		if (last) {
			pen.beginPath();
			pen.moveTo(...last);
			pen.lineTo(...p);
			pen.stroke();
		}
		now.push(p);
		points++;
	};
	pen.lineWidth = 5;
	pen.lineCap = 'round';
	pen.strokeStyle = '#111111';
	canvas.addEventListener('pointerdown', (event) => {
		if (strokes.length >= STROKES || points >= POINTS)
			return;
		event.preventDefault();
		canvas.setPointerCapture(event.pointerId);
		now = [];
		strokes.push(now);
		add(at(event));
		keep();
	});
	canvas.addEventListener('pointermove', (event) => {
		if (!now)
			return;
		for (const e of event.getCoalescedEvents?.() ?? [event])
			add(at(e));
		keep();
	});
	for (const end of ['pointerup', 'pointercancel'])
		canvas.addEventListener(end, () => { now = null; });
	room.querySelector('[data-again]').addEventListener('click', () => {
		strokes = [];
		points = 0;
		pen.clearRect(0, 0, canvas.width, canvas.height);
		keep();
	});
}

if (room && window.PointerEvent) {
	room.hidden = false;
	begin(room.querySelector('canvas'), document.querySelector('.sign [name=ink]'));
}
