/** What the owner chooses for the whole shop, each change in the audit with what was before. */
import { readSetting, SETTING_NAMES, type SettingName, type Settings } from '@/lib/settings';
import type { Desk } from './session';

export async function settingsNow({ settings }: Pick<Desk, 'settings'>): Promise<Settings> {
  const read = async (name: SettingName) =>
    [name, readSetting(name, (await settings?.get(name)) ?? null)] as const;
  return Object.fromEntries(await Promise.all(SETTING_NAMES.map(read))) as Settings;
}

type Change = { readonly [N in SettingName]?: Settings[N] | undefined };

/** `device`: on which paired device the owner stands; null on any other. */
export async function changeSettings(
  desk: Desk,
  change: Change,
  { by, device }: { by: string; device: string | null },
): Promise<'changed' | { readonly refused: 'pair-first' }> {
  const at = desk.now();
  // Else the owner would shut themselves out together with everybody else.
  if (change['paired-devices-only'] === true && device === null) return { refused: 'pair-first' };
  return desk.store.change(async (rights) => {
    for (const name of SETTING_NAMES) {
      const wanted = change[name];
      if (wanted === undefined) continue;
      const before = JSON.stringify(readSetting(name, await rights.setting(name)));
      const after = JSON.stringify(wanted);
      if (before === after) continue;
      await rights.putSetting({ key: name, value: after, at, by });
      const detail = { did: 'setting-changed', setting: name, before, after };
      await rights.note({ at, actor: by, detail });
      if (name === 'paired-devices-only' && wanted === true) await rights.endUnpairedSessions(at);
    }
    return 'changed' as const;
  });
}
