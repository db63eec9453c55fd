/** What lies behind the phone: a counter with boxes, papers and, at times, the shop's own QR. */
import { ean13, ean13CheckDigit } from '../camera/ean13';
import { drawSquares, drawStripes, squaresOf } from './codes';
import type { Dice } from './dice';
import { blank, box, draw, oval, type Paper, tone, writing } from './paper';

const THINGS = ['sheet', 'plate', 'note', 'edge', 'stripes', 'tiles', 'box'] as const;
type Thing = (typeof THINGS)[number];
export type Clutter = 0 | 1 | 2;
const HOW_MANY: Readonly<Record<Clutter, number>> = { 0: 6, 1: 14, 2: 24 };

type Look = {
  readonly width: number;
  readonly height: number;
  readonly clutter: Clutter;
  readonly sticker: boolean;
};

export function counterTop(dice: Dice, { width, height, clutter, sticker }: Look): Paper {
  const paper = blank(width, height);
  const [from, to] = [tone(dice, 60, 210), tone(dice, 20, 170)];
  const lean = dice.even([0, width]) / (width * height);
  draw(paper, { x: 0, y: 0, w: width, h: height }, (u, v) => {
    const share = Math.min(1, (v / height + u * lean) / 2);
    return Math.round(from + (to - from) * share);
  });
  for (let n = 0; n < HOW_MANY[clutter]; n++) {
    const x = dice.even([-0.1, 1]) * width;
    const y = dice.even([-0.1, 1]) * height;
    const angle = dice.even([-0.6, 0.6]);
    const scale = width / 1280;
    THING[dice.pick(THINGS)](paper, dice, { x, y, angle, scale, coded: clutter > 0 });
  }
  if (sticker) stick(paper, dice);
  return paper;
}

type Where = {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly scale: number;
  /** Whether a box may bear a product's code. */
  readonly coded: boolean;
};

const THING: Readonly<Record<Thing, (paper: Paper, dice: Dice, at: Where) => void>> = {
  sheet(paper, dice, { scale, ...at }) {
    const place = { ...at, w: dice.even([30, 380]) * scale, h: dice.even([30, 300]) * scale };
    box(paper, place, tone(dice, 0, 255));
  },
  plate(paper, dice, { scale, ...at }) {
    const place = { ...at, w: dice.even([40, 380]) * scale, h: dice.even([40, 300]) * scale };
    oval(paper, place, tone(dice, 20, 235));
  },
  edge(paper, dice, { scale, ...at }) {
    const place = { ...at, w: dice.even([60, 640]) * scale, h: dice.even([1, 9]) * scale };
    box(paper, place, tone(dice, 0, 255));
  },
  note(paper, dice, { x, y, angle, scale }) {
    const h = dice.even([10, 40]) * scale;
    if (dice.chance(0.6)) box(paper, { x, y, w: h * 22, h: h * 8, angle }, 241);
    const grey = dice.pick([34, 68, 51]);
    for (let line = 0; line < 4; line++) {
      const down = (line * 1.7 + 0.5) * h;
      const at = { x: x - down * Math.sin(angle), y: y + down * Math.cos(angle), angle };
      writing(paper, { ...at, h, signs: 22 }, { dice, grey });
    }
  },
  stripes(paper, dice, { scale, ...at }) {
    const wide = dice.even([4, 26]) * scale;
    const [dark, light] = [tone(dice, 0, 90), tone(dice, 150, 255)];
    const place = { ...at, w: dice.whole(6, 26) * wide, h: dice.even([240, 270]) * scale };
    draw(paper, place, (u) => (Math.floor(u / wide) % 2 === 1 ? dark : light));
  },
  tiles(paper, dice, { scale, ...at }) {
    const wide = dice.even([8, 30]) * scale;
    const [dark, light] = [tone(dice, 0, 120), tone(dice, 150, 255)];
    draw(paper, { ...at, w: 9 * wide, h: 9 * wide }, (u, v) =>
      (Math.floor(u / wide) + Math.floor(v / wide)) % 2 === 1 ? dark : light,
    );
  },
  box(paper, dice, { x, y, angle, scale, coded }) {
    box(paper, { x, y, w: 260 * scale, h: 170 * scale, angle }, tone(dice, 120, 250));
    if (!coded || !dice.chance(0.7)) return;
    const within = (u: number, v: number) => ({
      x: x + (u * Math.cos(angle) - v * Math.sin(angle)) * scale,
      y: y + (u * Math.sin(angle) + v * Math.cos(angle)) * scale,
      angle,
    });
    box(paper, { ...within(20, 60), w: 220 * scale, h: 100 * scale }, 255);
    const twelve = `69${dice.digits(10)}`;
    const stripes = ean13(`${twelve}${ean13CheckDigit(twelve)}`);
    const bars = { module: 2 * scale, grey: 0, high: 80 * scale };
    drawStripes(paper, stripes, { ...within(34, 66), ...bars });
  },
};

/** The shop's own QR for customers to scan, beside the phone. */
function stick(paper: Paper, dice: Dice): void {
  const { width, height } = paper;
  const squares = squaresOf(`https://pay.example/${dice.digits(8)}`, 'M', 3);
  const module = dice.even([3, 5]) * (width / 1280);
  const inset = dice.even([0.02, 0.06]) * width;
  const long = squares.size * module;
  const x = dice.chance(0.5) ? inset : width - long - inset;
  const y = dice.even([0.05, 0.6]) * height;
  const [edge, whole] = [5 * module, long + 10 * module];
  box(paper, { x: x - edge, y: y - edge, w: whole, h: whole }, 255);
  drawSquares(paper, squares, { x, y, module, grey: 0 });
}
