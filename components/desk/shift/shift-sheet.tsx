'use client';
/** One shift: what was taken and by which wallet, what came late, what is carried over. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useCounter } from '@/components/live/counter';
import { NoAnswer } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { useMay } from '@/components/live/use-may';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { ShiftView } from '@/lib/contract-shift';
import { CloseShift } from './close-shift';
import { Corrections } from './corrections';
import { shiftQuery } from './shift-queries';
import { closedWords, openedWords } from './shift-words';
import { ShiftChip } from './shifts-table';
import { Slip } from './slip';
import { Flight, Late, Others, Wallets } from './takings-tables';

type Props = {
  readonly id: string;
  readonly reminder: ReactNode;
  /** It was sealed here, by this tablet or by a faster one. */
  readonly onClosed: () => void;
  /** Null where nothing was chosen: there is no list to go back to. */
  readonly onBack: (() => void) | null;
};

export function ShiftSheet({ id, reminder, onClosed, onBack }: Props) {
  const { say } = useReading();
  const { data, error, refetch } = useQuery(shiftQuery(id, useCounter()));
  const missing = error instanceof NoAnswer && error.problem?.code === 'not-found';
  return (
    <div className="flex grow flex-col gap-6 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      {onBack !== null && (
        <div className="wide:hidden">
          <Button loudness="bare" onClick={onBack}>
            <Icon name="backward" />
            {say('shift.back')}
          </Button>
        </div>
      )}
      {data === undefined && error === null && (
        <p role="status" className="text-body text-ink-soft">
          {say('shift.loading')}
        </p>
      )}
      {data === undefined && error !== null && (
        <>
          <p role="alert" className="text-body">
            {say(missing ? 'shift.missing' : 'shift.failed')}
          </p>
          {!missing && <Button onClick={() => void refetch()}>{say('shift.again')}</Button>}
        </>
      )}
      {data !== undefined && <Shown shift={data} reminder={reminder} onClosed={onClosed} />}
    </div>
  );
}

type ShownProps = Pick<Props, 'reminder' | 'onClosed'> & { readonly shift: ShiftView };

function Shown({ shift, reminder, onClosed }: ShownProps) {
  const { say } = useReading();
  // Only the tablet that sealed it prints the Z itself, once; everything after that is a copy.
  const [isOriginal, setOriginal] = useState(false);
  const { figures } = shift;
  const corrects = useMay('see-all-shifts') && shift.state === 'closed';
  return (
    <>
      <Head shift={shift} />
      {shift.state === 'open' && (
        <CloseShift
          shift={shift}
          reminder={reminder}
          onClosed={(yours) => {
            setOriginal(yours);
            onClosed();
          }}
        />
      )}
      <div>
        <Button onClick={() => window.print()}>{say('shift.print')}</Button>
      </div>
      <Wallets figures={figures} />
      <Others figures={figures} />
      <Late figures={figures} />
      <Flight figures={figures} />
      <Corrections shift={shift} mayAdd={corrects} />
      <Slip
        shift={shift}
        isCopy={shift.state === 'closed' && !isOriginal}
        onPrinted={() => setOriginal(false)}
      />
    </>
  );
}

function Head({ shift }: { readonly shift: ShiftView }) {
  const { say } = useReading();
  const shop = useShop();
  const { takings, currency } = shift.figures;
  const money = (minor: number) => shop.amount(minor, currency);
  const facts: readonly (readonly [string, string])[] = [
    [say('shift.taken'), money(takings.amount)],
    [say('shift.sales'), String(takings.count)],
    [say('shift.average'), money(takings.average)],
    [say('shift.refunds'), `${takings.refundCount} · ${money(takings.refundAmount)}`],
  ];
  return (
    <header className="flex flex-col gap-3" data-testid="shift" data-state={shift.state}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lead font-semibold">
          {say('shift.of-counter', { counter: shift.counter })}
        </h2>
        <ShiftChip shift={shift} />
      </div>
      <div>
        <p className="text-small text-ink-soft">{say('shift.net')}</p>
        <p className="text-figure font-semibold" data-testid="shift-net">
          {money(takings.net)}
        </p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-body">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
      <ul className="text-small text-ink-soft">
        <li>{say('shift.day', { day: shift.day })}</li>
        <li>{openedWords(shift, say, shop.day)}</li>
        <li>{closedWords(shift, say, shop)}</li>
      </ul>
    </header>
  );
}
