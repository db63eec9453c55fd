/**
 * The customers' screens. One that nobody knows is given a secret and a code that it shows; who is
 * signed in types the code at a till, and from then on the secret opens that counter's display
 * doors and no other. Of code and secret only hashes stay.
 */
import { randomBytes } from 'node:crypto';
import { codeHash, oneTimeCode } from './devices';
import type { DisplayRow } from './ports';
import { type Desk, hashId } from './session';
import { countFailure, secondsBlocked } from './throttle';

const CODE_LENGTH = 6;
const CODE_MS = 5 * 60_000;
/** Screens that wait at a time: whoever knocks without end pushes out the oldest. */
const MOST_WAITING = 20;
const TOUCH_MS = 60_000;

export type BegunDisplay = {
  readonly code: string;
  /** Goes into the cookie of the screen and is kept nowhere else. */
  readonly secret: string;
  readonly expiresAt: number;
};

/** `before`: the secret that the screen came with; its code counts no more. */
export async function beginDisplay(desk: Desk, before: string | undefined): Promise<BegunDisplay> {
  const secret = randomBytes(24).toString('base64url');
  const at = desk.now();
  const expiresAt = at + CODE_MS;
  return desk.store.change(async (rights) => {
    const own = hashId(before ?? '');
    await rights.tidyDisplayCodes({ at, secretHash: own, keep: MOST_WAITING - 1 });
    for (;;) {
      const code = oneTimeCode(CODE_LENGTH);
      const row = { codeHash: codeHash(desk, code), secretHash: hashId(secret), expiresAt };
      if (await rights.putDisplayCode(row)) return { code, secret, expiresAt };
    }
  });
}

export type DisplayRefusal =
  | { readonly refused: 'display-code-wrong' }
  | { readonly refused: 'too-many-tries'; readonly seconds: number };
type By = { readonly by: string };

export async function pairDisplay(
  desk: Desk,
  { code, counter }: { readonly code: string; readonly counter: string },
  { by }: By,
): Promise<{ readonly id: string; readonly counter: string } | DisplayRefusal> {
  const key = `display:${by}`;
  const seconds = await secondsBlocked(desk, [key]);
  if (seconds > 0) return { refused: 'too-many-tries', seconds };
  const at = desk.now();
  const id = randomBytes(6).toString('hex');
  const done = await desk.store.change(async (rights) => {
    const waiting = await rights.takeDisplayCode(codeHash(desk, code));
    if (waiting === null || waiting.expiresAt <= at) return false;
    const { secretHash } = waiting;
    const times = { pairedAt: at, lastSeenAt: at, revokedAt: null };
    await rights.insertDisplay({ ...{ id, counter, secretHash, pairedBy: by }, ...times });
    await rights.note({ at, actor: by, detail: { did: 'display-paired', counter, id } });
    return true;
  });
  if (done) return { id, counter };
  await countFailure(desk, key);
  return { refused: 'display-code-wrong' };
}

/** Whose secret this is; null when it was never paired or is revoked. */
export async function displayOf(
  desk: Desk,
  secret: string | undefined,
): Promise<DisplayRow | null> {
  if (secret === undefined || secret === '') return null;
  const display = await desk.store.displayBySecret(hashId(secret));
  if (display === null) return null;
  const now = desk.now();
  if (now - display.lastSeenAt >= TOUCH_MS) await desk.store.touchDisplay(display.id, now);
  return display;
}

export async function revokeDisplay(
  desk: Desk,
  id: string,
  { by }: By,
): Promise<{ readonly counter: string } | { readonly refused: 'not-found' }> {
  const at = desk.now();
  return desk.store.change(async (rights) => {
    const counter = await rights.revokeDisplay(id, at);
    if (counter === null) return { refused: 'not-found' } as const;
    await rights.note({ at, actor: by, detail: { did: 'display-revoked', counter, id } });
    return { counter };
  });
}
