'use client';
import { useRouter } from 'next/navigation';
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/lib/messages/language';
import { useReading } from './language';
import { keepPreference } from './preference';

/** Each language in its own words, so that nobody has to read another to find theirs. */
export const OWN_NAME: Record<Language, string> = {
  en: 'English',
  'zh-Hant': '繁體中文',
  'zh-Hans': '简体中文',
};

export function LanguageSwitch() {
  const { language, say } = useReading();
  const router = useRouter();
  return (
    <select
      aria-label={say('language.label')}
      className="min-h-touch bg-transparent px-2 text-body font-semibold text-ink-soft"
      value={language}
      onChange={(event) => {
        keepPreference(LANGUAGE_COOKIE, event.target.value);
        router.refresh();
      }}
    >
      {LANGUAGES.map((option) => (
        <option key={option} value={option} lang={option} className="bg-raised text-ink">
          {OWN_NAME[option]}
        </option>
      ))}
    </select>
  );
}
