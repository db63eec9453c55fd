/**
 * Payment codes of the wallet page: they live about a minute and are good for one charge
 * (protocol.md §7.4).
 */
import { CODE_SHAPES, type CodeShape, luhnHolds } from '../code-shapes';
import { PAY_TYPES } from '../pay-types';
import type { IssuedCode, Order, World } from './state';

/** Old codes are forgotten after an hour; a forgotten one is unknown, no longer refused. */
const REMEMBERED_MS = 3_600_000;

/** Not a card number (tills refuse those) and not a magic one. */
function freshDigits(world: World, shape: CodeShape): string {
  for (;;) {
    const code = shape.prefix + world.random.digits(shape.length - shape.prefix.length);
    if (!luhnHolds(code) && code.slice(2, 8) !== '990099' && !world.codes.has(code)) return code;
  }
}

export function issueCode(
  world: World,
  given: { readonly shape: CodeShape; readonly askPassword: boolean },
  now: number,
): IssuedCode {
  for (const [code, issued] of world.codes) {
    if (issued.expiresAt + REMEMBERED_MS < now) world.codes.delete(code);
  }
  const issued: IssuedCode = {
    code: freshDigits(world, given.shape),
    wallet: given.shape.wallet,
    issuedAt: now,
    expiresAt: now + world.settings.codeLifeMs,
    askPassword: given.askPassword,
    usedBy: null,
  };
  world.codes.set(issued.code, issued);
  return issued;
}

export const shapeOf = (id: string): CodeShape | null =>
  CODE_SHAPES.find((shape) => shape.id === id) ?? null;

/** `unknown`: no page of ours has issued it. */
export function spendCode(
  world: World,
  order: Order,
  code: string,
): 'pay' | 'ask' | 'refused' | 'unknown' {
  const issued = world.codes.get(code);
  if (issued === undefined) return 'unknown';
  const wanted = PAY_TYPES[order.payType]?.wallet ?? null;
  const fits = wanted === null || wanted === issued.wallet;
  if (issued.usedBy !== null || issued.expiresAt <= order.sysAt || !fits) return 'refused';
  issued.usedBy = order.number;
  return issued.askPassword ? 'ask' : 'pay';
}
