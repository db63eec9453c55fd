import { describe, expect, test } from 'vitest';
import { CANVAS } from '@/app/colours';
import { THEMES } from '../../../tailwind.config';

/** Relative luminance and contrast, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['canvas', 'panel', 'raised'];
const MEANINGS = ['paid', 'unknown', 'stop', 'waiting'];
const onSurfaces = (ink: string) => SURFACES.map((surface) => [ink, surface] as const);
const PAIRS: readonly (readonly [ink: string, ground: string])[] = [
  ...['ink', 'ink-soft', 'accent', ...MEANINGS].flatMap(onSurfaces),
  ...MEANINGS.map((meaning) => [meaning, `${meaning}-wash`] as const),
  ...MEANINGS.flatMap((meaning) => [
    ['ink', `${meaning}-wash`] as const,
    ['ink-soft', `${meaning}-wash`] as const,
  ]),
  ['ink', 'accent-wash'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-press'],
  ['paid-ink', 'paid-fill'],
];

describe.each(['light', 'dark'] as const)('the %s colours', (name) => {
  const theme = THEMES[name];
  const of = (token: string): string => theme[token] ?? `no token ${token}`;

  test('can be read: 4.5 to 1 wherever words stand on them', () => {
    const faint = PAIRS.filter(([ink, ground]) => !(contrast(of(ink), of(ground)) >= 4.5));
    expect(faint).toEqual([]);
  });

  test('are neither pure white nor pure black', () => {
    const pure = SURFACES.filter((surface) => /^#(f{6}|0{6})$/.test(of(surface)));
    expect(pure).toEqual([]);
  });
});

test('both themes give a value to the same names', () => {
  expect(Object.keys(THEMES.dark).sort()).toEqual(Object.keys(THEMES.light).sort());
});

test('the measure is WCAG’s: black on white is 21, grey #767676 on white just passes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test('what a browser draws round a page has the colour of the canvas', () => {
  const canvas = { light: THEMES.light.canvas, dark: THEMES.dark.canvas };
  expect(CANVAS).toEqual(canvas);
});
