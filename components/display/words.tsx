'use client';
/**
 * The customer's language: three buttons, kept on this screen and nowhere else, so that the till in
 * the same browser keeps its own. All three dictionaries are here: no network is asked for words.
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { Reader, type Say, sayWith, useReading } from '@/components/ui/language';
import { OWN_NAME } from '@/components/ui/language-switch';
import { keepPreference } from '@/components/ui/preference';
import {
  DISPLAY_LANGUAGE_COOKIE,
  type DisplayMessages,
  LANGUAGES,
  type Language,
} from '@/lib/messages/language';

export type Dictionaries = Readonly<Record<Language, DisplayMessages>>;
type Speech = {
  readonly language: Language;
  readonly choose: (language: Language) => void;
  readonly says: Readonly<Record<Language, Say>>;
};

const Speak = createContext<Speech | null>(null);

type Props = {
  readonly first: Language;
  readonly words: Dictionaries;
  readonly children: ReactNode;
};

export function CustomersWords({ first, words, children }: Props) {
  const [language, setLanguage] = useState(first);
  useEffect(() => {
    // Han characters are drawn as each place writes them.
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      choose(chosen) {
        keepPreference(DISPLAY_LANGUAGE_COOKIE, chosen);
        setLanguage(chosen);
      },
      says: {
        en: sayWith(words.en),
        'zh-Hant': sayWith(words['zh-Hant']),
        'zh-Hans': sayWith(words['zh-Hans']),
      },
    }),
    [language, words],
  );
  return (
    <Speak value={speech}>
      <Reader language={language} messages={words[language]}>
        {children}
      </Reader>
    </Speak>
  );
}

function useSpeech(): Speech {
  const speech = useContext(Speak);
  if (speech === null) throw new Error('No CustomersWords around this part');
  return speech;
}

/** The same sentence in the two other languages, small: whoever reads them need not search. */
export function AlsoSaid({ sentence }: { readonly sentence: (say: Say) => string }) {
  const { language, says } = useSpeech();
  const others = LANGUAGES.filter((other) => other !== language);
  return (
    <div className="flex flex-col gap-1 text-lead">
      {others.map((other) => (
        <p key={other} lang={other}>
          {sentence(says[other])}
        </p>
      ))}
    </div>
  );
}

export function LanguageButtons() {
  const { say } = useReading();
  const { language, choose } = useSpeech();
  return (
    <fieldset className="flex flex-wrap gap-2" aria-label={say('display.language')}>
      {LANGUAGES.map((option) => (
        <button
          key={option}
          type="button"
          lang={option}
          aria-pressed={option === language}
          onClick={() => choose(option)}
          className={`${BUTTON} ${option === language ? CHOSEN : OTHER}`}
        >
          {OWN_NAME[option]}
        </button>
      ))}
    </fieldset>
  );
}

const BUTTON =
  'min-h-touch rounded-small border-2 px-4 text-lead font-semibold whitespace-nowrap ' +
  'transition-colors duration-press';
const CHOSEN = 'border-accent bg-accent-wash text-ink';
const OTHER = 'border-line bg-raised text-ink-soft active:bg-line';
