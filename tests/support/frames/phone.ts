/** What the customer's phone shows: a wallet's code, or something that is none. */
import { drawSquares, drawStripes, paymentCode, type Squares, squaresOf, stripesOf } from './codes';
import type { Dice } from './dice';
import { blank, box, oval, type Paper, tone, writing } from './paper';

/** A screen of 67 by 145 mm. */
export const SCREEN = { width: 1080, height: 2340, dotsAMillimetre: 16.1 } as const;

export type Layout = 'wallet' | 'barcode' | 'qr';

/** Where a code lies on the screen, in its dots, without its quiet zone. */
export type Lain = {
  readonly kind: 'code-128' | 'qr';
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly module: number;
  /** The stripes run up the phone. */
  readonly upwards: boolean;
};
export type Phone = { readonly paper: Paper; readonly codes: readonly Lain[] };

type Shown = { readonly text: string; readonly ink: number };

export function walletPage(dice: Dice, layout: Layout, text: string): Phone {
  const head = dice.pick([135, 110, 55, 242, 28, 237]);
  const paper = blank(SCREEN.width, SCREEN.height, head);
  const ink = dice.chance(0.75) ? 0 : dice.pick([17, 26, 34]);
  writing(paper, { x: 60, y: 40, h: 34, signs: 5 }, { dice, grey: head > 200 ? 51 : 255 });
  writing(paper, { x: 300, y: 130, h: 42, signs: 10 }, { dice, grey: head > 200 ? 34 : 238 });
  if (layout === 'barcode' && dice.chance(0.35)) {
    return { paper, codes: [tappedOpen(paper, dice, { text, ink })] };
  }
  const top = 300;
  box(paper, { x: 40, y: top, w: 1000, h: layout === 'wallet' ? 1320 : 900 }, 255);
  writing(paper, { x: 90, y: top + 40, h: 36, signs: 14 }, { dice, grey: 85 });
  const codes: Lain[] = [];
  let y = top + 140;
  if (layout !== 'qr') {
    const stripes = level(paper, dice, { text, ink, y });
    codes.push(stripes);
    y += stripes.h + 110;
  }
  if (layout !== 'barcode') codes.push(square(paper, dice, { text, ink, head, y: y + 290 }));
  const below = layout === 'wallet' ? top + 1210 : top + 800;
  writing(paper, { x: 90, y: below, h: 34, signs: 20 }, { dice, grey: 119 });
  menu(paper, dice, { y: layout === 'wallet' ? 1700 : 1280, dark: head === 28 });
  return { paper, codes };
}

/** A barcode that was tapped: white all over, the long way up. */
function tappedOpen(paper: Paper, dice: Dice, { text, ink }: Shown): Lain {
  paper.data.fill(255);
  const stripes = stripesOf(text);
  const module = Math.floor(dice.even([1500, 1960]) / stripes.length);
  const high = dice.whole(380, 620);
  const long = stripes.length * module;
  const at = {
    x: Math.round((SCREEN.width - high) / 2),
    y: Math.round((SCREEN.height - long) / 2),
  };
  drawStripes(paper, stripes, { ...at, module, grey: ink, high, upwards: true });
  const beside = { x: 150, y: SCREEN.height / 2 - 600, h: 60, signs: 22, angle: Math.PI / 2 };
  writing(paper, beside, { dice, grey: 51 });
  return { kind: 'code-128', ...at, w: high, h: long, module, upwards: true };
}

function level(paper: Paper, dice: Dice, { text, ink, y }: Shown & { y: number }): Lain {
  const stripes = stripesOf(text);
  const module = Math.floor(860 / stripes.length);
  const [w, high] = [module * stripes.length, dice.whole(180, 250)];
  const x = Math.round((SCREEN.width - w) / 2);
  drawStripes(paper, stripes, { x, y, module, grey: ink, high });
  const said = { x: SCREEN.width / 2 - 320, y: y + high + 24, h: 34, signs: 22 };
  writing(paper, said, { dice, grey: 102 });
  return { kind: 'code-128', x, y, w, h: high, module, upwards: false };
}

function square(
  paper: Paper,
  dice: Dice,
  { text, ink, head, y: middle }: Shown & { head: number; y: number },
): Lain {
  const correction = dice.pick(['M', 'Q', 'H']);
  const squares = squaresOf(text, correction, dice.whole(1, 4));
  const module = Math.floor(dice.whole(470, 560) / squares.size);
  const w = module * squares.size;
  const [x, y] = [Math.round(540 - w / 2), Math.round(middle - w / 2)];
  drawSquares(paper, squares, { x, y, module, grey: ink });
  if (correction === 'H' && dice.chance(0.5)) {
    const [mark, inner] = [w * 0.17, w * 0.136];
    box(paper, { x: 540 - mark / 2, y: middle - mark / 2, w: mark, h: mark }, 255);
    const grey = head > 200 ? 135 : head;
    box(paper, { x: 540 - inner / 2, y: middle - inner / 2, w: inner, h: inner }, grey);
  }
  return { kind: 'qr', x, y, w, h: w, module, upwards: false };
}

function menu(paper: Paper, dice: Dice, { y, dark }: { y: number; dark: boolean }): void {
  box(paper, { x: 40, y, w: 1000, h: 420 }, dark ? 42 : 250);
  for (let line = 0; line < 3; line++) {
    const top = y + 40 + line * 125;
    box(paper, { x: 80, y: top, w: 80, h: 80 }, tone(dice, 60, 220));
    const grey = dark ? 187 : 68;
    writing(paper, { x: 200, y: top + 22, h: 36, signs: 15 }, { dice, grey });
  }
}

type Other = 'chat' | 'pictures' | 'list' | 'stripes' | 'half' | 'broken' | 'squares';
const EASIER = ['chat', 'pictures', 'list', 'stripes'] as const;
const ALL = [...EASIER, 'half', 'broken', 'squares'] as const;

/** A phone without a payment code; the hard ones nearly have one. */
export function otherPage(dice: Dice, hard: boolean): Phone {
  const paper = blank(SCREEN.width, SCREEN.height, dice.pick([255, 237, 246]));
  box(paper, { x: 0, y: 0, w: SCREEN.width, h: 220 }, dice.pick([135, 110, 51]));
  writing(paper, { x: 300, y: 120, h: 44, signs: 10 }, { dice, grey: 255 });
  OTHERS[hard ? dice.pick(ALL) : dice.pick(EASIER)](paper, dice);
  return { paper, codes: [] };
}

const ROW = { x: 110, y: 480, module: 6, grey: 0, high: 230 } as const;

const OTHERS: Readonly<Record<Other, (paper: Paper, dice: Dice) => void>> = {
  chat(paper, dice) {
    for (let y = 280; y < 2200; y += 170) {
      const w = dice.whole(300, 760);
      const mine = dice.chance(0.5);
      box(paper, { x: mine ? 1020 - w : 60, y, w, h: 120 }, mine ? 205 : 255);
      const x = (mine ? 1020 - w : 60) + 24;
      writing(paper, { x, y: y + 44, h: 36, signs: Math.floor(w / 40) }, { dice, grey: 34 });
    }
  },
  pictures(paper, dice) {
    for (let n = 0; n < 6; n++) {
      const [x, y] = [40 + (n % 2) * 510, 280 + Math.floor(n / 2) * 560];
      box(paper, { x, y, w: 490, h: 420 }, tone(dice, 30, 230));
      for (let blot = 0; blot < 8; blot++) {
        const [w, h] = [dice.whole(20, 200), dice.whole(20, 160)];
        const at = { x: x + dice.whole(0, 480 - w), y: y + dice.whole(0, 410 - h), w, h };
        oval(paper, at, tone(dice, 0, 255));
      }
    }
  },
  list(paper, dice) {
    for (let y = 260; y < 2200; y += 145) {
      writing(paper, { x: 60, y, h: 42, signs: 20 }, { dice, grey: 34 });
      writing(paper, { x: 60, y: y + 62, h: 30, signs: 14 }, { dice, grey: 136 });
      box(paper, { x: 60, y: y + 112, w: 960, h: 3 }, 221);
    }
  },
  stripes(paper, dice) {
    let x = 110;
    while (x < 970) {
      const w = dice.whole(3, 26);
      box(paper, { x, y: 500, w, h: 230 }, 0);
      x += w + dice.whole(4, 26);
    }
  },
  half(paper, dice) {
    const stripes = stripesOf(paymentCode(dice));
    const cut = dice.whole(30, stripes.length - 30);
    drawStripes(paper, dice.chance(0.5) ? stripes.slice(0, cut) : stripes.slice(cut), ROW);
  },
  /** Begins and ends rightly; three symbols of the middle are another code's. */
  broken(paper, dice) {
    const [stripes, other] = [stripesOf(paymentCode(dice)), stripesOf(paymentCode(dice))];
    const from = 11 * dice.whole(2, 5);
    const to = Math.min(stripes.length - 24, from + 33);
    const put = (dark: boolean, at: number) =>
      at >= from && at < to ? other[(at - from + 11) % other.length] === true : dark;
    drawStripes(paper, stripes.map(put), ROW);
  },
  /** The three eyes of a QR round nothing. */
  squares(paper, dice) {
    const real = squaresOf(dice.digits(18), 'M', 2);
    const { size } = real;
    const isEye = (row: number, column: number): boolean =>
      (row < 8 && (column < 8 || column >= size - 8)) || (row >= size - 8 && column < 8);
    const noise = Array.from({ length: size * size }, () => dice.chance(0.5));
    const dark: Squares['dark'] = (row, column) =>
      isEye(row, column) ? real.dark(row, column) : noise[row * size + column] === true;
    drawSquares(paper, { size, dark }, { x: 290, y: 600, module: 20, grey: 0 });
  },
};
