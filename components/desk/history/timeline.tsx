'use client';
import { useShop } from '@/components/live/shop';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { TimelineView } from '@/lib/contract';
import { codeOf, iconOf, sentenceOf, tookOf } from './timeline-words';

type Props = {
  readonly entries: readonly TimelineView[];
  /** The names behind staff codes, as far as they are known. */
  readonly people: Readonly<Record<string, string>>;
};

/** Oldest first, as it happened; every entry in words. */
export function Timeline({ entries, people }: Props) {
  const { say } = useReading();
  const shop = useShop();
  return (
    <ol className="flex flex-col border-l-2 border-line" data-testid="timeline">
      {entries.map((entry) => (
        <li key={entry.seq} data-kind={entry.kind} className="flex gap-3 py-2 pl-3">
          <Icon name={iconOf(entry)} className="mt-px size-4 text-ink-soft" />
          <div className="flex min-w-0 grow flex-col">
            <span className={entry.kind === 'state' ? 'text-body font-semibold' : 'text-body'}>
              {sentenceOf(entry, { say, amount: shop.amount })}
            </span>
            <span className="flex flex-wrap gap-x-3 text-small text-ink-soft">
              <time dateTime={entry.at}>{shop.second(entry.at)}</time>
              <span>
                {entry.actor === 'server'
                  ? say('timeline.server')
                  : (people[entry.actor] ?? entry.actor)}
              </span>
              <span>{codeOf(entry, say)}</span>
              <span>{tookOf(entry, say)}</span>
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}
