/**
 * What a counter's camera sees, drawn without a browser: a dark room, a phone, a white card on it
 * and on that a payment code. Grey only; a decoder looks at nothing else.
 */
import QRCode from 'qrcode';
import { code128 } from './code128';
import { ean13 } from './ean13';

const FRAME = { width: 1280, height: 720 } as const;

export type Shown =
  | { readonly kind: 'code-128'; readonly text: string }
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'ean-13'; readonly text: string }
  | { readonly kind: 'nothing' };

export type Placed = {
  readonly shown: Shown;
  /** Pixels a module; whole numbers draw sharp edges. */
  readonly module?: number;
  /** The code's middle; the frame's when left out. */
  readonly at?: { readonly x: number; readonly y: number };
};

export type Frame = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

const ROOM = 40;
const BEZEL = 12;
const CARD = 235;
const INK = 16;

/** One frame that shows everything in `placed`, each on a card of its own. */
export function drawFrame(placed: readonly Placed[]): Frame {
  const { width, height } = FRAME;
  const data = new Uint8Array(width * height);
  // A slope of light, so that the surround is no flat colour that a threshold could like.
  for (let i = 0; i < data.length; i++) data[i] = ROOM + ((i % width) >> 5);
  const frame = { width, height, data };
  for (const one of placed) draw(frame, one);
  return frame;
}

function draw(frame: Frame, { shown, module = defaultModule(shown), at }: Placed): void {
  const { rows, columns, dark } = matrixOf(shown);
  const w = columns * module;
  const h = rows === 1 ? 150 : rows * module;
  const x = Math.round((at?.x ?? frame.width / 2) - w / 2);
  const y = Math.round((at?.y ?? frame.height / 2) - h / 2);
  const quiet = Math.max(10 * module, 30);
  fill(frame, {
    x: x - quiet - 24,
    y: y - quiet - 60,
    w: w + 2 * quiet + 48,
    h: h + 2 * quiet + 120,
    value: BEZEL,
  });
  fill(frame, { x: x - quiet, y: y - quiet, w: w + 2 * quiet, h: h + 2 * quiet, value: CARD });
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!dark(row, column)) continue;
      const cell = { x: x + column * module, w: module, value: INK };
      fill(frame, rows === 1 ? { ...cell, y, h } : { ...cell, y: y + row * module, h: module });
    }
  }
}

const defaultModule = (shown: Shown): number => (shown.kind === 'qr' ? 8 : 3);

function matrixOf(shown: Shown) {
  if (shown.kind === 'nothing') return { rows: 1, columns: 60, dark: () => false };
  if (shown.kind === 'qr') {
    const { modules } = QRCode.create(shown.text, { errorCorrectionLevel: 'M' });
    const dark = (row: number, column: number): boolean => modules.get(row, column) !== 0;
    return { rows: modules.size, columns: modules.size, dark };
  }
  const bars = shown.kind === 'ean-13' ? ean13(shown.text) : code128(shown.text);
  return {
    rows: 1,
    columns: bars.length,
    dark: (_: number, column: number) => bars[column] === true,
  };
}

type Patch = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly value: number;
};

function fill(frame: Frame, { x, y, w, h, value }: Patch): void {
  const left = Math.max(0, Math.min(x, frame.width));
  const right = Math.max(0, Math.min(x + w, frame.width));
  for (let row = Math.max(0, y); row < Math.min(y + h, frame.height); row++) {
    frame.data.fill(value, row * frame.width + left, row * frame.width + right);
  }
}
