import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Desk } from '@/components/desk/desk';
import { Frame } from '@/components/live/frame';
import { Reader } from '@/components/ui/language';
import { WHOLE } from '@/lib/messages/dictionary';
import { language, look } from '../preferences';
import { tillSetting } from '../session';

export const dynamic = 'force-dynamic';

/** Round every screen of the desk: who is here, the sections, and the desk's own words. */
export default async function DeskLayout({ children }: { readonly children: ReactNode }) {
  const setting = await tillSetting();
  if (setting === null) redirect('/sign-in');
  const [reader, chosen] = await Promise.all([language(), look()]);
  return (
    <Reader language={reader} messages={WHOLE[reader]}>
      <Frame setting={setting} look={chosen} at="desk">
        <Desk>{children}</Desk>
      </Frame>
    </Reader>
  );
}
