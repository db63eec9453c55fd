/** What somebody did, as one sentence. What no rule knows is still shown, by its own name. */
import type { Say } from '@/components/ui/language';
import type { Role } from '@/lib/contract';
import { STAFF_ROLES } from '@/lib/contract';
import type { ActView } from '@/lib/contract-staff';
import { CHOICES } from '@/lib/matters';
import { SETTLED_BY } from '@/lib/settlement';
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
    case 'picked-up':
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
    case 'open-shift':
      return say(`act.${detail.did}`);
    default:
      return deskSentence(text, telling);
  }
}

/** What was done at the desk: to shifts, outlets, and what a manager looks at. */
function deskSentence(text: Text, { say, amount }: Telling): string {
  const did = text('did');
  const [number, reason, name] = [text('number'), text('reason'), text('name')];
  switch (did) {
    case 'close-shift':
      return say('act.close-shift', { number, counter: text('counter') });
    case 'correct-shift':
      return say('act.correct-shift', { number, reason });
    case 'note':
      return say('act.note', { says: text('says') });
    case 'outlet-add':
    case 'outlet-change':
      return say(`act.${did}`, { name });
    case 'counter-outlet':
      return say('act.counter-outlet', { counter: text('counter') });
    case 'staff-outlets':
      return say('act.staff-outlets', { person: text('staff') });
    case 'settlement': {
      const how = SETTLED_BY.find((each) => each === text('how'));
      const word = how === undefined ? text('how') : say(`settle.by.${how}`);
      return say('act.settlement', { amount: amount(Number(text('amount'))), how: word });
    }
    case 'withdraw':
      return say('act.withdraw', { amount: amount(Number(text('amount'))) });
    case 'decide': {
      const choice = CHOICES.find((each) => each === text('choice'));
      const word = choice === undefined ? text('choice') : say(`choice.${choice}`);
      return say('act.decide', { choice: word });
    }
    case 'difference':
      return say('act.difference', { day: text('day'), reason });
    default:
      return say('act.other', { did });
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
