/** What the owner chooses for the whole shop, each change in the audit with what was before. */
import { holdsCardNumber } from '@/lib/card-number';
import {
  readSetting,
  SETTING_NAMES,
  type SettingName,
  type Settings,
  type SettingsChange,
} from '@/lib/settings';
import type { Desk } from './session';

export async function settingsNow({ settings }: Pick<Desk, 'settings'>): Promise<Settings> {
  const read = async (name: SettingName) =>
    [name, readSetting(name, (await settings?.get(name)) ?? null)] as const;
  return Object.fromEntries(await Promise.all(SETTING_NAMES.map(read))) as Settings;
}

type Change = Omit<SettingsChange, 'pin'>;
type Asking = {
  readonly by: string;
  /** On which paired device the owner stands; null on any other. */
  readonly device: string | null;
  /** What the outlet is called whose wallets change. */
  readonly outlet?: string | undefined;
};

export async function changeSettings(
  desk: Desk,
  change: Change,
  { by, device, outlet }: Asking,
): Promise<'changed' | { readonly refused: 'pair-first' | 'card-number' }> {
  const at = desk.now();
  // Else the owner would shut themselves out together with everybody else.
  if (change['paired-devices-only'] === true && device === null) return { refused: 'pair-first' };
  const { header = [], footer = [] } = change['receipt-text'] ?? {};
  if ([...header, ...footer].some(holdsCardNumber)) return { refused: 'card-number' };
  return desk.store.change(async (rights) => {
    for (const name of SETTING_NAMES) {
      const step = stepOf(name, change, await rights.setting(name));
      if (step === null || step.before === step.after) continue;
      const { kept, before, after } = step;
      await rights.putSetting({ key: name, value: kept, at, by });
      const where = name === 'outlet-wallets' && outlet !== undefined ? { outlet } : {};
      const detail = { did: 'setting-changed', setting: name, ...where, before, after };
      await rights.note({ at, actor: by, detail });
      if (change['paired-devices-only'] === true && name === 'paired-devices-only') {
        await rights.endUnpairedSessions(at);
      }
    }
    return 'changed' as const;
  });
}

/** What is kept from now on, and what the audit tells: of outlets the one that changes. */
type Step = { readonly kept: string; readonly before: string; readonly after: string };

function stepOf(name: SettingName, change: Change, text: string | null): Step | null {
  if (name === 'outlet-wallets') return outletStep(change[name], readSetting(name, text));
  const wanted = change[name];
  if (wanted === undefined) return null;
  const after = JSON.stringify(wanted);
  return { kept: after, before: JSON.stringify(readSetting(name, text)), after };
}

function outletStep(wish: Change['outlet-wallets'], own: Settings['outlet-wallets']): Step | null {
  if (wish === undefined) return null;
  const lists = new Map(Object.entries(own));
  const before = lists.get(wish.outlet) ?? null;
  if (wish.wallets === null) lists.delete(wish.outlet);
  else lists.set(wish.outlet, wish.wallets);
  const kept = JSON.stringify(Object.fromEntries(lists));
  return { kept, before: JSON.stringify(before), after: JSON.stringify(wish.wallets) };
}
