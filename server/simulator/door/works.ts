/** What the doors share. */
import type { SimClock } from '../clock';
import type { Times } from '../gateway/decide';
import type { Gateway } from '../gateway/gateway';
import type { Model } from '../model/model';
import type { Notifier } from './notifier';

export type Works = {
  readonly model: Model;
  readonly gateway: Gateway;
  readonly clock: SimClock;
  readonly notifier: Notifier;
  readonly times: () => Times;
  /** To be called whenever something may have become due. */
  readonly moved: () => void;
};

export type Outcome = { readonly status: number; readonly value: unknown };
export const done = (value: unknown): Outcome => ({ status: 200, value });
export const failed = (status: number, error: string): Outcome => ({ status, value: { error } });
