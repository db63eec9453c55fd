/** The whole dictionary of one language; for the server and for tests, not for a tablet. */
import { DESK } from './desk';
import { en } from './en';
import {
  LANGUAGES,
  type Language,
  type MessageKey,
  type Messages,
  type TillMessages,
} from './language';
import { zhHans } from './zh-Hans';
import { zhHant } from './zh-Hant';

/** What the till, the display and the doors say. */
export const TILL: Readonly<Record<Language, TillMessages>> = {
  en,
  'zh-Hant': zhHant,
  'zh-Hans': zhHans,
};

type DeskMessages = Readonly<Record<keyof typeof DESK, string>>;

function deskMessages(language: Language): DeskMessages {
  const column = LANGUAGES.indexOf(language);
  const sentences = Object.entries(DESK).map(([key, said]) => [key, said[column]]);
  return Object.fromEntries(sentences) as DeskMessages;
}

/** What the desk says as well. */
export const WHOLE: Readonly<Record<Language, Messages>> = {
  en: { ...TILL.en, ...deskMessages('en') },
  'zh-Hant': { ...TILL['zh-Hant'], ...deskMessages('zh-Hant') },
  'zh-Hans': { ...TILL['zh-Hans'], ...deskMessages('zh-Hans') },
};

/** Every sentence in each of these languages, one behind the other; what is alike is said once. */
export function sideBySide(languages: readonly Language[]): Messages {
  const said = (key: MessageKey) => new Set(languages.map((language) => WHOLE[language][key]));
  const keys = Object.keys(WHOLE.en) as MessageKey[];
  return Object.fromEntries(keys.map((key) => [key, [...said(key)].join(' ')])) as Messages;
}
