/** Bars of an EAN-13 product code (ISO/IEC 15420), for pictures that tests show to the camera. */
import { modulesOf } from './code128';

/** Widths of the four runs of each digit, as in the left half's set A. */
const RUNS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
/** Which of the six left digits are mirrored (set B): that is how the first digit is told. */
const MIRRORED = [
  'AAAAAA',
  'AABABB',
  'AABBAB',
  'AABBBA',
  'ABAABB',
  'ABBAAB',
  'ABBBAA',
  'ABABAB',
  'ABABBA',
  'ABBABA',
];

/** The check digit of twelve digits: weights 1 and 3 in turn from the left. */
export const ean13CheckDigit = (twelve: string): number =>
  (10 - ([...twelve].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 3 : 1), 0) % 10)) %
  10;

/** 95 modules, true for a bar. Throws when the thirteenth digit is not the check digit. */
export function ean13(thirteen: string): boolean[] {
  if (!/^\d{13}$/.test(thirteen) || Number(thirteen[12]) !== ean13CheckDigit(thirteen.slice(0, 12)))
    throw new Error(`${thirteen} is no EAN-13`);
  const sets = MIRRORED[Number(thirteen[0])] ?? '';
  const runs = (digit: string): string => RUNS[Number(digit)] ?? '';
  const left = [...thirteen.slice(1, 7)].map((digit, i) =>
    sets[i] === 'B' ? [...runs(digit)].reverse().join('') : runs(digit),
  );
  const right = [...thirteen.slice(7)].map(runs);
  // Guards between and around keep dark and light in turn through the whole row.
  return modulesOf(`111${left.join('')}11111${right.join('')}111`);
}
