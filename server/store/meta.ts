import { prepared, type Session, type Slots } from './prepared';
import type { MetaRow } from './schema';
import type { SettingRow } from './schema-desk';

const byKey = prepared((words, slot: Slots<{ key: string }>) =>
  words.selectFrom('meta').select('value').where('key', '=', slot('key')),
);

const insert = prepared((words, slot: Slots<MetaRow>) =>
  words
    .insertInto('meta')
    .values({ key: slot('key'), value: slot('value') })
    .onConflict((conflict) => conflict.doNothing())
    .returning('value'),
);

const settingByKey = prepared((words, slot: Slots<{ key: string }>) =>
  words.selectFrom('setting').select('value').where('key', '=', slot('key')),
);

const upsert = prepared((words, slot: Slots<SettingRow>) =>
  words
    .insertInto('setting')
    .values({
      key: slot('key'),
      value: slot('value'),
      changed_at: slot('changed_at'),
      changed_by: slot('changed_by'),
    })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((it) => ({
        value: it.ref('excluded.value'),
        changed_at: it.ref('excluded.changed_at'),
        changed_by: it.ref('excluded.changed_by'),
      })),
    ),
);

/** Facts of the installation: said once, then true for good. */
export function createMeta(reader: Session, writer: Session) {
  const get = async (key: string): Promise<string | null> => {
    const [found] = await byKey(reader, { key });
    return found?.value ?? null;
  };
  /** The value of `key`; the first one to ask decides it with `make`. */
  const once = async (key: string, make: () => string): Promise<string> => {
    const known = await get(key);
    if (known !== null) return known;
    const [inserted] = await insert(writer, { key, value: make() });
    if (inserted !== undefined) return inserted.value;
    const [theirs] = await byKey(writer, { key });
    if (theirs === undefined) throw new Error(`meta ${key} could not be kept`);
    return theirs.value;
  };
  return {
    get,
    once,
    /** What every number of this installation begins with. */
    installationPrefix: (make: () => string) => once('installation-prefix', make),
  };
}

/** What the owner has chosen. Values are opaque text. */
export function createSettings(reader: Session, writer: Session) {
  return {
    get: async (key: string): Promise<string | null> => {
      const [found] = await settingByKey(reader, { key });
      return found?.value ?? null;
    },
    put: async (setting: { key: string; value: string; at: number; by: string }) => {
      const { key, value, at, by } = setting;
      await upsert(writer, { key, value, changed_at: at, changed_by: by });
    },
  };
}
