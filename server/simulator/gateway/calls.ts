/** What was called, how often, and what came of it. Codes of customers are never written down. */
export type CallEntry = {
  readonly id: number;
  /** Ms UTC on the simulator's clock. */
  readonly at: number;
  readonly method: string;
  readonly endpoint: string;
  readonly appCode: string | null;
  readonly numbers: readonly string[];
  readonly syssns: readonly string[];
  readonly amount: string | null;
  readonly payType: string | null;
  readonly faults: readonly string[];
  /** The model was asked. */
  processed: boolean;
  /** Null when the connection ended without an answer. */
  status: number | null;
  respcd: string | null;
};

const KEPT = 2000;

export type CallLog = {
  begin(entry: Omit<CallEntry, 'id' | 'processed' | 'status' | 'respcd'>): CallEntry;
  list(): readonly CallEntry[];
  /** Since the start or the last reset, by endpoint. */
  counts(): Readonly<Record<string, number>>;
  reset(): void;
};

export function makeCallLog(): CallLog {
  let entries: CallEntry[] = [];
  let counts: Record<string, number> = {};
  let nextId = 1;
  return {
    begin: (given) => {
      const entry: CallEntry = {
        id: nextId,
        ...given,
        processed: false,
        status: null,
        respcd: null,
      };
      nextId += 1;
      counts[entry.endpoint] = (counts[entry.endpoint] ?? 0) + 1;
      entries.push(entry);
      if (entries.length > 2 * KEPT) entries = entries.slice(-KEPT);
      return entry;
    },
    list: () => entries.slice(-KEPT),
    counts: () => ({ ...counts }),
    reset: () => {
      entries = [];
      counts = {};
    },
  };
}
