/**
 * What an owner decides once for the whole shop: each setting, what it may be and what it is until
 * somebody says otherwise. Kept as JSON; what cannot be read counts as not set.
 */
import { z } from 'zod';
import { LARGEST_AMOUNT, type Role } from './contract';
import { COUNTER_WALLETS } from './wallets';

export const PIN_MODES = ['never', 'restricted', 'always'] as const;
export type PinMode = (typeof PIN_MODES)[number];

/** A cashier's screen locks after a quarter of an hour at the latest, whatever is set. */
export const LONGEST_IDLE_MINUTES = 15;
/** A manager may give money back, so a screen left open with that right locks sooner. */
const LONGEST_IDLE_OF_MANAGER = 5;

const TABLE = {
  /** Minor units; above it a second manager has to agree to a refund. Null: no limit. */
  'refund-limit': { schema: z.int().min(0).max(LARGEST_AMOUNT).nullable(), unset: null },
  /** Minutes after midnight: a shop that closes at two still counts to the day before. */
  'day-ends-at': { schema: z.int().min(0).max(720), unset: 0 },
  /** When a tablet that several people share asks for a PIN. */
  'pin-mode': { schema: z.enum(PIN_MODES), unset: 'never' },
  /** 0: the screen never locks by itself. */
  'idle-lock-minutes': { schema: z.int().min(0).max(LONGEST_IDLE_MINUTES), unset: 5 },
  /** Nobody signs in on a device that the owner has not paired. */
  'paired-devices-only': { schema: z.boolean(), unset: false },
  /** Whose tiles the till shows; what is scanned is taken as before. */
  wallets: {
    schema: z
      .array(z.enum(COUNTER_WALLETS))
      .min(1)
      .max(COUNTER_WALLETS.length)
      .refine((given) => new Set(given).size === given.length),
    unset: [...COUNTER_WALLETS],
  },
} as const satisfies Record<string, { readonly schema: z.ZodType; readonly unset: unknown }>;

export type SettingName = keyof typeof TABLE;
export type Settings = { readonly [N in SettingName]: z.infer<(typeof TABLE)[N]['schema']> };
export const SETTING_NAMES = Object.keys(TABLE) as readonly SettingName[];

/** What `text`, as it was kept, says; null: nothing was kept. */
export function readSetting<N extends SettingName>(name: N, text: string | null): Settings[N] {
  const { schema, unset } = TABLE[name];
  const kept = schema.safeParse(text === null ? undefined : parsed(text));
  return (kept.success ? kept.data : unset) as Settings[N];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One setting from whoever keeps them; `get` answers null for what was never set. */
export const settingFrom = async <N extends SettingName>(
  kept: { readonly get: (key: string) => Promise<string | null> },
  name: N,
): Promise<Settings[N]> => readSetting(name, await kept.get(name));

/** `PUT /api/settings`: any of them, and the owner's PIN. */
export const settingsChangeSchema = z.strictObject({
  'refund-limit': TABLE['refund-limit'].schema.optional(),
  'day-ends-at': TABLE['day-ends-at'].schema.optional(),
  'pin-mode': TABLE['pin-mode'].schema.optional(),
  'idle-lock-minutes': TABLE['idle-lock-minutes'].schema.optional(),
  'paired-devices-only': TABLE['paired-devices-only'].schema.optional(),
  wallets: TABLE.wallets.schema.optional(),
  pin: z.string().max(64).default(''),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** How long, in ms, nobody may touch a screen before it asks for a PIN; null: for ever. */
export function idleLimit(minutes: number, role: Role): number | null {
  if (minutes === 0) return null;
  const most = role === 'cashier' ? LONGEST_IDLE_MINUTES : LONGEST_IDLE_OF_MANAGER;
  return Math.min(minutes, most) * 60_000;
}
