'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { newKey } from '@/components/live/new-key';
import { useShop } from '@/components/live/shop';
import { useAnnounce } from '@/components/ui/announcer';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import type { ShiftView } from '@/lib/contract-shift';
import { closeShift, shiftHeard } from './shift-queries';

type Props = {
  readonly shift: ShiftView;
  readonly reminder: ReactNode;
  /** `yours`: this tablet has sealed it, and not a faster one. */
  readonly onClosed: (yours: boolean) => void;
};

/** Asks once more, says what is still in flight, and seals. */
export function CloseShift({ shift, reminder, onClosed }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const [asks, setAsks] = useState(false);
  const { takings, openPayments, openRefunds, currency } = shift.figures;
  const amount = shop.amount(takings.net, currency);
  const flight = openPayments.count + openRefunds.count;
  const { busy, wrong, close } = useClose(shift, onClosed);
  if (!asks) {
    return (
      <Button loudness="loud" wide onClick={() => setAsks(true)}>
        {say('shift.close', { amount })}
      </Button>
    );
  }
  return (
    <section
      aria-label={say('shift.close-title')}
      className="flex flex-col gap-3 rounded-large border border-line bg-raised p-4"
    >
      <h3 className="text-body font-semibold">{say('shift.close-title')}</h3>
      {flight > 0 && (
        <p className="text-body text-unknown" data-testid="close-flight">
          {say('shift.close-flight', { count: flight })}
        </p>
      )}
      <p className="text-small text-ink-soft">{say('shift.close-says')}</p>
      {reminder}
      <p role="alert" className="text-body text-stop empty:hidden">
        {wrong}
      </p>
      <div className="flex flex-col gap-2">
        <Button loudness="loud" wide onClick={() => void close()} disabled={busy}>
          {busy ? say('shift.closing') : say('shift.close-now', { amount })}
        </Button>
        <Button loudness="bare" wide onClick={() => setAsks(false)} disabled={busy}>
          {say('shift.keep-open')}
        </Button>
      </div>
    </section>
  );
}

function useClose({ id, counter }: ShiftView, onClosed: Props['onClosed']) {
  const { say } = useReading();
  const client = useQueryClient();
  const announce = useAnnounce();
  // One key for this shift, however often it is pressed.
  const key = useRef(newKey());
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const close = async () => {
    setBusy(true);
    setWrong(null);
    const reply = await closeShift(id, { counter, key: key.current });
    setBusy(false);
    if (reply.kind === 'silent') return setWrong(say('shift.no-answer'));
    if (reply.kind === 'refused') return setWrong(reply.problem.says);
    const { shift, yours } = reply.value;
    const number = shift.number ?? '';
    onClosed(yours);
    announce(
      yours
        ? say('shift.closed-now', { number })
        : say('shift.closed-before', { number, staff: shift.closedBy ?? '' }),
    );
    shiftHeard(client, shift);
  };
  return { busy, wrong, close };
}
