/**
 * A language that nobody speaks and that takes more room than English: each sentence of the
 * dictionary grows by three tenths wherever it stands on a screen. What cuts it would cut the next
 * real language as well. Names and amounts are the shop's own and stay as they are.
 */
import type { Page } from 'playwright/test';
import { WHOLE } from '@/lib/messages/dictionary';

/** [sentence with holes cut out, the filled pieces between them kept] */
const PATTERNS: readonly (readonly string[])[] = Object.values(WHOLE.en)
  .map((sentence) => sentence.split(/\{\w+\}/))
  .filter((pieces) => /\p{L}{2}/u.test(pieces.join('')))
  // What says most in its own words is looked for first.
  .sort((a, b) => b.join('').length - a.join('').length);

/** Answers how many texts have grown, so that a test sees that there was something to see. */
export const speakPseudo = (page: Page): Promise<number> => page.evaluate(grow, PATTERNS);

/** Runs in the page. */
function grow(patterns: readonly (readonly string[])[]): number {
  const ACCENTS: Readonly<Record<string, string>> = {
    ...{ a: 'à', e: 'ë', i: 'î', o: 'ö', u: 'ü', A: 'Å', E: 'É', I: 'Ï', O: 'Ø', U: 'Û', y: 'ÿ' },
  };
  const longer = (text: string): string => {
    const accented = [...text].map((char) => ACCENTS[char] ?? char).join('');
    const words = accented.match(/\p{L}+/gu) ?? [];
    const missing = Math.ceil((text.match(/\p{L}/gu) ?? []).length * 0.3);
    let more = '';
    for (let place = 0; more.length < missing; place += 1) {
      more += ` ${words[place % Math.max(1, words.length)] ?? 'øø'}`;
    }
    // One long word grows as a word does: it cannot be broken either.
    return words.length === 1
      ? accented.replace(/\p{L}+/u, (word) => word + word.slice(0, missing))
      : accented + more.slice(0, Math.max(missing, 2)).trimEnd();
  };
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const known = patterns.map((pieces) => ({
    reads: new RegExp(`^${pieces.map(escaped).join('(.+?)')}$`, 'su'),
    pieces,
  }));
  const translated = (text: string): string | null => {
    for (const { reads, pieces } of known) {
      const found = reads.exec(text);
      if (found === null) continue;
      if (pieces.length === 1) return longer(text);
      const whole = pieces.map((piece, place) => piece + (found[place + 1] ?? '')).join('');
      const own = pieces.join(' ');
      const extra = longer(own).slice(own.length);
      return whole + extra;
    }
    return null;
  };
  let grown = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (/^(SCRIPT|STYLE)$/.test(node.parentElement?.tagName ?? '')) continue;
    const text = node.textContent ?? '';
    const next = translated(text.trim());
    if (next === null) continue;
    node.textContent = text.replace(text.trim(), () => next);
    // What a narrow place cuts is said in whole beside it, and grows with it.
    const parent = node.parentElement;
    if (parent?.title === text.trim()) parent.title = next;
    grown += 1;
  }
  return grown;
}
