/**
 * Mistakes that the simulator makes on purpose. A rule is spent on the next calls that it matches,
 * or stays until it is taken away. Nothing here is random.
 */
export const FAULT_KINDS = [
  'drop',
  'delay',
  'html',
  'status',
  'truncate',
  'wrong-signature',
  'no-signature',
  'unquoted-respcd',
  'integer-txamt',
  'extra-fields',
  'unknown-pay-type',
  'smaller-amount',
  'other-currency',
  'other-number',
  'respcd',
  'notice-duplicate',
  'notice-late',
  'notice-before-answer',
  'notice-tampered',
  'notice-wrong-key',
  'notice-never',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const FAULT_ENDPOINTS = ['payment', 'query', 'refund', 'reversal', 'close', 'any'] as const;
type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number];

export type FaultRule = {
  readonly kind: FaultKind;
  readonly endpoint: FaultEndpoint;
  /** Before: the call is not processed. After: it is, and only the answer suffers. */
  readonly stage: 'before' | 'after';
  readonly match: {
    readonly number?: string;
    readonly amount?: string;
    readonly payType?: string;
  };
  /** `delay`, `notice-late`: real ms and simulated ms. */
  readonly ms: number;
  /** `status`. */
  readonly status: number;
  /** `respcd`: the code to say, in the records of a query when `inner`. */
  readonly respcd: string;
  readonly inner: boolean;
  /** `notice-duplicate`: how many more. */
  readonly count: number;
};
type HeldFault = FaultRule & { readonly id: number; left: number | null };

/** What a call or notice is about, as far as it says. */
export type Facts = {
  readonly endpoint: string;
  readonly numbers: readonly string[];
  readonly amount: string | null;
  readonly payType: string | null;
};

const isNoticeKind = (kind: FaultKind): boolean => kind.startsWith('notice-');

function matches(rule: FaultRule, facts: Facts): boolean {
  const { number, amount, payType } = rule.match;
  return (
    (rule.endpoint === 'any' || rule.endpoint === facts.endpoint) &&
    (number === undefined || facts.numbers.includes(number)) &&
    (amount === undefined || amount === facts.amount) &&
    (payType === undefined || payType === facts.payType)
  );
}

export type FaultBook = {
  add(rule: FaultRule, times: number | null): HeldFault;
  remove(id: number): boolean;
  clear(): void;
  list(): readonly HeldFault[];
  /** Spends every matching rule once. */
  forCall(facts: Facts): readonly FaultRule[];
  forNotice(facts: Facts): readonly FaultRule[];
};

export function makeFaultBook(): FaultBook {
  let held: HeldFault[] = [];
  let nextId = 1;
  const spend = (facts: Facts, ofNotices: boolean): readonly FaultRule[] => {
    const found = held.filter(
      (rule) => isNoticeKind(rule.kind) === ofNotices && matches(rule, facts),
    );
    for (const rule of found) if (rule.left !== null) rule.left -= 1;
    held = held.filter((rule) => rule.left === null || rule.left > 0);
    return found;
  };
  return {
    add: (rule, times) => {
      const made: HeldFault = { ...rule, id: nextId, left: times };
      nextId += 1;
      held.push(made);
      return made;
    },
    remove: (id) => {
      const before = held.length;
      held = held.filter((rule) => rule.id !== id);
      return held.length < before;
    },
    clear: () => {
      held = [];
    },
    list: () => held.map((rule) => ({ ...rule })),
    forCall: (facts) => spend(facts, false),
    forNotice: (facts) => spend(facts, true),
  };
}
