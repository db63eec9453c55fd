'use client';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { useNewerBuild } from './build';

/** Says that the server runs a newer build than this screen. Who shows it knows when it suits. */
export function UpdateNotice() {
  const { say } = useReading();
  if (useNewerBuild() === null) return null;
  return (
    <div
      data-testid="update"
      role="status"
      className="flex flex-wrap items-center gap-2 rounded-small bg-accent-wash py-1 pr-1 pl-3 text-body"
    >
      <Icon name="system" />
      <span className="grow">{say('update.ready')}</span>
      <Button onClick={() => window.location.reload()}>{say('update.load')}</Button>
    </div>
  );
}
