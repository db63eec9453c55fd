/**
 * What an owner decides once for the whole shop: each setting, what it may be and what it is until
 * somebody says otherwise. Kept as JSON; what cannot be read counts as not set.
 */
import { z } from 'zod';
import { LARGEST_AMOUNT, type Role } from './contract';
import { LANGUAGES } from './messages/language';
import { LARGEST_KEYED } from './money';
import { COUNTER_WALLETS, type CounterWallet } from './wallets';

export const PIN_MODES = ['never', 'restricted', 'always'] as const;
export type PinMode = (typeof PIN_MODES)[number];

/** A cashier's screen locks after a quarter of an hour at the latest, whatever is set. */
const LONGEST_IDLE_MINUTES = 15;
/** A manager may give money back, so a screen left open with that right locks sooner. */
const LONGEST_IDLE_OF_MANAGER = 5;

/** More buttons than this would push the keys of the till away. */
export const MOST_QUICK_AMOUNTS = 12;
const MOST_RECEIPT_LANGUAGES = 2;
/** What a printer of 80 mm takes in one line, and what leaves the receipt short. */
export const RECEIPT_LINES = 4;
export const RECEIPT_LINE_LENGTH = 48;
const LONGEST_RECEIPT_DAYS = 400;

/** Nothing that a printer would take for a command, and no second line inside a line. */
export const isPrintable = (line: string): boolean => /^[^\p{C}\p{Zl}\p{Zp}]*$/u.test(line);

const eachOnce = (given: readonly unknown[]): boolean => new Set(given).size === given.length;
/** In the order of the tiles; a wallet that is not named is off. */
const walletList = z
  .array(z.enum(COUNTER_WALLETS))
  .min(1)
  .max(COUNTER_WALLETS.length)
  .refine(eachOnce);
const outletId = z.string().min(1).max(32);
const printedLine = z.string().trim().min(1).max(RECEIPT_LINE_LENGTH).refine(isPrintable);
const printedLines = z.array(printedLine).max(RECEIPT_LINES);

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
  /** Whose tiles the till shows, in this order; what is scanned is taken as before. */
  wallets: { schema: walletList, unset: [...COUNTER_WALLETS] },
  /** The same of one outlet, by its id; an outlet that is not named follows the shop. */
  'outlet-wallets': { schema: z.record(outletId, walletList), unset: {} },
  /** Amounts of one tap at the till, in minor units of the shop's currency, in this order. */
  'quick-amounts': {
    schema: z.array(z.int().min(1).max(LARGEST_KEYED)).max(MOST_QUICK_AMOUNTS).refine(eachOnce),
    unset: [],
  },
  /** What staff read where a browser has chosen nothing. Null: what the browser asks for. */
  'staff-language': { schema: z.enum(LANGUAGES).nullable(), unset: null },
  /** One, or two side by side, whatever the staff read. */
  'receipt-languages': {
    schema: z.array(z.enum(LANGUAGES)).min(1).max(MOST_RECEIPT_LANGUAGES).refine(eachOnce),
    unset: ['zh-Hant', 'en'],
  },
  /** What screens for the customer say. Null: what the device that shows them asks for. */
  'customer-language': { schema: z.enum(LANGUAGES).nullable(), unset: null },
  /** Above and below the figures of a receipt; without a header the shop's name stands there. */
  'receipt-text': {
    schema: z.strictObject({ header: printedLines, footer: printedLines }),
    unset: { header: [], footer: [] },
  },
  /** How long a customer can read the receipt on the phone, in days after paying. */
  'receipt-days': { schema: z.int().min(1).max(LONGEST_RECEIPT_DAYS), unset: 30 },
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
  /** One outlet at a time; null: it follows the shop again. */
  'outlet-wallets': z.strictObject({ outlet: outletId, wallets: walletList.nullable() }).optional(),
  'quick-amounts': TABLE['quick-amounts'].schema.optional(),
  'staff-language': TABLE['staff-language'].schema.optional(),
  'receipt-languages': TABLE['receipt-languages'].schema.optional(),
  'customer-language': TABLE['customer-language'].schema.optional(),
  'receipt-text': TABLE['receipt-text'].schema.optional(),
  'receipt-days': TABLE['receipt-days'].schema.optional(),
  pin: z.string().max(64).default(''),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** The tiles of an outlet: its own list, else the shop's. */
export const walletsOf = (
  { wallets, 'outlet-wallets': own }: Pick<Settings, 'wallets' | 'outlet-wallets'>,
  outlet: string | null,
): readonly CounterWallet[] =>
  outlet !== null && Object.hasOwn(own, outlet) ? (own[outlet] ?? wallets) : wallets;

/** How long, in ms, nobody may touch a screen before it asks for a PIN; null: for ever. */
export function idleLimit(minutes: number, role: Role): number | null {
  if (minutes === 0) return null;
  const most = role === 'cashier' ? LONGEST_IDLE_MINUTES : LONGEST_IDLE_OF_MANAGER;
  return Math.min(minutes, most) * 60_000;
}
