/** A change of a setting as one sentence: what it was, and what it is, in the reader's words. */
import type { Say } from '@/components/ui/language';
import { OWN_NAME } from '@/components/ui/language-switch';
import { isLanguage } from '@/lib/messages/language';
import { SETTING_NAMES, type SettingName } from '@/lib/settings';
import { COUNTER_WALLETS } from '@/lib/wallets';

type Telling = { readonly say: Say; readonly amount: (minor: number) => string };
type Text = (name: string) => string;

export function settingSentence(text: Text, telling: Telling): string {
  const { say } = telling;
  const name = SETTING_NAMES.find((known) => known === text('setting'));
  const setting = name === undefined ? text('setting') : say(`settings.${name}`);
  const shown = (kept: string): string =>
    (name === undefined ? null : wordsOf(name, parsed(kept), telling)) ?? plain(kept);
  const [before, after, outlet] = [shown(text('before')), shown(text('after')), text('outlet')];
  return outlet === ''
    ? say('act.setting-changed', { setting, before, after })
    : say('act.setting-of-outlet', { setting, outlet, before, after });
}

/** Null: the words below do not know such a value, and it is shown as it was kept. */
function wordsOf(name: SettingName, value: unknown, { say, amount }: Telling): string | null {
  if (typeof value === 'boolean') return say(value ? 'settings.on' : 'settings.off');
  switch (name) {
    case 'refund-limit':
      if (value === null) return say('settings.no-limit');
      return typeof value === 'number' ? amount(value) : null;
    case 'quick-amounts':
      return listed(value, say, (one) => (typeof one === 'number' ? amount(one) : null));
    case 'wallets':
    case 'outlet-wallets':
      return value === null ? say('settings.as-shop') : listed(value, say, walletWord(say));
    case 'staff-language':
    case 'customer-language':
      return value === null ? say('settings.as-device') : languageWord(value);
    case 'receipt-languages':
      return listed(value, say, languageWord);
    case 'receipt-days':
      return typeof value === 'number' ? say('settings.days', { count: value }) : null;
    case 'receipt-text':
      return listed(linesOf(value), say, (line) => (typeof line === 'string' ? line : null));
    default:
      return null;
  }
}

type WordOf = (one: unknown) => string | null;

function listed(value: unknown, say: Say, wordOf: WordOf): string | null {
  if (!Array.isArray(value)) return null;
  return value.length === 0
    ? say('settings.nothing')
    : value.map((one: unknown) => wordOf(one) ?? String(one)).join(', ');
}

const walletWord =
  (say: Say): WordOf =>
  (value) => {
    const known = COUNTER_WALLETS.find((wallet) => wallet === value);
    return known === undefined ? null : say(`wallet.${known}`);
  };

const languageWord: WordOf = (value) =>
  typeof value === 'string' && isLanguage(value) ? OWN_NAME[value] : null;

function linesOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const { header, footer } = value as { header?: unknown; footer?: unknown };
  return Array.isArray(header) && Array.isArray(footer) ? [...header, ...footer] : null;
}

const plain = (kept: string): string => kept.replace(/["[\]]/g, '').replaceAll(',', ', ');

function parsed(kept: string): unknown {
  try {
    return JSON.parse(kept);
  } catch {
    return undefined;
  }
}
