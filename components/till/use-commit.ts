'use client';
/** The taps that charge: a wallet, or a code; and what stands between them and the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { serverNow } from '@/components/live/clock';
import { openQuery, paymentQuery, recentQuery } from '@/components/live/queries';
import type { PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { maskCode, readScan, type Symbology } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import type { ScanHint } from './charge';
import type { Refused } from './scan-pane';
import { goodUntil } from './switching';
import type { Tap } from './use-charge';
import type { Entry } from './use-entry';

export type Refusal = Refused | null;
/** A tap that waits for an answer: is this a different customer than the one still open? */
export type Doubt = {
  readonly tap: Tap;
  /** As it was when the tap came. */
  readonly open: PaymentView;
  /** By the server's clock: a scanned code does not keep. */
  readonly askedAt: number;
};

/** What stands between the tiles and the next tap: a refusal, a question, the open camera. */
export function useMatter() {
  const [camera, setCamera] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>(null);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const quiet = () => {
    setRefusal(null);
    setDoubt(null);
    setCamera(false);
  };
  const refuse = (why: Exclude<Refusal, null>) => {
    setDoubt(null);
    setRefusal(why);
  };
  return { camera, refusal, doubt, quiet, refuse, setCamera, setDoubt };
}

type CommitParts = {
  readonly counter: string;
  readonly entry: Entry;
  readonly start: (tap: Tap) => void;
  readonly matter: ReturnType<typeof useMatter>;
  /** A green pane makes room for what has to be read. */
  readonly yieldGreen: () => void;
};
type Means = { payType: string } | { authCode: string; scan: ScanHint };

/** The taps that charge. The same amount still open here is asked about. */
export function useCommit({ counter, entry, start, matter, yieldGreen }: CommitParts) {
  const openHere = useOpenHere(counter);
  const { quiet, refuse } = matter;
  const commit = (means: Means) => {
    quiet();
    if (entry.amount === 0) {
      yieldGreen();
      refuse('no-amount');
      return;
    }
    const saleId = entry.owed?.saleId ?? null;
    const tap: Tap = { amount: entry.amount, note: entry.note.trim() || null, saleId, ...means };
    // Of the sale's own payment a manager has said already that another one may follow.
    const allowed = (one: PaymentView) => one.abandoned && one.saleId === saleId;
    const open = openHere().find((one) => one.amount === tap.amount && !allowed(one));
    if (open === undefined) start(tap);
    else matter.setDoubt({ tap, open, askedAt: serverNow() });
  };
  const scanned = (code: string, hint: Wallet | null) =>
    commit({ authCode: code, scan: { wallet: hint, masked: maskCode(code) } });
  return {
    pick: (payType: string) => commit({ payType }),
    scanned,
    read(text: string, symbology: Symbology | null) {
      const scan = readScan(text, symbology);
      if (scan.kind === 'payment-code') {
        scanned(scan.code, scan.hint);
        return;
      }
      yieldGreen();
      refuse(scan.kind);
    },
    openCamera(open: boolean) {
      quiet();
      if (open && entry.amount === 0) refuse('no-amount');
      else matter.setCamera(open);
    },
  };
}

/** The tap of a doubt that was answered; null when its code has become too old meanwhile. */
export function stillGood({ tap, askedAt }: Doubt): Tap | null {
  return 'authCode' in tap && serverNow() >= goodUntil(askedAt) ? null : tap;
}

/**
 * The payments of this counter that can still be paid, each as it was last heard of: of the last
 * sales, and of older ones that nobody has resolved.
 */
function useOpenHere(counter: string): () => PaymentView[] {
  const client = useQueryClient();
  const recent = useQuery(recentQuery(counter)).data ?? [];
  const older = useQuery(openQuery(counter)).data ?? [];
  return () => {
    const known = new Set(recent.map(({ id }) => id));
    const all = [...recent, ...older.filter(({ id }) => !known.has(id))];
    const newest = all.map((one) => client.getQueryData(paymentQuery(one.id).queryKey) ?? one);
    return newest.filter(({ state }) => isLive(state));
  };
}
