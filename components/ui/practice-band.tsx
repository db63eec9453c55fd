import { LANGUAGES, type Language } from '@/lib/messages/language';
import { PRACTICE_BAND } from '@/lib/messages/practice-band';

/**
 * Nobody takes a shop for practice for a real one: striped, in the colour of doubt, above whatever
 * covers the screen. The reader's language comes first and is the only one where room is short.
 */
export function PracticeBand({ language }: { readonly language: Language }) {
  const others = LANGUAGES.filter((other) => other !== language);
  return (
    <aside
      aria-label={PRACTICE_BAND[language]}
      data-testid="practice-band"
      className="bg-practice fixed inset-x-0 top-0 z-30 flex h-band items-center justify-center print:hidden"
    >
      <p className="flex gap-x-4 bg-unknown-wash px-3 text-small font-semibold whitespace-nowrap text-unknown">
        <span>{PRACTICE_BAND[language]}</span>
        {others.map((other) => (
          <span key={other} lang={other} className="hidden tablet:inline">
            {PRACTICE_BAND[other]}
          </span>
        ))}
      </p>
    </aside>
  );
}
