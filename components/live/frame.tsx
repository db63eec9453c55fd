'use client';
/**
 * What stands round every screen of the staff: the status line, and the one event stream that
 * keeps the pictures below it fresh.
 */
import type { ReactNode } from 'react';
import type { Look } from '@/components/ui/preference';
import type { TillSetting } from '@/lib/contract';
import { PinGate } from './pin-gate';
import { ScreenLock } from './screen-lock';
import { ShopProvider } from './shop';
import { StatusLine } from './status-line';
import { useEvents } from './use-events';

type Props = {
  readonly setting: TillSetting;
  readonly look: Look;
  readonly at: 'till' | 'desk';
  readonly children: ReactNode;
};

export function Frame({ setting, look, at, children }: Props) {
  const link = useEvents(setting.staff.code);
  return (
    <ShopProvider setting={setting}>
      <ScreenLock at={at}>
        <PinGate>
          <div className="flex min-h-screen flex-col wide:h-screen">
            <StatusLine look={look} link={link} at={at} />
            {children}
          </div>
        </PinGate>
      </ScreenLock>
    </ShopProvider>
  );
}
