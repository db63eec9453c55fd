/**
 * Which outlet it is about: the one that the configuration names, the one in which a counter
 * stands, and those to which a person is limited. While there is one, nobody has to know.
 */
import type { Refusal } from './answers';
import type { Person } from './staff/sign-in';
import type { OpenedStore } from './store';

type Configured = { readonly mchid: string | null; readonly name: string };
type Making = { readonly newId: () => string; readonly now: number };

/**
 * At every start: a shop with one outlet is what its configuration says. Once there are several the
 * table decides, and the answer is a sentence for the operator where the two disagree.
 */
export async function openOutlets(
  { outlets }: Pick<OpenedStore, 'outlets'>,
  { mchid, name }: Configured,
  { newId, now }: Making,
): Promise<string | null> {
  const known = await outlets.list();
  if (known.some((outlet) => outlet.mchid === mchid && outlet.active)) return null;
  const [first] = known;
  if (known.length > 1) return mchid === null ? null : MCHID_OF_NOBODY;
  if (first !== undefined && !(await outlets.hasPayments(first))) {
    await outlets.change({ ...first, mchid, active: true }, null);
    return null;
  }
  // Old payments keep the mchid that took them, or none.
  if (first !== undefined) await outlets.change({ ...first, active: false }, null);
  await outlets.insert({ id: newId(), name, mchid, active: true, createdAt: now }, null);
  return null;
}

const MCHID_OF_NOBODY =
  'QFPAY_MCHID is of no outlet in business: the outlets in the settings are used instead.';

/** Whose mchid a charge at this counter bears, or why it may not be made there. */
export async function outletOfCounter(
  { opened }: { readonly opened: Pick<OpenedStore, 'outlets'> },
  counter: string,
  person: Person,
): Promise<{ readonly outlet: string | null } | Refusal> {
  const active = (await opened.outlets.list()).filter((outlet) => outlet.active);
  const [only] = active;
  const place = active.length > 1 ? await opened.outlets.ofCounter(counter) : only?.id;
  const outlet = active.find(({ id }) => id === place);
  if (outlet === undefined) return { refused: 'counter-without-outlet', extra: { counter } };
  const mine = person.outlets ?? null;
  return mine === null || mine.includes(outlet.mchid)
    ? { outlet: outlet.mchid }
    : { refused: 'counter-elsewhere', extra: { counter } };
}

/** The person with the outlets to which they are limited; an owner is to none. */
export async function placed(
  { opened }: { readonly opened: Pick<OpenedStore, 'staffOutlets'> },
  person: Person,
): Promise<Person> {
  const { outlets: _, ...everywhere } = person;
  if (person.role === 'owner') return everywhere;
  const outlets = await opened.staffOutlets.ofStaff(person.code);
  return outlets === null ? everywhere : { ...everywhere, outlets };
}
