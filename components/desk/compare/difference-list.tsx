'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { Failed, Loading } from './compare-screen';
import { DifferenceCard } from './difference-card';
import { differencesQuery } from './reads';

type Props = {
  /** Of this comparison; null is whatever is open, of every day. */
  readonly comparison: string | null;
};

export function DifferenceList({ comparison }: Props) {
  const { say } = useReading();
  const list = useInfiniteQuery(differencesQuery(comparison));
  if (list.data === undefined) {
    return list.isError ? <Failed onAgain={() => void list.refetch()} /> : <Loading />;
  }
  const differences = list.data.pages.flatMap((page) => page.differences);
  if (differences.length === 0) {
    return <p className="text-body text-ink-soft">{say('compare.open-none')}</p>;
  }
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-3">
        {differences.map((difference) => (
          <li key={difference.id}>
            <DifferenceCard difference={difference} showDay={comparison === null} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
          {say(list.isFetchingNextPage ? 'compare.loading' : 'compare.more')}
        </Button>
      )}
    </div>
  );
}

/** Beside the days while none is chosen. */
export function OpenDifferences() {
  const { say } = useReading();
  return (
    <div className="flex grow flex-col gap-3 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      <h2 className="text-lead font-semibold">{say('compare.open')}</h2>
      <DifferenceList comparison={null} />
    </div>
  );
}
