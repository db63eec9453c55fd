'use client';
import { replyText } from '@/components/live/problem-words';
import { NoAnswer } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';

type Props = { readonly error: Error | null; readonly onAgain: () => void };
const ROWS = ['1', '2', '3', '4'];

/** Before there is anything to show: it comes, or it did not come and why. */
export function ListState({ error, onAgain }: Props) {
  const { say } = useReading();
  if (error !== null) {
    const problem = error instanceof NoAnswer ? error.problem : null;
    const why =
      problem === null ? say('problem.no-answer') : replyText({ kind: 'refused', problem }, say);
    return (
      <div role="alert" className="flex flex-col items-start gap-3 p-6">
        <p className="text-body">{why}</p>
        <Button onClick={onAgain}>{say('history.again')}</Button>
      </div>
    );
  }
  return (
    <div role="status" aria-label={say('history.loading')} className="flex flex-col gap-2 p-4">
      {ROWS.map((row) => (
        <div key={row} className="h-12 rounded-small bg-raised" />
      ))}
    </div>
  );
}
