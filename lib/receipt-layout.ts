/**
 * Where everything on a receipt stands, in the dots of the paper. Pure: whoever draws says how wide
 * a text is, so the same lines fall the same way on a canvas, in a test and on any printer.
 */
import type { ReceiptLine } from './receipt-paper';

/** `size` is the height of a Chinese character, in dots. */
export type TextStyle = { readonly size: number; readonly bold: boolean };
/** The width of a text in dots. */
export type Measure = (text: string, style: TextStyle) => number;

export type Placed =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      /** Of the upper edge. */
      readonly y: number;
      readonly style: TextStyle;
      /** White on black. */
      readonly inverse: boolean;
    }
  | { readonly kind: 'box' | 'rule'; readonly y: number; readonly height: number }
  | {
      readonly kind: 'qr';
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly side: number;
    };
export type Laid = {
  readonly width: number;
  readonly height: number;
  readonly placed: readonly Placed[];
};

type Size = Extract<ReceiptLine, { kind: 'text' }>['size'];
const STYLES: Readonly<Record<Size, TextStyle>> = {
  small: { size: 20, bold: false },
  plain: { size: 24, bold: false },
  large: { size: 32, bold: true },
  loud: { size: 48, bold: true },
  mark: { size: 28, bold: true },
};
const BOLD: TextStyle = { ...STYLES.plain, bold: true };
/** No amount is too long for a narrow paper: it is set smaller before it is broken. */
const SMALLEST_LOUD = 28;

const GAP = 8;
const RULE_HEIGHT = 2;
const RULE_SPACE = 10;
/** Between a name and its value. */
const BETWEEN = 16;
const MARK_SPACE = 6;
/** Large enough for a phone and a hand scanner, small enough to leave paper. */
const QR_SIDE = 192;

/** The height of a line of text and the white under it. */
const lineHeight = ({ size }: TextStyle): number => Math.round(size * 1.3);

type Page = { readonly width: number; readonly measure: Measure };

export function layOut(lines: readonly ReceiptLine[], page: Page): Laid {
  const placed: Placed[] = [];
  let y = GAP;
  for (const line of lines) {
    const part = place(line, y, page);
    placed.push(...part.placed);
    y += part.height;
  }
  return { width: page.width, height: y + GAP, placed };
}

type Part = { readonly placed: readonly Placed[]; readonly height: number };

function place(line: ReceiptLine, y: number, page: Page): Part {
  switch (line.kind) {
    case 'text':
      return line.size === 'mark' ? mark(line.text, y, page) : centred(line, y, page);
    case 'pair':
      return pair(line, y, page);
    case 'rule': {
      const rule = { kind: 'rule', y: y + RULE_SPACE, height: RULE_HEIGHT } as const;
      return { placed: [rule], height: 2 * RULE_SPACE + RULE_HEIGHT };
    }
    case 'qr': {
      const side = Math.min(QR_SIDE, page.width);
      const x = Math.floor((page.width - side) / 2);
      const qr = { kind: 'qr', text: line.text, x, y: y + GAP, side } as const;
      return { placed: [qr], height: side + 2 * GAP };
    }
  }
}

type Rows = {
  readonly rows: readonly string[];
  readonly style: TextStyle;
  readonly y: number;
  readonly align: 'left' | 'centre' | 'right';
  readonly inverse?: boolean;
};

function set({ rows, style, y, align, inverse = false }: Rows, { width, measure }: Page): Part {
  const height = lineHeight(style);
  const placed = rows.map((text, row): Placed => {
    const free = width - measure(text, style);
    const x = align === 'left' ? 0 : align === 'right' ? free : free / 2;
    const at = { x: Math.max(0, Math.floor(x)), y: y + row * height };
    return { kind: 'text', text, ...at, style, inverse };
  });
  return { placed, height: rows.length * height };
}

function centred({ text, size }: Extract<ReceiptLine, { kind: 'text' }>, y: number, page: Page) {
  let style = STYLES[size];
  if (size === 'loud') {
    while (style.size > SMALLEST_LOUD && page.measure(text, style) > page.width) {
      style = { ...style, size: style.size - 4 };
    }
  }
  return set({ rows: wrap(text, style, page), style, y, align: 'centre' }, page);
}

function mark(text: string, y: number, page: Page): Part {
  const style = STYLES.mark;
  const rows = wrap(text, style, { ...page, width: page.width - 2 * GAP });
  const top = y + MARK_SPACE;
  const words = { rows, style, y: top + MARK_SPACE, align: 'centre', inverse: true } as const;
  const part = set(words, page);
  const height = part.height + MARK_SPACE;
  return {
    placed: [{ kind: 'box', y: top, height }, ...part.placed],
    height: height + 2 * MARK_SPACE,
  };
}

/** Name and value on one line where both fit, else the value below, at the right. */
function pair(line: Extract<ReceiptLine, { kind: 'pair' }>, y: number, page: Page): Part {
  const style = line.bold === true ? BOLD : STYLES.plain;
  const { measure, width } = page;
  const needed = measure(line.name, style) + measure(line.value, style) + BETWEEN;
  const name = set(
    { rows: line.name === '' ? [] : wrap(line.name, style, page), style, y, align: 'left' },
    page,
  );
  const below = line.name === '' || needed <= width ? 0 : name.height;
  const value = set(
    { rows: wrap(line.value, style, page), style, y: y + below, align: 'right' },
    page,
  );
  const height = Math.max(name.height, below + value.height);
  return { placed: [...name.placed, ...value.placed], height };
}

const CHINESE = '\\p{Script=Han}\\u3000-\\u303f\\u3040-\\u30ff\\uac00-\\ud7af\\uff00-\\uffef';
/** A row never begins with the first kind and never ends with the second. */
const CLOSES = /^[、。，．：；？！）〉》」』】〕…％”’,.:;?!)\]}%]+$/u;
const OPENS = /^[（〈《「『【〔“‘([{]+$/u;
const UNIT = new RegExp(`[${CHINESE}]\\p{M}*|\\s+|[^\\s${CHINESE}]+`, 'gu');

/** The rows of a text that is too wide: between Chinese characters, and at spaces elsewhere. */
export function wrap(text: string, style: TextStyle, { width, measure }: Page): string[] {
  const fits = (row: string) => measure(row.trim(), style) <= width;
  const rows: string[] = [];
  let row = '';
  for (const unit of together(text)) {
    if (fits(row + unit)) {
      row += unit;
      continue;
    }
    if (row.trim() !== '') rows.push(row.trim());
    row = unit;
    while (!fits(row)) {
      const head = longestHead(row, fits);
      rows.push(head);
      row = row.slice(head.length);
    }
  }
  return row.trim() === '' && rows.length > 0 ? rows : [...rows, row.trim()];
}

/** What must stay together: marks with the character before or after them. */
function together(text: string): string[] {
  const units: string[] = [];
  let opening = '';
  for (const unit of text.match(UNIT) ?? []) {
    const last = units.length - 1;
    const before = units[last];
    if (OPENS.test(unit)) opening += unit;
    else if (opening === '' && CLOSES.test(unit) && before !== undefined && before.trim() !== '') {
      units[last] = before + unit;
    } else {
      units.push(opening + unit);
      opening = '';
    }
  }
  return opening === '' ? units : [...units, opening];
}

/** At least one character, so that even a paper too narrow for it comes to an end. */
function longestHead(word: string, fits: (row: string) => boolean): string {
  const characters = word.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [word];
  let head = characters[0] ?? word;
  for (const character of characters.slice(1)) {
    if (!fits(head + character)) break;
    head += character;
  }
  return head;
}
