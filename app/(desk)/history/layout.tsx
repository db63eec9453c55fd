import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Frame } from '@/components/till/frame';
import { Sales } from '@/components/till/sales/sales';
import { theme, titled } from '../../preferences';
import { tillSetting } from '../../session';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => titled('history.title');

type Props = { readonly children: ReactNode };

export default async function HistoryLayout({ children }: Props) {
  const setting = await tillSetting();
  if (setting === null) redirect('/sign-in');
  return (
    <Frame setting={setting} theme={await theme()} at="sales">
      <Sales>{children}</Sales>
    </Frame>
  );
}
