import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { History } from '@/components/desk/history';
import { Frame } from '@/components/till/frame';
import { theme } from '../../preferences';
import { tillSetting } from '../../session';

export const dynamic = 'force-dynamic';

type Props = { readonly children: ReactNode };

export default async function HistoryLayout({ children }: Props) {
  const setting = await tillSetting();
  if (setting === null) redirect('/sign-in');
  return (
    <Frame setting={setting} theme={await theme()} at="sales">
      <History>{children}</History>
    </Frame>
  );
}
