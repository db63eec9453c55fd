/**
 * Which language somebody reads, and how a sentence with holes becomes a sentence. This file never
 * guesses a language from a person's name, role or place; it reads what they or their browser said.
 */
import type { DESK } from './desk';
import type { DISPLAY } from './display';
import type { en } from './en';

export const LANGUAGES = ['en', 'zh-Hant', 'zh-Hans'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The cookie in which the choice is kept. */
export const LANGUAGE_COOKIE = 'language';
/** The customer's, on a screen that may stand in the same browser as the till. */
export const DISPLAY_LANGUAGE_COOKIE = 'display-language';

/** What every screen may say, and what only the desk and the customer's screen say. */
type Said = typeof en & { readonly [K in keyof typeof DESK]: (typeof DESK)[K][0] } & {
  readonly [K in keyof typeof DISPLAY]: (typeof DISPLAY)[K][0];
};
export type MessageKey = keyof Said;
export type TillMessages = Readonly<Record<keyof typeof en, string>>;
export type DisplayMessages = Readonly<Record<keyof typeof DISPLAY, string>> &
  Readonly<Partial<TillMessages>>;
export type Messages = Readonly<Record<MessageKey, string>>;

type Holes<S extends string> = S extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;
/** The holes of one message: `{seconds}` must be filled, and nothing else may be. */
export type Filling<K extends MessageKey> =
  Holes<Said[K]> extends never ? [] : [Readonly<Record<Holes<Said[K]>, Value>>];
type Value = string | number;
/** Sentences without a hole. */
export type PlainKey = { [K in MessageKey]: Filling<K> extends [] ? K : never }[MessageKey];

export const isLanguage = (text: string | null | undefined): text is Language =>
  LANGUAGES.some((language) => language === text);

/** The reader's own choice, else the browser's first wish that we speak, else English. */
export function chooseLanguage(
  chosen: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Language {
  if (isLanguage(chosen)) return chosen;
  const wishes = (acceptLanguage ?? '').split(',').map(readWish);
  const spoken = wishes.filter((wish) => wish.weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { tag } of spoken) {
    const language = speak(tag);
    if (language !== null) return language;
  }
  return 'en';
}

function readWish(part: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return { tag, weight: Number.isFinite(weight) ? weight : 0 };
}

function speak(tag: string): Language | null {
  const [base, ...rest] = tag.split('-');
  if (base === 'en') return 'en';
  if (base === 'yue') return rest.includes('hans') ? 'zh-Hans' : 'zh-Hant';
  if (base !== 'zh') return null;
  if (rest.includes('hant')) return 'zh-Hant';
  if (rest.includes('hans')) return 'zh-Hans';
  return rest.some((place) => place === 'hk' || place === 'mo' || place === 'tw')
    ? 'zh-Hant'
    : 'zh-Hans';
}

/** Puts values into the holes of a sentence; a hole without a value stays, to be seen. */
export function fill(sentence: string, values: Readonly<Record<string, Value>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
