'use client';
import type { ReactNode } from 'react';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { useReading } from '@/components/ui/language';
import type { DeviceView, SessionView } from '@/lib/contract-staff';

const CELL = 'px-3 py-2';
const ROOMY = 'hidden tablet:table-cell';

type FrameProps = { readonly heads: readonly string[]; readonly children: ReactNode };

/** The middle columns give way on a phone. */
const isRoomy = (place: number): boolean => place === 1 || place === 2;

function Frame({ heads, children }: FrameProps) {
  return (
    <div className="overflow-x-auto rounded-large border border-line bg-panel">
      <table className="w-full border-collapse text-body">
        <thead>
          <tr className="border-b border-line text-left text-small text-ink-soft">
            {heads.map((head, place) => (
              <th key={head} className={`${CELL} whitespace-nowrap ${isRoomy(place) ? ROOMY : ''}`}>
                {head}
              </th>
            ))}
            <td className={CELL} />
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

type Listed = Omit<DeviceView, 'here'> & { readonly here?: boolean };
type DeviceProps = {
  readonly devices: readonly Listed[];
  readonly onRevoke: (device: Listed) => void;
  /** Customers' screens are listed alike. */
  readonly kind?: 'device' | 'display';
};

export function DeviceTable({ devices, onRevoke, kind = 'device' }: DeviceProps) {
  const { say } = useReading();
  const shop = useShop();
  const name = kind === 'device' ? 'device.name' : 'device.screen';
  const heads = [name, 'device.paired-at', 'device.last-seen'] as const;
  return (
    <Frame heads={heads.map((head) => say(head))}>
      {devices.map((device) => (
        <tr key={device.id} data-testid={`${kind}-row`} className="h-touch border-b border-line">
          <td className={CELL}>
            <span className="flex flex-wrap items-center gap-2">
              {device.name}
              {device.here && <Chip tone="plain" icon="check" word={say('device.here')} />}
            </span>
          </td>
          <td className={`${CELL} ${ROOMY} whitespace-nowrap tabular-nums`}>
            {shop.day(device.pairedAt)} · {device.pairedBy}
          </td>
          <td className={`${CELL} ${ROOMY} whitespace-nowrap tabular-nums`}>
            {shop.day(device.lastSeenAt)}
          </td>
          <td className={`${CELL} text-right`}>
            <Button loudness="stop" onClick={() => onRevoke(device)}>
              {say('device.revoke')}
            </Button>
          </td>
        </tr>
      ))}
    </Frame>
  );
}

type SessionProps = {
  readonly sessions: readonly SessionView[];
  readonly onEnd: (session: SessionView) => void;
};

export function SessionTable({ sessions, onEnd }: SessionProps) {
  const { say } = useReading();
  const shop = useShop();
  const heads = ['session.person', 'session.since', 'device.last-seen', 'session.device'] as const;
  return (
    <Frame heads={heads.map((head) => say(head))}>
      {sessions.map((session) => (
        <tr
          key={session.id}
          data-testid="session-row"
          data-staff={session.staff}
          className="h-touch border-b border-line"
        >
          <td className={CELL}>
            {session.name}{' '}
            <span className="text-small text-ink-soft tabular-nums">{session.staff}</span>
          </td>
          <td className={`${CELL} ${ROOMY} whitespace-nowrap tabular-nums`}>
            {shop.day(session.since)}
          </td>
          <td className={`${CELL} ${ROOMY} whitespace-nowrap tabular-nums`}>
            {shop.day(session.lastSeenAt)}
          </td>
          <td className={CELL}>
            <span className="flex flex-wrap items-center gap-2">
              <span className={session.device === null ? 'text-ink-soft' : ''}>
                {session.device ?? say('device.unpaired')}
              </span>
              {session.here && <Chip tone="plain" icon="check" word={say('device.here')} />}
            </span>
          </td>
          <td className={`${CELL} text-right`}>
            <Button loudness="stop" onClick={() => onEnd(session)}>
              {say('session.end')}
            </Button>
          </td>
        </tr>
      ))}
    </Frame>
  );
}
