'use client';
/** A list that a person puts in order: two buttons a row, by touch, by keyboard and by ear. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useAnnounce } from '@/components/ui/announcer';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { moved } from './moved';

type Row<T> = { readonly item: T; readonly word: string; readonly isOn?: boolean };

type Props<T> = {
  readonly label: string;
  readonly rows: readonly Row<T>[];
  readonly onOrder: (items: readonly T[]) => void;
  /** What stands before the two buttons; its word, where it is nothing else. */
  readonly head?: (row: Row<T>) => ReactNode;
  /** What stands behind them. */
  readonly tail?: (row: Row<T>) => ReactNode;
};

export function Ordered<T extends string | number>(props: Props<T>) {
  const { label, rows, onOrder, head, tail } = props;
  const { say } = useReading();
  const announce = useAnnounce();
  const pressed = useRef<HTMLButtonElement | null>(null);
  // A row that moves in the page drops its focus: whoever moves it by keys goes on moving it.
  useEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  });
  const move = (place: number, by: 1 | -1, button: HTMLButtonElement) => {
    const to = place + by;
    const row = rows[place];
    if (row === undefined || to < 0 || to >= rows.length) return;
    pressed.current = button;
    announce(say('settings.place', { name: row.word, place: to + 1, count: rows.length }));
    onOrder(
      moved(
        rows.map(({ item }) => item),
        place,
        by,
      ),
    );
  };
  return (
    <ol aria-label={label} className="flex flex-col gap-2">
      {rows.map((row, place) => (
        <li key={row.item} data-item={row.item} className="flex items-center gap-2">
          <div className="min-w-0 grow">{head?.(row) ?? row.word}</div>
          {([-1, 1] as const).map((by) => (
            <Button
              key={by}
              aria-label={say(by < 0 ? 'settings.up' : 'settings.down', { name: row.word })}
              // Not `disabled`: at the end of the list the focus would be lost.
              aria-disabled={by < 0 ? place === 0 : place === rows.length - 1}
              onClick={({ currentTarget }) => move(place, by, currentTarget)}
            >
              <Icon name={by < 0 ? 'up' : 'down'} />
            </Button>
          ))}
          {tail?.(row)}
        </li>
      ))}
    </ol>
  );
}
