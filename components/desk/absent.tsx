'use client';
/** What the desk shows where a list or a detail is not: not yet, not to be had, or not there. */
import type { ReactNode } from 'react';
import { NoAnswer } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import type { PlainKey } from '@/lib/messages/language';

/** The pane beside a list. */
export function Pane({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex grow flex-col gap-4 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      {children}
    </div>
  );
}

type AbsentProps = {
  /** Of the question; null while it is still asked. */
  readonly error: Error | null;
  /** What to say when nobody answered. */
  readonly failed: PlainKey;
  readonly onAgain: () => void;
};

/** Instead of a payment: it is asked for, there is none, or nobody answered. */
export function AbsentPayment({ error, failed, onAgain }: AbsentProps) {
  const { say } = useReading();
  if (error === null) {
    return (
      <p role="status" className="text-body text-ink-soft">
        {say('history.loading')}
      </p>
    );
  }
  const missing = error instanceof NoAnswer && error.problem?.code === 'not-found';
  return (
    <>
      <p role="alert" className="text-body">
        {say(missing ? 'detail.not-found' : failed)}
      </p>
      {!missing && <Button onClick={onAgain}>{say('history.again')}</Button>}
    </>
  );
}

/** Instead of a list that could not be read. */
export function AbsentList({ failed, onAgain }: Omit<AbsentProps, 'error'>) {
  const { say } = useReading();
  return (
    <div role="alert" className="flex flex-col items-start gap-3 p-6">
      <p className="text-body">{say(failed)}</p>
      <Button onClick={onAgain}>{say('history.again')}</Button>
    </div>
  );
}

const ROWS = ['1', '2', '3', '4', '5', '6', '7', '8'];

/** Instead of a list on its first picture. */
export function ListSkeleton() {
  const { say } = useReading();
  return (
    <div role="status" aria-label={say('history.loading')} className="flex flex-col gap-2 p-4">
      {ROWS.map((row) => (
        <div key={row} className="h-12 rounded-small bg-raised" />
      ))}
    </div>
  );
}
