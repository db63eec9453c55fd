/** The whole dictionary of one language; for the server and for tests, not for a tablet. */
import { DESK } from './desk';
import { DISPLAY } from './display';
import { en } from './en';
import {
  type DisplayMessages,
  LANGUAGES,
  type Language,
  type MessageKey,
  type Messages,
  type TillMessages,
} from './language';
import { zhHans } from './zh-Hans';
import { zhHant } from './zh-Hant';

/** What the till and the doors say. */
export const TILL: Readonly<Record<Language, TillMessages>> = {
  en,
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
};

type Triples = Readonly<Record<string, readonly [string, string, string]>>;
type Column<T extends Triples> = Readonly<Record<keyof T, string>>;

function column<T extends Triples>(triples: T, language: Language): Column<T> {
  const place = LANGUAGES.indexOf(language);
  const sentences = Object.entries(triples).map(([key, said]) => [key, said[place]]);
  return Object.fromEntries(sentences) as Column<T>;
}

/** Of the till's words the customer's screen says these as well. */
const ALSO_AT_THE_DISPLAY = /^(wallet|environment)\./;

function displayMessages(language: Language): DisplayMessages {
  const till = Object.entries(TILL[language]).filter(([key]) => ALSO_AT_THE_DISPLAY.test(key));
  return { ...Object.fromEntries(till), ...column(DISPLAY, language) };
}

/** The customer's screen has all three at hand: it changes them at a touch, without a network. */
export const displayWords = (): Readonly<Record<Language, DisplayMessages>> => ({
  en: displayMessages('en'),
  'zh-Hant': displayMessages('zh-Hant'),
  'zh-Hans': displayMessages('zh-Hans'),
});

const whole = (language: Language): Messages => ({
  ...TILL[language],
  ...column(DESK, language),
  ...column(DISPLAY, language),
});

/** Everything that any screen says. */
export const WHOLE: Readonly<Record<Language, Messages>> = {
  en: whole('en'),
  'zh-Hant': whole('zh-Hant'),
  'zh-Hans': whole('zh-Hans'),
};

/** Every sentence in each of these languages, one behind the other; what is alike is said once. */
export function sideBySide(languages: readonly Language[]): Messages {
  const said = (key: MessageKey) => new Set(languages.map((language) => WHOLE[language][key]));
  const keys = Object.keys(WHOLE.en) as MessageKey[];
  return Object.fromEntries(keys.map((key) => [key, [...said(key)].join(' ')])) as Messages;
}
