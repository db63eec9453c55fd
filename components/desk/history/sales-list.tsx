'use client';
/** The list itself: what it shows, what waits above it, and how it goes on below. */
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { AbsentList, ListSkeleton } from '../absent';
import { hrefOf } from './neighbours';
import { SalesTable } from './sales-table';
import type { History } from './use-history';

type Props = {
  readonly history: History;
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly chosen: string | null;
  readonly search: string;
  readonly onClear: () => void;
};

export function SalesList({ history, listRef, chosen, search, onClear }: Props) {
  const top = useRef<HTMLDivElement>(null);
  useTop(top, history.onTop);
  const toTop = useCallback(() => top.current?.scrollIntoView({ block: 'end' }), []);
  const listed = useRef(search);
  useEffect(() => {
    if (listed.current !== search) toTop();
    listed.current = search;
  }, [search, toTop]);
  const showWaiting = () => {
    history.showWaiting();
    toTop();
  };
  return (
    <div className="relative flex grow flex-col wide:min-h-0">
      <NewsBar waiting={history.waiting} onShow={showWaiting} />
      <div
        ref={listRef}
        data-testid="sales-list"
        className="grow rounded-large border border-line bg-panel wide:min-h-0 wide:overflow-y-auto"
      >
        <div ref={top} className="h-px" />
        <Body history={history} chosen={chosen} search={search} onClear={onClear} />
      </div>
    </div>
  );
}

/** The list's own top, wherever it scrolls: in its pane, or with the page on a narrow screen. */
function useTop(top: RefObject<HTMLElement | null>, onTop: (isThere: boolean) => void): void {
  const tell = useRef(onTop);
  tell.current = onTop;
  useEffect(() => {
    if (top.current === null) return;
    const seen = new IntersectionObserver((entries) => {
      // Several crossings may be told at once: the last one is how it is now.
      const entry = entries.at(-1);
      // A list that is not on the screen at all has not been scrolled.
      if (entry !== undefined && entry.rootBounds !== null) {
        tell.current(entry.isIntersecting || entry.boundingClientRect.width === 0);
      }
    });
    seen.observe(top.current);
    return () => seen.disconnect();
  }, [top]);
}

function NewsBar({ waiting, onShow }: { readonly waiting: number; readonly onShow: () => void }) {
  const { say } = useReading();
  const says = waiting === 1 ? say('news.one') : say('news.many', { count: waiting });
  return (
    <div role="status" className="sticky top-0 z-20 h-0">
      {waiting > 0 && (
        <div className="flex justify-center">
          <button
            type="button"
            data-testid="news"
            onClick={onShow}
            className="mt-2 inline-flex min-h-touch items-center gap-2 rounded-full border border-line bg-accent-wash px-4 text-body font-semibold text-accent"
          >
            <Icon name="list" className="size-4" />
            {says}
            <span className="font-normal">{say('news.show')}</span>
          </button>
        </div>
      )}
    </div>
  );
}

type BodyProps = Pick<Props, 'history' | 'chosen' | 'search' | 'onClear'>;

function Body({ history, chosen, search, onClear }: BodyProps) {
  const { say } = useReading();
  const { payments, failed, wrong, again } = history;
  if (wrong.length > 0) return <Wrong fields={wrong} onClear={onClear} />;
  if (payments === null)
    return failed ? <AbsentList failed="history.failed" onAgain={again} /> : <ListSkeleton />;
  if (payments.length === 0 && history.reached === null && !history.isStale) {
    return (
      <div className="flex flex-col items-start gap-3 p-6">
        <p className="text-body text-ink-soft">
          {say(search === '' ? 'history.empty' : 'filter.none')}
        </p>
        {search !== '' && <Button onClick={onClear}>{say('filter.clear')}</Button>}
      </div>
    );
  }
  return (
    <>
      <SalesTable
        payments={payments}
        chosen={chosen}
        hrefOf={(id) => hrefOf(id, search)}
        dimmed={history.isStale}
      />
      <Foot history={history} />
    </>
  );
}

function Foot({ history }: { readonly history: History }) {
  const { say } = useReading();
  const shop = useShop();
  const { hasMore, more, isLoading, reached, failed, again } = history;
  if (failed) return <AbsentList failed="history.failed" onAgain={hasMore ? more : again} />;
  return (
    <div className="flex flex-wrap items-center justify-center gap-3 p-3">
      {reached !== null ? (
        <p role="status" data-testid="reached" className="text-small text-ink-soft">
          {say('list.looking', { time: shop.day(reached) })}
        </p>
      ) : hasMore ? (
        <Button onClick={more} disabled={isLoading}>
          {say(isLoading ? 'history.loading' : 'history.more')}
        </Button>
      ) : (
        <p className="text-small text-ink-soft">{say('history.end')}</p>
      )}
      <p className="hidden text-small text-ink-soft wide:block">{say('list.keys')}</p>
    </div>
  );
}

type WrongProps = { readonly fields: readonly string[]; readonly onClear: () => void };

function Wrong({ fields, onClear }: WrongProps) {
  const { say } = useReading();
  return (
    <div role="alert" className="flex flex-col items-start gap-3 p-6">
      <p className="text-body">{say('filter.wrong', { fields: fields.join(', ') })}</p>
      <Button onClick={onClear}>{say('filter.clear')}</Button>
    </div>
  );
}
