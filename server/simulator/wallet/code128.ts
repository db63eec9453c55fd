/**
 * Code 128 as wallets draw it: digits in pairs (start C), with quiet zones (ISO/IEC 15417). An odd
 * last digit is written in set B. Nothing but digits is drawn.
 */
const PATTERNS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 ' +
  '122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 ' +
  '321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 ' +
  '211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 ' +
  '213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 ' +
  '121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 ' +
  '241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 ' +
  '412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 ' +
  '211214 211232 2331112'
).split(' ');
const START_C = 105;
const TO_SET_B = 100;
const STOP = 106;
/** Ten modules on either side are the least a reader may ask for. */
const QUIET = 12;

/** The symbol values with start, check and stop. Throws on anything but digits. */
export function code128Symbols(digits: string): readonly number[] {
  if (!/^\d{2,}$/.test(digits)) throw new RangeError('only digits are drawn');
  const even = digits.length - (digits.length % 2);
  const values = [START_C];
  for (let index = 0; index < even; index += 2) values.push(Number(digits.slice(index, index + 2)));
  if (even < digits.length) values.push(TO_SET_B, digits.charCodeAt(even) - 32);
  const check = values.reduce((sum, value, place) => sum + value * Math.max(place, 1), 0) % 103;
  return [...values, check, STOP];
}

/** A scalable picture, one unit per module, dark on white. */
export function code128Svg(digits: string, height = 40): string {
  let x = QUIET;
  const bars: string[] = [];
  for (const symbol of code128Symbols(digits)) {
    for (const [index, width] of [...(PATTERNS[symbol] ?? '')].map(Number).entries()) {
      if (index % 2 === 0) bars.push(`M${x} 0h${width}v${height}h-${width}z`);
      x += width;
    }
  }
  const width = x + QUIET;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
    `preserveAspectRatio="none" shape-rendering="crispEdges">` +
    `<rect width="${width}" height="${height}" fill="#fff"/>` +
    `<path d="${bars.join('')}" fill="#000"/></svg>`
  );
}
