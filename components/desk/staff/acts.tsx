'use client';
/** What people did, newest first: every change of rights, or all that one person did. */
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { call, orThrow, withSearch } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { Scroller } from '@/components/ui/scroller';
import type { ActsAnswer, ActView } from '@/lib/contract-staff';
import { ListState } from '../list-state';
import { actSentence } from './act-words';
import { useStaff } from './people';

export function Acts() {
  const { say } = useReading();
  const people = useStaff().data ?? [];
  const [person, setPerson] = useState('');
  const list = useInfiniteQuery({
    queryKey: ['acts', person],
    initialPageParam: 0,
    queryFn: async ({ pageParam }) => {
      const search = { person, cursor: pageParam === 0 ? null : pageParam };
      return orThrow(await call<ActsAnswer>(withSearch('/api/staff/acts', search)));
    },
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });
  const acts = list.data?.pages.flatMap((page) => page.acts);
  return (
    <div className="flex grow flex-col gap-3 wide:min-h-0">
      <label className="flex flex-col gap-1 tablet:max-w-prose">
        <span className="text-small text-ink-soft">{say('act.person')}</span>
        <select
          className="min-h-touch border border-line bg-raised px-3 text-body"
          value={person}
          onChange={(event) => setPerson(event.target.value)}
        >
          <option value="">{say('act.rights')}</option>
          {people.map(({ code, name }) => (
            <option key={code} value={code}>{`${code} ${name}`}</option>
          ))}
        </select>
      </label>
      <Scroller label={say('staff.acts')}>
        {acts === undefined ? (
          <ListState error={list.error} onAgain={() => void list.refetch()} />
        ) : (
          <>
            <ActTable acts={acts} names={new Map(people.map((it) => [it.code, it.name]))} />
            <div className="flex justify-center p-3">
              {list.hasNextPage && (
                <Button
                  onClick={() => void list.fetchNextPage()}
                  disabled={list.isFetchingNextPage}
                >
                  {say(list.isFetchingNextPage ? 'history.loading' : 'history.more')}
                </Button>
              )}
            </div>
          </>
        )}
      </Scroller>
    </div>
  );
}

type TableProps = {
  readonly acts: readonly ActView[];
  readonly names: ReadonlyMap<string, string>;
};
const CELL = 'px-3 py-2';

export function ActTable({ acts, names }: TableProps) {
  const { say } = useReading();
  const { day, amount } = useShop();
  if (acts.length === 0) return <p className="p-6 text-body text-ink-soft">{say('act.none')}</p>;
  const actor = (code: string) => (code === 'server' ? say('act.server') : code);
  return (
    <table className="w-full border-collapse text-body">
      <thead className="sticky top-0 z-10 bg-panel">
        <tr className="border-b border-line text-left text-small text-ink-soft">
          <th className={CELL}>{say('act.when')}</th>
          <th className={CELL}>{say('act.who')}</th>
          <th className={CELL}>{say('act.what')}</th>
        </tr>
      </thead>
      <tbody>
        {acts.map((act) => (
          <tr key={act.seq} data-testid="act-row" className="h-12 border-b border-line">
            <td className={`${CELL} whitespace-nowrap tabular-nums`}>{day(act.at)}</td>
            <td className={CELL}>
              <span className="tabular-nums">{actor(act.actor)}</span>{' '}
              <span className="text-ink-soft">{names.get(act.actor) ?? ''}</span>
            </td>
            <td className={CELL}>
              {actSentence(act, { say, amount })}{' '}
              {act.paymentId !== null && (
                <Link
                  href={`/history/${act.paymentId}`}
                  className="inline-flex min-h-touch items-center text-accent underline"
                >
                  {act.paymentId}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
