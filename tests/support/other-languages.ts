/** Finds, in what a screen says, a sentence of the dictionary in a language that it is not in. */
import { WHOLE } from '@/lib/messages/dictionary';
import { LANGUAGES, type Language } from '@/lib/messages/language';
import { trustWords } from '@/lib/messages/trust';

/** Of a sentence with holes so much must be its own words, or every text would fit it. */
const LETTERS = { en: 4, 'zh-Hant': 2, 'zh-Hans': 2 } as const;
/** So long a sentence is looked for inside a longer text as well. */
const LONG = { en: 12, 'zh-Hant': 6, 'zh-Hans': 6 } as const;
const letters = (text: string): number => (text.match(/\p{L}/gu) ?? []).length;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

type Foreign = {
  readonly whole: ReadonlySet<string>;
  readonly inside: readonly string[];
  readonly patterns: readonly RegExp[];
};

/** What the screens say, and what stands on a page of its own. */
const sentencesOf = (language: Language): string[] => [
  ...Object.values(WHOLE[language]),
  ...trustWords(language),
];

function foreignTo(language: Language): Foreign {
  const own = new Set(sentencesOf(language));
  const whole = new Set<string>();
  const inside: string[] = [];
  const patterns: RegExp[] = [];
  for (const other of LANGUAGES.filter((each) => each !== language)) {
    for (const sentence of sentencesOf(other)) {
      if (own.has(sentence)) continue;
      const pieces = sentence.split(/\{\w+\}/);
      if (pieces.length === 1) {
        whole.add(sentence);
        if (letters(sentence) >= LONG[other]) inside.push(sentence);
      } else if (letters(pieces.join('')) >= LETTERS[other]) {
        patterns.push(new RegExp(`^${pieces.map(escaped).join('.+')}$`, 'u'));
      }
    }
  }
  const ours = [...own].filter((sentence) => !sentence.includes('{'));
  return {
    whole,
    inside: inside.filter((sentence) => !ours.some((each) => each.includes(sentence))),
    patterns,
  };
}

/** A reader of one language: answers which of the texts are another language's. */
export function readerOf(language: Language): (texts: readonly string[]) => string[] {
  const { whole, inside, patterns } = foreignTo(language);
  const known = new Map<string, boolean>();
  const isForeign = (text: string): boolean =>
    whole.has(text) ||
    inside.some((sentence) => text.includes(sentence)) ||
    patterns.some((pattern) => pattern.test(text));
  return (texts) =>
    texts.filter((text) => {
      const foreign = known.get(text) ?? isForeign(text);
      known.set(text, foreign);
      return foreign;
    });
}
