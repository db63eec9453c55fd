/**
 * What every method of the client works with: the settings, the one way to call, and who must
 * hear of what. Nothing here sends or translates.
 */
import type { Budget } from '@/server/payments/ports';
import type { UnitOf } from './amount';
import type { Heard } from './answer';
import type { SharedBudget } from './budget';
import { type Caller, type CallerOptions, type Endpoint, tell } from './call';
import type { GatewayClock } from './gateway-clock';
import { isSetUpFault } from './translate';

export type QfpayOptions = CallerOptions & {
  /** Sent with every payment when there is one; it must be reachable on port 80 or 443. */
  readonly notifyUrl: string | null;
  /** Becomes `goods_name`: QFPay signs it back to us, so nobody outside chooses it (S44). */
  readonly shopName: string | null;
  /** The clock of `txdtm`. Query windows are QFPay's: Hong Kong, whatever stands here. */
  readonly shopTimeZone: string;
  readonly unitOf: UnitOf;
  /**
   * Pays for calls beyond the first of a method, and hears how every call ended. Without it they
   * are neither counted nor told.
   */
  readonly budget?: Budget & Partial<Pick<SharedBudget, 'ended'>>;
};

export type Desk = {
  readonly options: QfpayOptions;
  readonly call: Caller;
  readonly time: GatewayClock;
};
export type About = { readonly endpoint: Endpoint; readonly number: string | null };

/** For the second call of one method; the first was paid for by whoever asked. */
export const mayCallAgain = async (
  options: QfpayOptions,
  kind: 'close' | 'query',
): Promise<boolean> => options.budget === undefined || options.budget.take(kind, 2_000);

/** Tells the budget and the owner what they must know of an answer; hands it back. */
export function note(options: QfpayOptions, about: About, heard: Heard): Heard {
  if (heard.kind === 'not-sent' && heard.why === 'limited') options.budget?.limited();
  if (heard.kind === 'answer' && isSetUpFault(heard.respcd, heard.record.text)) {
    const { respcd } = heard;
    tell(options.onAlarm, { kind: 'set-up', ...about, respcd, detail: null });
  }
  return heard;
}

type Doubtful = { readonly says: string; readonly respcd?: string | null; readonly why?: string };
export function warnOfContradiction(options: QfpayOptions, about: About, evidence: Doubtful): void {
  if (evidence.says !== 'unclear' || evidence.why !== 'contradiction') return;
  const respcd = evidence.respcd ?? null;
  tell(options.onAlarm, { kind: 'contradiction', ...about, respcd, detail: null });
}
