/**
 * PINs are peppered with a key that is not in the database, then hashed slowly. Hashing is
 * rationed, so that a flood of sign-ins cannot starve a sale.
 */
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** How slow a hash is made. A shop takes COST; a row says by which it was made. */
export type Cost = { readonly N: number; readonly r: number; readonly p: number };
export const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
const MEMORY = 64 * 1024 * 1024;
const AT_ONCE = 2;
const QUEUE = 20;

let busy = 0;
const waiting: (() => void)[] = [];

/** `scrypt$N$r$p$salt$hash`, hex. Throws `Overloaded` when too many wait. */
export async function hashPin(pin: string, pepper: Buffer, cost = COST): Promise<string> {
  const salt = randomBytes(16);
  const hash = await slowHash(pin, { pepper, salt, ...cost });
  return [recipe(cost), salt.toString('hex'), hash.toString('hex')].join('$');
}

const recipe = ({ N, r, p }: Cost): string => ['scrypt', N, r, p].join('$');

/** Whether a row was made by another recipe than today's, and has to be made anew. */
export const isOldHash = (row: string, cost = COST): boolean => !row.startsWith(`${recipe(cost)}$`);

/** False for a wrong PIN and for a row that cannot be read. Throws `Overloaded`. */
export async function verifyPin(pin: string, row: string, pepper: Buffer): Promise<boolean> {
  const [kind, n, r, p, salt, hash] = row.split('$');
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const kept = Buffer.from(hash, 'hex');
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const made = await slowHash(pin, { pepper, salt: Buffer.from(salt, 'hex'), ...cost });
  return kept.length === made.length && timingSafeEqual(kept, made);
}

export class Overloaded extends Error {}

type Recipe = { pepper: Buffer; salt: Buffer; N: number; r: number; p: number };

async function slowHash(pin: string, { pepper, salt, ...cost }: Recipe): Promise<Buffer> {
  if (busy >= AT_ONCE && waiting.length >= QUEUE) throw new Overloaded();
  if (busy >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  try {
    const peppered = createHmac('sha256', pepper).update(pin).digest();
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(peppered, salt, 32, { ...cost, maxmem: MEMORY }, (fault, key) =>
        fault ? reject(fault) : resolve(key),
      );
    });
  } finally {
    // The place is handed over, not freed, so that nobody can slip in between.
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  }
}
