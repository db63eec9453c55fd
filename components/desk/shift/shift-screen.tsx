'use client';
/**
 * The shifts of a counter, and beside them the one that was chosen: its figures now (X) while it is
 * open, its sealed ones (Z) after that. It adds nothing up; the server does.
 */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useCounter } from '@/components/live/counter';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { ShiftView } from '@/lib/contract-shift';
import { openShift, shiftHeard, shiftsQuery } from './shift-queries';
import { ShiftSheet } from './shift-sheet';
import { ShiftsTable } from './shifts-table';

type Props = {
  /** Stands above the button that seals a shift; what it says is another part's matter. */
  readonly reminder?: ReactNode;
};

export function ShiftScreen({ reminder }: Props) {
  const { say } = useReading();
  const { staff } = useShop().setting;
  const counter = useCounter();
  const seesAll = can(staff.role, 'see-all-shifts');
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useInfiniteQuery(shiftsQuery(seesAll && all ? null : counter));
  const shifts = distinct(list.data?.pages.flatMap((page) => page.shifts) ?? []);
  const here = shifts.find((shift) => shift.counter === counter && shift.state === 'open') ?? null;
  const shown = chosen ?? here?.id ?? null;
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:flex-row">
      <section
        aria-label={say('shift.list')}
        className={`flex min-w-0 grow flex-col gap-3 wide:flex wide:min-h-0 ${chosen === null ? '' : 'hidden'}`}
      >
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-lead font-semibold">
            {all && seesAll ? say('shift.all-counters') : say('shift.of-counter', { counter })}
          </h1>
          {seesAll && <WhichCounters all={all} onAll={setAll} />}
        </div>
        {list.data !== undefined && here === null && !all && <NotOpen onOpened={setChosen} />}
        <div className="grow rounded-large border border-line bg-panel wide:min-h-0 wide:overflow-y-auto">
          <ListBody list={list} shifts={shifts} chosen={shown} onChoose={setChosen} />
        </div>
      </section>
      {shown !== null && (
        <section
          aria-label={say('shift.title')}
          className="flex flex-col wide:min-h-0 wide:w-beside wide:shrink-0"
        >
          <ShiftSheet
            key={shown}
            id={shown}
            reminder={reminder}
            // Once it is closed no shift is open here, and what was just sealed must stay in sight.
            onClosed={() => setChosen(shown)}
            onBack={chosen === null ? null : () => setChosen(null)}
          />
        </section>
      )}
    </main>
  );
}

type WhichProps = { readonly all: boolean; readonly onAll: (all: boolean) => void };

function WhichCounters({ all, onAll }: WhichProps) {
  const { say } = useReading();
  return (
    <label className="flex items-center gap-2">
      <span className="text-small text-ink-soft">{say('shift.which')}</span>
      <select
        className="min-h-touch border border-line bg-raised px-3 text-body"
        value={all ? 'all' : 'this'}
        onChange={(event) => onAll(event.target.value === 'all')}
      >
        <option value="this">{say('shift.this-counter')}</option>
        <option value="all">{say('shift.all-counters')}</option>
      </select>
    </label>
  );
}

function NotOpen({ onOpened }: { readonly onOpened: (id: string) => void }) {
  const { say } = useReading();
  const client = useQueryClient();
  const counter = useCounter();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const open = async () => {
    setBusy(true);
    setWrong(null);
    const reply = await openShift(counter);
    setBusy(false);
    if (reply.kind === 'answered') {
      shiftHeard(client, reply.value.shift);
      onOpened(reply.value.shift.id);
    } else setWrong(reply.kind === 'refused' ? reply.problem.says : say('problem.no-answer'));
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-large border border-line bg-panel p-4">
      <p className="max-w-prose text-body text-ink-soft">{say('shift.not-open')}</p>
      <Button onClick={() => void open()} disabled={busy}>
        {say(busy ? 'shift.opening' : 'shift.open-now')}
      </Button>
      <p role="alert" className="w-full text-body text-stop empty:hidden">
        {wrong}
      </p>
    </div>
  );
}

type List = {
  readonly data: unknown;
  readonly isError: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
  readonly refetch: () => unknown;
};
type ListProps = {
  readonly list: List;
  readonly shifts: readonly ShiftView[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
};

function ListBody({ list, shifts, chosen, onChoose }: ListProps) {
  const { say } = useReading();
  if (list.data === undefined) {
    return list.isError ? (
      <div role="alert" className="flex flex-col items-start gap-3 p-6">
        <p className="text-body">{say('shift.failed')}</p>
        <Button onClick={() => void list.refetch()}>{say('shift.again')}</Button>
      </div>
    ) : (
      <p role="status" className="p-6 text-body text-ink-soft">
        {say('shift.loading')}
      </p>
    );
  }
  if (shifts.length === 0) {
    return <p className="p-6 text-body text-ink-soft">{say('shift.none')}</p>;
  }
  return (
    <>
      <ShiftsTable shifts={shifts} chosen={chosen} onChoose={onChoose} />
      {list.hasNextPage && (
        <div className="flex justify-center p-3">
          <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {say(list.isFetchingNextPage ? 'shift.loading' : 'shift.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Pages shift while shifts open: one may end a page and head the next. */
const distinct = (shifts: readonly ShiftView[]): readonly ShiftView[] => [
  ...new Map(shifts.map((shift) => [shift.id, shift])).values(),
];
