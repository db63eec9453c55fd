'use client';
/** The shop's tablets and who is signed in where; each can be ended, and bites at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, orThrow } from '@/components/live/server';
import { useReading } from '@/components/ui/language';
import type { DevicesAnswer, DeviceView, SessionView } from '@/lib/contract-staff';
import { ListState } from '../list-state';
import { PinDialog } from '../pin-dialog';
import { usePinned } from '../use-pinned';
import { DeviceTable, SessionTable } from './device-tables';
import { NewDevice } from './new-device';

const DEVICES_KEY = ['devices'] as const;
const LOOK_EVERY_MS = 15_000;

export function Devices() {
  const { say } = useReading();
  const client = useQueryClient();
  const { asked, ask, close } = usePinned();
  const { data, error, refetch } = useQuery({
    queryKey: DEVICES_KEY,
    queryFn: async () => orThrow(await call<DevicesAnswer>('/api/devices')),
    staleTime: 0,
    refetchInterval: LOOK_EVERY_MS,
  });
  const onDone = () => void client.invalidateQueries({ queryKey: DEVICES_KEY });
  if (data === undefined) return <ListState error={error} onAgain={() => void refetch()} />;
  const revoke = (kind: 'devices' | 'displays', { id, name }: Pick<DeviceView, 'id' | 'name'>) =>
    ask({
      title: say('device.revoke-title', { name }),
      text: say(kind === 'devices' ? 'device.revoke-text' : 'device.display-revoke-text'),
      stops: true,
      send: (pin) =>
        call(`/api/${kind}/${encodeURIComponent(id)}`, { method: 'DELETE', body: { pin } }),
      onDone,
    });
  const end = ({ id, name }: SessionView) =>
    ask({
      title: say('session.end-title', { name }),
      stops: true,
      send: (pin) =>
        call(`/api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE', body: { pin } }),
      onDone,
    });
  return (
    <div className="flex flex-col gap-6 wide:min-h-0 wide:overflow-y-auto">
      <section aria-label={say('device.title')} className="flex flex-col gap-3">
        <h2 className="text-lead font-semibold">{say('device.title')}</h2>
        <NewDevice onMade={onDone} />
        {data.devices.length === 0 ? (
          <p className="rounded-large border border-line bg-panel p-4 text-body text-ink-soft">
            {say('device.none')}
          </p>
        ) : (
          <DeviceTable devices={data.devices} onRevoke={(device) => revoke('devices', device)} />
        )}
      </section>
      <Displays displays={data.displays} onRevoke={(screen) => revoke('displays', screen)} />
      <section aria-label={say('session.title')} className="flex flex-col gap-3">
        <h2 className="text-lead font-semibold">{say('session.title')}</h2>
        <SessionTable sessions={data.sessions} onEnd={end} />
      </section>
      <PinDialog asked={asked} onClose={close} />
    </div>
  );
}

type DisplaysProps = {
  readonly displays: DevicesAnswer['displays'];
  readonly onRevoke: (screen: Pick<DeviceView, 'id' | 'name'>) => void;
};

function Displays({ displays, onRevoke }: DisplaysProps) {
  const { say } = useReading();
  const listed = displays.map(({ counter, ...screen }) => ({
    ...screen,
    name: say('device.display', { counter }),
  }));
  return (
    <section aria-label={say('device.displays')} className="flex flex-col gap-3">
      <h2 className="text-lead font-semibold">{say('device.displays')}</h2>
      {listed.length === 0 ? (
        <p className="rounded-large border border-line bg-panel p-4 text-body text-ink-soft">
          {say('device.displays-none')}
        </p>
      ) : (
        <DeviceTable devices={listed} onRevoke={onRevoke} kind="display" />
      )}
    </section>
  );
}
