/**
 * The tokens of the house: every colour, size and duration on a screen has its value here and
 * nowhere else. A theme is a set of values for the same names, so no component knows of two.
 */
import type { Config } from 'tailwindcss';
import plugin from 'tailwindcss/plugin';

const LIGHT = {
  canvas: '#e9eeec',
  panel: '#f4f7f6',
  raised: '#fcfdfc',
  line: '#cdd7d4',
  ink: '#13201d',
  'ink-soft': '#4a5b57',
  'ink-faint': '#93a29e',
  accent: '#0a6761',
  'accent-press': '#074f4a',
  'accent-wash': '#d8ebe8',
  'accent-ink': '#f3fbfa',
  paid: '#12703a',
  'paid-wash': '#d9efe1',
  'paid-fill': '#12703a',
  'paid-ink': '#f2fbf5',
  unknown: '#805100',
  'unknown-wash': '#fbe8c3',
  stop: '#ab231c',
  'stop-wash': '#f8dedb',
  waiting: '#1b5a9f',
  'waiting-wash': '#dbe8f7',
  alipay: '#2d6bd6',
  wechat: '#5f9a2f',
  unionpay: '#8b2f4a',
  payme: '#d23f6d',
  fps: '#4a4fae',
  octopus: '#d9742a',
} as const;

const DARK: Record<keyof typeof LIGHT, string> = {
  canvas: '#0f1615',
  panel: '#161f1d',
  raised: '#1e2927',
  line: '#31403d',
  ink: '#e5edeb',
  'ink-soft': '#a7b7b3',
  'ink-faint': '#667672',
  accent: '#55bdb2',
  'accent-press': '#7bd0c7',
  'accent-wash': '#17332f',
  'accent-ink': '#06211d',
  paid: '#63cf8f',
  'paid-wash': '#123020',
  'paid-fill': '#14532d',
  'paid-ink': '#e4f8ec',
  unknown: '#efb84f',
  'unknown-wash': '#352a0f',
  stop: '#f48f87',
  'stop-wash': '#3b1b19',
  waiting: '#83b7f0',
  'waiting-wash': '#15293f',
  alipay: '#5d93f0',
  wechat: '#86c356',
  unionpay: '#cf6f8c',
  payme: '#ee6f97',
  fps: '#8f94ea',
  octopus: '#ef9a5c',
};

export const THEMES: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>> = {
  light: LIGHT,
  dark: DARK,
};

const values = (theme: Record<string, string>, scheme: 'light' | 'dark') => ({
  ...Object.fromEntries(Object.entries(theme).map(([name, value]) => [`--${name}`, value])),
  'color-scheme': scheme,
});

const colors = Object.fromEntries(Object.keys(LIGHT).map((name) => [name, `var(--${name})`]));

/** From these widths on, of text in its usual size. */
const SCREENS = { tablet: 44, wide: 64 } as const;
/** What a reader may have chosen: as much text as on a narrower screen, set larger. */
const LARGER = { 'text-125': 1.25, 'text-150': 1.5, 'text-200': 2 } as const;

/**
 * A browser measures a page's width by its own size of text, not by ours: so each larger size has
 * widths of its own. `:where` keeps every rule as weak as it was.
 */
const from = (width: number): string[] => {
  const usual = `:where(:root:not(${Object.keys(LARGER).map((name) => `.${name}`)})) &`;
  return [
    `@media (width >= ${width}rem) { ${usual} }`,
    ...Object.entries(LARGER).map(
      ([name, times]) => `@media (width >= ${width * times}rem) { :where(:root.${name}) & }`,
    ),
  ];
};

/** 16 px is 1 rem, so that somebody who enlarges the browser's text enlarges the till. */
const rem = (px: number): string => `${px / 16}rem`;

const CHINESE = {
  hant:
    "'PingFang HK', 'Noto Sans HK', 'Noto Sans CJK HK', 'Microsoft JhengHei', 'PingFang TC', " +
    "'Noto Sans CJK TC'",
  hans: "'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei'",
};
const LATIN = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial";

const config: Config = {
  content: [],
  theme: {
    // Ours are variants, below.
    screens: {},
    colors: {
      ...colors,
      transparent: 'transparent',
      current: 'currentColor',
      inherit: 'inherit',
      // A QR is black on white in every theme: cameras count on it.
      'qr-ink': '#000000',
      'qr-paper': '#ffffff',
    },
    spacing: {
      0: '0',
      px: '1px',
      1: rem(4),
      2: rem(8),
      3: rem(12),
      4: rem(16),
      6: rem(24),
      8: rem(32),
      12: rem(48),
      16: rem(64),
      touch: rem(56),
      key: rem(72),
      /** A wallet's tile on a counter tablet. */
      tile: rem(88),
      /** The sections beside the desk. */
      rail: rem(104),
      /** What stands beside a QR. */
      aside: rem(320),
      /** A QR beside something else, near enough to be read from a hand. */
      code: rem(144),
      /** A detail beside its list. */
      beside: rem(440),
      /** The height of the loudest figure, kept while a longer one is set smaller. */
      loud: rem(104),
      /** Two rows of quick amounts; a third has to be scrolled to, or it would push keys away. */
      quick: rem(128),
      /** The keypad pane in landscape; it never moves. */
      pane: rem(420),
      /** A sentence is read best up to here. */
      prose: rem(560),
      form: rem(360),
      /** The paper of a receipt printer of 80 mm, less its margins. */
      slip: '72mm',
      full: '100%',
      /** The band across the top of a shop for practice; nothing elsewhere. */
      band: 'var(--band)',
      screen: 'calc(100dvh - var(--band))',
    },
    fontSize: {
      small: [rem(14), { lineHeight: rem(20) }],
      body: [rem(16), { lineHeight: rem(24) }],
      lead: [rem(20), { lineHeight: rem(28) }],
      head: [rem(28), { lineHeight: rem(36) }],
      figure: [rem(40), { lineHeight: rem(48) }],
      amount: [rem(64), { lineHeight: rem(72) }],
      loud: [rem(96), { lineHeight: rem(104) }],
    },
    fontFamily: { sans: [`${LATIN}, var(--chinese), sans-serif`] },
    borderRadius: { none: '0', small: rem(8), large: rem(16), full: '9999px' },
    borderWidth: { DEFAULT: '1px', 0: '0', 2: '2px', 4: '4px' },
    transitionDuration: { DEFAULT: '120ms', press: '120ms', paid: '240ms' },
    transitionTimingFunction: { DEFAULT: 'ease-out', out: 'ease-out' },
    maxWidth: {
      prose: rem(560),
      form: rem(360),
      pane: rem(420),
      /** Two panes of a dialog. */
      pair: rem(880),
      qr: 'min(36rem, 80vw, 56dvh)',
      /** On the customer's screen. */
      'far-qr': 'min(48rem, 84vw, 68dvh)',
      name: rem(140),
      full: '100%',
    },
    extend: {
      backgroundImage: {
        practice:
          'repeating-linear-gradient(-45deg, var(--unknown-wash) 0 12px, ' +
          'var(--unknown) 12px 24px)',
      },
      animation: {
        paid: 'arrive 240ms ease-out',
        refuse: 'refuse 120ms ease-out 2',
      },
      keyframes: {
        arrive: { from: { opacity: '0', transform: 'scale(0.985)' } },
        refuse: {
          '25%': { transform: `translateX(${rem(4)})` },
          '75%': { transform: `translateX(-${rem(4)})` },
        },
      },
    },
  },
  plugins: [
    plugin(({ addBase, addVariant }) => {
      for (const [name, width] of Object.entries(SCREENS)) addVariant(name, from(width));
      // The mirror image, where things stand beside each other.
      addVariant('mirrored', ':where(:root.keys-right) &');
      addBase({
        // Paper has a size of its own.
        '@media screen': Object.fromEntries(
          Object.entries(LARGER).map(([name, times]) => [
            `:root.${name}`,
            { fontSize: `${times * 100}%` },
          ]),
        ),
        ':root': { ...values(LIGHT, 'light'), '--chinese': CHINESE.hant, '--band': '0px' },
        '@media not print': { ':root.practice': { '--band': rem(24) } },
        '@media (prefers-color-scheme: dark)': { ':root:not(.light)': values(DARK, 'dark') },
        ':root.dark': values(DARK, 'dark'),
        ':root:lang(zh-Hans)': { '--chinese': CHINESE.hans },
      });
    }),
  ],
};

export default config;
