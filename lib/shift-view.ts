/** A shift as the outside sees it: public names, ISO times. */
import { businessDay, type DayRule } from './business-day';
import type { ShiftFiguresView, ShiftView } from './contract-shift';
import type { Correction, Shift, ShiftFigures } from './shift';
import { isoWithOffset } from './time';

type Shown = {
  readonly figures: ShiftFigures;
  readonly corrections: readonly Correction[];
};

/** `now`: wall ms. */
export function shiftView(
  shift: Shift,
  { figures, corrections }: Shown,
  { rule, now }: { readonly rule: DayRule; readonly now: number },
): ShiftView {
  const iso = (ms: number) => isoWithOffset(ms, rule.zone);
  const { counter, number, openedAt, openedBy, openedItself, closedAt, closedBy } = shift;
  return {
    id: String(shift.id),
    ...{ counter, number, openedBy, openedItself, closedBy },
    state: closedAt === null ? 'open' : 'closed',
    day: businessDay(openedAt, rule),
    openedAt: iso(openedAt),
    closedAt: closedAt === null ? null : iso(closedAt),
    figures: figuresView(figures, iso),
    figuresAt: iso(closedAt ?? now),
    corrections: corrections.map(({ at, staff, reason }) => ({ at: iso(at), staff, reason })),
  };
}

function figuresView(figures: ShiftFigures, iso: (ms: number) => string): ShiftFiguresView {
  const { late, openPayments, openRefunds } = figures;
  const dated = <T extends { readonly createdAt: number }>(it: T) => ({
    ...it,
    createdAt: iso(it.createdAt),
  });
  return {
    ...figures,
    late: {
      ...late,
      named: late.named.map((it) => ({ ...dated(it), arrivedAt: iso(it.arrivedAt) })),
    },
    openPayments: { ...openPayments, named: openPayments.named.map(dated) },
    openRefunds: { ...openRefunds, named: openRefunds.named.map(dated) },
  };
}
