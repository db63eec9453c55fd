'use client';
/**
 * The list of sales, newest first, and beside it the one that was chosen. It reads and shows; it
 * changes nothing.
 */
import { useSelectedLayoutSegment } from 'next/navigation';
import { type ReactNode, useMemo, useRef } from 'react';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import { ExportLinks } from './export-links';
import { Filters } from './filters';
import { hrefOf, NeighboursContext } from './neighbours';
import { SalesList } from './sales-list';
import { SavedViews } from './saved-views';
import { useHistory } from './use-history';
import { useKeys } from './use-keys';
import { useWishes } from './use-wishes';

export function Sales({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  const { role } = useShop().setting.staff;
  const chosen = useSelectedLayoutSegment();
  const wishes = useWishes();
  const history = useHistory(wishes.search);
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useKeys(list, search);
  const { payments } = history;
  const neighbours = useMemo(() => {
    const at = payments?.findIndex(({ id }) => id === chosen) ?? -1;
    const href = (step: number) => {
      const beside = at === -1 ? undefined : payments?.[at + step];
      return beside === undefined ? null : hrefOf(beside.id, wishes.search);
    };
    return { previous: href(-1), next: href(1), list: hrefOf(null, wishes.search) };
  }, [payments, chosen, wishes.search]);
  const besideOnly = chosen === null ? '' : 'hidden';
  return (
    <main className="flex grow flex-col gap-3 p-3 tablet:p-4 wide:min-h-0">
      <h1 className="sr-only">{say('history.title')}</h1>
      <div className={`${besideOnly} wide:block`}>
        <Filters wishes={wishes} searchRef={search} isOwn={!can(role, 'see-all-sales')}>
          <SavedViews wishes={wishes} />
          {can(role, 'export') && <ExportLinks search={wishes.search} />}
        </Filters>
      </div>
      <div className="flex grow flex-col gap-4 wide:min-h-0 wide:flex-row">
        <section
          aria-label={say('history.title')}
          className={`flex min-w-0 grow flex-col wide:flex wide:min-h-0 ${besideOnly}`}
        >
          <SalesList
            history={history}
            listRef={list}
            chosen={chosen}
            search={wishes.search}
            onClear={() => wishes.replace('')}
          />
        </section>
        <section
          aria-label={say('detail.title')}
          className={`flex flex-col wide:flex wide:min-h-0 wide:w-beside wide:shrink-0 ${chosen === null ? 'hidden' : 'grow wide:grow-0'}`}
        >
          <NeighboursContext value={neighbours}>{children}</NeighboursContext>
        </section>
      </div>
    </main>
  );
}
