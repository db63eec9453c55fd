/** The owner's choices where they touch the outlets: which till shows what, and whose it is. */
import type { ShopChoices } from '@/lib/contract-staff';
import { type Settings, type SettingsChange, walletsOf } from '@/lib/settings';
import type { Parts, Refusal } from './answers';
import { changeSettings, settingsNow } from './staff/choices';
import type { OpenedStore } from './store';

type Known = {
  readonly desk: Parts['desk'];
  readonly opened: Pick<OpenedStore, 'outlets'>;
};
type Choosing = Known & { readonly hub: Pick<Parts['hub'], 'refresh'> };
type Change = Omit<SettingsChange, 'pin'>;

/** Every open screen looks again at once, so that no till sells by what was. */
export async function choose(
  { desk, opened, hub }: Choosing,
  change: Change,
  by: { readonly by: string; readonly device: string | null },
): Promise<{ readonly settings: Settings } | Refusal> {
  const outlet = await outletOf({ opened }, change);
  if (outlet === null) return { refused: 'not-found' };
  const done = await changeSettings(desk, change, { ...by, outlet });
  if (done !== 'changed') return done;
  hub.refresh();
  return { settings: await settingsNow(desk) };
}

/** The name of the outlet that a change is about; null when there is none such. */
async function outletOf(
  { opened }: Pick<Known, 'opened'>,
  { 'outlet-wallets': wish }: Change,
): Promise<string | null | undefined> {
  if (wish === undefined) return undefined;
  return (await opened.outlets.list()).find(({ id }) => id === wish.outlet)?.name ?? null;
}

/** What every till has to know, whatever its counter: a tablet may be carried to another. */
export async function shopChoices({ desk, opened }: Known): Promise<ShopChoices> {
  const settings = await settingsNow(desk);
  const { 'pin-mode': pinMode, wallets, 'quick-amounts': quickAmounts } = settings;
  const counterWallets = await listsByCounter({ opened }, settings);
  return { pinMode, wallets, counterWallets, quickAmounts };
}

/** While there is one outlet there is one list, and nobody has to know of counters. */
async function listsByCounter(
  { opened }: Pick<Known, 'opened'>,
  settings: Settings,
): Promise<ShopChoices['counterWallets']> {
  if (Object.keys(settings['outlet-wallets']).length === 0) return {};
  const active = (await opened.outlets.list()).filter((outlet) => outlet.active);
  if (active.length < 2) return {};
  const counters = await opened.outlets.counters();
  const placed = counters.filter(({ outletId }) => active.some(({ id }) => id === outletId));
  return Object.fromEntries(
    placed.map(({ counter, outletId }) => [counter, walletsOf(settings, outletId)]),
  );
}
