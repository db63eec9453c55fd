/**
 * The tablets that belong to the shop, and who is signed in on what. A pairing code is shown once
 * to the owner, lives five minutes and is good for one tablet; of code and cookie only hashes stay.
 */
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { settingFrom } from '@/lib/settings';
import { type Desk, hashId } from './session';
import { countFailure, secondsBlocked } from './throttle';

/** Nothing that is read as something else: no 0 and O, no 1, I and L, no U. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;
const PAIRING_MS = 5 * 60_000;

/** A code that somebody reads on one screen and types on another. */
export const oneTimeCode = (length = CODE_LENGTH): string =>
  Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** As people type it: small letters, blanks and dashes mean nothing. */
const plainCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '');

/** A short code could be guessed from its bare hash, so the pepper goes into it. */
export const codeHash = ({ pinPepper }: Pick<Desk, 'pinPepper'>, code: string): string =>
  createHmac('sha256', pinPepper)
    .update(`code ${plainCode(code)}`)
    .digest('hex');

type By = { readonly by: string };

export async function beginPairing(
  desk: Desk,
  name: string,
  { by }: By,
): Promise<{ code: string; expiresAt: number }> {
  const code = oneTimeCode();
  const at = desk.now();
  const expiresAt = at + PAIRING_MS;
  await desk.store.change(async (rights) => {
    await rights.putPairing({ codeHash: codeHash(desk, code), name, madeBy: by, expiresAt });
    await rights.note({ at, actor: by, detail: { did: 'pairing-begun', device: name } });
  });
  return { code, expiresAt };
}

export type PairRefusal =
  | { readonly refused: 'pairing-code-wrong' }
  | { readonly refused: 'too-many-tries'; readonly seconds: number };

/** `secret` goes into the cookie of the tablet and is kept nowhere else. */
export async function pair(
  desk: Desk,
  { code, address }: { code: string; address: string },
): Promise<{ readonly secret: string; readonly name: string } | PairRefusal> {
  const key = `pair:${address}`;
  const seconds = await secondsBlocked(desk, [key]);
  if (seconds > 0) return { refused: 'too-many-tries', seconds };
  const secret = randomBytes(24).toString('base64url');
  const at = desk.now();
  const name = await desk.store.change(async (rights) => {
    const pairing = await rights.takePairing(codeHash(desk, code));
    if (pairing === null || pairing.expiresAt <= at) return null;
    const id = randomBytes(6).toString('hex');
    const { name: called, madeBy: pairedBy } = pairing;
    const times = { pairedAt: at, lastSeenAt: at, revokedAt: null };
    await rights.insertDevice({
      ...{ id, name: called, pairedBy, secretHash: hashId(secret) },
      ...times,
    });
    const detail = { did: 'device-paired', device: called, id };
    await rights.note({ at, actor: pairedBy, detail });
    return called;
  });
  if (name !== null) return { secret, name };
  await countFailure(desk, key);
  return { refused: 'pairing-code-wrong' };
}

export type DeviceRefusal = { readonly refused: 'not-found' | 'last-device' };

/** Whoever is signed in on it is out at once. */
export async function revokeDevice(
  desk: Desk,
  id: string,
  { by }: By,
): Promise<{ readonly name: string } | DeviceRefusal> {
  const at = desk.now();
  return desk.store.change(async (rights) => {
    const devices = await rights.devices();
    if (!devices.some((device) => device.id === id)) return { refused: 'not-found' } as const;
    const kept = { get: (key: string) => rights.setting(key) };
    // Nobody could ever sign in again.
    if (devices.length === 1 && (await settingFrom(kept, 'paired-devices-only'))) {
      return { refused: 'last-device' } as const;
    }
    const name = (await rights.revokeDevice(id, at)) ?? '';
    await rights.endSessionsOn(id, at);
    await rights.note({ at, actor: by, detail: { did: 'device-revoked', device: name, id } });
    return { name };
  });
}

/** False when there is no such open session. */
export async function endSession(desk: Desk, idHash: string, { by }: By): Promise<boolean> {
  const at = desk.now();
  return desk.store.change(async (rights) => {
    const session = await rights.session(idHash);
    if (session === null || session.endedAt !== null) return false;
    await rights.endSession(idHash, at);
    const detail = { did: 'session-ended', person: session.staffCode };
    await rights.note({ at, actor: by, detail });
    return true;
  });
}

/** Every session of one person; false when nobody has the code. */
export async function endSessionsOf(desk: Desk, code: string, { by }: By): Promise<boolean> {
  const at = desk.now();
  return desk.store.change(async (rights) => {
    if ((await rights.staffByCode(code)) === null) return false;
    await rights.endSessionsOf(code, at);
    await rights.note({ at, actor: by, detail: { did: 'sessions-ended', person: code } });
    return true;
  });
}
