'use client';
import { useShop } from '@/components/live/shop';
import { Chip } from '@/components/ui/chip';
import { Cut } from '@/components/ui/cut';
import { useReading } from '@/components/ui/language';
import type { ShiftView } from '@/lib/contract-shift';

type Props = {
  readonly shifts: readonly ShiftView[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
};

const HEAD = 'px-3 py-2 text-small font-semibold text-ink-soft whitespace-nowrap';
const CELL = 'px-3 py-2 whitespace-nowrap';
const ROOMY = 'hidden tablet:table-cell';

export function ShiftsTable({ shifts, chosen, onChoose }: Props) {
  const { say } = useReading();
  return (
    <table className="w-full border-collapse text-body">
      <thead className="sticky top-0 z-10 bg-panel">
        <tr className="border-b border-line text-left">
          <th className={HEAD}>{say('shift.column-shift')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('shift.column-counter')}</th>
          <th className={HEAD}>{say('shift.column-opened')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('shift.column-closed')}</th>
          <th className={`${HEAD} text-right`}>{say('shift.column-net')}</th>
        </tr>
      </thead>
      <tbody>
        {shifts.map((shift) => (
          <Row key={shift.id} {...{ shift, onChoose }} isChosen={shift.id === chosen} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = Pick<Props, 'onChoose'> & {
  readonly shift: ShiftView;
  readonly isChosen: boolean;
};

function Row({ shift, isChosen, onChoose }: RowProps) {
  const shop = useShop();
  const { figures, closedAt } = shift;
  return (
    <tr
      data-testid="shift-row"
      data-state={shift.state}
      className={`relative h-touch border-b border-line ${isChosen ? 'bg-accent-wash' : 'active:bg-line'}`}
    >
      <td className={CELL}>
        <button
          type="button"
          aria-current={isChosen ? 'true' : undefined}
          onClick={() => onChoose(shift.id)}
          className="text-left after:absolute after:inset-0"
        >
          <ShiftChip shift={shift} bare />
        </button>
      </td>
      <td className={`${CELL} ${ROOMY} w-1/5`}>
        <Cut inCell>{shift.counter}</Cut>
      </td>
      <td className={CELL}>{shop.day(shift.openedAt)}</td>
      <td className={`${CELL} ${ROOMY}`}>{closedAt === null ? '–' : shop.day(closedAt)}</td>
      <td className={`${CELL} text-right font-semibold`}>
        {shop.amount(figures.takings.net, figures.currency)}
      </td>
    </tr>
  );
}

/** "Z 17", or that it is open. */
export function ShiftChip({ shift: { number }, bare = false }: ChipProps) {
  const { say } = useReading();
  return number === null ? (
    <Chip bare={bare} tone="waiting" icon="wait" word={say('shift.open')} />
  ) : (
    <Chip bare={bare} tone="plain" icon="check" word={say('shift.z-number', { number })} />
  );
}
type ChipProps = { readonly shift: Pick<ShiftView, 'number'>; readonly bare?: boolean };
