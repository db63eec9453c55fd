/** What somebody did, as one sentence. What no rule knows is still shown, by its own name. */
import type { Say } from '@/components/ui/language';
import type { Role } from '@/lib/contract';
import { STAFF_ROLES } from '@/lib/contract';
import type { ActView } from '@/lib/contract-staff';
import { rightWord } from './rights';
import { settingSentence } from './setting-act';

export type Telling = { readonly say: Say; readonly amount: (minor: number) => string };

export function actSentence({ detail }: Pick<ActView, 'detail'>, telling: Telling): string {
  const { say, amount } = telling;
  const text = (name: string): string => String(detail[name] ?? '');
  const [person, device] = [text('person'), text('device')];
  switch (detail.did) {
    case 'staff-added':
      return say('act.staff-added', {
        person,
        name: text('name'),
        role: roleWord(text('role'), say),
      });
    case 'staff-changed':
      return changeSentence({ person, what: text('what') }, text, say);
    case 'pairing-begun':
    case 'device-paired':
    case 'device-revoked':
      return say(`act.${detail.did}`, { device });
    case 'display-paired':
    case 'display-revoked':
      return say(`act.${detail.did}`, { counter: text('counter') });
    case 'session-ended':
    case 'sessions-ended':
      return say(`act.${detail.did}`, { person });
    case 'setting-changed':
      return settingSentence(text, telling);
    case 'leave-given':
      return say('act.leave-given', { person, right: rightWord(text('may'), say) });
    case 'charge':
    case 'refund':
      return say(`act.${detail.did}`, { amount: amount(Number(detail.amount)) });
    case 'receipt':
      return say('act.receipt', { number: Number(detail.number) });
    case 'override':
      return say('act.override');
    default:
      return say('act.other', { did: text('did') });
  }
}

type Text = (name: string) => string;
type Change = { readonly person: string; readonly what: string };

function changeSentence({ person, what }: Change, text: Text, say: Say): string {
  const [before, after] = [text('before'), text('after')];
  switch (what) {
    case 'name':
      return say('act.name', { person, before, after });
    case 'role':
      return say('act.role', {
        person,
        before: roleWord(before, say),
        after: roleWord(after, say),
      });
    case 'pin':
    case 'disabled':
    case 'enabled':
      return say(`act.${what}`, { person });
    case 'own-pin':
      return say('act.own-pin');
    default:
      return say('act.other', { did: what });
  }
}

function roleWord(role: string, say: Say): string {
  const known = STAFF_ROLES.find((one): one is Role => one === role);
  return known === undefined ? role : say(`role.${known}`);
}
