/** What a world has to say for itself: promises that were broken, and rare things that happened. */

/** Each has to happen somewhere in a few hundred worlds, or the worlds are too kind. */
export const SOMETIMES = [
  'paid after the till closed it',
  'notified before the answer',
  'crash between claim and send',
  'crash between send and answer',
  'number used on a charge',
  'refund unknown, then done',
  'refund deferred',
  'refund taken back',
  'question about another month',
  'storm of 429',
  'stale epoch rejected',
  'two payments of a sale both paid',
  'second page of a window',
  'key reused with another body',
  'override used',
  'orphan adopted',
  'restart on an older copy',
  'power lost',
  'rang again when told it is safe',
  'paid while it was being closed',
  'refund made elsewhere',
  'refund sent again under its number',
  'forged notification refused',
] as const;
export type Sometimes = (typeof SOMETIMES)[number];

export type Violation = {
  readonly invariant: string;
  readonly number: string | null;
  readonly says: string;
};

export type Report = ReturnType<typeof makeReport>;

export function makeReport(onViolation: () => void) {
  const violations: Violation[] = [];
  const counts = new Map<Sometimes, number>();
  return {
    violations,
    counts,
    sometimes(what: Sometimes): void {
      counts.set(what, (counts.get(what) ?? 0) + 1);
    },
    violated(invariant: string, number: string | null, says: string): void {
      violations.push({ invariant, number, says });
      onViolation();
    },
  };
}
