/** What is written into the audit chain is read by people: each kind of act has its words. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { actSentence } from '@/components/desk/staff/act-words';
import type { Say } from '@/components/ui/language';
import { WHOLE } from '@/lib/messages/dictionary';
import { fill, LANGUAGES, type Language, type MessageKey } from '@/lib/messages/language';
import { ROOT } from '../../../support/processes';

const sayIn = (language: Language) =>
  ((key: MessageKey, values?: Record<string, string | number>) =>
    fill(WHOLE[language][key] ?? key, values)) as Say;

/** As the server's sources write them. */
function actsInSource(): string[] {
  const server = path.join(ROOT, 'server');
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts') && !file.startsWith('simulator/'))
    .map((file) => readFileSync(path.join(server, file), 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(/\bdid: '([\w-]+)'/g)]);
  return [...new Set(found.map(([, did]) => did ?? ''))].sort();
}

test('every act that the server writes down has words in every language', () => {
  const acts = actsInSource();
  expect(acts).toContain('refund');
  expect(acts.length).toBeGreaterThan(20);
  for (const language of LANGUAGES) {
    const telling = { say: sayIn(language), amount: String };
    const bare = acts.filter(
      (did) => actSentence({ detail: { did, what: 'pin' } }, telling) === did,
    );
    expect([language, bare]).toEqual([language, []]);
  }
});

test('a settlement, a decision and an end of a shift say what they were', () => {
  const telling = { say: sayIn('en'), amount: (minor: number) => `HK$${minor}` };
  const said = (detail: Record<string, string | number>) => actSentence({ detail }, telling);
  expect(said({ did: 'settlement', amount: 5, how: 'cash' })).toBe(
    `Recorded HK$5 as given back: ${WHOLE.en['settle.by.cash']}`,
  );
  expect(said({ did: 'decide', choice: 'keep' })).toContain(WHOLE.en['choice.keep']);
  expect(said({ did: 'close-shift', number: 7, counter: 'B2' })).toBe(
    'Closed shift Z 7 at counter B2',
  );
  expect(said({ did: 'of-tomorrow' })).toBe('of-tomorrow');
});
