'use client';
import type { ReactNode } from 'react';
import { useServerNow } from '@/components/live/clock';
import { minutes, secondsTo } from '@/components/live/countdown';
import { Icon, type IconName } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { goodUntil, type Switching } from '../switching';

type Props = {
  readonly switching: Switching | null;
  /** The payment in front: what became of an earlier one is not said over it. */
  readonly paymentId: string | null;
};

const TONE = {
  waiting: 'border-waiting bg-waiting-wash text-waiting',
  unknown: 'border-unknown bg-unknown-wash text-unknown',
  /** On green and in a pane of any colour. */
  plain: 'border-line bg-raised text-ink',
};

type LineProps = {
  readonly at: string;
  readonly tone: keyof typeof TONE;
  readonly icon: IconName;
  readonly children: ReactNode;
};

function Line({ at, tone, icon, children }: LineProps) {
  return (
    <div
      role="alert"
      data-testid="switching"
      data-at={at}
      className={`mb-4 flex items-center gap-3 rounded-large border-2 p-3 text-lead ${TONE[tone]}`}
    >
      <Icon name={icon} className="size-8" />
      <div className="flex min-w-0 flex-col gap-1 font-semibold">{children}</div>
    </div>
  );
}

/** What happens with a code that was scanned while a QR was up. */
export function SwitchNotice({ switching, paymentId }: Props) {
  const { say } = useReading();
  if (switching === null) return null;
  if (switching.at === 'charging') {
    return (
      <Line at="charging" tone="waiting" icon="scan">
        {say('switch.charging')}
      </Line>
    );
  }
  if (switching.paymentId !== paymentId && switching.at !== 'stopping') return null;
  switch (switching.at) {
    case 'stopping':
      return (
        <Line at="stopping" tone="unknown" icon="scan">
          <p>{say('switch.stopping', { code: switching.held.scan.masked })}</p>
          <Good readAt={switching.held.readAt} />
        </Line>
      );
    case 'thrown-away':
      return (
        <Line at="thrown-away" tone="plain" icon="paid">
          {say('switch.thrown-away')}
        </Line>
      );
    case 'too-old':
      return (
        <Line at="too-old" tone="unknown" icon="late">
          {say('switch.too-old')}
        </Line>
      );
    case 'refused':
      return (
        <Line at="refused" tone="unknown" icon="unknown">
          {say('switch.refused', { why: switching.says })}
        </Line>
      );
  }
}

/** How long the code keeps, so that nobody waits for one that will not be taken. */
function Good({ readAt }: { readonly readAt: number }) {
  const { say } = useReading();
  const now = useServerNow();
  if (now === 0) return null;
  const seconds = secondsTo(goodUntil(readAt), now);
  return (
    // Each second of it read aloud would drown the rest.
    <p aria-hidden="true" className="text-body font-normal text-ink">
      {seconds > 0
        ? say('switch.good-for', { time: minutes(seconds) })
        : say('switch.too-old-waiting')}
    </p>
  );
}
