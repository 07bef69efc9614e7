/* The camera as a second way to scan: what it reads is put into the scan box as a scanner would type
 * it. The browser's own reader is taken where there is one that knows our codes, else barcode.js. The
 * pictures stay in this page. */

const LOOK_MS = 120; /* between two looks at the picture */
const SAME_MS = 2500; /* the same code again only after it was away for so long */
const WIDE = 1280;
const FORMATS = ['code_128', 'ean_13', 'ean_8'];

const lens = document.querySelector('[data-lens]');
const opener = document.querySelector('[data-camera]');
const video = lens?.querySelector('video');
const says = lens?.querySelector('[data-says]');
const canvas = document.createElement('canvas');
const pen = canvas.getContext('2d', { willReadFrequently: true });
let stream = null, read = null, last = { text: '', at: 0 };

/* A reader of what is on the canvas. */
async function reader() {
	try {
		if ('BarcodeDetector' in window) {
			const known = await window.BarcodeDetector.getSupportedFormats();
			if (FORMATS.every((format) => known.includes(format))) {
				const detector = new window.BarcodeDetector({ formats: FORMATS });
				return async () => (await detector.detect(canvas))[0]?.rawValue;
			}
		}
	} catch { /* then our own */ }
	const { readPicture, greyOf } = await import(lens.dataset.reader);
	return async () => readPicture(greyOf(pen.getImageData(0, 0, canvas.width, canvas.height)))?.text;
}

function scanned(text) {
	const now = performance.now(), known = text === last.text && now - last.at < SAME_MS;
	last = { text, at: now };
	if (known)
		return;
	const to = document.querySelector('[data-scan]');
	to.value = text;
	to.form.requestSubmit();
	lens.classList.add('read');
	setTimeout(() => lens.classList.remove('read'), 600);
}

async function look() {
	if (!stream)
		return;
	if (video.videoWidth) {
		const scale = Math.min(1, WIDE / video.videoWidth);
		canvas.width = Math.round(video.videoWidth * scale);
		canvas.height = Math.round(video.videoHeight * scale);
		pen.drawImage(video, 0, 0, canvas.width, canvas.height);
		const text = await read().catch(() => null);
		if (text && stream)
			scanned(text);
	}
	setTimeout(look, LOOK_MS);
}

/* Why not, in words that stand in the page. */
function tell(key) {
	for (const word of says.children)
		word.hidden = word.dataset.word !== key;
}

const why = (error) => ({ NotAllowedError: 'denied', SecurityError: 'denied',
	NotFoundError: 'missing', OverconstrainedError: 'missing' })[error.name] ?? 'busy';

async function open() {
	lens.hidden = false;
	opener.hidden = true;
	tell('wait');
	try {
		read ??= await reader();
		stream = await navigator.mediaDevices.getUserMedia({ audio: false,
			video: { facingMode: 'environment', width: { ideal: WIDE }, height: { ideal: 720 } } });
		video.srcObject = stream;
		await video.play();
		tell('ready');
		look();
	} catch (error) {
		tell(why(error));
	}
	lens.querySelector('[data-close]').focus();
}

function close() {
	stream?.getTracks().forEach((track) => track.stop());
	stream = video.srcObject = null;
	lens.hidden = true;
	opener.hidden = false;
	document.querySelector('[data-scan]')?.focus();
}

if (lens && navigator.mediaDevices?.getUserMedia) {
	opener.hidden = false;
	opener.querySelector('button').addEventListener('click', open);
	lens.querySelector('[data-close]').addEventListener('click', close);
	/* nobody is filmed by a page that is not looked at */
	document.addEventListener('visibilitychange', () => { if (document.hidden && stream) close(); });
	window.addEventListener('pagehide', close);
}
