/**
 * Bars of a Code 128 (ISO/IEC 15417), for pictures that tests show to the camera. Written from
 * the standard's table and used by tests alone: the till only ever reads them.
 */

/** Widths of bar, space, bar, space, bar, space for symbol values 0 to 105, and the stop. */
const WIDTHS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 ' +
  '221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 ' +
  '221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 ' +
  '212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 ' +
  '231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 ' +
  '231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 ' +
  '314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 ' +
  '112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 ' +
  '114131 311141 411131 211412 211214 211232'
).split(' ');
const STOP = '2331112';
const START_B = 104;
const START_C = 105;
const CODE_B = 100;

/** One entry a module, true for a bar. Digits go in pairs; an odd last digit, and text, as B. */
export function code128(text: string): boolean[] {
  const values = valuesOf(text);
  const check = values.reduce((sum, value, i) => sum + value * Math.max(i, 1), 0) % 103;
  return modulesOf([...values, check].map((value) => WIDTHS[value] ?? '').join('') + STOP);
}

function valuesOf(text: string): number[] {
  const asB = (part: string): number[] => [...part].map((c) => c.charCodeAt(0) - 32);
  if (!/^\d{2,}$/.test(text)) return [START_B, ...asB(text)];
  const pairs = (text.match(/\d\d/g) ?? []).map(Number);
  const odd = text.length % 2 === 1 ? [CODE_B, ...asB(text.slice(-1))] : [];
  return [START_C, ...pairs, ...odd];
}

/** Widths in turn dark and light, beginning dark, as modules. */
export const modulesOf = (widths: string): boolean[] =>
  [...widths].flatMap((width, i) => Array<boolean>(Number(width)).fill(i % 2 === 0));
