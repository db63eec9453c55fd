/**
 * The sale that is tried again: its amount stands on the till after a payment that was not paid.
 * What a manager let the customer pay another way survives a reload of the tablet.
 */
export type Owed = {
  /** Minor units. */
  readonly amount: number;
  readonly saleId: string;
  /** The payment that a manager let go and that stays watched. */
  readonly watched: string | null;
};

const name = (counter: string): string => `countertop.owed.${counter}`;

/** Keeps it for as long as this tab lives; without a watched payment there is nothing to keep. */
export function keepOwed(counter: string, owed: Owed | null): void {
  try {
    if (owed === null || owed.watched === null) sessionStorage.removeItem(name(counter));
    else sessionStorage.setItem(name(counter), JSON.stringify(owed));
  } catch {
    // A reload then forgets it, and the same amount asks whether this is a different customer.
  }
}

/** Null when there is none, or when what lies there is not ours. */
export function keptOwed(counter: string): Owed | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(name(counter)) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { amount, saleId, watched } = value as Record<keyof Owed, unknown>;
    const isOurs = typeof saleId === 'string' && typeof watched === 'string';
    return isOurs && typeof amount === 'number' && Number.isSafeInteger(amount)
      ? { amount, saleId, watched }
      : null;
  } catch {
    return null;
  }
}
